"""Giving back memory that is only needed while a question is answered."""

from contextlib import suppress


def give_back() -> None:
    """Let the system have what was freed, which the allocator of glibc keeps for a next time."""
    import ctypes

    # There is none with other allocators.
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
