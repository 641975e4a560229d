"""`tuiretro focus` from start to end, against a bare Python that reads the same files.

`python -m tests.benchmarks.headless [RUNS]`, on the demo of 26 sprints.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.measuring import in_turns, say, seconds, show, show_ratio
from tuiretro.library import Library
from tuiretro.service import demo

RUNS = 25
READ = "import sys\nfor name in sys.argv[1:]:\n    with open(name, 'rb') as file: file.read()"


def run(command: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    """Runs a command that must succeed."""
    return subprocess.run(command, capture_output=True, check=True)


def timed(command: Sequence[str]) -> Callable[[], float]:
    """Measures seconds that a command takes."""
    return lambda: seconds(lambda: run(command))


def imported(command: Sequence[str]) -> set[str]:
    """The top-level packages that a Python command imports."""
    lines = run([command[0], "-X", "importtime", *command[1:]]).stderr.decode().splitlines()
    return {found[1] for line in lines if (found := re.search(r"\|\s+(\w+)[\w.]*$", line))}


def main() -> None:
    """Prints both medians, their ratio, and which heavy packages were imported."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    with TemporaryDirectory() as folder:
        place = Path(folder) / "demo"
        demo.build(place, today=date.today())  # noqa: DTZ011 - the command that is measured goes by this day as well
        focus = [sys.executable, "-m", "tuiretro", "--workspace", str(place), "focus"]
        surveys = Path(__file__).parents[2] / "surveys"
        files = [str(path) for path in (*place.rglob("*.json"), *surveys.rglob("*.toml"))]
        figures = in_turns(
            {
                "tuiretro focus": timed(focus),
                "python, reading the files": timed([sys.executable, "-c", READ, *files]),
                "python -c pass": timed([sys.executable, "-c", "pass"]),
            },
            runs,
        )
        packages = imported(focus)
    say(f"A headless command on 26 sprints and {len(Library().mistakes())} mistakes")
    show(figures)
    show_ratio("focus / reading", figures["tuiretro focus"], figures["python, reading the files"], "under 12 times")
    heavy = ("textual", "rich", "tinydb", "nacl", "dateutil", "tomli_w", "msgspec", "click", "platformdirs", "filelock")
    say(f"  imported: {', '.join(name for name in heavy if name in packages)}")
    say(f"  textual imported: {'YES' if 'textual' in packages else 'no'}   (target: no)")


if __name__ == "__main__":
    main()
