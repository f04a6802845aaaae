"""A file taken apart: front matter and body."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from newsreader.sources.errors import Remark


class Document(NamedTuple):
    """A file taken apart. ``first_line`` is the line of the file on which ``header`` begins."""

    metadata: Mapping[Any, Any]
    body: str
    header: str = ""
    first_line: int = 1
    remarks: tuple[Remark, ...] = ()

    def line_of(self, key: str) -> int | None:
        """The line of the file on which the top-level *key* stands, as far as text can tell."""
        pattern = rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[:=]"
        found = re.search(pattern, self.header, re.MULTILINE)
        if found is None:
            return None
        return self.first_line + self.header.count("\n", 0, found.start())
