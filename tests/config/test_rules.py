"""The file of rules: what is written comes back, and what a person wrote stays."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.config.rules import FOLLOW, LONGEST_NAME, MOST_RULES, MUTE, Rule, Rules
from newsreader.model import ConfigError
from newsreader.text.fold import fold
from newsreader.text.sanitize import clean_line

SINCE = datetime(2026, 11, 21, 16, 40, tzinfo=UTC)
BY_HAND = """\
# What I do not want to see.

[[rule]]
kind = "mute"      # for good
query = "provider:rt.com"

# Until the election is over.
[[rule]]
kind = "mute"
name = "elections"
query = 'title:"election day"'
until = "2026-12-31"

[[rule]]
kind = "hide"
query = "x"

[[rule]]
kind = "follow"
name = "Elections"
query = "y"

[[rule]]
kind = "follow"
query = "z"
until = 31

[[rule]]
kind = "mute"
query = " "
"""


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    return Rules(tmp_path / "rules.toml")


def test_without_a_file_there_are_no_rules(rules: Rules) -> None:
    assert rules.load() == ((), ())


def test_a_file_written_by_hand(rules: Rules) -> None:
    rules.path.write_text(BY_HAND)
    loaded = rules.load()
    assert loaded.rules == (
        Rule(MUTE, "provider:rt.com", "provider:rt.com"),
        Rule(MUTE, "elections", 'title:"election day"', until=date(2026, 12, 31)),
    )
    assert [(each.line, each.reason) for each in loaded.issues] == [
        (14, 'the kind of a rule must be "mute" or "follow"; set aside'),
        (18, "there is a rule called elections before this one; set aside"),
        (23, "until must be a date such as 2026-12-31; set aside"),
        (
            28,
            "a rule must have a query; is:hidden finds what rules hide; set aside",
        ),
    ]


def test_a_change_touches_only_what_it_is_about(rules: Rules) -> None:
    rules.path.write_text(BY_HAND)
    first = rules.load().rules[0]
    saved = rules.save(first._replace(kind=FOLLOW, since=SINCE))
    assert saved.before == first
    assert rules.path.read_text() == BY_HAND.replace(
        'kind = "mute"      # for good\nquery = "provider:rt.com"\n',
        'kind = "follow"      # for good\nquery = "provider:rt.com"\n'
        "since = 2026-11-21T16:40:00Z\n",
    )
    rules.save(first)
    assert rules.path.read_text() == BY_HAND
    deleted = rules.delete("ELECTIONS")
    assert "election" not in rules.path.read_text().partition('[[rule]]\nkind = "hide')[0]
    rules.restore(deleted)
    assert rules.path.read_text() == BY_HAND


def test_names_are_made_different_and_one_query_has_one_rule(rules: Rules) -> None:
    for query in ("story:1", "story:2", "story:3", "story:2"):
        rules.save(Rule(MUTE, "Live updates", query))
    assert [each.name for each in rules.load().rules] == [
        "Live updates",
        "Live updates 2",
        "Live updates 3",
    ]
    with pytest.raises(ConfigError, match="did you mean Live updates 3"):
        rules.delete("live update 3")


def test_there_is_an_end_to_rules(rules: Rules) -> None:
    entry = '[[rule]]\nkind = "mute"\nquery = "title:{}"\n'
    rules.path.write_text("".join(entry.format(number) for number in range(MOST_RULES + 1)))
    loaded = rules.load()
    assert len(loaded.rules) == MOST_RULES
    assert [each.reason for each in loaded.issues] == [
        f"there are more than {MOST_RULES} rules; set aside"
    ]
    with pytest.raises(ConfigError, match="delete some"):
        rules.save(Rule(MUTE, "x", "x"))


def test_what_is_not_toml_is_told_and_left_alone(rules: Rules) -> None:
    rules.path.write_text("[[rule]]\nkind = \n")
    with pytest.raises(ConfigError, match=r"rules.toml:2: this is not valid TOML"):
        rules.load()
    with pytest.raises(ConfigError, match=r"not valid TOML"):
        rules.save(Rule(MUTE, "x", "x"))
    assert rules.path.read_text() == "[[rule]]\nkind = \n"


def test_the_last_day_is_one_on_which_it_acts() -> None:
    rule = Rule(MUTE, "x", "x", until=date(2026, 12, 31))
    assert not rule.is_over(date(2026, 12, 31))
    assert rule.is_over(date(2027, 1, 1))
    assert not rule._replace(until=None).is_over(date(9999, 1, 1))


texts = st.text(max_size=120).filter(lambda text: bool(clean_line(text)))
made = st.builds(
    Rule,
    kind=st.sampled_from([MUTE, FOLLOW]),
    name=st.text(max_size=120),
    query=texts,
    since=st.none()
    | st.integers(90_000, 2 * 10**11).map(lambda each: datetime.fromtimestamp(each, UTC)),
    until=st.none() | st.dates(date(1971, 1, 1), date(9000, 1, 1)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(made, max_size=5))
def test_what_is_saved_comes_back(some: list[Rule]) -> None:
    with TemporaryDirectory() as folder:
        rules = Rules(Path(folder) / "rules.toml")
        saved: dict[str, Rule] = {}
        for each in some:
            result = rules.save(each)
            before = saved.get(result.rule.query)
            assert result.before == before
            saved[result.rule.query] = result.rule
            assert (each.kind, each.until) == (result.rule.kind, result.rule.until)
        loaded = rules.load()
        assert loaded.issues == ()
        assert loaded.rules == tuple(saved.values())
        names = [fold(each.name) for each in loaded.rules]
        assert len(set(names)) == len(names)
        assert all(len(each.name) <= LONGEST_NAME for each in loaded.rules)
        for each in loaded.rules:
            before_text = rules.path.read_text(encoding="utf-8")
            rules.restore(rules.delete(each.name))
            assert rules.path.read_text(encoding="utf-8") == before_text
