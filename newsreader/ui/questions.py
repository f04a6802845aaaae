"""Questions to the library and its replies; they may pass between threads."""

from datetime import datetime
from typing import NamedTuple

from newsreader.library.answer import Answer
from newsreader.library.library import Library
from newsreader.library.resting import keep_little
from newsreader.model import InvalidQueryError


class Question(NamedTuple):
    """What is asked. ``is_typing`` lets the last word match by its start.

    ``settles`` asks for a query that stands on its own: when the last word is only the start of
    words, it gets its ``*``.
    """

    generation: int
    query: str
    now: datetime
    is_typing: bool = False
    settles: bool = False


class Reply(NamedTuple):
    """The answer, or what is wrong with the question. ``without`` is for an empty answer: how
    many articles there would be without each term.
    """

    question: Question
    answer: Answer | None = None
    error: InvalidQueryError | None = None
    without: tuple[int, ...] = ()


def reply(library: Library, question: Question, *, with_filters: bool = True) -> Reply:
    """Answer *question*, of many articles without filters. Never raises for what one can type."""
    if not with_filters:
        keep_little()
    try:
        answer = _answer(library, question, with_filters=with_filters)
    except InvalidQueryError as error:
        return Reply(question, error=error)
    without: tuple[int, ...] = ()
    if not len(answer.view) and answer.query.terms:
        without = tuple(library.without(answer.query, question.now))
    return Reply(question, answer, without=without)


def _answer(library: Library, question: Question, *, with_filters: bool) -> Answer:
    now, is_typing = question.now, question.is_typing
    answer = library.answer(question.query, now=now, typing=is_typing, with_filters=with_filters)
    if question.settles and not len(answer.view) and question.query[-1:].isalnum():
        try:
            starred = library.answer(f"{question.query}*", now=now, with_filters=with_filters)
        except InvalidQueryError:
            return answer
        if len(starred.view):
            return starred
    return answer
