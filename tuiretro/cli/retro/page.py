"""A retro in plain lines: for a terminal, for a screen reader, for the dialogue that leads through one.

Owns the words and their order. Values in, lines out; must not know where a retro is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tuiretro.core.agenda import SUMMARY, allowed, current
from tuiretro.core.calendar import day_and_month, span_words
from tuiretro.core.figures import TOO_FEW, band_words, mean_words
from tuiretro.core.retro_summary import BROUGHT, VOTES_HIDDEN, column_title
from tuiretro.core.telling import whole_remark
from tuiretro.core.text import clean, plural
from tuiretro.core.topics import budget

if TYPE_CHECKING:
    from tuiretro.core.topics import Topic
    from tuiretro.model.action import Action
    from tuiretro.model.retro import Board, Retro
    from tuiretro.model.retro_summary import CheckLine, RetroSummary, ReviewLine, TopicLine
    from tuiretro.model.summary import Summary
    from tuiretro.service.retro_room import Room

NO_TOPICS = "No notes yet."
"""Stages in which people look at the notes."""
NOTHING_DECIDED = "Nothing was taken on yet."


def page(here: Room, told: RetroSummary, titles: Mapping[str, str], *, owners: bool) -> Iterator[str]:
    """The whole retro as it stands.

    Args:
        here: The retro.
        told: What may be told of it.
        titles: The titles of mistakes, by id.
        owners: Whether the owners of actions are named.
    """
    yield f"{clean(told.team)}: retro of sprint {told.sprint.number}, {span_words(told.sprint)} {told.sprint.ends.year}"
    took = f"; it took {told.minutes}" if here.retro.clock.spent else ""
    yield f"{clean(told.format)}; held on {told.held}{took}."
    yield where(here.retro)
    if not told.is_over:
        yield agenda(told)
    yield ""
    yield "COLUMNS"
    yield from columns(here, titles)
    yield ""
    yield "TOPICS"
    yield from topics(told)
    if told.topics and not told.is_over:
        yield votes(here.board)
    yield ""
    yield "DECIDED"
    yield from (decided(action, owners=owners) for action in told.decided)
    if not told.decided:
        yield NOTHING_DECIDED
    if told.reviewed:
        yield ""
        yield "EARLIER ACTIONS"
        yield from (reviewed(line, owners=owners) for line in told.reviewed)
    asked = (*(check(line) for line in told.checks), *_open_questions(here))
    if asked:
        yield ""
        yield "QUESTIONS"
        yield from asked


def where(retro: Retro) -> str:
    """'Stage 4 of 9: notes, 8 minutes.', or that it is over."""
    if retro.is_over:
        return "It is over."
    stage = current(retro)
    if stage is None:
        return "Behind the last stage: the summary."
    at = retro.format.stages.index(stage) + 1
    minutes = plural(allowed(retro, stage.id) // 60, "minute")
    return f"Stage {at} of {len(retro.format.stages)}: {clean(stage.title)}, {minutes}."


def agenda(told: RetroSummary) -> str:
    """The stages, those that were seen and the one where the team stands said so."""
    words = [
        f"{clean(stage.title)}{' (here)' if stage.id == told.stage else ' (seen)' if stage.is_seen else ''}"
        for stage in told.agenda
    ]
    return f"Agenda: {', '.join(words)}, summary{' (here)' if told.stage == SUMMARY else ''}."


def columns(here: Room, titles: Mapping[str, str]) -> Iterator[str]:
    """The columns with their numbers and how many notes lie in each."""
    counts = Counter(note.column for note in here.board.notes)
    layout = here.retro.format
    for at, column in enumerate(layout.columns, 1):
        title = clean(column_title(layout, column.id, titles))
        yield f"{at} {title}: {plural(counts.pop(column.id, 0), 'note')}"
    if counts:
        yield f"{BROUGHT}: {plural(counts.total(), 'note')}"


def topics(told: RetroSummary) -> Iterator[str]:
    """All topics, the one with the most votes first, or how many notes are hidden."""
    if told.hidden:
        yield _hidden(told.hidden)
    elif not told.topics:
        yield NO_TOPICS
    if told.hides_votes:
        yield f"{VOTES_HIDDEN} Once k have voted, 'tuiretro retro stage discuss' shows them."
    for topic in told.topics:
        yield from _topic(topic)


def _topic(topic: TopicLine) -> Iterator[str]:
    votes = f", {plural(topic.votes, 'vote')}{' (a tie)' if topic.is_tied else ''}" if topic.votes else ""
    talked = ", discussed" if topic.is_discussed else ""
    if not topic.is_group:
        yield f"{topic.id}. {clean(topic.title)} ({clean(topic.notes[0].column)}{votes}{talked})"
        return
    yield f"{topic.id}. {clean(topic.title)} ({plural(len(topic.notes), 'note')}{votes}{talked})"
    yield from (f"   - {note.id}. {clean(note.text)} ({clean(note.column)})" for note in topic.notes)


def ballot_paper(here: Room) -> Iterator[str]:
    """The topics in the order of the board, without the votes that others gave, and the rules of the vote."""
    if here.board.is_revealed:
        yield from (f"{topic.id}. {clean(topic.title)}" for topic in here.topics)
    else:
        yield _hidden(len(here.board.notes))
    yield votes(here.board)


def _hidden(notes: int) -> str:
    return f"{plural(notes, 'note')}, hidden until the team shows them."


def title(here: Room, topic: Topic) -> str:
    """A topic's title, unless it is a note that is still hidden."""
    return clean(topic.title) if here.board.is_revealed else "hidden"


def votes(board: Board) -> str:
    """The rules of the vote, and how many have voted."""
    several = "several for one topic are fine" if board.several else "one for a topic at most"
    voted = f" {plural(board.voters, 'person has', 'people have')} voted." if board.voters else ""
    return f"Each person has {plural(budget(board), 'vote')}; {several}.{voted}"


def decided(action: Action, *, owners: bool) -> str:
    """One action that was taken on."""
    state = "" if action.status == "open" else f", {action.status}"
    done = f" Done when: {clean(action.done_when)}" if action.done_when else ""
    return f"{action.id}. {clean(action.title)} (due {_day(action)}{_owner(action, owners=owners)}{state}).{done}"


def reviewed(line: ReviewLine, *, owners: bool) -> str:
    """What became of one earlier action."""
    until = f" until {_day(line.action)}" if line.fate in {"kept", "moved"} else ""
    since = f" {clean(line.since)}" if line.since else ""
    owner = _owner(line.action, owners=owners)
    return (
        f"{line.action.id}. {clean(line.action.title)} (sprint {line.action.sprint}{owner}): {line.fate}{until}.{since}"
    )


def _day(action: Action) -> str:
    return f"{day_and_month(action.due)} {action.due.year}"


def _owner(action: Action, *, owners: bool) -> str:
    return f", {clean(action.owner)}" if owners and action.owner else ""


def check(line: CheckLine) -> str:
    """A question that was closed, as far as it may be told."""
    if line.mean is None or line.band is None:
        return f"{line.title}: {TOO_FEW}"
    spread = f", {line.spread}" if line.spread else ""
    return f"{line.title}: {mean_words(line.mean)} {band_words(line.band)}{spread}; {line.answered}. {line.statement}"


def _open_questions(here: Room) -> Iterator[str]:
    from tuiretro.core.checks import TITLES

    minimum = here.team.minimum
    yield from (f"{TITLES[check]}: {minimum} or more answered; not closed yet." for check in sorted(here.enough))


def results(summary: Summary) -> Iterator[str]:
    """The results of a round, short enough to be read aloud: themes, what stands out, the focus list."""
    round_ = f"{clean(summary.title)}, sprint {summary.sprint.number}"
    yield f"{round_}: {summary.answered}. {whole_remark(summary)}".rstrip()
    for theme in summary.themes:
        if theme.mean is not None and theme.band is not None:
            remark = f" {clean(theme.remark)}" if theme.remark else ""
            yield f"{theme.theme}: {mean_words(theme.mean)} {band_words(theme.band)}.{remark}"
        yield from (f"{clean(item.short)}: {clean(' '.join(item.remarks))}" for item in theme.items if item.remarks)
    yield from (
        f"Focus {place}: {clean(line.title)}, {mean_words(line.level)} {band_words(line.band)}; {clean(line.reason)}."
        for place, line in enumerate(summary.focus, 1)
    )
