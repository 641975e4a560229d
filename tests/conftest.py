"""How the whole suite is run side by side."""

from __future__ import annotations

import os

import pytest


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are processors: many tests wait for a terminal, and leave theirs idle meanwhile."""
    return (os.cpu_count() or 1) + 1
