"""The bundled formats of retros fit a small terminal, an hour, and a facilitator's mouth."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from tests.surveys.shelf import SURVEYS, library
from tests.surveys.test_items import HARDEST, grade
from tuiretro.model.board_format import STAGES, Format

BUNDLED = ("from-focus", "start-stop-continue", "mad-sad-glad", "four-ls", "sailboat", "lean-coffee")
COLUMN, LINE = 22, 80
FEWEST, MOST = 30, 90
SENTENCES = 2
WORDS = 20
"""In one sentence; longer ones cannot be read aloud in one breath."""
HYPE = re.compile(
    r"\b(amazing|awesome|boost\w*|empower\w*|epic|exciting|game.?chang\w*|great|incredibl\w*|insights?|journey|leverag\w*"
    r"|magic\w*|power(ful|ed)?|seamless\w*|simply|super\w*|supercharg\w*|synerg\w*|unlock\w*|worked|caused|significant\w*)\b"
    r"|!",
    re.IGNORECASE,
)
"""Also what no number of a team may be said to show."""


def sentences(line: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?])\s+", line) if part]


def marked(board: Format) -> str:
    """The agenda as it stands above a retro."""
    return " " + " ".join(f"✓ {stage.title}" for stage in board.stages)


def faults(board: Format) -> Iterator[str]:
    """What an author has to change in a format."""
    if cell_len(marked(board)) > LINE:
        yield f"the stages take {cell_len(marked(board))} cells side by side"
    minutes = sum(stage.minutes for stage in board.stages)
    if not FEWEST <= minutes <= MOST:
        yield f"{minutes} minutes in all"
    for column in board.columns:
        if cell_len(column.title) > COLUMN:
            yield f"{column.id}: a title of {cell_len(column.title)} cells"
        if not column.hint.endswith("?"):
            yield f"{column.id}: a hint that is no question: {column.hint}"
    for stage in board.stages:
        if not 2 <= len(stage.say) <= 4:
            yield f"{stage.id}: {len(stage.say)} lines to say"
        yield from (f"{stage.id}: {fault}: {line}" for line in stage.say for fault in spoken_faults(line))
    for text in (board.title, board.about, *(text for c in board.columns for text in (c.title, c.hint))):
        yield from (f"hype '{found[0]}': {text}" for found in HYPE.finditer(text))


def spoken_faults(line: str) -> Iterator[str]:
    """What makes a line hard to say, or hard to believe."""
    parts = sentences(line)
    if len(parts) > SENTENCES and "?" not in line:
        yield f"{len(parts)} sentences"
    if not line.endswith((".", "?")):
        yield "no end"
    yield from (f"a sentence of {len(part.split())} words" for part in parts if len(part.split()) > WORDS)
    if grade(line) > HARDEST:
        yield f"reading grade {grade(line):.1f}"
    yield from (f"hype '{found[0]}'" for found in HYPE.finditer(line))


def test_the_bundled_formats_are_these_in_this_order() -> None:
    assert tuple(board.id for board in library().formats()) == BUNDLED
    files = {path.stem for path in (SURVEYS / "formats").glob("*.toml")}
    assert files == {*BUNDLED, "agenda"}


@pytest.mark.parametrize("id_", BUNDLED)
def test_every_format_fits_and_can_be_read_aloud(id_: str) -> None:
    assert list(faults(library().format(id_))) == []


def test_only_lean_coffee_leaves_stages_out() -> None:
    for board in library().formats():
        left_out = {"results"} if board.id == "lean-coffee" else set()
        assert [stage.id for stage in board.stages] == [stage for stage in STAGES if stage not in left_out]


def test_only_the_format_from_the_focus_list_is_made_from_it() -> None:
    assert [board.id for board in library().formats() if board.from_focus] == ["from-focus"]
    assert [column.id for column in library().format("from-focus").columns] == ["saw", "why", "try"]


def test_a_format_that_breaks_a_rule_is_named() -> None:
    good = library().format("sailboat")
    stage, column = good.stages[0], good.columns[0]
    bad = replace(
        good,
        about="An amazing retro.",
        columns=(replace(column, title="x" * 23, hint="Say it."),),
        stages=(
            replace(stage, title="x" * 90, minutes=91, say=("A line without an end",)),
            replace(stage, say=("It worked. It did. It was so.", " ".join(["so"] * 21) + ".")),
            replace(stage, say=("Operationalise interdependencies organisationally.", "Why? Because.")),
        ),
    )
    assert len(list(faults(bad))) == 11, list(faults(bad))
