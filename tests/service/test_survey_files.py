from __future__ import annotations

from pathlib import Path

import pytest

from tuiretro.errors import NotFoundError, SurveyError
from tuiretro.model.survey import Mistake, Survey
from tuiretro.service import survey_files

OURS = """
id = "ours"
title = "Ours"
intro = "On tea."

[[items]]
id = "tea"
short = "Tea was hot"
text = "In this sprint the tea was hot."
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder that is no workspace yet, with a survey of the team's own."""
    own = tmp_path / "workspace" / "surveys"
    own.mkdir(parents=True)
    (own / "ours.toml").write_text(OURS)
    return tmp_path / "workspace"


def test_the_teams_own_surveys_are_listed_after_the_bundled_ones(place: Path) -> None:
    found = survey_files.listed(place)
    assert len(found.mistakes) == 20
    assert found.surveys[-1].id == "ours"
    assert (survey_files.bundled() / "safety.toml").is_file()


def test_a_mistake_a_survey_and_a_file_are_found(place: Path) -> None:
    assert isinstance(survey_files.find(place, "testing"), Mistake)
    assert isinstance(survey_files.find(place, "safety"), Survey)
    assert survey_files.find(place, place / "surveys" / "ours.toml") == survey_files.find(place, "ours")


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("testin", "There is no mistake or survey 'testin'; did you mean 'testing'?"),
        ("zzzz", "There is no mistake or survey 'zzzz'; 'tuiretro survey list' names all."),
        (Path("no.toml"), "There is no file no.toml; give the path of a TOML file."),
    ],
)
def test_what_is_not_there_is_said(place: Path, what: str | Path, sentence: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        survey_files.find(place, what)
    assert refused.value.message == sentence


def test_a_broken_file_is_refused(place: Path) -> None:
    (place / "surveys" / "ours.toml").write_text("id = 3")
    with pytest.raises(SurveyError):
        survey_files.find(place, "ours")


def test_what_a_survey_may_ask_is_read_with_it(place: Path) -> None:
    asked = {id_: survey_files.read(place, id_) for id_ in ("process", "quarterly", "pulse", "safety", "deep-dive")}
    assert {id_: len(shown.questions) for id_, shown in asked.items()} == {
        "process": 80,
        "quarterly": 28,
        "pulse": 24,
        "safety": 8,
        "deep-dive": 0,
    }
    concerned = {id_: [mistake.number for mistake in shown.mistakes] for id_, shown in asked.items()}
    assert set(concerned.pop("safety")) < set(range(1, 21))
    assert all(numbers == list(range(1, 21)) for numbers in concerned.values())
    assert asked["safety"].page.startswith("# ")
    assert asked["process"].page == ""
    assert [language.name for language in asked["process"].languages] == ["German", "Spanish"]


def test_a_survey_of_the_teams_own_concerns_the_mistakes_that_it_names(place: Path) -> None:
    assert survey_files.read(place, "ours").mistakes == ()
    (place / "surveys" / "ours.toml").write_text(OURS + 'mistakes = ["testing", "culture"]\n')
    shown = survey_files.read(place, "ours")
    assert [mistake.id for mistake in shown.mistakes] == ["testing", "culture"]
    assert [question.id for question in shown.questions] == ["ours.tea"]


def test_a_mistake_is_read_with_its_deep_dive_and_its_safety_statements(place: Path) -> None:
    shown = survey_files.read(place, "data-versioning")
    assert isinstance(shown.book, Mistake)
    assert shown.questions == (shown.book.question, *shown.book.deep_dive)
    assert [question.id for question in shown.safety] == ["safety.own-mistakes"]
    assert shown.mistakes == (shown.book,)


def test_what_is_read_speaks_a_language_as_far_as_it_is_translated(place: Path) -> None:
    english, spanish = survey_files.read(place, "quarterly"), survey_files.read(place, "quarterly", "es")
    pairs = zip(english.questions, spanish.questions, strict=True)
    assert all(one.id == other.id and one.text != other.text for one, other in pairs)
    ours = survey_files.read(place, "ours", "es").questions[0]
    assert (ours.text, ours.language) == ("In this sprint the tea was hot.", "es")
    with pytest.raises(NotFoundError, match="There is no language 'xx'"):
        survey_files.read(place, "quarterly", "xx")


def test_a_language_that_only_a_file_from_elsewhere_speaks_is_named_by_its_code(place: Path) -> None:
    file = place / "theirs.toml"
    file.write_text(OURS.replace("ours", "theirs") + 'translations.fr = { short = "Le the" }\n')
    assert survey_files.read(place, file).languages[0].name == "fr"


def test_surveys_count_what_they_ask(place: Path) -> None:
    found = survey_files.listed(place)
    assert {survey.id: survey_files.count(found, survey) for survey in found.surveys} == {
        "deep-dive": 4,
        "process": 80,
        "pulse": None,
        "quarterly": 28,
        "safety": 8,
        "ours": 1,
    }
