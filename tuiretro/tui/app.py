"""The app: which flow a key starts, and what is possible now. It knows no rules and draws nothing."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.screen import Screen
from textual.widgets import Input

from tuiretro.service.insight import Scene
from tuiretro.service.workspace import Workspace
from tuiretro.tui import flows
from tuiretro.tui.desk import DeskApp, Step
from tuiretro.tui.screens.area import TALL, WIDE, Area
from tuiretro.tui.screens.keyed import Keyed
from tuiretro.tui.themes import DARK, LIGHT
from tuiretro.tui.widgets.typing import Drawn

if TYPE_CHECKING:
    from tuiretro.tui.screens.messages import (
        ActionAsked,
        CommentsWanted,
        NoteWanted,
        PlayChosen,
        PlaysWanted,
        PlayTemplateWanted,
        RetroWanted,
        SprintWanted,
        StarAsked,
        TemplateWanted,
    )

LOOK_AGAIN = 5.0
"""Seconds between two looks at what other programs have changed; one look takes some ten milliseconds."""
PALETTE_ROWS = 8
"""Rows of a terminal from which the palette can be opened."""
NEEDS_ROUND = frozenset({"answer", "close_round", "abandon_round", "invite", "collect"})
"""Actions that mean something only while a round is open."""
NEEDS_TEAM = frozenset({"open_round", "export", "switch_team", "kept", "language", "self_check", *NEEDS_ROUND})


class TuiretroApp(DeskApp):
    """tuiretro on a terminal."""

    TITLE = "tuiretro"
    CSS_PATH = "tuiretro.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (TALL, "-tall")]  # noqa: RUF012 - as Textual declares it

    def __init__(
        self,
        workspace: Workspace,
        first: Scene | None,
        *,
        start: str = "home",
        dark: bool = True,
        note: str = "",
        demo: Callable[[Step], Workspace] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """An app that is not running yet.

        Args:
            workspace: What it works on.
            first: The scene to open with; None where there is no team yet.
            start: 'answer' opens the answering at once, 'retro' the retro.
            dark: Which of the two themes.
            note: Said beside the team's name.
            demo: Builds the demo, telling how far it is, and opens it; without it, no demo is offered.
            clock: Seconds that only ever go up, for the timers of a retro; never read for an answer.
        """
        super().__init__(workspace, first, note=note, demo=demo)
        self.clock = clock
        self.start = start
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name if dark else LIGHT.name

    def on_mount(self) -> None:
        self.set_interval(LOOK_AGAIN, self.look_again)
        if self.scene is None:
            self.run_worker(flows.teams.welcome(self), exit_on_error=False)
        elif self.start == "answer":
            self.action_answer()
        elif self.start == "retro":
            self.start_flow(flows.retro.enter)

    def on_ready(self) -> None:
        """The first frame is there: what was imported for it stays, so it is not looked through for garbage."""
        gc.freeze()
        gc.enable()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what is possible now; behind a dialog, or while somebody answers, no palette."""
        if action == "command_palette":
            # Textual's palette cannot turn pages in a window without a row for its list.
            return isinstance(self.screen, Keyed) and self.size.height >= PALETTE_ROWS
        if action == "quit":
            # While somebody answers, escape leaves, and asks first.
            return not self.is_answering
        if action == "leave_demo":
            return self.is_demo and self.offers_demo
        if self.scene is None:
            return action not in NEEDS_TEAM
        if action == "open_round":
            return self.scene.may_open
        if action == "export":
            return bool(self.scene.released)
        return action not in NEEDS_ROUND or self.scene.status is not None

    def on_command_palette_opened(self) -> None:
        """What is typed into Textual's own palette cannot steer the terminal either."""
        self.screen.query_one(Input).highlighter = Drawn()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every command that is possible on this screen, from the one registry."""
        if isinstance(screen, Keyed):
            for command in screen.commands:
                run = partial(self.run_action, command.action, screen)
                yield SystemCommand(command.title, f"{command.help} Key: {command.keycap}", run)

    def action_go(self, name: str) -> None:
        """Switches to a main screen."""
        self.go(name)

    def action_light_or_dark(self) -> None:
        """The other theme of the pair."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_help(self) -> None:
        """All keys that work here, and what the words mean."""
        from tuiretro.tui.screens.help import help_screen

        if isinstance(self.screen, Keyed):
            self.push_screen(help_screen(self.screen.commands))

    def action_answer(self) -> None:
        """Answering, one person after the other."""
        self.start_flow(flows.rounds.answer)

    def action_self_check(self) -> None:
        """A private self-check."""
        self.start_flow(flows.self_check.choose)

    def action_open_round(self) -> None:
        """Opens a round."""
        self.start_flow(flows.rounds.open_round)

    def action_close_round(self) -> None:
        """Closes the round."""
        self.start_flow(flows.rounds.close_round)

    def action_abandon_round(self) -> None:
        """Abandons the round."""
        self.start_flow(flows.rounds.abandon_round)

    def action_invite(self) -> None:
        """Writes an invitation."""
        self.start_flow(flows.carrying.invite)

    def action_collect(self) -> None:
        """Collects envelopes."""
        self.start_flow(flows.carrying.collect)

    def action_export(self) -> None:
        """Writes results for others, of the sprint that is looked at."""
        here = self.screen
        if isinstance(here, Area):
            self.start_flow(flows.exports.export, here.sprint, here.EXPORTS_FIRST)

    def action_kept(self) -> None:
        """What is kept, and what cannot be hidden."""
        self.start_flow(flows.rounds.kept)

    def action_switch_team(self) -> None:
        """Another team, or a new one."""
        self.start_flow(flows.teams.switch_team)

    def action_language(self) -> None:
        """The language in which the team is asked."""
        self.start_flow(flows.teams.language)

    def action_leave_demo(self) -> None:
        """Back to the own workspace."""
        self.start_flow(flows.teams.leave_demo)

    def on_plays_wanted(self, event: PlaysWanted) -> None:
        self.start_flow(flows.actions.take_on, event.book, event.side)

    def on_play_chosen(self, event: PlayChosen) -> None:
        self.start_flow(flows.actions.take_play_on, event.reference, event.play)

    def on_template_wanted(self, event: TemplateWanted) -> None:
        self.start_flow(flows.templates.write if event.write else flows.templates.read, event.template)

    def on_play_template_wanted(self, event: PlayTemplateWanted) -> None:
        self.start_flow(flows.templates.write_for, event.play)

    def on_action_asked(self, event: ActionAsked) -> None:
        self.start_flow(flows.actions.asked, event.what, event.action)

    def on_retro_wanted(self, event: RetroWanted) -> None:
        self.start_flow(flows.retro.enter, event.sprint)

    def on_note_wanted(self, _: NoteWanted) -> None:
        self.start_flow(flows.retro.drop_note)

    def on_star_asked(self, event: StarAsked) -> None:
        self.start_flow(flows.teams.star, event.mistake)

    def on_sprint_wanted(self, event: SprintWanted) -> None:
        self.start_flow(flows.rounds.show_sprint, event.number)

    def on_comments_wanted(self, event: CommentsWanted) -> None:
        self.start_flow(flows.rounds.comments, event.results)
