"""Walks through a list in groups: headings, folding, moving, and keeping one's place."""

from __future__ import annotations

from pathlib import Path

import pytest
from driver import Reader, reading, shown
from hypothesis import given
from hypothesis import strategies as st

from newsreader.config.settings import Settings
from newsreader.library.answer import Group
from newsreader.ui.list_lines import ListLines, Place

# title: date, provider, topics, related
NEWS = {
    "Vote": ("2023-09-01T09:00:00Z", "Post", "[Politics, City]", "Appeal"),
    "Rain": ("2023-09-01T08:00:00Z", "Times", "[Weather]", ""),
    "Appeal": ("2023-08-31T09:00:00Z", "Times", "[politics]", "Ruling"),
    "Chips": ("2023-08-30T09:00:00Z", "Post", "[]", ""),
    "Ruling": ("2023-08-30T08:00:00Z", "Post", "[City]", ""),
}


def write(folder: Path, title: str) -> None:
    date, provider, topics, related = NEWS[title]
    header = f"title: {title}\nwebUrl: https://x.org/{title}\ndate: {date}\ntopics: {topics}"
    header += f"\nprovider:\n  name: {provider}"
    if related:
        header += f"\nrelated:\n- title: {related}\n  webUrl: https://x.org/{related}"
    (folder / f"{title}.md").write_text(f"---\n{header}\n---\nText of {title}.\n")


@pytest.fixture
def news(tmp_path: Path) -> Path:
    for title in NEWS:
        write(tmp_path, title)
    return tmp_path


def stops(reader: Reader) -> list[str]:
    """Headings and titles as the list shows them."""
    pane = reader.main.list_pane
    texts = ("".join(text for text, _ in pane.line(y)) for y in range(pane._lines.height))
    found = [text.lstrip("▌✓◇ ") for text in texts]
    return [
        text.split("  ")[0] for text in found if text and not text.startswith(("Post", "Times"))
    ]


def place(reader: Reader) -> str:
    pane = reader.main.list_pane
    line = "".join(text for text, _ in pane.line(pane._lines.top(pane.cursor)))
    assert line.startswith("▌")
    return line.lstrip("▌✓ ").split("  ")[0]


BY = {
    "provider": ["▾ Post", "Vote", "Chips", "Ruling", "▾ Times", "Rain", "Appeal"],
    "topic": [
        "▾ Politics",
        "Vote",
        "Appeal",
        "▾ City",
        "Vote",
        "Ruling",
        "▾ Weather",
        "Rain",
        "▾ No topic",
        "Chips",
    ],
    "day": [
        "▾ Today, 1 September 2023",
        "Vote",
        "Rain",
        "▾ Yesterday, 31 August 2023",
        "Appeal",
        "▾ Wednesday, 30 August 2023",
        "Chips",
        "Ruling",
    ],
    "story": ["▾ Appeal", "Vote", "Appeal", "Ruling", "Rain", "Chips"],
}


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("density", ["roomy", "compact"])
@pytest.mark.parametrize("size", [(150, 40), (60, 24)])
async def test_each_kind_of_group(news: Path, by: str, density: str, size: tuple[int, int]) -> None:
    settings = Settings(density=density)
    async with reading(news, query=f"group:{by}", settings=settings, size=size) as reader:
        rows = BY[by]
        assert [row for row in stops(reader) if row in rows] == rows
        if density == "compact":
            assert len(stops(reader)) == len(rows)
        first = rows[0].removeprefix("▾ ")
        assert shown(reader.lines, "▌▾ ", first)
        for row in rows[1:]:
            await reader.press("j")
            assert place(reader) == row
            assert reader.main.list_pane.current is not None
        for row in rows[-2::-1]:
            await reader.press("k")
            assert place(reader) == row


async def test_days_run_the_way_the_list_is_sorted(news: Path) -> None:
    async with reading(news, query="group:day sort:date") as reader:
        days = [row for row in stops(reader) if row.startswith("▾")]
        assert days == [BY["day"][i] for i in (5, 3, 0)]


async def test_a_heading_folds_and_unfolds_by_any_of_its_keys(news: Path) -> None:
    async with reading(news, query="group:provider") as reader:
        folded = ["▸ Post", "▾ Times", "Rain", "Appeal"]
        for fold, unfold in (("enter", "enter"), ("space", "space"), ("h", "l"), ("left", "right")):
            await reader.press(fold)
            assert stops(reader) == folded
            assert reader.focus == "list"
            await reader.press(unfold)
            assert stops(reader) == BY["provider"]
        await reader.press("j", "j", "h")
        assert place(reader) == "▾ Post"
        await reader.press("h", "h")
        assert reader.focus == "filters"


async def test_right_goes_into_a_group_and_on_to_the_article(news: Path) -> None:
    async with reading(news, query="group:provider") as reader:
        await reader.press("l")
        assert place(reader) == "Vote"
        await reader.press("l")
        assert reader.focus == "article"


async def test_all_groups_fold_and_unfold_by_one_key(news: Path) -> None:
    async with reading(news, query="group:story") as reader:
        await reader.press("j", "j", "minus")
        assert stops(reader) == ["▸ Appeal", "Rain", "Chips"]
        assert place(reader) == "▸ Appeal"
        await reader.press("minus")
        assert stops(reader) == BY["story"]
        await reader.press("G", "minus")
        assert place(reader) == "Chips"


async def test_a_heading_shows_its_first_article_and_the_next_one_follows(news: Path) -> None:
    async with reading(news, query="group:topic") as reader:

        def shows() -> str:
            piece = reader.main.article_pane.piece
            return piece.title if piece else ""

        seen = [shows()]
        for _ in range(5):
            await reader.press("J")
            seen.append(shows())
        assert seen == ["Vote", "Appeal", "Vote", "Ruling", "Rain", "Chips"]
        await reader.press("J")
        assert shows() == "Chips"
        for title in ("Rain", "Ruling", "Vote", "Appeal", "Vote"):
            await reader.press("K")
            assert shows() == title
        await reader.press("g", "enter", "J")
        assert (place(reader), shows()) == ("Vote", "Vote")


async def test_what_is_read_again_keeps_folds_and_place(news: Path) -> None:
    (news / "Rain.md").unlink()
    async with reading(news, query="group:provider") as reader:
        await reader.press("enter", "j")
        assert place(reader) == "▾ Times"
        write(news, "Rain")
        await reader.press("r")
        assert stops(reader) == ["▸ Post", "▾ Times", "Rain", "Appeal"]
        assert place(reader) == "▾ Times"
        await reader.press("j", "j")
        (news / "Vote.md").unlink()
        await reader.press("r")
        assert stops(reader) == ["▾ Times", "Rain", "Appeal", "▸ Post"]
        assert place(reader) == "Appeal"


async def test_the_place_is_kept_from_one_grouping_to_another(news: Path) -> None:
    async with reading(news, query="group:topic") as reader:
        await reader.press("j", "j", "j", "j", "j")
        assert place(reader) == "Ruling"
        for by, marks in (("day", "▾ Wednesday"), ("story", "▾ Appeal"), ("nothing", "")):
            await reader.press("B")
            names = ["nothing", "story", "provider", "topic", "day"]
            assert shown(reader.lines, "Group by")
            await reader.press("g", *["j"] * names.index(by), "enter")
            assert place(reader) == "Ruling"
            assert reader.main.query_text == ("" if by == "nothing" else f"group:{by}")
            assert not marks or any(row.startswith(marks) for row in stops(reader))


async def test_an_article_that_is_in_a_folded_group_has_the_heading_for_it(news: Path) -> None:
    async with reading(news, query="group:day") as reader:
        await reader.press("enter", "C", "j")
        assert place(reader) == "Rain"
        reader.main.query_text = "group:day"
        await reader.settle()
        assert place(reader) == "▸ Today, 1 September 2023"


async def test_groups_of_nothing(news: Path) -> None:
    async with reading(news, query="zzz group:story") as reader:
        assert shown(reader.lines, "Nothing matches.")
        await reader.press("j", "k", "h", "tab", "escape")
        await reader.press("minus", "enter", "space", "x", "V", "G", "V", "ctrl+a", "o", "y")
        assert reader.app.is_running


async def test_the_mouse_folds(news: Path) -> None:
    async with reading(news, query="group:provider") as reader:
        await reader.pilot.click("#list", offset=(1, 0))
        await reader.settle()
        assert stops(reader)[0] == "▸ Post"
        await reader.pilot.click("#list", offset=(12, 0), times=2)
        await reader.settle()
        assert stops(reader)[0] == "▾ Post"


async def test_pages_and_halves_of_pages_reach_both_ends(tmp_path: Path) -> None:
    for number in range(60):
        header = f"title: Title {number:02}\nprovider:\n  name: P{number % 7}"
        (tmp_path / f"{number}.md").write_text(f"---\n{header}\n---\n")
    async with reading(tmp_path, query="group:provider sort:title", size=(100, 20)) as reader:
        pane = reader.main.list_pane
        for down, up in (("pagedown", "pageup"), ("ctrl+d", "ctrl+u")):
            for key, end in ((down, 66), (up, 0)):
                before = -1
                while pane.cursor != before:
                    before = pane.cursor
                    await reader.press(key)
                    top = pane._lines.top(pane.cursor) - pane.scroll_offset.y
                    assert 0 <= top < pane.size.height
                assert pane.cursor == end


async def test_ascii_marks(news: Path) -> None:
    settings = Settings(ascii=True)
    async with reading(news, query="group:provider", settings=settings) as reader:
        await reader.press("enter", "j", "j", "x")
        assert shown(reader.lines, " > Post  3")
        assert shown(reader.lines, " v Times  2  x1")


@given(
    st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(1, 5)), max_size=8),
    st.integers(1, 3),
)
def test_stops_and_lines_agree_with_a_list_written_out(
    kinds: list[tuple[bool, bool, int]], row_height: int
) -> None:
    groups: list[Group] = []
    count = 0
    for number, (has_heading, _, size) in enumerate(kinds):
        positions = range(count, count + size)
        groups.append(Group(f"g{number}" if has_heading else "", "", positions, has_heading))
        count += size
    folded = {f"g{number}" for number, (_, is_folded, _) in enumerate(kinds) if is_folded}
    lines = ListLines(count, tuple(groups), row_height=row_height, folded=folded)
    written: list[tuple[str, tuple[int, ...]]] = []
    drawn: list[tuple[int, int]] = []
    for group in groups:
        if group.has_heading:
            drawn.append((len(written), 0))
            written.append((group.key, tuple(group.positions)))
        if not group.has_heading or group.key not in folded:
            for position in group.positions:
                drawn += [(len(written), part) for part in range(row_height)]
                written.append(("", (position,)))
    assert len(lines) == len(written)
    assert lines.height == len(drawn)
    assert [lines.at(line) for line in range(lines.height)] == drawn
    for stop, (heading, standing) in enumerate(written):
        assert lines.is_heading(stop) == bool(heading)
        assert tuple(lines.positions(stop)) == standing
        assert lines.top(stop) == drawn.index((stop, 0))
        assert lines.size(stop) == sum(each == stop for each, _ in drawn)
        if not heading:
            assert lines.find(Place("", ""), standing[0]) == stop
            articles = [each for each, (name, _) in enumerate(written) if not name]
            following = [each for each in articles if each > stop]
            assert lines.next_article(stop, 1) == (following[0] if following else None)
            before = [each for each in articles if each < stop]
            assert lines.next_article(stop, -1) == (before[-1] if before else None)
    for first in range(len(lines)):
        for last in range(first, len(lines)):
            got = [each for some in lines.positions_between(first, last) for each in some]
            wanted = [
                each
                for name, held in written[first : last + 1]
                if not name or name in folded
                for each in held
            ]
            assert got == wanted
