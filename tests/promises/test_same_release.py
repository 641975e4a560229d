"""What the screen cannot show is not in the file: answers that differ only in what is not released look alike.

Pairs of answer sets with the same number, shown mean and spread word give the same release, the same pages of every
command and export, the same screens, and the same bytes on the disk.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import combinations_with_replacement
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.promises.pages import commands, screens
from tests.tui.seat import LARGE
from tests.tui.states import STARTS
from tuiretro.core.figures import released_spread, shown_mean
from tuiretro.core.release import item_result
from tuiretro.model.round import Sheet
from tuiretro.model.survey import Question
from tuiretro.service import rounds, teams
from tuiretro.service.workspace import open_workspace

pytestmark = pytest.mark.no_cover
"""What is covered here is covered on its own floor; watching these takes minutes."""

PEOPLE, SPRINTS = 8, 6
Answers = tuple[int, ...]
Seen = tuple[float, str | None]


@cache
def alike(n: int) -> Mapping[Seen, Sequence[Answers]]:
    """All answer sets of one size, by what may be shown of them."""
    found: dict[Seen, list[Answers]] = {}
    for answers in combinations_with_replacement(range(1, 6), n):
        found.setdefault((shown_mean(list(answers)), released_spread(list(answers))), []).append(answers)
    return {seen: sets for seen, sets in found.items() if len(sets) > 1}


@st.composite
def pairs(draw: st.DrawFn, sizes: st.SearchStrategy[int]) -> tuple[Answers, Answers]:
    """Two different answer sets of one size of which the same may be shown."""
    sets = draw(st.sampled_from(list(alike(draw(sizes)).values())))
    one, other = draw(st.lists(st.sampled_from(sets), min_size=2, max_size=2, unique=True))
    return one, other


@given(pairs(st.integers(4, 10)))
@settings(max_examples=500, deadline=None)
def test_the_release_of_an_item_is_the_same(pair: tuple[Answers, Answers]) -> None:
    question = Question("safety.bad-news", "Bad news", "In this sprint ...", "safety")
    one, other = (item_result(question, tuple(Sheet({question.id: value}) for value in answers), 4) for answers in pair)
    assert one == other


Story = tuple[tuple[Answers, ...], ...]
"""By sprint and item: what was answered."""


def live(place: Path, story: Story) -> None:
    """A team that answers so, sprint after sprint; the first two items differ from pair to pair."""
    clock = [STARTS]
    workspace = open_workspace(place, today=lambda: clock[0], chance=random.Random(1))
    team = teams.add(workspace, "Atlas", people=PEOPLE, starts=STARTS, every="2 weeks")
    for sprint, asked in enumerate(story):
        clock[0] = STARTS + timedelta(weeks=2 * sprint, days=7)
        opened = rounds.open_round(workspace, team)
        for person in range(len(asked[0])):
            told: dict[str, int | None] = {
                q.id: asked[at % len(asked)][person] for at, q in enumerate(opened.questions)
            }
            rounds.answer(workspace, team, opened, Sheet(told))
        rounds.close(workspace, team)
    clock[0] = STARTS + timedelta(weeks=2 * (len(story) - 1), days=8)


@st.composite
def stories(draw: st.DrawFn) -> tuple[Story, Story]:
    """Two stories of which the same may be shown."""
    sizes = [draw(st.integers(5, PEOPLE)) for _ in range(SPRINTS)]
    asked = [[draw(pairs(st.just(n))) for _ in range(3)] for n in sizes]
    one, other = (tuple(tuple(pair[side] for pair in sprint) for sprint in asked) for side in (0, 1))
    return one, other


def everything(place: Path) -> dict[str, bytes]:
    """Every file that stays."""
    return {str(path.relative_to(place)): path.read_bytes() for path in sorted(place.rglob("*.json"))}


@given(stories())
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_command_export_and_file_is_the_same_to_the_byte(pair: tuple[Story, Story]) -> None:
    with TemporaryDirectory() as folder:
        seen = []
        for name, story in zip(("one", "two"), pair, strict=True):
            place = Path(folder) / name / "workspace"
            live(place, story)
            store = open_workspace(place, today=date.today).store
            pages = commands(place, store.history(store.teams()[0].id))
            shown = {words: text.replace(str(place), "") for words, text in pages.items()}
            seen.append((everything(place), shown))
        assert seen[0] == seen[1]


async def test_every_screen_is_the_same_to_the_byte(tmp_path: Path) -> None:
    chance = random.Random(1)
    sides: tuple[list[tuple[Answers, ...]], list[tuple[Answers, ...]]] = ([], [])
    for _ in range(SPRINTS):
        sets = [chance.sample(list(chance.choice(list(alike(7).values()))), 2) for _ in range(3)]
        for side, story in enumerate(sides):
            story.append(tuple(one[side] for one in sets))
    seen = []
    for name, story in zip(("one", "two"), sides, strict=True):
        place = tmp_path / name / "workspace"
        live(place, tuple(story))
        store = open_workspace(place, today=date.today).store
        seen.append(await screens(place, store.history(store.teams()[0].id), (LARGE,)))
    assert seen[0] == seen[1]
