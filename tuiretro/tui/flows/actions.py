"""Taking plays and actions on, and following them up."""

from __future__ import annotations

from collections.abc import Mapping

from tuiretro.core.calendar import parse_date
from tuiretro.model.action import Action, Status
from tuiretro.model.survey import EFFORT_WORDS, Mistake
from tuiretro.service import actions
from tuiretro.service.insight import Scene
from tuiretro.tui.flows.desk import Desk, fill_in
from tuiretro.tui.screens.dialogs import Choice, Choose, Field, Form
from tuiretro.tui.text import ACT, DIM, plain, row, stack

STATUS: dict[str, Status] = {"done": "done", "drop": "dropped", "reopen": "open"}


async def take_on_focus(desk: Desk, scene: Scene, mistake_id: str) -> None:
    """The plays of a mistake of the focus list, best first."""
    mistake = await desk.attempt(desk.workspace.library.mistake, mistake_id)
    if mistake is not None and scene.summary is not None:
        line = next(line for line in scene.summary.focus if line.mistake == mistake_id)
        await take_on(desk, scene, mistake, tuple(play.reference for play in line.plays))


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
    chosen = await desk.ask(Choose(f"Plays for: {mistake.title}", choices, "take on", much=True))
    if chosen:
        await new_action(desk, scene, title=plays[chosen].title, done_when=plays[chosen].done_when, play=chosen)


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


async def asked(desk: Desk, scene: Scene, what: str, action: Action | None) -> None:
    """Whatever is to happen with an action, or with a new one."""
    if action is None:
        await new_action(desk, scene)
    elif what == "follow up":
        await _what_became(desk, scene, action)
    else:
        await _follow_up(desk, scene, what, action)


async def _follow_up(desk: Desk, scene: Scene, what: str, action: Action) -> None:
    if what == "move":
        await _move(desk, scene, action)
    else:
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


async def _what_became(desk: Desk, scene: Scene, action: Action) -> None:
    """Asks what became of an action that was chosen on Home."""
    choices = [
        Choice("done", plain("It is done"), plain(f"Done when: {action.done_when}" if action.done_when else "", DIM)),
        Choice("move", plain("It needs more time, or another owner"), plain(f"Due {action.due}", DIM)),
        Choice("drop", plain("We will not do it"), plain("It stays on the list as dropped.", DIM)),
    ]
    what = await desk.ask(Choose(action.title, choices, "say so"))
    if what:
        await _follow_up(desk, scene, what, action)
