"""Where newsreader keeps things on this platform."""

from __future__ import annotations

import os
from pathlib import Path


def config_file() -> Path:
    """The configuration file: ``NEWSREADER_CONFIG``, else ``config.toml`` in the platform's place.

    On Linux that is ``$XDG_CONFIG_HOME/newsreader`` or ``~/.config/newsreader``.
    """
    named = os.environ.get("NEWSREADER_CONFIG")
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_config_dir("newsreader", appauthor=False)) / "config.toml"


def searches_file() -> Path:
    """The file of saved searches: ``searches.toml`` beside the configuration file."""
    return config_file().with_name("searches.toml")


def state_dir() -> Path:
    """The folder of what newsreader remembers by itself and may lose.

    On Linux that is ``$XDG_STATE_HOME/newsreader`` or ``~/.local/state/newsreader``.
    """
    import platformdirs

    return Path(platformdirs.user_state_dir("newsreader", appauthor=False))


def history_file() -> Path:
    """The file of the queries that were kept."""
    return state_dir() / "history.jsonl"


def looked_file() -> Path:
    """The file of when each saved search was looked at."""
    return state_dir() / "looked.json"


def samples() -> Path:
    """The folder of sample articles that ships with newsreader."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "seeds"
    return installed if installed.is_dir() else package.parent / "seeds"
