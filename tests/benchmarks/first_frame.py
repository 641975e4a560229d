"""From the start of the process to the first full frame of Home, against a bare Textual app with one label.

`python -m tests.benchmarks.first_frame [RUNS]`, in a real pseudo-terminal, on the demo of 26 sprints.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.measuring import in_turns, say, show, show_ratio
from tests.terminal import Terminal
from tuiretro.config import WORKSPACE
from tuiretro.service import demo

RUNS = 15
SIZE = (120, 36)
BARE = """
from textual.app import App, ComposeResult
from textual.widgets import Label

class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield Label("Hello there")

Bare().run()
"""
HOME = r"(?s)FOCUS.*\d\.\d ±.*ACTIONS.*THEMES.*people"
"""Everything that Home shows of the last release, down to its last theme."""


def first_frame(command: Sequence[str], pattern: str, env: Mapping[str, str]) -> Callable[[], float]:
    """Measures seconds until the screen of `command` matches."""

    def measure() -> float:
        with Terminal(command, *SIZE, env=env) as terminal:
            return terminal.arrival(pattern)

    return measure


def main() -> None:
    """Prints both medians and their ratio."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    with TemporaryDirectory() as folder:
        place = Path(folder) / "demo"
        demo.build(place, today=date.today())  # noqa: DTZ011 - the app that is measured goes by this day as well
        figures = in_turns(
            {
                "Home": first_frame([sys.executable, "-m", "tuiretro"], HOME, {WORKSPACE: str(place)}),
                "--workspace": first_frame([sys.executable, "-m", "tuiretro", "--workspace", str(place)], HOME, {}),
                "bare": first_frame([sys.executable, "-c", BARE], "Hello there", {}),
            },
            runs,
        )
    say("First frame of Home on 26 sprints, against a bare Textual app")
    show(figures)
    show_ratio("Home / bare", figures["Home"], figures["bare"], "at most 1.5")
    show_ratio("Home with --workspace / bare", figures["--workspace"], figures["bare"], "none")


if __name__ == "__main__":
    main()
