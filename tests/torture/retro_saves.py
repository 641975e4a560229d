"""Retro saves for the trial of kills: steps, steps that take an action on as well, and dropped notes.

Owns what is written and what must be there afterwards. Goes through the store alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from msgspec.structs import replace

from tests.store.retro_builders import a_retro
from tests.torture.trial import TODAY, Outcome
from tuiretro.model.action import Action
from tuiretro.model.retro import Added, Decided, Retro
from tuiretro.model.team import Team
from tuiretro.service.workspace import Workspace
from tuiretro.store.retro_protocol import RetroTable

LONGEST = 60
"""Steps of one retro; then the next one begins."""


@dataclass
class Saved:
    """What killed writers had confirmed of retros, in one workspace."""

    noted: list[str] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def takes(self, kind: str, token: str) -> bool:
        """Remembers a line of a writer; False for one that is not about retros."""
        if kind not in {"noted", "decided", "dropped"}:
            return False
        getattr(self, kind).append(token)
        return True


def note(workspace: Workspace, team: Team, token: str) -> None:
    """One step, with a note."""
    _step(workspace, team, lambda table, retro: (replace(retro, changes=(*retro.changes, Added("mad", token))), table))


def decide(workspace: Workspace, team: Team, token: str) -> None:
    """One step that takes an action on: two files change together."""

    def change(table: RetroTable, retro: Retro) -> tuple[Retro, RetroTable]:
        number = max((action.id for action in table.actions), default=0) + 1
        action = Action(number, token, 1, TODAY)
        return (
            replace(retro, changes=(*retro.changes, Decided(None, action))),
            replace(table, actions=(*table.actions, action)),
        )

    _step(workspace, team, change)


def drop(workspace: Workspace, team: Team, token: str) -> None:
    """One note for the next retro."""
    workspace.store.drop_note(team.id, token)


def judge(workspace: Workspace, team: Team, saved: Saved, outcome: Outcome, when: str) -> None:
    """What was confirmed is there once, and no step is without its action or the other way round."""
    store = workspace.store
    retros = [store.retro(team.id, sprint) for sprint in store.retros(team.id)]
    steps = [step for retro in retros if retro is not None for step in retro.changes]
    noted = Counter(step.text for step in steps if isinstance(step, Added))
    decided = Counter(step.after.title for step in steps if isinstance(step, Decided))
    taken_on = Counter(action.title for action in store.actions(team.id) if action.title.startswith("decided-"))
    dropped = Counter(store.dropped_notes(team.id))
    for kind, tokens, found in (
        ("step", saved.noted, noted),
        ("decision", saved.decided, decided),
        ("dropped note", saved.dropped, dropped),
    ):
        outcome.expect(all(found[token] == 1 for token in tokens), f"{when}: a confirmed {kind} is not there once")
        outcome.expect(set(found.values()) <= {1}, f"{when}: a {kind} is there twice")
    outcome.expect(decided == taken_on, f"{when}: a decision is without its action, or an action without its step")


def _step(workspace: Workspace, team: Team, change: Callable[[RetroTable, Retro], tuple[Retro, RetroTable]]) -> None:
    store = workspace.store
    last = max(store.retros(team.id), default=1)
    retro = store.retro(team.id, last)
    sprint = last + 1 if retro is not None and len(retro.changes) >= LONGEST else last

    def step(table: RetroTable) -> RetroTable:
        retro, rest = change(table, table.retro or replace(a_retro(sprint), changes=()))
        return replace(rest, retro=retro)

    store.change_retro(team.id, sprint, step)
