"""The program: ``newsreader`` and ``python -m newsreader``."""

from __future__ import annotations

import gc
import os
import sys

from newsreader.instant import STAND

TYPE_CHECKING = False  # The module typing is too much to import before the first frame.
if TYPE_CHECKING:
    from newsreader.config.last_place import LastPlace
    from newsreader.config.settings import Settings
    from newsreader.library.library import Library


def main() -> None:
    """Run the command line of this process and exit with its code."""
    try:
        STAND.begin(sys.argv[1:])
        # What is imported lives until the end: collecting it again and again only costs start-up.
        gc.disable()
        from newsreader.cli.main import main as run_command_line

        code = run_command_line(sys.argv[1:], _open_screen)
    except KeyboardInterrupt:
        code = 130
    finally:
        STAND.take_down()
    sys.exit(code)


def _open_screen(library: Library, settings: Settings, query: str, place: LastPlace | None) -> None:
    from newsreader.library.reading import Reading

    # Textual draws at most so many frames a second, and a frame may have to wait for the next
    # one's turn: at its own 60, the list that a key asks for waits longer than it takes to find.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    _import_asyncio()
    # The files are read while Textual is still being imported, so that the first frame has them.
    # What was read before is there already, and is compared with the files after that.
    reading = Reading(library, waits=library.is_restored).start()
    from newsreader.ui.app import run

    run(library, reading, settings, query, place)


def _import_asyncio() -> None:
    """Import asyncio, which does without TLS where there is no OpenSSL.

    Loading that takes a twelfth of the start, and nothing here serves or fetches by asyncio.
    """
    if "ssl" not in sys.modules:
        sys.modules["ssl"] = None  # type: ignore[assignment]
        import asyncio  # noqa: F401

        del sys.modules["ssl"]


if __name__ == "__main__":
    main()
