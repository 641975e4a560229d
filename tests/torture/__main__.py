"""`python -m tests.torture [NAME ...] [--scale PART] [--minutes N] [--seed N]`: trials on real workspaces on the disk.

Prints one line for each trial and ends with 1 if one of them failed.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.measuring import say
from tests.torture.full_disk import full_disk
from tests.torture.fuzz import fuzz
from tests.torture.kills import kills
from tests.torture.order import order
from tests.torture.retro import retro
from tests.torture.trial import Outcome, Sizes, Trial
from tests.torture.writers import writers
from tuiretro.errors import TuiretroError

TRIALS: dict[str, Trial] = {
    "kills": kills,
    "full-disk": full_disk,
    "writers": writers,
    "order": order,
    "fuzz": fuzz,
    "retro": retro,
}
SHOWN = 10
"""Faults that are printed of one trial."""


def tried(name: str, sizes: Sizes) -> bool:
    """Runs one trial, prints its line, and returns whether it was passed."""
    began = time.perf_counter()
    # Beside the checkout, not in memory: many systems keep their temporary folder where syncing costs nothing.
    with TemporaryDirectory(dir=Path.cwd(), prefix=".torture-") as folder:
        try:
            outcome = TRIALS[name](Path(folder), sizes)
        except TuiretroError as error:
            # A judge that is refused has found something.
            outcome = Outcome(faults=[error.message])
    counts = ", ".join(f"{what} {figure}" for what, figure in outcome.counts.items())
    verdict = f"FAILED with {len(outcome.faults)} faults" if outcome.faults else "passed"
    say(f"{name}: {verdict}: {counts}; {time.perf_counter() - began:.0f} s")
    for fault in outcome.faults[:SHOWN]:
        say(f"  {fault}")
    return not outcome.faults


def main(words: list[str] | None = None) -> int:
    """Runs the trials that are named, or all; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(TRIALS))
    parser.add_argument("--scale", type=float, default=1.0, help="part of the full number of kills, writes and rounds")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long fuzz runs")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(words)
    unknown = [name for name in given.names if name not in TRIALS]
    if unknown or given.scale <= 0:
        parser.error(f"the trials are {', '.join(TRIALS)}, and a scale is above 0")
    sizes = Sizes(given.scale, given.minutes, given.seed)
    failed = [name for name in given.names or TRIALS if not tried(name, sizes)]
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
