"""Key bindings, made from the registry of actions."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from newsreader.actions import STARTS_TYPING, Scope, of_scope

_NAMES = {
    "minus": "−",
    "plus": "+",
    "equals_sign": "=",
    "semicolon": ";",
    "space": "Space",
    "enter": "⏎",
    "escape": "Esc",
    "backspace": "Bksp",
    "tab": "Tab",
    "shift+tab": "⇧Tab",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "pagedown": "PgDn",
    "pageup": "PgUp",
}


def bindings_of(scope: Scope) -> list[BindingType]:
    """The bindings of one scope, an action with several keys under the ids ``name``, ``name.2`` …

    The id is what a keymap names, so each key can be changed alone.
    """
    made: list[BindingType] = []
    for action in of_scope(scope):
        for number, key in enumerate(action.keys):
            takes_key = action.id in ("link", "scope")
            target = f"{action.id}({key})" if takes_key else action.id
            place = scope.name.lower()
            made.append(
                Binding(
                    key,
                    target,
                    action.text,
                    show=False,
                    id=f"{place}.{action.id}{f'.{number + 1}' if number else ''}",
                    tooltip=action.help,
                    priority=action.id in STARTS_TYPING,
                )
            )
    return made


def key_label(key: str) -> str:
    """A key as a person reads it: ``⏎``, ``Ctrl-d``, ``j``."""
    if key in _NAMES:
        return _NAMES[key]
    modifier, plus, rest = key.partition("+")
    if plus and rest:
        return f"{modifier.capitalize()}-{_NAMES.get(rest, rest)}"
    return key
