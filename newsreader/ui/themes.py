"""Our two themes: a page at night and a page by day."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="newsreader-dark",
    primary="#8ab4dc",
    secondary="#7fb0a5",
    accent="#8ab4dc",
    warning="#e2935f",
    error="#e0736b",
    success="#8fb573",
    foreground="#ece7dc",
    background="#15161a",
    surface="#1a1b20",
    panel="#24262c",
    dark=True,
    variables={
        "input-cursor-background": "#8ab4dc",
        "input-selection-background": "#8ab4dc 30%",
        "block-cursor-background": "#2c3a4a",
        "block-cursor-foreground": "#ece7dc",
        "block-cursor-text-style": "bold",
    },
)
LIGHT = Theme(
    name="newsreader-light",
    primary="#1f5a94",
    secondary="#1f6e63",
    accent="#1f5a94",
    warning="#a8470f",
    error="#a62b23",
    success="#3f6b22",
    foreground="#1d1b17",
    background="#fbf8f1",
    surface="#f5f1e7",
    panel="#eae4d5",
    dark=False,
    variables={
        "input-cursor-background": "#1f5a94",
        "input-cursor-foreground": "#fbf8f1",
        "input-selection-background": "#1f5a94 25%",
        "block-cursor-background": "#cfdceb",
        "block-cursor-foreground": "#1d1b17",
        "block-cursor-text-style": "bold",
    },
)
