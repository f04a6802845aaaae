"""JSON and TOML front matter, by the standard library's parsers and within bounds."""

import json
import re
import tomllib
from datetime import time
from typing import Any

from newsreader.sources.errors import FrontMatterError
from newsreader.sources.yaml_door import MAX_DEPTH, MAX_EVENTS

MAX_TOML = 256 * 1024
"""Characters of TOML. Its parser is slow."""
_MAX_BITS = 4_000
_MAX_DOTTED_WORK = 1_000_000
_TOML_TEXT = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#.*")


def load_json(header: str, first_line: int) -> dict[Any, Any]:
    """The mapping that *header* is as JSON.

    Raises:
        FrontMatterError: when it is none, or nested or large beyond the bounds of YAML.
    """
    try:
        value = json.loads(header)
    except json.JSONDecodeError as error:
        reason = f"the front matter is not valid JSON: {error.msg}"
        raise FrontMatterError(reason, first_line + error.lineno - 1, error.colno) from None
    except RecursionError:
        raise _too_deep(first_line) from None
    except ValueError:
        raise FrontMatterError(
            "the front matter has a number that is too long", first_line
        ) from None
    return _bounded(value, first_line)


def load_toml(header: str, first_line: int) -> dict[Any, Any]:
    """The mapping that *header* is as TOML.

    Raises:
        FrontMatterError: when it is none, or nested or large beyond the bounds.
    """
    if len(header) > MAX_TOML:
        raise FrontMatterError(
            f"TOML front matter is longer than {MAX_TOML // 1024} KiB", first_line
        )
    _check_dots(header, first_line)
    try:
        value = tomllib.loads(header)
    except tomllib.TOMLDecodeError as error:
        complaint, _, place = str(error).partition(" (at ")
        reason = f"the front matter is not valid TOML: {complaint}"
        found = re.match(r"line (\d+), column (\d+)", place)
        if found is None:
            raise FrontMatterError(reason, first_line) from None
        raise FrontMatterError(reason, first_line + int(found[1]) - 1, int(found[2])) from None
    except RecursionError:
        raise _too_deep(first_line) from None
    except (ValueError, OverflowError) as error:
        reason = f"the front matter has a value that cannot be read: {error}"
        raise FrontMatterError(reason, first_line) from None
    return _bounded(value, first_line)


def _check_dots(header: str, first_line: int) -> None:
    """Refuse dotted keys so long that the parser's time, which grows with their square, hurts."""
    work = 0
    for number, line in enumerate(header.split("\n")):
        if line.count(".") < 64:
            continue
        dots = _TOML_TEXT.sub("", line).count(".")
        work += dots * dots
        if (dots > MAX_DEPTH and line.lstrip().startswith("[")) or work > _MAX_DOTTED_WORK:
            raise _too_deep(first_line + number)


def _too_deep(line: int) -> FrontMatterError:
    return FrontMatterError(f"the front matter is nested deeper than {MAX_DEPTH}", line)


def _bounded(value: Any, first_line: int) -> dict[Any, Any]:
    """*value* when it is a mapping within bounds; times and giant numbers in it become text."""
    if not isinstance(value, dict):
        reason = "the front matter is not a mapping of names to values"
        raise FrontMatterError(reason, first_line)
    seen = 0
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH + 1):
        below: list[Any] = []
        for holder in level:
            entries = holder.items() if isinstance(holder, dict) else enumerate(holder)
            seen += len(holder)
            for key, entry in list(entries):
                if isinstance(entry, dict | list):
                    below.append(entry)
                elif isinstance(entry, time):
                    holder[key] = entry.isoformat()
                elif isinstance(entry, int) and entry.bit_length() > _MAX_BITS:
                    holder[key] = hex(entry)
        if seen > MAX_EVENTS:
            reason = f"the front matter has more than {MAX_EVENTS:,} parts"
            raise FrontMatterError(reason, first_line)
        if not below:
            return value
        level = below
    raise _too_deep(first_line)
