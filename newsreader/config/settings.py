"""The settings, and reading them from TOML."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from newsreader.model import ConfigError

_MOST_HOURS = 100_000
MEASURES = range(20, 201)
IMAGE_WAYS = ("kitty", "sixel", "halfblock", "none")
_UNITS = {"MB": 10**6, "GB": 10**9, "MiB": 2**20, "GiB": 2**30}


class HotWeights(NamedTuple):
    """What makes an article hot, and how much each part counts beside the others."""

    quality: float = 2.0
    heat: float = 2.0
    coverage: float = 3.0
    freshness: float = 4.0
    half_life: float = 36.0
    """Hours in which half of the freshness is gone."""


class Keep(NamedTuple):
    """How many bytes are kept of the pages and the images that were fetched."""

    pages: int = 500_000_000
    images: int = 500_000_000


class Settings(NamedTuple):
    """What a person may set in ``config.toml``."""

    library: tuple[Path, ...] = ()
    """Folders and files to open when none are named. A text or a list of texts; ``~`` is home."""
    theme: str = "newsreader-dark"
    """A theme by its name: ``newsreader-dark``, ``newsreader-light``, or any of Textual's own."""
    density: str = "roomy"
    """How the list is set: ``roomy`` (two lines an article) or ``compact`` (one)."""
    measure: int = 72
    """The widest line of running text in an article, in characters: 20 to 200."""
    link_numbers: bool = True
    """Whether the links in the text of an article have numbers, and are listed below it."""
    ascii: bool = False
    """Whether to keep to ASCII characters for marks and measures."""
    read_after: float = 2.0
    """Seconds in an article after which it counts as read; 0 is never."""
    hot: HotWeights = HotWeights()
    """The table ``[hot]``: what counts for the hottest first, and how much."""
    fetch_from: tuple[str, ...] = ()
    """Providers and domains whose full text is fetched when one of their articles is opened."""
    fetch_private: bool = False
    """Whether pages and images may be fetched from private networks and from this machine."""
    keep: Keep = Keep()
    """The table ``[keep]``: how much of ``pages`` and ``images`` is kept, such as ``"500 MB"``."""
    images_from: tuple[str, ...] = ()
    """Providers and domains whose images are fetched when one of their articles is opened."""
    images_in_text: bool = True
    """Whether images that are kept are shown within the article as well."""
    images: str = ""
    """How images are shown: ``kitty``, ``sixel``, ``halfblock``, ``none``; empty is by the
    terminal."""
    commands: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Commands of the reader's own: names with argument vectors, which may have ``{url}``,
    ``{title}``, ``{path}`` and ``{file}`` (the article as Markdown) in them."""


def load(path: Path) -> Settings:
    """The settings of the file at *path*; the defaults when there is no such file.

    Raises:
        ConfigError: naming the file, the key and the nearest valid key.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not UTF-8 text.") from None
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}.") from None
    return Settings(**{key: _read(path, key, value) for key, value in data.items()})


def _read(path: Path, key: str, value: Any) -> Any:
    reader = _READERS.get(key)
    if reader is None:
        raise ConfigError(f"{path} has an unknown key {key!r}; {_hint(key)}")
    try:
        return reader(value)
    except ValueError as error:
        raise ConfigError(f"{path}: {key} {error}.") from None


def _hint(key: str) -> str:
    import difflib

    near = difflib.get_close_matches(key, _READERS, 1)
    return f"did you mean {near[0]}?" if near else f"it may have {', '.join(_READERS)}."


def _paths(value: Any) -> tuple[Path, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise ValueError("must be a path or a list of paths")
    return tuple(Path(item).expanduser() for item in items)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a text")
    return value


def _density(value: Any) -> str:
    if value not in ("roomy", "compact"):
        raise ValueError('must be "roomy" or "compact"')
    return str(value)


def _images(value: Any) -> str:
    if value not in ("", *IMAGE_WAYS):
        raise ValueError('must be "kitty", "sixel", "halfblock" or "none"')
    return str(value)


def _names(value: Any) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise ValueError("must be a name or a list of names")
    return tuple(items)


def _measure(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value not in MEASURES:
        raise ValueError("must be a number of characters, 20 to 200")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _seconds(value: Any) -> float:
    if not _is_number(value) or not 0 <= value <= 3600:
        raise ValueError("must be a number of seconds, 0 to 3600")
    return float(value)


def _hot(value: Any) -> HotWeights:
    for key, number in _table(value, HotWeights._fields):
        if key == "half_life":
            if not _is_number(number) or not 0 < number <= _MOST_HOURS:
                raise ValueError(f"half_life must be a number of hours, up to {_MOST_HOURS}")
        elif not _is_number(number) or not 0 <= number <= 100:
            raise ValueError(f"{key} must be a number, 0 to 100")
    weights = HotWeights(**{key: float(number) for key, number in value.items()})
    if not any(weights[:-1]):
        raise ValueError("must have something that counts more than 0")
    return weights


def _keep(value: Any) -> Keep:
    return Keep(**{key: _bytes(key, text) for key, text in _table(value, Keep._fields)})


def _bytes(key: str, value: Any) -> int:
    number, _, unit = value.partition(" ") if isinstance(value, str) else ("", "", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 10 and unit in _UNITS):
        raise ValueError(f'{key} must be a text such as "500 MB" or "2 GB"')
    return int(number) * _UNITS[unit]


def _table(value: Any, keys: tuple[str, ...]) -> Iterable[tuple[str, Any]]:
    if not isinstance(value, dict):
        raise ValueError("must be a table")
    for key in value:
        if key not in keys:
            raise ValueError(f"has an unknown key {key!r}; it may have {', '.join(keys)}")
    return value.items()


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _commands(value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    from newsreader.config.commands import read_commands

    return read_commands(value)


_READERS: dict[str, Callable[[Any], Any]] = {
    "library": _paths,
    "theme": _text,
    "density": _density,
    "measure": _measure,
    "link_numbers": _flag,
    "ascii": _flag,
    "read_after": _seconds,
    "hot": _hot,
    "fetch_from": _names,
    "fetch_private": _flag,
    "keep": _keep,
    "images_from": _names,
    "images_in_text": _flag,
    "images": _images,
    "commands": _commands,
}
