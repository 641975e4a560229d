"""Opening a round: what it asks, what it asks for, and whether it can open now."""

from __future__ import annotations

from collections.abc import Callable
from os import urandom
from pathlib import Path

from msgspec import Struct

from tuiretro.core import focus, rotation, signals
from tuiretro.core.asking import by_theme, in_round, may_ask
from tuiretro.core.calendar import sprint, sprint_on
from tuiretro.core.codes import fingerprint, new_code
from tuiretro.errors import BadInputError, NotFoundError, NotNowError, SurveyError
from tuiretro.library import DEEP_DIVE, SAFETY, Library
from tuiretro.model.release import History
from tuiretro.model.round import Round
from tuiretro.model.survey import ENGLISH, Language, Question, Survey
from tuiretro.model.team import Sprint, Team
from tuiretro.service.teams import current
from tuiretro.service.workspace import Workspace


def questions_of(library: Library, team: Team, survey: Survey, history: History) -> tuple[Question, ...]:
    """What a survey asks a team now, in the library's language and in the order of themes.

    Raises:
        BadInputError, NotFoundError, SurveyError: As `whole`.
    """
    if survey.kind != "pulse":
        return whole(library, survey)
    mistakes, safety = library.mistakes(), library.survey(SAFETY)
    return rotation.pulse(
        headlines=tuple(mistake.question for mistake in mistakes),
        facets=tuple(question for mistake in mistakes for question in mistake.deep_dive),
        safety_core=safety.core,
        history=history,
        listed=focus.focus_list(history, signals.judge(history, team.changes), library.numbers()).entries,
        size=team.pulse,
    )


def whole(library: Library, survey: Survey) -> tuple[Question, ...]:
    """All that a survey asks, whatever was asked before; of a pulse, its core and every headline.

    Raises:
        BadInputError: A deep dive of no mistake.
        NotFoundError, SurveyError: What it needs of the catalogue is gone or broken.
    """
    if survey.kind == "items":
        return by_theme(survey.questions)
    if survey.kind == "dive":
        if survey.id == DEEP_DIVE:
            raise BadInputError(
                "A deep dive is about one mistake: open the survey named after it, such as 'data-cleaning'. Nothing "
                "was opened."
            )
        return may_ask(survey, (library.mistake(survey.id),), library.survey(SAFETY))
    return may_ask(survey, library.mistakes(), library.survey(SAFETY))


class Guard(Struct, frozen=True):
    """What a round asks for before a sheet goes in and before the boxes open; usually nothing."""

    codes: tuple[str, ...] = ()
    """One-time codes, one for each person, as `core.codes` gives them."""
    closing: str = ""
    """The closing code, as `core.closing_code` gives it."""


NO_GUARD = Guard()


def new_codes(team: Team, entropy: Callable[[int], bytes] = urandom) -> tuple[str, ...]:
    """A fresh one-time code for each person of a team."""
    return tuple(new_code(entropy) for _ in range(team.people))


def closing_code(entropy: Callable[[int], bytes] = urandom) -> str:
    """A fresh closing code: six words."""
    from tuiretro.core.closing_code import new_closing_code
    from tuiretro.store.locked_key import closing_words

    return new_closing_code(closing_words(), entropy)


def open_round(
    workspace: Workspace,
    team: Team,
    survey: str | Path = "pulse",
    *,
    number: int | None = None,
    guard: Guard = NO_GUARD,
) -> Round:
    """Opens a round for this sprint, or for an earlier one that is not released yet; see `prepare` and `start`."""
    return start(workspace, team, prepare(workspace, team, survey, number=number, guard=guard), guard)


def prepare(
    workspace: Workspace,
    team: Team,
    survey: str | Path = "pulse",
    *,
    number: int | None = None,
    guard: Guard = NO_GUARD,
) -> Round:
    """A round that could be opened now, so that what belongs to it can be written down first; opens nothing.

    Args:
        workspace: Where it would be kept.
        team: Who is asked.
        survey: A survey's id, a mistake's for its deep dive, or a file of the team's own.
        number: The sprint; None takes the one of today.
        guard: What it asks for.

    Raises:
        NotNowError: A round is open, the sprint has not started, or it or a later one has its results already.
        NotFoundError, SurveyError: No such team or survey, or its file was refused.
        BadInputError: A sprint number that is not there yet.
    """
    team = current(workspace, team)
    language = _language(workspace, team)
    library = workspace.library.speaking(language.id)
    chosen = library.load_file(survey) if isinstance(survey, Path) else library.survey(survey)
    if workspace.store.round(team.id) is not None:
        raise NotNowError(f"A round is open for {team.name} already. Close or abandon it first; nothing was changed.")
    history = workspace.store.history(team.id)
    span = _span(workspace, team, history, number)
    return Round(
        id=workspace.new_id(),
        sprint=span.number,
        survey=chosen.id,
        title=chosen.title,
        intro=chosen.intro,
        people=team.people,
        minimum=team.minimum,
        questions=in_round(questions_of(library, team, chosen, history), language),
        language=language.id,
        labels=language.labels,
        notice="" if language.reviewed else language.notice,
        asks_code=bool(guard.codes),
        two_person=bool(guard.closing),
    )


def start(workspace: Workspace, team: Team, opened: Round, guard: Guard = NO_GUARD) -> Round:
    """Opens a prepared round.

    Args:
        workspace: Where it is kept.
        team: Who is asked.
        opened: From `prepare`, with the same guard.
        guard: What it asks for.

    Raises:
        NotNowError: A round is open by now, or the sprint has its results.
    """
    codes = tuple(fingerprint(opened.id, code) for code in guard.codes)
    workspace.store.open_round(team.id, opened, codes, guard.closing or None)
    return opened


def _language(workspace: Workspace, team: Team) -> Language:
    """The team's language; English once no file speaks it any more, since a round must not wait for a translation."""
    try:
        return workspace.library.language(team.language)
    except (NotFoundError, SurveyError):
        return workspace.library.language(ENGLISH)


def _span(workspace: Workspace, team: Team, history: History, number: int | None) -> Sprint:
    now = sprint_on(team, workspace.today())
    span = now if number is None else sprint(team, number) if 1 <= number <= now.number else None
    if span is None:
        raise BadInputError(f"Sprint {number} is not there yet: this is sprint {now.number}. Nothing was opened.")
    if span.starts > workspace.today():
        raise NotNowError(f"Sprint {span.number} starts on {span.starts}; its round can open then. Nothing was opened.")
    last = history.last
    if last is None or span.number > last.sprint.number:
        return span
    following = last.sprint.number + 1
    when = f"on {sprint(team, following).starts}, when" if following > now.number else "now:"
    raise NotNowError(
        f"Sprint {last.sprint.number} has its results already, and closing is final; no earlier one can be asked any "
        f"more. The next round can open {when} sprint {following} {'starts' if following > now.number else 'is due'}."
    )
