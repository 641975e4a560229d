from __future__ import annotations

import pytest

from tuiretro.core.faults import Faults
from tuiretro.core.imported_items import imported_items, statement
from tuiretro.errors import BadInputError
from tuiretro.model.importing import ImportMap, MappedItem, Scale, SprintSource
from tuiretro.model.release import History
from tuiretro.model.survey import Question

OURS = Question("testing", "Hard cases", "We tested on hard cases.", "quality", mistake="testing")
SQUEEZED = Scale({"1": 1, "3": 5})


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("G1Q1. We tested our models.", "We tested our models."),
        ("G1Q1[SQ2]. How was it? [We tested our models.]", "We tested our models."),
        ("3. How was it? [We tested our models.]", "We tested our models."),
        ("12) We tested our models.", "We tested our models."),
        ("We tested\nour models. [optional]", "We tested our models. [optional]"),
        ("We tested. It was fun.", "We tested. It was fun."),
        ("G1Q1", "G1Q1"),
        ("", ""),
    ],
)
def test_a_statement_is_what_was_asked_without_the_tools_own_marks(column: str, expected: str) -> None:
    assert statement(column) == expected


@pytest.mark.parametrize("id_", ["imported.pizza", "testing"])
@pytest.mark.parametrize("short", [OURS.short, "hard  CASES."])
def test_our_label_over_other_words_is_refused(id_: str, short: str) -> None:
    faults = Faults()
    wanted = ImportMap((MappedItem("We like pizza.", id_, short=short),), sprint=SprintSource(number=1))

    assert imported_items(wanted, {OURS.id: OURS}, History(), faults) == ()
    with pytest.raises(BadInputError) as caught:
        faults.check()
    assert "is our label of another statement than 'We like pizza.'; give it another with short" in str(
        caught.value.__notes__
    )


@pytest.mark.parametrize(
    ("item", "scale", "label"),
    [
        (MappedItem(OURS.text, "testing"), Scale(), OURS.short),
        (MappedItem(OURS.text, "testing"), SQUEEZED, OURS.short),
        (MappedItem("Tests", "testing", text="How good are our tests?"), Scale(), "How good are our tests?"),
        (MappedItem("Tests", "testing", text="How good are our tests?", short="Tests"), Scale(), "Tests"),
        (MappedItem("We tested nothing.", "testing", reversed=True), Scale(), "We tested nothing (turned round)"),
        (MappedItem(OURS.text, "testing", reversed=True), Scale(), "We tested on hard ca\u2026 (turned round)"),
        (MappedItem("We like pizza.", "imported.pizza", reversed=True, short="Pizza"), Scale(), "Pizza"),
    ],
)
def test_only_our_own_words_have_our_label(item: MappedItem, scale: Scale, label: str) -> None:
    faults = Faults()
    wanted = ImportMap((item,), sprint=SprintSource(number=1), scale=scale)
    (found,) = imported_items(wanted, {OURS.id: OURS}, History(), faults)

    assert (found.question.short, faults.count) == (label, 0)
