"""A million rows: how fast they are counted, beside Python's own csv module on the same file, and in how much memory.

Run with `python -m tests.benchmarks.importing [ROWS]`. Each figure comes from a process of its own, in turns, and is
time of the processor.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.measuring import in_turns, say, show, show_ratio
from tuiretro.core.cells import Reading
from tuiretro.core.columns import places
from tuiretro.core.counting import Counting
from tuiretro.core.faults import Faults
from tuiretro.core.table import Table
from tuiretro.core.timing import When
from tuiretro.model.importing import DateColumn, ImportMap, MappedItem
from tuiretro.model.team import Cadence, Every, Team
from tuiretro.service.table_files import opened_table

ROWS, ITEMS, LOOPS = 1_000_000, 24, 3
FIRST = date(2024, 1, 1)
TEAM = Team("a1b2c3d4e5f60718", "Atlas", 8, (Cadence(1, FIRST, Every(2, "week")),))
MAP = ImportMap(
    items=tuple(MappedItem(f"Statement {n} of this survey", "safety.any") for n in range(ITEMS)),
    date=DateColumn("Timestamp", "m/d/y"),
)


def written(path: Path, rows: int) -> None:
    """A table as Google Forms writes it: a time, an address, answers as numbers, and a comment."""
    chance = random.Random(1)
    days = [FIRST + timedelta(days=n) for n in range(700)]
    with path.open("w", newline="", encoding="utf-8") as stream:
        table = csv.writer(stream)
        table.writerow(["Timestamp", "Email", *(item.column for item in MAP.items), "Anything else?"])
        for at in range(rows):
            day = days[at * len(days) // rows]
            when = f"{day.month}/{day.day}/{day.year} {at % 24}:{at % 60:02}:00"
            answers = chance.choices(("1", "2", "3", "4", "5", ""), k=ITEMS)
            table.writerow([when, f"p{at}@example.org", *answers, "Fine, thanks" if at % 9 == 0 else ""])


def ours(path: Path) -> int:
    """Rows that our reading counts."""
    faults = Faults()
    when = When(MAP, TEAM, FIRST + timedelta(days=900), (), faults)
    with opened_table(path) as (stream, _):
        table = Table(stream)
        counting = Counting(places(table.header(), MAP, faults), Reading(MAP.scale), when)
        for batch in table.batches():
            counting.add(batch)
    faults.check()
    return sum(found.rows for found in counting.found.values())


def theirs(path: Path) -> int:
    """Rows that the csv module reads."""
    with path.open(newline="", encoding="utf-8") as stream:
        return sum(1 for _ in csv.reader(stream)) - 1


def measured(name: str, path: Path) -> Callable[[], dict[str, float]]:
    """A fresh process that reads the file and tells its time and its memory."""

    def run() -> dict[str, float]:
        words = [sys.executable, "-m", "tests.benchmarks.importing", name, str(path)]
        said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        found: dict[str, float] = json.loads(said)
        return found

    return run


def main(rows: int) -> None:
    """Writes the file, lets both read it in turns, prints figures."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "rows.csv")
        written(path, rows)
        say(f"{rows:,} rows of {ITEMS} answers, {path.stat().st_size / 2**20:.0f} MB")
        memory: dict[str, float] = {}

        def timed(name: str) -> Callable[[], float]:
            run = measured(name, path)

            def seconds() -> float:
                found = run()
                memory[name] = max(memory.get(name, 0), found["mib"])
                return found["seconds"]

            return seconds

        figures = in_turns({"tuiretro import": timed("ours"), "csv module": timed("theirs")}, LOOPS)
    show(figures)
    show_ratio("counting against reading", figures["tuiretro import"], figures["csv module"], "2, or 100,000 rows/s")
    fastest = [rows / value for value in figures["tuiretro import"]]
    say(f"  rows a second: {sorted(fastest)[len(fastest) // 2]:,.0f}")
    say(f"  most memory: {memory['ours']:.0f} MiB (target: 200), csv module {memory['theirs']:.0f} MiB")


def one(name: str, path: Path) -> None:
    """Reads once and prints processor time and memory, as JSON."""
    # Of the processor: the file is in memory by then, and other programs must not count.
    before = time.process_time()
    count = (ours if name == "ours" else theirs)(path)
    seconds = time.process_time() - before
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(json.dumps({"seconds": seconds, "mib": mib, "rows": count}))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        one(sys.argv[1], Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
