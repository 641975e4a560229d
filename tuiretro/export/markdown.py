"""A summary as Markdown, for people who were not in the room: it reads well rendered and as it stands.

Owns the order and layout of the page. Every word about numbers comes from `core`; nothing is computed here. Must not
hold a comment, nor an owner unless asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tuiretro.core.calendar import deadline_words, span_words
from tuiretro.core.figures import FOOTER, SPLIT_ADVICE, TOO_FEW, band_words, mean_words
from tuiretro.core.rules import LEVEL_OF
from tuiretro.core.telling import NO_PLAY, open_actions, suggestion, told_whole
from tuiretro.export.escaping import escape, sentence
from tuiretro.export.tables import pipe_table
from tuiretro.export.telling import asked_as
from tuiretro.model.action import Action
from tuiretro.model.summary import FocusLine, ItemLine, Summary, ThemeLine
from tuiretro.model.survey import EFFORT_WORDS

COMMENTS_STAY = "3 or more people wrote comments; they stay in the app."
SCALE_AND_BAND = (
    "People answered from 1, strongly disagree, to 5, strongly agree; agreeing is always good. Each mean stands with "
    "its band (±): averages often move by up to that much when nothing has changed."
)
BAND_OR_UNUSUAL = (
    "The band is for reading one average; what is unusual is judged against the team's own earlier sprints, so a move "
    "within the band can be unusual, and one beyond it need not be."
)
LEVEL = f"A level is what a mistake's last {LEVEL_OF} results come to on average."
YOU = "'You' and 'your' mean the team."
READ_ON = f"{BAND_OR_UNUSUAL} View says how far apart the answers were: together, mixed or split. {LEVEL}"
HOW_TO_READ = f"{SCALE_AND_BAND} {READ_ON}"
_HEAD = ("Item", "Mean", "Band", "View")


def markdown(summary: Summary, *, owners: bool = False, today: date | None = None) -> str:
    """A summary as a Markdown page; ends in a newline.

    Args:
        summary: One released sprint.
        owners: Whether the owners of actions are named.
        today: What day it is, of which actions may be late; None where none is to be called so.
    """
    blocks = (
        *_opening(summary),
        *focus_blocks(summary),
        *_actions(summary.actions, today, owners=owners),
        "## Results",
        HOW_TO_READ,
        *results_blocks(summary.themes),
        *(("## Comments", COMMENTS_STAY) if summary.comments else ()),
        "---",
        FOOTER,
    )
    return "\n\n".join(blocks) + "\n"


def _opening(summary: Summary) -> Iterator[str]:
    span = summary.sprint
    yield f"# {escape(summary.team)}: sprint {span.number}, {span_words(span)} {span.ends.year}"
    answered = summary.answered[:1].upper() + summary.answered[1:]
    yield (
        f"Survey: {sentence(summary.title)} {sentence(answered)} "
        f"An item with fewer than {summary.minimum} answers is not shown. {YOU}"
    )
    if remark := told_whole(summary):
        yield f"**{escape(remark)}**"


def focus_blocks(summary: Summary) -> Iterator[str]:
    """The focus list with its reasons and what is suggested; nothing where it is empty."""
    if not summary.focus:
        return
    yield f"## Focus list: {len(summary.focus)} of {summary.mistakes} mistakes"
    yield "\n".join(line for place, entry in enumerate(summary.focus, 1) for line in _focus_entry(place, entry))


def _focus_entry(place: int, entry: FocusLine) -> Iterator[str]:
    level = f"level {mean_words(entry.level)} {band_words(entry.band)}, {escape(entry.answered)}"
    yield f"{place}. **{escape(entry.title)}**: {level}"
    yield f"   - Why this: {sentence(entry.reason)}"
    if about := asked_as(entry):
        yield f"   - Asked as: {escape(about)}"
    if entry.talk_first:
        yield f"   - Talk first: {SPLIT_ADVICE}"
    if (play := suggestion(entry)) is not None:
        yield f"   - Suggested play ({EFFORT_WORDS[play.effort]}): {escape(play.title)}"
        yield f"   - First step: {escape(play.first_step)}"
        yield f"   - Done when: {escape(play.done_when)}"
    elif not entry.talk_first:
        yield f"   - {NO_PLAY}"


def _actions(actions: tuple[Action, ...], today: date | None, *, owners: bool) -> Iterator[str]:
    lines: list[str] = []
    for action in open_actions(actions):
        owner = f", {escape(action.owner)}" if owners and action.owner else ""
        due = deadline_words(action.due, today)
        lines.append(f"- {escape(action.title)} (from sprint {action.sprint}, {due}{owner})")
        if action.done_when:
            lines.append(f"  - Done when: {escape(action.done_when)}")
    if lines:
        yield "## Open actions"
        yield "\n".join(lines)


def results_blocks(themes: tuple[ThemeLine, ...]) -> Iterator[str]:
    """A sprint's figures: for each theme its own, a table of its statements, and what may be said of them."""
    for theme in themes:
        yield "### Your own questions" if theme.theme == "own" else f"### {theme.theme.capitalize()}"
        yield _theme_words(theme)
        if theme.items:
            yield _table(theme.items)
        if said := tuple(_remarks(theme.items)):
            yield "\n".join(said)


def _theme_words(theme: ThemeLine) -> str:
    if theme.mean is None or theme.band is None:
        return TOO_FEW
    return f"Theme: {mean_words(theme.mean)} {band_words(theme.band)}. {escape(theme.remark)}".rstrip()


def _remarks(items: tuple[ItemLine, ...]) -> Iterator[str]:
    for item in items:
        said = " ".join(escape(remark) for remark in item.remarks if remark != TOO_FEW)
        if said:
            yield f"- {escape(item.short)}: {said}"


def _table(items: tuple[ItemLine, ...]) -> str:
    return pipe_table(_HEAD, [_row(item) for item in items], right=frozenset({1, 2}))


def _row(item: ItemLine) -> tuple[str, str, str, str]:
    name = f"{'· ' if item.is_facet else ''}{escape(item.short)}"
    if item.mean is None or item.band is None:
        return name, TOO_FEW, "", ""
    return name, mean_words(item.mean), band_words(item.band), item.spread or ""
