"""The reasons of fields that are kept in more than one place.

Owns their sentences and how the audit shows an example. Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

Handling = Literal["shown", "typed", "sealed", "boxes", "bytes", "screen", "counted"]


class Reason(Struct, frozen=True):
    """Why something is kept, and how the audit shows its example."""

    why: str
    handling: Handling = "shown"
    """'typed' is text of people, shown but not searched for times; 'screen' is left to the app's own screens, and so is
    'counted', a number of people: an example of it may point at one of them."""


def inside(prefix: str, fields: Mapping[str, Reason]) -> dict[str, Reason]:
    """The same fields where their document lies inside another."""
    return {f"{prefix}.{name}": reason for name, reason in fields.items()}


SPRINT = {
    "number": Reason("Which sprint it is."),
    "starts": Reason("First day of the sprint: a date, never a time."),
    "ends": Reason("Last day of the sprint: a date, never a time."),
}
QUESTION = {
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
ITEM = {
    "id": Reason("Which item was asked."),
    "version": Reason("Which wording of it was asked."),
    "n": Reason("How many answered the item; the width of the band depends on it.", "counted"),
    "mean": Reason("Their average, to one decimal, with both ends coded; nothing finer is kept."),
    "spread": Reason("How far apart the answers were, as one word, from six answers on; never near an end."),
    "language": Reason("In which language it was asked."),
}
META = {"schema": Reason("Tells a later version how to read the file.")}

RELEASE = {
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
    "imported": Reason(
        "That no round made it: 'tuiretro import' summarised another tool's file, whose rows stayed out."
    ),
    **inside("sprint", SPRINT),
    **inside("items", ITEM),
}
ACTION = {
    "id": Reason("The number that people type."),
    "title": Reason("What will be done.", "typed"),
    "sprint": Reason("The sprint in which it was taken on."),
    "due": Reason("The day on which it is due."),
    "owner": Reason("Who sees to it: the only name that is kept, and only if somebody types one.", "typed"),
    "done_when": Reason("How to tell that it is done.", "typed"),
    "mistake": Reason("The mistake that it is meant for."),
    "play": Reason("The suggested play that it came from."),
    "status": Reason("Open, done or dropped."),
    "closed": Reason("The sprint in which it was done or dropped."),
    "draw": Reason("Nothing, unless its start was drawn by chance."),
    "draw.starts": Reason("The sprints from which its start was drawn."),
    "draw.start": Reason("The sprint in which it was to start, as drawn."),
}
ROUND = {
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
    **inside("questions", QUESTION),
}
SEAL = {
    "public_key": Reason("Seals sheets and cannot open them.", "bytes"),
    "size": Reason("Bytes of one box: all are of one size, so that a box says nothing about what is in it."),
}
