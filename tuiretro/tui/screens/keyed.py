"""A screen whose keys come from the registry: palette and help ask it which commands are possible now."""

from __future__ import annotations

from textual.actions import parse
from textual.screen import Screen

from tuiretro.tui.commands import Command


class Keyed(Screen[None]):
    """A screen with commands."""

    @property
    def offered(self) -> tuple[Command, ...]:
        """Everything that this screen may offer, its own first."""
        raise NotImplementedError

    @property
    def commands(self) -> tuple[Command, ...]:
        """What can be done here and now, the screen's own first."""
        return tuple(command for command in self.offered if self._possible(command))

    def _possible(self, command: Command) -> bool:
        _, name, parameters = parse(command.action)
        judge = self.app if command.action.startswith("app.") else self
        return judge.check_action(name, parameters) is True
