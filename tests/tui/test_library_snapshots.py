"""The Library and what opens from it as text. After a wanted change: --snapshot-update, then read the difference."""

from __future__ import annotations

from pathlib import Path

from syrupy.assertion import SnapshotAssertion

from tests.tui.seat import LARGE, seated
from tests.tui.states import app_on
from tests.tui.test_deep_dive import which
from tests.tui.test_library import TINY, in_library, in_plays
from tests.tui.test_library_search import searching
from tests.tui.test_snapshots import shown
from tuiretro.tui.screens.messages import PlaysWanted


async def test_library_of_a_small_terminal(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team), TINY) as seat:
        await in_library(seat, "mistake:no-pilot")
        assert await shown(seat, "LibraryScreen", "DIRECTION") == picture


async def test_library_plays(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history)) as seat:
        await in_plays(seat, "mistake:model-drift")
        assert await shown(seat, "LibraryScreen", "First step:") == picture


async def test_library_plays_for_safety(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team), LARGE) as seat:
        await in_plays(seat, "plays:safety")
        assert await shown(seat, "LibraryScreen", "First step:") == picture


async def test_library_survey(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team), LARGE) as seat:
        await in_library(seat, "survey:safety")
        assert await shown(seat, "LibraryScreen", "is asked in every pulse") == picture


async def test_library_search(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team)) as seat:
        await searching(await in_library(seat), "data card")
        assert await shown(seat, "LibraryScreen", "template") == picture


async def test_library_search_without_a_hit(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team)) as seat:
        await searching(await in_library(seat), "zzz")
        assert await shown(seat, "LibraryScreen", "Nothing matches") == picture


async def test_template(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team)) as seat:
        await in_library(seat, "template:data-card")
        assert await shown(seat, "LibraryScreen", "At a glance") == picture


async def test_template_page(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await in_library(seat, "template:data-card")).press("enter")
        assert await shown(seat, "TemplatePage", "At a glance") == picture


async def test_template_page_large(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team), LARGE) as seat:
        await (await in_library(seat, "template:data-card")).press("enter")
        assert await shown(seat, "TemplatePage", "At a glance") == picture


async def test_template_form(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team)) as seat:
        await (await in_library(seat, "template:data-card")).press("t")
        assert await shown(seat, "Form", "never overwritten") == picture


async def test_plays_for_safety(history: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(history)) as seat:
        seat.app.on_plays_wanted(PlaysWanted("safety"))
        assert await shown(seat, "ChoosePlay", "Nobody is asked to explain") == picture


async def test_language(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team)) as seat:
        await seat.press("ctrl+l")
        assert await shown(seat, "Choose", "Language of the statements") == picture


async def test_which_mistake(with_team: Path, picture: SnapshotAssertion) -> None:
    async with seated(app_on(with_team)) as seat:
        await which(seat)
        assert await shown(seat, "Choose", "about which mistake?") == picture
