"""The commands of a retro that is under way; one key may mean one thing at each stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tuiretro.model.board_format import StageId
from tuiretro.tui.commands import FIND, HELP, THEME, Command

NEXT = Command("stage-next", "n", "next", "The next stage", "Go on; nothing is lost on the way.", "wish('next')")
BACK = Command("stage-back", "b", "back", "The stage before", "Go back; nothing is lost on the way.", "wish('back')")
JUMP = Command("stage-jump", "j", "jump", "Any stage", "Choose a stage, or the summary.", "wish('jump')")
PAUSE = Command("clock-pause", "p", "pause", "Pause the clock", "Stop the timers, or let them run.", "wish('pause')")
MINUTE = Command(
    "clock-minute", "plus", "a minute", "A minute more", "Give this stage, or this topic, a minute more.", "minute", "+"
)
BELL = Command(
    "clock-bell",
    "ctrl+b",
    "bell",
    "The bell",
    "Ring the terminal's bell when a time is up, or do not.",
    "wish('bell')",
    on_line=False,
)
SAY = Command("say", "s", "say", "What to say now", "Words for the facilitator of this stage.", "wish('say')")
UNDO = Command(
    "undo", "u", "undo", "Take back", "Take the last change of the board back; again for more.", "wish('undo')"
)
REDO = Command(
    "redo", "U", "redo", "Do again", "Do again what was taken back last.", "wish('redo')", "U", on_line=False
)
WRITE = Command(
    "retro-write",
    "w",
    "write",
    "Write the summary to a file",
    "Markdown or JSON, as it stands now; a file that is there is never overwritten.",
    "wish('write')",
    on_line=False,
)
LEAVE = Command(
    "retro-leave",
    "escape,q",
    "leave",
    "Leave the room",
    "Back to the main screens; everything is saved, and the retro goes on where you are.",
    "wish('leave')",
    "q",
)
EVER = (UNDO, SAY, BACK, PAUSE, MINUTE, JUMP, REDO, BELL, WRITE, LEAVE, THEME, replace(FIND, on_line=False), NEXT, HELP)
"""At every stage; the last two always have their place on the key line."""
ASKING = frozenset(
    (
        *("say", "write", "jump", "finish", "comments", "rules"),
        *("answer", "close check", "drop check", "ballot"),
        *("edit", "last note", "move note", "together", "name", "move action", "decide", "free"),
    )
)
"""Wishes that ask something on a screen of its own, which takes the keys from then on."""
LOOKING = frozenset({"say", "write", "leave", "comments"})
"""What is possible without leading the retro, by wish."""

ANSWER_CHECK = Command(
    "check-answer", "a", "answer", "Answer the question", "As one person; then pass the keyboard.", "wish('answer')"
)
SHOW_CHECK = Command(
    "check-show",
    "c",
    "show",
    "Close the question",
    "Show what may be shown and destroy the answers; needs k answers or more.",
    "wish('close check')",
)
DROP_CHECK = Command(
    "check-drop",
    "ctrl+x",
    "abandon",
    "Abandon the question",
    "Destroy the answers to it; nothing is shown of them.",
    "wish('drop check')",
    on_line=False,
)
FINISH = Command(
    "retro-finish",
    "f",
    "finish",
    "End the retro",
    "Keep what was decided; nothing can be changed after.",
    "wish('finish')",
)
DONE = Command("review-done", "d", "done", "It is done", "The chosen action is done.", "wish('done')")
KEEP = Command("review-keep", "k", "keep", "Keep it", "It stays as it is.", "wish('keep')")
MOVE_ON = Command("review-move", "m", "move", "Move it", "It gets another due date.", "wish('move action')")
DROP = Command("review-drop", "x", "drop", "Drop it", "The team will not do it.", "wish('drop')")

COMMENTS = Command(
    "review-comments",
    "v",
    "comments",
    "Read the comments",
    "In random order, word for word, on this screen only.",
    "wish('comments')",
)

TYPE = Command("note-type", "i", "type", "Type notes", "Enter adds a note, tab takes the next column.", "type")
REVEAL = Command(
    "note-reveal", "r", "reveal", "Show the notes", "Show all notes, or hide them again.", "wish('reveal')"
)
EDIT = Command("note-edit", "e", "edit", "Edit the note", "Another text for the chosen note.", "wish('edit')")
MOVE = Command(
    "note-move", "m", "move", "Move the note", "The chosen note goes into another column.", "wish('move note')"
)
REMOVE = Command("note-remove", "x", "remove", "Remove the note", "Off the board; u brings it back.", "wish('remove')")

MARK = Command("group-mark", "space", "mark", "Mark", "Mark what the cursor is on, or take the mark away.", "mark")
TOGETHER = Command(
    "group-together", "g", "group", "Put together", "All that is marked becomes one group, or joins one.", "together"
)
NAME = Command("group-name", "e", "name", "Name the group", "What the notes of the group are about.", "wish('name')")
APART = Command(
    "group-apart",
    "t",
    "apart",
    "Take apart",
    "A group's notes on their own; or one note out of it.",
    "wish('apart')",
)
SEARCH = Command(
    "group-search", "slash", "find", "Find notes", "Type a few letters: only what holds them is shown.", "search", "/"
)

BALLOT = Command("vote-alone", "v", "vote", "Vote alone", "As one person; then pass the keyboard.", "wish('ballot')")
MORE = Command(
    "vote-more",
    "right",
    "a vote more",
    "One vote more",
    "For the chosen topic, such as a raised hand.",
    "count(1)",
    "→",
)
LESS = Command(
    "vote-less", "left", "a vote less", "One vote less", "For the chosen topic.", "count(-1)", "←", on_line=False
)
RULES = Command(
    "vote-rules",
    "m",
    "rules",
    "The rules of the vote",
    "How many votes each person has, and on one topic.",
    "wish('rules')",
)
SHOW = Command(
    "vote-show",
    "r",
    "reveal",
    "Show the votes",
    "Show how many votes each topic has; then nobody can vote alone.",
    "wish('show votes')",
)

PICK = Command("topic-pick", "enter", "this one", "Discuss this topic", "Its own timer runs.", "pick")
TALKED = Command(
    "topic-done",
    "d",
    "done",
    "Topic discussed",
    "Mark it, and take the next one; or open it again.",
    "wish('discussed')",
)
DECIDE_ON = Command(
    "topic-decide", "a", "action", "An action from this topic", "A play, or your own words.", "wish('decide')"
)

DECIDE = Command(
    "decide",
    "enter",
    "action",
    "An action from what the cursor is on",
    "A play of its mistake, or your own words.",
    "pick",
)
FREE = Command(
    "decide-free", "a", "own words", "An action in your own words", "Owner, date and done-when.", "wish('free')"
)

AT_STAGE: Mapping[StageId | str, tuple[Command, ...]] = {
    "welcome": (ANSWER_CHECK, SHOW_CHECK, DROP_CHECK),
    "actions": (DONE, KEEP, MOVE_ON, DROP),
    "results": (COMMENTS,),
    "notes": (TYPE, REVEAL, EDIT, MOVE, REMOVE),
    "group": (MARK, TOGETHER, NAME, APART, SEARCH),
    "vote": (BALLOT, MORE, LESS, SHOW, RULES),
    "discuss": (PICK, TALKED, DECIDE_ON, MINUTE, PAUSE),
    "decide": (DECIDE, FREE),
    "close": (ANSWER_CHECK, SHOW_CHECK, DROP_CHECK, FINISH),
    "summary": (FINISH, replace(WRITE, on_line=True)),
}
"""What each stage adds."""


def at_stage(stage: str) -> tuple[Command, ...]:
    """Everything that a stage offers, its own first."""
    own = AT_STAGE.get(stage, ())
    known = {command.id for command in own}
    return (*own, *(command for command in EVER if command.id not in known))


RETRO_GROUPS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    ("In a retro, at every stage", EVER),
    *((f"In a retro: {stage}", commands) for stage, commands in AT_STAGE.items() if commands),
)
"""For the documentation and the test that no key means two things at one stage."""
