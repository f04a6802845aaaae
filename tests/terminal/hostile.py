"""A folder of files that all try to take over the terminal, each in every field it has."""

from __future__ import annotations

import json
from pathlib import Path

ATTACKS = {
    "sgr": "\x1b[31mred\x1b[0m",
    "clear": "\x1b[2J\x1b[H\x1b[3J",
    "leave": "\x1b[?1049l\x1b[?25h\x1b[?1000l",
    "insert": "\x1b[4h\x1b[20l\x1b[5;10r",
    "cursor": "\x1b[0m\x1b[1;1HPWNED\x1b[1m",
    "title": "\x1b]0;PWNED\x07",
    "link": "\x1b]8;;file:///etc/passwd\x1b\\here\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;cm0gLXJmIH4=\x07",
    "sixel": "\x1bPq#0;2;0;0;0#0~~@@\x1b\\",
    "kitty": "\x1b_Gf=24,s=1,v=1;AAAA\x1b\\",
    "status": "\x1b[6n\x1b[c\x1b[5n\x05",
    "answer": "\x1bP$qm\x1b\\\x1b[21t",
    "reset": "\x1bc\x1b(0\x1b)0\x0e",
    "save": "\x1b7\x1b8\x1bM\x1bD\x1b#8",
    "unfinished": "\x1b]52;c;never ends",
    "unfinished2": "\x1b[38;2;1",
    "lone": "\x1b",
    "nested": "\x1b\x1b[31\x1b[mx\x1b[\x1b]0;y\x07",
    "c1": "\x9b31mred\x9b0m",
    "c1 strings": "\x9d0;PWNED\x9c\x90q\x9c\x9fG\x9c\x98x\x9c\x84\x85\x8d",
    "backspace": "good\x08\x08\x08\x08evil\x7f\x07",
    "return": "shown\rhidden\x0b\x0c",
    "bidi": "\u202egnp.exe\u202c \u2066x\u2069 \u200f\u061c",
    "tags": "\U000e0041\U000e0042\U000e007f",
    "selectors": "a" + "".join(map(chr, range(0xFE00, 0xFE10))) + "\U000e0101\U000e0102",
    "marks": "Z" + "\u0301" * 300 + "\u0489" * 300,
    "lines": "one\u2028two\u2029three\x85four",
    "invisible": "in\u200b\u2060\u00ad\ufeffvis\u180eible\u3164",
    "markup": "[red]red[/red] [bold]x",
    "close": "[/] [/b] [/not-open]",
    "action": "[@click=app.quit]quit[/] [@click='app.open_url(\"file:///etc/passwd\")']x[/]",
    "markup link": "[link=file:///etc/passwd]here[/link]",
    "bracket": "[0 [[[ ]]] \\[x] [$primary] [not 50%]",
}
MARKUP = ("markup", "close", "action", "markup link", "bracket")
GOOD_URL = "https://example.org/plain?a=1&b=2"


def escaped(text: str) -> str:
    """*text* as a quoted YAML string, all that is not plain ASCII by its escape."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    code = ord(char)
    if char == "\x1b":
        return "\\e"
    if char in '"\\':
        return f"\\{char}"
    if 0x20 <= code < 0x7F:
        return char
    return f"\\x{code:02x}" if code < 256 else f"\\U{code:08x}"


def article(name: str, attack: str, *, raw: bool, body: str = "") -> bytes:
    """A file with *attack* in every field: as it is, or by the escapes of YAML."""

    def value(text: str) -> str:
        return f"'{text.replace(chr(39), chr(39) * 2)}'" if raw else escaped(text)

    header = f"""\
category: {value(f"news{attack}")}
title: {value(f"{name} {attack} end")}
excerpt: {value(f"About {attack} this")}
publishedDateTime: {value(f"2020-07-01{attack}")}
webUrl: {value(f"https://example.org/{attack}")}
originalUrl: {value(f"javascript:{attack}")}
type: {value(f"article{attack}")}
quality: {value(f"50{attack}")}
heat: 50
published: true
provider:
  name: {value(f"Provider {attack}")}
  domain: {value(f"{attack}.example.org")}
topics:
  - {value(f"Topic {attack}")}
  - {value(attack)}
images:
  - url: {value(f"https://example.org/{attack}.png")}
    title: {value(f"Image {attack}")}
related:
  - title: {value(f"Related {attack}")}
    excerpt: {value(f"More {attack}")}
    webUrl: {value(f"https://example.org/related/{attack}")}
    provider:
      name: {value(f"Other {attack}")}
{value(f"unknown {attack}")}: {value(attack)}
"""
    text = f"---\n{header}---\n{body or f'# Heading {attack}'}\n\nBody with {attack} in it.\n"
    return text.encode("utf-8", "surrogatepass")


def _markdown(attack: str) -> str:
    return (
        f"# {attack}\n\n- item {attack}\n\n> quote {attack}\n\n`code {attack}`\n\n"
        f"```{attack}\nblock {attack}\n```\n\n[text {attack}](https://example.org/{attack})\n\n"
        f"![image {attack}](x)\n\n| a {attack} | b |\n| - | - |\n| c | {attack} |\n"
    )


def _html(attack: str) -> str:
    entities = "".join(f"&#{ord(char)};" for char in attack)
    return (
        f"<h1>{attack}</h1><p>{entities}</p><pre>{attack}\n{entities}</pre>"
        f"<a href='javascript:{entities}'>{attack}</a><script>{attack}</script>"
        f"<ul><li>{attack}</li></ul><img alt='{entities}'><blockquote>{entities}</blockquote>"
    )


def build(folder: Path) -> int:
    """Write the files below *folder*; how many they are."""
    files: dict[bytes, bytes] = {}
    for number, (name, attack) in enumerate(ATTACKS.items()):
        stem = f"{number:02}".encode()
        files[stem + b"-raw.md"] = article(f"Raw {name}", attack, raw=True)
        files[stem + b"-yaml.md"] = article(
            f"Yaml {name}", attack, raw=False, body=_markdown(attack)
        )
    for name in ("sgr", "link", "c1", "bidi", "marks", "action"):
        attack = ATTACKS[name]
        files[f"html-{name}.html".encode()] = article(
            f"Html {name}", attack, raw=False, body=_html(attack)
        )
    good = b"---\ntitle: %s\nwebUrl: %s\ntopics: [Plain]\n---\n"
    files |= {
        b"good.md": good % (b"Zebra good", GOOD_URL.encode()),
        b"script.md": good % (b"Zebra script", b"'javascript:alert(1)'"),
        b"alike.md": good % (b"Zebra alike", "https://ex\u0430mple.org/".encode()),
        b"user.md": good % (b"Zebra user", b"https://bank.example@evil.example/"),
        b"no-title.md": b"---\ncategory: x\n---\n\x1b[31m# \x1b]0;t\x07first line\n",
        b"escape \x1b[31m\x1b]0;PWNED\x07.md": good % (b"Named escape", b"https://example.org/1"),
        b"line\nbreak\r\x9b.md": good % (b"Named break", b"https://example.org/2"),
        b"bidi \xe2\x80\xaegpj.md": good % (b"Named bidi", b"https://example.org/3"),
        b"latin \xff\xfe.md": good % (b"Named latin", b"https://example.org/4"),
        b"[red]markup[_].md": b"---\ntitle: [unclosed\n---\n",
        b"\x1b[2Jbroken.md": b'---\ntitle: "x\x1b[31m\n  \x1b]0;PWNED\x07: [\n---\n',
        b"broken-key.md": b'---\n"\\e[31mtitle": "x"\n"\\e]0;PWNED\\a": {a: [\n---\n',
        b"broken-anchor.md": b"---\ntitle: *\x9d0;PWNED\x9c\n---\n",
        b"broken-tag.md": b"---\ntitle: !\xc2\x9b31m [red\n---\n",
        b"wrong-types.md": b'---\ntitle: {"\\e[31m": "\\e[0m"}\ntopics: "\\e]0;x\\a"\nquality: '
        b'"\\x9b31m"\nprovider: ["\\e[2J"]\nrelated: "\\e[2J"\npublished: "\\e[5m"\n---\n',
        b"date.md": b'---\ntitle: Dated\npublishedDateTime: "\\e[31m1 May\\e]0;x\\a"\n---\n',
        b"cp1252.md": "---\ntitle: caf\xe9 \x9b31m\x9d0;x\x9c\n---\n".encode("latin-1"),
        b"utf16.md": f"---\ntitle: Wide {ATTACKS['sgr']}{ATTACKS['bidi']}\n---\n".encode("utf-16"),
        b"nul.md": b"---\ntitle: a\x00b\x00\x1b[31m\n---\n\x00\x1b[31m",
        b"long.md": b"---\ntitle: Long\n---\n" + b"\x1b[31mword " * 3000,
        b"json.md": json.dumps({"title": f"Json {ATTACKS['link']}"}).encode() + b"\n\nbody\n",
        b"empty.md": b"",
        b"only.md": b"\x1b[31m\x1b[2J\x9b\x07",
    }
    for filename, data in files.items():
        (folder / filename.decode("utf-8", "surrogateescape")).write_bytes(data)
    return len(files)
