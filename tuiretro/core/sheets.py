"""Whether a sheet fits its round, and one person's way through the questions.

A `Sitting` is one person answering: a value that each key press turns into the next one, so that the app and the
line-by-line mode share every rule and nothing is written before the end.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches

from msgspec import Struct
from msgspec.structs import replace

from tuiretro.core.rules import ANSWERS, COMMENT_LIMIT, SCALE
from tuiretro.core.text import clean, clip, visible
from tuiretro.errors import BadInputError
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import THEMES, Question

COMMENT_HINT = "Shown word for word to your team. Your style may give you away. Don't name people."


def checked(opened: Round, sheet: Sheet) -> Sheet:
    """The sheet, if it fits the round; its comment cleaned.

    Raises:
        BadInputError: Unknown or missing items, answers out of range, or a comment that is too long.
    """
    known = {question.id for question in opened.questions}
    # Sets ask all questions at once; their order only matters once something is wrong.
    if not sheet.answers.keys() <= known:
        item = next(item for item in sheet.answers if item not in known)
        near = get_close_matches(item, known, 1)
        hint = f"; did you mean '{near[0]}'?" if near else f"; it asks {len(known)} items, such as '{min(known)}'."
        raise BadInputError(f"The item '{clean(item)[:60]}' is not part of this round{hint} Nothing was saved.")
    if not sheet.answers.keys() >= known:
        missing = [question.id for question in opened.questions if question.id not in sheet.answers]
        more = f" and {len(missing) - 1} more have" if len(missing) > 1 else " has"
        raise BadInputError(
            f"The item '{missing[0]}'{more} no answer; give {SCALE[0]} to {SCALE[1]}, or null for \"can't say\". "
            "Nothing was saved."
        )
    if not ANSWERS.issuperset(sheet.answers.values()):
        item, value = next((item, value) for item, value in sheet.answers.items() if value not in ANSWERS)
        raise BadInputError(
            f"The answer {clip(str(value), 20)} to '{item}' is out of range; give {SCALE[0]} to {SCALE[1]}, or "
            'null for "can\'t say". Nothing was saved.'
        )
    return Sheet(sheet.answers, checked_comment(sheet.comment))


def checked_comment(text: str) -> str:
    """A comment, cleaned; without any visible character it is none, and counts as none.

    Raises:
        BadInputError: Longer than `COMMENT_LIMIT` characters.
    """
    comment = clean(text, lines=True) if visible(text) else ""
    if len(comment) > COMMENT_LIMIT:
        raise BadInputError(
            f"The comment is {len(comment)} characters long; {COMMENT_LIMIT} are the most that fit. Nothing was saved."
        )
    return comment


class Sitting(Struct, frozen=True):
    """One person on the way through a round's questions; `at` equal to their number is the review page."""

    questions: tuple[Question, ...]
    answers: dict[str, int | None] = {}
    at: int = 0

    @property
    def current(self) -> Question | None:
        """The question in front of the person; None on the review page."""
        return self.questions[self.at] if self.at < len(self.questions) else None

    @property
    def complete(self) -> bool:
        """True once every question has an answer."""
        return all(question.id in self.answers for question in self.questions)

    def answer(self, value: int) -> Sitting:
        """Answers the current question with 1 to 5, or 0 for "can't say", and moves on.

        After the last gap is filled the review page comes next, also when one answer was changed from there.
        """
        if self.current is None:
            return self
        was_complete = self.complete
        answers = {**self.answers, self.current.id: value or None}
        after = len(self.questions) if was_complete else self.at + 1
        return replace(self, answers=answers, at=after)

    def back(self) -> Sitting:
        """The question before; the first one stays."""
        return replace(self, at=max(0, self.at - 1))

    def forward(self) -> Sitting:
        """The question after, if the current one has an answer."""
        current = self.current
        if current is None or current.id not in self.answers:
            return self
        return replace(self, at=self.at + 1)

    def go(self, at: int) -> Sitting:
        """Any question, from the review page."""
        return replace(self, at=at)

    def sheet(self, comment: str = "") -> Sheet:
        """What the person hands in."""
        return Sheet(dict(self.answers), comment)


def begin(opened: Round, shuffle: Callable[[list[Question]], None]) -> Sitting:
    """A fresh sitting: themes in their fixed order, items shuffled inside each theme.

    The random order averages out what an item's place does to its answers.
    """
    ordered: list[Question] = []
    for theme in THEMES:
        group = [question for question in opened.questions if question.theme == theme]
        shuffle(group)
        ordered += group
    return Sitting(tuple(ordered))
