"""newsreader: find, follow and finish the news in a terminal."""

__version__ = "0.1.0"
