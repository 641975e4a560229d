"""What every store promises of retros."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.store.builders import OTHER_TEAM, TEAM, a_store, a_team, an_action, keep_team
from tests.store.retro_builders import (
    NOTE,
    a_question,
    a_retro,
    an_answer,
    begun,
    kept,
    refusing,
    tallied,
)
from tuiretro.errors import BadInputError, BusyError, NotNowError, WorkspaceError
from tuiretro.model.release import Release
from tuiretro.model.retro import Board, CheckId, Revealed
from tuiretro.model.round import Round, Sheet
from tuiretro.store.memory import MemoryStore
from tuiretro.store.protocol import Store
from tuiretro.store.retro_protocol import RetroTable


@pytest.fixture(params=["disk", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return a_store(tmp_path / "workspace") if request.param == "disk" else MemoryStore()


def no_release(asked: Round, sheets: tuple[Sheet, ...]) -> Release:
    raise AssertionError("nothing was to be opened")


def test_a_store_without_retros_reads_as_empty(store: Store) -> None:
    assert store.retros(TEAM) == ()
    assert store.retro(TEAM, 1) is None
    assert store.dropped_notes(TEAM) == ()
    assert store.check_answers(TEAM, 1, "welcome") == 0


def test_a_retro_comes_back_whole(store: Store) -> None:
    retro = begun(store)
    assert store.retro(TEAM, 1) == retro
    further = replace(retro, changes=(*retro.changes, Revealed()), undone=1, stage="vote")
    assert kept(store, further) == store.retro(TEAM, 1)


def test_steps_that_are_taken_away_are_gone(store: Store) -> None:
    retro = begun(store)
    fewer = kept(store, replace(retro, changes=retro.changes[:1]))
    assert store.retro(TEAM, 1) == fewer
    assert kept(store, replace(fewer, changes=())) == store.retro(TEAM, 1)


def test_every_sprint_has_a_retro_of_its_own_and_teams_do_not_mix(store: Store) -> None:
    keep_team(store, a_team(OTHER_TEAM, "Apes"))
    third = begun(store, 3)
    twelfth, second = kept(store, a_retro(12)), kept(store, a_retro(2))
    assert store.retros(TEAM) == (2, 3, 12)
    assert [store.retro(TEAM, sprint) for sprint in (2, 3, 12)] == [second, third, twelfth]
    assert store.retros(OTHER_TEAM) == ()


def test_a_change_gets_and_gives_retro_actions_and_notes(store: Store) -> None:
    keep_team(store, a_team())
    store.change_actions(TEAM, lambda _: (an_action(2),))
    store.drop_note(TEAM, "first")
    given: list[RetroTable] = []

    def change(table: RetroTable) -> RetroTable:
        given.append(table)
        return RetroTable(a_retro(), (*table.actions, an_action(1)), ())

    assert store.change_retro(TEAM, 1, change) == RetroTable(a_retro(), (an_action(1), an_action(2)), ())
    assert given == [RetroTable(None, (an_action(2),), ("first",))]
    assert store.retro(TEAM, 1) == a_retro()
    assert store.actions(TEAM) == (an_action(1), an_action(2))
    assert store.dropped_notes(TEAM) == ()


def test_notes_that_come_back_are_dropped_again(store: Store) -> None:
    begun(store)
    table = store.change_retro(TEAM, 1, lambda table: replace(table, dropped=("one", "two")))
    assert sorted(table.dropped) == ["one", "two"]
    assert store.dropped_notes(TEAM) == table.dropped


@pytest.mark.parametrize("error", [NotNowError("no"), ValueError("change"), KeyboardInterrupt()])
def test_a_change_that_raises_changes_nothing(store: Store, error: BaseException) -> None:
    retro = begun(store)
    store.drop_note(TEAM, "first")
    with pytest.raises(type(error)):
        store.change_retro(TEAM, 1, refusing(error))
    assert store.retro(TEAM, 1) == retro
    assert (store.actions(TEAM), store.dropped_notes(TEAM)) == ((), ("first",))


def test_a_retro_of_another_sprint_is_refused_with_everything_else(store: Store) -> None:
    begun(store)
    with pytest.raises(BadInputError) as caught:
        store.change_retro(TEAM, 1, lambda _: RetroTable(a_retro(2), (an_action(),), ("note",)))
    assert caught.value.message == "This is not the retro of sprint 1, so it was not kept; nothing was changed."
    assert store.retros(TEAM) == (1,)
    assert (store.retro(TEAM, 1), store.actions(TEAM), store.dropped_notes(TEAM)) == (a_retro(), (), ())


def test_what_could_not_be_read_again_is_not_written(store: Store) -> None:
    begun(store)
    store.answer_check(TEAM, 1, "welcome", a_question(), an_answer())
    with pytest.raises(BadInputError, match="cannot be read again"):
        kept(store, replace(a_retro(), base=Board(votes={1: -2})))
    with pytest.raises(BadInputError, match="cannot be read again"):
        store.close_check(TEAM, 1, "welcome", lambda asked, _: tallied(asked, ()))
    assert (store.retro(TEAM, 1), store.check_answers(TEAM, 1, "welcome")) == (a_retro(), 1)


def test_a_retro_that_is_taken_away_is_gone(store: Store) -> None:
    begun(store)
    store.answer_check(TEAM, 1, "welcome", a_question(), an_answer())
    assert store.change_retro(TEAM, 1, lambda table: replace(table, retro=None)).retro is None
    assert (store.retros(TEAM), store.retro(TEAM, 1)) == ((), None)
    assert store.check_answers(TEAM, 1, "welcome") == 0
    # Taking away what is not there is fine as well.
    assert store.change_retro(TEAM, 1, lambda table: table) == RetroTable(None, (), ())


def test_dropped_notes_are_kept_as_often_as_they_were_dropped(store: Store) -> None:
    keep_team(store, a_team())
    for text in ("flaky tests", "flaky tests", "the \x1b[31m build"):
        store.drop_note(TEAM, text)
    assert sorted(store.dropped_notes(TEAM)) == ["flaky tests", "flaky tests", "the \x1b[31m build"]


def test_dropped_notes_do_not_come_back_in_the_order_of_dropping(store: Store) -> None:
    keep_team(store, a_team())
    texts = [f"note {number:02}" for number in range(30)]
    for text in texts:
        store.drop_note(TEAM, text)
    found = store.dropped_notes(TEAM)
    assert found != tuple(texts)
    assert sorted(found) == texts


def test_answers_to_a_question_are_counted_until_it_is_closed(store: Store) -> None:
    begun(store)
    for value in (5, None, 3):
        store.answer_check(TEAM, 1, "welcome", a_question(), an_answer(value))
    store.answer_check(TEAM, 1, "close", a_question(), an_answer(1))
    assert (store.check_answers(TEAM, 1, "welcome"), store.check_answers(TEAM, 1, "close")) == (3, 1)
    seen: list[tuple[Round, list[str]]] = []

    def tally(asked: Round, sheets: tuple[Sheet, ...]) -> Release:
        seen.append((asked, sorted(str(sheet.answers[asked.questions[0].id]) for sheet in sheets)))
        return tallied(asked, sheets)

    retro = store.close_check(TEAM, 1, "welcome", tally)
    assert seen == [(a_question(), ["3", "5", "None"])]
    assert retro.released == {"welcome": tallied(a_question(), (an_answer(),) * 3)}
    assert store.retro(TEAM, 1) == retro
    assert retro == replace(a_retro(), released=retro.released)
    assert (store.check_answers(TEAM, 1, "welcome"), store.check_answers(TEAM, 1, "close")) == (0, 1)
    both = store.close_check(TEAM, 1, "close", tally)
    assert set(both.released) == {"welcome", "close"}


def test_a_change_of_the_retro_leaves_open_questions_alone(store: Store) -> None:
    begun(store)
    store.answer_check(TEAM, 1, "welcome", a_question(), an_answer())
    kept(store, replace(a_retro(), stage="vote"))
    assert store.check_answers(TEAM, 1, "welcome") == 1


def test_the_first_answer_fixes_the_question(store: Store) -> None:
    begun(store)
    store.answer_check(TEAM, 1, "welcome", a_question(people=2), an_answer())
    store.answer_check(TEAM, 1, "welcome", a_question(people=9), an_answer())
    with pytest.raises(NotNowError) as caught:
        store.answer_check(TEAM, 1, "welcome", a_question(people=9), an_answer())
    assert caught.value.message == (
        "All 2 people have answered this question of the retro, so this answer was not stored."
    )
    assert store.check_answers(TEAM, 1, "welcome") == 2


def test_an_answer_that_does_not_fit_is_refused(store: Store) -> None:
    begun(store)
    for sheet in (Sheet({"other": 1}), an_answer(6)):
        with pytest.raises(BadInputError):
            store.answer_check(TEAM, 1, "welcome", a_question(), sheet)
    assert store.check_answers(TEAM, 1, "welcome") == 0


@pytest.mark.parametrize("check", ["welcome", "close"])
def test_a_question_can_be_answered_only_while_its_retro_is_under_way(store: Store, check: CheckId) -> None:
    keep_team(store, a_team())
    with pytest.raises(NotNowError, match="has not begun"):
        store.answer_check(TEAM, 1, check, a_question(), an_answer())
    with pytest.raises(NotNowError, match="has not begun"):
        store.close_check(TEAM, 1, check, no_release)
    kept(store, replace(a_retro(), is_over=True))
    with pytest.raises(NotNowError, match="is over"):
        store.answer_check(TEAM, 1, check, a_question(), an_answer())
    with pytest.raises(NotNowError, match="is over"):
        store.close_check(TEAM, 1, check, no_release)


def test_a_question_that_is_closed_or_unanswered_cannot_be_closed(store: Store) -> None:
    begun(store)
    with pytest.raises(NotNowError, match="Nobody has answered"):
        store.close_check(TEAM, 1, "welcome", no_release)
    store.answer_check(TEAM, 1, "welcome", a_question(), an_answer())
    store.close_check(TEAM, 1, "welcome", tallied)
    with pytest.raises(NotNowError, match="is closed"):
        store.close_check(TEAM, 1, "welcome", no_release)
    with pytest.raises(NotNowError, match="is closed"):
        store.answer_check(TEAM, 1, "welcome", a_question(), an_answer())


@pytest.mark.parametrize("error", [NotNowError("too few"), ValueError("tally"), KeyboardInterrupt()])
def test_a_tally_that_raises_leaves_the_question_open(store: Store, error: BaseException) -> None:
    begun(store)
    store.answer_check(TEAM, 1, "welcome", a_question(), an_answer())

    def raising(asked: Round, sheets: tuple[Sheet, ...]) -> Release:
        raise error

    with pytest.raises(type(error)):
        store.close_check(TEAM, 1, "welcome", raising)
    assert store.check_answers(TEAM, 1, "welcome") == 1
    assert store.retro(TEAM, 1) == a_retro()


def test_sheets_of_a_question_come_in_another_order_than_they_were_given(store: Store) -> None:
    begun(store)
    given = [1 + number % 5 for number in range(40)]
    for value in given:
        store.answer_check(TEAM, 1, "welcome", a_question(people=40), an_answer(value))
    orders: list[list[int | None]] = []

    def tally(asked: Round, sheets: tuple[Sheet, ...]) -> Release:
        orders.append([sheet.answers[asked.questions[0].id] for sheet in sheets])
        raise NotNowError("look again")

    for _ in range(2):
        with pytest.raises(NotNowError):
            store.close_check(TEAM, 1, "welcome", tally)
    assert len({tuple(given), *map(tuple, orders)}) == 3


def test_an_abandoned_question_is_gone_and_can_be_asked_again(store: Store) -> None:
    begun(store)
    store.answer_check(TEAM, 1, "welcome", a_question(), an_answer())
    store.answer_check(TEAM, 1, "close", a_question(), an_answer())
    store.abandon_check(TEAM, 1, "welcome")
    store.abandon_check(TEAM, 1, "welcome")
    store.abandon_check(TEAM, 2, "welcome")
    assert (store.check_answers(TEAM, 1, "welcome"), store.check_answers(TEAM, 1, "close")) == (0, 1)
    assert store.retro(TEAM, 1) == a_retro()
    store.answer_check(TEAM, 1, "welcome", a_question(people=7), an_answer())
    assert store.check_answers(TEAM, 1, "welcome") == 1


def test_a_retro_that_is_over_loses_what_was_not_closed(store: Store) -> None:
    begun(store)
    store.answer_check(TEAM, 1, "close", a_question(), an_answer())
    kept(store, replace(a_retro(), is_over=True, changes=()))
    assert store.check_answers(TEAM, 1, "close") == 0
    kept(store, a_retro())
    assert store.check_answers(TEAM, 1, "close") == 0


def test_a_retro_is_led_by_one_at_a_time(store: Store) -> None:
    begun(store)
    with store.leading(TEAM, 1):
        with pytest.raises(BusyError) as caught, store.leading(TEAM, 1):
            raise AssertionError("two lead")
        with store.leading(TEAM, 2):
            assert store.retro(TEAM, 1) == a_retro()
            kept(store, replace(a_retro(), stage="vote"))
    assert caught.value.message == (
        "Another program leads the retro of sprint 1, so this one only shows it; to lead it here, leave it there first."
    )
    with pytest.raises(ValueError, match="in it"), store.leading(TEAM, 1):
        raise ValueError("in it")
    with store.leading(TEAM, 1):
        pass


def test_nothing_is_written_for_a_team_that_is_gone(store: Store) -> None:
    writers: tuple[Callable[[], object], ...] = (
        lambda: store.change_retro(TEAM, 1, lambda table: table),
        lambda: store.drop_note(TEAM, "note"),
        lambda: store.answer_check(TEAM, 1, "welcome", a_question(), an_answer()),
        lambda: store.close_check(TEAM, 1, "welcome", tallied),
        lambda: store.abandon_check(TEAM, 1, "welcome"),
        lambda: store.leading(TEAM, 1).__enter__(),
    )
    for write in writers:
        with pytest.raises(WorkspaceError, match="gone or no longer holds"):
            write()
    assert store.contents() == ()


def test_an_id_that_is_none_is_refused(store: Store) -> None:
    readers: tuple[Callable[[], object], ...] = (
        lambda: store.retros("../x"),
        lambda: store.retro("../x", 1),
        lambda: store.dropped_notes("../x"),
        lambda: store.check_answers("../x", 1, "welcome"),
    )
    for read in readers:
        with pytest.raises(BadInputError):
            read()


def test_the_contents_show_every_table(store: Store) -> None:
    begun(store)
    store.drop_note(TEAM, "note")
    store.answer_check(TEAM, 1, "welcome", a_question(), an_answer())
    files = {file.path: file for file in store.contents()}
    retro, dropped = files[f"{TEAM}/retros/1.json"], files[f"{TEAM}/retros/dropped.json"]
    assert set(retro.tables) == {"changes", "checks", "meta", "retro"}
    assert retro.tables["changes"][0] == {"type": "added", "column": NOTE.column, "text": NOTE.text}
    assert retro.tables["retro"][0]["changes"] == []
    assert set(retro.tables["checks"][0]) == {"asked", "boxes", "check", "private_key", "seal"}
    assert dropped.tables == {"meta": [{"schema": 2}], "notes": [{"text": "note"}]}
    assert (retro.mode, dropped.mode) == (0o600, 0o600)


def test_without_changes_and_questions_a_retro_has_one_table(store: Store) -> None:
    keep_team(store, a_team())
    kept(store, replace(a_retro(), changes=()))
    files = {file.path: set(file.tables) for file in store.contents()}
    assert files[f"{TEAM}/retros/1.json"] == {"meta", "retro"}
    assert f"{TEAM}/actions.json" not in files


def test_the_last_retro_that_is_not_over_is_the_one_under_way(store: Store) -> None:
    assert store.retro_under_way(TEAM) is None
    first, second = begun(store), begun(store, 2)
    assert store.retro_under_way(TEAM) == 2
    kept(store, replace(second, is_over=True, changes=()))
    assert store.retro_under_way(TEAM) == 1
    kept(store, replace(first, is_over=True, changes=()))
    assert store.retro_under_way(TEAM) is None
