"""What one person does alone at a retro: one statement to answer, or votes to give. Each returns a typed value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Middle
from textual.content import Content
from textual.widgets import Static

from tuiretro.core.promises import LEAVE, NOT_HIDDEN
from tuiretro.core.text import plural
from tuiretro.core.topics import Topic
from tuiretro.model.round import Round
from tuiretro.model.survey import LABELS
from tuiretro.tui.screens.closing import ClosesOnce
from tuiretro.tui.screens.dialogs import Confirm, keys
from tuiretro.tui.text import ACT, DIM, HEAD, LOOK, fold, plain, right, row, stack
from tuiretro.tui.widgets.bars import TopLine
from tuiretro.tui.widgets.rows import RowList, entry

EMPTY = Content("")
CANNOT_SAY = 0
SEEN_NOTES = 4
"""Notes of a topic that a voter sees."""


class QuestionScreen(ClosesOnce["int | None"]):
    """One statement; returns 1 to 5, 0 for "can't say", or nothing if the person leaves."""

    CSS_PATH = "answer.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *[
            Binding(str(n), f"answer({n})", LABELS[n], id=f"question-{n}", show=False, tooltip="Choose it.")
            for n in range(6)
        ],
        Binding("enter", "hand_in", "hand in", id="question-hand-in", tooltip="Hand the answer in."),
        Binding("escape", "leave", "leave", id="question-leave", tooltip="Leave; nothing is saved."),
    ]

    def __init__(self, asked: Round, team: str, warning: str) -> None:
        super().__init__()
        self.asked, self.team, self.warning = asked, team, warning
        self.value: int | None = None

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Middle(), Center():
            yield Static(id="statement", classes="column")
        yield Static(keys(("1-5", "answer"), ("0", "can't say"), ("enter", "hand in"), ("escape", "leave")), id="keys")

    def on_mount(self) -> None:
        self.paint()

    def on_resize(self, _: events.Resize) -> None:
        self.paint()

    def paint(self) -> None:
        """Shows the statement, what the keys mean, and what was chosen."""
        self.query_one(TopLine).say((self.asked.title, self.team), f"shown from {self.asked.minimum} answers on")
        lines = [plain(self.asked.questions[0].text, HEAD), EMPTY]
        for key in (1, 2, 3, 4, 5, CANNOT_SAY):
            chosen = self.value == key
            mark = plain("▸ ", ACT) if chosen else plain("  ")
            lines.append(row(mark, plain(f"{key}   ", ACT), plain(self.asked.labels[key], HEAD if chosen else "")))
        ready = "enter hands it in." if self.value is not None else f"Sealed until it is closed. {LEAVE}"
        said = [plain(self.warning, LOOK)] if self.warning else []
        lines += [EMPTY, *said, plain(ready, DIM), plain(NOT_HIDDEN, DIM)]
        self.query_one("#statement", Static).update(stack(*lines))

    def action_answer(self, value: int) -> None:
        """Chooses an answer; another key chooses another one."""
        self.value = value
        self.paint()

    def action_hand_in(self) -> None:
        """Closes with the answer, if there is one."""
        if self.value is not None:
            self.dismiss(self.value)

    def action_leave(self) -> None:
        """Closes with nothing."""
        self.dismiss(None)


@dataclass(frozen=True)
class Ballot:
    """What can be voted for."""

    topics: tuple[Topic, ...]
    budget: int
    several: bool


class BallotScreen(ClosesOnce["dict[int, int] | None"]):
    """One person's votes by topic; returns nothing if the person leaves. Shows nobody else's votes."""

    CSS_PATH = "room.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,plus,space", "give(1)", "a vote", id="ballot-give", tooltip="A vote for this topic."),
        Binding("left,minus", "give(-1)", "take back", id="ballot-take", tooltip="Take a vote back."),
        Binding("s", "hand_in", "hand in", id="ballot-hand-in", tooltip="Hand the votes in; they cannot be changed."),
        Binding("escape", "leave", "leave", id="ballot-leave", tooltip="Leave; nothing is saved."),
    ]

    def __init__(self, ballot: Ballot) -> None:
        super().__init__()
        self.ballot = ballot
        self.given: dict[int, int] = {}

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield RowList(id="rows", markup=False)
        yield Static(id="detail")
        yield Static(id="keys")

    def on_mount(self) -> None:
        self.paint()

    def on_resize(self, _: events.Resize) -> None:
        self.paint()

    @property
    def left(self) -> int:
        """Votes that this person has left."""
        return self.ballot.budget - sum(self.given.values())

    def paint(self) -> None:
        """Shows the topics with this person's votes."""
        self.query_one(TopLine).say(("Your votes",), f"{plural(self.left, 'vote')} left of {self.ballot.budget}")
        width = max(30, self.size.width - 3)
        self.query_one(RowList).fill([entry(str(topic.id), *self._lines(topic, width)) for topic in self.ballot.topics])
        line = keys(
            ("space", "a vote"), ("left", "take one back"), ("s", "hand in"), ("escape", "leave, nothing is saved")
        )
        self.query_one("#keys", Static).update(line)

    def _lines(self, topic: Topic, width: int) -> list[Content]:
        """All of the title: nobody can be asked what it says."""
        votes = self.given.get(topic.id, 0)
        first, *more = fold(topic.title, width - 10)
        mark = right("●" * votes if votes < 6 else f"{votes} ●", 6, ACT)
        return [row(mark, "  ", plain(first)), *(plain(f"        {line}") for line in more)]

    def on_option_list_option_highlighted(self, _: RowList.OptionHighlighted) -> None:
        """All of the topic under the cursor."""
        chosen = self.query_one(RowList).chosen
        topic = next((topic for topic in self.ballot.topics if str(topic.id) == chosen), None)
        notes = [plain(f"- {note.text}", DIM) for note in topic.notes] if topic is not None else []
        self.query_one("#detail", Static).update(stack(*notes[:SEEN_NOTES]))

    def on_option_list_option_selected(self, _: RowList.OptionSelected) -> None:
        self.action_give(1)

    def action_give(self, votes: int) -> None:
        """A vote more or less for the topic under the cursor, within the rules."""
        # Nobody votes where there is no topic, so that the cursor always stands on one.
        topic = int(self.query_one(RowList).chosen or 0)
        now = self.given.get(topic, 0) + votes
        most = now if self.ballot.several else 1
        if 0 <= now <= most and self.left - votes >= 0:
            self.given[topic] = now
            self.paint()

    def action_hand_in(self) -> None:
        """Closes with the votes; an empty ballot is none, and a key that is held down casts nothing."""
        given = {topic: votes for topic, votes in self.given.items() if votes}
        if given:
            self.dismiss(given)

    def action_leave(self) -> None:
        """Closes with nothing; asks first where votes were given."""
        if self.left == self.ballot.budget:
            self.dismiss(None)
            return
        question = Confirm("Leave without voting?", "The votes that you gave are forgotten.", "leave", "go on voting")
        self.app.push_screen(question, self._left)

    def _left(self, leaves: bool | None) -> None:  # noqa: FBT001 - a callback gets it by position
        if leaves:
            self.dismiss(None)
