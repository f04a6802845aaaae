"""The reader's rules: the file, when what is followed was looked at, and the library under them."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from pathlib import Path

from newsreader.config.looked import Looked
from newsreader.config.rules import DeletedRule, Rule, Rules, SavedRule
from newsreader.library.ruled import RuledArticles
from newsreader.model import ConfigError, Issue
from newsreader.text.sanitize import clean_line

_INSTANT = timedelta(microseconds=1)


class RuleBook:
    """The rules of one file, read again whenever it changes.

    What changes them raises :class:`~newsreader.model.ConfigError` in one sentence.
    """

    def __init__(self, file: Path, followed_file: Path) -> None:
        self._rules = Rules(file)
        self._looked = Looked(followed_file)
        self._version: object = None
        self._loaded: tuple[Rule, ...] = ()
        self._issues: tuple[Issue, ...] = ()

    def tell(self, library: RuledArticles) -> None:
        """Let *library* keep to the rules as they are now."""
        version = self._file_version()
        if version == self._version:
            return
        self._version = version
        try:
            self._loaded, self._issues = self._rules.load()
        except ConfigError as error:
            # The rules from before stay: what was hidden does not come back for a slip of the pen.
            self._issues = (Issue(os.fspath(self._rules.path), str(error)),)
        rules = tuple(map(self._as_looked_at, self._loaded))
        library.keep_to(rules, os.fspath(self._rules.path), self._issues)

    def _file_version(self) -> object:
        try:
            status = os.stat(self._rules.path)  # noqa: PTH116 - as often as a key is pressed
        except OSError:
            return ()
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _as_looked_at(self, rule: Rule) -> Rule:
        """*rule* with what is followed since it was looked at last."""
        looked = None if rule.mutes else self._looked.at(rule.name)
        moments = [moment for moment in (rule.since, looked) if moment is not None]
        return rule._replace(since=max(moments, default=None))

    def look(self, name: str, library: RuledArticles, now: datetime) -> None:
        """Note that the reader looks at what is followed as *name*: nothing of it is new."""
        self._looked.now(name, _latest(library, now))
        self._version = None

    def add(self, rule: Rule, library: RuledArticles, now: datetime) -> SavedRule:
        """Begin to mute or to follow."""
        saved = self._rules.save(rule._replace(since=_latest(library, now)))
        self._version = None
        return saved

    def put_back(self, rule: Rule) -> None:
        """Let a rule be as it was."""
        self._rules.save(rule)

    def set_until(self, name: str, until: date | None) -> Rule:
        """Give a rule another last day, or none; what it was before.

        Raises:
            ConfigError: also when there is no rule of that *name*.
        """
        for rule in self._loaded:
            if rule.name == name:
                self._rules.save(rule._replace(until=until))
                return rule
        raise ConfigError(f"There is no rule called {name} any more.")

    def delete(self, name: str) -> DeletedRule:
        """Delete a rule. What comes back undoes it."""
        return self._rules.delete(name)

    def restore(self, deleted: DeletedRule) -> None:
        """Put back what was deleted."""
        self._rules.restore(deleted)


def _latest(library: RuledArticles, now: datetime) -> datetime:
    """A time after which no article there is was met first, whatever the clocks say."""
    import numpy as np

    latest = int(np.max(np.asarray(library.snapshot.columns.added), initial=0))
    return max(now, datetime.fromtimestamp(latest, now.tzinfo))


def last_day(text: str, now: datetime) -> date | None:
    """The day that *text* ends on: a date, or a time from *now* on such as ``7d``; None for none.

    Raises:
        ConfigError: when it is no date, or one that is over.
    """
    from newsreader.query.spans import is_duration, resolve

    if not text.strip():
        return None
    span = resolve(text.strip(), now)
    if span is None:
        raise ConfigError(f"{clean_line(text)} is no date; write 2026-12-31, 2026-12, or 7d.")
    end = now + (now - span.start) if is_duration(text.strip()) else span.end - _INSTANT
    if end.date() < now.date():
        raise ConfigError(f"{end.date()} is over.")
    return end.date()
