"""kill -9 after each key of a whole retro: a program that is started anew shows what was kept, and goes on from there.

Every key is the last one of one program: half of them at once or a few milliseconds after it, half of them when the
screen has shown what came of it. What the screen had told as stored must be there; what it had not told is there whole
or not at all, and is typed again. The summary at the end is the one of a retro that nobody killed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.terminal import Terminal
from tests.torture.trial import TODAY, Outcome, Sizes
from tests.torture.workspaces import damage, leftovers
from tests.tui.whole_retro import FILE, Kept, Step, Typist, kept, led, steps, summary, without_minutes
from tuiretro.service import demo

AT_ONCE = 0.03
"""Seconds after a key within which half of the kills come."""
READY = r"(?s)(stage \d of 9|SUMMARY).*(n next|enter add|f finish)|which format"
"""Shown by a program that has found its way into the room, or to the beginning of the next retro."""


class Dead(Exception):  # noqa: N818 - nothing went wrong
    """The last key was pressed."""


class Mortal(Typist):
    """Somebody whose program is killed after so many keys.

    Args:
        terminal: Where the program runs.
        left: Keys until then.
        moment: Seconds from the last key to the kill; None waits for what the screen shows.
    """

    def __init__(self, terminal: Terminal, left: int, moment: float | None) -> None:
        super().__init__(terminal)
        self.left, self.moment = left, moment

    def press(self, *keys: str) -> None:
        for key in keys:
            if not self.left:
                raise Dead
            super().press(key)
            self.left -= 1
            if not self.left and self.moment is not None:
                self.terminal.settle(self.moment, self.moment)
                raise Dead


def undisturbed(place: Path, folder: Path, script: Sequence[Step]) -> list[Kept]:
    """Leads a retro that nobody kills; returns what is kept before the first step and after each."""
    states = [kept(place, folder)]
    with led(place, folder) as terminal:
        for step in script:
            step.work(Typist(terminal))
            states.append(kept(place, folder))
    return states


@dataclass
class Killing:
    """A retro whose program is killed again and again."""

    place: Path
    folder: Path
    chance: random.Random
    every: int = 1
    """Keys between two kills."""
    outcome: Outcome = field(default_factory=Outcome)

    def lead(self, script: Sequence[Step], states: Sequence[Kept]) -> None:
        """Goes through a script; `states` are those of `undisturbed`."""
        terminal, left = self.started(), self.every
        try:
            for at, step in enumerate(script):
                before, after = states[at : at + 2]
                is_done = False
                while not is_done:
                    hand = self.tried(step, terminal, left)
                    self.outcome.count("keys", hand.keys)
                    left, is_done = hand.left, bool(hand.left)
                    if not is_done:
                        terminal.kill()
                        terminal = self.restarted()
                        is_done = self.judged(step, hand, Typist(terminal), before, after)
                        left = self.every if is_done else hand.keys + self.every
        except TimeoutError as error:
            self.outcome.faults.append(str(error))
        finally:
            terminal.close()

    def started(self) -> Terminal:
        """The program in the room."""
        terminal = led(self.place, self.folder)
        terminal.expect(READY, timeout=60)
        return terminal

    def tried(self, step: Step, terminal: Terminal, left: int) -> Mortal:
        """Presses the keys of a step until it is done or the end comes."""
        hand = Mortal(terminal, left, self.chance.choice((None, self.chance.random() * AT_ONCE)))
        try:
            step.work(hand)
        except Dead:
            self.outcome.count("cut off")
        return hand

    def restarted(self) -> Terminal:
        """The program after it was killed."""
        self.outcome.count("kills")
        self.outcome.count("left behind by the killed", len(leftovers(self.place)))
        self.outcome.faults += damage(self.place)
        return self.started()

    def judged(self, step: Step, hand: Mortal, shown: Typist, before: Kept, after: Kept) -> bool:
        """Whether a step is done; notes a fault where what is kept is neither the old nor the new."""
        now, when = kept(self.place, self.folder), f"{step.what}, killed after {hand.keys} keys"
        is_done = now == after
        self.outcome.expect(is_done or now == before, f"{when}: neither before nor after: {now}")
        self.outcome.expect(is_done or not hand.was_told, f"{when}: it was told, and is lost")
        if step.done and before != after:
            says = shown.shows(step.done)
            self.outcome.expect(says == is_done, f"{when}: kept {is_done}, and shown {says}:\n{shown.terminal.text()}")
        self.outcome.count("told before the kill", bool(hand.was_told))
        self.outcome.count("typed again", not is_done)
        return is_done


def retro(folder: Path, sizes: Sizes) -> Outcome:
    """Leads one retro undisturbed, and one whose program is killed after each of its keys, or each so many."""
    script = tuple(steps())
    calm, killed = (folder / name / "workspace" for name in ("calm", "killed"))
    for place in (calm, killed):
        place.parent.mkdir()
        demo.build(place, today=TODAY)
    states = undisturbed(calm, calm.parent, script)
    trial = Killing(killed, killed.parent, random.Random(sizes.seed), max(1, round(1 / sizes.scale)))
    trial.lead(script, states)
    outcome = trial.outcome
    outcome.faults += [f"{name} was left behind" for name in leftovers(killed)]
    if not outcome.faults:
        outcome.expect(summary(killed) == summary(calm), "the summary is another one")
        pages = {without_minutes((place.parent / FILE).read_text(encoding="utf-8")) for place in (calm, killed)}
        outcome.expect(len(pages) == 1, "the file holds something else")
    return outcome
