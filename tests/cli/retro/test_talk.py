"""The dialogue that leads a retro line by line, on a workspace in memory."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from tuiretro.cli.ask import Read
from tuiretro.cli.retro.lead import WorkspaceLead
from tuiretro.cli.retro.part import Talk
from tuiretro.cli.retro.talk import KEYS, LEFT, PARTS, choose_format, lead
from tuiretro.library import Library
from tuiretro.model.board_format import STAGES
from tuiretro.model.retro import Board
from tuiretro.model.team import Cadence, Every, Team
from tuiretro.service import actions, retros
from tuiretro.service.workspace import Workspace
from tuiretro.store.memory import MemoryStore

TODAY = date(2026, 11, 26)
ATLAS = Team("a1b2c3d4e5f60718", "Atlas", 5, (Cadence(1, date(2026, 11, 16), Every(2, "week")),))


class Meeting:
    """A team that types lines, and what is said to it."""

    def __init__(self) -> None:
        store = MemoryStore()
        store.change_teams(lambda _: (ATLAS,))
        self.workspace = Workspace(store, Library(), lambda: TODAY, random.Random(1))
        self.said: list[str] = []
        self.now = 0.0
        self.per_line = 0.0
        """Seconds that go by with each line."""
        self.cleared = 0

    def begin(self, layout: str = "start-stop-continue") -> retros.Room:
        return retros.begin(self.workspace, ATLAS, layout)

    def type(self, *lines: str) -> list[str]:
        """What is said while so many lines are typed, one after the other; then the input ends."""
        self.said = []
        talk = Talk(WorkspaceLead(self.workspace, self.room()), self.reading(lines), self.said.append, self._alone)
        lead(talk, lambda: self.now)
        return self.said

    def room(self) -> retros.Room:
        return retros.room(self.workspace, ATLAS)

    @property
    def board(self) -> Board:
        return self.room().board

    def reading(self, lines: Iterable[str]) -> Read:
        typed = iter(lines)

        def read(prompt: str) -> str:
            self.said.append(prompt)
            for line in typed:
                self.now += self.per_line
                return line
            raise EOFError

        return read

    @contextmanager
    def _alone(self) -> Iterator[None]:
        yield
        self.cleared += 1


@pytest.fixture
def meeting() -> Meeting:
    made = Meeting()
    made.begin()
    return made


@pytest.fixture
def noted(meeting: Meeting) -> Meeting:
    """Three notes are written, and the team stands at the stage after that."""
    meeting.type("go notes", "write tests first", "2 late deploys", "3 talking to users", "n")
    return meeting


def test_a_whole_retro_is_led_by_typing_and_ends(meeting: Meeting) -> None:
    actions.add(meeting.workspace, ATLAS, "Old thing", owner="Jo")
    said = meeting.type(
        *("a", "4", "a", "5", "a", "3", "a", "4", "c", "n"),
        *("1 done", "n", "n"),
        *("write tests first", "2 late deploys", "3 talking to users", "n"),
        *("group 1 2 as Pace", "n"),
        *("v", "4=2 3", "v", "4", "v", "4", "v", "3", "n"),
        *("d", "d", "n"),
        *("t 4", "Mina", "next friday", "it is calm", "n"),
        *("a", "5", "n"),
        *("close", "y"),
    )
    here = meeting.room()
    assert here.retro.is_over
    assert [topic.title for topic in here.topics] == ["Pace", "talking to users"]
    assert (here.board.votes, here.board.voters) == ({4: 4, 3: 2}, 4)
    assert [(action.title, action.status, action.owner) for action in here.actions] == [
        ("Old thing", "done", "Jo"),
        ("Pace", "open", "Mina"),
    ]
    assert here.actions[1].due == date(2026, 12, 4)
    assert [here.retro.released["welcome"].answered, "close" in here.retro.released] == [None, False]
    assert meeting.cleared == 9
    assert "Stage 4 of 9: notes, 8 minutes." in said
    assert any(line.startswith("What to say: Welcome.") for line in said)
    assert "Safety check: 4.0 ±0.9; nearly all answered. Right now I can say in this retro what I really think." in said
    assert said[-1] == "Closed. 'tuiretro retro show --sprint 1' shows it."
    assert all(line == line.strip() for line in said if not line.endswith(": "))


def test_every_stage_has_a_part_and_says_where_the_team_is_and_what_can_be_typed(meeting: Meeting) -> None:
    assert set(PARTS) == {*STAGES, "summary"}
    said = meeting.type(*["n"] * len(STAGES))
    for at, stage in enumerate(STAGES, 1):
        assert any(line.startswith(f"Stage {at} of 9: {stage}, ") for line in said)
        assert f"Keys: {PARTS[stage].keys}; n next, b back, ? all keys." in said
    assert said.count(f"Everywhere, followed by enter: {KEYS}.") == 1
    assert said[-2:] == ["The input ended.", LEFT]


def test_leaving_keeps_everything_and_the_next_one_goes_on_from_there(meeting: Meeting) -> None:
    assert meeting.type("go notes", "one note", "q")[-1] == LEFT
    assert "Stage 4 of 9: notes, 8 minutes." in meeting.type("quit")
    assert [note.text for note in meeting.board.notes] == ["one note"]
    assert meeting.room().retro.stage == "notes"


def test_the_keys_that_work_everywhere(noted: Meeting) -> None:
    said = noted.type("", "?", "l", "s", "hide", "r", "more", "u", "u", "redo", "b", "back", "next", "go 9", "go lunch")
    assert any(line.startswith("Keys, each followed by enter: 'group") and line.endswith(f"{KEYS}.") for line in said)
    assert said.count("1. write tests first (Start)") == 2
    assert said.count("The notes are hidden now.") == 1
    assert "The notes are shown now." in said
    assert "Stage 5 of 9: group, 5 minutes." in said
    assert "Taken back: showing the notes." in said
    assert "Done again: hiding the notes." in said
    assert any("no stage 'lunch'" in line for line in said)
    assert noted.room().retro.stage == "close"


def test_notes_go_where_they_are_sent_and_can_be_changed(meeting: Meeting) -> None:
    said = meeting.type(
        *("go notes", "first", "2 second", "2", "third", "9000 users left", "0 errors", "1 2 things"),
        *("edit 1 First", "move 1 to 3", "remove 2", "edit 77 x", "x" * 281),
    )
    kept = {note.text: note.column for note in meeting.board.notes}
    assert kept == {
        "First": "continue",
        "third": "stop",
        "9000 users left": "stop",
        "0 errors": "stop",
        "2 things": "start",
    }
    assert "Saved. Note 2 in Stop." in said
    assert "A note goes into Stop now. What costs more than it brings?" in said
    assert "There is no note 77 on the board; nothing was changed." in said
    assert any("281 characters" in line for line in said)


def test_a_hidden_note_is_not_said_again(meeting: Meeting) -> None:
    said = meeting.type("go notes", "a secret", "l", "go actions", "go notes")
    assert "1 note, hidden until the team shows them." in said
    assert not any("secret" in line for line in said)


def test_notes_are_shown_where_people_look_at_them(noted: Meeting) -> None:
    assert noted.board.is_revealed
    assert "The notes are shown now." not in noted.type("n")


def test_groups_are_made_named_and_taken_apart(noted: Meeting) -> None:
    said = noted.type("1, 2", "name 4 Pace", "group 3 1", "name 4", "apart 3", "apart 4", "u", "lunch", "group 1 99")
    assert "Saved. Group 4, write tests first: 2 notes." in said
    assert "Saved. Group 4 is called 'Pace'." in said
    assert "Saved. Group 4, Pace: 3 notes." in said
    assert "Saved. Group 4 has no name of its own now." in said
    assert "'lunch' is not understood here; ? lists what is. Nothing was changed." in said
    assert "There is no topic 99; nothing was changed." in said
    assert [(topic.id, len(topic.notes)) for topic in noted.room().topics] == [(4, 2), (3, 1)]


def test_ballots_are_typed_alone_and_nobody_sees_those_of_others(noted: Meeting) -> None:
    said = noted.type("n", "v", "1=3", "v", "1=9", "v", "", "v", "x", "l", "u", "v", "2, 2")
    assert "Saved. 1 person has voted. Pass the keyboard; v is the next person." in said
    assert "Each person has 3 votes, and this ballot gives 9. Nothing was saved." in said
    assert "No votes were given." in said
    assert not any("vote)" in line or "votes)" in line for line in said)
    assert noted.board.votes == {2: 2}
    assert noted.cleared == 3


def test_what_is_hidden_again_is_named_by_its_number_alone(noted: Meeting) -> None:
    said = noted.type("hide", "1 2", "n", "hide", "v", "4", "n", "hide", "d", "n")
    hidden = said[said.index("The notes are hidden now.") :]
    assert "Saved. Group 4, hidden: 2 notes." in hidden
    assert "Saved. Next topic: 3. hidden, 5 minutes. d when it is done." in hidden
    assert noted.board.votes == {4: 1}


def test_hands_are_counted_and_the_rules_set(noted: Meeting) -> None:
    said = noted.type("n", "count 1=5, 2=1", "budget 2", "single", "several", "budget 0", "count 1=99999")
    assert noted.board.votes == {1: 5, 2: 1}
    assert "Each person has 2 votes; one for a topic at most." in said
    assert any("budget of 0" in line for line in said)
    assert any("99999 votes" in line for line in said)


def test_topics_are_discussed_in_the_order_of_their_votes(noted: Meeting) -> None:
    said = noted.type("n", "count 2=3", "n", "d", "d 3", "d 3", "open 3", "d", "d", "d", "d 9")
    assert "Next topic: 2. late deploys, 5 minutes. d when it is done." in said
    assert "Saved. All topics are discussed; n goes on." in said
    assert "All topics are discussed; name one, such as 'open 5', to open it again." in said
    assert noted.board.discussed == (2, 1, 3) or set(noted.board.discussed) == {1, 2, 3}


def test_an_action_can_be_taken_on_after_second_thoughts(noted: Meeting) -> None:
    said = noted.type(
        *("go decide", "Call them", "b", "Call them", "", "someday", "2026-01-01", "b"),
        *("Call them", "", "", "", "t 2", "Jo", "in 3 days", "", "t 99", "7"),
    )
    assert said.count("Nothing was saved.") == 2
    assert any("'someday' is not understood" in line for line in said)
    assert "Saved. Action 1: Call them; due 2026-12-13, nobody's so far." in said
    assert "Saved. Action 2: late deploys; due 2026-11-29, Jo." in said
    assert "There is no topic 99; nothing was changed." in said
    assert "There is no play 7; l lists those that there are. Nothing was saved." in said
    assert "Taken on: 2. late deploys (due 29 Nov 2026, Jo)." in noted.type("l")


def test_a_due_date_in_the_past_is_refused_at_the_end_and_nothing_is_taken_on(noted: Meeting) -> None:
    said = noted.type("go decide", "Call them", "", "2026-01-01", "")
    assert any("in the past" in line for line in said)
    assert noted.room().actions == ()


def test_earlier_actions_are_settled(meeting: Meeting) -> None:
    for title in ("one", "two", "three"):
        actions.add(meeting.workspace, ATLAS, title)
    said = meeting.type(
        *(
            "go actions",
            "1 done",
            "2 move to next friday",
            "2 move",
            "3 drop tomorrow",
            "3 KEEP",
            "9 drop",
            "hello",
            "l",
        )
    )
    assert meeting.board.reviewed == {1: "done", 2: "moved", 3: "kept"}
    assert said.count("Only move takes a day, and needs one, as in '3 move next Friday'. Nothing was changed.") == 2
    assert "There is no action 9; nothing was changed." in said
    assert "1. one (due 13 Dec 2026). Now: done." in said
    actions.finish(meeting.workspace, ATLAS, 1, "open")
    meeting.type("1 done")
    actions.finish(meeting.workspace, ATLAS, 1, "open")
    assert "1. one (due 13 Dec 2026)." in meeting.type("n", "b", "l")


def test_a_question_tells_nothing_before_k(meeting: Meeting) -> None:
    said = meeting.type("c", "a", "4", "a", "q", "x", "l", "a", "", "a")
    assert any(line.startswith("Nobody has answered") or line.startswith("Fewer than 4") for line in said)
    assert "Nothing was saved." in said
    assert said.count("Waiting for 4 or more answers; a answers as one person.") == 2
    assert "4 or more answered; c closes the question." in meeting.type("a", "4", "a", "4", "a", "4", "l")


def test_there_is_nothing_to_type_at_the_results(meeting: Meeting) -> None:
    said = meeting.type("go results", "x")
    assert "No round of sprint 1 was closed, so there are no results." in said
    assert "'x' is not understood here; ? lists what is. Nothing was changed." in said


def test_the_end_is_asked_for_and_can_be_thought_better_of(meeting: Meeting) -> None:
    said = meeting.type("go summary", "more", "s", "end", "close", "n", "b")
    assert "The summary has no time of its own." in said
    assert "The retro goes on; nothing was changed." in said
    assert meeting.room().retro.stage == "close"


def test_the_clock_of_stages_and_topics_is_kept_and_speaks_up_once(noted: Meeting) -> None:
    noted.per_line = 200.5
    said = noted.type("?", "?", "more", "go discuss", "d", "?", "q")
    clock = noted.room().retro.clock
    assert clock.extra == {"group": 1}
    assert said.count("Time is up: the 4 minutes of this stage are over. n goes on, more adds a minute.") == 1
    assert clock.spent["group"] == 802
    assert {key: clock.spent[key] for key in ("topic:1", "topic:2")} == {"topic:1": 200, "topic:2": 401}
    assert clock.spent["discuss"] == 601


def test_a_clock_that_is_paused_is_silent(noted: Meeting) -> None:
    from msgspec.structs import replace

    retros.set_clock(noted.workspace, noted.room(), lambda clock: replace(clock, is_paused=True))
    noted.per_line = 900
    assert not any("Time is up" in line for line in noted.type("?", "?", "q"))


def test_a_format_is_chosen_by_number_or_the_usual_one_taken(meeting: Meeting) -> None:
    known = meeting.workspace.library.formats()

    def choice(*lines: str) -> str | None:
        meeting.said = []
        return choose_format(known, "sailboat", meeting.reading(lines), meeting.said.append)

    assert choice("") == "sailboat"
    assert choice("2") == known[1].id
    assert choice("0", "x", "99", "²", "1") == known[0].id
    assert meeting.said.count(f"Type a number from 1 to {len(known)}, enter, or q.") == 4
    assert choice("q") is None
    assert choice() is None


def test_what_people_typed_cannot_steer_a_terminal(meeting: Meeting) -> None:
    said = meeting.type("go notes", "a\x1b[2Jb", "\x1b[31m", "n", "\x9b2J", "go \x1b[2J")
    assert meeting.board.notes == ()
    assert all(character.isprintable() for line in said for character in line)


def test_a_colon_makes_a_note_of_anything(meeting: Meeting) -> None:
    meeting.type("go notes", ": s", ":2 servers went down", ": edit 1 nothing")
    assert [note.text for note in meeting.room().board.notes] == ["s", "2 servers went down", "edit 1 nothing"]
