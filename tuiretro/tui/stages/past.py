"""Last actions and results: what became of what, and what the numbers of the round say."""

from __future__ import annotations

from textual.content import Content
from textual.widgets.option_list import Option

from tuiretro.core.calendar import due_words
from tuiretro.core.decisions import fate_of
from tuiretro.model.action import Action
from tuiretro.service.retro_decisions import waiting
from tuiretro.tui.screens.results import result_rows
from tuiretro.tui.stages.shown import Shown
from tuiretro.tui.text import ACT, DIM, HEAD, LOOK, cell, plain, right, row, stack
from tuiretro.tui.widgets.rows import entry, heading

EMPTY = Content("")


def action_rows(shown: Shown, width: int) -> list[Option]:
    """Open actions of earlier sprints, and what the team said of them."""
    found = waiting(shown.room)
    if not found:
        return [
            heading(
                plain("No action of an earlier sprint is open."),
                EMPTY,
                plain("n goes on to the results.", DIM),
            )
        ]
    head = row(cell("WHAT BECAME OF IT?", width - 31, HEAD), cell("owner", 16, DIM), right("due", 15, DIM))
    return [heading(head), *(entry(f"a{action.id}", *_action(action, shown, width)) for action in found)]


def _action(action: Action, shown: Shown, width: int) -> list[Content]:
    fate = fate_of(shown.room.board, action)
    late = LOOK if action.status == "open" and action.due < shown.today else ""
    end = right(due_words(action.due, shown.today), 15, late) if action.status == "open" else right(action.status, 15)
    mark = plain(f"{fate:<9}" if fate else "?        ", ACT if fate is None else DIM)
    lines = [row(mark, cell(action.title, width - 41), " ", cell(action.owner, 16), end)]
    if since := shown.since.get(action.id):
        lines.append(row("         ", plain(since, DIM)))
    return lines


def action_detail(shown: Shown, chosen: str | None) -> Content:
    """When the chosen action is done."""
    action = next((action for action in shown.room.actions if f"a{action.id}" == chosen), None)
    if action is None:
        return EMPTY
    done = row(plain("Done when: ", DIM), plain(action.done_when)) if action.done_when else EMPTY
    return stack(plain(action.title), done)


def results_rows(shown: Shown, width: int) -> list[Option]:
    """The results of the round, as the Results screen shows them."""
    if shown.results is None:
        return [
            heading(
                plain("No round has been closed for this team yet, so there are no results to read."),
                EMPTY,
                plain("n goes on to the notes.", DIM),
            )
        ]
    sprint = shown.results.summary.sprint.number
    asked = shown.room.retro.sprint.number
    older = [heading(plain(f"Sprint {asked} has no results; these are of sprint {sprint}.", LOOK))]
    return [*(older if sprint != asked else []), *result_rows(shown.results, width)]


def results_detail(shown: Shown, chosen: str | None) -> Content:
    """The whole statement under the cursor."""
    themes = shown.results.summary.themes if shown.results is not None else ()
    line = next((line for theme in themes for line in theme.items if line.id == chosen), None)
    return plain(line.text) if line is not None else EMPTY
