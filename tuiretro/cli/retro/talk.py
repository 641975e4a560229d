"""A team leads its retro line by line: for screen readers, bare terminals and pipes.

Owns the dialogue: where the team stands, what can be typed at every stage, and what is said. What a stage takes stands
in `talk_*` beside. Must not know how lines are read or written, nor anything of stores.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tuiretro.cli.ask import Read, Say
from tuiretro.cli.retro import talk_board as board
from tuiretro.cli.retro import talk_words as words
from tuiretro.cli.retro.page import where
from tuiretro.cli.retro.part import REFUSED, Part, Talk
from tuiretro.core.agenda import SUMMARY, allowed, current, is_over_time, topic_key
from tuiretro.core.pointing import stage_at
from tuiretro.core.text import clean, plural
from tuiretro.model.board_format import Format
from tuiretro.model.retro import Change, Revealed
from tuiretro.service.retro_room import Room

KEYS = (
    "n next stage, b back, go NAME another stage, s what to say, l list again, r show the notes, u undo, redo, more a "
    "minute more, ? help, q leave; everything is saved"
)
PARTS: dict[str, Part] = {
    "welcome": words.WELCOME,
    "actions": words.ACTIONS,
    "results": words.RESULTS,
    "notes": board.NOTES,
    "group": board.GROUP,
    "vote": board.VOTE,
    "discuss": board.DISCUSS,
    "decide": words.DECIDE,
    "close": words.CLOSE,
    SUMMARY: words.SUMMARY,
}
"""By stage, and behind the last one."""
LEFT = "You left. Everything is saved; 'tuiretro retro --plain' goes on from here."


class Watch:
    """Measures what a stage, and the topic in it, takes; speaks up once when the time is over.

    Args:
        talk: Whom it tells.
        seconds: A clock that never goes back, in seconds.
    """

    def __init__(self, talk: Talk, seconds: Callable[[], float]) -> None:
        self._talk, self._seconds = talk, seconds
        self._since, self._rung = seconds(), False
        self._topic = talk.topic

    def follow(self) -> None:
        """Begins to count for another topic, if the talk looks at another one."""
        if self._talk.topic != self._topic:
            self.keep()
            self._topic = self._talk.topic

    def look(self) -> None:
        """Says once that a stage has had its time."""
        retro = self._talk.lead.here.retro
        stage = current(retro)
        if stage is None or self._rung or retro.clock.is_paused:
            return
        spent = retro.clock.spent.get(stage.id, 0) + int(self._seconds() - self._since)
        if is_over_time(retro, stage.id, spent):
            self._rung = True
            minutes = plural(allowed(retro, stage.id) // 60, "minute")
            self._talk.say(f"Time is up: the {minutes} of this stage are over. n goes on, more adds a minute.")

    def keep(self) -> None:
        """Keeps what the stage, and the topic in it, has taken since it was kept last."""
        now = self._seconds()
        spent = int(now - self._since)
        self._since += spent
        talk = self._talk
        stage = current(talk.lead.here.retro)
        if spent <= 0 or stage is None or talk.lead.here.retro.is_over:
            return
        topic = {} if self._topic is None else {topic_key(self._topic): spent}
        talk.lead.spend({stage.id: spent, **topic})

    def restart(self) -> None:
        """A stage begins."""
        self._rung, self._topic = False, None


def lead(talk: Talk, seconds: Callable[[], float]) -> None:
    """Leads through a retro until the team leaves or ends it; the end of input leaves, too.

    Args:
        talk: With whom, and about which retro.
        seconds: A clock that never goes back, in seconds.
    """
    watch = Watch(talk, seconds)
    try:
        talk.say(f"Everywhere, followed by enter: {KEYS}.")
        _arrive(talk)
        while not talk.lead.here.retro.is_over:
            watch.follow()
            watch.look()
            line = talk.read(f"{clean(_name(talk))}: ").strip()
            if line.casefold() in {"q", "quit"}:
                break
            try:
                _take(talk, watch, line)
            except REFUSED as error:
                talk.say(error.message)
    except EOFError:
        talk.say("The input ended.")
    finally:
        watch.keep()
    if not talk.lead.here.retro.is_over:
        talk.say(LEFT)


def _name(talk: Talk) -> str:
    stage = current(talk.lead.here.retro)
    return SUMMARY if stage is None else stage.title


def _part(talk: Talk) -> Part:
    stage = current(talk.lead.here.retro)
    return PARTS[SUMMARY if stage is None else stage.id]


def _arrive(talk: Talk) -> None:
    """Says where the team is, what may be said, and what can be typed."""
    talk.topic = None
    talk.say(where(talk.lead.here.retro))
    _what_to_say(talk)
    part = _part(talk)
    talk.lines(part.show(talk))
    talk.say(f"Keys: {part.keys}; n next, b back, ? all keys.")


def _what_to_say(talk: Talk) -> None:
    stage = current(talk.lead.here.retro)
    if stage is not None and stage.say:
        talk.say(f"What to say: {' '.join(stage.say)}")


def _reveal(talk: Talk, *, shown: bool) -> None:
    def step(now: Room) -> tuple[Change, ...]:
        return () if now.board.is_revealed is shown else (Revealed(shown),)

    talk.lead.change(step)
    talk.say("The notes are shown now." if shown else "The notes are hidden now.")


def _take(talk: Talk, watch: Watch, line: str) -> None:
    word = line.casefold()
    part = _part(talk)
    if word in _STEPS or word.startswith("go "):
        watch.keep()
        _move(talk, word)
        watch.restart()
        _arrive(talk)
    elif word in {"?", "h", "help"}:
        talk.say(where(talk.lead.here.retro))
        talk.say(f"Keys, each followed by enter: {part.keys}; {KEYS}.")
    elif word in {"l", "list"}:
        talk.lines(part.show(talk))
    elif word in _COMMON:
        _COMMON[word](talk)
    elif line:
        part.take(talk, line)


_STEPS = {"n": 1, "next": 1, "b": -1, "back": -1}


def _move(talk: Talk, word: str) -> None:
    if word in _STEPS:
        talk.lead.move_on(_STEPS[word])
    else:
        talk.lead.go(stage_at(talk.lead.here.retro.format, word.removeprefix("go ")))


def _undo(talk: Talk) -> None:
    talk.say(talk.lead.undo())


def _redo(talk: Talk) -> None:
    talk.say(talk.lead.redo())


def _more(talk: Talk) -> None:
    stage = current(talk.lead.here.retro)
    if stage is None:
        talk.say("The summary has no time of its own.")
        return
    talk.lead.more_time(stage.id)
    talk.say(where(talk.lead.here.retro))


_COMMON: dict[str, Callable[[Talk], None]] = {
    "s": _what_to_say,
    "u": _undo,
    "undo": _undo,
    "redo": _redo,
    "more": _more,
    "r": lambda talk: _reveal(talk, shown=True),
    "hide": lambda talk: _reveal(talk, shown=False),
}


def choose_format(known: Sequence[Format], usual: str, read: Read, say: Say) -> str | None:
    """The id of the format that a team begins its retro with; None if it leaves.

    Args:
        known: The formats that there are.
        usual: The one that enter takes.
        read: Where lines come from.
        say: Where sentences go.
    """
    say("No retro is under way. Choose a format to begin one:")
    for at, one in enumerate(known, 1):
        say(clean(f"{at} {one.title}. {one.about}"))
    while True:
        try:
            word = read(f"Number, enter for {usual}, or q to leave: ").strip().casefold()
        except EOFError:
            return None
        if word in {"q", "quit"}:
            return None
        if not word:
            return usual
        if word.isascii() and word.isdecimal() and 1 <= int(word[:4]) <= len(known):
            return known[int(word[:4]) - 1].id
        say(f"Type a number from 1 to {len(known)}, enter, or q.")
