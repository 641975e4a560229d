"""Builds releases that are told, and finds lines in what is told."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping

from msgspec.structs import replace

from tests.core.decision_histories import CORE, HEADLINES, NUMBERS, release
from tests.core.rounds import SPRINT
from tests.model.mistakes import a_mistake
from tuiretro.core.summary import summarise
from tuiretro.model.action import Action
from tuiretro.model.release import History, Release
from tuiretro.model.summary import ItemLine, Summary, ThemeLine
from tuiretro.model.survey import Mistake
from tuiretro.model.team import Cadence, Every, Team

TEAM = Team("a1b2c3d4e5f60718", "Atlas", 8, (Cadence(1, SPRINT.starts, Every(2, "week")),))
ASKED = tuple(q.id for q in (*CORE, *HEADLINES))


def find(mistake: str) -> Mistake:
    return a_mistake(mistake, NUMBERS[mistake])


def told(
    past: History,
    actions: tuple[Action, ...] = (),
    *,
    changes: tuple[int, ...] = (),
    gone: Collection[str] = (),
) -> Summary:
    """The summary; mistakes in `gone` are in the catalogue no more."""
    numbers = {mistake: number for mistake, number in NUMBERS.items() if mistake not in gone}
    team = replace(TEAM, changes=changes)
    return summarise(team, past, actions, lambda wanted: None if wanted in gone else find(wanted), numbers)


def steady(sprints: int, seed: int = 1, **moved: Mapping[str, float]) -> list[Release]:
    """Releases of all headlines and the core; the keyword `sN` moves items of sprint N away from their usual mean."""
    chance = random.Random(seed)
    usual = {item: chance.choice([2.8, 3.1, 3.4, 3.7]) for item in ASKED}
    return [
        release(
            number,
            {
                item: on_scale(usual[item] + chance.choice([-0.1, 0.0, 0.1]) + moved.get(f"s{number}", {}).get(item, 0))
                for item in ASKED
            },
        )
        for number in range(1, sprints + 1)
    ]


def on_scale(value: float) -> float:
    return min(max(round(value, 1), 1.5), 4.5)


def item_line(summary: Summary, item: str) -> ItemLine:
    return next(line for theme in summary.themes for line in theme.items if line.id == item)


def theme_line(summary: Summary, theme: str) -> ThemeLine:
    return next(line for line in summary.themes if line.theme == theme)
