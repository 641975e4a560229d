from __future__ import annotations

from tuiretro.library.problem import Problem, did_you_mean, listed, nearest, quoted, shown_key, shown_path


def test_a_problem_reads_as_file_key_and_message() -> None:
    assert str(Problem("a.toml", "items", "expected 1")) == "a.toml: items: expected 1"


def test_a_problem_of_a_whole_file_has_no_key_in_its_line() -> None:
    assert str(Problem("a.toml", "", "expected TOML")) == "a.toml: expected TOML"


def test_control_characters_of_strangers_never_reach_the_terminal() -> None:
    assert quoted("a\x1b[31mb\u202e") == r"'a\x1b[31mb\u202e'"
    assert shown_key("a\x1bb") == r"'a\x1bb'"
    assert shown_path("a\x1bb\udcff.toml") == "a?b?.toml"


def test_long_texts_are_cut() -> None:
    assert quoted("x" * 40) == repr("x" * 40)
    assert quoted("x" * 41) == repr("x" * 37 + "...")


def test_names_are_listed_as_people_do() -> None:
    assert listed("SML") == "S, M or L"
    assert listed("SML", "and") == "S, M and L"
    assert listed(["S"]) == "S"


def test_the_nearest_name_is_found_only_when_one_is_near() -> None:
    assert nearest("titel", ["id", "title"]) == "title"
    assert nearest("colour", ["id", "title"]) is None
    assert did_you_mean("titel", ["id", "title"]) == "; did you mean 'title'?"
    assert did_you_mean("colour", ["id", "title"]) == ""
