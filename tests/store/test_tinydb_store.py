"""The workspace on disk: layout, permissions, what it does not tell, and what is refused."""

from __future__ import annotations

import base64
import json
import multiprocessing
import os
import re
import stat
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.store.builders import (
    DAY,
    FOLDER,
    MARKS,
    QUESTIONS,
    ROUND,
    TEAM,
    a_guarded_round,
    a_round,
    a_sheet,
    a_store,
    a_team,
    add_many,
    an_action,
    change_often,
    filled,
    keep_team,
    numbered_sheet,
    tally,
    tree,
)
from tuiretro.errors import BusyError, NotNowError, WorkspaceError
from tuiretro.locks import locked
from tuiretro.model.release import Release
from tuiretro.model.round import Sheet
from tuiretro.model.survey import Question
from tuiretro.store import round_store, urn
from tuiretro.store.ballot import box_size, kept_size
from tuiretro.store.padlock import Padlock
from tuiretro.store.round_file import LastRead
from tuiretro.store.round_folder import RoundFolder
from tuiretro.store.tinydb_store import TinyDBStore

MIDNIGHT = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC).timestamp()
STALE = ".tuiretro-0123456789abcdef.tmp"


def boxes(place: Path) -> dict[str, bytes]:
    stored = json.loads((place / FOLDER / "round.json").read_text())["boxes"]
    return {doc_id: base64.b64decode(document["box"]) for doc_id, document in stored.items()}


def test_opening_and_reading_make_nothing(place: Path, store: TinyDBStore) -> None:
    store.teams()
    store.history(TEAM)
    store.round(TEAM)
    store.contents()
    assert not place.exists()


def test_the_files_lie_where_the_design_says(place: Path, store: TinyDBStore) -> None:
    filled(store)
    assert sorted(tree(place)) == [
        f"{TEAM}/actions.json",
        f"{TEAM}/rounds/{ROUND}/key",
        f"{TEAM}/rounds/{ROUND}/round.json",
        f"{TEAM}/team.lock",
        "workspace.json",
        "workspace.lock",
    ]
    store.close_round(TEAM, a_round(), tally)
    assert sorted(tree(place)) == [
        f"{TEAM}/actions.json",
        f"{TEAM}/history.json",
        f"{TEAM}/team.lock",
        "workspace.json",
        "workspace.lock",
    ]


def test_nobody_else_may_enter_or_read(place: Path, store: TinyDBStore) -> None:
    filled(store)
    store.close_round(TEAM, a_round(), tally)
    store.open_round(TEAM, a_round("abcdefabcdef", sprint=2))
    for path in (place, *place.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_another_store_on_the_same_folder_sees_everything(place: Path, store: TinyDBStore) -> None:
    filled(store, sheets=3)
    other = a_store(place)
    assert (other.teams(), other.round(TEAM), other.sheets(TEAM)) == ((a_team(),), a_round(), 3)
    assert other.actions(TEAM) == (an_action(),)
    assert other.contents() == store.contents()


def test_boxes_are_sorted_by_random_ids_and_have_one_size(place: Path, store: TinyDBStore) -> None:
    filled(store)
    kept = boxes(place)
    assert list(kept) == sorted(kept)
    assert {len(box) for box in kept.values()} == {kept_size(box_size(a_round()))}


def test_the_order_of_boxes_is_not_the_order_of_people(tmp_path: Path) -> None:
    last_first = 0
    for at in range(60):
        place = tmp_path / str(at)
        store = a_store(place)
        keep_team(store, a_team())
        store.open_round(TEAM, a_round())
        store.add_sheet(TEAM, a_round(), a_sheet())
        before = set(boxes(place))
        store.add_sheet(TEAM, a_round(), a_sheet())
        last_first += next(iter(boxes(place))) not in before
    # Four standard deviations of a fair coin.
    assert 15 <= last_first <= 45


def sealed_by(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The public keys for which padlocks are made from now on."""
    made: list[bytes] = []

    class Noted(Padlock):
        def __init__(self, public_key: bytes) -> None:
            made.append(public_key)
            super().__init__(public_key)

    monkeypatch.setattr(urn, "Padlock", Noted)
    monkeypatch.setattr(round_store, "Padlock", Noted)
    return made


def test_whoever_asks_for_a_place_has_the_seal_made_ready(store: TinyDBStore, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_team(store, a_team())
    store.open_round(TEAM, a_round())
    made = sealed_by(monkeypatch)
    for mark in range(4):
        assert store.make_ready(TEAM)
        assert len(made) == mark + 1
        store.add_sheet(TEAM, a_round(), a_sheet(mark))
        assert len(made) == mark + 1
    store.add_sheet(TEAM, a_round(), a_sheet(4))
    assert len(made) == 5
    assert sorted(sheets_at_closing(store), key=str) == sorted(map(a_sheet, range(5)), key=str)


def sheets_at_closing(store: TinyDBStore) -> list[Sheet]:
    found: list[Sheet] = []

    def counted(sheets: tuple[Sheet, ...]) -> tuple[Release, tuple[Question, ...]]:
        found.extend(sheets)
        return tally(sheets)

    store.close_round(TEAM, a_round(), counted)
    return found


def test_a_seal_that_was_made_ready_for_another_round_is_not_used(
    store: TinyDBStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store, sheets=4)
    made = sealed_by(monkeypatch)
    assert store.make_ready(TEAM)
    store.abandon_round(TEAM, a_round())
    store.open_round(TEAM, a_round())
    for _ in range(4):
        store.add_sheet(TEAM, a_round(), a_sheet())
    assert len(set(made)) == 2
    assert sheets_at_closing(store) == [a_sheet()] * 4


def test_of_seals_that_were_made_ready_only_the_last_is_kept(
    store: TinyDBStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store, sheets=2)
    made = sealed_by(monkeypatch)
    assert store.make_ready(TEAM)
    assert store.make_ready(TEAM)
    assert len(made) == 2
    for _ in range(2):
        store.add_sheet(TEAM, a_round(), a_sheet())
    assert len(made) == 3


def test_a_copy_of_the_process_makes_a_seal_of_its_own(store: TinyDBStore, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(store, sheets=2)
    made = sealed_by(monkeypatch)
    assert store.make_ready(TEAM)
    before = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: before + 1)
    store.add_sheet(TEAM, a_round(), a_sheet())
    assert len(made) == 2


def test_a_damaged_seal_is_said_before_anybody_answers(place: Path, store: TinyDBStore) -> None:
    filled(store, sheets=4)
    file = place / FOLDER / "round.json"
    tables = json.loads(file.read_bytes())
    tables["seal"]["1"]["public_key"] = "AAAA"
    file.write_text(json.dumps(tables))
    with pytest.raises(WorkspaceError, match="public key is damaged, so nobody can answer any more"):
        store.make_ready(TEAM)


def gone_key(key: Path) -> None:
    key.unlink()


def short_key(key: Path) -> None:
    key.write_bytes(b"short")


def other_key(key: Path) -> None:
    key.write_bytes(bytes(31) + b"x")


def folder_for_a_key(key: Path) -> None:
    key.unlink()
    key.mkdir()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (gone_key, "is missing"),
        (short_key, "opens nothing"),
        (other_key, "opens nothing"),
        (folder_for_a_key, "not a regular file"),
    ],
)
def test_a_key_that_opens_nothing_is_said_before_anybody_answers(
    place: Path, store: TinyDBStore, harm: Callable[[Path], None], said: str
) -> None:
    filled(store, sheets=4)
    assert store.make_ready(TEAM)
    harm(place / FOLDER / "key")
    with pytest.raises(WorkspaceError, match=said):
        store.make_ready(TEAM)


def test_a_locked_key_is_looked_at_as_far_as_it_goes_without_its_words(place: Path, store: TinyDBStore) -> None:
    keep_team(store, a_team())
    store.open_round(TEAM, a_guarded_round(), MARKS, "six words")
    assert store.make_ready(TEAM)
    key = place / FOLDER / "key"
    key.write_bytes(key.read_bytes()[:-1] + b"x")
    with pytest.raises(WorkspaceError, match="opens nothing"):
        store.make_ready(TEAM)


def test_of_a_round_that_another_program_closed_nothing_is_kept(
    place: Path, store: TinyDBStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store)
    forgotten: list[LastRead] = []

    def noted(last: LastRead) -> None:
        forgotten.append(last)

    monkeypatch.setattr(LastRead, "forget", noted)
    assert store.round(TEAM) is not None
    assert not forgotten
    a_store(place).close_round(TEAM, a_round(), tally)
    forgotten.clear()
    assert store.round(TEAM) is None
    assert len(forgotten) == 1


def test_a_round_is_not_opened_over_what_a_crash_left(place: Path, store: TinyDBStore) -> None:
    keep_team(store, a_team())
    (place / FOLDER).mkdir(parents=True)
    (place / FOLDER / STALE).write_bytes(b"half a sheet")
    RoundFolder(place / FOLDER, os.urandom).create(a_round(), DAY, (), None)
    assert {path.name for path in (place / FOLDER).iterdir()} == {"key", "round.json"}


def test_no_byte_tells_a_name_an_answer_or_a_time(place: Path, store: TinyDBStore) -> None:
    filled(store)
    # The key and the boxes are random, and what is random holds any short word some day.
    text = "\n".join(data.decode() for name, data in tree(place).items() if not name.endswith("/key"))
    text = re.sub(r'"box":"[A-Za-z0-9+/=]+"', "", text)
    assert "comment" not in text
    for name in (os.environ.get("USER"), os.environ.get("LOGNAME"), os.uname().nodename):
        assert not name or not re.search(rf"\b{re.escape(name)}\b", text)
    assert not re.search(r"\d\d:\d\d", text)
    assert set(re.findall(r"\d{4}-\d\d-\d\d", text)) == {"2026-03-02", "2026-03-29"}
    # Seconds since 1970 of today or the days around it, also in thousandths or billionths.
    now = datetime.now(UTC)
    for day in (now - timedelta(days=1), now, now + timedelta(days=1)):
        assert f'":{int(day.timestamp()) // 100_000}' not in text


def test_the_files_of_a_round_tell_only_the_day_it_was_opened(place: Path, store: TinyDBStore) -> None:
    filled(store)
    later = TinyDBStore.open(place, today=lambda: DAY + timedelta(days=3))
    later.abandon_round(TEAM, a_round())
    store.open_round(TEAM, a_round())
    later.add_sheet(TEAM, a_round(), a_sheet())
    for name in ("", "round.json", "key"):
        assert (place / FOLDER / name).stat().st_mtime == MIDNIGHT
    assert (place / TEAM / "team.lock").stat().st_mtime == 0


def test_a_key_from_a_backup_still_tells_only_a_day(place: Path, store: TinyDBStore) -> None:
    keep_team(store, a_team())
    store.open_round(TEAM, a_round())
    os.utime(place / FOLDER / "key", (MIDNIGHT + 40_000.5, MIDNIGHT + 40_000.5))
    store.add_sheet(TEAM, a_round(), a_sheet())
    assert (place / FOLDER / "round.json").stat().st_mtime == MIDNIGHT


def test_closing_leaves_no_byte_of_boxes_or_key(place: Path, store: TinyDBStore) -> None:
    filled(store)
    key = (place / FOLDER / "key").read_bytes()
    public = json.loads((place / FOLDER / "round.json").read_text())["seal"]["1"]["public_key"]
    sealed = boxes(place)
    store.close_round(TEAM, a_round(), tally)
    everything = b"\n".join(tree(place).values())
    for secret in (
        key,
        base64.b64encode(key),
        public.encode(),
        *sealed.values(),
        *map(base64.b64encode, sealed.values()),
    ):
        assert secret[:16] not in everything
    assert not (place / FOLDER).exists()
    assert list((place / TEAM / "rounds").iterdir()) == []


def test_everything_but_the_round_is_untouched_by_a_sheet(place: Path, store: TinyDBStore) -> None:
    filled(store, sheets=4)
    before = tree(place)
    store.add_sheet(TEAM, a_round(), a_sheet())
    after = tree(place)
    assert {name for name in after if after[name] != before.get(name)} == {f"{FOLDER}/round.json"}


@pytest.mark.parametrize("writers", [2, 4])
def test_processes_adding_at_once_lose_nothing(place: Path, store: TinyDBStore, writers: int) -> None:
    keep_team(store, a_team())
    store.open_round(TEAM, a_round(people=25 * writers))
    spawn = multiprocessing.get_context("spawn")
    others = [spawn.Process(target=add_many, args=(str(place), 25 * which, 25)) for which in range(writers)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert [other.exitcode for other in others] == [0] * writers
    seen: list[Sheet] = []

    def look(sheets: tuple[Sheet, ...]) -> tuple[Release, tuple[Question, ...]]:
        seen.extend(sheets)
        return tally(sheets)

    store.close_round(TEAM, a_round(), look)
    assert sorted(map(repr, seen)) == sorted(repr(numbered_sheet(number)) for number in range(25 * writers))


def test_two_processes_changing_one_team_lose_nothing(place: Path, store: TinyDBStore) -> None:
    keep_team(store, a_team())
    spawn = multiprocessing.get_context("spawn")
    others = [spawn.Process(target=change_often, args=(str(place), first, 25)) for first in (0, 25)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert [other.exitcode for other in others] == [0, 0]
    assert sorted(store.teams()[0].changes) == list(range(1, 51))


def test_a_lock_that_somebody_holds_makes_writers_busy_and_lets_readers_read(place: Path, store: TinyDBStore) -> None:
    filled(store, sheets=1)
    before = tree(place)
    busy = a_store(place, patience=0.05)
    with locked(place / TEAM / "team.lock"), locked(place / "workspace.lock"):
        for write in (
            lambda: keep_team(busy, a_team(name="Other")),
            lambda: busy.open_round(TEAM, a_round()),
            lambda: busy.add_sheet(TEAM, a_round(), a_sheet()),
            lambda: busy.close_round(TEAM, a_round(), tally),
            lambda: busy.abandon_round(TEAM, a_round()),
            lambda: busy.change_actions(TEAM, lambda _: ()),
        ):
            with pytest.raises(BusyError, match="nothing was changed"):
                write()
        (place / TEAM / STALE).touch()
        (place / STALE).touch()
        assert a_store(place).sheets(TEAM) == 1
        assert (place / TEAM / STALE).exists()
    a_store(place)
    assert tree(place) == before


def test_a_round_that_goes_while_somebody_waits_for_the_lock_takes_nothing(place: Path, store: TinyDBStore) -> None:
    filled(store, sheets=4)
    said: list[str] = []

    def late() -> None:
        try:
            a_store(place).add_sheet(TEAM, a_round(), a_sheet())
        except NotNowError as error:
            said.append(error.message)

    waiting = threading.Thread(target=late)
    with locked(place / TEAM / "team.lock"):
        waiting.start()
        waiting.join(0.1)
        RoundFolder(place / FOLDER, os.urandom).destroy()
        RoundFolder(place / FOLDER, os.urandom).destroy()
    waiting.join()
    assert len(said) == 1
    assert not (place / FOLDER).exists()


def test_stale_temporary_files_are_removed_on_opening(place: Path, store: TinyDBStore) -> None:
    filled(store)
    before = tree(place)
    for folder in (place, place / TEAM, place / FOLDER):
        (folder / STALE).write_bytes(b"half a sheet")
    a_store(place)
    assert tree(place) == before
    assert (place / FOLDER).stat().st_mtime == MIDNIGHT


def test_a_half_made_round_is_removed_on_opening(place: Path, store: TinyDBStore) -> None:
    keep_team(store, a_team())
    (place / FOLDER).mkdir(parents=True)
    (place / FOLDER / "key").write_bytes(b"x" * 32)
    assert store.round(TEAM) is None
    a_store(place)
    assert not (place / FOLDER).exists()


def marked(place: Path) -> None:
    file = place / FOLDER / "round.json"
    tables = json.loads(file.read_text())
    file.write_text(json.dumps({**tables, "closing": {"1": {"closing": True}}}))


def test_a_closing_without_a_release_is_taken_back(place: Path, store: TinyDBStore) -> None:
    filled(store, sheets=3)
    before = tree(place)
    marked(place)
    assert (store.round(TEAM), store.sheets(TEAM)) == (a_round(), 3)
    a_store(place)
    assert tree(place) == before


def test_a_sheet_takes_a_dead_closing_back_and_is_stored(place: Path, store: TinyDBStore) -> None:
    filled(store, sheets=3)
    marked(place)
    store.add_sheet(TEAM, a_round(), a_sheet())
    assert store.sheets(TEAM) == 4
    assert b"closing" not in (place / FOLDER / "round.json").read_bytes()


@pytest.mark.parametrize("with_mark", [True, False])
def test_a_round_whose_release_is_stored_is_destroyed_on_opening(
    place: Path, store: TinyDBStore, with_mark: object
) -> None:
    filled(store)
    copied = {name: (place / FOLDER / name).read_bytes() for name in ("key", "round.json")}
    release = store.close_round(TEAM, a_round(), tally)
    (place / FOLDER).mkdir()
    for name, data in copied.items():
        (place / FOLDER / name).write_bytes(data)
    if with_mark:
        marked(place)
        assert store.round(TEAM) is None
        with pytest.raises(NotNowError, match="meanwhile"):
            store.add_sheet(TEAM, a_round(), a_sheet())
        assert not (place / FOLDER).exists()
    assert a_store(place).round(TEAM) is None
    assert not (place / FOLDER).exists()
    assert store.history(TEAM).releases == (release,)


def test_closing_a_round_twice_releases_it_once(place: Path, store: TinyDBStore) -> None:
    filled(store)
    copied = {name: (place / FOLDER / name).read_bytes() for name in ("key", "round.json")}
    release = store.close_round(TEAM, a_round(), tally)
    (place / FOLDER).mkdir()
    for name, data in copied.items():
        (place / FOLDER / name).write_bytes(data)
    with pytest.raises(NotNowError, match="meanwhile"):
        store.close_round(TEAM, a_round(), tally)
    assert store.history(TEAM).releases == (release,)
    assert not (place / FOLDER).exists()


def test_what_cannot_be_a_workspace_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    for place in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / "link"):
        with pytest.raises(WorkspaceError):
            a_store(place)
    assert (tmp_path / "file").read_bytes() == b"mine"
    # Root may write everywhere, so the answer of the system is handed in.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(WorkspaceError, match="may not be written"):
        a_store(tmp_path / "folder")


WRONG_SHAPE = b'{"actions":{"1":{}},"meta":{"1":{"schema":1}},"releases":{"1":{}},"round":{"1":{}},"teams":{"1":{}}}'


def uses(place: Path, store: TinyDBStore, name: str) -> list[Callable[[], object]]:
    """Everything that needs one file."""
    if name == "workspace.json":
        return [lambda: a_store(place).teams(), store.teams]
    if name.endswith("history.json"):
        return [lambda: store.history(TEAM)]
    if name.endswith("actions.json"):
        return [lambda: store.actions(TEAM), lambda: store.change_actions(TEAM, lambda _: ())]
    return [
        lambda: store.round(TEAM),
        lambda: store.sheets(TEAM),
        lambda: store.add_sheet(TEAM, a_round(), a_sheet()),
        lambda: store.close_round(TEAM, a_round(), tally),
    ]


@pytest.mark.parametrize(
    "name", ["workspace.json", f"{TEAM}/history.json", f"{TEAM}/actions.json", f"{FOLDER}/round.json"]
)
@pytest.mark.parametrize(
    ("data", "words"),
    [(b'{"meta":{"1":{"schema":99}}}', "newer"), (b"{", "damaged"), (b"", "damaged"), (WRONG_SHAPE, "damaged")],
)
def test_a_newer_or_damaged_file_is_named_and_nothing_is_written(
    place: Path, store: TinyDBStore, name: str, data: bytes, words: str
) -> None:
    filled(store, sheets=2)
    if not name.endswith("round.json"):
        store.close_round(TEAM, a_round(), tally)
    (place / name).write_bytes(data)
    before = tree(place)
    for use in uses(place, store, name):
        with pytest.raises(WorkspaceError, match=words) as caught:
            use()
        assert str(place / name) in caught.value.message
    assert tree(place) == before


def test_one_damaged_round_does_not_lock_the_history_away(place: Path, store: TinyDBStore) -> None:
    filled(store)
    (place / FOLDER / "round.json").write_bytes(b"{")
    assert a_store(place).teams() == (a_team(),)


def test_a_round_file_in_another_rounds_folder_is_refused(place: Path, store: TinyDBStore) -> None:
    filled(store)
    (place / FOLDER).rename(place / TEAM / "rounds" / "fedcba9876543210")
    with pytest.raises(WorkspaceError, match="does not describe"):
        store.round(TEAM)


@pytest.mark.parametrize("key", [None, b"", b"x" * 31, b"x" * 32])
def test_a_missing_or_damaged_key_keeps_the_round_and_can_be_abandoned(
    place: Path, store: TinyDBStore, key: bytes | None
) -> None:
    filled(store)
    (place / FOLDER / "key").unlink()
    if key is not None:
        (place / FOLDER / "key").write_bytes(key)
    before = tree(place)
    with pytest.raises(WorkspaceError):
        store.close_round(TEAM, a_round(), tally)
    assert tree(place) == before
    store.abandon_round(TEAM, a_round())
    assert not (place / FOLDER).exists()


def test_a_sheet_that_could_never_be_opened_is_refused(place: Path, store: TinyDBStore) -> None:
    keep_team(store, a_team())
    store.open_round(TEAM, a_round())
    (place / FOLDER / "key").unlink()
    with pytest.raises(WorkspaceError, match="key is missing"):
        store.add_sheet(TEAM, a_round(), a_sheet())


def test_a_damaged_history_keeps_the_round_open(place: Path, store: TinyDBStore) -> None:
    filled(store)
    (place / TEAM / "history.json").write_bytes(b"{")
    before = tree(place)
    with pytest.raises(WorkspaceError, match=r"history\.json is damaged"):
        store.close_round(TEAM, a_round(), tally)
    assert tree(place) == before


def test_folders_come_with_their_permissions(place: Path, store: TinyDBStore) -> None:
    assert store.folders() == {}
    filled(store)
    (place / TEAM).chmod(0o750)
    assert store.folders() == {
        ".": 0o700,
        TEAM: 0o750,
        f"{TEAM}/rounds": 0o700,
        f"{TEAM}/rounds/{ROUND}": 0o700,
    }


def test_the_audit_lists_files_that_are_not_ours_without_reading_them(place: Path, store: TinyDBStore) -> None:
    filled(store)
    (place / "survey.toml").write_text("mine")
    (place / "package.json").write_text("{")
    (place / "link").symlink_to("/etc")
    files = {file.path: file for file in store.contents()}
    assert files["survey.toml"].tables == {}
    assert files["package.json"].tables == {}
    assert not [path for path in files if path.startswith("link/")]


def test_questions_survive_with_all_their_fields(place: Path, store: TinyDBStore) -> None:
    filled(store)
    store.close_round(TEAM, a_round(), tally)
    assert a_store(place).history(TEAM).questions == QUESTIONS
