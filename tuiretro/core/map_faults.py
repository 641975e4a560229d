"""What a map says twice in different ways: each part alone can be meant, and both together cannot.

Owns which contradictions are faults. Knows nothing of the file that the map is for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from tuiretro.core.cells import answer_key
from tuiretro.core.faults import shown
from tuiretro.core.text import clean
from tuiretro.model.importing import ImportMap


def contradictions(wanted: ImportMap) -> Iterator[str]:
    """One sentence without a full stop for each contradiction of a map."""
    scale = wanted.scale
    yield from _both("[scale.values]", scale.values, answer_key)
    if wanted.sprint is not None:
        yield from _both("[sprint.names]", wanted.sprint.names, clean)
    empty = {answer_key(text) for text in ("", *scale.empty)}
    for text in scale.values:
        if answer_key(text) in empty:
            yield f"[scale] says that {shown(text)} stands for an answer, and that it stands for none"
    if wanted.averages is not None:
        yield from _twice("[averages]", (wanted.averages.item, wanted.averages.mean, wanted.averages.n))
    yield from _twice("[[items]]", (item.column for item in wanted.items))


def _both(table: str, meant: Mapping[str, int], key: Callable[[str], str]) -> Iterator[str]:
    """Keys of a table that no cell tells apart, with different values."""
    first: dict[str, str] = {}
    for text, value in meant.items():
        other = first.setdefault(key(text), text)
        if meant[other] != value:
            yield f"{table} says {meant[other]} for {shown(other)} and {value} for {shown(text)}, which are the same"


def _twice(table: str, columns: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for column in map(clean, columns):
        if column in seen:
            yield f"{table} names the column {shown(column)} twice"
        seen.add(column)
