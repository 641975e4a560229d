"""The app of somebody who was sent an invitation: one round to answer, and an envelope at the end."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion
from textual.widgets import TextArea

from tests.promises.traces import normal_screen
from tests.terminal import Terminal
from tests.tui.broken_invited import fail
from tests.tui.guarded import CODES, SLIPS, guarded_round, invitation_to, invited
from tests.tui.seat import Anywhere
from tests.tui.states import ENOUGH, a_team, opened_at
from tests.tui.test_faults import COMMENT, ROOT, assert_one_sentence
from tests.tui.test_first_sprint import surroundings
from tests.tui.test_hostile import HOSTILE, LITERAL, assert_harmless
from tuiretro.core.envelope import envelopes
from tuiretro.core.invitation import encode_invitation
from tuiretro.core.promises import CODED, ELSEWHERE, NOT_HIDDEN, TWO_PERSON
from tuiretro.errors import FaultError, UnconfirmedError
from tuiretro.model.envelope import Invitation, Seal
from tuiretro.model.survey import Question
from tuiretro.service import rounds
from tuiretro.service.carrying import Source, check_words, collect
from tuiretro.service.workspace import Workspace
from tuiretro.tui import invited as module
from tuiretro.tui.invited import InvitedApp, outcome
from tuiretro.tui.screens.answer import AnswerScreen
from tuiretro.tui.themes import DARK, LIGHT

Guest = Anywhere[InvitedApp]


@pytest.fixture
def away(workspace: Workspace, tmp_path: Path) -> Invitation:
    """An invitation to a two-person round without codes; the folder for envelopes is the current one."""
    team = a_team(workspace)
    return invitation_to(workspace, team, guarded_round(workspace, team, codes=False))


@pytest.fixture
def coded(workspace: Workspace) -> Invitation:
    """An invitation to a round that asks for codes."""
    team = a_team(workspace)
    return invitation_to(workspace, team, guarded_round(workspace, team))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where envelopes go."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def fixed(away: Invitation) -> Invitation:
    """The same with keys and an id that are always the same, and so with the same check words."""
    keys = bytes(range(32))
    return Invitation(replace(away.round, id="0123456789abcdef"), Seal(keys, away.seal.size), keys)


def answering(seat: Guest) -> AnswerScreen:
    screen = seat.app.screen
    assert isinstance(screen, AnswerScreen)
    return screen


async def reviewed(seat: Guest, value: int = 4) -> Guest:
    """The page to check, after the same answer to everything."""
    await (await (await seat.at("AnswerScreen")).press("enter")).see("1 of 8")
    for _ in range(7):
        answering(seat).sitting = answering(seat).sitting.answer(value)
    return await (await seat.press(str(value))).see("check and submit")


async def ended(seat: Guest) -> None:
    await seat.until(lambda: not seat.app.is_running)


async def test_the_intro_says_what_holds_elsewhere_and_shows_the_check_words(coded: Invitation, out: Path) -> None:
    async with invited(InvitedApp(coded, out, dark=True), (120, 60)) as seat:
        await (await seat.fill(code=SLIPS[0])).press("enter")
        await seat.at("AnswerScreen")
        for sentence in (check_words(coded), ELSEWHERE, TWO_PERSON, CODED, NOT_HIDDEN, "by invitation"):
            await seat.see(sentence)


async def test_a_sheet_leaves_as_an_envelope_that_the_round_takes(away: Invitation, out: Path, place: Path) -> None:
    for value in range(1, 1 + ENOUGH):
        app = InvitedApp(away, out, dark=True)
        async with invited(app) as seat:
            await (await reviewed(seat, value)).press("s")
            await ended(seat)
        written = outcome(app)
        assert written is not None
        assert written.parent == out
        assert written.stat().st_mode & 0o777 == 0o600
    workspace = opened_at(place)
    (team,) = workspace.store.teams()
    found = [Source(path.name, path.read_text()) for path in out.iterdir()]
    assert collect(workspace, team, rounds.require_round(workspace, team), found, is_last=True).taken == ENOUGH


@pytest.mark.parametrize("keys", [["escape"], ["enter", "4", "escape", "y"]])
async def test_leaving_writes_nothing(away: Invitation, out: Path, keys: list[str]) -> None:
    app = InvitedApp(away, out, dark=True)
    async with invited(app) as seat:
        for key in keys:
            await seat.press(key)
            await seat.pilot.pause()
        await ended(seat)
    assert outcome(app) is None
    assert list(out.iterdir()) == []


async def test_the_code_is_asked_first_and_a_slip_of_the_finger_is_seen(coded: Invitation, out: Path) -> None:
    app = InvitedApp(coded, out, dark=True)
    async with invited(app) as seat:
        for typed, said in (
            ("hello", "this has 5 in all"),
            (f"{'1' if SLIPS[0][0] == '0' else '0'}{SLIPS[0][1:]}", "This code is mistyped"),
        ):
            await (await (await seat.fill(code=typed)).press("enter")).see(said)
        await (await seat.fill(code=SLIPS[0].lower())).press("enter")
        await (await reviewed(seat)).press("s")
        await ended(seat)
    written = outcome(app)
    assert written is not None
    assert CODES[0] not in written.read_text()
    assert SLIPS[0] not in written.read_text()


async def test_escape_in_place_of_a_code_leaves(coded: Invitation, out: Path) -> None:
    app = InvitedApp(coded, out, dark=True)
    async with invited(app) as seat:
        await (await seat.at("Form")).press("escape")
        await ended(seat)
    assert outcome(app) is None


@pytest.mark.parametrize("key", ["ctrl+p", "ctrl+q", "ctrl+c", "question_mark", "q", "1", "ctrl+d", "ctrl+s"])
async def test_no_key_but_escape_leaves_while_somebody_answers(away: Invitation, out: Path, key: str) -> None:
    async with invited(InvitedApp(away, out, dark=True)) as seat:
        await (await (await seat.at("AnswerScreen")).press("enter")).see("1 of 8")
        await seat.press(key)
        await seat.pilot.pause()
        assert seat.app.is_running
        assert seat.screen == "AnswerScreen"
        assert seat.notified == ""


async def test_a_disk_that_refuses_loses_nothing_and_the_sheet_can_be_sealed_again(
    away: Invitation, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def full(source: str | os.PathLike[str], target: str | os.PathLike[str]) -> None:
        if Path(target).parent == out:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(source, target)

    app = InvitedApp(away, out, dark=True)
    async with invited(app) as seat:
        await reviewed(seat)
        answering(seat).comment = "The staging table changed."
        monkeypatch.setattr(os, "replace", full)
        await (await seat.press("s")).see("the disk is full; nothing of it was left behind.")
        assert set(answering(seat).sitting.answers.values()) == {4}
        assert "Your comment: The staging table changed." in seat.text
        monkeypatch.undo()
        await seat.press("s")
        await ended(seat)
    assert outcome(app) in list(out.iterdir())
    assert len(list(out.iterdir())) == 1


async def test_an_envelope_that_the_disk_did_not_confirm_is_not_sealed_a_second_time(
    away: Invitation, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def unconfirmed(descriptor: int) -> None:
        # Before the envelope has its name, the disk is still trusted.
        if list(out.glob("envelope-*")):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(descriptor)

    app = InvitedApp(away, out, dark=True)
    async with invited(app) as seat:
        await reviewed(seat)
        monkeypatch.setattr(os, "fsync", unconfirmed)
        await seat.press("s")
        await ended(seat)
    monkeypatch.undo()
    with pytest.raises(UnconfirmedError, match="is written, but the disk did not confirm it"):
        outcome(app)
    assert len(list(out.iterdir())) == 1


@pytest.mark.parametrize("dark", [True, False])
def test_the_theme_is_the_one_that_was_asked_for(away: Invitation, out: Path, dark: object) -> None:
    assert InvitedApp(away, out, dark=bool(dark)).theme == (DARK if dark else LIGHT).name


async def test_a_fault_ends_the_app_with_a_sentence_and_without_an_envelope(
    away: Invitation, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "enclosed", fail)
    app = InvitedApp(away, out, dark=True)
    async with invited(app) as seat:
        await (await reviewed(seat)).press("s")
        await ended(seat)
    with pytest.raises(FaultError, match=r"This is a fault of the program \(RuntimeError") as caught:
        outcome(app)
    assert "Sheet" not in caught.value.message
    assert "safety." not in caught.value.message
    assert list(out.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_in_a_terminal_nothing_of_the_answers_is_left_by_a_fault(away: Invitation, out: Path, place: Path) -> None:
    (out / "in.json").write_text(encode_invitation(away), encoding="utf-8")
    command = (sys.executable, "-m", "tests.tui.broken_invited", str(out / "in.json"))
    # Tall enough for a traceback with the values of variables, which would scroll off a usual screen.
    with Terminal(command, cols=100, rows=150, env=surroundings(place), cwd=ROOT) as terminal:
        terminal.expect("enter start")
        terminal.send("enter")
        for number in range(1, 9):
            terminal.expect(f" {number} of 8")
            terminal.send("2")
        terminal.expect("check and submit")
        terminal.send("c")
        terminal.expect("characters left")
        terminal.send(COMMENT)
        terminal.expect(COMMENT)
        terminal.send("escape")
        terminal.expect(f"Your comment: {COMMENT}")
        terminal.send("s")
        code = terminal.wait()
    assert_one_sentence(normal_screen(terminal.heard), code, is_fatal=True)
    assert [path.name for path in out.iterdir()] == ["in.json"]


def hostile(away: Invitation) -> Invitation:
    """An invitation in which every text is hostile: no file with them would be read; the screens hold all the same."""
    questions = tuple(Question(f"own.{at}", text, text, "own") for at, text in enumerate(HOSTILE))
    title, intro = "T [/nope] \x1b[2J" + "W" * 2000, "I [/ \x1b[2J\u202e"
    labels = ("[/nope]", "[/", "a\x1b[2Jb", "a\u202eb", "[bold]b", "W" * 300)
    return replace(
        away,
        round=replace(away.round, title=title, intro=intro, notice="[/nope]", labels=labels, questions=questions),
    )


@pytest.mark.parametrize("asks_code", ["with a code", "without"])
async def test_hostile_texts_are_harmless_on_every_screen(away: Invitation, out: Path, asks_code: str) -> None:
    found = hostile(away)
    found = replace(found, round=replace(found.round, asks_code=asks_code == "with a code"))
    app = InvitedApp(found, out, dark=True)
    async with invited(app) as seat:
        if seat.screen == "Form":
            assert_harmless(seat)
            assert "The code on your slip" in seat.text
            await (await (await seat.fill(code="[/nope]\x1b[2J")).press("enter")).see("No code has a '[' in that place")
            assert_harmless(seat)
            await (await seat.fill(code=SLIPS[0])).press("enter")
        await seat.at("AnswerScreen")
        assert_harmless(seat)
        await (await seat.press("enter")).see("1 of 18")
        while (question := answering(seat).sitting.current) is not None:
            assert_harmless(seat)
            assert question.text not in LITERAL or question.text in seat.text
            answering(seat).sitting = answering(seat).sitting.answer(3)
            await seat.pilot.pause()
        await seat.see("check and submit")
        assert_harmless(seat)
        await (await seat.press("i")).at("Reader")
        assert_harmless(seat)
        await (await seat.press("escape")).at("AnswerScreen")
        await (await seat.press("c")).at("CommentScreen")
        seat.one(TextArea).text = "\n".join(HOSTILE)[:400]
        await (await seat.press("ctrl+s")).at("AnswerScreen")
        assert_harmless(seat)
        await seat.press("s")
        await ended(seat)
    written = outcome(app)
    assert written is not None
    assert list(envelopes(written.read_text())) != [None]


async def test_the_intro_of_an_invitation(away: Invitation, out: Path, picture: SnapshotAssertion) -> None:
    async with invited(InvitedApp(fixed(away), out, dark=True)) as seat:
        await seat.at("AnswerScreen")
        assert await seat.still() + "\n" == picture


async def test_the_code_of_an_invitation(coded: Invitation, out: Path, picture: SnapshotAssertion) -> None:
    async with invited(InvitedApp(fixed(coded), out, dark=True)) as seat:
        await seat.at("Form")
        assert await seat.still() + "\n" == picture
