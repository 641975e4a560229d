"""What holds for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
COVERED = frozenset({"core", "model", "export", "library"})
"""Whose tests must reach every branch of the package of that name; those of other floors only pass through it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Nothing is traced while the other floors' tests run: it would make them take twice as long."""
    for item in items:
        if item.path.relative_to(HERE).parts[0] not in COVERED:
            item.add_marker(pytest.mark.no_cover)
