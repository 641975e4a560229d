"""Why each thing in a workspace is there, in one sentence each.

The list against which the audit holds the files: what is not in it has no business in a workspace. Owns the
kinds of files and the dotted names of fields. Knows nothing of how files are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from tuiretro.store.layout import is_inside, without_copy_mark

Handling = Literal["shown", "typed", "sealed", "bytes", "screen", "counted"]


class Reason(Struct, frozen=True):
    """Why something is kept, and how the audit shows its example."""

    why: str
    handling: Handling = "shown"
    """'typed' is text of people, shown but not searched for times; 'screen' is left to the app's own screens, and so is
    'counted', a number of people: an example of it may point at one of them."""


FILES: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("workspace", re.compile(r"workspace\.json"), "The teams and their settings."),
    ("history", re.compile(r"[0-9a-f]+/history\.json"), "The numbers that closing a round released."),
    ("actions", re.compile(r"[0-9a-f]+/actions\.json"), "What the team took on."),
    (
        "round",
        re.compile(r"[0-9a-f]+/rounds/[0-9a-f]+/round\.json"),
        "The open round and its sealed boxes; destroyed when it closes.",
    ),
    (
        "key",
        re.compile(r"[0-9a-f]+/rounds/[0-9a-f]+/key"),
        "Opens the boxes of this round once, at closing; destroyed with them. A closing code, if any, locks it.",
    ),
    (
        "lock",
        re.compile(r"workspace\.lock|[0-9a-f]+/team\.lock"),
        "Keeps two programs from writing at once; always empty.",
    ),
    ("survey", re.compile(r"surveys/[^/]+\.toml"), "A survey of the team's own."),
    ("mistake", re.compile(r"surveys/mistakes/[0-9]{2}-[^/]+\.toml"), "A mistake of the team's own."),
    ("plays", re.compile(r"surveys/plays/[^/]+\.toml"), "Plays of the team's own for a mistake or survey."),
    ("language", re.compile(r"surveys/languages/[^/]+\.toml"), "A language of the team's own."),
    ("page", re.compile(r"surveys/(templates/)?[^/]+\.md"), "A template or page of the team's own."),
    (
        "backup",
        re.compile(r"backups/[0-9]{4}-[0-9]{2}-[0-9]{2}(-[0-9]+)?\.json"),
        "What a restore replaced; remove it when the restored state has proved right.",
    ),
    (
        "restore",
        re.compile(r"\.tuiretro-(staging|restoring)/(plan\.json|files/.+)"),
        "A restore on its way into place; finished or removed at the next start.",
    ),
)
"""Kind, path within the workspace, and why the file is there."""


def _inside(prefix: str, fields: Mapping[str, Reason]) -> dict[str, Reason]:
    return {f"{prefix}.{name}": reason for name, reason in fields.items()}


_SPRINT = {
    "number": Reason("Which sprint it is."),
    "starts": Reason("First day of the sprint: a date, never a time."),
    "ends": Reason("Last day of the sprint: a date, never a time."),
}
_QUESTION = {
    "id": Reason("Names the item, so that its values form one line over the sprints."),
    "short": Reason("The statement as a table label.", "typed"),
    "text": Reason("The statement as it was asked.", "typed"),
    "theme": Reason("Where the item stands on screen."),
    "version": Reason("A changed wording starts a new line in every chart."),
    "mistake": Reason("The mistake that the item asks about."),
    "facet": Reason("The side of the mistake that the item asks about."),
    "language": Reason("The language of the statement; another one starts a new line as well."),
    "scale": Reason("What 1 to 5 were called when it was asked."),
}
_ITEM = {
    "id": Reason("Which item was asked."),
    "version": Reason("Which wording of it was asked."),
    "n": Reason("How many answered the item; the width of the band depends on it.", "counted"),
    "mean": Reason("Their average, to one decimal, with both ends coded; nothing finer is kept."),
    "spread": Reason("How far apart the answers were, as one word, from six answers on; never near an end."),
    "language": Reason("In which language it was asked."),
}
_META = {"schema": Reason("Tells a later version how to read the file.")}

FIELDS: Mapping[tuple[str, str], Mapping[str, Reason]] = {
    ("workspace", "meta"): _META,
    ("workspace", "teams"): {
        "id": Reason("Random; the name of the team's folder."),
        "name": Reason("The team's name, on every screen.", "typed"),
        "people": Reason("How many may answer a round."),
        "minimum": Reason("k: with fewer answers than this nothing is shown."),
        "pulse": Reason("How many items a pulse asks."),
        "language": Reason("Of the statements and plays."),
        "starred": Reason("Mistakes that the team finds important; the focus list prefers them."),
        "changes": Reason("Sprints in which people joined or left; numbers are not compared across them."),
        "cadences.sprint": Reason("The sprint from which this length counts."),
        "cadences.starts": Reason("First day of that sprint: a date, never a time."),
        "cadences.every.count": Reason("Length of a sprint."),
        "cadences.every.unit": Reason("Unit of that length."),
    },
    ("history", "meta"): _META,
    ("history", "releases"): {
        "round": Reason("The round's random id, so that no round is released twice."),
        "survey": Reason("Which survey was asked."),
        "title": Reason("The survey's title.", "typed"),
        "people": Reason("How many could answer; says how many did not."),
        "minimum": Reason("k, as the survey's first screen promised it."),
        "answered": Reason(
            "How many answered; nothing if exactly one is missing, so that nobody looks for the one.", "counted"
        ),
        "starred": Reason("The stars at closing, so that the focus list can be made again."),
        "comments": Reason("Comments in a random order, if three or more people wrote one.", "screen"),
        **_inside("sprint", _SPRINT),
        **_inside("items", _ITEM),
    },
    ("history", "questions"): _QUESTION,
    ("actions", "meta"): _META,
    ("actions", "actions"): {
        "id": Reason("The number that people type."),
        "title": Reason("What will be done.", "typed"),
        "sprint": Reason("The sprint in which it was taken on."),
        "due": Reason("The day on which it is due."),
        "owner": Reason(
            "Who sees to it: the only place where a name is kept, and only if somebody types one.", "typed"
        ),
        "done_when": Reason("How to tell that it is done.", "typed"),
        "mistake": Reason("The mistake that it is meant for."),
        "play": Reason("The suggested play that it came from."),
        "status": Reason("Open, done or dropped."),
        "closed": Reason("The sprint in which it was done or dropped."),
        "draw": Reason("Nothing, unless its start was drawn by chance."),
        "draw.starts": Reason("The sprints from which its start was drawn."),
        "draw.start": Reason("The sprint in which it was to start, as drawn."),
    },
    ("round", "meta"): _META,
    ("round", "round"): {
        "id": Reason("Random; the name of the round's folder."),
        "sprint": Reason("The sprint that is asked about."),
        "survey": Reason("Which survey is asked."),
        "title": Reason("The survey's title.", "typed"),
        "intro": Reason("What the first screen says.", "typed"),
        "people": Reason("How many may answer."),
        "minimum": Reason("k, as the first screen promises it."),
        "language": Reason("Of the statements, as the team had chosen when it opened."),
        "labels": Reason("What the keys 0 to 5 mean, in that language.", "typed"),
        "notice": Reason("Says that the translation was not reviewed.", "typed"),
        "asks_code": Reason("Whether each sheet uses up a one-time code."),
        "two_person": Reason("Whether a closing code locks the key of the boxes."),
        **_inside("questions", _QUESTION),
    },
    ("round", "seal"): {
        "public_key": Reason("Seals sheets and cannot open them.", "bytes"),
        "size": Reason("Bytes of one box: all are of one size, so that a box says nothing about what is in it."),
    },
    ("round", "boxes"): {
        "box": Reason(
            "One person's sealed sheet, until the round closes; nothing beside it says whose or when.", "sealed"
        ),
    },
    ("round", "arrived"): {
        "fingerprint": Reason(
            "That an envelope was collected, as SHA-256, so that it is taken once; its box lies among the others, "
            "sealed anew, and cannot be told from them.",
            "bytes",
        ),
    },
    ("round", "codes"): {
        "fingerprint": Reason(
            "A one-time code that can still be used, as SHA-256: the code cannot be found from it. It goes in the same "
            "write as its box comes, so that nothing says which code brought which box, or when.",
            "bytes",
        ),
    },
    ("round", "carrying"): {
        "public_key": Reason("In the invitation: closes envelopes for the way.", "bytes"),
        "private_key": Reason("Opens envelopes, and not the boxes in them. Secret, not shown.", "bytes"),
    },
    ("round", "closing"): {
        "closing": Reason("Marks a round that is being closed, so that a crash cannot leave it half closed."),
    },
}
"""File kind and table to field and reason; a field inside another is named with dots."""

CAN_BE_FOUND_OUT = (
    "The team's name, size and sprints, what each closing released, and who owns an action if a name was typed.",
    "While a round is open, by whoever can read this folder: how many boxes there are, and when the last one came.",
    "While a round is open, by whoever can read this folder and goes round this program: what is in the boxes, because "
    "their key lies beside them. Closing destroys both. In a two-person round it takes the closing code as well.",
    "Who sent an envelope, by whoever carries it: what is in it opens only with the round's key.",
    "Who holds which one-time code, by whoever gave them out otherwise than drawn blind; and whether a code is used "
    "up, by whoever tries it.",
    "What a backup of the disk, a synchronised folder or a snapshot copied while a round was open; 'tuiretro backup' "
    "leaves rounds out.",
    "Who wrote a comment, if its style or content gives the writer away.",
    "What everybody answered, where nearly everybody answered the same.",
    "One person's answers, if all the others compare notes.",
    "Anything, by a person who changes this program or records this computer.",
)
CANNOT_BE_FOUND_OUT = (
    "Who answered here and who did not: no names of people are kept with answers, boxes or releases.",
    "When anybody answered, from what the files hold: dates of sprints and no times.",
    "In which order people answered: boxes lie under random ids in sorted order.",
    "Which box came in whose envelope, in a two-person round: it is sealed anew before it is put among the others.",
    "What one person answered, once the round is closed: the sheets are destroyed and no row of answers is kept.",
    "How one person's answers changed from sprint to sprint: nothing links the sheets of two rounds.",
    "What was answered to an item that fewer than k people answered: closing keeps no number for it.",
)


SHARED = "surveys"
"""The folder of what the team wrote itself and may pass on: everybody may read it."""
_COPIED = frozenset({"workspace", "history", "actions"})
_NOT_BACKED_UP = frozenset({"round", "key", "lock", "backup", "restore"})
"""Boxes must be nowhere else than in their round; the others hold nothing of their own."""
_IN_A_ROUND = re.compile(r"[0-9a-f]+/rounds/.+")


def tells_of_a_round(path: str) -> bool:
    """True for a path within the workspace that lies in a round's folder: its size would tell how many answered."""
    return _IN_A_ROUND.fullmatch(path) is not None


def kind_of(path: str) -> str:
    """The kind of a file by its path within the workspace; empty for one that is not ours.

    A copy of a file of an older schema is of the file's own kind: it holds the same.
    """
    kind = next((kind for kind, pattern, _ in FILES if pattern.fullmatch(without_copy_mark(path))), "")
    return kind if kind in _COPIED or not is_copy(path) else ""


def is_copy(path: str) -> bool:
    """True for a copy of a file as it was before a later version of this program first changed it."""
    return without_copy_mark(path) != path


def is_backed_up(path: str) -> bool:
    """True for a path within the workspace of a file that belongs to a backup."""
    kind = kind_of(path)
    return bool(kind) and kind not in _NOT_BACKED_UP and is_inside(path)


def why_kept(kind: str) -> str | None:
    """Why files of that kind are there; None for an unknown kind."""
    return next((why for known, _, why in FILES if known == kind), None)


def leaves(document: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Every value of a document with its dotted name; a list of objects is gone through, a list of values is one."""
    for name, inner in document.items():
        path = f"{prefix}{name}"
        parts = inner if isinstance(inner, list) else [inner]
        objects = [part for part in parts if isinstance(part, dict)]
        for part in objects:
            yield from leaves(part, f"{path}.")
        if len(objects) < len(parts) or not parts:
            yield path, inner
