from __future__ import annotations

from datetime import date
from typing import Literal

import pytest
from msgspec.structs import replace

from tests.core.rounds import a_round
from tuiretro.core.figures import NO_CHANGE, NOT_ASKED, TOO_EARLY, TOO_FEW
from tuiretro.core.telling import (
    dated,
    empty_focus,
    guarded,
    last_time,
    open_actions,
    suggestion,
    suggestions,
    told_whole,
    unspoken,
    whole_remark,
)
from tuiretro.model.action import Action, Status
from tuiretro.model.summary import FocusLine, ItemLine, PlayLine, Summary, ThemeLine
from tuiretro.model.team import Sprint
from tuiretro.model.trends import Dot, Line, Trends

PLAYS = tuple(PlayLine(f"m.{n}", n, "S", n, n, n) for n in ("first", "second"))
LINE = FocusLine("m", 1, "M", 2.0, 0.7, "7 of 9 answered", "why", new_drop=False, talk_first=False, plays=PLAYS)
QUIET = Summary(
    team="Atlas",
    sprint=Sprint(6, date(2026, 11, 16), date(2026, 11, 27)),
    title="Pulse",
    answered="7 of 9 answered",
    nearly_all=False,
    minimum=4,
    sprints=6,
    signal=None,
    is_judged=True,
    remark="",
    mistakes=20,
    levels=1,
    themes=(ThemeLine("data", 3.0, 0.5, items=(ItemLine("m", "M", "M", n=7, mean=3.0, band=0.7),)),),
    focus=(LINE,),
)


def an_action(number: int, due: int, status: Status = "open", closed: int | None = None) -> Action:
    return Action(number, f"Action {number}", 5, date(2026, 12, due), status=status, closed=closed)


def test_the_best_play_is_suggested() -> None:
    assert suggestions(LINE) == PLAYS
    assert suggestion(LINE) == PLAYS[0]


def test_where_people_should_talk_first_no_play_is_suggested() -> None:
    assert suggestions(replace(LINE, talk_first=True)) == ()
    assert suggestion(replace(LINE, talk_first=True)) is None
    assert suggestion(replace(LINE, plays=())) is None


def test_an_empty_list_is_told_apart_from_one_that_cannot_be_yet() -> None:
    assert empty_focus(replace(QUIET, focus=())) == "Nothing is under 4.0: no mistake needs you now."
    assert empty_focus(replace(QUIET, focus=(), levels=0)).startswith("No mistake has been rated yet;")


def test_open_actions_come_with_the_first_due_first() -> None:
    found = open_actions([an_action(1, 9), an_action(2, 1, "done"), an_action(4, 3), an_action(3, 3)])
    assert [action.id for action in found] == [3, 4, 1]


def test_no_unusual_change_is_said_once_changes_were_judged_and_none_was_found() -> None:
    assert whole_remark(QUIET) == "No unusual change."
    assert whole_remark(replace(QUIET, is_judged=False)) == ""


def test_what_the_summary_says_of_the_whole_sprint_stands_first() -> None:
    assert whole_remark(replace(QUIET, remark="Too early.", is_judged=False)) == "Too early."
    assert whole_remark(replace(QUIET, remark="Rated lower.", signal="low")) == "Rated lower."


@pytest.mark.parametrize("where", ["whole", "theme", "item"])
def test_one_signal_is_enough_to_stay_silent_about_the_whole(where: Literal["whole", "theme", "item"]) -> None:
    theme = QUIET.themes[0]
    loud = {
        "whole": replace(QUIET, signal="low"),
        "theme": replace(QUIET, themes=(replace(theme, signal="high"),)),
        "item": replace(QUIET, themes=(replace(theme, items=(replace(theme.items[0], signal="low"),)),)),
    }
    assert whole_remark(loud[where]) == ""


def test_a_sprint_in_which_nothing_could_be_compared_is_told_as_such() -> None:
    assert told_whole(QUIET) == NO_CHANGE
    assert told_whole(replace(QUIET, is_judged=False)) == TOO_EARLY
    loud = replace(QUIET.themes[0], items=(replace(QUIET.themes[0].items[0], signal="low"),))
    assert told_whole(replace(QUIET, is_judged=False, themes=(loud,))) == ""


LOW = "Unusually low compared with your last 4 sprints that asked it. Worth asking why."


@pytest.mark.parametrize("calm", [NO_CHANGE, NOT_ASKED, TOO_EARLY, TOO_FEW])
def test_what_is_said_of_a_line_names_the_sprint_that_it_is_about(calm: str) -> None:
    line = Line("m", "M", "data", "m", (Dot(4, 3.0, 3.0), Dot(5, 2.0, 2.5)), calm=calm)
    trends = Trends("Atlas", (QUIET.sprint,), (line,))
    assert dated(line, trends) == (f"In sprint 6: {calm}",)
    assert dated(replace(line, remarks=(LOW, "Rising.")), trends) == (f"In sprint 5: {LOW}", "Rising.")


def test_before_the_first_results_nothing_is_told_of_last_time() -> None:
    assert last_time([an_action(1, 1)], ()) == ""


def test_what_was_done_since_the_last_results_is_told_and_what_is_open() -> None:
    actions = [an_action(1, 9), an_action(2, 1, "done", 5), an_action(3, 1, "done", 4), an_action(4, 1, "dropped", 5)]
    assert last_time(actions, (4, 5)) == "Done since the last round: Action 2. Still open: Action 1."
    assert last_time(actions[1:2], (5,)) == "Done since the last round: Action 2."
    assert last_time(actions[:1], (5,)) == "Still open: Action 1."


def test_nothing_taken_on_is_a_sentence() -> None:
    said = "Nothing was taken on after the last round, or nothing of it is open."
    assert last_time([an_action(3, 1, "done", 4)], (5,)) == said


def test_a_language_that_nothing_speaks_any_more_is_named_with_the_command_that_tells_why() -> None:
    assert "language 'xx'" in unspoken("xx")
    assert "'tuiretro survey check'" in unspoken("xx")


@pytest.mark.parametrize(
    ("asks_code", "two_person", "said"),
    [
        (False, False, ""),
        (True, False, "Each person types a one-time code."),
        (False, True, "Closing takes the six words of its closing code."),
        (True, True, "Each person types a one-time code; closing takes the six words."),
    ],
)
def test_what_a_round_asks_for_is_one_short_line(asks_code: bool, two_person: bool, said: str) -> None:  # noqa: FBT001
    opened = replace(a_round(), asks_code=asks_code, two_person=two_person)
    assert guarded(opened) == said
    assert len(said) <= 68
