"""Welcome and close: a word to begin or end with, and one question for everybody."""

from __future__ import annotations

from textual.content import Content
from textual.widgets.option_list import Option

from tuiretro.core.checks import STATEMENTS, TITLES
from tuiretro.core.figures import TOO_FEW, answered_words, band, band_words, mean_words, noise_words, waiting_words
from tuiretro.core.text import plural
from tuiretro.model.release import Release
from tuiretro.model.retro import CheckId
from tuiretro.tui.stages.shown import Shown
from tuiretro.tui.text import ACT, DIM, HEAD, plain, row
from tuiretro.tui.widgets.rows import heading

EMPTY = Content("")


def welcome_rows(shown: Shown, _: int) -> list[Option]:
    """What this retro is, and the safety check."""
    retro = shown.room.retro
    lines = [
        plain(f"{shown.room.team.name}, retro of sprint {retro.sprint.number}", HEAD),
        EMPTY,
        plain(f"{retro.format.title}. {retro.format.about}"),
    ]
    if retro.focus and retro.format.from_focus:
        lines += [plain(f"- {shown.titles.get(mistake, mistake)}") for mistake in retro.focus]
    brought = sum(not note.column for note in shown.room.board.notes)
    if brought:
        lie = "lies" if brought == 1 else "lie"
        lines += [EMPTY, plain(f"{plural(brought, 'note')} from the sprint {lie} on the board already.")]
    return [heading(*lines, EMPTY, *_question("welcome", shown))]


def close_rows(shown: Shown, _: int) -> list[Option]:
    """Thanks, whether it was worth it, and the way out."""
    taken = len(shown.room.board.decided)
    lines = [
        plain("Thank you.", HEAD),
        EMPTY,
        plain(f"Taken on in this retro: {plural(taken, 'action')}. The next retro begins with what became of them."),
        EMPTY,
        *_question("close", shown),
    ]
    if shown.leads:
        lines += [EMPTY, row(plain("f", ACT), plain(" ends the retro; n shows its summary first.", DIM))]
    return [heading(*lines)]


def _question(check: CheckId, shown: Shown) -> list[Content]:
    lines = [plain(TITLES[check].upper(), HEAD), plain(STATEMENTS[check])]
    released = shown.room.retro.released.get(check)
    if released is not None:
        return [*lines, EMPTY, *_released(released)]
    minimum = shown.room.team.minimum
    state = waiting_words(minimum if check in shown.room.enough else 0, minimum)
    lines += [EMPTY, plain(f"{state[0].upper()}{state[1:]}.")]
    if shown.leads:
        keys = [plain("a", ACT), plain(" answer as one person, then pass the keyboard", DIM)]
        if check in shown.room.enough:
            keys += [plain("   c", ACT), plain(" show the result", DIM)]
        lines.append(row(*keys))
    lines.append(plain(f"Answers are sealed; nothing is shown below {minimum}, and the question may be skipped.", DIM))
    return lines


def _released(release: Release) -> list[Content]:
    item = release.items[0]
    if item.mean is None or item.n is None:
        return [plain(TOO_FEW)]
    half = band(item.n)
    spread = f", {item.spread}" if item.spread else ""
    told = answered_words(release.answered, release.people)
    known = None if release.answered is None else item.n
    return [
        row(plain(f"{mean_words(item.mean)} {band_words(half)}", HEAD), plain(f"{spread}   {told}")),
        plain(noise_words(known, half), DIM),
    ]
