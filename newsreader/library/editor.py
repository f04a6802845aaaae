"""Opening a file in the reader's own editor, at a line."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath

from newsreader.library.browser import Launch, LaunchError

_PLUS_LINE = frozenset(
    ("ed", "emacs", "emacsclient", "ex", "gvim", "jed", "joe", "kak", "mcedit", "mg", "micro",
     "nano", "ne", "nvim", "pico", "tilde", "vi", "view", "vim", "vis", "zile")
)  # fmt: skip
_COLON_LINE = frozenset(("gram", "helix", "hx", "subl", "zed"))
_GO_TO = frozenset(("code", "code-insiders", "codium", "cursor", "vscodium"))
_FALLBACKS = ("sensible-editor", "editor", "nano", "vim", "vi")


def plan_edit(
    path: str,
    line: int | None,
    *,
    env: Mapping[str, str],
    which: Callable[[str], str | None],
) -> Launch:
    """What to run to edit the file at *path*, at *line* (from 1) where the editor can do that.

    ``VISUAL``, else ``EDITOR``, split as a shell would but run without one; else the first
    editor that is installed.

    Raises:
        LaunchError: when the file is not there or no editor is.
    """
    file = Path(path).absolute()
    if not file.is_file():
        raise LaunchError(f"There is no file that can be edited at {path}.")
    command = _chosen(env, which)
    name = PurePath(command[0]).name.removesuffix(".exe")
    target = str(file)
    if line is None:
        arguments: tuple[str, ...] = (target,)
    elif name in _PLUS_LINE:
        arguments = (f"+{line}", target)
    elif name in _COLON_LINE:
        arguments = (f"{target}:{line}",)
    elif name in _GO_TO:
        arguments = ("--wait", "--goto", f"{target}:{line}")
    else:
        arguments = (target,)
    return Launch(target, (*command, *arguments), foreground=True)


def _chosen(env: Mapping[str, str], which: Callable[[str], str | None]) -> tuple[str, ...]:
    for variable in ("VISUAL", "EDITOR"):
        if not env.get(variable):
            continue
        try:
            words = shlex.split(env[variable])
        except ValueError:
            words = []
        program = which(words[0]) if words else None
        if program is None:
            raise LaunchError(f"${variable} names no program that can be run.")
        return (program, *words[1:])
    found = next(filter(None, map(which, _FALLBACKS)), None)
    if found is None:
        raise LaunchError("No editor was found; name yours in $EDITOR.")
    return (found,)
