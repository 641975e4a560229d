"""What leaves the program: pure functions from a summary to text, found by the name of their format.

Owns which formats there are. Knows nothing of files, of the store or of how a summary comes about; comments are not
part of a summary, so no export can hold one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tuiretro.export.jsonfile import json_document
from tuiretro.export.markdown import markdown
from tuiretro.model.summary import Summary

EXPORTERS: Mapping[str, Callable[[Summary], str]] = MappingProxyType(
    {
        "md": markdown,
        "json": json_document,
    }
)
"""Format name to exporter. The same summary gives the same text on every machine and in every locale."""
