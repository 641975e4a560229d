"""Results: the released numbers of one sprint, with the sentences that belong to them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from tuiretro.core.calendar import span_words
from tuiretro.core.charts import STRIP_WIDTH, strip, strip_scale
from tuiretro.core.figures import FOOTER, TOO_FEW, band_words, mean_short, mean_words
from tuiretro.core.rules import COMMENTS_FROM
from tuiretro.model.summary import ItemLine, Summary, ThemeLine
from tuiretro.service.insight import Results, Scene, results
from tuiretro.service.workspace import Workspace
from tuiretro.tui.commands import EVERYWHERE, ON_RESULTS, bindings
from tuiretro.tui.screens.area import SAFETY, WIDE, Area
from tuiretro.tui.screens.messages import CommentsWanted, PlaysWanted, SprintWanted
from tuiretro.tui.text import ACT, DIM, HEAD, LOOK, cell, plain, right, row, stack
from tuiretro.tui.widgets.bars import TopLine
from tuiretro.tui.widgets.rows import RowList, entry, heading

EMPTY = Content("")
FIGURES = 2 + STRIP_WIDTH + 6 + 6 + 10
"""Cells of strip, mean, band and view with the space before them."""


class ResultsScreen(Area):
    """The results of the last round, and of those before it."""

    CSS_PATH = "detail.tcss"
    HERE = ON_RESULTS
    BINDINGS = bindings(*EVERYWHERE, *ON_RESULTS)
    NAME = "results"
    TITLE_WORD = "Results"

    def __init__(self) -> None:
        super().__init__()
        self.results: Results | None = None

    def compose(self) -> ComposeResult:
        top, rows, keys = super().compose()
        yield top
        yield rows
        yield Static(id="detail")
        yield keys

    @property
    def sprint(self) -> int | None:
        return self.results.summary.sprint.number if self.results is not None else None

    def show(self, scene: Scene, note: str) -> None:
        # Whoever reads an older sprint goes on reading it, until there is a newer one than all of them.
        before = (self.scene.team.id, self.scene.released) if self.scene is not None else None
        if before != (scene.team.id, scene.released):
            self.results = None
        super().show(scene, note)

    def load(self, workspace: Workspace, scene: Scene) -> object:
        shown = self.results.summary.sprint.number if self.results is not None else None
        return results(workspace, scene.team, shown) if scene.released else None

    def take(self, loaded: object) -> None:
        self.results = loaded if isinstance(loaded, Results) else None
        if self.is_mounted:
            self.paint()

    def paint_top(self, scene: Scene) -> None:
        if self.results is None:
            super().paint_top(scene)
            return
        summary = self.results.summary
        when = f"Sprint {summary.sprint.number}   {span_words(summary.sprint)}"
        title = (summary.title,) if self.size.width >= WIDE else ()
        words = (self.TITLE_WORD, summary.team, *((self.note,) if self.note else ()), *title)
        self.query_one(TopLine).say(words, f"{when}   {summary.answered}   k is {summary.minimum}")

    def paint_rows(self, scene: Scene) -> None:
        rows = self.query_one(RowList)
        if self.results is None:
            rows.fill([heading(plain(_empty(scene)))])
        else:
            rows.fill(result_rows(self.results, self.room))
        self.paint_detail()

    def on_option_list_option_highlighted(self, _: RowList.OptionHighlighted) -> None:
        self.paint_detail()
        self.paint_keys()

    def on_option_list_option_selected(self, _: RowList.OptionSelected) -> None:
        self.action_plays()

    def _chosen(self) -> ItemLine | None:
        chosen = self.query_one(RowList).chosen if self.is_mounted else None
        return next((line for line in _items(self.results) if line.id == chosen), None)

    def _book(self) -> str | None:
        """What has plays for the chosen item: its mistake, or the survey on safety."""
        line = self._chosen()
        if line is None or line.mistake is not None:
            return None if line is None else line.mistake
        safety = [theme for theme in self.results.summary.themes if theme.theme == SAFETY] if self.results else []
        return SAFETY if any(line in theme.items for theme in safety) else None

    def paint_detail(self) -> None:
        """The whole statement under the cursor, and what its figures mean."""
        line = self._chosen()
        words = _detail(line, self.results.summary) if line is not None and self.results is not None else EMPTY
        self.query_one("#detail", Static).update(stack(words, plain(FOOTER, DIM)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"older", "newer"}:
            return self._neighbour(-1 if action == "older" else 1) is not None
        if action == "plays":
            return self._book() is not None
        if action == "comments":
            return self.results is not None and bool(self.results.comments)
        return super().check_action(action, parameters)

    def _neighbour(self, step: int) -> int | None:
        if self.scene is None or self.results is None:
            return None
        shown = self.results.summary.sprint.number
        before, after = ([n for n in self.scene.released if n < shown], [n for n in self.scene.released if n > shown])
        return next(iter(before[-1:] if step < 0 else after[:1]), None)

    def action_older(self) -> None:
        """The sprint before."""
        self._want(self._neighbour(-1))

    def action_newer(self) -> None:
        """The sprint after."""
        self._want(self._neighbour(1))

    def _want(self, number: int | None) -> None:
        if number is not None:
            self.post_message(SprintWanted(number))

    def action_plays(self) -> None:
        """Asks for the plays of the mistake that the chosen item is about, or of the survey on safety."""
        line, book = self._chosen(), self._book()
        if line is not None and book is not None:
            self.post_message(PlaysWanted(book, line.id.rpartition(".")[2]))

    def action_comments(self) -> None:
        """Asks for the comments."""
        if self.results is not None:
            self.post_message(CommentsWanted(self.results))


def _empty(scene: Scene) -> str:
    if scene.released:
        return ""
    if scene.status is not None:
        return "No round has been closed yet. The open one shows nothing before it is closed; that is the promise."
    return "No round has been closed yet; 1 goes home, where o opens the first one."


def _items(results: Results | None) -> list[ItemLine]:
    return [line for theme in results.summary.themes for line in theme.items] if results else []


def result_rows(results: Results, width: int) -> list[Option]:
    """The page as rows of `width` cells."""
    summary = results.summary
    rows = [heading(_head(summary, width))]
    for theme in summary.themes:
        rows.append(heading(*_theme(theme, width)))
        rows += [entry(line.id, *_item(line, width)) for line in theme.items]
    return [*rows, heading(EMPTY, _comments(results))]


def _head(summary: Summary, width: int) -> Content:
    scale = row("  ", plain(strip_scale(), DIM), right("mean", 6, DIM), right("band", 6, DIM), plain("  view", DIM))
    columns = row(cell("agreeing is good: 5 is best", width - FIGURES, DIM), scale)
    if not summary.remark:
        return columns
    return stack(plain(summary.remark, DIM if summary.signal is None else LOOK), columns)


def _theme(theme: ThemeLine, width: int) -> list[Content]:
    name = cell(theme.theme.upper(), width - FIGURES, HEAD)
    if theme.mean is None or theme.band is None:
        return [EMPTY, row(name, "  ", plain(TOO_FEW, DIM))]
    lines = [EMPTY, row(name, *_figures(theme.mean, theme.band))]
    if theme.remark:
        lines.append(row("  ", plain(theme.remark, DIM if theme.signal is None else LOOK)))
    return lines


def _figures(mean: float, band: float) -> tuple[Content | str, ...]:
    return "  ", plain(strip(mean, band)), right(mean_short(mean), 6), right(band_words(band), 6)


def _item(line: ItemLine, width: int) -> list[Content]:
    name = cell(f"{'    ' if line.is_facet else '  '}{_statement(line, width - FIGURES - 4)}", width - FIGURES)
    if line.mean is None or line.band is None:
        return [row(name, "  ", plain(TOO_FEW, DIM))]
    view = plain(f"  {line.spread}" if line.spread else "", LOOK if line.spread == "split" else "")
    remarks = [row("     ", plain(remark, LOOK)) for remark in line.remarks]
    return [row(name, *_figures(line.mean, line.band), view), *remarks]


def _statement(line: ItemLine, room: int) -> str:
    """The statement itself where there is room for it, else its label."""
    said = line.text.removeprefix("In this sprint ")
    return said[0].upper() + said[1:] if len(said) <= room else line.short


def _detail(line: ItemLine, summary: Summary) -> Content:
    listed = [entry.title for entry in summary.focus if entry.mistake == line.mistake]
    about = [plain(f"On your focus list: {listed[0]}.", ACT)] if listed else []
    if line.mean is None or line.band is None:
        return stack(plain(line.text, HEAD), plain(TOO_FEW, DIM), *about)
    figures = f"{mean_words(line.mean)}, {band_words(line.band)}, {line.answered}. "
    return stack(plain(line.text, HEAD), plain(figures + " ".join(line.details), DIM), *about)


def _comments(results: Results) -> Content:
    if results.comments:
        return row(plain("COMMENTS  ", HEAD), plain(f"{COMMENTS_FROM} or more people wrote one; v reads them"))
    return row(
        plain("COMMENTS  ", HEAD),
        plain(f"none to show: they are kept only if {COMMENTS_FROM} or more people wrote one", DIM),
    )
