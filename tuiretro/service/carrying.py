"""Answering from another machine: an invitation goes out, envelopes come back. Nothing lies in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from os import urandom

from msgspec import Struct

from tuiretro.core.envelope import block, envelopes
from tuiretro.core.invitation import canonical, digest, encode_invitation
from tuiretro.core.sheets import checked
from tuiretro.core.text import plural
from tuiretro.errors import BadInputError, NotNowError, TuiretroError, WorkspaceError
from tuiretro.model.envelope import Envelope, Fate, Invitation
from tuiretro.model.round import Round, Sheet
from tuiretro.model.team import Team
from tuiretro.service.rounds import require_round
from tuiretro.service.workspace import Workspace

ONE_PERSON = (
    "Whoever carries an envelope knows who sent it, and in this round whoever holds the files can open it. Rounds with "
    "invitations are two-person ones for that reason; abandon this one and open one with a closing code, unless the "
    "team knows and agrees."
)
"""Why an invitation to a round without a closing code is asked for twice."""


def together(minimum: int) -> str:
    """What has to be known before the first envelope is collected."""
    return (
        f"Envelopes are taken {minimum} or more at a time, and later ones {minimum} or more again: collect once, when "
        "everybody has sent theirs. People who sit here can answer by the invitation as well."
    )


_WHY: dict[Fate, str] = {
    "altered": "was changed on the way, or made with another invitation",
    "older": "is from an older tuiretro, which does not say what it asked: update it there, and answer once more",
    "misled": "answers an invitation that was changed: send that person this round's own, and compare the check words",
    "twice": "is a copy of another one of this batch",
    "known": "was collected before",
    "codeless": "has no code, and this round asks for one",
    "spent": "has a code that is used up, or was never given out",
}
_CHECK_WORDS = 6
"""77 bits: nobody finds a second invitation with the same words while a round is open."""
_HIDDEN = frozenset({"taken", "spent"})
"""Fates that are told only once enough came: trying one code after the other would tell who has answered."""
_CUT = "is cut: its beginning or its end is missing"
_STRANGER = "is for another round: an earlier one, or another team's"
_NONE = "holds no envelope"


class Source(Struct, frozen=True):
    """Something that may hold envelopes."""

    name: str
    """For the sentence on those that are refused."""
    text: str
    fault: str = ""
    """Why it could not be looked through, as the end of a sentence that begins with its name."""


class Harvest(Struct, frozen=True):
    """What became of a batch."""

    taken: int
    """How many were stored."""
    minimum: int
    """How many must come together."""
    waiting: bool
    """Whether some wait for more: how many could be taken would tell whose code is used up."""
    refused: tuple[tuple[str, str], ...]
    """Where the others came from, and why they were refused."""
    left: int
    """How many people have sent nothing that was collected, counted by the envelopes alone."""
    is_held: bool = False
    """Whether nothing was taken because nobody has agreed that those who are left cannot be collected."""

    @property
    def is_over(self) -> bool:
        """Whether those who are left are too few for another batch."""
        return self.left < self.minimum

    @property
    def sentence(self) -> str:
        """What was done, and what to do."""
        if self.taken:
            return f"{plural(self.taken, 'envelope')} taken, shuffled among the boxes."
        if self.is_held:
            return _held(self.left, self.minimum)
        if not self.waiting:
            return "There was nothing to take. Nothing was changed."
        if self.is_over:
            return (
                f"Nothing was taken: envelopes are taken {self.minimum} or more at a time, and after those that were "
                "collected too few people are left, so waiting for more is no use. Whoever sent these can answer at "
                "this machine, with the code of the slip if the round asks for one; or close the round without them."
            )
        return (
            f"Nothing was taken: envelopes are taken {self.minimum} or more at a time, and here are fewer that could "
            "be. Wait for more and collect them together; where too few are left, people who sit here can answer by "
            "the invitation as well."
        )


def _held(left: int, minimum: int) -> str:
    """What has to be known before the last batch that can come is taken."""
    who = "one person" if left == 1 else f"{left} people"
    return (
        f"After this batch at most {who} could still send an envelope, and fewer than {minimum} together are never "
        "taken: they could only answer at this machine. Nothing was taken yet. Wait for theirs and collect all "
        "together, unless nobody else sends one."
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
    """Six words that are the same only for the same invitation: people compare them to know that nobody swapped it."""
    from tuiretro.store.locked_key import closing_words

    words = closing_words()
    digest = int.from_bytes(sha256(canonical(invitation)).digest(), "big")
    return " ".join(words[digest // len(words) ** place % len(words)] for place in range(_CHECK_WORDS))


def keepers_words(workspace: Workspace, team: Team) -> str:
    """The check words that the keeper of a closing code is shown with it; empty if they cannot be read."""
    # They are shown beside the closing code, which must not be lost because somebody else holds a lock.
    with suppress(TuiretroError):
        return check_words(workspace.store.invitation(team.id, require_round(workspace, team)))
    return ""


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
    return block(Envelope(opened.id, ballot.enclose(box, code, digest(invitation), invitation.carrying_key)))


def envelope_name(entropy: Callable[[int], bytes] = urandom) -> str:
    """A random name for the file of an envelope: it tells neither who nor when."""
    return f"envelope-{entropy(8).hex()}.txt"


def collect(
    workspace: Workspace, team: Team, opened: Round, sources: Sequence[Source], *, is_last: bool = False
) -> Harvest:
    """Takes the envelopes that can be taken, if there are at least k; the others are refused one by one.

    Args:
        workspace: Where the round is kept.
        team: Whose it is.
        opened: The round.
        sources: What people sent, in any order; names and order are forgotten before anything is stored.
        is_last: Whether somebody has agreed that those who are left may be too few for another batch.

    Raises:
        NotNowError: The round was closed meanwhile, no invitation was written, or more envelopes came than there are
            people.
    """
    found = [(source, [*envelopes(source.text)]) for source in sources]
    mine: list[tuple[str, Envelope]] = []
    refused: list[tuple[str, str]] = []
    for source, inside in found:
        if not inside:
            refused.append((source.name, source.fault or _NONE))
        for at, envelope in enumerate(inside, 1):
            name = source.name if len(inside) == 1 else f"{source.name}, number {at}"
            if envelope is not None and envelope.round == opened.id:
                mine.append((name, envelope))
            else:
                refused.append((name, _STRANGER if envelope else _CUT))
    if not mine:
        return Harvest(0, opened.minimum, waiting=False, refused=tuple(sorted(refused)), left=opened.people)
    workspace.random.shuffle(mine)
    collected = workspace.store.collect(team.id, opened, [envelope.sealed for _, envelope in mine], is_last=is_last)
    is_taken = not (collected.needed or collected.is_held)
    fates = [(name, fate) for (name, _), fate in zip(mine, collected.fates, strict=True)]
    refused += [(name, _WHY[fate]) for name, fate in fates if fate != "taken" and (fate not in _HIDDEN or is_taken)]
    return Harvest(
        Counter(collected.fates)["taken"] if is_taken else 0,
        opened.minimum,
        waiting=collected.needed > 0 and any(fate in _HIDDEN for _, fate in fates),
        refused=tuple(sorted(refused)),
        left=collected.left,
        is_held=collected.is_held,
    )
