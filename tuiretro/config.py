"""What the environment says: where the workspace is, which team, which day, which theme.

Reads nothing but the mapping it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from tuiretro.errors import BadInputError

WORKSPACE, TEAM, TODAY, THEME = "TUIRETRO_WORKSPACE", "TUIRETRO_TEAM", "TUIRETRO_TODAY", "TUIRETRO_THEME"
CHECKS = "TUIRETRO_CHECKS"


class Settings(Struct, frozen=True):
    """The environment's wishes."""

    workspace: Path | None
    """None: the default folder, which `paths` knows."""
    team: str | None
    pinned: date | None
    """A day to take for today, for pictures and tests."""
    checks: Path | None
    """The folder for private self-checks; None: the default one, which `paths` knows."""
    theme: str
    """As it stands there; only what opens the app asks whether there is such a theme."""

    @property
    def dark(self) -> bool:
        """Which of the two themes.

        Raises:
            BadInputError: TUIRETRO_THEME is neither.
        """
        if self.theme not in {"dark", "light"}:
            raise BadInputError(f"{THEME} can be 'dark' or 'light'. Nothing was done.")
        return self.theme == "dark"

    def today(self) -> date:
        """Today in the people's own calendar, or the pinned day."""
        return self.pinned or date.today()  # noqa: DTZ011 - sprints are days of the people's own calendar


def settings(environment: Mapping[str, str]) -> Settings:
    """The settings that an environment holds.

    Raises:
        BadInputError: TUIRETRO_TODAY is not a date.
    """
    return Settings(
        workspace=Path(environment[WORKSPACE]) if environment.get(WORKSPACE) else None,
        team=environment.get(TEAM) or None,
        pinned=_day(environment.get(TODAY, "")),
        checks=Path(environment[CHECKS]) if environment.get(CHECKS, "").strip() else None,
        theme=environment.get(THEME) or "dark",
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    from tuiretro.core.calendar import parse_date

    return parse_date(text, f"date in {TODAY}")
