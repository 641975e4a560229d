"""Small screens on top of others: a question, a choice, a page to read, a form. Each returns a typed value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from tuiretro.tui.screens.closing import ClosesOnce
from tuiretro.tui.text import ACT, DIM, HEAD, LOOK, plain, row
from tuiretro.tui.widgets.rows import RowList, entry
from tuiretro.tui.widgets.typing import Line

R = TypeVar("R")
_CANCEL = Binding("escape", "cancel", "back", id="cancel", tooltip="Back, without doing anything.")


def keys(*pairs: tuple[str, str]) -> Content:
    """The line of keys at the foot of a dialog."""
    return Content("   ").join([row(plain(key, ACT), " ", plain(label, DIM)) for key, label in pairs])


LONG_LIST = 9
"""Rows of a choice that are seen at once."""
CHOICE_ROOM = 66
"""Cells of a row of a choice, beside a scroll bar; what is longer would take two rows."""


class Confirm(ModalScreen[bool], ClosesOnce[bool]):
    """A question with consequences: y or n."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes", id="yes", tooltip="Yes, do it."),
        Binding("n,escape", "answer(False)", "no", id="no", tooltip="No, leave everything as it is."),
    ]

    def __init__(self, question: str, explained: str | Content, yes: str, no: str = "no") -> None:
        super().__init__()
        self.question, self.explained, self.yes, self.no = question, explained, yes, no

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain(self.question, HEAD))
            told = self.explained
            yield Static(plain(told, lines=True) if isinstance(told, str) else told, classes="gap")
            yield Static(keys(("y", self.yes), ("n", self.no)), classes="gap")

    def action_answer(self, yes: bool) -> None:  # noqa: FBT001 - the binding hands the value over by position
        """Closes with the answer."""
        self.dismiss(yes)


class Reader(ModalScreen[None], ClosesOnce[None]):
    """A page to read."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss", "back", id="back", tooltip="Back to where you were."),
    ]

    def __init__(self, title: str, text: Content | Callable[[int], Content], back: str = "back") -> None:
        """A page that is not shown yet.

        Args:
            title: What it is about.
            text: The page, or what lays it out for so many cells of a line.
            back: What escape does.
        """
        super().__init__()
        self.heading, self.text, self.back = title, text, back

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield Static(plain(self.heading, HEAD))
            with VerticalScroll(classes="gap"):
                yield Static(self.text if isinstance(self.text, Content) else "", id="page-text")
            yield Static(keys(("up/down", "scroll"), ("escape", self.back)), classes="gap")

    def on_resize(self, _: events.Resize) -> None:
        # How wide the page is is known once it was laid out.
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        if callable(self.text):
            page = self.query_one("#page-text", Static)
            page.update(self.text(page.size.width))


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen, and what there is to know of it."""

    key: str
    line: Content
    detail: Content


class Chooser(ModalScreen[R | None], ClosesOnce[R | None], Generic[R]):
    """One of several, with details of the one under the cursor."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        _CANCEL,
        Binding("pagedown", "turn(1)", "more", id="more", tooltip="Scroll the details down.", priority=True),
        Binding("pageup", "turn(-1)", "back up", id="back-up", tooltip="Scroll the details up.", priority=True),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        verb: str,
        *,
        about: str = "",
        much: bool = False,
        back: str = "back",
        start: str | None = None,
    ) -> None:
        """A choice that is not shown yet.

        Args:
            title: What is chosen.
            choices: At least one.
            verb: What enter does.
            about: Said above the choices.
            much: The details are long, and get all the room there is.
            back: What escape does.
            start: Where the cursor stands first, by key; else on the first.
        """
        super().__init__()
        self.back, self.start = back, start
        self.heading, self.choices, self.verb, self.about, self.much = title, choices, verb, about, much

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall" if self.much else "dialog"):
            yield Static(plain(self.heading, HEAD))
            if self.about:
                yield Static(plain(self.about, DIM))
            yield RowList(*[entry(choice.key, choice.line) for choice in self.choices], markup=False, classes="gap")
            with VerticalScroll(id="choice", can_focus=False):
                # Given at once: an update before the first layout would leave it one row high.
                yield Static(self.choices[0].detail, id="choice-detail")
            yield Static(self.keys(self.choices[0].key), id="choice-keys", classes="gap")

    def on_mount(self) -> None:
        rows = self.query_one(RowList)
        rows.styles.height = min(len(self.choices), LONG_LIST)
        rows.highlighted = next((at for at, choice in enumerate(self.choices) if choice.key == self.start), 0)

    def keys(self, _: str) -> Content:
        """The keys that work on a choice, given by key."""
        return keys(("up/down", "look"), ("pagedown", "more"), ("enter", self.verb), ("escape", self.back))

    def picked(self, key: str) -> R:
        """What enter on a choice gives back."""
        raise NotImplementedError

    def action_turn(self, pages: int) -> None:
        """Scrolls the details."""
        detail = self.query_one("#choice", VerticalScroll)
        detail.scroll_relative(y=pages * (detail.size.height - 1), animate=False)

    def on_option_list_option_highlighted(self, event: RowList.OptionHighlighted) -> None:
        choice = self.choices[event.option_index]
        self.query_one("#choice-detail", Static).update(choice.detail)
        self.query_one("#choice-keys", Static).update(self.keys(choice.key))

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        self.dismiss(self.picked(self.choices[event.option_index].key))

    def action_cancel(self) -> None:
        """Closes with nothing."""
        self.dismiss(None)


class Choose(Chooser[str]):
    """One of several; returns its key."""

    def picked(self, key: str) -> str:
        return key


@dataclass(frozen=True)
class Field:
    """One line of a form."""

    key: str
    label: str
    value: str = ""
    hint: str = ""
    """Said beside the line; a line with a hint is short."""
    about: str = ""
    """What a refused value of this line is called: `BadInputError.about`."""
    is_hidden: bool = False
    """What is typed is not shown."""


class Form(ModalScreen[dict[str, str] | None], ClosesOnce[dict[str, str] | None]):
    """A few lines to fill in; returns them as typed, by key."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        _CANCEL,
        Binding("ctrl+s", "save", "save", id="save", tooltip="Save what is filled in."),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        about: str = "",
        refused: str = "",
        start: str = "",
        verb: str = "save",
    ) -> None:
        """A form that is not shown yet.

        Args:
            title: What is filled in.
            fields: Its lines.
            about: Said above them.
            refused: Why it is shown again.
            start: The line to start in, by key; else the first.
            verb: What enter on the last line does.
        """
        super().__init__()
        self.heading, self.fields, self.about, self.verb = title, fields, about, verb
        self.refused, self.start = refused, start
        self._is_entered = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain(self.heading, HEAD))
            if self.about:
                yield Static(plain(self.about, DIM))
            for field in self.fields:
                # A line beside no other needs no column of labels, and holds six words or a path without scrolling.
                kind = "field hinted" if field.hint else "field alone" if len(self.fields) == 1 else "field"
                with Horizontal(classes=kind):
                    yield Label(plain(field.label))
                    yield Line(field.value, id=field.key, is_hidden=field.is_hidden)
                    if field.hint:
                        yield Label(plain(field.hint, DIM), classes="hint")
            yield Static(plain(self.refused, LOOK), id="refused", classes="" if self.refused else "hidden")
            enter = f"next, then {self.verb}" if len(self.fields) > 1 else self.verb
            yield Static(keys(("enter", enter), ("ctrl+s", self.verb), ("escape", "back")), classes="gap")

    def on_mount(self) -> None:
        line = self.query_one(f"#{self.start or self.fields[0].key}", Input)
        line.focus()
        if self.refused:
            line.select_all()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """What is proposed in a line that somebody goes on to is replaced by typing; the first one is added to."""
        first, self._is_entered = not self._is_entered, True
        line = event.widget
        if isinstance(line, Line) and not first and line.value in {f.value for f in self.fields if f.key == line.id}:
            line.select_all()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == self.fields[-1].key:
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        """Closes with what was typed."""
        self.dismiss(self._typed())

    def _typed(self) -> dict[str, str]:
        return {field.key: self.query_one(f"#{field.key}", Input).value for field in self.fields}

    def action_cancel(self) -> None:
        """Closes with nothing, after a question if anything typed would be lost."""
        if not self.refused and self._typed() == {field.key: field.value for field in self.fields}:
            self.dismiss(None)
            return
        question = Confirm("Leave the form?", "What you typed is forgotten; nothing has been saved.", "leave", "go on")
        self.app.push_screen(question, self._left)

    def _left(self, leave: bool | None) -> None:  # noqa: FBT001 - what a dialog hands back
        if leave:
            self.dismiss(None)
