"""What can be written for others: which sprints, in which format, how each looks, and what its file is called.

Must not know who asks, and remembers nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from tuiretro.core.text import typed
from tuiretro.export import BRIEFS, EXPORTERS
from tuiretro.model.report import Report
from tuiretro.model.team import Team
from tuiretro.paths import at_home
from tuiretro.service import export_file, reports
from tuiretro.service.workspace import Workspace

Scope = Literal["sprint", "brief", "all"]
"""One sprint, what changed since the one before it, or every sprint with results."""
PATH_LIMIT = 1000
"""Longest path that is tried, in characters."""
ENDINGS: Mapping[str, str] = MappingProxyType(
    {"md": "md", "html": "html", "csv": "csv", "json": "json", "checklist": "md", "ical": "ics"}
)
"""How a file of each format ends; in the order in which they are offered."""


class Draft(Struct, frozen=True):
    """An export that is not written yet."""

    form: str
    """Its format, as the command line names it."""
    name: str
    """A name for its file."""
    text: str
    with_owners: str
    """The same with the owners of actions."""

    @property
    def has_owners(self) -> bool:
        """Whether there are any to name."""
        return self.with_owners != self.text


def scopes(released: tuple[int, ...], number: int) -> tuple[Scope, ...]:
    """Which sprints can be asked for.

    Args:
        released: The sprints with results, oldest first.
        number: The one that somebody looks at.
    """
    if len(released) < 2:
        return ("sprint",)
    return ("sprint", "brief", "all") if number > released[0] else ("sprint", "all")


def drafts(workspace: Workspace, team: Team, scope: Scope, number: int) -> tuple[Draft, ...]:
    """The same report in every format.

    Args:
        workspace: Where the results are.
        team: Whose they are.
        scope: Which sprints.
        number: The sprint that somebody looks at; of all sprints it does not matter.

    Raises:
        NotFoundError: There are no results.
    """
    if scope == "brief":
        found = reports.between(workspace, team, None, number)
    elif scope == "all":
        found = reports.report(workspace, team)
    else:
        found = reports.of_sprint(workspace, team, number)
    makers = BRIEFS if scope == "brief" else EXPORTERS
    return tuple(
        Draft(form, _name(form, scope, found), makers[form](found), makers[form](found, owners=True))
        for form in ENDINGS
        if form in makers
    )


def _name(form: str, scope: Scope, found: Report) -> str:
    number = found.summaries[-1].sprint.number
    what = {"sprint": f"sprint-{number}", "brief": f"brief-sprint-{number}", "all": f"all-to-sprint-{number}"}[scope]
    kind = "actions-" if form in {"checklist", "ical"} else ""
    return f"tuiretro-{kind}{what}.{ENDINGS[form]}"


def path_of(said: str, name: str) -> Path:
    """A path as somebody typed it.

    Args:
        said: The file, or a folder, where it gets a name; ~ is a home.
        name: That name.

    Raises:
        BadInputError: It is empty, too long, or holds what cannot be seen.
        WorkspaceError: There is no such home.
    """
    typed(said, export_file.FILE, limit=PATH_LIMIT)
    path = at_home(Path(said.strip()))
    return path / name if export_file.is_so(path.is_dir) else path


def is_there(path: Path) -> bool:
    """Whether writing would replace a file."""
    return export_file.is_so(path.is_file) and not export_file.is_so(path.is_symlink)
