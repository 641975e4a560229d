"""A proposed map as text: TOML, with a comment for whoever reads it beside each guess.

Owns the layout. Everything of the table in it is quoted so that it stays one value, or one line of a comment.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from tuiretro.core.faults import shown
from tuiretro.core.guessed_scale import LABELS, is_unsure, meanings
from tuiretro.core.imported_items import alike, is_code, own_id, statement
from tuiretro.model.importing import ORDERS, Encoding, Guess, Match
from tuiretro.model.survey import Question

_HEAD = """\
# A map for 'tuiretro import', guessed: read it before you use it. 'tuiretro import FILE --map THIS --dry-run' shows
# what it comes to and writes nothing. Columns that are not named here are not looked at.
"""
_DATES = ("completion time", "submitdate", "date submitted", "timestamp")


def toml(text: str) -> str:
    """A text as a value of TOML, whatever is in it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def map_text(
    guesses: Sequence[Guess],
    matches: Iterable[Match],
    averaged: tuple[str, str, str] | None,
    twice: frozenset[str],
    encoding: Encoding | None = None,
) -> str:
    """The whole map.

    Args:
        guesses: What each column looks like.
        matches: The statements and the items that they probably are.
        averaged: The columns of item, mean and n of a table that was averaged already.
        twice: Names that several columns have.
        encoding: In which it was read, if that must be said.
    """
    lines = [_HEAD, 'title = "Imported"', "# people = 8        # how many were asked; else as many as the team has"]
    if encoding is not None:
        lines.append(
            f"encoding = {toml(encoding)}     # it is no UTF-8: are the letters above and below the right ones?"
        )
    lines.append("")
    lines += _ignored(guesses, twice)
    lines += _when(guesses)
    lines += _finished(guesses)
    if averaged is not None:
        item, mean, n = map(toml, averaged)
        lines += ["[averages]", f"item = {item}", f"mean = {mean}", f"n = {n}", '# decimal = ","', ""]
    else:
        lines += _scale([value for found in guesses if found.kind == "statement" for value in found.values])
    lines += _items(list(matches), twice)
    return "\n".join(lines).rstrip("\n") + "\n"


def _ignored(guesses: Sequence[Guess], twice: frozenset[str]) -> Iterator[str]:
    personal = list(dict.fromkeys(found.column for found in guesses if found.kind == "personal" and found.column))
    yield "# These may say who answered. They are never looked at."
    yield f"ignore = [{', '.join(map(toml, personal))}]"
    for found in guesses:
        if found.kind == "free text":
            yield f"# {shown(found.column)} looks like text that people typed: comments are not imported."
        elif found.kind == "other scale":
            yield (
                f"# {shown(found.column)} holds numbers beyond 1 to 5. If it is a statement, add it under [[items]], "
                "and each of its numbers under [scale.values]."
            )
    for name in sorted(twice):
        yield f"# {shown(name)} is the name of several columns: only a column with a name of its own can be imported."
    yield ""


def _when(guesses: Sequence[Guess]) -> Iterator[str]:
    sprints = [found for found in guesses if found.kind == "sprint"]
    dates = sorted((found for found in guesses if found.kind == "date"), key=lambda found: _rank(found.column))
    if sprints:
        yield from ("[sprint]", f"column = {toml(sprints[0].column)}", "")
        return
    if not dates:
        yield from ("# No column says when: all rows are then of one sprint.", "# [sprint]", "# number = 1", "")
        return
    date = dates[0]
    yield from ("# The team's calendar makes sprints of these days.", "[date]", f"column = {toml(date.column)}")
    if len(date.orders) == 1:
        yield f"order = {toml(date.orders[0])}"
    else:
        fitting = " and ".join(f'"{order}"' for order in date.orders or ORDERS)
        yield f"# order = ...     # {fitting} fit the first rows: which one is it?"
        yield 'order = "?"'
    yield ""


def _rank(column: str) -> int:
    name = column.casefold()
    return _DATES.index(name) if name in _DATES else len(_DATES)


def _finished(guesses: Sequence[Guess]) -> Iterator[str]:
    for found in guesses:
        done = [value for value in found.values if value.casefold() in {"yes", "true", "finished", "complete", "1"}]
        if found.kind == "finished" and done:
            yield from ("# Only rows that say this count.", "[keep]", f"{toml(found.column)} = [{toml(done[0])}]", "")
            return


def _scale(said: Sequence[str]) -> Iterator[str]:
    yield "[scale]"
    yield '# What stands for "can\'t say"; an empty cell always does.'
    yield f"empty = [{', '.join(map(toml, dict.fromkeys(filter(is_unsure, said))))}]"
    yield from ("", "[scale.values]")
    meant = meanings(said)
    known: dict[str, int] = {value: one for value, one in meant.items() if one is not None}
    folded = {value.casefold() for value in meant}
    if not folded.isdisjoint(LABELS) and None not in (meant[value] for value in meant if value.casefold() in LABELS):
        known |= {label.capitalize(): one for label, one in LABELS.items() if label not in folded}
    known |= {str(one): one for one in range(1, 6)}
    for value, one in sorted(known.items(), key=lambda pair: (pair[1], pair[0])):
        yield f"{toml(value)} = {one}"
    for value in sorted(meant.keys() - known.keys()):
        yield f"# {toml(value)} =      # which of 1 to 5 is it?"
    yield ""


def _items(matches: Sequence[Match], twice: frozenset[str]) -> Iterator[str]:
    """The statements; no id stands there twice, also once a person takes the '# ' away."""
    taken = {match.question.id for match in matches if match.question is not None and _is_on(match, twice)}
    for match in matches:
        off = "" if _is_on(match, twice) else "# "
        question = match.question if match.question is None or not off or match.question.id not in taken else None
        id_ = own_id(statement(match.column), taken) if question is None else question.id
        taken.add(id_)
        yield from _note(match, question, off)
        yield from (f"{off}[[items]]", f"{off}column = {toml(match.column)}", f"{off}item = {toml(id_)}")
        if question is None:
            yield from _own(statement(match.column), off)
        yield ""


def _is_on(match: Match, twice: frozenset[str]) -> bool:
    return match.is_sure and match.column not in twice


def _note(match: Match, question: Question | None, off: str) -> Iterator[str]:
    if question is None:
        near = f"Like {match.question.id!r}, which another column is" if match.question else "None of our statements"
        yield f"# {near}: take the '# ' away to import it as one of your own."
    elif not alike(statement(match.column), question.text):
        sure = "Nearly ours, and a line of its own" if not off else "Unsure, so left out"
        yield f"# {sure}; ours says: {question.text}"


def _own(said: str, off: str) -> Iterator[str]:
    if is_code(said):
        yield f"{off}text = {toml(f'{said} (its words are not known)')}      # what was asked?"
        yield f"{off}short = {toml(said)}"
    yield f'{off}theme = "own"'
