"""Where a team stands in the agenda of its retro, and what the timers say. Timers advise and never move anybody on."""

from __future__ import annotations

from msgspec.structs import replace

from tuiretro.errors import NotFoundError
from tuiretro.model.board_format import Format, Stage
from tuiretro.model.retro import Clock, Retro

NEEDS_NOTES = frozenset({"group", "vote", "discuss", "decide"})
"""Stages that work with what the notes say: whoever goes there sees them."""
SUMMARY = "summary"
"""The page behind the last stage."""
_MINUTE = 60


def current(retro: Retro) -> Stage | None:
    """The stage where the team stands; None on the summary."""
    return retro.format.stage(retro.stage)


def places(layout: Format) -> tuple[str, ...]:
    """Where a team can stand: all stages in their order, then the summary."""
    return (*(stage.id for stage in layout.stages), SUMMARY)


def go(retro: Retro, stage: str) -> Retro:
    """The retro at another stage; nothing else changes.

    Raises:
        NotFoundError: The format has no such stage.
    """
    known = places(retro.format)
    if stage not in known:
        raise NotFoundError(f"This retro has no stage '{stage[:40]}'; nothing was changed. It has: {', '.join(known)}.")
    seen = retro.seen if retro.stage in (*retro.seen, SUMMARY) else (*retro.seen, retro.stage)
    return replace(retro, stage=stage, seen=seen)


def onward(retro: Retro, by: int = 1) -> Retro:
    """The retro one stage on, or with -1 one back; at either end it stays where it is."""
    known = places(retro.format)
    stage = current(retro)
    at = known.index(SUMMARY if stage is None else stage.id) + by
    return go(retro, known[at]) if 0 <= at < len(known) else retro


def topic_key(topic: int) -> str:
    """How a topic's time is called in the clock."""
    return f"topic:{topic}"


def spend(clock: Clock, key: str, seconds: int) -> Clock:
    """The clock after `seconds` more with a stage or topic; a clock that is paused does not run."""
    if clock.is_paused or seconds <= 0:
        return clock
    return replace(clock, spent={**clock.spent, key: clock.spent.get(key, 0) + seconds})


def more_time(clock: Clock, key: str, minutes: int = 1) -> Clock:
    """The clock with minutes added to a stage or topic; negative ones take back what was added, and no more."""
    return replace(clock, extra={**clock.extra, key: max(0, clock.extra.get(key, 0) + minutes)})


def allowed(retro: Retro, key: str) -> int:
    """Seconds that a stage or topic was meant to take, with what was added."""
    stage = retro.format.stage(key)
    minutes = stage.minutes if stage is not None else retro.format.topic_minutes
    return (minutes + retro.clock.extra.get(key, 0)) * _MINUTE


def is_over_time(retro: Retro, key: str, seconds: int) -> bool:
    """Whether a stage or topic has had its time after so many seconds."""
    return seconds >= allowed(retro, key)


def clock_words(retro: Retro, key: str, seconds: int) -> str:
    """'3:12 of 8:00', 'time is up, 9:05 of 8:00', with 'paused' where it stands."""
    most = allowed(retro, key)
    words = f"{_minutes(seconds)} of {_minutes(most)}"
    if seconds >= most:
        words = f"time is up, {words}"
    return f"{words}, paused" if retro.clock.is_paused else words


def total_words(retro: Retro, running: int = 0) -> str:
    """'21 of 45 minutes': all stages together, with `running` seconds that the clock does not hold yet."""
    known = [stage.id for stage in retro.format.stages]
    spent = sum(retro.clock.spent.get(stage, 0) for stage in known) + running
    most = sum(allowed(retro, stage) for stage in known)
    return f"{spent // _MINUTE} of {most // _MINUTE} minutes"


def _minutes(seconds: int) -> str:
    return f"{seconds // _MINUTE}:{seconds % _MINUTE:02d}"
