"""Actions: written down, done, dropped, moved, opened again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.seat import Seat, seated
from tests.tui.states import TODAY, app_on, opened_at
from tuiretro.model.action import Action
from tuiretro.service import actions
from tuiretro.tui.widgets.rows import RowList


def kept(place: Path) -> tuple[Action, ...]:
    store = opened_at(place).store
    return store.actions(store.teams()[0].id)


@pytest.fixture
def with_action(with_team: Path) -> Path:
    workspace = opened_at(with_team)
    actions.add(workspace, workspace.store.teams()[0], "Write the data card", owner="Mina", done_when="It is reviewed.")
    return with_team


async def on_actions(seat: Seat) -> Seat:
    return await (await seat.press("6")).at("ActionsScreen")


async def test_an_empty_list_says_how_to_begin(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await on_actions(seat)
        await seat.see("Nothing has been taken on yet. n writes down an action of your own")
        assert seat.keys.startswith(" n new  1 home")


async def test_a_new_action_is_kept_with_the_end_of_the_next_sprint_as_its_date(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await on_actions(seat)).press("n")).at("Form")
        await seat.fill(title="Name one owner for retraining", owner="Jo", done_when="It is on the wiki.")
        await (await seat.press("ctrl+s")).at("ActionsScreen")
        await seat.see("◦ Name one owner for retraining")
        await seat.see("Done when: It is on the wiki.")
    (action,) = kept(with_team)
    assert (action.title, action.owner, action.due, action.status) == (
        "Name one owner for retraining",
        "Jo",
        date(2026, 12, 13),
        "open",
    )


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("due", "soon", "'soon'"),
        ("due", "2026-02-30", "'2026-02-30'"),
        ("due", "2026-11-22", "The due date 2026-11-22 is in the past; today is 2026-11-23."),
        ("title", "", "The action is empty"),
        ("title", "x" * 201, "The action is 201 characters long"),
        ("owner", "y" * 61, "The owner is 61 characters long"),
        ("owner", "\u202eoJ", "characters that cannot be shown"),
    ],
)
async def test_a_wrong_value_is_said_in_the_form_and_nothing_is_kept(
    field: str, value: str, sentence: str, with_team: Path
) -> None:
    good = {"title": "Name one owner", "owner": "Jo", "due": "2026-12-04", "done_when": ""}
    async with seated(app_on(with_team)) as seat:
        await (await (await on_actions(seat)).press("n")).at("Form")
        await seat.fill(**{**good, field: value})
        await (await seat.press("ctrl+s")).see(sentence)
        assert seat.screen == "Form"
        assert {key: seat.one(Input, f"#{key}").value for key in good} == {**good, field: value}
        assert seat.app.focused is seat.one(Input, f"#{field}")
        assert seat.one(Input, f"#{field}").selected_text == value
    assert kept(with_team) == ()


async def test_an_action_is_done_and_reopened(with_action: Path) -> None:
    async with seated(app_on(with_action)) as seat:
        await on_actions(seat)
        assert "d done  x drop  m move" in seat.keys
        assert "reopen" not in seat.keys
        await (await seat.press("d")).see("DONE OR DROPPED")
        await seat.told("Write the data card: done. r on Actions opens it again.")
        assert "✓  Write the data card" in seat.text
        assert "done s1" in seat.text
        await seat.until(lambda: "r reopen" in seat.keys)
        assert "d done" not in seat.keys
        assert kept(with_action)[0].status == "done"
        await (await seat.press("r")).see("◦ Write the data card")
        await seat.told("Write the data card: open.")
        assert kept(with_action)[0].status == "open"


async def test_a_title_that_is_cut_in_the_list_is_whole_below_it(with_team: Path) -> None:
    title = "Write down what each column of the staging table means, who fills it, and since when it does"
    workspace = opened_at(with_team)
    actions.add(workspace, workspace.store.teams()[0], title)
    async with seated(app_on(with_team)) as seat:
        await (await on_actions(seat)).see("…")
        await seat.see(title)


async def test_an_owner_is_optional_and_has_a_wide_line(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await (await on_actions(seat)).press("n")).at("Form")
        await seat.see("Who sees to it (optional)")
        assert seat.one(Input, "#owner").size.width == seat.one(Input, "#title").size.width
        await seat.fill(title="Name one owner")
        await (await seat.press("ctrl+s")).see("◦ Name one owner")
    assert kept(with_team)[0].owner == ""


async def test_an_action_is_dropped(with_action: Path) -> None:
    async with seated(app_on(with_action)) as seat:
        await (await (await on_actions(seat)).press("x")).see("dropped s1")
        await seat.told("Write the data card: dropped. r on Actions opens it again.")
        assert "-  Write the data card" in seat.text
    assert kept(with_action)[0].status == "dropped"


async def test_an_action_is_moved_to_another_date_and_owner(with_action: Path) -> None:
    async with seated(app_on(with_action)) as seat:
        await (await (await on_actions(seat)).press("m")).at("Form")
        assert seat.one(Input, "#due").value == "2026-12-13"
        await seat.fill(due="2026-12-24", owner="Jo")
        await (await seat.press("ctrl+s")).at("ActionsScreen")
        await seat.see("24 Dec")
    assert (kept(with_action)[0].due, kept(with_action)[0].owner) == (date(2026, 12, 24), "Jo")


async def test_moving_into_the_past_is_refused_in_the_form(with_action: Path) -> None:
    async with seated(app_on(with_action)) as seat:
        await (await (await on_actions(seat)).press("m")).at("Form")
        await seat.fill(due="2026-11-01")
        await (await seat.press("ctrl+s")).see("The due date 2026-11-01 is in the past")
    assert kept(with_action)[0].due == date(2026, 12, 13)


async def test_the_owner_of_a_late_action_can_change_without_a_new_date(with_action: Path) -> None:
    late = date(2026, 12, 20)
    async with seated(app_on(with_action, today=late)) as seat:
        await (await on_actions(seat)).see("7 days late")
        await (await seat.press("m")).at("Form")
        await seat.fill(owner="Jo")
        await (await seat.press("ctrl+s")).at("ActionsScreen")
    assert (kept(with_action)[0].due, kept(with_action)[0].owner) == (date(2026, 12, 13), "Jo")


async def test_keys_that_follow_an_action_up_need_one(with_team: Path) -> None:
    async with seated(app_on(with_team)) as seat:
        await on_actions(seat)
        for key in ("d", "x", "m", "r"):
            await seat.press(key)
            assert seat.screen == "ActionsScreen"
        assert seat.notified == ""


async def test_an_action_that_another_program_changed_meanwhile_is_shown_as_it_is(with_action: Path) -> None:
    async with seated(app_on(with_action)) as seat:
        await on_actions(seat)
        workspace = opened_at(with_action, TODAY)
        actions.add(workspace, workspace.store.teams()[0], "Written elsewhere")
        await (await seat.press("d")).see("Written elsewhere")
    assert [action.status for action in kept(with_action)] == ["done", "open"]


async def test_an_action_says_what_to_do_first_and_what_became_of_its_topic(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("6")).see("First step:")
        await seat.see("Since then: Too early")
        await (await seat.press("e")).see("Before: ")
        await (await seat.press("e")).see("First step:")
        assert seat.one(RowList).point_at("3")
        await seat.see("We can't tell if the action caused it.")
        await seat.see("the lowest scores tend to bounce back by about 0.2.")
        await (await seat.press("e")).see("other topics by")


async def test_the_template_of_an_actions_play_is_written_from_there(history: Path, tmp_path: Path) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("6")).see("First step:")
        await seat.until(lambda: "t template" in seat.keys)
        await (await seat.press("t")).at("Form")
        await seat.fill(file=str(tmp_path / "plan.md"))
        await (await seat.press("ctrl+s")).at("ActionsScreen")
    assert (tmp_path / "plan.md").read_text("utf-8").startswith("# ")


async def test_a_start_is_drawn_from_the_next_sprints(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await (await (await seat.press("enter")).at("ChoosePlay")).press("enter")
        await seat.at("Form")
        await seat.fill(draw="9")
        await (await seat.press("ctrl+s")).see("A start is drawn from 3 to 5 sprints, not 9")
        await seat.fill(draw="4")
        await (await seat.press("ctrl+s")).at("HomeScreen")
        await seat.told("Its start was drawn from sprints 28 to 31: sprint")
        await (await seat.press("6")).see("Its start was drawn from sprints 28 to 31")


async def test_the_page_keys_never_leave_the_cursor_on_a_heading(history: Path) -> None:
    async with seated(app_on(history)) as seat:
        await (await seat.press("6")).see("First step:")
        for key in ("pagedown", "pageup", "pagedown", "pagedown", "pageup"):
            await seat.press(key)
            assert seat.one(RowList).chosen is not None
