"""Choosing a play: to take it on, to get its template, or to look it up in the Library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.content import Content

from tuiretro.core.plays import mark_of, play_reference
from tuiretro.model.action import Action
from tuiretro.model.survey import Play, PlayBook
from tuiretro.tui.screens.dialogs import CHOICE_ROOM, Choice, Chooser, keys
from tuiretro.tui.screens.library_pages import play_lines
from tuiretro.tui.text import ACT, DIM, plain, row, short, stack
from tuiretro.tui.widgets.rows import RowList

What = Literal["take on", "template", "library"]


def offered(play: Play, book: PlayBook, actions: Iterable[Action]) -> Choice:
    """A play as a line, with what became of it so far, and what there is to know of it; its key is the reference.

    Args:
        play: One of the book's.
        book: The mistake or survey.
        actions: The team's.
    """
    reference = play_reference(book, play)
    mark = mark_of(reference, actions)
    said = f"  {mark}" if mark else ""
    line = row(plain(f"{play.effort}  ", ACT), short(play.title, CHOICE_ROOM - 3 - len(said)), plain(said, DIM))
    return Choice(reference, line, stack(*play_lines(play, book.side_title(play.facet))))


@dataclass(frozen=True)
class Wish:
    """What is to happen with a play."""

    what: What
    play: str
    """By the key of its choice."""


class ChoosePlay(Chooser[Wish]):
    """The plays of a mistake or survey, best first."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "t", "wish('template')", "template", id="play-template", tooltip="Write the play's template to a file."
        ),
        Binding("l", "wish('library')", "library", id="play-library", tooltip="Look it up in the Library."),
    ]

    def __init__(
        self, title: str, choices: Sequence[Choice], *, with_template: frozenset[str], about: str, start: str | None
    ) -> None:
        """A choice that is not shown yet.

        Args:
            title: Whose plays these are.
            choices: At least one.
            with_template: The keys of the plays that have a template.
            about: Said above them.
            start: Where the cursor stands first, by key; else on the first.
        """
        super().__init__(title, choices, "take on", about=about, much=True, start=start)
        self.with_template = with_template

    def keys(self, choice: str) -> Content:
        template = (("t", "template"),) if choice in self.with_template else ()
        return keys(("pagedown", "more"), ("enter", self.verb), *template, ("l", "library"), ("escape", self.back))

    def picked(self, key: str) -> Wish:
        return Wish("take on", key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No template where there is none."""
        if action == "wish" and parameters == ("template",):
            return self.is_mounted and self.query_one(RowList).chosen in self.with_template
        return super().check_action(action, parameters)

    def action_wish(self, what: What) -> None:
        """Closes with what is to happen with the play under the cursor."""
        key = self.query_one(RowList).chosen
        if key is not None:
            self.dismiss(Wish(what, key))
