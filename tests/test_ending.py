from __future__ import annotations

import asyncio
import signal
import sys

import pytest

from tuiretro.ending import end_in_turn, tidy_ending

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


async def told(number: signal.Signals) -> list[int]:
    """What a running loop is told of a signal that comes while something is under way."""
    codes: list[int] = []
    end_in_turn(codes.append)
    signal.raise_signal(number)
    for _ in range(20):
        await asyncio.sleep(0.01)
    return codes


@pytest.mark.parametrize("number", NUMBERS)
def test_a_running_loop_is_told_of_a_signal_and_goes_on(number: signal.Signals) -> None:
    # Whoever starts the tests in the background has ctrl+c ignored.
    before = signal.signal(number, signal.SIG_DFL)
    try:
        with tidy_ending():
            assert asyncio.run(told(number)) == [128 + number]
    finally:
        signal.signal(number, before)


def test_a_signal_that_was_ignored_at_the_start_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert asyncio.run(told(signal.SIGHUP)) == []
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_without_a_loop_a_signal_unwinds_the_program(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with pytest.raises(SystemExit) as end, tidy_ending():
        signal.raise_signal(number)
    assert end.value.code == 128 + number
    assert signal.getsignal(number) is before
