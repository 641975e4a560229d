"""What a survey asks, whatever its kind.

Owns what the kinds of surveys mean. Must not know what was asked before: which of a pulse's questions are due is
`rotation`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from tuiretro.model.survey import THEMES, Language, Mistake, Question, Survey


def may_ask(survey: Survey, mistakes: Sequence[Mistake], safety: Survey) -> tuple[Question, ...]:
    """Every question that a survey may ask, in the order of themes.

    A pulse asks a part of these each time, and brings the facets of mistakes on the focus list as they enter it.

    Args:
        survey: Of any kind; a deep dive bears the id of its mistake.
        mistakes: The catalogue, by number.
        safety: The survey whose core every pulse asks.
    """
    headlines = [mistake.question for mistake in mistakes]
    if survey.kind == "items":
        asked = list(survey.questions)
    elif survey.kind == "pulse":
        asked = [*safety.core, *headlines]
    elif survey.kind == "quarterly":
        asked = [*safety.questions, *headlines]
    else:
        wanted = [m for m in mistakes if survey.kind == "process" or m.id == survey.id]
        asked = [question for mistake in wanted for question in (mistake.question, *mistake.deep_dive)]
    return by_theme(asked)


def in_round(questions: Iterable[Question], language: Language) -> tuple[Question, ...]:
    """The questions as a round in that language asks them: its labels are part of what people answer."""
    return tuple(replace(question, language=language.wording, scale=language.scale) for question in questions)


def by_theme(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions in the order of themes; inside a theme as given."""
    return tuple(sorted(questions, key=lambda question: THEMES.index(question.theme)))
