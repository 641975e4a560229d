"""What nobody may conclude from a small team's answers is shown nowhere (docs/numbers.md, what is not computed)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.promises.pages import Pages, commands, screens
from tests.tui.seat import LARGE
from tests.tui.states import TODAY, opened_at
from tuiretro.core.figures import FOOTER
from tuiretro.library import Library
from tuiretro.service.demo import build

pytestmark = pytest.mark.no_cover
"""What is covered here is covered on its own floor; watching these takes minutes."""

SAID = (
    FOOTER,
    "more than your other topics. We can't tell if the action caused it.",
    "the lowest scores tend to bounce back by about 0.2.",
    "'Rose more' needs 0.65 between the two",
)
"""Sentences that hold a word of the list to say what is not claimed."""
NEVER = {
    "a percentage": r"\d\s?%",
    "two decimals": r"(?<![\d.])\d\.\d\d(?!\d)",
    "a p-value": r"\bp\s?[=<>]\s?0?\.\d|p-value|\bsignifican",
    "a statistic": r"\b(standard deviation|variance|histogram|percentile|quantile|rwg|icc|krippendorff|cronbach)\b",
    "a grade or a comparison": r"\b(grade|benchmark|league|ranking|health score|above average|below average)\b",
    "a claim": r"(?<!you )\bworked\b|\b(caused|thanks to|proven|validated|improved by)\b",
    "the worst": r"\bworst\b",
    "an arrow": "[↑↓▲▼△▽⬆⬇↗↘➚➘]",
    "a forecast": r"\b(forecast|predicted to|will rise|will fall|correlat)",
    "a label for a culture": r"\b(pathological|bureaucratic)\b",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, in a folder of its own."""
    place = tmp_path_factory.mktemp("demo") / "workspace"
    build(place, today=TODAY)
    return place


@cache
def catalogue() -> tuple[str, ...]:
    """The texts of plays, which speak of percentages where these are the play's business."""
    plays = [play for mistake in Library().mistakes() for play in mistake.plays]
    return tuple(text for play in plays for text in (play.title, play.why, play.first_step, play.done_when))


def _columns(text: str) -> Iterator[str]:
    """The words of a page, those of its left column first where it has two."""
    lines = [line.split("│") for line in text.splitlines()]
    for column in range(max(map(len, lines), default=0)):
        yield " ".join(word for line in lines if len(line) > column for word in line[column].split())


def forbidden(pages: Pages) -> Iterator[str]:
    """Every find, with what showed it."""
    for name, text in pages.items():
        words = " ".join(_columns(text))
        for sentence in (*SAID, *catalogue()):
            words = words.replace(sentence, "")
        for what, pattern in NEVER.items():
            for match in re.finditer(pattern, words, re.IGNORECASE):
                yield f"{name}: {what}: ...{words[max(0, match.start() - 40) : match.end() + 40]}..."


def test_no_command_and_no_export_shows_what_is_never_shown(demo: Path) -> None:
    workspace = opened_at(demo)
    pages = commands(demo, workspace.store.history(workspace.store.teams()[0].id))
    assert len(pages) > 100
    assert list(forbidden(pages)) == []


async def test_no_screen_shows_what_is_never_shown(demo: Path, tmp_path: Path) -> None:
    place = tmp_path / "copy"
    shutil.copytree(demo, place)
    workspace = opened_at(place)
    pages = await screens(place, workspace.store.history(workspace.store.teams()[0].id), (LARGE,))
    assert len(pages) > 60
    assert list(forbidden(pages)) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("57% agree", "a percentage"),
        ("mean 3.42", "two decimals"),
        ("p = .03", "a p-value"),
        ("the action worked", "a claim"),
        ("▲ 0.3", "an arrow"),
        ("above average", "a grade or a comparison"),
    ],
)
def test_what_is_looked_for_is_found(text: str, what: str) -> None:
    assert [line.split(": ")[1] for line in forbidden({"page": text})] == [what]


def test_the_exact_p_of_a_drawn_start_stands_in_the_explanation_alone(demo: Path) -> None:
    pages = commands(demo, opened_at(demo).store.history(opened_at(demo).store.teams()[0].id))
    assert not any("exact p" in text for text in pages.values())
