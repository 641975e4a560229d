"""What a store promises of retros: the part of `Store` that is about them, with its general rules."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from msgspec import Struct

from tuiretro.model.action import Action
from tuiretro.model.release import Release
from tuiretro.model.retro import CheckId, Retro
from tuiretro.model.round import Round, Sheet


class RetroTable(Struct, frozen=True):
    """What a retro works on, read and changed in one step."""

    retro: Retro | None
    """None before it began."""
    actions: tuple[Action, ...]
    """All of the team, by id."""
    dropped: tuple[str, ...]
    """Notes that wait for the next retro, in no order that tells which came first."""


class RetroKeeping(Protocol):
    """Retros, their open questions and the notes that wait for the next one."""

    def retros(self, team: str) -> tuple[int, ...]:
        """The sprints that have a retro, under way or over, in their order."""
        ...

    def retro_under_way(self, team: str) -> int | None:
        """The sprint of the retro that has begun and is not over; the last one if there are several."""
        ...

    def retro(self, team: str, sprint: int) -> Retro | None:
        """The retro of a sprint, if there is one."""
        ...

    def change_retro(self, team: str, sprint: int, change: Callable[[RetroTable], RetroTable]) -> RetroTable:
        """Replaces a retro, the team's actions and the dropped notes by what `change` makes of them; returns the new.

        All or nothing under the team's lock, also where more than one of the three changes: a crash in between is
        finished when a store is next opened or the team's files are next changed. Whatever `change` raises leaves them
        untouched. A retro that is over loses the answers to open questions; one that becomes None is gone.

        Raises:
            BadInputError: The retro is another sprint's, or could not be read again; nothing was changed.
        """
        ...

    def dropped_notes(self, team: str) -> tuple[str, ...]:
        """The notes that wait for the next retro, in no order that tells which came first."""
        ...

    def drop_note(self, team: str, text: str) -> None:
        """Keeps a note for the next retro under a random id; neither its file nor its folder tells the time."""
        ...

    def check_answers(self, team: str, sprint: int, check: CheckId) -> int:
        """How many have answered a question of a retro that is still open."""
        ...

    def answer_check(self, team: str, sprint: int, check: CheckId, asked: Round, sheet: Sheet) -> None:
        """Seals one person's answer to a question of a retro and stores it under a random id, in one atomic write.

        Args:
            team: The team's id.
            sprint: The retro's.
            check: Which question.
            asked: It as a round of one statement; the first answer fixes it, and makes a key pair for it.
            sheet: The answer.

        Raises:
            NotNowError: The retro has not begun or is over, the question was closed, or everybody has answered.
        """
        ...

    def close_check(
        self, team: str, sprint: int, check: CheckId, tally: Callable[[Round, tuple[Sheet, ...]], Release]
    ) -> Retro:
        """Opens the answers to a question, keeps what `tally` makes of them in the retro, and destroys answers and key.

        Whatever `tally` raises leaves the question open and untouched. The sheets come in random order.

        Raises:
            NotNowError: Nobody has answered, the question was closed, or the retro is over.
        """
        ...

    def abandon_check(self, team: str, sprint: int, check: CheckId) -> None:
        """Destroys what was answered to a question of a retro; nothing is released. Nothing to destroy is fine."""
        ...

    def leading(self, team: str, sprint: int) -> AbstractContextManager[None]:
        """Holds a retro as long as this program leads it; `BusyError` at once where another one does."""
        ...
