"""Giving back memory that is only needed while a question is answered."""

from contextlib import suppress
from functools import cache

_MMAP_THRESHOLD = -3
"""What glibc calls the option."""
_LARGE = 1 << 20
"""Bytes: the masks of a million articles are as large."""


@cache
def return_at_once() -> None:
    """Have the allocator of glibc return what was large as soon as it is freed.

    Else it takes the largest array that was ever freed for the measure of what is to be kept.
    """
    import ctypes

    # Others have no such option.
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Let the system have what was freed, which the allocator of glibc keeps for a next time."""
    import ctypes

    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
