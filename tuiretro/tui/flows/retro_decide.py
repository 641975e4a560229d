"""Deciding: what becomes of earlier actions, and what is taken on from a topic, a play or in own words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from tuiretro.core.calendar import day_and_month
from tuiretro.core.decisions import fate_of
from tuiretro.core.due import EXAMPLES, parse_due
from tuiretro.core.rules import ENOUGH_ACTIONS
from tuiretro.core.text import LINE_LIMIT, clip
from tuiretro.model.action import Action
from tuiretro.model.retro import Fate
from tuiretro.model.survey import Play
from tuiretro.service import actions, retro_decisions
from tuiretro.service.insight import plays
from tuiretro.tui.flows.desk import fill_in
from tuiretro.tui.flows.hall import Hall
from tuiretro.tui.screens.dialogs import CHOICE_ROOM, Choice, Choose, Field, Form
from tuiretro.tui.screens.play_choice import offered
from tuiretro.tui.screens.room import Wish
from tuiretro.tui.text import ACT, DIM, plain, row, short

OWN_WORDS = "own words"
DUE_HINT = "next Friday, end of sprint"


async def _done(hall: Hall, wish: Wish) -> None:
    await _settle(hall, wish, "done")


async def _keep(hall: Hall, wish: Wish) -> None:
    await _settle(hall, wish, "kept")


async def _drop(hall: Hall, wish: Wish) -> None:
    await _settle(hall, wish, "dropped")


async def _settle(hall: Hall, wish: Wish, fate: Fate) -> None:
    number = wish.number("a")
    action = next((action for action in hall.room.actions if action.id == number), None)
    before = fate_of(hall.room.board, action) if action is not None else None
    if number is None or not await hall.attempt(retro_decisions.settle, number, fate):
        return
    if before is not None and before != fate:
        hall.desk.tell(f"It was {before}, now it is {fate}. u takes that back.")
    hall.screen.paint(hall.screen.first_row or wish.row)


async def _move(hall: Hall, wish: Wish) -> None:
    number = wish.number("a")
    action = next((action for action in hall.room.actions if action.id == number), None)
    if action is None:
        return
    form = Form(
        action.title, [Field("due", "Until", "", DUE_HINT, about=actions.DUE)], about=f"For example {EXAMPLES}."
    )

    async def use(values: Mapping[str, str]) -> None:
        due = parse_due(values["due"], hall.room.team, hall.screen.shown.today)
        await hall.step(retro_decisions.settle, action.id, "moved", due)
        hall.desk.tell(f"Moved to {day_and_month(due)} {due.year}.")

    await fill_in(hall.desk, form, use)


async def _decide(hall: Hall, wish: Wish) -> None:
    """An action from what the cursor is on: a play of its mistakes, or own words that begin as its title."""
    taken = next((action for action in hall.room.actions if action.id == wish.number("a")), None)
    if taken is not None:
        await _amend(hall, taken)
        return
    topic = next((topic for topic in hall.room.topics if topic.id == wish.number("t")), None)
    mistakes = topic.mistakes if topic is not None else (wish.row[1:],) if wish.row[:1] == "m" else ()
    title = "" if topic is None else topic.title
    found = await _plays(hall, mistakes)
    if not found:
        await _take_on(hall, title=title, mistake=None)
        return
    about = "What to take on? The best to try first stands on top."
    first = "In your own words" + (f": {title}" if title else "")
    own = Choice(OWN_WORDS, row(plain("+ ", ACT), short(first, CHOICE_ROOM - 2)), plain("You write the action.", DIM))
    choices = [choice for choice, _ in found.values()]
    chosen = await hall.desk.ask(Choose(about, [*choices, own], "take on", much=True))
    if chosen == OWN_WORDS:
        await _take_on(hall, title=title, mistake=mistakes[0] if len(mistakes) == 1 else None)
    elif chosen:
        play = found[chosen][1]
        await _take_on(hall, title=play.title, done_when=play.done_when, play=chosen)


async def _plays(hall: Hall, mistakes: tuple[str, ...]) -> dict[str, tuple[Choice, Play]]:
    """The plays of mistakes by their references, best first, and how they are offered."""
    found: dict[str, tuple[Choice, Play]] = {}
    for mistake in mistakes:
        told = await hall.desk.attempt(plays, hall.desk.workspace, hall.room.team, mistake)
        if told is None:
            continue
        book, best_first = told
        for play in best_first:
            choice = offered(play, book, hall.room.actions)
            found[choice.key] = choice, play
    return found


async def _amend(hall: Hall, action: Action) -> None:
    """What was taken on, put right."""
    form = Form(
        "Change the action",
        [
            Field("title", "What", action.title, about=actions.TITLE),
            Field("owner", "Who sees to it", action.owner, about=actions.OWNER),
            Field("due", "Until", action.due.isoformat(), about=actions.DUE),
            Field("done_when", "Done when", action.done_when, about=actions.DONE_WHEN),
        ],
        about=f"A date like {EXAMPLES}.",
        start="owner",
    )

    async def use(values: Mapping[str, str]) -> None:
        due = parse_due(values["due"], hall.room.team, hall.screen.shown.today)
        await hall.step(
            retro_decisions.amend,
            action.id,
            title=values["title"],
            owner=values["owner"],
            due=due,
            done_when=values["done_when"],
        )

    await fill_in(hall.desk, form, use)


async def _free(hall: Hall, _: Wish) -> None:
    await _take_on(hall)


async def _take_on(
    hall: Hall, *, title: str = "", done_when: str = "", play: str | None = None, mistake: str | None = None
) -> None:
    desk, room = hall.desk, hall.room
    today = hall.screen.shown.today
    usual = retro_decisions.usual_due(room, today)
    form = Form(
        "Take it on",
        [
            Field("title", "What", clip(title, LINE_LIMIT), about=actions.TITLE),
            Field("owner", "Who sees to it", about=actions.OWNER),
            Field("due", "Until", "", DUE_HINT, about=actions.DUE),
            Field("done_when", "Done when", done_when, about=actions.DONE_WHEN),
        ],
        about=f"The owner is the only name that is kept. Without a date: {day_and_month(usual)} {usual.year}.",
        start="owner" if title else "",
    )

    async def use(values: Mapping[str, str]) -> None:
        due = parse_due(values["due"], room.team, today) if values["due"].strip() else None
        await hall.step(
            retro_decisions.take_on,
            values["title"],
            play=play,
            mistake=mistake,
            owner=values["owner"],
            due=due,
            done_when=values["done_when"],
        )
        made = next(action for action in hall.room.actions if action.id == hall.room.board.decided[-1])
        many = len(hall.room.board.decided) > ENOUGH_ACTIONS
        more = f" That is more than {ENOUGH_ACTIONS}; fewer get done." if many else ""
        more = more if made.owner else f"{more} It has no owner yet."
        desk.tell(f"Taken on: {made.title}, due {day_and_month(made.due)} {made.due.year}.{more}")

    await fill_in(desk, form, use)


GRANTS: Mapping[str, Callable[[Hall, Wish], Awaitable[None]]] = {
    "done": _done,
    "keep": _keep,
    "drop": _drop,
    "move action": _move,
    "decide": _decide,
    "free": _free,
}
