"""Invented teams in numbers: what the rates of docs/numbers.md were measured on, played through the real rules.

A person has a lasting opinion on every item and some wobble around it; moods move a person, or all, for a sprint. What
is asked, released, judged and listed is decided by the project's own functions.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from math import sqrt

from msgspec import Struct

from tests.core.decision_histories import CORE, HEADLINES, NUMBERS
from tuiretro.core import focus, rotation
from tuiretro.core.figures import shown_mean
from tuiretro.core.focus import FocusList
from tuiretro.core.signals import Judgement, judge
from tuiretro.model.release import History, ItemResult, Release
from tuiretro.model.survey import Question
from tuiretro.model.team import Sprint

QUESTIONS = (*CORE, *HEADLINES)
MINIMUM = 4
Effect = Callable[[int, str], float]
"""Latent points that a sprint adds to an item."""


class World(Struct, frozen=True):
    """How people answer, in latent points; the defaults are the base case of the rates."""

    people: int = 7
    pulse: int = 16
    sprints: int = 14
    response: float = 0.85
    within: float = 0.95
    """How far people lie apart on one item; each item's own lies `within_by` around it."""
    within_by: float = 0.0
    lasting: float = 0.6
    """Share of that variance which a person keeps: how much two answers of one person correlate."""
    mood: float = 0.15
    personal: float = 0.0
    """What moves all answers of one person in a sprint."""
    drift: float = 0.0
    """The most that an item moves by in each sprint, up or down, as long as the team lasts."""
    mean: float = 3.6
    spread: float = 0.5


class Played(Struct, frozen=True):
    """A team's past."""

    history: History
    judgements: tuple[Judgement, ...]
    lists: tuple[FocusList, ...]
    levels: Mapping[str, float]
    """By item: where it starts, in latent points."""


def _none(_sprint: int, _item: str) -> float:
    return 0.0


def play(world: World, seed: int, effect: Effect = _none) -> Played:
    """A team asked sprint by sprint; the same seed gives the same team.

    Args:
        world: How people answer.
        seed: Which people.
        effect: What happens to the items.
    """
    chance = random.Random(seed)
    levels = {q.id: chance.gauss(world.mean, world.spread) for q in QUESTIONS}
    ways = {q.id: chance.uniform(-world.drift, world.drift) for q in QUESTIONS}
    within = {q.id: world.within + chance.uniform(-world.within_by, world.within_by) for q in QUESTIONS}
    lasting = {(p, q.id): chance.gauss(0, 1) for p in range(world.people) for q in QUESTIONS}
    history = History(questions=QUESTIONS)
    lists: tuple[FocusList, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    for sprint in range(1, world.sprints + 1):
        entries = lists[-1].entries if lists else ()
        asked = rotation.pulse(HEADLINES, (), CORE, history, entries, world.pulse)
        mood = chance.gauss(0, world.mood)
        here = [p for p in range(world.people) if chance.random() < world.response]
        moods = {p: mood + chance.gauss(0, world.personal) for p in here}

        def answers(item: str, sprint: int = sprint, moods: Mapping[int, float] = moods) -> Iterator[int]:
            level = levels[item] + ways[item] * sprint + effect(sprint, item)
            for person, feeling in moods.items():
                kept, fresh = sqrt(world.lasting) * lasting[person, item], sqrt(1 - world.lasting) * chance.gauss(0, 1)
                yield min(max(round(level + within[item] * (kept + fresh) + feeling), 1), 5)

        items = tuple(_result(question, list(answers(question.id))) for question in asked)
        history = History((*history.releases, _release(sprint, world.people, len(here), items)), QUESTIONS)
        judgements = judge(history, ())
        lists = focus.replay(history, judgements, NUMBERS)
    return Played(history, judgements, lists, levels)


def _result(question: Question, answers: list[int]) -> ItemResult:
    if len(answers) < MINIMUM:
        return ItemResult(question.id, question.version)
    return ItemResult(question.id, question.version, len(answers), shown_mean(answers))


def _release(sprint: int, people: int, answered: int, items: tuple[ItemResult, ...]) -> Release:
    starts = date(2026, 1, 5) + timedelta(weeks=2 * sprint)
    span = Sprint(sprint, starts, starts + timedelta(days=13))
    return Release(f"{sprint:016x}", span, "pulse", "Pulse", people, MINIMUM, answered, items)
