"""The retros of a workspace on disk: what their files tell, and what is refused."""

from __future__ import annotations

import base64
import json
import multiprocessing
import os
import random
import re
import shutil
import signal
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tests.store.builders import DAY, TEAM, a_store, a_team, an_action, keep_team, tree
from tests.store.faults import Crash, Faults
from tests.store.retro_builders import SAFE, a_question, a_retro, an_answer, begun, kept, tallied
from tests.torture.ranks import correlation, tells
from tuiretro import files
from tuiretro.errors import BusyError, DamagedError, NewerError, UnconfirmedError, WorkspaceError
from tuiretro.files import is_temporary
from tuiretro.model.release import Release
from tuiretro.model.round import Round, Sheet
from tuiretro.store import journal, retro_folder
from tuiretro.store.ballot import box_size, kept_size
from tuiretro.store.documents import encoded, read_tables
from tuiretro.store.journal import Write
from tuiretro.store.protocol import Store
from tuiretro.store.retro_folder import midnight
from tuiretro.store.retro_protocol import RetroTable
from tuiretro.store.tinydb_store import TinyDBStore

RETROS = Path(TEAM) / "retros"
JOURNAL = Path(TEAM) / "retro-journal.json"
STALE = ".tuiretro-0123456789abcdef.tmp"


def answered(store: Store, count: int = 5) -> None:
    begun(store)
    for value in range(count):
        store.answer_check(TEAM, 1, "welcome", a_question(people=60), an_answer(1 + value % 5))


def both(table: RetroTable) -> RetroTable:
    """A change of the retro, the actions and the notes."""
    return RetroTable(replace(a_retro(), stage="vote"), (an_action(),), ("back",))


def left_half(place: Path, change: Callable[[Store], object]) -> None:
    """Dies behind the write of the journal."""
    for at in range(1, 60):
        with pytest.MonkeyPatch.context() as patch, suppress(Crash):
            Faults(at, "crash").install(patch)
            change(TinyDBStore(place, today=lambda: DAY))
        if (place / JOURNAL).exists():
            return
    pytest.fail("no crash left a journal")


def change_all(store: Store) -> object:
    return store.change_retro(TEAM, 1, both)


def times(place: Path) -> set[float]:
    folder = place / RETROS
    return {path.stat().st_mtime for path in (folder, *folder.iterdir())}


def test_the_files_lie_where_the_design_says(place: Path, store: TinyDBStore) -> None:
    answered(store)
    store.drop_note(TEAM, "note")
    store.change_retro(TEAM, 1, both)
    with store.leading(TEAM, 1):
        pass
    assert sorted(tree(place)) == [
        f"{TEAM}/actions.json",
        f"{TEAM}/retros/1.json",
        f"{TEAM}/retros/1.lock",
        f"{TEAM}/retros/dropped.json",
        f"{TEAM}/team.lock",
        "workspace.json",
        "workspace.lock",
    ]
    for path in (place, *place.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_reading_makes_nothing(place: Path, store: TinyDBStore) -> None:
    keep_team(store, a_team())
    before = tree(place)
    store.retros(TEAM)
    store.retro(TEAM, 1)
    store.dropped_notes(TEAM)
    store.check_answers(TEAM, 1, "welcome")
    store.abandon_check(TEAM, 1, "welcome")
    assert not (place / RETROS).exists()
    assert {name: data for name, data in tree(place).items() if not name.endswith(".lock")}.items() <= before.items()


def test_another_store_on_the_same_folder_sees_everything(place: Path, store: TinyDBStore) -> None:
    answered(store)
    store.drop_note(TEAM, "note")
    other = a_store(place)
    assert (other.retro(TEAM, 1), other.dropped_notes(TEAM)) == (a_retro(), ("note",))
    assert other.check_answers(TEAM, 1, "welcome") == 5


def test_a_change_that_changes_nothing_writes_nothing(place: Path, store: TinyDBStore) -> None:
    answered(store)
    store.drop_note(TEAM, "note")
    before = {path: path.stat().st_ino for path in (place / TEAM).rglob("*")}
    store.change_retro(TEAM, 1, lambda table: table)
    store.abandon_check(TEAM, 1, "close")
    assert {path: path.stat().st_ino for path in (place / TEAM).rglob("*")} == before


def test_other_files_in_the_folder_are_no_retros(place: Path, store: TinyDBStore) -> None:
    begun(store)
    for name in ("dropped.json", "0.json", "01.json", "12345.json", "1.json.schema-1", "notes.txt"):
        (place / RETROS / name).write_text("x")
    assert store.retros(TEAM) == (1,)


def test_neither_files_nor_folders_tell_when_somebody_answered_or_dropped_a_note(
    place: Path, store: TinyDBStore
) -> None:
    keep_team(store, a_team())
    store.drop_note(TEAM, "the first makes the folder")
    assert times(place) == {0}
    assert (place / TEAM).stat().st_mtime == midnight(DAY)
    kept(store, a_retro())
    later = TinyDBStore.open(place, today=lambda: DAY + timedelta(days=3))
    later.answer_check(TEAM, 1, "welcome", a_question(), an_answer())
    with later.leading(TEAM, 1):
        assert times(place) == {0, midnight(DAY + timedelta(days=3))}
    later.drop_note(TEAM, "another")
    assert (place / RETROS).stat().st_mtime == 0
    assert (place / RETROS / "dropped.json").stat().st_mtime == 0


def test_a_start_takes_the_time_of_a_killed_answer_or_note_off_the_folder(place: Path, store: TinyDBStore) -> None:
    answered(store, 1)

    def act(inner: Store) -> None:
        inner.answer_check(TEAM, 1, "welcome", a_question(), an_answer())
        inner.drop_note(TEAM, "note")

    for at in range(1, 40):
        faults = Faults(at, "crash")
        with pytest.MonkeyPatch.context() as patch, suppress(Crash):
            faults.install(patch)
            act(store)
        a_store(place)
        assert times(place) <= {0, midnight(DAY)}, at
        assert not any(is_temporary(path.name) for path in place.rglob("*")), at
        if not faults.happened:
            return
    pytest.fail("the operations never came to their end")


def test_a_start_without_leftovers_reads_no_retro(place: Path, store: TinyDBStore) -> None:
    answered(store)
    store.drop_note(TEAM, "note")
    for path in (place / RETROS).iterdir():
        path.write_bytes(b"damaged")
    (place / RETROS / STALE).touch()
    # Nothing but the folder's own time is looked at.
    os.utime(place / RETROS, (0, 0))
    a_store(place)
    assert (place / RETROS / STALE).exists()
    os.utime(place / RETROS, (1, 1))
    a_store(place)
    assert not (place / RETROS / STALE).exists()


def test_whoever_begins_to_lead_removes_what_a_crash_left(place: Path, store: TinyDBStore) -> None:
    answered(store)
    (place / RETROS / STALE).write_bytes(b"half an answer beside its key")
    with store.leading(TEAM, 1):
        assert not (place / RETROS / STALE).exists()


@pytest.mark.parametrize("end", ["close", "abandon", "over", "gone"])
def test_the_end_of_a_question_leaves_no_byte_of_boxes_or_key(place: Path, store: TinyDBStore, end: str) -> None:
    answered(store)
    (check,) = json.loads((place / RETROS / "1.json").read_text())["checks"].values()
    secrets = [check["private_key"], check["seal"]["public_key"], *check["boxes"]]
    assert len(check["boxes"]) == 5
    if end == "close":
        store.close_check(TEAM, 1, "welcome", tallied)
    elif end == "abandon":
        store.abandon_check(TEAM, 1, "welcome")
    else:
        over = replace(a_retro(), is_over=True, changes=()) if end == "over" else None
        store.change_retro(TEAM, 1, lambda _: RetroTable(over, (an_action(),), ("back",)))
    everything = b"\n".join(tree(place).values())
    for secret in map(base64.b64decode, secrets):
        assert secret[:16] not in everything
        assert base64.b64encode(secret)[:20] not in everything
    assert not re.search(rb'"(boxes|private_key)"', everything)


def test_boxes_are_sorted_and_have_one_size(place: Path, store: TinyDBStore) -> None:
    answered(store)
    store.answer_check(TEAM, 1, "welcome", a_question(), Sheet({SAFE.id: None}, "a comment"))
    (check,) = json.loads((place / RETROS / "1.json").read_text())["checks"].values()
    boxes = [base64.b64decode(box) for box in check["boxes"]]
    assert boxes == sorted(boxes)
    assert {len(box) for box in boxes} == {kept_size(box_size(a_question()))}


def test_the_order_of_boxes_and_notes_follows_nobodys_order(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)
    chance = random.Random(1)
    store = TinyDBStore(place, today=lambda: DAY, entropy=chance.randbytes)
    in_file, in_tally, in_notes = list[float](), list[float](), list[float]()
    unshuffled = TinyDBStore(place, today=lambda: DAY, entropy=bytes)

    def look(found: list[float]) -> Callable[[Round, tuple[Sheet, ...]], Release]:
        def tally(asked: Round, sheets: tuple[Sheet, ...]) -> Release:
            found.append(correlation([(sheet.answers[SAFE.id] or 0) - 1 for sheet in sheets]))
            raise KeyError

        return tally

    for _ in range(200):
        shutil.rmtree(place / TEAM, ignore_errors=True)
        answered(store)
        for number in range(5):
            store.drop_note(TEAM, str(number))
        # An entropy that never changes leaves the order of the file.
        for opener, found in ((unshuffled, in_file), (store, in_tally)):
            with pytest.raises(KeyError):
                opener.close_check(TEAM, 1, "welcome", look(found))
        in_notes.append(correlation([int(note) for note in store.dropped_notes(TEAM)]))
    for correlations in (in_file, in_tally, in_notes):
        assert tells(correlations, 5) == ""


def test_a_leftover_journal_is_finished_by_the_next_change(place: Path, store: TinyDBStore) -> None:
    changes: tuple[Callable[[], object], ...] = (
        lambda: store.change_actions(TEAM, lambda actions: actions),
        lambda: store.change_retro(TEAM, 1, lambda table: table),
        lambda: store.drop_note(TEAM, "back"),
        lambda: store.answer_check(TEAM, 1, "welcome", a_question(), an_answer()),
        lambda: store.abandon_check(TEAM, 1, "welcome"),
    )
    for change in changes:
        shutil.rmtree(place / TEAM, ignore_errors=True)
        begun(store)
        left_half(place, change_all)
        assert store.actions(TEAM) == ()
        change()
        assert not (place / JOURNAL).exists()
        assert store.actions(TEAM) == (an_action(),)
        assert set(store.dropped_notes(TEAM)) == {"back"}
        assert store.retro(TEAM, 1) == replace(a_retro(), stage="vote")


def test_a_change_gets_what_a_leftover_journal_holds(place: Path, store: TinyDBStore) -> None:
    begun(store)
    left_half(place, change_all)
    given: list[RetroTable] = []

    def look(table: RetroTable) -> RetroTable:
        given.append(table)
        return table

    store.change_retro(TEAM, 1, look)
    assert given == [both(given[0])]


WRITE = Write("actions.json", encoded({"meta": {"1": {"schema": 2}}}))
BAD_JOURNALS = {
    "cut": b'{"meta":',
    "of another form": encoded({"meta": {"1": {"schema": 2}}, "writes": {"1": {"path": 1}}}),
    "leading elsewhere": encoded(
        {"meta": {"1": {"schema": 2}}, "writes": {"1": msgspec.to_builtins(replace(WRITE, path="../workspace.json"))}}
    ),
    "with something damaged": encoded(
        {"meta": {"1": {"schema": 2}}, "writes": {"1": msgspec.to_builtins(replace(WRITE, content=b"{}"))}}
    ),
}


@pytest.mark.parametrize("name", BAD_JOURNALS)
def test_a_damaged_journal_is_refused_and_kept(place: Path, store: TinyDBStore, name: str) -> None:
    begun(store)
    (place / JOURNAL).write_bytes(BAD_JOURNALS[name])
    before = tree(place)
    again = a_store(place)
    assert again.retro(TEAM, 1) == a_retro()
    for change in (
        lambda: again.change_actions(TEAM, lambda _: (an_action(),)),
        lambda: again.change_retro(TEAM, 1, both),
        lambda: again.drop_note(TEAM, "note"),
        lambda: again.close_check(TEAM, 1, "welcome", tallied),
    ):
        with pytest.raises(DamagedError, match=r"retro-journal\.json is damaged .* move this file elsewhere") as caught:
            change()
        assert "restore" not in caught.value.message
    assert tree(place) == before
    (fault,) = (file.fault for file in again.contents() if file.fault)
    assert "retro-journal.json is damaged" in fault


def test_a_journal_of_a_newer_version_is_left_alone(place: Path, store: TinyDBStore) -> None:
    begun(store)
    (place / JOURNAL).write_bytes(encoded({"meta": {"1": {"schema": 99}}}))
    with pytest.raises(NewerError, match="update tuiretro"):
        a_store(place).change_retro(TEAM, 1, both)


def test_a_journal_that_can_be_neither_confirmed_nor_taken_back_counts(
    place: Path, store: TinyDBStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(store)

    def unconfirmed(path: Path, data: bytes, **_: object) -> None:
        path.write_bytes(data)
        raise files.UnconfirmedError(5, "Input/output error", str(path))

    def refused(_: Path, missing_ok: bool = False) -> None:  # noqa: FBT001 - the signature of pathlib
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(journal, "write_atomically", unconfirmed)
        patch.setattr(Path, "unlink", refused)
        with pytest.raises(UnconfirmedError, match="The change of the retro is saved, but the disk did not confirm it"):
            store.change_retro(TEAM, 1, both)
    assert a_store(place).actions(TEAM) == (an_action(),)


def test_the_journals_name_is_durable_before_the_first_file_and_its_end_behind_the_last(
    place: Path, store: TinyDBStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(store)
    left_half(place, change_all)
    seen: list[tuple[str, bool]] = []

    def sync(folder: Path) -> None:
        seen.append((folder.name, (place / JOURNAL).exists()))

    monkeypatch.setattr(journal, "sync_folder", sync)
    monkeypatch.setattr(journal, "write_atomically", lambda path, *_, **__: seen.append((path.name, True)))
    store.drop_note(TEAM, "note")
    assert seen == [(TEAM, True), ("1.json", True), ("actions.json", True), ("dropped.json", True), (TEAM, False)]


def test_a_file_without_a_day_can_go_as_well(place: Path, store: TinyDBStore) -> None:
    keep_team(store, a_team())
    store.change_actions(TEAM, lambda _: (an_action(),))
    journal.write_together(place / TEAM, [Write("actions.json", None)], os.urandom)
    assert store.actions(TEAM) == ()


def test_what_the_disk_refuses_behind_the_journal_is_decided_and_finished_before_the_next_change(
    place: Path, store: TinyDBStore
) -> None:
    begun(store)
    sentences = set()
    for at in range(1, 60):
        faults = Faults(at, "full")
        with pytest.MonkeyPatch.context() as patch:
            faults.install(patch)
            try:
                store.change_retro(TEAM, 1, both)
            except WorkspaceError as error:
                sentences.add(re.sub(r": the disk is full.*?;", ": ...;", error.message))
            else:
                break
    assert sentences == {
        "The change of the retro could not be saved: ...; everything before it is as it was.",
        "The change of the retro is decided, but not all of its files are in their places: ...; they will be with the "
        "next change, or when tuiretro is next started.",
    }


@pytest.mark.parametrize("path", [RETROS / "1.json", RETROS / "dropped.json", Path(TEAM) / "actions.json"])
def test_a_damaged_file_is_refused_and_nothing_is_written(place: Path, store: TinyDBStore, path: Path) -> None:
    begun(store)
    store.drop_note(TEAM, "note")
    store.change_actions(TEAM, lambda _: (an_action(),))
    (place / path).write_bytes(b'{"meta":{"1":{"schema":2}},"retro":7}')
    before = tree(place)
    with pytest.raises(DamagedError, match=f"{path.name} is damaged"):
        store.change_retro(TEAM, 1, both)
    assert tree(place) == before


@pytest.mark.parametrize(
    ("table", "documents", "said"),
    [
        ("changes", {"1": {"type": "unheard of"}}, "table 'changes': "),
        ("checks", {"1": {"check": "welcome"}}, "table 'checks': "),
        ("retro", {}, "it does not describe the retro of its sprint"),
        ("notes", {"1": {}}, "table 'notes': "),
    ],
)
def test_what_is_wrong_in_a_file_is_said(
    place: Path, store: TinyDBStore, table: str, documents: dict[str, object], said: str
) -> None:
    answered(store)
    store.drop_note(TEAM, "note")
    path = place / RETROS / ("dropped.json" if table == "notes" else "1.json")
    path.write_bytes(encoded({**read_tables(path), table: documents}))  # type: ignore[dict-item]  # damaged on purpose
    with pytest.raises(DamagedError) as caught:
        (store.drop_note(TEAM, "another") if table == "notes" else store.retro(TEAM, 1))
    assert caught.value.reason.startswith(said)


def test_a_question_that_is_open_twice_is_damage(place: Path, store: TinyDBStore) -> None:
    answered(store)
    path = place / RETROS / "1.json"
    tables = read_tables(path)
    path.write_bytes(encoded({**tables, "checks": {"1": tables["checks"]["1"], "2": tables["checks"]["1"]}}))
    with pytest.raises(DamagedError, match="a question is open twice"):
        store.retro(TEAM, 1)


@pytest.mark.parametrize("what", ["private_key", "boxes"])
def test_an_answer_that_cannot_be_opened_is_not_left_out(place: Path, store: TinyDBStore, what: str) -> None:
    answered(store)
    path = place / RETROS / "1.json"
    tables = read_tables(path)
    check = tables["checks"]["1"]
    check[what] = base64.b64encode(bytes(32)).decode() if what == "private_key" else [*check["boxes"][1:], "AAAA"]
    path.write_bytes(encoded(tables))
    with pytest.raises(WorkspaceError, match="cannot be opened: it or its key is damaged") as caught:
        store.close_check(TEAM, 1, "welcome", tallied)
    assert caught.value.__cause__ is caught.value.__context__ is None
    assert store.check_answers(TEAM, 1, "welcome") == 5
    store.abandon_check(TEAM, 1, "welcome")


def test_no_link_is_followed(place: Path, store: TinyDBStore, tmp_path: Path) -> None:
    answered(store)
    elsewhere = tmp_path / "elsewhere"
    (place / RETROS).rename(elsewhere)
    (place / RETROS).symlink_to(elsewhere)
    before = tree(elsewhere)
    again = a_store(place)
    steps: tuple[Callable[[], object], ...] = (
        lambda: again.retros(TEAM),
        lambda: again.retro(TEAM, 1),
        lambda: again.dropped_notes(TEAM),
        lambda: again.drop_note(TEAM, "note"),
        lambda: again.change_retro(TEAM, 1, both),
        lambda: again.close_check(TEAM, 1, "welcome", tallied),
        lambda: again.leading(TEAM, 1).__enter__(),
    )
    for step in steps:
        with pytest.raises(WorkspaceError, match="is a symbolic link"):
            step()
    assert tree(elsewhere) == before


def test_a_folder_where_the_lock_of_the_leader_should_be_is_said(place: Path, store: TinyDBStore) -> None:
    begun(store)
    (place / RETROS / "1.lock").mkdir()
    with pytest.raises(WorkspaceError, match="The retro cannot be led: "), store.leading(TEAM, 1):
        pass


def test_of_an_older_form_a_copy_is_kept_unless_it_holds_answers(place: Path, store: TinyDBStore) -> None:
    begun(store)
    path = place / RETROS / "1.json"

    def age() -> bytes:
        path.write_bytes(encoded({**read_tables(path), "meta": {"1": {"schema": 1}}}))
        return path.read_bytes()

    old = age()
    store.answer_check(TEAM, 1, "welcome", a_question(), an_answer())
    assert (place / RETROS / "1.json.schema-1").read_bytes() == old
    age()
    store.answer_check(TEAM, 1, "welcome", a_question(), an_answer())
    assert [copy.name for copy in (place / RETROS).glob("*.schema-*")] == ["1.json.schema-1"]
    assert read_tables(path)["meta"]["1"]["schema"] == 2


def lead(place: str, sprint: int, ready: Connection) -> None:
    """What another process does."""
    with a_store(Path(place)).leading(TEAM, sprint):
        ready.send("leads")
        signal.pause()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is Unix's")
def test_another_process_is_refused_at_once_until_the_leader_is_killed(place: Path, store: TinyDBStore) -> None:
    begun(store)
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    other = spawn.Process(target=lead, args=(str(place), 1, there))
    other.start()
    try:
        assert here.poll(60)
        began = time.monotonic()
        with pytest.raises(BusyError, match="Another program leads the retro of sprint 1"), store.leading(TEAM, 1):
            pass
        assert time.monotonic() - began < 1
        assert kept(store, replace(a_retro(), stage="vote")) == store.retro(TEAM, 1)
        with store.leading(TEAM, 2):
            pass
    finally:
        other.kill()
        other.join()
    with store.leading(TEAM, 1):
        pass


def test_a_glance_at_a_damaged_retro_is_refused_like_a_look(place: Path, store: TinyDBStore) -> None:
    begun(store)
    (place / TEAM / "retros" / "1.json").write_bytes(b"{")
    with pytest.raises(DamagedError):
        store.retro_under_way(TEAM)


def test_a_glance_that_finds_no_state_reads_the_careful_way(place: Path, store: TinyDBStore) -> None:
    begun(store)
    path = place / TEAM / "retros" / "1.json"
    written = json.loads(path.read_bytes())
    del written["retro"]["1"]["is_over"]
    path.write_text(json.dumps(written))
    assert store.retro_under_way(TEAM) == 1


def test_a_retro_that_goes_while_somebody_glances_is_passed_over(
    place: Path, store: TinyDBStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(store)
    monkeypatch.setattr(retro_folder, "retro_sprints", lambda _: (1, 2))
    assert store.retro_under_way(TEAM) == 1
