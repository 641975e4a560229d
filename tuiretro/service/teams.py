"""Setting up teams and changing them."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

from msgspec.structs import replace

from tuiretro.core.calendar import parse_every, sprint, sprint_on
from tuiretro.core.rules import MINIMUM_RANGE, PEOPLE_RANGE, PULSE_RANGE, STARS
from tuiretro.core.text import NAME_LIMIT, clean, typed
from tuiretro.errors import BadInputError, NotFoundError, NotNowError
from tuiretro.model.team import Cadence, Team
from tuiretro.service.workspace import Workspace


def add(
    workspace: Workspace, name: str, *, people: int, starts: date, every: str, minimum: int = MINIMUM_RANGE[0]
) -> Team:
    """Sets up a team.

    Args:
        workspace: Where it is kept.
        name: At most `NAME_LIMIT` characters, different from the other teams'.
        people: How many will be asked.
        starts: First day of sprint 1.
        every: Length of a sprint, like "2 weeks".
        minimum: k, the fewest answers to an item that are shown.

    Raises:
        BadInputError: A value is out of range, or the name is taken.
    """
    team = Team(
        id=workspace.new_id(),
        name=_free_name(workspace, name),
        people=_people(people, minimum),
        cadences=(Cadence(1, starts, parse_every(every)),),
        minimum=minimum,
    )
    workspace.store.save_team(team)
    return team


def pick(workspace: Workspace, name: str | None) -> Team:
    """The team of that name, or the only one.

    Raises:
        NotFoundError: No team, or none of that name.
        BadInputError: Several teams and no name.
    """
    teams = workspace.store.teams()
    if not teams:
        raise NotFoundError(
            "There is no team yet. Set one up with 'tuiretro team add NAME --people 7 --starts 2026-01-05 "
            "--every \"2 weeks\"', or open 'tuiretro' and follow the first screen."
        )
    if name is None:
        if len(teams) == 1:
            return teams[0]
        raise BadInputError(f"There are several teams; say which one with --team: {_names(teams)}.")
    wanted = clean(name).casefold()
    for team in teams:
        if team.name.casefold() == wanted:
            return team
    near = get_close_matches(wanted, [team.name.casefold() for team in teams], 1)
    hint = f" Did you mean '{next(t.name for t in teams if t.name.casefold() == near[0])}'?" if near else ""
    raise NotFoundError(f"There is no team '{clean(name)[:NAME_LIMIT]}'.{hint} The teams are: {_names(teams)}.")


def change(
    workspace: Workspace,
    team: Team,
    *,
    name: str | None = None,
    people: int | None = None,
    every: str | None = None,
    minimum: int | None = None,
    pulse: int | None = None,
    members_changed: bool = False,
) -> Team:
    """Changes a team's settings; None leaves one as it is.

    A new number of people, or `members_changed`, marks a team change: numbers are not compared across it.
    A new sprint length counts from the next sprint.

    Raises:
        BadInputError: A value is out of range, or the name is taken.
        NotNowError: A round is open and the change would touch what it promised.
    """
    promised = minimum is not None or people is not None
    if promised and workspace.store.round(team.id) is not None:
        raise NotNowError(
            "A round is open, and what its first screen promised stays fixed. Close or abandon it first; nothing was "
            "changed."
        )
    now = sprint_on(team, workspace.today())
    k = team.minimum if minimum is None else minimum
    changed = replace(
        team,
        name=team.name if name is None else _free_name(workspace, name, but=team.id),
        people=_people(team.people if people is None else people, k),
        minimum=k,
        pulse=team.pulse if pulse is None else _in_range(pulse, PULSE_RANGE, "number of items in a pulse"),
    )
    if members_changed or changed.people != team.people:
        changed = replace(changed, changes=tuple(sorted({*team.changes, now.number})))
    if every is not None:
        follower = sprint(team, now.number + 1)
        kept = tuple(cadence for cadence in team.cadences if cadence.sprint <= now.number)
        changed = replace(changed, cadences=(*kept, Cadence(follower.number, follower.starts, parse_every(every))))
    workspace.store.save_team(changed)
    return changed


def star(workspace: Workspace, team: Team, mistake: str) -> Team:
    """Stars a mistake as important to the team, or takes its star away.

    Raises:
        NotFoundError: No such mistake.
        BadInputError: Three are starred already.
    """
    workspace.library.mistake(mistake)
    if mistake in team.starred:
        starred = tuple(other for other in team.starred if other != mistake)
    elif len(team.starred) >= STARS:
        raise BadInputError(f"{STARS} mistakes are starred already; take one star away first. Nothing was changed.")
    else:
        starred = (*team.starred, mistake)
    changed = replace(team, starred=starred)
    workspace.store.save_team(changed)
    return changed


def _free_name(workspace: Workspace, name: str, but: str | None = None) -> str:
    kept = typed(name, "team name", limit=NAME_LIMIT)
    if any(team.name.casefold() == kept.casefold() and team.id != but for team in workspace.store.teams()):
        raise BadInputError(f"There is a team '{kept}' already; choose another name. Nothing was saved.")
    return kept


def _people(people: int, minimum: int) -> int:
    _in_range(minimum, MINIMUM_RANGE, "minimum (k)")
    if 0 < people < PEOPLE_RANGE[0]:
        raise BadInputError(
            f"A team of {people} cannot be protected: with fewer than {PEOPLE_RANGE[0]} answers everybody can work out "
            "who said what. Nothing was saved. Talk about the questions without numbers instead: "
            "'tuiretro survey show safety' prints them."
        )
    _in_range(people, PEOPLE_RANGE, "number of people")
    if people < minimum:
        raise BadInputError(
            f"With {people} people and a minimum of {minimum} nothing could ever be shown; choose a minimum of "
            f"{people} or less. Nothing was saved."
        )
    return people


def _in_range(value: int, allowed: tuple[int, int], what: str) -> int:
    if not allowed[0] <= value <= allowed[1]:
        raise BadInputError(f"The {what} is {value}; it can be {allowed[0]} to {allowed[1]}. Nothing was saved.")
    return value


def _names(teams: tuple[Team, ...]) -> str:
    return ", ".join(team.name for team in teams)
