"""A retro with 300 notes: from a key to what the screen shows of it, and one change in the store.

`python -m tests.benchmarks.retro [KEYS]`, in a real pseudo-terminal and on the disk beside the checkout.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.measuring import say
from tests.terminal import Terminal
from tuiretro.config import WORKSPACE
from tuiretro.core import notes as note_rules
from tuiretro.model.retro import Added, Change, Edited, Revealed
from tuiretro.service import retros, teams
from tuiretro.service.workspace import Workspace, open_workspace

KEYS, NOTES, CHANGES = 20, 300, 600
SIZE = (120, 36)
LAYOUT = "start-stop-continue"
WORDS = ("data", "test", "model", "label", "drift", "deploy", "review", "demo", "plan", "alert", "cost", "user", "page")
NOT_ADDED = 20
"""Notes that are left to be typed, since a board holds no more than `NOTES`."""


def steps(count: int) -> tuple[Change, ...]:
    """Changes that lead to so many notes, with as many new texts for them."""
    chance = random.Random(1)
    columns = ("start", "stop", "continue")
    texts = [" ".join(chance.choices(WORDS, k=chance.randint(3, 14))) for _ in range(CHANGES)]
    added = [Added(columns[at % 3], text) for at, text in enumerate(texts[:count])]
    edited = [Edited(chance.randint(1, count), text) for text in texts[count:]]
    return (*added, *edited)


def with_board(place: Path, count: int, *, shown: bool, stage: str) -> tuple[Workspace, retros.Room]:
    """A retro with so many notes, made by `CHANGES` changes, at a stage."""
    workspace = open_workspace(place, today=date.today)
    team = teams.add(workspace, "Atlas", people=8, starts=date.today(), every="2 weeks")  # noqa: DTZ011 - as the app
    here = retros.begin(workspace, team, LAYOUT)
    here = retros.change(workspace, here, lambda _: (*steps(count), *((Revealed(),) if shown else ())))
    return workspace, retros.go_to(workspace, here, stage)


def room(place: Path) -> Terminal:
    """The app in the room."""
    return Terminal([sys.executable, "-m", "tuiretro", "retro"], *SIZE, env={WORKSPACE: str(place)})


def ready(terminal: Terminal, pattern: str) -> None:
    """Waits until the app shows something and is done with it; only the cursor blinks, twice a second."""
    terminal.expect(pattern)
    terminal.settle(0.4)


def drawn(terminal: Terminal, *keys: str, pattern: str) -> float:
    """Seconds from a key to the output after which the screen matches."""
    begun = time.perf_counter() - terminal.started
    terminal.send(*keys)
    return terminal.arrival(pattern, quiet=0.15) - begun


def typing(place: Path, count: int) -> dict[str, list[float]]:
    """A letter into the line, and enter, which stores the note and shows the count of notes."""
    with_board(place, NOTES - NOT_ADDED, shown=False, stage="notes")
    first = sum(isinstance(step, Added) and step.column == "start" for step in steps(NOTES - NOT_ADDED))
    letters, freed, entered = [], [], []
    with room(place) as terminal:
        ready(terminal, "into 1")
        for at in range(1, min(count, NOT_ADDED) + 1):
            letters.append(drawn(terminal, "x", pattern="> x"))
            if at % 2:
                freed.append(drawn(terminal, "enter", pattern=r"(?m)^ ?> *$"))
                terminal.expect(f"{first + at}, hidden")
                terminal.settle()
            else:
                entered.append(drawn(terminal, "enter", pattern=f"{first + at}, hidden"))
    return {
        "a letter of a note": letters,
        "enter, the line is free for the next note": freed,
        "enter, the note is stored and counted": entered,
    }


def looking(place: Path, count: int) -> dict[str, list[float]]:
    """The cursor in the revealed list, undoing and doing again, and showing the notes."""
    with_board(place, NOTES, shown=True, stage="notes")
    moved, undone, revealed = [], [], []
    with room(place) as terminal:
        ready(terminal, "1 Start  100")
        moved = [drawn(terminal, "down", pattern="1 Start") for _ in range(count)]
        terminal.send("home")
        terminal.settle()
        for at in range(count):
            hides = at % 2 == 0
            seconds = drawn(terminal, "r", pattern="100, hidden" if hides else "1 Start  100")
            if not hides:
                revealed.append(seconds)
        # The last change of all is that the notes are shown.
        for at in range(count):
            again, key = at % 2, "uU"[at % 2]
            undone.append(drawn(terminal, key, pattern="1 Start  100" if again else "100, hidden"))
    return {"down in the shown list": moved, "showing all notes": revealed, "undo and redo": undone}


def marking(place: Path, count: int) -> dict[str, list[float]]:
    """A mark at group."""
    with_board(place, NOTES, shown=True, stage="group")
    with room(place) as terminal:
        ready(terminal, "0 marked")
        marked = []
        for at in range(1, count + 1):
            marked.append(drawn(terminal, "space", pattern=f"^ {at} marked"))
            terminal.send("down")
            terminal.settle(0.15)
    return {"mark at group": marked}


def alone(place: Path, count: int) -> tuple[list[float], float]:
    """Seconds of one change in the service, and of the processor for each."""
    workspace, here = with_board(place, NOTES, shown=True, stage="notes")
    taken, before = [], time.process_time()
    for at in range(count):
        note = here.board.notes[at % NOTES]
        begun = time.perf_counter()
        here = retros.change(workspace, here, lambda now, n=note, a=at: note_rules.edit(now.board, n.id, f"again {a}"))  # type: ignore[misc]
        taken.append(time.perf_counter() - begun)
    return taken, (time.process_time() - before) / count


def show(name: str, taken: Sequence[float]) -> None:
    """Prints one key's figures."""
    least, middle, most = (1000 * value for value in (min(taken), median(taken), max(taken)))
    say(f"  {name:28} min {least:7.1f}   median {middle:7.1f}   max {most:7.1f} ms   n {len(taken)}")


def main() -> None:
    """Prints the figures of `KEYS` presses of each key, or of as many as the command line says."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else KEYS
    say(
        f"A retro with {NOTES} notes and {CHANGES} changes: from the key to the screen   (target: median at most 16 ms)"
    )
    # Beside the checkout, not in memory: many systems keep their temporary folder where syncing costs nothing.
    with TemporaryDirectory(dir=Path.cwd(), prefix=".benchmark-") as folder:
        taken, processor = alone(Path(folder) / "alone", count)
        show("one change in the service", taken)
        say(f"  of which the processor takes {1000 * processor:.1f} ms")
        for measure in (typing, looking, marking):
            for name, figures in measure(Path(folder) / measure.__name__, count).items():
                show(name, figures)


if __name__ == "__main__":
    main()
