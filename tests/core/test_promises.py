from __future__ import annotations

from tuiretro.core import promises
from tuiretro.model.round import Round
from tuiretro.model.survey import Question

ROUND = Round("0" * 16, 3, "ours", "Ours", "On tea.", 8, 5, (Question("ours.a", "A", "In this sprint a.", "own"),))


def test_everything_is_said_before_answering_in_a_fixed_order() -> None:
    said = promises.before_answering(ROUND)
    assert said[0] == "Ours, sprint 3: 1 statement. On tea."
    assert said[1:] == (
        promises.WHY,
        promises.threshold(ROUND),
        promises.KEPT,
        promises.MEANING,
        promises.NOT_HIDDEN,
        promises.LEAVE,
    )


def test_the_threshold_is_the_rounds_own() -> None:
    assert "fewer than 5 answers" in promises.threshold(ROUND)


def test_no_stronger_promise_is_made_than_can_be_kept() -> None:
    everything = " ".join(promises.before_answering(ROUND)).casefold()
    assert "colleagues may still guess" in everything
    assert "we cannot hide" in everything
    for word in ("anonymous", "guarantee", "impossible", "100"):
        assert word not in everything
