"""The stages of a retro line by line in which people answer, look back, decide and part.

Owns what is typed there and what it means. Must not know how lines are read or written, nor anything of stores.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import TypeVar

from tuiretro.cli.ask import Left
from tuiretro.cli.retro.page import check as check_words
from tuiretro.cli.retro.page import decided, page
from tuiretro.cli.retro.part import REFUSED, Part, Talk
from tuiretro.cli.retro.question import ANSWERED, ask_one
from tuiretro.cli.retro.words import FATES, about, closing, settled, taken_on
from tuiretro.core.calendar import day_and_month
from tuiretro.core.checks import STATEMENTS, TITLES
from tuiretro.core.decisions import fate_of
from tuiretro.core.retro_summary import check_line
from tuiretro.core.topics import ranked
from tuiretro.errors import BadInputError
from tuiretro.model.retro import CheckId
from tuiretro.service.retro_decisions import waiting

_SETTLE = re.compile(r"([0-9]{1,5})\s+(done|keep|move|drop)(?:\s+(?:to\s+)?(.+))?", re.IGNORECASE)
_FROM_TOPIC = re.compile(r"t\s+([0-9]{1,5})", re.IGNORECASE)
T = TypeVar("T")
PLAYS = 3
"""Of each mistake; 'tuiretro survey show' has all."""


class _Back(Exception):  # noqa: N818 - nothing failed: the team thought better of it
    """What was begun is not wanted after all."""


def _show_question(check: CheckId, talk: Talk) -> Iterator[str]:
    here = talk.lead.here
    yield f"{TITLES[check]}: {STATEMENTS[check]}"
    if check in here.retro.released:
        yield check_words(check_line(check, here.retro.released[check]))
    elif check in here.enough:
        yield f"{here.team.minimum} or more answered; c closes the question."
    else:
        yield f"Waiting for {here.team.minimum} or more answers; a answers as one person."


def _take_question(check: CheckId, talk: Talk, line: str) -> None:
    word = line.casefold()
    if word == "a":
        _answer(check, talk)
    elif word == "c":
        talk.lead.close_question(check)
        talk.lines(_show_question(check, talk))
    else:
        raise _not_understood(line)


def _answer(check: CheckId, talk: Talk) -> None:
    asked = talk.lead.question(check)
    try:
        with talk.alone():
            value = ask_one(asked, talk.read, talk.say, warning=talk.warning, will_be_cleared=talk.is_cleared)
            talk.lead.answer(check, asked, value)
    except Left:
        talk.say("Nothing was saved.")
        return
    talk.say(f"{ANSWERED} Pass the keyboard; a is the next person.")


def _not_understood(line: str) -> BadInputError:
    return BadInputError(f"'{line[:40]}' is not understood here; ? lists what is. Nothing was changed.")


def _show_actions(talk: Talk) -> Iterator[str]:
    here, since = talk.lead.here, talk.lead.since()
    found = waiting(here)
    if not found:
        yield "There is no open action of an earlier sprint; n goes on."
    for action in found:
        fate = fate_of(here.board, action)
        owner = f", {action.owner}" if action.owner else ""
        state = f" Now: {fate}." if fate else ""
        told = f" {since[action.id]}" if action.id in since else ""
        yield f"{action.id}. {action.title} (due {day_and_month(action.due)} {action.due.year}{owner}).{state}{told}"


def _take_action(talk: Talk, line: str) -> None:
    match = _SETTLE.fullmatch(line)
    if match is None:
        raise _not_understood(line)
    number, word = int(match[1]), match[2].casefold()
    if (word == "move") is (match[3] is None):
        raise BadInputError("Only move takes a day, and needs one, as in '3 move next Friday'. Nothing was changed.")
    fate = FATES[word]
    talk.lead.settle(number, fate, talk.lead.due(match[3]) if match[3] else None)
    action = next(action for action in talk.lead.here.actions if action.id == number)
    talk.say(settled(action, fate))


def _nothing(_: Talk, line: str) -> None:
    raise _not_understood(line)


def _offered(talk: Talk) -> tuple[tuple[str, str], ...]:
    """The plays for the mistakes that the topics are about, those with more votes first, then for the focus list."""
    here = talk.lead.here
    about_ = [mistake for topic in ranked(here.topics) for mistake in topic.mistakes]
    mistakes = dict.fromkeys((*about_, *here.retro.focus))
    return tuple(play for mistake in mistakes for play in talk.lead.plays(mistake)[:PLAYS])


def _show_decisions(talk: Talk) -> Iterator[str]:
    told = talk.lead.told()
    yield from (f"Topic {topic.id}. {topic.title}" for topic in told.topics if topic.is_discussed)
    yield from (f"Play {at}. {title}" for at, (_, title) in enumerate(_offered(talk), 1))
    yield from (f"Taken on: {decided(action, owners=True)}" for action in told.decided)


def _take_decision(talk: Talk, line: str) -> None:
    title: str | None = line
    play = mistake = None
    match = _FROM_TOPIC.fullmatch(line)
    if match:
        title, mistake = about(talk.lead.here, int(match[1]))
    elif line.isascii() and line.isdecimal():
        title, play = None, _play(talk, line)
    try:
        owner = _asked(talk, "Owner, or enter for nobody yet: ", str)
        due = _asked(talk, f"Due, such as next Friday; enter for {talk.lead.usual_due()}: ", partial(_due, talk))
        done = _asked(talk, f"Done when{', or enter for the play' + chr(39) + 's own' if play else ''}: ", str)
    except _Back:
        talk.say("Nothing was saved.")
        return
    talk.lead.take_on(title, play, mistake, owner or "", due, done or "")
    talk.lines(taken_on(talk.lead.here))


def _play(talk: Talk, line: str) -> str:
    plays = _offered(talk)
    if not 1 <= int(line[:4]) <= len(plays):
        raise BadInputError(f"There is no play {line[:4]}; l lists those that there are. Nothing was saved.")
    return plays[int(line[:4]) - 1][0]


def _due(talk: Talk, text: str) -> date:
    return talk.lead.due(text)


def _asked(talk: Talk, prompt: str, read: Callable[[str], T]) -> T | None:
    """What was typed, read until it makes sense; None for an empty line.

    Raises:
        _Back: b or q alone was typed.
    """
    while True:
        line = talk.read(prompt).strip()
        if line.casefold() in {"b", "q"}:
            raise _Back
        if not line:
            return None
        try:
            return read(line)
        except REFUSED as error:
            talk.say(error.message)


def _show_summary(talk: Talk) -> Iterator[str]:
    lead = talk.lead
    yield from filter(None, page(lead.here, lead.told(), lead.titles(), owners=True))


def _take_summary(talk: Talk, line: str) -> None:
    if line.casefold() != "close":
        raise _not_understood(line)
    word = talk.read(f"{closing(talk.lead.here)} Close it? y/n: ").strip().casefold()
    if word not in {"y", "yes"}:
        talk.say("The retro goes on; nothing was changed.")
        return
    talk.lead.close()
    talk.say(f"Closed. 'tuiretro retro show --sprint {talk.lead.here.retro.sprint.number}' shows it.")


def _question(check: CheckId) -> Part:
    keys = "a one person answers alone, c closes the question"
    return Part(keys, partial(_show_question, check), partial(_take_question, check))


def _show_results(talk: Talk) -> Iterable[str]:
    return talk.lead.results()


WELCOME, CLOSE = _question("welcome"), _question("close")
ACTIONS = Part(
    "'3 done', '3 keep', '3 move next Friday' or '3 drop' says what becomes of action 3", _show_actions, _take_action
)
RESULTS = Part("nothing is typed here", _show_results, _nothing)
DECIDE = Part(
    "type what will be done, or the number of a play, or 't 5' for the title of topic 5; b alone goes back while you "
    "are asked for the rest",
    _show_decisions,
    _take_decision,
)
SUMMARY = Part("close ends the retro", _show_summary, _take_summary)
