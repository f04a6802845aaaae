"""Writes the pages of docs/ that are made from the program: ``python docs/make.py``."""

from __future__ import annotations

from pathlib import Path

from newsreader.actions import Scope, of_scope
from newsreader.ui.bindings import key_label


def keys_page() -> str:
    """``docs/keys.md``, from the registry of actions."""
    lines = ["# Keys", "", "Made by `python docs/make.py` from `newsreader/actions.py`.", ""]
    for scope in Scope:
        lines += [f"## {scope.value}", "", "| keys | what | |", "|---|---|---|"]
        for action in of_scope(scope):
            keys = " ".join(f"`{key_label(key)}`".replace("|", r"\|") for key in action.keys)
            lines.append(f"| {keys} | {action.text} | {action.help} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    (Path(__file__).parent / "keys.md").write_text(keys_page(), encoding="utf-8")
