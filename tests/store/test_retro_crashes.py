"""Every change of the disk fails once while a retro is changed: what is there afterwards is the old or the new."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from tests.store.builders import TEAM, a_store, a_team, an_action, keep_team
from tests.store.faults import Crash, Faults
from tests.store.retro_builders import a_question, a_retro, an_answer, begun, tallied
from tuiretro.errors import TuiretroError, UnconfirmedError
from tuiretro.files import is_temporary
from tuiretro.model.action import Action
from tuiretro.model.retro import Retro
from tuiretro.store.protocol import Store
from tuiretro.store.retro_protocol import RetroTable


class Seen(Struct, frozen=True):
    """What a workspace shows of a retro."""

    retro: Retro | None = None
    actions: tuple[Action, ...] = ()
    dropped: tuple[str, ...] = ()
    answers: int = 0


class Step(Struct, frozen=True):
    """One operation, how its workspace is prepared, and what it shows before and after."""

    prepare: Callable[[Store], object]
    act: Callable[[Store], object]
    before: Seen
    after: Seen


NEXT = replace(a_retro(), stage="vote")
CLOSED = replace(a_retro(), released={"welcome": tallied(a_question(), (an_answer(),) * 3)})


def with_notes(store: Store) -> None:
    keep_team(store, a_team())
    store.drop_note(TEAM, "waits")


def answered(store: Store) -> None:
    begun(store)
    for value in (1, 3, 5):
        store.answer_check(TEAM, 1, "welcome", a_question(), an_answer(value))


STEPS = {
    "begin": Step(
        lambda s: keep_team(s, a_team()),
        lambda s: s.change_retro(TEAM, 1, lambda table: replace(table, retro=a_retro())),
        Seen(),
        Seen(a_retro()),
    ),
    "save": Step(
        begun,
        lambda s: s.change_retro(TEAM, 1, lambda table: replace(table, retro=NEXT)),
        Seen(a_retro()),
        Seen(NEXT),
    ),
    "take in notes": Step(
        with_notes,
        lambda s: s.change_retro(TEAM, 1, lambda table: RetroTable(a_retro(), table.actions, ())),
        Seen(dropped=("waits",)),
        Seen(a_retro()),
    ),
    "decide": Step(
        begun,
        lambda s: s.change_retro(TEAM, 1, lambda table: RetroTable(NEXT, (an_action(),), table.dropped)),
        Seen(a_retro()),
        Seen(NEXT, (an_action(),)),
    ),
    "change all three": Step(
        answered,
        lambda s: s.change_retro(TEAM, 1, lambda _: RetroTable(NEXT, (an_action(),), ("back",))),
        Seen(a_retro(), answers=3),
        Seen(NEXT, (an_action(),), ("back",), 3),
    ),
    "take away": Step(
        answered,
        lambda s: s.change_retro(TEAM, 1, lambda _: RetroTable(None, (), ())),
        Seen(a_retro(), answers=3),
        Seen(),
    ),
    "take away with notes": Step(
        answered,
        lambda s: s.change_retro(TEAM, 1, lambda _: RetroTable(None, (), ("back",))),
        Seen(a_retro(), answers=3),
        Seen(dropped=("back",)),
    ),
    "end": Step(
        answered,
        lambda s: s.change_retro(TEAM, 1, lambda table: replace(table, retro=replace(a_retro(), is_over=True))),
        Seen(a_retro(), answers=3),
        Seen(replace(a_retro(), is_over=True)),
    ),
    "drop a note": Step(
        lambda s: keep_team(s, a_team()),
        lambda s: s.drop_note(TEAM, "new"),
        Seen(),
        Seen(dropped=("new",)),
    ),
    "answer": Step(
        begun,
        lambda s: s.answer_check(TEAM, 1, "welcome", a_question(), an_answer()),
        Seen(a_retro()),
        Seen(a_retro(), answers=1),
    ),
    "close": Step(
        answered, lambda s: s.close_check(TEAM, 1, "welcome", tallied), Seen(a_retro(), answers=3), Seen(CLOSED)
    ),
    "abandon": Step(
        answered, lambda s: s.abandon_check(TEAM, 1, "welcome"), Seen(a_retro(), answers=3), Seen(a_retro())
    ),
}


def look(store: Store) -> Seen:
    return Seen(
        store.retro(TEAM, 1), store.actions(TEAM), store.dropped_notes(TEAM), store.check_answers(TEAM, 1, "welcome")
    )


def is_tidy(place: Path, seen: Seen) -> bool:
    """No temporary file, no journal, a whole day on the folder, and no key or box that is not asked for."""
    files = [path for path in place.rglob("*") if path.is_file()]
    folder = place / TEAM / "retros"
    told = folder.exists() and folder.stat().st_mtime % 86_400
    secrets = [path for path in files if b'"private_key"' in path.read_bytes() or b'"boxes"' in path.read_bytes()]
    leftovers = [path for path in files if is_temporary(path.name) or "journal" in path.name]
    return not leftovers and not told and secrets == ([folder / "1.json"] if seen.answers else [])


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
        seen = look(a_store(place))
        assert seen in (step.before, step.after)
        assert is_tidy(place, seen)
        states.append(seen)
        finish(step, place)
    else:
        pytest.fail("the operation never came to its end")
    # Once new, a later crash never shows the old again.
    assert step.before in states
    assert step.after in states
    assert states == sorted(states, key=lambda state: state == step.after)


@pytest.mark.parametrize("name", ["change all three", "take away with notes"])
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
            with pytest.MonkeyPatch.context() as patch:
                again.install(patch)
                with suppress(Crash):
                    a_store(place)
            seen = look(a_store(place))
            assert seen in (step.before, step.after)
            assert is_tidy(place, seen)
            if not again.happened:
                break
    pytest.fail("the operation never came to its end")


@pytest.mark.parametrize("kind", ["full", "unconfirmed"])
@pytest.mark.parametrize("name", STEPS)
def test_a_disk_that_refuses_leaves_the_old_or_the_new_and_says_so(tmp_path: Path, name: str, kind: str) -> None:
    step = STEPS[name]
    for at in range(1, 200):
        place = tmp_path / str(at)
        step.prepare(a_store(place))
        faults = Faults(at, kind)
        error = fails_at(step, place, faults)
        if not faults.happened:
            assert error is None
            assert at > 1
            return
        seen = look(a_store(place))
        assert seen in (step.before, step.after)
        assert is_tidy(place, seen)
        # Whoever is told of a failure may try again; whoever is told of a missing confirmation must not need to.
        is_done = error is None or isinstance(error, UnconfirmedError)
        assert seen == (step.after if is_done else step.before)
        finish(step, place)
    pytest.fail("the operation never came to its end")
