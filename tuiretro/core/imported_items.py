"""Which questions the statements of another tool's file become.

Owns when an imported statement continues one of our lines, and which version it has where it does not. Knows nothing
of cells and files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain, count

from msgspec.structs import replace

from tuiretro.core.cells import is_five_point
from tuiretro.core.faults import Faults, shown
from tuiretro.core.text import clean, clip, visible
from tuiretro.model.importing import ImportedItem, ImportMap, MappedItem
from tuiretro.model.release import History
from tuiretro.model.survey import Question

OWN = re.compile(r"imported\.[a-z0-9]+(-[a-z0-9]+)*")
"""The ids of statements that are none of ours."""
LONGEST_TEXT = 300
SHORT_WIDTH = 36
TURNED = " (turned round)"
"""Behind the label of a statement to which agreeing was bad: its number says the opposite of it."""
_SHORTEN = "give it another with short, or none"
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,20}(?:\[[A-Za-z0-9_]+\])?\.\s+")
_NUMBER = re.compile(r"[0-9]{1,3}[.)]\s+")
_GRID = re.compile(r".*\[([^\[\]]+)\]\s*", re.DOTALL)
_SIMPLE = re.compile(r"[a-z0-9]+")
_ID_WORDS, _ID_WIDTH = 5, 40
_WORD = re.compile(r"\w+")


def statement(column: str) -> str:
    """The statement in the name of a column: without the tool's code or number, and of a grid the row alone.

    "G1Q1[SQ2]. How was it? [We tested.]" and "3. How was it? [We tested.]" are both "We tested."
    """
    text = clean(column[:2_000])
    code = _CODE.match(text) or _NUMBER.match(text)
    bare = text[code.end() :] if code else text
    grid = _GRID.fullmatch(bare)
    return grid[1].strip() if grid and " " in grid[1].strip() else bare


def alike(one: str, other: str) -> bool:
    """Whether two statements have the same words in the same order."""
    return words(one) == words(other)


def is_code(text: str) -> bool:
    """Whether a statement is a single word or none, of which nobody knows what was asked."""
    return not visible(text) or " " not in text


def own_id(text: str, taken: Collection[str]) -> str:
    """An id for a statement of the file's own, made of its first words, that is not taken."""
    base = "-".join(_SIMPLE.findall(_bare(clean(text)).casefold())[:_ID_WORDS])[:_ID_WIDTH].strip("-") or "statement"
    names = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(id_ for id_ in map("imported.{}".format, names) if id_ not in taken)


def _bare(text: str) -> str:
    """Letters without their marks: 'Käse' is called 'kase', and not 'k-se'."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """The words of a statement, for comparing."""
    return _WORD.findall(text.casefold())


def imported_items(
    wanted: ImportMap, known: Mapping[str, Question], history: History, faults: Faults
) -> tuple[ImportedItem, ...]:
    """The questions of a map's statements, in its order.

    A statement in our words on a scale of five points is our question. Any other is a wording of its own, with a
    version below 1, and starts its own line: nothing is compared across.

    Args:
        wanted: The map.
        known: Our questions by id, as a round in the map's language asks them.
        history: What was asked before: the same wording of an earlier import keeps its version.
        faults: Takes in statements that nobody can place.
    """
    found: list[ImportedItem] = []
    taken: dict[str, str] = {}
    before = [question for question in history.questions if question.version < 1]
    for item in wanted.items:
        if item.item in taken:
            faults.add(None, f"{shown(item.column)} and {shown(taken[item.item])} are both {shown(item.item)}")
            continue
        taken[item.item] = item.column
        made = _imported(item, wanted, known, faults)
        if made is not None:
            found.append(made if made.is_ours and _fits(made, history) else _versioned(made, before))
    return tuple(found)


def _imported(
    item: MappedItem, wanted: ImportMap, known: Mapping[str, Question], faults: Faults
) -> ImportedItem | None:
    text = clip(clean(item.text) or statement(item.column), LONGEST_TEXT)
    if is_code(text):
        faults.add(None, f'{shown(item.column)} is only a code; the map must say what was asked: text = "..."')
        return None
    ours = known.get(item.item)
    told = clean(item.short)
    if any(alike(told, other.short) and not alike(text, other.text) for other in known.values()):
        faults.add(None, f"{shown(told)} is our label of another statement than {shown(item.column)}; {_SHORTEN}")
        return None
    if ours is not None:
        is_ours = alike(text, ours.text) and not item.reversed and is_five_point(wanted.scale)
        return ImportedItem(item.column, ours if is_ours else _worded(ours, item, text), item.reversed, is_ours)
    if not OWN.fullmatch(item.item):
        faults.add(None, _no_item(item.item, known))
        return None
    short = _short(item, text)
    scale = next(iter(known.values())).scale
    language = next(iter(known.values())).language
    question = Question(item.item, short, text, item.theme, language=language, scale=scale)
    return ImportedItem(item.column, question, item.reversed, is_ours=False)


def _short(item: MappedItem, text: str) -> str:
    """Its label: what the map calls it, or as much of it as fits, and whether the answers were turned round."""
    told = clean(item.short)
    if told or not item.reversed:
        return clip(told or text, SHORT_WIDTH)
    return f"{clip(text.rstrip('.'), SHORT_WIDTH - len(TURNED))}{TURNED}"


def _worded(ours: Question, item: MappedItem, text: str) -> Question:
    """Our question in other words: our label would claim that ours was asked."""
    return Question(
        ours.id,
        ours.short if alike(text, ours.text) and not item.reversed else _short(item, text),
        text,
        ours.theme,
        mistake=ours.mistake,
        facet=ours.facet,
        language=ours.language,
        scale=ours.scale,
    )


def _fits(item: ImportedItem, history: History) -> bool:
    """Whether the history knows no other text or labels under the same wording."""
    question = item.question
    same = [other for other in history.questions if other.wording == question.wording]
    return all((other.text, other.scale) == (question.text, question.scale) for other in same)


def _versioned(item: ImportedItem, before: Sequence[Question]) -> ImportedItem:
    question = item.question
    of_item = [other for other in before if (other.id, other.language) == (question.id, question.language)]
    version = _version(of_item, question)
    return ImportedItem(item.column, replace(question, version=version), item.reversed, is_ours=False)


def _version(before: Iterable[Question], question: Question) -> int:
    lowest = 1
    for other in before:
        if (other.text, other.theme, other.scale) == (question.text, question.theme, question.scale):
            return other.version
        lowest = min(lowest, other.version)
    return lowest - 1


def _no_item(wanted: str, known: Iterable[str]) -> str:
    near = get_close_matches(wanted, known, 1)
    hint = f"did you mean {shown(near[0])}? " if near else ""
    return (
        f"there is no item {shown(wanted)}; {hint}A statement of the file's own is called 'imported.NAME', with small "
        "letters, digits and hyphens"
    )
