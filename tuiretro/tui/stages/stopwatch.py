"""How long stages and topics have run since anybody was told."""

from __future__ import annotations

from collections.abc import Callable, Iterable


class Stopwatch:
    """Counts seconds for several names at once.

    Args:
        clock: Seconds that only ever go up.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._since = clock()
        self._untold: dict[str, float] = {}

    def run(self, names: Iterable[str]) -> None:
        """Gives the time since the last look to these names."""
        now = self._clock()
        for name in names:
            self._untold[name] = self._untold.get(name, 0.0) + now - self._since
        self._since = now

    def untold(self, name: str) -> int:
        """Whole seconds of a name that nobody was told yet."""
        return int(self._untold.get(name, 0.0))

    def tell(self) -> dict[str, int]:
        """Whole seconds by name, which count as told from now on."""
        told = {name: int(seconds) for name, seconds in self._untold.items() if seconds >= 1}
        for name, seconds in told.items():
            self._untold[name] -= seconds
        return told
