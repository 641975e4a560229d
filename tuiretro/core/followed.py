"""What became of the topics of all actions of a team.

Owns which actions are followed up and what each is compared with. Must not know how a comparison is made, nor how
actions are kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from msgspec import Struct

from tuiretro.core.follow_up import Drawn, FollowUp, Topics, drawn_start, follow_up
from tuiretro.core.judged import Judged
from tuiretro.core.rules import FOCUS_PLACES
from tuiretro.model.action import Action


class Followed(Struct, frozen=True):
    """What may be said of one action's topic since then."""

    follow_up: FollowUp
    drawn: Drawn | None = None
    """What its drawn start allows to be said; for those who ask for the figures alone."""

    @property
    def words(self) -> str:
        """One sentence; empty where the action belongs to no mistake."""
        return "" if self.follow_up.state == "none" else self.follow_up.words


def followed(past: Judged, changes: tuple[int, ...], actions: Sequence[Action]) -> Mapping[int, Followed]:
    """What became of the topic of each action, by the action's number; dropped ones are left out.

    Args:
        past: The team's history, judged.
        changes: Sprint numbers in which people joined or left.
        actions: All actions of the team.
    """
    waiting = [action for action in actions if action.status != "dropped"]
    if not waiting:
        return {}
    topics = Topics(past.history, changes, actions)
    sprints = [release.sprint.number for release in past.history.releases]
    return {
        action.id: _followed(action, topics, _lowest(past, bisect_right(sprints, action.sprint))) for action in waiting
    }


def _lowest(past: Judged, released: int) -> list[str]:
    """The mistakes with the lowest levels after so many releases."""
    levels = past.lists[released - 1].levels if released else {}
    return sorted(levels, key=lambda mistake: levels[mistake])[:FOCUS_PLACES]


def _followed(action: Action, topics: Topics, lowest: list[str]) -> Followed:
    told = follow_up(action, topics, lowest)
    draw, mistake = action.draw, action.mistake
    until = None if draw is None or mistake is None else topics.end_of(mistake, max(draw.starts))
    if draw is None or mistake is None or until is None:
        return Followed(told)
    return Followed(told, drawn_start(topics.values(mistake, draw.start, until), draw.starts, draw.start))
