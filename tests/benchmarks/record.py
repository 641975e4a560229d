"""The durable record of one sheet, against SQLite, a raw atomic replace of 4 KB, and stock TinyDB.

`python -m tests.benchmarks.record [LOOPS]`, with no history and with what a million answers have left. Contenders take
turns on the same disk; what they need beforehand is not timed.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tinydb import TinyDB

from tests.benchmarks.histories import ANSWERS, ITEMS, long_history, write_history
from tests.benchmarks.measuring import in_turns, say, seconds, show, show_ratio
from tuiretro.model.round import Round, Sheet
from tuiretro.service import rounds, teams
from tuiretro.service.workspace import open_workspace
from tuiretro.store.ballot import box_size, kept, new_keys
from tuiretro.store.padlock import Padlock

LOOPS = 200
TINYDB_LOOPS = 3
"""Stock TinyDB writes everything anew for every sheet, which takes seconds."""
PEOPLE = 8
TODAY = date(2026, 11, 23)
QUESTIONS = long_history(1).questions
ANSWERED: dict[str, int | None] = {question.id: 1 + place % 5 for place, question in enumerate(QUESTIONS)}
"""What every contender stores: one sheet's answers by item."""
SQLITE_ROW = "INSERT INTO sheets (round, answers) VALUES ('0123456789abcdef', ?)"


def ours(place: Path, answers: int) -> Callable[[], float]:
    """Measures one sheet of a pulse through the service; a full round makes room for the next one untimed."""
    workspace = open_workspace(place, today=lambda: TODAY, chance=random.Random(1))
    team = teams.add(workspace, "Atlas", people=PEOPLE, starts=TODAY, every="1 week")
    if answers:
        history = long_history(answers)
        size = write_history(place, team, history)
        say(f"  history.json: {len(history.releases)} releases of {answers:,} answers in {size / 2**20:.1f} MB")
    following = len(workspace.store.history(team.id).releases) + 1
    standing: list[Round] = []

    def measure() -> float:
        if not standing or workspace.store.sheets(team.id) == PEOPLE:
            if standing:
                workspace.store.abandon_round(team.id, standing.pop())
            standing.append(_opened(workspace.new_id(), following))
            workspace.store.open_round(team.id, standing[0])
        # As both programs do before the first question.
        opened = rounds.require_place(workspace, team)
        return seconds(lambda: rounds.answer(workspace, team, opened, Sheet(ANSWERED)))

    return measure


def _opened(round_id: str, sprint: int) -> Round:
    return Round(round_id, sprint, "own", "A survey", "", PEOPLE, 4, QUESTIONS)


def sqlite(place: Path, answers: int) -> Callable[[], float]:
    """Measures one row of JSON, durable like ours: write-ahead log, synchronous FULL."""
    connection = sqlite3.connect(place / "peer.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE sheets (id INTEGER PRIMARY KEY, round TEXT, answers TEXT)")
    connection.execute("BEGIN")
    connection.executemany(SQLITE_ROW, ((json.dumps(ANSWERED),) for _ in range(answers // ITEMS)))
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return lambda: seconds(lambda: connection.execute(SQLITE_ROW, (json.dumps(ANSWERED),)))


def raw(place: Path) -> Callable[[], float]:
    """Measures the least that an atomic replace can cost: write 4 KB, sync, rename, sync the folder."""
    data = os.urandom(4096)

    def replace() -> None:
        temporary = place / "raw.tmp"
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(place / "raw")
        folder = os.open(place, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    return lambda: seconds(replace)


def sealing() -> Callable[[], float]:
    """Measures what no sheet does without once its answers are there: being sealed with what was made ready."""
    opened = _opened("0123456789abcdef", 1)
    public, _ = new_keys()

    def measure() -> float:
        padlock = Padlock(public)
        return seconds(lambda: kept(Sheet(ANSWERED), opened, padlock, box_size(opened)))

    return measure


def stock_tinydb(place: Path, answers: int) -> Callable[[], float]:
    """Measures one more document in a TinyDB file as it comes, which is not even synced."""
    database = TinyDB(place / "peer.json")
    sheet = {"round": "0123456789abcdef", "answers": ANSWERED}
    database.insert_multiple(dict(sheet) for _ in range(answers // ITEMS))
    return lambda: seconds(lambda: database.insert(dict(sheet)))


def compare(folder: Path, loops: int) -> None:
    """Prints figures and ratios of all contenders, each without and with the history of `ANSWERS` answers."""
    for name in ("new", "old", "new-sqlite", "old-sqlite", "raw", "tinydb"):
        (folder / name).mkdir()
    figures = in_turns(
        {
            "tuiretro": ours(folder / "new", 0),
            "SQLite": sqlite(folder / "new-sqlite", 0),
            "tuiretro, history": ours(folder / "old", ANSWERS),
            "SQLite, history": sqlite(folder / "old-sqlite", ANSWERS),
            "raw replace of 4 KB": raw(folder / "raw"),
            "sealing alone": sealing(),
        },
        loops,
    )
    figures |= in_turns({"stock TinyDB, history": stock_tinydb(folder / "tinydb", ANSWERS)}, TINYDB_LOOPS)
    show(figures)
    new, old, floor = figures["tuiretro"], figures["tuiretro, history"], figures["raw replace of 4 KB"]
    least = [a + b for a, b in zip(floor, figures["sealing alone"], strict=True)]
    show_ratio(
        "raw replace with sealing / SQLite, history", least, figures["SQLite, history"], "none; no sheet is quicker"
    )
    show_ratio("tuiretro / SQLite, no history", new, figures["SQLite"], "none")
    show_ratio("tuiretro / SQLite, history", old, figures["SQLite, history"], "at most 2.5")
    show_ratio("tuiretro / raw replace, history", old, floor, "none; the disk alone")
    show_ratio("tuiretro with / without history", old, new, "at most 1.1")
    show_ratio("stock TinyDB / tuiretro, history", figures["stock TinyDB, history"], old, "at least 300")


def main() -> None:
    """Prints the figures of `LOOPS` turns, or of as many as the command line says."""
    loops = int(sys.argv[1]) if len(sys.argv) > 1 else LOOPS
    say(f"One durable sheet; history means {ANSWERS:,} answers before it; SQLite with WAL and synchronous FULL")
    # Beside the checkout, not in memory: many systems keep their temporary folder where syncing costs nothing.
    with TemporaryDirectory(dir=Path.cwd(), prefix=".benchmark-") as folder:
        compare(Path(folder), loops)


if __name__ == "__main__":
    main()
