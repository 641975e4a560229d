"""Why each field of a retro's files is there; see `kept`."""

from __future__ import annotations

from collections.abc import Mapping

from tuiretro.service.kept_parts import ACTION, META, RELEASE, ROUND, SEAL, SPRINT, Reason, inside

_NOTE = {
    "id": Reason("Names the note while the board is changed."),
    "column": Reason("The column that it lies in."),
    "text": Reason("What it says. It has no author, and may be hidden still.", "screen"),
    "group": Reason("The group that it lies in."),
}
_FORMAT = {
    "id": Reason("Which format the retro has."),
    "title": Reason("What the format is called.", "typed"),
    "about": Reason("What it is good for.", "typed"),
    "columns.id": Reason("Names a column."),
    "columns.title": Reason("What the column is called.", "typed"),
    "columns.hint": Reason("What belongs into it.", "typed"),
    "columns.mistake": Reason("The mistake that it is about."),
    "stages.id": Reason("Which stage of the agenda it is."),
    "stages.title": Reason("What the stage is called.", "typed"),
    "stages.minutes": Reason("How long it is meant to take."),
    "stages.say": Reason("What a facilitator may say.", "typed"),
    "topic_minutes": Reason("How long one topic is meant to be discussed."),
    "from_focus": Reason("Whether the columns were made of the focus list."),
}
_BOARD = {
    **inside("notes", _NOTE),
    "groups.id": Reason("Names the group while the board is changed."),
    "groups.title": Reason("What the group is called.", "typed"),
    "next_id": Reason("The number of the next note or group, so that none is used twice."),
    "is_revealed": Reason("Whether the notes are shown to everybody."),
    "budget": Reason("Votes of each person, if the team chose it."),
    "several": Reason("Whether one topic may get several votes of one person."),
    "votes.*": Reason("How many votes a topic has: the sum of all people's.", "counted"),
    "voters": Reason("How many have voted by passing the keyboard.", "counted"),
    "discussed": Reason("The topics that are done."),
    "decided": Reason("The actions that were taken on, by number."),
    "reviewed.*": Reason("What became of an earlier action."),
}
_CLOCK = {
    "spent.*": Reason("Seconds that a stage or a topic took: how long, not when."),
    "extra.*": Reason("Minutes that were added to it."),
    "is_paused": Reason("Whether the timer stands still."),
    "rings": Reason("Whether the end of a time rings."),
}
_OWNER = "Who sees to it, if somebody types a name; it goes with the steps when the retro is over."
_ACTION = {**ACTION, "owner": Reason(_OWNER, "typed")}

RETROS: Mapping[tuple[str, str], Mapping[str, Reason]] = {
    ("retro", "meta"): META,
    ("retro", "retro"): {
        **inside("sprint", SPRINT),
        "held": Reason("The day on which it began: a date, never a time."),
        **inside("format", _FORMAT),
        "people": Reason("How many people the team had when it began."),
        "minimum": Reason("How many answers or votes cast alone are needed before any are shown, as it was then."),
        "focus": Reason("The mistakes on the focus list when it began."),
        **inside("base", _BOARD),
        "changes": Reason("Nothing: the steps lie in a table of their own."),
        "undone": Reason("How many of the last steps are taken back."),
        "stage": Reason("Where the team stands in the agenda."),
        "seen": Reason("Where the team has been."),
        **inside("clock", _CLOCK),
        **inside("released.welcome", RELEASE),
        **inside("released.close", RELEASE),
        "votes_shown": Reason("Whether votes that people cast alone have been shown: nobody can add one after that."),
        "is_over": Reason("Whether it is over; then its steps are gone."),
    },
    ("retro", "changes"): {
        "type": Reason("What was done to the board; the order of steps is what undoing them takes."),
        "column": Reason("Where a note went."),
        "text": Reason("What a note says. It has no author, and may be hidden still.", "screen"),
        "note": Reason("Which note."),
        "shown": Reason("Whether the notes were shown or hidden."),
        "notes": Reason("Which notes."),
        "group": Reason("Which group."),
        "title": Reason("What a group is called.", "typed"),
        "budget": Reason("Votes of each person, if the team chose it."),
        "several": Reason("Whether one topic may get several votes of one person."),
        "topic": Reason("Which note or group."),
        "votes": Reason("Votes that were counted together, such as raised hands.", "counted"),
        "votes.*": Reason("How many votes a topic has: the sum of all people's, and only the last one.", "counted"),
        "voters": Reason("How many have voted by passing the keyboard.", "counted"),
        "done": Reason("Whether a topic is done or open again."),
        "before": Reason("Nothing, for an action that was taken on."),
        **inside("before", _ACTION),
        **inside("after", _ACTION),
        "fate": Reason("What became of an earlier action."),
    },
    ("retro", "checks"): {
        "check": Reason("Which of the two questions it is."),
        **inside("asked", {**ROUND, "id": Reason("Random; names the question.")}),
        **inside("seal", SEAL),
        "private_key": Reason(
            "Opens the answers to this question once, at closing; destroyed with them. Secret, not shown.", "bytes"
        ),
        "boxes": Reason(
            "Sealed answers until the question is closed, sorted by their random bytes: nothing says whose or when.",
            "boxes",
        ),
    },
    ("dropped", "meta"): META,
    ("dropped", "notes"): {"text": Reason("What the note says. It has no author and no time.", "screen")},
    ("journal", "meta"): META,
    ("journal", "writes"): {
        "path": Reason("Which file is to be replaced."),
        "content": Reason("What it is to hold.", "screen"),
        "day": Reason("The only day that the file's time tells; never a time."),
    },
}
"""As `kept.FIELDS`."""
