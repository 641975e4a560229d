"""Retro: the way into the room, and what earlier retros came to."""

from __future__ import annotations

from textual.content import Content
from textual.widgets.option_list import Option

from tuiretro.core.calendar import span_words
from tuiretro.core.text import plural
from tuiretro.model.retro import Retro
from tuiretro.service.insight import Scene
from tuiretro.service.retro_lobby import Lobby, lobby
from tuiretro.service.retros import stage_words
from tuiretro.service.workspace import Workspace
from tuiretro.tui.commands import EVERYWHERE, ON_RETRO, bindings
from tuiretro.tui.screens.area import Area
from tuiretro.tui.screens.messages import NoteWanted, RetroWanted
from tuiretro.tui.text import ACT, DIM, HEAD, cell, fold, plain, row
from tuiretro.tui.widgets.rows import RowList, entry, heading

EMPTY = Content("")
HOW = (
    "One keyboard, passed on or shared: welcome, last actions, results, notes, group, vote, discuss, decide, close. "
    "Everything is saved at once; leave and come back at any time."
)
UNREAD = "The retros could not be read; 'tuiretro doctor' says what is wrong and what to do."
NOW = "now"
"""The key of the row that begins a retro or goes on with it."""


class RetroScreen(Area):
    """The lobby."""

    HERE = ON_RETRO
    BINDINGS = bindings(*EVERYWHERE, *ON_RETRO)
    NAME = "retro"
    TITLE_WORD = "Retro"
    READS_MORE = True

    def __init__(self) -> None:
        super().__init__()
        self.lobby: Lobby | None = None
        self.is_read = False
        """Whether it was tried to read it."""

    def load(self, workspace: Workspace, scene: Scene) -> object:
        return lobby(workspace, scene.team)

    def take(self, loaded: object) -> None:
        before = (self.lobby, self.is_read)
        self.lobby, self.is_read = (loaded if isinstance(loaded, Lobby) else None), True
        if self.is_mounted and before != (self.lobby, True):
            self.paint()

    def show(self, scene: Scene, note: str) -> None:
        if self.scene is not None and self.scene.team.id != scene.team.id:
            self.lobby, self.is_read = None, False
        super().show(scene, note)

    def clear(self) -> None:
        self.lobby, self.is_read = None, False
        super().clear()

    def paint_rows(self, scene: Scene) -> None:
        rows = [heading(plain(UNREAD))] if self.is_read else []
        self.query_one(RowList).fill(rows if self.lobby is None else lobby_rows(self.lobby, scene, self.room))

    def on_option_list_option_selected(self, _: RowList.OptionSelected) -> None:
        self.action_enter()

    def on_option_list_option_highlighted(self, _: RowList.OptionHighlighted) -> None:
        self.paint_keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "enter":
            return self.is_mounted and self.query_one(RowList).chosen is not None
        return super().check_action(action, parameters)

    def action_enter(self) -> None:
        """Opens what the cursor is on."""
        chosen = self.query_one(RowList).chosen or NOW
        self.post_message(RetroWanted(None if chosen == NOW else int(chosen)))

    def action_note(self) -> None:
        """Asks for a note for the next retro."""
        self.post_message(NoteWanted())


def lobby_rows(lobby: Lobby, scene: Scene, width: int) -> list[Option]:
    """The retro of now, what waits for it, and earlier ones."""
    rows = [*_now(lobby, scene, width), heading(EMPTY, plain(_waiting(lobby.waiting), DIM))]
    if lobby.earlier:
        rows.append(heading(EMPTY, plain("EARLIER RETROS", HEAD)))
    return [*rows, *(entry(str(retro.sprint.number), _earlier(retro, width)) for retro in lobby.earlier)]


def _now(lobby: Lobby, scene: Scene, width: int) -> list[Option]:
    standing = lobby.standing
    if standing is not None:
        number = standing.retro.sprint.number
        said = f"Go on with the retro of sprint {number}: {stage_words(standing)}"
        return [
            heading(plain("UNDER WAY", HEAD)),
            entry(NOW, row(plain("▸  ", ACT), cell(said, width - 4))),
        ]
    if lobby.has_had:
        return [
            heading(
                plain(f"Sprint {lobby.upcoming.number} has had its retro. The next one comes with the next sprint.")
            )
        ]
    span = span_words(lobby.upcoming)
    return [
        heading(plain("No retro is under way."), EMPTY),
        entry(
            NOW, row(plain("▸  ", ACT), cell(f"Begin the retro of sprint {lobby.upcoming.number}, {span}", width - 4))
        ),
        heading(*(plain(f"   {line}", DIM) for line in fold(HOW, width - 5))),
    ]


def _waiting(notes: int) -> str:
    how = "n drops one, or 'tuiretro note' from any terminal."
    return (
        f"{plural(notes, 'note')} for the next retro so far; {how}"
        if notes
        else f"No note waits for the next retro yet; {how}"
    )


def _earlier(retro: Retro, width: int) -> Content:
    taken = plural(len(retro.base.decided), "action")
    said = f"Sprint {retro.sprint.number}, held on {retro.held}: {retro.format.title}, {taken} taken on"
    return row("   ", cell(said, width - 4))
