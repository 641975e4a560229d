"""What is done with the boxes of an open round: put in, counted in a batch, taken out.

Owns the one write in which a code is used up and its box is added. Knows nothing of locks: whoever changes something
holds the team's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from tuiretro.files import relied_on
from tuiretro.model.envelope import Collected, Invitation
from tuiretro.model.round import Sheet
from tuiretro.store import ballot, round_file
from tuiretro.store.collecting import Arrival, Carrying, Urn, arrival, check_opened, look_through, opened_boxes
from tuiretro.store.documents import read_tables
from tuiretro.store.padlock import Padlock
from tuiretro.store.refusals import code_needed, full, no_invitation, spent
from tuiretro.store.round_file import ARRIVED, BOXES, CARRYING, CODES
from tuiretro.store.round_folder import RoundFolder

if TYPE_CHECKING:
    from tuiretro.store.storage import Database


def add(folder: RoundFolder, sheet: Sheet, code: bytes | None, padlock: Padlock | None = None) -> bool:
    """Seals a sheet and stores it under a random id; in the same write its code is used up.

    Args:
        folder: The round's.
        sheet: One person's answers.
        code: The fingerprint of the person's code.
        padlock: One that was made ready before; if it is for another round it stays unused.

    Returns:
        False if nothing was stored because the round is marked as being closed.

    Raises:
        NotNowError: Everybody has answered, or the round asks for another code.
        BadInputError: The sheet does not fit the round.
        WorkspaceError: The folder is damaged.
        UnconfirmedError: The sheet is stored, but might not survive a power cut.
        OSError: The disk refused; nothing was stored.
    """
    from tuiretro.store.storage import insert_unordered

    with folder.changing() as database:
        standing = round_file.standing(database.kept, folder.file)
        if standing.is_closing:
            return False
        if standing.is_full:
            raise full(standing.round.people)
        if padlock is None or padlock.public_key != standing.seal.public_key:
            padlock = Padlock(standing.seal.public_key)
        box = ballot.kept(sheet, standing.round, padlock, standing.seal.size)
        if standing.round.asks_code:
            _use_up(folder, database, (code,))
        insert_unordered(database, BOXES, ballot.Box(box), folder.entropy)
    return True


def _use_up(folder: RoundFolder, database: Database, codes: Collection[bytes | None]) -> None:
    known = round_file.codes(database.kept, folder.file)
    for code in codes:
        if code is None:
            raise code_needed()
        if code not in known:
            raise spent()
    database.table(CODES).remove(doc_ids=[known[code] for code in codes if code is not None])


def knows(folder: RoundFolder, code: bytes) -> bool:
    """Whether a code, given by its fingerprint, can still be used.

    Raises:
        WorkspaceError: The file is damaged.
    """
    return code in round_file.codes(read_tables(folder.file), folder.file)


def invitation(folder: RoundFolder) -> Invitation:
    """What people elsewhere need; makes the keys of envelopes when it is first asked for, if opening made none.

    Raises:
        WorkspaceError: The file is damaged.
        OSError: The disk refused, or did not confirm it; there is no invitation.
    """
    from tuiretro.store.storage import document

    with relied_on(), folder.changing() as database:
        standing = round_file.standing(database.kept, folder.file)
        carrying = round_file.carrying(database.kept, folder.file)
        if carrying is None:
            carrying = Carrying(*ballot.new_keys())
            database.table(CARRYING).insert(document(carrying, 1))
    return Invitation(standing.round, standing.seal, carrying.public_key)


def collect(folder: RoundFolder, sealed: Sequence[bytes], *, is_last: bool) -> Collected:
    """Takes a batch of envelopes in one write, if enough of them can be taken.

    Args:
        folder: The round's.
        sealed: The envelopes, in random order.
        is_last: Whether they are taken also if those who are left could fill no other batch.

    Returns:
        What became of each.

    Raises:
        NotNowError: No invitation was written, or more envelopes came than there are people.
        WorkspaceError: The folder is damaged.
        UnconfirmedError: They are taken, but might not survive a power cut.
        OSError: The disk refused; none was taken.
    """
    from tuiretro.store.storage import insert_unordered

    with folder.changing() as database:
        tables = database.kept
        standing = round_file.standing(tables, folder.file)
        carrying = round_file.carrying(tables, folder.file)
        if carrying is None:
            raise no_invitation()
        seal, codes = standing.seal, round_file.codes(tables, folder.file)
        arrived = round_file.arrived(tables, folder.file)
        urn = Urn(standing.round, seal, carrying, arrived, frozenset(codes))
        batch = look_through(sealed, urn, is_last=is_last)
        if batch.codes:
            _use_up(folder, database, batch.codes)
        for box in batch.boxes:
            kept = ballot.Box(ballot.resealed(box, seal.public_key))
            insert_unordered(database, BOXES, kept, folder.entropy)
            insert_unordered(database, ARRIVED, Arrival(arrival(box)), folder.entropy)
    return batch.collected


def sheets(folder: RoundFolder, closing: str | None, *, without_unreadable: bool) -> tuple[Sheet, ...]:
    """All sheets in random order.

    Args:
        folder: The round's.
        closing: The closing code of a two-person round.
        without_unreadable: Leaves out the boxes that do not open, and throws away what came in an envelope and is no
            sheet, so that its place is free again.

    Raises:
        BadInputError: The closing code is another one.
        NotNowError: The closing code is needed; or an envelope held no sheet, or a box is damaged.
        WorkspaceError: The key or the file is damaged or missing, or no box opens.
        OSError: What is no sheet could not be thrown away.
    """
    tables = read_tables(folder.file)
    standing = round_file.standing(tables, folder.file)
    boxes, private = round_file.boxes(tables, folder.file), folder.private_key(closing)
    found = opened_boxes(boxes, private, standing.round, standing.seal.size)
    check_opened(found, standing.round, without_unreadable=without_unreadable)
    if found.empty:
        # What is damaged stays until the round is closed: it may be the key that is.
        with relied_on(), folder.changing() as database:
            database.table(BOXES).remove(doc_ids=found.empty)
    return tuple(sorted(found.sheets, key=lambda _: folder.entropy(8)))
