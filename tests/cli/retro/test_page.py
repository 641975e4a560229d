"""Lines of a retro that commands and dialogue share, where bundled formats and whole rounds do not lead."""

from __future__ import annotations

from datetime import date

from tuiretro.cli.retro.agenda import arrived
from tuiretro.cli.retro.page import results
from tuiretro.model.board_format import Column, Format, Stage
from tuiretro.model.retro import Board, Retro
from tuiretro.model.summary import ItemLine, Summary, ThemeLine
from tuiretro.model.team import Cadence, Every, Sprint, Team
from tuiretro.service.retro_room import Room

SPRINT = Sprint(3, date(2026, 11, 16), date(2026, 11, 29))
TEAM = Team("a1b2c3d4e5f60718", "Atlas", 7, (Cadence(1, SPRINT.starts, Every(2, "week")),))


def test_a_stage_without_words_for_the_facilitator_says_only_where_the_team_is() -> None:
    layout = Format("ours", "Ours", "", (Column("one", "One"),), (Stage("notes", "writing", 1),))
    here = Room(TEAM, Retro(SPRINT, SPRINT.starts, layout, stage="notes"), Board(), (), ())
    assert list(arrived(here)) == ["Stage 1 of 1: writing, 1 minute."]


def test_results_are_read_out_without_what_too_few_answered() -> None:
    asked = ItemLine("a.b", "Bad news", "Bad news was welcome.", remarks=("Unusually low.", "Worth asking why."))
    rated = ThemeLine("data", 4.9, 0.52, remark="No unusual change.")
    found = Summary(
        team="Atlas",
        sprint=SPRINT,
        title="Pulse",
        answered="5 of 7 answered",
        nearly_all=False,
        minimum=4,
        sprints=3,
        signal=None,
        is_judged=False,
        remark="",
        mistakes=20,
        levels=0,
        themes=(ThemeLine("safety", items=(asked,)), rated),
        focus=(),
    )
    assert list(results(found)) == [
        "Pulse, sprint 3: 5 of 7 answered.",
        "Bad news: Unusually low. Worth asking why.",
        "data: 4.5 or higher ±0.5. No unusual change.",
    ]
