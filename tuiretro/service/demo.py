"""The demo: a workspace with a realistic history, written through the same calls that real use takes.

Owns the invented team's calendar and what it does with its actions. It must not know what people answer, which is
`core.invented`'s business, nor how anything is stored.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from msgspec import Struct

from tuiretro.core.calendar import sprint
from tuiretro.core.invented import STORY_LENGTH, InventedTeam
from tuiretro.core.rules import MINIMUM_RANGE, PEOPLE_RANGE
from tuiretro.errors import BadInputError
from tuiretro.model.team import Team
from tuiretro.service import actions, insight, rounds, teams
from tuiretro.service.off_limits import require_outside
from tuiretro.service.workspace import Workspace, open_workspace

NAME = "Atlas"
SPRINTS_RANGE = (1, 260)
"""Up to ten years of two-week sprints."""
SEED_RANGE = (0, 2**32 - 1)
LENGTH = 14
"""Days of a sprint."""
OPENED, CLOSED, TODAY = 7, 10, 5
"""Days after a sprint's first one on which the round is opened and closed, and on which the demo ends, about."""
OPEN_SHEETS = 5
"""Sheets in the round that is left open: enough to close it, and room for a visitor's own."""


class Errand(Struct, frozen=True):
    """An action that the team takes on once in every `STORY_LENGTH` sprints."""

    taken: int
    """The sprint of the story after whose round it is taken on."""
    owner: str
    place: int = 0
    """The place on the focus list whose first suggestion it is, from 0."""
    lasts: int = 1
    """So many sprints later it is done or dropped."""
    fate: Literal["done", "dropped"] = "done"
    moved: bool = False
    """Whether it gets another sprint when it is due."""
    title: str = ""
    """For an action of the team's own, without a play."""
    done_when: str = ""


ERRANDS = (
    Errand(3, "Mina"),
    Errand(4, "Tomas", place=1, lasts=3, fate="dropped"),
    Errand(5, "Jo", lasts=2),
    Errand(7, "Mina", lasts=2, moved=True),
    Errand(10, "Ravi", place=1),
    Errand(
        12,
        "Aiko",
        title="Rehearse the rollback of the price service",
        done_when="A second person has rolled back in staging in under ten minutes.",
    ),
    Errand(16, "Tomas", place=2, lasts=2, fate="dropped"),
    Errand(20, "Aiko", lasts=2),
    Errand(22, "Ravi", place=1, lasts=2),
    Errand(25, "Jo", lasts=3),
    Errand(26, "Mina"),
    Errand(26, "Tomas", place=1, lasts=2),
)
"""The last three are still open when the demo ends, and the one of sprint 25 is late."""


class _Clock:
    """The invented team's calendar: whatever day it was moved to."""

    def __init__(self, today: date) -> None:
        self.today = today

    def __call__(self) -> date:
        return self.today


def build(
    place: Path,
    *,
    sprints: int = 26,
    people: int = 8,
    seed: int = 1,
    today: date,
    step: Callable[[int, int], None] | None = None,
) -> Team:
    """Writes a workspace with the history of an invented team.

    The same arguments give the same history, actions and team, byte for byte; the boxes of the round that is left
    open are sealed with fresh keys, as always.

    Args:
        place: An empty folder, or one that is not there yet.
        sprints: How many have results, within `SPRINTS_RANGE`; `today` falls into the one after, whose round is open.
        people: How many there are in the end, within `PEOPLE_RANGE`.
        seed: Another one gives other people, within `SEED_RANGE`.
        today: The day on which the demo ends.
        step: Called after each sprint with the number of sprints done and of all.

    Returns:
        The team as it is in the end.

    Raises:
        BadInputError: A number is out of range, the workspace holds a team already, or it would lie in another.
        WorkspaceError: The folder cannot be used.
    """
    _check(sprints, SPRINTS_RANGE, "number of sprints")
    _check(people, PEOPLE_RANGE, "number of people")
    _check(seed, SEED_RANGE, "seed")
    require_outside(None, place.absolute().parent)
    clock = _Clock(_first_day(today, sprints))
    workspace = open_workspace(place, today=clock, chance=random.Random(seed))  # noqa: S311 - the same again, please; keys never come from here
    if workspace.store.teams():
        raise BadInputError(f"{place} holds a team already, so no demo was written; choose an empty folder.")
    life = _Life(workspace, clock, InventedTeam(people=people, sprints=sprints, seed=seed))
    for number in range(1, sprints + 1):
        life.live(number)
        if step is not None:
            step(number, sprints)
    clock.today = today
    sheets = min(OPEN_SHEETS, people - 1)
    life.answer(sprints + 1, at_least=sheets, at_most=sheets)
    return life.team


def _first_day(today: date, sprints: int) -> date:
    """The first day of sprint 1: a Monday, as with most teams."""
    wanted = today - timedelta(days=sprints * LENGTH + TODAY)
    after_monday = wanted.weekday()
    return wanted - timedelta(days=after_monday if after_monday <= 3 else after_monday - 7)


class _Taken(Struct, frozen=True):
    """An action that the team has taken on."""

    id: int
    sprint: int
    errand: Errand


class _Life:
    """The invented team at work, one sprint after the other."""

    def __init__(self, workspace: Workspace, clock: _Clock, invented: InventedTeam) -> None:
        self.team = teams.add(
            workspace,
            NAME,
            people=len(invented.members(1)),
            starts=clock.today,
            every="2 weeks",
            minimum=MINIMUM_RANGE[0],
        )
        self._workspace = workspace
        self._clock = clock
        self._invented = invented
        self._taken: list[_Taken] = []

    def live(self, number: int) -> None:
        """One sprint: somebody may join, a round is asked and closed, actions are seen to."""
        starts = sprint(self.team, number).starts
        self._clock.today = starts
        if number == self._invented.story.change:
            people = len(self._invented.members(number))
            self.team = teams.change(self._workspace, self.team, people=people, members_changed=True)
        self._clock.today = starts + timedelta(days=OPENED)
        self.answer(number, at_least=self.team.minimum)
        self._clock.today = starts + timedelta(days=CLOSED)
        rounds.close(self._workspace, self.team)
        self._see_to_actions(number)
        self._take_actions_on(number)

    def answer(self, number: int, *, at_least: int, at_most: int | None = None) -> None:
        """Opens a sprint's round and hands sheets in."""
        opened = rounds.open_round(self._workspace, self.team)
        for person in self._invented.writers(number, at_least)[:at_most]:
            sheet = self._invented.sheet(number, person, opened.questions)
            rounds.answer(self._workspace, self.team, opened, sheet)

    def _see_to_actions(self, number: int) -> None:
        for taken in self._taken:
            if taken.errand.moved and number == taken.sprint + 1:
                due = sprint(self.team, number + 1).ends
                actions.move(self._workspace, self.team, taken.id, due=due)
            if number == taken.sprint + taken.errand.lasts:
                actions.finish(self._workspace, self.team, taken.id, taken.errand.fate)

    def _take_actions_on(self, number: int) -> None:
        # Counted from the end, so that every demo ends with the same actions under way, however short it is.
        of_story = STORY_LENGTH - (self._invented.sprints - number) % STORY_LENGTH
        for errand in (errand for errand in ERRANDS if errand.taken == of_story):
            play = None if errand.title else self._suggested(errand.place)
            if play is None and not errand.title:
                continue
            action = actions.add(
                self._workspace,
                self.team,
                errand.title or None,
                play=play,
                owner=errand.owner,
                done_when=errand.done_when,
            )
            self._taken.append(_Taken(action.id, number, errand))

    def _suggested(self, place: int) -> str | None:
        """The first suggestion of the mistake at a place of the focus list, or of another if it was tried before."""
        focus = insight.summary(self._workspace, self.team).focus
        tried = {action.play for action in self._workspace.store.actions(self.team.id)}
        first = [line.plays[0].reference for line in (*focus[place:], *focus[:place])]
        return next((reference for reference in first if reference not in tried), None)


def _check(value: int, allowed: tuple[int, int], what: str) -> None:
    if not allowed[0] <= value <= allowed[1]:
        raise BadInputError(
            f"The {what} is {value}; a demo can have {allowed[0]} to {allowed[1]}. Nothing was written."
        )
