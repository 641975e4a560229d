"""The part of a workspace in memory that keeps teams, their actions and their retros; see `memory`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tuiretro.model.action import Action
from tuiretro.model.retro import CheckId, Retro
from tuiretro.model.round import Round, Sheet
from tuiretro.model.team import Team
from tuiretro.store import checks
from tuiretro.store.checks import Standing, Tally
from tuiretro.store.layout import checked_id
from tuiretro.store.protocol import by_name
from tuiretro.store.refusals import led, no_such_team
from tuiretro.store.retro_protocol import RetroTable


class MemoryRetros:
    """What `MemoryStore` keeps beside rounds and releases.

    Args:
        entropy: Random bytes for the order in which boxes and notes are kept and opened.
    """

    def __init__(self, *, entropy: Callable[[int], bytes] = os.urandom) -> None:
        self._entropy = entropy
        self._teams: dict[str, Team] = {}
        self._actions: dict[str, tuple[Action, ...]] = {}
        self._retros: dict[str, dict[int, Standing]] = {}
        self._dropped: dict[str, tuple[str, ...]] = {}
        self._led: set[tuple[str, int]] = set()

    @property
    def place(self) -> str:
        """Where the workspace lies, for people to read."""
        return "memory"

    def teams(self) -> tuple[Team, ...]:
        """All teams, by name."""
        return by_name(self._teams.values())

    def change_teams(self, change: Callable[[tuple[Team, ...]], tuple[Team, ...]]) -> tuple[Team, ...]:
        """Replaces the teams by what `change` makes of them; see `Store`."""
        changed = by_name(change(self.teams()))
        self._teams = {checked_id(team.id): team for team in changed}
        return changed

    def actions(self, team: str) -> tuple[Action, ...]:
        """All actions of a team, by id."""
        return self._actions.get(checked_id(team), ())

    def change_actions(
        self, team: str, change: Callable[[tuple[Action, ...]], tuple[Action, ...]]
    ) -> tuple[Action, ...]:
        """Replaces the actions by what `change` makes of them; see `Store`."""
        self._require(team)
        changed = tuple(sorted(change(self.actions(team)), key=lambda action: action.id))
        self._actions[team] = changed
        return changed

    def retros(self, team: str) -> tuple[int, ...]:
        """The sprints that have a retro, in their order."""
        return tuple(sorted(self._retros.get(checked_id(team), {})))

    def retro_under_way(self, team: str) -> int | None:
        """The sprint of the retro that has begun and is not over; see `Store`."""
        found = {sprint: self.retro(team, sprint) for sprint in self.retros(team)}
        return max((sprint for sprint, retro in found.items() if retro and not retro.is_over), default=None)

    def retro(self, team: str, sprint: int) -> Retro | None:
        """The retro of a sprint, if there is one."""
        return self._standing(team, sprint).retro

    def change_retro(self, team: str, sprint: int, change: Callable[[RetroTable], RetroTable]) -> RetroTable:
        """Replaces a retro, the team's actions and the dropped notes; see `Store`."""
        self._require(team)
        standing, dropped = self._standing(team, sprint), self.dropped_notes(team)
        table = change(RetroTable(standing.retro, self.actions(team), dropped))
        self._stand(team, sprint, checks.changed(standing, sprint, table.retro))
        if table.actions != self.actions(team):
            self.change_actions(team, lambda _: table.actions)
        if table.dropped != dropped:
            self._dropped[team] = self._shuffled(table.dropped)
        return RetroTable(table.retro, self.actions(team), self.dropped_notes(team))

    def dropped_notes(self, team: str) -> tuple[str, ...]:
        """The notes that wait for the next retro; see `Store`."""
        return self._dropped.get(checked_id(team), ())

    def drop_note(self, team: str, text: str) -> None:
        """Keeps a note for the next retro; see `Store`."""
        self._require(team)
        self._dropped[team] = self._shuffled((*self.dropped_notes(team), text))

    def check_answers(self, team: str, sprint: int, check: CheckId) -> int:
        """How many have answered a question that is still open; see `Store`."""
        found = self._standing(team, sprint).check(check)
        return len(found.boxes) if found else 0

    def answer_check(self, team: str, sprint: int, check: CheckId, asked: Round, sheet: Sheet) -> None:
        """Seals one person's answer to a question; see `Store`."""
        self._require(team)
        standing = self._standing(team, sprint)
        self._stand(team, sprint, checks.answered(standing, sprint, check, asked, sheet))

    def close_check(self, team: str, sprint: int, check: CheckId, tally: Tally) -> Retro:
        """Opens the answers to a question and keeps what `tally` makes of them; see `Store`."""
        self._require(team)
        standing = checks.closed(self._standing(team, sprint), sprint, check, tally, self._entropy)
        self._stand(team, sprint, standing)
        return checks.begun(standing, sprint)

    def abandon_check(self, team: str, sprint: int, check: CheckId) -> None:
        """Forgets what was answered to a question; see `Store`."""
        self._require(team)
        self._stand(team, sprint, checks.abandoned(self._standing(team, sprint), check))

    @contextmanager
    def leading(self, team: str, sprint: int) -> Iterator[None]:
        """Holds a retro for whoever leads it; see `Store`."""
        self._require(team)
        if (team, sprint) in self._led:
            raise led(sprint)
        self._led.add((team, sprint))
        try:
            yield
        finally:
            self._led.remove((team, sprint))

    def _standing(self, team: str, sprint: int) -> Standing:
        return self._retros.get(checked_id(team), {}).get(sprint, Standing())

    def _stand(self, team: str, sprint: int, standing: Standing) -> None:
        kept = {number: other for number, other in self._retros.get(team, {}).items() if number != sprint}
        self._retros[team] = kept if standing.retro is None else {**kept, sprint: standing}

    def _shuffled(self, notes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(notes, key=lambda _: self._entropy(8)))

    def _require(self, team: str) -> None:
        if checked_id(team) not in self._teams:
            raise no_such_team(self.place)
