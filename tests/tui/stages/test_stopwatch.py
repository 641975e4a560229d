"""The stopwatch counts whole seconds by name and forgets none."""

from __future__ import annotations

from tuiretro.tui.stages.stopwatch import Stopwatch


class Hand:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_time_goes_to_the_names_that_ran_and_to_nobody_while_nothing_did() -> None:
    hand = Hand()
    watch = Stopwatch(hand)
    hand.now += 2
    watch.run(("notes",))
    hand.now += 60
    watch.run(())
    hand.now += 3
    watch.run(("notes", "topic:7"))

    assert (watch.untold("notes"), watch.untold("topic:7"), watch.untold("vote")) == (5, 3, 0)


def test_what_was_told_is_told_once_and_parts_of_seconds_are_kept_for_later() -> None:
    hand = Hand()
    watch = Stopwatch(hand)
    hand.now += 1.75
    watch.run(("notes",))
    hand.now += 0.5
    watch.run(("vote",))

    assert watch.tell() == {"notes": 1}
    assert watch.tell() == {}
    hand.now += 0.5
    watch.run(("notes", "vote"))
    assert watch.tell() == {"notes": 1, "vote": 1}
