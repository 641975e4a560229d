"""The command that drops a note for the next retro."""

from __future__ import annotations

import click

from tuiretro.cli.context import Call, placed, say


@click.command()
@click.argument("words", metavar="TEXT", nargs=-1, required=True)
@placed
def note(call: Call, words: tuple[str, ...]) -> None:
    """Drop a note for the next retro, where it lies among the others without author or time.

    TEXT may come in quotes or not. A - in its place reads one line instead, so that no shell history holds the note.
    """
    from tuiretro.cli.answer import read_line
    from tuiretro.errors import BadInputError, WorkspaceError
    from tuiretro.service import dropped, retros

    team = call.team
    try:
        text = read_line("Your note: ") if words == ("-",) else " ".join(words)
    except EOFError:
        raise BadInputError("The input ended before a note was typed. Nothing was saved.") from None
    dropped.drop(call.workspace, team, text)
    say(f"Saved for the next retro of {team.name}. The note has no author and no time.")
    try:
        now = retros.under_way(call.workspace, team)
    except WorkspaceError:
        # The note is kept; whoever needs the retro is told what is wrong with it.
        now = None
    if now is not None:
        say(
            f"The retro of sprint {now.sprint.number} is under way, and this note is for the one after it: "
            "'tuiretro retro add-note TEXT' puts one on the board now."
        )
