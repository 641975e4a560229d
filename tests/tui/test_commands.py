"""The registry: one meaning for a key on a screen, and words for people on every command."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from textual.binding import Binding, BindingType

from tests.tui.keys_page import ELSEWHERE, keys_page
from tuiretro.tui import commands, retro_commands
from tuiretro.tui.app import TuiretroApp
from tuiretro.tui.commands import EVERYWHERE, GROUPS, Command
from tuiretro.tui.retro_commands import AT_STAGE, RETRO_GROUPS, at_stage
from tuiretro.tui.screens.actions import ActionsScreen
from tuiretro.tui.screens.area import Area
from tuiretro.tui.screens.home import HomeScreen
from tuiretro.tui.screens.library import LibraryScreen
from tuiretro.tui.screens.results import ResultsScreen
from tuiretro.tui.screens.retro import RetroScreen
from tuiretro.tui.screens.room import RoomScreen

SCREENS = (HomeScreen, ResultsScreen, RetroScreen, ActionsScreen, LibraryScreen)
ALL = tuple(chain.from_iterable(group for _, group in (*GROUPS, *RETRO_GROUPS)))
PAGE = Path(__file__).parents[2] / "docs" / "keys.md"


def same(command: Command) -> Command:
    """One command, whether the key line of a screen has it or not."""
    return replace(command, on_line=True)


def keys_of(command: Command) -> list[str]:
    return command.key.split(",")


def test_ids_are_unique() -> None:
    different = {same(command) for command in ALL}
    assert len(different) == len({command.id for command in ALL}), "one command may stand on two screens, no id twice"


def test_every_command_of_the_modules_stands_in_a_group() -> None:
    named = (*vars(commands).values(), *vars(retro_commands).values())
    assert {same(value) for value in named if isinstance(value, Command)} == {same(command) for command in ALL}


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_means_two_things_on_one_screen(screen: type[Area]) -> None:
    keys = [key for command in (*screen.HERE, *EVERYWHERE) for key in keys_of(command)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("stage", AT_STAGE)
def test_no_key_means_two_things_at_one_stage_of_a_retro(stage: str) -> None:
    keys = [key for command in at_stage(stage) for key in keys_of(command)]
    assert len(keys) == len(set(keys))


def test_the_room_binds_the_commands_of_all_stages_and_has_an_action_for_each() -> None:
    known = set(chain.from_iterable(group for _, group in RETRO_GROUPS))
    assert {binding.id for binding in RoomScreen.BINDINGS if isinstance(binding, Binding)} == {c.id for c in known}
    for command in known:
        name = command.action.partition("(")[0]
        owner = TuiretroApp if name.startswith("app.") else RoomScreen
        assert callable(getattr(owner, f"action_{name.removeprefix('app.')}", None)), command.id


@pytest.mark.parametrize("command", ALL, ids=lambda command: command.id)
def test_every_command_has_words_for_the_line_the_palette_and_the_help(command: Command) -> None:
    assert command.label
    assert command.label == command.label.lower()
    assert len(command.label) <= 16
    assert command.title[0].isupper()
    assert not command.title.endswith(".")
    assert command.help[0].isupper()
    assert command.help.endswith(".")
    assert command.keycap


@pytest.mark.parametrize("screen", SCREENS)
def test_every_command_of_a_screen_has_an_action_that_is_there(screen: type[Area]) -> None:
    for command in (*screen.HERE, *EVERYWHERE):
        name = command.action.partition("(")[0]
        owner = TuiretroApp if name.startswith("app.") else screen
        assert callable(getattr(owner, f"action_{name.removeprefix('app.')}", None)), command.id


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_binds_exactly_what_it_says_it_can_do(screen: type[Area]) -> None:
    bound = {binding.id for binding in screen.BINDINGS if not isinstance(binding, tuple)}
    assert bound == {command.id for command in (*screen.HERE, *EVERYWHERE)}


@pytest.mark.parametrize("bound", [bound for _, bound in ELSEWHERE], ids=[title for title, _ in ELSEWHERE])
def test_no_key_means_two_things_on_a_screen_above(bound: list[BindingType]) -> None:
    keys = [key for binding in bound if isinstance(binding, Binding) for key in binding.key.split(",")]
    assert len(keys) == len(set(keys))


def test_the_page_of_keys_is_the_registry() -> None:
    page = keys_page()
    for command in ALL:
        assert f"| `{command.keycap}` | {command.title} | {command.help} |" in page
    assert PAGE.read_text(encoding="utf-8") == page, "run: python -m tests.tui.keys_page > docs/keys.md"
