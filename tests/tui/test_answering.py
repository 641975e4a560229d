"""Answering: from the promise to the sealed sheet, one person after the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import TextArea

from tests.tui.seat import Seat, seated
from tests.tui.states import a_sheet, app_on, opened_at
from tuiretro.core.promises import KEPT, SAVED, recorded
from tuiretro.core.rules import COMMENT_LIMIT
from tuiretro.model.release import Release
from tuiretro.model.round import Sheet
from tuiretro.model.survey import Question
from tuiretro.model.team import Team
from tuiretro.service import rounds
from tuiretro.service.kept import CAN_BE_FOUND_OUT, CANNOT_BE_FOUND_OUT
from tuiretro.tui.screens.answer import AnswerScreen

ITEMS = 8
GONE = "The round was closed or abandoned meanwhile"


def the_team(place: Path) -> Team:
    return opened_at(place).store.teams()[0]


def sheets(place: Path) -> int:
    return opened_at(place).store.sheets(the_team(place).id)


def sheet_in(place: Path) -> list[Sheet]:
    """What the boxes hold, read by closing them without keeping anything."""
    store = opened_at(place).store
    opened = store.round(the_team(place).id)
    assert opened is not None
    seen: list[Sheet] = []

    def look(found: tuple[Sheet, ...]) -> tuple[Release, tuple[Question, ...]]:
        seen.extend(found)
        raise LookupError

    with pytest.raises(LookupError):
        store.close_round(the_team(place).id, opened, look)
    return seen


def answering(seat: Seat) -> AnswerScreen:
    screen = seat.app.screen
    assert isinstance(screen, AnswerScreen)
    return screen


async def begun(seat: Seat) -> Seat:
    """The first statement of a person."""
    await (await seat.press("a")).at("AnswerScreen")
    await seat.press("enter")
    return await seat.see(f"1 of {ITEMS}")


async def reviewed(seat: Seat, value: int = 4) -> Seat:
    """The page to check, after the same answer to everything; all but the last are not typed, which is quicker."""
    await begun(seat)
    screen = answering(seat)
    for _ in range(ITEMS - 1):
        screen.sitting = screen.sitting.answer(value)
    await seat.press(str(value))
    return await seat.see("check and submit")


async def test_before_the_first_statement_stands_what_is_promised(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await seat.press("a")).at("AnswerScreen")
        await seat.see("Psychological safety, sprint 1: 8 statements.")
        await seat.see("an item with fewer than 4 answers shows no number even then.")
        assert "enter start" in seat.keys
        await seat.press("3")
        assert "1 of 8" not in seat.text


async def test_a_digit_answers_and_moves_on(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await begun(seat)
        for value in (1, 2, 3, 4, 5):
            await seat.press(str(value))
        await seat.see("6 of 8")
        assert list(answering(seat).sitting.answers.values()) == [1, 2, 3, 4, 5]
        assert "●●●●●○○○" in seat.text


async def test_zero_is_no_opinion(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await begun(seat)).press("0")
        await seat.see("2 of 8")
        assert list(answering(seat).sitting.answers.values()) == [None]


async def test_backspace_goes_back_and_shows_what_was_said_and_right_goes_on(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await begun(seat)).press("2", "backspace")
        await seat.see("1 of 8")
        assert "▸ 2" in seat.text
        await seat.press("right")
        await seat.see("2 of 8")
        await seat.press("right")
        assert "2 of 8" in seat.text
        assert "▸" not in seat.text


async def test_an_answer_can_be_changed_from_the_page_to_check(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await reviewed(seat)
        await (await seat.press("down", "enter")).see("2 of 8")
        assert "▸ 4" in seat.text
        await (await seat.press("1")).see("check and submit")
        assert list(answering(seat).sitting.answers.values()) == [4, 1, 4, 4, 4, 4, 4, 4]
        assert seat.text.count("1  strongly disagree") == 1


async def test_backspace_leaves_the_page_to_check_for_the_last_statement(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await (await reviewed(seat)).press("backspace")).see("8 of 8")


async def test_submitting_saves_exactly_one_sheet_and_asks_for_the_next_person(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await reviewed(seat, 2)
        assert sheets(asking) == 0
        await (await seat.press("s")).at("PassScreen")
        await seat.see(f"Thank you. {SAVED} Pass the keyboard")
        assert sheets(asking) == 1
        await (await seat.press("x")).at("AnswerScreen")
        assert answering(seat).sitting.answers == {}
        assert answering(seat).comment == ""
    assert [set(sheet.answers.values()) for sheet in sheet_in(asking)] == [{2}]


async def test_escape_after_submitting_goes_home(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await (await reviewed(seat)).press("s")).at("PassScreen")
        await (await seat.press("escape")).at("HomeScreen")
        await seat.see("waiting for 4 or more answers")
    assert sheets(asking) == 1


async def test_a_comment_is_kept_with_the_sheet_and_nothing_else(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await (await reviewed(seat)).press("c")).at("CommentScreen")
        await seat.see("It is released only if 3 or more people write one.")
        seat.one(TextArea).text = "The staging table changed."
        await (await seat.press("ctrl+s")).at("AnswerScreen")
        await seat.see("Your comment: The staging table changed.")
        await (await seat.press("s")).at("PassScreen")
    assert [sheet.comment for sheet in sheet_in(asking)] == ["The staging table changed."]


@pytest.mark.parametrize("key", ["escape", "ctrl+s"])
async def test_both_ways_out_of_the_comment_keep_what_was_typed(key: str, asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await (await reviewed(seat)).press("c")).at("CommentScreen")
        await seat.press(*"Hm.")
        await (await seat.press(key)).at("AnswerScreen")
        await seat.see("Your comment: Hm.")
        await (await seat.press("c")).at("CommentScreen")
        assert seat.one(TextArea).text == "Hm."
        seat.one(TextArea).text = ""
        await (await seat.press(key)).at("AnswerScreen")
        await seat.see("No comment.")


@pytest.mark.parametrize("key", ["escape", "ctrl+s"])
async def test_a_comment_that_is_too_long_is_refused_and_stays_typed(key: str, asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await (await reviewed(seat)).press("c")).at("CommentScreen")
        seat.one(TextArea).text = "x" * (COMMENT_LIMIT + 3)
        await seat.see("3 characters too many; nothing is cut for you")
        await seat.press(key)
        await seat.see(f"The comment is {COMMENT_LIMIT + 3} characters long")
        assert seat.screen == "CommentScreen"
        assert len(seat.one(TextArea).text) == COMMENT_LIMIT + 3
        await seat.press("delete", "delete", "delete", key)
        await seat.at("AnswerScreen")
        await seat.see("Your comment: xxx")
        assert len(answering(seat).comment) == COMMENT_LIMIT


async def test_escape_asks_before_answers_are_forgotten(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await begun(seat)).press("3", "escape")
        await seat.at("Confirm")
        await seat.see("Your answers are forgotten; nothing has been saved.")
        await (await seat.press("n")).at("AnswerScreen")
        assert list(answering(seat).sitting.answers.values()) == [3]


async def test_leaving_saves_nothing(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await reviewed(seat)).press("escape")
        await seat.at("Confirm")
        await (await seat.press("y")).at("HomeScreen")
    assert sheets(asking) == 0


async def test_leaving_before_the_first_answer_asks_nothing(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await begun(seat)).press("escape")
        await seat.at("HomeScreen")
    assert sheets(asking) == 0


async def test_what_is_kept_can_be_read_while_answering(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await begun(seat)).press("5", "i")
        await seat.at("Reader")
        await seat.see("What is kept, and what cannot be hidden")
        await (await seat.press("escape")).at("AnswerScreen")
        await seat.see("2 of 8")


async def test_the_first_screen_names_the_key_of_the_long_form(asking: Path) -> None:
    async with seated(app_on(asking), (80, 40)) as seat:
        await seat.press("a")
        await seat.at("AnswerScreen")
        assert "i all that is kept" in seat.text
        await (await seat.press("i")).at("Reader")
        for sentence in (*CANNOT_BE_FOUND_OUT, CAN_BE_FOUND_OUT[0]):
            # What lies beside the dialog stands between its lines.
            await seat.see(sentence[:50])
        await (await seat.press("end")).see(KEPT[:50])


async def test_keys_of_the_page_to_check_do_nothing_before_it(asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await begun(seat)).press("s", "c")
        assert seat.screen == "AnswerScreen"
        assert "1 of 8" in seat.text
        assert "s submit" not in seat.keys
    assert sheets(asking) == 0


async def test_where_nothing_is_below_no_key_leads_there(asking: Path) -> None:
    async with seated(app_on(asking), (120, 60)) as seat:
        await (await seat.press("a")).at("AnswerScreen")
        assert "more below" not in await seat.still()


@pytest.mark.parametrize("key", ["ctrl+p", "ctrl+q", "question_mark", "q", "1", "w", "ctrl+d"])
async def test_no_other_screen_is_reachable_while_somebody_answers(key: str, asking: Path) -> None:
    async with seated(app_on(asking)) as seat:
        await (await begun(seat)).press(key)
        await seat.pilot.pause()
        assert seat.app.is_running
        assert seat.screen == "AnswerScreen"


async def test_a_round_closed_by_another_program_does_not_lose_the_sheet(enough: Path) -> None:
    async with seated(app_on(enough)) as seat:
        await reviewed(seat, 5)
        answering(seat).comment = "The staging table changed."
        other = opened_at(enough)
        rounds.close(other, the_team(enough))
        await seat.press("s")
        await seat.see(GONE)
        assert seat.screen == "AnswerScreen"
        assert "check and submit" in seat.text
        assert set(answering(seat).sitting.answers.values()) == {5}
        assert "Your comment: The staging table changed." in seat.text
        await seat.press("escape")
        await (await seat.at("Confirm")).press("y")
        await seat.at("HomeScreen")
        await seat.see("Sprint 1 has its results.")


async def test_a_sheet_too_many_is_refused_with_a_sentence(enough: Path) -> None:
    async with seated(app_on(enough)) as seat:
        await reviewed(seat)
        other = opened_at(enough)
        opened = other.store.round(the_team(enough).id)
        assert opened is not None
        rounds.answer(other, the_team(enough), opened, a_sheet(opened))
        await seat.press("s")
        await seat.see("have answered, so this sheet was not stored")
        assert seat.screen == "AnswerScreen"
    assert sheets(enough) == 5


async def test_the_app_can_begin_with_answering(asking: Path) -> None:
    async with seated(app_on(asking, start="answer")) as seat:
        await seat.at("AnswerScreen")


async def test_a_recorded_terminal_is_named_on_the_first_screen_and_where_one_looks_it_up(asking: Path) -> None:
    app = app_on(asking)
    app.warning = recorded({"TMUX": "x"})
    async with seated(app) as seat:
        await (await seat.press("a")).at("AnswerScreen")
        await seat.see("Look out: TMUX says that a program around this terminal may keep or record")
        await (await seat.press("enter", "i")).at("Reader")
        await (await seat.press("end", "pageup")).see("Look out: TMUX says")
