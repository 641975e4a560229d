from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from tuiretro.model.release import History, ItemResult, Release
from tuiretro.model.survey import Question
from tuiretro.model.team import Sprint

OLD = Question("data-cleaning", "Old", "In this sprint ...", "data", 1, "data-cleaning")
NEW = Question("data-cleaning", "New", "In this sprint ...", "data", 2, "data-cleaning")


def a_release(number: int, *items: ItemResult) -> Release:
    span = Sprint(number, date(2026, 1, number), date(2026, 1, number))
    return Release(f"r{number}", span, "pulse", "Pulse", 7, 4, 7, items)


def test_an_item_is_found_by_its_question() -> None:
    item = ItemResult("data-cleaning", 1, 7, 3.4)

    assert a_release(1, ItemResult("other", 1), item).item("data-cleaning") is item
    assert a_release(1, item).item("never-asked") is None


def test_a_question_is_found_as_it_was_worded_then() -> None:
    history = History((), (OLD, NEW))

    assert history.question(ItemResult("data-cleaning", 1)) is OLD
    assert history.question(ItemResult("data-cleaning", 2)) is NEW


def test_a_question_is_found_in_the_language_that_it_was_asked_in() -> None:
    spanish = replace(OLD, text="En este sprint ...", language="es")
    history = History((), (OLD, spanish))

    assert history.question(ItemResult("data-cleaning", 1, language="es")) is spanish
    assert history.question(ItemResult("data-cleaning", 1)) is OLD


def test_the_last_release_is_the_newest() -> None:
    first, second = a_release(1), a_release(4)

    assert History().last is None
    assert History((first, second)).last is second


def test_a_release_is_found_by_its_sprint() -> None:
    first, second = a_release(1), a_release(4)

    assert History((first, second)).of_sprint(4) is second
    assert History((first, second)).of_sprint(2) is None
