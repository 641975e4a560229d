from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.library.conftest import a_mistake, a_survey, put, said
from tuiretro.errors import NotFoundError, SurveyError
from tuiretro.library import Library


def test_a_mistake_is_found_by_id(library: Library) -> None:
    assert library.mistake("long-queues").number == 2


def test_only_the_file_that_is_asked_for_is_parsed(library: Library, bundled: Path) -> None:
    (bundled / "mistakes" / "02-long-queues.toml").write_text("broken")
    assert library.mistake("slow-tools").id == "slow-tools"
    assert library.numbers() == {"slow-tools": 1, "long-queues": 2}


def test_parsed_values_are_kept(library: Library, bundled: Path) -> None:
    mistake, survey = library.mistake("slow-tools"), library.survey("meetings")
    (bundled / "mistakes" / "01-slow-tools.toml").write_text("broken")
    (bundled / "meetings.toml").write_text("broken")
    assert library.mistake("slow-tools") is mistake
    assert library.survey("meetings") is survey


def test_mistakes_come_by_number(bundled: Path, own: Path) -> None:
    put(own / "mistakes" / "03-early-bird.toml", a_mistake("early-bird", 3))
    put(bundled / "mistakes" / "10-a-first.toml", a_mistake("a-first", 10))
    assert [mistake.number for mistake in Library(own, bundled).mistakes()] == [1, 2, 3, 10]


def test_an_unknown_id_gets_the_nearest_one(library: Library) -> None:
    with pytest.raises(NotFoundError) as mistake:
        library.mistake("slow-tool")
    with pytest.raises(NotFoundError) as survey:
        library.survey("metings")
    assert str(mistake.value) == "There is no mistake 'slow-tool'; did you mean 'slow-tools'?"
    assert str(survey.value) == "There is no survey 'metings'; did you mean 'meetings'?"


def test_an_unknown_id_near_to_none_gets_the_command_that_lists_all(library: Library) -> None:
    with pytest.raises(NotFoundError) as error:
        library.mistake("zzz")
    assert str(error.value) == "There is no mistake 'zzz'; 'tuiretro survey list' names all."


def test_a_broken_file_is_refused_and_stops_no_other(library: Library, bundled: Path) -> None:
    mistake, survey = bundled / "mistakes" / "01-slow-tools.toml", bundled / "meetings.toml"
    put(mistake, a_mistake() | {"theme": "dat", "number": "1"})
    put(survey, a_survey() | {"title": 3})
    with pytest.raises(SurveyError) as refused_mistake:
        library.mistake("slow-tools")
    with pytest.raises(SurveyError) as refused_survey:
        library.survey("meetings")
    assert str(refused_mistake.value) == (
        f"{mistake}: number: expected a whole number from 1 to 99, found text. "
        f"'tuiretro survey check {mistake}' names 1 more."
    )
    assert str(refused_survey.value) == f"{survey}: title: expected text, found a whole number."
    assert [found.id for found in library.mistakes()] == ["long-queues"]
    assert library.surveys() == ()
    assert [(problem.file, problem.key) for problem in library.problems()] == [
        (str(mistake), "number"),
        (str(mistake), "theme"),
        (str(survey), "title"),
    ]


def test_a_sound_library_has_no_problems(library: Library) -> None:
    assert library.problems() == ()


def test_a_file_that_vanished_is_a_problem(library: Library, bundled: Path) -> None:
    (bundled / "meetings.toml").unlink()
    assert [str(problem) for problem in library.problems()] == [f"{bundled / 'meetings.toml'}: there is no such file"]


def test_a_survey_file_may_be_called_anything(library: Library, tmp_path: Path) -> None:
    file = put(tmp_path / "Our Questions.toml", a_survey("ours"))
    assert library.load_file(file).questions[0].id == "ours.item-1"
    assert library.check_file(file) == ()


def test_a_survey_file_is_read_anew(library: Library, tmp_path: Path) -> None:
    file = put(tmp_path / "ours.toml", a_survey("ours"))
    library.load_file(file)
    put(file, a_survey("ours") | {"title": "New"})
    assert library.load_file(file).title == "New"


def test_a_bundled_file_may_be_loaded_by_its_path(library: Library, bundled: Path) -> None:
    assert library.load_file(bundled / "mistakes" / ".." / "meetings.toml") == library.survey("meetings")


def test_a_survey_file_cannot_take_the_id_of_another(library: Library, tmp_path: Path, bundled: Path) -> None:
    file = put(tmp_path / "ours.toml", a_survey("meetings"))
    with pytest.raises(SurveyError) as error:
        library.load_file(file)
    stays = bundled / "meetings.toml"
    assert str(error.value) == f"{file}: id: expected an id of its own, found 'meetings', which stays with {stays}."


def test_a_missing_survey_file_is_not_found(library: Library, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as error:
        library.load_file(tmp_path / "none.toml")
    assert str(error.value) == f"There is no file {tmp_path / 'none.toml'}; give the path of a TOML file."
    assert said(library, tmp_path / "none.toml") == ["there is no such file"]


def test_a_folder_is_no_survey(library: Library, tmp_path: Path) -> None:
    with pytest.raises(SurveyError) as error:
        library.load_file(tmp_path)
    assert str(error.value) == f"{tmp_path}: expected a file, found a folder."


def test_a_mistake_is_no_survey(library: Library, tmp_path: Path) -> None:
    file = put(tmp_path / "21-late-lunch.toml", a_mistake("late-lunch", 21))
    with pytest.raises(SurveyError) as error:
        library.load_file(file)
    assert str(error.value) == f"{file}: expected a survey, found a mistake; surveys have [[items]]."


def test_a_mistake_outside_the_folders_is_checked_as_a_mistake(library: Library, tmp_path: Path) -> None:
    good = put(tmp_path / "21-late-lunch.toml", a_mistake("late-lunch", 21))
    assert said(library, good) == []
    (tmp_path / "mistakes").mkdir()
    bare = tmp_path / "mistakes" / "21-bare.toml"
    bare.write_text('id = "bare"\nnumber = 21\n')
    assert "headline: expected a table, found nothing" in said(library, bare)


def test_at_most_a_hundred_faults_of_a_file_are_named(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text("".join(f"key{n} = 1\n" for n in range(500)))
    assert len(library.check_file(file)) == 100


def test_numbers_of_any_length_are_refused_in_words(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "01-slow-tools.toml"
    file.write_text(f'id = "slow-tools"\nnumber = 0x{"f" * 9000}\nsigns = []\n')
    assert "number: expected a whole number from 1 to 99, found a higher one" in said(library, file)


def test_importing_the_library_stays_light() -> None:
    heavy = "('difflib', 'textual', 'tinydb', 'rich')"
    code = f"import sys, tuiretro.library; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
