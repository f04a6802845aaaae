# ruff: noqa: E501 - tables are easier to check in long lines
"""Hostile files, made to order: each with what must become of it. Nothing here is random."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from typing import Any

from sources.hostile_case import EITHER, NOTED, REFUSED, SHOWN, Case, page
from sources.hostile_values import dates, flags, numbers, types


def cases() -> list[Case]:
    """All of them. Their names are distinct."""
    made: list[Case] = []
    for family in (
        encodings, structures, slips, duplicates_and_tags, bombs, numbers, flags, dates, types,
        controls, sizes, toml_and_json, binaries,
    ):  # fmt: skip
        made.extend(family())
    return made


def encodings() -> Iterator[Case]:
    text = "---\ntitle: Grüße – “ja” żółć 日本 🎉\n---\nBody\n"
    title = {"title": "Grüße – “ja” żółć 日本 🎉", "body": "Body"}
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        for name, end in (("lf", "\n"), ("crlf", "\r\n"), ("cr", "\r")):
            data = text.replace("\n", end).encode(encoding)
            yield Case(f"encoding {encoding} {name}", data, SHOWN, title)
    for encoding, mark in (("utf-16-be", b"\xfe\xff"), ("utf-32-be", b"\0\0\xfe\xff")):
        yield Case(f"encoding {encoding} with mark", mark + text.encode(encoding), SHOWN, title)
    for encoding in ("utf-16-le", "utf-16-be"):
        data = text.encode(encoding)
        yield Case(f"encoding {encoding} without mark", data, NOTED, title, 1, "UTF-16")
    western = "---\ncategory: c\ntitle: Grüße – “ja”\n---\n".encode("cp1252")
    yield Case("encoding cp1252", western, NOTED, {"title": "Grüße – “ja”"}, 3, "Windows-1252")
    latin = "---\ntitle: caf\xe9\n---\n".encode("latin-1")
    yield Case("encoding latin-1", latin, NOTED, {"title": "café"}, 2, "Windows-1252")
    for name, bad in (
        ("lone byte", b"\xff"), ("surrogate", b"\xed\xa0\x80"), ("overlong", b"\xc0\xaf"),
        ("too high", b"\xf7\xbf\xbf\xbf"), ("cut", b"\xe2\x82"),
    ):  # fmt: skip
        data = "---\ntitle: a\nexcerpt: żółć 日本語テキスト ".encode() + bad + b"\n---\n"
        yield Case(f"encoding utf-8 with {name}", data, NOTED, {"title": "a"}, 3, "UTF-8")
    odd = b"\xff\xfe" + "---\ntitle: a\n---\n".encode("utf-16-le") + b"x"
    yield Case("encoding utf-16 of odd length", odd, NOTED, {"title": "a"}, None, "UTF-16")
    yield Case("encoding mark twice", b"\xef\xbb\xbf\xef\xbb\xbf---\ntitle: a\n---\n", SHOWN,
               {"title": "a"})  # fmt: skip
    yield Case("encoding nul in title", b"---\ntitle: a\0b\n---\n", NOTED, {"title": "ab"}, 2)
    yield Case("encoding nul in body", b"---\ntitle: a\n---\nx\0y", SHOWN, {"body": "xy"})


def structures() -> Iterator[Case]:
    good = {"title": "a", "quality": 7, "body": "Body"}
    for name, text in (
        ("plain", "---\ntitle: a\nquality: 7\n---\nBody"),
        ("dots", "---\ntitle: a\nquality: 7\n...\nBody"),
        ("long marks", "-----\ntitle: a\nquality: 7\n-----\nBody"),
        ("blank lines before", "\n\n \n---\ntitle: a\nquality: 7\n---\nBody"),
        ("mark after blank lines", "\n\n\ufeff---\ntitle: a\nquality: 7\n---\nBody"),
        ("mark before blank lines", "\ufeff\n\n---\ntitle: a\nquality: 7\n---\nBody"),
        ("spaces after marks", "---  \ntitle: a\nquality: 7\n--- \t\nBody"),
        ("comment", "---\n# a comment\ntitle: a # another\nquality: 7\n---\nBody"),
        ("blank line inside", "---\ntitle: a\n\nquality: 7\n---\nBody"),
        ("no last newline", "---\nquality: 7\ntitle: a\n---\n\n\nBody"),
        ("quoted keys", "---\n'title': a\n\"quality\": 7\n---\nBody"),
        ("flow", "---\n{title: a, quality: 7}\n---\nBody"),
        ("flow like json", '---\n{"title": "a", "quality": 7}\n---\nBody'),
        ("folded", "---\ntitle: >-\n  a\nquality: '7'\n---\nBody"),
        ("literal", '---\ntitle: |\n  a\nquality: "7"\n---\nBody'),
    ):
        yield Case(f"structure {name}", text.encode(), SHOWN, good)
    for name, text in (
        ("no end", "---\ntitle: a\nquality: 7\n\nBody"),
        ("no end no blank", "---\ntitle: a\nquality: 7\nBody"),
        ("no end and a heading", "---\ntitle: a\nquality: 7\n\nBody"),
        ("no end with list", "---\ntitle: a\ntopics:\n- x\n- y\nquality: 7\n\nBody"),
    ):
        yield Case(f"structure {name}", text.encode(), NOTED, good, 1, "closing line")
    blank = b"---\n" + b"\n" * 1_000_000 + b"x"
    yield Case("structure blank lines without end", blank, NOTED, {}, 1, "no front matter")
    ruled = b"---\ntitle: a\n" + b"--- x\n" * 100_000
    yield Case("structure rules without end", ruled, NOTED, {"title": "a"}, 1, "closing line")
    text = "---\ntitle: a\nquality: 7\n\nBody, long.\n\n---\nMore"
    fields = {"title": "a", "quality": 7, "body": "Body, long.\n\n---\nMore"}
    yield Case("structure end is a rule of the text", text.encode(), NOTED, fields, 5, "damaged")
    yield Case("structure no end at all", b"---\ntitle: a\n", NOTED, {"title": "a"}, 1, "closing")
    for name, text in (
        ("none", "# Heading\n\nText"), ("a rule first", "---\nJust text here\n"),
        ("one word", "word"), ("only a body", "Text\n---\ntitle: a\n---\n"),
    ):  # fmt: skip
        yield Case(f"structure {name}", text.encode(), NOTED, {"title": ""}, 1, "no front matter")
    for name, data in (("empty", b""), ("blank", b" \n\t\n"), ("mark only", b"\xef\xbb\xbf")):
        yield Case(f"structure {name}", data, REFUSED, word="empty")
    yield Case("structure empty front matter", b"---\n---\nBody", SHOWN, {"body": "Body"})
    yield Case("structure only a comment", b"---\n# x\n---\nBody", SHOWN, {"body": "Body"})
    yield Case("structure list", b"---\n- a\n---\n", REFUSED, {}, 1, "mapping")
    yield Case("structure scalar", b"---\njust text\n---\n", REFUSED, {}, 1, "mapping")
    yield Case("structure whole yaml", b"title: a\nquality: 7\n", SHOWN, {"quality": 7},
               file="a.yaml")  # fmt: skip
    yield Case("structure yaml of two documents", b"---\ntitle: a\n---\ntitle: b\n", SHOWN,
               {"title": "a"}, file="a.yml")  # fmt: skip


def slips() -> Iterator[Case]:
    fields: dict[str, Any]
    noted: dict[str, Any]
    for text in (
        "a: b", "a: b: c", "Live: the news", "@home", "*x", "*important* news", "**bold** x", "& x",
        "&amp x: y", "%x", "100%: all", "`code` x", "[Video] x", "[a", "{a", "{{ page.title }}",
        "- x", '"a" b', "'a' b", "a]: b", ", x", "| x", "> x", "[a] [b]", "{a} b", "@", "%", "`",
        "* x", "[Live] now: go", "] x", "} x", "*", "? x: y: z", "\"a' b: c",
    ):  # fmt: skip
        noted = {"title": text, "heat": 5, "category": "c"}
        yield Case(f"slip {text}", page(f"title: {text}\nheat: 5"), NOTED, noted, 3, "damaged")
    for text, title in (
        ('"He said "no" to it"', 'He said "no" to it'), ("'It's here'", "It's here"),
        ('"a "b""', 'a "b"'), ("'a'b'", "a'b"),
    ):  # fmt: skip
        fields = {"title": title, "heat": 5}
        yield Case(f"slip {text}", page(f"title: {text}\nheat: 5"), NOTED, fields, 3, "damaged")
    for name, header, line, fields in (
        ("unclosed double quote", 'title: "abc\nheat: 5', 3, {"title": '"abc', "heat": 5}),
        ("unclosed single quote", "title: 'abc\nheat: 5", 3, {"title": "'abc", "heat": 5}),
        ("unclosed list", "topics: [a, b\nheat: 5", 3, {"topics": ("a", "b"), "heat": 5}),
        ("tab before a key", "\ttitle: x\nheat: 5", 3, {"title": "x", "heat": 5}),
        ("no space after colon", "title:Foo\nheat: 5", 3, {"title": "Foo", "heat": 5}),
        ("stray bracket", "]\ntitle: x\nheat: 5", 3, {"title": "x", "heat": 5}),
        ("item with at", "topics:\n- @a\n- b", 4, {"topics": ("@a", "b")}),
        ("item with star", "topics:\n- b\n- *a", 5, {"topics": ("b", "*a")}),
        ("key too far in", "title: x\n  heat: 5", 4, {"title": "x", "heat": 5}),
        ("undefined alias", "title: *x\nheat: 5", 3, {"title": "*x", "heat": 5}),
        ("list for a key", "? [a]\n: b\ntitle: z", 3, {"title": "z"}),
        ("excerpt", "title: x\nexcerpt: so: it is", 4, {"title": "x", "excerpt": "so: it is"}),
        ("url", "webUrl: @https://x.org/a: b", 3, {"web_url": "@https://x.org/a: b"}),
        ("second is the damage", "title: fine\nexcerpt: @x\ntype: *y", 4, {"type": "*y"}),
        ("unknown key", "note: a: b\ntitle: x", 3, {"title": "x"}),
        ("broken holder", "images: [{url\ntitle: x", 3, {"title": "x", "images": ()}),
        ("damage before and blank line", "title: a: b\n\nheat: 5", 3, {"heat": 5}),
        ("nothing between colons", "title: a : b\nheat: 5", 3, {"title": "a : b"}),
        ("text under a key", "title: x\nstray words here\nheat: 5", 4, {"heat": 5}),
        ("merge marker", "<<<<<<< HEAD\ntitle: x\nheat: 5", 3, {"title": "x", "heat": 5}),
    ):  # fmt: skip
        yield Case(f"slip {name}", page(header), NOTED, fields, line, "damaged")
    related = "related:\n- title: A: B\n  webUrl: https://x.org/1\n- title: c\n  quality: 3"
    yield Case("slip in related", page(related), NOTED, {"related.title": ["A: B", "c"]}, 4)
    tabs = "provider:\n\tname: x\n\tdomain: y"
    yield Case("slip tabs in provider", page(tabs), NOTED, {"provider.name": "x"}, 4)
    tabs = "images:\n\t- url: https://x.org/a\n\t  width: 5"
    yield Case("slip tabs in images", page(tabs), NOTED, {"images.width": [5]}, 4)
    for name, text in (("flow", "[a"), ("brace", "{a: b"), ("text", "%x\n@y")):
        data = f"---\n{text}\n---\n".encode()
        yield Case(f"slip nothing to rescue {name}", data, REFUSED, {}, 2, "not valid YAML")


def duplicates_and_tags() -> Iterator[Case]:
    for key, first, last, value in (
        ("title", "x", "y", "y"), ("quality", "1", "2", 2), ("type", "a", "b", "b"),
        ("heat", "3", "4", 4), ("topics", "[a]", "[b]", ("b",)),
    ):  # fmt: skip
        data = page(f"{key}: {first}\nexcerpt: e\n{key}: {last}")
        yield Case(f"duplicate {key}", data, NOTED, {key: value}, 5, "lines 3 and 5")
    nested = page("provider:\n  name: x\n  name: y")
    yield Case("duplicate nested", nested, NOTED, {"provider.name": "y"}, 5, "lines 4 and 5")
    damaged = page("title: x\nexcerpt: @e\ntitle: y")
    yield Case("duplicate in damage", damaged, NOTED, {"title": "y"}, 4, "damaged")
    for tag in (
        "!!python/object:os.system", "!!python/object/apply:os.system", "!!python/name:os.system",
        "!!python/module:os", "!custom", "!!binary", "!!set", "!!omap", "!<x>", "!!python/none",
    ):  # fmt: skip
        yield Case(f"tag {tag}", page(f"title: {tag} x"), NOTED, {"title": "x"}, 3, "tag")
        listed = page(f"topics: {tag} [x]")
        yield Case(f"tag {tag} on a list", listed, NOTED, {"topics": ("x",)}, 3, "tag")
    for tag, value in (("!!str", "7"), ("!!int", "7"), ("!!float", "7.0"), ("!!int", "'7'")):
        yield Case(f"tag {tag} {value}", page(f"quality: {tag} {value}"), SHOWN, {"quality": 7})
    anchored = page("title: &t x\nexcerpt: *t")
    yield Case("alias", anchored, SHOWN, {"title": "x", "excerpt": "x"})
    merge = page("a: &a {name: x, domain: d.org}\nprovider:\n  <<: *a\n  name: y")
    fields = {"provider.name": "y", "provider.domain": "d.org"}
    yield Case("merge", merge, SHOWN, fields)
    merges = page("a: &a {name: x}\nb: &b {domain: y}\nprovider:\n  <<: [*a, *b]")
    yield Case("merge of two", merges, SHOWN, {"provider.name": "x", "provider.domain": "y"})
    yield Case("merge of text", page("<<: text\ntitle: x"), SHOWN, {"title": "x"})
    itself = page("title: x\na: &a [*a]")
    yield Case("alias in itself", itself, NOTED, {"title": "x"}, 4, "damaged")


def bombs() -> Iterator[Case]:
    deep = 1_000_000
    for name, text, line, word in (
        ("brackets", "a: " + "[" * deep, 2, "nested deeper"),
        ("balanced brackets", "a: " + "[" * 90_000 + "]" * 90_000, 2, "nested deeper"),
        ("braces", "a: " + "{a: " * 300_000, 2, "nested deeper"),
        ("dashes", "- " * deep, 2, "nested deeper"),
        ("steps", "\n".join(" " * i + "a:" for i in range(1000)), 66, "nested deeper"),
        ("just too deep", "a: " + "[" * 64 + "]" * 64, 2, "nested deeper"),
        ("many parts", "a: [" + "a," * 250_000 + "]", 2, "more than"),
        ("directives", "".join(f"%TAG !a{i}! b\n" for i in range(50_000)), 1, "directives"),
        ("too long", "a: " + "x" * (2 * 1024 * 1024), 1, "longer than"),
        ("open lists", "".join(f"a{i}: [\n" for i in range(1900)), 34, "nested deeper"),
    ):  # fmt: skip
        data = f"---\n{text}\n---\n".encode()
        yield Case(f"bomb {name}", data, REFUSED, {}, line, word)
    yield Case("bomb brackets without an end", b"---\n" + b"[" * deep, REFUSED, {}, 2, "nested")
    shown = page("x: " + "[" * 62 + "]" * 62 + "\ntitle: x")
    yield Case("bomb deep but allowed", shown, SHOWN, {"title": "x"})
    for width in (2, 9, 100):
        rows = [f"a0: &a0 [{','.join(['x'] * width)}]"]
        rows += [f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * width)}]" for i in range(1, 25)]
        data = "\n".join(["---", *rows, "---", ""]).encode()
        yield Case(f"bomb aliases {width}", data, REFUSED, {}, None, "aliases")
        rows = ["a0: &a0 {x: 1}"]
        rows += [f"a{i}: &a{i}\n  <<: [{','.join([f'*a{i - 1}'] * width)}]" for i in range(1, 25)]
        data = "\n".join(["---", *rows, "---", ""]).encode()
        yield Case(f"bomb merges {width}", data, REFUSED, {}, None, "aliases")
    damaged = "---\n" + "".join(f"k{i}: b: c\n" for i in range(1_900)) + "title: x\n---\n"
    yield Case("bomb slips", damaged.encode(), NOTED, {"title": "x"}, 2, "damaged")
    damaged = "---\n" + "".join(f"k{i}: b: c\n" for i in range(5_000)) + "title: x\n---\n"
    yield Case("bomb more slips", damaged.encode(), REFUSED, {}, 2, "not valid YAML")
    twice = "---\n" + "title: b\n" * 30_000 + "---\n"
    yield Case("bomb duplicates", twice.encode(), NOTED, {"title": "b"}, 3, "twice")


def controls() -> Iterator[Case]:
    for name, text, shown in (
        ("colour", "\x1b[31mred\x1b[0m", "red"), ("title", "\x1b]0;x\x07a", "a"),
        ("clipboard", "\x1b]52;c;eA==\x1b\\a", "a"), ("link", "\x1b]8;;http://x\x1b\\a\x1b]8;;\x1b\\", "a"),
        ("bell", "a\x07b", "ab"), ("backspace", "a\x08b", "ab"), ("csi in c1", "a\x9b31mb", "ab"),
        ("delete", "a\x7fb", "ab"), ("device", "\x1bP1$qx\x1b\\a", "a"), ("override", "a\u202eb", "ab"),
        ("isolate", "a\u2066b\u2069", "ab"), ("tag", "a\U000e0041b", "ab"), ("zero width", "a\u200bb", "ab"),
        ("lone escape", "a\x1b", "a"), ("line separator", "a\u2028b", "a b"), ("next line", "a\x85b", "a b"),
        ("marks", "e" + "\u0301" * 5_000, "e" + "\u0301" * 8),
    ):  # fmt: skip
        yield Case(f"control {name} in title", page(f"title: x{text}\nheat: 5"), EITHER,
                   {"title": f"x{shown}", "heat": 5})  # fmt: skip
        yield Case(f"control {name} in body", page("title: a", f"x{text}"), SHOWN, {"title": "a"})
    for name, text in (
        ("arabic", "سلام عليكم"),
        ("hebrew", "שלום"),
        ("family", "👩‍👩‍👧 x"),
        ("flag", "🇩🇪 x"),
    ):
        yield Case(f"control not {name}", page(f"title: {text}"), SHOWN, {"title": text})
    for name, text, shown in (
        ("markup", "'[@click=app.quit]x[/]'", "[@click=app.quit]x[/]"), ("open", "'[0'", "[0"),
        ("entity", "a &amp;amp; b", "a & b"), ("c1 entity", "a&#155;b", "a›b"),
        ("escape entity", "a&#27;b", "ab"), ("escaped", '"a\\e[31mb"', "ab"), ("html", "<b>x</b>", "<b>x</b>"),
    ):  # fmt: skip
        yield Case(f"control {name}", page(f"title: {text}"), SHOWN, {"title": shown})


def sizes() -> Iterator[Case]:
    yield Case("size title", page("title: " + "x y " * 25_000), SHOWN, {"category": "c"})
    yield Case("size excerpt", page("excerpt: " + "word " * 210_000), SHOWN, {"category": "c"})
    damaged = page("excerpt: a: " + "word " * 200_000)
    yield Case("size damaged excerpt", damaged, NOTED, {"category": "c"}, 3, "damaged")
    topics = "topics:\n" + "".join(f"- t{i}\n" for i in range(10_000))
    yield Case("size topics", page(topics), SHOWN, {"category": "c"})
    related = "".join(f"- title: t{i}\n  webUrl: https://x.org/{i}\n" for i in range(5_000))
    yield Case("size related", page(f"related:\n{related}"), SHOWN, {"category": "c"})
    yield Case("size one line", page("title: a", "word " * 1_000_000), SHOWN, {"title": "a"})
    yield Case("size lines", page("title: a", "x\n" * 200_000), SHOWN, {"title": "a"})
    yield Case("size unknown keys", page("\n".join(f"k{i}: {i}" for i in range(10_000))), SHOWN)
    wrong = "related:\n" + "- quality: bad\n" * 3_000
    yield Case("size of complaints", page(wrong), NOTED, {"category": "c"}, 4, "related.quality")


def toml_and_json() -> Iterator[Case]:
    def toml(text: str) -> bytes:
        return f"+++\n{text}\n+++\nBody\n".encode()

    def json(text: str) -> bytes:
        return f"{{\n{text}\n}}\nBody\n".encode()

    yield Case("toml", toml('title = "a"\nquality = 7'), SHOWN, {"title": "a", "quality": 7})
    yield Case("toml time", toml('title = "a"\nx = 07:30:00'), SHOWN, {"title": "a"})
    yield Case("toml giant", toml(f'title = "a"\nx = 0x{"f" * 9_000}'), SHOWN, {"title": "a"})
    yield Case("json", json('"title": "a",\n"quality": 7'), SHOWN, {"title": "a", "quality": 7})
    fields = {"title": "a", "quality": None}
    for name, data in (
        ("toml nan", toml('title = "a"\nquality = nan')), ("toml inf", toml('title="a"\nquality=inf')),
        ("json nan", json('"title": "a",\n"quality": NaN')),
        ("json giant", json('"title": "a",\n"quality": ' + "9" * 400)),
        ("json bool", json('"title": "a",\n"quality": true')),
        ("toml list", toml('title = "a"\nquality = [1]')),
    ):  # fmt: skip
        yield Case(name, data, NOTED, fields, 3, "quality")
    for name, data, line, word in (
        ("toml broken", toml("title = "), 2, "not valid TOML"),
        ("toml twice", toml("title = 'a'\ntitle = 'b'"), 3, "not valid TOML"),
        ("toml deep", toml("x = " + "[" * 100_000), 1, "nested deeper"),
        ("toml balanced", toml("x = " + "[" * 100 + "]" * 100), 1, "nested deeper"),
        ("toml dotted", toml("a." * 50_000 + "a = 1"), 2, "nested deeper"),
        ("toml dotted table", toml("[" + "a." * 100 + "a]"), 2, "nested deeper"),
        ("toml date", toml("x = 2020-13-45"), 2, "TOML"),
        ("toml digits", toml("x = " + "9" * 5_000), 1, "cannot be read"),
        ("toml long", toml('x = "' + "x" * 300_000 + '"'), 1, "longer than"),
        ("toml open", b"+++\ntitle = \n", 2, "TOML"),
        ("json broken", json('"title": a'), 2, "not valid JSON"),
        ("json deep", json('"x": ' + "[" * 100_000), 1, "nested deeper"),
        ("json balanced", json('"x": ' + "[" * 100 + "]" * 100), 1, "nested deeper"),
        ("json digits", json('"x": ' + "9" * 5_000), 1, "too long"),
        ("json parts", json('"x": [' + "1," * 250_000 + "1]"), 1, "more than"),
        ("json open", b'{\n"title": "a"\n', 2, "JSON"),
    ):  # fmt: skip
        yield Case(name, data, REFUSED, {}, line, word)


def binaries() -> Iterator[Case]:
    noise = random.Random(7).randbytes(50_000)
    for name, data in (
        ("png", b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + noise),
        ("gif", b"GIF89a" + noise), ("jpeg", b"\xff\xd8\xff\xe0" + noise), ("zip", b"PK\x03\x04" + noise),
        ("gzip", b"\x1f\x8b\x08" + noise), ("pdf", b"%PDF-1.7\n" + noise), ("elf", b"\x7fELF" + noise),
        ("noise", noise), ("nulls", b"\0" * 1_000_000), ("sqlite", b"SQLite format 3\0" + noise),
        ("after front matter", b"---\ntitle: a\n---\n" + noise),
    ):  # fmt: skip
        yield Case(f"binary {name}", data, REFUSED, word="binary")
