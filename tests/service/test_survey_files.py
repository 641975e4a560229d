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
        ("testin", "There is no survey or mistake 'testin'. Did you mean 'testing'?"),
        ("zzzz", "There is no survey or mistake 'zzzz'."),
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


def test_checking_tells_faults_from_files_that_are_not_there(place: Path) -> None:
    good, bad = place / "surveys" / "ours.toml", place / "bad.toml"
    bad.write_text(OURS.replace("title", "titel").replace('"ours"', '"theirs"'))
    assert survey_files.check(place, [good]) == survey_files.Checked()
    found = survey_files.check(place, [good, bad, place / "no.toml"])
    assert [line.removeprefix(f"{bad}: ") for line in found.faults] == ["titel: unknown key; did you mean 'title'?"]
    assert found.missing == (f"{place / 'no.toml'}: there is no such file",)
