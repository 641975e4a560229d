"""What the answers of a survey look like, and which of 1 to 5 they mean.

Owns the labels that tools give their scales. Knows nothing of columns and files.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

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
_NUMBER_FIRST = re.compile(r"([1-5])\s*[-:.)=]\s*[^\d\s].*")
_NUMBER_LAST = re.compile(r"\D.*\(([1-5])\)")


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
    first, last = _NUMBER_FIRST.fullmatch(cell), _NUMBER_LAST.fullmatch(cell)
    if first:
        return int(first[1])
    return int(last[1]) if last else None


def looks_like_scale(said: Collection[str]) -> bool:
    """Whether the different answers of a column are those of a scale of five, or codes."""
    answers = [cell for cell in said if not is_unsure(cell)]
    if not answers:
        return False
    return all(map(is_code, answers)) or all(meaning(cell) is not None for cell in answers)


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
