"""What every store promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.store.builders import (
    QUESTIONS,
    ROUND,
    TEAM,
    a_release,
    a_round,
    a_sheet,
    a_store,
    a_team,
    an_action,
    keep_team,
    numbered_sheet,
    tally,
)
from tuiretro.errors import BadInputError, BusyError, NotNowError, WorkspaceError
from tuiretro.locks import locked
from tuiretro.model.action import Action
from tuiretro.model.release import History, ItemResult, Release
from tuiretro.model.round import Sheet
from tuiretro.model.survey import Question
from tuiretro.model.team import Team
from tuiretro.store.layout import WORKSPACE_LOCK
from tuiretro.store.memory import MemoryStore
from tuiretro.store.protocol import Store

OTHER_TEAM = "ffffffff00000000"
OTHER_ROUND = "fedcba9876543210"


@pytest.fixture(params=["disk", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return a_store(tmp_path / "workspace") if request.param == "disk" else MemoryStore()


@pytest.fixture
def kept(store: Store) -> Store:
    """A store with two teams."""
    keep_team(store, a_team())
    keep_team(store, a_team(OTHER_TEAM, "Apes"))
    return store


def refuse(error: BaseException) -> Callable[[object], tuple[Release, tuple[Question, ...]]]:
    def raising(_: object) -> tuple[Release, tuple[Question, ...]]:
        raise error

    return raising


def test_an_empty_store_reads_as_empty(store: Store) -> None:
    assert store.teams() == ()
    assert store.history(TEAM) == History()
    assert store.round(TEAM) is None
    assert store.sheets(TEAM) == 0
    assert store.actions(TEAM) == ()
    assert store.contents() == ()
    assert store.place


def test_teams_come_back_whole_and_by_name(store: Store) -> None:
    zebras, apes = a_team(name="zebras"), a_team(OTHER_TEAM, "Apes")
    keep_team(store, zebras)
    keep_team(store, apes)
    assert store.teams() == (apes, zebras)


def test_saving_a_team_again_replaces_it(store: Store) -> None:
    keep_team(store, a_team())
    keep_team(store, a_team(OTHER_TEAM, "Apes"))
    keep_team(store, a_team(name="Comets", people=9))
    assert store.teams() == (a_team(OTHER_TEAM, "Apes"), a_team(name="Comets", people=9))


def test_writers_that_change_different_fields_lose_nothing(store: Store) -> None:
    keep_team(store, a_team())
    # Both have read the same team before either of them writes.
    assert store.change_teams(lambda teams: (replace(teams[0], people=9),)) == (a_team(people=9),)
    both = (replace(a_team(people=9), pulse=20),)
    assert store.change_teams(lambda teams: (replace(teams[0], pulse=20),)) == both
    assert store.teams() == both


def test_a_change_of_teams_gets_and_gives_them_by_name(store: Store) -> None:
    zebras, apes = a_team(name="zebras"), a_team(OTHER_TEAM, "Apes")
    assert store.change_teams(lambda _: (zebras, apes)) == (apes, zebras)
    assert store.change_teams(lambda teams: teams[1:]) == (zebras,)
    assert store.teams() == (zebras,)


@pytest.mark.parametrize("error", [BadInputError("no"), ValueError("change"), KeyboardInterrupt()])
def test_a_change_of_teams_that_raises_changes_nothing(store: Store, error: BaseException) -> None:
    keep_team(store, a_team())

    def raising(_: tuple[Team, ...]) -> tuple[Team, ...]:
        raise error

    with pytest.raises(type(error)):
        store.change_teams(raising)
    assert store.teams() == (a_team(),)


def test_one_team_of_which_the_id_is_refused_changes_no_other(store: Store) -> None:
    keep_team(store, a_team())
    with pytest.raises(BadInputError):
        store.change_teams(lambda teams: (replace(teams[0], people=9), a_team("../x", "Zebras")))
    assert store.teams() == (a_team(),)


def test_an_opened_round_is_there_until_it_is_closed(kept: Store) -> None:
    kept.open_round(TEAM, a_round())
    assert kept.round(TEAM) == a_round()
    assert kept.sheets(TEAM) == 0
    kept.close_round(TEAM, a_round(), tally)
    assert kept.round(TEAM) is None


def test_teams_do_not_see_each_others_rounds(kept: Store) -> None:
    kept.open_round(TEAM, a_round())
    kept.open_round(OTHER_TEAM, a_round(OTHER_ROUND))
    kept.add_sheet(TEAM, a_round(), a_sheet())
    assert (kept.sheets(TEAM), kept.sheets(OTHER_TEAM)) == (1, 0)


def test_a_second_round_is_refused_while_one_is_open(kept: Store) -> None:
    kept.open_round(TEAM, a_round())
    with pytest.raises(NotNowError, match="open already"):
        kept.open_round(TEAM, a_round(OTHER_ROUND))
    assert kept.round(TEAM) == a_round()


def test_a_closed_round_cannot_be_opened_again(kept: Store) -> None:
    kept.open_round(TEAM, a_round())
    kept.close_round(TEAM, a_round(), tally)
    with pytest.raises(NotNowError, match="closed before"):
        kept.open_round(TEAM, a_round())
    assert kept.round(TEAM) is None


@pytest.mark.parametrize("sprint", [3, 2])
def test_a_sprint_that_is_released_or_lies_before_one_cannot_be_opened(kept: Store, sprint: int) -> None:
    kept.open_round(TEAM, a_round(sprint=3))
    kept.close_round(TEAM, a_round(), lambda _: (a_release(sprint=3), QUESTIONS))
    with pytest.raises(NotNowError, match="Sprint 3 has its results already") as caught:
        kept.open_round(TEAM, a_round(OTHER_ROUND, sprint=sprint))
    assert f"no round was opened for sprint {sprint}; " in caught.value.message
    assert kept.round(TEAM) is None
    kept.open_round(OTHER_TEAM, a_round(OTHER_ROUND, sprint=sprint))
    kept.open_round(TEAM, a_round(OTHER_ROUND, sprint=4))


def test_a_question_whose_wording_changed_needs_a_higher_version(kept: Store) -> None:
    kept.open_round(TEAM, a_round())
    kept.close_round(TEAM, a_round(), tally)
    reworded = replace(QUESTIONS[1], text="In this sprint we did more.")
    next_round = replace(a_round(OTHER_ROUND, sprint=2), questions=(QUESTIONS[0], reworded))
    with pytest.raises(NotNowError) as caught:
        kept.open_round(TEAM, next_round)
    assert caught.value.message == (
        "The wording of 'model-drift' has changed since version 1; give it a higher version in its file. Nothing was "
        "opened."
    )
    assert kept.round(TEAM) is None
    newer = replace(reworded, version=2)
    kept.open_round(TEAM, replace(next_round, questions=(replace(QUESTIONS[0], short="A new label"), newer)))


def test_a_translated_question_is_not_taken_for_a_reworded_one(kept: Store) -> None:
    kept.open_round(TEAM, a_round())
    kept.close_round(TEAM, a_round(), tally)
    translated = replace(QUESTIONS[1], text="En este sprint hicimos algo.", language="es")
    kept.open_round(TEAM, replace(a_round(OTHER_ROUND, sprint=2), questions=(QUESTIONS[0], translated), language="es"))
    kept.close_round(TEAM, a_round(OTHER_ROUND), lambda _: (a_release(OTHER_ROUND, 2), (QUESTIONS[0], translated)))

    retranslated = replace(translated, text="En este sprint hicimos otra cosa.")
    with pytest.raises(NotNowError, match="The 'es' wording of 'model-drift' has changed"):
        kept.open_round(TEAM, replace(a_round("33333333", sprint=3), questions=(retranslated,)))
    kept.open_round(TEAM, replace(a_round("33333333", sprint=3), questions=(QUESTIONS[1],)))


def test_the_history_keeps_both_wordings_of_a_translated_question(kept: Store) -> None:
    kept.open_round(TEAM, a_round())
    kept.close_round(TEAM, a_round(), tally)
    translated = replace(QUESTIONS[1], text="En este sprint hicimos algo.", language="es")
    item = ItemResult(translated.id, translated.version, 5, 2.1, None, "es")
    spoken = replace(a_release(OTHER_ROUND, 2), items=(item,))
    kept.open_round(TEAM, a_round(OTHER_ROUND, sprint=2))
    kept.close_round(TEAM, a_round(OTHER_ROUND), lambda _: (spoken, (translated,)))

    history = kept.history(TEAM)
    assert history.questions == (*QUESTIONS, translated)
    assert history.question(item) == translated
    assert history.question(history.releases[0].items[1]) == QUESTIONS[1]


def test_closing_gets_every_sheet_as_it_was_handed_in(kept: Store) -> None:
    kept.open_round(TEAM, a_round())
    handed_in = [a_sheet(mark, comment) for mark, comment in enumerate(("", "short", "ü€😀" * 100, "\n", "x" * 500))]
    for sheet in handed_in:
        kept.add_sheet(TEAM, a_round(), sheet)
    assert kept.sheets(TEAM) == 5
    seen: list[Sheet] = []

    def count(sheets: tuple[Sheet, ...]) -> tuple[Release, tuple[Question, ...]]:
        seen.extend(sheets)
        return tally(sheets)

    assert kept.close_round(TEAM, a_round(), count) == a_release(answered=5)
    assert sorted(seen, key=repr) == sorted(handed_in, key=repr)


def test_sheets_come_in_random_order(kept: Store) -> None:
    orders = set()
    kept.open_round(TEAM, a_round(people=12))
    for number in range(12):
        kept.add_sheet(TEAM, a_round(), numbered_sheet(number))

    def look(sheets: tuple[Sheet, ...]) -> tuple[Release, tuple[Question, ...]]:
        orders.add(repr(sheets))
        raise NotNowError("only looking")

    for _ in range(3):
        with pytest.raises(NotNowError, match="only looking"):
            kept.close_round(TEAM, a_round(), look)
    assert len(orders) == 3


def test_a_release_is_kept_in_the_order_of_sprints(kept: Store) -> None:
    for sprint, id_ in ((1, "33333333"), (2, "11111111"), (4, "22222222")):
        kept.open_round(TEAM, a_round(id_, sprint=sprint))
        kept.close_round(TEAM, a_round(id_), lambda _, s=sprint, i=id_: (a_release(i, s), QUESTIONS))  # type: ignore[misc]  # mypy cannot infer a lambda with defaults
    history = kept.history(TEAM)
    assert [release.sprint.number for release in history.releases] == [1, 2, 4]
    assert history.releases[1] == a_release("11111111", 2)


def test_a_question_is_kept_once_per_version(kept: Store) -> None:
    kept.open_round(TEAM, a_round())
    kept.close_round(TEAM, a_round(), tally)
    newer = Question("model-drift", "Newer", "In this sprint we did more.", "data", 2)
    kept.open_round(TEAM, a_round(OTHER_ROUND, sprint=2))
    kept.close_round(TEAM, a_round(OTHER_ROUND), lambda _: (a_release(OTHER_ROUND, 2), (*QUESTIONS, newer)))
    assert kept.history(TEAM).questions == (*QUESTIONS, newer)


def test_a_release_carries_the_id_of_its_round(kept: Store) -> None:
    kept.open_round(TEAM, a_round())
    release = kept.close_round(TEAM, a_round(), lambda _: (a_release("99999999"), QUESTIONS))
    assert release.round == ROUND
    assert kept.history(TEAM).releases == (release,)


@pytest.mark.parametrize("error", [NotNowError("too few"), ValueError("tally"), KeyboardInterrupt()])
def test_a_tally_that_raises_leaves_the_round_open_and_untouched(kept: Store, error: BaseException) -> None:
    kept.open_round(TEAM, a_round())
    kept.add_sheet(TEAM, a_round(), a_sheet())
    before = kept.contents()
    with pytest.raises(type(error)):
        kept.close_round(TEAM, a_round(), refuse(error))
    assert kept.contents() == before
    kept.add_sheet(TEAM, a_round(), a_sheet())
    assert kept.close_round(TEAM, a_round(), tally).answered == 2


def test_no_more_sheets_than_people_are_taken(kept: Store) -> None:
    kept.open_round(TEAM, a_round(people=4))
    for _ in range(4):
        kept.add_sheet(TEAM, a_round(), a_sheet())
    with pytest.raises(NotNowError, match="All 4 people"):
        kept.add_sheet(TEAM, a_round(), a_sheet())
    assert kept.sheets(TEAM) == 4


@pytest.mark.parametrize("opened_before", [False, True])
def test_a_round_that_is_gone_takes_nothing(kept: Store, opened_before: bool) -> None:  # noqa: FBT001  # a parameter of the test
    if opened_before:
        kept.open_round(TEAM, a_round())
        kept.close_round(TEAM, a_round(), tally)
    with pytest.raises(NotNowError, match="meanwhile"):
        kept.add_sheet(TEAM, a_round(), a_sheet())
    with pytest.raises(NotNowError, match="meanwhile"):
        kept.close_round(TEAM, a_round(), tally)
    with pytest.raises(NotNowError, match="meanwhile"):
        kept.abandon_round(TEAM, a_round())


def test_another_round_takes_nothing_for_a_closed_one(kept: Store) -> None:
    kept.open_round(TEAM, a_round())
    kept.abandon_round(TEAM, a_round())
    kept.open_round(TEAM, a_round(OTHER_ROUND))
    with pytest.raises(NotNowError):
        kept.add_sheet(TEAM, a_round(), a_sheet())
    assert kept.sheets(TEAM) == 0


def test_an_abandoned_round_leaves_nothing(kept: Store) -> None:
    kept.open_round(TEAM, a_round())
    kept.add_sheet(TEAM, a_round(), a_sheet())
    kept.abandon_round(TEAM, a_round())
    assert kept.round(TEAM) is None
    assert kept.history(TEAM) == History()
    assert not [file for file in kept.contents() if "rounds" in file.path]


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet({}),
        Sheet({**a_sheet().answers, "unknown": 3}),
        Sheet({**a_sheet().answers, "model-drift": 0}),
        Sheet({**a_sheet().answers, "model-drift": 6}),
        Sheet({**a_sheet().answers, "model-drift": -1}),
        a_sheet(comment="x" * 501),
        a_sheet(comment="\ud800"),
    ],
)
def test_a_sheet_that_does_not_fit_is_refused(kept: Store, sheet: Sheet) -> None:
    kept.open_round(TEAM, a_round())
    with pytest.raises(BadInputError):
        kept.add_sheet(TEAM, a_round(), sheet)
    assert kept.sheets(TEAM) == 0


def test_actions_are_replaced_by_what_the_change_makes(kept: Store) -> None:
    first, second = an_action(1), an_action(2, "Write it down")
    assert kept.change_actions(TEAM, lambda _: (second, first)) == (first, second)
    assert kept.change_actions(TEAM, lambda old: (*old, an_action(11))) == (first, second, an_action(11))
    assert kept.change_actions(TEAM, lambda old: old[1:]) == (second, an_action(11))
    assert kept.actions(TEAM) == (second, an_action(11))


def test_a_change_of_actions_that_raises_changes_nothing(kept: Store) -> None:
    kept.change_actions(TEAM, lambda _: (an_action(),))

    def raising(_: tuple[Action, ...]) -> tuple[Action, ...]:
        raise BadInputError("no")

    with pytest.raises(BadInputError):
        kept.change_actions(TEAM, raising)
    assert kept.actions(TEAM) == (an_action(),)


@pytest.mark.parametrize(
    "name", ["", "../../x", "Sprint 1", "ABCDEF12", "abc", "a" * 65, "abcdefg1", "abcdef12\n", "CON"]
)
def test_a_name_that_is_no_random_id_is_refused(store: Store, name: str) -> None:
    for call in (store.history, store.round, store.sheets, store.actions):
        with pytest.raises(BadInputError):
            call(name)
    with pytest.raises(BadInputError):
        keep_team(store, a_team(name))
    with pytest.raises(BadInputError):
        store.open_round(name, a_round())
    with pytest.raises(BadInputError):
        store.open_round(TEAM, a_round(name))
    with pytest.raises(BadInputError):
        store.change_actions(name, lambda old: old)
    assert [file.path for file in store.contents() if file.path != "workspace.lock"] == []


def test_the_contents_show_every_document(store: Store) -> None:
    keep_team(store, a_team())
    store.change_actions(TEAM, lambda _: (an_action(),))
    store.open_round(TEAM, a_round())
    store.add_sheet(TEAM, a_round(), a_sheet())
    files = {file.path: file for file in store.contents() if not file.path.endswith(".lock")}
    folder = f"{TEAM}/rounds/{ROUND}"
    assert list(files) == [f"{TEAM}/actions.json", f"{folder}/key", f"{folder}/round.json", "workspace.json"]
    assert files["workspace.json"].tables["teams"][0]["name"] == "Rockets"
    assert files[f"{TEAM}/actions.json"].tables["actions"][0]["due"] == "2026-03-29"
    assert set(files[f"{folder}/round.json"].tables) == {"boxes", "meta", "round", "seal"}
    assert list(files[f"{folder}/round.json"].tables["boxes"][0]) == ["box"]
    assert files[f"{folder}/key"].tables == {}
    assert files[f"{folder}/key"].size == 32
    assert {file.mode for file in files.values()} == {0o600}


def test_a_team_that_is_not_there_takes_nothing(store: Store) -> None:
    uses: tuple[Callable[[], object], ...] = (
        lambda: store.change_actions(TEAM, lambda _: (an_action(),)),
        lambda: store.open_round(TEAM, a_round()),
        lambda: store.add_sheet(TEAM, a_round(), a_sheet()),
        lambda: store.close_round(TEAM, a_round(), tally),
    )
    for use in uses:
        with pytest.raises(WorkspaceError, match="is gone or no longer holds this team; nothing was saved"):
            use()
    assert store.contents() == ()


def test_a_release_does_not_go_behind_the_last_one(kept: Store) -> None:
    kept.open_round(TEAM, a_round(sprint=2))
    kept.close_round(TEAM, a_round(), lambda _: (a_release(sprint=2), QUESTIONS))
    kept.open_round(TEAM, a_round(OTHER_ROUND, sprint=3))
    with pytest.raises(NotNowError, match="cannot be closed any more"):
        kept.close_round(TEAM, a_round(OTHER_ROUND), lambda _: (a_release(OTHER_ROUND, 1), QUESTIONS))
    assert kept.round(TEAM) == a_round(OTHER_ROUND, sprint=3)
    assert not kept.abandon_damaged(TEAM)


def test_other_labels_need_a_higher_version_of_their_language(kept: Store) -> None:
    french = tuple(replace(question, language="fr", scale=tuple("abcde")) for question in QUESTIONS)
    kept.open_round(TEAM, replace(a_round(), questions=french))
    items = tuple(replace(item, language="fr") for item in a_release().items)
    kept.close_round(TEAM, replace(a_round(), questions=french), lambda _: (replace(a_release(), items=items), french))
    turned = tuple(replace(question, scale=tuple("edcba")) for question in french)

    with pytest.raises(NotNowError, match=r"What 1 to 5 are called in 'fr' has changed; give languages/fr\.toml"):
        kept.open_round(TEAM, replace(a_round(OTHER_ROUND, sprint=2), questions=turned))
    anew = tuple(replace(question, language="fr.2") for question in turned)
    kept.open_round(TEAM, replace(a_round(OTHER_ROUND, sprint=2), questions=anew))


def an_import(sprint: int = 3, text: str = "Imported.") -> tuple[tuple[Release, ...], tuple[Question, ...]]:
    question = replace(QUESTIONS[0], version=0, text=text)
    item = ItemResult(question.id, 0, 5, 3.4, None)
    return (replace(a_release("00112233445566ff", sprint), items=(item,), imported=True),), (question,)


def test_an_import_adds_releases_in_the_order_of_sprints(kept: Store) -> None:
    kept.import_releases(a_team(), *an_import(3))
    kept.import_releases(a_team(), *an_import(1))
    history = kept.history(TEAM)

    assert [release.sprint.number for release in history.releases] == [1, 3]
    assert [release.imported for release in history.releases] == [True, True]
    assert history.questions == an_import()[1]


def test_an_import_replaces_no_release(kept: Store) -> None:
    kept.import_releases(a_team(), *an_import())
    before = kept.history(TEAM)

    with pytest.raises(NotNowError, match="Sprint 3 has its results already"):
        kept.import_releases(a_team(), *an_import())
    assert kept.history(TEAM) == before


def test_an_import_gives_no_version_of_a_question_another_text(kept: Store) -> None:
    kept.import_releases(a_team(), *an_import())

    with pytest.raises(NotNowError, match="in other words or with other labels"):
        kept.import_releases(a_team(), *an_import(4, "Something else."))
    assert len(kept.history(TEAM).releases) == 1


@pytest.mark.parametrize("sprint", [2, 3])
def test_an_import_never_overtakes_the_open_round(kept: Store, sprint: int) -> None:
    kept.open_round(TEAM, a_round(sprint=2))

    with pytest.raises(NotNowError, match="A round of sprint 2 is open"):
        kept.import_releases(a_team(), *an_import(sprint))
    assert kept.history(TEAM) == History()
    kept.import_releases(a_team(), *an_import(1))
    assert kept.round(TEAM) == a_round(sprint=2)


def test_an_import_for_a_team_that_is_gone_is_refused(kept: Store) -> None:
    with pytest.raises(WorkspaceError, match="no longer holds this team"):
        kept.import_releases(a_team("eeeeeeee00000000"), *an_import())


@pytest.mark.parametrize(
    "then",
    [
        {"people": 6},
        {"minimum": 5},
        {"cadences": (replace(a_team().cadences[0], starts=date(2026, 1, 1)),)},
    ],
    ids=["people", "minimum", "calendar"],
)
def test_an_import_stands_on_the_team_that_it_was_read_for(kept: Store, then: dict[str, Any]) -> None:
    read_for = replace(a_team(), **then)

    with pytest.raises(NotNowError, match="people, minimum or calendar were changed"):
        kept.import_releases(read_for, *an_import())
    assert kept.history(TEAM) == History()
    kept.import_releases(replace(a_team(), name="Renamed", starred=("testing",)), *an_import())


def test_nobody_changes_a_team_while_an_import_of_it_is_written(tmp_path: Path) -> None:
    store = a_store(tmp_path, patience=0.0)
    keep_team(store, a_team())

    with locked(tmp_path / WORKSPACE_LOCK, 0.0), pytest.raises(BusyError):
        store.import_releases(a_team(), *an_import())
    assert store.history(TEAM) == History()
