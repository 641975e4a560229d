"""A whole retro in a real terminal with keys alone: nine stages, and the summary that they lead to."""

from __future__ import annotations

import random
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tests.torture.retro import Killing, Mortal
from tests.tui.states import opened_at
from tests.tui.whole_retro import (
    BY_VOTES,
    COLUMNS,
    FILE,
    GROUPS,
    NOTES,
    Kept,
    Step,
    Typist,
    kept,
    led,
    steps,
    summary,
    without_minutes,
)
from tuiretro.service import retros

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

LATER = "to VOTE, stage 6"
"""A copy of the workspace is kept of when this step has been taken."""
FORMER = "note 'plan less'"
SCRIPT = tuple(steps())


@dataclass(frozen=True)
class Led:
    """A retro that was led from its beginning to its end."""

    place: Path
    folder: Path
    keys: int
    states: list[Kept]
    """Before the first step, and after each."""

    def after(self, what: str) -> int:
        """How many steps had been taken after one of them."""
        return next(at for at, step in enumerate(SCRIPT, 1) if step.what == what)


@pytest.fixture(scope="module")
def whole(finished_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Led:
    folder = tmp_path_factory.mktemp("retro")
    place = folder / "workspace"
    shutil.copytree(finished_demo, place)
    states = [kept(place, folder)]
    with led(place, folder) as terminal:
        typist = Typist(terminal)
        for step in SCRIPT:
            step.work(typist)
            states.append(kept(place, folder))
            if step.what == LATER:
                shutil.copytree(place, folder / "later")
        typist.press("q")
        typist.see("Read logs *Ravi")
        typist.press("q")
        assert terminal.wait() == 0
    return Led(place, folder, typist.keys, states)


def test_a_whole_retro_is_led_with_keys_alone(whole: Led) -> None:
    workspace = opened_at(whole.place)
    here = retros.room(workspace, workspace.store.teams()[0])
    assert here.retro.is_over
    assert here.retro.changes == ()
    assert len(here.retro.format.stages) == 9
    assert set(here.retro.seen) >= {stage.id for stage in here.retro.format.stages}
    texts = {
        column.title: [n.text for n in here.board.notes if n.column == column.id]
        for column in here.retro.format.columns
    }
    assert texts == dict(zip(COLUMNS, map(list, NOTES), strict=True))
    assert [(topic.title, len(topic.notes)) for topic in here.topics] == [(name, 4) for name in GROUPS.values()]
    assert [topic.votes for topic in here.topics] == [4, 4, 5, 0, 1, 0]
    assert here.board.voters == 4
    assert [action.owner for action in here.actions[-3:]] == ["Jo", "Mina", "Ravi"]
    assert here.board.decided == tuple(action.id for action in here.actions[-3:])
    assert [release.answered for release in here.retro.released.values()] == [4, 4]


def test_its_summary_tells_what_was_decided_first_and_names_owners_only_when_asked(whole: Led) -> None:
    page = summary(whole.place)
    written = (whole.folder / FILE).read_text(encoding="utf-8")
    decided, reviewed, topics, checks = (part.strip() for part in page.split("\n## ")[1:])
    assert "- **Demos** (due 12 Dec 2026, Jo)" in decided
    assert "- **Read logs** (due 7 Dec 2026, Ravi)\n  - Done when: Ten read" in decided
    assert decided.count("\n- **") == 3
    assert [line.rsplit(": ", 1)[1] for line in reviewed.splitlines() if line.startswith("- ")] == [
        "kept until 15 Nov 2026",
        "moved until 14 Dec 2026",
        "done",
    ]
    assert [line.split("**")[1] for line in topics.splitlines() if line.startswith("- ")] == list(BY_VOTES)
    assert "- **Tests** (4 notes, 4 votes (a tie), discussed)\n  - test prompts (Start)" in topics
    assert topics.count("\n  - ") == 24
    assert [line for line in checks.splitlines() if line.startswith("- ")] == [
        "- Right now I can say in this retro what I really think. 4.0 ±0.9 (4 of 8 answered)",
        "- This retro was worth the time that it took. 4.0 ±0.9 (4 of 8 answered)",
    ]

    unnamed = page
    for owner in ("Jo", "Mina", "Ravi", "Tomas"):
        unnamed = unnamed.replace(f", {owner})", ")")
        assert owner not in written
    assert without_minutes(written).replace("**This retro is still under way.**\n\n", "") == unnamed


@pytest.mark.parametrize(
    ("start", "end", "every"), [pytest.param("", FORMER, 23, id="notes"), pytest.param(LATER, "end", 41, id="votes")]
)
def test_whoever_kills_the_program_after_a_key_goes_on_to_the_same_summary(
    whole: Led, finished_demo: Path, tmp_path: Path, start: str, end: str, every: int
) -> None:
    """Every key in turn is `python -m tests.torture retro`."""
    began, ended = whole.after(start) if start else 0, whole.after(end)
    place = tmp_path / "workspace"
    shutil.copytree(whole.folder / "later" if start else finished_demo, place)
    trial = Killing(place, tmp_path, random.Random(1), every)
    trial.lead(SCRIPT[began:ended], whole.states[began : ended + 1])
    assert trial.outcome.faults == []
    assert trial.outcome.counts["kills"] in range(2, 9)
    if end == SCRIPT[-1].what:
        assert summary(place) == summary(whole.place)


def test_what_is_lost_doubled_or_shown_wrongly_after_a_kill_is_noticed(whole: Led, tmp_path: Path) -> None:
    first, second, *_, last = whole.states
    trial = Killing(whole.place, whole.folder, random.Random(1))
    with Terminal(["true"], cwd=tmp_path) as terminal:
        hand = Mortal(terminal, 1, None)
        assert trial.judged(Step("right", lambda _: None), hand, hand, second, last)
        assert trial.outcome.faults == []
        assert not trial.judged(Step("neither", lambda _: None), hand, hand, first, second)
        hand.was_told = True
        assert not trial.judged(Step("lost", lambda _: None), hand, hand, last, second)
        assert trial.judged(Step("unseen", lambda _: None, "something"), hand, hand, second, last)
    neither, lost, unseen = trial.outcome.faults
    assert "neither before nor after" in neither
    assert "it was told, and is lost" in lost
    assert "kept True, and shown False" in unseen
