"""How far one is in an article, and the minutes that are left."""

from __future__ import annotations

import re

from conftest import Write
from driver import Reader, reading

WORDS = " ".join(["word"] * 230)


def said(reader: Reader) -> str:
    found = re.match(r"\s*[▇▁]{10} (\d+ %(?: · [\d,]+ min left)?) · \d", reader.lines[-1])
    return found[1] if found else ""


async def test_how_far_one_is(write: Write) -> None:
    folder = write("news/long.md", "title: Long", "\n\n".join([WORDS] * 10)).parent
    write("news/short.md", "title: Short", "One line.")
    async with reading(folder) as reader:
        assert said(reader) == "", "one is in the list"
        await reader.press("/", *"long", "enter", "enter")
        start = said(reader)
        assert re.fullmatch(r"\d+ % · (?:8|9) min left", start)
        await reader.press("pagedown")
        assert int(said(reader).split()[0]) > int(start.split()[0])
        await reader.press("G")
        assert said(reader) == "100 %"
        await reader.press("h")
        assert said(reader) == ""
        await reader.press("C", "/", *"short", "enter", "enter")
        assert said(reader) == "", "all of it is in sight"
