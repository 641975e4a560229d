"""The retros of a workspace in a folder: which lock guards what, and what changes together.

Owns the order of steps, so that a crash between two of them leaves the old or the new. Knows nothing of what a retro's
steps do to its board.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tuiretro.errors import BusyError
from tuiretro.locks import locked
from tuiretro.model.action import Action
from tuiretro.model.retro import CheckId, Retro
from tuiretro.model.round import Round, Sheet
from tuiretro.store import retro_folder, wording
from tuiretro.store.actions_file import keep_actions, read_actions
from tuiretro.store.journal import Write, write_together
from tuiretro.store.layout import ACTIONS, DROPPED, RETROS, retro_lock, retro_name
from tuiretro.store.recovery import finish_pending
from tuiretro.store.refusals import led
from tuiretro.store.retro_folder import NOTES_DAY, midnight
from tuiretro.store.retro_protocol import RetroTable
from tuiretro.store.round_store import RoundStore
from tuiretro.store.wording import Wording, explained

if TYPE_CHECKING:
    from tuiretro.store.checks import Standing, Tally
    from tuiretro.store.storage import Database

_NOTES_FILE = f"{RETROS}/{DROPPED}"


class RetroStore(RoundStore):
    """The part of `TinyDBStore` that keeps retros, their open questions and the dropped notes."""

    def retros(self, team: str) -> tuple[int, ...]:
        """The sprints that have a retro, in their order."""
        with explained(wording.RETRO_READING):
            return retro_folder.retro_sprints(self._team(team))

    def retro_under_way(self, team: str) -> int | None:
        """The sprint of the retro that has begun and is not over; see `Store`."""
        with explained(wording.RETRO_READING):
            return retro_folder.under_way(self._team(team))

    def retro(self, team: str, sprint: int) -> Retro | None:
        """The retro of a sprint, if there is one."""
        with explained(wording.RETRO_READING):
            return retro_folder.read_retro(self._team(team), sprint).retro

    def change_retro(self, team: str, sprint: int, change: Callable[[RetroTable], RetroTable]) -> RetroTable:
        """Replaces a retro, the team's actions and the dropped notes, all or none; see `Store`."""
        from tuiretro.store import checks

        with explained(wording.RETRO), self._settled_writing(team) as place:
            before = retro_folder.read_retro(place, sprint)
            old = RetroTable(before.retro, read_actions(place), retro_folder.read_notes(place))
            new = change(old)
            after = checks.changed(before, sprint, new.retro)
            writes = [
                *self._retro_writes(place, sprint, before, after),
                *self._action_writes(place, old.actions, new.actions),
                *self._note_writes(place, old.dropped, new.dropped),
            ]
            write_together(place, writes, self._entropy)
            actions = tuple(sorted(new.actions, key=lambda action: action.id))
            return RetroTable(after.retro, actions, retro_folder.read_notes(place))

    def dropped_notes(self, team: str) -> tuple[str, ...]:
        """The notes that wait for the next retro; see `Store`."""
        with explained(wording.RETRO_READING):
            return retro_folder.read_notes(self._team(team))

    def drop_note(self, team: str, text: str) -> None:
        """Keeps a note for the next retro under a random id; see `Store`."""
        from tuiretro.store.retro_file import NOTES, DroppedNote, decoded_notes
        from tuiretro.store.storage import changing, insert_unordered

        with explained(wording.NOTE), self._settled_writing(team) as place:
            retro_folder.make_folder(place, self._today())
            with changing(place / _NOTES_FILE, mtime=midnight(NOTES_DAY), entropy=self._entropy) as database:
                # What could not be read should not grow.
                decoded_notes(database.kept, place / _NOTES_FILE)
                insert_unordered(database, NOTES, DroppedNote(text), self._entropy)

    def check_answers(self, team: str, sprint: int, check: CheckId) -> int:
        """How many have answered a question that is still open; see `Store`."""
        with explained(wording.RETRO_READING):
            found = retro_folder.read_retro(self._team(team), sprint).check(check)
        return len(found.boxes) if found else 0

    def answer_check(self, team: str, sprint: int, check: CheckId, asked: Round, sheet: Sheet) -> None:
        """Seals one person's answer to a question and stores it, in one atomic write; see `Store`."""
        from tuiretro.store import checks

        self._change_checks(
            team, sprint, wording.CHECK, lambda standing: checks.answered(standing, sprint, check, asked, sheet)
        )

    def close_check(self, team: str, sprint: int, check: CheckId, tally: Tally) -> Retro:
        """Opens the answers to a question, keeps what `tally` makes of them, destroys answers and key; see `Store`."""
        from tuiretro.store import checks

        return checks.begun(
            self._change_checks(
                team,
                sprint,
                wording.CHECK_CLOSING,
                lambda standing: checks.closed(standing, sprint, check, tally, self._entropy),
            ),
            sprint,
        )

    def abandon_check(self, team: str, sprint: int, check: CheckId) -> None:
        """Destroys what was answered to a question; see `Store`."""
        from tuiretro.store import checks

        self._change_checks(team, sprint, wording.CHECK_ABANDONING, lambda standing: checks.abandoned(standing, check))

    @contextmanager
    def leading(self, team: str, sprint: int) -> Iterator[None]:
        """Holds a retro for the program that leads it; see `Store`."""
        with ExitStack() as stack:
            with explained(wording.LEADING), self._writing(team) as place:
                # The folder's time says what a crash left, and is set anew below.
                retro_folder.clean(place)
                retro_folder.make_folder(place, self._today())
                try:
                    stack.enter_context(locked(place / retro_lock(sprint), 0))
                except BusyError:
                    raise led(sprint) from None
                finally:
                    retro_folder.set_back(place, self._today())
            yield

    def _change_checks(
        self, team: str, sprint: int, words: Wording, change: Callable[[Standing], Standing]
    ) -> Standing:
        """Changes a retro's file only; one that is not there stays so."""
        with explained(words), self._settled_writing(team) as place:
            before = retro_folder.read_retro(place, sprint)
            after = change(before)
            write_together(place, self._retro_writes(place, sprint, before, after), self._entropy)
        return after

    def _retro_writes(self, place: Path, sprint: int, before: Standing, after: Standing) -> list[Write]:
        from tuiretro.store.retro_file import keep_retro, written
        from tuiretro.store.storage import is_of_today

        name, day = retro_name(sprint), self._today()
        if after == before:
            return []
        if after.retro is None:
            return [Write(name, None, day)]
        if before.retro is None or is_of_today(place / name):
            # All of it is new, so that nothing needs to be read, and hundreds of steps need not go through tables.
            return [Write(name, written(after), day)]
        return self._writes(place, name, lambda database: keep_retro(database, after), day)

    def _action_writes(self, place: Path, old: tuple[Action, ...], new: tuple[Action, ...]) -> list[Write]:
        return self._writes(place, ACTIONS, lambda database: keep_actions(database, new)) if new != old else []

    def _note_writes(self, place: Path, old: tuple[str, ...], new: tuple[str, ...]) -> list[Write]:
        from tuiretro.store.retro_file import keep_notes

        def keep(database: Database) -> None:
            keep_notes(database, new, self._entropy)

        return self._writes(place, _NOTES_FILE, keep, NOTES_DAY) if new != old else []

    def _writes(self, place: Path, name: str, keep: Callable[[Database], None], day: date | None = None) -> list[Write]:
        from tuiretro.store.storage import prepared

        content = prepared(place / name, keep, entropy=self._entropy)
        return [] if content is None else [Write(name, content, day)]

    @contextmanager
    def _settled_writing(self, team: str) -> Iterator[Path]:
        """The team's folder under its lock, with every change of several files finished."""
        with self._writing(team) as place:
            finish_pending(place, self._entropy)
            yield place
