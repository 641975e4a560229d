"""One released sprint as it may be told: figures, sentences, focus list and suggestions in one value.

Everything that screens, commands and exports show of a release is put into words here, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from tuiretro.core.answered import latest_answers, of_one_language, told_answers
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
from tuiretro.core.focus import Entry, reason, replay
from tuiretro.core.plays import play_reference, suggest, talk_first
from tuiretro.core.remarks import baseline_words, item_words, theme_words, whole_words
from tuiretro.core.rules import FEW_SPRINTS, FULL_THEME
from tuiretro.core.signals import ItemJudgement, Judgement, judge
from tuiretro.model.action import Action
from tuiretro.model.release import History, ItemResult, Release
from tuiretro.model.summary import FocusLine, ItemLine, PlayLine, Summary, ThemeLine
from tuiretro.model.survey import THEMES, Mistake, Theme
from tuiretro.model.team import Team


def summarise(
    team: Team,
    history: History,
    actions: tuple[Action, ...],
    find: Callable[[str], Mistake | None],
    numbers: Mapping[str, int],
) -> Summary:
    """The last release of a history.

    Args:
        team: Whose history it is.
        history: At least one release; a shorter history gives the summary of an earlier sprint.
        actions: The team's actions.
        find: A mistake by its id, or None if the catalogue has it no more; only the focus list's are asked for.
        numbers: Each mistake's number, by id; of what is in the catalogue no more, none is needed.

    Raises:
        ValueError: No release.
    """
    if history.last is None:
        raise ValueError("a summary needs a release")
    release = history.last
    judgements = judge(history, team.changes)
    last = judgements[-1]
    listed = replay(history, judgements, numbers)[-1]
    answers = latest_answers(history)
    return Summary(
        team=team.name,
        sprint=release.sprint,
        title=release.title,
        answered=answered_words(release.answered, release.people),
        nearly_all=release.answered is None,
        minimum=release.minimum,
        sprints=len(history.releases),
        signal=last.whole.signal if last.whole else None,
        is_judged=any(theme.limit is not None for theme in last.themes.values()),
        remark=_whole_remark(last, history),
        mistakes=len(numbers),
        levels=len(listed.levels),
        themes=tuple(_theme_line(theme, history, judgements, answers.get(theme, ())) for theme in _themes(history)),
        focus=tuple(_focus_line(entry, history, actions, find, numbers) for entry in listed.entries),
        actions=actions,
        comments=len(release.comments),
    )


def _whole_remark(judgement: Judgement, history: History) -> str:
    sprints = len(history.releases)
    if sprints > 1 and history.releases[-1].language != history.releases[-2].language:
        return NEW_LANGUAGE
    if judgement.whole is not None and judgement.whole.signal is not None:
        return whole_words(judgement.whole.signal)
    return few_sprints_words(sprints, FEW_SPRINTS) if sprints < FEW_SPRINTS else ""


def _themes(history: History) -> tuple[Theme, ...]:
    """The themes asked so far in this language; a history cut short still knows the questions of later rounds."""
    themes = {question.wording: question.theme for question in history.questions}
    asked = {themes[item.wording] for release in of_one_language(history) for item in release.items}
    return tuple(theme for theme in THEMES if theme in asked)


def _theme_line(theme: Theme, history: History, judgements: tuple[Judgement, ...], ns: tuple[int, ...]) -> ThemeLine:
    release, judgement = history.releases[-1], judgements[-1]
    found = judgement.themes.get(theme)
    lines = _item_lines(theme, history, release, judgement)
    if found is None:
        return ThemeLine(theme, items=lines)
    return ThemeLine(
        theme=theme,
        mean=found.value,
        band=told_band(theme_band(list(ns)) if len(ns) >= FULL_THEME else band(min(ns))),
        signal=found.signal,
        asked=bool(lines),
        remark=theme_words(found, asked=bool(lines)),
        recent=tuple(_values(theme, history, judgements)),
        items=lines,
    )


def _values(theme: Theme, history: History, judgements: tuple[Judgement, ...]) -> Iterator[float | None]:
    """A theme's value after each release; None for what was asked in another language than the last one."""
    language = history.releases[-1].language
    for release, judgement in zip(history.releases, judgements, strict=True):
        known = judgement.themes.get(theme) if release.language == language else None
        yield known.value if known is not None else None


def _item_lines(theme: Theme, history: History, release: Release, judgement: Judgement) -> tuple[ItemLine, ...]:
    asked = [(item, question) for item in release.items if (question := history.question(item)).theme == theme]
    return tuple(_item_line(item, history, release, judgement.items.get(item.id)) for item, question in asked)


def _item_line(item: ItemResult, history: History, release: Release, judged: ItemJudgement | None) -> ItemLine:
    question = history.question(item)
    line = ItemLine(question.id, question.short, question.text, question.mistake, question.facet is not None)
    if item.mean is None or item.n is None:
        return replace(line, remarks=(TOO_FEW,))
    silent = silent_words(item.mean, item.n, release.people)
    told, words = told_answers(item, release)
    return replace(
        line,
        n=told,
        answered=words,
        mean=item.mean,
        band=told_band(band(item.n)),
        spread=item.spread,
        signal=judged.signal if judged else None,
        remarks=_remarks(item, judged, history),
        details=(noise_words(told, band(item.n)), *((silent,) if silent else ())),
    )


def _remarks(item: ItemResult, judged: ItemJudgement | None, history: History) -> tuple[str, ...]:
    remarks: list[str] = []
    if judged is not None:
        before = history.releases[-1 - judged.b : -1]
        every = all((asked := release.item(item.id)) is not None and asked.mean is not None for release in before)
        remarks += filter(None, (item_words(judged, every=every), baseline_words(judged)))
    if talk_first(item):
        remarks.append(SPLIT_ADVICE)
    return tuple(remarks)


def _focus_line(
    entry: Entry,
    history: History,
    actions: tuple[Action, ...],
    find: Callable[[str], Mistake | None],
    numbers: Mapping[str, int],
) -> FocusLine:
    mistake = find(entry.mistake)
    release, item = _last_shown(entry.mistake, history)
    replaced = {} if entry.replaced is None else {entry.replaced: _title(entry.replaced, find(entry.replaced), history)}
    return FocusLine(
        mistake=entry.mistake,
        number=numbers.get(entry.mistake, 0),
        title=_title(entry.mistake, mistake, history),
        level=entry.level,
        band=told_band(band(item.n or release.minimum)),
        answered=answered_words(item.n, release.people),
        reason=reason(entry, replaced),
        new_drop=entry.new_drop,
        talk_first=talk_first(item),
        plays=_play_lines(mistake, history, actions) if mistake else (),
    )


def _title(id_: str, mistake: Mistake | None, history: History) -> str:
    """A mistake's title; its item's label once it is in the catalogue no more."""
    return mistake.title if mistake else history.question(_last_shown(id_, history)[1]).short


def _play_lines(mistake: Mistake, history: History, actions: tuple[Action, ...]) -> tuple[PlayLine, ...]:
    return tuple(
        PlayLine(play_reference(mistake, play), play.title, play.effort, play.why, play.first_step, play.done_when)
        for play in suggest(mistake, history, actions)
    )


def _last_shown(mistake: str, history: History) -> tuple[Release, ItemResult]:
    return next(
        (release, item)
        for release in reversed(history.releases)
        if (item := release.item(mistake)) is not None and item.mean is not None
    )
