"""The texts that were fetched: a file for each article, in the cache."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from newsreader.fetching.room import ENDING

_MOST_BYTES = 16_000_000


class KeptPage(NamedTuple):
    """The text of an article as HTML: where it was fetched, and when, in seconds since 1970.

    ``article`` is the id of the article that it was fetched for.
    """

    url: str
    fetched_at: float
    title: str
    html: str
    article: str = ""


class Pages:
    """The kept texts below *folder*, each under the number of its article's address.

    Any thread may ask. Which there are is looked up once; what others keep later is found by name.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._keys: set[int] | None = None
        self._lock = Lock()

    def has(self, key: int) -> bool:
        """Whether there is a text for that address."""
        return key in self._known()

    def _known(self) -> set[int]:
        keys = self._keys
        return self.look() if keys is None else keys

    def look(self) -> set[int]:
        """The numbers of all addresses that there is a text for, looked up again."""
        found: set[int] = set()
        with self._lock:
            with suppress(OSError):
                found.update(self.keys_of(self.folder.iterdir()))
            self._keys = found
        return found

    def keys_of(self, paths: Iterable[Path]) -> Iterator[int]:
        """The numbers of the addresses whose texts are in those files."""
        for path in paths:
            with suppress(ValueError):
                yield int(path.stem, 16)

    def forget(self, paths: Iterable[Path]) -> set[int]:
        """Know that the files at *paths* are gone; the numbers of their addresses."""
        gone = set(self.keys_of(paths))
        if gone:
            self._known()
            with self._lock:
                self._keys = (self._keys or set()) - gone
        return gone

    def path(self, key: int) -> Path:
        """Where the text for that address is, or would be."""
        return self.folder / f"{key:016x}{ENDING}"

    def get(self, key: int) -> KeptPage | None:
        """The text for that address; None when there is none, or its file is damaged."""
        from newsreader.text.sanitize import clean_block, clean_line

        try:
            with self.path(key).open("rb") as file:
                data = json.loads(file.read(_MOST_BYTES))
            url, html = clean_line(data["url"]), clean_block(data["html"])
            title, article = clean_line(data["title"]), clean_line(data.get("article", ""))
            return KeptPage(url, float(data["fetched_at"]), title, html, article)
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return None

    def keep(self, key: int, page: KeptPage) -> None:
        """Keep *page* in the place of what there was.

        Raises:
            OSError: when it cannot be written.
        """
        from newsreader.config.replace import make_private, replace_file

        make_private(self.folder)
        content = json.dumps(page._asdict(), ensure_ascii=False).encode("utf-8", "replace")
        replace_file(self.path(key), content, is_private=True)
        self._known()
        with self._lock:
            self._keys = {*(self._keys or ()), key}
