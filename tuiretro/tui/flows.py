"""What happens between a key and the store: questions to the person, one use case, and the way back.

Every flow runs as a worker of the app. Disk work goes through `Desk.attempt`, one call at a time, off the event loop.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import ParamSpec, Protocol, TypeVar

from textual.content import Content
from textual.screen import Screen

from tuiretro.core.calendar import parse_date
from tuiretro.core.promises import ABANDONING, CLOSING, before_answering
from tuiretro.core.rules import MINIMUM_RANGE, PEOPLE_RANGE
from tuiretro.errors import BadInputError, TuiretroError
from tuiretro.model.action import Action, Status
from tuiretro.model.round import Round
from tuiretro.model.survey import EFFORT_WORDS, Mistake
from tuiretro.model.team import Team
from tuiretro.service import actions, rounds, teams
from tuiretro.service.catalogue import catalogue
from tuiretro.service.insight import Scene
from tuiretro.service.workspace import Workspace
from tuiretro.tui.screens.dialogs import Choice, Choose, Confirm, Field, Form, Reader
from tuiretro.tui.text import ACT, DIM, plain, row, stack

WELCOME = (
    "A short anonymous survey every sprint, honest numbers, and plays to try. Everything stays on this machine; what "
    "the screen cannot show is not in the file."
)
STATUS: dict[str, Status] = {"done": "done", "drop": "dropped", "reopen": "open"}
P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")


class Desk(Protocol):
    """What a flow needs of the app."""

    workspace: Workspace
    scene: Scene | None

    async def ask(self, screen: Screen[S]) -> S | None:
        """Shows a screen and waits for its value."""
        ...

    async def attempt(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
        """Runs a use case off the event loop; an error is shown, and None comes back."""
        ...

    async def off_loop(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Runs a use case off the event loop; an error is the caller's."""
        ...

    async def reload(self, team: str | None = None) -> None:
        """Reads the scene anew."""
        ...

    def go(self, area: str) -> None:
        """Switches to a main screen."""
        ...

    async def show_demo(self) -> None:
        """Builds the demo and shows it instead of the own workspace."""
        ...

    def exit(self) -> None:
        """Ends the app."""
        ...


async def fill_in(desk: Desk, form: Form, use: Callable[[Mapping[str, str]], Awaitable[None]]) -> bool:
    """Shows a form until what was typed is taken, or the person goes back; what was typed stays typed."""
    while (values := await desk.ask(form)) is not None:
        try:
            await use(values)
        except TuiretroError as error:
            fields = [replace(field, value=values[field.key]) for field in form.fields]
            form = Form(form.heading, fields, about=form.about, refused=error.message)
        else:
            return True
    return False


def whole_number(text: str, what: str) -> int:
    """A number as typed.

    Raises:
        BadInputError: It is none.
    """
    if not text.strip().isdecimal() or len(text.strip()) > 4:
        raise BadInputError(f"The {what} '{text.strip()[:20]}' is not a whole number. Nothing was saved.")
    return int(text)


async def set_up(desk: Desk) -> bool:
    """A new team; True once it is there."""
    today = desk.workspace.today()
    monday = today - timedelta(days=today.weekday())
    form = Form(
        "Set up a team",
        [
            Field("name", "Name of the team"),
            Field("people", "How many people", "", f"{PEOPLE_RANGE[0]} at least"),
            Field("every", "Length of a sprint", "2 weeks", "or 10 days, 1 month"),
            Field(
                "starts",
                "First day of sprint 1",
                monday.isoformat(),
                "like 2026-01-05",
            ),
            Field(
                "minimum",
                "Fewest answers shown (k)",
                str(MINIMUM_RANGE[0]),
                "4 to 10",
            ),
        ],
        about="Everything stays on this machine; no names are asked. An item with fewer than k answers shows "
        "no number, and three people cannot be protected at all.",
    )

    async def use(values: Mapping[str, str]) -> None:
        team = await desk.off_loop(
            teams.add,
            desk.workspace,
            values["name"],
            people=whole_number(values["people"], "number of people"),
            starts=parse_date(values["starts"], "first day"),
            every=values["every"],
            minimum=whole_number(values["minimum"], "minimum"),
        )
        await desk.reload(team.id)

    return await fill_in(desk, form, use)


async def switch_team(desk: Desk, scene: Scene) -> None:
    """Another team, or a new one."""
    choices = [Choice(team.id, plain(team.name), _team_words(team)) for team in scene.teams]
    choices.append(Choice("", row(plain("+ ", ACT), plain("set up another team")), plain("")))
    chosen = await desk.ask(Choose("Which team?", choices, "show"))
    if chosen:
        await desk.reload(chosen)
    elif chosen is not None:
        await set_up(desk)


def _team_words(team: Team) -> Content:
    return plain(f"{team.people} people, sprints of {team.cadences[-1].every}, k is {team.minimum}", DIM)


async def open_round(desk: Desk, team: Team) -> None:
    """Which survey, then open."""
    found = await desk.attempt(catalogue, desk.workspace)
    if found is None:
        return
    choices = [
        Choice(s.id, plain(s.title), plain(s.intro)) for s in sorted(found.surveys, key=lambda s: s.kind != "pulse")
    ]
    about = f"Fixed once it is open: the questions, {team.people} people, and k = {team.minimum}."
    chosen = await desk.ask(Choose("Open a round", choices, "open", about))
    if chosen:
        await desk.attempt(rounds.open_round, desk.workspace, team, chosen)
        await desk.reload()


async def close_round(desk: Desk, team: Team) -> None:
    """Close after a question, and show what came out."""
    question = Confirm("Close the round and show the results?", CLOSING, "close it", "leave it open")
    if await desk.ask(question):
        released = await desk.attempt(rounds.close, desk.workspace, team)
        await desk.reload()
        if released is not None:
            desk.go("results")


async def abandon_round(desk: Desk, team: Team) -> None:
    """Destroy the open round after a question."""
    question = Confirm("Abandon the round?", ABANDONING, "destroy it", "keep it")
    if await desk.ask(question):
        await desk.attempt(rounds.abandon, desk.workspace, team)
        await desk.reload()


async def answer(desk: Desk, scene: Scene) -> None:
    """One person after the other, until somebody goes home."""
    from tuiretro.tui.screens.answer import AnswerScreen, Asked, PassScreen

    team = scene.team
    while (opened := await desk.attempt(rounds.require_round, desk.workspace, team)) is not None:
        asked = Asked(opened, team.name, last_time(scene))
        screen = AnswerScreen(asked, rounds.sit(desk.workspace, opened))
        while (handed := await desk.ask(screen)) is not None:
            try:
                await desk.off_loop(rounds.answer, desk.workspace, team, opened, handed.sheet)
            except TuiretroError as error:
                screen = AnswerScreen(asked, handed, error.message)
                continue
            break
        if handed is None:
            break
        status = await desk.attempt(rounds.status, desk.workspace, team)
        if not await desk.ask(PassScreen(last=status is None or status.full)):
            break
    await desk.reload()


def last_time(scene: Scene) -> str:
    """What became of what was taken on before, in one sentence; empty if nothing was."""
    if not scene.released:
        return ""
    before = [action for action in scene.actions if action.sprint >= scene.released[-1]]
    if not before:
        return "Nothing was taken on after the last round."
    done = [action.title for action in before if action.status == "done"]
    waiting = [action.title for action in before if action.status == "open"]
    parts = [f"Done since the last round: {'; '.join(done)}."] if done else []
    parts += [f"Still open: {'; '.join(waiting)}."] if waiting else []
    return " ".join(parts) or "What was taken on after the last round was dropped."


async def take_on(desk: Desk, scene: Scene, mistake: Mistake, references: tuple[str, ...] = ()) -> None:
    """A play of a mistake, its owner and its due date."""
    plays = {f"{mistake.id}.{play.id}": play for play in mistake.plays}
    tried = {action.play for action in scene.actions}
    choices = [
        Choice(
            reference,
            row(
                plain(f"{plays[reference].effort}  ", ACT),
                plain(plays[reference].title),
                plain("  tried" if reference in tried else "", DIM),
            ),
            stack(
                plain(f"{EFFORT_WORDS[plays[reference].effort]} · {mistake.facet_title(plays[reference].facet)}", DIM),
                plain(plays[reference].why),
                row(plain("Tomorrow: ", DIM), plain(plays[reference].first_step)),
                row(plain("Done when: ", DIM), plain(plays[reference].done_when)),
            ),
        )
        for reference in references or tuple(plays)
    ]
    chosen = await desk.ask(Choose(f"Plays for: {mistake.title}", choices, "take on"))
    if chosen:
        await new_action(desk, scene, title=plays[chosen].title, done_when=plays[chosen].done_when, play=chosen)


async def take_on_focus(desk: Desk, scene: Scene, mistake_id: str) -> None:
    """The plays of a mistake of the focus list, best first."""
    mistake = await desk.attempt(desk.workspace.library.mistake, mistake_id)
    if mistake is not None and scene.summary is not None:
        line = next(line for line in scene.summary.focus if line.mistake == mistake_id)
        await take_on(desk, scene, mistake, tuple(play.reference for play in line.plays))


async def kept(desk: Desk, opened: Round) -> None:
    """What is kept, and what cannot be hidden."""
    text = Content("\n\n").join([plain(paragraph) for paragraph in before_answering(opened)])
    await desk.ask(Reader("What is kept, and what cannot be hidden", text))


async def new_action(
    desk: Desk, scene: Scene, *, title: str = "", done_when: str = "", play: str | None = None
) -> None:
    """Title, owner, due date and done-when."""
    form = Form(
        "Take it on" if play else "A new action",
        [
            Field("title", "What", title),
            Field("owner", "Who sees to it", "", "may stay empty"),
            Field("due", "Until", "", "empty: next sprint's end"),
            Field("done_when", "Done when", done_when),
        ],
    )

    async def use(values: Mapping[str, str]) -> None:
        due = parse_date(values["due"], "due date") if values["due"].strip() else None
        await desk.off_loop(
            actions.add,
            desk.workspace,
            scene.team,
            values["title"],
            play=play,
            owner=values["owner"],
            due=due,
            done_when=values["done_when"],
        )
        await desk.reload()

    await fill_in(desk, form, use)


async def follow_up(desk: Desk, scene: Scene, what: str, action: Action) -> None:
    """Done, dropped, open again, or moved."""
    if what == "follow up":
        await what_became(desk, scene, action)
        return
    if what == "move":
        await _move(desk, scene, action)
        return
    await desk.attempt(actions.finish, desk.workspace, scene.team, action.id, STATUS[what])
    await desk.reload()


async def _move(desk: Desk, scene: Scene, action: Action) -> None:
    form = Form(
        action.title,
        [
            Field("due", "Until", action.due.isoformat(), "like 2026-12-04"),
            Field("owner", "Who sees to it", action.owner, "optional"),
        ],
    )

    async def use(values: Mapping[str, str]) -> None:
        due = parse_date(values["due"], "due date")
        kept = None if due == action.due else due
        await desk.off_loop(actions.move, desk.workspace, scene.team, action.id, due=kept, owner=values["owner"])
        await desk.reload()

    await fill_in(desk, form, use)


async def what_became(desk: Desk, scene: Scene, action: Action) -> None:
    """Asks what became of an action that was chosen on Home."""
    choices = [
        Choice("done", plain("It is done"), plain(f"Done when: {action.done_when}" if action.done_when else "", DIM)),
        Choice("move", plain("It needs more time, or another owner"), plain(f"Due {action.due}", DIM)),
        Choice("drop", plain("We will not do it"), plain("It stays on the list as dropped.", DIM)),
    ]
    what = await desk.ask(Choose(action.title, choices, "say so"))
    if what:
        await follow_up(desk, scene, what, action)


async def welcome(desk: Desk) -> None:
    """The first run: set up a team, or look at the demo first."""
    choices = [
        Choice(
            "team",
            plain("Set up your team"),
            plain("Five lines; then open the first round and answer it. Two minutes."),
        ),
        Choice(
            "demo",
            plain("Look at the demo first"),
            plain("An invented team with 26 sprints behind it, on a throw-away copy: try every key, nothing is kept."),
        ),
        Choice("leave", plain("Leave"), plain("Nothing has been written.")),
    ]
    while desk.scene is None:
        chosen = await desk.ask(Choose("Welcome to tuiretro", choices, "go", WELCOME))
        if chosen == "team":
            await set_up(desk)
        elif chosen == "demo":
            await desk.show_demo()
        else:
            desk.exit()
            return
