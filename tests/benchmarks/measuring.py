"""Measures rivals in turns, A B A B, and prints medians and ratios.

Owns the turns and the printing. It must not know what is measured, and never says whether a figure is good enough.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from statistics import median

Figures = dict[str, list[float]]
"""Seconds by contender."""


def in_turns(contenders: Mapping[str, Callable[[], float]], loops: int) -> Figures:
    """Asks each contender for one figure in turn, `loops` times, after one turn that does not count.

    Turns meet the same moods of the machine, so their ratio holds where single figures do not.
    """
    # What is installed has its bytecode; a machine that writes none would have its compiler measured.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    figures: Figures = {name: [] for name in contenders}
    for loop in range(loops + 1):
        for name, measure in contenders.items():
            seconds = measure()
            if loop:
                figures[name].append(seconds)
    return figures


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def say(line: str = "") -> None:
    """Prints a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def show(figures: Figures) -> None:
    """Prints each contender's fastest, median and slowest figure in milliseconds."""
    width = max(map(len, figures))
    for name, values in figures.items():
        least, middle, most = (f"{1000 * value:10.2f}" for value in (min(values), median(values), max(values)))
        say(f"  {name:{width}}  min {least}   median {middle}   max {most} ms   n {len(values)}")


def show_ratio(what: str, above: list[float], below: list[float], target: str) -> None:
    """Prints the ratio of two medians beside the target it is meant to meet."""
    say(f"  {what}: {median(above) / median(below):.2f}   (target: {target})")
