"""Which codes of a vocabulary have the names that a query asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from newsreader.model import Provider
from newsreader.query.ast import Value
from newsreader.query.table import NO_CODE
from newsreader.text.fold import fold


def matching_names(names: Sequence[str], values: Sequence[Value]) -> frozenset[int]:
    """The codes of the *names* that any of *values* matches."""
    whole = {value.text for value in values if not value.prefix}
    starts = tuple(value.text for value in values if value.prefix)
    folded = enumerate(_folded(tuple(names) if isinstance(names, list) else names))
    return frozenset(
        code for code, name in folded if code and (name in whole or name.startswith(starts))
    )


@lru_cache(maxsize=8)
def _folded(names: Sequence[str]) -> Sequence[str]:
    return [fold(name) for name in names]


def matching_providers(providers: Sequence[Provider], values: Sequence[Value]) -> frozenset[int]:
    """The codes of the *providers* that any of *values* matches.

    By name, by domain, or by a domain that theirs belongs to.
    """
    matches = provider_check(values)
    return frozenset(
        code for code, each in enumerate(providers) if code != NO_CODE and matches(each)
    )


def provider_check(values: Sequence[Value]) -> Callable[[Provider], bool]:
    """A check whether any of *values* matches a provider."""
    whole = {value.text for value in values if not value.prefix}
    parents = tuple(f".{text}" for text in whole)
    starts = tuple(value.text for value in values if value.prefix)

    def matches(provider: Provider) -> bool:
        name, domain = fold(provider.name), fold(provider.domain)
        return (
            name in whole
            or domain in whole
            or domain.endswith(parents)
            or name.startswith(starts)
            or domain.startswith(starts)
        )

    return matches
