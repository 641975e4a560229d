"""What became of a topic after an action: the claim ladder, from "too early" to "rose more than your other topics".

Owns the comparison and its sentences. It must not claim a cause, nor know how an action is kept or shown.
Source of every rule: docs/numbers.md, follow-up.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from math import fsum, inf
from typing import Literal, NamedTuple

from msgspec import Struct

from tuiretro.core.figures import mean_short
from tuiretro.core.rules import BOUNCE, FOLLOW_UP, OTHERS_FROM, ROSE, TOLERANCE
from tuiretro.model.action import Action, Draw
from tuiretro.model.release import History

NO_CHANGE_YET = "No clear change yet."
BOUNCES = f"Part of this is expected: the lowest scores tend to bounce back by about {BOUNCE}."
CHANGED = "The team, the language or the statement has changed since, so before and after cannot be compared."
NO_TOPIC = "It belongs to no mistake, so there is no score beside it."

State = Literal["none", "early", "apart", "unclear", "rose"]


class FollowUp(Struct, frozen=True):
    """What may be said of an action's topic since it was taken on, and the figures behind it."""

    state: State
    words: str
    """One sentence."""
    before: tuple[float, ...] = ()
    """The topic's last shown means before, oldest first, in points."""
    after: tuple[float, ...] = ()
    """Its first ones after."""
    change: float | None = None
    """Average after minus average before, in points."""
    others: float | None = None
    """The same for the other topics, averaged over them."""
    topics: int = 0
    """How many others these were."""
    needed: float = ROSE[0][1]
    """By how much it must have risen more than the others, in points."""
    note: str = ""
    """That part of a rise was to be expected; empty where it was not."""


class _Asking(NamedTuple):
    """One shown value of a topic."""

    sprint: int
    segment: tuple[int, str, int]
    mean: float


class Topics:
    """Every topic of a team's history over the sprints, to follow actions up with.

    Args:
        history: The team's releases.
        changes: Sprint numbers in which people joined or left.
        actions: All actions of the team: a topic that one was about is none of the others while it is followed up.
    """

    def __init__(self, history: History, changes: Sequence[int], actions: Iterable[Action] = ()) -> None:
        breaks = sorted(changes)
        known = {q.wording for q in history.questions if q.facet is None}
        self.askings: dict[str, list[_Asking]] = {}
        self.people = {release.sprint.number: release.people for release in history.releases}
        """By sprint: how many there were."""
        for release in history.releases:
            team = bisect_right(breaks, release.sprint.number)
            for item in release.items:
                if item.mean is not None and item.wording in known:
                    segment = (item.version, item.language, team)
                    asking = _Asking(release.sprint.number, segment, item.mean)
                    self.askings.setdefault(item.id, []).append(asking)
        self._sprints = {topic: [asking.sprint for asking in askings] for topic, askings in self.askings.items()}
        self._spans = tuple(self._followed(actions))

    def _followed(self, actions: Iterable[Action]) -> Iterator[tuple[int, float, str]]:
        """From which sprint to which a topic is followed up, for each action that was not dropped."""
        for action in actions:
            if action.mistake is not None and action.status != "dropped":
                begins = first_sprint(action)
                yield begins, self.end_of(action.mistake, begins) or inf, action.mistake

    def taken(self, start: int, until: int) -> set[str]:
        """The topics that an action's own askings after it fall on, between two sprints."""
        return {topic for begins, ends, topic in self._spans if begins <= until and ends >= start}

    def around(self, topic: str, start: int, until: int | None = None) -> tuple[list[float], list[float]]:
        """The last values before a sprint and the first from it on, as far as they can be compared.

        Args:
            topic: A mistake's id, or an item's.
            start: The first sprint that counts as after.
            until: The last sprint that counts; None takes all.
        """
        askings, sprints = self.askings.get(topic, []), self._sprints.get(topic, [])
        at = bisect_left(sprints, start)
        end = len(sprints) if until is None else bisect_right(sprints, until)
        place = at if at < end else at - 1
        if place < 0:
            return [], []
        segment = askings[place].segment
        earlier = (askings[i].mean for i in range(at - 1, -1, -1) if askings[i].segment == segment)
        after = (asking.mean for asking in islice(askings, at, end) if asking.segment == segment)
        return [*islice(earlier, FOLLOW_UP)][::-1], [*islice(after, FOLLOW_UP)]

    def values(self, topic: str, start: int, until: int) -> dict[int, float]:
        """By sprint, up to one: the values that can be compared with the first one from a sprint on, in points."""
        askings = [asking for asking in self.askings.get(topic, []) if asking.sprint <= until]
        segment = next((asking.segment for asking in askings if asking.sprint >= start), None)
        return {asking.sprint: asking.mean for asking in askings if asking.segment == segment}

    def asked_before(self, topic: str, start: int) -> int:
        """How many values a topic has before a sprint, whether or not they can be compared with later ones."""
        return bisect_left(self._sprints.get(topic, []), start)

    def end_of(self, topic: str, start: int) -> int | None:
        """The sprint of the last value that counts as after; None while there are fewer than are needed."""
        last = self.asked_before(topic, start) + FOLLOW_UP - 1
        sprints = self._sprints.get(topic, [])
        return sprints[last] if last < len(sprints) else None

    def change(self, topic: str, start: int, until: int) -> float | None:
        """Average after minus average before, in points; None where there is nothing on one of the sides."""
        before, after = self.around(topic, start, until)
        return _average(after) - _average(before) if before and after else None


def first_sprint(action: Action) -> int:
    """The first sprint that counts as after: the one drawn, else the one after it was taken on."""
    return action.sprint + 1 if action.draw is None else action.draw.start


def follow_up(action: Action, topics: Topics, lowest: Sequence[str]) -> FollowUp:
    """What may be said of an action now.

    Three askings after against three before, minus the change of the other topics over the same sprints. Once the three
    are there, later sprints do not change the verdict.

    Args:
        action: The action.
        topics: The team's history and its actions: topics that another one was about are left out of the others.
        lowest: The mistakes that had the three lowest levels when it was taken on.
    """
    if action.mistake is None or not topics.people:
        return FollowUp("none", NO_TOPIC) if action.mistake is None else FollowUp("early", _early(0))
    start = first_sprint(action)
    before, after = topics.around(action.mistake, start)
    until = topics.end_of(action.mistake, start)
    team = topics.people[max(topics.people) if until is None else until]
    needed = next((points for people, points in ROSE if team <= people), ROSE[-1][1])
    told = FollowUp("early", _early(len(after)), tuple(before), tuple(after), needed=needed)
    if until is None:
        return told
    if len(before) < FOLLOW_UP <= topics.asked_before(action.mistake, start):
        return _replace(told, "apart", CHANGED)
    if len(before) < FOLLOW_UP or len(after) < FOLLOW_UP:
        return _replace(told, "apart", _apart(len(before), len(after)))
    taken = {action.mistake, *topics.taken(start, until)}
    moved = [
        change
        for topic in topics.askings
        if topic not in taken and (change := topics.change(topic, start, until)) is not None
    ]
    if len(moved) < OTHERS_FROM:
        return _replace(told, "apart", "Too few other topics to compare with.")
    return _judged(told, moved, is_lowest=action.mistake in lowest)


def _judged(told: FollowUp, moved: Sequence[float], *, is_lowest: bool) -> FollowUp:
    change, others = _average(told.after) - _average(told.before), _average(moved)
    # Who falls less than the others has not risen.
    has_risen = change - others >= told.needed - TOLERANCE and round(change, 1) > 0
    rose = f"Rose by {change:.1f}, more than your other topics. We can't tell if the action caused it."
    return FollowUp(
        "rose" if has_risen else "unclear",
        rose if has_risen else NO_CHANGE_YET,
        told.before,
        told.after,
        change,
        others,
        len(moved),
        told.needed,
        BOUNCES if is_lowest and change > TOLERANCE else "",
    )


def _replace(told: FollowUp, state: State, words: str) -> FollowUp:
    return FollowUp(state, words, told.before, told.after, needed=told.needed)


def _early(askings: int) -> str:
    return f"Too early ({askings} of {FOLLOW_UP} sprints)."


def _apart(before: int, after: int) -> str:
    if after < FOLLOW_UP:
        return CHANGED
    return f"Cannot be compared: asked {before} of {FOLLOW_UP} times before it was taken on."


def _average(values: Sequence[float]) -> float:
    return fsum(values) / len(values)


class Drawn(NamedTuple):
    """What a start that was drawn allows to be said."""

    as_large: int
    """How many of the starts that could have been drawn show a rise at least as large as the real one."""
    of: int

    @property
    def p(self) -> float:
        """The exact one-sided p of the draw."""
        return self.as_large / self.of


def drawn_start(values: Mapping[int, float], starts: Sequence[int], start: int) -> Drawn | None:
    """The randomisation test of a start that was drawn by chance (Edgington 1980; golden its_nap_randomisation).

    The average from a start on minus the average before it, for each start that could have been drawn. The p is only
    valid because the start really was drawn from them.

    Args:
        values: By sprint: the topic's shown means, in points, of one segment.
        starts: The sprints that could have been drawn.
        start: The one that was.

    Returns:
        None while one of the starts has no value on one of its sides.
    """
    rises: dict[int, float] = {}
    for candidate in starts:
        before = [value for sprint, value in values.items() if sprint < candidate]
        after = [value for sprint, value in values.items() if sprint >= candidate]
        if not before or not after:
            return None
        rises[candidate] = _average(after) - _average(before)
    return Drawn(sum(rise >= rises[start] - TOLERANCE for rise in rises.values()), len(rises))


def draw_words(draw: Draw) -> str:
    """'Its start was drawn from sprints 29 to 32: sprint 30.'."""
    return f"Its start was drawn from sprints {draw.starts[0]} to {draw.starts[-1]}: sprint {draw.start}."


def explain(action: Action, told: FollowUp, drawn: Drawn | None) -> tuple[str, ...]:
    """The figures behind a sentence, for those who ask for them.

    Args:
        action: The action.
        told: What may be said of it.
        drawn: What its drawn start allows to be said, if it was drawn and the sprints are over.
    """
    return tuple(_steps(action, told, drawn))


def _steps(action: Action, told: FollowUp, drawn: Drawn | None) -> Iterator[str]:
    for word, values in (("Before", told.before), ("After", told.after)):
        if values:
            shown = ", ".join(mean_short(value) for value in values)
            yield f"{word}: {shown}; on average {_average(values):.1f}."
    if told.change is not None and told.others is not None:
        yield (
            f"It moved by {_signed(told.change)}, your {told.topics} other topics by {_signed(told.others)} over these "
            f"sprints (mistakes and safety statements). 'Rose more' needs {told.needed:g} between the two, which at "
            "most one action in twenty-five reaches with nothing done."
        )
    if told.note:
        yield told.note
    if action.draw is not None:
        yield draw_words(action.draw)
    if drawn is not None:
        yield (
            f"Of the {drawn.of} starts that could have been drawn, {drawn.as_large} would show a rise at least as "
            f"large as the real one (exact p = {drawn.p:.2f}); the draw makes that number honest."
        )


def _signed(points: float) -> str:
    """'+0.7', '-0.3', '0.0'."""
    shown = round(points, 1)
    return f"{shown:+.1f}" if shown else "0.0"
