"""Setting up teams and changing them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from msgspec.structs import replace

from tuiretro.core.calendar import parse_every, sprint, sprint_on
from tuiretro.core.rules import MINIMUM_RANGE, PEOPLE_RANGE, PULSE_RANGE, STARS
from tuiretro.core.text import NAME_LIMIT, clean, name_key, typed
from tuiretro.errors import BadInputError, NotFoundError, NotNowError
from tuiretro.model.survey import ENGLISH, Language
from tuiretro.model.team import Cadence, Team
from tuiretro.service.workspace import Workspace

NAME, PEOPLE, FIRST_DAY, MINIMUM, LANGUAGE = "team name", "number of people", "first day", "minimum (k)", "language"
"""What a refused value was, for the sentence and for the form that it was typed into."""
YEARS_BACK, YEARS_AHEAD = 10, 2
"""How far the first day of a team may be from today: further is more likely a slip of the finger in the year. Back,
there is room for history to import."""


def every(workspace: Workspace) -> tuple[Team, ...]:
    """All teams, by name."""
    return workspace.store.teams()


def current(workspace: Workspace, team: Team) -> Team:
    """The team as it is now; somebody else may have changed it since it was read.

    Raises:
        NotFoundError: It is there no more.
    """
    return _of(workspace.store.teams(), team)


def add(
    workspace: Workspace,
    name: str,
    *,
    people: int,
    starts: date,
    every: str,
    minimum: int = MINIMUM_RANGE[0],
    language: str = ENGLISH,
) -> Team:
    """Sets up a team.

    Args:
        workspace: Where it is kept.
        name: At most `NAME_LIMIT` characters, different from the other teams'.
        people: How many will be asked.
        starts: First day of sprint 1.
        every: Length of a sprint, like "2 weeks".
        minimum: k, the fewest answers to an item that are shown.
        language: Of statements and plays, as a code or a name: "es", "Spanish", "Español".

    Raises:
        BadInputError: A value is out of range, or the name is taken.
    """
    fresh = Team(
        id=workspace.new_id(),
        name=typed(name, NAME, limit=NAME_LIMIT),
        people=_people(people, minimum),
        cadences=(Cadence(1, _near(starts, workspace.today()), parse_every(every)),),
        minimum=minimum,
        language=_language(workspace, language),
    )
    workspace.store.change_teams(lambda teams: (*teams, _free(fresh, teams)))
    return fresh


def pick(workspace: Workspace, name: str | None) -> Team:
    """The team of that name, or the only one.

    Raises:
        NotFoundError: No team, or none of that name.
        BadInputError: Several teams and no name.
    """
    teams = workspace.store.teams()
    if not teams:
        raise NotFoundError("There is no team yet.")
    if name is None:
        if len(teams) == 1:
            return teams[0]
        raise BadInputError(f"There are several teams; say which one with --team: {_names(teams)}.")
    wanted, keys = name_key(name), {name_key(team.name): team for team in teams}
    if wanted in keys:
        return keys[wanted]
    from difflib import get_close_matches

    near = get_close_matches(wanted, keys, 1)
    hint = f" Did you mean '{keys[near[0]].name}'?" if near else ""
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
    wanted: dict[str, object] = {
        "name": None if name is None else typed(name, NAME, limit=NAME_LIMIT),
        "people": people,
        "minimum": minimum,
        "pulse": None if pulse is None else _in_range(pulse, PULSE_RANGE, "number of items in a pulse"),
    }

    def apply(old: Team) -> Team:
        if {minimum, people} != {None} and workspace.store.round(old.id) is not None:
            raise NotNowError(
                "A round is open, and what its first screen promised stays fixed. Close or abandon it first; nothing "
                "was changed."
            )
        new = replace(old, **{key: value for key, value in wanted.items() if value is not None})
        _people(new.people, new.minimum)
        if members_changed or new.people != old.people:
            new = replace(new, changes=tuple(sorted({*old.changes, _next_asked(workspace, old)})))
        return new if every is None else _with_length(new, every, sprint_on(old, workspace.today()).number)

    return _change(workspace, team, apply)


def _next_asked(workspace: Workspace, team: Team) -> int:
    """The sprint that the next release will be of: what is released already was answered by the team before."""
    now = sprint_on(team, workspace.today()).number
    last = workspace.store.history(team.id).last
    return max(now, last.sprint.number + 1) if last is not None else now


def _with_length(team: Team, every: str, now: int) -> Team:
    following = sprint(team, now + 1)
    kept = tuple(cadence for cadence in team.cadences if cadence.sprint <= now)
    return replace(team, cadences=(*kept, Cadence(following.number, following.starts, parse_every(every))))


def move_start(workspace: Workspace, team: Team, starts: date) -> Team:
    """Gives sprint 1 another first day, as long as nothing has been asked; sprints then have the latest length.

    Raises:
        BadInputError: A day far from today.
        NotNowError: There are results, or a round is open.
    """

    def apply(old: Team) -> Team:
        if workspace.store.history(old.id).releases or workspace.store.round(old.id) is not None:
            raise NotNowError(
                "Sprints are counted from the first day, and results or an open round stand on it already. Nothing was "
                "changed."
            )
        # Nothing has been asked, so the length that counts now counts from sprint 1 on, and no change breaks a line.
        length = old.cadences[-1].every
        return replace(old, cadences=(Cadence(1, _near(starts, workspace.today()), length),), changes=())

    return _change(workspace, team, apply)


def languages(workspace: Workspace) -> tuple[Language, ...]:
    """The languages that a team may choose, by code; English is one of them."""
    return workspace.library.languages()


def speak(workspace: Workspace, team: Team, language: str) -> Team:
    """Gives a team another language, from the next round on: what is asked in other words starts a new line.

    Args:
        workspace: Where it is kept.
        team: Whose it is.
        language: A code or a name: "es", "Spanish", "Español".

    Raises:
        BadInputError: Nothing is translated into it.
    """
    code = _language(workspace, language)
    return _change(workspace, team, lambda old: replace(old, language=code))


def star(workspace: Workspace, team: Team, mistake: str) -> Team:
    """Stars a mistake as important to the team, or takes its star away.

    Raises:
        NotFoundError: No such mistake.
        BadInputError: Three are starred already.
    """
    if mistake not in team.starred:
        workspace.library.mistake(mistake)

    def apply(old: Team) -> Team:
        if mistake in old.starred:
            return replace(old, starred=tuple(other for other in old.starred if other != mistake))
        if len(old.starred) >= STARS:
            raise BadInputError(f"{STARS} mistakes are starred already; take one star away first. Nothing was changed.")
        return replace(old, starred=(*old.starred, mistake))

    return _change(workspace, team, apply)


def _change(workspace: Workspace, team: Team, apply: Callable[[Team], Team]) -> Team:
    """Changes a team as it is now, not as it was when somebody read it."""

    def among(teams: tuple[Team, ...]) -> tuple[Team, ...]:
        new = apply(_of(teams, team))
        others = tuple(other for other in teams if other.id != team.id)
        return (*others, _free(new, others))

    return _of(workspace.store.change_teams(among), team)


def _of(teams: tuple[Team, ...], team: Team) -> Team:
    for other in teams:
        if other.id == team.id:
            return other
    raise NotFoundError(f"The team '{team.name}' is there no more. Nothing was changed.")


def _free(team: Team, others: tuple[Team, ...]) -> Team:
    if any(name_key(other.name) == name_key(team.name) for other in others):
        raise BadInputError(f"There is a team '{team.name}' already; choose another name. Nothing was saved.", NAME)
    return team


def _near(starts: date, today: date) -> date:
    years = YEARS_BACK if starts < today else YEARS_AHEAD
    if abs(starts - today) > timedelta(days=years * 365):
        way = "before" if starts < today else "after"
        raise BadInputError(
            f"The first day {starts} is more than {years} years {way} today, {today}. Nothing was saved.", FIRST_DAY
        )
    return starts


def _people(people: int, minimum: int) -> int:
    _in_range(minimum, MINIMUM_RANGE, MINIMUM)
    if 0 < people < PEOPLE_RANGE[0]:
        raise BadInputError(
            f"A team of {people} cannot be protected: with fewer than {PEOPLE_RANGE[0]} answers everybody can work out "
            "who said what. Nothing was saved. Talk about the questions of the safety survey without numbers instead.",
            PEOPLE,
        )
    _in_range(people, PEOPLE_RANGE, PEOPLE)
    if people < minimum:
        raise BadInputError(
            f"With {people} people and a minimum of {minimum} nothing could ever be shown; choose a minimum of "
            f"{people} or less. Nothing was saved.",
            MINIMUM,
        )
    return people


def _in_range(value: int, allowed: tuple[int, int], what: str) -> int:
    if not allowed[0] <= value <= allowed[1]:
        raise BadInputError(f"The {what} is {value}; it can be {allowed[0]} to {allowed[1]}. Nothing was saved.", what)
    return value


def _language(workspace: Workspace, wanted: str) -> str:
    """The code of a language that there are labels or statements in."""
    try:
        return workspace.library.language(wanted).id
    except NotFoundError as error:
        raise BadInputError(f"{error.message} Nothing was saved.", LANGUAGE) from None


def _names(teams: tuple[Team, ...]) -> str:
    return ", ".join(team.name for team in teams)
