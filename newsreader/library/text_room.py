"""Making room for full texts: those not used for long go, but none of a marked article."""

from __future__ import annotations

from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from newsreader.fetching.room import KeptFile, make_room
from newsreader.library.marked import MarkedArticles
from newsreader.model.marks import Marks

if TYPE_CHECKING:
    from newsreader.fetching.pages import Pages

_RECENT = 7 * 24 * 3600.0
"""Seconds for which a text that was used stays, however many there are."""


def make_room_for_texts(library: MarkedArticles, most_bytes: int) -> int:
    """Remove texts until *most_bytes* are left, if so much may go; how many went.

    What is starred, kept for later, tagged or noted stays, in whichever library it is, and so does
    what was used within a week.
    """
    pages = library.full_texts.pages
    if pages is None:
        return 0
    library.know_marks()
    recent = time() - _RECENT

    def may_go(file: KeptFile) -> bool:
        return file.used_at < recent and not _is_marked(library, pages, Path(file.path))

    gone = make_room(pages.folder, most_bytes, may_go)
    if gone:
        library.know_full_text(library.ids_of_texts(pages.forget(gone)))
    return len(gone)


def _is_marked(library: MarkedArticles, pages: Pages, path: Path) -> bool:
    book = library.book if library.has_marks else None
    if book is None:
        return False
    (key,) = pages.keys_of([path])
    page = pages.get(key)
    ids = {*library.ids_of_texts([key]), page.article if page is not None else ""} - {""}
    book.know(ids)
    return any(_is_to_stay(book.marks(each)) for each in ids)


def _is_to_stay(marks: Marks) -> bool:
    return bool(marks.starred or marks.later or marks.tags or marks.notes)
