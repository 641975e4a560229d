"""One released sprint as it may be told: figures, sentences, focus list and suggestions in one value.

Everything that screens, commands and exports show of a release is put into words here, so that they cannot disagree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from tuiretro.core.answered import told_answers
from tuiretro.core.figures import (
    NEW_LANGUAGE,
    SPLIT_ADVICE,
    TOO_FEW,
    answered_words,
    band,
    few_sprints_words,
    noise_words,
    silent_words,
    theme_band,
    told_band,
)
from tuiretro.core.focus import Entry, reason
from tuiretro.core.judged import Judged, SoFar, judged
from tuiretro.core.judgement import ItemJudgement
from tuiretro.core.plays import ordered, play_reference, talk_first
from tuiretro.core.remarks import baseline_words, item_words, theme_words, whole_words
from tuiretro.core.rules import FEW_SPRINTS, FULL_THEME
from tuiretro.model.action import Action
from tuiretro.model.release import History, ItemResult
from tuiretro.model.summary import FocusLine, ItemLine, PlayLine, Summary, ThemeLine
from tuiretro.model.survey import THEMES, Mistake, Theme
from tuiretro.model.team import Team

Find = Callable[[str], Mistake | None]
"""A mistake by its id, or None if the catalogue has it no more."""


def summarise(
    team: Team, history: History, actions: tuple[Action, ...], find: Find, numbers: Mapping[str, int]
) -> Summary:
    """The last release of a history.

    Args:
        team: Whose history it is.
        history: At least one release; a shorter history gives the summary of an earlier sprint.
        actions: The team's actions.
        find: Gives a mistake by its id; only the focus list's are asked for.
        numbers: Each mistake's number, by id; of what is in the catalogue no more, none is needed.

    Raises:
        ValueError: No release.
    """
    if history.last is None:
        raise ValueError("a summary needs a release")
    past = judged(history, team.changes, numbers)
    return next(summaries(team, past, actions, find, numbers, since=history.last.sprint.number))


def summaries(
    team: Team,
    past: Judged,
    actions: tuple[Action, ...],
    find: Find,
    numbers: Mapping[str, int],
    *,
    since: int = 1,
) -> Iterator[Summary]:
    """The releases of a history from a sprint on, each as it was told when it was the last one.

    What was taken on later is no part of an earlier sprint's story, and its plays were untried then.

    Args:
        team: Whose history it is.
        past: The history, judged.
        actions: The team's actions; the last release tells of all of them.
        find: Gives a mistake by its id.
        numbers: Each mistake's number, by id.
        since: The first sprint that is told.
    """
    telling = _Telling(team, past, actions, find, numbers)
    for release in past.history.releases:
        telling.so_far.take()
        if release.sprint.number >= since:
            yield telling.summary()


def taken_on(actions: Iterable[Action], sprint: int) -> tuple[Action, ...]:
    """The actions that a sprint and those before it led to."""
    return tuple(action for action in actions if action.sprint <= sprint)


class _Telling:
    """One history while it is told, sprint after sprint."""

    def __init__(
        self, team: Team, past: Judged, actions: tuple[Action, ...], find: Find, numbers: Mapping[str, int]
    ) -> None:
        self.team = team
        self.so_far = SoFar(past)
        self.actions = actions
        self.numbers = numbers
        self._find = find
        self._found: dict[str, Mistake | None] = {}
        self._plays: defaultdict[str, list[Action]] = defaultdict(list)
        """By the mistake or survey that they may belong to: the actions that were plays; older ones name none."""
        for action in actions:
            if action.play is not None:
                book, dot, _ = action.play.partition(".")
                self._plays[book if dot else ""].append(action)

    def summary(self) -> Summary:
        """The newest release."""
        so_far, last = self.so_far, self.so_far.judgement
        release, listed = so_far.release, so_far.past.lists[so_far.place]
        return Summary(
            team=self.team.name,
            sprint=release.sprint,
            title=release.title,
            answered=answered_words(release.answered, release.people),
            nearly_all=release.answered is None,
            minimum=release.minimum,
            sprints=so_far.place + 1,
            signal=last.whole.signal if last.whole else None,
            is_judged=any(theme.limit is not None for theme in last.themes.values()),
            remark=_whole_remark(so_far),
            mistakes=len(self.numbers),
            levels=len(listed.recent),
            themes=tuple(_theme_line(theme, so_far) for theme in THEMES if theme in so_far.themes),
            focus=tuple(self._focus_line(entry) for entry in listed.entries),
            actions=self._so_far(self.actions),
            n=release.answered,
            people=None if release.answered is None else release.people,
            comments=len(release.comments),
            language=release.language,
        )

    def _so_far(self, actions: Iterable[Action]) -> tuple[Action, ...]:
        return tuple(actions) if self.so_far.is_last else taken_on(actions, self.so_far.release.sprint.number)

    def _mistake(self, id_: str) -> Mistake | None:
        if id_ not in self._found:
            self._found[id_] = self._find(id_)
        return self._found[id_]

    def _title(self, id_: str) -> str:
        """A mistake's title; its item's label once it is in the catalogue no more."""
        mistake = self._mistake(id_)
        return mistake.title if mistake else self.so_far.question(self.so_far.shown[id_][1]).short

    def _focus_line(self, entry: Entry) -> FocusLine:
        mistake = self._mistake(entry.mistake)
        release, item = self.so_far.shown[entry.mistake]
        replaced = {} if entry.replaced is None else {entry.replaced: self._title(entry.replaced)}
        return FocusLine(
            mistake=entry.mistake,
            number=self.numbers.get(entry.mistake, 0),
            title=self._title(entry.mistake),
            level=entry.level,
            band=told_band(band(item.n or release.minimum)),
            answered=told_answers(item, release)[1],
            reason=reason(entry, replaced),
            new_drop=entry.new_drop,
            talk_first=talk_first(item),
            statement=self.so_far.question(item).short,
            plays=self._play_lines(mistake) if mistake else (),
        )

    def _play_lines(self, mistake: Mistake) -> tuple[PlayLine, ...]:
        shown = self.so_far.shown
        means = {side: mean for item, side in mistake.sides.items() if item in shown and (mean := shown[item][1].mean)}
        tried = self._so_far((*self._plays[mistake.id], *self._plays[""]))
        return tuple(
            PlayLine(play_reference(mistake, play), play.title, play.effort, play.why, play.first_step, play.done_when)
            for play in ordered(mistake, means, tried)
        )


def _whole_remark(so_far: SoFar) -> str:
    if so_far.is_new_language:
        return NEW_LANGUAGE
    whole = so_far.judgement.whole
    if whole is not None and whole.signal is not None:
        return whole_words(whole.signal)
    sprints = so_far.place + 1
    return few_sprints_words(sprints, FEW_SPRINTS) if sprints < FEW_SPRINTS else ""


def _theme_line(theme: Theme, so_far: SoFar) -> ThemeLine:
    found = so_far.judgement.themes.get(theme)
    lines = _item_lines(theme, so_far)
    if found is None:
        return ThemeLine(theme, items=lines)
    ns = so_far.answers.of(theme)
    return ThemeLine(
        theme=theme,
        mean=found.value,
        band=told_band(theme_band(list(ns)) if len(ns) >= FULL_THEME else band(min(ns))),
        signal=found.signal,
        asked=bool(lines),
        remark=theme_words(found, asked=bool(lines)),
        recent=so_far.recent(theme),
        items=lines,
    )


def _item_lines(theme: Theme, so_far: SoFar) -> tuple[ItemLine, ...]:
    return tuple(_item_line(item, so_far) for item in so_far.release.items if so_far.question(item).theme == theme)


def _item_line(item: ItemResult, so_far: SoFar) -> ItemLine:
    question, release = so_far.question(item), so_far.release
    line = ItemLine(question.id, question.short, question.text, question.mistake, question.facet is not None)
    if item.mean is None or item.n is None:
        return replace(line, remarks=(TOO_FEW,))
    judgement = so_far.judgement.items.get(item.id)
    silent = silent_words(item.mean, item.n, release.people)
    told, words = told_answers(item, release)
    return replace(
        line,
        n=told,
        answered=words,
        mean=item.mean,
        band=told_band(band(item.n)),
        spread=item.spread,
        signal=judgement.signal if judgement else None,
        remarks=tuple(_remarks(item, judgement, so_far)),
        details=(noise_words(told, band(item.n)), *((silent,) if silent else ())),
    )


def _remarks(item: ItemResult, found: ItemJudgement | None, so_far: SoFar) -> Iterator[str]:
    if found is not None and found.signal is not None:
        before = so_far.before(found.b)
        yield item_words(found, every=all((asked := r.item(item.id)) and asked.mean is not None for r in before))
    if found is not None and found.new_baseline:
        yield baseline_words(found)
    if talk_first(item):
        yield SPLIT_ADVICE
