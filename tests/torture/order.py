"""Nothing in the files, in the tally or in the release tells who answered first, or when; closing leaves no sheet.

What it shows of a release: of 4 to 7 answers every figure leaves several sets of answers possible. At the ends, figures
hide behind "1.5 or lower" and "4.5 or higher". What remains is told, not hidden: who knows all answers but one knows
the last, and in a small team one's own answer may be enough to tell what the others said together.
"""

from __future__ import annotations

import base64
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from datetime import time as midnight
from pathlib import Path

from tests.torture.answer_sets import pinned_by_one, possible, sayable
from tests.torture.ranks import correlation, tells
from tests.torture.traces import betrayed, pieces, times
from tests.torture.trial import TODAY, Outcome, Sizes
from tests.torture.workspaces import next_round, sheets_in, signed, with_team
from tuiretro.core.calendar import sprint
from tuiretro.core.release import tally
from tuiretro.model.release import Release
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question
from tuiretro.model.team import Team
from tuiretro.service import rounds
from tuiretro.service.workspace import Workspace
from tuiretro.store.ballot import Box
from tuiretro.store.documents import read_tables, structs
from tuiretro.store.layout import KEY, ROUND, round_folder, team_folder

ROUNDS, PEOPLE, IN_ONE_PLACE = 1000, 8, 25
OPENED = datetime.combine(TODAY, midnight(), tzinfo=UTC).timestamp()
ANSWERS = range(4, 8)
"""Numbers of answers of which all sets are tried."""


@dataclass
class Views:
    """Correlations of the order of answering with every order that somebody could look at."""

    found: dict[str, list[float]] = field(default_factory=dict)

    def take(self, view: str, order: list[int]) -> None:
        """Notes one order: who answered as number 0, 1, ... in the order looked at."""
        self.found.setdefault(view, []).append(correlation(order))


def order(folder: Path, sizes: Sizes) -> Outcome:
    """Opens, fills and closes rounds, and looks at everything that is left at each step."""
    outcome, views = Outcome(), Views()
    many, chance = sizes.of(ROUNDS, 20), random.Random(sizes.seed)
    for first in range(0, many, IN_ONE_PLACE):
        place = folder / str(first)
        workspace, team = with_team(place, people=PEOPLE)
        for _ in range(min(IN_ONE_PLACE, many - first)):
            _one_round(_Looked(workspace, team, place, views, outcome, time.time()), chance)
            outcome.count("rounds")
    for view, correlations in views.found.items():
        said = tells(correlations, PEOPLE)
        outcome.expect(not said, f"the order of answering shows in {view}: {said}")
        outcome.counts[f"r {view}"] = f"{sum(correlations) / len(correlations):+.3f}"
    _answers_stay_hidden(outcome)
    return outcome


@dataclass(frozen=True)
class _Looked:
    """One workspace and what is found out about it."""

    workspace: Workspace
    team: Team
    place: Path
    views: Views
    outcome: Outcome
    began: float
    """Seconds since 1970 at which its round was opened."""


def _one_round(looked: _Looked, chance: random.Random) -> None:
    workspace, team, place, outcome = looked.workspace, looked.team, looked.place, looked.outcome
    asked = next_round(workspace, team)
    people = [f"comment {number:02} of nobody" for number in range(PEOPLE)]
    chance.shuffle(people)
    before = _mtimes(place)
    sheets = [_sheet(asked, person, chance) for person in people]
    for sheet in sheets:
        rounds.answer(workspace, team, asked, sheet)
    folder = round_folder(team_folder(place, team.id), asked.id)
    moved = {name for name, when in _mtimes(place).items() if before.get(name) != when}
    outcome.expect(not moved, f"answering changed the time of {sorted(moved)}")
    wrong = {path.name for path in (folder, *folder.iterdir()) if path.stat().st_mtime != OPENED}
    outcome.expect(not wrong, f"{sorted(wrong)} tell another time than the day of opening")
    boxes = structs(read_tables(folder / ROUND), "boxes", Box, folder / ROUND)
    _look_at_boxes(looked, asked, boxes, people)
    secrets = pieces([*(box.box for box in boxes), (folder / KEY).read_bytes()])
    _search(looked)
    release = _closed(looked, asked, people)
    looked.views.take("comments", [people.index(comment) for comment in release.comments])
    outcome.faults += [f"{name} still holds a part of a box or key" for name in betrayed(place, secrets)]
    left = b"\n".join(path.read_bytes() for path in place.rglob("*") if path.is_file())
    outcome.expect(not any(row in left for sheet in sheets for row in _rows(sheet)), "somebody's answers are kept")
    outcome.expect(not folder.exists(), "the folder of a closed round is there")
    _search(looked)


def _sheet(asked: Round, person: str, chance: random.Random) -> Sheet:
    answers: dict[str, int | None] = {question.id: chance.randint(1, 5) for question in asked.questions}
    return Sheet(answers, signed(asked, person).comment)


def _rows(sheet: Sheet) -> tuple[bytes, ...]:
    """A sheet's answers in the ways in which a program would write them down."""
    values = [value or 0 for value in sheet.answers.values()]
    return (
        bytes(values),
        "".join(map(str, values)).encode(),
        ",".join(map(str, values)).encode(),
        ",".join(f'"{item}":{value}' for item, value in sheet.answers.items()).encode(),
    )


def _look_at_boxes(looked: _Looked, asked: Round, boxes: list[Box], people: list[str]) -> None:
    """The order of ids and of the file, and what the boxes look like; `boxes` come in the order of ids."""
    unsealed = [sheet.comment for sheet in sheets_in(looked.place, looked.team, asked)]
    outcome, found = looked.outcome, looked.views
    outcome.expect(sorted(unsealed) == sorted(people), "sheets are lost, or there twice")
    outcome.expect(len({len(box.box) for box in boxes}) == 1, "boxes differ in size")
    # With an entropy that says the same each time, opening keeps the order of ids.
    found.take("ids", [people.index(comment) for comment in unsealed])
    path = round_folder(team_folder(looked.place, looked.team.id), asked.id) / ROUND
    in_file = sorted(range(len(boxes)), key=lambda at: path.read_bytes().find(_in_file(boxes[at])))
    found.take("the file", [people.index(unsealed[at]) for at in in_file])
    by_looks = sorted(range(len(boxes)), key=lambda at: boxes[at].box)
    found.take("the looks of boxes", [people.index(unsealed[at]) for at in by_looks])


def _in_file(box: Box) -> bytes:
    return base64.b64encode(box.box)


def _closed(looked: _Looked, asked: Round, people: list[str]) -> Release:
    def count(sheets: tuple[Sheet, ...]) -> tuple[Release, tuple[Question, ...]]:
        looked.views.take("the tally", [people.index(sheet.comment) for sheet in sheets])
        span = sprint(looked.team, asked.sprint)
        return tally(asked, span, (), sheets, looked.workspace.random.shuffle), asked.questions

    return looked.workspace.store.close_round(looked.team.id, asked, count)


def _mtimes(place: Path) -> dict[str, int]:
    return {str(path.relative_to(place)): path.stat().st_mtime_ns for path in (place, *place.rglob("*"))}


def _search(looked: _Looked) -> None:
    for path in looked.place.rglob("*"):
        if path.is_file():
            # Since this round began: a longer time would be met by chance in one of a million sealed bytes.
            found = times(path.read_bytes(), looked.began - 1, time.time() + 1)
            looked.outcome.faults += [f"{path.name} holds {what}" for what in found]
            looked.outcome.count("files searched for times")


def _answers_stay_hidden(outcome: Outcome) -> None:
    """Tries all sets of answers; see the module's own words for what that shows."""
    for n in ANSWERS:
        found = possible(n)
        one_set = sum(len(sets) == 1 for sets in found.values())
        outcome.expect(one_set == 0, f"{one_set} figures of {n} answers leave one set of answers")
        for figure, sets in found.items():
            outcome.expect(len(sayable(sets)) > 1, f"{figure} tells what everybody said")
        outcome.counts[f"figures of {n} answers"] = (
            f"{len(found)} (one set possible {one_set}, pinned with one's own answer {len(set(_figures(n)))})"
        )


def _figures(n: int) -> Iterator[object]:
    for figure, _ in pinned_by_one(possible(n)):
        yield figure
