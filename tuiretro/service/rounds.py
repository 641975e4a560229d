"""A round from opening to release."""

from __future__ import annotations

from pathlib import Path

from tuiretro.core import focus, rotation, signals
from tuiretro.core.asking import by_theme, in_round, may_ask
from tuiretro.core.calendar import sprint, sprint_on
from tuiretro.core.release import tally
from tuiretro.core.sheets import Sitting, begin, checked
from tuiretro.errors import BadInputError, NotFoundError, NotNowError, SurveyError, WorkspaceError
from tuiretro.library import DEEP_DIVE, SAFETY, Library
from tuiretro.model.release import History, Release
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import ENGLISH, Language, Question, Survey
from tuiretro.model.team import Sprint, Team
from tuiretro.service.teams import current
from tuiretro.service.workspace import Workspace


def questions_of(library: Library, team: Team, survey: Survey, history: History) -> tuple[Question, ...]:
    """What a survey asks a team now, in the library's language and in the order of themes.

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
    mistakes, safety = library.mistakes(), library.survey(SAFETY)
    if survey.kind != "pulse":
        return may_ask(survey, mistakes, safety)
    return rotation.pulse(
        headlines=tuple(mistake.question for mistake in mistakes),
        facets=tuple(question for mistake in mistakes for question in mistake.deep_dive),
        safety_core=safety.core,
        history=history,
        listed=focus.focus_list(history, signals.judge(history, team.changes), library.numbers()).entries,
        size=team.pulse,
    )


def open_round(workspace: Workspace, team: Team, survey: str | Path = "pulse", *, number: int | None = None) -> Round:
    """Opens a round for this sprint, or for an earlier one that is not released yet.

    Args:
        workspace: Where it is kept.
        team: Who is asked.
        survey: A survey's id, a mistake's for its deep dive, or a file of the team's own.
        number: The sprint; None takes the one of today.

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
    opened = Round(
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
    )
    workspace.store.open_round(team.id, opened)
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


def require_round(workspace: Workspace, team: Team) -> Round:
    """The open round.

    Raises:
        NotFoundError: No round is open.
    """
    opened = workspace.store.round(team.id)
    if opened is None:
        raise NotFoundError(f"No round is open for {team.name}.")
    return opened


def require_place(workspace: Workspace, team: Team) -> Round:
    """The open round, if it still has a place for somebody's sheet: asked before a person answers all for nothing.

    Raises:
        NotFoundError: No round is open.
        NotNowError: As many sheets as there are people have been handed in.
    """
    opened = require_round(workspace, team)
    if workspace.store.sheets(team.id) >= opened.people:
        raise NotNowError(
            f"All {opened.people} people of this round have answered, so nobody else can. If the team has grown, close "
            "this round and change the number of people."
        )
    return opened


def sit(workspace: Workspace, opened: Round) -> Sitting:
    """A fresh sitting for the next person."""
    return begin(opened, workspace.random.shuffle)


def answer(workspace: Workspace, team: Team, opened: Round, sheet: Sheet) -> None:
    """Seals one person's sheet and stores it; once this returns it is durable.

    Raises:
        BadInputError: The sheet does not fit the round.
        NotNowError: The round is closed, or everybody has answered.
    """
    workspace.store.add_sheet(team.id, opened, checked(opened, sheet))


def close(workspace: Workspace, team: Team, asked: Round | None = None) -> Release:
    """Closes the open round: releases what may be shown and destroys the sheets for good.

    Args:
        workspace: Where it is kept.
        team: Whose round it is.
        asked: The round that somebody was asked about; None takes whichever is open.

    Raises:
        NotFoundError: No round is open.
        NotNowError: Fewer than k have answered, or another round is open than the one that was asked about.
    """
    team = current(workspace, team)
    opened = require_round(workspace, team)
    _check_same(opened, asked)

    def count(sheets: tuple[Sheet, ...]) -> tuple[Release, tuple[Question, ...]]:
        span = sprint(team, opened.sprint)
        return tally(opened, span, team.starred, sheets, workspace.random.shuffle), opened.questions

    return workspace.store.close_round(team.id, opened, count)


def abandon(workspace: Workspace, team: Team, asked: Round | None = None) -> Round | None:
    """Destroys the open round with every sheet in it, also one that is damaged; nothing is released.

    Args:
        workspace: Where it is kept.
        team: Whose round it is.
        asked: The round that somebody was asked about; None takes whichever is open.

    Returns:
        The round; None if it was damaged beyond reading.

    Raises:
        NotFoundError: No round is open.
        NotNowError: Another round is open than the one that was asked about.
    """
    try:
        opened = require_round(workspace, team)
    except WorkspaceError:
        if not workspace.store.abandon_damaged(team.id, asked.id if asked else None):
            raise
        return None
    _check_same(opened, asked)
    workspace.store.abandon_round(team.id, opened)
    return opened


def _check_same(opened: Round, asked: Round | None) -> None:
    if asked is not None and asked.id != opened.id:
        raise NotNowError("That round was closed or abandoned meanwhile, and another one is open; nothing was changed.")
