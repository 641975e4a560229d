"""What a store promises; every store passes the same contract tests."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol

from msgspec import Struct

from tuiretro.model.action import Action
from tuiretro.model.envelope import Collected, Invitation
from tuiretro.model.release import History, Release
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question
from tuiretro.model.team import Team
from tuiretro.store.retro_protocol import RetroKeeping


class StoredFile(Struct, frozen=True):
    """One file of a workspace, as the audit shows it."""

    path: str
    """Relative to the workspace."""
    size: int
    mode: int
    """Permission bits."""
    tables: dict[str, list[dict[str, object]]]
    """Table name to documents, exactly as stored; empty for a file that is not JSON (a key, a lock)."""
    fault: str = ""
    """Why the file cannot be read, as a sentence; empty for one that can, or that is not ours."""
    is_newer: bool = False
    """True if it cannot be read because a newer version of this program wrote it."""
    is_link: bool = False


def by_name(teams: Iterable[Team]) -> tuple[Team, ...]:
    """Teams in the order in which every store gives them."""
    return tuple(sorted(teams, key=lambda team: (team.name.casefold(), team.id)))


class Store(RetroKeeping, Protocol):
    """One workspace. Every method that returns has made its change durable.

    What is written belongs to a team of the workspace: where it has gone, with the workspace or alone, `open_round`,
    `add_sheet`, `close_round`, `import_releases`, `change_actions` and what changes or leads a retro raise
    `WorkspaceError`, make nothing.

    All methods raise `WorkspaceError` when the workspace cannot be used and `BusyError` when another program
    keeps it locked for too long; nothing is changed then. A change that was made, but that the disk did not confirm in
    all its parts, raises `UnconfirmedError`: it is there and must not be made again.
    """

    @property
    def place(self) -> str:
        """Where the workspace lies, for people to read."""
        ...

    def teams(self) -> tuple[Team, ...]:
        """All teams, by name."""
        ...

    def change_teams(self, change: Callable[[tuple[Team, ...]], tuple[Team, ...]]) -> tuple[Team, ...]:
        """Replaces the teams by what `change` makes of them, under the workspace's lock; returns the new ones by name.

        `change` gets all teams by name, as they are now: whoever changes one field of a team cannot undo what another
        program did to the others. Whatever it raises leaves them untouched.

        Raises:
            BadInputError: A team's id is no random id; nothing was changed.
        """
        ...

    def history(self, team: str) -> History:
        """The releases of a team in the order of sprints; empty before the first closing."""
        ...

    def open_round(self, team: str, opened: Round, codes: Collection[bytes] = (), closing: str | None = None) -> None:
        """Starts a round with a key pair of its own.

        Args:
            team: The team's id.
            opened: The round.
            codes: Fingerprints of the one-time codes, if the round asks for them.
            closing: The closing code, if it is a two-person round: the private key is kept locked with it.

        Raises:
            NotNowError: A round is open already, its sprint or a later one is released, or a question has another text
                than the history knows for its version.
        """
        ...

    def round(self, team: str) -> Round | None:
        """The open round, if there is one."""
        ...

    def sheets(self, team: str) -> int:
        """How many sheets the open round holds; 0 without a round."""
        ...

    def make_ready(self, team: str) -> bool:
        """Makes ready for one more sheet; False if as many were handed in here as there are people.

        True without a round. What came in envelopes has places of its own: whoever collects as many as they like, and
        asks this, would learn how many have answered here.

        Raises:
            WorkspaceError: The round is damaged, or what is sealed for it could never be opened.
        """
        ...

    def add_sheet(self, team: str, opened: Round, sheet: Sheet, code: bytes | None = None) -> None:
        """Seals a sheet and stores it, in one atomic write, under a random id in sorted order.

        Where the round asks for a code, the same write forgets the code: there is no moment in which only one of the
        two has happened.

        Args:
            team: The team's id.
            opened: The round.
            sheet: One person's answers.
            code: The fingerprint of the person's code.

        Raises:
            NotNowError: The round was closed or abandoned meanwhile, everybody has answered, or the code is missing,
                used up or of another round.
        """
        ...

    def knows_code(self, team: str, opened: Round, code: bytes) -> bool:
        """Whether a code, given by its fingerprint, can still be used in the round; uses nothing up."""
        ...

    def invitation(self, team: str, opened: Round) -> Invitation:
        """What people elsewhere need to answer the round; the same one each time.

        Raises:
            NotNowError: The round was closed or abandoned meanwhile.
        """
        ...

    def collect(self, team: str, opened: Round, sealed: Sequence[bytes], *, is_last: bool = True) -> Collected:
        """Takes a batch of envelopes, in one atomic write, if at least k of them can be taken; else none.

        Args:
            team: The team's id.
            opened: The round.
            sealed: What the envelopes hold, in random order.
            is_last: Whether they are taken also if those who are left, by the envelopes alone, could fill no other
                batch.

        Returns:
            What became of each.

        Raises:
            NotNowError: The round was closed or abandoned meanwhile, no invitation was written for it, or more sheets
                came than there are people.
        """
        ...

    def close_round(
        self,
        team: str,
        opened: Round,
        tally: Callable[[tuple[Sheet, ...]], tuple[Release, tuple[Question, ...]]],
        closing: str | None = None,
        *,
        without_unreadable: bool = False,
    ) -> Release:
        """Opens the boxes, stores what `tally` makes of them, destroys key, boxes and folder.

        Whatever `tally` raises leaves the round open and untouched. The sheets come in random order. A crash leaves the
        round open or closed: the half is finished or taken back when a store is next opened or the round next touched.

        Args:
            team: The team's id.
            opened: The round.
            tally: Makes the release, and the questions that it is about.
            closing: The closing code of a two-person round.
            without_unreadable: Leaves out what came in an envelope and turns out to be no sheet, and boxes that are
                damaged.

        Raises:
            NotNowError: The round was closed or abandoned meanwhile, or its sprint or a later one is released; the
                closing code is missing; or an envelope held no sheet, or a box is damaged.
            BadInputError: The closing code is another one.
        """
        ...

    def import_releases(self, team: Team, releases: tuple[Release, ...], questions: tuple[Question, ...]) -> None:
        """Adds releases that no round made, and their questions, in one write: all or none.

        Args:
            team: The team as it was when they were made; its people, k and calendar must still be the same.
            releases: Of sprints without a release, each once, before the sprint of the open round.
            questions: What they asked.

        Raises:
            NotNowError: The team was changed, a sprint is released, a round of that sprint or an earlier one is open,
                or a question has another text than the history knows for its version.
        """
        ...

    def abandon_round(self, team: str, opened: Round) -> None:
        """Destroys a round with everything in it, readable or not; nothing is released.

        Raises:
            NotNowError: The round was closed or abandoned meanwhile.
        """
        ...

    def abandon_damaged(self, team: str, asked: str | None = None) -> bool:
        """Destroys the rounds of a team that cannot be read; nothing is released.

        Args:
            team: The team's id.
            asked: The id of the only round that may be destroyed; None for any.

        Returns:
            False if there was none.
        """
        ...

    def actions(self, team: str) -> tuple[Action, ...]:
        """All actions of a team, by id."""
        ...

    def change_actions(
        self, team: str, change: Callable[[tuple[Action, ...]], tuple[Action, ...]]
    ) -> tuple[Action, ...]:
        """Replaces the actions by what `change` makes of them, under the team's lock; returns the new ones.

        Whatever `change` raises leaves them untouched.
        """
        ...

    def contents(self) -> tuple[StoredFile, ...]:
        """Every file of the workspace and what it holds, for the audit."""
        ...

    def folders(self) -> dict[str, int]:
        """The permission bits of every folder, by its path relative to the workspace, which itself is '.'."""
        ...
