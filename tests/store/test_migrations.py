"""Files of an older schema: read as today's, written as today's, and their old bytes kept."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.store.builders import (
    FOLDER,
    ROUND,
    TEAM,
    a_release,
    a_round,
    a_sheet,
    a_sprint,
    a_store,
    a_team,
    an_action,
    keep_team,
    tally,
    tree,
)
from tests.store.faults import Crash, Faults
from tuiretro.errors import TuiretroError, UnconfirmedError
from tuiretro.model.release import Release
from tuiretro.store import migrations, storage
from tuiretro.store.documents import SCHEMA, encoded, load, read_tables
from tuiretro.store.migrations import Tables, migrated
from tuiretro.store.storage import changing

OLD_FILES = ("workspace.json", f"{TEAM}/history.json", f"{TEAM}/actions.json")


def louder(tables: Tables) -> Tables:
    """A made-up step that changes documents: team names and titles of actions are written in capitals."""

    def changed(name: str, field: str) -> dict[str, dict[str, object]]:
        return {key: {**doc, field: str(doc[field]).upper()} for key, doc in tables.get(name, {}).items()}

    made = {"teams": changed("teams", "name"), "actions": changed("actions", "title")}
    return {**tables, **{name: documents for name, documents in made.items() if name in tables}}


@pytest.fixture
def made_up_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "STEPS", (louder,))


def aged(place: Path) -> dict[str, bytes]:
    """A workspace whose files all are of schema 1, with a release, an action and an open round; its files."""
    store = a_store(place)
    keep_team(store, a_team())
    store.open_round(TEAM, a_round("00000000000000aa"))
    for mark in range(4):
        store.add_sheet(TEAM, a_round("00000000000000aa"), a_sheet(mark))
    store.close_round(TEAM, a_round("00000000000000aa"), tally)
    store.change_actions(TEAM, lambda _: (an_action(),))
    store.open_round(TEAM, a_round(sprint=2))
    store.add_sheet(TEAM, a_round(sprint=2), a_sheet())
    for path in (*OLD_FILES, str(FOLDER / "round.json")):
        tables, _ = load(place / path)
        assert tables is not None
        (place / path).write_bytes(encoded({**tables, "meta": {"1": {"schema": 1}}}))
    return tree(place)


def copies(place: Path) -> list[str]:
    return sorted(path.relative_to(place).as_posix() for path in place.rglob("*.schema-*"))


def test_there_is_one_step_for_each_schema_before_todays() -> None:
    assert len(migrations.STEPS) == SCHEMA - 1


def test_the_first_step_changes_nothing_but_the_number() -> None:
    assert migrated({"teams": {"1": {"id": "a"}}}, 1) == {"teams": {"1": {"id": "a"}}}


def test_steps_are_made_in_order_from_the_schema_that_was_written() -> None:
    def step(number: int) -> migrations.Step:
        return lambda tables: {**tables, f"to {number}": {}}

    steps = (step(2), step(3), step(4))
    assert list(migrated({}, 1, steps)) == ["to 2", "to 3", "to 4"]
    assert list(migrated({}, 3, steps)) == ["to 4"]
    assert migrated({}, 4, steps) == {}


@pytest.mark.usefixtures("made_up_step")
def test_an_older_file_is_read_as_todays_and_reading_writes_nothing(tmp_path: Path) -> None:
    before = aged(tmp_path)
    store = a_store(tmp_path)
    assert [team.name for team in store.teams()] == ["ROCKETS"]
    assert [action.title for action in store.actions(TEAM)] == ["PROFILE THE RAW TABLES"]
    assert len(store.history(TEAM).releases) == 1
    assert store.sheets(TEAM) == 1
    assert store.contents()
    assert tree(tmp_path) == before


@pytest.mark.usefixtures("made_up_step")
def test_the_first_change_writes_todays_schema_and_keeps_the_old_bytes_beside_it(tmp_path: Path) -> None:
    before = aged(tmp_path)
    store = a_store(tmp_path)
    store.change_actions(TEAM, lambda actions: (*actions, an_action(2, "More")))
    keep_team(store, a_team(name="Other"))
    store.add_sheet(TEAM, a_round(sprint=2), a_sheet())
    for mark in range(3):
        store.add_sheet(TEAM, a_round(sprint=2), a_sheet(mark))
    store.close_round(TEAM, a_round(sprint=2), lambda sheets: (released_in_sprint_2(len(sheets)), tally(sheets)[1]))

    assert copies(tmp_path) == sorted(f"{path}.schema-1" for path in OLD_FILES)
    for path in OLD_FILES:
        copy = tmp_path / f"{path}.schema-1"
        assert copy.read_bytes() == before[path]
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert read_tables(tmp_path / path)["meta"]["1"]["schema"] == SCHEMA
    assert [action.title for action in store.actions(TEAM)] == ["PROFILE THE RAW TABLES", "More"]
    assert [team.name for team in store.teams()] == ["Other"]


def released_in_sprint_2(answered: int) -> Release:
    return replace(a_release(ROUND, answered=answered), sprint=a_sprint(2))


def test_a_round_gets_todays_schema_with_the_next_sheet_and_never_a_copy(tmp_path: Path) -> None:
    aged(tmp_path)
    store = a_store(tmp_path)
    store.add_sheet(TEAM, a_round(sprint=2), a_sheet())
    assert read_tables(tmp_path / FOLDER / "round.json")["meta"]["1"]["schema"] == SCHEMA
    assert copies(tmp_path) == []
    assert store.sheets(TEAM) == 2


def test_what_is_of_todays_schema_is_changed_without_a_copy(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    keep_team(store, a_team())
    keep_team(store, a_team(name="Other"))
    assert copies(tmp_path) == []


def test_an_earlier_copy_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    for number in (1, 2, 3):
        path.write_bytes(encoded({"meta": {"1": {"schema": 1}}, "things": {"1": {"n": number}}}))
        with changing(path) as database:
            database.rewrite()
    # A crash between copy and change leaves the same bytes twice, which need no second copy.
    path.write_bytes(encoded({"meta": {"1": {"schema": 1}}, "things": {"1": {"n": 2}}}))
    with changing(path) as database:
        database.rewrite()
    assert copies(tmp_path) == ["history.json.schema-1", "history.json.schema-1.2", "history.json.schema-1.3"]
    assert b'"n":3' in (tmp_path / "history.json.schema-1.3").read_bytes()


def test_a_change_without_a_change_still_brings_the_file_up_to_date_once(tmp_path: Path) -> None:
    before = aged(tmp_path)
    store = a_store(tmp_path)
    store.change_actions(TEAM, lambda actions: actions)
    after = tree(tmp_path)
    assert after[f"{TEAM}/actions.json.schema-1"] == before[f"{TEAM}/actions.json"]
    store.change_actions(TEAM, lambda actions: actions)
    assert tree(tmp_path) == after


def changed_actions(place: Path) -> None:
    a_store(place).change_actions(TEAM, lambda actions: (*actions, an_action(2, "More")))


@pytest.mark.usefixtures("made_up_step")
@pytest.mark.parametrize("kind", ["crash", "torn", "full", "unconfirmed"])
def test_a_migration_that_stops_at_any_point_leaves_the_old_or_the_new_and_a_copy_before_the_new(
    tmp_path: Path, kind: str
) -> None:
    seen: list[int] = []
    for at in range(1, 60):
        place = tmp_path / str(at)
        before = aged(place)[f"{TEAM}/actions.json"]
        path, copy = place / TEAM / "actions.json", place / TEAM / "actions.json.schema-1"
        store = a_store(place)
        faults = Faults(at, kind)
        error: BaseException | None = None
        with pytest.MonkeyPatch.context() as patch:
            faults.install(patch)
            try:
                store.change_actions(TEAM, lambda actions: (*actions, an_action(2, "More")))
            except (Crash, TuiretroError) as caught:
                error = caught
        if not faults.happened:
            break
        titles = [action.title for action in a_store(place).actions(TEAM)]
        assert titles[0] == "PROFILE THE RAW TABLES"
        seen.append(len(titles))
        if len(titles) == 1:
            assert path.read_bytes() == before
            assert not isinstance(error, UnconfirmedError)
        else:
            assert copy.read_bytes() == before
        # Whoever comes next can finish it, and nothing temporary is left.
        if len(titles) == 1:
            changed_actions(place)
        assert copy.read_bytes() == before
        assert copies(place / TEAM) == ["actions.json.schema-1"]
        assert not list(place.rglob("*.tmp"))
    else:
        pytest.fail("the migration never came to its end")
    assert {1, 2} >= set(seen)
    assert 1 in seen
    # A disk that refuses once may refuse what the change can do without.
    assert kind == "full" or seen == sorted(seen)


def test_a_copy_that_a_crash_left_is_made_durable_before_the_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aged(tmp_path)
    path = tmp_path / TEAM / "actions.json"
    path.with_name("actions.json.schema-1").write_bytes(path.read_bytes())
    synced: list[Path] = []
    monkeypatch.setattr(storage, "sync_folder", synced.append)
    monkeypatch.setattr(storage, "write_atomically", lambda *_, **__: synced.append(path))
    changed_actions(tmp_path)
    assert synced == [path.parent, path]
