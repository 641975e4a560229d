"""Welcome and close: what the retro is, one question for everybody, and what may be told of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.tui.stages.rooms import BROUGHT, FOCUS_COLUMNS, TITLES, WIDTH, a_result, a_shown, an_action, drawn, keys_of
from tuiretro.core.figures import TOO_FEW
from tuiretro.model.release import Release
from tuiretro.model.retro import Decided, Note
from tuiretro.tui.stages.checks import close_rows, welcome_rows

ASKS = "a answer as one person, then pass the keyboard"


def test_the_welcome_says_what_the_retro_is_and_asks_one_question() -> None:
    rows = welcome_rows(a_shown(), WIDTH)
    assert keys_of(rows) == []
    assert drawn(rows).splitlines() == [
        "Atlas, retro of sprint 14",
        "",
        "Plain. For tests.",
        "",
        "SAFETY CHECK",
        "Right now I can say in this retro what I really think.",
        "",
        "Waiting for 4 or more answers.",
        ASKS,
        "Answers are sealed; nothing is shown below 4, and the question may be skipped.",
    ]


def test_a_retro_from_the_focus_list_names_the_mistakes_and_what_the_team_brought_along() -> None:
    focus = ("data-cleaning", "no-pilot", "gone")
    shown = a_shown(notes=BROUGHT, columns=FOCUS_COLUMNS, focus=focus)
    said = drawn(welcome_rows(shown, WIDTH))
    assert "\n".join(f"- {title}" for title in (*TITLES.values(), "gone")) in said
    assert "1 note from the sprint lies on the board already." in said
    two = a_shown(notes=(*BROUGHT, Note(2, "", "more")))
    assert "2 notes from the sprint lie on the board already." in drawn(welcome_rows(two, WIDTH))


def test_from_k_answers_on_the_question_can_be_closed_and_nothing_finer_is_told() -> None:
    said = drawn(welcome_rows(a_shown(enough=("welcome",)), WIDTH))
    assert "4 or more answered." in said
    assert f"{ASKS}   c show the result" in said


def test_whoever_only_looks_is_offered_no_keys() -> None:
    looking = replace(a_shown(enough=("welcome", "close")), reason="Another program leads it.")
    for rows in (welcome_rows(looking, WIDTH), close_rows(looking, WIDTH)):
        assert ASKS not in drawn(rows)
        assert "ends the retro" not in drawn(rows)
        assert "4 or more answered." in drawn(rows)


@pytest.mark.parametrize(
    ("released", "said"),
    [
        (a_result(4.2, 5), ["4.2 ±0.8   5 of 7 answered", "With 5 answers an average like this often moves by up to"]),
        (
            a_result(3.4, 6, "mixed", None),
            ["3.4 ±0.7, mixed   nearly all answered", "An average like this"],
        ),
        (a_result(None, 3), [TOO_FEW]),
        (a_result(4.0, None), [TOO_FEW]),
    ],
)
def test_a_closed_question_tells_what_may_be_shown_and_asks_nobody_any_more(released: Release, said: list[str]) -> None:
    rows = drawn(welcome_rows(a_shown(released={"welcome": released}), WIDTH))
    for words in said:
        assert words in rows
    assert ASKS not in rows


def test_the_close_thanks_and_shows_the_way_out() -> None:
    action = an_action(1, "Write the data card")
    said = drawn(close_rows(a_shown(Decided(None, action), stage="close"), WIDTH))
    assert "Taken on in this retro: 1 action. The next retro begins with what became of them." in said
    assert "This retro was worth the time that it took." in said
    assert said.endswith("f ends the retro; n shows its summary first.")
