"""Blocks as plain text."""

from __future__ import annotations

from newsreader.text.as_text import as_text
from newsreader.text.html import parse


def test_every_kind_of_block() -> None:
    page = (
        "<h2>Head</h2><p>One <b>two</b></p><ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"
        "<blockquote><p>Said</p><p>so</p></blockquote><pre>x\n  y</pre><hr>"
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
        "<p><img src='x.jpg' alt='A boat'></p><dl><dt>A term<dd>Its meaning</dl>"
    )
    assert as_text(parse(page)).split("\n\n") == [
        "Head",
        "One two",
        "• a\n  • b\n• c",
        "> Said\n> \n> so",
        "    x\n      y",
        "* * *",
        "A  B\n1  2",
        "[A boat]",
        "A term\n  Its meaning",
    ]
