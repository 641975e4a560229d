"""A private self-check on the screen: for one person, kept only if asked, with and without a team."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest
from textual.widgets import Input

from tests.core.self_checks import kept
from tests.promises.traces import normal_screen
from tests.terminal import Terminal
from tests.tui.seat import SMALL, Anywhere, Seat, seated, settle
from tests.tui.states import TODAY, app_on
from tests.tui.test_first_sprint import surroundings
from tuiretro.core.self_check_words import ALONE, DIFFERENT, FORGOTTEN, GONE, KEEP, LEFT_ALONE
from tuiretro.errors import FaultError, NotFoundError, WorkspaceError
from tuiretro.library import Library
from tuiretro.service import insight
from tuiretro.service import self_check as service
from tuiretro.service.self_check import Beside, Keeping, OwnCheck, prepare
from tuiretro.service.workspace import open_workspace
from tuiretro.store import self_checks
from tuiretro.store.self_checks import SelfChecks
from tuiretro.tui import checking
from tuiretro.tui.checking import CheckingApp
from tuiretro.tui.desk import DEMO_NOTE
from tuiretro.tui.flows import self_check as flow
from tuiretro.tui.flows.desk import Desk
from tuiretro.tui.screens.answer import AnswerScreen
from tuiretro.tui.screens.dialogs import Reader
from tuiretro.tui.widgets.rows import RowList

WORDS, OTHER, SHORT = "correct horse", "correct horsy", "four"
(EARLIER,) = kept({"safety.bad-news": 2})
PRIVATE = prepare(Library(), "safety")
Alone = Anywhere[CheckingApp]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks that open at once."""
    monkeypatch.setattr(self_checks, "COST", (1, 8192))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "own"


def app_for(folder: Path | None, *, wanted: bool = False) -> CheckingApp:
    keeping = Keeping(folder, folder.parent / "workspace") if folder else None
    return CheckingApp(OwnCheck(PRIVATE, Library(), Beside(), TODAY, keeping, wanted), dark=True)


@asynccontextmanager
async def alone(app: CheckingApp) -> AsyncIterator[Alone]:
    app.animation_level = "none"
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        seat = Anywhere(app, pilot)
        await settle(pilot, lambda: seat.screen == "AnswerScreen")
        await pilot.pause()
        yield seat


async def reviewed(seat: Anywhere[CheckingApp] | Seat, value: int = 2) -> None:
    """The page to check, after the same answer to everything."""
    await (await (await seat.at("AnswerScreen")).press("enter")).see("1 of 8")
    screen = seat.app.screen
    assert isinstance(screen, AnswerScreen)
    for _ in range(8):
        screen.sitting = screen.sitting.answer(value)
    await seat.see("s see your answers")


async def pictured(seat: Anywhere[CheckingApp] | Seat, value: int = 2) -> None:
    """The question whether to keep it, after the picture."""
    await reviewed(seat, value)
    await (await (await seat.press("s")).at("Reader")).see("your answers")
    await seat.press("escape")


async def ended(seat: Alone) -> str | None:
    await seat.until(lambda: not seat.app.is_running)
    return seat.app.return_value


async def test_it_names_no_team_asks_for_no_comment_and_keeps_nothing_without_a_yes(folder: Path) -> None:
    async with alone(app_for(folder)) as seat:
        await seat.see(ALONE)
        assert seat.text.splitlines()[0].strip() == "Psychological safety  for you alone"
        assert "all that is kept" not in seat.keys
        await reviewed(seat)
        assert "omment" not in seat.text
        await seat.press("c")
        await (await (await seat.press("i")).at("Reader")).see("unless you ask at the end to keep them")
        assert "audit" not in seat.text
        await (await seat.press("escape")).at("AnswerScreen")
        await (await (await seat.press("s")).at("Reader")).see("your answers")
        await (await (await (await seat.press("escape")).at("Confirm")).see(KEEP)).press("n")
        assert await ended(seat) == GONE
    assert not folder.exists()


async def test_leaving_shows_and_keeps_nothing(folder: Path) -> None:
    async with alone(app_for(folder, wanted=True)) as seat:
        await reviewed(seat)
        await (await (await seat.press("escape")).at("Confirm")).press("y")
        assert await ended(seat) == LEFT_ALONE
    assert not folder.exists()


async def test_two_passphrases_that_differ_are_said_and_what_was_typed_is_never_shown(folder: Path) -> None:
    async with alone(app_for(folder)) as seat:
        await pictured(seat)
        await (await seat.at("Confirm")).press("y")
        await (await (await seat.at("Form")).fill(passphrase=WORDS, again=OTHER)).press("ctrl+s")
        await seat.see(DIFFERENT)
        assert "correct" not in seat.text
        assert seat.one(Input, "#passphrase").has_focus
        await (await seat.fill(again=WORDS)).press("ctrl+s")
        said = await ended(seat)
    assert said is not None
    assert said.startswith(f"Kept in {folder / 'self-checks'}, locked with your passphrase.")
    assert len(SelfChecks(folder).read(WORDS)) == 1


async def test_beside_what_is_kept_plain_nobody_is_asked_for_a_passphrase(folder: Path) -> None:
    SelfChecks(folder).add(EARLIER, seen=None)
    async with alone(app_for(folder, wanted=True)) as seat:
        await pictured(seat)
        said = await ended(seat)
    assert said is not None
    assert "readable for whoever may read your files" in said
    assert len(SelfChecks(folder).read()) == 2


async def test_a_wrong_passphrase_can_be_typed_again_and_going_back_keeps_nothing(folder: Path) -> None:
    SelfChecks(folder).add(EARLIER, WORDS, seen=None)
    async with alone(app_for(folder, wanted=True)) as seat:
        await pictured(seat)
        await (await (await seat.at("Form")).fill(passphrase=OTHER)).press("enter")
        await seat.see("That is not the passphrase of your self-checks.")
        await (await (await seat.press("escape")).at("Confirm")).press("y")
        await (await seat.see(KEEP)).press("y")
        await (await (await seat.at("Form")).press("escape")).see(KEEP)
        await seat.press("n")
        assert await ended(seat) == GONE
    assert SelfChecks(folder).read(WORDS) == (EARLIER,)


async def test_what_was_typed_for_a_file_that_is_another_by_now_is_asked_for_anew(folder: Path) -> None:
    own = SelfChecks(folder)
    own.add(EARLIER, WORDS, seen=None)
    async with alone(app_for(folder, wanted=True)) as seat:
        await pictured(seat)
        await seat.at("Form")
        own.forget()
        await (await seat.fill(passphrase=SHORT)).press("enter")
        await (await (await seat.at("Confirm")).see("were removed")).press("y")
        await (await seat.at("Form")).fill(passphrase=WORDS, again=WORDS)
        own.add(EARLIER, seen=None)
        await seat.press("ctrl+s")
        await (await (await seat.at("Confirm")).see("are without a passphrase now")).press("n")
        assert await ended(seat) == GONE
    assert own.read() == (EARLIER,)


async def test_a_file_that_cannot_be_read_is_said_and_left_alone(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    (folder / "self-checks").write_bytes(b"thesis")
    async with alone(app_for(folder, wanted=True)) as seat:
        await pictured(seat)
        said = await ended(seat)
    assert said is not None
    assert said.startswith(f"{GONE} {folder / 'self-checks'} is damaged")
    assert (folder / "self-checks").read_bytes() == b"thesis"


async def test_what_the_disk_did_not_confirm_is_not_kept_a_second_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def unconfirmed(descriptor: int) -> None:
        if (folder / "self-checks").exists():
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(descriptor)

    async with alone(app_for(folder, wanted=True)) as seat:
        await pictured(seat)
        await seat.at("Form")
        monkeypatch.setattr(os, "fsync", unconfirmed)
        await seat.press("ctrl+s")
        said = await ended(seat)
    monkeypatch.undo()
    assert said is not None
    assert said.startswith("Your self-check is kept, but the disk did not confirm it")
    assert len(SelfChecks(folder).read()) == 1


async def test_a_fault_ends_the_app_with_one_sentence_without_an_answer(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object, sheet: object) -> None:
        raise RuntimeError(f"cannot show {sheet!r}")

    monkeypatch.setattr(service, "show", fail)
    app = app_for(folder)
    async with alone(app) as seat:
        await reviewed(seat)
        await seat.press("s")
        await ended(seat)
    with pytest.raises(FaultError, match=r"This is a fault of the program \(RuntimeError") as caught:
        app.require_sound()
    assert "safety." not in caught.value.message


async def test_it_starts_from_home_with_the_teams_release_beside_it_and_leaves_the_workspace_alone(
    released: Path, folder: Path
) -> None:
    app = app_on(released)
    app.places = released, folder
    before = {path: path.read_bytes() for path in released.rglob("*") if path.is_file()}
    async with seated(app) as seat:
        await (await (await seat.press("y")).at("Choose")).see("A private self-check")
        assert "Deep dive" not in seat.text
        await seat.press("down", "enter")
        await reviewed(seat)
        await (await (await seat.press("s")).at("Reader")).see("what Atlas released for sprint 1")
        await (await (await seat.press("escape")).at("Confirm")).press("y")
        await (await seat.at("Form")).press("ctrl+s")
        await (await seat.told("Kept in")).at("HomeScreen")
    assert len(SelfChecks(folder).read()) == 1
    assert {path: path.read_bytes() for path in released.rglob("*") if path.is_file()} == before


async def test_it_starts_from_the_library_too_and_going_back_does_nothing(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await seat.press("7")).at("LibraryScreen")
        await (await (await (await seat.press("y")).at("Choose")).press("escape")).at("LibraryScreen")


async def test_what_is_kept_is_looked_at_and_forgotten_from_the_app(with_team: Path, folder: Path) -> None:
    SelfChecks(folder).add(EARLIER, WORDS, seen=None)
    app = app_on(with_team)
    app.places = with_team, folder
    async with seated(app) as seat:
        await chosen(seat, flow.LOOK_BACK)
        await (await (await seat.at("Form")).fill(passphrase=WORDS)).press("enter")
        await (await seat.at("Reader")).see("Your self-checks, for you alone")
        await (await seat.press("escape")).at("HomeScreen")
        await chosen(seat, ":forget")
        await (await (await seat.at("Confirm")).press("y")).told("Removed. The file is gone")
        await (await seat.press("y")).at("Choose")
        assert "What is kept" not in seat.text


class Scripted:
    """A desk at which somebody chose already; a failing use case is said."""

    def __init__(self, place: Path, folder: Path, *answers: object) -> None:
        self.workspace = open_workspace(place)
        self.places, self.is_demo = (place, folder), False
        self.answers = list(answers)
        self.said: list[str] = []

    async def ask(self, screen: object) -> object:
        self.said += [screen.heading] if isinstance(screen, Reader) else []
        return self.answers.pop(0)

    async def off_loop(self, call: Callable[..., object], *args: object) -> object:
        return call(*args)

    async def attempt(self, call: Callable[..., object], *args: object) -> object:
        try:
            return call(*args)
        except WorkspaceError as error:
            self.said.append(error.message)
            return None

    @asynccontextmanager
    async def covered(self, _: str) -> AsyncIterator[None]:
        yield

    def tell(self, sentence: str) -> None:
        self.said.append(sentence)

    refuse = tell


@pytest.mark.parametrize(
    ("answers", "failing", "said"),
    [
        ((flow.LOOK_BACK, None), "", ["Your self-checks, for you alone"]),
        ((flow.LOOK_BACK,), "history", ["They are damaged."]),
        ((":forget", True), "forget", ["They are damaged."]),
        ((":forget", True), "", [FORGOTTEN]),
        ((":forget", False), "", []),
    ],
)
async def test_what_is_kept_plain_is_shown_at_once_and_what_fails_is_said(
    with_team: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    answers: tuple[object, ...],
    failing: str,
    said: list[str],
) -> None:
    def broken(*_: object) -> None:
        raise WorkspaceError("They are damaged.")

    SelfChecks(folder).add(EARLIER, seen=None)
    desk = Scripted(with_team, folder, *answers)
    if failing:
        monkeypatch.setattr(service, failing, broken)
    (team,) = desk.workspace.store.teams()
    await flow.choose(cast("Desk", desk), insight.scene(desk.workspace, team))
    assert desk.said == said
    assert bool(SelfChecks(folder).read()) == (said != [FORGOTTEN])


async def chosen(seat: Seat, key: str) -> None:
    """One of what a self-check offers."""
    await (await seat.press("y")).at("Choose")
    assert seat.one(RowList).point_at(key)
    await seat.press("enter")


async def test_in_a_demo_nothing_is_kept_and_nobody_is_asked(released: Path, folder: Path) -> None:
    app = app_on(released, note=DEMO_NOTE)
    app.places = released, folder
    async with seated(app) as seat:
        await (await (await seat.press("y")).at("Choose")).press("down", "enter")
        await pictured(seat)
        await seat.told(GONE)
    assert not folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_in_a_terminal_only_what_became_of_it_stays(place: Path, folder: Path) -> None:
    command = (sys.executable, "-m", "tuiretro", "check", "--survey", "safety")
    env = {**surroundings(place), "TUIRETRO_CHECKS": str(folder), "TEXTUAL_LOG": "log"}
    with Terminal(command, *SMALL, env=env) as terminal:
        terminal.expect("enter start")
        terminal.send("escape")
        assert terminal.wait() == 0
    assert b"TEXTUAL_LOG is ignored" in terminal.heard
    assert terminal.heard.rstrip().endswith(LEFT_ALONE.encode())
    assert not place.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_whoever_is_ended_by_a_signal_leaves_nothing(place: Path, folder: Path) -> None:
    command = (sys.executable, "-m", "tuiretro", "check", "--survey", "safety")
    with Terminal(command, *SMALL, env={**surroundings(place), "TUIRETRO_CHECKS": str(folder)}) as terminal:
        terminal.expect("enter start")
        terminal.send("enter", "2")
        terminal.expect(" 2 of 8")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
    assert "In this sprint" not in normal_screen(terminal.heard)
    assert not folder.exists()


async def test_a_library_that_breaks_meanwhile_is_said_and_nobody_is_asked(
    with_team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise NotFoundError("There is no survey any more.")

    async with seated(app_on(with_team)) as seat:
        monkeypatch.setattr(service, "prepare", broken)
        await (await (await seat.press("y")).at("Choose")).press("enter")
        await (await seat.told("There is no survey any more.")).at("HomeScreen")
        monkeypatch.setattr(flow, "catalogue", broken)
        seat.app.clear_notifications()
        await (await seat.press("y")).told("There is no survey any more.")


def test_an_app_that_ended_without_a_word_says_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CheckingApp, "run_in_terminal", lambda _: None)
    assert checking.run(app_for(folder).asked, dark=True) == ""
