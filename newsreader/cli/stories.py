"""The commands about stories: which there are, what is told of one, what is like an article."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import Any

from rich.cells import set_cell_size

from newsreader.cli import output
from newsreader.cli.errors import OK
from newsreader.cli.reading import read_all
from newsreader.library.coverage import Coverage, Telling, coverage_of
from newsreader.library.library import Library
from newsreader.library.told import Story
from newsreader.model import Article, Piece
from newsreader.text import dates
from newsreader.text.counted import counted

_PROVIDER = 22


def stories(library: Library, options: Namespace) -> int:
    """Run ``newsreader stories …`` and return the exit code."""
    library.parse(options.query)
    code = read_all(library)
    library.know_stories()
    view = library.answer(options.query, now=dates.now(), with_filters=False).view
    found = sorted(library.stories(view.rows), key=_largest_first)
    if options.json:
        print(output.as_json([_story_data(story) for story in found]))
    else:
        _print(map(_story_line, found))
    return code


def _largest_first(story: Story) -> tuple[int, float, str]:
    last = story.last_at.timestamp() if story.last_at is not None else 0.0
    return -len(story.rows), -last, story.id


def _story_data(story: Story) -> dict[str, Any]:
    return {
        "id": story.id,
        "title": story.title,
        "count": len(story.rows),
        "providers": story.providers,
        "first": story.first_at,
        "last": story.last_at,
        "quality": story.quality,
        "heat": story.heat,
    }


def _story_line(story: Story) -> str:
    numbers = ["" if each is None else str(each) for each in (story.quality, story.heat)]
    told = f"{len(story.rows):>4}  {counted(len(story.providers), 'provider'):<12}"
    return f"{story.id}  {told}  {numbers[0]:>3}  {numbers[1]:>4}  {_span(story)}  {story.title}"


def _span(story: Story) -> str:
    if story.first_at is None or story.last_at is None:
        return " " * 25
    return f"{dates.day(story.first_at):>11} - {dates.day(story.last_at):>11}"


def story(library: Library, options: Namespace) -> int:
    """Run ``newsreader story …`` and return the exit code."""
    code = read_all(library)
    if code == OK:
        library.know_stories()
        coverage = coverage_of(library, library.find(options.article).id)
        if coverage is not None and options.json:
            print(output.as_json(_coverage_data(coverage)))
        elif coverage is not None:
            _print(_coverage_lines(coverage))
    return code


def _coverage_data(coverage: Coverage) -> dict[str, Any]:
    times = coverage.times
    return {
        "id": coverage.story_id or coverage.ids[0],
        "title": coverage.title,
        "count": coverage.size,
        "articles": coverage.ids,
        "leftOut": coverage.left_out,
        "providers": coverage.providers,
        "first": times[0] if times else None,
        "last": times[-1] if times else None,
        "pieces": [_telling_data(telling) for telling in coverage.tellings],
    }


def _telling_data(telling: Telling) -> dict[str, Any]:
    headline = telling.piece.headline
    return {
        **_piece_data(telling.piece),
        "adds": [headline[start:end] for start, end in telling.added],
        "copies": [_piece_data(copy) for copy in telling.copies],
    }


def _piece_data(piece: Piece) -> dict[str, Any]:
    return {
        "id": piece.id if isinstance(piece, Article) else None,
        "title": piece.title,
        "provider": piece.provider.label if piece.provider else None,
        "publishedDateTime": piece.published_at,
        "quality": piece.quality,
        "url": piece.url or None,
    }


def _coverage_lines(coverage: Coverage) -> Iterator[str]:
    facts = [counted(coverage.size, "piece"), counted(len(coverage.providers), "provider")]
    if coverage.times:
        facts.append(dates.span(coverage.times[0], coverage.times[-1]))
    if coverage.left_out:
        facts.append(f"{counted(coverage.left_out, 'article')} left out")
    yield coverage.title
    yield ", ".join(facts)
    yield ""
    for telling in coverage.tellings:
        copies = (
            f" (and {counted(len(telling.copies), 'copy', 'copies')})" if telling.copies else ""
        )
        yield f"{_piece_line(telling.piece)}{copies}"


def _piece_line(piece: Piece) -> str:
    """Its id, if the library has it; date, quality, provider, title."""
    name = piece.id if isinstance(piece, Article) else "-"
    moment = piece.published_at
    when = f"{dates.day(moment):>11} {dates.local(moment):%H:%M}" if moment is not None else ""
    quality = "" if piece.quality is None else str(piece.quality)
    provider = set_cell_size(piece.provider.label if piece.provider else "", _PROVIDER)
    return f"{name:<12}  {when:>17}  {quality:>3}  {provider}  {piece.headline}"


def related(library: Library, options: Namespace) -> int:
    """Run ``newsreader related …`` and return the exit code."""
    from newsreader.library.similar import similar_to

    code = read_all(library)
    if code != OK:
        return code
    library.know_stories()
    article = library.find(options.article)
    columns = library.snapshot.columns
    row, told = columns.row(article.id), library.found_for(columns)
    found = [] if row is None or told is None else similar_to(columns, told, row)
    listed = [library.counterpart(each) or each for each in article.related]
    similar = [(columns.article(each.row), each) for each in found]
    if options.json:
        data = {
            "id": article.id,
            "title": article.title,
            "related": [_piece_data(piece) for piece in listed],
            "similar": [
                {
                    **_piece_data(piece),
                    "score": each.score,
                    "shares": each.terms,
                    "isOfStory": each.is_of_story,
                    "isOfProviderAndWeek": each.is_of_provider_and_week,
                }
                for piece, each in similar
            ],
        }
        print(output.as_json(data))
    else:
        lines = ["Related", *(f"  {_piece_line(piece)}" for piece in listed), "", "Similar"]
        for piece, each in similar:
            lines += [
                f"  {_piece_line(piece)}",
                f"  {'':12}  {each.score:.2f}: {'; '.join(each.why)}",
            ]
        _print(lines)
    return code


def _print(lines: Iterable[str]) -> None:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in lines:
        print(output.cut_line(line.rstrip(), width))
