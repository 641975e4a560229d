from __future__ import annotations

from msgspec.structs import replace

from tests.model.mistakes import a_mistake
from tuiretro.core.translation import Missing, in_language, languages, missing
from tuiretro.model.survey import Headline, Mistake, Survey, SurveyItem, Translations

PLAY_TEXTS = ("title", "why", "first_step", "done_when", "watch")


def _mistake() -> Mistake:
    """A mistake of which each part speaks some Spanish; one play speaks German."""
    plain = a_mistake()
    dark, *facets = plain.facets
    look, check, label = plain.plays
    return replace(
        plain,
        translations={"es": {"title": "Datos", "signs": ("Señal.",)}},
        headline=replace(plain.headline, translations={"es": {"short": "Corto", "text": "En este sprint ..."}}),
        facets=(replace(dark, translations={"es": {"short": "Oscuro"}}), *facets),
        plays=(
            replace(look, translations={"es": dict.fromkeys(PLAY_TEXTS, "Mirar.")}),
            replace(check, translations={"de": {"title": "Prüfen"}}),
            label,
        ),
    )


SURVEY = Survey(
    "ours",
    "Ours",
    "Hello.",
    items=(
        SurveyItem("one", "One", "First."),
        SurveyItem("two", "Two", "Second.", translations={"es": {"short": "Dos", "text": "Segundo."}}),
    ),
)


def test_every_translated_text_takes_the_place_of_the_english_one() -> None:
    spoken = in_language(_mistake(), "es")

    assert (spoken.title, spoken.signs, spoken.summary) == ("Datos", ("Señal.",), "Summary.")
    assert (spoken.headline.short, spoken.headline.text) == ("Corto", "En este sprint ...")
    assert [facet.short for facet in spoken.facets] == ["Oscuro", "Valid", "Labels"]
    assert [play.title for play in spoken.plays] == ["Mirar.", "Check the data", "Label the data"]


def test_ids_and_numbers_stay_as_they_are() -> None:
    spoken, plain = in_language(_mistake(), "es"), a_mistake()

    assert [q.id for q in (spoken.question, *spoken.deep_dive)] == [q.id for q in (plain.question, *plain.deep_dive)]
    assert [q.version for q in spoken.deep_dive] == [q.version for q in plain.deep_dive]
    assert [(play.id, play.effort) for play in spoken.plays] == [(play.id, play.effort) for play in plain.plays]


def test_a_translation_may_have_a_version_of_its_own() -> None:
    translated: Translations = {"es": {"text": "En este sprint ...", "version": 4}}
    mistake = replace(a_mistake(), headline=Headline("data-cleaning", "Short", "Text.", 3, translated))

    assert mistake.question.version == 3
    assert in_language(mistake, "es").question.version == 4
    assert in_language(mistake, "de").question.version == 3


def test_english_and_a_language_that_nothing_speaks_change_nothing() -> None:
    mistake = _mistake()

    assert in_language(mistake, "en") is mistake
    assert in_language(mistake, "fr") == mistake


def test_the_languages_of_a_thing_are_those_of_all_its_parts() -> None:
    assert languages(_mistake()) == {"es", "de"}
    assert languages(SURVEY) == {"es"}
    assert languages(a_mistake()) == frozenset()


def test_what_is_missing_is_named_with_its_table() -> None:
    assert list(missing(_mistake(), "es")) == [
        Missing("", ("summary",)),
        Missing("facets.dark", ("title", "text")),
        Missing("facets.valid", ("title", "short", "text")),
        Missing("facets.labels", ("title", "short", "text")),
        Missing("plays.check", PLAY_TEXTS),
        Missing("plays.label", PLAY_TEXTS),
    ]
    assert list(missing(SURVEY, "es")) == [Missing("", ("title", "intro")), Missing("items.one", ("short", "text"))]


def test_nothing_is_missing_in_english() -> None:
    assert list(missing(a_mistake(), "en")) == []
