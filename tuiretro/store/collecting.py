"""What becomes of each envelope of a batch, and of each box at closing: the rules that all stores keep.

Owns the rules alone; whoever asks changes the round. Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from tuiretro.core.codes import fingerprint
from tuiretro.errors import WorkspaceError
from tuiretro.model.envelope import Collected, Fate
from tuiretro.model.round import Round, Sheet
from tuiretro.store import ballot
from tuiretro.store.refusals import too_many, unreadable


class Carrying(Struct, frozen=True):
    """The key pair of a round's envelopes: it opens the envelope, and not the box in it."""

    public_key: bytes
    private_key: bytes


class Batch(Struct, frozen=True):
    """A batch that was looked through."""

    collected: Collected
    boxes: tuple[bytes, ...]
    """To be kept; none if too few came."""
    codes: tuple[bytes, ...]
    """Fingerprints of the codes that they use up."""


def look_through(
    sealed: Sequence[bytes],
    opened: Round,
    carrying: Carrying,
    size: int,
    known: Collection[bytes],
    codes: Collection[bytes],
) -> Batch:
    """Opens envelopes and says which can be taken.

    Args:
        sealed: The envelopes, in the order in which the one that comes first keeps a code.
        opened: The round.
        carrying: Its envelopes' keys.
        size: Bytes of one box.
        known: The boxes that the round holds.
        codes: Fingerprints of the codes that are not used up.

    Raises:
        NotNowError: More would be taken than people are left.
    """
    taken: dict[bytes, bytes] = {}
    fates = tuple(_fates(sealed, opened, carrying, size, frozenset(known), codes, taken))
    if len(known) + len(taken) > opened.people:
        raise too_many(len(known) + len(taken), opened.people)
    needed = max(0, opened.minimum - len(taken))
    if needed:
        return Batch(Collected(fates, needed), (), ())
    return Batch(Collected(fates, 0), tuple(taken), tuple(filter(None, taken.values())))


def _fates(
    sealed: Sequence[bytes],
    opened: Round,
    carrying: Carrying,
    size: int,
    known: frozenset[bytes],
    codes: Collection[bytes],
    taken: dict[bytes, bytes],
) -> Iterator[Fate]:
    """Fills `taken` with the fingerprint, empty without one, by the box."""
    for envelope in sealed:
        inside = ballot.disclose(envelope, carrying.private_key, size)
        if inside is None:
            yield "altered"
            continue
        code, box = inside
        used = fingerprint(opened.id, code) if opened.asks_code and code else b""
        if box in known or box in taken:
            yield "known" if box in known else "twice"
        elif opened.asks_code and not used:
            yield "codeless"
        elif used and (used not in codes or used in taken.values()):
            yield "spent"
        else:
            taken[box] = used
            yield "taken"


def opened_boxes(
    boxes: Collection[bytes], collected: Collection[bytes], key: bytes, opened: Round, *, without_unreadable: bool
) -> list[Sheet]:
    """The sheets of a round.

    Args:
        boxes: Sealed on this machine.
        collected: Come in envelopes.
        key: The private one.
        opened: The round.
        without_unreadable: Leaves out what came in an envelope and is no sheet.

    Raises:
        WorkspaceError: A box that was sealed here cannot be opened: something is damaged.
        NotNowError: What came in an envelope is no sheet.
    """
    sheets = [ballot.unseal(box, key, opened) for box in boxes]
    lost = 0
    for box in collected:
        try:
            sheets.append(ballot.unseal(box, key, opened))
        except WorkspaceError:
            lost += 1
    if lost and not without_unreadable:
        raise unreadable(lost)
    return sheets
