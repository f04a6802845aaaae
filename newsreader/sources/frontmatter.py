"""Text to a mapping and a body: YAML, TOML and JSON front matter.

python-frontmatter's handlers find and split. Loading is ours, within bounds: YAML by
:mod:`newsreader.sources.yaml_door`, what is damaged of it by :mod:`newsreader.sources.rescue`,
TOML and JSON by :mod:`newsreader.sources.other_doors`.
"""

import re

from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

from newsreader.sources.document import Document
from newsreader.sources.errors import DamagedError, FrontMatterError, Remark
from newsreader.sources.nodes import Mapped
from newsreader.sources.yaml_door import load

MAX_HEADER = 2 * 1024 * 1024
"""Characters of front matter. More is refused."""

_YAML_SUFFIXES = (".yaml", ".yml")
_BEFORE = re.compile("[\\s\ufeff\u200b\0]*")
_NO_END = "the front matter has no closing line"


class _Yaml(YAMLHandler):
    FM_BOUNDARY = re.compile(r"^-{3,}[ \t\xa0]*$", re.MULTILINE)
    END = re.compile(r"^(?:-{3,}|\.{3})[ \t\xa0]*$", re.MULTILINE)

    def split(self, text: str) -> tuple[str, str]:
        """The header and the body; the end marker may be YAML's own as well."""
        start = self.FM_BOUNDARY.match(text)
        end = self.END.search(text, start.end()) if start else None
        if start is None or end is None:
            raise ValueError(_NO_END)
        return text[start.end() : end.start()], text[end.end() :]


class _Json(JSONHandler):
    FM_BOUNDARY = re.compile(r"^(?:\{|\})[ \t]*$", re.MULTILINE)


class _Toml(BaseHandler):
    """python-frontmatter's own TOML handler wants a package that is no longer maintained."""

    FM_BOUNDARY = re.compile(r"^\+{3,}[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"


_YAML, _TOML, _JSON = _Yaml(), _Toml(), _Json()


def take_apart(text: str, suffix: str = ".md") -> Document:
    """The front matter and body of *text*, which has ``\\n`` line ends.

    A text without front matter is all body, and a remark says so.

    Raises:
        FrontMatterError: when there is front matter that cannot be read, or too much of it.
    """
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    stripped = text[start:]
    first_line = text.count("\n", 0, start) + 1
    handler = next((each for each in (_YAML, _TOML, _JSON) if each.detect(stripped)), None)
    if handler is None:
        if suffix in _YAML_SUFFIXES:
            return _yaml(stripped, "", first_line, ())
        return _only_text(stripped, first_line)
    try:
        header, body = handler.split(stripped)
    except ValueError:
        if handler is _YAML:
            return _yaml_without_end(stripped, first_line, suffix)
        header, body = stripped.split("\n", 1)[-1], ""
        first_line += 1
        remarks: tuple[Remark, ...] = (
            Remark(f"{_NO_END}; all of it was read as such", first_line),
        )
    else:
        remarks = ()
    if handler is _YAML:
        return _yaml(header, body, first_line, remarks)
    _check_length(header, first_line)
    from newsreader.sources.other_doors import load_json, load_toml

    metadata = (load_json if handler is _JSON else load_toml)(header, first_line)
    return Document(metadata, body.strip("\n"), header, first_line, remarks)


def _only_text(text: str, first_line: int) -> Document:
    remark = Remark("there is no front matter; shown as text", first_line)
    return Document({}, text, remarks=(remark,))


def _yaml_without_end(text: str, first_line: int, suffix: str) -> Document:
    rest = text.partition("\n")[2]
    if suffix in _YAML_SUFFIXES:
        return _yaml(rest, "", first_line + 1, ())
    from newsreader.sources.rescue import extent

    end = len(rest) if rest.lstrip()[:1] in ("[", "{") else extent(rest)
    if not rest[:end].strip():
        return _only_text(text, first_line)
    header, body = rest[:end], rest[end:]
    what = (
        "it was ended where the text begins" if body.strip() else "the whole file was read as such"
    )
    return _yaml(header, body, first_line + 1, (Remark(f"{_NO_END}; {what}", first_line),))


def _check_length(header: str, first_line: int) -> None:
    if len(header) > MAX_HEADER:
        most = MAX_HEADER // 1024 // 1024
        raise FrontMatterError(f"the front matter is longer than {most} MiB", first_line)


def _yaml(header: str, body: str, first_line: int, before: tuple[Remark, ...]) -> Document:
    _check_length(header, first_line)
    remarks = list(before)
    try:
        metadata = load(header, first_line, remarks)
    except DamagedError as damage:
        from newsreader.sources.rescue import rescue

        rescued = rescue(header, first_line, damage)
        body = f"{rescued.body}---{body}" if rescued.body else body
        metadata, remarks = rescued.metadata, [*before, *rescued.remarks]
    if metadata is None:
        metadata = Mapped()
    if type(metadata) is not Mapped:
        reason = "the front matter is not a mapping of names to values"
        raise FrontMatterError(reason, first_line)
    return Document(metadata, body.strip("\n"), header, first_line, tuple(remarks))
