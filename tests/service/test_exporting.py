"""What the app offers to write: the same text that the commands write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tuiretro.errors import BadInputError, NotFoundError, WorkspaceError
from tuiretro.export import BRIEFS, EXPORTERS
from tuiretro.service import demo, exporting, reports
from tuiretro.service.exporting import Draft, Scope
from tuiretro.service.workspace import Workspace, open_workspace

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    place = tmp_path_factory.mktemp("demo") / "workspace"
    demo.build(place, today=TODAY, sprints=5)
    return open_workspace(place, today=lambda: TODAY)


SCOPES: tuple[Scope, ...] = ("sprint", "brief", "range", "all")


def made(workspace: Workspace, scope: Scope, number: int = 4) -> dict[str, Draft]:
    (team,) = workspace.store.teams()
    return {draft.form: draft for draft in exporting.drafts(workspace, team, scope, number)}


def test_every_format_holds_what_the_command_writes(workspace: Workspace) -> None:
    (team,) = workspace.store.teams()
    found = {
        "sprint": reports.of_sprint(workspace, team, 4),
        "brief": reports.between(workspace, team, None, 4),
        "range": reports.report(workspace, team, first=1, last=4),
        "all": reports.report(workspace, team),
    }
    for scope in exporting.scopes((1, 2, 3, 4, 5), 4):
        makers = BRIEFS if scope == "brief" else EXPORTERS
        drafts = made(workspace, scope)
        assert set(drafts) == set(makers)
        for form, draft in drafts.items():
            assert draft.text == makers[form](found[scope])
            assert draft.with_owners == makers[form](found[scope], owners=True)


def test_owners_are_asked_for_only_where_there_are_some(workspace: Workspace) -> None:
    assert made(workspace, "all")["checklist"].has_owners
    assert not made(workspace, "all")["csv"].has_owners


def test_every_file_has_a_name_of_its_own_that_tells_no_team(workspace: Workspace) -> None:
    (team,) = workspace.store.teams()
    names = [draft.name for scope in SCOPES for draft in made(workspace, scope).values()]
    assert len(set(names)) == len(names)
    assert "tuiretro-sprint-4.html" in names
    assert "tuiretro-actions-all-to-sprint-5.ics" in names
    assert not [name for name in names if team.name.casefold() in name]


def test_what_has_no_earlier_sprint_has_not_changed() -> None:
    assert exporting.scopes((7,), 7) == ("sprint",)
    assert exporting.scopes((3, 7), 3) == ("sprint", "all")
    assert exporting.scopes((3, 7), 7) == ("sprint", "brief", "all")


def test_a_range_holds_the_last_twelve_and_stands_between_two_sprints_and_all() -> None:
    released = tuple(range(1, 27))
    assert exporting.scopes(released, 26) == ("sprint", "brief", "range", "all")
    assert exporting.recent(released, 26) == tuple(range(15, 27))
    assert exporting.recent(released, 3) == (1, 2, 3)
    assert exporting.scopes(released, 2) == ("sprint", "brief", "all")
    assert exporting.scopes(released[:12], 12) == ("sprint", "brief", "all")


def test_without_results_there_is_nothing_to_write(tmp_path: Path, workspace: Workspace) -> None:
    (team,) = workspace.store.teams()
    with pytest.raises(NotFoundError):
        exporting.drafts(open_workspace(tmp_path, today=lambda: TODAY), team, "sprint", 1)


def test_a_folder_gets_a_file_of_the_proposed_name(tmp_path: Path) -> None:
    assert exporting.path_of(f" {tmp_path} ", "x.md") == tmp_path / "x.md"
    assert exporting.path_of(str(tmp_path / "y"), "x.md") == tmp_path / "y"


@pytest.mark.parametrize(
    ("said", "error"), [("", BadInputError), ("a\x00b", BadInputError), ("~nobody-here/x", WorkspaceError)]
)
def test_what_is_no_path_is_refused(said: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        exporting.path_of(said, "x.md")


def test_only_a_regular_file_can_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    there = {name: exporting.is_there(tmp_path / name) for name in ("file", "link", "none", ".", "x" * 300)}
    assert there == {"file": True, "link": False, "none": False, ".": False, "x" * 300: False}
