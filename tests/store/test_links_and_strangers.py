"""What lies behind a link, or in a folder of no team, is neither read nor destroyed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.builders import FOLDER, ROUND, TEAM, a_round, a_sheet, a_store, an_action, filled, tally, tree
from tuiretro.errors import WorkspaceError
from tuiretro.store.tinydb_store import TinyDBStore

STALE = ".tuiretro-0123456789abcdef.tmp"
LEVELS = (Path(TEAM), Path(TEAM) / "rounds", FOLDER)


def linked(place: Path, level: Path, half_made: bool) -> Path:  # noqa: FBT001  # a parameter of the tests
    """Moves a folder of the workspace elsewhere and puts a link in its place; returns where it is."""
    elsewhere = place.parent / "elsewhere"
    (place / level).rename(elsewhere)
    (place / level).symlink_to(elsewhere)
    (place / level / STALE).write_bytes(b"theirs")
    if half_made:
        (place / FOLDER / "round.json").unlink()
    return elsewhere


@pytest.mark.parametrize("half_made", [True, False])
@pytest.mark.parametrize("level", LEVELS)
def test_settling_follows_no_link(place: Path, store: TinyDBStore, level: Path, half_made: object) -> None:
    filled(store)
    elsewhere = linked(place, level, bool(half_made))
    before = tree(elsewhere)
    a_store(place)
    assert tree(elsewhere) == before
    assert (place / level).is_symlink()


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_is_done_behind_a_link(place: Path, store: TinyDBStore, level: Path) -> None:
    filled(store)
    elsewhere = linked(place, level, half_made=False)
    before = tree(elsewhere)
    uses: list[Callable[[], object]] = [
        lambda: store.round(TEAM),
        lambda: store.sheets(TEAM),
        lambda: store.add_sheet(TEAM, a_round(), a_sheet()),
        lambda: store.close_round(TEAM, a_round(), tally),
        lambda: store.abandon_round(TEAM, a_round()),
        lambda: store.abandon_damaged(TEAM),
        lambda: store.open_round(TEAM, a_round("fedcba9876543210")),
    ]
    if level == Path(TEAM):
        uses += [
            lambda: store.history(TEAM),
            lambda: store.actions(TEAM),
            lambda: store.change_actions(TEAM, lambda _: (an_action(2),)),
        ]
    for use in uses:
        with pytest.raises(WorkspaceError, match="is a symbolic link, and none is followed") as caught:
            use()
        assert str(place / level) in caught.value.message
    assert {name: data for name, data in tree(elsewhere).items() if not name.endswith(".lock")} == {
        name: data for name, data in before.items() if not name.endswith(".lock")
    }


def test_a_folder_that_only_looks_like_a_team_is_left_alone(place: Path, store: TinyDBStore) -> None:
    filled(store)
    strange = place / "deadbeefdeadbeef"
    (strange / "rounds" / ROUND).mkdir(parents=True)
    (strange / "rounds" / ROUND / "thesis.txt").write_bytes(b"mine")
    (strange / STALE).write_bytes(b"mine")
    before = tree(place)
    a_store(place)
    assert tree(place) == before


def test_a_link_inside_a_round_is_removed_and_its_target_is_not(place: Path, store: TinyDBStore) -> None:
    filled(store)
    theirs = place.parent / "theirs"
    theirs.mkdir()
    (theirs / "file").write_bytes(b"theirs")
    (place / FOLDER / "link").symlink_to(theirs)
    store.abandon_round(TEAM, a_round())
    assert tree(theirs) == {"file": b"theirs"}
    assert not (place / FOLDER).exists()


def test_a_linked_folder_is_in_the_audit(place: Path, store: TinyDBStore) -> None:
    filled(store)
    linked(place, FOLDER, half_made=False)
    assert FOLDER.as_posix() in [file.path for file in store.contents()]
