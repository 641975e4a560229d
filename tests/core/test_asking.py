from __future__ import annotations

import pytest

from tests.model.mistakes import a_mistake
from tuiretro.core.asking import by_theme, in_round, may_ask
from tuiretro.model.survey import THEMES, Language, Mistake, Question, Survey, SurveyItem, SurveyKind

MISTAKES: tuple[Mistake, ...] = tuple(
    a_mistake(f"m{number:02}", number, THEMES[1 + number % 5]) for number in range(1, 21)
)
SAFETY = Survey(
    "safety",
    "Safety",
    "Hello.",
    items=tuple(SurveyItem(f"s{number}", "Short", "Text.", "safety", core=number <= 4) for number in range(1, 9)),
)


def _asked(kind: SurveyKind, id_: str = "any") -> tuple[Question, ...]:
    return may_ask(Survey(id_, "Title", "Intro.", kind=kind), MISTAKES, SAFETY)


@pytest.mark.parametrize(
    ("kind", "questions", "safety", "headlines"),
    [("process", 80, 0, 20), ("quarterly", 28, 8, 20), ("pulse", 24, 4, 20)],
)
def test_each_kind_asks_its_part_of_the_catalogue(
    kind: SurveyKind, questions: int, safety: int, headlines: int
) -> None:
    asked = _asked(kind)

    assert len({question.id for question in asked}) == len(asked) == questions
    assert sum(question.theme == "safety" for question in asked) == safety
    assert sum(question.is_headline for question in asked) == headlines


def test_a_pulse_asks_the_core_alone_of_safety() -> None:
    assert _asked("pulse")[:4] == SAFETY.core


def test_a_deep_dive_asks_a_mistake_and_its_three_facets() -> None:
    assert [question.id for question in _asked("dive", "m07")] == ["m07", "m07.dark", "m07.valid", "m07.labels"]


def test_a_deep_dive_of_nothing_asks_nothing() -> None:
    assert _asked("dive", "gone") == ()


def test_a_survey_of_items_asks_these_and_nothing_of_the_catalogue() -> None:
    items = (
        SurveyItem("last", "Short", "Text."),
        SurveyItem("data", "Short", "Text.", "data"),
        SurveyItem("safe", "Short", "Text.", "safety"),
        SurveyItem("more", "Short", "Text.", "data"),
    )
    asked = may_ask(Survey("ours", "Ours", "Hello.", items=items), MISTAKES, SAFETY)

    assert [question.id for question in asked] == ["ours.safe", "ours.data", "ours.more", "ours.last"]


@pytest.mark.parametrize("kind", ["process", "quarterly", "pulse"])
def test_themes_come_in_their_order_and_mistakes_inside_by_number(kind: SurveyKind) -> None:
    asked = _asked(kind)
    themes = [THEMES.index(question.theme) for question in asked]

    assert themes == sorted(themes)
    assert by_theme(asked) == asked
    for theme in THEMES:
        mistakes = [question.id for question in asked if question.theme == theme and question.is_headline]
        assert mistakes == sorted(mistakes)


def test_a_round_asks_in_its_language_and_with_its_labels() -> None:
    french = Language("fr", "Français", "French", reviewed=True, scale=tuple("abcde"), version=2)
    asked = in_round(_asked("pulse"), french)

    assert [question.id for question in asked] == [question.id for question in _asked("pulse")]
    assert {(question.language, question.scale) for question in asked} == {("fr.2", tuple("abcde"))}
