"""BLAKE2b as hashlib has it, which would load OpenSSL as well: a part of the start."""

try:
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - another Python
    from hashlib import blake2b

__all__ = ["blake2b"]
