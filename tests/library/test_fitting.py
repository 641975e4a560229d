from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from tests.library.conftest import a_dive, a_mistake, a_survey, some_plays
from tuiretro.library.fitting import Known, mistake_faults, more_plays_faults, survey_faults
from tuiretro.model.survey import Mistake, Survey

Change = Callable[[Any], object]

KNOWN = Known(("slow-tools", "long-queues"), ("data-card", "test-charter"))


def test_what_has_no_fault_decodes() -> None:
    full_mistake, full_survey = a_mistake(), a_survey("safety")
    full_mistake["facets"][0]["version"] = 2
    full_mistake["headline"]["version"] = 3
    full_mistake["plays"][0]["template"] = "data-card"
    full_survey |= {"kind": "items", "credits": ["made up"]}
    full_survey["items"][0] |= {"core": True, "theme": "safety", "version": 2}
    assert list(mistake_faults(full_mistake, KNOWN)) == []
    assert list(survey_faults(full_survey, KNOWN)) == []
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
        (
            lambda m: m["plays"][0].update(template="test-chart"),
            [
                "plays.time-builds.template: expected the id of a template, found 'test-chart'; "
                "did you mean 'test-charter'?"
            ],
        ),
        (
            lambda m: m["plays"][0].update(template=3),
            [
                "plays.time-builds.template: expected an id such as 'data-cleaning', at most 40 characters, "
                "found a whole number"
            ],
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
    found = [f"{key}: {message}" for key, message in mistake_faults(mistake, KNOWN)]
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
            ["kind: expected items, pulse, process, quarterly or dive, found 'puls'; did you mean 'pulse'?"],
        ),
        (lambda s: s.update(kind=["pulse"]), ["kind: expected items, pulse, process, quarterly or dive, found a list"]),
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
        (
            lambda s: s.update(plays=some_plays()["plays"], kind="quarterly", items=[]),
            [
                "plays: expected none in a survey of kind 'quarterly', found 1",
                "plays.buy-tools.facet: expected the id of one of this survey's items, found 'builds'",
            ],
        ),
        (
            lambda s: s.update(plays=[some_plays()["plays"][0] | {"facet": "item-3", "template": "data-crd"}]),
            [
                "plays.buy-tools.facet: expected the id of one of this survey's items, found 'item-3'; "
                "did you mean 'item-2'?",
                "plays.buy-tools.template: expected the id of a template, found 'data-crd'; did you mean 'data-card'?",
            ],
        ),
        (lambda s: s.update(plays={}), ["plays: expected tables that start with [[plays]], found a table"]),
        (
            lambda s: s.update(kind="dive", items=[]),
            ["kind: expected another kind, found 'dive'; every mistake has its deep dive already"],
        ),
        (lambda s: s.update(signs=[]), [": expected a survey, found a mistake; surveys have [[items]]"]),
        (
            lambda s: (s.pop("items"), s.update(some_plays())),
            [": expected a survey, found plays alone; these lie in a folder 'plays'"],
        ),
    ],
)
def test_every_fault_of_a_survey_is_named_at_once(change: Change, faults: list[str]) -> None:
    survey = a_survey()
    change(survey)
    found = [f"{key}: {message}" for key, message in survey_faults(survey, KNOWN)]
    assert found == faults


def test_surveys_that_pick_from_the_catalogue_need_no_items() -> None:
    for kind in ("pulse", "process", "quarterly"):
        survey = a_survey() | {"kind": kind, "items": []}
        assert list(survey_faults(survey, KNOWN)) == []


def test_markup_in_texts_is_plain_text() -> None:
    survey = a_survey() | {"title": "[b]Meetings[/b] <i> *x* [/]"}
    assert list(survey_faults(survey, KNOWN)) == []


def test_a_survey_may_have_plays_for_its_items() -> None:
    survey = a_survey() | {"plays": [some_plays()["plays"][0] | {"facet": "item-2"}]}
    assert list(survey_faults(survey, KNOWN)) == []
    assert msgspec.convert(survey, Survey).plays[0].facet == "item-2"


def test_the_deep_dive_itself_has_its_kind() -> None:
    assert list(survey_faults(a_dive(), KNOWN)) == []


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (lambda p: None, []),
        (
            lambda p: p["plays"][0].update(facet="build"),
            [
                "plays.buy-tools.facet: expected the id of one of the facets of 'slow-tools', found 'build'; "
                "did you mean 'builds'?"
            ],
        ),
        (
            lambda p: p["plays"][0].update(id="time-builds"),
            ["plays.time-builds.id: expected an id of its own, found 'time-builds', which stays with 01.toml"],
        ),
        (
            lambda p: p["plays"].append(p["plays"][0]),
            ["plays.2.id: expected an id of its own, found 'buy-tools' as in number 1"],
        ),
        (lambda p: p.update(plays={}), ["plays: expected tables that start with [[plays]], found a table"]),
        (lambda p: p.pop("plays"), ["plays: expected tables that start with [[plays]], found nothing"]),
        (lambda p: p.update(title="x"), ["title: unknown key; expected for or plays"]),
    ],
)
def test_every_fault_of_more_plays_is_named_at_once(change: Change, faults: list[str]) -> None:
    plays = some_plays()
    change(plays)
    target = msgspec.convert(a_mistake(), Mistake)
    found = [f"{key}: {message}" for key, message in more_plays_faults(plays, target, "01.toml", KNOWN)]
    assert found == faults


def test_plays_for_a_survey_are_for_its_items() -> None:
    target = msgspec.convert(a_survey(), Survey)
    assert list(more_plays_faults(some_plays("meetings", "item-1"), target, "meetings.toml", KNOWN)) == []
    ((key, message),) = more_plays_faults(some_plays("meetings"), target, "meetings.toml", KNOWN)
    assert (key, message) == (
        "plays.buy-tools.facet",
        "expected the id of one of the items of 'meetings', found 'builds'",
    )


def test_a_survey_without_items_of_its_own_takes_no_plays() -> None:
    target = Survey("pulse", "Pulse", "Hello.", kind="pulse")
    assert list(more_plays_faults(some_plays("pulse"), target, "pulse.toml", KNOWN)) == [
        ("for", "expected a mistake or a survey with items of its own, found 'pulse'")
    ]


def test_plays_for_what_is_broken_are_judged_alone() -> None:
    plays = some_plays() | {"colour": "red"}
    assert list(more_plays_faults(plays, None, "01.toml", KNOWN)) == [("colour", "unknown key; expected for or plays")]


@pytest.mark.parametrize(("points", "found"), [(7, "7"), (4, "4"), (6, "6"), (10, "10"), ("5", "text")])
def test_another_scale_is_refused_with_the_reason(points: object, found: str) -> None:
    (fault,) = survey_faults(a_survey() | {"points": points}, KNOWN)
    assert str(fault.key) == "points"
    assert fault.message.startswith(f"expected 5, found {found}; bands, spread words and thresholds were measured")


def test_five_points_may_be_said() -> None:
    assert list(survey_faults(a_survey() | {"points": 5}, KNOWN)) == []
