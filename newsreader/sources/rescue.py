"""What is legible of damaged YAML front matter, taken line by line.

A top-level key with the lines that belong to it is a block. A block that YAML can read stands as
it is; in any other, each line of which only the value is no YAML has that value taken as text,
and when that is not enough either, the whole block is text or dropped.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsreader.sources.errors import DamagedError, Remark
from newsreader.sources.nodes import Mapped
from newsreader.sources.yaml_door import load

MAX_LINES = 2_000
"""Damaged front matter of more lines than this is not rescued but refused."""
_MAX_SEARCHED = 50_000

_KEY = re.compile(
    r"(?P<quote>[\"']?)(?P<key>[^\W\d][\w.$-]{0,79})(?P=quote)[ \t]*:(?:[ \t]+(?P<rest>.*))?$"
)
_TIGHT_KEY = re.compile(
    r"(?P<key>title|excerpt|category|type|quality|heat|published|publishedDateTime|date"
    r"|(?:original|web|ampWeb|cdnAmpWeb)Url):(?P<rest>\S.*)$"
)
_INNER = re.compile(r"(?P<before>[ ]*(?:-[ ]+)*(?:[\w.$-]+:[ ]+)?)(?P<rest>\S.*)$")
_WORDS = frozenset({"topics", "tags", "categories"})
_HOLDERS = frozenset({"related", "images", "provider", "taxonomies"})


class Rescued(NamedTuple):
    """What was saved. ``body`` is what stood among the front matter but belongs to the text."""

    metadata: Mapped
    body: str
    remarks: list[Remark]


class _Block(NamedTuple):
    key: str
    rest: str
    lines: list[str]
    line: int


def extent(text: str) -> int:
    """How many characters of *text*, of which the end marker is missing, are front matter.

    It ends at the first line that can be no part of it, or at a blank line that is followed by
    something that is no key.
    """
    end = position = 0
    blank = has_keys = False
    for line in text.split("\n", _MAX_SEARCHED)[:_MAX_SEARCHED]:
        stripped = line.strip()
        is_key = _is_key(line)
        belongs = is_key or (has_keys and not blank and f"{stripped} ".startswith(("#", "- ")))
        belongs = belongs or (has_keys and line[:1] in " \t" and (not blank or _is_key(stripped)))
        belongs = belongs or (has_keys and stripped in ("]", "}", "],", "},"))
        if stripped and not belongs and not stripped.startswith("#"):
            break
        position += len(line) + 1
        has_keys = has_keys or is_key
        if stripped and belongs:
            end = position
        blank = not stripped or (blank and not belongs)
    return min(end, len(text))


def _is_key(line: str) -> bool:
    return bool(_KEY.match(line) or _TIGHT_KEY.match(line))


def rescue(header: str, first_line: int, damage: DamagedError) -> Rescued:
    """The keys of *header* that can be read.

    Raises:
        DamagedError: when there are none, saying what is wrong with the YAML.
        FrontMatterError: when a part is beyond the bounds of the YAML door.
    """
    refusal = DamagedError(
        f"the front matter is not valid YAML: {damage.reason}", damage.line, damage.column
    )
    if header.count("\n") > MAX_LINES:
        raise refusal
    lines = header.split("\n")
    end = _end(lines)
    found = Mapped()
    remarks: list[Remark] = []
    first: DamagedError | None = None
    for block in _blocks(lines[:end], first_line):
        error = _read(block, found, remarks)
        if error is not None and first is None:
            first = error
    if not found:
        raise refusal
    first = first or damage
    what = f"the front matter is damaged ({first.reason}); it was read line by line"
    body = "\n".join(lines[end:])
    return Rescued(found, body, [Remark(what, first.line, first.column), *remarks])


def _end(lines: list[str]) -> int:
    """Where, after a blank line, text begins after which there is no key any more."""
    last_key = max((number for number, line in enumerate(lines) if _is_key(line)), default=-1)
    blank = False
    for number, line in enumerate(lines[last_key + 1 :], last_key + 1):
        if line.strip() and blank and line[:1] not in " \t-#]}":
            return number
        blank = not line.strip()
    return len(lines)


def _blocks(lines: list[str], first_line: int) -> Iterator[_Block]:
    block = _Block("", "", [], first_line)
    for number, line in enumerate(lines, first_line):
        match = _KEY.match(line) or _TIGHT_KEY.match(line)
        if match is None and line[:1] in ("\t", " ") and block.rest[:1] not in "|>[{\"'&!":
            line = line.lstrip()  # what stands under a plain text can be no part of it
            match = _KEY.match(line)
        if match:
            if block.key or any(each.strip() for each in block.lines):
                yield block
            rest = match["rest"] or ""
            block = _Block(match["key"], rest.strip(), [f"{match['key']}: {rest}"], number)
            if _KEY.match(line):
                block.lines[0] = line
        else:
            block.lines.append(line)
    if block.key or any(each.strip() for each in block.lines):
        yield block


def _read(block: _Block, found: Mapped, remarks: list[Remark]) -> DamagedError | None:
    """Add what *block* says to *found*; what was wrong with it, if anything."""
    if not block.key:
        texts = [line.strip() for line in block.lines if line.strip()]
        if all(text.startswith("#") for text in texts):
            return None
        return DamagedError("a line that belongs to no key", block.line)
    try:
        _add(load("\n".join(block.lines), block.line, remarks), found, remarks)
    except DamagedError as error:
        _add(_repaired(block, remarks), found, remarks)
        last = block.line + len("\n".join(block.lines).rstrip().split("\n")) - 1
        if error.line is None or error.line > last:
            return DamagedError(error.reason, last)
        return error
    return None


def _add(read: object, found: Mapped, remarks: list[Remark]) -> None:
    if not isinstance(read, Mapped):
        return
    for key, line in read.lines.items():
        if key in found:
            earlier = found.lines[key]
            reason = f"{key}: written twice, on lines {earlier} and {line}; the last counts"
            remarks.append(Remark(reason, line))
    found.update(read)
    found.lines.update(read.lines)


def _repaired(block: _Block, remarks: list[Remark]) -> Mapped:
    lines = [_with_spaces(line) for line in block.lines]
    if len(lines) > 1 or block.key in _HOLDERS:
        try:
            read = load("\n".join(map(_quoted, lines)), block.line, [])
        except DamagedError:
            read = None
        if isinstance(read, Mapped):
            return read
    made = Mapped()
    if block.key in _HOLDERS or (block.key in _WORDS and not block.rest):
        remarks.append(Remark(f"{block.key}: cannot be read; set aside", block.line))
        return made
    text = " ".join([block.rest, *(line.strip() for line in block.lines[1:])]).strip()
    made[block.key] = text.strip("[] \t") if block.key in _WORDS else unquoted(text)
    made.lines[block.key] = block.line
    return made


def _with_spaces(line: str) -> str:
    body = line.lstrip(" \t")
    return line[: len(line) - len(body)].replace("\t", "  ") + body


def _quoted(line: str) -> str:
    """*line* with its value as quoted text, if it is a value that YAML cannot read."""
    match = _INNER.match(line)
    if match is None or match["rest"][0] in "#|>":
        return line
    has_key = match["before"].rstrip().endswith(":")
    if (not has_key and _is_key(match["rest"])) or _stands(match["rest"]):
        return line
    text = unquoted(match["rest"].strip()).replace("'", "''")
    return f"{match['before']}'{text}'"


def _stands(value: str) -> bool:
    try:
        load(f"k: {value}", 1, [])
    except DamagedError:
        return False
    return True


def unquoted(text: str) -> str:
    """*text* without the quotes around it, if they match."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        inner = text[1:-1]
        return inner.replace('\\"', '"') if text[0] == '"' else inner.replace("''", "'")
    return text
