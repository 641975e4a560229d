"""Four writers at once lose nothing, and a lock that a stopped process holds makes nobody hang."""

from __future__ import annotations

import json
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from tests.torture.processes import Report, command, forked
from tests.torture.trial import Outcome, Sizes
from tests.torture.workspaces import damage, leftovers, next_round, opened, signed, surroundings, tokens, with_team
from tuiretro.core.rules import PEOPLE_RANGE
from tuiretro.errors import BusyError, NotNowError
from tuiretro.locks import locked
from tuiretro.model.team import Team
from tuiretro.service import rounds
from tuiretro.service.workspace import Workspace
from tuiretro.store.layout import TEAM_LOCK, team_folder

WRITERS, SHEETS = 4, 300
SENTENCE = "Another program is using"
PATIENT = (3.0, 12.0)
"""Seconds within which whoever waits for a stopped process gets the sentence."""


def writers(folder: Path, sizes: Sizes) -> Outcome:
    """As many sheets as four writers hand in are there, and a stopped one stops nobody else for long."""
    outcome = Outcome()
    _many(folder / "many", sizes.of(SHEETS), outcome)
    _stopped(folder / "stopped", outcome)
    return outcome


def _many(place: Path, each: int, outcome: Outcome) -> None:
    people = PEOPLE_RANGE[1]
    teams = [with_team(place, f"Team {number}")[1] for number in range(-(-WRITERS * each // people))]
    for team in teams:
        next_round(opened(place), team)
    began = time.perf_counter()
    children = [forked(_handing_in(place, teams, f"w{which}", each)) for which in range(WRITERS)]
    said = [line for child in children for line in child.wait()[1]]
    seconds = time.perf_counter() - began
    for line in said:
        if line == "had to wait too long":
            outcome.count(line)
        else:
            outcome.faults.append(line)
    workspace = opened(place)
    found: Counter[str] = Counter()
    for team in teams:
        for counts in tokens(workspace, place, team).values():
            found.update(counts)
    wanted = {f"w{which}-{number}" for which in range(WRITERS) for number in range(each)}
    outcome.counts |= {"writers": WRITERS, "sheets": sum(found.values()), "of": len(wanted)}
    outcome.counts["a second"] = round(len(wanted) / seconds)
    outcome.expect(set(found) == wanted, f"{len(wanted - set(found))} sheets are lost")
    outcome.expect(set(found.values()) == {1}, "a sheet is there twice")
    outcome.faults += damage(place) + leftovers(place)


def _handing_in(place: Path, teams: list[Team], name: str, each: int) -> Callable[[Report], None]:
    def work(report: Report) -> None:
        workspace = opened(place)
        # Everybody begins with the same team, so that all writers want one lock.
        turns = cycle(teams)
        team = next(turns)
        for number in range(each):
            while not _is_in(workspace, team, f"{name}-{number}", report):
                team = next(turns)

    return work


def _is_in(workspace: Workspace, team: Team, token: str, report: Report) -> bool:
    asked = rounds.require_round(workspace, team)
    while True:
        try:
            rounds.answer(workspace, team, asked, signed(asked, token))
        except BusyError:
            report("had to wait too long")
        except NotNowError:
            return False
        else:
            return True


def _stopped(place: Path, outcome: Outcome) -> None:
    workspace, team = with_team(place)
    asked = next_round(workspace, team)

    def hold(report: Report) -> None:
        with locked(team_folder(place, team.id) / TEAM_LOCK):
            report("held")
            os.kill(os.getpid(), signal.SIGSTOP)

    holder = forked(hold)
    os.waitpid(holder.pid, os.WUNTRACED)
    sheet = _as_json(signed(asked, "waited").answers)
    words = ["answer", "--from", "-"]
    began = time.perf_counter()
    code, said = command(words, lambda: os.environ.update(surroundings(place)), sheet).wait()
    waited = time.perf_counter() - began
    outcome.counts["waited for a stopped process, s"] = round(waited, 1)
    outcome.expect(PATIENT[0] <= waited <= PATIENT[1], f"the other waited {waited:.1f} s")
    outcome.expect(code == BusyError.exit_code, f"the other ended with {code}")
    outcome.expect(len(said) == 1 and SENTENCE in said[0], f"the other was told: {said}")
    outcome.expect(workspace.store.sheets(team.id) == 0, "something was stored past the lock")
    holder.kill()
    code, said = command(words, lambda: os.environ.update(surroundings(place)), sheet).wait()
    outcome.expect(code == 0 and workspace.store.sheets(team.id) == 1, f"after its end nothing went on: {said}")


def _as_json(answers: dict[str, int | None]) -> bytes:
    return json.dumps({"answers": answers}).encode()
