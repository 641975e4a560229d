"""Answering from another machine: an invitation goes out, envelopes come back. Nothing lies in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from os import urandom

from msgspec import Struct

from tuiretro.core.envelope import block, envelopes
from tuiretro.core.invitation import encode_invitation
from tuiretro.core.sheets import checked
from tuiretro.core.text import plural
from tuiretro.errors import BadInputError, NotNowError, WorkspaceError
from tuiretro.model.envelope import Envelope, Fate, Invitation
from tuiretro.model.round import Round, Sheet
from tuiretro.model.team import Team
from tuiretro.service.workspace import Workspace

ONE_PERSON = (
    "Whoever carries an envelope knows who sent it, and in this round whoever holds the files can open it. Rounds with "
    "invitations are two-person ones for that reason."
)
"""Why an invitation to a round without a closing code is asked for twice."""

_WHY: dict[Fate, str] = {
    "altered": "was changed on the way, or made with another invitation",
    "twice": "is a copy of another one of this batch",
    "known": "was collected before",
    "codeless": "has no code, and this round asks for one",
    "spent": "its code is used up, or was never given out",
}
_CHECK_WORDS = 4
"""51 bits: nobody finds a second invitation with the same words while a round is open."""
_CUT = "is cut: its beginning or its end is missing"
_STRANGER = "is for another round: an earlier one, or another team's"
_NONE = "holds no envelope"


class Source(Struct, frozen=True):
    """Something that may hold envelopes."""

    name: str
    """For the sentence on those that are refused."""
    text: str


class Harvest(Struct, frozen=True):
    """What became of a batch."""

    taken: int
    """How many were stored."""
    ready: int
    """How many could be, if there were enough."""
    needed: int
    """How many more must come before any is stored; 0 once they were."""
    refused: tuple[tuple[str, str], ...]
    """Where the others came from, and why they were refused."""

    @property
    def sentence(self) -> str:
        """What was done, and what to do."""
        if self.taken:
            return f"{plural(self.taken, 'envelope')} taken, shuffled among the boxes."
        if self.ready == 0:
            return "There was nothing to take. Nothing was changed."
        return (
            f"Nothing was taken: {plural(self.ready, 'envelope')} could be, and {self.needed} more must come with "
            f"{'it' if self.ready == 1 else 'them'}, so that no box can be told to be somebody's. Wait for more and "
            "collect them together."
        )


def invite(workspace: Workspace, team: Team, opened: Round, *, one_person: bool = False) -> tuple[str, str]:
    """The text of the invitation to an open round, each time the same, and its check words.

    Args:
        workspace: Where the round is kept.
        team: Whose it is.
        opened: The round.
        one_person: That the facilitator can open what teammates send is known and wanted.

    Raises:
        NotNowError: The round has no closing code and `one_person` is off, or it was closed meanwhile.
    """
    if not opened.two_person and not one_person:
        raise NotNowError(f"{ONE_PERSON} No invitation was written.")
    invitation = workspace.store.invitation(team.id, opened)
    return encode_invitation(invitation), check_words(invitation)


def check_words(invitation: Invitation) -> str:
    """Four words that are the same only for the same invitation: people compare them to know that nobody swapped it."""
    from tuiretro.store.locked_key import closing_words

    words = closing_words()
    digest = int.from_bytes(sha256(encode_invitation(invitation).encode()).digest(), "big")
    return " ".join(words[digest // len(words) ** place % len(words)] for place in range(_CHECK_WORDS))


def enclosed(invitation: Invitation, sheet: Sheet, code: str = "") -> str:
    """A sheet as an envelope to send; nothing is kept of it here.

    Args:
        invitation: What came with it.
        sheet: What the person answered.
        code: As `core.codes.read_code` gives it, if the round asks for one.

    Raises:
        BadInputError: The sheet does not fit the round, or the invitation's keys are damaged.
    """
    from tuiretro.store import ballot

    opened, seal = invitation.round, invitation.seal
    try:
        box = ballot.seal(checked(opened, sheet), opened, seal.public_key, seal.size)
    except WorkspaceError:
        # The key came with the invitation; no workspace here has a copy of it.
        raise BadInputError("The invitation's keys are damaged; ask for it again. Nothing was saved.") from None
    return block(Envelope(opened.id, ballot.enclose(box, code, invitation.carrying_key)))


def envelope_name(entropy: Callable[[int], bytes] = urandom) -> str:
    """A random name for the file of an envelope: it tells neither who nor when."""
    return f"envelope-{entropy(8).hex()}.txt"


def collect(workspace: Workspace, team: Team, opened: Round, sources: Sequence[Source]) -> Harvest:
    """Takes the envelopes that can be taken, if there are at least k; the others are refused one by one.

    Args:
        workspace: Where the round is kept.
        team: Whose it is.
        opened: The round.
        sources: What people sent, in any order; names and order are forgotten before anything is stored.

    Raises:
        NotNowError: The round was closed meanwhile, no invitation was written, or more sheets came than people can
            have sent.
    """
    found = [(name, envelope) for source in sources for name, envelope in _inside(source)]
    mine = [(name, envelope) for name, envelope in found if envelope is not None and envelope.round == opened.id]
    workspace.random.shuffle(mine)
    refused = [(name, _STRANGER if envelope else _CUT) for name, envelope in found if (name, envelope) not in mine]
    refused += [(source.name, _NONE) for source in sources if not any(_inside(source))]
    if not mine:
        return Harvest(0, 0, opened.minimum, tuple(refused))
    collected = workspace.store.collect(team.id, opened, [envelope.sealed for _, envelope in mine])
    refused += [(name, _WHY[fate]) for (name, _), fate in zip(mine, collected.fates, strict=True) if fate != "taken"]
    ready = Counter(collected.fates)["taken"]
    return Harvest(0 if collected.needed else ready, ready, collected.needed, tuple(sorted(refused)))


def _inside(source: Source) -> Iterator[tuple[str, Envelope | None]]:
    found = [*envelopes(source.text)]
    for at, envelope in enumerate(found, 1):
        yield (source.name if len(found) == 1 else f"{source.name}, number {at}"), envelope
