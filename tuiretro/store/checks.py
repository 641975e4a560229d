"""The questions of a retro while they are open: sealed answers, and what closing makes of them.

Owns the rules, so that all stores keep the same: values in, values out. Knows nothing of files and locks.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tuiretro.errors import WorkspaceError
from tuiretro.model.envelope import Seal
from tuiretro.model.release import Release
from tuiretro.model.retro import CheckId, Retro
from tuiretro.model.round import Round, Sheet
from tuiretro.store import ballot
from tuiretro.store.padlock import Padlock
from tuiretro.store.refusals import (
    asked_before,
    check_full,
    check_unreadable,
    of_another_sprint,
    retro_not_begun,
    retro_over,
    unanswered,
    unreadable_again,
)

Tally = Callable[[Round, tuple[Sheet, ...]], Release]


class OpenCheck(Struct, frozen=True):
    """A question that is being answered."""

    check: CheckId
    asked: Round
    seal: Seal
    private_key: bytes
    boxes: tuple[bytes, ...] = ()
    """Sealed answers, sorted by their bytes. These are as good as random, so their order says nothing of when."""


class Standing(Struct, frozen=True):
    """A retro and its open questions."""

    retro: Retro | None = None
    checks: tuple[OpenCheck, ...] = ()

    def check(self, wanted: CheckId) -> OpenCheck | None:
        """An open question; None if nobody has answered it, or it is closed."""
        return next((found for found in self.checks if found.check == wanted), None)


def changed(standing: Standing, sprint: int, retro: Retro | None) -> Standing:
    """Puts a retro into the place of another; one that is over, or gone, has no open questions.

    Raises:
        BadInputError: It is another sprint's, or could not be read again.
    """
    if retro is None:
        return Standing()
    if retro.sprint.number != sprint:
        raise of_another_sprint(sprint)
    return Standing(_readable(retro), () if retro.is_over else standing.checks)


def answered(standing: Standing, sprint: int, check: CheckId, asked: Round, sheet: Sheet) -> Standing:
    """Seals one more answer; the first one makes the key pair.

    Args:
        standing: The retro.
        sprint: The retro's.
        check: Which question.
        asked: It as a round of one statement; an earlier answer's counts.
        sheet: The answer.

    Raises:
        NotNowError: The retro has not begun or is over, the question was closed, or everybody has answered.
        BadInputError: The answer does not fit the question.
        WorkspaceError: The question's public key is damaged.
    """
    _going_on(standing, sprint, check)
    found = standing.check(check) or _opened(check, asked)
    if len(found.boxes) >= found.asked.people:
        raise check_full(found.asked.people)
    box = ballot.kept(sheet, found.asked, Padlock(found.seal.public_key), found.seal.size)
    return _with(standing, replace(found, boxes=tuple(sorted((*found.boxes, box)))))


def closed(standing: Standing, sprint: int, check: CheckId, tally: Tally, entropy: Callable[[int], bytes]) -> Standing:
    """Opens the answers to a question, in random order, and keeps what `tally` makes of them.

    Args:
        standing: The retro.
        sprint: The retro's.
        check: Which question.
        tally: Makes the release.
        entropy: Random bytes.

    Raises:
        NotNowError: The retro has not begun or is over, the question was closed, or nobody has answered it.
        BadInputError: What `tally` makes could not be read again.
        WorkspaceError: A box cannot be opened.
    """
    retro = _going_on(standing, sprint, check)
    found = standing.check(check)
    if found is None:
        raise unanswered()
    sheets = sorted(_sheets(found), key=lambda _: entropy(8))
    retro = replace(retro, released={**retro.released, check: tally(found.asked, tuple(sheets))})
    return replace(abandoned(standing, check), retro=_readable(retro))


def abandoned(standing: Standing, check: CheckId) -> Standing:
    """Forgets what was answered to a question."""
    return replace(standing, checks=tuple(found for found in standing.checks if found.check != check))


def begun(standing: Standing, sprint: int) -> Retro:
    """The retro, which must be there.

    Raises:
        NotNowError: It has not begun.
    """
    if standing.retro is None:
        raise retro_not_begun(sprint)
    return standing.retro


def _readable(retro: Retro) -> Retro:
    # Values are checked only when they are read, and a retro that cannot be read is lost.
    try:
        return msgspec.convert(msgspec.to_builtins(retro, str_keys=True), Retro, str_keys=True)
    except msgspec.ValidationError as error:
        raise unreadable_again(str(error)) from error


def _going_on(standing: Standing, sprint: int, check: CheckId) -> Retro:
    retro = begun(standing, sprint)
    if retro.is_over:
        raise retro_over(sprint)
    if check in retro.released:
        raise asked_before()
    return retro


def _opened(check: CheckId, asked: Round) -> OpenCheck:
    public, private = ballot.new_keys()
    return OpenCheck(check, asked, Seal(public, ballot.box_size(asked)), private)


def _with(standing: Standing, check: OpenCheck) -> Standing:
    others = abandoned(standing, check.check).checks
    return replace(standing, checks=tuple(sorted((*others, check), key=lambda found: found.check)))


def _sheets(found: OpenCheck) -> list[Sheet]:
    try:
        opened = [ballot.open_kept(box, found.private_key, found.asked, found.seal.size) for box in found.boxes]
    except WorkspaceError:
        opened = [None]
    sheets = [sheet for sheet in opened if sheet is not None]
    if len(sheets) < len(opened):
        # Outside the handler: the cause could carry a part of a sheet into a crash report.
        raise check_unreadable()
    return sheets
