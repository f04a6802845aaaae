"""The images that were fetched: a file for each address, in the cache."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from newsreader.fetching.asking import is_base_64
from newsreader.fetching.room import ENDING, make_room

_MOST_BYTES = 16_000_000
_LONGEST_SIDE = 1_000_000


class KeptImage(NamedTuple):
    """An image made small, as a PNG in base 64, and the width and height that it has itself."""

    width: int
    height: int
    png: str


class KeptImages:
    """The images below *folder*, each under its address. Any thread may ask."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, address: str) -> Path:
        from newsreader.text.blake import blake2b

        name = blake2b(address.encode("utf-8", "replace"), digest_size=16).hexdigest()
        return self._folder / f"{name}{ENDING}"

    def get(self, address: str) -> KeptImage | None:
        """The image of that address; None when there is none, or its file is damaged."""
        try:
            with self._path(address).open("rb") as file:
                data = json.loads(file.read(_MOST_BYTES))
            found = KeptImage(int(data["width"]), int(data["height"]), str(data["png"]))
        except (OSError, ValueError, LookupError, TypeError, OverflowError, RecursionError):
            return None
        is_size = all(0 <= side <= _LONGEST_SIDE for side in found[:2])
        return found if is_size and is_base_64(found.png) else None

    def keep(self, address: str, image: KeptImage) -> None:
        """Keep *image* in the place of what there was.

        Raises:
            OSError: when it cannot be written.
        """
        from newsreader.config.replace import make_private, replace_file

        make_private(self._folder)
        content = json.dumps(image._asdict()).encode()
        replace_file(self._path(address), content, is_private=True)

    def make_room(self, most_bytes: int) -> None:
        """Keep no more than *most_bytes*: what was not used for longest goes."""
        make_room(self._folder, most_bytes)
