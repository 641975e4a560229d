"""A retro: the way into the room, every wish until somebody leaves, and what is the same at every stage."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

from msgspec.structs import replace as struct_replace
from textual.content import Content

from tuiretro.core.agenda import NEEDS_NOTES, SUMMARY, current, onward, places, total_words
from tuiretro.errors import BusyError, TuiretroError
from tuiretro.model.board_format import Format
from tuiretro.service import dropped, retro_story, retros
from tuiretro.service.insight import Results, Scene, results
from tuiretro.service.workspace import Workspace
from tuiretro.tui.flows import retro_board, retro_decide, retro_people, retro_write
from tuiretro.tui.flows.desk import Desk, fill_in
from tuiretro.tui.flows.hall import Hall
from tuiretro.tui.retro_commands import ASKING
from tuiretro.tui.screens.comments import comments_screen
from tuiretro.tui.screens.dialogs import Choice, Choose, Confirm, Field, Form, Reader
from tuiretro.tui.screens.room import RoomScreen, Wish
from tuiretro.tui.stages.shown import Shown
from tuiretro.tui.text import ACT, DIM, plain, row, stack

LOOK_AGAIN = 2.0
"""Seconds between two looks at a retro that another program leads."""
SHOWING_NOTES = "The next stages work with them, so from there on everybody reads what was written. No note has a name."
OVER = (
    "Its board, votes and decisions are kept. Nothing can be taken back after that, and the answers to a question that "
    "is still open are destroyed."
)


async def enter(desk: Desk, scene: Scene, sprint: int | None = None) -> None:
    """Into the room of a retro: the one under way, an earlier one to read, or one that begins now."""
    room = await _found(desk, scene, sprint)
    if room is None:
        return
    shown = await desk.attempt(_looked_up, desk.workspace, room, scene)
    if shown is None:
        return
    try:
        async with _led(desk, shown) as ready:
            hall = Hall(desk, RoomScreen(ready, clock=desk.clock))
            async with desk.shown(hall.screen):
                await _until_left(hall)
                await hall.keep_time()
    except TuiretroError as error:
        # The room refuses nothing by itself: the disk did, or the retro is gone.
        desk.refuse(error.message)
    await desk.reload()


async def drop_note(desk: Desk, scene: Scene) -> None:
    """A note for the next retro."""
    form = Form(
        "A note for the next retro",
        [Field("note", "Note", about="note")],
        about="Kept without author or time; it lies on the board when the retro begins.",
    )

    async def use(values: Mapping[str, str]) -> None:
        await desk.off_loop(dropped.drop, desk.workspace, scene.team, values["note"])
        await desk.reload()
        desk.tell("Kept for the next retro.")

    await fill_in(desk, form, use)


async def _found(desk: Desk, scene: Scene, sprint: int | None) -> retros.Room | None:
    if sprint is not None:
        return await desk.attempt(retros.room, desk.workspace, scene.team, sprint)
    try:
        standing = await desk.off_loop(retros.under_way, desk.workspace, scene.team)
    except TuiretroError as error:
        desk.refuse(error.message)
        return None
    if standing is not None:
        return await desk.attempt(retros.room, desk.workspace, scene.team, standing.sprint.number)
    return await _begin(desk, scene)


async def _begin(desk: Desk, scene: Scene) -> retros.Room | None:
    formats = await desk.off_loop(retros.formats, desk.workspace, scene.team)
    has_focus = scene.summary is not None and bool(scene.summary.focus)
    offered = [layout for layout in formats if has_focus or not layout.from_focus]
    choices = [Choice(layout.id, plain(layout.title), _told(layout)) for layout in offered]
    about = "" if has_focus else "With results and a focus list, a retro can also be made from that list."
    chosen = await desk.ask(Choose("Begin a retro: which format?", choices, "begin", about=about))
    return await desk.attempt(retros.begin, desk.workspace, scene.team, chosen) if chosen else None


def _told(layout: Format) -> Content:
    minutes = sum(stage.minutes for stage in layout.stages)
    columns = " · ".join(column.title for column in layout.columns)
    return stack(plain(layout.about), plain(f"{columns}. {len(layout.stages)} stages, {minutes} minutes.", DIM))


def _looked_up(workspace: Workspace, room: retros.Room, scene: Scene) -> Shown:
    return Shown(
        room=room,
        today=workspace.today(),
        titles=retros.titles(workspace, room),
        since=retro_story.since(workspace, room),
        results=_results(workspace, room, scene),
    )


def _results(workspace: Workspace, room: retros.Room, scene: Scene) -> Results | None:
    if not scene.released:
        return None
    number = room.retro.sprint.number
    return results(workspace, scene.team, number if number in scene.released else None)


@asynccontextmanager
async def _led(desk: Desk, shown: Shown) -> AsyncIterator[Shown]:
    """Leads the retro meanwhile, or says why this program only looks."""
    if shown.room.retro.is_over:
        yield shown
        return
    lead = retros.leading(desk.workspace, shown.room)
    try:
        await desk.off_loop(lead.__enter__)
    except BusyError as error:
        yield replace(shown, reason=error.message)
        return
    try:
        # Whoever led it until now may have gone on since it was read.
        yield replace(shown, room=await desk.off_loop(_fresh, desk.workspace, shown.room))
    finally:
        lead.__exit__(None, None, None)


def _fresh(workspace: Workspace, room: retros.Room) -> retros.Room:
    return retros.room(workspace, room.team, room.retro.sprint.number)


async def _until_left(hall: Hall) -> None:
    while True:
        wish = await _next_wish(hall)
        if wish is None:
            await hall.look_again()
            continue
        covers = hall.screen.covers
        if wish.what == "leave":
            if await retro_board.may_leave(hall):
                return
            hall.screen.forget(("leave",))
        # A key that is pressed while the stage before is still there means nothing any more.
        elif wish.what in EVER or wish.stage == hall.screen.shown.stage:
            await GRANTS[wish.what](hall, wish)
        if hall.screen.covers != covers:
            # What was pressed, or held down, before the dialog was there to take the key.
            hall.screen.forget(ASKING)


async def _next_wish(hall: Hall) -> Wish | None:
    """The next wish; None where it is time to look at what another program does."""
    if not hall.screen.shown.reason:
        return await hall.screen.wishes.get()
    try:
        return await asyncio.wait_for(hall.screen.wishes.get(), LOOK_AGAIN)
    except TimeoutError:
        return None


async def _next(hall: Hall, _: Wish) -> None:
    if not await _may_be_seen(hall, onward(hall.room.retro).stage):
        return
    unseen = hall.room.retro.stage in hall.room.enough
    await hall.keep_time()
    if await hall.attempt(retros.move_on) and unseen:
        hall.desk.tell("The question has answers that nobody has seen yet: b goes back to it, c shows the result.")


async def _back(hall: Hall, _: Wish) -> None:
    await hall.keep_time()
    await hall.attempt(retros.move_on, -1)


async def _jump(hall: Hall, _: Wish) -> None:
    layout = hall.room.retro.format
    choices = []
    for place in places(layout):
        stage = layout.stage(place)
        title = stage.title if stage is not None else SUMMARY
        minutes = f"{stage.minutes} minutes" if stage is not None else "what was decided, and what it came from"
        choices.append(Choice(place, plain(title), plain(minutes, DIM)))
    await hall.keep_time()
    about = f"So far {total_words(hall.room.retro)} are used."
    wanted = await hall.desk.ask(Choose("Go to which stage?", choices, "go", about=about, start=hall.room.retro.stage))
    if wanted and await _may_be_seen(hall, wanted):
        await hall.attempt(retros.go_to, wanted)


async def _may_be_seen(hall: Hall, stage: str) -> bool:
    """Whether the team goes to a stage although that shows what it has written."""
    board = hall.room.board
    if stage not in NEEDS_NOTES or board.is_revealed or not board.notes:
        return True
    return await hall.desk.ask(Confirm("Show the notes?", SHOWING_NOTES, "show them", "not yet")) is True


async def _pause(hall: Hall, _: Wish) -> None:
    await hall.keep_time()
    await hall.attempt(retros.set_clock, lambda clock: struct_replace(clock, is_paused=not clock.is_paused))


async def _bell(hall: Hall, _: Wish) -> None:
    if not await hall.attempt(retros.set_clock, lambda clock: struct_replace(clock, rings=not clock.rings)):
        return
    rings = hall.room.retro.clock.rings
    hall.desk.tell("The bell rings when a time is up." if rings else "The bell is off.")


async def _minute(hall: Hall, wish: Wish) -> None:
    await hall.keep_time()
    await hall.attempt(retros.add_minute, wish.text)


async def _time(hall: Hall, _: Wish) -> None:
    await hall.keep_time()


async def _say(hall: Hall, _: Wish) -> None:
    stage = current(hall.room.retro)
    said = stage.say if stage is not None else ("This is what we take along. Thank you.",)
    title = stage.title if stage is not None else SUMMARY
    await hall.keep_time()
    total = total_words(hall.room.retro)
    about = plain(f"Words for whoever leads; say them in your own way. So far {total} are used.", DIM)
    lines = [line for sentence in said for line in (plain(""), row(plain("▸ ", ACT), plain(sentence)))]
    await hall.desk.ask(Reader(f"What to say: {title}", stack(about, *lines)))


async def _undo(hall: Hall, _: Wish) -> None:
    await _told_step(hall, retros.take_back)


async def _redo(hall: Hall, _: Wish) -> None:
    await _told_step(hall, retros.do_again)


async def _told_step(hall: Hall, call: Callable[[Workspace, retros.Room], tuple[retros.Room, str]]) -> None:
    done = await hall.desk.attempt(call, hall.desk.workspace, hall.room)
    if done is None:
        await hall.look_again()
        return
    room, said = done
    hall.show(room)
    # The board first: to say it lays out the whole screen anew.
    hall.screen.call_after_refresh(hall.desk.tell, said)


async def _comments(hall: Hall, _: Wish) -> None:
    if hall.screen.shown.results is not None:
        await hall.desk.ask(comments_screen(hall.screen.shown.results))


async def _finish(hall: Hall, _: Wish) -> None:
    if await hall.desk.ask(Confirm("End the retro?", OVER, "end it", "go on")):
        await hall.keep_time()
        await hall.attempt(retros.close)


Grant = Callable[[Hall, Wish], Awaitable[None]]
EVER: Mapping[str, Grant] = {
    "next": _next,
    "back": _back,
    "jump": _jump,
    "pause": _pause,
    "bell": _bell,
    "minute": _minute,
    "time": _time,
    "say": _say,
    "undo": _undo,
    "redo": _redo,
    "write": retro_write.write,
    "add": retro_board.add,
}
"""What means the same at every stage; a note that was typed is never lost on the way."""
GRANTS: Mapping[str, Grant] = {
    **EVER,
    "comments": _comments,
    "finish": _finish,
    **retro_board.GRANTS,
    **retro_people.GRANTS,
    **retro_decide.GRANTS,
}
"""What each wish leads to."""
