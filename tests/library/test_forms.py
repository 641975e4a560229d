from __future__ import annotations

import msgspec
import pytest

from tests.library.conftest import a_language, a_mistake, a_survey, some_plays
from tuiretro.core.translation import Texts
from tuiretro.library import forms
from tuiretro.library.judging import MorePlays
from tuiretro.library.rules import Rule
from tuiretro.model.survey import Facet, Headline, Language, Mistake, Play, Survey, SurveyItem

FORMS: dict[type[Texts], dict[str, Rule]] = {
    Mistake: forms.MISTAKE,
    Headline: forms.HEADLINE,
    Facet: forms.FACET,
    Play: forms.PLAY,
    Survey: forms.SURVEY,
    SurveyItem: forms.ITEM,
}
"""Of everything that is translated in place."""
SPOKEN = {(struct, "language") for struct in (Headline, Facet, SurveyItem)}


@pytest.mark.parametrize(
    ("struct", "form", "optional"),
    [
        (Mistake, forms.MISTAKE, {"translations"}),
        (Headline, forms.HEADLINE, forms.ASKED_OPTIONAL),
        (Facet, forms.FACET, forms.ASKED_OPTIONAL),
        (Play, forms.PLAY, forms.PLAY_OPTIONAL),
        (Survey, forms.SURVEY, forms.SURVEY_OPTIONAL),
        (SurveyItem, forms.ITEM, forms.ITEM_OPTIONAL),
        (MorePlays, forms.MORE_PLAYS, set()),
        (Language, forms.LANGUAGE, forms.LANGUAGE_OPTIONAL),
    ],
)
def test_each_form_has_the_keys_of_its_struct(
    struct: type[msgspec.Struct], form: dict[str, Rule], optional: set[str]
) -> None:
    # No file says in which language an item is: its texts are in English, and its translations under their code.
    fields = [field for field in msgspec.structs.fields(struct) if (struct, field.name) not in SPOKEN]
    assert list(form) == [field.encode_name for field in fields]
    assert optional == {field.encode_name for field in fields if not field.required}


@pytest.mark.parametrize("struct", FORMS, ids=lambda struct: struct.__name__)
def test_every_text_of_a_struct_can_be_translated_and_nothing_else(struct: type[Texts]) -> None:
    rule = FORMS[struct]["translations"]
    texts: dict[str, object] = {key: ["Una señal."] if key == "signs" else "Un texto." for key in struct.TEXTS}
    assert list(rule({"es": texts, "de": {}})) == []
    assert {fault.key for fault in rule({"es": dict.fromkeys(FORMS[struct], "Un texto.") | texts})} == {
        f"es.{key}" for key in FORMS[struct] if key not in texts
    }


@pytest.mark.parametrize(
    ("translations", "faults"),
    [
        (3, [("translations", "expected a table of languages, found a whole number")]),
        ([], [("translations", "expected a table of languages, found a list")]),
        ({"es": []}, [("translations.es", "expected a table, found a list")]),
        ({"es": {"text": {}}}, [("translations.es.text", "expected text, found a table")]),
        ({"es": {"txt": "Hola."}}, [("translations.es.txt", "unknown key; did you mean 'text'?")]),
        (
            {"es": {"version": 0}},
            [("translations.es.version", "expected a whole number from 1 to 999, found a lower one")],
        ),
        ({"es": {"version": "2"}}, [("translations.es.version", "expected a whole number from 1 to 999, found text")]),
        ({"es": {"text": ""}}, [("translations.es.text", "expected some text, found none")]),
        (
            {"es": {"text": "\u202ehola"}},
            [("translations.es.text", "expected plain text, found the control character U+202E")],
        ),
        ({"es": {"text": "uno " * 26}}, [("translations.es.text", "expected at most 25 words, found 26")]),
        ({"es": {"text": "x" * 261}}, [("translations.es.text", "expected at most 260 characters, found 261")]),
        ({"es": {"short": "x" * 37}}, [("translations.es.short", "expected at most 36 characters, found 37")]),
        (
            {"en": {"text": "Hello."}},
            [("translations.en", "expected another language; English stands in the texts themselves")],
        ),
        (
            {"spanish": {}},
            [("translations.spanish", "expected a code of a language such as 'es' or 'pt-br', found 'spanish'")],
        ),
    ],
)
def test_each_fault_of_a_translation_has_its_sentence(translations: object, faults: list[tuple[str, str]]) -> None:
    survey = a_survey()
    survey["items"][0]["translations"] = translations
    assert list(forms.survey(survey)) == [(f"items.item-1.{key}", message) for key, message in faults]


def test_translated_sentences_may_be_longer_than_english_ones() -> None:
    mistake = a_mistake()
    mistake["headline"]["translations"] = {"es": {"text": "uno " * 25}}
    mistake["plays"][0]["translations"] = {"es": {"why": "x" * 330, "title": "x" * 60}}
    assert list(forms.mistake(mistake)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"scale": ["a"] * 4}, ("scale", "expected exactly 5, found 4")),
        ({"scale": "abcde"}, ("scale", "expected a list of texts, found text")),
        ({"scale": ["a", "b", "c", "d", 5]}, ("scale.5", "expected text, found a whole number")),
        ({"reviewed": "no"}, ("reviewed", "expected true or false, found text")),
        ({"title": "x" * 31}, ("title", "expected at most 30 characters, found 31")),
        (
            {"colour": 1},
            ("colour", "unknown key; expected id, title, name, reviewed, scale, unsure, notice or version"),
        ),
        ({"id": "Spanish"}, ("id", "expected a code of a language such as 'es' or 'pt-br', found 'Spanish'")),
    ],
)
def test_each_fault_of_a_language_has_its_sentence(change: dict[str, object], fault: tuple[str, str]) -> None:
    assert list(forms.language_file(a_language() | change)) == [fault]


def test_each_kind_of_file_is_known_by_its_keys() -> None:
    assert [forms.is_mistake(table) for table in (a_mistake(), a_survey(), some_plays())] == [True, False, False]
    assert [forms.is_more_plays(table) for table in (a_mistake(), a_survey(), some_plays())] == [False, False, True]
    assert not forms.is_mistake(a_survey() | {"plays": []})
    assert not forms.is_more_plays(a_survey() | {"for": "slow-tools"})
    assert not forms.is_more_plays(a_mistake() | {"for": "slow-tools"})
