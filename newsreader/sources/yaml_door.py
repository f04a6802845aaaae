"""YAML to texts, lists and mappings, built from the parser's events and from nothing else.

No node is composed and no constructor is run: libyaml's composer overflows the stack on deeply
nested text, and constructors raise nearly anything. Events are counted as they come, so that
front matter that is too much for us is refused before it costs anything.
"""

import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from newsreader.sources.errors import DamagedError, FrontMatterError, Remark
from newsreader.sources.nodes import Listed, Mapped
from newsreader.sources.scalars import plain

MAX_DEPTH = 64
"""Lists and mappings inside each other."""
MAX_EVENTS = 200_000
"""About the number of texts, lists and mappings."""
MAX_WEIGHT = 200_000
"""The same, when every alias is replaced by what it stands for."""
_MAX_DIRECTIVES = 16
_MAX_REMARKS = 100

_Parser: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# Named one by one: to compile what is left of all of Unicode would take five milliseconds.
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
_OUR_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")
)
_BEGINS = ("while scanning a quoted", "while scanning a simple key", "while parsing a flow")
_TEXT_TAG = "tag:yaml.org,2002:str"


def load(text: str, first_line: int, remarks: list[Remark]) -> Any:
    """The value of the first document in *text*, which begins on *first_line* of its file.

    Texts, :class:`Listed` and :class:`Mapped`; None when there is nothing. Oddities that can be
    read all the same are added to *remarks*.

    Raises:
        DamagedError: the text is not YAML.
        FrontMatterError: it nests deeper than ``MAX_DEPTH`` or is larger than the other bounds.
    """
    if not text.isascii():
        text = _OTHER_BREAKS.sub(" ", text)  # libyaml counts them as lines, and nobody else does
    if text.count("%TAG") > _MAX_DIRECTIVES:
        raise FrontMatterError("the front matter has too many %TAG directives", first_line)
    try:
        return _parse(text, first_line, remarks)
    except yaml.reader.ReaderError:
        from newsreader.text.sanitize import clean_block

        found = _UNREADABLE.search(text)
        where = first_line + text.count("\n", 0, found.start() if found else 0)
        remarks.append(Remark("control characters in the front matter were taken out", where))
        readable = clean_block(re.sub("[\x0b\x0c]", " ", text))
        return _parse(_UNREADABLE.sub("", readable), first_line, remarks)


def _parse(text: str, first_line: int, remarks: list[Remark]) -> Any:
    parser = _Parser(text)
    try:
        return _Builder(first_line, remarks).build(parser.get_event)
    except yaml.MarkedYAMLError as error:
        raise _damage(error, first_line) from None
    finally:
        parser.dispose()


def _damage(error: yaml.MarkedYAMLError, first_line: int) -> DamagedError:
    context = error.context or ""
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and context.startswith(_BEGINS):
        mark = error.context_mark  # where what never ends began, not the end of the file
    reason = error.problem or context or "cannot be read"
    if mark is None:
        return DamagedError(reason, first_line)
    return DamagedError(reason, first_line + mark.line, mark.column + 1)


class _Builder:
    """One document on its way from events to a value."""

    def __init__(self, first_line: int, remarks: list[Remark]) -> None:
        self._first_line = first_line
        self._remarks = remarks
        self._root = Listed()
        self._inside: Any = self._root
        self._key: str | None = None
        self._stack: list[tuple[Any, str | None, str | None, int]] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._merging: set[int] = set()
        self._weight = 0

    def build(self, next_event: Callable[[], Any]) -> Any:
        """The value of the first document."""
        for _ in range(MAX_EVENTS):
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                self._scalar(event)
            elif kind is MappingStartEvent:
                self._open(event, Mapped())
            elif kind is SequenceStartEvent:
                self._open(event, Listed())
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._close()
            elif kind is AliasEvent:
                self._alias(event)
            elif kind is DocumentEndEvent:
                following = next_event()  # raises when what follows is no YAML
                if type(following) is not StreamEndEvent:
                    line = self._line(following)
                    self._remark("what follows the first YAML document is left out", line)
                break
            elif kind is StreamEndEvent:
                break
        else:
            raise FrontMatterError(
                f"the front matter has more than {MAX_EVENTS:,} parts", self._line(event)
            )
        return self._root[0] if self._root else None

    def _line(self, event: Any) -> int:
        line: int = event.start_mark.line
        return self._first_line + line

    def _remark(self, reason: str, line: int) -> None:
        if len(self._remarks) < _MAX_REMARKS:
            self._remarks.append(Remark(reason, line))

    def _scalar(self, event: Any) -> None:
        self._weight += 1
        text = event.value
        value = plain(text) if event.implicit[0] else text
        if event.tag is not None:
            value = self._tagged(event, text)
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, 1)
        inside = self._inside
        if type(inside) is Listed:
            inside.append(value)
        elif self._key is None:
            key: str = text if value is None else value
            line = self._first_line + event.start_mark.line
            if key in inside:
                earlier = inside.lines[key]
                reason = (
                    f"{key[:80]}: written twice, on lines {earlier} and {line}; the last counts"
                )
                self._remark(reason, line)
            elif key == "<<" and event.implicit[0]:
                self._merging.add(id(inside))
            inside.lines[key] = line
            self._key = key
        else:
            inside[self._key] = value
            self._key = None

    def _tagged(self, event: Any, text: str) -> str | None:
        if event.tag in _OUR_TAGS:
            return text if event.tag == _TEXT_TAG else plain(text)
        if event.tag != "!":
            self._remark(f"the tag {event.tag[:60]} is ignored", self._line(event))
        return text

    def _open(self, event: Any, made: Any) -> None:
        self._weight += 1
        if len(self._stack) >= MAX_DEPTH:
            reason = f"the front matter is nested deeper than {MAX_DEPTH}"
            raise FrontMatterError(reason, self._line(event))
        if event.tag is not None and event.tag not in _OUR_TAGS:
            self._remark(f"the tag {event.tag[:60]} is ignored", self._line(event))
        self._place(made, event)
        self._stack.append((self._inside, self._key, event.anchor, self._weight))
        self._inside, self._key = made, None

    def _close(self) -> None:
        made = self._inside
        if id(made) in self._merging:
            self._merge(made)
        self._inside, self._key, anchor, before = self._stack.pop()
        if anchor is not None:
            self._anchors[anchor] = (made, self._weight - before + 1)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            column = event.start_mark.column + 1
            reason = f"nothing is called &{event.anchor[:60]} before this"
            raise DamagedError(reason, self._line(event), column)
        value, weight = self._anchors[event.anchor]
        self._weight += weight
        if self._weight > MAX_WEIGHT:
            reason = f"the aliases of the front matter stand for more than {MAX_WEIGHT:,} parts"
            raise FrontMatterError(reason, self._line(event))
        self._place(value, event)

    def _place(self, value: Any, event: Any) -> None:
        inside = self._inside
        if type(inside) is Listed:
            inside.append(value)
        elif self._key is not None:
            inside[self._key] = value
            self._key = None
        elif isinstance(value, str):
            inside.lines[value] = self._line(event)
            self._key = value
        else:
            column = event.start_mark.column + 1
            raise DamagedError("a list or mapping stands for a key", self._line(event), column)

    def _merge(self, made: Mapped) -> None:
        """Put the keys of the mappings under ``<<`` into *made*, whose own keys win."""
        self._merging.discard(id(made))
        given = made.get("<<")
        sources = list(given) if type(given) is Listed else [given]
        if not all(type(source) is Mapped for source in sources):
            return
        own, own_lines = dict(made), dict(made.lines)
        del own["<<"]
        made.clear()
        for source in reversed(sources):
            made.update(source)
            made.lines.update(source.lines)
        made.update(own)
        made.lines.update(own_lines)
