"""An invented team that answers like people do: lasting opinions, wobble, moods, and a story to find.

Owns what the demo's people think in every sprint. It must not know how rounds are opened, kept or shown, nor how the
numbers are judged: what the app finds in these answers, it finds by itself.
Numbers without a reason of their own are what real small teams show: lasting opinions with some wobble.
"""

from __future__ import annotations

from hashlib import blake2b
from math import sqrt
from statistics import NormalDist

from msgspec import Struct

from tuiretro.core.invented_comments import DIP_COMMENTS, DROP_COMMENTS, EVERYDAY_COMMENTS
from tuiretro.core.rules import PEOPLE_RANGE, SCALE
from tuiretro.model.round import Sheet
from tuiretro.model.survey import Question

WITHIN_SD = 0.95
"""Latent points: how far people of one team lie apart on one item."""
LASTING = 0.6
"""Share of that variance that a person keeps from sprint to sprint."""
MOOD_SD = 0.15
"""Latent points: what moves the whole team in a sprint."""
ITEM_MEAN, ITEM_SD = 3.6, 0.3
"""Latent points: a little calmer than assumed (0.5), so that the story stands out of the other items for every seed."""
ITEM_RANGE = (3.1, 4.2)
FACET_SD = 0.35
"""Latent points: how far the sides of a mistake lie from its headline."""
RESPONSE = 0.85
CANT_SAY = 0.03
COMMENTS_SHARE = 0.3
"""Share of sheets with a comment: enough for three writers in every third round of a small team."""
LATE_COMMENTS_SHARE = 0.8
"""The same for the last round with results and the one that is open."""

RISING, RISE = "data-cleaning", (2.2, 4.1)
"""The mistake that the team works on, before and after."""
DROPPING, DROP = "model-drift", (4.0, 2.2)
"""The mistake that suddenly gets worse for good, before and after."""
SPLIT, CAMPS = "automation", (1.7, 4.4)
"""The mistake that people see differently, in one camp and the other."""
CAMP_SD = 0.4
"""Latent points: camps are closer to each other than people are elsewhere."""
RARE, RARELY = "generative-ai", 3
"""The mistake of which only so many people can say anything in the early sprints: fewer than any k."""
DIP = -1.0
"""Latent points: what one bad release does to every item of its sprint."""
STORY_LENGTH = 26
"""Sprints of the story as it was written; a longer or shorter demo stretches it."""


class Story(Struct, frozen=True):
    """The sprints in which things happen; 0 for what does not fit into a very short history."""

    rise_starts: int
    rise_ends: int
    dip: int
    change: int
    """People change: somebody joins."""
    drop: int
    rare_until: int
    """The last sprint in which few can judge generative AI."""


class InventedTeam(Struct, frozen=True):
    """A team whose every answer follows from these three numbers."""

    people: int
    """How many there are in the end."""
    sprints: int
    """How long the story is."""
    seed: int

    @property
    def story(self) -> Story:
        """When things happen."""
        return Story(
            rise_starts=self.moment(5),
            rise_ends=max(self.moment(10), 1),
            dip=self.moment(11),
            change=self.moment(14),
            drop=self.moment(19),
            rare_until=max(self.moment(6), 1),
        )

    def moment(self, written: int) -> int:
        """The sprint that stands for sprint `written` of the story; 0 if that is before sprint 2."""
        sprint = round(written * self.sprints / STORY_LENGTH)
        return sprint if sprint > 1 else 0

    def members(self, sprint: int) -> tuple[int, ...]:
        """Who is on the team in a sprint, as numbers that stay with a person.

        Before the change there is one person less, or another one where one less would be too few.
        """
        change = self.story.change
        if sprint >= change:
            return tuple(range(1, self.people + 1))
        fewer = tuple(range(1, self.people))
        return fewer if len(fewer) >= PEOPLE_RANGE[0] else (*fewer, self.people + 1)

    def writers(self, sprint: int, at_least: int) -> tuple[int, ...]:
        """The members who answer in a sprint.

        Args:
            sprint: Its number.
            at_least: So many answer in any case, if there are so many.
        """
        keen = sorted(self.members(sprint), key=lambda person: self._chance("answers", sprint, person))
        count = sum(self._chance("answers", sprint, person) < RESPONSE for person in keen)
        return tuple(sorted(keen[: max(count, at_least)]))

    def sheet(self, sprint: int, person: int, questions: tuple[Question, ...]) -> Sheet:
        """What one person answers in a sprint."""
        answers = {question.id: self.answer(sprint, person, question) for question in questions}
        return Sheet(answers, self.comment(sprint, person))

    def answer(self, sprint: int, person: int, question: Question) -> int | None:
        """One answer from 1 to 5, or None for "can't say"; the same whenever it is asked."""
        if question.id == RARE and sprint <= self.story.rare_until and person > RARELY:
            return None
        if self._chance("can't say", sprint, person, question.id) < CANT_SAY:
            return None
        spread = CAMP_SD if question.id == SPLIT else WITHIN_SD
        latent = (
            self.level(sprint, person, question)
            + spread * sqrt(LASTING) * self._normal("lasting", person, question.id)
            + spread * sqrt(1 - LASTING) * self._normal("wobble", sprint, person, question.id)
            + MOOD_SD * self._normal("mood", sprint)
        )
        least, most = SCALE
        return min(max(round(latent), least), most)

    def level(self, sprint: int, person: int, question: Question) -> float:
        """Where the story puts an item in a sprint, before anybody's own opinion, in latent points."""
        story = self.story
        bad_week = DIP if sprint == story.dip else 0.0
        mistake = question.mistake or question.id
        side = FACET_SD * self._normal("side", question.id) if question.facet else 0.0
        if mistake == SPLIT:
            return CAMPS[person % 2] + side + bad_week
        if mistake == RISING:
            way = (sprint - story.rise_starts) / max(story.rise_ends - story.rise_starts, 1)
            return RISE[0] + (RISE[1] - RISE[0]) * min(max(way, 0.0), 1.0) + side + bad_week
        if mistake == DROPPING:
            return DROP[bool(story.drop) and sprint >= story.drop] + side + bad_week
        mean = ITEM_MEAN + ITEM_SD * self._normal("item", mistake)
        return min(max(mean, ITEM_RANGE[0]), ITEM_RANGE[1]) + side + bad_week

    def comment(self, sprint: int, person: int) -> str:
        """What one person writes, if anything; nobody repeats what another writes in the same sprint."""
        event = {self.story.dip: DIP_COMMENTS, self.story.drop: DROP_COMMENTS}.get(sprint, ())
        if person <= len(event):
            return event[person - 1]
        # A visitor looks at the last sprints first, and should find comments there.
        share = LATE_COMMENTS_SHARE if sprint >= self.sprints else COMMENTS_SHARE
        if person > len(EVERYDAY_COMMENTS) or self._chance("comment", sprint, person) >= share:
            return ""
        # A step that shares no factor with the number of comments brings every comment up before one comes again.
        return EVERYDAY_COMMENTS[(7 * sprint + person) % len(EVERYDAY_COMMENTS)]

    def _chance(self, *name: str | int) -> float:
        """A number between 0 and 1, without the ends, that belongs to a name.

        Noise by name instead of noise in turn: an answer does not depend on what else was asked before it.
        """
        key = "/".join(map(str, (self.seed, *name)))
        drawn = int.from_bytes(blake2b(key.encode(), digest_size=6).digest(), "big")
        return (drawn + 0.5) / 2**48

    def _normal(self, *name: str | int) -> float:
        """A standard normal number that belongs to a name."""
        return NormalDist().inv_cdf(self._chance(*name))
