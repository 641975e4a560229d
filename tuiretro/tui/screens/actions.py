"""Actions: what the team took on, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from tuiretro.core.calendar import due_words
from tuiretro.core.follow_up import draw_words, explain
from tuiretro.core.followed import Followed
from tuiretro.core.telling import open_actions
from tuiretro.model.action import Action
from tuiretro.model.survey import Play
from tuiretro.service.actions import plays_of
from tuiretro.service.insight import Scene
from tuiretro.service.past import followed
from tuiretro.service.workspace import Workspace
from tuiretro.tui.commands import EVERYWHERE, EXPLAIN, ON_ACTIONS, Command, bindings
from tuiretro.tui.screens.area import Area
from tuiretro.tui.screens.messages import ActionAsked, PlayTemplateWanted
from tuiretro.tui.text import DIM, HEAD, LOOK, cell, plain, right, row, stack
from tuiretro.tui.widgets.rows import RowList, entry, heading

EMPTY = Content("")
MARKS = {"open": "◦", "done": "✓", "dropped": "-"}
OPEN_ONLY = frozenset({"done", "drop", "move"})


class ActionsScreen(Area):
    """The list of actions."""

    CSS_PATH = "detail.tcss"
    HERE = ON_ACTIONS
    BINDINGS = bindings(*EVERYWHERE, *ON_ACTIONS)
    NAME = "actions"
    EXPORTS_FIRST = "checklist"
    TITLE_WORD = "Actions"

    def compose(self) -> ComposeResult:
        top, rows, keys = super().compose()
        yield top
        yield rows
        yield Static(id="detail")
        yield keys

    def __init__(self) -> None:
        super().__init__()
        self.plays: Mapping[int, Play] = {}
        self.followed: Mapping[int, Followed] = {}
        self.is_explained = False

    def load(self, workspace: Workspace, scene: Scene) -> object:
        return plays_of(workspace, scene.team), followed(workspace, scene.team)

    def take(self, loaded: object) -> None:
        self.plays, self.followed = loaded if isinstance(loaded, tuple) else ({}, {})
        if self.is_mounted:
            self.paint()

    def paint_rows(self, scene: Scene) -> None:
        self.query_one(RowList).fill(action_rows(scene, self.room))
        self.paint_detail()

    def on_option_list_option_highlighted(self, _: RowList.OptionHighlighted) -> None:
        self.paint_detail()
        self.refresh_bindings()
        self.paint_keys()

    def paint_detail(self) -> None:
        """What to do first, when it is done, and what became of its topic; or the figures behind that."""
        action = self._chosen()
        lines: list[Content] = []
        if action is not None:
            told = self.followed.get(action.id)
            is_explained = self.is_explained and told is not None
            lines = _explained(action, told) if is_explained else _detail(action, self.plays.get(action.id), told)
        self.query_one("#detail", Static).update(stack(*lines))

    def _chosen(self) -> Action | None:
        if self.scene is None or not self.is_mounted:
            return None
        chosen = self.query_one(RowList).chosen
        return next((action for action in self.scene.actions if str(action.id) == chosen), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what fits the state of the chosen action."""
        chosen = self._chosen()
        if action in OPEN_ONLY:
            return chosen is not None and chosen.status == "open"
        if action == "reopen":
            return chosen is not None and chosen.status != "open"
        if action == "template":
            return chosen is not None and self._template(chosen) is not None
        if action == "explain":
            return chosen is not None and chosen.id in self.followed
        return super().check_action(action, parameters)

    def _template(self, action: Action) -> str | None:
        play = self.plays.get(action.id)
        return play.template if play is not None else None

    @property
    def commands(self) -> tuple[Command, ...]:
        words = {EXPLAIN.id: "less"} if self.is_explained else {}
        return tuple(replace(c, label=words.get(c.id, c.label)) for c in super().commands)

    def action_explain(self) -> None:
        """The figures behind what is said of its topic, or what is to be done."""
        self.is_explained = not self.is_explained
        self.paint_detail()
        self.paint_keys()

    def action_template(self) -> None:
        """Asks for the template of the play as a file."""
        chosen = self._chosen()
        play = self.plays.get(chosen.id) if chosen is not None else None
        if play is not None:
            self.post_message(PlayTemplateWanted(play))

    def action_new(self) -> None:
        """Asks for a new action."""
        self.post_message(ActionAsked("new", None))

    def action_done(self) -> None:
        """The chosen one is done."""
        self.post_message(ActionAsked("done", self._chosen()))

    def action_drop(self) -> None:
        """The chosen one is dropped."""
        self.post_message(ActionAsked("drop", self._chosen()))

    def action_move(self) -> None:
        """The chosen one moves."""
        self.post_message(ActionAsked("move", self._chosen()))

    def action_reopen(self) -> None:
        """The chosen one is open again."""
        self.post_message(ActionAsked("reopen", self._chosen()))


def _detail(action: Action, play: Play | None, told: Followed | None) -> list[Content]:
    lines = [plain(action.title)]
    if told is not None and told.follow_up.state != "none":
        news = LOOK if told.follow_up.state == "rose" else ""
        words = f"{told.follow_up.words} {told.follow_up.note}".rstrip()
        lines.append(row(plain("Since then: ", DIM), plain(words, news)))
    if play is not None and action.status == "open":
        lines.append(row(plain("First step: ", DIM), plain(play.first_step)))
    if action.done_when:
        lines.append(row(plain("Done when: ", DIM), plain(action.done_when)))
    if action.draw is not None:
        lines.append(plain(draw_words(action.draw), DIM))
    return lines


def _explained(action: Action, told: Followed | None) -> list[Content]:
    if told is None:
        return [plain(action.title)]
    steps = explain(action, told.follow_up, told.drawn)
    return [plain(action.title), plain(told.follow_up.words), *(plain(step, DIM) for step in steps)]


def action_rows(scene: Scene, width: int) -> list[Option]:
    """Open actions by due date, then the closed ones, newest first."""
    if not scene.actions:
        return [
            heading(
                plain("Nothing has been taken on yet."),
                EMPTY,
                plain("n writes down an action of your own; on Home, enter takes on a play of the focus list."),
            )
        ]
    waiting = open_actions(scene.actions)
    over: tuple[Action, ...] | list[Action] = sorted(
        (a for a in scene.actions if a.status != "open"), key=lambda a: (-(a.closed or 0), -a.id)
    )
    rows: list[Option] = []
    for title, actions in (("OPEN", waiting), ("DONE OR DROPPED", over)):
        if actions:
            head = row(
                cell(title, width - 41, HEAD), cell("owner", 14, DIM), right("taken on", 12, DIM), right("due", 15, DIM)
            )
            rows.append(heading(head))
            rows += [entry(str(action.id), _line(action, scene, width)) for action in actions]
            rows.append(heading(EMPTY))
    return rows


def _line(action: Action, scene: Scene, width: int) -> Content:
    name = cell(action.title, width - 45, "" if action.status == "open" else DIM)
    if action.status == "open":
        late = LOOK if action.due < scene.today else ""
        end = right(due_words(action.due, scene.today), 15, late)
    else:
        end = right(f"{action.status} s{action.closed}", 15, DIM)
    taken = right(f"sprint {action.sprint}", 12, DIM)
    return row(f"{MARKS[action.status]}  ", name, " ", cell(action.owner, 14), taken, end)
