"""The catalogue keeps its form: ids, numbers, themes, facets, plays and what they name."""

from __future__ import annotations

import re
from collections import Counter

from tests.surveys.shelf import books, file_of, items, library, plays
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


def safety() -> Survey:
    return library().survey("safety")


def test_the_bundled_files_have_no_problems() -> None:
    assert [str(problem) for problem in library().problems()] == []


def test_there_are_the_twenty_mistakes_with_their_themes_and_facets() -> None:
    found: dict[str, dict[int, tuple[str, tuple[str, ...]]]] = {theme: {} for theme in CATALOGUE}
    for mistake in library().mistakes():
        found[mistake.theme][mistake.number] = (mistake.id, tuple(facet.id for facet in mistake.facets))
    assert found == CATALOGUE


def test_every_mistake_names_its_section_of_the_source() -> None:
    odd = [
        f"{file_of(m)}: source is {m.source!r}"
        for m in library().mistakes()
        if not re.fullmatch(rf".*, section {m.number}", m.source)
    ]
    assert odd == []


def test_every_mistake_has_three_to_five_signs() -> None:
    odd = [f"{file_of(m)}: {len(m.signs)} signs" for m in library().mistakes() if not 3 <= len(m.signs) <= 5]
    assert odd == []


def test_every_mistake_has_five_or_six_plays_small_middle_and_large() -> None:
    odd = []
    for mistake in library().mistakes():
        absent = {"S", "M", "L"} - {play.effort for play in mistake.plays}
        if not 5 <= len(mistake.plays) <= 6:
            odd.append(f"{file_of(mistake)}: {len(mistake.plays)} plays, expected 5 or 6")
        if absent:
            odd.append(f"{file_of(mistake)}: no play of effort {sorted(absent)}")
    assert odd == []


def test_every_facet_and_every_safety_item_has_a_play() -> None:
    odd = [
        f"{file_of(book)}: no play for '{side}'"
        for book in books()
        for side in book.sides.values()
        if side not in {play.facet for play in book.plays}
    ]
    assert odd == []


def test_plays_have_ids_of_their_own_over_the_whole_catalogue() -> None:
    uses = Counter(placed.play.id for placed in plays())
    assert [placed.place for placed in plays() if uses[placed.play.id] > 1] == []


def test_every_template_is_named_by_a_play_and_every_one_that_is_named_is_there() -> None:
    named = {placed.play.template: placed.place for placed in plays() if placed.play.template}
    there = {template.id for template in library().templates()}
    assert [f"templates/{id_}.md: no play names it" for id_ in sorted(there - named.keys())] == []
    assert [f"{named[id_]}: there is no template '{id_}'" for id_ in sorted(named.keys() - there)] == []
    assert len(there) == 18


def test_each_survey_has_its_kind() -> None:
    kinds = {survey.id: survey.kind for survey in library().surveys()}
    assert kinds == {
        "safety": "items",
        "pulse": "pulse",
        "process": "process",
        "quarterly": "quarterly",
        "deep-dive": "dive",
    }


def test_safety_has_eight_items_and_four_of_them_are_core() -> None:
    assert (len(safety().items), len(safety().core)) == (8, 4)


def test_every_safety_item_bears_on_culture() -> None:
    odd = [item.id for item in safety().items if item.theme != "safety" or "culture" not in item.mistakes]
    assert odd == []


def test_safety_plays_are_small_middle_and_large() -> None:
    assert {play.effort for play in safety().plays} == {"S", "M", "L"}


def test_everything_that_can_be_asked_is_looked_at() -> None:
    assert len(items()) == 20 + 60 + 8
    assert len(plays()) == sum(len(book.plays) for book in books()) > 100
    assert [book.id for book in books() if not isinstance(book, Mistake)] == ["safety"]
