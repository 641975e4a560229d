"""Damaged files: what is refused, what is kept, and how a person gets rid of a round that nobody can read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
    an_action,
    filled,
    keep_team,
    tally,
    tree,
)
from tuiretro.errors import DamagedError, NotNowError, WorkspaceError
from tuiretro.store.backup_file import check_database
from tuiretro.store.tinydb_store import TinyDBStore

NEXT = "fedcba9876543210"
Tables = dict[str, Any]


def with_history(place: Path, store: TinyDBStore, change: Callable[[Tables], object]) -> None:
    """A released sprint 1 that a hand has changed, and an open round for sprint 2."""
    filled(store)
    store.close_round(TEAM, a_round(), tally)
    store.open_round(TEAM, a_round(NEXT, sprint=2))
    store.add_sheet(TEAM, a_round(NEXT), a_sheet())
    file = place / TEAM / "history.json"
    tables = json.loads(file.read_bytes())
    change(tables)
    # As the program writes it, so that it is read the quick way.
    file.write_text(json.dumps(tables, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def first_release(tables: Tables) -> Tables:
    release: Tables = tables["releases"]["1"]
    return release


def first_item(tables: Tables) -> Tables:
    item: Tables = first_release(tables)["items"][0]
    return item


DAMAGE: dict[str, Callable[[Tables], object]] = {
    "two results of one question": lambda tables: first_release(tables)["items"].append(dict(first_item(tables))),
    "no such day": lambda tables: first_release(tables)["sprint"].update(ends="2026-02-30"),
    "a question without text": lambda tables: tables["questions"]["1"].pop("text"),
    "an item without its question": lambda tables: tables["questions"].pop("1"),
    "an item of another version": lambda tables: first_item(tables).update(version=9),
    "a number without a mean": lambda tables: first_item(tables).update(mean=None),
    "a mean without a number": lambda tables: first_item(tables).update(n=None),
    "a sprint twice": lambda tables: tables["releases"].update({"2": first_release(tables)}),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_history_that_does_not_hold_together_is_named_and_keeps_the_round_open(
    place: Path, store: TinyDBStore, damage: str
) -> None:
    with_history(place, store, DAMAGE[damage])
    before = tree(place)
    with pytest.raises(WorkspaceError, match=r"history\.json is damaged"):
        store.history(TEAM)
    with pytest.raises(WorkspaceError, match=r"history\.json is damaged"):
        store.close_round(TEAM, a_round(NEXT), lambda _: (a_release(NEXT, 2), QUESTIONS))
    assert tree(place) == before
    assert a_store(place).sheets(TEAM) == 1


def test_a_history_with_bytes_that_are_no_text_is_named(place: Path, store: TinyDBStore) -> None:
    with_history(place, store, lambda _: None)
    file = place / TEAM / "history.json"
    file.write_bytes(file.read_bytes().replace(b"Pulse", b"Pul\xff\xfe"))
    with pytest.raises(WorkspaceError, match=r"history\.json is damaged"):
        store.history(TEAM)


def test_a_release_that_cannot_be_read_does_not_cost_the_sheets_behind_it(place: Path, store: TinyDBStore) -> None:
    filled(store)
    shutil.copytree(place / FOLDER, place.parent / "copy")
    store.close_round(TEAM, a_round(), tally)
    (place.parent / "copy").rename(place / FOLDER)
    file = place / TEAM / "history.json"
    file.write_bytes(file.read_bytes().replace(b"2026-03-15", b"2026-02-30"))
    before = tree(place)
    a_store(place)
    assert tree(place) == before


def test_a_round_that_a_later_release_has_overtaken_is_not_closed(place: Path, store: TinyDBStore) -> None:
    filled(store)
    with pytest.raises(NotNowError, match="cannot be closed any more; abandon it"):
        with_a_release_of_the_same_sprint(place, store)
    assert store.sheets(TEAM) == 5


def with_a_release_of_the_same_sprint(place: Path, store: TinyDBStore) -> None:
    other = a_store(place.parent / "other")
    keep_team(other, a_team())
    other.open_round(TEAM, a_round(NEXT))
    other.close_round(TEAM, a_round(NEXT), lambda _: (a_release(NEXT), QUESTIONS))
    shutil.copy(place.parent / "other" / TEAM / "history.json", place / TEAM / "history.json")
    store.close_round(TEAM, a_round(), tally)


@pytest.mark.parametrize("id_", ["[]", "{}", "7", "null"])
def test_a_team_whose_id_is_no_text_is_damage_and_no_fault(place: Path, store: TinyDBStore, id_: str) -> None:
    filled(store)
    file = place / "workspace.json"
    file.write_bytes(file.read_bytes().replace(f'"id":"{TEAM}"'.encode(), f'"id":{id_}'.encode()))
    before = tree(place)
    again = a_store(place)
    with pytest.raises(WorkspaceError, match=r"workspace\.json is damaged"):
        again.teams()
    with pytest.raises(WorkspaceError, match="no longer holds this team"):
        again.add_sheet(TEAM, a_round(), a_sheet())
    assert tree(place) == before


def test_two_actions_with_one_number_are_damage(place: Path, store: TinyDBStore) -> None:
    filled(store)
    file = place / TEAM / "actions.json"
    tables = json.loads(file.read_bytes())
    tables["actions"]["2"] = tables["actions"]["1"]
    file.write_text(json.dumps(tables))
    before = tree(place)
    uses: tuple[Callable[[], object], ...] = (
        lambda: store.actions(TEAM),
        lambda: store.change_actions(TEAM, lambda _: ()),
    )
    for use in uses:
        with pytest.raises(WorkspaceError, match=r"actions\.json is damaged \(two actions have one number\)"):
            use()
    assert tree(place) == before


@pytest.mark.parametrize("data", [b"", b"{", b'{"meta":{"1":{"schema":1}},"round":{"1":{}}}', None])
def test_a_round_that_cannot_be_read_is_abandoned(place: Path, store: TinyDBStore, data: bytes | None) -> None:
    filled(store)
    file = place / FOLDER / "round.json"
    file.unlink()
    if data is None:
        (file / "inside").mkdir(parents=True)
    else:
        file.write_bytes(data)
    shutil.copytree(place, place.parent / "copy")
    store.abandon_round(TEAM, a_round())
    assert not (place / FOLDER).exists()
    other = a_store(place.parent / "copy")
    assert not other.abandon_damaged(TEAM, NEXT)
    assert other.abandon_damaged(TEAM)
    assert not (place.parent / "copy" / FOLDER).exists()
    other.open_round(TEAM, a_round(NEXT))
    assert not other.abandon_damaged(TEAM)
    assert other.round(TEAM) == a_round(NEXT)


def test_a_file_with_the_name_of_a_round_is_ignored(place: Path, store: TinyDBStore) -> None:
    keep_team(store, a_team())
    (place / TEAM / "rounds").mkdir(parents=True)
    (place / TEAM / "rounds" / NEXT).write_bytes(b"mine")
    assert a_store(place).round(TEAM) is None
    store.open_round(TEAM, a_round())
    assert store.round(TEAM) == a_round()
    assert (place / TEAM / "rounds" / NEXT).read_bytes() == b"mine"


def test_a_key_that_is_a_folder_is_destroyed_like_the_rest(place: Path, store: TinyDBStore) -> None:
    filled(store)
    (place / FOLDER / "key").unlink()
    (place / FOLDER / "key" / "inside").mkdir(parents=True)
    with pytest.raises(WorkspaceError, match="not a regular file"):
        store.close_round(TEAM, a_round(), tally)
    store.abandon_round(TEAM, a_round())
    assert not (place / FOLDER).exists()


@pytest.mark.parametrize("gone", ["workspace", "team"])
def test_a_team_that_is_gone_takes_nothing_and_no_folder_comes_back(place: Path, store: TinyDBStore, gone: str) -> None:
    filled(store)
    if gone == "team":
        store.change_teams(lambda _: ())
    else:
        place.rename(place.parent / "moved")
    before = tree(place)
    uses: tuple[Callable[[], object], ...] = (
        lambda: store.change_actions(TEAM, lambda _: (an_action(2),)),
        lambda: store.open_round(TEAM, a_round(NEXT)),
        lambda: store.add_sheet(TEAM, a_round(), a_sheet()),
        lambda: store.close_round(TEAM, a_round(), tally),
    )
    for use in uses:
        with pytest.raises(WorkspaceError) as caught:
            use()
        told = f"The workspace {place} is gone or no longer holds this team; nothing was saved."
        assert caught.value.message == told
    assert tree(place) == before
    assert place.exists() == (gone == "team")


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "  "), ("pulse", 0), ("cadences", "9999-12-31"), ("cadences", "0001-01-01")],
)
def test_a_team_that_nobody_can_have_set_up_is_damage(
    place: Path, store: TinyDBStore, field: str, value: object
) -> None:
    keep_team(store, a_team())
    file = place / "workspace.json"
    tables = json.loads(file.read_bytes())
    (team,) = tables["teams"].values()
    if field == "cadences":
        team[field][0]["starts"] = value
    else:
        team[field] = value
    data = json.dumps(tables).encode()
    file.write_bytes(data)
    with pytest.raises(WorkspaceError, match=r"workspace\.json is damaged"):
        store.teams()
    with pytest.raises(DamagedError):
        check_database("workspace.json", data)
