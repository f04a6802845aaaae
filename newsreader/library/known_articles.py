"""Which marks an article of the library has: those of its names, and of no other article's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from newsreader.marks.names import Names
from newsreader.marks.state import State


class KnownArticles:
    """The articles of a library as a *state* of marks knows them."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._strong: dict[str, str] = {}
        """By root, the id of an article that surely has those marks."""
        self._weak: dict[str, Names] = {}
        """By root, one that has them because of its address alone."""
        self._keys: dict[str, str] = {}
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._bare: dict[str, str] = {}

    def key(self, article_id: str) -> str:
        """The name under which the marks of an article are kept."""
        return self._keys.get(article_id, article_id)

    def names(self, keys: Iterable[str]) -> Iterator[str]:
        """All names of some articles, their ids among them."""
        state = self._state
        for root in {state.root(key) for key in keys}:
            for name in state.names(root):
                yield name
                yield from tuple(self._ids.get(name, ()))

    def recognise(self, articles: Sequence[Names]) -> None:
        """Find the marks of *articles*."""
        state = self._state
        for names in articles:
            root = state.known(names.sure)
            if root is not None:
                self._strong[root] = names.id
                self._call(names.id, root)
                other = self._weak.pop(root, None)
                if other is not None and other.id != names.id:
                    self._part(other)
                continue
            root = state.known((names.id,))
            if root is None:
                continue
            if self._strong.get(root, names.id) != names.id or not names.has_address:
                self._part(names)
            else:
                self._weak[root] = names

    def is_weak(self, names: Names) -> bool:
        """Whether an article has the marks that it has because of its address alone."""
        return self._weak.get(self._state.root(names.id)) == names

    def meet(self, names: Iterable[str]) -> set[str]:
        """Take on what came under *names* that files without an address have; their ids."""
        met: set[str] = set()
        for name in names:
            article_id = self._bare.get(name)
            if article_id is not None and self.key(article_id) == article_id:
                self._call(article_id, self._state.root(name))
                met.add(self._state.root(name))
        return met

    def match_bare(self, articles: Iterable[Names]) -> None:
        """Let files without an address that have the same content share their marks."""
        for names in articles:
            if names.has_address:
                continue
            for name in names.sure:
                other = self._bare.setdefault(name, names.id)
                if other != names.id:
                    self._state.link((other, names.id))

    def same(self, first: Names, second: Names) -> None:
        """Let two files of one article share their marks, if they surely are of one."""
        if set(first.sure) & set(second.sure):
            self._state.link((first.id, second.id))

    def _part(self, names: Names) -> None:
        """The id of this article stands, or has stood, for another one."""
        if names.sure:
            self._call(names.id, names.sure[0])

    def _call(self, article_id: str, key: str) -> None:
        """Keep the marks of an article under another name than its id."""
        if key != article_id:
            self._keys[article_id] = key
            self._ids[key].add(article_id)
