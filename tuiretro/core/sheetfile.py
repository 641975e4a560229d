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


class _Written(msgspec.Struct, forbid_unknown_fields=True):
    answers: dict[str, int | None]
    comment: str = ""


def decode_sheet(data: bytes) -> Sheet:
    """The sheet in `data`, with every key once and every type exact.

    Raises:
        BadInputError: Too large, not UTF-8 JSON, another form, or a key that is there twice.
    """
    if len(data) > SHEET_BYTES:
        raise BadInputError(f"The sheet is larger than {SHEET_BYTES // 1024} KB. {_FORM}")
    try:
        written = msgspec.json.decode(data, type=_Written)
        json.loads(data, object_pairs_hook=_once)
    except msgspec.ValidationError as error:
        raise BadInputError(f"The sheet was refused: {clean(str(error))[:160]}. {_FORM}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadInputError(f"The sheet is not valid JSON in UTF-8. {_FORM}") from None
    return Sheet(written.answers, written.comment)


def _once(pairs: list[tuple[str, object]]) -> None:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise BadInputError(f"The sheet names '{clean(name)[:60]}' twice. {_FORM}")
