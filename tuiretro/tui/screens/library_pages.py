"""The pages of the Library: one mistake, play, survey, item or template, to read beside the list.

Values in, text out. Whatever stands in a file is text: a Markdown page is shown as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content

from tuiretro.core.plays import mark_of, play_reference
from tuiretro.core.text import harmless
from tuiretro.model.action import Action
from tuiretro.model.survey import EFFORT_WORDS, Mistake, Play, PlayBook, Survey, SurveyItem, Template
from tuiretro.service.browsing import Browsing, safety_statements
from tuiretro.tui.text import ACT, DIM, HEAD, LOOK, fold, plain, row, short, stack

EMPTY = Content("")
ASKED_GENTLY = "Nobody is asked to explain a score or to say who they are."
"""Stands above the plays of a survey, whose statements are about people."""
_STARTS_A_LINE = re.compile(r"\s*([-*|#>]|\d+[.)]\s|```)|\s*$")
_FENCE = "```"


def page(found: Browsing, key: str, actions: Sequence[Action], width: int) -> Content:
    """The page of a row.

    Args:
        found: All that there is.
        key: The row, as 'kind:id'; empty where there is none.
        actions: The team's, to say which plays were tried.
        width: Cells of a line.
    """
    kind, _, id_ = key.partition(":")
    all_ = found.catalogue
    if kind == "mistake" and (mistake := all_.mistake(id_)) is not None:
        return mistake_page(mistake, found)
    if kind == "plays" and (book := found.book(id_)) is not None:
        return plays_page(book, found.plays.get(book.id, ()))
    if kind == "play" and (held := found.play(id_)) is not None:
        return play_page(*held, found, actions)
    if kind == "template" and (template := all_.template(id_)) is not None:
        return template_page(template, width)
    if kind == "survey" and (survey := all_.survey(id_)) is not None:
        return survey_page(survey, found)
    if kind == "fault":
        return fault_page(all_.problems[int(id_)]) if int(id_) < len(all_.problems) else EMPTY
    if kind == "item":
        survey_id, _, item_id = id_.partition(".")
        survey = all_.survey(survey_id)
        item = next((item for item in survey.items if item.id == item_id), None) if survey else None
        return item_page(survey, item, found) if survey and item else EMPTY
    return EMPTY


def fault_page(fault: str) -> Content:
    """One fault of a file of the team's own, which is left out until it is mended."""
    rest = "The file is left out until it is mended; 'tuiretro survey check' names every fault at once."
    return stack(plain(fault, LOOK), EMPTY, plain(rest, DIM))


def mistake_page(mistake: Mistake, found: Browsing) -> Content:
    """One mistake as a page to read."""
    lines = [plain(mistake.title, HEAD), EMPTY, plain(mistake.summary), EMPTY, plain("Signs", HEAD)]
    lines += [plain(f"· {sign}") for sign in mistake.signs]
    lines += [EMPTY, plain("What is asked", HEAD), plain(mistake.headline.text)]
    lines += [row(plain(f"{facet.title}: ", DIM), plain(facet.text)) for facet in mistake.facets]
    safety = safety_statements(found.catalogue, mistake.id)
    if safety:
        lines += [EMPTY, plain("Safety statements that bear on it", HEAD)]
        lines += [plain(f"· {item.text}") for item in safety]
    return stack(*lines, EMPTY, *_listed(found.plays.get(mistake.id, ())))


def _listed(plays: Sequence[Play]) -> list[Content]:
    """The plays by title."""
    if not plays:
        return []
    lines = [row(plain("Plays, best first", HEAD), plain("   enter", ACT), plain(" opens them", DIM))]
    return lines + [row(plain(f"{play.effort}  ", ACT), plain(play.title)) for play in plays]


def plays_page(book: PlayBook, plays: Sequence[Play]) -> Content:
    """The plays of a survey, with the statements that they are for."""
    lines = [plain(f"Plays for: {book.title}", HEAD), EMPTY, plain(ASKED_GENTLY), EMPTY, *_listed(plays)]
    if isinstance(book, Survey):
        lines += [EMPTY, plain("What is asked", HEAD), *(plain(f"· {item.text}") for item in book.items)]
    return stack(*lines)


def play_page(book: PlayBook, play: Play, found: Browsing, actions: Sequence[Action]) -> Content:
    """One play as a page to read."""
    mark = mark_of(play_reference(book, play), actions)
    lines = [
        row(plain(f"{play.effort}  ", ACT), plain(play.title, HEAD)),
        plain(f"{EFFORT_WORDS[play.effort]} · {book.side_title(play.facet)}", DIM),
        plain(f"{'Plays for: ' if isinstance(book, Survey) else ''}{book.title}", DIM),
    ]
    if mark:
        lines.append(plain(f"{mark[0].upper()}{mark[1:]} already.", DIM))
    for label, text in _parts(play):
        lines += [EMPTY, row(plain(label, DIM), plain(text))]
    template = found.template_of(play)
    if template is not None:
        hint = row(plain("   t", ACT), plain(" writes it to a file", DIM))
        lines += [EMPTY, row(plain("Template: ", DIM), plain(template.title), hint)]
    elif play.template:
        lines += [EMPTY, plain(f"Its template '{play.template}' is there no more.", DIM)]
    return stack(*lines)


def _parts(play: Play) -> tuple[tuple[str, str], ...]:
    return (
        ("", play.why),
        ("First step: ", play.first_step),
        ("Done when: ", play.done_when),
        ("Watch: ", play.watch),
    )


def play_lines(play: Play, side: str) -> list[Content]:
    """One play as lines to read below its title."""
    parts = [row(plain(label, DIM), plain(text)) for label, text in _parts(play)]
    return [plain(f"{EFFORT_WORDS[play.effort]} · {side}", DIM), *parts]


def survey_page(survey: Survey, found: Browsing) -> Content:
    """One survey as a page to read: its items, its plays, and what may and may not be said of its numbers."""
    lines = [plain(survey.title, HEAD), EMPTY, plain(survey.intro), EMPTY]
    lines += [row(plain("● " if item.core else "· ", ACT), plain(item.text)) for item in survey.items]
    if survey.core:
        lines += [EMPTY, row(plain("● ", ACT), plain("is asked in every pulse", DIM))]
    plays = _listed(found.plays.get(survey.id, ()))
    lines += [EMPTY, *plays] if plays else []
    if survey.id in found.catalogue.pages:
        lines += [EMPTY, *_joined(found.catalogue.pages[survey.id])]
    elif survey.credits:
        lines += [EMPTY, *(plain(credit, DIM) for credit in survey.credits)]
    return stack(*lines)


def item_page(survey: Survey, item: SurveyItem, found: Browsing) -> Content:
    """One item of a survey as a page to read."""
    lines = [plain(item.text, HEAD), plain(f"Asked in: {survey.title}", DIM)]
    if item.core:
        lines.append(row(plain("● ", ACT), plain("is asked in every pulse", DIM)))
    bears_on = [mistake.title for id_ in item.mistakes if (mistake := found.catalogue.mistake(id_)) is not None]
    if bears_on:
        lines += [EMPTY, plain("It bears on", HEAD), *(plain(f"· {title}") for title in bears_on)]
    plays = [play for play in found.plays.get(survey.id, ()) if play.facet == item.id]
    if plays:
        lines += [EMPTY, plain("Plays for it", HEAD)]
        lines += [row(plain(f"{play.effort}  ", ACT), plain(play.title)) for play in plays]
    return stack(*lines)


def _joined(text: str) -> list[Content]:
    """A page about a survey for a narrow pane: the lines of a paragraph are joined, headings are strong."""
    parts = [part for part, _ in _paragraphs(harmless(text, lines=True).split("\n"))]
    return [plain(part.lstrip("# "), HEAD) if part.startswith("#") else plain(part) for part in parts]


def _paragraphs(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each paragraph in one line, and whether it must not be folded: rows of tables, and what stands in fences."""
    inside, held = False, ""
    for line in lines:
        fence = line.lstrip().startswith(_FENCE)
        inside = inside != fence
        if held and not (inside or fence or held.startswith("#") or _STARTS_A_LINE.match(line)):
            held += f" {line.strip()}"
            continue
        if held:
            yield held, False
        fixed = inside or fence or line.startswith("|")
        held = "" if fixed or not line.strip() else line.rstrip()
        if not held:
            yield line, fixed
    if held:
        yield held, False


def template_page(template: Template, width: int) -> Content:
    """A template in a narrow pane: as it is written, rows of tables cut at the edge."""
    keys = row(plain("enter", ACT), plain(" reads it on the whole width, ", DIM), plain("t", ACT))
    lines = [plain(template.title, HEAD), row(keys, plain(" writes it to a file", DIM)), EMPTY]
    for line, fixed in _paragraphs(_below_title(template)):
        lines.append(short(line, width) if fixed else plain(line))
    return stack(*lines)


def wide_page(template: Template, width: int) -> Content:
    """The same with room to spare: line by line if all but tables fit, and tables stay whole however wide they are."""
    written = _below_title(template)
    paragraphs = list(_paragraphs(written))
    fixed = {line for line, is_fixed in paragraphs if is_fixed}
    if all(cell_len(line) <= width or line in fixed for line in written):
        return stack(*(plain(line) for line in written))
    lines: list[Content] = []
    for line, is_fixed in paragraphs:
        lines += [plain(line)] if is_fixed else [plain(part) for part in fold(line, width)]
    return stack(*lines)


def _below_title(template: Template) -> list[str]:
    return harmless(template.text, lines=True).strip("\n").partition("\n")[2].strip("\n").split("\n")
