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
from tuiretro.service import export_file, off_limits, reports
from tuiretro.service.workspace import Workspace

Scope = Literal["sprint", "brief", "range", "all"]
"""One sprint, what changed since the one before it, the last ones up to it, or every sprint with results."""
RANGE = 12
"""Sprints of a range: half a year of two weeks each."""
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
    brief: tuple[Scope, ...] = ("brief",) if number > released[0] else ()
    # Of two the brief tells more.
    span: tuple[Scope, ...] = ("range",) if 2 < len(recent(released, number)) < len(released) else ()
    return ("sprint", *brief, *span, "all")


def recent(released: tuple[int, ...], number: int) -> tuple[int, ...]:
    """The sprints of a range that ends with the one that somebody looks at."""
    return tuple(sprint for sprint in released if sprint <= number)[-RANGE:]


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
    elif scope == "range":
        released = tuple(release.sprint.number for release in workspace.store.history(team.id).releases)
        found = reports.report(workspace, team, first=min(recent(released, number), default=number), last=number)
    else:
        found = reports.of_sprint(workspace, team, number)
    makers = BRIEFS if scope == "brief" else EXPORTERS
    return tuple(
        Draft(form, file_name(form, scope, found), makers[form](found), makers[form](found, owners=True))
        for form in ENDINGS
        if form in makers
    )


def file_name(form: str, scope: Scope, found: Report) -> str:
    """A name for the file of a report.

    Args:
        form: Its format.
        scope: Which sprints it was made of.
        found: The report.
    """
    first, number = found.summaries[0].sprint.number, found.summaries[-1].sprint.number
    what = {
        "sprint": f"sprint-{number}",
        "brief": f"brief-sprint-{number}",
        "range": f"sprints-{first}-to-{number}",
        "all": f"all-to-sprint-{number}",
    }[scope]
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
    typed(said, off_limits.FILE, limit=export_file.PATH_LIMIT)
    return in_folder(at_home(Path(said.strip())), name)


def in_folder(path: Path, name: str) -> Path:
    """A file of that name where the path is a folder; else the path."""
    return path / name if export_file.is_so(path.is_dir) else path


def is_there(path: Path) -> bool:
    """Whether writing would replace a file."""
    return export_file.is_so(path.is_file) and not export_file.is_so(path.is_symlink)
