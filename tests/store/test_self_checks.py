"""One person's private file: what lies in it, who may enter its folder, and what a crash or a stranger does to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from tests.core.self_checks import CLEANING, DAY, DRIFT, kept
from tests.store.faults import Crash, Faults
from tuiretro.errors import (
    BadInputError,
    BusyError,
    ChangedError,
    DamagedError,
    NewerError,
    TuiretroError,
    UnconfirmedError,
    WorkspaceError,
)
from tuiretro.files import is_temporary
from tuiretro.locks import locked
from tuiretro.model.self_check import SelfCheck
from tuiretro.store import self_check_form, self_checks
from tuiretro.store.retro_folder import midnight
from tuiretro.store.self_checks import LOCK, SelfChecks

FIRST, SECOND = kept({CLEANING: 2, DRIFT: None}, {CLEANING: 5})
WORDS = "correct horse"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks that open at once."""
    monkeypatch.setattr(self_checks, "COST", (1, 8192))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "own"


@pytest.fixture
def own(folder: Path) -> SelfChecks:
    return SelfChecks(folder)


@pytest.fixture
def filled(own: SelfChecks) -> SelfChecks:
    """One self-check, plain."""
    add(own, FIRST)
    return own


def add(own: SelfChecks, check: SelfCheck, words: str = "") -> None:
    """Keeps one by whoever has just looked."""
    own.add(check, words, seen=own.is_locked)


def head(kind: str, body: bytes, version: int = 1) -> bytes:
    return f"tuiretro self-checks {version} {kind} {sha256(body).hexdigest()}\n".encode()


def test_where_nothing_is_kept_there_is_nothing_and_nothing_is_made(own: SelfChecks, folder: Path) -> None:
    assert own.is_locked is None
    assert own.read() == ()
    assert own.forget() is False
    assert not folder.parent.exists()


@pytest.mark.parametrize("words", ["", WORDS])
def test_what_was_kept_comes_back_in_its_order(own: SelfChecks, words: str) -> None:
    add(own, FIRST, words)
    add(own, SECOND, words)
    assert own.read(words) == (FIRST, SECOND)
    assert own.is_locked is bool(words)


def test_only_its_person_may_enter_the_folder_and_read_the_file(filled: SelfChecks, folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_no_file_tells_at_what_time_of_the_day_it_was_kept(filled: SelfChecks, folder: Path) -> None:
    assert filled.path.stat().st_mtime == midnight(DAY)
    assert folder.stat().st_mtime == midnight(DAY)
    assert (folder / LOCK).stat().st_mtime == 0


def test_with_a_passphrase_no_byte_of_the_answers_can_be_read(own: SelfChecks) -> None:
    add(own, FIRST, WORDS)
    data = own.path.read_bytes()
    assert not [part for part in (b"data-cleaning", b"pulse", b"2026", b"answer") if part in data]


@pytest.mark.parametrize("words", ["", "correct horsy"])
def test_another_passphrase_opens_nothing_and_loses_nothing(own: SelfChecks, words: str) -> None:
    add(own, FIRST, WORDS)
    before = own.path.read_bytes()
    for use in (lambda: own.read(words), lambda: add(own, SECOND, words)):
        with pytest.raises(BadInputError, match="That is not the passphrase of your self-checks"):
            use()
    assert own.path.read_bytes() == before
    assert own.read(WORDS) == (FIRST,)


def test_a_passphrase_for_what_was_plain_locks_all_of_it(filled: SelfChecks) -> None:
    add(filled, SECOND, WORDS)
    assert filled.is_locked
    assert filled.read(WORDS) == (FIRST, SECOND)


@pytest.mark.parametrize(
    ("seen", "then", "now"),
    [
        (None, "", "are without a passphrase now"),
        (None, WORDS, "are locked with a passphrase now"),
        (False, None, "were removed"),
        (False, WORDS, "are locked with a passphrase now"),
        (True, None, "were removed"),
        (True, "", "are without a passphrase now"),
    ],
)
@pytest.mark.parametrize("typed", ["", "four", WORDS])
def test_what_was_typed_for_another_state_of_the_file_keeps_and_locks_nothing(
    own: SelfChecks, folder: Path, *, seen: bool | None, then: str | None, now: str, typed: str
) -> None:
    if then is not None:
        add(own, FIRST, then)
    with pytest.raises(ChangedError, match=now):
        own.add(SECOND, typed, seen=seen)
    assert own.read(then or "") == (() if then is None else (FIRST,))
    assert folder.exists() is (then is not None)


def test_what_changes_while_the_lock_is_waited_for_counts_too(
    filled: SelfChecks, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def forgotten(path: Path) -> Iterator[None]:
        filled.path.unlink()
        with locked(path):
            yield

    monkeypatch.setattr(self_checks, "locked", forgotten)
    with pytest.raises(ChangedError, match="were removed"):
        filled.add(SECOND, seen=False)
    assert filled.read() == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda data: b"", "does not begin"),
        (lambda data: data[:40], "does not begin"),
        (lambda data: data[:-1], "check sum"),
        (lambda data: data.replace(b'"answer":2', b'"answer":3'), "check sum"),
        (lambda data: data + b" ", "check sum"),
        (lambda data: head("plain", b"[]") + b"[]", "Expected"),
        (lambda data: head("plain", b"\xff") + b"\xff", "malformed"),
        (lambda data: head("plain", b"[" * 100_000) + b"[" * 100_000, "damaged"),
        (lambda data: head("locked", b"short") + b"short", "cut short"),
        (lambda data: head("other", b"{}") + b"{}", "does not begin"),
    ],
)
def test_a_file_that_was_tampered_with_or_cut_short_is_refused_and_left_alone(
    filled: SelfChecks, change: Callable[[bytes], bytes], words: str
) -> None:
    filled.path.write_bytes(change(filled.path.read_bytes()))
    before = filled.path.read_bytes()
    for use in (filled.read, lambda: add(filled, SECOND)):
        with pytest.raises(DamagedError, match=words) as caught:
            use()
        assert caught.value.message.count("\n") == 0
        assert "start anew with 'tuiretro check forget'" in caught.value.message
    assert filled.path.read_bytes() == before
    assert filled.forget()


def test_a_file_of_a_newer_version_is_left_alone(filled: SelfChecks) -> None:
    body = b'{"all":"new"}'
    filled.path.write_bytes(head("plain", body, self_check_form.VERSION + 1) + body)
    for use in (filled.read, lambda: filled.is_locked, lambda: add(filled, SECOND)):
        with pytest.raises(NewerError, match="newer version"):
            use()
    assert filled.path.read_bytes().endswith(body)


def uses(own: SelfChecks) -> tuple[Callable[[], object], ...]:
    return own.read, lambda: own.is_locked, lambda: add(own, SECOND), own.forget


def test_a_linked_folder_is_not_entered(filled: SelfChecks, folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    for use in uses(SelfChecks(link)):
        with pytest.raises(WorkspaceError, match="is a symbolic link"):
            use()
    assert filled.read() == (FIRST,)


def test_a_linked_file_is_neither_read_nor_replaced_nor_removed(filled: SelfChecks, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    filled.path.rename(theirs)
    filled.path.symlink_to(theirs)
    before = theirs.read_bytes()
    for use in uses(filled):
        with pytest.raises(WorkspaceError, match="symbolic link"):
            use()
    assert (filled.path.is_symlink(), theirs.read_bytes()) == (True, before)


def test_a_file_in_the_place_of_the_folder_is_refused(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_bytes(b"mine")
    for use in uses(SelfChecks(folder)):
        with pytest.raises(WorkspaceError, match="is no folder"):
            use()
    below = SelfChecks(folder / "below")
    with pytest.raises(WorkspaceError, match="a part of the path is a file"):
        below.read()
    assert folder.read_bytes() == b"mine"


@pytest.mark.parametrize("mode", [0o750, 0o701, 0o777])
def test_a_folder_that_is_open_to_others_is_refused(filled: SelfChecks, folder: Path, mode: int) -> None:
    folder.chmod(mode)
    for use in uses(filled):
        with pytest.raises(WorkspaceError, match="is open to other users"):
            use()
    folder.chmod(0o700)
    assert filled.read() == (FIRST,)


def test_the_folder_of_another_user_is_refused(filled: SelfChecks, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: os.getuid() + 1)
        for use in uses(filled):
            with pytest.raises(WorkspaceError, match="belongs to another user"):
                use()
    assert filled.read() == (FIRST,)


def test_where_the_system_knows_no_users_the_folder_is_taken_as_it_is(
    filled: SelfChecks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "geteuid")
    assert filled.read() == (FIRST,)


def test_another_program_that_holds_the_lock_is_waited_for_and_then_named(
    filled: SelfChecks, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(self_checks, "locked", lambda path: locked(path, 0.0))
    with locked(folder / LOCK):
        for use in (lambda: add(filled, SECOND), filled.forget):
            with pytest.raises(BusyError):
                use()
    assert filled.read() == (FIRST,)


def test_forgetting_removes_the_file_the_lock_and_the_folder(filled: SelfChecks, folder: Path) -> None:
    assert filled.forget()
    assert not folder.exists()
    assert folder.parent.exists()


def test_the_lock_goes_while_it_is_held(filled: SelfChecks, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    @contextmanager
    def watched(path: Path) -> Iterator[None]:
        with locked(path):
            yield
            seen.append(path.exists())

    monkeypatch.setattr(self_checks, "locked", watched)
    assert filled.forget()
    assert seen == [False]


def forgotten_while_waiting(own: SelfChecks, patch: pytest.MonkeyPatch) -> None:
    """Whoever waits for the lock next gets it after another program forgot everything."""

    def late(path: Path) -> AbstractContextManager[None]:
        patch.setattr(self_checks, "locked", locked)
        own.forget()
        return locked(path)

    patch.setattr(self_checks, "locked", late)


def test_whoever_waits_while_all_is_forgotten_is_asked_again(
    filled: SelfChecks, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten_while_waiting(filled, monkeypatch)
    with pytest.raises(ChangedError):
        add(filled, SECOND)
    assert not folder.exists()


def test_the_first_one_is_kept_although_the_folder_goes_meanwhile(
    own: SelfChecks, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True, mode=0o700)
    (folder / ".tuiretro-0123456789abcdef.tmp").write_bytes(b"answers")
    forgotten_while_waiting(own, monkeypatch)
    add(own, FIRST)
    assert own.read() == (FIRST,)


def test_two_that_forget_at_once_both_end_well(
    filled: SelfChecks, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten_while_waiting(filled, monkeypatch)
    assert filled.forget() is False
    assert not folder.exists()


def test_forgetting_leaves_what_is_not_ours(filled: SelfChecks, folder: Path) -> None:
    (folder / "thesis.txt").write_bytes(b"mine")
    assert filled.forget()
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]


def test_forgetting_removes_what_a_killed_write_left(filled: SelfChecks, folder: Path) -> None:
    filled.path.unlink()
    (folder / ".tuiretro-0123456789abcdef.tmp").write_bytes(b"answers")
    assert filled.forget()
    assert not folder.exists()


@pytest.mark.parametrize("kind", ["crash", "torn", "full"])
@pytest.mark.parametrize("words", ["", WORDS])
def test_a_crash_or_a_full_disk_at_any_point_leaves_the_old_or_the_new(
    own: SelfChecks, folder: Path, kind: str, words: str
) -> None:
    add(own, FIRST, words)
    at, happened = 1, True
    while happened:
        own.forget()
        add(own, FIRST, words)
        faults = Faults(at, kind)
        with pytest.MonkeyPatch.context() as patch:
            faults.install(patch)
            try:
                add(own, SECOND, words)
                outcome = "done"
            except UnconfirmedError:
                outcome = "done"
            except TuiretroError:
                outcome = "refused"
            except Crash:
                outcome = "dead"
        seen = own.read(words)
        assert seen == {"done": (FIRST, SECOND), "refused": (FIRST,)}.get(outcome, seen)
        assert seen in {(FIRST,), (FIRST, SECOND)}
        add(own, SECOND, words)
        assert not [path for path in folder.iterdir() if is_temporary(path.name)]
        at, happened = at + 1, faults.happened
    assert at > 4


def test_a_missing_confirmation_says_that_it_is_kept(filled: SelfChecks) -> None:
    faults = Faults(1, "unconfirmed")
    with pytest.MonkeyPatch.context() as patch:
        faults.install(patch)
        with pytest.raises(UnconfirmedError, match="Your self-check is kept, but the disk did not confirm it"):
            add(filled, SECOND)
    assert filled.read() == (FIRST, SECOND)


def test_a_disk_that_refuses_to_forget_says_so_and_it_can_be_tried_again(filled: SelfChecks) -> None:
    with pytest.MonkeyPatch.context() as patch:
        Faults(1, "full").install(patch)
        patch.setattr(os, "utime", lambda *_: None)
        with pytest.raises(WorkspaceError, match="could not all be removed"):
            filled.forget()
    assert filled.forget()
