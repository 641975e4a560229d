"""The first run, setting teams up, and switching between them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from textual.content import Content

from tuiretro.core.calendar import LENGTH, parse_date
from tuiretro.core.rules import MINIMUM_RANGE, PEOPLE_RANGE
from tuiretro.model.survey import Language
from tuiretro.model.team import Team
from tuiretro.service import teams
from tuiretro.service.insight import Scene
from tuiretro.tui.flows.desk import Desk, fill_in, whole_number
from tuiretro.tui.screens.dialogs import Choice, Choose, Field, Form
from tuiretro.tui.text import ACT, DIM, LOOK, plain, row

NOT_REVIEWED = "not yet reviewed by native speakers"
OTHER_WORDS = (
    "It counts from the next round on. Another wording starts a new line in every chart, because answers to other "
    "words cannot be compared. Plays, and the program's own words, stay English."
)
WELCOME = (
    "A short anonymous survey every sprint, honest numbers, and plays to try. Everything stays on this machine; what "
    "the screen cannot show is not in the file."
)


async def welcome(desk: Desk) -> None:
    """The first run: set up a team, or look at the demo first."""
    choices = [
        Choice(
            "team",
            plain("Set up your team"),
            plain("A form of five lines, then the first round: two minutes."),
        ),
        Choice(
            "demo",
            plain("Look at the demo first"),
            plain("An invented team with 26 sprints behind it, on a throw-away copy: try every key, nothing is kept."),
        ),
        Choice("leave", plain("Leave"), plain("Nothing has been written.")),
    ]
    while desk.scene is None:
        chosen = await desk.ask(Choose("Welcome to tuiretro", choices, "go", about=WELCOME, back="leave"))
        if chosen == "team":
            await set_up(desk)
        elif chosen == "demo":
            await desk.show_demo()
        else:
            desk.exit()
            return


async def set_up(desk: Desk) -> bool:
    """A new team; True once it is there."""
    today = desk.workspace.today()
    monday = today - timedelta(days=today.weekday())
    form = Form(
        "Set up a team",
        [
            Field("name", "Name of the team", about=teams.NAME),
            Field("people", "How many people", "", f"{PEOPLE_RANGE[0]} at least", about=teams.PEOPLE),
            Field("every", "Length of a sprint", "2 weeks", "or 10 days, 1 month", about=LENGTH),
            Field(
                "starts", "First day of sprint 1", monday.isoformat(), "of the sprint you are in", about=teams.FIRST_DAY
            ),
            Field("minimum", "Fewest answers shown (k)", str(MINIMUM_RANGE[0]), "4 to 10", about=teams.MINIMUM),
        ],
        about="Everything stays on this machine; no names are asked. An item with fewer than k answers shows "
        "no number, and three people cannot be protected at all. Dates are written like 2026-01-05.",
    )

    async def use(values: Mapping[str, str]) -> None:
        team = await desk.off_loop(
            teams.add,
            desk.workspace,
            values["name"],
            people=whole_number(values["people"], teams.PEOPLE),
            starts=parse_date(values["starts"], teams.FIRST_DAY),
            every=values["every"],
            minimum=whole_number(values["minimum"], teams.MINIMUM),
        )
        await desk.reload(team.id)

    return await fill_in(desk, form, use)


async def switch_team(desk: Desk, scene: Scene) -> None:
    """Another team, or a new one; nobody's own team is set up in a throw-away copy."""
    choices = [Choice(team.id, plain(team.name), _team_words(team)) for team in scene.teams]
    if not desk.is_demo:
        choices.append(Choice("", row(plain("+ ", ACT), plain("set up another team")), plain("")))
    elif desk.offers_demo:
        choices.append(Choice("", row(plain("+ ", ACT), plain("leave the demo and set up your team")), plain("")))
    stuck = desk.is_demo and not desk.offers_demo
    about = "This is a throw-away copy; start tuiretro without 'demo' for your own team." if stuck else ""
    chosen = await desk.ask(Choose("Which team?", choices, "show", about=about))
    if chosen:
        await desk.reload(chosen)
    elif chosen is not None and desk.is_demo:
        await leave_demo(desk, scene)
    elif chosen is not None:
        await set_up(desk)


def _team_words(team: Team) -> Content:
    return plain(f"{team.people} people, sprints of {team.cadences[-1].every}, k is {team.minimum}", DIM)


async def leave_demo(desk: Desk, _: Scene) -> None:
    """Forgets the demo and goes back to the own workspace."""
    await desk.use(desk.own, "")
    if desk.scene is None:
        await welcome(desk)


async def star(desk: Desk, scene: Scene, mistake: str) -> None:
    """Sets or takes away a mistake's star."""
    await desk.attempt(teams.star, desk.workspace, scene.team, mistake)
    await desk.reload()


async def language(desk: Desk, scene: Scene) -> None:
    """Which language the team is asked in."""
    found = await desk.attempt(teams.languages, desk.workspace)
    if found is None:
        return
    choices = [Choice(one.id, _language_line(one, scene), plain(_language_words(one, scene))) for one in found]
    title = "Language of the statements"
    chosen = await desk.ask(Choose(title, choices, "ask in it", about=OTHER_WORDS, start=scene.team.language))
    if chosen and chosen != scene.team.language:
        changed = await desk.attempt(teams.speak, desk.workspace, scene.team, chosen)
        await desk.reload()
        if changed is not None:
            name = next(one.name for one in found if one.id == chosen)
            desk.tell(f"Asked in {name} from the next round on.")


def _language_line(one: Language, scene: Scene) -> Content:
    name = "" if one.title == one.name else f"  {one.name}"
    now = "  chosen now" if one.id == scene.team.language else ""
    return row(plain(one.title), plain(f"{name}{now}", DIM), plain("" if one.reviewed else f"  {NOT_REVIEWED}", LOOK))


def _language_words(one: Language, scene: Scene) -> str:
    if one.id == scene.team.language:
        return "The team is asked in it already."
    if scene.status is not None:
        return "The round that is open keeps its language."
    return ""
