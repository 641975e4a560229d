"""Pages in Markdown: templates to fill in, and what is to be known about a survey.

Must not know which pages there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import dropwhile, takewhile
from operator import not_
from pathlib import Path

from tuiretro.library.problem import Fault
from tuiretro.library.reading import read_text
from tuiretro.library.rules import CONTROL, first_unshowable, is_blank
from tuiretro.model.survey import Template

TITLE_LIMIT, ABOUT_LIMIT = 60, 300
_MARK = "# "


def page_faults(text: str) -> Iterator[Fault]:
    """Every fault of a page: a title, a paragraph that says what it is for, and nothing that cannot be shown."""
    title, about = _head(text)
    if is_blank(title):
        yield Fault("", "expected '# ' and a title in the first line, found another line")
    elif len(title) > TITLE_LIMIT:
        yield Fault("", f"expected a title of at most {TITLE_LIMIT} characters, found {len(title)}")
    if is_blank(about):
        yield Fault("", "expected a paragraph under the title that says what the page is for, found none")
    elif len(about) > ABOUT_LIMIT:
        yield Fault("", f"expected at most {ABOUT_LIMIT} characters under the title, found {len(about)}")
    hidden = _hidden(text)
    if hidden:
        line = text.count("\n", 0, text.index(hidden)) + 1
        yield Fault("", f"expected plain text, found U+{ord(hidden):04X} in line {line}")


def template(id_: str, text: str) -> Template:
    """A page without fault as a template."""
    title, about = _head(text)
    return Template(id_, title, about, text)


def read_page(path: Path) -> str | Fault:
    """The text of a page, with line ends as on this system's terminals and one at its end."""
    text = read_text(path)
    return text if isinstance(text, Fault) else text.replace("\r\n", "\n").rstrip("\n") + "\n"


def _head(text: str) -> tuple[str, str]:
    """The title, and the paragraph that follows it, in one line each."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    first = next(lines)
    title = first.removeprefix(_MARK) if first.startswith(_MARK) else ""
    paragraph = " ".join(takewhile(bool, dropwhile(not_, lines)))
    return title, "" if paragraph.startswith("#") else paragraph


def _hidden(text: str) -> str:
    """The first character that no terminal may get, if there is one; line breaks and tabs are let through."""
    inside = text.replace("\n", "").replace("\t", "")
    if inside.isprintable():
        return ""
    control = CONTROL.search(inside)
    return control[0] if control else first_unshowable(inside)
