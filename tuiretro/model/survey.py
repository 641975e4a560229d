"""What is asked and suggested: mistakes with their items and plays, and surveys made of items."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

Theme = Literal["safety", "direction", "data", "trust", "quality", "people", "own"]
Effort = Literal["S", "M", "L"]
SurveyKind = Literal["items", "pulse", "process", "quarterly", "dive"]
Translations = dict[str, dict[str, int | str | tuple[str, ...]]]
"""Language to key to text: the same keys as the texts beside it, of which any may be missing.

A statement's translation may have a `version` of its own, so that mending it leaves other languages' lines alone."""

THEMES: tuple[Theme, ...] = ("safety", "direction", "data", "trust", "quality", "people", "own")
"""In the order in which they are asked and shown. 'own' holds a team's own questions."""

EFFORT_WORDS: dict[Effort, str] = {"S": "under two hours", "M": "under two days", "L": "a sprint"}

ENGLISH = "en"
"""The language of every text that stands in no table of translations."""

LABELS = ("can't say, or not this sprint", "strongly disagree", "disagree", "neither", "agree", "strongly agree")
"""What the keys 0 to 5 mean, in English."""

Wording = tuple[str, int, str]
"""Id, version and language of a question: what was asked in other words stands in another line."""


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
    language: str = ENGLISH
    """Of the round that asks it, with its labels, also where the statement itself is not translated.

    Another language starts a new line as well; English until a round asks it."""
    scale: tuple[str, ...] = LABELS[1:]
    """What 1 to 5 were called: people answer these words as much as the statement."""

    @property
    def is_headline(self) -> bool:
        """True for the item that stands for a whole mistake."""
        return self.mistake is not None and self.facet is None

    @property
    def wording(self) -> Wording:
        """What the values of one line have in common."""
        return self.id, self.version, self.language


class Headline(Struct, frozen=True, forbid_unknown_fields=True):
    """The item that stands for a whole mistake; its id is the mistake's."""

    TEXTS: ClassVar[tuple[str, ...]] = ("short", "text")

    id: str
    short: str
    text: str
    version: int = 1
    translations: Translations = {}


class Facet(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the three sides of a mistake, with its deep-dive item."""

    TEXTS: ClassVar[tuple[str, ...]] = ("title", "short", "text")

    id: str
    title: str
    short: str
    text: str
    version: int = 1
    translations: Translations = {}


class Play(Struct, frozen=True, forbid_unknown_fields=True):
    """A suggested action."""

    TEXTS: ClassVar[tuple[str, ...]] = ("title", "why", "first_step", "done_when", "watch")

    id: str
    facet: str
    """The side of the mistake that it is for; in a survey, the item."""
    title: str
    why: str
    first_step: str
    done_when: str
    watch: str
    """What to look at in two sprints to see whether it helped."""
    effort: Effort
    template: str | None = None
    alone: bool = False
    """One person can start it without anybody's time or leave; `effort` is still the whole team's."""
    translations: Translations = {}


class Mistake(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the mistakes: of the twenty, or of a team's own."""

    TEXTS: ClassVar[tuple[str, ...]] = ("title", "summary", "signs")

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
    translations: Translations = {}

    @property
    def question(self) -> Question:
        """The headline as a question."""
        h = self.headline
        return Question(h.id, h.short, h.text, self.theme, h.version, mistake=self.id)

    @property
    def deep_dive(self) -> tuple[Question, ...]:
        """The three facets as questions."""
        return tuple(
            Question(f"{self.id}.{f.id}", f.short, f.text, self.theme, f.version, self.id, f.id) for f in self.facets
        )

    @property
    def sides(self) -> dict[str, str]:
        """By question id: the facet that plays name, in the file's order."""
        return {f"{self.id}.{facet.id}": facet.id for facet in self.facets}

    def side_title(self, facet: str) -> str:
        """What one of this mistake's facets is called."""
        return next(f.title for f in self.facets if f.id == facet)


class SurveyItem(Struct, frozen=True, forbid_unknown_fields=True):
    """One statement of a survey of fixed items."""

    TEXTS: ClassVar[tuple[str, ...]] = ("short", "text")

    id: str
    short: str
    text: str
    theme: Theme = "own"
    core: bool = False
    """Asked in every pulse; only the safety survey may say so."""
    mistakes: tuple[str, ...] = ()
    """The mistakes that this item bears on."""
    version: int = 1
    translations: Translations = {}


class Survey(Struct, frozen=True, forbid_unknown_fields=True):
    """A survey file: fixed items and plays for them, or a rule that picks items from the catalogue."""

    TEXTS: ClassVar[tuple[str, ...]] = ("title", "intro")

    id: str
    title: str
    intro: str
    kind: SurveyKind = "items"
    points: int = len(LABELS) - 1
    """Of the scale: five, the only number that the rules of the numbers were measured for."""
    credits: tuple[str, ...] = ()
    items: tuple[SurveyItem, ...] = ()
    plays: tuple[Play, ...] = ()
    translations: Translations = {}

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

    @property
    def sides(self) -> dict[str, str]:
        """By question id: the item that plays name, in the file's order."""
        return {f"{self.id}.{item.id}": item.id for item in self.items}

    def side_title(self, item: str) -> str:
        """What one of this survey's items is called."""
        return next(i.short for i in self.items if i.id == item)


PlayBook = Mistake | Survey
"""Whatever has plays of its own."""


class Template(Struct, frozen=True):
    """A page to fill in, in Markdown."""

    id: str
    title: str
    about: str
    """What it is for, in one paragraph."""
    text: str
    """The whole page, title and all."""


class Language(Struct, frozen=True, forbid_unknown_fields=True):
    """A language that statements are asked in."""

    id: str
    """Its code, as in translations: 'es' or 'pt-br'."""
    title: str
    """Its name in itself."""
    name: str
    """Its name in English."""
    reviewed: bool
    """Whether somebody who grew up with it has read the bundled translations."""
    scale: Annotated[tuple[str, ...], Meta(min_length=5, max_length=5)] = LABELS[1:]
    """What the keys 1 to 5 mean."""
    unsure: str = LABELS[0]
    """What the key 0 means."""
    notice: str = ""
    """Said before the first statement, when the translation is not reviewed."""
    version: int = 1
    """Changed labels get a higher one: they start new lines, as a changed wording does."""

    @property
    def wording(self) -> str:
        """Its code, with the version of its labels after the first: 'fr', 'fr.2'."""
        return self.id if self.version == 1 else f"{self.id}.{self.version}"

    @property
    def labels(self) -> tuple[str, ...]:
        """What the keys 0 to 5 mean."""
        return (self.unsure, *self.scale)
