"""Why each thing in a workspace is there, in one sentence each.

The list against which the audit holds the files: what is not in it has no business in a workspace. Owns the
kinds of files and the dotted names of fields. Knows nothing of how files are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tuiretro.service.kept_parts import ACTION, META, QUESTION, RELEASE, ROUND, SEAL, Reason
from tuiretro.service.kept_retros import RETROS
from tuiretro.store.layout import is_inside, without_copy_mark

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
        "retro",
        re.compile(r"[0-9a-f]+/retros/[1-9][0-9]{0,3}\.json"),
        "A retro. Its steps are kept until it is over, so that each can be taken back; answers to its two questions, "
        "sealed, until each is closed.",
    ),
    (
        "dropped",
        re.compile(r"[0-9a-f]+/retros/dropped\.json"),
        "Notes that wait for the next retro, under random ids: neither who dropped one nor when.",
    ),
    (
        "journal",
        re.compile(r"[0-9a-f]+/retro-journal\.json"),
        "A change of a retro together with actions or notes, on its way into place; finished at the next start.",
    ),
    (
        "lock",
        re.compile(r"workspace\.lock|[0-9a-f]+/team\.lock|[0-9a-f]+/retros/[1-9][0-9]{0,3}\.lock"),
        "Keeps two programs from writing, or leading a retro, at once; always empty.",
    ),
    ("survey", re.compile(r"surveys/[^/]+\.toml"), "A survey of the team's own."),
    ("mistake", re.compile(r"surveys/mistakes/[0-9]{2}-[^/]+\.toml"), "A mistake of the team's own."),
    ("plays", re.compile(r"surveys/plays/[^/]+\.toml"), "Plays of the team's own for a mistake or survey."),
    ("format", re.compile(r"surveys/formats/[^/]+\.toml"), "A format of the team's own for retros."),
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


FIELDS: Mapping[tuple[str, str], Mapping[str, Reason]] = {
    **RETROS,
    ("workspace", "meta"): META,
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
    ("history", "meta"): META,
    ("history", "releases"): RELEASE,
    ("history", "questions"): QUESTION,
    ("actions", "meta"): META,
    ("actions", "actions"): ACTION,
    ("round", "meta"): META,
    ("round", "round"): ROUND,
    ("round", "seal"): SEAL,
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
"""File kind and table to field and reason; a field inside another is named with dots, '*' for any name in a mapping."""

CAN_BE_FOUND_OUT = (
    "The team's name, size and sprints, what each closing released, and who owns an action if a name was typed.",
    "What a retro's notes say, how many votes each topic got and how the board came to be: what everybody there saw.",
    "While a question of a retro is open, by whoever can read this folder and goes round this program: what was "
    "answered, because its key lies beside it. Closing the question, or ending the retro, destroys both.",
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
    "What one person voted for in a retro, by whoever looks at its file before that vote and after it.",
    "Anything, by a person who changes this program or records this computer.",
)
CANNOT_BE_FOUND_OUT = (
    "Who answered here and who did not: no names of people are kept with answers, boxes or releases.",
    "When anybody answered, from what the files hold: dates of sprints and no times.",
    "In which order people answered: boxes lie under random ids in sorted order.",
    "Which box came in whose envelope, in a two-person round: it is sealed anew before it is put among the others.",
    "Who wrote a note of a retro, or when it was dropped: notes have no author, and those that wait no order.",
    "Who voted for what by passing the keyboard, at the end: only the sum of all votes is kept.",
    "What one person answered, once the round is closed: the sheets are destroyed and no row of answers is kept.",
    "How one person's answers changed from sprint to sprint: nothing links the sheets of two rounds.",
    "What was answered to an item that fewer than k people answered: closing keeps no number for it.",
)


SHARED = "surveys"
"""The folder of what the team wrote itself and may pass on: everybody may read it."""
_COPIED = frozenset({"workspace", "history", "actions", "retro", "dropped"})
_NOT_BACKED_UP = frozenset({"round", "key", "lock", "journal", "backup", "restore"})
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


def field_name(path: str, reasons: Mapping[str, Reason]) -> str:
    """The name under which a field is explained: all entries of a mapping, such as votes by topic, have one."""
    general = f"{path.rpartition('.')[0]}.*"
    return general if path not in reasons and general in reasons else path


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
