"""The Library when files go while it shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.seat import seated
from tests.tui.states import a_team, app_on, opened_at
from tests.tui.test_library import in_plays, listed
from tuiretro.service.workspace import Workspace
from tuiretro.tui.widgets.rows import RowList

OWN = """
id = "own"
title = "Our own"
intro = "Ours."
[[items]]
id = "one"
short = "One"
text = "We did one thing."
[[plays]]
id = "a-play"
facet = "one"
title = "A play of our own"
why = "Because."
first_step = "The lead starts."
done_when = "It is done."
watch = "In two sprints, look."
effort = "S"
"""


async def test_plays_that_vanish_with_their_file_give_way_to_the_whole_list(workspace: Workspace, place: Path) -> None:
    a_team(workspace)
    own = place / "surveys"
    own.mkdir(exist_ok=True)
    own.joinpath("own.toml").write_text(OWN, encoding="utf-8")
    async with seated(app_on(place)) as seat:
        await in_plays(seat, "survey:own")
        own.joinpath("own.toml").unlink()
        seat.app.look_again()
        await seat.see("SURVEYS")
        assert "survey:own" not in listed(seat)


async def test_a_play_whose_survey_vanished_meanwhile_keeps_what_was_typed(
    workspace: Workspace, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_team(workspace)
    own = place / "surveys"
    own.mkdir(exist_ok=True)
    own.joinpath("own.toml").write_text(OWN, encoding="utf-8")
    async with seated(app_on(place)) as seat:
        await (await (await in_plays(seat, "survey:own")).press("enter")).at("Form")
        own.joinpath("own.toml").unlink()
        monkeypatch.setattr(seat.app, "workspace", opened_at(place, seed=5))
        await seat.fill(owner="Jo")
        await (await seat.press("ctrl+s")).see("There is no mistake or survey 'own'")
        assert seat.screen == "Form"


async def test_a_file_that_is_written_while_the_app_runs_is_listed_at_the_next_look(
    workspace: Workspace, place: Path
) -> None:
    a_team(workspace)
    own = place / "surveys"
    own.mkdir(exist_ok=True)
    async with seated(app_on(place)) as seat:
        await (await seat.press("7")).at("LibraryScreen")
        await seat.see("SURVEYS")
        own.joinpath("own.toml").write_text(OWN, encoding="utf-8")
        await (await seat.press("1")).press("7")
        await seat.until(lambda: "survey:own" in listed(seat))
        own.joinpath("own.toml").write_text("id = [", encoding="utf-8")
        seat.app.look_again()
        await seat.until(lambda: "fault:0" in listed(seat))
        assert seat.one(RowList).point_at("fault:0")
        await seat.see("every fault at once")
