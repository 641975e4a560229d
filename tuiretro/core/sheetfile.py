"""A sheet as somebody else wrote it: `{"answers": {"ITEM-ID": 1..5 or null}, "comment": "..."}`.

Decodes strictly and says what is wrong in one sentence. Knows nothing of files or rounds.
"""

from __future__ import annotations

import json

import msgspec

from tuiretro.core.text import clean
from tuiretro.errors import BadInputError
from tuiretro.model.round import Sheet

SHEET_BYTES = 64 * 1024
"""Largest file that is read as a sheet; a real one has under 4 KB."""
_FORM = 'It must look like {"answers": {"ITEM-ID": 1 to 5 or null}, "comment": "optional"}. Nothing was saved.'


_KINDS = {str: "text", bool: "true or false", float: "a number with a decimal point", list: "a list", dict: "an object"}


def decode_sheet(data: bytes) -> Sheet:
    """The sheet in `data`, with every key once and every type exact.

    Raises:
        BadInputError: Too large, not UTF-8 JSON, another form, or a key that is there twice.
    """
    if len(data) > SHEET_BYTES:
        raise BadInputError(f"The sheet is larger than {SHEET_BYTES // 1024} KB. {_FORM}")
    try:
        written = msgspec.json.decode(data)
        json.loads(data, object_pairs_hook=_once)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
        raise BadInputError(f"The sheet is not valid JSON in UTF-8. {_FORM}") from None
    if not isinstance(written, dict):
        raise BadInputError(f"The sheet is {_kind(written)} instead of an object. {_FORM}")
    for key in sorted(written.keys() - {"answers", "comment"}):
        raise BadInputError(f"The sheet holds '{clean(key)[:60]}', which no sheet has. {_FORM}")
    if "answers" not in written:
        raise BadInputError(f"The sheet has no answers. {_FORM}")
    return Sheet(_answers(written["answers"]), _comment(written.get("comment", "")))


def _answers(written: object) -> dict[str, int | None]:
    if not isinstance(written, dict):
        raise BadInputError(f"The sheet's answers are {_kind(written)} instead of an object. {_FORM}")
    for item, value in written.items():
        if value is not None and type(value) is not int:
            raise BadInputError(f"The answer to '{clean(item)[:60]}' is {_kind(value)}. {_FORM}")
    return written


def _comment(written: object) -> str:
    if not isinstance(written, str):
        raise BadInputError(f"The sheet's comment is {_kind(written)} instead of text. {_FORM}")
    return written


def _kind(value: object) -> str:
    return "null" if value is None else _KINDS.get(type(value), "a number")


def _once(pairs: list[tuple[str, object]]) -> None:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise BadInputError(f"The sheet names '{clean(name)[:60]}' twice. {_FORM}")
