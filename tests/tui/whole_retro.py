"""A whole retro as keys: what a team writes, groups, votes and decides, step by step.

Owns the keys and what the screen shows after them. Each step begins and ends where a restart leads to, so that a step
whose keys were cut off is simply begun anew. It must not know who presses the keys, nor whether they get that far.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from tests.terminal import Terminal
from tests.tui.states import opened_at
from tests.tui.test_first_sprint import surroundings
from tuiretro.export.retro_markdown import retro_markdown
from tuiretro.model.action import Action
from tuiretro.model.retro import Clock, Retro
from tuiretro.service import retro_story, retros

SPRINT = 26
"""The demo's last one with results."""
COLUMNS = ("Start", "Stop", "Continue")
NOTES = (
    ("test prompts", "data cards", "demo early", "plan less", "log runs", "talk daily", "test drift", "data checks"),
    ("flaky tests", "raw data", "demo rush", "plan b", "log spam", "side talk", "demo slides", "plan swaps"),
    ("test days", "data tour", "demo fridays", "plan board", "log review", "talk lunch", "log tags", "talk walks"),
)
"""What is written, column by column."""
GROUPS = {"test": "Tests", "data": "Data", "demo": "Demos", "plan": "Plans", "log": "Logs", "talk": "Talks"}
"""The name of the group by a word that its notes hold, in the order of the board."""
BALLOTS = ((2, 1), (1, 0, 2), (0, 2, 0, 0, 1), (1, 1, 1))
"""The votes of four people, topic by topic; of fewer nothing is shown."""
BY_VOTES = ("Demos", "Tests", "Data", "Logs", "Plans", "Talks")
"""Topics as they are discussed, once two raised hands are counted for the demos."""
ANSWERS = "4534"
"""What four people answer to each of the two questions."""
FILE = "retro-sprint-26.md"
"""The name that is offered for the summary's file."""
SIZE = (100, 44)
"""All topics with their notes are on the screen at once."""


def led(place: Path, folder: Path) -> Terminal:
    """The program, started to lead a retro.

    Args:
        place: The workspace.
        folder: Where files are written that are asked for.
    """
    return Terminal([sys.executable, "-m", "tuiretro", "retro"], *SIZE, env=surroundings(place), cwd=folder)


@dataclass(frozen=True)
class Kept:
    """What there is of the retro on the disk, but for the time that it took."""

    retro: Retro | None
    released: dict[str, object]
    answers: tuple[int, ...]
    actions: tuple[Action, ...]
    is_written: bool


def kept(place: Path, folder: Path) -> Kept:
    """What a program that is started now would find."""
    store = opened_at(place).store
    (team,) = store.teams()
    retro = store.retro(team.id, SPRINT)
    # Ids of questions are drawn anew each time.
    released = {check: (told.answered, told.items) for check, told in retro.released.items()} if retro else {}
    return Kept(
        retro and replace(retro, clock=Clock(), released={}),
        {str(check): told for check, told in released.items()},
        tuple(store.check_answers(team.id, SPRINT, check) for check in retros.CHECKS) if retro else (),
        store.actions(team.id),
        (folder / FILE).exists(),
    )


def summary(place: Path) -> str:
    """The summary of the retro as Markdown, owners and all, without the minutes."""
    workspace = opened_at(place)
    (team,) = workspace.store.teams()
    room = retros.room(workspace, team, SPRINT)
    return without_minutes(retro_markdown(retro_story.story(workspace, room), owners=True))


def without_minutes(page: str) -> str:
    """A page without the time that the retro took."""
    return re.sub(r"(It took|So far it has taken) \d+ of", "It took some of", page)


class Typist:
    """Somebody who presses one key after the other, and looks at what comes of it."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.keys = 0
        self.was_told = False
        """Whether the screen has said that this step's work is done."""

    def press(self, *keys: str) -> None:
        """Presses keys by name."""
        for key in keys:
            self.keys += 1
            self.terminal.send(key)

    def write(self, text: str) -> None:
        """Types text letter by letter."""
        self.press(*text)

    def see(self, pattern: str) -> None:
        """Waits for what the screen shows."""
        self.terminal.expect(pattern)

    def told(self, pattern: str) -> None:
        """Waits for what the screen shows only once it is stored."""
        self.see(pattern)
        self.was_told = True

    def shows(self, pattern: str) -> bool:
        """What the screen shows now."""
        return re.search(pattern, self.terminal.text(), re.MULTILINE) is not None

    def fill(self, label: str, text: str, following: str = "") -> None:
        """Types into the line of a form that has the cursor, and goes to the next one.

        A key that came before the cursor has moved would land on the line before, and a form that has just opened may
        leave the cursor for a moment where the form before it had it.
        """
        self.write(text)
        self.terminal.expect_cursor(rf"{label} +{text}")
        if following:
            self.press("tab")
            self.terminal.expect_cursor(following)


@dataclass(frozen=True)
class Step:
    """Keys that change one thing that is kept, or nothing."""

    what: str
    work: Callable[[Typist], None]
    done: str = ""
    """Shown by a program that is started anew after this step and not before it; empty where no screen tells."""


def steps() -> Iterator[Step]:
    """From the choice of the format to the end."""
    yield Step("begin", _begin, "WELCOME, stage 1")
    yield from _question("welcome", "ACTIONS, stage 2")
    yield Step("kept", partial(_one_key, "k", r"^ kept +Rehearse"), r"^ kept +Rehearse")
    yield Step("moved", _move, "^ moved +List .* 14 Dec")
    yield Step("done", _done, "^ done +Publish")
    yield _next("RESULTS, stage 3")
    yield _next("NOTES, stage 4")
    for column, texts in enumerate(NOTES):
        for at, text in enumerate(texts, 1):
            counts = _counts(column, at)
            yield Step(f"note '{text}'", partial(_note, column, text, counts), counts)
    yield Step("reveal", _reveal, "^ 1 Start  8")
    yield Step("removed", partial(_one_key, "x", "^ 1 Start  7"), "^ 1 Start  7")
    yield Step("taken back", partial(_one_key, "u", "^ 1 Start  8"), "^ 1 Start  8")
    yield _next("GROUP, stage 5")
    for word, name in GROUPS.items():
        yield Step(f"group '{word}'", partial(_group, word), "a group without a name; e names it  4 notes")
        yield Step(f"name '{name}'", partial(_name, word, name), rf"\] {name}  4 notes")
    yield _next("VOTE, stage 6")
    for at, ballot in enumerate(BALLOTS, 1):
        yield Step(f"ballot {at}", partial(_vote, ballot), f"{at} of 8 have voted")
    yield Step("back to the vote", _back_to_the_room, "VOTE, stage 6")
    yield Step("votes shown", _show_votes, "^ +4  Tests")
    for votes in (4, 5):
        yield Step(f"raised hand {votes}", partial(_raise_a_hand, votes))
    yield _next("DISCUSS, stage 7")
    for at in (0, 1, 3):
        yield Step(f"discussed {at}", partial(_discuss, at), rf"✓ \d\. +{BY_VOTES[at]}")
    yield _next("DECIDE, stage 8")
    yield Step("action from a topic", _from_a_topic, "TAKEN ON  1")
    yield Step("action from a play", _from_a_play, "TAKEN ON  2")
    yield Step("action in own words", _in_own_words, "TAKEN ON  3")
    yield _next("CLOSE, stage 9")
    yield from _question("close", "SUMMARY")
    yield Step("file", _write_a_file)
    yield Step("end", _end, "which format")


def _begin(hand: Typist) -> None:
    hand.see("which format")
    hand.press("down")
    hand.see("Three plain questions")
    hand.press("enter")
    hand.told("WELCOME, stage 1")


def _question(check: str, following: str) -> Iterator[Step]:
    for at, value in enumerate(ANSWERS, 1):
        yield Step(f"{check}: answer {at}", partial(_answer, value))
    yield Step(f"{check}: back to the room", _back_to_the_room, "4 or more answered")
    yield Step(f"{check}: shown", _show, "4 of 8 answered")
    yield _next(following)


def _answer(value: str, hand: Typist) -> None:
    # Whoever was before has passed the keyboard, unless the program was started anew.
    hand.press("enter" if hand.shows("Pass the keyboard") else "a")
    hand.see("1-5 answer")
    hand.press(value)
    hand.see("enter hands it in")
    hand.press("enter")
    hand.told("Saved. Your answer is sealed")


def _back_to_the_room(hand: Typist) -> None:
    # A restart brings back the room; without one, the blank page may be drawn in two parts.
    hand.see(r"Pass the keyboard|stage [169] of 9")
    if hand.shows("Pass the keyboard"):
        hand.press("escape")
    hand.told(r"(?s)stage [169] of 9.* n next")


def _show(hand: Typist) -> None:
    hand.press("c")
    hand.see("Show the result")
    hand.press("y")
    hand.told("4 of 8 answered")


def _next(title: str) -> Step:
    return Step(f"to {title}", partial(_one_key, "n", title), title)


def _one_key(key: str, result: str, hand: Typist) -> None:
    hand.press(key)
    hand.told(result)


def _move(hand: Typist) -> None:
    hand.press("home", "down")
    hand.see("^ List five changes")
    hand.press("m")
    hand.see("Until")
    hand.write("in 3 weeks")
    hand.press("enter")
    hand.told("^ moved +List .* 14 Dec")


def _done(hand: Typist) -> None:
    hand.press("home", "down", "down")
    hand.see("^ Publish one page")
    hand.press("d")
    hand.told("^ done +Publish")


def _counts(column: int, at: int) -> str:
    full = [f"{len(NOTES[before])}, hidden" for before in range(column)]
    return " +".join((*full, f"{at}, hidden", *("none yet",) * (len(NOTES) - column - 1)))


def _note(column: int, text: str, counts: str, hand: Typist) -> None:
    # A program that is started anew types into the first column.
    for number in range(1, column + 1):
        if hand.shows(f"^ into {number} "):
            hand.press("tab")
            hand.see(f"^ into {number + 1} ")
    hand.write(text)
    hand.press("enter")
    hand.told(counts)


def _reveal(hand: Typist) -> None:
    if not hand.shows("i type"):
        hand.press("escape")
        hand.see("i type")
    hand.press("r")
    hand.told("^ 1 Start  8")


def _find(hand: Typist, word: str) -> None:
    hand.press("/")
    hand.see("type what to look for")
    # The line is drawn a moment before keys go to it.
    hand.terminal.settle(0.05, 0.5)
    hand.write(word)
    hand.see(f"only what holds '{word}'")
    hand.press("enter")
    hand.see("g group")
    hand.press("home")


def _find_no_more(hand: Typist) -> None:
    hand.press("escape")
    hand.see("^ 0 marked(?! +only)")


def _group(word: str, hand: Typist) -> None:
    _find(hand, word)
    for marked in range(1, 5):
        hand.press(*("down",) * (marked > 1), "space")
        hand.see(f"^ {marked} marked")
    hand.press("g")
    hand.told("a group without a name; e names it  4 notes")
    # Its name is asked for at once; here it is given later, as a step of its own.
    hand.see("Name the group")
    hand.press("escape")
    hand.see(r"\A(?![\s\S]*Name the group)")
    _find_no_more(hand)


def _name(word: str, name: str, hand: Typist) -> None:
    _find(hand, word)
    hand.press("e")
    hand.see("Name the group")
    hand.write(name)
    hand.press("enter")
    hand.told(rf"\] {name}  4 notes")
    _find_no_more(hand)


def _vote(ballot: tuple[int, ...], hand: Typist) -> None:
    hand.press("enter" if hand.shows("Pass the keyboard") else "v")
    hand.see("3 votes left of 3")
    for at, votes in enumerate(ballot):
        if at:
            hand.press("down")
        hand.press(*("space",) * votes)
    hand.see("0 votes left of 3")
    hand.press("s")
    hand.told("Only the sum of all votes is kept")


def _show_votes(hand: Typist) -> None:
    hand.press("r")
    hand.see("Show the votes")
    hand.press("y")
    hand.told("^ +4  Tests")


def _raise_a_hand(votes: int, hand: Typist) -> None:
    hand.press("home", "down", "down", "right")
    hand.told(rf"^ +{votes}  Demos")


def _discuss(at: int, hand: Typist) -> None:
    hand.press("home", *("down",) * at, "enter")
    hand.see(rf"▸ \d\. +{BY_VOTES[at]}")
    hand.press("d")
    hand.told(rf"✓ \d\. +{BY_VOTES[at]}")


def _from_a_topic(hand: Typist) -> None:
    hand.press("home", "enter")
    hand.see("What +Demos")
    hand.fill("Who sees to it", "Jo", "Until")
    hand.fill("Until", "12 Dec")
    hand.press("ctrl+s")
    hand.told("TAKEN ON  1")


def _from_a_play(hand: Typist) -> None:
    hand.press("end", "enter")
    hand.see("The best to try first")
    hand.press("enter")
    hand.see("Done when +[A-Z]")
    hand.fill("Who sees to it", "Mina")
    hand.press("ctrl+s")
    hand.told("TAKEN ON  2")


def _in_own_words(hand: Typist) -> None:
    hand.press("a")
    hand.see("Take it on")
    hand.fill("What", "Read logs", "Who sees to it")
    hand.fill("Who sees to it", "Ravi", "Until")
    hand.fill("Until", "in 2 weeks", "Done when")
    hand.fill("Done when", "Ten read")
    hand.press("enter")
    hand.told("TAKEN ON  3")


def _write_a_file(hand: Typist) -> None:
    hand.press("w")
    hand.see(rf"File, \.md or \.json +{FILE}")
    hand.press("ctrl+s")
    hand.told("Written")


def _end(hand: Typist) -> None:
    hand.press("f")
    hand.see("End the retro")
    hand.press("y")
    hand.told("and is over|; over")
