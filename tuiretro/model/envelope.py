"""What travels between two machines: an invitation goes out, envelopes come back."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from tuiretro.model.round import Round

BOX_SIZES = range(64, (1 << 16) + 1)
"""Bytes that a box may have."""


class Seal(Struct, frozen=True):
    """How the boxes of a round are made."""

    public_key: bytes
    size: Annotated[int, Meta(ge=BOX_SIZES.start, lt=BOX_SIZES.stop)]
    """Bytes of one box; kept so that a new version of tuiretro goes on making boxes of the same size."""


class Invitation(Struct, frozen=True, forbid_unknown_fields=True):
    """All that a person elsewhere needs to answer a round: no name of a team or person is in it."""

    round: Round
    seal: Seal
    carrying_key: bytes
    """Public; closes envelopes, which the collecting workspace alone can open."""


class Envelope(Struct, frozen=True):
    """A sealed box with its code, closed for the way."""

    round: str
    """The id of the round that it is for."""
    sealed: bytes


Fate = Literal["taken", "altered", "older", "misled", "twice", "known", "codeless", "spent"]
"""What became of an envelope: taken; opened by no key of the round; of the older form, which does not say what was
asked; an answer to an invitation that was changed; a copy of another one of the batch, or of one that was collected
before; without the code that the round asks for; or with one that is used up, or was never given out."""


class Collected(Struct, frozen=True):
    """What became of a batch of envelopes."""

    fates: tuple[Fate, ...]
    """One per envelope, in the order in which they were given. 'taken' means that it could be."""
    needed: int
    """How many more are needed before any is taken; 0 once they were."""
    left: int
    """How many people have sent nothing that was collected, with this batch if it is large enough. Sheets that were
    handed in here play no part."""
    is_held: bool = False
    """Whether nothing was taken because those who are left could fill no other batch."""
