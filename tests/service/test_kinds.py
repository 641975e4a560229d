"""The kinds of surveys that pick their statements from the catalogue, as rounds."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.service.conftest import a_team, answer
from tuiretro.errors import BadInputError
from tuiretro.model.survey import THEMES
from tuiretro.model.team import Team
from tuiretro.service import insight, rounds
from tuiretro.service.workspace import Workspace


def test_the_id_of_a_mistake_opens_its_deep_dive(either: Workspace) -> None:
    team = a_team(either)
    mistake = either.library.mistake("data-cleaning")
    opened = rounds.open_round(either, team, "data-cleaning")

    assert opened.questions == (mistake.question, *mistake.deep_dive)
    assert (opened.survey, opened.title) == ("data-cleaning", f"Deep dive: {mistake.title}")
    answer(either, team, opened, 5)
    assert rounds.close(either, team).survey == "data-cleaning"
    assert insight.summary(either, team).title == opened.title


def test_a_deep_dive_of_nothing_opens_nothing(workspace: Workspace, atlas: Team) -> None:
    with pytest.raises(BadInputError, match=r"A deep dive is about one mistake.*Nothing was opened"):
        rounds.open_round(workspace, atlas, "deep-dive")
    assert workspace.store.round(atlas.id) is None


def test_the_quarterly_survey_asks_all_of_safety_and_every_headline(workspace: Workspace, atlas: Team) -> None:
    asked = rounds.open_round(workspace, atlas, "quarterly").questions

    assert Counter(q.theme for q in asked) == {"safety": 8, **dict.fromkeys(THEMES[1:6], 4)}
    assert sum(q.is_headline for q in asked) == 20
