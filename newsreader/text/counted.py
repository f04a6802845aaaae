"""How many of something, in words."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """*number* of what *noun* says: ``1 article``, ``1,200 articles``."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
