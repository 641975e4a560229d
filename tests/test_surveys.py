"""The bundled catalogue keeps its form: ids, facets, and the rules for writing items."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import combinations

import pytest

from tuiretro.library import Library
from tuiretro.model.survey import Mistake, Survey

CATALOGUE: dict[str, dict[int, tuple[str, tuple[str, str, str]]]] = {
    "direction": {
        1: ("software-mindset", ("research-gap", "iteration-loop", "ml-tooling")),
        4: ("success-metrics", ("smart-goals", "business-metrics", "accuracy-pitfall")),
        7: ("no-pilot", ("mvp", "technical-debt", "last-mile")),
        13: ("shiny-objects", ("practicality", "novelty-debt", "user-focus")),
    },
    "data": {
        2: ("data-cleaning", ("dark-data", "data-validation", "labelling")),
        5: ("model-drift", ("drift-sense", "monitoring", "retraining")),
        9: ("resource-costs", ("hidden-costs", "cloud-orchestration", "environment")),
        12: ("data-versioning", ("rollback", "tools", "data-cards")),
    },
    "trust": {
        3: ("interpretability", ("stakeholder-trust", "debugging", "compliance")),
        6: ("bias-fairness", ("cost-of-bias", "diverse-teams", "audits")),
        10: ("human-in-the-loop", ("safety-net", "feedback-loops", "empowerment")),
        11: ("privacy-security", ("pii", "ip-risk", "frameworks")),
    },
    "quality": {
        14: ("testing", ("behavioural", "adversarial", "ab-testing")),
        15: ("workflow-integration", ("interface", "latency", "legacy")),
        19: ("generative-ai", ("hallucinations", "prompting", "cost-quality")),
        20: ("automation", ("limits", "oversight", "customisation")),
    },
    "people": {
        8: ("communication-gaps", ("translator", "visualisation", "expectations")),
        16: ("culture", ("psychological-safety", "learning", "small-wins")),
        17: ("domain-expertise", ("context", "experts", "edge-cases")),
        18: ("documentation", ("bus-factor", "failed-experiments", "onboarding")),
    },
}

BANNED = re.compile(
    r"\b(and|or|not|no|nor|never|but|without|none|nobody|nothing|cannot|neither|either|both|hardly|rarely"
    r"|although|while|\w+n't|can't)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture(scope="module")
def mistakes(library: Library) -> tuple[Mistake, ...]:
    return library.mistakes()


@pytest.fixture(scope="module")
def safety(library: Library) -> Survey:
    return library.survey("safety")


@pytest.fixture(scope="module")
def items(mistakes: tuple[Mistake, ...], safety: Survey) -> dict[str, tuple[str, str]]:
    """Question id to label and statement, for everything that can be asked."""
    asked = [question for mistake in mistakes for question in (mistake.question, *mistake.deep_dive)]
    return {question.id: (question.short, question.text) for question in (*asked, *safety.questions)}


def test_the_bundled_files_have_no_problems(library: Library) -> None:
    assert [str(problem) for problem in library.problems()] == []


def test_there_are_the_twenty_mistakes_with_their_themes_and_facets(mistakes: tuple[Mistake, ...]) -> None:
    found: dict[str, dict[int, tuple[str, tuple[str, ...]]]] = {theme: {} for theme in CATALOGUE}
    for mistake in mistakes:
        found[mistake.theme][mistake.number] = (mistake.id, tuple(facet.id for facet in mistake.facets))
    assert found == CATALOGUE


def test_mistakes_have_three_to_five_signs_and_at_least_five_plays(mistakes: tuple[Mistake, ...]) -> None:
    assert [m.id for m in mistakes if not 3 <= len(m.signs) <= 5 or len(m.plays) < 5] == []


def test_plays_have_ids_of_their_own_over_all_mistakes(mistakes: tuple[Mistake, ...]) -> None:
    ids = [play.id for mistake in mistakes for play in mistake.plays]
    assert sorted(ids) == sorted(set(ids))


def test_each_survey_has_its_kind(library: Library) -> None:
    kinds = {survey.id: survey.kind for survey in library.surveys()}
    assert kinds == {"safety": "items", "pulse": "pulse", "process": "process"}


def test_safety_has_eight_items_and_four_of_them_are_core(safety: Survey) -> None:
    assert (len(safety.items), len(safety.core)) == (8, 4)


def test_every_safety_item_bears_on_culture(safety: Survey) -> None:
    assert all(item.theme == "safety" and "culture" in item.mistakes for item in safety.items)


def test_a_deep_survey_of_everything_has_eighty_questions(items: dict[str, tuple[str, str]]) -> None:
    assert len(items) == 20 + 60 + 8


def test_statements_are_one_short_sentence_about_this_sprint(items: dict[str, tuple[str, str]]) -> None:
    odd = [
        text
        for _, text in items.values()
        if not text.startswith("In this sprint ") or text.count(".") != 1 or text[-1] != "." or len(text.split()) > 20
    ]
    assert odd == []


def test_statements_and_labels_hold_one_positive_idea(items: dict[str, tuple[str, str]]) -> None:
    odd = [pair for pair in items.values() if BANNED.search(" ".join(pair))]
    assert odd == []


def test_no_two_statements_are_alike(items: dict[str, tuple[str, str]]) -> None:
    tails = [text.removeprefix("In this sprint ") for _, text in items.values()]
    alike = [(a, b) for a, b in combinations(tails, 2) if SequenceMatcher(None, a, b).ratio() >= 0.85]
    assert alike == []


def test_every_label_is_short_and_unique(items: dict[str, tuple[str, str]]) -> None:
    labels = sorted(short.lower() for short, _ in items.values())
    assert labels == sorted(set(labels))
    assert all(5 <= len(label) <= 36 for label in labels)
