"""What may stand where the cursor is in a query: fields, operators, values with their counts.

It reads the text by itself rather than through the grammar, which refuses what is unfinished,
and takes the counts of the last answer: so it is done before the next key comes.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from types import MappingProxyType
from typing import Final, NamedTuple

from newsreader.model import InvalidQueryError
from newsreader.query.facets import FacetValue
from newsreader.query.fields import ALIASES, FIELDS, FLAGS, GROUPS, Kind, field_name
from newsreader.query.order import SORT_FIELDS, SortKey, describe
from newsreader.query.quoting import QUOTES, REGEX, quote, unquote
from newsreader.text.fold import fold

MOST: Final = 8
"""Candidates at most."""

_MAX_LENGTH = 2_000
_LEAST_LETTERS = 2
_STRING = rf"[{QUOTES}](?:\\[\s\S]|[^{QUOTES}\\])*(?:[{QUOTES}]\*?|\\?\Z)"
_BARE = rf"[^\s,{QUOTES}()|]"
_REGEX = rf"{REGEX}(?=[\s()|,]|\Z)"
_VALUE = re.compile(rf"{_REGEX}|(?:{_BARE}*\.\.)?{_STRING}(?:\.\.(?:{_STRING}|{_BARE}*))?|{_BARE}+")
_TOKEN = re.compile(
    rf"""
      (?P<space> \s+ )
    | (?P<mark> [()|] )
    | (?P<word> https?://(?:[^\s{QUOTES}()]|\([^\s{QUOTES}()]*\))+
        | {_REGEX}
        | (?:OR|AND|NOT)(?![^\s{QUOTES}()|]) )
    | (?P<minus> [-!] )
    | (?P<head> (?:related\.)?[^\W\d_]\w*(?: :(?!//)(?:[<>]=?|!?=)? | [<>]=? | !?= ) )
    | (?P<string> {_STRING} )
    | (?P<plain> [^\s{QUOTES}()|]+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NOT_OF_WORDS = re.compile(r"[\W_]+")
_IN_TAG = re.compile(rf"[^\s{QUOTES}()|#,]+")

_DESCRIPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "topic": "what it is about",
        "category": "the category",
        "type": "the kind of piece",
        "provider": "who published it",
        "from": "who published it",
        "title": "words of the title",
        "excerpt": "words of the excerpt",
        "body": "words of the text",
        "url": "a part of an address",
        "quality": "0 to 100",
        "heat": "how hot it is",
        "related": "how many related stories",
        "images": "how many images",
        "year": "when it was published",
        "coverage": "how many articles tell the story",
        "hot": "how much it matters now, 0 to 1000",
        "story": "the story of an article, by its id",
        "date": "when it was published",
        "read": "when you read it",
        "starred": "when you starred it",
        "added": "when it was met first",
        "opened": "when you opened it in a browser",
        "tag": "your tags",
        "note": "words of your note",
        "is": "unread, starred, published …",
        "has": "an image, a text, a note …",
        "related.title": "words of a related title",
        "related.provider": "who published a related story",
        "search": "a saved search",
        "sort": "the order of the list",
        "limit": "how many to show",
        "group": "under headings",
    }
)
_OPERATORS = ((">=", "or more"), ("<=", "or less"))
_DATE_OPERATORS = ((">=", "then or later"), ("<", "before then"))
_DAYS = ("today", "yesterday")
_AGES = (("7d", "seven days"), ("30d", "thirty days"))
_PHRASES = ("this year", "this month", "this week", "last year", "last month", "last week")
_STEPS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "quality": (80, 60, 40, 20),
        "heat": (80, 60, 40, 20),
        "related": (1, 2, 5, 10),
        "images": (1, 2, 5),
        "coverage": (2, 5, 10),
        "hot": (600, 500, 400),
    }
)
_LIMITS = (10, 20, 50, 100)
_ORDERS = (
    *("-date", "-hot", "-quality", "-heat", "relevance"),
    *("title", "provider", "-related", "date"),
)


class Candidate(NamedTuple):
    """What may be put in: as source, as a person reads it, with what it is and how many have it."""

    insert: str
    label: str
    hint: str = ""
    articles: int | None = None
    is_open: bool = False
    """Whether a value has to follow."""


class Completions(NamedTuple):
    """The candidates for what stands between two columns of the text."""

    start: int = 0
    end: int = 0
    candidates: tuple[Candidate, ...] = ()

    def applied(self, text: str, number: int) -> tuple[str, int]:
        """*text* with a candidate put in, and the column behind it."""
        insert = self.candidates[number].insert
        return text[: self.start] + insert + text[self.end :], self.start + len(insert)


class Sources(NamedTuple):
    """What there is to choose from: counts by field, and the saved searches."""

    facets: Mapping[str, tuple[FacetValue, ...]] = MappingProxyType({})
    searches: Mapping[str, str] = MappingProxyType({})


NOTHING: Final = Completions()


class _Place(NamedTuple):
    """Where the cursor is: in a word (no ``field``), or in a value behind a head."""

    start: int
    end: int
    typed: str
    """What stands before the cursor, without quotes."""
    source: str
    """All of the word or value, as written."""
    is_quoted: bool = False
    head: str = ""
    head_start: int = 0
    others: tuple[str, ...] = ()
    """The other values of the clause, folded."""
    may_be_shown: bool = True
    """Whether something about the whole list, such as ``sort:``, can stand here."""


def complete(text: str, cursor: int, sources: Sources) -> Completions:
    """What may stand at column *cursor* of *text*. Never raises, and never refuses a text."""
    place = _place(text, cursor) if len(text) <= _MAX_LENGTH else None
    if place is None:
        return NOTHING
    start, found = place.start, _of_word(place, sources)
    if place.head:
        name, operator = _split(place.head)
        field = field_name(name)
        if field is None:
            return NOTHING
        if _takes_operator(field, operator, place):
            start, found = place.head_start, _behind_colon(name, field, place, sources)
        else:
            found = tuple(_values(field, operator, place, sources))
    found = tuple(each for each in found if each.insert != text[start : place.end])
    return Completions(start, place.end, found[:MOST]) if found else NOTHING


def _split(head: str) -> tuple[str, str]:
    name = re.split(r"[:<>=!]", head, maxsplit=1)[0]
    return name, head[len(name) :].removeprefix(":")


def _takes_operator(field: str, operator: str, place: _Place) -> bool:
    is_bare = not operator and not place.source and not place.others
    return (
        is_bare
        and FIELDS[field] is Kind.NUMBER
        and place.start == place.head_start + len(place.head)
    )


def _behind_colon(name: str, field: str, place: _Place, sources: Sources) -> tuple[Candidate, ...]:
    """The values of a number, each with its head, and what may stand in place of the colon."""
    values = _values(field, "", place, sources)
    whole = tuple(each._replace(insert=place.head + each.insert) for each in values)
    operators = tuple(_operators(name, field))
    return (*whole, *operators) if field == "year" else (*operators, *whole)


def _place(text: str, cursor: int) -> _Place | None:
    """The word or value that *cursor* is in or right behind."""
    depth = 0
    is_negated = False
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            at += 1
            continue
        kind, end = token.lastgroup, token.end()
        if kind == "head":
            found = _in_clause(text, cursor, at, end)
            if isinstance(found, _Place):
                return found._replace(
                    may_be_shown=not is_negated and not depth and not _has_or(text)
                )
            if end <= cursor < found or cursor == end:
                return None
            end = found
        elif kind == "plain" and cursor == end:
            return _Place(
                at,
                end,
                token[0],
                token[0],
                may_be_shown=not is_negated and not depth and not _has_or(text),
            )
        elif cursor <= at:
            return None
        if kind == "mark":
            depth += {"(": 1, ")": -1}.get(token[0], 0)
        if kind != "space":
            is_negated = kind == "minus" or token[0] == "NOT"
        at = end
    return None


def _has_or(text: str) -> bool:
    return "|" in text or "OR" in text


def _in_clause(text: str, cursor: int, start: int, at: int) -> _Place | int:
    """The value under *cursor* in the clause whose values begin at *at*, else where it ends."""
    head = text[start:at]
    spans: list[tuple[int, int]] = []
    while True:
        match = _VALUE.match(text, at)
        spans.append((at, match.end() if match else at))
        at = spans[-1][1]
        if match is None or text[at : at + 1] != ",":
            break
        at += 1
    for first, last in spans:
        source = text[first:last]
        typed = _typed(text, first, last, cursor)
        if typed is None:
            continue
        others = tuple(fold(unquote(text[a:b]).text) for a, b in spans if (a, b) != (first, last))
        is_quoted = source[:1] in QUOTES and bool(source)
        return _Place(first, last, typed, source, is_quoted, head, start, others)
    return at


def _typed(text: str, first: int, last: int, cursor: int) -> str | None:
    """What stands of a value before *cursor*; None when that is no place to complete it."""
    if cursor == last:
        found = unquote(text[first:last])
        return None if found.quoted and found.closed else found.text
    is_inside = first < cursor < last and text[first] in QUOTES
    if is_inside and unquote(text[first:last]).closed:
        return unquote(text[first:cursor]).text
    return None


# Words


def _of_word(place: _Place, sources: Sources) -> tuple[Candidate, ...]:
    word = place.typed
    if word.startswith("#"):
        return tuple(_tags(word[1:], sources))
    lowered = word.lower()
    field = field_name(lowered)
    if field is not None and lowered in (field, *ALIASES):
        exact = tuple(_operators(lowered, field)) if FIELDS[field] in _COMPARED else ()
    else:
        exact = ()
    if len(word) < _LEAST_LETTERS or not lowered[0].isalpha():
        return ()
    names = [
        name
        for name in (*FIELDS, *ALIASES)
        if name.startswith(lowered)
        and (place.may_be_shown or FIELDS[ALIASES.get(name, name)] is not Kind.SHOWN)
        and (name != "search" or sources.searches)
    ]
    offers = (
        Candidate(f"{name}:", f"{name}:", _DESCRIPTIONS[name], is_open=True) for name in names
    )
    if exact:
        first, *others = offers
        return (first, *exact, *others)
    return tuple(offers)


_COMPARED = (Kind.NUMBER, Kind.DATE)


def _operators(name: str, field: str) -> Iterator[Candidate]:
    pairs = _DATE_OPERATORS if FIELDS[field] is Kind.DATE else _OPERATORS
    for operator, hint in pairs:
        yield Candidate(f"{name}{operator}", f"{name}{operator}", hint, is_open=True)
    if FIELDS[field] is Kind.NUMBER and field != "year":
        yield Candidate(f"{name}:0..", f"{name}:0..", "from, to")


def _tags(typed: str, sources: Sources) -> Iterator[Candidate]:
    for each in _matching(sources.facets.get("tag", ()), typed):
        yield Candidate(f"#{each.value}", each.label, "tag", each.count)
    for each in _matching(sources.facets.get("topic", ()), typed):
        yield Candidate(_tag(each.value), each.label, "topic", each.count)


def _tag(topic: str) -> str:
    """*topic* as a tag where a tag can name it, else as a clause."""
    word = topic.replace(" ", "-")
    folded = fold(word)
    spellings = (folded, folded.replace("-", " ").strip())
    if fold(topic) in spellings and _IN_TAG.fullmatch(word) and not folded.endswith("*"):
        return f"#{word}"
    return f"topic:{quote(topic)}"


# Values


def _values(field: str, operator: str, place: _Place, sources: Sources) -> Iterable[Candidate]:
    kind = FIELDS[field]
    is_compared = operator not in ("", "=", "!=")
    if is_compared and (kind not in _COMPARED or place.others):
        return ()
    if kind is Kind.SHOWN and (not place.may_be_shown or operator == "!="):
        return ()
    if kind is Kind.DATE:
        return _dates(place, sources, is_compared=is_compared)
    if kind is Kind.NUMBER:
        return _numbers(field, place, sources, is_compared=is_compared)
    maker = _SHOWN.get(field) or _OF_KIND.get(kind)
    return maker(field, place, sources) if maker is not None else ()


def _names(field: str, place: _Place, sources: Sources) -> Iterator[Candidate]:
    is_of_related = field == "related.provider"
    values = sources.facets.get("provider" if is_of_related else field, ())
    rest = (each for each in _matching(values, place.typed) if fold(each.value) not in place.others)
    for each in islice(rest, MOST + 1):
        hint = each.value if each.value != each.label else ""
        count = None if is_of_related else each.count
        yield Candidate(quote(each.value), each.label, hint, count)


def _flags(field: str, place: _Place, sources: Sources) -> Iterator[Candidate]:
    counts = {each.value: each.count for each in sources.facets.get("flag", ())}
    for name in FLAGS[field]:
        if _starts(name, place.typed) and name not in place.others:
            count = counts.get(f"{field}:{name}", 0 if counts else None)
            yield Candidate(name, name, "", count)


def _searches(_field: str, place: _Place, sources: Sources) -> Iterator[Candidate]:
    for name, query in sources.searches.items():
        if _starts(name, place.typed) and fold(name) not in place.others and name.strip():
            yield Candidate(quote(name), name, query)


def _orders(_field: str, place: _Place, _sources: Sources) -> Iterator[Candidate]:
    typed = place.typed.lower()
    if not typed:
        names = list(_ORDERS)
    else:
        names = [f"{sign}{name}" for name in SORT_FIELDS for sign in ("", "-")]
    for name in names:
        bare = name.removeprefix("-")
        if bare in (each.removeprefix("-") for each in place.others):
            continue
        if name.startswith(typed) or bare.startswith(typed):
            yield Candidate(name, name, describe((SortKey(bare, name != bare),)))


def _groups(_field: str, place: _Place, _sources: Sources) -> Iterator[Candidate]:
    if not place.others:
        yield from (Candidate(name, name) for name in GROUPS if _starts(name, place.typed))


def _limits(_field: str, place: _Place, _sources: Sources) -> Iterator[Candidate]:
    if not place.others and not place.typed:
        yield from (Candidate(str(each), str(each), "at most") for each in _LIMITS)


def _numbers(
    field: str, place: _Place, sources: Sources, *, is_compared: bool
) -> Iterator[Candidate]:
    if place.is_quoted:
        return
    if field == "year":
        for each in sources.facets.get("year", ()):
            if each.value.startswith(place.typed) and each.value not in place.others:
                yield Candidate(each.value, each.label, "", None if is_compared else each.count)
    elif is_compared and not place.typed:
        yield from (Candidate(str(each), str(each)) for each in _STEPS[field])
    if not is_compared and "none".startswith(place.typed.lower()) and "none" not in place.others:
        yield Candidate("none", "none", "not known")


def _dates(place: _Place, sources: Sources, *, is_compared: bool) -> Iterator[Candidate]:
    typed = place.typed
    low, dots, end = typed.rpartition("..")
    if place.is_quoted:
        low, dots, end = "", "", typed
    elif dots and low[:1] in QUOTES and low:
        return
    is_value = not dots and not is_compared
    for each in _days(end, sources, is_value=is_value, is_quoted=place.is_quoted):
        insert = f"{low}{dots}{each.insert}"
        if not dots or _is_date(insert):
            yield each._replace(insert=insert)


def _days(typed: str, sources: Sources, *, is_value: bool, is_quoted: bool) -> Iterator[Candidate]:
    if not is_quoted:
        yield from (Candidate(day, day) for day in _DAYS if _starts(day, typed))
        for age, words in _AGES:
            if age.startswith(typed):
                label, hint = (
                    (f"{age}..", f"the last {words}") if is_value else (age, f"{words} ago")
                )
                yield Candidate(label, label, hint)
    phrases = _PHRASES if typed or is_quoted else _PHRASES[:1]
    yield from (Candidate(quote(each), each) for each in phrases if _starts(each, typed))
    for year in sources.facets.get("year", ()):
        if year.value.startswith(typed):
            yield Candidate(year.value, year.label, "", year.count if is_value else None)


def _is_date(value: str) -> bool:
    from newsreader.query.clauses import clause
    from newsreader.query.source import Source

    source = Source(value)
    try:
        clause(source, "date", "", (source.piece(0, len(value)),))
    except InvalidQueryError:
        return False
    return True


_Maker = Callable[[str, _Place, Sources], Iterator[Candidate]]
_OF_KIND: Mapping[Kind, _Maker] = MappingProxyType(
    {Kind.NAME: _names, Kind.FLAG: _flags, Kind.SAVED: _searches}
)
_SHOWN: Mapping[str, _Maker] = MappingProxyType(
    {"sort": _orders, "group": _groups, "limit": _limits}
)


# Matching


def _matching(values: Iterable[FacetValue], typed: str) -> Iterator[FacetValue]:
    """The *values* of which a word starts with what is typed, in their order."""
    needle = _spaced(typed).rstrip()
    if typed.strip() and not needle:
        return
    for each in values:
        if not each.value.strip() or not _searchable(each.value):
            continue
        if not needle:
            if each.count:
                yield each
        elif needle in _spaced(each.label) or needle in _spaced(each.value):
            yield each


@lru_cache(maxsize=1 << 16)
def _searchable(value: str) -> bool:
    return bool(fold(value))


@lru_cache(maxsize=1 << 16)
def _spaced(text: str) -> str:
    """*text* folded, with a space before each of its words."""
    return _NOT_OF_WORDS.sub(" ", f" {fold(text)}")


def _starts(name: str, typed: str) -> bool:
    return _spaced(typed).rstrip() in _spaced(name)
