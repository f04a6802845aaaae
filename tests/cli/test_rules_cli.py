"""Rules from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli import run

from newsreader.config.paths import rules_file

Out = pytest.CaptureFixture[str]


def test_what_is_muted_is_hidden_and_counted(capsys: Out, seeds: Path) -> None:
    code, out, err = run(capsys, "mute", "provider:cnet", "--until", "2999-12")
    assert (code, out, err) == (0, "", "newsreader: from cnet: muted until 2999-12-31.\n")
    code, out, err = run(capsys, "list", seeds, "--urls")
    assert (code, len(out.splitlines())) == (0, 4)
    assert err == "newsreader: 1 hidden by rules; is:hidden finds what they hide.\n"
    code, out, err = run(capsys, "list", seeds, "--json", "-q", "is:hidden")
    assert (code, len(json.loads(out)), err) == (0, 1, "")
    code, out, _ = run(capsys, "facets", "provider", seeds)
    assert "CNET" not in out
    code, out, _ = run(capsys, "explain", "detroit OR cases", seeds)
    assert "hidden 1 more, by rules" in out
    code, out, _ = run(capsys, "explain", "", seeds, "--json")
    assert json.loads(out)["hidden"] == 1
    _, _, err = run(capsys, "mark", "star", "-q", "provider:cnet OR detroit", "--in", seeds)
    assert err == "newsreader: 2 articles starred.\n"


def test_rules_are_listed_and_deleted(capsys: Out, seeds: Path) -> None:
    run(capsys, "mute", "-provider:cnet", "--name", "All the rest")
    run(capsys, "follow", "--until=7d", "topic:AI title:detroit")
    rules_file().write_text(
        rules_file().read_text() + '\n[[rule]]\nkind = "mute"\nquery = "x"\nuntil = 2020-01-01\n'
    )
    code, out, err = run(capsys, "rules", seeds)
    assert (code, err) == (0, "")
    first, second, third = out.splitlines()
    assert first.split() == ["mute", "All", "the", "rest", "4", "-provider:cnet"]
    assert second.startswith("follow about ai, with ")
    assert third.split() == ["mute", "x", "(over)", "0", "x"]
    code, out, _ = run(capsys, "rules", seeds, "--json")
    found = json.loads(out)
    assert [each["count"] for each in found] == [4, 2, 0]
    assert [each["is_over"] for each in found] == [False, False, True]
    assert found[0]["until"] is None
    code, _, err = run(capsys, "rules", "--delete", "all the REST")
    assert (code, err) == (
        0,
        "newsreader: All the rest is deleted; it said: mute -provider:cnet\n",
    )
    code, _, err = run(capsys, "rules", "--delete", "all the rest")
    assert code == 1
    code, out, err = run(capsys, "list", seeds, "--urls")
    assert (len(out.splitlines()), err) == (5, "")


def test_what_cannot_be_a_rule_is_told(capsys: Out, seeds: Path) -> None:
    code, _, err = run(capsys, "mute", "qualty>5")
    assert (code, "did you mean quality" in err) == (2, True)
    code, _, err = run(capsys, "mute", "x", "--until", "2020")
    assert (code, err) == (1, "newsreader: 2020-12-31 is over.\n")
    code, _, err = run(capsys, "mute", "x", "--until", "soon")
    assert (code, "soon is no date" in err) == (1, True)
    code, _, err = run(capsys, "mute", "")
    assert (code, "must have a query" in err) == (1, True)
    assert not rules_file().exists()


def test_a_rule_that_is_wrong_hides_nothing_and_is_told(capsys: Out, seeds: Path) -> None:
    rules_file().parent.mkdir(parents=True)
    rules_file().write_text('[[rule]]\nkind = "mute"\nname = "X"\nquery = "x:y"\n')
    code, out, err = run(capsys, "list", seeds, "--urls")
    assert (code, len(out.splitlines())) == (0, 5)
    assert "the rule X does nothing: There is no field x" in err
    rules_file().write_text("[[rule]\n")
    code, out, err = run(capsys, "list", seeds, "--urls")
    assert (code, len(out.splitlines())) == (0, 5)
    assert "rules.toml:1" in err
