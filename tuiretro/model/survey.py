"""What is asked and suggested: mistakes with their items and plays, and surveys made of items."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Theme = Literal["safety", "direction", "data", "trust", "quality", "people", "own"]
Effort = Literal["S", "M", "L"]
SurveyKind = Literal["items", "pulse", "process"]

THEMES: tuple[Theme, ...] = ("safety", "direction", "data", "trust", "quality", "people", "own")
"""In the order in which they are asked and shown. 'own' holds a team's own questions."""

EFFORT_WORDS: dict[Effort, str] = {"S": "under two hours", "M": "under two days", "L": "a sprint"}


class Question(Struct, frozen=True):
    """One item as it is asked in a round and remembered by the history."""

    id: str
    """Unique over everything: a mistake's id for its headline, else 'mistake.facet' or 'survey.item'."""
    short: str
    """The statement as a table label, at most 36 characters."""
    text: str
    """The statement; agreeing is always good."""
    theme: Theme
    version: int = 1
    """A changed wording gets a higher version and starts a new line in every chart."""
    mistake: str | None = None
    facet: str | None = None

    @property
    def is_headline(self) -> bool:
        """True for the item that stands for a whole mistake."""
        return self.mistake is not None and self.facet is None


class Headline(Struct, frozen=True, forbid_unknown_fields=True):
    """The item that stands for a whole mistake; its id is the mistake's."""

    id: str
    short: str
    text: str
    version: int = 1


class Facet(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the three sides of a mistake, with its deep-dive item."""

    id: str
    title: str
    short: str
    text: str
    version: int = 1


class Play(Struct, frozen=True, forbid_unknown_fields=True):
    """A suggested action."""

    id: str
    facet: str
    title: str
    why: str
    first_step: str
    done_when: str
    watch: str
    """What to look at in two sprints to see whether it helped."""
    effort: Effort
    template: str | None = None


class Mistake(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the twenty mistakes."""

    id: str
    number: int
    title: str
    theme: Theme
    summary: str
    signs: tuple[str, ...]
    source: str
    headline: Headline
    facets: tuple[Facet, ...]
    plays: tuple[Play, ...]

    @property
    def question(self) -> Question:
        """The headline as a question."""
        item = self.headline
        return Question(item.id, item.short, item.text, self.theme, item.version, mistake=self.id)

    @property
    def deep_dive(self) -> tuple[Question, ...]:
        """The three facets as questions."""
        return tuple(
            Question(f"{self.id}.{f.id}", f.short, f.text, self.theme, f.version, self.id, f.id) for f in self.facets
        )

    def facet_title(self, facet: str) -> str:
        """The title of one of this mistake's facets."""
        return next(f.title for f in self.facets if f.id == facet)


class SurveyItem(Struct, frozen=True, forbid_unknown_fields=True):
    """One statement of a survey of fixed items."""

    id: str
    short: str
    text: str
    theme: Theme = "own"
    core: bool = False
    """Asked in every pulse; only the safety survey may say so."""
    mistakes: tuple[str, ...] = ()
    """The mistakes that this item bears on."""
    version: int = 1


class Survey(Struct, frozen=True, forbid_unknown_fields=True):
    """A survey file: fixed items, or a rule that picks them from the catalogue."""

    id: str
    title: str
    intro: str
    kind: SurveyKind = "items"
    credits: tuple[str, ...] = ()
    items: tuple[SurveyItem, ...] = ()

    def question(self, item: SurveyItem) -> Question:
        """One of this survey's items as a question."""
        return Question(f"{self.id}.{item.id}", item.short, item.text, item.theme, item.version)

    @property
    def questions(self) -> tuple[Question, ...]:
        """All items as questions, in the file's order."""
        return tuple(self.question(item) for item in self.items)

    @property
    def core(self) -> tuple[Question, ...]:
        """The items that every pulse asks."""
        return tuple(self.question(item) for item in self.items if item.core)
