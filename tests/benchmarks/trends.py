"""Trends of ten years: opening the screen, a key on it, and the command against one that only says where things lie.

`python -m tests.benchmarks.trends [RUNS]`, on 260 sprints that asked all 24 statements each, and in a real
pseudo-terminal.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.headless import timed
from tests.benchmarks.histories import write_history
from tests.benchmarks.measuring import in_turns, say, seconds, show, show_ratio
from tests.terminal import Terminal
from tuiretro.config import WORKSPACE
from tuiretro.library import SAFETY, Library
from tuiretro.model.release import History, ItemResult, Release
from tuiretro.model.team import Sprint
from tuiretro.service import past, teams
from tuiretro.service.workspace import open_workspace

RUNS, SPRINTS, PEOPLE, KEYS, OPENINGS = 15, 260, 8, 40, 5
SIZE = (120, 36)


def ten_years() -> History:
    """A calm team: every item moves a little around a level of its own."""
    library, chance = Library(), random.Random(1)
    questions = (*library.survey(SAFETY).core, *(mistake.question for mistake in library.mistakes()))
    levels = {question.id: chance.uniform(2.6, 4.2) for question in questions}
    first = date.today() - timedelta(weeks=2 * SPRINTS)  # noqa: DTZ011 - the commands go by this day as well
    releases = []
    for number in range(1, SPRINTS + 1):
        starts = first + timedelta(weeks=2 * (number - 1))
        items = tuple(
            ItemResult(q.id, q.version, 7, min(max(round(chance.gauss(levels[q.id], 0.25), 1), 1.5), 4.5), "mixed")
            for q in questions
        )
        span = Sprint(number, starts, starts + timedelta(days=13))
        releases.append(Release(f"{number:016x}", span, "pulse", "Sprint pulse", PEOPLE, 4, 7, items))
    return History(tuple(releases), questions)


def raw_answers(history: History) -> sqlite3.Connection:
    """As many raw answers in SQLite as the releases were made of: what a tool without releases would look through."""
    rows = [
        (release.sprint.number, item.id, person, 1 + (person * 7 + release.sprint.number) % 5)
        for release in history.releases
        for item in release.items
        for person in range(item.n or 0)
    ]
    database = sqlite3.connect(":memory:")
    database.execute("create table answers (sprint integer, item text, person integer, value integer)")
    database.executemany("insert into answers values (?, ?, ?, ?)", rows)
    return database


def means(database: sqlite3.Connection) -> None:
    """The mean of each item in each sprint, from raw answers."""
    database.execute("select item, sprint, avg(value), count(*) from answers group by item, sprint").fetchall()


def pressed(terminal: Terminal, key: str, pattern: str) -> float:
    """Seconds from a key to the output after which the screen matches."""
    begun = time.perf_counter() - terminal.started
    terminal.send(key)
    return terminal.arrival(pattern, quiet=0.15) - begun


def on_screen(place: Path) -> tuple[list[float], list[float]]:
    """Seconds from the key to the drawn screen, in apps that show Home already; and from a key to another chart."""
    opened, keys = [], []
    for opening in range(OPENINGS):
        with Terminal([sys.executable, "-m", "tuiretro"], *SIZE, env={WORKSPACE: str(place)}) as terminal:
            terminal.arrival("THEMES")
            opened.append(pressed(terminal, "4", "usual"))
            if opening == 0:
                keys = [pressed(terminal, "down" if at < KEYS // 2 else "up", "usual") for at in range(KEYS)]
    return opened, keys


def main() -> None:
    """Prints figures and ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    history = ten_years()
    with TemporaryDirectory() as folder:
        place = Path(folder) / "ten-years"
        begins = history.releases[0].sprint.starts
        team = teams.add(
            open_workspace(place, today=lambda: begins), "Atlas", people=PEOPLE, starts=begins, every="2 weeks"
        )
        write_history(place, team, history)
        command = [sys.executable, "-m", "tuiretro", "--workspace", str(place)]
        figures = in_turns({name: timed([*command, name]) for name in ("trends", "where")}, runs)
        database = raw_answers(history)
        inside = in_turns(
            {
                "trends, opening included": lambda: seconds(lambda: past.trends(open_workspace(place), team)),
                "SQLite over raw answers": lambda: seconds(lambda: means(database)),
            },
            runs,
        )
        opened, keys = on_screen(place)
    say(f"Trends of {SPRINTS} sprints with {len(history.questions)} statements each")
    show(figures | inside)
    show_ratio("trends / where", figures["trends"], figures["where"], "at most 1.5")
    show_ratio("inside / SQLite", inside["trends, opening included"], inside["SQLite over raw answers"], "none")
    say(f"  the screen opens in {1000 * median(opened):.0f} ms (median of {OPENINGS})   (target: under 150)")
    say(f"  a key is drawn in {1000 * median(keys):.1f} ms (median of {KEYS})   (target: at most 16)")


if __name__ == "__main__":
    main()
