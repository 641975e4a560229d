"""What closing a round leaves: the numbers that may be shown, and nothing finer."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from tuiretro.model.survey import ENGLISH, Question, Wording
from tuiretro.model.team import Sprint

Spread = Literal["together", "mixed", "split"]


class ItemResult(Struct, frozen=True, gc=False):
    """One item's released numbers; all None when too few answered to show anything."""

    id: str
    version: int
    n: Annotated[int, Meta(ge=1)] | None = None
    mean: Annotated[float, Meta(ge=1, le=5)] | None = None
    """One decimal, end-coded: 1.5 means "1.5 or lower", 4.5 means "4.5 or higher"."""
    spread: Spread | None = None
    """From six answers on, unless the mean is near an end."""
    language: str = ENGLISH
    """Of the round that asked it, also where the statement itself was not translated."""

    @property
    def wording(self) -> Wording:
        """What the values of one line have in common."""
        return self.id, self.version, self.language


class Release(Struct, frozen=True):
    """The results of one round."""

    round: str
    """The round's random id: closing the same round twice cannot release it twice."""
    sprint: Sprint
    survey: str
    title: str
    people: Annotated[int, Meta(ge=1)]
    minimum: Annotated[int, Meta(ge=1)]
    answered: Annotated[int, Meta(ge=0)] | None
    """How many answered; None when exactly one is missing ("nearly all"), so that nobody looks for the one."""
    items: tuple[ItemResult, ...]
    starred: tuple[str, ...] = ()
    """The mistakes that were starred at closing."""
    comments: tuple[str, ...] = ()
    """Shuffled and unlinked; empty unless three or more people wrote one. On screen only, never in an export."""
    imported: Literal[True] | UnsetType = UNSET
    """Set where no round made it: it came from another tool's file. A file says nothing of it elsewhere, so that older
    histories keep their bytes; older programs pass it over."""

    @property
    def language(self) -> str:
        """In which language it was asked."""
        return self.items[0].language if self.items else ENGLISH

    def item(self, question: str) -> ItemResult | None:
        """The result of one question, if it was asked."""
        return next((item for item in self.items if item.id == question), None)


class History(Struct, frozen=True):
    """All releases of a team in the order of sprints, and the questions they asked."""

    releases: tuple[Release, ...] = ()
    questions: tuple[Question, ...] = ()
    """One per wording."""

    def question(self, item: ItemResult) -> Question:
        """The question as it was worded when `item` was asked."""
        return next(q for q in self.questions if q.wording == item.wording)

    @property
    def last(self) -> Release | None:
        """The newest release."""
        return self.releases[-1] if self.releases else None

    def of_sprint(self, number: int) -> Release | None:
        """The release of one sprint."""
        return next((r for r in self.releases if r.sprint.number == number), None)
