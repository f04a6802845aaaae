"""Which folders the system does not tell the changes of: they lie on other machines."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from newsreader.sources.folder import is_passed_over

_MOUNTS = Path("/proc/self/mountinfo")
_REMOTE = frozenset(
    {
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "drvfs",
        "fakeowner",
        "fuse",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "prl_fs",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
        "vmhgfs",
    }
)
_ESCAPED = re.compile(r"\\([0-7]{3})")


def is_forced_to_poll() -> bool:
    """Whether the variable that watchfiles knows says that the system tells no changes."""
    value = os.environ.get("WATCHFILES_FORCE_POLLING", "").lower()
    return value not in {"", "false", "disable", "disabled"}


def remote_system(root: Path, mounts: Path = _MOUNTS) -> str:
    """The kind of network file system that *root*, or a part of it, lies on; empty if none does.

    *mounts* has the format of ``/proc/self/mountinfo``. Where there is no such file, nothing is
    known, and the answer is empty.
    """
    try:
        text = mounts.read_text(encoding="utf-8", errors="surrogateescape")
        return _remote_system(root.resolve(), text.splitlines())
    except (OSError, ValueError, RuntimeError):
        return ""


def _remote_system(root: Path, lines: Iterable[str]) -> str:
    around, kind_around = Path(), ""
    below = ""
    for line in lines:
        place, kind = _place_and_kind(line)
        if root.is_relative_to(place):
            # The later of two at the same place covers the earlier.
            if len(place.parts) >= len(around.parts):
                around, kind_around = place, kind
        elif _is_remote(kind) and _is_found_below(root, place):
            below = kind
    return kind_around if _is_remote(kind_around) else below


def _is_remote(kind: str) -> bool:
    # Behind fuse there may be anything: sshfs, rclone, what a desktop or a container shares.
    return kind in _REMOTE or kind.startswith("fuse.")


def _is_found_below(root: Path, place: Path) -> bool:
    """Whether articles in *place* are found when *root* is opened."""
    if not place.is_relative_to(root):
        return False
    return not any(is_passed_over(part) for part in place.relative_to(root).parts)


def _place_and_kind(line: str) -> tuple[Path, str]:
    """Where something is mounted, and of what kind it is. Raises ValueError for other lines."""
    mount, mark, source = line.partition(" - ")
    fields = mount.split(" ")
    if not mark or len(fields) < 5:
        raise ValueError(line)
    place = _ESCAPED.sub(lambda found: chr(int(found[1], 8)), fields[4])
    return Path(place), source.split(" ")[0]
