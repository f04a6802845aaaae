"""Rules: what the reader mutes and follows, in one TOML file that a person may write.

::

    [[rule]]
    kind = "mute"
    name = "from RT"
    query = "provider:rt.com"
    since = 2026-11-21T16:40:00Z
    until = 2026-12-31

``kind`` is mute or follow, ``since`` is when the rule was made, and ``until`` its last day. What is
muted or followed is whatever the query finds. Only ``kind`` and ``query`` must be there.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from newsreader.config.entries import Entries, unknown
from newsreader.model import ConfigError, Issue
from newsreader.text.fold import fold
from newsreader.text.sanitize import clean_line

MUTE: Final = "mute"
FOLLOW: Final = "follow"
LONGEST_NAME = 100
"""Characters of a name; the rest of a longer one is left out."""
MOST_RULES = 500


class Rule(NamedTuple):
    """What to do (:data:`MUTE` or :data:`FOLLOW`) with what a query finds, under a name.

    ``since`` is when it was made, if that is known, and ``until`` the last day on which it acts.
    """

    kind: str
    name: str
    query: str
    since: datetime | None = None
    until: date | None = None

    @property
    def mutes(self) -> bool:
        """Whether it hides what it is about; else it follows it."""
        return self.kind == MUTE

    def is_over(self, today: date) -> bool:
        """Whether it does nothing any more."""
        return self.until is not None and self.until < today


class LoadedRules(NamedTuple):
    """The rules of the file in order, and what was wrong with others in it."""

    rules: tuple[Rule, ...] = ()
    issues: tuple[Issue, ...] = ()


class SavedRule(NamedTuple):
    """A rule as it was saved, and what it was before, if there was one."""

    rule: Rule
    before: Rule | None = None


class DeletedRule(NamedTuple):
    """What :meth:`Rules.restore` needs: a rule, its place, and all that the file had of it."""

    rule: Rule
    at: int
    text: str
    gaps: tuple[str, str]


class Rules:
    """The rules of one file, which need not exist.

    All methods raise :class:`~newsreader.model.ConfigError`, in one sentence, when the file
    cannot be read, is not TOML, or cannot be written; it is then as it was.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._entries = Entries(path, "rule", "rules", _rule, most=MOST_RULES)

    def load(self) -> LoadedRules:
        """What is in the file. Entries that cannot be used are left out and told as issues."""
        return LoadedRules(*self._entries.load())

    def save(self, rule: Rule) -> SavedRule:
        """Add a rule at the end, or change the one with the same query.

        A name that is another rule's gets a number.

        Raises:
            ConfigError: also when there is nothing to ask, or there are too many rules.
        """
        new = _checked(rule)
        with self._entries.change() as (pieces, found):
            same = next((each for each in found if each.item.query == new.query), None)
            taken = {fold(each.item.name) for each in found if each is not same}
            new = new._replace(name=_free(new.name, taken))
            if same is not None:
                before = same.item._asdict()
                changed = {key: each for key, each in new._asdict().items() if each != before[key]}
                entry = pieces.entries[same.at]
                pieces.entries[same.at] = self._entries.edited(entry, changed)
                return SavedRule(new, same.item)
            if len(found) >= MOST_RULES:
                raise ConfigError(f"There can be {MOST_RULES} rules; delete some that are over.")
            pieces.append(self._entries.entry(new._asdict(), pieces.newline))
        return SavedRule(new)

    def delete(self, name: str) -> DeletedRule:
        """Take out a rule, with its comment. What comes back undoes it.

        Raises:
            ConfigError: also when there is no rule of that *name*.
        """
        wanted = fold(clean_line(name))
        with self._entries.change() as (pieces, found):
            for rule, at in found:
                if fold(rule.name) == wanted:
                    return DeletedRule(rule, at, *pieces.remove(at))
        raise ConfigError(unknown("rule", name, [each.item.name for each in found]))

    def restore(self, deleted: DeletedRule) -> None:
        """Put back what :meth:`delete` took out, at its place or at the end of a shorter list.

        Raises:
            ConfigError: also when there is a rule with that query again.
        """
        query = deleted.rule.query
        with self._entries.change() as (pieces, found):
            if any(each.item.query == query for each in found):
                raise ConfigError(f"There is a rule for {query} already.")
            pieces.insert(min(deleted.at, len(pieces.entries)), deleted.text, deleted.gaps)


def _rule(entry: Any) -> Rule:
    if not isinstance(entry, dict):
        raise ValueError("a rule must be a table with a kind and a query")
    kind, query = entry.get("kind"), entry.get("query")
    if kind not in (MUTE, FOLLOW):
        raise ValueError(f'the kind of a rule must be "{MUTE}" or "{FOLLOW}"')
    name = entry.get("name", query)
    if not isinstance(query, str) or not isinstance(name, str):
        raise ValueError("the query and the name of a rule must be texts in quotes")
    since, until = _moment(entry.get("since"), "since"), _moment(entry.get("until"), "until")
    return _checked(Rule(kind, name, query, since, until.astimezone().date() if until else None))


def _moment(value: Any, key: str) -> datetime | None:
    """A date as TOML has it, or as a text; a day is its beginning, here."""
    if value is None:
        return None
    try:
        text = value.isoformat() if isinstance(value, date) else value
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        raise ValueError(f"{key} must be a date such as 2026-12-31") from None


def _checked(rule: Rule) -> Rule:
    """*rule* in lines of safe text.

    Raises:
        ConfigError: when there is nothing to ask.
    """
    query = clean_line(rule.query)
    if not query:
        raise ConfigError("A rule must have a query; is:hidden finds what rules hide.")
    name = clean_line(rule.name) or query
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - 1].rstrip()}…"
    since = rule.since.replace(microsecond=0, fold=0) if rule.since is not None else None
    return rule._replace(name=name, query=query, since=since)


def _free(name: str, taken: set[str]) -> str:
    """*name*, with a number where others have it."""
    number, free = 1, name
    while fold(free) in taken:
        number += 1
        end = f" {number}"
        free = f"{name[: LONGEST_NAME - len(end)]}{end}"
    return free
