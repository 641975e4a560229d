"""kill -9 at random moments of two writers at once: what they had confirmed is there, once, and nothing is damaged."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture import retro_saves
from tests.torture.processes import Child, Report, forked
from tests.torture.retro_saves import Saved
from tests.torture.trial import Outcome, Sizes
from tests.torture.workspaces import (
    damage,
    leftovers,
    next_round,
    opened,
    signed,
    tokens,
    with_team,
)
from tuiretro.errors import TuiretroError
from tuiretro.model.team import Team
from tuiretro.service import actions, rounds
from tuiretro.service.workspace import Workspace
from tuiretro.store.layout import JOURNAL, team_folder

KILLS, WRITERS = 1000, 2
LONGEST = 0.1
"""Seconds that a writer lives at most: some tens of writes."""
FRESH_AFTER = 60
"""Pairs of kills that one workspace goes through."""


@dataclass
class Confirmed:
    """What the killed writers had said, in one workspace."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    """Round and comment."""
    added: list[str] = field(default_factory=list)
    finished: list[int] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    retros: Saved = field(default_factory=Saved)

    def take(self, lines: list[str], outcome: Outcome) -> None:
        """Sorts what one writer said."""
        for line in lines:
            kind, _, rest = line.partition(" ")
            outcome.count(f"confirmed {kind}")
            if kind == "sheet":
                round_id, token = rest.split(" ")
                self.sheets.append((round_id, token))
            elif kind == "added":
                self.added.append(rest)
            elif kind == "finished":
                self.finished.append(int(rest))
            elif kind in {"opened", "closed"}:
                (self.opened if kind == "opened" else self.closed).append(rest)
            elif not self.retros.takes(kind, rest):
                outcome.faults.append(line)


@dataclass
class Writer:
    """Does at random what teams do, for ever."""

    workspace: Workspace
    team: Team
    chance: random.Random
    report: Report
    name: str
    done: int = 0

    def run(self) -> None:
        """Goes on until the end comes."""
        works: list[Callable[[], None]] = [self.hand_in] * 14 + [self.add] * 3 + [self.finish] * 2 + [self.turn]
        works += [self.note] * 4 + [self.decide] * 4 + [self.drop] * 2
        while True:
            self.done += 1
            try:
                self.chance.choice(works)()
            except TuiretroError as error:
                # The other writer closed the round, or took the last place.
                if not re.search(r"round|Round|have answered", error.message):
                    self.report(f"fault {error.message}")

    def hand_in(self) -> None:
        """One sheet; without a round, one is opened."""
        asked = self.workspace.store.round(self.team.id)
        if asked is None:
            self.turn()
            return
        token = f"{self.name}-{self.done}"
        rounds.answer(self.workspace, self.team, asked, signed(asked, token))
        self.report(f"sheet {asked.id} {token}")

    def add(self) -> None:
        """One action."""
        token = f"{self.name}-{self.done}"
        actions.add(self.workspace, self.team, token)
        self.report(f"added {token}")

    def finish(self) -> None:
        """One action is done."""
        known = actions.listed(self.workspace, self.team)
        if known:
            number = self.chance.choice(known).id
            actions.finish(self.workspace, self.team, number, "done")
            self.report(f"finished {number}")

    def note(self) -> None:
        """One step of a retro."""
        self._saved("noted", retro_saves.note)

    def decide(self) -> None:
        """One step of a retro, and an action with it."""
        self._saved("decided", retro_saves.decide)

    def drop(self) -> None:
        """One note for the next retro."""
        self._saved("dropped", retro_saves.drop)

    def _saved(self, kind: str, save: Callable[[Workspace, Team, str], None]) -> None:
        token = f"{kind}-{self.name}-{self.done}"
        save(self.workspace, self.team, token)
        self.report(f"{kind} {token}")

    def turn(self) -> None:
        """Closes the open round, or opens the next."""
        asked = self.workspace.store.round(self.team.id)
        if asked is None:
            self.report(f"opened {next_round(self.workspace, self.team).id}")
        else:
            rounds.close(self.workspace, self.team, asked)
            self.report(f"closed {asked.id}")


def kills(folder: Path, sizes: Sizes) -> Outcome:
    """Kills two writers again and again; a judge reads the workspace after each pair."""
    outcome, chance = Outcome(), random.Random(sizes.seed)
    place, team, confirmed = folder, None, Confirmed()
    _import_all(folder / "first")
    for pair in range(sizes.of(KILLS) // WRITERS or 1):
        if team is None or pair % FRESH_AFTER == 0:
            place, confirmed = folder / str(pair), Confirmed()
            _, team = with_team(place)
        writers = [_started(place, team, f"w{pair}.{which}") for which in range(WRITERS)]
        moments = sorted((chance.random() * LONGEST, writer) for writer in range(WRITERS))
        began = time.perf_counter()
        for moment, which in moments:
            time.sleep(max(0.0, began + moment - time.perf_counter()))
            confirmed.take(writers[which].kill(), outcome)
            outcome.count("kills")
        _judge(place, team, confirmed, outcome, f"pair {pair}")
        if len(outcome.faults) > 10:
            break
    return outcome


def _import_all(place: Path) -> None:
    # A kill should land in the writing, not in what a fresh process imports.
    workspace, team = with_team(place)
    writer = Writer(workspace, team, random.Random(1), lambda _: None, "first")
    for work in (writer.turn, *[writer.hand_in] * team.minimum, writer.turn, writer.add, writer.finish):
        work()
    for work in (writer.note, writer.decide, writer.drop):
        work()


def _started(place: Path, team: Team, name: str) -> Child:
    def work(report: Report) -> None:
        Writer(opened(place), team, random.Random(name), report, name).run()

    return forked(work)


def _judge(place: Path, team: Team, confirmed: Confirmed, outcome: Outcome, when: str) -> None:
    before = damage(place)
    outcome.count("left behind by the killed", len(leftovers(place)))
    workspace = opened(place)
    for fault in (*before, *damage(place), *(f"{name} was left behind" for name in leftovers(place))):
        outcome.faults.append(f"{when}: {fault}")
    found = tokens(workspace, place, team)
    for round_id, token in confirmed.sheets:
        times = found[round_id][token] if round_id in found else 0
        outcome.expect(times == 1, f"{when}: a confirmed sheet is there {times} times")
    for counts in found.values():
        outcome.expect(set(counts.values()) <= {1}, f"{when}: a sheet is there twice")
    _judge_actions(workspace, team, confirmed, outcome, when)
    retro_saves.judge(workspace, team, confirmed.retros, outcome, when)
    outcome.expect(not (team_folder(place, team.id) / JOURNAL).exists(), f"{when}: a change of a retro is unfinished")
    releases = [release.round for release in workspace.store.history(team.id).releases]
    outcome.expect(len(set(releases)) == len(releases), f"{when}: a round is released twice")
    for round_id in confirmed.opened:
        outcome.expect(round_id in found, f"{when}: a confirmed round is gone")
    for round_id in confirmed.closed:
        outcome.expect(round_id in releases, f"{when}: a confirmed release is gone")


def _judge_actions(workspace: Workspace, team: Team, confirmed: Confirmed, outcome: Outcome, when: str) -> None:
    listed = actions.listed(workspace, team)
    titles = [action.title for action in listed]
    for title in confirmed.added:
        outcome.expect(titles.count(title) == 1, f"{when}: a confirmed action is there {titles.count(title)} times")
    states = {action.id: action.status for action in listed}
    for number in confirmed.finished:
        outcome.expect(states.get(number) == "done", f"{when}: a finished action is not done")
