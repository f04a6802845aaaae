"""The command palette: every action of the registry by its name."""

from __future__ import annotations

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from newsreader.actions import ACTIONS, Action
from newsreader.model import LinkKind
from newsreader.ui.bindings import key_label
from newsreader.ui.mark_screen import MarkScreen
from newsreader.ui.take_screen import TakeScreen


class ActionsProvider(Provider):
    """Offers the actions that have a palette entry, and every link and theme."""

    def _entries(self) -> list[tuple[str, str, str]]:
        """Name, help and action of each entry."""
        entries = [
            (action.text, _help(action), f"screen.{action.id}")
            for action in ACTIONS
            if action.in_palette
        ]
        entries += [
            (f"Open {kind.value} link", "Open this address of the story shown.", _open(kind))
            for kind in LinkKind
        ]
        screen = self.screen
        if isinstance(screen, TakeScreen):
            entries += [
                (f"Run {name}", "A command of your own.", f"screen.run_named({number})")
                for number, (name, _) in enumerate(screen.settings.commands)
            ]
        entries.append(("Choose a theme", "All themes, with a preview.", "app.change_theme"))
        return entries

    async def discover(self) -> Hits:
        """Every entry, before anything is typed."""
        for name, help_, action in self._entries():
            yield DiscoveryHit(name, self._runner(action), help=help_)

    async def search(self, query: str) -> Hits:
        """The entries that match what is typed."""
        screen = self.screen
        offer = screen.verb_on_query(query) if isinstance(screen, MarkScreen) else None
        if offer is not None:
            say, run = offer
            yield Hit(2, Content(say), run, text=say, help="A verb and a query, done at once.")
        matcher = self.matcher(query)
        for name, help_, action in self._entries():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, matcher.highlight(name), self._runner(action), help=help_)

    def _runner(self, action: str):  # type: ignore[no-untyped-def]
        async def run() -> None:
            await self.app.run_action(action, self.screen)

        return run


def _help(action: Action) -> str:
    return f"{action.help}  ({', '.join(map(key_label, action.keys))})"


def _open(kind: LinkKind) -> str:
    return f"screen.open_kind('{kind.name}')"
