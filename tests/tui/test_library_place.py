"""Where in the Library a key leads, followed without a screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.states import opened_at
from tuiretro.service.browsing import Browsing, browse
from tuiretro.tui.screens.library_place import Place, found_at, has_plays, opens, template_at


@pytest.fixture
def found(with_team: Path) -> Browsing:
    workspace = opened_at(with_team)
    return browse(workspace, workspace.store.teams()[0])


def test_up_from_the_plays_leads_to_the_row_that_they_lie_under() -> None:
    below = Place().into("mistake:no-pilot")
    assert below.inside == "no-pilot"
    assert below.is_below
    assert below.up() == (Place(), "mistake:no-pilot")


def test_up_from_a_search_leads_to_where_it_began() -> None:
    below = Place().into("plays:safety")
    assert below.search("play:safety.x").up() == (below, "play:safety.x")
    assert Place().search("").up() == (Place(), "")
    assert Place().search("").is_below
    assert not Place().is_below


@pytest.mark.parametrize(
    ("row", "lies", "at"),
    [
        ("mistake:no-pilot", Place(), "mistake:no-pilot"),
        ("template:data-card", Place(), "template:data-card"),
        ("survey:safety", Place(), "survey:safety"),
        ("item:safety.bad-news", Place(), "survey:safety"),
        ("play:no-pilot.x", Place("no-pilot", "mistake:no-pilot"), "play:no-pilot.x"),
        ("play:safety.x", Place("safety", "plays:safety"), "play:safety.x"),
    ],
)
def test_what_was_found_lies_where_the_list_has_it(row: str, lies: Place, at: str, found: Browsing) -> None:
    assert found_at(found, row) == (lies, at)


def test_only_what_leads_somewhere_opens(found: Browsing) -> None:
    play = found.plays["no-pilot"][0]
    for row in ("mistake:no-pilot", "survey:safety", "plays:safety", "template:data-card", f"play:no-pilot.{play.id}"):
        assert opens(found, row), row
    for row in (
        "survey:pulse",
        "mistake:no-such",
        "play:no-pilot.no-such",
        "template:no-such",
        "item:safety.doubts",
        "",
    ):
        assert not opens(found, row), row
        assert not has_plays(found, row), row
        assert template_at(found, row) is None, row
