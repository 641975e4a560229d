"""From a retro to what is told of it. Everything that is shown or written of one comes from here."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from tuiretro.core.agenda import total_words
from tuiretro.core.checks import STATEMENTS, TITLES
from tuiretro.core.decisions import fate_of
from tuiretro.core.figures import answered_words, band
from tuiretro.core.steps import board_of
from tuiretro.core.topics import Topic, are_votes_hidden, is_tied, ranked, topics
from tuiretro.model.action import Action
from tuiretro.model.board_format import Format
from tuiretro.model.release import Release
from tuiretro.model.retro import CheckId, Retro
from tuiretro.model.retro_summary import CheckLine, NoteLine, RetroSummary, ReviewLine, StageLine, TopicLine

VOTES_HIDDEN = "Votes are hidden: people are still voting, or too few have voted alone to show anything."
BROUGHT = "Brought along"
"""The heading of notes that were dropped during the sprint and lie in no column yet."""


def summarise_retro(
    team: str,
    retro: Retro,
    actions: tuple[Action, ...],
    since: Mapping[int, str],
    titles: Mapping[str, str],
    minimum: int,
) -> RetroSummary:
    """What is told of a retro.

    Args:
        team: The team's name.
        retro: The retro.
        actions: All actions of the team.
        since: What became of the topics of actions, in words, by number.
        titles: The titles of mistakes, by id.
        minimum: k of the team.
    """
    board = board_of(retro)
    # Between two ballots, the difference of two sums would be one person's.
    hides = are_votes_hidden(retro, board, minimum)
    found = topics(replace(board, votes={}) if hides else board, retro.format)
    by_id = {action.id: action for action in actions}
    return RetroSummary(
        team=team,
        sprint=retro.sprint,
        held=retro.held.isoformat(),
        format=retro.format.title,
        is_over=retro.is_over,
        minutes=total_words(retro),
        checks=tuple(check_line(check, retro.released[check]) for check in TITLES if check in retro.released),
        reviewed=tuple(
            ReviewLine(by_id[number], fate, since.get(number, ""))
            for number, fate in board.reviewed.items()
            # Of a retro that is over, what was said then stays said.
            if number in by_id and (retro.is_over or fate_of(board, by_id[number]))
        ),
        topics=tuple(_topic(topic, found, retro.format, titles) for topic in ranked(found)),
        voters=board.voters,
        hides_votes=hides,
        decided=tuple(by_id[number] for number in board.decided if number in by_id),
        stage=retro.stage,
        agenda=tuple(
            StageLine(stage.id, stage.title, stage.minutes, stage.id in retro.seen) for stage in retro.format.stages
        ),
    )


def as_shown(summary: RetroSummary, *, is_revealed: bool) -> RetroSummary:
    """A retro as it may be told now: its notes are hidden until the team shows them, or ends it."""
    return summary if is_revealed or summary.is_over else face_down(summary)


def face_down(summary: RetroSummary) -> RetroSummary:
    """A retro whose notes are not shown yet: how many there are is all that is told of them."""
    count = sum(len(topic.notes) for topic in summary.topics)
    return replace(summary, topics=(), hidden=count)


def check_line(check: CheckId, release: Release) -> CheckLine:
    """One question as it may be told."""
    item = release.items[0]
    return CheckLine(
        id=check,
        title=TITLES[check],
        statement=STATEMENTS[check],
        answered=answered_words(release.answered, release.people),
        mean=item.mean,
        band=None if item.n is None else band(item.n),
        spread=item.spread,
    )


def column_title(layout: Format, column: str, titles: Mapping[str, str]) -> str:
    """A column's title, with the mistake's where the board has its columns once for each."""
    found = layout.column(column)
    if found is None:
        return BROUGHT
    return f"{titles.get(found.mistake, found.mistake)}: {found.title}" if found.mistake else found.title


def _topic(topic: Topic, found: tuple[Topic, ...], layout: Format, titles: Mapping[str, str]) -> TopicLine:
    return TopicLine(
        id=topic.id,
        title=topic.title,
        is_group=topic.is_group,
        notes=tuple(NoteLine(note.id, column_title(layout, note.column, titles), note.text) for note in topic.notes),
        votes=topic.votes,
        place=topic.place,
        is_tied=is_tied(topic, found),
        is_discussed=topic.is_discussed,
    )
