# ruff: noqa: E501 - tables are easier to check in long lines
"""Values of the wrong kind, and of the right kind in other spellings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sources.hostile_case import NOTED, SHOWN, Case, page


def numbers() -> Iterator[Case]:
    for written, number in (
        ("69", 69), ("'69'", 69), ('"69"', 69), ("69.0", 69), ("1_000", 1000), ("'1_000'", 1000),
        ("+5", 5), ("-5", -5), ("6.9e1", 69), ("010", 10), ("'010'", 10), ("0", 0), ("-0", 0),
        ("1e2", 100), ("''", None), ("null", None), ("~", None), ("", None), ("' 7 '", 7),
    ):  # fmt: skip
        yield Case(f"number {written!r}", page(f"quality: {written}"), SHOWN, {"quality": number})
    for written in (
        ".nan", ".inf", "-.inf", "nan", "inf", "1e99", "1e400", "9" * 20, "9" * 5_000, "true", "no",
        "69/100", "69%", "high", "0x10", "1:30", "0b11", "[1]", "{a: 1}", "2020-01-01", "1e-", "--1",
        "9223372036854775808", "1,000", "0x" + "f" * 5_000, "1" + "_" * 5_000, "1:" * 500 + "1",
    ):  # fmt: skip
        fields = {"quality": None, "category": "c"}
        name = f"number {written[:20]} of {len(written)}"
        yield Case(name, page(f"quality: {written}"), NOTED, fields, 3, "quality: a whole number")
    yield Case("number heat unknown", page("heat: -1"), SHOWN, {"heat": None})
    yield Case("number nested", page("related:\n- title: x\n  quality: high"), NOTED, {}, 5,
               "related.quality")  # fmt: skip
    yield Case("number deep", page("images:\n- url: https://x.org\n  height: big"), NOTED, {}, 5,
               "images.height")  # fmt: skip


def flags() -> Iterator[Case]:
    for written, flag in (
        ("true", True), ("True", True), ("TRUE", True), ("yes", True), ("on", True), ("1", True),
        ("'true'", True), ('"No"', False), ("off", False), ("false", False), ("0", False),
        ("", None), ("null", None),
    ):  # fmt: skip
        fields = {"is_published": flag}
        yield Case(f"flag {written!r}", page(f"published: {written}"), SHOWN, fields)
    for written in ("perhaps", "2", "[true]", "2020-01-01", "{a: b}", "tru"):
        fields = {"is_published": None}
        yield Case(f"flag {written}", page(f"published: {written}"), NOTED, fields, 3, "published")


def dates() -> Iterator[Case]:
    noon = datetime(2020, 7, 1, 12, 9, tzinfo=UTC)
    for written, moment in (
        ("2020-07-01T12:09:00Z", noon), ("'2020-07-01T12:09:00Z'", noon), ("2020-07-01 12:09:00", noon),
        ("2020-07-01t12:09:00z", noon), ("2020-07-01T14:09:00+02:00", noon),
        ("2020-07-01 14:09:00 +0200", noon), ("2020-7-1 14:09:00 +2", noon),
        ("'2020-7-1 14:09:00 +2'", noon), ("1593605340", noon), ("'1593605340'", noon),
        ("1593605340000", noon), ("Wed, 01 Jul 2020 12:09:00 GMT", noon),
        ("Wed, 01 Jul 2020 14:09:00 +0200", noon), ("2020-07-01T12:09", noon),
        ("2020-07-01", datetime(2020, 7, 1, tzinfo=UTC)), ("", None), ("null", None), ("''", None),
        ("2020-07-01T12:09:00.5Z", noon.replace(microsecond=500_000)),
        ("2020-07-01T12:09:00.1234567Z", noon.replace(microsecond=123_456)),
        ("1969-07-20T20:17:40Z", datetime(1969, 7, 20, 20, 17, 40, tzinfo=UTC)),
        ("2100-02-28", datetime(2100, 2, 28, tzinfo=UTC)),
    ):  # fmt: skip
        fields = {"published_at": moment, "published_text": ""}
        yield Case(f"date {written!r}", page(f"publishedDateTime: {written}"), SHOWN, fields)
    for written in (
        "2020-13-45", "2021-02-29", "2020-02-30T00:00:00Z", "2020-07-01T25:00:00Z", "0000-00-00",
        "0001-01-01", "9999-12-31T23:59:59Z", "10000-01-01", "2020-07-01T12:00:00+99:00", "0", "-1",
        "1", "99999999999999999999", "1e9", "now", "today", "yesterday", "soon", "true", "12:30:45",
        "07/01/2020", "2020-07-01T23:59:60Z", "TBD", "Monday", "2020-07-01 to 2020-07-02", "next week",
        "--", "-0001-01-01", ".inf", "Wed, 99 Jul 2020 12:09:00 GMT", "2020", "12", "1.5",
    ):  # fmt: skip
        fields = {"published_at": None, "published_text": written}
        data = page(f"publishedDateTime: {written}")
        yield Case(f"date {written}", data, NOTED, fields, 3, "no date")
    for name, written in (
        ("of a list", "[2020-07-01]"), ("of a mapping", "{a: b}"), ("of spaces", f"2020{' ' * 9_999}x"),
        ("of many digits", "9" * 9_999), ("very long", "Wed, " * 50_000 + "x"),
    ):  # fmt: skip
        data = page(f"publishedDateTime: {written}")
        yield Case(f"date {name}", data, NOTED, {"published_at": None}, 3, "no date")
    nested = page("related:\n- title: x\n  publishedDateTime: soon")
    yield Case("date nested", nested, NOTED, {}, 5, "related.publishedDateTime")


def types() -> Iterator[Case]:
    for header, fields in (
        ("title: 2020", {"title": "2020"}), ("title: 1e3", {"title": "1e3"}),
        ("title: yes", {"title": "yes"}), ("title: 2020-07-01", {"title": "2020-07-01"}),
        ("title: 007", {"title": "007"}), ("title: 1_000", {"title": "1_000"}),
        ("title: null", {"title": ""}), ("title: .nan", {"title": ".nan"}),
        ("title: 12:30:45", {"title": "12:30:45"}), ("title:", {"title": ""}),
        ("topics: a, b", {"topics": ("a", "b")}), ("topics: a", {"topics": ("a",)}),
        ("topics: [1, yes, 2020-01-01, null, '']", {"topics": ("1", "yes", "2020-01-01")}),
        ("topics: null", {"topics": ()}), ("provider: CNET", {"provider.name": "CNET"}),
        ("provider: 24", {"provider.name": "24"}), ("provider: [CNET]", {"provider.name": "CNET"}),
        ("related: [A, B]", {"related.title": ["A", "B"]}),
        ("related: {title: A}", {"related.title": ["A"]}), ("related: []", {"related": ()}),
        ("images: https://x.org/a.png", {"images.url": ["https://x.org/a.png"]}),
        ("images: null", {"images": ()}), ("secured: 5", {"secured": "5"}),
        ("7: seven\ntitle: x", {"title": "x"}), ("null: a\ntitle: x", {"title": "x"}),
        ("2020-01-01: a\ntitle: x", {"title": "x"}), ("1.5: a\ntitle: x", {"title": "x"}),
        (".nan: a\ntitle: x", {"title": "x"}), ("'': a\ntitle: x", {"title": "x"}),
    ):  # fmt: skip
        yield Case(f"type {header!r}", page(header), SHOWN, fields)
    for key, written in (
        ("title", "[a]"), ("title", "{a: b}"), ("excerpt", "[a, b]"), ("webUrl", "[a]"),
        ("type", "{}"), ("topics", "{a: b}"), ("topics", "[[a]]"), ("images", "5"),
        ("images", "[[a]]"), ("provider", "[a, b]"), ("provider", "[[a]]"), ("related", "[[a]]"),
        ("secured", "[a]"), ("category", "[a]"), ("originalUrl", "{a: b}"),
    ):  # fmt: skip
        data = f"---\nexcerpt: e\n{key}: {written}\n---\n".encode()
        if key == "excerpt":
            data = data.replace(b"excerpt: e", b"type: t")
        yield Case(f"type {key} {written}", data, NOTED, {}, 3, f"{key}: ")
