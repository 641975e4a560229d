"""Answers from other machines: an invitation to send, and envelopes to collect."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input

from tests.cli.remote import invitation, slips
from tests.tui.guarded import CODES, WORDS, guarded_round, invitation_to, invited, post, without_words
from tests.tui.seat import Seat, seated
from tests.tui.states import a_round, a_sheet, a_team, app_on, opened_at
from tests.tui.test_answering import sheets, the_team
from tests.tui.test_guards import closing, coded_person, compared, guards, keeper, six_words
from tests.tui.test_hostile import assert_harmless
from tests.tui.test_rounds import the_round
from tuiretro.core.envelope import block
from tuiretro.core.invitation import digest
from tuiretro.model.envelope import Envelope, Invitation
from tuiretro.model.round import Round
from tuiretro.service import carrying, rounds
from tuiretro.service.workspace import Workspace
from tuiretro.store import ballot
from tuiretro.tui.invited import InvitedApp

TAKEN = "4 envelopes taken, shuffled among the boxes."


@pytest.fixture
def opened(workspace: Workspace) -> Round:
    """A two-person round with codes, open in the workspace."""
    return guarded_round(workspace, a_team(workspace))


@pytest.fixture
def away(workspace: Workspace, opened: Round) -> Invitation:
    """The invitation to it."""
    return invitation_to(workspace, workspace.store.teams()[0], opened)


async def form(seat: Seat, key: str, **values: str) -> Seat:
    """Fills in the form that a key opens."""
    await (await seat.press(key)).at("Form")
    return await (await seat.fill(**values)).press("enter")


@pytest.mark.parametrize("key", ["v", "e"])
async def test_the_keys_mean_something_only_while_a_round_is_open(key: str, with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await seat.press(key)
        await seat.pilot.pause()
        assert seat.screen == "HomeScreen"
        commands = {command.key for command in seat.app.get_default_screen().commands}
        assert key not in commands
        a_round(opened_at(with_team), the_team(with_team))
        await (await seat.press("1")).see("is open")
        assert key in {command.key for command in seat.app.get_default_screen().commands}
        await seat.press(key)
        await seat.until(lambda: seat.screen in {"Form", "Confirm"})


@pytest.mark.parametrize("key", ["v", "e"])
async def test_a_round_that_another_program_ended_is_said(key: str, opened: Round, place: Path) -> None:
    async with seated(app_on(place)) as seat:
        rounds.abandon(opened_at(place), the_team(place), opened)
        await (await seat.press(key)).told("No round is open for Atlas.")
        assert seat.screen == "HomeScreen"


async def test_an_invitation_is_written_with_its_check_words_on_the_screen(
    opened: Round, place: Path, tmp_path: Path
) -> None:
    file = tmp_path / "in.json"
    async with seated(app_on(place)) as seat:
        await (await form(seat, "v", file=str(file))).at("Reader")
        await seat.see("The invitation is written")
        await seat.see(carrying.check_words(invitation(file)))
        await (await seat.press("escape")).at("HomeScreen")
    assert invitation(file).round == opened
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("opened")
async def test_an_invitation_overwrites_nothing(place: Path, tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text("mine")
    async with seated(app_on(place)) as seat:
        await (await form(seat, "v", file=str(tmp_path / "in.json"))).see("is there already")
        assert seat.screen == "Form"
        assert seat.one(Input).value == str(tmp_path / "in.json")
        await (await seat.press("escape")).at("Confirm")
        await (await seat.press("y")).at("HomeScreen")
    assert (tmp_path / "in.json").read_text() == "mine"


async def test_without_a_closing_code_an_invitation_has_to_be_meant(asking: Path, tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    async with seated(app_on(asking)) as seat:
        await (await seat.press("v")).at("Confirm")
        await seat.see("in this round whoever holds the files can open it")
        await (await seat.press("n")).at("HomeScreen")
        await (await (await seat.press("v")).at("Confirm")).press("y")
        await (await (await seat.at("Form")).fill(file=str(file))).press("enter")
        await seat.at("Reader")
    assert not invitation(file).round.two_person


async def test_envelopes_are_taken_and_home_says_that_enough_have_answered(
    away: Invitation, place: Path, tmp_path: Path
) -> None:
    post(tmp_path / "post", away, CODES[:4])
    async with seated(app_on(place)) as seat:
        await seat.see("waiting for 4 or more answers")
        await (await form(seat, "e", folder=f" {tmp_path / 'post'} ")).at("Confirm")
        await (await seat.press("y")).at("Reader")
        await seat.see(TAKEN)
        # While a page is read, the app does not look again by itself.
        assert seat.app.scene is not None
        assert seat.app.scene.status is not None
        assert seat.app.scene.status.enough
        await (await seat.press("escape")).at("HomeScreen")
        await seat.see("4 or more answered")
    assert sheets(place) == 4


async def test_a_batch_that_locks_others_out_is_taken_only_on_yes(
    away: Invitation, place: Path, tmp_path: Path
) -> None:
    post(tmp_path / "post", away, CODES[:4])
    (tmp_path / "post" / "hello.txt").write_text("I will answer tomorrow.")
    async with seated(app_on(place)) as seat:
        await (await form(seat, "e", folder=str(tmp_path / "post"))).at("Confirm")
        await seat.see("at most one person could still send an envelope")
        await (await (await seat.press("n")).at("Reader")).see("Nothing was taken; nothing was changed.")
        await seat.see("Refused: hello.txt holds no envelope.")
        assert sheets(place) == 0


async def test_a_round_that_ended_before_the_yes_is_said_and_nothing_else(
    opened: Round, away: Invitation, place: Path, tmp_path: Path
) -> None:
    post(tmp_path / "post", away, CODES[:4])
    async with seated(app_on(place)) as seat:
        await (await form(seat, "e", folder=str(tmp_path / "post"))).at("Confirm")
        rounds.abandon(opened_at(place), the_team(place), opened)
        await (await seat.press("y")).told("The round was closed or abandoned meanwhile")
        await seat.at("HomeScreen")


async def test_fewer_than_k_are_not_taken(away: Invitation, place: Path, tmp_path: Path) -> None:
    post(tmp_path / "post", away, CODES[:3])
    async with seated(app_on(place)) as seat:
        await (await form(seat, "e", folder=str(tmp_path / "post"))).at("Reader")
        await seat.see("Nothing was taken: envelopes are taken 4 or more at a time")
    assert sheets(place) == 0


@pytest.mark.usefixtures("away")
async def test_a_folder_that_is_none_is_refused_in_the_form_and_escape_goes_home(place: Path) -> None:
    async with seated(app_on(place)) as seat:
        await (await form(seat, "e", folder="nowhere")).see("'nowhere' is no folder that can be read")
        await (await (await seat.press("escape")).at("Confirm")).press("y")
        await (await seat.at("HomeScreen")).press("e")
        await (await (await seat.at("Form")).press("escape")).at("HomeScreen")


@pytest.mark.usefixtures("away")
async def test_names_of_files_are_shown_as_text(place: Path, tmp_path: Path) -> None:
    (tmp_path / "post").mkdir()
    for name in ("[bold]b", "[@click=app.quit()]x[", "a\x1b[2Jb\u202ec", "W" * 250):
        (tmp_path / "post" / name).write_text("no envelope")
    async with seated(app_on(place)) as seat:
        await (await form(seat, "e", folder=str(tmp_path / "post"))).at("Reader")
        await seat.see("Refused: [bold]b holds no envelope.")
        assert_harmless(seat)


async def test_what_is_no_sheet_can_be_left_out_when_closing(
    opened: Round, away: Invitation, place: Path, tmp_path: Path
) -> None:
    post(tmp_path / "post", away, CODES[:4])
    noise = ballot.enclose(bytes(away.seal.size), CODES[4], digest(away), away.carrying_key)
    (tmp_path / "post" / "noise.txt").write_text(block(Envelope(opened.id, noise)))
    async with seated(app_on(place)) as seat:
        await (await form(seat, "e", folder=str(tmp_path / "post"))).at("Reader")
        await (await (await seat.press("escape")).at("HomeScreen")).see("4 or more answered")
        await closing(seat)
        await (await (await seat.fill(words=WORDS)).press("enter")).at("Confirm")
        await seat.see("One of the collected envelopes holds no sheet")
        await (await (await seat.press("n")).at("Form")).see("One of the collected envelopes holds no sheet")
        assert the_round(place) is not None
        await (await (await seat.press("enter")).at("Confirm")).press("y")
        await seat.at("ResultsScreen")
    assert the_round(place) is None


async def test_a_round_without_a_closing_code_can_be_closed_without_it_too(
    workspace: Workspace, place: Path, tmp_path: Path
) -> None:
    team = a_team(workspace)
    opened = guarded_round(workspace, team, codes=False, closing=False)
    away = invitation_to(workspace, team, opened)
    post(tmp_path / "post", away, ("",) * 4)
    noise = ballot.enclose(bytes(away.seal.size), "", digest(away), away.carrying_key)
    (tmp_path / "post" / "noise.txt").write_text(block(Envelope(opened.id, noise)))
    async with seated(app_on(place)) as seat:
        await (await form(seat, "e", folder=str(tmp_path / "post"))).at("Reader")
        await (await seat.press("escape")).at("HomeScreen")
        for key in ("n", "y"):
            await (await seat.press("c")).see("close the round and show the results?")
            await (await seat.press("y")).see("Close it as it is?")
            await seat.press(key)
            if key == "n":
                await seat.told("One of the collected envelopes holds no sheet")
                assert the_round(place) == opened
        await seat.at("ResultsScreen")


async def answered_elsewhere(away: Invitation, folder: Path, slip: str, value: str) -> None:
    """One person in the app of an invitation, with keys alone."""
    async with invited(InvitedApp(away, folder, dark=True)) as seat:
        await seat.press(*slip, "enter")
        await (await (await seat.at("AnswerScreen")).press("enter")).see("1 of 8")
        await seat.press(*(value * 8))
        await (await seat.see("check and submit")).press("s")
        await seat.until(lambda: not seat.app.is_running)


async def test_a_whole_remote_round_in_the_app_with_keys_alone(
    with_team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "envelopes"
    folder.mkdir()
    async with seated(app_on(with_team)) as seat:
        await (await (await guards(seat, "both")).at("Confirm")).press("y")
        await (await seat.at("Form")).press("enter")
        await keeper(seat)
        words = await six_words(seat)
        await (await compared(seat)).press("v")
        await (await (await seat.at("Form")).press("enter")).at("Reader")
        await (await seat.press("escape")).at("HomeScreen")
        codes = slips(tmp_path / "codes.html")
        away = invitation(tmp_path / "invitation-sprint-1.json")
        for slip, value in zip(codes[:4], "2345", strict=True):
            await answered_elsewhere(away, folder, slip, value)
        await (await (await seat.press("e")).at("Form")).press("enter")
        await (await seat.at("Confirm")).press("y")
        await (await (await seat.at("Reader")).see(TAKEN)).press("escape")
        await (await seat.at("HomeScreen")).press("a")
        await (await coded_person(seat, codes[4])).press(*("4" * 8))
        await (await (await seat.see("check and submit")).press("s")).at("PassScreen")
        await (await seat.press("escape")).at("HomeScreen")
        await closing(seat)
        await seat.press(*("space" if letter == " " else letter for letter in words), "enter")
        await (await seat.at("ResultsScreen")).see("5 of 5 answered")
    assert len(list(folder.iterdir())) == 4


@pytest.mark.usefixtures("opened")
async def test_the_invitation_that_was_written(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, picture: SnapshotAssertion
) -> None:
    monkeypatch.chdir(tmp_path)
    async with seated(app_on(place)) as seat:
        await (await (await (await seat.press("v")).at("Form")).press("enter")).at("Reader")
        assert without_words(await seat.still()) + "\n" == picture


async def test_envelopes_with_refusals(
    away: Invitation, place: Path, tmp_path: Path, picture: SnapshotAssertion
) -> None:
    folder = tmp_path / "post"
    post(folder, away, (*CODES[:4], ""))
    stranger = replace_id(away)
    (folder / "from-jo.txt").write_text(carrying.enclosed(stranger, a_sheet(stranger.round), CODES[4]))
    (folder / "cut.txt").write_text((folder / "envelope-1.txt").read_text()[:700])
    (folder / "hello.txt").write_text("I will answer tomorrow.")
    async with seated(app_on(place)) as seat:
        await (await form(seat, "e", folder=str(folder))).at("Confirm")
        await (await seat.press("y")).at("Reader")
        assert await seat.still() + "\n" == picture


def replace_id(away: Invitation) -> Invitation:
    """The invitation to another round."""
    return replace(away, round=replace(away.round, id="0123456789abcdef"))
