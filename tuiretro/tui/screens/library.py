"""Library: the twenty mistakes, how a team notices them, what is asked and what can be done."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from tuiretro.model.survey import EFFORT_WORDS, THEMES, Mistake, Play, Survey
from tuiretro.service.catalogue import Catalogue, catalogue
from tuiretro.service.insight import Scene
from tuiretro.service.workspace import Workspace
from tuiretro.tui.commands import EVERYWHERE, ON_LIBRARY, bindings
from tuiretro.tui.screens.area import WIDE, Area
from tuiretro.tui.screens.messages import PlaysWanted, StarAsked
from tuiretro.tui.text import ACT, DIM, HEAD, LOOK, cell, plain, row, stack
from tuiretro.tui.widgets.bars import KeyLine, TopLine
from tuiretro.tui.widgets.rows import RowList, entry, heading

EMPTY = Content("")
LIST_NARROW, LIST_WIDE = 33, 50
"""Cells of a row of the list; the style sheet gives it three more for padding and scroll bar."""


class LibraryScreen(Area):
    """A list on the left, what is chosen on the right."""

    CSS_PATH = "library.tcss"
    HERE = ON_LIBRARY
    BINDINGS = bindings(*EVERYWHERE, *ON_LIBRARY)
    NAME = "library"
    TITLE_WORD = "Library"

    def __init__(self) -> None:
        super().__init__()
        self.catalogue: Catalogue | None = None
        self.reading: str | None = None
        """The key of the row whose page is shown."""

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Horizontal():
            yield RowList(id="rows", markup=False)
            with VerticalScroll(id="page"):
                yield Static(id="page-text")
        yield KeyLine()

    def load(self, workspace: Workspace, scene: Scene) -> object:
        return catalogue(workspace)

    def take(self, loaded: object) -> None:
        self.catalogue = loaded if isinstance(loaded, Catalogue) else None
        if self.is_mounted:
            self.paint()

    def paint_rows(self, scene: Scene) -> None:
        if self.catalogue is not None:
            width = LIST_WIDE if self.size.width >= WIDE else LIST_NARROW
            self.query_one(RowList).fill(library_rows(self.catalogue, scene, width))

    def on_option_list_option_highlighted(self, event: RowList.OptionHighlighted) -> None:
        self.query_one("#page-text", Static).update(self._page())
        if event.option_id != self.reading:
            self.reading = event.option_id
            self.query_one("#page", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()
        self.paint_keys()

    def on_option_list_option_selected(self, _: RowList.OptionSelected) -> None:
        self.action_plays()

    def _page(self) -> Content:
        chosen = self.query_one(RowList).chosen
        mistake = self._chosen()
        if mistake is not None:
            return mistake_page(mistake)
        surveys = self.catalogue.surveys if self.catalogue else ()
        survey = next((survey for survey in surveys if f"survey:{survey.id}" == chosen), None)
        return survey_page(survey) if survey is not None else EMPTY

    def _chosen(self) -> Mistake | None:
        if self.catalogue is None or not self.is_mounted:
            return None
        chosen = self.query_one(RowList).chosen
        return self.catalogue.mistake(chosen) if chosen else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Plays and stars belong to mistakes."""
        if action in {"plays", "star"}:
            return self._chosen() is not None
        return super().check_action(action, parameters)

    def action_plays(self) -> None:
        """Asks for the plays of the chosen mistake."""
        if (mistake := self._chosen()) is not None:
            self.post_message(PlaysWanted(mistake.id))

    def action_read_on(self) -> None:
        """Scrolls the page."""
        page = self.query_one("#page", VerticalScroll)
        if page.scroll_offset.y >= page.max_scroll_y:
            page.scroll_home(animate=False)
        else:
            page.scroll_page_down(animate=False)

    def action_star(self) -> None:
        """Asks for a star on the chosen mistake."""
        if (mistake := self._chosen()) is not None:
            self.post_message(StarAsked(mistake.id))


def library_rows(found: Catalogue, scene: Scene, width: int) -> list[Option]:
    """Surveys first, then the mistakes under their themes."""
    rows = [heading(plain("SURVEYS", HEAD))]
    rows += [entry(f"survey:{survey.id}", cell(f"   {survey.title}", width)) for survey in found.surveys]
    for theme in THEMES:
        group = [mistake for mistake in found.mistakes if mistake.theme == theme]
        if group:
            rows.append(heading(EMPTY, plain(theme.upper(), HEAD)))
            rows += [entry(mistake.id, _line(mistake, scene, width)) for mistake in group]
    if found.problems:
        rows.append(heading(EMPTY, *(plain(problem, LOOK) for problem in found.problems)))
    return rows


def _line(mistake: Mistake, scene: Scene, width: int) -> Content:
    star = "★" if mistake.id in scene.team.starred else " "
    return row(plain(star, ACT), cell(f"{mistake.number:>2} {mistake.title}", width - 1))


def mistake_page(mistake: Mistake) -> Content:
    """One mistake as a page to read."""
    lines = [plain(mistake.title, HEAD), EMPTY, plain(mistake.summary), EMPTY, plain("You may notice", HEAD)]
    lines += [plain(f"· {sign}") for sign in mistake.signs]
    lines += [EMPTY, plain("What is asked", HEAD), plain(mistake.headline.text)]
    lines += [row(plain(f"{facet.title}: ", DIM), plain(facet.text)) for facet in mistake.facets]
    lines += [EMPTY, plain("Plays", HEAD)]
    for play in mistake.plays:
        lines += [*play_lines(play, mistake.facet_title(play.facet)), EMPTY]
    return stack(*lines)


def play_lines(play: Play, facet: str) -> list[Content]:
    """One play as lines to read."""
    return [
        row(plain(f"{play.effort}  ", ACT), plain(play.title, HEAD)),
        plain(f"{EFFORT_WORDS[play.effort]} · {facet}", DIM),
        plain(play.why),
        row(plain("Tomorrow: ", DIM), plain(play.first_step)),
        row(plain("Done when: ", DIM), plain(play.done_when)),
        row(plain("In two sprints: ", DIM), plain(play.watch)),
    ]


def survey_page(survey: Survey) -> Content:
    """One survey as a page to read."""
    lines = [plain(survey.title, HEAD), EMPTY, plain(survey.intro), EMPTY]
    lines += [row(plain("● " if item.core else "· ", ACT), plain(item.text)) for item in survey.items]
    if survey.core:
        lines += [EMPTY, row(plain("● ", ACT), plain("is asked in every pulse", DIM))]
    if survey.credits:
        lines += [EMPTY, *(plain(credit, DIM) for credit in survey.credits)]
    return stack(*lines)
