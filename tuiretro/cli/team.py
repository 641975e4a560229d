"""Commands that set up, show and change teams."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from tuiretro.cli.context import ABANDON, CLOSE, Call, formatted, hinted, placed, say
from tuiretro.core.rules import MINIMUM_RANGE, PULSE_RANGE

if TYPE_CHECKING:
    from tuiretro.model.team import Team


_LANGUAGE = "Of statements and plays, as far as they are translated: a code or a name, such as es or Spanish."


@click.group()
def team() -> None:
    """Set up, show and change teams."""


@team.command("add")
@click.argument("name")
@click.option("--people", type=int, required=True, metavar="N", help="How many will be asked.")
@click.option(
    "--starts", required=True, metavar="DATE", help="First day of sprint 1, as 2026-11-23; up to 10 years back."
)
@click.option("--every", required=True, metavar="LENGTH", help='Length of a sprint: "2 weeks", "10 days", "1 month".')
@click.option(
    "--minimum",
    type=int,
    default=MINIMUM_RANGE[0],
    show_default=True,
    metavar="K",
    help="Fewer answers to an item than this are never shown.",
)
@click.option("--language", default="en", metavar="CODE", help=_LANGUAGE)
@placed
def add(call: Call, name: str, *, people: int, starts: str, every: str, minimum: int, language: str) -> None:
    """Set up a team."""
    from tuiretro.core.calendar import parse_date
    from tuiretro.service import teams

    first = parse_date(starts, "start")
    made = teams.add(call.workspace, name, people=people, starts=first, every=every, minimum=minimum, language=language)
    say(
        f"Saved. {made.name} has {made.people} people and sprints of {made.cadences[0].every} from {first} on; an item "
        f"with fewer than {made.minimum} answers is never shown. Next: 'tuiretro round open'."
    )


def described(call: Call, of: Team) -> dict[str, object]:
    """A team with its sprint of today, under the keys of the JSON."""
    from tuiretro.core.calendar import sprint_on

    now = sprint_on(of, call.today())
    return {
        "name": of.name,
        "people": of.people,
        "minimum": of.minimum,
        "pulse": of.pulse,
        "language": of.language,
        "every": str(of.cadences[-1].every),
        "sprint": {"number": now.number, "starts": str(now.starts), "ends": str(now.ends)},
        "starred": list(of.starred),
        "team_changes": list(of.changes),
    }


@team.command("list")
@formatted("text", "md", "json", "csv")
@placed
def list_(call: Call, form: str) -> None:
    """List the teams."""
    from tuiretro.cli.tables import Table, render
    from tuiretro.core.calendar import sprint_on
    from tuiretro.service import teams

    found, day = teams.every(call.workspace), call.today()
    heads = ("team", "people", "k", "every", "sprint", "language")
    rows = [
        (t.name, t.people, t.minimum, str(t.cadences[-1].every), sprint_on(t, day).number, t.language) for t in found
    ]
    empty = "There is no team yet. Set one up with 'tuiretro team add'."
    table = Table(heads, rows, empty)
    click.echo(render(form, table, {"teams": [described(call, t) for t in found]}))


@team.command()
@formatted("text", "md", "json", "csv")
@placed
def show(call: Call, form: str) -> None:
    """Show a team's settings and its sprint of today."""
    from tuiretro.cli.tables import Table, render
    from tuiretro.core.calendar import left_words, span_words, sprint_on

    of, day = call.team, call.today()
    now = sprint_on(of, day)
    rows = (
        ("team", of.name),
        ("people", str(of.people)),
        ("minimum (k)", str(of.minimum)),
        ("items in a pulse", str(of.pulse)),
        ("language", of.language),
        ("sprint length", str(of.cadences[-1].every)),
        ("sprint today", f"{now.number}, {span_words(now)}, {left_words(now, day)}"),
        ("starred mistakes", ", ".join(of.starred) or "none"),
        ("team changes", ", ".join(f"sprint {number}" for number in of.changes) or "none"),
    )
    click.echo(render(form, Table(("setting", "value"), rows), {"team": described(call, of)}))


class _Settings(TypedDict):
    """What can be changed together; None leaves it as it is."""

    name: str | None
    people: int | None
    every: str | None
    minimum: int | None
    pulse: int | None


@team.command()
@click.option("--name", metavar="NAME", help="Another name.")
@click.option("--people", type=int, metavar="N", help="How many are asked from now on; marks a team change.")
@click.option("--every", metavar="LENGTH", help="Length of a sprint, from the next sprint on.")
@click.option("--minimum", type=int, metavar="K", help="Fewer answers than this are not shown; for rounds to come.")
@click.option(
    "--pulse", type=int, metavar="N", help=f"How many items a pulse asks, {PULSE_RANGE[0]} to {PULSE_RANGE[1]}."
)
@click.option("--language", metavar="CODE", help=f"{_LANGUAGE} From the next round on; it starts new lines in charts.")
@click.option("--starts", metavar="DATE", help="Another first day of sprint 1; only before anything was asked.")
@click.option("--members-changed", is_flag=True, help="People joined or left: nothing is compared across this sprint.")
@placed
def change(
    call: Call, *, language: str | None, starts: str | None, members_changed: bool, **settings: Unpack[_Settings]
) -> None:
    """Change a team's settings."""
    others = members_changed or any(value is not None for value in settings.values())
    if not others and starts is None and language is None:
        raise click.UsageError("Say what to change, for example --people 9; nothing was changed.")
    if starts is not None and (others or language is not None):
        raise click.UsageError("--starts moves every sprint, so it stands alone; nothing was changed.")
    if language is not None and others:
        raise click.UsageError("--language changes what is asked, so it stands alone; nothing was changed.")
    from tuiretro.core.calendar import parse_date
    from tuiretro.errors import NotNowError
    from tuiretro.service import teams

    of = call.team
    with hinted(NotNowError, CLOSE, ABANDON):
        if starts is not None:
            changed = teams.move_start(call.workspace, of, parse_date(starts, teams.FIRST_DAY))
        elif language is not None:
            changed = teams.speak(call.workspace, of, language)
        else:
            changed = teams.change(call.workspace, of, members_changed=members_changed, **settings)
    say(f"Saved. 'tuiretro team show --team \"{changed.name}\"' shows the settings.")


@team.command()
@click.argument("mistake")
@placed
def star(call: Call, mistake: str) -> None:
    """Star a mistake as important to the team, or take its star away."""
    from tuiretro.service import teams

    changed = teams.star(call.workspace, call.team, mistake)
    done = "is starred" if mistake in changed.starred else "has no star any more"
    say(f"Saved. '{mistake}' {done}; starred: {', '.join(changed.starred) or 'none'}.")
