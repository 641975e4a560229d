"""Nothing on the disk or at closing tells who answered first, or when."""

from __future__ import annotations

import os
import random
import shutil
from contextlib import suppress
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from tests.store.builders import (
    DAY,
    FOLDER,
    TEAM,
    a_round,
    a_store,
    a_team,
    filled,
    keep_team,
    numbered_sheet,
    tally,
)
from tests.store.faults import Crash, Faults
from tests.torture.ranks import correlation, tells
from tuiretro.model.release import Release
from tuiretro.model.round import Sheet
from tuiretro.model.survey import Question
from tuiretro.store import urn
from tuiretro.store.round_folder import RoundFolder
from tuiretro.store.tinydb_store import TinyDBStore

ROUNDS, PEOPLE = 200, 5
MIDNIGHT = datetime.combine(DAY, time(), tzinfo=UTC).timestamp()


def test_over_many_rounds_neither_file_nor_tally_follows_the_order_of_answering(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two hundred rounds wait for the disk for seconds, and the order does not depend on it.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    chance = random.Random(1)
    store = TinyDBStore(place, today=lambda: DAY, entropy=chance.randbytes)
    keep_team(store, a_team())
    people = [numbered_sheet(number) for number in range(PEOPLE)]
    in_file, in_tally = list[float](), list[float]()

    def look(sheets: tuple[Sheet, ...]) -> tuple[Release, tuple[Question, ...]]:
        in_tally.append(correlation([people.index(sheet) for sheet in sheets]))
        return tally(sheets)

    for _ in range(ROUNDS):
        shutil.rmtree(place / TEAM, ignore_errors=True)
        store.open_round(TEAM, a_round())
        for sheet in people:
            store.add_sheet(TEAM, a_round(), sheet)
        # An entropy that never changes leaves the order of the file.
        kept = urn.sheets(RoundFolder(place / FOLDER, bytes), None, without_unreadable=False)
        in_file.append(correlation([people.index(sheet) for sheet in kept]))
        store.close_round(TEAM, a_round(), look)
    assert tells(in_file, PEOPLE) == ""
    assert tells(in_tally, PEOPLE) == ""


def test_an_order_that_is_kept_or_turned_round_would_be_noticed() -> None:
    assert tells([1.0, 0.9] * 100, PEOPLE)
    assert tells([1.0, -1.0] * 100, PEOPLE)
    assert tells([0.0] * 200, PEOPLE)


def test_a_start_takes_the_time_of_a_killed_answer_off_the_folder(
    place: Path, store: TinyDBStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store, people=60, sheets=1)
    for at in range(1, 30):
        with monkeypatch.context() as patch:
            faults = Faults(at, "crash")
            faults.install(patch)
            with suppress(Crash):
                store.add_sheet(TEAM, a_round(people=60), numbered_sheet(at))
        a_store(place)
        times = {path.name: path.stat().st_mtime for path in (place / FOLDER, *(place / FOLDER).iterdir())}
        assert set(times.values()) == {MIDNIGHT}, (at, times)
        if not faults.happened:
            break
