from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tuiretro.config import settings
from tuiretro.errors import BadInputError


def test_an_empty_environment_wishes_nothing() -> None:
    names = ("TUIRETRO_WORKSPACE", "TUIRETRO_CHECKS", "TUIRETRO_TEAM", "TUIRETRO_THEME", "TUIRETRO_TODAY")
    for environment in ({}, dict.fromkeys(names, "")):
        found = settings(environment)
        assert (found.workspace, found.team, found.pinned, found.dark) == (None, None, None, True)
        assert found.checks is None
        assert found.today() >= date(2026, 1, 1)
    assert settings({"TUIRETRO_CHECKS": " \t"}).checks is None


def test_what_the_environment_says_holds() -> None:
    found = settings(
        {
            "TUIRETRO_WORKSPACE": "/x",
            "TUIRETRO_CHECKS": "/y",
            "TUIRETRO_TEAM": "Atlas",
            "TUIRETRO_THEME": "light",
            "TUIRETRO_TODAY": "2026-11-23",
        }
    )
    assert (found.workspace, found.team, found.dark) == (Path("/x"), "Atlas", False)
    assert found.checks == Path("/y")
    assert found.today() == date(2026, 11, 23)


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(BadInputError, match="TUIRETRO_TODAY"):
        settings({"TUIRETRO_TODAY": "tomorrow"})


def test_a_theme_that_is_none_is_refused_only_by_who_asks_for_it() -> None:
    found = settings({"TUIRETRO_THEME": "neon"})
    with pytest.raises(BadInputError, match="can be 'dark' or 'light'"):
        _ = found.dark
