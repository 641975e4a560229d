"""What becomes of each envelope of a batch, and of each box at closing: the rules that all stores keep.

Owns the rules alone; whoever asks changes the round. Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from msgspec import Struct

from tuiretro.core.codes import fingerprint
from tuiretro.errors import WorkspaceError
from tuiretro.model.envelope import Collected, Fate, Invitation, Seal
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


class Arrival(Struct, frozen=True):
    """That an envelope was collected: the SHA-256 of the box in it, from which neither can be found."""

    fingerprint: bytes


def arrival(box: bytes) -> bytes:
    """What is remembered of a box that came in an envelope, so that it is taken once."""
    from hashlib import sha256

    return sha256(b"tuiretro-arrival\0" + box).digest()


class Urn(Struct, frozen=True):
    """What an open round holds, as far as a batch depends on it."""

    round: Round
    seal: Seal
    carrying: Carrying
    arrived: frozenset[bytes]
    """Of the envelopes that were collected before: `arrival`."""
    codes: frozenset[bytes]
    """Fingerprints of the codes that are not used up."""

    @property
    def invitation(self) -> Invitation:
        """The round's own, as it is written for people elsewhere."""
        return Invitation(self.round, self.seal, self.carrying.public_key)


def look_through(sealed: Sequence[bytes], urn: Urn, *, is_last: bool) -> Batch:
    """Opens envelopes and says which can be taken.

    Args:
        sealed: The envelopes, in the order in which the one that comes first keeps a code.
        urn: The round.
        is_last: Whether they are taken also if those who are left could fill no other batch.

    Raises:
        NotNowError: With these, more would have been collected than there are people. How many sheets the round holds
            plays no part: whoever tries batches of different sizes would learn it.
    """
    found = _Found({}, set())
    fates = tuple(_fates(sealed, urn, found))
    minimum, left = urn.round.minimum, urn.round.people - len(urn.arrived)
    needed = max(0, minimum - len(found.taken))
    if needed:
        return Batch(Collected(fates, needed, left), (), ())
    if left < len(found.taken):
        raise too_many(urn.round.people)
    left = max(0, left - len(found.senders))
    if 0 < left < minimum and not is_last:
        return Batch(Collected(fates, 0, left, is_held=True), (), ())
    return Batch(Collected(fates, 0, left), tuple(found.taken), tuple(filter(None, found.taken.values())))


class _Found(Struct, frozen=True):
    taken: dict[bytes, bytes]
    """The fingerprint, empty without one, by the box."""
    senders: set[bytes]
    """One for each person, as far as can be told: whose code is used up is counted like the others, so that what is
    left tells nothing of it."""


def _fates(sealed: Sequence[bytes], urn: Urn, found: _Found) -> Iterator[Fate]:
    # Whatever reads a round imports this module.
    from tuiretro.core.invitation import digest

    own = digest(urn.invitation)
    for envelope in sealed:
        inside = ballot.disclose(envelope, urn.carrying.private_key, urn.seal.size)
        if inside is None:
            yield "altered"
        elif inside.answers != own:
            yield "misled" if inside.answers else "older"
        else:
            yield _fate(inside, urn, found)


def _fate(inside: ballot.Inside, urn: Urn, found: _Found) -> Fate:
    box, taken = inside.box, found.taken
    used = fingerprint(urn.round.id, inside.code) if urn.round.asks_code and inside.code else b""
    if box in taken:
        return "twice"
    if arrival(box) in urn.arrived:
        return "known"
    if urn.round.asks_code and not used:
        return "codeless"
    found.senders.add(used or box)
    if used and (used not in urn.codes or used in taken.values()):
        return "spent"
    taken[box] = used
    return "taken"


class Opened(Struct, frozen=True):
    """What was in the boxes of a round."""

    sheets: list[Sheet]
    empty: list[int]
    """The keys of boxes that came in envelopes and hold no sheet."""
    damaged: int
    """How many boxes do not open."""


def opened_boxes(boxes: Mapping[int, bytes], key: bytes, opened: Round, size: int) -> Opened:
    """Opens the boxes of a round.

    Args:
        boxes: As they are kept, by any key.
        key: The private one.
        opened: The round.
        size: Bytes of a box on its way.
    """
    found: dict[int, Sheet | None] = {}
    for at, box in boxes.items():
        with suppress(WorkspaceError):
            found[at] = ballot.open_kept(box, key, opened, size)
    sheets = [sheet for sheet in found.values() if sheet is not None]
    return Opened(sheets, [at for at, sheet in found.items() if sheet is None], len(boxes) - len(found))


def check_opened(found: Opened, opened: Round, *, without_unreadable: bool) -> None:
    """Makes sure that a round may be closed with what was in its boxes.

    Args:
        found: What was in them.
        opened: The round.
        without_unreadable: Whether somebody was told what is left out, and wants it.

    Raises:
        UnreadableError: Something is left out, or more sheets came than there are people, and nobody has agreed.
        WorkspaceError: Nothing opens: it is the key that is damaged, or of another round.
    """
    if found.damaged and not found.sheets:
        raise ballot.unopened()
    is_surplus = len(found.sheets) > opened.people
    if (found.empty or found.damaged or is_surplus) and not without_unreadable:
        raise unreadable(len(found.empty), found.damaged, opened.people if is_surplus else None)
