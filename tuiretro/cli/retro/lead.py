"""The retro that a dialogue leads, on a workspace. Owns the room as it stands; must not know what is said or typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from tuiretro.cli.retro.page import results
from tuiretro.core.due import parse_due
from tuiretro.core.plays import play_reference
from tuiretro.errors import NotFoundError, SurveyError
from tuiretro.model.retro import Change, CheckId, Fate
from tuiretro.model.retro_summary import RetroSummary
from tuiretro.model.round import Round
from tuiretro.service import insight, retro_checks, retro_decisions, retros
from tuiretro.service.retro_room import Room
from tuiretro.service.retro_story import since, story
from tuiretro.service.workspace import Workspace


class WorkspaceLead:
    """A `talk.Lead` on a workspace.

    Args:
        workspace: Where the retro is kept.
        here: The retro, which the caller holds with `retros.leading`.
    """

    def __init__(self, workspace: Workspace, here: Room) -> None:
        self._workspace, self._here = workspace, here

    @property
    def here(self) -> Room:
        """The retro as it stands."""
        return self._here

    def told(self) -> RetroSummary:
        """What may be told of it."""
        return story(self._workspace, self._here)

    def titles(self) -> Mapping[str, str]:
        """The titles of mistakes, by id."""
        return retros.titles(self._workspace, self._here)

    def results(self) -> Iterable[str]:
        """What the round of the sprint says, in lines."""
        number = self._here.retro.sprint.number
        try:
            found = insight.summary(self._workspace, self._here.team, number)
        except NotFoundError:
            return (f"No round of sprint {number} was closed, so there are no results.",)
        return tuple(results(found))

    def since(self) -> Mapping[int, str]:
        """What became of the topics of earlier actions, in words, by number."""
        return since(self._workspace, self._here)

    def plays(self, mistake: str) -> Sequence[tuple[str, str]]:
        """The plays of a mistake: its reference and its title; none of one that is in the catalogue no more."""
        try:
            book, found = insight.plays(self._workspace, self._here.team, mistake)
        except (NotFoundError, SurveyError):
            return ()
        return [(play_reference(book, play), play.title) for play in found]

    def due(self, text: str) -> date:
        """The day that somebody means; raises BadInputError."""
        return parse_due(text, self._here.team, self._workspace.today())

    def usual_due(self) -> date:
        """When an action is due that is given no day."""
        return retro_decisions.usual_due(self._here, self._workspace.today())

    def change(self, step: Callable[[Room], tuple[Change, ...]]) -> None:
        """Changes the board."""
        self._here = retros.change(self._workspace, self._here, step)

    def undo(self) -> str:
        """Takes the last change back, and says which."""
        self._here, said = retros.take_back(self._workspace, self._here)
        return said

    def redo(self) -> str:
        """Does it again, and says what."""
        self._here, said = retros.do_again(self._workspace, self._here)
        return said

    def go(self, stage: str) -> None:
        """Goes to a stage."""
        self._here = retros.go_to(self._workspace, self._here, stage)

    def move_on(self, by: int) -> None:
        """Goes so many stages on, or back."""
        self._here = retros.move_on(self._workspace, self._here, by)

    def spend(self, seconds: Mapping[str, int]) -> None:
        """Adds to what stages and topics have taken."""
        self._here = retros.keep_time(self._workspace, self._here, seconds)

    def more_time(self, key: str) -> None:
        """Gives a stage or topic a minute more."""
        self._here = retros.add_minute(self._workspace, self._here, key)

    def question(self, check: CheckId) -> Round:
        """A question as it is asked now."""
        return retro_checks.question(self._workspace, self._here, check)

    def answer(self, check: CheckId, asked: Round, value: int | None) -> None:
        """Seals one person's answer."""
        self._here = retro_checks.answer(self._workspace, self._here, check, asked, value)

    def close_question(self, check: CheckId) -> None:
        """Closes a question."""
        self._here = retro_checks.close(self._workspace, self._here, check)

    def take_on(
        self, title: str | None, play: str | None, mistake: str | None, owner: str, due: date | None, done_when: str
    ) -> None:
        """Takes an action on."""
        self._here = retro_decisions.take_on(
            self._workspace,
            self._here,
            title,
            play=play,
            mistake=mistake,
            owner=owner,
            due=due,
            done_when=done_when,
        )

    def settle(self, number: int, fate: Fate, due: date | None) -> None:
        """Says what becomes of an earlier action."""
        self._here = retro_decisions.settle(self._workspace, self._here, number, fate, due)

    def close(self) -> None:
        """Ends the retro."""
        self._here = retros.close(self._workspace, self._here)
