"""The walks of a reader through the app, each from key to screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from driver import reading, shown, to_filter
from textual import events

from newsreader.library.browser import Launch, ShowInstead

NEWEST = "All Cases of Mistaken Facial Recognition Arrests Have Targeted Black Individuals"
APPROVES = "Detroit Approves Police Use of Facial Recognition Software"
RENEWS = "Detroit Renews Facial Recognition Contract"
FIGHT = "The growing fight over police use of facial recognition"
BLACKEST = "In 'the Blackest city in America,' a fight to end facial recognition"


async def test_the_list_and_the_newest_article_are_there_at_once(seeds: Path) -> None:
    async with reading(seeds, are_samples=True) as reader:
        assert reader.titles == [NEWEST, APPROVES, RENEWS, FIGHT, BLACKEST]
        assert shown(reader.lines, "tech · 7 August 2023, 08:11 · 3 weeks ago")
        assert shown(reader.lines, "RELATED 4")
        assert shown(reader.lines, "5 of 5", "newest first", "samples")
        assert shown(reader.lines, "Open your own folder:", "newsreader ~/news")
        assert reader.focus == "list"


async def test_moving_shows_the_article(seeds: Path) -> None:
    async with reading(seeds) as reader:
        for keys, title in (
            ("j", APPROVES),
            ("down", RENEWS),
            ("k", APPROVES),
            ("G", BLACKEST),
            ("j", BLACKEST),
            ("g", NEWEST),
            ("up", NEWEST),
            ("end", BLACKEST),
            ("home", NEWEST),
            ("pagedown", BLACKEST),
            ("pageup", NEWEST),
            ("J", APPROVES),
            ("K", NEWEST),
        ):
            await reader.press(keys)
            assert reader.main.list_pane.current is not None
            assert reader.main.list_pane.current.title == title, keys
            assert reader.main.article_pane.piece is reader.main.list_pane.current
            assert reader.main.current == reader.main.list_pane.current.id


async def test_a_related_story_is_followed_and_left_the_way_one_came(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("j", "enter")
        assert reader.focus == "article"
        await reader.press("j", "j", "enter")
        piece = reader.main.article_pane.piece
        assert piece is not None
        assert piece.headline.startswith("Detroit City Council defies public opposition")
        assert shown(reader.lines, "World Socialist Web Site · 1 October 2020, 06:05")
        assert shown(reader.lines, "not in the library")
        assert shown(reader.lines, "Detroit Approves Police Use", "›")
        await reader.press("backspace")
        assert reader.main.article_pane.piece is reader.main.list_pane.current
        assert reader.main.article_pane.stop == 1
        await reader.press("L")
        assert reader.main.article_pane.piece is piece
        await reader.press("H", "escape")
        assert reader.focus == "list"


async def test_a_related_story_that_the_library_has_is_shown_whole(tmp_path: Path) -> None:
    header = "title: One\nwebUrl: https://x.org/1\nrelated:\n- title: Two\n  webUrl: {}"
    (tmp_path / "1.md").write_text(f"---\n{header.format('http://X.org/2/?utm_source=a')}\n---\n")
    two = (
        "title: Two\nampWebUrl: https://x.org/2\nrelated:\n- title: One\n  webUrl: https://x.org/1"
    )
    (tmp_path / "2.md").write_text(f"---\n{two}\n---\nThe body of two.\n")
    async with reading(tmp_path) as reader:
        assert shown(reader.lines, "in the library")
        await reader.press("enter", "]", "enter")
        assert shown(reader.lines, "The body of two.")
        for _ in range(4):
            await reader.press("]", "enter")
        assert reader.main.article_pane.depth == 5
        for _ in range(5):
            await reader.press("backspace")
        assert reader.main.article_pane.depth == 0
        for _ in range(5):
            await reader.press("L")
        assert reader.main.article_pane.depth == 5


async def test_typing_filters_at_once_and_escape_clears_step_by_step(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        await reader.type("contr")
        assert reader.titles == [RENEWS, APPROVES]
        await reader.type("act quality>=60")
        assert reader.titles == [RENEWS]
        await reader.press("enter")
        assert reader.focus == "list"
        assert shown(reader.lines, "contract ×", "quality>=60 ×")
        assert shown(reader.lines, "1 of 5", "2 filters")
        await reader.press("escape")
        assert reader.main.query_text == "contract"
        assert reader.titles == [RENEWS, APPROVES]
        await reader.press("escape")
        assert len(reader.titles) == 5
        await reader.press("escape")
        assert reader.app.is_running


async def test_a_word_left_unfinished_is_kept_as_a_prefix(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        await reader.type("lans")
        await reader.press("enter")
        assert reader.main.query_text == "lans*"
        assert reader.titles == [FIGHT]


async def test_a_wrong_query_is_told_in_place_and_the_last_list_stays(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        await reader.type("contract (")
        await reader.type(" OR")
        assert reader.titles == [RENEWS, APPROVES]
        assert shown(reader.lines, "^")
        await reader.press(*["backspace"] * 5)
        await reader.type(" qualty>=60")
        complaint = next(line for line in reader.lines if "^" in line)
        assert "qualty" in complaint
        assert "did you mean quality" in complaint
        box = next(line for line in reader.lines if "contract qualty" in line)
        assert complaint.index("^") == box.index("qualty")
        await reader.press("ctrl+u")
        await reader.press("escape")
        assert len(reader.titles) == 5


async def test_filters_edit_the_query_and_follow_it(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("f")
        assert reader.focus == "filters"
        await reader.press("j", "j", "enter")
        assert reader.main.query_text.startswith("provider:")
        assert len(reader.titles) == 1
        await reader.press("j", "enter")
        assert "," in reader.main.query_text
        assert len(reader.titles) == 2
        await reader.press("enter", "k", "enter")
        assert reader.main.query_text == ""
        await reader.press("x")
        assert reader.main.query_text.startswith("-provider:")
        assert len(reader.titles) == 4
        await reader.press("C")
        assert len(reader.titles) == 5


async def test_quality_and_dates_are_set_by_key(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await to_filter(reader, "at least any")
        await reader.press(*"llllll")
        assert reader.main.query_text == "quality>=60"
        assert len(reader.titles) == 3
        await reader.press("h")
        assert reader.main.query_text == "quality>=50"
        await reader.press("enter")
        assert reader.main.query_text == ""
        await reader.press("j", "h", "h")
        assert reader.main.query_text == "quality<=80"
        await reader.press("k", *"lllllllll")
        assert reader.main.query_text == "quality:90"
        await reader.press("C")
        await to_filter(reader, "from the first")
        await reader.press("l", "l")
        assert reader.main.query_text == "date:2020-08.."
        assert len(reader.titles) == 3
        await reader.press("j", "enter")
        await reader.type("2020-13")
        await reader.press("enter")
        assert shown(reader.lines, "2020-13")
        await reader.press("backspace", "backspace", "1", "0", "enter")
        assert reader.main.query_text == "date:2020-08..2020-10"
        assert reader.titles == [APPROVES, RENEWS]


async def test_chips_are_removed_by_key(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        await reader.type("detroit quality>=60 contract")
        await reader.press("enter", "shift+tab", "shift+tab")
        assert reader.focus == "terms"
        await reader.press("left", "left", "right", "x")
        assert reader.main.query_text == "detroit contract"
        await reader.press("x", "x")
        assert reader.main.query_text == ""
        assert reader.focus == "list"


async def test_nothing_found_says_which_filter_to_remove(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        await reader.type("contract quality>=99")
        await reader.press("enter")
        assert reader.titles == []
        assert shown(reader.lines, "Nothing matches.")
        assert shown(reader.lines, "Without quality>=99 there would be 2 articles.")
        await reader.press("escape")
        assert len(reader.titles) == 2


async def test_sorting(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("j", "S")
        assert shown(reader.lines, "Sort by")
        await reader.press("j", "j", "enter")
        assert reader.main.query_text == "sort:-quality"
        assert reader.titles[:2] == [FIGHT, BLACKEST]
        assert reader.titles[-1] == NEWEST
        assert shown(reader.lines[:1], "best quality first")
        assert reader.main.list_pane.current is not None
        assert reader.main.list_pane.current.title == APPROVES


async def test_open_in_browser(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("o")
        url = "https://techstory.in/all-cases-of-mistaken-facial-recognition-arrests-have-targeted-black-individuals/"
        assert reader.opened == [("browser", url)]
        assert reader.toasts == ["Opened techstory.in in the browser."]
        await reader.press("enter", "]", "o")
        assert reader.opened[-1][1].startswith("https://techcrunch.com/2023/08/07/")
        await reader.press("h", "G", "enter", "2")
        assert reader.opened[-1][1].startswith("https://www.cnet.com/google-amp/")
        await reader.press("4")
        assert len(reader.opened) == 3
        assert "This story has 3 links." in reader.toasts


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "--help", "https://"])
async def test_an_address_that_must_not_be_opened_is_refused(tmp_path: Path, url: str) -> None:
    (tmp_path / "a.md").write_text(f'---\ntitle: a\nwebUrl: "{url}"\n---\n')
    async with reading(tmp_path) as reader:
        await reader.press("o")
        assert reader.opened == []
        assert len(reader.toasts) == 1


async def test_copying(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("j", "y")
        assert reader.app.clipboard.startswith("https://www.governing.com/security/")
        assert shown(reader.toasts, "clipboard")


async def test_help_can_be_searched(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("question_mark")
        assert shown(reader.lines, "Help")
        await reader.type("browser")
        assert shown(reader.lines, "o v", "Open the article or related story shown.")
        assert not shown(reader.lines, "Give the list less room")
        await reader.press("escape")
        assert reader.focus == "list"


async def test_the_palette_runs_an_action(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("colon")
        await reader.type("density")
        await reader.until(lambda: shown(reader.lines, "Density"))
        await reader.press("enter")
        await reader.until(lambda: reader.main.list_pane.density == "compact")


async def test_resizing_never_loses_the_place(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("j", "j", "enter", "]", "enter")
        piece = reader.main.article_pane.piece
        for size in ((100, 30), (60, 20), (40, 12), (20, 5), (200, 60), (79, 24), (150, 40)):
            await reader.pilot.resize_terminal(*size)
            await reader.settle()
            assert reader.main.article_pane.piece is piece
            assert reader.focus == "article"
            assert reader.main.article_pane.region.width > 0
        await reader.press("h")
        assert reader.main.list_pane.current is not None
        assert reader.main.list_pane.current.title == RENEWS


async def test_a_narrow_screen_shows_one_pane_at_a_time(seeds: Path) -> None:
    async with reading(seeds, size=(60, 24)) as reader:
        main = reader.main
        assert [pane.display for pane in (main.filter_pane, main.list_pane, main.article_pane)] == [
            False,
            True,
            False,
        ]
        await reader.press("enter")
        assert shown(reader.lines, "RELATED 4") or reader.main.article_pane.display
        assert not main.list_pane.display
        await reader.press("escape", "f")
        assert main.filter_pane.display
        assert not main.list_pane.display
        await reader.press("q")
        assert main.list_pane.display


async def test_panes_can_be_hidden_and_resized(seeds: Path) -> None:
    async with reading(seeds) as reader:
        main = reader.main
        width = main.list_pane.size.width
        await reader.press("greater_than_sign")
        assert main.list_pane.size.width > width
        await reader.press("less_than_sign", "less_than_sign")
        assert main.list_pane.size.width < width
        await reader.press("left_parenthesis")
        assert not main.filter_pane.display
        await reader.press("right_parenthesis")
        assert not main.article_pane.display
        assert main.list_pane.size.width == 150
        await reader.press("enter")
        assert main.article_pane.display


async def test_themes_change_every_line(seeds: Path) -> None:
    async with reading(seeds) as reader:
        dark = reader.app.export_screenshot()
        await reader.press("T")
        assert reader.app.theme == "newsreader-light"
        light = reader.app.export_screenshot()
        assert "#15161a" in dark
        assert "#15161a" not in light


async def test_files_with_problems_are_counted_and_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # short paths are not broken over two lines
    (tmp_path / "good.md").write_text("---\ntitle: good\nquality: high\n---\n")
    (tmp_path / "bad.md").write_text("+++\ntitle = [\n+++\n")
    names = (Path("good.md"), Path("bad.md"), Path("missing"))
    async with reading(*names, size=(120, 40)) as reader:
        assert reader.titles == ["good"]
        assert shown(reader.lines, "3 problems")
        await reader.press("ctrl+e")
        assert shown(reader.lines, "bad.md:")
        assert shown(reader.lines, "missing")
        assert shown(reader.lines, "quality: a whole number was expected")


async def test_a_file_with_a_problem_is_opened_in_the_editor_at_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: a\nquality: high\n---\n")
    (tmp_path / "b.md").write_text("---\ntitle: b\nheat: warm\n---\n")
    monkeypatch.setenv("EDITOR", "vi")
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    ran: list[tuple[str, ...]] = []
    async with reading(tmp_path, run_here=lambda launch: ran.append(launch.argv)) as reader:
        await reader.press("ctrl+e", "j", "e")
        assert ran == [("/usr/bin/vi", "+3", str(tmp_path / "b.md"))]
        (tmp_path / "a.md").unlink()
        await reader.press("k", "enter")
        assert len(ran) == 1
        assert shown(reader.toasts, "There is no file that can be edited")


async def test_an_empty_folder_says_what_is_looked_for(tmp_path: Path) -> None:
    async with reading(tmp_path) as reader:
        assert shown(reader.lines, "No articles in")
        assert shown(reader.lines, "newsreader looks for")
        await reader.press("j", "k", "enter", "o", "y", "space", "G", "f", "enter", "S", "escape")
        assert reader.app.is_running


async def test_reading_again_brings_changes_and_keeps_the_place(tmp_path: Path) -> None:
    for number in range(5):
        header = f"title: Title {number}\ndate: 2020-01-0{number + 1}"
        (tmp_path / f"{number}.md").write_text(f"---\n{header}\n---\n")
    async with reading(tmp_path) as reader:
        await reader.press("j", "j")
        (tmp_path / "9.md").write_text("---\ntitle: Title 9\ndate: 2021-01-01\n---\n")
        (tmp_path / "0.md").unlink()
        await reader.press("r")
        assert reader.titles == [f"Title {number}" for number in (9, 4, 3, 2, 1)]
        assert reader.main.list_pane.current is not None
        assert reader.main.list_pane.current.title == "Title 2"


async def test_quitting(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("enter", "q")
        assert reader.focus == "list"
        await reader.pilot.press("q")
        assert reader.app._exit


async def test_the_mouse(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.pilot.click("#list", offset=(10, 6))
        await reader.settle()
        assert reader.main.list_pane.cursor == 2
        await reader.pilot.click("#list", offset=(10, 6), times=2)
        await reader.settle()
        assert reader.focus == "article"
        await reader.pilot.click("#filters", offset=(5, 1))
        await reader.settle()
        assert reader.main.query_text == 'topic:"Computer Vision"' or reader.main.query_text


async def test_without_a_browser_the_address_is_shown_and_copied(seeds: Path) -> None:
    def none_here(url: str) -> ShowInstead:
        return ShowInstead(url, "There is no browser here.")

    async with reading(seeds, planner=none_here) as reader:
        await reader.press("o")
        assert reader.app.clipboard.startswith("https://techstory.in/")
        assert shown(reader.toasts, "There is no browser here.", "https://techstory.in/")


async def test_a_text_browser_needs_a_terminal_that_can_be_lent(seeds: Path) -> None:
    def in_terminal(url: str) -> Launch:
        return Launch(url, ("w3m", url), foreground=True)

    async with reading(seeds, planner=in_terminal) as reader:
        await reader.press("o")
        assert shown(reader.toasts, "w3m needs the terminal")


async def test_a_reading_that_fails_is_told(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("[/] out of luck")

    monkeypatch.setattr("newsreader.library.articles.Ingest", broken)
    async with reading(seeds) as reader:
        assert shown(reader.lines, "1 problem")
        await reader.press("ctrl+e")
        assert shown(reader.lines, "[/] out of luck")


async def test_a_thousand_articles_are_asked_off_the_loop(tmp_path: Path) -> None:
    for number in range(1_100):
        header = f"title: Title {number}\nquality: {number % 100}\ntopics: [t{number % 30}]"
        (tmp_path / f"{number:04}.md").write_text(f"---\n{header}\n---\n")
    async with reading(tmp_path) as reader:
        assert len(reader.titles) == 1_100
        await reader.press("G", "slash")
        await reader.type("quality>=98")
        await reader.press("enter")
        assert len(reader.titles) == 22
        await reader.press("escape")
        assert len(reader.titles) == 1_100
        assert shown(reader.lines, "22 more")


async def test_keys_typed_at_once_after_the_slash_are_the_query(seeds: Path) -> None:
    async with reading(seeds) as reader:
        for text in ("/ogre", "/fox"):
            for char in text:
                key = "slash" if char == "/" else char
                reader.app.post_message(events.Key(key, char))
            await reader.settle()
            assert reader.opened == []
            await reader.press("enter")
            assert reader.main.query_text == text[1:]


async def test_a_terminal_that_loses_the_focus_changes_nothing(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        await reader.type("detr")
        reader.app.post_message(events.AppBlur())
        await reader.settle()
        reader.app.post_message(events.AppFocus())
        await reader.settle()
        await reader.press("end")
        await reader.type("oit")
        assert reader.main.query_text == "detroit"
        assert reader.focus == "search"
        assert len(reader.titles) == 3


async def test_the_place_is_kept_through_a_search_that_leaves_it_out(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("j", "j")
        for query in ("zzz", "cnbc"):
            await reader.press("slash")
            await reader.type(query)
            await reader.press("enter", "C")
            assert reader.main.list_pane.current is not None
            assert reader.main.list_pane.current.title == RENEWS


async def test_what_is_seen_is_opened(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("enter", "]", "enter", "h", "o")
        assert reader.opened[-1][1].startswith("https://techcrunch.com/")
        await reader.press("j", "o")
        assert reader.opened[-1][1].startswith("https://www.governing.com/")


async def test_a_mistake_leaves_the_last_list_that_found_something(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        await reader.type("topc:AI")
        assert reader.titles
        await reader.press("enter")
        assert reader.focus == "search"
        await reader.press("escape")
        assert (reader.main.query_text, len(reader.titles)) == ("", 5)


async def test_a_click_on_the_query_searches(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.pilot.click("QueryBar", offset=(20, 0))
        await reader.settle()
        assert reader.focus == "search"
        await reader.pilot.resize_terminal(60, 20)
        await reader.settle()
        assert reader.app.focused is not None
        assert reader.app.focused.region.right <= 60


async def test_the_chip_one_removes_is_in_sight(seeds: Path) -> None:
    query = "is:secured has:related type:article category:news topic:AI year:2020 facial"
    async with reading(seeds, size=(60, 20), query=query) as reader:
        assert shown(reader.lines, "+4")
        await reader.press("shift+tab", "l", "l", "l", "l", "l")
        assert reader.focus == "terms"
        assert shown(reader.lines, "\u258cyear:2020 ×")
        await reader.press("x")
        assert "year" not in reader.main.query_text


async def test_flags_are_left_out_by_key(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("f", *"jjjjjjjjjjjjj")
        while reader.main.filter_pane.current_label != "published":
            await reader.press("k")
        await reader.press("x")
        assert reader.main.query_text == "-is:published"
        assert len(reader.titles) == 3
        await reader.press("x")
        assert reader.main.query_text == ""


async def test_reading_again_says_what_it_brought(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: a\n---\n")
    async with reading(tmp_path) as reader:
        await reader.press("r")
        assert "Read again: nothing has changed." in reader.toasts
        (tmp_path / "b.md").write_text("---\ntitle: b\n---\n")
        await reader.press("r")
        assert "Read again: 1 new." in reader.toasts


async def test_filters_on_an_unfinished_query_say_so(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        await reader.type("a (0")
        await reader.press("tab", "f", "j", "enter", "x")
        assert reader.app.is_running


async def test_controls_in_a_paste_do_not_reach_the_query(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await reader.press("slash")
        assert reader.app.focused is not None
        reader.app.focused.post_message(events.Paste("de\u202etr\x9b31moit\x07"))
        await reader.settle()
        assert reader.main.query_text == "detroit"
