"""Commands for answers from other machines: writing an invitation, and collecting envelopes."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import Call, confirmed, goes_nowhere, hinted, not_empty, placed, say

if TYPE_CHECKING:
    from tuiretro.model.round import Round
    from tuiretro.service.carrying import Source

_MOST_PASTED = 8 * 2**20
INVITE = "tuiretro round invite"
AGREED = (
    "tuiretro round abandon, then tuiretro round open --two-person",
    "--one-person, if the team knows and agrees",
)
ONE_PERSON = click.option(
    "--one-person", is_flag=True, help="Without a closing code: whoever holds the files can open what is sent."
)


@click.command()
@click.argument("file", metavar="FILE|-", callback=not_empty)
@ONE_PERSON
@placed
def invite(call: Call, file: str, *, one_person: bool) -> None:
    """Write an invitation to the open round, for people on other machines.

    FILE holds the round, its statements and its public keys, and no names. Each person answers with 'tuiretro answer
    --invite FILE' and sends back an envelope; 'tuiretro round collect' takes the envelopes.
    """
    from tuiretro.cli.round import require_round

    write_invitation(call, require_round(call), file, one_person=one_person)


def write_invitation(call: Call, opened: Round, file: str, *, one_person: bool) -> None:
    """Writes the invitation to a round into a file that is not there yet, or to stdout.

    Raises:
        NotNowError: The round has no closing code, and `one_person` is off; or the output goes nowhere.
        BadInputError: The file is there already.
    """
    from tuiretro.core.promises import asking_the_keeper
    from tuiretro.errors import NotNowError
    from tuiretro.service import carrying, export_file

    if file == "-" and goes_nowhere():
        raise NotNowError("The invitation could not be printed: the output goes nowhere. Nothing was changed.")
    with hinted(NotNowError, *(() if opened.two_person or one_person else AGREED)):
        text, words = carrying.invite(call.workspace, call.team, opened, one_person=one_person)
    if file == "-":
        from tuiretro.core.text import harmless

        click.echo(harmless(text, lines=True), nl=False)
    else:
        export_file.write(Path(file), text, replace=False, place=call.workspace.store.place)
    where = "The invitation is written" if file == "-" else f"{file} is the invitation: send it to the team"
    say(f"{where}. Its check words are: {words}. {asking_the_keeper(opened)}")
    say(carrying.together(opened.minimum))


@click.command()
@click.argument("source", metavar="FOLDER|-", callback=not_empty)
@click.option("--yes", is_flag=True, help="Do not ask, though too few would be left to be collected later.")
@placed
def collect(call: Call, source: str, *, yes: bool) -> None:
    """Take envelopes that people sent: the files of a folder, or text pasted into stdin.

    They are taken only k or more at a time, shuffled, and each only once. Where fewer than k people would be left, who
    could not be collected any more, it asks first. Names and times of files are ignored; the files stay where they are.
    """
    from tuiretro.cli.round import require_round
    from tuiretro.errors import NotNowError
    from tuiretro.service import carrying

    opened, sources = require_round(call), _sources(source)
    harvest = carrying.collect(call.workspace, call.team, opened, sources, is_last=yes)
    _say_refused(harvest.refused)
    if harvest.is_held:
        _require_agreed(harvest.sentence)
        said = harvest.refused
        harvest = carrying.collect(call.workspace, call.team, opened, sources, is_last=True)
        _say_refused(refusal for refusal in harvest.refused if refusal not in said)
    if not harvest.taken:
        raise NotNowError(harvest.sentence)
    say(f"{harvest.sentence} The files can be deleted now; they show who took part, and not what was answered.")


def _say_refused(refused: Iterable[tuple[str, str]]) -> None:
    for name, why in refused:
        say(f"Refused: {name} {why}.")


def _require_agreed(sentence: str) -> None:
    """Asks whether a batch is taken after which no other one can come.

    Raises:
        UsageError: Nobody can be asked.
        NotNowError: The answer is no.
    """
    from tuiretro.errors import NotNowError

    if not sys.stdin.isatty():
        raise click.UsageError(f"{sentence} Say --yes to take these now.")
    if not confirmed(f"{sentence} Take these now?"):
        raise NotNowError("Nothing was taken; nothing was changed.")


def _sources(source: str) -> tuple[Source, ...]:
    from tuiretro.errors import BadInputError
    from tuiretro.service.envelope_files import source_of, sources_in

    if source != "-":
        return sources_in(Path(source))
    if sys.stdin.isatty():
        say("Paste the envelopes, one after the other, then type ctrl+d.")
    data = sys.stdin.buffer.read(_MOST_PASTED + 1)
    if len(data) > _MOST_PASTED:
        raise BadInputError(f"More than {_MOST_PASTED // 2**20} MB were pasted. Nothing was taken.")
    return (source_of("what was pasted", data),)
