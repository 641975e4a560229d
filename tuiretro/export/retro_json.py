"""A retro as JSON, for programs, in a fixed order of keys. Holds an owner only when asked, and no author ever."""

from __future__ import annotations

import msgspec

from tuiretro.core.figures import FOOTER, told_band, told_mean
from tuiretro.core.rules import ENDS
from tuiretro.core.text import cleaned_keys
from tuiretro.model.action import Action
from tuiretro.model.retro_summary import CheckLine, RetroSummary

SCHEMA = 1
"""Counts up when a key goes away or changes its meaning; a new key leaves it as it is."""


def retro_json(summary: RetroSummary, *, owners: bool = False) -> str:
    """A retro as one JSON object; ends in a newline.

    Args:
        summary: The retro, under way or over.
        owners: Whether the owners of actions are named.
    """
    document: dict[str, object] = {
        "schema": SCHEMA,
        "kind": "retro",
        "team": summary.team,
        "sprint": msgspec.to_builtins(summary.sprint),
        "held": summary.held,
        "format": summary.format,
        "is_over": summary.is_over,
        "stage": summary.stage,
        "agenda": [msgspec.to_builtins(stage) for stage in summary.agenda],
        "minutes": summary.minutes,
        "decided": [_action(action, owners=owners) for action in summary.decided],
        "reviewed": [
            {**_action(review.action, owners=owners), "fate": review.fate, "since": review.since}
            for review in summary.reviewed
        ],
        "topics": [msgspec.to_builtins(topic) for topic in summary.topics],
        "hidden_notes": summary.hidden,
        "voters": summary.voters,
        "hidden_votes": summary.hides_votes,
        "checks": [_check(check) for check in summary.checks],
        "footer": FOOTER,
    }
    return msgspec.json.format(msgspec.json.encode(cleaned_keys(document)), indent=2).decode() + "\n"


def _action(action: Action, *, owners: bool) -> dict[str, object]:
    owner = {"owner": action.owner} if owners else {}
    return {
        "id": action.id,
        "title": action.title,
        "due": action.due.isoformat(),
        "done_when": action.done_when,
        "status": action.status,
        "sprint": action.sprint,
        "mistake": action.mistake,
        "play": action.play,
        **owner,
    }


def _check(check: CheckLine) -> dict[str, object]:
    mean = None if check.mean is None else told_mean(check.mean)
    return {
        "id": check.id,
        "title": check.title,
        "statement": check.statement,
        "answered": check.answered,
        "suppressed": mean is None,
        "mean": mean,
        "at_most": mean is not None and mean <= ENDS[0],
        "at_least": mean is not None and mean >= ENDS[1],
        "band": None if mean is None or check.band is None else told_band(check.band),
        "spread": None if mean is None else check.spread,
    }
