"""What a program sends to a terminal, byte by byte: which of it steers, and a workspace full of text that would.

Owns the reading of the wire and the hostile workspace. It must not know which command or key is tried.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from tests.core.hostile import HOSTILE
from tests.store.builders import keep_team
from tests.tui.states import opened_at
from tuiretro.model.action import Action
from tuiretro.model.release import ItemResult, Release
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question
from tuiretro.model.team import Cadence, Every, Sprint, Team

TEXTS = tuple(text for text in HOSTILE.values() if text.isprintable() or "\ud800" not in text)
"""The corpus; no file of ours can hold a lone surrogate, so that comes as an argument alone."""
STEERING = tuple(
    os.fsdecode(text.replace("\0", "").encode("utf-8", "surrogatepass"))
    for text in HOSTILE.values()
    if not text.isascii() or not text.isprintable()
)
"""Those of them that steer, as a shell can hand them over: as bytes, none of them zero."""
WORST = "".join(text for text in TEXTS if len(text) < 100)
"""Everything short at once, for what there is one of."""
SPAN = Sprint(1, date(2026, 11, 2), date(2026, 11, 15))
TEAM = "a1b2c3d4e5f60718"
_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]|[\x00-\x1f\x7f-\x9f]"
)
_NUMBERS = re.compile(r"[0-9;:]+")
_PLACING = tuple("mABCDEFGHd")
"""Finals of sequences that colour and place; their numbers differ with what is drawn."""
_BIDI = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def controls(heard: bytes) -> set[str]:
    """Every kind of thing on the wire that is no text: sequences, control and bidi characters, what is no letter."""
    text = heard.decode()
    found = {_kind(match[0]) for match in _SEQUENCE.finditer(text)}
    rest = _SEQUENCE.sub("", text)
    odd = {
        c for c in rest if unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"} or unicodedata.bidirectional(c) in _BIDI
    }
    return {*found, *odd, *(c for c in "\u200e\u200f\u061c\ufeff\u2028\u2029" if c in rest)}


def _kind(sequence: str) -> str:
    return _NUMBERS.sub("", sequence) if sequence.endswith(_PLACING) and sequence[:2] == "\x1b[" else sequence


def fill(place: Path, texts: Sequence[str], worst: str) -> None:
    """A team with actions, a release with comments, and an open round, whose every text is one of these.

    They are put straight into the store's files, because the service refuses most of them.

    Args:
        place: The workspace's folder.
        texts: One for each statement, action and comment.
        worst: For what there is one of: the team's name, titles, labels, the introduction.
    """
    store = opened_at(place).store
    keep_team(store, Team(TEAM, worst, 8, (Cadence(1, SPAN.starts, Every(2, "week")),)))
    actions = tuple(
        Action(1 + at, text, 1, date(2026, 12, 20 + at % 9), owner=text, done_when=text)
        for at, text in enumerate(texts)
    )
    store.change_actions(TEAM, lambda _: actions)
    questions = tuple(Question(f"own.{at}", text, text, "own") for at, text in enumerate(texts))
    first, second = (
        Round(f"{at:016x}", at, "own", worst, worst, 8, 4, questions, labels=(worst,) * 6, notice=worst)
        for at in (1, 2)
    )
    store.open_round(TEAM, first)

    def tally(_: tuple[Sheet, ...]) -> tuple[Release, tuple[Question, ...]]:
        items = tuple(ItemResult(q.id, q.version, 7, 3.4, "split") for q in questions)
        return Release(first.id, SPAN, "own", worst, 8, 4, 7, items, comments=tuple(texts)), questions

    store.close_round(TEAM, first, tally)
    store.open_round(TEAM, second)
    _own_files(place / "surveys", texts, worst)


def _own_files(folder: Path, texts: Sequence[str], worst: str) -> None:
    for name in ("templates", "languages"):
        (folder / name).mkdir(parents=True)
    said = {"id": "ours", "title": worst, "intro": worst, "kind": "items"}
    items = [{"id": f"item-{at}", "short": text, "text": text, "theme": "people"} for at, text in enumerate(texts)]
    (folder / "ours.toml").write_bytes(_toml(said, items))
    (folder / f"{_file_name(worst)}.toml").write_bytes(_toml({**said, worst: worst}, items))
    (folder / "templates" / "page.md").write_bytes(f"# {worst[:20]}\n\n{worst[:20]}\n\n{worst}\n".encode())
    language = {"id": "xx", "title": worst, "name": worst, "unsure": worst, "notice": worst}
    (folder / "languages" / "xx.toml").write_bytes(_toml(language, []))


def _file_name(text: str) -> str:
    return "".join(c for c in text if c not in "/\0")[:60]


def _toml(values: Mapping[str, str], items: Sequence[Mapping[str, str]]) -> bytes:
    lines = [f"{_quoted(key)} = {_quoted(value)}" for key, value in values.items()]
    for item in items:
        lines += ["[[items]]", *(f"{key} = {_quoted(value)}" for key, value in item.items())]
    return "\n".join(lines).encode("utf-8")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
