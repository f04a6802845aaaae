"""What can be wrong with a command line, and the exit codes that say so."""

from newsreader.model import NewsreaderError

OK, FAILED, USAGE = 0, 1, 2


class UsageError(NewsreaderError):
    """The command line cannot be understood. The message says what was wrong with it."""
