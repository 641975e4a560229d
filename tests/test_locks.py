from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from tuiretro.errors import BusyError
from tuiretro.locks import locked


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_a_lock_that_is_held_makes_the_other_busy(tmp_path: Path) -> None:
    with locked(tmp_path / "lock"), pytest.raises(BusyError, match="Another program"), locked(tmp_path / "lock", 0.05):
        pass
    with locked(tmp_path / "lock", 0.05):
        assert mode(tmp_path / "lock") == 0o600


def test_a_lock_also_holds_between_threads(tmp_path: Path) -> None:
    refused: list[BusyError] = []

    def other() -> None:
        try:
            with locked(tmp_path / "lock", 0.05):
                pass
        except BusyError as error:
            refused.append(error)

    with locked(tmp_path / "lock"):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert len(refused) == 1


def test_a_lock_is_given_back_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="inside"), locked(tmp_path / "lock"):
        raise ValueError("inside")
    with locked(tmp_path / "lock", 0.05):
        pass
