"""Where newsreader keeps things on this platform."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


def config_file() -> Path:
    """The configuration file: ``NEWSREADER_CONFIG``, else ``config.toml`` in the platform's place.

    On Linux that is ``$XDG_CONFIG_HOME/newsreader`` or ``~/.config/newsreader``.
    """
    named = os.environ.get("NEWSREADER_CONFIG")
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_config_dir("newsreader", appauthor=False)) / "config.toml"


def _folder(variable: str, kind: str) -> Path:
    named = os.environ.get(variable)
    if named:
        return Path(named).expanduser()
    import platformdirs

    place: str = getattr(platformdirs, f"user_{kind}_dir")("newsreader", appauthor=False)
    return Path(place)


def data_dir() -> Path:
    """The folder of what only the reader has made, which nothing brings back: the marks.

    ``NEWSREADER_DATA``; else on Linux ``$XDG_DATA_HOME/newsreader`` or
    ``~/.local/share/newsreader``.
    """
    return _folder("NEWSREADER_DATA", "data")


def cache_dir() -> Path:
    """The folder of what is made again when it is gone: the index.

    ``NEWSREADER_CACHE``; else on Linux ``$XDG_CACHE_HOME/newsreader`` or
    ``~/.cache/newsreader``.
    """
    return _folder("NEWSREADER_CACHE", "cache")


def libraries_dir() -> Path:
    """The folder of what was read of each library."""
    return cache_dir() / "libraries"


def pages_dir() -> Path:
    """The folder of the full texts that were fetched."""
    return cache_dir() / "pages"


def images_dir() -> Path:
    """The folder of the images that were fetched."""
    return cache_dir() / "images"


def index_file() -> Path:
    """The file of the index."""
    return cache_dir() / "index.db"


class MarkPlaces(NamedTuple):
    """The folder of the journal, that of this machine's own state, and the file of the index."""

    journal: Path
    state: Path
    index_file: Path | None = None


def mark_places() -> MarkPlaces:
    """Where the marks are."""
    return MarkPlaces(data_dir() / "marks", state_dir(), index_file())


def searches_file() -> Path:
    """The file of saved searches: ``searches.toml`` beside the configuration file."""
    return config_file().with_name("searches.toml")


def rules_file() -> Path:
    """The file of what is muted and followed: ``rules.toml`` beside the configuration file."""
    return config_file().with_name("rules.toml")


def state_dir() -> Path:
    """The folder of what newsreader remembers by itself and may lose.

    ``NEWSREADER_STATE``; else on Linux ``$XDG_STATE_HOME/newsreader`` or
    ``~/.local/state/newsreader``.
    """
    return _folder("NEWSREADER_STATE", "state")


def history_file() -> Path:
    """The file of the queries that were kept."""
    return state_dir() / "history.jsonl"


def commands_file() -> Path:
    """The file of the commands that were typed."""
    return state_dir() / "commands.jsonl"


def place_file() -> Path:
    """The file of where the reader was last."""
    return state_dir() / "place.txt"


def measure_file() -> Path:
    """The file of the measure that the reader set last."""
    return state_dir() / "measure.txt"


def looked_file() -> Path:
    """The file of when each saved search was looked at."""
    return state_dir() / "looked.json"


def followed_file() -> Path:
    """The file of when what is followed was looked at."""
    return state_dir() / "followed.json"


def samples() -> Path:
    """The folder of sample articles that ships with newsreader."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "seeds"
    return installed if installed.is_dir() else package.parent / "seeds"
