"""Taking actions on and following them up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from tuiretro.core.calendar import default_due, sprint_on
from tuiretro.core.rules import DRAW_RANGE
from tuiretro.core.text import LINE_LIMIT, NAME_LIMIT, typed
from tuiretro.errors import BadInputError, NotFoundError, SurveyError
from tuiretro.library import Library
from tuiretro.model.action import Action, Draw, Status
from tuiretro.model.survey import Mistake, Play, PlayBook
from tuiretro.model.team import Team
from tuiretro.service.workspace import Workspace

TITLE, OWNER, DUE, DONE_WHEN, START = "action", "owner", "due date", "done-when", "start"
"""What a refused value was, for the sentence and for the form that it was typed into."""


def listed(workspace: Workspace, team: Team) -> tuple[Action, ...]:
    """All actions of a team, by number."""
    return workspace.store.actions(team.id)


def plays_of(workspace: Workspace, team: Team) -> Mapping[int, Play]:
    """By number of an action: the play that it came from, as far as it is still there."""
    library = workspace.library.speaking(team.language)
    found: dict[int, Play] = {}
    for action in workspace.store.actions(team.id):
        if action.play is not None:
            with suppress(NotFoundError, SurveyError):
                found[action.id] = play_of(library, action.play)[1]
    return found


def play_of(library: Library, reference: str) -> tuple[PlayBook, Play]:
    """The play 'mistake.play' or 'survey.play', in the library's language.

    Raises:
        NotFoundError: No such mistake, survey or play.
    """
    book_id, _, play_id = reference.partition(".")
    book = library.play_book(book_id)
    for play in book.plays:
        if play.id == play_id:
            return book, play
    known = ", ".join(f"{book.id}.{play.id}" for play in book.plays) or "none"
    raise NotFoundError(f"There is no play '{reference[:80]}'. The plays of '{book.title}' are: {known}.")


def add(
    workspace: Workspace,
    team: Team,
    title: str | None = None,
    *,
    play: str | None = None,
    owner: str = "",
    due: date | None = None,
    done_when: str = "",
    draw: int | None = None,
) -> Action:
    """Takes an action on, free or from a play; see `prepared`."""
    fresh = prepared(workspace, team, title, play=play, owner=owner, due=due, done_when=done_when, draw=draw)
    return workspace.store.change_actions(team.id, lambda actions: (*actions, numbered(actions, fresh)))[-1]


def prepared(
    workspace: Workspace,
    team: Team,
    title: str | None = None,
    *,
    play: str | None = None,
    owner: str = "",
    due: date | None = None,
    done_when: str = "",
    draw: int | None = None,
) -> Action:
    """An action that nobody has taken on yet: it has no number.

    Args:
        workspace: Where it will be kept.
        team: Whose it is.
        title: What will be done; None takes the play's own.
        play: A play as 'mistake.play' or 'survey.play'.
        owner: Who sees to it; the only name that is kept.
        due: None takes the end of the next sprint.
        done_when: How to tell that it is done; a play brings its own.
        draw: From how many of the next sprints its start is drawn by chance, within `DRAW_RANGE`; None draws none.

    Raises:
        BadInputError: No title, too long, unshowable, due in the past, or a start that cannot be drawn.
        NotFoundError: No such play.
    """
    mistake = None
    if play is not None:
        book, chosen = play_of(workspace.library.speaking(team.language), play)
        mistake = book.id if isinstance(book, Mistake) else None
        done_when = done_when or chosen.done_when
        title = chosen.title if title is None else title
    today = workspace.today()
    number = sprint_on(team, today).number
    drawn = None if draw is None else _drawn(workspace, number, draw, mistake)
    worded = Wording(title or "", owner, done_when).checked()
    return Action(
        id=0,
        title=worded.title,
        sprint=number,
        due=checked_due(due or default_due(team, drawn.start if drawn else number), today),
        owner=worded.owner,
        done_when=worded.done_when,
        mistake=mistake,
        play=play,
        draw=drawn,
    )


class Wording(Struct, frozen=True):
    """What people type of an action."""

    title: str
    owner: str
    done_when: str

    def checked(self) -> Wording:
        """The same, cleaned.

        Raises:
            BadInputError: No title, too long, or unshowable.
        """
        return Wording(
            typed(self.title, TITLE),
            typed(self.owner, OWNER, limit=NAME_LIMIT, empty=True),
            typed(self.done_when, DONE_WHEN, limit=2 * LINE_LIMIT, empty=True),
        )


def numbered(actions: tuple[Action, ...], fresh: Action) -> Action:
    """A prepared action with the next number of its team."""
    return replace(fresh, id=max((action.id for action in actions), default=0) + 1)


def _drawn(workspace: Workspace, now: int, count: int, mistake: str | None) -> Draw:
    """A start drawn from the next sprints."""
    least, most = DRAW_RANGE
    if mistake is None:
        raise BadInputError(
            "A start is drawn for a play of a mistake alone, whose score shows what followed. Nothing was saved.", START
        )
    if not least <= count <= most:
        raise BadInputError(
            f"A start is drawn from {least} to {most} sprints, not {count}. Nothing was saved; choose another number.",
            START,
        )
    starts = tuple(range(now + 1, now + 1 + count))
    return Draw(starts, workspace.random.choice(starts))


def finish(workspace: Workspace, team: Team, number: int, status: Status) -> Action:
    """Marks an action done or dropped, or opens it again.

    Raises:
        NotFoundError: No such action.
    """
    now = sprint_on(team, workspace.today()).number
    closed = None if status == "open" else now
    return _change(workspace, team, number, lambda action: replace(action, status=status, closed=closed))


def move(workspace: Workspace, team: Team, number: int, *, due: date | None, owner: str | None = None) -> Action:
    """Gives an action another due date, another owner, or both; None leaves one as it is.

    Raises:
        NotFoundError: No such action.
        BadInputError: Due in the past, or the owner is not fit to keep.
    """
    kept = None if owner is None else typed(owner, OWNER, limit=NAME_LIMIT, empty=True)
    if due is not None:
        checked_due(due, workspace.today())

    def moved(action: Action) -> Action:
        return replace(action, due=due or action.due, owner=action.owner if kept is None else kept)

    return _change(workspace, team, number, moved)


def checked_due(due: date, today: date) -> date:
    """A due date that is not over.

    Raises:
        BadInputError: It is in the past.
    """
    if due < today:
        raise BadInputError(f"The due date {due} is in the past; today is {today}. Nothing was saved.", DUE)
    return due


def _change(workspace: Workspace, team: Team, number: int, change: Callable[[Action], Action]) -> Action:
    def apply(actions: tuple[Action, ...]) -> tuple[Action, ...]:
        if all(action.id != number for action in actions):
            raise NotFoundError(f"There is no action {number}; nothing was changed.")
        return tuple(change(action) if action.id == number else action for action in actions)

    return next(a for a in workspace.store.change_actions(team.id, apply) if a.id == number)
