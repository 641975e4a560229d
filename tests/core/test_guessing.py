from __future__ import annotations

import re
import tomllib

import pytest

from tuiretro.core.faults import BrokenTableError
from tuiretro.core.guessed_scale import labels, meaning, meanings
from tuiretro.core.guessed_text import toml
from tuiretro.core.guessing import guess, looks_like
from tuiretro.model.survey import Question

KNOWN = {
    "testing": Question("testing", "Tests", "In this sprint we tested our models on hard cases.", "quality"),
    "culture": Question("culture", "Culture", "In this sprint we celebrated a small success together.", "people"),
}
TESTING = KNOWN["testing"].text


@pytest.mark.parametrize(
    ("name", "cells", "kind"),
    [
        ("Timestamp", ["1/5/2026 10:11:12"], "date"),
        ("submitdate", [], "date"),
        ("Sprint", ["1", "2"], "sprint"),
        ("Finished", ["Yes", "No"], "finished"),
        ("Email Address", ["x"], "personal"),
        ("Name", ["Mina"], "personal"),
        ("IP address", ["10.0.0.1"], "personal"),
        ("Response ID", ["abc"], "personal"),
        ("How can we reach you about this little survey?", ["a@example.org"], "personal"),
        ("We tested", ["1", "5", "n/a", ""], "statement"),
        ("We tested", ["Agree", "Neutral"], "statement"),
        ("We tested", ["5 - Strongly agree", "Agree (4)"], "statement"),
        ("We tested", ["A1", "A2"], "statement"),
        ("We tested", ["1", "7"], "other scale"),
        ("We tested", ["n/a"], "free text"),
        ("Anything else?", ["We had fun"], "free text"),
        ("We tested", ["", ""], "empty"),
        ("The name of the game was clear to all of us", ["4", "5"], "statement"),
    ],
)
def test_a_column_looks_like_what_its_name_and_cells_say(name: str, cells: list[str], kind: str) -> None:
    assert looks_like(name, cells).kind == kind


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("4", 4), ("Agree", 4), ("4 - Agree", 4), ("4. Agree", 4), ("Agree (4)", 4), ("6", None), ("4 - 5", None)],
)
def test_an_answer_means_its_number_or_its_label(cell: str, expected: int | None) -> None:
    assert meaning(cell) == expected


TYPED = [f"{n % 5 + 1} - because of SECRETNAME{n}" for n in range(20)]


@pytest.mark.parametrize(
    "cells",
    [
        TYPED,
        TYPED * 2,
        TYPED[:5],
        ["4", "4", "5", "4 - because of SECRETNAME0"],
        ["SECRETNAME0 was right (4)", "SECRETNAME0 was wrong (2)"],
        [f"4 - because of SECRETNAME0 {'again ' * 4}"] * 2,
        ["4 - trifft zu", "4 - trifft zu", "4 - SECRETNAME0", "4 - SECRETNAME0"],
    ],
)
def test_what_people_typed_behind_a_number_is_no_label_and_is_never_repeated(cells: list[str]) -> None:
    assert labels(cells) == ()
    assert "SECRETNAME" not in a_map(["Date", TESTING, "Joy"], *(["2026-01-05", cell, "4"] for cell in cells))


def test_labels_in_words_that_we_do_not_know_are_repeated_where_the_column_repeats_them() -> None:
    said = ["1 - trifft nicht zu", "5 - trifft zu", "n/a", "3"]

    assert labels([*said, *said, *said, "4 - SECRETNAME0"]) == tuple(said)
    assert labels(["5 - Strongly agree", "Agree (4)", "2"]) == ("5 - Strongly agree", "Agree (4)", "2")


def test_labels_of_seven_points_are_left_to_people() -> None:
    said = meanings(["Strongly agree", "Agree", "Somewhat agree", "Neutral", "A1", "n/a"])

    assert said == {"Strongly agree": 5, "Agree": None, "Somewhat agree": None, "Neutral": 3, "A1": None}


def a_map(header: list[str], *rows: list[str]) -> str:
    text = guess(header, rows, KNOWN)
    tomllib.loads(text)
    return text


def test_a_sure_match_is_proposed_and_an_unsure_one_only_named() -> None:
    near, far = "In this sprint we tested our models on hard case", "In this sprint we tested models and had fun."
    text = a_map(["Day", far, near, "Pizza was served"], ["2026-01-05", "1", "2", "3"])

    (item,) = tomllib.loads(text)["items"]
    assert item == {"column": near, "item": "testing"}
    assert f"# Nearly ours, and a line of its own; ours says: {TESTING}" in text
    assert "# Like 'testing', which another column is: take the '# ' away to import it as one of your own." in text
    assert "# Unsure, so left out; ours says: " in a_map(["Day", far], ["2026-01-05", "1"])
    assert '# column = "Pizza was served"\n# item = "imported.pizza-was-served"' in text


def test_no_item_is_proposed_twice() -> None:
    text = a_map(["Day", TESTING, f"{TESTING} "[:-2]], ["2026-01-05", "1", "2"])

    assert [item["column"] for item in tomllib.loads(text)["items"]] == [TESTING]


def test_a_name_that_two_columns_have_is_not_proposed() -> None:
    text = a_map(["Day", TESTING, TESTING], ["2026-01-05", "1", "2"])

    assert "items" not in tomllib.loads(text)
    assert "is the name of several columns" in text


def test_days_that_fit_two_orders_must_be_decided_by_a_person() -> None:
    text = a_map(["Timestamp", TESTING], ["1/5/2026", "1"])

    assert '"m/d/y" and "d/m/y" fit the first rows' in text
    assert tomllib.loads(text)["date"]["order"] == "?"


def test_without_a_date_all_rows_are_of_one_sprint_that_a_person_names() -> None:
    assert "# [sprint]\n# number = 1" in a_map(["Team", TESTING], ["A", "1"])


def test_only_rows_that_are_finished_count() -> None:
    text = a_map(["Date", "Finished", TESTING], ["2026-01-05", "No", "1"], ["2026-01-05", "Yes", "1"])

    assert tomllib.loads(text)["keep"] == {"Finished": ["Yes"]}
    assert "keep" not in tomllib.loads(a_map(["Date", "Finished", TESTING], ["2026-01-05", "perhaps", "1"]))


def test_numbers_beyond_five_and_comments_are_named_and_left_out() -> None:
    text = a_map(["Date", TESTING, "Joy", "More"], ["2026-01-05", "1", "7", "SECRET words"])

    assert "# 'Joy' holds numbers beyond 1 to 5." in text
    assert "# 'More' looks like text that people typed: comments are not imported." in text
    assert "SECRET" not in text


def test_answers_that_stand_for_nothing_are_empty() -> None:
    text = a_map(["Date", TESTING], ["2026-01-05", "N/A"], ["2026-01-05", "Agree"])

    scale = tomllib.loads(text)["scale"]
    assert scale["empty"] == ["N/A"]
    assert scale["values"]["Strongly agree"] == 5


def test_a_table_of_averages_is_known_by_its_header() -> None:
    text = a_map(["Sprint", "Question", "Average", "Responses"], ["1", TESTING, "3.2", "7"], ["1", "Fun?", "3", "7"])

    found = tomllib.loads(text)
    assert found["averages"] == {"item": "Question", "mean": "Average", "n": "Responses"}
    assert found["sprint"] == {"column": "Sprint"}
    assert found["items"] == [{"column": TESTING, "item": "testing"}]


@pytest.mark.parametrize(
    ("mean", "n"),
    [("it was SECRET", "7"), ("3.2", "SECRET"), ("6", "7"), ("3.2", "-1"), ("", "7"), ("3.2", "")],
)
def test_where_one_row_is_no_average_nothing_that_was_typed_is_taken_for_a_statement(mean: str, n: str) -> None:
    text = a_map(["Topic", "Score", "Answers"], ["Our SECRET", "3.2", "7"], ["More SECRET", mean, n])

    assert "SECRET" not in text
    assert "averages" not in tomllib.loads(text)


def test_an_average_of_nobody_needs_no_mean() -> None:
    assert "averages" in tomllib.loads(a_map(["Topic", "Score", "n"], [TESTING, "3,25", "7"], [TESTING, "", "0"]))


@pytest.mark.parametrize(
    "first",
    [
        ["2026-01-05 10:11", "My SECRET"],
        ["a@example.org", "My SECRET"],
        ["10.0.0.1", "My SECRET"],
        ["Agree", "My SECRET"],
        ["4 - Strongly agree", "My SECRET"],
        ["4", "My SECRET"],
        ["1", "1", "My SECRET"],
        ["2", "1", "My SECRET"],
    ],
)
def test_answers_in_the_place_of_names_are_refused_and_not_repeated(first: list[str]) -> None:
    with pytest.raises(BrokenTableError, match="looks like somebody's answers, and not like names") as caught:
        a_map(first, first)
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize("names", [["1", "2", "3"], ["Day", "1", "2"], ["3. How was it? [Fun.]"], ["Q1", "7", "12"]])
def test_numbers_that_count_statements_are_names(names: list[str]) -> None:
    assert tomllib.loads(a_map(names, ["4"] * len(names)))["title"] == "Imported"


@pytest.mark.parametrize("hostile", ['a"b', "a\\b", "a\nb", "a\x1b[2J", "a\x7f", "]]\n[x]", "'''", "# x", "=1+1"])
def test_a_hostile_name_stays_one_value_of_the_map(hostile: str) -> None:
    assert tomllib.loads(f"x = {toml(hostile)}") == {"x": hostile}
    text = a_map(["Date", hostile, f"{hostile} {TESTING}", hostile], ["2026-01-05", "words words", "1", "9"])

    assert "\x1b" not in text
    assert set(tomllib.loads(text)) <= {"title", "ignore", "date", "scale", "items"}


def test_a_table_that_is_too_wide_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(BrokenTableError, match="2,001 columns"):
        guess(["x"] * 2_001, [], KNOWN)


def test_rows_of_another_width_are_passed_over() -> None:
    assert 'column = "Date"' in a_map(["Date", TESTING], ["2026-01-05", "1"], ["2026-01-05", "1", "2"])


def test_what_is_proposed_in_comments_works_once_they_are_gone() -> None:
    near = "In this sprint we tested models and had fun."
    text = a_map(
        ["Day", TESTING, f"{TESTING} "[:-2], near, "Data", "d\u00e4ta!", "\u2026", "Pizza was served"],
        ["2026-01-05", *"1234512"],
    )
    taken = re.sub(r"^# (?=[a-z]+ = |\[\[)", "", text, flags=re.MULTILINE)

    items = tomllib.loads(taken)["items"]
    assert [item["item"] for item in items] == [
        "testing",
        "imported.in-this-sprint-we-tested",
        "imported.in-this-sprint-we-tested-2",
        "imported.data",
        "imported.data-2",
        "imported.statement",
        "imported.pizza-was-served",
    ]
    assert (items[3]["short"], items[3]["text"]) == ("Data", "Data (its words are not known)")


def test_no_column_of_averages_is_said_to_be_a_comment() -> None:
    text = a_map(["Sprint", "Question", "Mean", "n"], ["1", TESTING, "3,25", "7"])

    assert "comments are not imported" not in text


def test_an_encoding_that_must_be_said_stands_in_the_map() -> None:
    text = guess(["Day", TESTING], [["2026-01-05", "1"]], KNOWN, "cp1252")

    assert tomllib.loads(text)["encoding"] == "cp1252"
