"""Copying, saving and piping articles, from the key to what arrives."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from driver import Reader, reading
from textual.events import Key

from newsreader.config.settings import Settings
from newsreader.library.browser import Launch
from newsreader.sources.article import read_article
from newsreader.ui.command_dialogs import OutputDialog
from newsreader.ui.safe_input import SafeInput

NEWEST = "All Cases of Mistaken Facial Recognition Arrests Have Targeted Black Individuals"
SHOUT = "import sys; print(sys.stdin.read().upper())"


async def choose(reader: Reader, key: str, number: int) -> None:
    await reader.press(key, *("j" for _ in range(number)), "enter")


async def answer(reader: Reader, text: str) -> None:
    """Put *text* into the box of the dialog, and Enter."""
    reader.app.screen.query_one(SafeInput).value = text
    await reader.press("enter")


async def said(reader: Reader) -> str:
    """What a command has said, once it has ended."""
    await reader.until(lambda: isinstance(reader.app.screen, OutputDialog))
    dialog = reader.app.screen
    assert isinstance(dialog, OutputDialog)
    await reader.until(lambda: dialog._command is None)
    await reader.settle()
    return reader.text


async def test_what_is_shown_or_selected_is_copied(seeds: Path) -> None:
    async with reading(seeds) as reader:
        await choose(reader, "Y", 0)
        title, url = reader.app.clipboard.split("\n")
        assert title == NEWEST
        assert url.startswith("https://techstory.in/")
        assert reader.toasts == [
            f"Copied, if the terminal allows it: {len(title + url) + 1} characters."
        ]
        await choose(reader, "Y", 1)
        assert reader.app.clipboard == f"[{title}](<{url}>)"
        await reader.press("x", "j", "x")
        await choose(reader, "Y", 2)
        assert reader.app.clipboard.startswith(f"# {NEWEST}\n\n- **Provider:** tech\n")
        assert reader.app.clipboard.count("\n# ") == 1


async def test_articles_are_saved_and_nothing_is_overwritten_unasked(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = "all-cases-of-mistaken-facial-recognition-arrests-have"
    async with reading(seeds) as reader:
        await choose(reader, "P", 0)
        await reader.press("enter")
        file = tmp_path / f"{name}.md"
        assert file.read_text().startswith(f"# {NEWEST}\n")
        assert reader.toasts == [f"1 article saved to {file}"]
        file.write_text("mine")
        await choose(reader, "P", 0)
        await reader.press("enter")
        assert "is there already" in reader.text
        await reader.press("enter")
        assert file.read_text() == "mine"
        await choose(reader, "P", 0)
        await reader.press("enter", "j", "enter")
        assert file.read_text().startswith(f"# {NEWEST}\n")
        await choose(reader, "P", 2)
        await answer(reader, "back.md")
        found = read_article(tmp_path / "back.md").article
        assert found is not None
        assert found.title == NEWEST
        await reader.press("x", "j", "x")
        await choose(reader, "P", 1)
        await reader.press("enter")
        assert (tmp_path / "2-articles.html").read_text().count("<article>") == 2
        await choose(reader, "P", 2)
        assert "Only one whole article" in reader.toasts[-1]
        await choose(reader, "P", 0)
        await answer(reader, "gone/a.md")
        assert reader.toasts[-1].endswith("cannot be written: No such file or directory.")


async def test_articles_are_piped_to_a_command(seeds: Path, tmp_path: Path) -> None:
    script = tmp_path / "shout"
    script.write_text(f"#!{sys.executable}\nprint('\\x1b[31m[red]')\n{SHOUT}\nsys.exit(3)\n")
    script.chmod(0o755)
    async with reading(seeds) as reader:
        await reader.press("|")
        await answer(reader, f"{script} 'a")
        assert "A quote is not closed." in reader.text
        await answer(reader, f"{script} 'a'")
        text = await said(reader)
        assert NEWEST[:40].upper() in text
        assert "shout ended with 3" in text
        assert "[red]" in text
        await reader.press("escape", "|", "up")
        assert reader.app.screen.query_one(SafeInput).value == f"{script} 'a'"
        await answer(reader, "no-such-program x")
        assert "There is no program no-such-program." in reader.text


async def test_a_command_that_wants_the_terminal_has_it(seeds: Path, tmp_path: Path) -> None:
    program = tmp_path / "less"
    program.write_text("")
    program.chmod(0o755)
    lent: list[Launch] = []
    async with reading(seeds, run_here=lent.append) as reader:
        await reader.press("|")
        await answer(reader, f"{program} -S")
    (launch,) = lent
    assert launch.argv == (str(program), "-S")
    assert (launch.given or b"").startswith(f"# {NEWEST}".encode())


async def test_a_dialog_closes_once_whatever_comes_with_the_key(seeds: Path) -> None:
    async with reading(seeds) as reader:
        for keys in (("Y", "enter", "enter"), ("Y", "enter", "escape"), ("Y", "escape", "enter")):
            for key in keys:
                reader.app.post_message(Key(key, key if key == "Y" else None))
            await reader.settle()
            assert reader.app._exception is None
            await reader.press("escape")
            assert reader.app.screen is reader.main


async def test_a_command_of_the_settings_runs(seeds: Path) -> None:
    code = "import sys; print(sys.argv[1], open(sys.argv[2]).read()[:9])"
    settings = Settings(
        commands=(
            ("show", (sys.executable, "-c", code, "{title}", "{file}")),
            ("nothing", (sys.executable, "-c", "", "{url}")),
        )
    )
    async with reading(seeds, settings=settings) as reader:
        await choose(reader, "exclamation_mark", 0)
        text = await said(reader)
        assert f"{NEWEST[:40]}" in text
        assert "show is done" in text
        assert "# All Cas" in text
        await reader.press("escape", "x", "j", "x")
        await choose(reader, "exclamation_mark", 1)
        await reader.until(lambda: bool(reader.toasts))
        assert reader.toasts == ["nothing is done."]
    async with reading(seeds) as reader:
        await reader.press("exclamation_mark")
        assert "There are no commands of yours" in reader.toasts[0]
