"""All images of an article, those in its text among them."""

from __future__ import annotations

from newsreader.model import Article, Image, Piece
from newsreader.text.figures import figures_in, may_have_figures
from newsreader.text.urls import absolute


def may_have_images(piece: Piece) -> bool:
    """Whether it is worth looking for images of *piece*; this takes no time."""
    if any(image.url for image in piece.images):
        return True
    return isinstance(piece, Article) and may_have_figures(piece.body)


def images_of(piece: Piece) -> list[Image]:
    """The images of *piece* and then those in its text, each address once.

    Of a long text it takes a while.
    """
    found = {image.url: image for image in piece.images if image.url}
    if isinstance(piece, Article):
        for figure in figures_in(piece.body, is_html=piece.body_is_html):
            if url := absolute(figure.url, piece.url):
                found.setdefault(url, Image(url=url, title=figure.title or figure.alt))
    return list(found.values())
