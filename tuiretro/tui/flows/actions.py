"""Taking plays and actions on, and following them up."""

from __future__ import annotations

from collections.abc import Mapping

from tuiretro.core.calendar import day_and_month
from tuiretro.core.due import parse_due
from tuiretro.core.figures import SPLIT_ADVICE
from tuiretro.core.follow_up import draw_words
from tuiretro.core.plays import play_reference
from tuiretro.core.rules import DRAW_RANGE
from tuiretro.model.action import Action, Status
from tuiretro.model.survey import Play, PlayBook, Survey
from tuiretro.service import actions
from tuiretro.service.insight import Scene, plays
from tuiretro.tui.flows.desk import Desk, fill_in, whole_number
from tuiretro.tui.flows.templates import write_for
from tuiretro.tui.screens.dialogs import Choice, Choose, Field, Form
from tuiretro.tui.screens.library_pages import ASKED_GENTLY
from tuiretro.tui.screens.play_choice import ChoosePlay, Wish, offered
from tuiretro.tui.text import DIM, plain

DRAW_HINT = f"from {DRAW_RANGE[0]} to {DRAW_RANGE[1]} sprints"
STATUS: dict[str, Status] = {"done": "done", "drop": "dropped", "reopen": "open"}


async def take_on(desk: Desk, scene: Scene, wanted: str, side: str = "") -> None:
    """The plays of a mistake or survey, best first; then owner and due date of the chosen one.

    Args:
        desk: Where it is shown.
        scene: The team.
        wanted: The mistake or survey, by id.
        side: The facet or item that the cursor is to start on, if a play is for it.
    """
    found = await desk.attempt(plays, desk.workspace, scene.team, wanted)
    if found is None:
        return
    book, best_first = found
    if not best_first:
        desk.tell(f"{book.title} has no plays.")
        return
    by_key = {play_reference(book, play): play for play in best_first}
    dialog = _plays(book, by_key, scene, next((key for key, play in by_key.items() if play.facet == side), None))
    while (wish := await desk.ask(dialog)) is not None and not await _granted(desk, scene, book, by_key, wish):
        dialog = _plays(book, by_key, scene, wish.play)


def _plays(book: PlayBook, by_key: Mapping[str, Play], scene: Scene, start: str | None = None) -> ChoosePlay:
    focus = scene.summary.focus if scene.summary else ()
    split = any(line.talk_first for line in focus if line.mistake == book.id)
    about = ASKED_GENTLY if isinstance(book, Survey) else SPLIT_ADVICE if split else ""
    choices = [offered(play, book, scene.actions) for play in by_key.values()]
    with_template = frozenset(key for key, play in by_key.items() if play.template)
    return ChoosePlay(f"Plays for: {book.title}", choices, with_template=with_template, about=about, start=start)


async def _granted(desk: Desk, scene: Scene, book: PlayBook, by_key: Mapping[str, Play], wish: Wish) -> bool:
    """Does what was wished for a play; False if the plays are to be shown again."""
    play = by_key[wish.play]
    if wish.what == "template":
        await write_for(desk, scene, play)
        return False
    if wish.what == "library":
        library = desk.area("library")
        library.point_at(f"play:{wish.play}")
        desk.go("library")
    else:
        await take_play_on(desk, scene, wish.play, play)
    return True


async def take_play_on(desk: Desk, scene: Scene, reference: str, play: Play) -> None:
    """Owner and due date of a play; of a mistake's, its start can be drawn."""
    mistakes = desk.workspace.library.numbers()
    can_be_drawn = reference.partition(".")[0] in mistakes
    await new_action(desk, scene, title=play.title, done_when=play.done_when, play=reference, can_be_drawn=can_be_drawn)


async def new_action(
    desk: Desk,
    scene: Scene,
    *,
    title: str = "",
    done_when: str = "",
    play: str | None = None,
    can_be_drawn: bool = False,
) -> None:
    """Title, owner, due date and done-when; and from how many sprints its start is drawn, where that says something."""
    drawn = Field("draw", "Draw its start (optional)", "", DRAW_HINT, about=actions.START)
    form = Form(
        "Take it on" if play else "A new action",
        [
            Field("title", "What", title, about=actions.TITLE),
            Field("owner", "Who sees to it (optional)", about=actions.OWNER),
            Field("due", "Until", "", "like next Friday, or empty", about=actions.DUE),
            Field("done_when", "Done when", done_when, about=actions.DONE_WHEN),
            *([drawn] if can_be_drawn else []),
        ],
        about="An empty date is the end of the next sprint.",
        start="owner" if play else "",
    )

    async def use(values: Mapping[str, str]) -> None:
        due = parse_due(values["due"], scene.team, scene.today) if values["due"].strip() else None
        made = await desk.off_loop(
            actions.add,
            desk.workspace,
            scene.team,
            values["title"],
            play=play,
            owner=values["owner"],
            due=due,
            done_when=values["done_when"],
            draw=whole_number(values["draw"], actions.START) if values.get("draw", "").strip() else None,
        )
        desk.area("actions").point_at(str(made.id))
        await desk.reload()
        drawn = f" {draw_words(made.draw)} Begin it then." if made.draw is not None else ""
        desk.tell(f"Taken on: {made.title}, due {day_and_month(made.due)}.{drawn}")

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
        changed = await desk.attempt(actions.finish, desk.workspace, scene.team, action.id, STATUS[what])
        await desk.reload()
        if changed is not None:
            desk.tell(
                f"{changed.title}: {changed.status}."
                + (" r on Actions opens it again." if changed.status != "open" else "")
            )


async def _move(desk: Desk, scene: Scene, action: Action) -> None:
    form = Form(
        action.title,
        [
            Field("due", "Until", action.due.isoformat(), "like next Friday", about=actions.DUE),
            Field("owner", "Who sees to it (optional)", action.owner, about=actions.OWNER),
        ],
    )

    async def use(values: Mapping[str, str]) -> None:
        due = parse_due(values["due"], scene.team, scene.today)
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
    what = await desk.ask(Choose(action.title, choices, "choose"))
    if what:
        await _follow_up(desk, scene, what, action)
