"""Commands on the votes of a retro, and on what the team has talked about."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from tuiretro.cli.context import Call, placed, say
from tuiretro.cli.retro.board import SAME
from tuiretro.cli.retro.room import SHOW, changed, led

if TYPE_CHECKING:
    from tuiretro.model.retro import Change
    from tuiretro.service.retros import Room


@click.command()
@click.argument("ballot", metavar="N[=VOTES] ...", nargs=-1)
@click.option(
    "--count", is_flag=True, help="Votes that all gave together, such as raised hands; in place of what a topic has."
)
@click.option(
    "--budget", type=int, metavar="B", help="Votes that each person has; else a third of the topics, 3 or more."
)
@click.option("--several/--single", default=None, help="Whether one person may give one topic several votes.")
@placed
def vote(call: Call, ballot: tuple[str, ...], *, count: bool, budget: int | None, several: bool | None) -> None:
    """Hand in one person's votes, by topic: 'vote 3 5' gives each one vote, 'vote 3=2' gives topic 3 two.

    Without a topic it asks for the votes, so that no shell history holds them. Only the sum of all votes is kept.
    """
    is_rule = budget is not None or several is not None
    if is_rule and (ballot or count):
        raise click.UsageError("Set the rules of the vote first, and vote then; nothing was saved.")
    if count and not ballot:
        raise click.UsageError("Name the topics that were counted, such as --count 3=5; nothing was saved.")
    if is_rule:
        _rule(call, budget, several)
    elif count:
        _count(call, ballot)
    else:
        _vote(call, ballot or _typed_alone(call))


def _rule(call: Call, budget: int | None, several: bool | None) -> None:  # noqa: FBT001 - None leaves it as it is
    from tuiretro.cli.retro.page import votes
    from tuiretro.core.notes import vote_rules

    after, is_new = changed(call, lambda now: vote_rules(now.board, budget, several=several))
    say(f"Saved. {votes(after.board)}" if is_new else SAME)


def _count(call: Call, words: tuple[str, ...]) -> None:
    from tuiretro.cli.retro.words import counted_by_hand
    from tuiretro.core.pointing import votes_typed

    votes = votes_typed(words)
    _, is_new = changed(call, lambda now: counted_by_hand(now, votes))
    say(f"Saved. '{SHOW}' shows the votes." if is_new else SAME)


def _vote(call: Call, words: tuple[str, ...]) -> None:
    from tuiretro.cli.retro.words import ballot_cast
    from tuiretro.core.pointing import votes_typed
    from tuiretro.core.text import plural

    given = votes_typed(words)
    after, _ = changed(call, lambda now: (ballot_cast(now, given),))
    voters = after.board.voters
    say(f"Saved. {plural(voters, 'person has', 'people have')} voted; only the sum of their votes is kept.")


def _typed_alone(call: Call) -> tuple[str, ...]:
    """One person's ballot, read from the terminal, which is cleared afterwards, or from a pipe."""
    from tuiretro.cli.answer import read_line
    from tuiretro.cli.no_trace import NoTrace
    from tuiretro.cli.retro.page import ballot_paper
    from tuiretro.core.promises import recorded
    from tuiretro.errors import BadInputError

    with led(call) as here:
        paper = tuple(ballot_paper(here))
    trace = NoTrace(os.environ, is_recorded=bool(recorded(os.environ)))
    with trace:
        for line in paper:
            say(line)
        try:
            words = tuple(read_line("Your votes, such as 3 5 or 3=2: ").split())
        except EOFError:
            raise BadInputError("The input ended before votes were typed. Nothing was saved.") from None
    for sentence in trace.left:
        say(sentence)
    return words


@click.command()
@click.argument("number", type=int)
@click.option("--open", "again", is_flag=True, help="It is not done after all.")
@placed
def discussed(call: Call, number: int, *, again: bool) -> None:
    """Mark a topic as discussed."""
    from tuiretro.core.pointing import topic_at
    from tuiretro.model.retro import Discussed

    def step(now: Room) -> tuple[Change, ...]:
        topic = topic_at(now.topics, number)
        return () if topic.is_discussed is not again else (Discussed(topic.id, not again),)

    after, is_new = changed(call, step)
    left = sum(not topic.is_discussed for topic in after.topics)
    say(f"Saved. Topics that are not discussed yet: {left}." if is_new else SAME)
