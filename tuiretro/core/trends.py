"""A team's past as lines: each theme and each mistake over all released sprints, with what may be said of it now.

Everything that the trends of screens and commands show is put together here, so that they cannot disagree. Computes
no signal and no shift itself, and draws nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from math import inf

from tuiretro.core.answered import latest_answers, told_answers
from tuiretro.core.figures import (
    NEW_LANGUAGE,
    NO_CHANGE,
    NOT_ASKED,
    TOO_EARLY,
    TOO_FEW,
    band,
    few_sprints_words,
    theme_band,
    told_band,
)
from tuiretro.core.judgement import ItemJudgement, Judgement, ThemeJudgement
from tuiretro.core.remarks import baseline_words, item_words, theme_words, whole_words
from tuiretro.core.rules import FEW_SPRINTS, FULL_THEME, LAPSED_AFTER
from tuiretro.core.segments import Asked, Segment, put_together, why_item
from tuiretro.core.shifts import Value, directions
from tuiretro.core.signals import judge
from tuiretro.model.action import Action
from tuiretro.model.release import History, ItemResult, Release
from tuiretro.model.survey import THEMES, Question, Theme
from tuiretro.model.team import Team
from tuiretro.model.trends import ActionMark, Line, Start, Trends


def trends(
    team: Team,
    history: History,
    actions: Sequence[Action],
    numbers: Mapping[str, int],
    titles: Mapping[str, str] | None = None,
    last: int | None = None,
    judgements: tuple[Judgement, ...] | None = None,
    also: Collection[str] = (),
) -> Trends:
    """All releases of a team as lines.

    Args:
        team: Whose history it is.
        history: Any number of releases.
        actions: The team's actions, marked on the lines.
        numbers: Each mistake's number, by id, which settles the order; what has none comes last.
        titles: Titles of mistakes, by id; without one the label of its statement stands there.
        last: How many of its last values each line gets, for those who draw no more; None for all.
        judgements: Of the releases, for those who have them already.
        also: Ids of statements of no mistake that get a line behind all others; other ids are passed over.
    """
    past = _Past(history, judge(history, team.changes) if judgements is None else judgements, team.changes, last)
    themes = {theme: past.theme(theme) for theme in THEMES}
    told = directions({theme: asked.baseline for theme, asked in themes.items() if past.is_recent(asked)})
    mistakes = sorted(past.headlines, key=lambda mistake: (numbers.get(mistake, inf), mistake))
    lines: list[Line] = []
    for theme, asked in themes.items():
        if asked.dots:
            lines.append(_theme_line(theme, asked, past, told.get(theme, "")))
        lines += [
            _mistake_line(past.headlines[mistake], past, (titles or {}).get(mistake))
            for mistake in mistakes
            if past.headlines[mistake].theme == theme
        ]
    lines += [_mistake_line(question, past, None) for id_ in also if (question := past.other(id_)) is not None]
    return Trends(
        team=team.name,
        sprints=tuple(release.sprint for release in history.releases),
        lines=tuple(lines),
        changes=team.changes,
        wholes=tuple(
            (release.sprint.number, judgement.whole.signal)
            for release, judgement in zip(history.releases, past.judgements, strict=True)
            if judgement.whole is not None and judgement.whole.signal is not None
        ),
        actions=tuple(_marks(actions, past.headlines)),
        remark=_remark(history, past.judgements),
    )


class _Past:
    """The releases, sorted by what they asked."""

    def __init__(
        self, history: History, judgements: tuple[Judgement, ...], changes: tuple[int, ...], last: int | None
    ) -> None:
        self.history = history
        self.last = last
        self.judgements = judgements
        self.sprints = [release.sprint.number for release in history.releases]
        self.teams = [bisect_right(sorted(changes), sprint) for sprint in self.sprints]
        """By place of a release: how often people had joined or left before it."""
        self.headlines: dict[str, Question] = {q.id: q for q in history.questions if q.is_headline}
        """By mistake: its statement in the words of the last asking."""
        self.answers = latest_answers(history)
        self.shown: dict[str, list[tuple[int, ItemResult, ItemJudgement]]] = {}
        """By item: the places of the releases that may show a value of it, with what came of it."""
        self.too_few: dict[str, list[int]] = {}
        """By item: the sprints in which too few answered it."""
        for place, (release, judgement) in enumerate(zip(history.releases, judgements, strict=True)):
            for item in release.items:
                judged = judgement.items.get(item.id)
                if judged is not None:
                    self.shown.setdefault(item.id, []).append((place, item, judged))
                elif item.mean is None:
                    self.too_few.setdefault(item.id, []).append(release.sprint.number)
        for id_ in self.headlines.keys() & self.shown.keys():
            self.headlines[id_] = history.question(self.shown[id_][-1][1])

    def other(self, item: str) -> Question | None:
        """A statement that is of no mistake, in the words of the last asking; deep dives move no line."""
        asked = [question for question in self.history.questions if question.id == item and question.mistake is None]
        if asked and item in self.shown:
            return self.history.question(self.shown[item][-1][1])
        return asked[-1] if asked else None

    def release(self, place: int) -> Release:
        """The release at a place."""
        return self.history.releases[place]

    def is_recent(self, asked: Asked) -> bool:
        """Whether a line has a value among the last releases: what was so long ago is no news."""
        recent = self.sprints[-LAPSED_AFTER:]
        return bool(asked.dots and recent) and asked.dots[-1].sprint >= recent[0]

    def theme(self, theme: Theme) -> Asked:
        """A theme over the releases that asked it."""
        found = [
            (place, told)
            for place, judgement in enumerate(self.judgements)
            if (told := judgement.themes.get(theme)) is not None and told.asked
        ]
        segments: list[Segment] = []
        for at, (place, told) in enumerate(found):
            before = found[at - 1] if at else None
            if before is None or before[1].since != told.since:
                segments.append(Segment(self._why_theme(before, place)))
            segments[-1].add(self.sprints[place], told.value, told)
            if told.is_fresh:
                segments[-1].fresh.append(Value(self.sprints[place], told.value))
        return put_together(segments, self.last)

    def _why_theme(self, before: tuple[int, ThemeJudgement] | None, place: int) -> Start:
        if before is None:
            return "first"
        if self.release(before[0]).language != self.release(place).language:
            return "language"
        return "team" if self.teams[before[0]] != self.teams[place] else "statement"

    def item(self, item: str) -> Asked:
        """An item over the releases that asked it."""
        segments: list[Segment] = []
        before: tuple[str, int, int] | None = None
        for now, group in groupby(self.shown.get(item, ()), self._where):
            found = [*group]
            segment = Segment(why_item(before, now))
            segment.sprints = [self.sprints[place] for place, _, _ in found]
            segment.values = [result.mean or 0.0 for _, result, _ in found]
            segment.judged = [judged for _, _, judged in found]
            segment.fresh = [*map(Value, segment.sprints, segment.values)]
            segment.baselines = [judged.since for _, _, judged in found if judged.new_baseline]
            segments.append(segment)
            before = now
        return put_together(segments, self.last)

    def _where(self, asked: tuple[int, ItemResult, ItemJudgement]) -> tuple[str, int, int]:
        place, result, _ = asked
        return result.language, result.version, self.teams[place]


def _theme_line(theme: Theme, asked: Asked, past: _Past, direction: str) -> Line:
    last = past.judgements[-1].themes.get(theme)
    said = theme_words(last, asked=last.asked > 0) if last is not None else ""
    return Line(
        id=theme,
        title=theme,
        theme=theme,
        mistake=None,
        dots=asked.dots,
        remarks=tuple(filter(None, (said, asked.shift, direction))),
        calm=TOO_EARLY,
        band=told_band(_theme_band(theme, past)),
    )


def _theme_band(theme: Theme, past: _Past) -> float:
    """By the latest number of answers of each item that the theme's value is made of."""
    ns = list(past.answers.of(theme)) or [past.history.releases[-1].minimum]
    return theme_band(ns) if len(ns) >= FULL_THEME else band(min(ns))


def _mistake_line(question: Question, past: _Past, title: str | None) -> Line:
    asked = past.item(question.id)
    line = Line(question.id, title or question.short, question.theme, question.id, asked.dots)
    too_few = tuple(past.too_few.get(question.id, ()))
    shown = past.shown.get(question.id)
    if not shown:
        return Line(line.id, line.title, line.theme, line.mistake, (), too_few)
    place, item, judged = shown[-1]
    release = past.release(place)
    every = place - shown[-1 - judged.b][0] == judged.b
    words = (item_words(judged, every=every), baseline_words(judged), asked.shift)
    calm = _calm(question.id, past, is_judged=judged.centre is not None)
    return Line(
        line.id,
        line.title,
        line.theme,
        line.mistake,
        asked.dots,
        too_few,
        tuple(filter(None, words)),
        told_band(band(item.n or release.minimum)),
        told_answers(item, release)[1],
        calm,
    )


def _calm(item: str, past: _Past, *, is_judged: bool) -> str:
    """What is said of a mistake of which nothing more can be said."""
    asked = past.history.releases[-1].item(item)
    if asked is None or asked.mean is None:
        return NOT_ASKED if asked is None else TOO_FEW
    return NO_CHANGE if is_judged else TOO_EARLY


def _marks(actions: Sequence[Action], headlines: Mapping[str, Question]) -> Iterator[ActionMark]:
    for action in actions:
        question = headlines.get(action.mistake or "")
        start = action.sprint if action.draw is None else action.draw.start
        yield ActionMark(start, action.id, action.title, action.mistake, question.theme if question else None)


def _remark(history: History, judgements: Sequence[Judgement]) -> str:
    """What holds for the last sprint as a whole, or for all of them."""
    sprints = len(history.releases)
    if sprints > 1 and history.releases[-1].language != history.releases[-2].language:
        return NEW_LANGUAGE
    if sprints < FEW_SPRINTS:
        return few_sprints_words(sprints, FEW_SPRINTS)
    whole = judgements[-1].whole
    return whole_words(whole.signal) if whole is not None and whole.signal is not None else ""
