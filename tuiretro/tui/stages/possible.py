"""What can be wished for now: at which stage, on which row, by whom."""

from __future__ import annotations

from collections.abc import Mapping

from tuiretro.core.agenda import current, places
from tuiretro.core.topics import may_vote_alone
from tuiretro.tui.retro_commands import LOOKING, at_stage
from tuiretro.tui.stages.shown import Shown

ON_ROW: Mapping[str, str] = {
    **dict.fromkeys(("edit", "move note", "remove"), "n"),
    **dict.fromkeys(("done", "keep", "move action", "drop"), "a"),
    **dict.fromkeys(("discussed",), "t"),
    **dict.fromkeys(("apart", "name"), "tn"),
}
"""What the cursor must be on for a wish, by the first letter of its row."""


def may_wish(shown: Shown, what: str, kind: str) -> bool:
    """Whether a wish can be granted.

    Args:
        shown: The retro.
        what: The wish.
        kind: The first letter of the row under the cursor; empty for none.
    """
    offered = {command.action for command in at_stage(shown.stage)}
    if f"wish('{what}')" not in offered:
        return False
    if what not in LOOKING and not shown.leads:
        return False
    if what in ON_ROW and (not kind or kind not in ON_ROW[what]):
        return False
    return _fits(shown, what)


def _fits(shown: Shown, what: str) -> bool:
    retro, board, known = shown.room.retro, shown.room.board, places(shown.room.retro.format)
    fits = {
        "next": shown.stage != known[-1],
        "back": shown.stage != known[0],
        "answer": shown.stage not in retro.released,
        "close check": shown.stage in shown.room.enough,
        "drop check": shown.stage in shown.room.enough,
        "pause": current(retro) is not None,
        "ballot": bool(shown.room.topics) and may_vote_alone(retro, board, shown.room.team.minimum),
        "show votes": shown.hides_votes and board.voters >= shown.room.team.minimum,
        "decide": bool(shown.room.topics or retro.focus),
        "comments": shown.results is not None and bool(shown.results.comments),
        "undo": len(retro.changes) > retro.undone,
        "redo": retro.undone > 0,
    }
    return fits.get(what, True)


def may_act(shown: Shown, action: str, kind: str) -> bool:
    """Whether one of the screen's own actions is possible at this stage, on this row."""
    offered = {command.action.partition("(")[0] for command in at_stage(shown.stage)}
    if action not in offered:
        return False
    if action == "search":
        return True
    if not shown.leads:
        return False
    if action == "minute":
        return current(shown.room.retro) is not None
    if action == "count" and shown.hides_votes:
        # Nobody would see what it does.
        return False
    needs = {"pick": "tma", "mark": "tn", "count": "t"}.get(action)
    return needs is None or (bool(kind) and kind in needs)
