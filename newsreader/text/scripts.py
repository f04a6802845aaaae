"""Text above or below the line, in the characters that Unicode has for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_RAISED = {
    **dict(zip("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾", strict=True)),
    **dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)),
    **dict(zip("ABDEGHIJKLMNOPRTUVW", "ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ", strict=True)),
    **dict(zip("βγδφχθ", "ᵝᵞᵟᵠᵡᶿ", strict=True)),
    **{sign: sign for sign in " ,*†‡§¶°′″®©™℠ªº"},
}
_LOWERED = {
    **dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True)),
    **dict(zip("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)),
    **dict(zip("βγρφχ", "ᵦᵧᵨᵩᵪ", strict=True)),
    **{sign: sign for sign in " ,"},
}
_SIGNS = {"TM": "™", "tm": "™", "SM": "℠"}
_REFERENCE = re.compile(r"\[[^\[\]]*\]")


def raised(parts: Sequence[str]) -> list[str]:
    """The *parts* of a text above the line: ``¹²``, or ``^(…)`` where a character has no such form.

    A reference loses its brackets: it is one as it is.
    """
    text = "".join(parts).strip()
    if text in _SIGNS:
        return [_SIGNS[text], *[""] * (len(parts) - 1)]
    if _REFERENCE.fullmatch(text):
        parts = [part.replace("[", "").replace("]", "") for part in parts]
    return _shifted(parts, _RAISED, "^")


def lowered(parts: Sequence[str]) -> list[str]:
    """The *parts* of a text below the line: ``₁₂``, or ``_(…)``."""
    return _shifted(parts, _LOWERED, "_")


def _shifted(parts: Sequence[str], forms: Mapping[str, str], sign: str) -> list[str]:
    text = "".join(parts)
    if all(char in forms for char in text):
        return ["".join(map(forms.__getitem__, part)) for part in parts]
    first, *rest = parts
    shown = [f"{sign}({first.lstrip()}", *rest]
    shown[-1] = f"{shown[-1].rstrip()})"
    return shown
