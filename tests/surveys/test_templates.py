"""Templates fit a terminal and a printed page, and nothing in them is lost when they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt

from tests.surveys.shelf import library, pages

WIDEST, LONGEST_TITLE, MOST_LINES = 100, 60, 90
PLACEHOLDER = re.compile(r"<[^<>\n]+>")
SHOWN = MarkdownIt("gfm-like")
"""As Textual's Markdown reads a page."""


def faults(place: str, text: str) -> Iterator[str]:
    """What an author has to change in a template."""
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        yield f"{place}: {len(lines)} lines, at most {MOST_LINES}"
    if not lines[0].startswith("# ") or len(lines[0]) > LONGEST_TITLE + 2:
        yield f"{place}: expected '# ' and a title of at most {LONGEST_TITLE} characters in the first line"
    if lines[1:2] != [""] or not re.match(r"\w", "".join(lines[2:3])):
        yield f"{place}: expected an empty line and a paragraph under the title"
    for number, line in enumerate(lines, 1):
        if len(line) > WIDEST:
            yield f"{place}: line {number} has {len(line)} characters, at most {WIDEST}"
        if "\t" in line or line != line.rstrip():
            yield f"{place}: line {number} holds a tab or ends in spaces"
        if found := re.search("!(?!=)|\N{EM DASH}", line):
            yield f"{place}: {found[0]!r} in line {number}"
    yield from swallowed(place, text)


def swallowed(place: str, text: str) -> Iterator[str]:
    """The placeholders that Markdown takes for HTML or for a link, so that nobody would see them."""
    shown = "".join(
        part.content
        for block in SHOWN.parse(text)
        for part in (block, *(block.children or ()))
        if part.type in {"text", "code_inline", "code_block", "fence"}
    )
    for placeholder in PLACEHOLDER.findall(text):
        if placeholder not in shown:
            yield f"{place}: Markdown swallows {placeholder}; put a comma or a question mark into it"


def templates() -> dict[str, str]:
    return {place: text for place, text in pages().items() if place.startswith("templates/")}


def test_every_template_keeps_the_rules() -> None:
    assert [fault for place, text in templates().items() for fault in faults(place, text)] == []


def test_every_template_has_something_to_fill_in_and_an_example() -> None:
    odd = [
        f"{place}: expected five or more places to fill in and an example"
        for place, text in templates().items()
        if len(PLACEHOLDER.findall(text)) < 5 or not re.search(r"\b(examples?|invented)\b", text, re.IGNORECASE)
    ]
    assert odd == []


def test_titles_of_templates_differ() -> None:
    titles = sorted(template.title.casefold() for template in library().templates())
    assert titles == sorted(set(titles))


def test_pages_beside_surveys_swallow_nothing_either() -> None:
    beside = {place: text for place, text in pages().items() if place not in templates()}
    assert [fault for place, text in beside.items() for fault in swallowed(place, text)] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("# T\n\nFor all.\n" + "x\n" * 88, "91 lines, at most 90"),
        ("Title\n\nFor all.\n", "expected '# ' and a title"),
        (f"# {'T' * 61}\n\nFor all.\n", "expected '# ' and a title"),
        ("# T\n\n## Part\n", "a paragraph under the title"),
        ("# T\nFor all.\n", "a paragraph under the title"),
        (f"# T\n\n{'x' * 101}\n", "line 3 has 101 characters"),
        ("# T\n\nFor all. \n", "line 3 holds a tab or ends in spaces"),
        ("# T\n\nFor all!\n", "'!' in line 3"),
        ("# T\n\nFor <name> alone.\n", "Markdown swallows <name>"),
        ("# T\n\nFor <name alone>.\n", "Markdown swallows <name alone>"),
        ("# T\n\n<div>\n", "Markdown swallows <div>"),
        ("# T\n\nFor <https://example.org> alone.\n", "Markdown swallows <https://example.org>"),
    ],
)
def test_a_template_that_breaks_a_rule_is_named(text: str, fault: str) -> None:
    found = list(faults("templates/own.md", text))
    assert any(line.startswith("templates/own.md: ") and fault in line for line in found), found


def test_placeholders_with_a_comma_or_a_question_mark_are_shown() -> None:
    assert list(faults("templates/own.md", "# T\n\nFor <name, role> and <whom?>, `<code>`.\n")) == []
