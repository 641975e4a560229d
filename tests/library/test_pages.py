from __future__ import annotations

from pathlib import Path

import pytest

from tuiretro.library.pages import page_faults, read_page, template
from tuiretro.model.survey import Template

NO_TITLE = "expected '# ' and a title in the first line, found another line"
NO_ABOUT = "expected a paragraph under the title that says what the page is for, found none"


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("# Title\n\nWhat it is for.\n", []),
        ("# Title\n\nWhat it is for.\n\n\tCaf\u00e9\u00a0au lait: \u0646\u0645\u06cc\u200c\u062e\n", []),
        ("", [NO_TITLE, NO_ABOUT]),
        ("\n# Title\n\nWhat it is for.\n", [NO_TITLE, NO_ABOUT]),
        ("#Title\n\nWhat it is for.\n", [NO_TITLE]),
        ("## Title\n\nWhat it is for.\n", [NO_TITLE]),
        ("# \n\nWhat it is for.\n", [NO_TITLE]),
        ("# \u200b\n\nWhat it is for.\n", [NO_TITLE]),
        ("# Title\n\n## Part\n\nWhat it is for.\n", [NO_ABOUT]),
        ("# Title\n\n\u3164\n", [NO_ABOUT]),
        (f"# {'x' * 61}\n\nWhat it is for.\n", ["expected a title of at most 60 characters, found 61"]),
        (f"# Title\n\n{'x' * 301}\n", ["expected at most 300 characters under the title, found 301"]),
        ("# Title\n\nWhat\x1b[31m.\n", ["expected plain text, found U+001B in line 3"]),
        ("# Ti\x00tle\n\nWhat\x1b[31m.\n", ["expected plain text, found U+0000 in line 1"]),
        ("# Title\n\nWhat.\n\na\u202eb\n", ["expected plain text, found U+202E in line 5"]),
        ("# Title\n\nWhat.\n\na\u200eb\n", ["expected plain text, found U+200E in line 5"]),
        ("# Title\n\nWhat.\n\na\rb\n", ["expected plain text, found U+000D in line 5"]),
        ("# Title\n\nWhat.\n\na\u2028b\n", ["expected plain text, found U+2028 in line 5"]),
    ],
)
def test_each_fault_of_a_page_has_its_sentence(text: str, messages: list[str]) -> None:
    assert list(page_faults(text)) == [("", message) for message in messages]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n \n", "\n\n  \n"])
def test_a_template_has_its_title_and_what_it_is_for_in_one_line_each(gap: str) -> None:
    text = f"#  A   data card {gap}For everyone\n who trains.\n \t\nMore.\n"
    assert template("data-card", text) == Template("data-card", "A data card", "For everyone who trains.", text)


@pytest.mark.parametrize(
    "content",
    [b"# A\n\nB.\n", b"\xef\xbb\xbf# A\r\n\r\nB.\r\n", b"# A\n\nB.", b"# A\r\n\r\nB.\n\n\r\n"],
    ids=["plain", "mark and CRLF", "no end", "many ends"],
)
def test_pages_of_every_editor_read_alike(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.md").write_bytes(content)
    assert read_page(tmp_path / "a.md") == "# A\n\nB.\n"


def test_a_page_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "latin.md").write_bytes(b"# caf\xe9\n")
    assert read_page(tmp_path / "latin.md") == ("", "expected UTF-8 text, found other bytes in line 1")
    assert read_page(tmp_path) == ("", "expected a file, found a folder")
    assert read_page(tmp_path / "none.md") == ("", "there is no such file")
