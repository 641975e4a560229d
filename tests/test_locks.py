from __future__ import annotations

import errno
import fcntl
import os
import signal
import stat
import sys
import threading
import time
from pathlib import Path

import filelock
import pytest

from tests.torture.processes import Report, forked
from tuiretro.errors import BusyError
from tuiretro.locks import locked


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture(params=[sys.platform, "win32"], autouse=True)
def platform(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    # The lock for systems without fcntl runs anywhere, once its package has looked at the real system.
    assert filelock.__version__
    monkeypatch.setattr(sys, "platform", request.param)


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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be stopped")
def test_a_stopped_process_keeps_others_waiting_no_longer_than_their_patience(tmp_path: Path) -> None:
    def hold(report: Report) -> None:
        with locked(tmp_path / "lock"):
            report("held")
            os.kill(os.getpid(), signal.SIGSTOP)

    holder = forked(hold)
    os.waitpid(holder.pid, os.WUNTRACED)
    with pytest.raises(BusyError, match="Another program is using"), locked(tmp_path / "lock", 0.1):
        pass
    holder.kill()
    with locked(tmp_path / "lock", 0.1):
        pass


def test_a_lock_is_given_back_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="inside"), locked(tmp_path / "lock"):
        raise ValueError("inside")
    with locked(tmp_path / "lock", 0.05):
        pass


def test_a_lock_does_not_tell_when_it_was_last_held(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    os.utime(tmp_path / "lock", (0, 0))
    with locked(tmp_path / "lock"):
        pass
    assert (tmp_path / "lock").stat().st_mtime == 0


def test_a_lock_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic"), locked(tmp_path / "lock"):
        pass
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs files that can be removed while they are open")
def test_a_lock_whose_folder_was_put_aside_meanwhile_guards_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, path = fcntl.flock, tmp_path / "lock"

    def slow(descriptor: int, operation: int) -> None:
        real(descriptor, operation)
        if operation & fcntl.LOCK_EX:
            monkeypatch.setattr(fcntl, "flock", real)
            path.unlink()

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(fcntl, "flock", slow)
    with locked(path), pytest.raises(BusyError), locked(path, 0.05):
        pass


def test_a_disk_that_knows_no_locks_is_an_error_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(sys, "platform", "linux")
    with monkeypatch.context() as patch:
        patch.setattr(fcntl, "flock", refusing)
        with pytest.raises(OSError, match="lock"), locked(tmp_path / "lock"):
            pass
    with locked(tmp_path / "lock", 0):
        pass


def test_whoever_waits_gets_the_lock_once_it_is_given_back(tmp_path: Path) -> None:
    held = threading.Event()
    order: list[str] = []

    def other() -> None:
        held.wait()
        with locked(tmp_path / "lock"):
            order.append("second")

    thread = threading.Thread(target=other)
    thread.start()
    with locked(tmp_path / "lock"):
        held.set()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs a list of open files")
def test_a_lock_that_is_given_back_leaves_no_open_file(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - only their number is asked
    for _ in range(5):
        with locked(tmp_path / "lock"):
            pass
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208 - as above


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that is forked")
def test_a_process_that_was_forked_while_a_lock_was_held_does_not_keep_it(tmp_path: Path) -> None:
    with locked(tmp_path / "lock"):
        copy = os.fork()
        if not copy:
            time.sleep(5)
            os._exit(0)
    try:
        with locked(tmp_path / "lock", 0.05):
            pass
    finally:
        os.kill(copy, signal.SIGKILL)
        os.waitpid(copy, 0)
