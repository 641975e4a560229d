from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.library.conftest import a_mistake, a_survey, put, said
from tuiretro.library import Library, Problem
from tuiretro.library.folders import Shelf, bundled_folder


def test_surveys_are_found_inside_an_installed_package(tmp_path: Path) -> None:
    package = tmp_path / "tuiretro"
    (package / "surveys").mkdir(parents=True)
    (tmp_path / "surveys").mkdir()
    assert bundled_folder(package) == package / "surveys"


def test_surveys_are_found_beside_the_package_in_a_checkout(tmp_path: Path) -> None:
    assert bundled_folder(tmp_path / "tuiretro") == tmp_path / "surveys"


def test_names_alone_give_ids_and_numbers(tmp_path: Path) -> None:
    (tmp_path / "mistakes").mkdir()
    for name in ("mistakes/07-slow-tools.toml", "meetings.toml"):
        (tmp_path / name).write_text("this is not read")
    for name in ("mistakes/README.md", "mistakes/.#07-slow-tools.toml", "mistakes/odd.toml", "Odd Name.toml"):
        (tmp_path / name).write_text("")
    shelf = Shelf(tmp_path)
    assert shelf.numbers == {"slow-tools": 7}
    assert shelf.surveys == {"meetings": tmp_path / "meetings.toml"}
    assert shelf.problems == []


def test_an_own_folder_need_not_exist(bundled: Path, tmp_path: Path) -> None:
    assert Library(tmp_path / "nowhere", bundled).problems() == ()


def test_missing_bundled_surveys_are_a_problem(tmp_path: Path) -> None:
    message = "expected the bundled surveys, found none; please install tuiretro again"
    assert Library(bundled=tmp_path).problems() == (Problem(str(tmp_path), "", message),)


@pytest.mark.skipif(sys.platform == "win32", reason="the system says it in other words there")
def test_a_file_in_place_of_a_folder_is_a_problem(bundled: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "mistakes").write_text("")
    library = Library(tmp_path / "own", bundled)
    message = "expected a readable folder, found: Not a directory"
    assert library.problems() == (Problem(str(tmp_path / "own" / "mistakes"), "", message),)
    assert len(library.mistakes()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="the system says it in other words there")
def test_a_file_in_place_of_the_whole_folder_is_one_problem(bundled: Path, tmp_path: Path) -> None:
    (tmp_path / "own").write_text("")
    message = "expected a readable folder, found: Not a directory"
    assert Library(tmp_path / "own", bundled).problems() == (Problem(str(tmp_path / "own"), "", message),)


@pytest.mark.parametrize("name", ["plays", "templates", "languages", "formats"])
@pytest.mark.skipif(sys.platform == "win32", reason="the system says it in other words there")
def test_a_file_in_place_of_any_folder_is_a_problem(bundled: Path, own: Path, name: str) -> None:
    (own / name).write_text("")
    message = "expected a readable folder, found: Not a directory"
    assert Library(own, bundled).problems() == (Problem(str(own / name), "", message),)


@pytest.mark.parametrize(
    "name",
    ["kitchen.toml", "mistakes/21-kitchen.toml", "plays/slow-tools.toml", "languages/es.toml", "templates/menu.md"],
)
def test_a_folder_named_like_a_file_is_a_problem_and_takes_nothing_away(bundled: Path, own: Path, name: str) -> None:
    (own / name).mkdir(parents=True)
    library = Library(own, bundled)
    assert [str(problem) for problem in library.problems()] == [f"{own / name}: expected a file, found a folder"]
    assert said(library, own / name) == ["expected a file, found a folder"]
    assert library.mistakes() == Library(bundled=bundled).mistakes()
    assert library.surveys() == Library(bundled=bundled).surveys()


@pytest.mark.parametrize(
    "name", ["kitchen.toml~", ".kitchen.toml", "plays/.slow-tools.toml", "templates/.a.md", "a.md"]
)
def test_leavings_of_editors_and_strange_files_are_passed_over(bundled: Path, own: Path, name: str) -> None:
    (own / name).parent.mkdir(exist_ok=True)
    (own / name).write_bytes(b"\x00\xff")
    assert Library(own, bundled).problems() == ()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_of_other_bytes_is_shown_safely(bundled: Path, own: Path) -> None:
    for folder, ending in (("plays", ".toml"), ("languages", ".toml"), ("templates", ".md"), ("mistakes", ".toml")):
        (own / folder).mkdir(exist_ok=True)
        (own / folder / os.fsdecode(b"caf\xe9\n" + ending.encode())).write_bytes(b"")
    lines = [str(problem) for problem in Library(own, bundled).problems()]
    assert len(lines) >= 4
    assert all(line.isprintable() for line in lines)


def test_own_mistakes_and_surveys_stand_beside_the_bundled_ones(bundled: Path, own: Path) -> None:
    put(own / "mistakes" / "21-late-lunch.toml", a_mistake("late-lunch", 21))
    put(own / "kitchen.toml", a_survey("kitchen"))
    library = Library(own, bundled)
    assert library.problems() == ()
    assert library.numbers() == {"slow-tools": 1, "long-queues": 2, "late-lunch": 21}
    assert [survey.id for survey in library.surveys()] == ["meetings", "kitchen"]


def test_an_own_file_with_a_bundled_id_is_a_problem_and_the_bundled_one_stays(bundled: Path, own: Path) -> None:
    put(own / "mistakes" / "21-slow-tools.toml", a_mistake("slow-tools", 21) | {"title": "Ours"})
    put(own / "meetings.toml", a_survey() | {"title": "Ours"})
    library = Library(own, bundled)
    assert library.mistake("slow-tools").title == "Putting up with slow tools"
    assert library.survey("meetings").title == "Meetings"
    kept = bundled / "mistakes" / "01-slow-tools.toml"
    assert [str(problem) for problem in library.problems()] == [
        f"{own / 'mistakes' / '21-slow-tools.toml'}: id: "
        f"expected an id of its own, found 'slow-tools', which stays with {kept}",
        f"{own / 'meetings.toml'}: id: "
        f"expected an id of its own, found 'meetings', which stays with {bundled / 'meetings.toml'}",
    ]


def test_a_survey_cannot_have_the_id_of_a_mistake(bundled: Path, own: Path) -> None:
    file = put(own / "long-queues.toml", a_survey("long-queues"))
    library = Library(own, bundled)
    taken = bundled / "mistakes" / "02-long-queues.toml"
    assert said(library, file) == [f"id: expected an id of its own, found 'long-queues', which stays with {taken}"]
    assert [survey.id for survey in library.surveys()] == ["meetings"]


def test_an_own_mistake_cannot_have_a_bundled_number(bundled: Path, own: Path) -> None:
    file = put(own / "mistakes" / "02-late-lunch.toml", a_mistake("late-lunch", 2))
    library = Library(own, bundled)
    taken = bundled / "mistakes" / "02-long-queues.toml"
    assert said(library, file) == [f"number: expected a number of its own, found 2, which stays with {taken}"]
    assert library.numbers() == {"slow-tools": 1, "long-queues": 2}


def test_a_mistake_must_be_named_after_its_number_and_id(bundled: Path, own: Path) -> None:
    file = put(own / "mistakes" / "lunch.toml", a_mistake("late-lunch", 21))
    library = Library(own, bundled)
    assert said(library, file) == ["expected the file name '21-late-lunch.toml', found 'lunch.toml'"]
    assert library.problems() == library.check_file(file)


def test_a_survey_of_a_folder_must_be_named_after_its_id(bundled: Path, own: Path) -> None:
    file = put(own / "Kitchen 2.toml", a_survey("kitchen"))
    assert said(Library(own, bundled), file) == ["expected the file name 'kitchen.toml', found 'Kitchen 2.toml'"]
