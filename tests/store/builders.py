"""Values that the tests of the stores share."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from tuiretro.core.codes import fingerprint
from tuiretro.core.invitation import digest
from tuiretro.model.action import Action
from tuiretro.model.envelope import Invitation
from tuiretro.model.release import ItemResult, Release
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question
from tuiretro.model.team import Cadence, Every, Sprint, Team
from tuiretro.store import ballot
from tuiretro.store.protocol import Store
from tuiretro.store.tinydb_store import TinyDBStore

TEAM = "a1b2c3d4e5f60718"
OTHER_TEAM = "ffffffff00000000"
ROUND = "0123456789abcdef"
FOLDER = Path(TEAM) / "rounds" / ROUND
DAY = date(2026, 3, 9)
QUESTIONS = tuple(
    Question(id_, f"Short {id_}", f"In this sprint we did {id_}.", "data", mistake=id_)
    for id_ in ("data-cleaning", "model-drift", "resource-costs", "data-versioning")
)


def a_team(id_: str = TEAM, name: str = "Rockets", people: int = 5) -> Team:
    return Team(id_, name, people, (Cadence(1, date(2026, 3, 2), Every(2, "week")),))


def a_round(id_: str = ROUND, people: int = 5, sprint: int = 1) -> Round:
    return Round(id_, sprint, "pulse", "Pulse", "Hello.", people, 4, QUESTIONS)


CODES = tuple(f"{letter * 16}" for letter in "ABCDE")
"""One-time codes."""
MARKS = tuple(fingerprint(ROUND, code) for code in CODES)
"""Their fingerprints in `a_guarded_round`."""
CLOSING = "abacus bagpipe cactus dagger eagle falcon"


def a_guarded_round(people: int = 5) -> Round:
    """A two-person round that asks for codes."""
    return replace(a_round(people=people), asks_code=True, two_person=True)


def sealed_envelope(invitation: Invitation, sheet: Sheet, code: str = "") -> bytes:
    """What a person elsewhere sends."""
    box = ballot.seal(sheet, invitation.round, invitation.seal.public_key, invitation.seal.size)
    return ballot.enclose(box, code, digest(invitation), invitation.carrying_key)


def a_sheet(mark: int = 3, comment: str = "") -> Sheet:
    return Sheet({q.id: None if at == 3 else 1 + (mark + at) % 5 for at, q in enumerate(QUESTIONS)}, comment)


def numbered_sheet(number: int) -> Sheet:
    """A sheet that no other number below 1296 makes."""
    digits = [(number // 6**at) % 6 for at in range(len(QUESTIONS))]
    return Sheet({q.id: digit or None for q, digit in zip(QUESTIONS, digits, strict=True)})


def a_sprint(number: int = 1) -> Sprint:
    return Sprint(number, date(2026, 3, 2), date(2026, 3, 15))


def a_release(round_: str = ROUND, sprint: int = 1, answered: int | None = 5) -> Release:
    items = tuple(ItemResult(q.id, q.version, 5, 3.4, None) for q in QUESTIONS)
    return Release(round_, a_sprint(sprint), "pulse", "Pulse", 5, 4, answered, items)


def tally(sheets: tuple[Sheet, ...]) -> tuple[Release, tuple[Question, ...]]:
    return a_release(answered=len(sheets)), QUESTIONS


def an_action(id_: int = 1, title: str = "Profile the raw tables") -> Action:
    return Action(id_, title, 1, date(2026, 3, 29), "Robin", mistake="data-cleaning")


def a_store(place: Path, patience: float = 5.0) -> TinyDBStore:
    return TinyDBStore.open(place, today=lambda: DAY, patience=patience)


def keep_team(store: Store, team: Team) -> None:
    """Adds a team, or replaces the one with the same id."""
    store.change_teams(lambda teams: (*(other for other in teams if other.id != team.id), team))


def filled(store: Store, people: int = 5, sheets: int = 5) -> None:
    keep_team(store, a_team())
    store.change_actions(TEAM, lambda _: (an_action(),))
    store.open_round(TEAM, a_round(people=people))
    for number in range(sheets):
        store.add_sheet(TEAM, a_round(), a_sheet(number, f"comment {number}"))


def tree(place: Path) -> dict[str, bytes]:
    return {str(path.relative_to(place)): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}


def add_many(place: str, first: int, count: int) -> None:
    """What one of several processes does."""
    store = a_store(Path(place), patience=60)
    for number in range(first, first + count):
        store.add_sheet(TEAM, a_round(people=60), numbered_sheet(number))


def change_often(place: str, first: int, count: int) -> None:
    """What one of several processes does to the only team."""
    store = a_store(Path(place), patience=60)
    for number in range(first, first + count):
        store.change_teams(lambda teams, n=number: (replace(teams[0], changes=(*teams[0].changes, n + 1)),))  # type: ignore[misc]  # mypy cannot infer a lambda with defaults
