"""Text to a mapping and a body: YAML, TOML and JSON front matter.

python-frontmatter's handlers find, split and load; what is ours is the place of each error,
TOML by the standard library's parser, and files that are front matter from end to end.
"""

import re
from typing import Any, NamedTuple

import yaml
from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

_YAML_SUFFIXES = (".yaml", ".yml")


class FrontMatterError(Exception):
    """Front matter that cannot be used. ``line`` and ``column`` count from 1 in the file."""

    def __init__(self, reason: str, line: int | None = None, column: int | None = None) -> None:
        self.reason = reason
        self.line = line
        self.column = column
        super().__init__(reason)


class _Yaml(YAMLHandler):
    FM_BOUNDARY = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)


class _Json(JSONHandler):
    FM_BOUNDARY = re.compile(r"^(?:\{|\})[ \t]*$", re.MULTILINE)


class _Toml(BaseHandler):
    """python-frontmatter's own TOML handler wants a package that is no longer maintained."""

    FM_BOUNDARY = re.compile(r"^\+{3,}[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def load(self, fm: str) -> dict[str, Any]:
        import tomllib

        return tomllib.loads(fm)


_HANDLERS = (_Yaml(), _Toml(), _Json())


class Document(NamedTuple):
    """A file taken apart. ``first_line`` is the line of the file on which ``header`` begins."""

    metadata: dict[Any, Any]
    body: str
    header: str
    first_line: int
    note: str = ""

    def line_of(self, key: str) -> int | None:
        """The line of the file on which the top-level *key* stands, as far as text can tell."""
        found = re.search(rf"^[\"']?{re.escape(key)}[\"']?[ \t]*[:=]", self.header, re.MULTILINE)
        if found is None:
            return None
        return self.first_line + self.header.count("\n", 0, found.start())


def take_apart(text: str, suffix: str = ".md") -> Document:
    """The front matter and body of *text*, which has ``\\n`` line ends.

    A text without front matter is all body, and ``note`` says so.

    Raises:
        FrontMatterError: when there is front matter that cannot be read.
    """
    stripped = text.lstrip()
    first_line = text.count("\n", 0, len(text) - len(stripped)) + 1
    handler = next((each for each in _HANDLERS if each.detect(stripped)), None)
    note = ""
    if handler is not None:
        try:
            header, body = handler.split(stripped)
        except ValueError:
            header, body = stripped.split("\n", 1)[-1], ""
            first_line += 1
            if suffix not in _YAML_SUFFIXES:
                note = "the front matter has no closing line; the whole file was read as such"
        else:
            body = body.strip("\n")
    elif suffix in _YAML_SUFFIXES:
        handler, header, body = _HANDLERS[0], stripped, ""
    else:
        return Document({}, stripped, "", first_line, "there is no front matter; shown as text")
    metadata = _load(handler, header, first_line)
    return Document(metadata, body, header, first_line, note)


def _load(handler: BaseHandler, header: str, first_line: int) -> dict[Any, Any]:
    metadata: Any
    try:
        metadata = handler.load(header)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "cannot be read"
        raise FrontMatterError(
            f"the front matter is not valid YAML: {problem}",
            first_line + mark.line if mark else first_line,
            mark.column + 1 if mark else None,
        ) from None
    except Exception as error:  # noqa: BLE001 - the loaders raise nearly anything on odd scalars
        raise _explained(error, first_line) from None
    if metadata is None:
        return {}
    if isinstance(metadata, dict):
        return metadata
    raise FrontMatterError("the front matter is not a mapping of names to values", first_line)


def _explained(error: Exception, first_line: int) -> FrontMatterError:
    """What the loaders for JSON and TOML complain of, or any other exception, with its place."""
    from json import JSONDecodeError
    from tomllib import TOMLDecodeError

    if isinstance(error, JSONDecodeError):
        reason = f"the front matter is not valid JSON: {error.msg}"
        return FrontMatterError(reason, first_line + error.lineno - 1, error.colno)
    if isinstance(error, TOMLDecodeError):
        complaint, _, place = str(error).partition(" (at ")
        reason = f"the front matter is not valid TOML: {complaint}"
        found = re.match(r"line (\d+), column (\d+)", place)
        if found is None:
            return FrontMatterError(reason, first_line)
        return FrontMatterError(reason, first_line + int(found[1]) - 1, int(found[2]))
    reason = f"the front matter has a value that cannot be read: {error}"
    return FrontMatterError(reason, first_line)
