"""Answering: what is promised, one statement at a time, a page to check, and a blank screen between two people.

Nothing typed here leaves memory before the sheet is handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Middle, Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import ContentSwitcher, Static

from tuiretro.core.promises import AUDIT, before_answering, check_sentence
from tuiretro.core.self_check_words import before_check
from tuiretro.core.sheets import COMMENT_HINT, Sitting
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import LABELS, Question
from tuiretro.tui.screens.closing import ClosesOnce
from tuiretro.tui.screens.comment import CommentScreen
from tuiretro.tui.screens.dialogs import Confirm, keys
from tuiretro.tui.screens.kept import kept_page, own_page
from tuiretro.tui.text import ACT, DIM, HEAD, LOOK, cell, plain, row, short, stack
from tuiretro.tui.widgets.bars import TopLine
from tuiretro.tui.widgets.rows import RowList, entry

EMPTY = Content("")


@dataclass(frozen=True)
class Asked:
    """What the screen needs to know of the round."""

    round: Round
    team: str
    last_time: str = ""
    """What became of last sprint's actions, in one sentence."""
    warning: str = ""
    """That the terminal is recorded, in one sentence."""
    check_words: str = ""
    """Of the invitation, where it is answered from one."""
    alone: bool = False
    """A self-check, which nobody else sees: no team, no sprint, no comment."""

    @property
    def heads(self) -> tuple[str, ...]:
        """What stands above the statements."""
        return (self.round.title, self.team, *(() if self.alone else (f"sprint {self.round.sprint}",)))

    @property
    def promises(self) -> tuple[str, ...]:
        """What is said before the first statement, one paragraph each."""
        if self.alone:
            return before_check(self.round, self.warning)
        return before_answering(self.round, self.warning, elsewhere=bool(self.check_words))


@dataclass(frozen=True)
class Handed:
    """One person's sheet, and the sitting it came from in case it has to be handed in again."""

    sitting: Sitting
    comment: str

    @property
    def sheet(self) -> Sheet:
        """The sheet to store."""
        return self.sitting.sheet(self.comment)


class AnswerScreen(ClosesOnce[Handed | None]):
    """One person's way from the promise to the sheet; returns nothing if the person leaves."""

    CSS_PATH = "answer.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        *[Binding(str(n), f"answer({n})", LABELS[n], id=f"answer-{n}", show=False) for n in range(6)],
        Binding("backspace,left", "back", "back", id="answer-back", tooltip="The statement before."),
        Binding("right", "forward", "forward", id="answer-forward", tooltip="The statement after."),
        Binding("enter", "start", "start", id="answer-start", tooltip="Begin."),
        Binding("s", "submit", "submit", id="answer-submit", tooltip="Hand the sheet in; it cannot be changed after."),
        Binding("c", "comment", "comment", id="answer-comment", tooltip="Write one comment, if you like."),
        Binding("i", "kept", "what is kept", id="answer-kept", tooltip="What is stored, and what cannot be hidden."),
        Binding("escape", "leave", "leave", id="answer-leave", tooltip="Leave; nothing is saved."),
    ]
    sitting: reactive[Sitting] = reactive(Sitting(()), init=False)

    def __init__(self, asked: Asked, start: Handed | Sitting, refused: str = "") -> None:
        super().__init__()
        self.asked, self.refused = asked, refused
        self.started = isinstance(start, Handed)
        self.comment = start.comment if isinstance(start, Handed) else ""
        self.set_reactive(AnswerScreen.sitting, start.sitting if isinstance(start, Handed) else start)

    def compose(self) -> ComposeResult:
        yield TopLine()
        with ContentSwitcher(initial="intro"):
            with VerticalScroll(id="intro"):
                yield Static(self._intro(), classes="column wide")
            with Middle(id="question"), Center():
                yield Static(id="statement", classes="column")
            with Vertical(id="review"):
                yield Static(id="review-head")
                yield RowList(id="answers", markup=False)
                yield Static(id="review-comment")
        yield Static(id="dots")
        yield Static(id="keys")

    def on_mount(self) -> None:
        self.paint()

    def on_resize(self, _: events.Resize) -> None:
        self.paint()

    def watch_sitting(self) -> None:
        self.paint()

    def paint(self) -> None:
        """Shows the place where the person is."""
        sitting = self.sitting
        question = sitting.current
        view = "intro" if not self.started else "question" if question is not None else "review"
        self.query_one(ContentSwitcher).current = view
        total = len(sitting.questions)
        at = (
            ""
            if not self.started
            else f"{sitting.at + 1} of {total}"
            if question is not None
            else "check"
            if self.asked.alone
            else "check and submit"
        )
        self.query_one(TopLine).say(self.asked.heads, at)
        if view == "question" and question is not None:
            self.query_one("#statement", Static).update(self._statement(question.text))
        elif view == "review":
            self._paint_review()
        dots = "●" * len(sitting.answers) + "○" * (total - len(sitting.answers))
        self.query_one("#dots", Static).update(plain(dots if self.started else "", ACT))
        self._paint_keys(view)
        if view == "review":
            self.query_one("#answers").focus()
        elif view == "intro":
            self.query_one("#intro").focus()
            # Whether there is more below is known once it was laid out.
            self.call_after_refresh(self._paint_keys, view)
        else:
            self.set_focus(None)

    def _intro(self) -> Content:
        warning = self.asked.warning
        first, *rest = self.asked.promises
        lines = [plain(first, HEAD), EMPTY]
        if self.asked.check_words:
            lines += [plain(check_sentence(self.asked.check_words, self.asked.round), ACT), EMPTY]
        for paragraph in rest:
            lines += [plain(paragraph, LOOK if paragraph == warning else ""), EMPTY]
        if self.asked.last_time:
            lines += [plain(self.asked.last_time, ACT), EMPTY]
        return stack(*lines)

    def _statement(self, text: str) -> Content:
        given = self.sitting.answers.get(self.sitting.current.id, -1) if self.sitting.current else -1
        chosen = 0 if given is None else given
        lines = [plain(text, HEAD), EMPTY, EMPTY]
        for value in (1, 2, 3, 4, 5, 0):
            if value == 0:
                lines.append(EMPTY)
            mark = "▸" if value == chosen else " "
            lines.append(row(f" {mark} ", plain(str(value), ACT), "   ", plain(self.asked.round.labels[value])))
        return stack(*lines)

    def _paint_review(self) -> None:
        labels = self.asked.round.labels
        ends = [f"{value or '-'}  {labels[value]}" for value in range(6)]
        width = self.size.width - 10 - max(map(cell_len, ends))
        rows = []
        for question in self.sitting.questions:
            value = self.sitting.answers[question.id]
            said = cell(_statement(question, width), width)
            rows.append(entry(question.id, row(said, " ", plain(ends[value or 0]))))
        self.query_one("#answers", RowList).fill(rows)
        head = (
            plain(self.refused, LOOK) if self.refused else plain("Is this what you meant? Nothing is saved yet.", HEAD)
        )
        self.query_one("#review-head", Static).update(head)
        if self.asked.alone:
            return
        comment = (
            short(f"Your comment: {self.comment}", self.size.width - 6) if self.comment else plain("No comment.", DIM)
        )
        self.query_one("#review-comment", Static).update(stack(comment, plain(COMMENT_HINT, DIM)))

    def _paint_keys(self, view: str) -> None:
        self.query_one("#keys", Static).update(self._keys(view))

    def _keys(self, view: str) -> Content:
        kept = ("i", "what is kept")
        if view == "intro":
            more = () if self.asked.alone else (("i", "all that is kept"),)
            below = (("up/down", "more below"),) if self.query_one("#intro").max_scroll_y else ()
            return keys(("enter", "start"), *more, *below, ("escape", "leave"))
        if view == "question":
            return keys(
                ("1-5", "answer"),
                ("0", "can't say"),
                ("backspace", "back"),
                kept,
                ("escape", "leave"),
            )
        if self.asked.alone:
            return keys(("s", "see your answers"), ("enter", "change"), kept, ("escape", "leave"))
        return keys(("s", "submit"), ("enter", "change"), ("c", "comment"), kept, ("escape", "leave"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Each key only where it means something; the palette not at all, so that no screenshot is a key away."""
        if action == "start":
            return not self.started
        if action in {"answer", "forward"}:
            return self.started and self.sitting.current is not None
        if action == "back":
            return self.started
        if action in {"submit", "comment"}:
            return self.started and self.sitting.current is None and not (self.asked.alone and action == "comment")
        return super().check_action(action, parameters)

    def action_start(self) -> None:
        """Goes to the first statement."""
        self.started = True
        self.paint()

    def action_answer(self, value: int) -> None:
        """Answers and moves on."""
        self.sitting = self.sitting.answer(value)

    def action_back(self) -> None:
        """One statement back."""
        self.sitting = self.sitting.back()

    def action_forward(self) -> None:
        """One statement on, if this one is answered."""
        self.sitting = self.sitting.forward()

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        self.sitting = self.sitting.go(event.option_index)

    def action_submit(self) -> None:
        """Hands the sheet in."""
        self.dismiss(Handed(self.sitting, self.comment))

    def action_comment(self) -> None:
        """Opens the comment."""
        self.app.push_screen(CommentScreen(self.comment), self._commented)

    def _commented(self, comment: str | None) -> None:
        if comment is not None:
            self.comment = comment
            self.paint()

    def action_kept(self) -> None:
        """Opens the long form of the promise."""
        page = own_page(self.asked.promises) if self.asked.alone else kept_page(after=(AUDIT, *self.asked.promises))
        self.app.push_screen(page)

    def action_leave(self) -> None:
        """Leaves, after a question if anything would be lost."""
        if not self.sitting.answers:
            self.dismiss(None)
            return
        question = Confirm("Leave?", "Your answers are forgotten; nothing has been saved.", "leave", "go on answering")
        self.app.push_screen(question, self._left)

    def _left(self, leave: bool | None) -> None:  # noqa: FBT001 - what a dialog hands back
        if leave:
            self.dismiss(None)


def _statement(question: Question, width: int) -> str:
    """The statement without the words that every one starts with; its label where that takes too much room."""
    said = question.text.removeprefix("In this sprint ")
    return said[:1].upper() + said[1:] if cell_len(said) <= width else question.short
