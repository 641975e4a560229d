"""Whatever is refused of what somebody typed into a form says which line of the form it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest

from tests.service.conftest import STARTS, a_team
from tuiretro.core.calendar import LENGTH, parse_date, parse_every
from tuiretro.core.text import LINE_LIMIT, NAME_LIMIT
from tuiretro.errors import BadInputError
from tuiretro.model.team import Team
from tuiretro.service import actions, teams
from tuiretro.service.workspace import Workspace

Use = Callable[[Workspace, Team], object]
UNSHOWABLE = "a\x1b[2J"
FAR = STARTS + timedelta(days=800)
YESTERDAY = STARTS - timedelta(days=1)
TEAM: dict[str, object] = {"name": "Borealis", "people": 7, "starts": STARTS, "every": "2 weeks", "minimum": 4}


def setting_up(**typed: object) -> Use:
    return lambda workspace, _: teams.add(workspace, **{**TEAM, **typed})  # type: ignore[arg-type]  # as a form does


def changing(**typed: object) -> Use:
    return lambda workspace, team: teams.change(workspace, team, **typed)  # type: ignore[arg-type]  # the same


def moving_start(starts: date) -> Use:
    return lambda workspace, team: teams.move_start(workspace, team, starts)


def taking_on(title: str = "One", **typed: object) -> Use:
    return lambda workspace, team: actions.add(workspace, team, title, **typed)  # type: ignore[arg-type]  # the same


def moving(due: date | None = None, owner: str | None = None) -> Use:
    return lambda workspace, team: actions.move(workspace, team, 1, due=due, owner=owner)


def reading(text: str, what: str) -> Use:
    return lambda *_: parse_date(text, what)


REFUSED: Mapping[str, tuple[Use, str]] = {
    "no name": (setting_up(name=" "), teams.NAME),
    "a name too long": (setting_up(name="x" * (NAME_LIMIT + 1)), teams.NAME),
    "a name that cannot be shown": (setting_up(name=UNSHOWABLE), teams.NAME),
    "a name that is taken": (setting_up(name="aTLAS"), teams.NAME),
    "no people": (setting_up(people=0), teams.PEOPLE),
    "three people": (setting_up(people=3), teams.PEOPLE),
    "too many people": (setting_up(people=61), teams.PEOPLE),
    "a minimum too low": (setting_up(minimum=3), teams.MINIMUM),
    "a minimum too high": (setting_up(people=20, minimum=11), teams.MINIMUM),
    "a minimum above the people": (setting_up(people=5, minimum=6), teams.MINIMUM),
    "a length not understood": (setting_up(every="fortnight"), LENGTH),
    "a length of no days": (setting_up(every="0 days"), LENGTH),
    "a length of half a year": (setting_up(every="6 months"), LENGTH),
    "a first day far away": (setting_up(starts=FAR), teams.FIRST_DAY),
    "another first day far away": (moving_start(FAR), teams.FIRST_DAY),
    "a first day that is none": (reading("soon", teams.FIRST_DAY), teams.FIRST_DAY),
    "a first day out of range": (reading("1999-01-01", teams.FIRST_DAY), teams.FIRST_DAY),
    "no new name": (changing(name=""), teams.NAME),
    "a new name that is taken": (changing(name="Comet"), teams.NAME),
    "a new number of people": (changing(people=2), teams.PEOPLE),
    "a new number of people above all": (changing(people=100), teams.PEOPLE),
    "a new minimum": (changing(minimum=11), teams.MINIMUM),
    "a new minimum above the people": (changing(minimum=8), teams.MINIMUM),
    "a new length": (changing(every="x"), LENGTH),
    "a pulse too small": (changing(pulse=3), "number of items in a pulse"),
    "no title": (taking_on(""), actions.TITLE),
    "a title too long": (taking_on("x" * (LINE_LIMIT + 1)), actions.TITLE),
    "a title that cannot be shown": (taking_on(UNSHOWABLE), actions.TITLE),
    "an owner too long": (taking_on(owner="x" * (NAME_LIMIT + 1)), actions.OWNER),
    "an owner that cannot be shown": (taking_on(owner=UNSHOWABLE), actions.OWNER),
    "a due date in the past": (taking_on(due=YESTERDAY), actions.DUE),
    "a due date that is none": (reading("2026-02-30", actions.DUE), actions.DUE),
    "a done-when too long": (taking_on(done_when="x" * (2 * LINE_LIMIT + 1)), actions.DONE_WHEN),
    "a done-when that cannot be shown": (taking_on(done_when=UNSHOWABLE), actions.DONE_WHEN),
    "a later due date in the past": (moving(due=YESTERDAY), actions.DUE),
    "another owner too long": (moving(owner="x" * (NAME_LIMIT + 1)), actions.OWNER),
    "another owner that cannot be shown": (moving(owner=UNSHOWABLE), actions.OWNER),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_value_is_named_and_nothing_is_changed(workspace: Workspace, atlas: Team, case: str) -> None:
    use, about = REFUSED[case]
    comet = a_team(workspace, "Comet")
    action = actions.add(workspace, atlas, "One")

    with pytest.raises(BadInputError) as refused:
        use(workspace, atlas)

    assert refused.value.about == about
    assert refused.value.message.count("Nothing was saved.") == 1
    assert workspace.store.teams() == (atlas, comet)
    assert workspace.store.actions(atlas.id) == (action,)


def test_every_line_of_a_form_has_a_name_of_its_own() -> None:
    names = [teams.NAME, teams.PEOPLE, teams.FIRST_DAY, teams.MINIMUM, LENGTH]

    assert len(set(names)) == len(names)
    assert len({actions.TITLE, actions.OWNER, actions.DUE, actions.DONE_WHEN}) == 4


def test_a_length_is_called_as_the_form_calls_it() -> None:
    with pytest.raises(BadInputError, match=f"The {LENGTH} ") as refused:
        parse_every("two")

    assert refused.value.about == LENGTH
