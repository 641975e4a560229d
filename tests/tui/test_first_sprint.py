"""The first sprint in a real terminal with keys alone, from an empty folder to an action in the export."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tests.tui.states import opened_at

BOUND = 120.0
"""Seconds from an empty folder to the first stored sheet: two minutes."""
TYPING = 4.0
"""Keys per second of somebody who types without haste."""
ITEMS = 24
"""The first pulse asks everything once."""
COMMAND = (sys.executable, "-m", "tuiretro")


class Typist:
    """Somebody who presses one key after the other, and is counted."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal, self.keys = terminal, 0

    def press(self, *keys: str) -> None:
        """Presses keys by name."""
        self.keys += len(keys)
        self.terminal.send(*keys)

    def write(self, text: str) -> None:
        """Types text letter by letter."""
        self.press(*text)

    def see(self, pattern: str) -> None:
        """Waits for what the screen shows."""
        self.terminal.expect(pattern)

    def go_on(self) -> None:
        """Goes to the next line of a form; a key that comes before the cursor has moved would land on this one."""
        self.press("tab")
        self.terminal.settle(quiet=0.1)

    def set_a_team_up(self) -> None:
        """Name and people; everything else is filled in sensibly."""
        self.see("Welcome to tuiretro")
        self.press("enter")
        self.see("Name of the team")
        self.write("Atlas")
        self.see("Name of the team +Atlas")
        self.go_on()
        self.write("6")
        self.press("ctrl+s")
        self.see("No round has been closed yet; open the first one")

    def open_the_first_round(self) -> None:
        """The sprint pulse, which is on top."""
        self.press("o")
        self.see("Fixed once it is open: the questions, 6 people, and k = 4")
        self.press("enter")
        self.see("Sprint pulse is open: waiting for 4 or more answers")

    def answer(self, value: int) -> None:
        """One sheet, from the promise to the thanks."""
        self.see("enter start")
        self.press("enter")
        for number in range(1, ITEMS + 1):
            self.see(f" {number} of {ITEMS}")
            self.press(str(value))
        self.see("check and submit")
        self.press("s")
        self.see("Saved. Your sheet is sealed")


def surroundings(place: Path) -> dict[str, str]:
    return {
        "TUIRETRO_WORKSPACE": str(place),
        "TUIRETRO_TODAY": "2026-11-23",
        "TUIRETRO_TEAM": "",
        "TEXTUAL_ANIMATIONS": "none",
        "NO_COLOR": "",
    }


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_from_an_empty_folder_to_an_action_with_keys_alone(place: Path) -> None:
    with Terminal(COMMAND, cols=80, rows=24, env=surroundings(place)) as terminal:
        typist = Typist(terminal)
        begun = time.monotonic()
        typist.set_a_team_up()
        typist.open_the_first_round()
        typist.press("a")
        typist.answer(2)
        machine = time.monotonic() - begun

        store = opened_at(place).store
        (team,) = store.teams()
        assert (team.name, team.people, store.sheets(team.id)) == ("Atlas", 6, 1)
        assert typist.keys <= 45
        assert typist.keys / TYPING + machine < BOUND

        for value in (3, 2, 4):
            typist.press("x")
            typist.answer(value)
        assert store.sheets(team.id) == 4
        typist.press("escape")
        typist.see("Sprint pulse is open: 4 or more answered")
        typist.press("c")
        typist.see("close the round and show the results")
        typist.press("y")
        typist.see("Results .*k is 4")
        typist.see("Your team's own view")
        assert store.round(team.id) is None

        typist.press("1")
        typist.see(r"FOCUS +3 of 20 mistakes")
        typist.press("enter")
        typist.see("Plays for:")
        typist.press("enter")
        typist.see("Take it on")
        typist.write("Mina")
        typist.press("ctrl+s")
        typist.see("1 action open")
        typist.press("q")
        assert terminal.wait() == 0

    (action,) = store.actions(team.id)
    assert (action.owner, action.status) == ("Mina", "open")
    written = subprocess.run(
        [*COMMAND, "--workspace", str(place), "export", "--format", "md"],
        env=surroundings(place),
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert action.title in written
    assert "Mina" not in written, "an owner is exported only when asked for"
