"""The one pair of themes: what is accent and what is warning means the same in both."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="tuiretro-dark",
    primary="#7aa2c8",
    secondary="#7aa2c8",
    accent="#5fc7b4",
    warning="#e8b45a",
    error="#f0857a",
    success="#8cc084",
    foreground="#dcdfe4",
    background="#14171c",
    surface="#191d23",
    panel="#232830",
    dark=True,
    variables={"text-muted": "#98a1ae", "block-cursor-text-style": "none"},
)
LIGHT = Theme(
    name="tuiretro-light",
    primary="#2f5f8f",
    secondary="#2f5f8f",
    accent="#00695c",
    warning="#8a5300",
    error="#a62b20",
    success="#2e6b2a",
    foreground="#1d2228",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e6e3dc",
    dark=False,
    variables={"text-muted": "#5a626d", "block-cursor-text-style": "none"},
)
