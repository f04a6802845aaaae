"""What makes two files the same article."""

from __future__ import annotations

from newsreader.text.blake import blake2b


def article_id(key: str) -> str:
    """Twelve hexadecimal digits that stand for an identity."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
