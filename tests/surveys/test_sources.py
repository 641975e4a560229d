"""surveys/SOURCES.md and the catalogue agree, so that a reader of the source finds each of its sections again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from msgspec import Struct

from tests.surveys.shelf import SOURCES, SURVEYS, library
from tuiretro.model.survey import PlayBook

ADVICE = "| Section | Advice, in our words | Facet | Plays |"
SAFETY = "| Item | Plays | Where the idea comes from |"
PUBLIC = "| Name | What it is | Named in |"


class Row(Struct, frozen=True):
    """One piece of advice and what became of it."""

    book: str
    """The id of the mistake or survey."""
    advice: str
    side: str
    plays: tuple[str, ...]


def page() -> str:
    return (SURVEYS / SOURCES).read_text("utf-8")


def tables(text: str, header: str) -> Iterator[list[str]]:
    """The cells of every row under a header, wherever it stands."""
    for table in text.split(f"{header}\n")[1:]:
        for line in table.partition("\n\n")[0].splitlines()[1:]:
            yield [cell.strip() for cell in line.strip().strip("|").split("|")]


def rows(text: str) -> Iterator[Row]:
    """Every row of advice, the safety items among them."""
    numbered = {str(mistake.number): mistake.id for mistake in library().mistakes()}
    for section, advice, side, plays in tables(text, ADVICE):
        number = section.partition(" ")[0]
        yield Row(numbered.get(number, f"section {number}"), advice, side, tuple(plays.split(", ")))
    for item, plays, idea in tables(text, SAFETY):
        yield Row("safety", idea, item, tuple(plays.split(", ")))


def faults(text: str, books: tuple[PlayBook, ...]) -> Iterator[str]:
    """Where the page and the mistakes or surveys with plays disagree."""
    found = list(rows(text))
    by_id = {book.id: book for book in books}
    for row in found:
        if row.book not in by_id:
            yield f"{SOURCES}: there is no mistake for {row.book}"
            continue
        sides = {play.id: play.facet for play in by_id[row.book].plays}
        for id_ in row.plays:
            if id_ not in sides:
                yield f"{SOURCES}: '{row.book}' has no play '{id_}', named for: {row.advice}"
            elif sides[id_] != row.side:
                yield f"{SOURCES}: '{id_}' belongs to '{sides[id_]}', the row says '{row.side}': {row.advice}"
    for book in books:
        own = [row for row in found if row.book == book.id]
        for side in book.sides.values():
            if side not in {row.side for row in own}:
                yield f"{SOURCES}: '{book.id}' has no row for '{side}'"
        for play in book.plays:
            if play.id not in {id_ for row in own for id_ in row.plays}:
                yield f"{SOURCES}: the play '{play.id}' of '{book.id}' is in no row"


def all_books() -> tuple[PlayBook, ...]:
    return (*library().mistakes(), library().survey("safety"))


def test_the_page_and_the_catalogue_agree() -> None:
    assert list(faults(page(), all_books())) == []


def test_sections_come_in_order_and_none_is_missing() -> None:
    numbers = [int(cells[0].partition(" ")[0]) for cells in tables(page(), ADVICE)]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 21))


def test_every_row_has_advice_of_its_own() -> None:
    advice = [(row.book, row.advice.casefold()) for row in rows(page())]
    assert sorted(advice) == sorted(set(advice))
    assert all(len(text) > 10 for _, text in advice)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("| 20 ", "| 21 ", "there is no mistake for section 21"),
        ("log-every-run", "log-each-run", "'software-mindset' has no play 'log-each-run'"),
        ("log-every-run", "log-each-run", "the play 'log-every-run' of 'software-mindset' is in no row"),
        ("| smart-goals |", "| business-metrics |", "'one-finish-line' belongs to 'smart-goals'"),
        ("| smart-goals |", "| business-metrics |", "'success-metrics' has no row for 'smart-goals'"),
        ("| doubts |", "| doubt |", "'safety' has no row for 'doubts'"),
    ],
)
def test_a_page_that_disagrees_is_found(old: str, new: str, fault: str) -> None:
    assert [line for line in faults(page().replace(old, new), all_books()) if fault in line]


def unnamed(text: str) -> Iterator[str]:
    """The names of tools, standards and papers that are not where the page says."""
    files = {path.name: path for path in SURVEYS.rglob("*") if path.suffix in {".toml", ".md"} and path.name != SOURCES}
    for name, _, where in tables(text, PUBLIC):
        for file in where.split(", "):
            known = " ".join(files[file].read_text("utf-8").split()).casefold() if file in files else ""
            # Whole words, so that 'Klein' is not found in 'Kleinberg'; 'ADRs' will do for 'ADR'.
            if not re.search(rf"(?<!\w){re.escape(name.casefold())}s?(?!\w)", known):
                yield f"{SOURCES}: {file} does not name '{name}'"


def test_every_tool_standard_and_paper_is_named_where_the_page_says() -> None:
    assert list(unnamed(page())) == []


def test_a_name_that_is_not_there_is_found() -> None:
    text = f"{PUBLIC}\n|---|---|---|\n| Nowhere | A tool | safety.toml, gone.md |\n"
    assert list(unnamed(text)) == [
        "SOURCES.md: safety.toml does not name 'Nowhere'",
        "SOURCES.md: gone.md does not name 'Nowhere'",
    ]


def test_every_template_that_credits_ideas_is_on_the_list() -> None:
    listed = {file for _, _, where in tables(page(), PUBLIC) for file in where.split(", ")}
    odd = [
        f"templates/{template.id}.md: its 'Ideas' are not in {SOURCES}"
        for template in library().templates()
        if "\nIdeas:" in template.text and f"{template.id}.md" not in listed
    ]
    assert odd == []
