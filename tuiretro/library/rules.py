"""Rules for single values and the walk over tables: each rule names every fault below its key.

A rule is called with a key and a value, None for a missing one. Must not know which keys a file has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeGuard

from tuiretro.library.problem import Fault, did_you_mean, listed, nearest, quoted, shown_key

Rule = Callable[[str, object], Iterator[Fault]]

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
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


def label(table: object, position: int) -> str:
    """What a table of a list is called in a key: its id if it has a good one, else its position from 1."""
    id_ = table.get("id") if isinstance(table, dict) else None
    return id_ if is_id(id_) else str(position)


def is_id(value: object) -> TypeGuard[str]:
    """Whether a value is lower-case words and digits joined by hyphens, at most 40 characters."""
    return isinstance(value, str) and len(value) <= 40 and ID.fullmatch(value) is not None


def text(characters: int, words: int | None = None) -> Rule:
    """One line of text that is not blank, at most so many characters and words long."""

    def check(key: str, value: object) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault(key, f"expected text, found {kind_of(value)}")
            return
        control = CONTROL.search(value)
        if "\n" in value:
            yield Fault(key, "expected one line, found a line break")
        elif control:
            yield Fault(key, f"expected plain text, found the control character U+{ord(control[0]):04X}")
        elif hidden := _unshowable(value):
            yield Fault(key, f"expected plain text, found U+{ord(hidden):04X}, which cannot be shown")
        if _blank(value):
            yield Fault(key, "expected some text, found none")
        if words and len(value.split()) > words:
            yield Fault(key, f"expected at most {words} words, found {len(value.split())}")
        if len(value) > characters:
            yield Fault(key, f"expected at most {characters} characters, found {len(value)}")

    return check


def _unshowable(value: str) -> str:
    """The first character that no terminal may get, if there is one."""
    if value.isascii():
        return ""
    # Only here: it takes longer to import than the library, whose own texts are nearly all plain.
    from tuiretro.core.text import unshowable

    return next(filter(unshowable, value), "")


def _blank(value: str) -> bool:
    if value.isascii():
        return not value.strip()
    from tuiretro.core.text import visible

    return not visible(value)


def name(key: str, value: object) -> Iterator[Fault]:
    """An id."""
    if not is_id(value):
        found = quoted(value) if isinstance(value, str) else kind_of(value)
        yield Fault(key, f"expected an id such as 'data-cleaning', at most 40 characters, found {found}")


def choice(*options: str) -> Rule:
    """One of a few words."""

    def check(key: str, value: object) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault(key, f"expected {listed(options)}, found {kind_of(value)}")
        elif value not in options:
            yield Fault(key, f"expected {listed(options)}, found {quoted(value)}{did_you_mean(value, options)}")

    return check


def whole(lowest: int, highest: int) -> Rule:
    """A whole number within limits."""

    def check(key: str, value: object) -> Iterator[Fault]:
        expected = f"expected a whole number from {lowest} to {highest}"
        if type(value) is not int:
            yield Fault(key, f"{expected}, found {kind_of(value)}")
        elif not lowest <= value <= highest:
            yield Fault(key, f"{expected}, found {'a lower' if value < lowest else 'a higher'} one")

    return check


def flag(key: str, value: object) -> Iterator[Fault]:
    """True or false."""
    if not isinstance(value, bool):
        yield Fault(key, f"expected true or false, found {kind_of(value)}")


def texts(rule: Rule) -> Rule:
    """A list of texts that each keep `rule`."""

    def check(key: str, value: object) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(key, f"expected a list of texts, found {kind_of(value)}")
            return
        for position, one in enumerate(value, 1):
            yield from rule(join(key, str(position)), one)

    return check


def tables(rule: Rule) -> Rule:
    """A list of tables that each keep `rule`."""

    def check(key: str, value: object) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(key, f"expected tables that start with [[{key}]], found {kind_of(value)}")
            return
        for position, one in enumerate(value, 1):
            yield from rule(join(key, label(one, position)), one)

    return check


def table(rules: Mapping[str, Rule], optional: frozenset[str] = frozenset()) -> Rule:
    """A table with exactly these keys, of which the `optional` ones may be left out.

    A key that is missing and nearly there under another name is named once, under that other name.
    """

    def check(key: str, value: object) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(key, f"expected a table, found {kind_of(value)}")
            return
        absent = [known for known in rules if known not in value]
        meant = set(optional)
        for unknown in value:
            if unknown not in rules:
                near = nearest(unknown, absent)
                meant.add(near or "")
                hint = f"did you mean {near!r}?" if near else f"expected {listed(rules)}"
                yield Fault(join(key, unknown), f"unknown key; {hint}")
        for known, rule in rules.items():
            if known in value or known not in meant:
                yield from rule(join(key, known), value.get(known))

    return check
