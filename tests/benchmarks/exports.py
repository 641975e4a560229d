"""Exports of ten years: each format's time and peak memory, as a command in a fresh process.

`python -m tests.benchmarks.exports [RUNS]`, on 260 sprints that asked all 24 statements each and led to two actions.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.benchmarks.histories import write_history
from tests.benchmarks.measuring import say
from tests.benchmarks.trends import PEOPLE, ten_years
from tuiretro.export import EXPORTERS
from tuiretro.model.action import Action
from tuiretro.model.release import History
from tuiretro.service import teams
from tuiretro.service.workspace import Workspace, open_workspace

RUNS, SECONDS, MEBIBYTES, ACTIONS = 5, 1.0, 150, 2


class Spent(NamedTuple):
    """What one process took."""

    seconds: float
    peak: float
    """Most memory it held at once, in MiB."""
    size: int
    """Bytes that it wrote."""


def actions_of(history: History, workspace: Workspace) -> tuple[Action, ...]:
    """What a busy team takes on: `ACTIONS` after each sprint, all but the last of them done a sprint later."""
    mistakes = workspace.library.mistakes()
    plays = [(mistake.id, play) for mistake in mistakes for play in mistake.plays]
    taken: list[Action] = []
    for release in history.releases:
        for _ in range(ACTIONS):
            number, sprint = len(taken) + 1, release.sprint.number
            mistake, play = plays[number % len(plays)]
            is_open = sprint >= len(history.releases) - 1
            taken.append(
                Action(
                    number, play.title, sprint, release.sprint.ends, "Jo", play.done_when, mistake,
                    f"{mistake}.{play.id}", "open" if is_open else "done", None if is_open else sprint + 1,
                )
            )  # fmt: skip
    return tuple(taken)


def spent(command: list[str], output: Path) -> Spent:
    """Runs a command to its end."""
    output.unlink(missing_ok=True)
    before = time.perf_counter()
    child = os.posix_spawn(command[0], command, dict(os.environ), file_actions=[(os.POSIX_SPAWN_CLOSE, 2)])
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - before
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    # Linux counts in KiB, macOS in bytes.
    return Spent(seconds, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2), output.stat().st_size)


def main() -> None:
    """Prints figures beside their targets."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    history = ten_years()
    with TemporaryDirectory() as folder:
        place, output = Path(folder) / "ten-years", Path(folder) / "export"
        begins = history.releases[0].sprint.starts
        workspace = open_workspace(place, today=lambda: begins)
        team = teams.add(workspace, "Atlas", people=PEOPLE, starts=begins, every="2 weeks")
        write_history(place, team, history)
        workspace.store.change_actions(team.id, lambda _: actions_of(history, workspace))
        base = [sys.executable, "-m", "tuiretro", "--workspace", str(place)]
        end = ["--output", str(output), "--force"]
        commands = {form: [*base, "export", "--format", form, "--all", *end] for form in EXPORTERS}
        commands |= {"one sprint": [*base, "export", *end], "brief": [*base, "brief", *end]}
        say(f"Exports of {len(history.releases)} sprints with {len(history.questions)} statements each")
        say(f"  targets: at most {SECONDS:.1f} s and {MEBIBYTES} MiB in a fresh process")
        for name, command in commands.items():
            found = [spent(command, output) for _ in range(runs + 1)][1:]
            seconds, peak = median(one.seconds for one in found), max(one.peak for one in found)
            wrote = found[0].size / 1024
            say(f"  {name:12}  median {seconds:5.2f} s   peak {peak:4.0f} MiB   wrote {wrote:7.0f} KiB   n {runs}")


if __name__ == "__main__":
    main()
