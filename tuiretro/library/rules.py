"""Rules for single values and the walk over tables: each rule names every fault below its key.

A rule is called with a value, None for a missing one; the keys of its faults begin below that value, so that the
walk over a sound file puts no keys together. Must not know which keys a file has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeGuard

from tuiretro.library.problem import Fault, did_you_mean, listed, nearest, quoted, shown_key
from tuiretro.model.survey import ENGLISH

Rule = Callable[[object], Iterator[Fault]]

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?")
# Line and paragraph separators and the marks that turn the direction of writing; joiners stay, some scripts need them.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_KINDS: dict[type, str] = {
    type(None): "nothing",
    bool: "true or false",
    int: "a whole number",
    float: "a number with a point",
    str: "text",
    list: "a list",
    dict: "a table",
}


def kind_of(value: object) -> str:
    """What a TOML value is, in words."""
    return _KINDS.get(type(value), "a date or time")


def join(key: str, part: str) -> str:
    """A key and the name of something in it."""
    return f"{key}.{shown_key(part)}" if key else shown_key(part)


def within(part: str, fault: Fault) -> Fault:
    """The same fault, seen from the table or list that holds the value under the name `part`."""
    return Fault(f"{shown_key(part)}.{fault.key}" if fault.key else shown_key(part), fault.message)


def label(table: object, position: int) -> str:
    """What a table of a list is called in a key: its id if it has a good one, else its position from 1."""
    id_ = table.get("id") if isinstance(table, dict) else None
    return id_ if is_id(id_) else str(position)


def is_id(value: object) -> TypeGuard[str]:
    """Whether a value is lower-case words and digits joined by hyphens, at most 40 characters."""
    return isinstance(value, str) and len(value) <= 40 and ID.fullmatch(value) is not None


def is_language(value: object) -> TypeGuard[str]:
    """Whether a value is a code of a language: two or three letters, with a part for the place if need be."""
    return isinstance(value, str) and LANGUAGE.fullmatch(value) is not None


def text(characters: int, words: int | None = None) -> Rule:
    """One line of text that is not blank, at most so many characters and words long."""

    def check(value: object) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault("", f"expected text, found {kind_of(value)}")
            return
        if not value.isprintable():
            yield from _unprintable(value)
        if is_blank(value):
            yield Fault("", "expected some text, found none")
        if words and len(value.split()) > words:
            yield Fault("", f"expected at most {words} words, found {len(value.split())}")
        if len(value) > characters:
            yield Fault("", f"expected at most {characters} characters, found {len(value)}")

    return check


def narrow(cells: int) -> Rule:
    """One line of text that is not blank and fits into so many cells of a terminal."""
    line = text(200)

    def check(value: object) -> Iterator[Fault]:
        yield from line(value)
        if isinstance(value, str) and (width := _width(value)) > cells:
            yield Fault("", f"expected at most {cells} cells on the screen, found {width}")

    return check


def _width(value: str) -> int:
    if value.isascii():
        return len(value)
    # Only here, for the same reason as below.
    from rich.cells import cell_len

    return cell_len(value)


def _unprintable(value: str) -> Iterator[Fault]:
    control = CONTROL.search(value)
    if "\n" in value:
        yield Fault("", "expected one line, found a line break")
    elif control:
        yield Fault("", f"expected plain text, found the control character U+{ord(control[0]):04X}")
    elif hidden := first_unshowable(value):
        yield Fault("", f"expected plain text, found U+{ord(hidden):04X}, which cannot be shown")


def first_unshowable(value: str) -> str:
    """The first character that no terminal may get, if there is one; line breaks and tabs are let through."""
    # Only here: it takes longer to import than the library, whose own texts hold nothing of the kind.
    from tuiretro.core.text import unshowable

    return next(filter(unshowable, value), "")


def is_blank(value: str) -> bool:
    """Whether a text leaves no mark on the screen."""
    # Only ASCII: there are letters elsewhere that leave no mark.
    if value.isascii():
        return not value.strip()
    if value[0].isascii() and value[0].isalnum():
        return False
    from tuiretro.core.text import visible

    return not visible(value)


def name(value: object) -> Iterator[Fault]:
    """An id."""
    if not is_id(value):
        found = quoted(value) if isinstance(value, str) else kind_of(value)
        yield Fault("", f"expected an id such as 'data-cleaning', at most 40 characters, found {found}")


def choice(*options: str) -> Rule:
    """One of a few words."""

    def check(value: object) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault("", f"expected {listed(options)}, found {kind_of(value)}")
        elif value not in options:
            yield Fault("", f"expected {listed(options)}, found {quoted(value)}{did_you_mean(value, options)}")

    return check


def whole(lowest: int, highest: int) -> Rule:
    """A whole number within limits."""

    def check(value: object) -> Iterator[Fault]:
        expected = f"expected a whole number from {lowest} to {highest}"
        if type(value) is not int:
            yield Fault("", f"{expected}, found {kind_of(value)}")
        elif not lowest <= value <= highest:
            yield Fault("", f"{expected}, found {'a lower' if value < lowest else 'a higher'} one")

    return check


def points(only: int) -> Rule:
    """The number of points of a scale: the one that there is, with the reason why there is no other."""

    def check(value: object) -> Iterator[Fault]:
        if value != only or type(value) is not int:
            found = str(value) if type(value) is int else kind_of(value)
            why = "bands, spread words and thresholds were measured on a scale of five labelled points"
            yield Fault("", f"expected {only}, found {found}; {why}")

    return check


def flag(value: object) -> Iterator[Fault]:
    """True or false."""
    if not isinstance(value, bool):
        yield Fault("", f"expected true or false, found {kind_of(value)}")


def language(value: object) -> Iterator[Fault]:
    """A code of a language."""
    if not is_language(value):
        found = quoted(value) if isinstance(value, str) else kind_of(value)
        yield Fault("", f"expected a code of a language such as 'es' or 'pt-br', found {found}")


def texts(rule: Rule) -> Rule:
    """A list of texts that each keep `rule`."""

    def check(value: object) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault("", f"expected a list of texts, found {kind_of(value)}")
            return
        for position, one in enumerate(value, 1):
            for fault in rule(one):
                yield within(str(position), fault)

    return check


def tables(key: str, rule: Rule) -> Rule:
    """A list, found under `key`, of tables that each keep `rule`."""

    def check(value: object) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault("", f"expected tables that start with [[{key}]], found {kind_of(value)}")
            return
        for position, one in enumerate(value, 1):
            for fault in rule(one):
                yield within(label(one, position), fault)

    return check


def exactly(count: int, rule: Rule) -> Rule:
    """A list that keeps `rule` and has so many values."""

    def check(value: object) -> Iterator[Fault]:
        yield from rule(value)
        if isinstance(value, list) and len(value) != count:
            yield Fault("", f"expected exactly {count}, found {len(value)}")

    return check


def by_language(rule: Rule) -> Rule:
    """A table of languages, English left out, whose values each keep `rule`."""

    def check(value: object) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault("", f"expected a table of languages, found {kind_of(value)}")
            return
        for code, one in value.items():
            if code == ENGLISH:
                yield Fault(code, "expected another language; English stands in the texts themselves")
                continue
            for fault in rule(one) if is_language(code) else language(code):
                yield within(code, fault)

    return check


def table(rules: Mapping[str, Rule], optional: frozenset[str] = frozenset()) -> Rule:
    """A table with exactly these keys, of which the `optional` ones may be left out.

    A key that is missing and nearly there under another name is named once, under that other name.
    """

    def check(value: object) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault("", f"expected a table, found {kind_of(value)}")
            return
        meant = set(optional)
        for unknown in (key for key in value if key not in rules):
            near = nearest(unknown, [known for known in rules if known not in value])
            meant.add(near or "")
            hint = f"did you mean {near!r}?" if near else f"expected {listed(rules)}"
            yield Fault(shown_key(unknown), f"unknown key; {hint}")
        for known, rule in rules.items():
            if known in value or known not in meant:
                for fault in rule(value.get(known)):
                    yield within(known, fault)

    return check
