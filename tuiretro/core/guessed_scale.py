"""What the answers of a survey look like, and which of 1 to 5 they mean.

Owns the labels that tools give their scales. Knows nothing of columns and files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

LABELS: dict[str, int] = {
    "strongly disagree": 1, "completely disagree": 1, "totally disagree": 1, "fully disagree": 1,
    "disagree": 2, "somewhat disagree": 2, "slightly disagree": 2, "rather disagree": 2,
    "neutral": 3, "neither": 3, "undecided": 3, "neither agree nor disagree": 3, "neither agree or disagree": 3,
    "agree": 4, "somewhat agree": 4, "slightly agree": 4, "rather agree": 4,
    "strongly agree": 5, "completely agree": 5, "totally agree": 5, "fully agree": 5,
}  # fmt: skip
"""English labels of five points, agreeing high."""
_UNSURE = frozenset({"n/a", "na", "-", "don't know", "dont know", "can't say", "no answer", "not applicable"})
_CODE = re.compile(r"A[O0]?[0-9]{1,2}")
_NUMBER = re.compile(r"[0-9]{1,3}")
_NUMBER_FIRST = re.compile(r"(?P<n>[1-5])\s*[-:.)=]\s*(?P<words>[^\d\s].*)")
_NUMBER_LAST = re.compile(r"(?P<words>\D.*)\((?P<n>[1-5])\)")
LONGEST_LABEL = 40
"""Characters of one; what is longer was typed by somebody."""


def is_label(cell: str) -> bool:
    """Whether a text is a label of `LABELS`, with or without its number."""
    return _is_known(cell) and not is_numeric(cell)


def is_code(cell: str) -> bool:
    """Whether an answer is a code such as 'A1', of which nobody knows the meaning."""
    return _CODE.fullmatch(cell) is not None


def is_numeric(cell: str) -> bool:
    """Whether an answer is a plain number."""
    return _NUMBER.fullmatch(cell) is not None


def is_unsure(cell: str) -> bool:
    """Whether an answer says "can't say"."""
    return cell.casefold() in _UNSURE


def meaning(cell: str) -> int | None:
    """1 to 5 for '4', 'Agree', '4 - Agree' and 'Agree (4)'; None for anything else."""
    if cell in {"1", "2", "3", "4", "5"}:
        return int(cell)
    label = LABELS.get(cell.casefold())
    if label is not None:
        return label
    numbered = _numbered(cell)
    return int(numbered["n"]) if numbered else None


def _numbered(cell: str) -> re.Match[str] | None:
    return _NUMBER_FIRST.fullmatch(cell) or _NUMBER_LAST.fullmatch(cell)


def _is_known(cell: str) -> bool:
    """Whether an answer holds nothing but a number and words of `LABELS`."""
    numbered = _numbered(cell)
    words = numbered["words"].strip().casefold() if numbered else cell.casefold()
    return words in LABELS or is_numeric(cell)


def labels(cells: Iterable[str]) -> tuple[str, ...]:
    """The answers of a column that can be repeated in a map: those of a scale of five, or codes, and "can't say".

    "4 - because of Mina" reads like a label and was typed by a person. So words that we do not know must be short,
    stand there twice on the average, and no two of them beside the same number, which leaves five; those that stand
    there once are left out.

    Args:
        cells: All that the column says, cleaned, without empty cells.

    Returns:
        Each once; none where the column is on no such scale.
    """
    said = Counter(cells)
    answers = [cell for cell in said if not is_unsure(cell)]
    if not answers or all(map(is_code, answers)):
        return tuple(said) if answers else ()
    meant = {cell: meaning(cell) for cell in answers}
    if None in meant.values():
        return ()
    worded = [cell for cell in answers if not _is_known(cell)]
    is_scale = (
        all(len(cell) <= LONGEST_LABEL for cell in worded)
        and sum(said[cell] for cell in worded) >= 2 * len(worded)
        and len({meant[cell] for cell in worded}) == len(worded)
    )
    return tuple(cell for cell in said if cell not in worded or said[cell] > 1) if is_scale else ()


def meanings(said: Iterable[str]) -> dict[str, int | None]:
    """What the answers mean, but for "can't say"; None where that cannot be known.

    Of a code nobody knows it. Beside 'somewhat agree' a plain 'agree' is one point of seven: then none of the two is
    told.
    """
    found = {cell: None if is_code(cell) else meaning(cell) for cell in said if not is_unsure(cell)}
    words = {cell.casefold() for cell in found}
    for plain in ("agree", "disagree"):
        others = {label for label in words - {plain} if LABELS.get(label) == LABELS[plain]}
        if plain in words and others:
            found |= {cell: None for cell in found if cell.casefold() in {plain, *others}}
    return found
