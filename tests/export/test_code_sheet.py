from __future__ import annotations

from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from tests.core.hostile import HOSTILE
from tests.export.rendered import READERS, tokens
from tests.store.builders import CODES, a_round
from tuiretro.core.codes import written
from tuiretro.export.code_sheet import HAND_OUT, SLIP, html, markdown


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def page(text: str) -> _Page:
    parsed = _Page()
    parsed.feed(text)
    return parsed


def test_markdown_has_a_slip_for_each_code_with_what_to_do() -> None:
    text = markdown(a_round(), "Rockets", CODES)
    assert text.startswith("# Rockets: codes for Pulse, sprint 1\n")
    assert HAND_OUT in text
    for code in CODES:
        assert text.count(f"    {written(code)}\n") == 1
    assert text.count("\nFor Pulse, sprint 1, of Rockets.\n") == len(CODES)
    assert text.count("\n---\n") == text.count(SLIP[1]) == len(CODES)


def test_a_page_has_a_slip_for_each_code_with_what_to_do() -> None:
    parsed = page(html(a_round(), "Rockets", CODES))
    assert [tag for tag, _ in parsed.tags].count("li") == len(CODES)
    for code in CODES:
        assert parsed.texts.count(written(code)) == 1
    assert parsed.texts.count("For Pulse, sprint 1, of Rockets.") == len(CODES)
    for sentence in SLIP:
        assert parsed.texts.count(sentence) == len(CODES)
    assert "Rockets: codes for Pulse, sprint 1" in parsed.texts
    assert HAND_OUT in parsed.texts


def test_a_page_asks_for_nothing_from_elsewhere_and_runs_nothing() -> None:
    parsed = page(html(a_round(), "Rockets", CODES))
    names = {name for _, attributes in parsed.tags for name in attributes}
    assert not {"script", "img", "link", "a", "iframe"} & {tag for tag, _ in parsed.tags}
    assert not {"src", "href", "onclick", "style"} & names
    assert any("default-src 'none'" in str(attributes.get("content")) for _, attributes in parsed.tags)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_team_or_title_stays_text(name: str) -> None:
    text = HOSTILE[name]
    opened = replace(a_round(), title=text)
    plain = [tag for tag, _ in page(html(a_round(), "x", CODES)).tags]
    assert [tag for tag, _ in page(html(opened, text, CODES)).tags] == plain
    for made in (html(opened, text, CODES), markdown(opened, text, CODES)):
        assert not any(ord(letter) < 32 and letter != "\n" for letter in made)
        assert "\x9b" not in made
    for reader in READERS:
        kinds = [token.type for token in tokens(reader, markdown(opened, text, CODES))]
        assert kinds.count("hr") == kinds.count("code_block") == len(CODES)
        assert not {"html_inline", "html_block", "link_open", "image"} & set(kinds)
