"""Taking articles along: copied, saved to a file, given to a command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from textual import work
from textual.message import Message

from newsreader.model import ConfigError, NewsreaderError, Piece
from newsreader.text.counted import counted
from newsreader.ui.pictured_screen import PicturedScreen

if TYPE_CHECKING:
    from newsreader.library.commands import Outcome, Task

T = TypeVar("T")
_MOST_RUNS = 10
"""Articles that a command is run for at once."""
_COPIES = ("Title and address", "Title and address as a Markdown link", "All of it as Markdown")
_FORMS = ("Markdown", "HTML", "Front matter, to be read back")


class _Saved(NamedTuple):
    """Where articles were written to, or why not."""

    path: Path
    articles: int = 0
    is_there: bool = False
    error: str = ""


class TakeScreen(PicturedScreen):
    """What the reader takes out of newsreader. Articles are read and written beside the screen."""

    _folder: Path | None = None
    """The folder that was saved to last."""

    class Made(Message):
        """What was asked for is made; *then* goes on with it."""

        def __init__(self, then: Callable[[], None]) -> None:
            super().__init__()
            self.then = then

    @work(thread=True, group="take", exit_on_error=False)
    def _make(self, make: Callable[[Sequence[Piece]], T], then: Callable[[T], None]) -> None:
        """Make something of what verbs act on, which may have to be read, and go on with it."""
        self.post_message(self.Made(partial(then, make(self._targets))))

    def on_take_screen_made(self, event: Made) -> None:
        """Go on."""
        event.then()

    # Copying

    def action_copy_as(self) -> None:
        """Choose what to copy."""
        from newsreader.ui.dialogs import ChoiceDialog

        def chosen(number: int | None) -> None:
            if number is not None:
                self._make(partial(_copied, number), self._copy)

        self.app.push_screen(ChoiceDialog("Copy", _COPIES), chosen)

    def _copy(self, text: str) -> None:
        if not text:
            return
        self.app.copy_to_clipboard(text)
        said = f"Copied, if the terminal allows it: {counted(len(text), 'character')}."
        self.notify(said, markup=False)

    # Saving

    def action_save_as(self) -> None:
        """Choose how to save, and where."""
        from newsreader.ui.dialogs import ChoiceDialog

        def chosen(number: int | None) -> None:
            if number is not None:
                self._make(partial(_file_name, number), partial(self._ask_path, number))

        self.app.push_screen(ChoiceDialog("Save as", _FORMS), chosen)

    def _ask_path(self, form: int, name: str) -> None:
        from newsreader.ui.dialogs import TextDialog

        if not name:
            said = "Only one whole article has front matter; newsreader export writes many."
            self.notify(said, severity="warning", markup=False)
            return

        def accept(text: str) -> None:
            if not text:
                raise ConfigError("There is no name to save to.")
            self._save(form, Path(text), name, replaces=False)

        suggested = str(self._folder / name) if self._folder else name
        hint = "⏎ save   Esc close   A folder takes it under its usual name."
        self.app.push_screen(TextDialog("Save to", suggested, accept, hint))

    def _save(self, form: int, path: Path, name: str, *, replaces: bool) -> None:
        def saved(found: _Saved) -> None:
            if found.is_there:
                self._ask_replace(form, found.path, name)
                return
            if found.error:
                self.notify(found.error, severity="error", markup=False)
                return
            self._folder = found.path.parent
            said = f"{counted(found.articles, 'article')} saved to {found.path}"
            self.notify(said, markup=False)

        self._make(partial(_written, form, path, name, replaces), saved)

    def _ask_replace(self, form: int, path: Path, name: str) -> None:
        from newsreader.text.sanitize import clean_line
        from newsreader.ui.dialogs import ChoiceDialog

        def chosen(number: int | None) -> None:
            if number == 1:
                self._save(form, path, name, replaces=True)

        title = clean_line(f"{path} is there already.")
        self.app.push_screen(ChoiceDialog(title, ("Keep it", "Replace it")), chosen)

    # Commands

    def action_pipe(self) -> None:
        """Ask for a command that is given the articles as Markdown."""
        from newsreader.config.history import History
        from newsreader.config.paths import commands_file
        from newsreader.library.commands import words_of
        from newsreader.ui.command_dialogs import CommandDialog

        history = History(commands_file())

        def accept(text: str) -> None:
            argv = words_of(text)
            history.add(text)
            self._make(_markdown, partial(self._pipe, argv))

        self.app.push_screen(CommandDialog("Pipe to", accept, history.queries))

    def _pipe(self, argv: tuple[str, ...], data: bytes) -> None:
        from newsreader.library.commands import Running, wants_terminal
        from newsreader.ui.command_dialogs import OutputDialog

        if not data:
            return
        if not wants_terminal(argv):
            name = Path(argv[0]).name
            self.app.push_screen(OutputDialog(name, partial(Running, argv, data)))
            return
        try:
            self._opener.lend(argv, data)
        except NewsreaderError as error:
            self.notify(str(error), severity="error", markup=False)

    def action_run_command(self) -> None:
        """Choose one of the reader's own commands."""
        from newsreader.ui.dialogs import ChoiceDialog

        commands = self.settings.commands
        if not commands:
            said = "There are no commands of yours; [commands] of the settings takes them."
            self.notify(said, severity="warning", markup=False)
            return

        def chosen(number: int | None) -> None:
            if number is not None:
                self.action_run_named(number)

        self.app.push_screen(ChoiceDialog("Run", [name for name, _ in commands]), chosen)

    def action_run_named(self, number: int) -> None:
        """Run a command by its number, for each of the articles."""
        name, words = self.settings.commands[number]
        self._make(partial(_tasks, words), partial(self._run, name))

    def _run(self, name: str, tasks: list[Task] | NewsreaderError) -> None:
        from newsreader.library.commands import Running, wants_terminal

        if isinstance(tasks, NewsreaderError):
            self.notify(f"{name}: {tasks}", severity="error", markup=False)
            return
        outcomes: list[Outcome] = []

        def tell(task: Task, outcome: Outcome) -> None:
            task.clean_up()
            self.post_message(self.Made(lambda: ended(outcome)))

        def ended(outcome: Outcome) -> None:
            outcomes.append(outcome)
            if len(outcomes) == len(tasks):
                self._tell_outcomes(name, outcomes)

        for task in tasks:
            try:
                if wants_terminal(task.argv):
                    self._opener.lend(task.argv)
                    task.clean_up()
                else:
                    Running(task.argv, b"", partial(tell, task))
            except NewsreaderError as error:
                task.clean_up()
                self.notify(f"{name}: {error}", severity="error", markup=False)

    def _tell_outcomes(self, name: str, outcomes: Sequence[Outcome]) -> None:
        from newsreader.ui.command_dialogs import OutputDialog

        text = "\n\n".join(each.text for each in outcomes if each.text)
        worst = max(outcomes, key=lambda each: (each.is_cut, abs(each.code or 0)))
        if text or worst.code:
            self.app.push_screen(OutputDialog(name, outcome=worst._replace(text=text)))
        else:
            self.notify(f"{name} is done.", markup=False)


def _tasks(words: tuple[str, ...], pieces: Sequence[Piece]) -> list[Task] | NewsreaderError:
    from newsreader.exporting.markdown import article_markdown
    from newsreader.exporting.names import stem
    from newsreader.library.commands import task_for

    if len(pieces) > _MOST_RUNS:
        return ConfigError(f"it runs for {_MOST_RUNS} articles at most.")
    tasks: list[Task] = []
    try:
        for piece in pieces:
            name = f"{stem(piece)}.md"
            tasks.append(task_for(words, piece, name, article_markdown))
    except NewsreaderError as error:
        for task in tasks:
            task.clean_up()
        return error
    return tasks


def _copied(what: int, pieces: Sequence[Piece]) -> str:
    from newsreader.exporting.markdown import documents, link

    if what == 0:
        return "\n\n".join("\n".join(filter(None, (each.headline, each.url))) for each in pieces)
    return "\n".join(map(link, pieces)) if what == 1 else documents(pieces)


def _markdown(pieces: Sequence[Piece]) -> bytes:
    from newsreader.exporting.markdown import documents

    return f"{documents(pieces)}\n".encode("utf-8", "replace") if pieces else b""


def _file_name(form: int, pieces: Sequence[Piece]) -> str:
    """The name for a file of *pieces*; empty when there can be none."""
    from newsreader.exporting.names import slug
    from newsreader.model import Article

    first = pieces[0] if pieces else None
    if first is None or (form == 2 and (len(pieces) > 1 or not isinstance(first, Article))):
        return ""
    is_html = form == 1 or (form == 2 and isinstance(first, Article) and first.body_is_html)
    name = slug(first.headline) if len(pieces) == 1 else counted(len(pieces), "article")
    return f"{name.replace(' ', '-') or 'article'}{'.html' if is_html else '.md'}"


def _written(form: int, path: Path, name: str, replaces: bool, pieces: Sequence[Piece]) -> _Saved:
    """Write *pieces* to the file at *path*, or to one called *name* if that is a folder."""
    from newsreader.config.replace import whole_file

    try:
        path = path.expanduser().absolute()
        path = path / name if path.is_dir() else path
        with whole_file(path, is_new=not replaces) as out:
            out.write(_text(form, pieces).encode("utf-8", "replace"))
    except FileExistsError:
        return _Saved(path, is_there=True)
    except (OSError, RuntimeError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        return _Saved(path, error=f"{path} cannot be written: {reason}.")
    return _Saved(path, len(pieces))


def _text(form: int, pieces: Sequence[Piece]) -> str:
    if form == 0:
        from newsreader.exporting.markdown import documents

        return f"{documents(pieces)}\n"
    if form == 1:
        from newsreader.exporting.html import article_page

        return article_page(pieces)
    from newsreader.model import Article
    from newsreader.sources.article import write_article

    return "".join(write_article(piece) for piece in pieces if isinstance(piece, Article))
