"""One person's private self-check: asked like a round that no store ever sees, shown, and kept only if asked.

Must not write into a workspace, and needs none: of a team it looks at the last release alone. How sentences are worded
is `core`'s, how the private file is kept is the store's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from msgspec import Struct

from tuiretro.core.asking import in_round
from tuiretro.core.own_history import own_history
from tuiretro.core.passphrase import new_passphrase, typed_passphrase
from tuiretro.core.self_check import as_kept, picture
from tuiretro.core.self_check_words import kept_words
from tuiretro.errors import BadInputError, NotFoundError, SurveyError, TuiretroError, WorkspaceError
from tuiretro.library import Library
from tuiretro.model.round import Round, Sheet
from tuiretro.model.self_check import OwnHistory, Picture, Private
from tuiretro.model.summary import Summary
from tuiretro.model.survey import ENGLISH, Mistake, PlayBook, Question
from tuiretro.service import insight, survey_files
from tuiretro.service.off_limits import is_inside, workspace_of
from tuiretro.service.opening import whole
from tuiretro.service.teams import pick
from tuiretro.service.workspace import as_it_lies
from tuiretro.store.self_checks import SelfChecks


class Beside(Struct, frozen=True):
    """What of a team may stand beside one person's answers."""

    language: str = ENGLISH
    """In which the person is asked."""
    released: Summary | None = None
    """The team's last release."""
    remark: str = ""
    """Why there is none, although there is a team; empty without any."""


class Keeping(Struct, frozen=True):
    """Where one person's self-checks are kept."""

    folder: Path
    workspace: Path
    """The team's, in which they must not lie; nor in any other."""


class Locking(Struct, frozen=True):
    """What a person is to type before a self-check is kept, by what was kept when they were asked."""

    is_locked: bool | None
    """Whether a passphrase locked the kept self-checks; None if there were none."""

    @property
    def times(self) -> int:
        """How often a passphrase is typed: twice if it is a new one, once if it opens, never beside what is plain."""
        return {None: 2, True: 1, False: 0}[self.is_locked]

    def passphrase(self, first: str = "", again: str = "") -> str:
        """What locks the file by what was typed; empty for none.

        Args:
            first: The passphrase; not looked at where none is typed.
            again: The same, where it is a new one.

        Raises:
            BadInputError: It cannot be one.
        """
        if self.times == 1:
            return typed_passphrase(first)
        return new_passphrase(first, again) if self.times else ""


@dataclass(frozen=True)
class OwnCheck:
    """One self-check, from the first statement to the end."""

    private: Private
    library: Library
    """Where the plays are."""
    team: Beside
    day: date
    keeping: Keeping | None = None
    """Where it is kept, if its person asks; None where nothing is, as in a demo."""
    wanted: bool = False
    """Whether the person has asked already to keep it."""


def own_check(
    keeping: Keeping, survey: str | Path, team: str | None, today: Callable[[], date], *, wanted: bool = False
) -> OwnCheck:
    """A self-check with all that it needs, gathered before its person answers anything.

    Args:
        keeping: Where it would be kept, and where the workspace is; neither need exist.
        survey: A survey's id, a mistake's for its deep dive, or a file.
        team: The name of the team whose release stands beside the answers; None takes the only one.
        today: What day it is.
        wanted: Whether its person has asked already to keep it: then what stands in the way is said now.

    Raises:
        BadInputError, NotFoundError, SurveyError: As `prepare` and `beside`.
        WorkspaceError: It is to be kept, and cannot be.
    """
    if wanted:
        is_locked(keeping)
    library = survey_files.library(keeping.workspace)
    known = beside(keeping.workspace, team, today)
    return OwnCheck(prepare(library, survey, known.language), library, known, today(), keeping, wanted)


def beside(place: Path, team: str | None, today: Callable[[], date]) -> Beside:
    """What of a team may stand beside one person's answers; changes nothing, and needs no workspace.

    Args:
        place: The workspace's folder, there or not.
        team: Its name; None takes the only one.
        today: What day it is.

    Raises:
        NotFoundError: There are teams, and none of that name.
    """
    workspace = as_it_lies(place, today=today)
    try:
        found = pick(workspace, team)
    except NotFoundError:
        if team is not None:
            raise
        return Beside()
    except BadInputError:
        return Beside(remark="There are several teams, so none stands beside your answers; --team names one.")
    except TuiretroError as error:
        return Beside(remark=f"No team stands beside your answers: {error.message}")
    try:
        return Beside(found.language, insight.summary(workspace, found))
    except TuiretroError as error:
        return Beside(found.language, remark=f"{found.name} does not stand beside your answers: {error.message}")


def prepare(library: Library, survey: str | Path = "pulse", language: str = ENGLISH) -> Private:
    """What one person asks themself.

    Args:
        library: Where the survey is.
        survey: A survey's id, a mistake's for its deep dive, or a file.
        language: A code; English stands in for one that nothing is translated into any more.

    Raises:
        BadInputError: A deep dive of no mistake.
        NotFoundError, SurveyError: No such survey, or its file was refused.
    """
    try:
        spoken = library.language(language)
    except (NotFoundError, SurveyError):
        spoken = library.language(ENGLISH)
    known = library.speaking(spoken.id)
    chosen = known.load_file(survey) if isinstance(survey, Path) else known.survey(survey)
    asked = Round(
        id="",
        sprint=1,
        survey=chosen.id,
        title=chosen.title,
        intro=chosen.intro,
        people=1,
        minimum=1,
        questions=in_round(whole(known, chosen), spoken),
        language=spoken.id,
        labels=spoken.labels,
        notice="" if spoken.reviewed else spoken.notice,
    )
    return Private(asked, chosen)


def show(asked: OwnCheck, sheet: Sheet) -> Picture:
    """A person's own picture.

    Args:
        asked: The self-check.
        sheet: What was answered.
    """
    private, team = asked.private, asked.team
    known = asked.library.speaking(private.round.language)

    def book_of(question: Question) -> PlayBook | None:
        holder = _holder(question.id)
        return private.survey if holder == private.survey.id and private.survey.items else _book(known, holder)

    return picture(private.round, sheet.answers, book_of, asked.day, released=team.released, remark=team.remark)


def store(keeping: Keeping) -> SelfChecks:
    """The self-checks in a folder.

    Raises:
        WorkspaceError: It lies in a workspace.
    """
    if is_inside(keeping.workspace, keeping.folder) or workspace_of(keeping.folder) is not None:
        raise WorkspaceError(
            f"{keeping.folder} lies in a team's workspace, where private self-checks must not be; nothing was read or "
            "written. Name another folder with TUIRETRO_CHECKS."
        )
    return SelfChecks(keeping.folder)


def is_locked(keeping: Keeping) -> bool | None:
    """Whether a passphrase locks the self-checks that are kept; None if none are.

    Raises:
        WorkspaceError: The folder or the file is not as we make it, damaged, or from a newer version.
    """
    return store(keeping).is_locked


def locking(keeping: Keeping) -> Locking:
    """What is to be typed before a self-check can be kept.

    Raises:
        WorkspaceError: As `is_locked`.
    """
    return Locking(is_locked(keeping))


def keep(keeping: Keeping, asked: OwnCheck, sheet: Sheet, lock: Locking, passphrase: str) -> str:
    """Keeps a self-check because its person asks for it; returns the sentence that says so.

    Args:
        keeping: Where.
        asked: The self-check.
        sheet: What was answered; of a comment nothing is kept.
        lock: By what its person was asked for the passphrase.
        passphrase: Locks all that are kept; empty keeps them plain.

    Raises:
        ChangedError: Something else is kept by now, so they must be asked again.
        BadInputError: They are locked, and not with this passphrase.
        WorkspaceError, UnconfirmedError, BusyError: As `SelfChecks.add`.
    """
    own = store(keeping)
    own.add(as_kept(asked.private.round, sheet.answers, asked.day), passphrase, seen=lock.is_locked)
    return kept_words(str(own.path), is_locked=bool(passphrase))


def history(keeping: Keeping, passphrase: str = "") -> OwnHistory | None:
    """All that are kept, side by side and named as the library names them today; None if none are.

    Args:
        keeping: Where.
        passphrase: What locks them; not looked at where none does.

    Raises:
        BadInputError: They are locked, and not with this passphrase.
        WorkspaceError: The folder or the file is not as we make it, damaged, or from a newer version.
    """
    checks = store(keeping).read(passphrase)
    library = survey_files.library(keeping.workspace)
    return own_history(checks, lambda item: _question(library, item)) if checks else None


def forget(keeping: Keeping) -> bool:
    """Removes all that are kept; True if there were any.

    Raises:
        WorkspaceError, BusyError: As `SelfChecks.forget`.
    """
    return store(keeping).forget()


def _holder(item: str) -> str:
    """The mistake or survey that an item belongs to, by id."""
    return item.partition(".")[0]


def _book(library: Library, id_: str) -> PlayBook | None:
    try:
        return library.play_book(id_)
    except (NotFoundError, SurveyError):
        return None


def _question(library: Library, item: str) -> Question | None:
    book = _book(library, _holder(item))
    if book is None:
        return None
    asked = (book.question, *book.deep_dive) if isinstance(book, Mistake) else book.questions
    return next((question for question in asked if question.id == item), None)
