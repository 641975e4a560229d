"""The JSON Schema of the exports: `python -m tests.export.schema_page > docs/export.schema.json`."""

from __future__ import annotations

import json
import sys

import msgspec

from tuiretro.export.json_range import RangeDocument
from tuiretro.export.jsonfile import SprintDocument


def page() -> str:
    """A schema (2020-12) that both documents meet, made from the values that are written."""
    (sprint, range_), parts = msgspec.json.schema_components(
        [SprintDocument, RangeDocument], ref_template="#/$defs/{name}"
    )
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What 'tuiretro export --format json' writes",
        "description": "Of one sprint a SprintDocument, of a range of sprints a RangeDocument. Keys may be added.",
        "oneOf": [sprint, range_],
        "$defs": parts,
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
