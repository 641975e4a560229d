"""What a store says and keeps when the disk refuses a change, or makes it and does not confirm it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from tests.store.builders import (
    FOLDER,
    QUESTIONS,
    TEAM,
    a_release,
    a_round,
    a_sheet,
    a_store,
    a_team,
    filled,
    keep_team,
    tally,
    tree,
)
from tuiretro.errors import NotNowError, UnconfirmedError, WorkspaceError
from tuiretro.store.tinydb_store import TinyDBStore


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EDQUOT, "the disk quota is used up"),
        (errno.EFBIG, "the file would be larger than allowed"),
    ],
)
def test_a_disk_that_refuses_is_one_sentence_and_keeps_everything(
    place: Path, store: TinyDBStore, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    filled(store, sheets=3)
    keep_team(store, a_team("bbbbbbbb", "Badgers"))
    before = tree(place)

    def failing(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "write", failing)
    for call, kept in (
        (lambda: keep_team(store, a_team(name="Comets")), "all teams are as they were"),
        (lambda: store.add_sheet(TEAM, a_round(), a_sheet()), "the sheets of the others are as they were"),
        (lambda: store.close_round(TEAM, a_round(), tally), "still open with all its sheets"),
        (lambda: store.change_actions(TEAM, lambda _: ()), "they are as they were"),
        (lambda: store.open_round("bbbbbbbb", a_round()), "no answers were lost"),
    ):
        with pytest.raises(WorkspaceError, match=words) as caught:
            call()
        assert kept in caught.value.message
        assert "\n" not in caught.value.message
    assert {name: data for name, data in tree(place).items() if "bbbbbbbb" not in name} == before
    assert not list((place / "bbbbbbbb" / "rounds").iterdir())


def test_a_disk_that_refuses_an_import_keeps_the_history_as_it_was(
    place: Path, store: TinyDBStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_team(store, a_team())
    store.import_releases(a_team(), (a_release(sprint=1),), QUESTIONS)
    before = tree(place)

    def failing(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", failing)
    with pytest.raises(WorkspaceError, match="nothing was imported"):
        store.import_releases(a_team(), (a_release("fedcba9876543210", 2), a_release("0011223344556677", 3)), QUESTIONS)
    assert tree(place) == before


def unconfirmed_folders(patch: pytest.MonkeyPatch) -> None:
    """The disk takes every byte and every name, and confirms no name."""
    real = os.fsync

    def failing(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(descriptor)

    patch.setattr(os, "fsync", failing)


def test_a_sheet_that_the_disk_did_not_confirm_is_stored_and_not_handed_in_again(
    place: Path, store: TinyDBStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store, sheets=3)
    with monkeypatch.context() as patch:
        unconfirmed_folders(patch)
        with pytest.raises(UnconfirmedError) as caught:
            store.add_sheet(TEAM, a_round(), a_sheet())
    told = "Your sheet is stored, but the disk did not confirm it; do not hand it in again. "
    assert caught.value.message.startswith(told)
    assert store.sheets(TEAM) == a_store(place).sheets(TEAM) == 4


def test_every_other_change_that_the_disk_did_not_confirm_says_what_is_stored(
    place: Path, store: TinyDBStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store)
    unconfirmed_folders(monkeypatch)
    for call, stored in (
        (lambda: keep_team(store, a_team(name="Comets")), "The team is saved, but the disk did not confirm it; "),
        (lambda: store.change_actions(TEAM, lambda _: ()), "The actions are saved, but the disk did not confirm it; "),
        (lambda: store.abandon_round(TEAM, a_round()), "The round is abandoned, but not all of it is destroyed: "),
    ):
        with pytest.raises(UnconfirmedError) as caught:
            call()
        assert caught.value.message.startswith(stored)
        assert "\n" not in caught.value.message
    assert [team.name for team in store.teams()] == ["Comets"]
    assert store.actions(TEAM) == ()
    assert store.round(TEAM) is None


def test_what_abandoning_could_not_destroy_is_removed_on_the_next_start(
    place: Path, store: TinyDBStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store)
    real = os.unlink

    def failing(path: Path) -> None:
        if Path(path).name == "key":
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", failing)
        with pytest.raises(UnconfirmedError, match=r"the rest is removed when tuiretro is next started\.$"):
            store.abandon_round(TEAM, a_round())
    assert (place / FOLDER / "key").exists()
    assert store.round(TEAM) is None
    with pytest.raises(NotNowError, match="meanwhile"):
        store.abandon_round(TEAM, a_round())
    a_store(place)
    assert not (place / FOLDER).exists()


def test_a_round_that_cannot_be_abandoned_is_as_it_was(
    place: Path, store: TinyDBStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store)
    before = tree(place)

    def failing(path: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(os, "unlink", failing)
    with pytest.raises(WorkspaceError, match=r"could not be abandoned: .*; it is as it was\.$") as caught:
        store.abandon_round(TEAM, a_round())
    assert not isinstance(caught.value, UnconfirmedError)
    assert tree(place) == before


def test_sheets_that_closing_could_not_destroy_are_destroyed_on_the_next_start(
    place: Path, store: TinyDBStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store)

    def failing(path: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", failing)
        with pytest.raises(UnconfirmedError, match="its results are stored, but its sealed sheets are not all"):
            store.close_round(TEAM, a_round(), tally)
    assert store.round(TEAM) is None
    assert store.history(TEAM).releases == (a_release(answered=5),)
    a_store(place)
    assert not (place / FOLDER).exists()
