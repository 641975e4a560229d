from __future__ import annotations

import json
import os
import random
from datetime import date
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tests.store.builders import keep_team
from tuiretro.export.audit_text import audit_json, audit_text
from tuiretro.library import Library
from tuiretro.model.action import Action
from tuiretro.model.audit import Audit
from tuiretro.model.envelope import Seal
from tuiretro.model.release import ItemResult, Release
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question
from tuiretro.model.team import Cadence, Every, Sprint, Team
from tuiretro.service.audit import audit
from tuiretro.service.kept import FIELDS, kind_of, leaves
from tuiretro.service.rounds import close
from tuiretro.service.workspace import Workspace
from tuiretro.store.ballot import Box
from tuiretro.store.collecting import Arrival, Carrying
from tuiretro.store.round_file import Closing, Code
from tuiretro.store.tinydb_store import TinyDBStore

TEAM = Team("a1b2c3d4e5f60718", "Atlas 14:30", 6, (Cadence(1, date(2026, 11, 2), Every(2, "week")),))
QUESTIONS = (
    Question("data-cleaning", "Data work got its due time", "In this sprint ...", "data", 1, "data-cleaning"),
    Question("safety.bad-news", "Bad news was welcome", "In this sprint ...", "safety"),
)
SECRETS = ("fifth column", "zebra crossing", "quiet harbour", "old lantern")


def _workspace(place: Path, today: date = date(2026, 11, 20)) -> Workspace:
    store = TinyDBStore.open(place, today=lambda: today)
    return Workspace(store, Library(own=place / "surveys"), lambda: today, random.Random(7))


def _open(workspace: Workspace, sprint: int, answers: int) -> Round:
    opened = Round(f"{sprint:016x}", sprint, "pulse", "Pulse", "Hello.", 6, 4, QUESTIONS)
    workspace.store.open_round(TEAM.id, opened)
    for place in range(answers):
        answered: dict[str, int | None] = {"data-cleaning": 1 + place % 5, "safety.bad-news": None}
        workspace.store.add_sheet(TEAM.id, opened, Sheet(answered, SECRETS[place % 4]))
    return opened


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A workspace with a release, an action and an open round."""
    folder = tmp_path / "kept"
    workspace = _workspace(folder)
    keep_team(workspace.store, TEAM)
    _open(workspace, 1, 5)
    close(workspace, TEAM)
    action = Action(1, "Meet at 9:30", 1, date(2026, 11, 27), "Mina", "Done by 18:00")
    workspace.store.change_actions(TEAM.id, lambda _: (action,))
    _open(workspace, 2, 3)
    return folder


def _faults(found: Audit, words: str) -> tuple[str, ...]:
    return next(check.faults for check in found.checks if words in check.sentence)


def _with(place: Path, path: str, **tables: dict[str, object]) -> Audit:
    """The audit of a workspace in which a newer program, a fault or a hand has left a file of one-document tables."""
    file = place / path
    file.parent.mkdir(mode=0o700, exist_ok=True)
    documents = {name: {"1": document} for name, document in tables.items()}
    file.write_bytes(msgspec.json.encode({"meta": {"1": {"schema": 1}}, **documents}))
    file.chmod(0o600)
    return audit(_workspace(place))


def _with_release(place: Path, **fields: object) -> Audit:
    return _with(place, "ff00ff00ff00ff00/history.json", releases=fields)


def test_a_workspace_as_the_program_leaves_it_passes_every_check(place: Path) -> None:
    found = audit(_workspace(place))
    assert [fault for check in found.checks for fault in check.faults] == []
    assert found.passed
    assert found.place == str(place)


def test_an_empty_workspace_passes_every_check(tmp_path: Path) -> None:
    found = audit(_workspace(tmp_path / "none"))
    assert found.files == ()
    assert found.passed


def test_every_stored_file_is_there_with_its_reason(place: Path) -> None:
    found = audit(_workspace(place))
    on_disk = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    assert {file.path for file in found.files} == on_disk
    assert all(file.known and file.reason.endswith(".") for file in found.files)
    assert {kind_of(path) for path in on_disk} >= {"workspace", "history", "actions", "round", "key", "lock"}


def test_every_stored_field_is_there_with_an_example_and_a_reason(place: Path) -> None:
    workspace = _workspace(place)
    found = {file.path: {table.name: table for table in file.tables} for file in audit(workspace).files}
    for file in workspace.store.contents():
        for name, documents in file.tables.items():
            stored = {path for document in documents for path, _ in leaves(document)}
            assert {field.name for field in found[file.path][name].fields} == stored
    teams = {field.name: field.example for field in found["workspace.json"]["teams"].fields}
    assert teams["name"] == "Atlas 14:30"
    assert teams["cadences.starts"] == "2026-11-02"
    assert teams["starred"] == "(none)"


def test_every_field_that_the_program_can_store_has_a_reason() -> None:
    def names(kind: type[msgspec.Struct]) -> set[str]:
        return {field.name for field in msgspec.structs.fields(kind)}

    def first(key: tuple[str, str]) -> set[str]:
        return {name.partition(".")[0] for name in FIELDS[key]}

    def inner(key: tuple[str, str], prefix: str) -> set[str]:
        return {name.split(".")[1] for name in FIELDS[key] if name.startswith(f"{prefix}.")}

    stored: dict[tuple[str, str], type[msgspec.Struct]] = {
        ("workspace", "teams"): Team,
        ("history", "releases"): Release,
        ("history", "questions"): Question,
        ("actions", "actions"): Action,
        ("round", "round"): Round,
        ("round", "seal"): Seal,
        ("round", "boxes"): Box,
        ("round", "arrived"): Arrival,
        ("round", "codes"): Code,
        ("round", "carrying"): Carrying,
        ("round", "closing"): Closing,
    }
    for key, kind in stored.items():
        assert first(key) == names(kind)
    assert inner(("workspace", "teams"), "cadences") == names(Cadence)
    assert inner(("history", "releases"), "sprint") == names(Sprint)
    assert inner(("history", "releases"), "items") == names(ItemResult)
    assert inner(("round", "round"), "questions") == names(Question)


def test_boxes_keys_and_comments_are_named_and_not_shown(place: Path) -> None:
    found = audit(_workspace(place))
    text = audit_text(found) + audit_json(found)
    assert "not shown here; the app shows it" in text
    assert "Secret, not shown." in text
    assert not any(secret in text for secret in SECRETS)
    key = next(place.rglob("key")).read_bytes()
    assert key.hex() not in text
    boxes = next(table for file in found.files for table in file.tables if table.name == "boxes")
    assert [field.name for field in boxes.fields] == ["box"]
    assert boxes.fields[0].example.startswith("sealed, 2")


def test_an_audit_does_not_tell_how_many_have_answered(place: Path) -> None:
    workspace = _workspace(place)
    before = audit(workspace)
    opened = workspace.store.round(TEAM.id)
    assert opened is not None
    workspace.store.add_sheet(TEAM.id, opened, Sheet({"data-cleaning": 5, "safety.bad-news": 1}))
    assert audit(workspace) == before


def test_an_audit_does_not_tell_the_first_box_from_none(tmp_path: Path) -> None:
    workspace = _workspace(tmp_path / "kept")
    keep_team(workspace.store, TEAM)
    opened = _open(workspace, 1, 0)
    before = audit(workspace)
    workspace.store.add_sheet(TEAM.id, opened, Sheet({"data-cleaning": 5, "safety.bad-news": 1}))
    assert audit(workspace) == before


def test_a_field_that_nobody_explained_is_a_fault_and_its_value_stays_hidden(place: Path) -> None:
    found = _with_release(place, user_name="mina", sprint={"number": 1, "room": "b12"})
    faults = _faults(found, "list of what it keeps")
    assert any("'user_name'" in fault for fault in faults)
    assert any("'sprint.room'" in fault for fault in faults)
    text = audit_text(found)
    assert "user_name: not shown\n        FAULT: " in text
    assert "b12" not in text


def test_an_unknown_table_or_file_is_a_fault(place: Path) -> None:
    (place / "notes.txt").write_text("hello")
    faults = _faults(_with(place, "ff00ff00/history.json", visits={"who": "x"}), "list of what it keeps")
    assert any(fault.startswith("notes.txt: ") for fault in faults)
    assert any("table visits" in fault for fault in faults)


@pytest.mark.parametrize("value", ["2026-11-16T09:30:00", "2026-11-16 09", "at 9:30", "1763283600", 1763283600, 1.7e9])
def test_a_time_is_found_wherever_it_hides(place: Path, value: object) -> None:
    assert len(_faults(_with_release(place, survey=value), "No time finer")) == 1
    assert len(_faults(_with_release(place, seen=[value]), "No time finer")) == 1
    assert len(_faults(_with_release(place, sprint={"starts": value}), "No time finer")) == 1


def test_a_time_in_a_file_name_is_found(place: Path) -> None:
    assert _faults(_with(place, "box-1763283600.json"), "No time finer")


@pytest.mark.parametrize("value", ["2026-11-16", "1234567890abcdef", "1763283600123456", 4, 3.4, None, True])
def test_dates_ids_and_small_numbers_are_no_times(place: Path, value: object) -> None:
    assert _faults(_with_release(place, survey=value), "No time finer") == ()


@pytest.mark.parametrize(
    "fields",
    [{"answers": {"data-cleaning": 3}}, {"sheets": ["x"]}, {"items": [{"rows": 1}]}, {"items": [{"given": [1, 5, 2]}]}],
)
def test_rows_of_answers_in_the_history_are_a_fault(place: Path, fields: dict[str, object]) -> None:
    assert len(_faults(_with_release(place, **fields), "row of answers")) == 1


def _with_item(place: Path, **changes: object) -> Audit:
    item = {"id": "x", "version": 1, "n": 7, "mean": 3.4, "spread": "mixed", **changes}
    return _with_release(place, minimum=4, sprint={"number": 3}, items=[item], comments=[])


@pytest.mark.parametrize(
    "changes",
    [
        {"n": 3, "spread": None},
        {"mean": 3.43},
        {"mean": 1.2},
        {"mean": 4.9},
        {"n": 5},
        {"n": None},
        {"n": None, "mean": None},
    ],
)
def test_a_released_figure_that_no_screen_may_show_is_a_fault(place: Path, changes: dict[str, object]) -> None:
    faults = _faults(_with_item(place, **changes), "screen may show")
    assert len(faults) == 1
    assert "sprint 3" in faults[0]


@pytest.mark.parametrize("item", [None, "x", 3, [], {"id": "x", "n": "7"}, {"id": "x", "n": [7]}])
def test_what_is_no_figure_at_all_is_damage_and_no_figure(place: Path, item: object) -> None:
    found = _with_release(place, minimum=4, sprint={"number": 3}, items=[item], comments=[])
    assert _faults(found, "screen may show") == ()


def test_released_figures_by_the_rules_are_fine_and_one_or_two_comments_are_not(place: Path) -> None:
    assert _faults(_with_item(place), "screen may show") == ()
    assert _faults(_with_item(place, n=None, mean=None, spread=None), "screen may show") == ()
    two = _with_release(place, minimum=4, sprint={"number": 3}, items=[], comments=["a", "b"])
    assert "2 comments" in _faults(two, "screen may show")[0]


def test_a_round_that_outlives_its_sprint_is_a_fault(place: Path) -> None:
    assert _faults(audit(_workspace(place, date(2026, 11, 29))), "longer than its sprint") == ()
    faults = _faults(audit(_workspace(place, date(2026, 11, 30))), "longer than its sprint")
    assert len(faults) == 1
    assert "sprint 2 ended on 2026-11-29" in faults[0]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions elsewhere")
def test_files_and_folders_that_others_may_read_are_faults(place: Path) -> None:
    (place / "workspace.json").chmod(0o644)
    place.chmod(0o755)
    faults = _faults(audit(_workspace(place)), "Only the owner")
    assert [fault for fault in faults if "workspace.json is 0644" in fault]
    assert [fault for fault in faults if "0755" in fault]


OWN_FILES = {
    "lunch.toml": "A survey of the team's own.",
    "lunch.md": "A template or page of the team's own.",
    "mistakes/21-no-lunch.toml": "A mistake of the team's own.",
    "plays/culture.toml": "Plays of the team's own for a mistake or survey.",
    "templates/menu.md": "A template or page of the team's own.",
    "languages/fr.toml": "A language of the team's own.",
    "formats/ours.toml": "A format of the team's own for retros.",
}


def test_files_of_the_teams_own_are_known_and_may_be_readable(place: Path) -> None:
    for name in OWN_FILES:
        file = place / "surveys" / name
        file.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        file.write_text("id = 'lunch'")
        file.chmod(0o644)
    found = audit(_workspace(place))
    assert [fault for check in found.checks for fault in check.faults] == []
    reasons = {file.path: file.reason for file in found.files}
    assert {name: reasons[f"surveys/{name}"] for name in OWN_FILES} == OWN_FILES


@pytest.mark.parametrize(
    "name",
    [
        "surveys/notes.txt",
        "surveys/mistakes/draft.toml",
        "surveys/mistakes/notes.md",
        "surveys/old/lunch.toml",
        "surveys/plays/notes.md",
        "surveys/templates/lunch.toml",
        "surveys/languages/notes.md",
        "surveys/formats/notes.md",
        "lunch.toml",
    ],
)
def test_another_file_beside_the_surveys_is_not_known(place: Path, name: str) -> None:
    (place / name).parent.mkdir(parents=True, exist_ok=True)
    (place / name).write_text("mine")
    assert len(_faults(audit(_workspace(place)), "list of what it keeps")) == 1


@pytest.mark.parametrize("size", [-1, 0, 1 << 70, "much", None])
def test_a_size_that_no_box_has_is_no_fault_of_the_program(place: Path, size: object) -> None:
    workspace = _workspace(place)
    path = next(place.rglob("round.json"))
    tables = json.loads(path.read_bytes())
    tables["seal"]["1"]["size"] = size
    path.write_text(json.dumps(tables))
    assert "round.json" in audit_text(audit(workspace))


def test_no_file_inside_a_round_tells_its_size(place: Path) -> None:
    workspace = _workspace(place)
    for name in (".tuiretro-00112233aabbccdd.tmp", "round.json.backup"):
        (next(place.rglob("key")).parent / name).write_bytes(b"x" * 12_345)
    found = audit(workspace)
    assert {file.size for file in found.files if "/rounds/" in file.path} == {None}
    assert {file.path.rpartition("/")[2] for file in found.files if file.size is None} > {"key", "round.json"}
    text = audit_text(found) + audit_json(found)
    assert "12,345" not in text
    assert "12345" not in text


def test_what_a_crash_left_since_the_workspace_was_opened_is_a_fault(place: Path) -> None:
    workspace = _workspace(place)
    left = place / ".tuiretro-00112233aabbccdd.tmp"
    left.touch(mode=0o600)
    assert len(_faults(audit(workspace), "temporary file")) == 1
    assert _faults(audit(workspace), "list of what it keeps") == ()


def test_text_of_strangers_cannot_steer_the_terminal(place: Path) -> None:
    workspace = _workspace(place)
    keep_team(workspace.store, replace(TEAM, name="A\x1b[2J\u202ex" + "y" * 90))
    text = audit_text(audit(workspace))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "y" * 60 not in text


@pytest.mark.parametrize("data", [b"{", b'{"meta":{"1":{"schema":1}},"releases":{"1":{"round":1}}}'])
def test_a_file_that_cannot_be_read_is_a_fault_and_the_rest_is_shown(place: Path, data: bytes) -> None:
    (place / TEAM.id / "history.json").write_bytes(data)
    found = audit(_workspace(place))
    (fault,) = _faults(found, "can be read")
    assert "history.json is damaged" in fault
    assert [table.name for file in found.files if file.path.endswith("actions.json") for table in file.tables]


@pytest.mark.parametrize("data", [b"{", b'{"meta":{"1":{"schema":1}},"round":{"1":{}}}'])
def test_a_damaged_round_is_a_fault_that_tells_nothing_of_its_file(place: Path, data: bytes) -> None:
    file = next(place.rglob("round.json"))
    file.write_bytes(data)
    (fault,) = _faults(audit(_workspace(place)), "can be read")
    assert fault.endswith("is damaged or a link; no backup holds rounds, so it can only be abandoned.")
    assert "byte" not in fault


def test_damaged_teams_are_a_fault(place: Path) -> None:
    file = place / "workspace.json"
    file.write_bytes(file.read_bytes().replace(b"2026-11-02", b"2026-02-30"))
    (fault,) = _faults(audit(_workspace(place)), "can be read")
    assert "workspace.json is damaged" in fault


def test_no_example_of_a_number_of_people_is_shown(place: Path) -> None:
    examples = {
        field.name: field.example
        for file in audit(_workspace(place)).files
        for table in file.tables
        if table.name == "releases"
        for field in table.fields
    }
    assert examples["items.n"] == examples["answered"] == "not shown here; the app shows it"


def test_a_folder_that_inherited_setgid_or_is_sticky_passes(place: Path) -> None:
    (place / TEAM.id).chmod(0o3700)
    assert not _faults(audit(_workspace(place)), "Only the owner")
    (place / TEAM.id).chmod(0o3750)
    assert _faults(audit(_workspace(place)), "Only the owner")


def test_copies_and_automatic_backups_are_known_and_say_why_they_are_there(place: Path) -> None:
    (place / "workspace.json.schema-1").write_bytes((place / "workspace.json").read_bytes())
    (place / "workspace.json.schema-1").chmod(0o600)
    (place / "backups").mkdir(mode=0o700)
    (place / "backups" / "2026-11-20-2.json").touch(mode=0o600)
    found = audit(_workspace(place))
    assert found.passed
    reasons = {file.path: file.reason for file in found.files}
    assert "A copy, as it was before" in reasons["workspace.json.schema-1"]
    assert "A copy" not in reasons["workspace.json"]
    assert "What a restore replaced" in reasons["backups/2026-11-20-2.json"]


def test_a_copy_is_checked_like_the_file_that_it_was_made_of(place: Path) -> None:
    item = {"id": "data-cleaning", "version": 1, "n": 5, "mean": 3.333, "spread": None}
    found = _with(place, f"{TEAM.id}/history.json.schema-1", releases={"minimum": 4, "items": [item]})
    assert [fault for fault in _faults(found, "released figure") if "history.json.schema-1" in fault]


@pytest.mark.parametrize(
    "path",
    ["surveys/ours.toml.schema-1", "workspace.json.schema-x", "backups/notes.json", "backups/2026-11-20.json.schema-1"],
)
def test_what_only_looks_like_a_copy_or_backup_is_not_known(path: str) -> None:
    assert kind_of(path) == ""


def test_a_link_is_a_fault_and_its_own_bits_are_none(place: Path) -> None:
    (place / TEAM.id / "team.lock").unlink()
    (place / TEAM.id / "team.lock").symlink_to("nowhere")
    found = audit(_workspace(place))
    (fault,) = _faults(found, "can be read")
    assert "team.lock is a symbolic link" in fault
    assert _faults(found, "Only the owner") == ()


def test_a_round_of_a_newer_version_says_to_update_and_not_to_abandon_it(place: Path) -> None:
    (round_,) = place.rglob("round.json")
    round_.write_bytes(b'{"meta":{"1":{"schema":99}},"boxes":{"1":{},"2":{}}}')
    faults = _faults(audit(_workspace(place)), "can be read")
    assert any("update tuiretro" in fault for fault in faults)
    assert not any("abandon" in fault for fault in faults)
