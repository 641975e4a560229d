"""What holds for all tests."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage

HERE = Path(__file__).parent
COVERED = frozenset({"core", "model", "export", "library"})
"""Whose tests must reach every branch of the package of that name; those of other floors only pass through it."""
TRACED = frozenset({HERE / "service" / "test_importing.py"})
"""Files of other floors that count all the same: how a table is read is many modules of `core` in one road."""


LONGEST = ("tui/test_whole_retro.py", "test_house.py", "tui/test_library_hostile.py", "core/test_rates.py")
"""Files that take longest, longest first: where several processes share the files, none is left with one at the end."""


def pytest_configure(config: pytest.Config) -> None:
    """Leaves one tracer in a process of xdist: pytest-cov begins there twice, and `no_cover` halts only the second."""
    if hasattr(config, "workerinput") and (first := Coverage.current()) is not None:
        first.stop()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: the tests of the app wait half of their time for the screen."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, and nothing is traced while other floors' tests run: it would make them take twice as long."""
    first = {HERE / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: first.get(item.path, len(first)))
    for item in items:
        if item.path.relative_to(HERE).parts[0] not in COVERED and item.path not in TRACED:
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(autouse=True, scope="module")
def tidied() -> Iterator[None]:
    """After each file everything is looked through: each app asks that what was made for its first frame never is."""
    yield
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def quick_disk() -> Iterator[None]:
    """No test waits for the disk: programs are killed here, and never the machine.

    That files are flushed, and what happens where the disk refuses, is tested by calls that are put on top.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", _open)
        yield


def _open(descriptor: int) -> None:
    """Like flushing, it wants an open file."""
    os.fstat(descriptor)
