"""What there is to browse: the catalogue in a team's language, its plays best first, and what a search looks through.

Must not know how any of it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from tuiretro.core.plays import play_reference, suggest
from tuiretro.core.searching import Sought, sought
from tuiretro.model.survey import Facet, Headline, Mistake, Play, PlayBook, SurveyItem, Template
from tuiretro.model.team import Team
from tuiretro.service.catalogue import Catalogue, catalogue
from tuiretro.service.workspace import Workspace


class Browsing(Struct, frozen=True):
    """Everything that a team can look up."""

    catalogue: Catalogue
    plays: Mapping[str, tuple[Play, ...]]
    """By mistake or survey: its plays, the one to suggest first in front."""
    sought: tuple[Sought, ...]
    """Every mistake, play, template, survey and survey item by 'kind:id'."""

    def book(self, wanted: str) -> PlayBook | None:
        """The mistake or survey of that id."""
        return self.catalogue.mistake(wanted) or self.catalogue.survey(wanted)

    def play(self, reference: str) -> tuple[PlayBook, Play] | None:
        """The play 'mistake.play' or 'survey.play', with what it is a play of."""
        book_id, _, play_id = reference.partition(".")
        book = self.book(book_id)
        play = next((play for play in self.plays.get(book_id, ()) if play.id == play_id), None)
        return None if book is None or play is None else (book, play)

    def template_of(self, play: Play) -> Template | None:
        """The template that a play names, if it is there."""
        return self.catalogue.template(play.template) if play.template else None


def browse(workspace: Workspace, team: Team) -> Browsing:
    """Reads all that a team can look up."""
    found = catalogue(workspace, team.language)
    history, actions = workspace.store.history(team.id), workspace.store.actions(team.id)
    plays = {book.id: suggest(book, history, actions) for book in found.play_books}
    return Browsing(found, plays, tuple(_entries(found)))


def safety_statements(found: Catalogue, mistake: str) -> tuple[SurveyItem, ...]:
    """The safety statements that bear on a mistake, in the order of the surveys."""
    return tuple(
        item for survey in found.surveys for item in survey.items if item.theme == "safety" and mistake in item.mistakes
    )


def _entries(found: Catalogue) -> Iterator[Sought]:
    for mistake in found.mistakes:
        yield sought(f"mistake:{mistake.id}", mistake.title, _texts(mistake))
    for book in found.play_books:
        yield from (_play(found, book, play) for play in book.plays)
    for template in found.templates:
        yield sought(f"template:{template.id}", template.title, [template.id, template.about])
    for survey in found.offered:
        yield sought(f"survey:{survey.id}", survey.title, [survey.intro])
        yield from (sought(f"item:{survey.id}.{item.id}", item.short, [item.text]) for item in survey.items)


def _texts(mistake: Mistake) -> list[str]:
    asked: tuple[Headline | Facet, ...] = (mistake.headline, *mistake.facets)
    statements = [text for one in asked for text in (one.short, one.text)]
    plays = [text for play in mistake.plays for text in (play.title, play.why, play.template or "")]
    return [
        *plays,
        mistake.id,
        str(mistake.number),
        mistake.summary,
        *mistake.signs,
        *statements,
        *(facet.title for facet in mistake.facets),
    ]


def _play(found: Catalogue, book: PlayBook, play: Play) -> Sought:
    template = found.template(play.template) if play.template else None
    side = book.side_title(play.facet)
    texts = [play.id, play.why, play.first_step, play.done_when, play.watch, side, template.title if template else ""]
    return sought(f"play:{play_reference(book, play)}", play.title, texts)
