"""An audit as text for people and as JSON for programs.

Owns the layout only. Knows nothing of stores: what an audit says is said by whoever made it.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tuiretro.core.promises import WHO_COULD_SEE
from tuiretro.core.self_check_words import NOT_IN_THE_AUDIT
from tuiretro.core.text import clean, cleaned_keys, plural
from tuiretro.model.audit import Audit, Check, KeptField, KeptFile, KeptTable

SCHEMA = 1
"""Counts up when a key of the JSON goes away or changes its meaning."""


def audit_text(audit: Audit) -> str:
    """An audit as plain text, the verdict first; ends in a newline."""
    passed = sum(check.passed for check in audit.checks)
    lines = [
        f"Everything that tuiretro keeps in {clean(audit.place)}",
        f"{plural(len(audit.files), 'file')}; {passed} of {len(audit.checks)} checks passed",
        "",
        "CHECKS",
        *(line for check in audit.checks for line in _check_lines(check)),
        "",
        "WHAT CAN BE FOUND OUT",
        *(f"  - {clean(sentence)}" for sentence in audit.can_be_found_out),
        "",
        "WHAT CANNOT BE FOUND OUT",
        *(f"  - {clean(sentence)}" for sentence in audit.cannot_be_found_out),
        "",
        WHO_COULD_SEE,
        NOT_IN_THE_AUDIT,
        *(line for file in audit.files for line in _file_lines(file)),
    ]
    return "\n".join(lines) + "\n"


def audit_json(audit: Audit) -> str:
    """An audit as indented JSON in a fixed order of keys; ends in a newline."""
    checks = [
        {"sentence": check.sentence, "passed": check.passed, "faults": list(check.faults)} for check in audit.checks
    ]
    document = {
        "schema": SCHEMA,
        "passed": audit.passed,
        **msgspec.to_builtins(audit),
        "checks": checks,
    }
    return msgspec.json.format(msgspec.json.encode(cleaned_keys(document)), indent=2).decode() + "\n"


def _check_lines(check: Check) -> Iterator[str]:
    yield f"  {'pass' if check.passed else 'FAIL'}  {clean(check.sentence)}"
    for fault in check.faults:
        yield f"        {clean(fault)}"


def _file_lines(file: KeptFile) -> Iterator[str]:
    yield ""
    size = "" if file.size is None else f", {file.size:,} bytes"
    yield f"{clean(file.path)}  ({file.mode}{size})"
    yield f"  {_reason(file.reason, known=file.known)}"
    for table in file.tables:
        yield from _table_lines(table)


def _table_lines(table: KeptTable) -> Iterator[str]:
    count = "" if table.count is None else f" ({table.count})"
    yield f"  {clean(table.name)}{count}"
    for field in table.fields:
        yield from _field_lines(field)


def _field_lines(field: KeptField) -> Iterator[str]:
    yield f"    {clean(field.name)}: {clean(field.example)}"
    yield f"        {_reason(field.reason, known=field.known)}"


def _reason(reason: str, *, known: bool) -> str:
    return clean(reason) if known else f"FAULT: {clean(reason)}"
