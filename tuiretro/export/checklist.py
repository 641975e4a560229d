"""The actions of a report as a list to tick off, in the Markdown that issue trackers and notes understand.

Owns the order and layout of the list. Must not name an owner unless asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tuiretro.core.calendar import deadline_words
from tuiretro.core.telling import open_actions
from tuiretro.export.escaping import escape
from tuiretro.model.action import Action
from tuiretro.model.report import Report

NOTHING = "No action is open."


def checklist(report: Report, *, owners: bool = False) -> str:
    """The open actions with boxes, then those done in the report's sprints, ticked; ends in a newline.

    Args:
        report: Some released sprints.
        owners: Whether the owners of actions are named.
    """
    first, last = report.summaries[0], report.summaries[-1]
    actions = tuple(line.action for line in report.actions)
    done = [a for a in actions if a.status == "done" and (a.closed or 0) >= first.sprint.number]
    lines = [line for action in open_actions(actions) for line in _open(action, report.today, owners=owners)]
    blocks = [f"# {escape(last.team)}: actions after sprint {last.sprint.number}", "\n".join(lines) or NOTHING]
    if done:
        blocks += ["## Done", "\n".join(_ticked(action, owners=owners) for action in done)]
    return "\n\n".join(blocks) + "\n"


def _open(action: Action, today: date | None, *, owners: bool) -> Iterator[str]:
    due = deadline_words(action.due, today)
    yield f"- [ ] {escape(action.title)} (from sprint {action.sprint}, {due}{owner_words(action, owners=owners)})"
    if action.done_when:
        yield f"  - Done when: {escape(action.done_when)}"


def _ticked(action: Action, *, owners: bool) -> str:
    return f"- [x] {escape(action.title)} (done in sprint {action.closed}{owner_words(action, owners=owners)})"


def owner_words(action: Action, *, owners: bool) -> str:
    """', Mina' for the end of what stands in brackets; empty unless owners are named and there is one."""
    return f", {escape(action.owner)}" if owners and action.owner else ""
