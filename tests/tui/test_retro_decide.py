"""Deciding: what became of earlier actions, what is taken on, how a retro ends, and the file that tells of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.retros import NOTES, answered, begun, board_at, in_room, names, on_row, retro_at, room_at, room_of, stage
from tests.tui.seat import LARGE, Seat
from tests.tui.states import opened_at
from tuiretro.core.agenda import SUMMARY
from tuiretro.core.steps import in_force
from tuiretro.model.action import Action
from tuiretro.service import actions, retros
from tuiretro.service.retro_decisions import take_on
from tuiretro.tui.widgets.rows import RowList


def kept(place: Path) -> tuple[Action, ...]:
    store = opened_at(place).store
    return store.actions(store.teams()[0].id)


@pytest.fixture
def with_actions(with_team: Path) -> Path:
    workspace = opened_at(with_team)
    for title in ("Write the data card", "Name one owner", "Look at the dashboard", "Buy cake"):
        actions.add(workspace, workspace.store.teams()[0], title, owner="Mina", done_when=f"{title}: seen.")
    return with_team


async def test_earlier_actions_are_done_kept_moved_and_dropped_one_after_the_other(with_actions: Path) -> None:
    begun(with_actions, stage="actions")
    async with in_room(with_actions) as seat:
        await seat.see("Write the data card Done when: Write the data card: seen.")
        await seat.press("enter")
        for _ in range(3):
            room_of(seat).action_wish("done")
        await seat.see("done Write the data card")
        await seat.until(lambda: seat.one(RowList).chosen == "a2")
        await (await seat.press("k")).see("kept Name one owner")
        await seat.until(lambda: seat.one(RowList).chosen == "a3")
        await (await seat.press("m")).at("Form")
        await (await seat.press("enter")).see("The due date '' is not understood")
        await (await seat.fill(due="2026-11-01")).press("enter")
        await (await seat.see("is in the past")).fill(due="end of next sprint")
        await (await seat.press("enter")).at("RoomScreen")
        await (await seat.told("Moved to 13 Dec 2026.")).see("moved Look at the dashboard")
        await (await on_row(seat, "a4")).press("x")
        await seat.see("dropped Buy cake")
        await (await seat.press("u")).told("Taken back: what became of action 4, 'Buy cake'.")
        await seat.see("? Buy cake")
        await (await seat.press("U")).see("dropped Buy cake")
        await (await on_row(seat, "a1")).press("k")
        await seat.told("It was done, now it is kept. u takes that back.")
        await (await seat.press("u")).see("done Write the data card")
    assert len(in_force(retro_at(with_actions))) == 4
    assert board_at(with_actions).reviewed == {1: "done", 2: "kept", 3: "moved", 4: "dropped"}
    assert [action.status for action in kept(with_actions)] == ["done", "open", "open", "dropped"]


async def test_an_action_that_went_away_elsewhere_is_a_sentence(with_actions: Path) -> None:
    begun(with_actions, stage="actions")
    async with in_room(with_actions) as seat:
        store = opened_at(with_actions).store
        store.change_actions(store.teams()[0].id, lambda known: known[1:])
        await (await seat.press("d")).told("There is no action 1; nothing was changed.")
        await seat.until(lambda: "Write the data card" not in seat.one(RowList).options[1].prompt.plain)  # type: ignore[union-attr]


async def test_without_earlier_actions_there_is_nothing_to_settle(with_team: Path) -> None:
    begun(with_team, stage="actions")
    async with in_room(with_team) as seat:
        await seat.see("No action of an earlier sprint is open.")
        await seat.press("d", "k", "m", "x")
        assert seat.screen == "RoomScreen"
        await stage(await seat.press("n"), "results")
        await seat.see("so there are no results to read.")


async def test_an_action_in_own_words_has_an_owner_a_date_and_a_way_to_tell(with_team: Path) -> None:
    begun(with_team, stage="decide")
    async with in_room(with_team) as seat:
        await seat.see("Nothing yet. enter makes an action of what the cursor is on; a, one in your own words.")
        await (await seat.press("a")).at("Form")
        await seat.see("The owner is the only name that is kept.")
        await seat.see("Without a date: 13 Dec 2026.")
        await (await seat.press("ctrl+s")).see("The action is empty")
        await (await seat.fill(title="Write the data card", due="soonish")).press("ctrl+s")
        await seat.see("The due date 'soonish' is not understood")
        assert seat.app.focused is seat.one(Input, "#due")
        await (await seat.fill(owner="Mina", due="next Friday", done_when="It is linked.")).press("ctrl+s")
        await (await seat.at("RoomScreen")).told("Taken on: Write the data card, due 4 Dec 2026.")
        await seat.see("TAKEN ON 1")
        for title in ("Two", "Three", "Four"):
            await (await seat.press("a")).at("Form")
            await (await seat.fill(title=title)).press("ctrl+s")
            await seat.at("RoomScreen")
        await seat.told("That is more than 3; fewer get done.")
        await seat.see("with more than three, few get done")
        await (await seat.press("u")).told("Taken back: action 4, 'Four'.")
        await seat.until(lambda: len(kept(with_team)) == 3)
    first = kept(with_team)[0]
    assert (first.owner, first.due, first.done_when) == ("Mina", date(2026, 12, 4), "It is linked.")
    assert kept(with_team)[1].due == date(2026, 12, 13)


async def test_an_action_comes_from_a_topic_with_its_words_begun(with_team: Path) -> None:
    begun(with_team, stage="discuss", notes=NOTES)
    async with in_room(with_team) as seat:
        await (await (await on_row(seat, "t2")).press("a")).at("Form")
        assert seat.one(Input, "#title").value == "flaky tests"
        assert seat.app.focused is seat.one(Input, "#owner")
        await (await seat.press("ctrl+s")).at("RoomScreen")
        await stage(await seat.press("n"), "decide")
        await (await seat.see("TAKEN ON 1")).see("◦ flaky tests")
        await (await (await on_row(seat, "t1")).press("enter")).at("Form")
        await (await seat.press("escape")).at("RoomScreen")
    assert [action.title for action in kept(with_team)] == ["flaky tests"]


async def test_a_play_is_taken_on_from_the_focus_list_or_a_topic_of_it(history: Path) -> None:
    begun(history, stage="decide", layout="from-focus", notes=("x" * 190,))
    before = len(kept(history))
    async with in_room(history, LARGE) as seat:
        focus = retro_at(history).focus
        await (await (await on_row(seat, f"m{focus[1]}")).press("enter")).at("Choose")
        await (await seat.see("The best to try first stands on top.")).press("escape")
        await (await seat.at("RoomScreen")).press("enter")
        await (await seat.at("Choose")).press("enter")
        await seat.at("Form")
        assert seat.one(Input, "#title").value
        assert seat.one(Input, "#done_when").value
        await (await seat.press("ctrl+s")).at("RoomScreen")
        await (await (await on_row(seat, f"m{focus[1]}")).press("enter")).at("Choose")
        await (await seat.see(" taken on ")).press("escape")
        await (await (await on_row(seat, "t1")).press("enter")).at("Choose")
        await (await seat.press("end")).see("You write the action.")
        await (await seat.press("enter")).at("Form")
        assert seat.one(Input, "#title").value == "x" * 190
        await (await seat.fill(title="In our own words")).press("ctrl+s")
        await (await seat.at("RoomScreen")).see("TAKEN ON 2")
    play, own = kept(history)[before:]
    assert (play.mistake, play.play is not None) == (focus[1], True)
    assert (own.mistake, own.play) == (focus[0], None)


async def test_plays_that_cannot_be_read_leave_the_own_words(history: Path) -> None:
    begun(history, stage="decide", layout="from-focus")
    async with in_room(history, LARGE) as seat:
        await on_row(seat, f"m{retro_at(history).focus[0]}")
        (file,) = history.glob("*/history.json")
        whole = file.read_bytes()
        file.write_bytes(b"{")
        await (await seat.press("enter")).at("Form")
        await seat.told("is damaged")
        file.write_bytes(whole)
        await (await seat.press("escape")).at("RoomScreen")


async def test_the_end_is_asked_for_and_keeps_what_was_decided_but_no_steps(with_team: Path) -> None:
    begun(with_team, stage="close", notes=NOTES)
    answered(with_team, 2)
    async with in_room(with_team) as seat:
        await (await seat.press("f")).at("Confirm")
        await seat.see("Nothing can be taken back after that, and the answers to a question")
        await (await (await seat.press("n")).at("RoomScreen")).press("f")
        await (await (await seat.at("Confirm")).press("y")).at("RoomScreen")
        await seat.see("0 of 45 minutes; over.")
        assert names(seat) == {"retro-write", "say", "retro-leave", "theme", "help", "find"}
        await (await seat.press("q")).at("HomeScreen")
    retro = retro_at(with_team)
    assert (retro.is_over, retro.changes, len(retro.base.notes)) == (True, (), 4)


async def written(seat: Seat, **values: str) -> Seat:
    """Fills the form of the file in and asks for it."""
    await (await seat.press("w")).at("Form")
    return await (await seat.fill(**values)).press("ctrl+s")


async def test_the_summary_is_written_without_owners_unless_they_are_asked_for(
    with_actions: Path, tmp_path: Path
) -> None:
    workspace = begun(with_actions, stage=SUMMARY, notes=NOTES, shown=True)
    take_on(workspace, room_at(with_actions), "Ask the vendor", owner="Mina")
    async with in_room(with_actions) as seat:
        assert " w write" in seat.keys
        await (await seat.press("w")).at("Form")
        assert seat.one(Input, "#file").value == "retro-sprint-1.md"
        for values, said in (
            ({"file": str(tmp_path / "retro.txt")}, "The file's name must end in .md or .json. Nothing was written."),
            ({"file": "  "}, "The file is empty"),
            ({"file": "a\x00b.md"}, "characters that cannot be shown"),
            ({"file": "~nobody-of-that-name/x.md"}, "could not be written"),
            ({"file": str(tmp_path / "retro.md"), "owners": "Mina"}, "Type yes to name the owners of actions"),
        ):
            await seat.fill(**values)
            await (await seat.press("ctrl+s")).see(said)
        await (await seat.fill(owners="")).press("ctrl+s")
        await (await seat.at("RoomScreen")).told("Only you can read it.")
        await (await written(seat, file=str(tmp_path / "retro.md"))).see("is there already, and was left as it is")
        await (await seat.fill(file=str(tmp_path / "retro.json"), owners="Yes")).press("ctrl+s")
        await seat.at("RoomScreen")
        retros.close(workspace, room_at(with_actions))
        await (await written(seat, file=str(tmp_path / "over.json"), owners="n")).at("RoomScreen")
    page = (tmp_path / "retro.md").read_text(encoding="utf-8")
    assert "Ask the vendor" in page
    assert "slow builds" in page
    assert "Mina" not in page
    assert "Mina" in (tmp_path / "retro.json").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "over.json").read_text(encoding="utf-8"))
    assert "Mina" not in (tmp_path / "over.json").read_text(encoding="utf-8")
    assert (tmp_path / "retro.md").stat().st_mode & 0o077 == 0
    assert not (tmp_path / "retro.txt").exists()


async def test_hidden_notes_are_not_written_either(with_team: Path, tmp_path: Path) -> None:
    begun(with_team, stage="notes", notes=NOTES)
    async with in_room(with_team) as seat:
        await seat.press("escape")
        await (await written(seat, file=str(tmp_path / "retro.md"))).at("RoomScreen")
        await seat.told("Written: ")
    assert "slow builds" not in (tmp_path / "retro.md").read_text(encoding="utf-8")
