from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.conftest import a_dive, a_language, a_mistake, a_survey, put, put_page, some_plays
from tuiretro.core.translation import Missing
from tuiretro.errors import NotFoundError
from tuiretro.library import Library


@pytest.fixture
def spanish(bundled: Path, own: Path) -> Library:
    """A mistake that speaks some Spanish, plays of it that speak some too, and a survey that speaks French."""
    mistake = a_mistake() | {"translations": {"es": {"title": "Herramientas lentas", "signs": ["Todo tarda."]}}}
    mistake["headline"]["translations"] = {"es": {"text": "Nuestras herramientas fueron rápidas."}}
    mistake["facets"][0]["translations"] = {"es": {"title": "Compilar"}}
    put(bundled / "mistakes" / "01-slow-tools.toml", mistake)
    put(bundled / "languages" / "es.toml", a_language())
    put(bundled / "deep-dive.toml", a_dive() | {"translations": {"es": {"title": "A fondo"}}})
    plays = some_plays()
    plays["plays"][0]["translations"] = {"es": {"title": "Comprar"}}
    put(own / "plays" / "slow-tools.toml", plays)
    survey = a_survey("kitchen")
    survey["items"][1]["translations"] = {"fr": {"text": "La cuisine était propre."}}
    put(own / "kitchen.toml", survey)
    return Library(own, bundled)


def test_each_text_is_translated_or_else_english(spanish: Library) -> None:
    mistake = spanish.speaking("es").mistake("slow-tools")
    assert (mistake.title, mistake.signs) == ("Herramientas lentas", ("Todo tarda.",))
    assert mistake.summary == "Waiting costs hours. Nobody counts them."
    assert mistake.question.text == "Nuestras herramientas fueron rápidas."
    assert mistake.question.short == "Tools were quick"
    assert (mistake.facets[0].title, mistake.facets[0].text) == (
        "Compilar",
        spanish.mistake("slow-tools").facets[0].text,
    )
    assert mistake.plays[-1].title == "Comprar"
    assert mistake.plays[-1].why == "What is measured can be mended."


def test_every_way_to_a_text_speaks_the_language(spanish: Library, own: Path) -> None:
    speaking = spanish.speaking("es")
    assert speaking.mistakes()[0] == speaking.mistake("slow-tools") == speaking.play_book("slow-tools")
    assert speaking.survey("slow-tools").title == "A fondo: Herramientas lentas"
    french = spanish.speaking("fr")
    assert [question.text for question in french.survey("kitchen").questions] == [
        spanish.survey("kitchen").questions[0].text,
        "La cuisine était propre.",
    ]
    assert french.surveys()[-1] == french.load_file(own / "kitchen.toml") == french.survey("kitchen")


def test_the_library_itself_goes_on_speaking_english(spanish: Library) -> None:
    speaking = spanish.speaking("es")
    assert spanish.mistake("slow-tools").title == speaking.speaking("en").mistake("slow-tools").title
    assert spanish.speaking("en") is spanish
    assert speaking.speaking("es") is speaking


def test_a_language_of_nobody_leaves_all_in_english(spanish: Library) -> None:
    assert spanish.speaking("xx").mistake("slow-tools") == spanish.mistake("slow-tools")


def test_languages_come_by_code_with_those_that_only_own_files_speak(spanish: Library) -> None:
    assert [(language.id, language.title, language.reviewed) for language in spanish.languages()] == [
        ("en", "English", True),
        ("es", "Español", False),
        ("fr", "fr", True),
    ]
    assert spanish.language("fr") == spanish.languages()[2]
    assert spanish.language("fr").labels == spanish.language("en").labels
    assert spanish.language("es").notice == "Nadie la ha revisado."
    with pytest.raises(
        NotFoundError,
        match=r"There is no language 'it'; the languages are en \(English\), es \(Spanish\) and fr \(fr\)",
    ):
        spanish.language("it")


def test_english_alone_is_a_language_too(library: Library) -> None:
    assert [language.id for language in library.languages()] == ["en"]
    with pytest.raises(NotFoundError, match=r"There is no language 'it'; the languages are en \(English\)"):
        library.language("it")


def test_a_language_whose_file_is_broken_is_not_taken_for_one_without_a_file(spanish: Library, bundled: Path) -> None:
    put(bundled / "languages" / "es.toml", {})
    assert [language.id for language in spanish.languages()] == ["en", "fr"]


def test_gaps_are_named_table_by_table(spanish: Library, bundled: Path, own: Path) -> None:
    gaps = spanish.untranslated(bundled / "mistakes" / "01-slow-tools.toml")
    play = ("title", "why", "first_step", "done_when", "watch")
    assert gaps == {
        "es": (
            Missing("", ("summary",)),
            Missing("headline", ("short",)),
            Missing("facets.builds", ("short", "text")),
            Missing("facets.laptops", ("title", "short", "text")),
            Missing("facets.queues", ("title", "short", "text")),
            Missing("plays.time-builds", play),
            Missing("plays.time-laptops", play),
            Missing("plays.time-queues", play),
        )
    }
    assert spanish.untranslated(own / "plays" / "slow-tools.toml") == {"es": (Missing("plays.buy-tools", play[1:]),)}
    assert spanish.untranslated(bundled / "deep-dive.toml") == {"es": (Missing("", ("intro",)),)}


def test_gaps_of_one_language_are_told_though_the_file_speaks_none(spanish: Library, bundled: Path, own: Path) -> None:
    survey = bundled / "meetings.toml"
    assert spanish.untranslated(survey) == {}
    assert [gap.table for gap in spanish.untranslated(survey, "de")["de"]] == ["", "items.item-1", "items.item-2"]
    assert spanish.untranslated(survey, "en") == {}
    assert list(spanish.untranslated(own / "plays" / "slow-tools.toml", "de")) == ["de"]


def test_a_file_that_speaks_a_language_throughout_has_no_gaps(spanish: Library, own: Path) -> None:
    survey = a_survey("ours") | {"translations": {"es": {"title": "Nuestras", "intro": "Dos."}}}
    for number, item in enumerate(survey["items"]):
        item["translations"] = {"es": {"short": f"Uno {number}", "text": f"Uno {number}."}}
    assert spanish.untranslated(put(own / "ours.toml", survey)) == {}


def test_broken_files_and_those_without_texts_have_no_gaps(spanish: Library, own: Path, bundled: Path) -> None:
    broken = put(own / "kitchen.toml", a_survey("kitchen") | {"title": 3})
    for path in (broken, bundled / "languages" / "es.toml", put_page(own / "templates" / "a.md"), own):
        assert spanish.untranslated(path, "es") == {}


def test_a_language_of_the_teams_own_does_not_take_a_bundled_ones_name(
    spanish: Library, own: Path, bundled: Path
) -> None:
    put(own / "languages" / "aa.toml", a_language("aa"))
    known = Library(own, bundled)
    assert "es" in [language.id for language in spanish.languages()]
    assert known.language("Spanish").id == "es"
    assert known.language("aa").id == "aa"


def test_a_file_speaks_every_language_that_any_of_its_texts_has(spanish: Library, own: Path, bundled: Path) -> None:
    assert spanish.spoken(own / "kitchen.toml") == {"fr"}
    assert spanish.spoken(bundled / "meetings.toml") == frozenset()
