from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from tests.library.conftest import a_mistake, a_survey
from tuiretro.library import forms
from tuiretro.library.rules import Rule
from tuiretro.model.survey import Facet, Headline, Mistake, Play, Survey, SurveyItem

Change = Callable[[Any], object]

MISTAKES = ("slow-tools", "long-queues")


@pytest.mark.parametrize(
    ("struct", "form", "optional"),
    [
        (Mistake, forms.MISTAKE, set()),
        (Headline, forms.HEADLINE, {"version"}),
        (Facet, forms.FACET, {"version"}),
        (Play, forms.PLAY, {"template"}),
        (Survey, forms.SURVEY, forms.SURVEY_OPTIONAL),
        (SurveyItem, forms.ITEM, forms.ITEM_OPTIONAL),
    ],
)
def test_each_form_has_the_keys_of_its_struct(
    struct: type[msgspec.Struct], form: dict[str, Rule], optional: set[str]
) -> None:
    fields = msgspec.structs.fields(struct)
    assert list(form) == [field.name for field in fields]
    assert optional == {field.name for field in fields if not field.required}


def test_what_has_no_fault_decodes() -> None:
    full_mistake, full_survey = a_mistake(), a_survey("safety")
    full_mistake["facets"][0]["version"] = 2
    full_mistake["headline"]["version"] = 3
    full_mistake["plays"][0]["template"] = "data-card"
    full_survey |= {"kind": "items", "credits": ["made up"]}
    full_survey["items"][0] |= {"core": True, "theme": "safety", "version": 2}
    assert list(forms.mistake_faults(full_mistake)) == []
    assert list(forms.survey_faults(full_survey, MISTAKES)) == []
    assert msgspec.convert(full_mistake, Mistake).deep_dive[0].version == 2
    assert msgspec.convert(full_survey, Survey).core[0].id == "safety.item-1"


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (
            lambda m: m["headline"].update(id="other"),
            ["headline.id: expected the mistake's own id, found 'other'"],
        ),
        (
            lambda m: m["facets"].append(m["facets"][0] | {"id": "more", "text": "In this sprint more."}),
            [
                "facets: expected exactly 3 facets, found 4",
                "plays: expected at least one play for the facet 'more', found none",
            ],
        ),
        (
            lambda m: m["facets"][2].update(id="builds"),
            [
                "facets.3.id: expected an id of its own, found 'builds' as in number 1",
                "plays.time-queues.facet: expected the id of one of this mistake's facets, found 'queues'",
            ],
        ),
        (
            lambda m: m["plays"][1].update(facet="laptop"),
            [
                "plays.time-laptops.facet: expected the id of one of this mistake's facets, found 'laptop'; "
                "did you mean 'laptops'?",
                "plays: expected at least one play for the facet 'laptops', found none",
            ],
        ),
        (
            lambda m: m["plays"][2].update(effort="S"),
            ["plays: expected the efforts S, M and L among them, found no L"],
        ),
        (
            lambda m: m["plays"][0].update(effort="XL"),
            [
                "plays.time-builds.effort: expected S, M or L, found 'XL'; did you mean 'L'?",
                "plays: expected the efforts S, M and L among them, found no S",
            ],
        ),
        (
            lambda m: m["plays"][1].update(id="time-builds"),
            ["plays.2.id: expected an id of its own, found 'time-builds' as in number 1"],
        ),
        (
            lambda m: m["facets"][1].update(text=m["headline"]["text"].upper() + " "),
            ["facets.laptops.text: expected a statement of its own, found that of headline.text"],
        ),
        (
            lambda m: m.update(theme="dat"),
            [
                "theme: expected safety, direction, data, trust, quality, people or own, found 'dat'; "
                "did you mean 'data'?"
            ],
        ),
        (
            lambda m: m["facets"][0].update(text="word " * 21),
            ["facets.builds.text: expected at most 20 words, found 21"],
        ),
        (
            lambda m: m["headline"].update(short="x" * 37),
            ["headline.short: expected at most 36 characters, found 37"],
        ),
        (
            lambda m: m["plays"][0].update(title="x" * 61),
            ["plays.time-builds.title: expected at most 60 characters, found 61"],
        ),
        (lambda m: m.update(headline="x"), ["headline: expected a table, found text"]),
        (lambda m: m.pop("facets"), None),
        (lambda m: m.update(plays={}), ["plays: expected tables that start with [[plays]], found a table"]),
        (lambda m: m["plays"].append(3), ["plays.4: expected a table, found a whole number"]),
        (
            lambda m: (m.update(nummer=m.pop("number")), m["signs"].append(""), m["plays"][0].pop("why")),
            [
                "nummer: unknown key; did you mean 'number'?",
                "signs.2: expected some text, found none",
                "plays.time-builds.why: expected text, found nothing",
            ],
        ),
    ],
)
def test_every_fault_of_a_mistake_is_named_at_once(change: Change, faults: list[str] | None) -> None:
    mistake = a_mistake()
    change(mistake)
    found = [f"{key}: {message}" for key, message in forms.mistake_faults(mistake)]
    if faults is None:
        assert found[0] == "facets: expected tables that start with [[facets]], found nothing"
    else:
        assert found == faults


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (lambda s: s.pop("items"), ["items: expected 1 to 100 items, found 0"]),
        (
            lambda s: s.update(items=[s["items"][0] | {"id": f"i{n}", "text": f"Text {n}."} for n in range(101)]),
            ["items: expected 1 to 100 items, found 101"],
        ),
        (lambda s: s.update(kind="pulse"), ["items: expected none in a survey of kind 'pulse', found 2"]),
        (
            lambda s: s.update(kind="puls"),
            ["kind: expected items, pulse or process, found 'puls'; did you mean 'pulse'?"],
        ),
        (lambda s: s.update(kind=["pulse"]), ["kind: expected items, pulse or process, found a list"]),
        (
            lambda s: s["items"][1].update(id="item-1"),
            ["items.2.id: expected an id of its own, found 'item-1' as in number 1"],
        ),
        (
            lambda s: s["items"][1].update(text="In this  sprint Meetings began on time."),
            ["items.item-2.text: expected a statement of its own, found that of items.item-1.text"],
        ),
        (
            lambda s: s["items"][0].update(core=True),
            ["items.item-1.core: expected false outside the safety survey, found true"],
        ),
        (
            lambda s: s["items"][0].update(mistakes=["slow-tools", "slow-tool", "cats"]),
            [
                "items.item-1.mistakes.2: expected the id of a mistake, found 'slow-tool'; did you mean 'slow-tools'?",
                "items.item-1.mistakes.3: expected the id of a mistake, found 'cats'",
            ],
        ),
        (
            lambda s: s["items"][0].update(mistakes="slow-tools"),
            ["items.item-1.mistakes: expected a list of texts, found text"],
        ),
        (
            lambda s: s["items"][0].update(mistakes=[1]),
            [
                "items.item-1.mistakes.1: expected an id such as 'data-cleaning', at most 40 characters, "
                "found a whole number"
            ],
        ),
        (
            lambda s: s["items"][0].update(version=0),
            ["items.item-1.version: expected a whole number from 1 to 999, found a lower one"],
        ),
        (
            lambda s: s.update(intro="x" * 301),
            ["intro: expected at most 300 characters, found 301"],
        ),
        (lambda s: s.update(plays=[]), [": expected a survey, found a mistake; surveys have [[items]]"]),
    ],
)
def test_every_fault_of_a_survey_is_named_at_once(change: Change, faults: list[str]) -> None:
    survey = a_survey()
    change(survey)
    found = [f"{key}: {message}" for key, message in forms.survey_faults(survey, MISTAKES)]
    assert found == faults


def test_surveys_that_pick_from_the_catalogue_need_no_items() -> None:
    for kind in ("pulse", "process"):
        survey = a_survey() | {"kind": kind, "items": []}
        assert list(forms.survey_faults(survey, MISTAKES)) == []


def test_markup_in_texts_is_plain_text() -> None:
    survey = a_survey() | {"title": "[b]Meetings[/b] <i> *x* [/]"}
    assert list(forms.survey_faults(survey, MISTAKES)) == []
