"""Codes before a sheet goes in, a closing code before the boxes open."""

from __future__ import annotations

import sys
from collections.abc import Collection
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Static

from tests.cli.remote import slips
from tests.terminal import Terminal
from tests.tui.guarded import CODES, OTHER_WORDS, SLIPS, WORDS, guarded_round, without_words
from tests.tui.seat import Seat, seated
from tests.tui.states import PEOPLE, TODAY, a_sheet, a_team, app_on, opened_at
from tests.tui.test_answering import answering, sheets, the_team
from tests.tui.test_rounds import the_round
from tuiretro.core.promises import BEFORE_CLOSING_CODE, KEEPER_ALONE, SAVED, WORDS_OF_NOTHING
from tuiretro.errors import BusyError, UnconfirmedError
from tuiretro.model.envelope import Invitation
from tuiretro.model.round import Round
from tuiretro.service import demo, rounds
from tuiretro.service.carrying import check_words
from tuiretro.service.insight import first_scene
from tuiretro.service.workspace import Workspace
from tuiretro.store.locked_key import closing_words
from tuiretro.store.tinydb_store import TinyDBStore
from tuiretro.tui.app import TuiretroApp
from tuiretro.tui.widgets.rows import RowList

UNCONFIRMED = "The round is open, but the disk did not confirm it."
SPENT = "This code is used up, or it is none of this round's"


@pytest.fixture
def coded(workspace: Workspace, place: Path) -> Path:
    """A round with codes is open and nobody has answered."""
    guarded_round(workspace, a_team(workspace), closing=False)
    return place


@pytest.fixture
def locked(workspace: Workspace, place: Path) -> Path:
    """Four of five have answered a two-person round."""
    team = a_team(workspace)
    opened = guarded_round(workspace, team, codes=False)
    for value in (2, 3, 4, 5):
        rounds.answer(workspace, team, opened, a_sheet(opened, value))
    return place


async def guards(seat: Seat, choice: str) -> Seat:
    """The choice of what a round asks for, with one of them taken."""
    await (await seat.press("o")).at("Choose")
    assert seat.one(RowList).point_at("")
    await (await seat.press("enter")).see("What does the round ask for?")
    assert seat.one(RowList).point_at(choice)
    await seat.pilot.pause()
    return await seat.press("enter")


async def safety(seat: Seat) -> Seat:
    """Opens the survey on safety."""
    await (await seat.at("Choose")).see("Open a round")
    assert seat.one(RowList).point_at("safety")
    await seat.pilot.pause()
    return await seat.press("enter")


async def coded_person(seat: Seat, slip: str) -> Seat:
    """One person who types a code on the form, and goes to the first statement."""
    await seat.at("Form")
    await (await seat.fill(code=slip)).press("enter")
    await (await seat.at("AnswerScreen")).press("enter")
    return await seat.see("1 of 8")


async def checked(seat: Seat) -> Seat:
    """The page to check, from the first statement on."""
    for _ in range(7):
        answering(seat).sitting = answering(seat).sitting.answer(4)
    await seat.press("4")
    return await seat.see("check and submit")


def has_changed(seat: Seat, before: int) -> bool:
    return id(seat.app.screen) != before


async def keeper(seat: Seat) -> Seat:
    """The keeper of the closing code sits down, and sees the six words."""
    await (await (await safety(seat)).at("Confirm")).see(KEEPER_ALONE)
    return await seat.press("y")


async def six_words(seat: Seat) -> str:
    """The closing code on the page that shows it."""
    await (await seat.at("Confirm")).see("The closing code")
    said = str(list(seat.app.screen.query(Static))[1].content)
    return " ".join(word for word in said.split() if said.count(f"  {word}\n"))


async def compared(seat: Seat) -> Seat:
    """From the page with the six words over the one with the check words to Home."""
    await (await seat.press("y")).see("The check words")
    return await (await seat.press("y")).at("HomeScreen")


async def test_codes_go_into_a_file_and_the_round_asks_for_them(with_team: Path, tmp_path: Path) -> None:
    file = tmp_path / "slips.html"
    async with seated(app_on(with_team)) as seat:
        await (await guards(seat, "codes")).at("Form")
        await (await seat.fill(file=str(file))).press("enter")
        await (await (await safety(seat)).at("HomeScreen")).told("let everybody draw a slip blind, and delete it")
    opened = the_round(with_team)
    assert opened is not None
    assert (opened.asks_code, opened.two_person) == (True, False)
    assert len(slips(file)) == PEOPLE
    assert file.stat().st_mode & 0o777 == 0o600


async def test_a_closing_code_stays_on_the_screen_until_somebody_says_that_it_is_written_down(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await guards(seat, "closing")).at("Confirm")
        await seat.see(BEFORE_CLOSING_CODE)
        await keeper(await seat.press("y"))
        words = await six_words(seat)
        assert len(words.split()) == 6
        assert set(words.split()) <= set(closing_words())
        for key in ("enter", "q", "space", "1"):
            await seat.press(key)
            assert await six_words(seat) == words
        for key in ("escape", "n"):
            await (await (await seat.press(key)).see("Leave the six words?")).press(key)
            assert await six_words(seat) == words
        assert the_round(with_team) is None
        await (await seat.press("y")).see("They are no secret")
        await (await seat.press("y")).at("HomeScreen")
        assert words.split()[0] not in seat.text
    opened = the_round(with_team)
    assert opened is not None
    assert (opened.asks_code, opened.two_person) == (False, True)
    workspace = opened_at(with_team)
    for _ in range(4):
        rounds.answer(workspace, the_team(with_team), opened, a_sheet(opened))
    assert rounds.close(workspace, the_team(with_team), opened, words).answered is None


async def test_the_keeper_gets_the_check_words_of_the_invitation_after_the_six_words(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await guards(seat, "closing")).at("Confirm")).press("y")
        await six_words(await keeper(seat))
        await (await seat.press("y")).see("The check words")
        opened = the_round(with_team)
        assert opened is not None
        words = check_words(opened_at(with_team).store.invitation(the_team(with_team).id, opened))
        await seat.see(words)
        for key in ("enter", "escape", "n", "space"):
            await (await seat.press(key)).see(words)
        await (await seat.press("y")).at("HomeScreen")


async def test_check_words_that_cannot_be_read_are_said_to_be_asked_for_later(
    with_team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> Invitation:
        raise BusyError("Another program is using it.")

    monkeypatch.setattr(TinyDBStore, "invitation", busy)
    async with seated(app_on(with_team)) as seat:
        await (await (await guards(seat, "closing")).at("Confirm")).press("y")
        assert await six_words(await keeper(seat))
        await (await seat.press("y")).see("could not be read now.")
        await (await seat.see("you for them.")).press("y")
        await seat.at("HomeScreen")


async def test_an_app_that_is_left_before_the_words_are_written_down_has_something_to_say(with_team: Path) -> None:
    app = app_on(with_team)
    async with seated(app) as seat:
        await (await (await guards(seat, "closing")).at("Confirm")).press("y")
        await six_words(await keeper(seat))
        assert app.farewell == WORDS_OF_NOTHING
        await (await seat.press("y")).see("The check words")
        await (await seat.press("y")).at("HomeScreen")
        assert app.farewell == ""


async def test_a_keeper_who_goes_before_the_words_are_shown_leaves_no_round(with_team: Path, tmp_path: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await guards(seat, "both")).at("Confirm")).press("y")
        await (await (await seat.at("Form")).fill(file=str(tmp_path / "s.md"))).press("enter")
        await (await safety(seat)).see(KEEPER_ALONE)
        await seat.press("enter")
        assert KEEPER_ALONE in seat.words
        await (await seat.press("n")).at("HomeScreen")
        assert seat.app.farewell == ""
    assert the_round(with_team) is None
    assert list(tmp_path.glob("*.md")) == []


async def test_a_keeper_who_leaves_the_words_leaves_no_round(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await guards(seat, "closing")).at("Confirm")).press("y")
        await six_words(await keeper(seat))
        await (await (await seat.press("n")).see("Leave the six words?")).press("y")
        await seat.at("HomeScreen")
        assert seat.app.farewell == ""
    assert the_round(with_team) is None


async def test_nobody_is_fetched_for_a_round_that_cannot_open(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await guards(seat, "closing")).at("Confirm")).press("y")
        await seat.at("Choose")
        other = opened_at(with_team)
        rounds.open_round(other, the_team(with_team), "safety")
        await (await safety(seat)).told("A round is open for")
        assert seat.screen == "HomeScreen"


def test_an_app_that_ends_at_the_six_words_leaves_no_round_and_says_so(with_team: Path) -> None:
    env = {"TUIRETRO_WORKSPACE": str(with_team), "TUIRETRO_TODAY": str(TODAY), "NO_COLOR": "1"}
    with Terminal([sys.executable, "-m", "tuiretro"], 120, 36, env) as terminal:
        terminal.expect("open the first one|No round")
        terminal.send("o")
        terminal.expect("with one-time codes or a closing code")
        terminal.send("end", "enter")
        terminal.expect("What does the round ask for")
        terminal.send("down")
        terminal.settle()
        terminal.send("enter")
        terminal.expect("Does somebody else keep the closing code")
        terminal.send("y")
        terminal.expect("fixed once it is open|Fixed once it is open")
        terminal.send("enter")
        terminal.expect("sits down alone")
        terminal.send("y")
        terminal.expect("all six are written down")
        terminal.send("ctrl+q")
        assert terminal.wait() == 0
        assert WORDS_OF_NOTHING in terminal.heard.decode()
    assert the_round(with_team) is None


async def test_a_round_can_ask_for_both_and_tells_both(with_team: Path, tmp_path: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await guards(seat, "both")).at("Confirm")).press("y")
        await (await (await seat.at("Form")).fill(file=str(tmp_path / "s.md"))).press("enter")
        await keeper(seat)
        assert await six_words(seat)
        await (await seat.press("y")).see("let everybody draw a slip blind, and delete it")
        await (await seat.press("y")).at("HomeScreen")
    opened = the_round(with_team)
    assert opened is not None
    assert (opened.asks_code, opened.two_person) == (True, True)


@pytest.mark.parametrize("steps", [["escape"], ["enter", "escape"], ["enter", "enter", "escape"]])
async def test_going_back_at_any_step_opens_nothing_and_writes_nothing(
    with_team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: list[str]
) -> None:
    folder = tmp_path / "started"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with seated(app_on(with_team)) as seat:
        await (await seat.press("o")).at("Choose")
        assert seat.one(RowList).point_at("")
        await (await seat.press("enter")).see("What does the round ask for?")
        for key in steps:
            before = id(seat.app.screen)
            await seat.press(key)
            await seat.until(partial(has_changed, seat, before))
        await seat.at("HomeScreen")
    assert the_round(with_team) is None
    assert list(folder.iterdir()) == []


async def test_no_at_the_question_who_keeps_the_words_opens_nothing(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await guards(seat, "closing")).at("Confirm")
        await (await seat.press("n")).at("HomeScreen")
    assert the_round(with_team) is None


async def test_a_name_that_cannot_be_used_is_refused_in_the_form(with_team: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine")
    async with seated(app_on(with_team)) as seat:
        await (await guards(seat, "codes")).at("Form")
        for name, said in (
            (str(tmp_path / "mine.md"), "is there already, and was left as it is; choose another name."),
            (str(tmp_path / "no" / "s.md"), "There is no folder"),
            (" ", "The file name is empty; type at least one letter."),
        ):
            await (await (await seat.fill(file=name)).press("enter")).see(said)
        assert (tmp_path / "mine.md").read_text() == "mine"
    assert the_round(with_team) is None


async def test_a_file_that_comes_meanwhile_is_left_alone_and_nothing_opens(with_team: Path, tmp_path: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await guards(seat, "codes")).at("Form")
        await (await seat.fill(file=str(tmp_path / "s.md"))).press("enter")
        await seat.at("Choose")
        (tmp_path / "s.md").write_text("mine")
        await (await safety(seat)).told("is there already, and was left as it is")
        assert seat.screen == "HomeScreen"
    assert (tmp_path / "s.md").read_text() == "mine"
    assert the_round(with_team) is None


class UnconfirmedStore(TinyDBStore):
    """A store on a disk that opens rounds and does not confirm it."""

    def open_round(self, team: str, opened: Round, codes: Collection[bytes] = (), closing: str | None = None) -> None:
        super().open_round(team, opened, codes, closing)
        raise UnconfirmedError(UNCONFIRMED)


async def test_a_round_that_the_disk_did_not_confirm_shows_its_secrets_all_the_same(with_team: Path) -> None:
    store = UnconfirmedStore.open(with_team, today=lambda: TODAY)
    workspace = replace(opened_at(with_team, seed=2), store=store)
    async with seated(TuiretroApp(workspace, first_scene(workspace, None))) as seat:
        await (await (await guards(seat, "closing")).at("Confirm")).press("y")
        await keeper(seat)
        assert await six_words(seat)
        await compared(seat)
        await seat.told(UNCONFIRMED)
        await seat.see("Psychological safety is open")


async def test_an_unguarded_round_that_the_disk_did_not_confirm_is_said(with_team: Path) -> None:
    store = UnconfirmedStore.open(with_team, today=lambda: TODAY)
    workspace = replace(opened_at(with_team, seed=2), store=store)
    async with seated(TuiretroApp(workspace, first_scene(workspace, None))) as seat:
        await seat.press("o")
        await (await safety(seat)).told(UNCONFIRMED)
        assert seat.screen == "HomeScreen"


async def test_the_code_is_asked_before_the_first_statement_and_checked_at_once(coded: Path) -> None:
    async with seated(app_on(coded)) as seat:
        await (await seat.press("a")).at("Form")
        await seat.see("Psychological safety: one-time code")
        for typed, said in (
            ("", "this has 0 in all"),
            (f"{'1' if SLIPS[0][0] == '0' else '0'}{SLIPS[0][1:]}", "This code is mistyped"),
            ("0000-0000-0000-0000-0", SPENT),
        ):
            await (await (await seat.fill(code=typed)).press("enter")).see(said)
        await coded_person(seat, SLIPS[0].lower().replace("-", " "))
        await (await (await checked(seat)).press("s")).at("PassScreen")
        await seat.see(SAVED)
        await (await seat.press("x")).at("Form")
        await (await (await seat.fill(code=SLIPS[0])).press("enter")).see(SPENT)
        await (await (await seat.press("escape")).at("Confirm")).press("y")
        await seat.at("HomeScreen")
    assert sheets(coded) == 1


async def test_home_says_what_a_round_asks_for_and_names_the_ways_to_other_machines(coded: Path) -> None:
    async with seated(app_on(coded)) as seat:
        await seat.see("Each person types a one-time code.")
        assert "a answer  c close  v invite  e collect" in seat.keys
        await seat.see("e collects the envelopes that they send back.")
        await seat.see("c closes it: results and plays for you, no sheets left.")


async def test_escape_in_place_of_a_code_goes_home(coded: Path) -> None:
    async with seated(app_on(coded)) as seat:
        await (await seat.press("a")).at("Form")
        for key in ("ctrl+p", "ctrl+q", "ctrl+c"):
            await seat.press(key)
            assert seat.screen == "Form"
        await (await seat.press("escape")).at("HomeScreen")
    assert sheets(coded) == 0


async def test_a_code_that_two_people_typed_loses_nothing_and_another_one_can_be_typed(coded: Path) -> None:
    async with seated(app_on(coded)) as seat:
        await seat.press("a")
        await checked(await coded_person(seat, SLIPS[0]))
        answering(seat).comment = "The staging table changed."
        other = opened_at(coded)
        opened = other.store.round(the_team(coded).id)
        assert opened is not None
        rounds.answer(other, the_team(coded), opened, a_sheet(opened), CODES[0])

        await (await seat.press("s")).see(SPENT)
        assert seat.screen == "AnswerScreen"
        assert "check and submit" in seat.text
        assert sheets(coded) == 1
        await (await seat.press("s")).at("Form")
        await (await (await seat.press("escape")).at("AnswerScreen")).see(SPENT)
        assert set(answering(seat).sitting.answers.values()) == {4}
        assert "Your comment: The staging table changed." in seat.text
        await (await seat.press("s")).at("Form")
        await (await seat.fill(code=SLIPS[1])).press("enter")
        await (await seat.at("PassScreen")).see(SAVED)
    assert sheets(coded) == 2


async def closing(seat: Seat) -> Seat:
    await (await (await seat.press("c")).at("Confirm")).press("y")
    return await seat.at("Form")


async def test_the_six_words_close_the_round_and_everything_else_leaves_it_open(locked: Path) -> None:
    async with seated(app_on(locked)) as seat:
        await closing(seat)
        first, *rest = WORDS.split()
        for typed, said in (
            (f"{first}qx {' '.join(rest)}", f"'{first}qx' is none of the words of closing codes"),
            (" ".join(rest), "A closing code has 6 words, and this has 5."),
            (OTHER_WORDS, "These are not the six words of this round"),
            ("", "This is a two-person round: its boxes open only with the six words"),
        ):
            await (await (await seat.fill(words=typed)).press("enter")).see(said)
            assert the_round(locked) is not None
        await (await seat.fill(words=f" {WORDS.upper().replace(' ', '  ')} ")).press("enter")
        await seat.at("ResultsScreen")
    assert the_round(locked) is None


async def test_going_back_from_the_six_words_leaves_the_round_open(locked: Path) -> None:
    async with seated(app_on(locked)) as seat:
        await closing(seat)
        await (await seat.press("escape")).at("HomeScreen")
    assert sheets(locked) == 4


async def test_too_few_answers_are_said_before_anybody_is_fetched(workspace: Workspace, place: Path) -> None:
    guarded_round(workspace, a_team(workspace))
    async with seated(app_on(place)) as seat:
        await (await seat.press("c")).told("Fewer than 4 have answered")
        assert seat.screen == "HomeScreen"


async def test_a_damaged_key_is_told_apart_from_wrong_words(locked: Path) -> None:
    (key,) = locked.rglob("key")
    key.write_bytes(key.read_bytes()[:-1] + b"x")
    async with seated(app_on(locked)) as seat:
        await closing(seat)
        await (await (await seat.fill(words=WORDS)).press("enter")).see("check sum does not fit")


async def test_what_a_round_can_ask_for(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await seat.press("o")).at("Choose")
        assert seat.one(RowList).point_at("")
        await (await seat.press("enter")).see("What does the round ask for?")
        await seat.press("end")
        assert await seat.still() + "\n" == picture


async def test_the_page_with_the_closing_code(
    with_team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, picture: SnapshotAssertion
) -> None:
    monkeypatch.chdir(tmp_path)
    async with seated(app_on(with_team)) as seat:
        await (await (await guards(seat, "both")).at("Confirm")).press("y")
        await (await seat.at("Form")).press("enter")
        await keeper(seat)
        await six_words(seat)
        assert without_words(await seat.still()) + "\n" == picture


async def test_the_form_for_a_code_that_was_refused(coded: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(coded)) as seat:
        await (await seat.press("a")).at("Form")
        await (await (await seat.fill(code="ABCD")).press("enter")).see("this has 4 in all")
        assert await seat.still() + "\n" == picture


async def test_the_form_for_the_six_words(locked: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(locked)) as seat:
        await closing(seat)
        await (await (await seat.fill(words=OTHER_WORDS)).press("enter")).see("These are not the six words")
        assert await seat.still() + "\n" == picture


async def test_help_says_what_the_words_of_guarded_rounds_mean(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await seat.press("question_mark")).at("Reader")
        page = str(seat.one(Static, "#page-text").content)
    for word in ("closing code", "check words", "invitation", "envelope", "box", "slip"):
        assert f"\n{word}  " in page


async def test_what_a_round_asks_for_cuts_nothing_of_a_full_home(tmp_path: Path) -> None:
    team = demo.build(tmp_path / "demo", sprints=8, today=TODAY)
    workspace = opened_at(tmp_path / "demo")
    rounds.abandon(workspace, team)
    rounds.open_round(workspace, team, guard=rounds.Guard(CODES, WORDS))
    async with seated(TuiretroApp(workspace, first_scene(workspace, None))) as seat:
        await seat.see("closing takes the six words.")
        assert seat.one(RowList).max_scroll_y == 0
