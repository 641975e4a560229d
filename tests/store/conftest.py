from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.builders import a_store
from tuiretro.store.tinydb_store import TinyDBStore


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def store(place: Path) -> TinyDBStore:
    return a_store(place)
