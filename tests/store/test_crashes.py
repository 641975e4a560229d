"""Every change of the disk fails once, for every operation: what is there afterwards is the old or the new."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec import Struct

from tests.store.builders import (
    CLOSING,
    CODES,
    MARKS,
    ROUND,
    TEAM,
    a_guarded_round,
    a_round,
    a_sheet,
    a_store,
    a_team,
    an_action,
    keep_team,
    sealed_envelope,
    tally,
)
from tests.store.faults import Crash, Faults
from tuiretro.errors import TuiretroError, UnconfirmedError
from tuiretro.files import is_temporary
from tuiretro.store.protocol import Store


class Seen(Struct, frozen=True):
    """What a workspace shows."""

    teams: int
    releases: int
    round: bool
    sheets: int
    actions: int
    codes: int = 0
    """How many can still be used."""


class Step(Struct, frozen=True):
    """One operation, how its workspace is prepared, and what it shows before and after."""

    prepare: Callable[[Store], object]
    act: Callable[[Store], object]
    before: Seen
    after: Seen


def opened(store: Store) -> None:
    keep_team(store, a_team())
    store.open_round(TEAM, a_round())


def answered(store: Store) -> None:
    opened(store)
    for mark in range(4):
        store.add_sheet(TEAM, a_round(), a_sheet(mark, "secret"))


def guarded(store: Store) -> None:
    """A round that asks for codes and a closing code, with an invitation, and one sheet in it."""
    keep_team(store, a_team())
    store.open_round(TEAM, a_guarded_round(), MARKS, CLOSING)
    store.invitation(TEAM, a_guarded_round())
    store.add_sheet(TEAM, a_guarded_round(), a_sheet(0, "secret"), MARKS[0])


def collected(store: Store) -> None:
    invitation = store.invitation(TEAM, a_guarded_round())
    store.collect(
        TEAM, a_guarded_round(), [sealed_envelope(invitation, a_sheet(mark), CODES[mark]) for mark in range(1, 5)]
    )


def guarded_and_collected(store: Store) -> None:
    guarded(store)
    collected(store)


STEPS = {
    "open guarded": Step(
        lambda s: keep_team(s, a_team()),
        lambda s: s.open_round(TEAM, a_guarded_round(), MARKS, CLOSING),
        Seen(1, 0, False, 0, 0),
        Seen(1, 0, True, 0, 0, 5),
    ),
    "add with a code": Step(
        guarded,
        lambda s: s.add_sheet(TEAM, a_guarded_round(), a_sheet(1), MARKS[1]),
        Seen(1, 0, True, 1, 0, 4),
        Seen(1, 0, True, 2, 0, 3),
    ),
    "collect": Step(guarded, collected, Seen(1, 0, True, 1, 0, 4), Seen(1, 0, True, 5, 0, 0)),
    "close with a code": Step(
        guarded_and_collected,
        lambda s: s.close_round(TEAM, a_guarded_round(), tally, CLOSING),
        Seen(1, 0, True, 5, 0, 0),
        Seen(1, 1, False, 0, 0),
    ),
    "team": Step(lambda _: None, lambda s: keep_team(s, a_team()), Seen(0, 0, False, 0, 0), Seen(1, 0, False, 0, 0)),
    "open": Step(
        lambda s: keep_team(s, a_team()),
        lambda s: s.open_round(TEAM, a_round()),
        Seen(1, 0, False, 0, 0),
        Seen(1, 0, True, 0, 0),
    ),
    "add": Step(
        answered,
        lambda s: s.add_sheet(TEAM, a_round(), a_sheet()),
        Seen(1, 0, True, 4, 0),
        Seen(1, 0, True, 5, 0),
    ),
    "close": Step(
        answered,
        lambda s: s.close_round(TEAM, a_round(), tally),
        Seen(1, 0, True, 4, 0),
        Seen(1, 1, False, 0, 0),
    ),
    "abandon": Step(
        answered,
        lambda s: s.abandon_round(TEAM, a_round()),
        Seen(1, 0, True, 4, 0),
        Seen(1, 0, False, 0, 0),
    ),
    "actions": Step(
        opened,
        lambda s: s.change_actions(TEAM, lambda _: (an_action(),)),
        Seen(1, 0, True, 0, 0),
        Seen(1, 0, True, 0, 1),
    ),
}


def look(store: Store) -> Seen:
    return Seen(
        len(store.teams()),
        len(store.history(TEAM).releases),
        store.round(TEAM) is not None,
        store.sheets(TEAM),
        len(store.actions(TEAM)),
        sum(store.knows_code(TEAM, a_guarded_round(), mark) for mark in MARKS),
    )


def is_tidy(place: Path, seen: Seen) -> bool:
    folder = place / TEAM / "rounds" / ROUND
    files = {path.name for path in folder.glob("*")}
    leftovers = [path for path in place.rglob("*") if is_temporary(path.name)]
    marked = seen.round and b'"closing"' in (folder / "round.json").read_bytes()
    return not leftovers and not marked and files == ({"key", "round.json"} if seen.round else set())


def fails_at(step: Step, place: Path, faults: Faults) -> BaseException | None:
    store = a_store(place)
    with pytest.MonkeyPatch.context() as patch:
        faults.install(patch)
        try:
            step.act(store)
        except (Crash, TuiretroError) as error:
            return error
    return None


def finish(step: Step, place: Path) -> None:
    """Whatever a crash left, the operation can be done afterwards."""
    store = a_store(place)
    if look(store) != step.after:
        step.act(store)
    assert look(store) == step.after
    assert is_tidy(place, step.after)


@pytest.mark.parametrize("name", STEPS)
def test_what_was_only_not_confirmed_is_there(tmp_path: Path, name: str) -> None:
    step = STEPS[name]
    for at in range(1, 50):
        place = tmp_path / str(at)
        step.prepare(a_store(place))
        faults = Faults(at, "unconfirmed")
        error = fails_at(step, place, faults)
        if not faults.happened:
            assert at > 1
            return
        seen = look(a_store(place))
        is_done = error is None or isinstance(error, UnconfirmedError)
        assert seen == (step.after if is_done else step.before)
        assert is_tidy(place, seen)
        finish(step, place)
    pytest.fail("the operation never came to its end")


@pytest.mark.parametrize("kind", ["crash", "torn"])
@pytest.mark.parametrize("name", STEPS)
def test_a_crash_at_any_point_leaves_the_old_or_the_new(tmp_path: Path, name: str, kind: str) -> None:
    step = STEPS[name]
    states: list[Seen] = []
    for at in range(1, 200):
        place = tmp_path / str(at)
        step.prepare(a_store(place))
        assert look(a_store(place)) == step.before
        faults = Faults(at, kind)
        error = fails_at(step, place, faults)
        if not faults.happened:
            break
        assert isinstance(error, Crash)
        assert look(a_store(place)) in (step.before, step.after)
        seen = look(a_store(place))
        assert is_tidy(place, seen)
        states.append(seen)
        finish(step, place)
    else:
        pytest.fail("the operation never came to its end")
    # Once new, a later crash never shows the old again.
    assert step.before in states
    assert step.after in states
    assert states == sorted(states, key=lambda state: state == step.after)


@pytest.mark.parametrize("name", ["open", "close", "abandon"])
def test_a_second_crash_while_the_first_is_settled_is_settled_too(tmp_path: Path, name: str) -> None:
    step = STEPS[name]
    for first in range(1, 200):
        for second in range(1, 60):
            place = tmp_path / f"{first}-{second}"
            step.prepare(a_store(place))
            faults = Faults(first, "crash")
            fails_at(step, place, faults)
            if not faults.happened:
                return
            again = Faults(second, "crash")
            fails_at_opening(place, again)
            assert look(a_store(place)) in (step.before, step.after)
            assert is_tidy(place, look(a_store(place)))
            if not again.happened:
                break
    pytest.fail("the operation never came to its end")


def fails_at_opening(place: Path, faults: Faults) -> None:
    with pytest.MonkeyPatch.context() as patch:
        faults.install(patch)
        with suppress(Crash):
            a_store(place)


@pytest.mark.parametrize("name", STEPS)
def test_a_disk_that_refuses_once_leaves_the_old_or_the_new_and_says_so(tmp_path: Path, name: str) -> None:
    step = STEPS[name]
    for at in range(1, 200):
        place = tmp_path / str(at)
        step.prepare(a_store(place))
        faults = Faults(at, "full")
        error = fails_at(step, place, faults)
        if not faults.happened:
            assert error is None
            return
        seen = look(a_store(place))
        assert seen in (step.before, step.after)
        assert is_tidy(place, seen)
        # Whoever is told of a failure may try again; whoever is told of a missing confirmation must not need to.
        is_done = error is None or isinstance(error, UnconfirmedError)
        assert seen == (step.after if is_done else step.before)
        finish(step, place)
    pytest.fail("the operation never came to its end")
