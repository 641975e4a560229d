"""The summary as a page: what was decided first, then what it came from."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.widgets.option_list import Option

from tuiretro.core.calendar import due_words
from tuiretro.core.figures import TOO_FEW, band_words, mean_words
from tuiretro.core.retro_summary import as_shown, summarise_retro
from tuiretro.core.text import plural
from tuiretro.model.action import Action
from tuiretro.model.retro_summary import CheckLine, RetroSummary, TopicLine
from tuiretro.tui.stages.shown import Shown
from tuiretro.tui.text import ACT, DIM, HEAD, cell, fold, plain, right, row
from tuiretro.tui.widgets.rows import entry, heading

EMPTY = Content("")


def summary_rows(shown: Shown, width: int) -> list[Option]:
    """The whole summary; the cursor stops at its parts, so that a long one can be scrolled."""
    room = shown.room
    whole = summarise_retro(room.team.name, room.retro, room.actions, shown.since, shown.titles, room.team.minimum)
    told = as_shown(whole, is_revealed=room.board.is_revealed)
    return [*_top(told), *_decided(told, shown, width), *_reviewed(told, width), *_topics(told, width), *_checks(told)]


def _top(told: RetroSummary) -> Iterator[Option]:
    state = "over" if told.is_over else "still under way, f ends it"
    yield heading(
        plain(f"Retro of sprint {told.sprint.number}, held on {told.held}", HEAD),
        plain(f"{told.format}, {told.minutes}; {state}.", DIM),
    )


def _decided(told: RetroSummary, shown: Shown, width: int) -> Iterator[Option]:
    yield heading(EMPTY, plain("DECIDED", HEAD))
    for action in told.decided:
        lines = action_lines(action, shown, width)
        if action.done_when:
            lines += [plain(f"   {line}", DIM) for line in fold(f"Done when: {action.done_when}", width - 6)]
        yield entry(f"a{action.id}", *lines)
    if not told.decided:
        yield heading(plain("Nothing was taken on.", DIM))


def action_lines(action: Action, shown: Shown, width: int) -> list[Content]:
    """An action that was taken on: all of its title, then who and when."""
    first, *more = fold(action.title, width - 5)
    who = f"{action.owner}, due " if action.owner else "due "
    state = "" if action.status == "open" else f", {action.status}"
    return [
        row(plain("◦  ", ACT), plain(first)),
        *(plain(f"   {line}") for line in more),
        plain(f"   {who}{due_words(action.due, shown.today)}{state}", DIM),
    ]


def _reviewed(told: RetroSummary, width: int) -> Iterator[Option]:
    if told.reviewed:
        yield heading(EMPTY, plain("EARLIER ACTIONS", HEAD))
    for review in told.reviewed:
        lines = [row(plain(f"{review.fate:<9}", ACT), cell(review.action.title, width - 12))]
        if review.since:
            lines += [plain(f"         {line}", DIM) for line in fold(review.since, width - 12)]
        yield entry(f"r{review.action.id}", *lines)


def _topics(told: RetroSummary, width: int) -> Iterator[Option]:
    yield heading(EMPTY, plain("TOPICS", HEAD))
    for topic in told.topics:
        yield entry(f"t{topic.id}", *_topic(topic, width))
    if not told.topics:
        hidden = f"{plural(told.hidden, 'note')}, hidden until the team shows them."
        yield heading(plain(hidden if told.hidden else "No note was written.", DIM))


def _topic(topic: TopicLine, width: int) -> Iterator[Content]:
    votes = f"{plural(topic.votes, 'vote')}{', tie' if topic.is_tied else ''}" if topic.votes else ""
    mark = "✓ " if topic.is_discussed else "  "
    first, *more = fold(topic.title, width - 20)
    yield row(plain(mark, DIM), cell(first, width - 20), right(votes, 15, DIM))
    yield from (plain(f"  {line}") for line in more)
    if topic.is_group:
        for note in topic.notes:
            yield from (plain(line, DIM) for line in fold(f"    - {note.text}", width - 2, hang=6))


def _checks(told: RetroSummary) -> Iterator[Option]:
    if told.checks:
        yield heading(EMPTY, plain("HOW IT WAS", HEAD))
    for check in told.checks:
        yield entry(f"c{check.id}", plain(check.statement), plain(f"  {_figure(check)}", DIM))


def _figure(check: CheckLine) -> str:
    if check.mean is None or check.band is None:
        return TOO_FEW
    spread = f", {check.spread}" if check.spread else ""
    return f"{mean_words(check.mean)} {band_words(check.band)}{spread}   {check.answered}"
