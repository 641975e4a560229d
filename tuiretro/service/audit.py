"""Everything that a workspace keeps, why, and whether it keeps only that.

Owns the walk over stored documents. It must not tell more than the screens do: while a round is
open neither the number of its boxes nor the size of its file is in an audit, nor whether there is a box at all.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

import msgspec

from tuiretro.core.text import clean, clip, plural
from tuiretro.model.audit import Audit, KeptField, KeptFile, KeptTable
from tuiretro.model.envelope import BOX_SIZES, Seal
from tuiretro.model.round import Round
from tuiretro.model.survey import Question
from tuiretro.service.audit_checks import self_checks
from tuiretro.service.kept import (
    CAN_BE_FOUND_OUT,
    CANNOT_BE_FOUND_OUT,
    FIELDS,
    field_name,
    is_copy,
    kind_of,
    leaves,
    tells_of_a_round,
    why_kept,
)
from tuiretro.service.kept_parts import Reason
from tuiretro.service.workspace import Workspace
from tuiretro.store.ballot import box_size, kept_size
from tuiretro.store.checks import OpenCheck
from tuiretro.store.layout import CHECKS
from tuiretro.store.protocol import StoredFile

EXAMPLE_WIDTH = 60
"""Cells of an example: enough to recognise a value."""
_COUNTS_PEOPLE = frozenset({("round", "boxes"), ("round", "arrived"), ("round", "codes"), ("retro", CHECKS)})
"""Kinds and tables whose length would tell how many have answered."""
_FINGERPRINT = 32
_UNKNOWN = "Nobody has said why this is kept; please report it."


def audit(workspace: Workspace) -> Audit:
    """Everything in the workspace, field by field with an example, and the self-checks.

    Raises:
        WorkspaceError: A folder cannot be read. A damaged file is a failed check.
    """
    stored = workspace.store.contents()
    files = tuple(_kept_file(file) for file in stored)
    checks = self_checks(workspace, stored, files)
    can_be = (*CAN_BE_FOUND_OUT, *_imports(stored))
    return Audit(workspace.store.place, files, can_be, CANNOT_BE_FOUND_OUT, checks)


def _imports(stored: tuple[StoredFile, ...]) -> Iterator[str]:
    for file in stored:
        releases = file.tables.get("releases", ())
        count = sum(release.get("imported") is True for release in releases)
        if count:
            yield (
                f"More than is kept here, by whoever holds the file that {count} of the "
                f"{plural(len(releases), 'release')} in {clean(file.path)} came from: 'tuiretro import' summarised the "
                "answers of another tool."
            )


def _kept_file(file: StoredFile) -> KeptFile:
    kind = kind_of(file.path)
    why = why_kept(kind) or _UNKNOWN
    tables = file.tables if file.fault else _SHOWN.get(kind, dict)(file.tables)
    return KeptFile(
        path=clean(file.path),
        mode=f"{file.mode:04o}",
        size=None if _size_counts_people(kind, file) else file.size,
        reason=f"{why}{_more(kind, file.path)}",
        known=bool(kind),
        tables=tuple(_kept_table(kind, name, documents) for name, documents in sorted(tables.items())),
    )


def _more(kind: str, path: str) -> str:
    if kind and is_copy(path):
        return " A copy, as it was before a later version of this program first changed the file."
    return " Secret, not shown." if kind == "key" else ""


def _with_a_box(tables: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    """The tables of a round as they look while one box and one code lie in it, whatever does."""
    size = next((seal.get("size") for seal in tables.get("seal", ())), 0)
    box: dict[str, object] = {"box": _blank(kept_size(size) if isinstance(size, int) and size in BOX_SIZES else 0)}
    shown = {"boxes": [box], **tables}
    if any(opened.get("asks_code") for opened in tables.get("round", ())):
        shown["codes"] = [{"fingerprint": _blank(_FINGERPRINT)}]
    return shown


def _with_an_answer(tables: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    """The tables of a retro as they look while one answer to its first question lies in it, whatever does."""
    if _is_over(tables):
        return tables
    question = Question("welcome", "", "", "safety")
    asked = Round(bytes(8).hex(), 1, "welcome", "", "", 1, 1, (question,))
    size = box_size(asked)
    answer = OpenCheck("welcome", asked, Seal(bytes(32), size), bytes(32), (bytes(kept_size(size)),))
    return {**tables, CHECKS: [msgspec.json.decode(msgspec.json.encode(answer))]}


def _is_over(tables: dict[str, list[dict[str, object]]]) -> bool:
    return any(retro.get("is_over") is True for retro in tables.get("retro", ()))


def _size_counts_people(kind: str, file: StoredFile) -> bool:
    return tells_of_a_round(file.path) or kind == "journal" or (kind == "retro" and not _is_over(file.tables))


_SHOWN = {"round": _with_a_box, "retro": _with_an_answer}
"""By kind: tables as the audit shows them."""


def _blank(size: int) -> str:
    return b64encode(bytes(size)).decode()


def _kept_table(kind: str, name: str, documents: list[dict[str, object]]) -> KeptTable:
    reasons = FIELDS.get((kind, name), {})
    examples: dict[str, object] = {}
    for document in documents:
        for path, value in leaves(document):
            known_as = field_name(path, reasons)
            if examples.get(known_as) in (None, [], ""):
                examples[known_as] = value
    fields = tuple(
        _kept_field(path, value, reasons.get(path))
        for path, value in examples.items()
        if path in reasons or value != [] or not any(known.startswith(f"{path}.") for known in reasons)
    )
    count = None if (kind, name) in _COUNTS_PEOPLE else len(documents)
    return KeptTable(clean(name), count, fields)


def _kept_field(path: str, value: object, reason: Reason | None) -> KeptField:
    if reason is None:
        return KeptField(clean(path), "not shown", _UNKNOWN, known=False)
    return KeptField(path, _example(value, reason), reason.why)


def _example(value: object, reason: Reason) -> str:
    if reason.handling == "boxes":
        value = next(iter(value), "") if isinstance(value, list) else value
    if reason.handling in ("sealed", "boxes", "bytes"):
        return f"{'' if reason.handling == 'bytes' else 'sealed, '}{_decoded_bytes(str(value))} bytes"
    if reason.handling == "counted":
        return "not shown here; the app shows it"
    if reason.handling == "screen":
        return "not shown here; the app shows it" if value else "(none)"
    if value is None or value in ("", []):
        return "(none)"
    shown = ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)
    return clip(clean(shown), EXAMPLE_WIDTH)


def _decoded_bytes(base64: str) -> int:
    return len(base64) * 3 // 4 - base64[-2:].count("=")
