"""Stories in the app: found by themselves, shown as coverage, walked through, marked as one."""

from __future__ import annotations

from pathlib import Path

import pytest
from driver import reading

from newsreader.library import story_finding
from newsreader.ui import main_screen


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stories are looked for without a delay."""
    monkeypatch.setattr(story_finding, "_QUIET", 0.01)
    monkeypatch.setattr(main_screen, "_SETTLED", 0.01)


@pytest.mark.usefixtures("at_once")
async def test_an_answer_about_stories_follows_what_is_found(seeds: Path) -> None:
    async with reading(seeds, is_live=True) as reader:
        await reader.until(lambda: reader.main.library.knows_stories)
        await reader.type("/coverage>=2")
        await reader.press("enter")
        assert len(reader.titles) == 2
