"""Which folders no file may go to that somebody names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.service.conftest import Clock
from tuiretro.errors import BadInputError
from tuiretro.library import Library
from tuiretro.service import demo, guarded, survey_start, templates
from tuiretro.service.envelope_files import require_folder
from tuiretro.service.off_limits import is_inside, require_outside
from tuiretro.service.workspace import open_workspace


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A workspace that is not the one in use."""
    place = tmp_path / "other"
    (place / "surveys").mkdir(parents=True)
    (place / "workspace.json").write_text("{}")
    return place


def test_nothing_goes_into_a_workspace_not_even_by_a_link(tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    (place / "surveys").mkdir(parents=True)
    (tmp_path / "link").symlink_to(place / "surveys")
    for inside in (place, place / "workspace.json", place / "a" / "new.md", tmp_path / "link" / "x.md"):
        with pytest.raises(BadInputError, match="lies in the workspace, whose files only tuiretro writes"):
            require_outside(place, inside)
    for outside in (tmp_path / ("x" * 300), tmp_path / "workspace.md", tmp_path / "workspace-2" / "x.md", Path("x.md")):
        require_outside(place, outside)


def test_a_folder_is_known_under_another_name_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, bound = tmp_path / "workspace", tmp_path / "bound"
    for folder in (place, bound, tmp_path / "third"):
        folder.mkdir()
    real, look = place.stat(), Path.stat
    # As on a disk that shows one folder twice, or that takes capitals and small letters for the same.
    monkeypatch.setattr(Path, "stat", lambda path, **more: real if path == bound else look(path, **more))
    assert is_inside(place, bound / "a" / "new.md")
    assert is_inside(place, bound)
    assert not is_inside(place, tmp_path / "third" / "new.md")


def test_any_other_workspace_is_refused_by_its_name(tmp_path: Path, other: Path) -> None:
    for place in (None, tmp_path / "workspace"):
        for path in (other, other / "workspace.json", other / "deep" / "x.md", other / "surveys" / "x.md"):
            with pytest.raises(BadInputError, match=r"lies in the workspace '.*other', whose files"):
                require_outside(place, path)


def test_a_workspace_around_the_one_in_use_is_refused_too(other: Path) -> None:
    with pytest.raises(BadInputError, match=r"lies in the workspace '.*other'"):
        require_outside(other / "inner", other / "x.md")


def test_the_teams_own_files_may_lie_among_its_surveys_and_nowhere_else(tmp_path: Path, other: Path) -> None:
    place = tmp_path / "workspace"
    require_outside(place, place / "surveys" / "plays" / "x.toml", is_own=True)
    require_outside(place, other / "surveys" / "x.toml", is_own=True)
    for path in (place / "x.toml", place / "surveys", other / "x.toml", other / "surveys"):
        with pytest.raises(BadInputError, match="lies in the workspace"):
            require_outside(place, path, is_own=True)


def test_nothing_goes_where_private_self_checks_are_kept(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    require_outside(None, tmp_path / "private" / "x.md")
    (tmp_path / "private" / "self-checks").write_text("mine")
    for name in ("x.md", "self-checks", "self-checks.lock"):
        with pytest.raises(BadInputError, match="lies where private self-checks are kept"):
            require_outside(None, tmp_path / "private" / name)


def test_every_file_that_somebody_names_is_looked_at(
    tmp_path: Path, other: Path, bundled: Library, clock: Clock
) -> None:
    here = open_workspace(tmp_path / "workspace", today=clock)
    before = sorted(other.rglob("*"))
    writes: tuple[Callable[[], object], ...] = (
        lambda: templates.write(bundled, "data-card", other),
        lambda: survey_start.start(tmp_path / "workspace", other / "our-meetings.toml"),
        lambda: demo.build(other / "demo", sprints=1, today=clock()),
        lambda: guarded.require_free(here, str(other / "invitation.json")),
        lambda: guarded.require_slips(here, str(other / "codes.md")),
        lambda: require_folder(other),
    )
    for write in writes:
        with pytest.raises(BadInputError, match=r"lies in the workspace .* Nothing was written\."):
            write()
    assert sorted(other.rglob("*")) == before


def test_a_team_starts_a_template_of_its_own_in_its_workspace(tmp_path: Path, bundled: Library) -> None:
    folder = tmp_path / "surveys" / "templates"
    folder.mkdir(parents=True)
    assert templates.write(bundled, "data-card", folder / "ours.md", tmp_path) == folder / "ours.md"
    with pytest.raises(BadInputError, match="lies in the workspace"):
        templates.write(bundled, "data-card", tmp_path, tmp_path)
