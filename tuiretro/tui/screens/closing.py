"""Screens that close themselves, once."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

R = TypeVar("R")


class ClosesOnce(Screen[R]):
    """A screen that keys close.

    Of keys that come in one go the later ones still reach a screen that the first one has closed. Textual would then
    close whatever lies below it, or end the app where nothing does.
    """

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        return super().dismiss(result) if self.is_active else AwaitComplete()
