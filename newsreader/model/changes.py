"""What new content of a source means for the library."""

from typing import NamedTuple

from newsreader.model.row import Row


class ChangeSet(NamedTuple):
    """Articles added and updated, and the ids of those removed. Nothing else changes a store."""

    added: tuple[Row, ...] = ()
    updated: tuple[Row, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.updated or self.removed)
