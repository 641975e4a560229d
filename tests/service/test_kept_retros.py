"""What the audit, the doctor and a backup make of retros."""

from __future__ import annotations

import base64
import json
import os
import random
from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from msgspec.structs import replace

from tests.store.builders import DAY, TEAM, a_release, an_action, tree
from tests.store.retro_builders import a_question, a_retro, an_answer, begun, kept, tallied
from tests.store.test_retro_files import both, change_all, left_half
from tuiretro.errors import DamagedError, NotNowError
from tuiretro.export.audit_text import audit_json, audit_text
from tuiretro.library import Library
from tuiretro.model.action import Action
from tuiretro.model.audit import Audit, KeptTable
from tuiretro.model.board_format import Column, Format, Stage
from tuiretro.model.checkup import Checkup, Point
from tuiretro.model.release import ItemResult, Release
from tuiretro.model.retro import Board, Change, Clock, Group, Note, Retro
from tuiretro.model.round import Round
from tuiretro.model.team import Sprint
from tuiretro.service import backups
from tuiretro.service.audit import audit
from tuiretro.service.doctor import checkup
from tuiretro.service.kept import FIELDS, is_backed_up, kind_of, leaves
from tuiretro.service.workspace import Workspace, open_workspace
from tuiretro.store.checks import OpenCheck
from tuiretro.store.disk import Disk
from tuiretro.store.documents import encoded, read_tables
from tuiretro.store.journal import Write
from tuiretro.store.memory import MemoryStore
from tuiretro.store.retro_file import DroppedNote

FINE = Disk("/home/jo/retro", "22 1 254:0 / / rw - ext4 /dev/vda rw\n", 2**40)
RETRO = f"{TEAM}/retros/1.json"
STALE = ".tuiretro-0123456789abcdef.tmp"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def workspace(place: Path) -> Workspace:
    """A retro under way with an answer to each question and one closed, an action and a dropped note."""
    workspace = open_workspace(place, today=lambda: DAY)
    store = workspace.store
    begun(store)
    store.change_actions(TEAM, lambda _: (an_action(),))
    store.drop_note(TEAM, "Zebras at noon")
    retro = replace(
        a_retro(),
        clock=Clock({"notes": 300, "topic:7": 60}),
        released={"close": tallied(a_question(), (an_answer(),) * 4)},
    )
    kept(store, retro)
    store.answer_check(TEAM, 1, "welcome", a_question(), an_answer())
    with store.leading(TEAM, 1):
        pass
    return workspace


def tables(found: Audit, path: str = RETRO) -> dict[str, KeptTable]:
    return {table.name: table for file in found.files if file.path == path for table in file.tables}


def faults(found: Audit) -> list[str]:
    return [fault for check in found.checks for fault in check.faults]


def seen(place: Path, *, is_only_looking: bool = True) -> Checkup:
    return checkup(place, today=lambda: DAY, is_only_looking=is_only_looking, disk=FINE, patience=0.05)


def only(found: Checkup) -> Point:
    (point,) = (point for point in found.points if point.state != "well")
    return point


def test_a_retro_under_way_passes_every_check(workspace: Workspace, place: Path) -> None:
    found = audit(workspace)
    assert faults(found) == []
    assert {file.path for file in found.files} == set(tree(place))
    assert all(file.known and file.reason.endswith(".") for file in found.files)
    assert {kind_of(path) for path in tree(place)} == {"workspace", "actions", "retro", "dropped", "lock"}
    assert seen(place).is_well


def test_the_twin_in_memory_passes_every_check_too(place: Path) -> None:
    store = MemoryStore()
    begun(store)
    store.drop_note(TEAM, "note")
    store.answer_check(TEAM, 1, "welcome", a_question(), an_answer())
    assert faults(audit(Workspace(store, Library(own=place), lambda: DAY, random.Random(7)))) == []


def test_every_stored_field_of_a_retro_is_there_with_a_reason(workspace: Workspace) -> None:
    found = tables(audit(workspace))
    (file,) = (file for file in workspace.store.contents() if file.path == RETRO)
    for name, documents in file.tables.items():
        stored = {path for document in documents for path, _ in leaves(document)}
        explained = {field.name for field in found[name].fields}
        assert {path for path in stored if path not in explained} <= {
            "base.groups",
            "base.votes.1",
            "base.reviewed.3",
            "clock.spent.notes",
            "clock.spent.topic:7",
            "votes.2",
            "votes.10",
        }
    fields = {field.name: field.example for field in found["retro"].fields}
    assert fields["held"] == "2026-03-13"
    assert fields["base.notes.text"] == "not shown here; the app shows it", "it may lie face down"
    assert fields["clock.spent.*"] == "300"
    assert fields["base.votes.*"] == "not shown here; the app shows it"
    steps = {field.name: field.example for field in found["changes"].fields}
    assert steps["after.owner"] == "Robin"


def test_every_field_that_a_retro_can_store_has_a_reason() -> None:
    def names(kind: Any) -> set[str]:  # noqa: ANN401 - also members of a union
        return {field.name for field in msgspec.structs.fields(kind)}

    def inside(table: str, prefix: str = "", kind: str = "retro") -> set[str]:
        found = (name.removeprefix(prefix) for name in FIELDS[kind, table] if name.startswith(prefix))
        return {name.partition(".")[0] for name in found}

    for prefix, kind in {
        "": Retro,
        "sprint.": Sprint,
        "format.": Format,
        "format.columns.": Column,
        "format.stages.": Stage,
        "base.": Board,
        "base.notes.": Note,
        "base.groups.": Group,
        "clock.": Clock,
        "released.welcome.": Release,
        "released.close.items.": ItemResult,
    }.items():
        assert inside("retro", prefix) == names(kind), prefix
    assert inside("changes") == {"type"}.union(*map(names, get_args(Change)))
    assert inside("changes", "before.") == inside("changes", "after.") == names(Action)
    assert inside("checks") == names(OpenCheck)
    assert inside("checks", "asked.") == names(Round)
    assert inside("notes", kind="dropped") == names(DroppedNote)
    assert inside("writes", kind="journal") == names(Write)


def test_an_audit_of_a_retro_does_not_tell_whether_or_how_many_have_answered(workspace: Workspace) -> None:
    begun_only = replace(a_retro(), stage="vote")
    kept(workspace.store, begun_only)
    found = [audit(workspace)]
    workspace.store.answer_check(TEAM, 1, "welcome", a_question(), an_answer())
    workspace.store.answer_check(TEAM, 1, "close", a_question(), an_answer())
    found.append(audit(workspace))
    workspace.store.abandon_check(TEAM, 1, "welcome")
    workspace.store.abandon_check(TEAM, 1, "close")
    found.append(audit(workspace))
    assert found[0] == found[1] == found[2]
    (file,) = (file for file in found[0].files if file.path == RETRO)
    assert file.size is None
    answers = tables(found[0])["checks"]
    assert answers.count is None
    examples = {field.name: field.example for field in answers.fields}
    assert examples["boxes"] == "sealed, 2102 bytes"
    assert examples["private_key"] == "32 bytes"


def test_neither_keys_nor_answers_are_shown(workspace: Workspace, place: Path) -> None:
    found = audit(workspace)
    text = audit_text(found) + audit_json(found)
    (check,) = json.loads((place / RETRO).read_text())["checks"].values()
    for secret in (check["private_key"], check["seal"]["public_key"], *check["boxes"]):
        assert secret[:12] not in text


def test_a_retro_that_is_over_shows_its_size_and_keeps_no_steps(workspace: Workspace, place: Path) -> None:
    over = kept(workspace.store, replace(a_retro(), is_over=True, changes=()))
    found = audit(workspace)
    assert faults(found) == []
    assert set(tables(found)) == {"meta", "retro"}
    (file,) = (file for file in found.files if file.path == RETRO)
    assert file.size == (place / RETRO).stat().st_size
    kept(workspace.store, replace(over, changes=a_retro().changes))
    assert faults(audit(workspace)) == [f"{RETRO}, table changes: it should have gone when the retro was over."]
    assert "Robin" not in json.dumps(msgspec.to_builtins(tables(found)))


def test_answers_in_a_retro_that_is_over_are_a_fault_and_shown_as_what_they_are(
    place: Path, workspace: Workspace
) -> None:
    stored = read_tables(place / RETRO)
    stored["retro"]["1"]["is_over"] = True
    (place / RETRO).write_bytes(encoded({name: stored[name] for name in ("meta", "retro", "checks")}))
    found = audit(workspace)
    assert faults(found) == [f"{RETRO}, table checks: it should have gone when the retro was over."]
    examples = {field.name: field.example for field in tables(found)["checks"].fields}
    assert (examples["check"], examples["boxes"]) == ("welcome", "sealed, 2102 bytes")


def test_a_released_figure_of_a_retro_is_held_against_the_rules(workspace: Workspace) -> None:
    fine = replace(a_release(), items=(ItemResult("welcome", 1, 5, 3.4),))
    kept(workspace.store, replace(a_retro(), released={"welcome": fine}))
    assert faults(audit(workspace)) == []
    kept(workspace.store, replace(a_retro(), released={"close": replace(fine, items=(ItemResult("x", 1, 2, 3.4),))}))
    assert faults(audit(workspace)) == [f"{RETRO}, sprint 1: 'x' has fewer answers than k."]


@pytest.mark.parametrize("released", [7, {"welcome": 7}])
def test_what_is_no_release_at_all_is_damage_and_no_figure(place: Path, workspace: Workspace, released: object) -> None:
    stored = read_tables(place / RETRO)
    stored["retro"]["1"]["released"] = released
    (place / RETRO).write_bytes(encoded(stored))
    (fault,) = faults(audit(workspace))[:1]
    assert "retros/1.json is damaged" in fault


def test_a_field_of_a_retro_that_nobody_explained_is_a_fault(place: Path, workspace: Workspace) -> None:
    stored = read_tables(place / RETRO)
    stored["retro"]["1"]["clock"]["began"] = "14:30"
    (place / RETRO).write_bytes(encoded(stored))
    assert f"{RETRO}, table retro: nobody has said why 'clock.began' is kept; please report it." in faults(
        audit(workspace)
    )


def test_a_time_as_the_name_of_an_entry_or_a_value_is_no_secret(place: Path, workspace: Workspace) -> None:
    stored = read_tables(place / RETRO)
    stored["retro"]["1"]["held"] = "2026-03-13 14:30"
    (place / RETRO).write_bytes(encoded(stored))
    assert f"{RETRO}, table retro: 'held' looks like a time." in faults(audit(workspace))


def test_a_damaged_retro_or_note_is_explained_and_never_deleted(place: Path, workspace: Workspace) -> None:
    for path in (RETRO, f"{TEAM}/retros/dropped.json"):
        (place / path).write_bytes(b"{")
    before = tree(place)
    for look in (seen(place), seen(place, is_only_looking=False)):
        point = only(look)
        assert len(point.faults) == 2
        assert all("is damaged" in fault and "restore it with" in fault for fault in point.faults)
    assert tree(place) == before
    assert len(faults(audit(workspace))) == 2


def test_a_damaged_journal_is_explained_and_never_deleted(place: Path, workspace: Workspace) -> None:
    path = place / TEAM / "retro-journal.json"
    path.write_bytes(encoded({"meta": {"1": {"schema": 2}}, "writes": {"1": {"path": "../x", "content": None}}}))
    path.chmod(0o600)
    found = seen(place, is_only_looking=False)
    left = [fault for point in found.points for fault in point.faults]
    assert any("retro-journal.json is damaged" in fault and "move this file elsewhere" in fault for fault in left)
    assert path.exists()
    with pytest.raises(DamagedError, match="move this file elsewhere"):
        backups.take(workspace)


@pytest.mark.usefixtures("workspace")
def test_what_a_crash_left_among_retros_is_found_and_removed(place: Path) -> None:
    (place / TEAM / "retros" / STALE).touch()
    left_half(place, change_all)
    found = only(seen(place))
    assert found.faults == (
        f"{TEAM}: a write, or opening or closing a round, was interrupted; the next start settles it.",
    )
    assert "retro-journal.json" in audit_text(audit(open_as_it_lies(place)))
    assert only(seen(place, is_only_looking=False)).state == "mended"
    assert seen(place).is_well
    assert not list(place.rglob("*.tmp"))
    assert not (place / TEAM / "retro-journal.json").exists()


def open_as_it_lies(place: Path) -> Workspace:
    from tuiretro.service.workspace import as_it_lies

    return as_it_lies(place, today=lambda: DAY)


@pytest.mark.usefixtures("workspace")
def test_a_journal_on_its_way_is_explained_without_what_it_holds(place: Path) -> None:
    left_half(place, change_all)
    found = audit(open_as_it_lies(place))
    (file,) = (file for file in found.files if file.path.endswith("retro-journal.json"))
    assert (file.known, file.size) == (True, None)
    (table,) = (table for table in file.tables if table.name == "writes")
    assert {field.name: field.example for field in table.fields}["content"] == "not shown here; the app shows it"
    assert all(f"{STALE[:10]}" in fault for fault in faults(found))


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions elsewhere")
@pytest.mark.usefixtures("workspace")
def test_files_of_retros_that_others_may_read_are_mended(place: Path) -> None:
    for path in (place / TEAM / "retros").iterdir():
        path.chmod(0o644)
    (place / TEAM / "retros").chmod(0o755)
    assert len(only(seen(place)).faults) == 4
    assert len(only(seen(place, is_only_looking=False)).mended) == 4
    assert seen(place).is_well


def test_a_link_in_place_of_the_folder_is_named_and_not_followed(place: Path, tmp_path: Path) -> None:
    begun(open_workspace(place, today=lambda: DAY).store)
    (place / TEAM / "retros").rename(tmp_path / "elsewhere")
    (place / TEAM / "retros").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / STALE).touch()
    before = tree(tmp_path / "elsewhere")
    found = seen(place, is_only_looking=False)
    left = [fault for point in found.points for fault in point.faults]
    assert left
    assert all("is a symbolic link" in fault for fault in left)
    assert tree(tmp_path / "elsewhere") == before


@pytest.mark.parametrize(
    ("path", "is_in"),
    [
        (RETRO, True),
        (f"{RETRO}.schema-1", True),
        (f"{TEAM}/retros/dropped.json", True),
        (f"{TEAM}/retros/1.lock", False),
        (f"{TEAM}/retros/01.json", False),
        (f"{TEAM}/retro-journal.json", False),
    ],
)
def test_retros_and_notes_belong_to_a_backup_and_nothing_else_of_them(path: str, is_in: bool) -> None:  # noqa: FBT001
    assert is_backed_up(path) == is_in


def test_a_backup_holds_retros_without_answers_and_brings_them_back(
    place: Path, tmp_path: Path, workspace: Workspace
) -> None:
    other = kept(workspace.store, replace(a_retro(2), is_over=True, changes=()))
    retro = workspace.store.retro(TEAM, 1)
    (check,) = json.loads((place / RETRO).read_text())["checks"].values()
    taken = backups.take(workspace)
    assert taken.left_out == (
        "Of the retro of Rockets for sprint 1, which is under way, sealed answers to its questions are not in it.",
    )
    file = tmp_path / "backup.json"
    backups.write(workspace, taken, file)
    files = backups.read(file)
    assert {path for path in files if "retros" in path} == {
        RETRO,
        f"{TEAM}/retros/2.json",
        f"{TEAM}/retros/dropped.json",
    }
    inside = b"\n".join(files.values())
    assert b'"checks"' not in inside
    assert not any(secret.encode() in inside for secret in (check["private_key"], *check["boxes"]))
    new = tmp_path / "new"
    backups.restore(new, files, day=date(2026, 3, 20), is_agreed=False)
    assert seen(new).is_well
    store = open_workspace(new, today=lambda: DAY).store
    assert (store.retro(TEAM, 1), store.retro(TEAM, 2)) == (retro, other)
    assert store.dropped_notes(TEAM) == ("Zebras at noon",)
    assert store.check_answers(TEAM, 1, "welcome") == 0


@pytest.mark.usefixtures("workspace")
def test_a_backup_finishes_a_change_before_it_is_taken(place: Path) -> None:
    left_half(place, change_all)
    backups.take(open_as_it_lies(place))
    assert not (place / TEAM / "retro-journal.json").exists()
    assert open_as_it_lies(place).store.dropped_notes(TEAM) == both(None).dropped  # type: ignore[arg-type]  # not looked at


def test_a_restore_throws_no_answers_away(place: Path, workspace: Workspace) -> None:
    files = {"workspace.json": (place / "workspace.json").read_bytes()}
    before = tree(place)
    with pytest.raises(NotNowError) as caught:
        backups.restore(place, files, day=DAY, is_agreed=True)
    assert caught.value.message == (
        "A question of the retro of Rockets for sprint 1 is being answered, and a restore would throw the answers "
        "away, so nothing was restored; close the question or end the retro first."
    )
    assert tree(place) == before
    workspace.store.close_check(TEAM, 1, "welcome", tallied)
    done = backups.restore(place, files, day=DAY, is_agreed=True)
    assert open_workspace(place, today=lambda: DAY).store.retros(TEAM) == ()
    assert done.saved is not None
    backups.restore(place, backups.read(done.saved), day=DAY, is_agreed=True)
    assert open_workspace(place, today=lambda: DAY).store.retros(TEAM) == (1,)


def test_what_a_restore_saves_of_a_damaged_retro_ends_before_the_answers(place: Path, workspace: Workspace) -> None:
    files = {"workspace.json": (place / "workspace.json").read_bytes()}
    whole = (place / RETRO).read_bytes()
    (check,) = json.loads(whole)["checks"].values()
    (place / RETRO).write_bytes(whole[:-9])
    (place / TEAM / "retros" / "2.json").write_bytes(b"{")
    done = backups.restore(place, files, day=DAY, is_agreed=True)
    assert done.saved is not None
    assert not done.comes_back
    saved = {entry["path"]: entry for entry in json.loads(done.saved.read_text())["files"]}
    assert RETRO in saved
    content = base64.b64decode(saved[RETRO]["content"])
    assert whole.startswith(content)
    assert check["private_key"].encode() not in content
    assert workspace.store.retros(TEAM) == ()
