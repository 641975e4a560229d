"""The page of keys for people, made from what the app binds: run `python -m tests.tui.keys_page > docs/keys.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from textual.binding import Binding, BindingType

from tuiretro.tui.commands import GROUPS
from tuiretro.tui.retro_commands import RETRO_GROUPS
from tuiretro.tui.screens.alone import BallotScreen, QuestionScreen
from tuiretro.tui.screens.answer import AnswerScreen
from tuiretro.tui.screens.comment import CommentScreen
from tuiretro.tui.screens.dialogs import Choose, Confirm, Form, Reader
from tuiretro.tui.screens.play_choice import ChoosePlay
from tuiretro.tui.screens.template_page import Paper, TemplatePage
from tuiretro.tui.widgets.typing import SearchLine

HEAD = """# Keys

Every command has one key, one name in the palette (`ctrl+p`) and one sentence of help (`?`). The key line shows those
that mean something now. This page is made from the program's own list of commands.
"""
TABLE = ("| key | command | what it does |", "|---|---|---|")
ELSEWHERE: tuple[tuple[str, list[BindingType]], ...] = (
    ("Answering", AnswerScreen.BINDINGS),
    ("The comment", CommentScreen.BINDINGS),
    ("A question of a retro", QuestionScreen.BINDINGS),
    ("Voting alone", BallotScreen.BINDINGS),
    ("A question with consequences", Confirm.BINDINGS),
    ("The search line of the Library", SearchLine.BINDINGS),
    ("A choice", Choose.BINDINGS),
    ("A choice of plays", [*Choose.BINDINGS, *ChoosePlay.BINDINGS]),
    ("A template to read", [*TemplatePage.BINDINGS, *Paper.BINDINGS]),
    ("A page to read", Reader.BINDINGS),
    ("A form", Form.BINDINGS),
)
"""Screens on top of the main ones: their keys work nowhere else, so that they are not in the palette."""


def keys_page() -> str:
    """The whole page."""
    parts = [HEAD]
    for title, commands in (*GROUPS, *RETRO_GROUPS):
        rows = [f"| `{command.keycap}` | {command.title} | {command.help} |" for command in commands]
        parts.append("\n".join((f"## {title}\n", *TABLE, *rows, "")))
    for title, bound in ELSEWHERE:
        parts.append("\n".join((f"## {title}\n", *TABLE, *_rows(bound), "")))
    return "\n".join(parts)


def _rows(bound: Iterable[BindingType]) -> list[str]:
    rows = []
    for binding in bound:
        assert isinstance(binding, Binding)
        keys = " ".join(f"`{key}`" for key in binding.key.split(","))
        rows.append(f"| {keys} | {binding.description.capitalize()} | {binding.tooltip or 'Answer and go on.'} |")
    return rows


if __name__ == "__main__":
    sys.stdout.write(keys_page())
