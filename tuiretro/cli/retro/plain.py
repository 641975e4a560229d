"""The command that leads a retro line by line: joins the dialogue with a workspace, a terminal and a clock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from tuiretro.cli.answer import read_line
from tuiretro.cli.context import Call, hinted, say
from tuiretro.cli.no_trace import NoTrace
from tuiretro.cli.retro.lead import WorkspaceLead
from tuiretro.cli.retro.part import REFUSED, Talk
from tuiretro.cli.retro.room import SHOW
from tuiretro.cli.retro.talk import choose_format, lead
from tuiretro.core.promises import recorded
from tuiretro.errors import BusyError
from tuiretro.service import retros


def line_by_line(call: Call) -> None:
    """Leads the retro that is under way, or begins one.

    Raises:
        BusyError: Another program leads it.
    """
    here = _room(call)
    if here is None:
        say("You left. No retro was begun.")
        return
    warning = recorded(os.environ)
    with hinted(BusyError, f"{SHOW}, which works at any time"), retros.leading(call.workspace, here):
        # Read again: what another program changed before it let go is part of the retro.
        now = retros.room(call.workspace, call.team, here.retro.sprint.number)
        say(f"The retro of {now.team.name}, sprint {now.retro.sprint.number}: {now.retro.format.title}.")
        clears = NoTrace(os.environ, is_recorded=bool(warning)).can_clear
        talk = Talk(
            WorkspaceLead(call.workspace, now),
            read_line,
            say,
            lambda: _alone(warning),
            is_cleared=clears,
            warning=warning,
        )
        lead(talk, monotonic)


def _room(call: Call) -> retros.Room | None:
    """The retro that is under way, or one that was just begun; None where the team leaves."""
    workspace, team = call.workspace, call.team
    now = retros.under_way(workspace, team)
    if now is not None:
        return retros.room(workspace, team, now.sprint.number)
    known = retros.formats(workspace, team)
    while (chosen := choose_format(known, retros.usual_format(workspace, team), read_line, say)) is not None:
        try:
            return retros.begin(workspace, team, chosen)
        except REFUSED as error:
            say(error.message)
    return None


@contextmanager
def _alone(warning: str) -> Iterator[None]:
    """Clears the terminal after one person's answer, or says that it could not be cleared."""
    trace = NoTrace(os.environ, is_recorded=bool(warning))
    with trace:
        yield
    for sentence in trace.left:
        say(sentence)
