"""What the environment says: where the workspace is, which team, which day, which theme.

Reads nothing but the mapping it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tuiretro.errors import BadInputError

WORKSPACE, TEAM, TODAY, THEME = "TUIRETRO_WORKSPACE", "TUIRETRO_TEAM", "TUIRETRO_TODAY", "TUIRETRO_THEME"


@dataclass(frozen=True)
class Settings:
    """The environment's wishes."""

    workspace: Path | None
    """None: the default folder."""
    team: str | None
    pinned: date | None
    """A day to take for today, for pictures and tests."""
    dark: bool

    @property
    def place(self) -> Path:
        """The workspace's folder."""
        from tuiretro.paths import default_workspace

        return default_workspace() if self.workspace is None else self.workspace.expanduser()

    def today(self) -> date:
        """Today in the people's own calendar, or the pinned day."""
        return self.pinned or date.today()  # noqa: DTZ011 - sprints are days of the people's own calendar


def settings(environment: Mapping[str, str]) -> Settings:
    """The settings that an environment holds.

    Raises:
        BadInputError: TUIRETRO_TODAY is not a date, or TUIRETRO_THEME no theme.
    """
    theme = environment.get(THEME, "dark") or "dark"
    if theme not in {"dark", "light"}:
        raise BadInputError(f"{THEME} can be 'dark' or 'light'. Nothing was done.")
    return Settings(
        workspace=Path(environment[WORKSPACE]) if environment.get(WORKSPACE) else None,
        team=environment.get(TEAM) or None,
        pinned=_day(environment.get(TODAY, "")),
        dark=theme == "dark",
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    from tuiretro.core.calendar import parse_date

    return parse_date(text, f"date in {TODAY}")
