"""The command that leads a retro line by line."""

from __future__ import annotations

from tuiretro.cli.context import Call


def line_by_line(call: Call) -> None:
    """Leads the retro that is under way, stage by stage, in plain lines."""
