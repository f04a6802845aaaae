"""Articles as one book of EPUB 3."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import IO, NamedTuple
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from newsreader.exporting.html import STYLE, article_element, text
from newsreader.exporting.names import stem
from newsreader.model import Article

MEDIA_TYPE = "application/epub+zip"
_CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_XHTML = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'


class _Chapter(NamedTuple):
    name: str
    title: str


class Book:
    """A book in the making, written to *out* article by article."""

    def __init__(self, out: IO[bytes], title: str, made_at: datetime) -> None:
        self._zip = ZipFile(out, "w")
        self._title = text(title)
        self._made_at = made_at.astimezone(UTC)
        self._chapters: list[_Chapter] = []
        self._add("mimetype", MEDIA_TYPE, ZIP_STORED)
        self._add("META-INF/container.xml", _CONTAINER)
        self._add("EPUB/style.css", STYLE)

    def add(self, article: Article) -> None:
        """Add a chapter."""
        chapter = _Chapter(f"{stem(article)}.xhtml", text(article.headline))
        self._chapters.append(chapter)
        self._add(f"EPUB/{chapter.name}", _page(chapter.title, article_element(article)))

    def finish(self) -> None:
        """Add the table of contents and what holds all together."""
        items = "".join(
            f'<li><a href="{name}">{title}</a></li>\n' for name, title in self._chapters
        )
        contents = f'<nav epub:type="toc"><h1>{self._title}</h1>\n<ol>\n{items}</ol></nav>'
        self._add("EPUB/nav.xhtml", _page(self._title, contents))
        self._add("EPUB/package.opf", self._package())
        self._zip.close()

    def _package(self) -> str:
        names = [chapter.name for chapter in self._chapters]
        manifest = "".join(
            f'<item id="a{number}" href="{name}" media-type="application/xhtml+xml"/>\n'
            for number, name in enumerate(names)
        )
        spine = "".join(f'<itemref idref="a{number}"/>\n' for number in range(len(names)))
        identifier = uuid5(NAMESPACE_URL, "\n".join(names))
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">\n'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
            f'<dc:identifier id="id">urn:uuid:{identifier}</dc:identifier>\n'
            f"<dc:title>{self._title}</dc:title>\n<dc:language>und</dc:language>\n"
            f'<meta property="dcterms:modified">{self._made_at:%Y-%m-%dT%H:%M:%SZ}</meta>\n'
            "</metadata>\n<manifest>\n"
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml"'
            ' properties="nav"/>\n<item id="style" href="style.css" media-type="text/css"/>\n'
            f'{manifest}</manifest>\n<spine>\n<itemref idref="nav"/>\n{spine}</spine>\n</package>\n'
        )

    def _add(self, name: str, content: str, how: int = ZIP_DEFLATED) -> None:
        info = ZipInfo(name, self._made_at.timetuple()[:6])
        info.external_attr = 0o644 << 16
        self._zip.writestr(info, content.encode(), how)


def write_book(out: IO[bytes], articles: Iterable[Article], title: str, made_at: datetime) -> None:
    """Write a book of *articles*, a chapter each, to *out*."""
    book = Book(out, title, made_at)
    for article in articles:
        book.add(article)
    book.finish()


def _page(title: str, inside: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{_XHTML}\n'
        f'<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/>'
        f"</head>\n<body>\n{inside}\n</body>\n</html>\n"
    )
