"""A retro as Markdown: what was decided first, then what it came from.

Owns the order and layout of the page. Holds no author, because there is none, and an owner only when asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuiretro.core.calendar import day_and_month, span_words
from tuiretro.core.figures import FOOTER, TOO_FEW, band_words, mean_words
from tuiretro.core.retro_summary import VOTES_HIDDEN
from tuiretro.core.text import plural
from tuiretro.export.escaping import escape
from tuiretro.model.action import Action
from tuiretro.model.retro_summary import CheckLine, RetroSummary, ReviewLine, TopicLine

UNDER_WAY = "This retro is still under way."
NO_NOTE, NOTES_HIDDEN = "No note was written.", "{}, hidden until the team shows them."


def retro_markdown(summary: RetroSummary, *, owners: bool = False) -> str:
    """A retro as a Markdown page; ends in a newline.

    Args:
        summary: The retro, under way or over.
        owners: Whether the owners of actions are named.
    """
    blocks = (
        *_opening(summary),
        *_decided(summary.decided, owners=owners),
        *_reviewed(summary.reviewed, owners=owners),
        *_topics(summary),
        *_checks(summary.checks),
        "---",
        FOOTER,
    )
    return "\n\n".join(blocks) + "\n"


def _opening(summary: RetroSummary) -> Iterator[str]:
    span = summary.sprint
    yield f"# {escape(summary.team)}: retro of sprint {span.number}, {span_words(span)} {span.ends.year}"
    took = "It took" if summary.is_over else "So far it has taken"
    yield f"Held on {summary.held}. Format: {escape(summary.format)}. {took} {summary.minutes}."
    if not summary.is_over:
        yield f"**{UNDER_WAY}**"


def _decided(decided: tuple[Action, ...], *, owners: bool) -> Iterator[str]:
    yield "## Decided"
    yield "\n".join(line for action in decided for line in _action(action, owners=owners)) or "Nothing was taken on."


def _action(action: Action, *, owners: bool) -> Iterator[str]:
    owner = f", {escape(action.owner)}" if owners and action.owner else ""
    state = "" if action.status == "open" else f", {action.status}"
    yield f"- **{escape(action.title)}** (due {day_and_month(action.due)} {action.due.year}{owner}{state})"
    if action.done_when:
        yield f"  - Done when: {escape(action.done_when)}"


def _reviewed(reviewed: tuple[ReviewLine, ...], *, owners: bool) -> Iterator[str]:
    if reviewed:
        yield "## Earlier actions"
        yield "\n".join(line for review in reviewed for line in _review(review, owners=owners))


def _review(review: ReviewLine, *, owners: bool) -> Iterator[str]:
    action = review.action
    owner = f", {escape(action.owner)}" if owners and action.owner else ""
    until = f" until {day_and_month(action.due)} {action.due.year}" if review.fate in ("kept", "moved") else ""
    yield f"- {escape(action.title)} (from sprint {action.sprint}{owner}): {review.fate}{until}"
    if review.since:
        yield f"  - Since then: {escape(review.since)}"


def _topics(summary: RetroSummary) -> Iterator[str]:
    yield "## Topics"
    if not summary.topics:
        yield NOTES_HIDDEN.format(plural(summary.hidden, "note")) if summary.hidden else NO_NOTE
        return
    if summary.voters:
        hidden = f" {VOTES_HIDDEN}" if summary.hides_votes else ""
        yield f"{plural(summary.voters, 'person', 'people')} voted by passing the keyboard.{hidden}"
    yield "\n".join(line for topic in summary.topics for line in _topic(topic))


def _topic(topic: TopicLine) -> Iterator[str]:
    votes = f", {plural(topic.votes, 'vote')}{' (a tie)' if topic.is_tied else ''}" if topic.votes else ""
    talked = ", discussed" if topic.is_discussed else ""
    if not topic.is_group:
        yield f"- {escape(topic.title)} ({escape(topic.notes[0].column)}{votes}{talked})"
        return
    yield f"- **{escape(topic.title)}** ({plural(len(topic.notes), 'note')}{votes}{talked})"
    yield from (f"  - {escape(note.text)} ({escape(note.column)})" for note in topic.notes)


def _checks(checks: tuple[CheckLine, ...]) -> Iterator[str]:
    if checks:
        yield "## How it was"
        yield "\n".join(f"- {escape(check.statement)} {_figure(check)}" for check in checks)


def _figure(check: CheckLine) -> str:
    if check.mean is None or check.band is None:
        return TOO_FEW
    spread = f", {check.spread}" if check.spread else ""
    return f"{mean_words(check.mean)} {band_words(check.band)}{spread} ({check.answered})"
