"""A workspace in memory, for tests: they are faster on it, and it shows that no promise of a store needs a disk.

Owns the same rules without files; sheets are sealed here too. Knows nothing of locks and crashes: nothing survives it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tuiretro.model.envelope import Collected, Invitation, Seal
from tuiretro.model.release import History, Release
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question
from tuiretro.model.team import Team
from tuiretro.store import ballot, locked_key
from tuiretro.store.collecting import Arrival, Carrying, Urn, arrival, check_opened, look_through, opened_boxes
from tuiretro.store.documents import SCHEMA
from tuiretro.store.layout import (
    ACTIONS,
    DROPPED,
    HISTORY,
    KEY,
    RETROS,
    ROUND,
    ROUNDS,
    WORKSPACE,
    checked_id,
    retro_name,
)
from tuiretro.store.memory_retros import MemoryRetros
from tuiretro.store.opening import check_import, check_open_round, check_opening, check_team
from tuiretro.store.padlock import Padlock
from tuiretro.store.protocol import StoredFile
from tuiretro.store.refusals import (
    closing_code_needed,
    code_needed,
    full,
    gone,
    no_invitation,
    open_already,
    overtaken,
    spent,
)
from tuiretro.store.retro_file import NOTES, DroppedNote, documents_of
from tuiretro.store.round_file import ARRIVED, BOXES, CARRYING, CODES, Code

_FILE_MODE = 0o600


class _Urn(Struct):
    round: Round
    seal: Seal
    private_key: bytes
    """Locked if the round is a two-person one."""
    boxes: list[bytes]
    codes: set[bytes]
    arrived: set[bytes]
    carrying: Carrying | None = None


class MemoryStore(MemoryRetros):
    """The `Store` that forgets everything when it is dropped; the product itself never uses it.

    Args:
        entropy: Random bytes for the order in which boxes are kept and opened.
    """

    def __init__(self, *, entropy: Callable[[int], bytes] = os.urandom) -> None:
        super().__init__(entropy=entropy)
        self._histories: dict[str, History] = {}
        self._urns: dict[str, _Urn] = {}

    def history(self, team: str) -> History:
        """The releases of a team in the order of sprints; empty before the first closing."""
        return self._histories.get(checked_id(team), History())

    def open_round(self, team: str, opened: Round, codes: Collection[bytes] = (), closing: str | None = None) -> None:
        """Starts a round with a key pair of its own; see `Store`."""
        checked_id(opened.id)
        self._require(team)
        if team in self._urns:
            raise open_already()
        check_opening(opened, self.history(team))
        public, private = ballot.new_keys()
        key = private if closing is None else locked_key.lock(private, closing)
        carrying = None if closing is None else Carrying(*ballot.new_keys())
        self._urns[team] = _Urn(opened, Seal(public, ballot.box_size(opened)), key, [], set(codes), set(), carrying)

    def round(self, team: str) -> Round | None:
        """The open round, if there is one."""
        urn = self._urns.get(checked_id(team))
        return urn.round if urn else None

    def sheets(self, team: str) -> int:
        """How many sheets the open round holds; 0 without a round."""
        urn = self._urns.get(checked_id(team))
        return len(urn.boxes) if urn else 0

    def make_ready(self, team: str) -> bool:
        """Whether somebody can still hand in a sheet here; see `Store`."""
        urn = self._urns.get(checked_id(team))
        return urn is None or len(urn.boxes) - len(urn.arrived) < urn.round.people

    def add_sheet(self, team: str, opened: Round, sheet: Sheet, code: bytes | None = None) -> None:
        """Seals a sheet and keeps it in random order; see `Store`."""
        self._require(team)
        urn = self._urn(team, opened)
        if not self.make_ready(team):
            raise full(urn.round.people)
        box = ballot.kept(sheet, urn.round, Padlock(urn.seal.public_key), urn.seal.size)
        if urn.round.asks_code:
            if code is None:
                raise code_needed()
            if code not in urn.codes:
                raise spent()
            urn.codes.remove(code)
        urn.boxes.append(box)
        urn.boxes.sort(key=lambda _: self._entropy(8))

    def knows_code(self, team: str, opened: Round, code: bytes) -> bool:
        """Whether a code can still be used; see `Store`."""
        urn = self._urns.get(checked_id(team))
        return urn is not None and urn.round.id == opened.id and code in urn.codes

    def invitation(self, team: str, opened: Round) -> Invitation:
        """What people elsewhere need to answer; see `Store`."""
        self._require(team)
        urn = self._urn(team, opened)
        if urn.carrying is None:
            urn.carrying = Carrying(*ballot.new_keys())
        return Invitation(urn.round, urn.seal, urn.carrying.public_key)

    def collect(self, team: str, opened: Round, sealed: Sequence[bytes], *, is_last: bool = True) -> Collected:
        """Takes a batch of envelopes; see `Store`."""
        self._require(team)
        urn = self._urn(team, opened)
        if urn.carrying is None:
            raise no_invitation()
        arrived, codes = frozenset(urn.arrived), frozenset(urn.codes)
        batch = look_through(sealed, Urn(urn.round, urn.seal, urn.carrying, arrived, codes), is_last=is_last)
        urn.codes -= set(batch.codes)
        urn.arrived.update(map(arrival, batch.boxes))
        urn.boxes += [ballot.resealed(box, urn.seal.public_key) for box in batch.boxes]
        urn.boxes.sort(key=lambda _: self._entropy(8))
        return batch.collected

    def close_round(
        self,
        team: str,
        opened: Round,
        tally: Callable[[tuple[Sheet, ...]], tuple[Release, tuple[Question, ...]]],
        closing: str | None = None,
        *,
        without_unreadable: bool = False,
    ) -> Release:
        """Opens the boxes, keeps what `tally` makes of them, forgets key and boxes; see `Store`."""
        self._require(team)
        urn = self._urn(team, opened)
        key = urn.private_key
        if urn.round.two_person:
            if closing is None:
                raise closing_code_needed()
            key = locked_key.unlock(key, closing)
        found = opened_boxes(dict(enumerate(urn.boxes)), key, urn.round, urn.seal.size)
        check_opened(found, urn.round, without_unreadable=without_unreadable)
        urn.boxes = [box for at, box in enumerate(urn.boxes) if at not in found.empty]
        release, questions = tally(tuple(sorted(found.sheets, key=lambda _: self._entropy(8))))
        release = replace(release, round=opened.id)
        old = self.history(team)
        if old.last is not None and release.sprint.number <= old.last.sprint.number:
            raise overtaken(release.sprint.number, old.last.sprint.number)
        self._keep(team, (release,), questions)
        del self._urns[team]
        return release

    def import_releases(self, team: Team, releases: tuple[Release, ...], questions: tuple[Question, ...]) -> None:
        """Adds releases that no round made; see `Store`."""
        self._require(team.id)
        check_team(team, self.teams())
        check_open_round(self.round(team.id), releases)
        check_import(self.history(team.id), releases, questions)
        self._keep(team.id, releases, questions)

    def _keep(self, team: str, releases: tuple[Release, ...], questions: tuple[Question, ...]) -> None:
        old = self.history(team)
        known = {question.wording for question in old.questions}
        new = tuple(question for question in questions if question.wording not in known)
        there = sorted((*old.releases, *releases), key=lambda release: release.sprint.number)
        self._histories[team] = History(tuple(there), old.questions + new)

    def abandon_round(self, team: str, opened: Round) -> None:
        """Forgets a round with everything in it; see `Store`."""
        self._urn(team, opened)
        del self._urns[team]

    def abandon_damaged(self, team: str, asked: str | None = None) -> bool:
        """Nothing: memory is never damaged; see `Store`."""
        checked_id(team)
        return False

    def contents(self) -> tuple[StoredFile, ...]:
        """What the twin on disk would hold, without its locks."""
        files = [_database(f"{team}/{ACTIONS}", actions=actions) for team, actions in self._actions.items()]
        if self._teams:
            files.append(_database(WORKSPACE, teams=tuple(self._teams.values())))
        for team, history in self._histories.items():
            files.append(_database(f"{team}/{HISTORY}", releases=history.releases, questions=history.questions))
        files += self._retro_files()
        for team, urn in self._urns.items():
            folder = f"{team}/{ROUNDS}/{urn.round.id}"
            tables: dict[str, tuple[Struct, ...]] = {
                BOXES: tuple(map(ballot.Box, urn.boxes)),
                ARRIVED: tuple(map(Arrival, sorted(urn.arrived))),
                CODES: tuple(map(Code, sorted(urn.codes))),
                CARRYING: tuple(filter(None, (urn.carrying,))),
            }
            files.append(_database(f"{folder}/{ROUND}", round=(urn.round,), seal=(urn.seal,), **tables))
            files.append(StoredFile(f"{folder}/{KEY}", len(urn.private_key), _FILE_MODE, {}))
        return tuple(sorted(files, key=lambda file: file.path))

    def _retro_files(self) -> Iterator[StoredFile]:
        for team, retros in self._retros.items():
            for sprint, standing in retros.items():
                yield _database(f"{team}/{retro_name(sprint)}", **documents_of(standing))
        for team, notes in self._dropped.items():
            yield _database(f"{team}/{RETROS}/{DROPPED}", **{NOTES: tuple(map(DroppedNote, notes))})

    def folders(self) -> dict[str, int]:
        """None: memory has no folders."""
        return {}

    def _urn(self, team: str, opened: Round) -> _Urn:
        urn = self._urns.get(checked_id(team))
        if urn is None or urn.round.id != checked_id(opened.id):
            raise gone()
        return urn


def _database(path: str, **tables: tuple[Struct, ...]) -> StoredFile:
    documents = {name: [_stored(value) for value in values] for name, values in tables.items() if values}
    documents["meta"] = [{"schema": SCHEMA}]
    kept = dict(sorted(documents.items()))
    return StoredFile(path, len(msgspec.json.encode(kept)), _FILE_MODE, kept)


def _stored(value: Struct) -> dict[str, object]:
    # Through JSON and back, so that tuples are lists as in a file.
    fields: dict[str, object] = msgspec.json.decode(msgspec.json.encode(value))
    return fields
