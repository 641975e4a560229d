from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.conftest import a_format, a_survey, put
from tuiretro.errors import NotFoundError, SurveyError
from tuiretro.service import survey_files, survey_start
from tuiretro.service.format_files import find
from tuiretro.service.survey_check import Checked, check


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A workspace that is not there yet."""
    return tmp_path / "workspace"


def test_a_format_is_found_by_id_and_by_file(place: Path, tmp_path: Path) -> None:
    found, bundled = find(place, "sailboat"), survey_files.bundled() / "formats" / "sailboat.toml"
    assert found is not None
    assert found == find(place, bundled)
    assert [column.id for column in found.columns] == ["island", "wind", "anchor", "rocks"]
    assert find(place, put(tmp_path / "Ours.toml", a_format("ours"))) is not None


def test_what_is_no_format_is_left_to_others(place: Path, tmp_path: Path) -> None:
    survey = put(tmp_path / "ours.toml", a_survey("ours"))
    for what in ("safety", "testing", "zzz", survey, tmp_path / "none.toml"):
        assert find(place, what) is None


def test_the_nearest_name_of_a_format_is_told(place: Path) -> None:
    with pytest.raises(NotFoundError, match="There is no format 'sailbot'; did you mean 'sailboat'"):
        find(place, "sailbot")


def test_a_broken_format_is_refused(place: Path, tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match="columns: expected 1 to 9 columns, found 0"):
        find(place, put(tmp_path / "ours.toml", a_format("ours") | {"columns": []}))


def test_formats_are_listed_and_checked_with_all_else(place: Path) -> None:
    before = check(place).files
    put(place / "surveys" / "formats" / "ours.toml", a_format("ours"))
    bad = put(place / "surveys" / "formats" / "theirs.toml", a_format("theirs") | {"titel": "x"})
    assert [board.id for board in survey_files.listed(place).formats][-2:] == ["lean-coffee", "ours"]
    found = check(place)
    assert found.files == before + 2
    assert [line.partition(" unknown key")[0] for line in found.faults] == [f"{bad}: titel:"]
    assert survey_files.listed(place).problems == found.faults


def test_a_format_has_no_texts_to_translate(place: Path, tmp_path: Path) -> None:
    path = put(tmp_path / "ours.toml", a_format("ours"))
    assert check(place, (path,), "es") == Checked(files=1)


def test_a_started_format_passes_the_check_with_every_optional_key(place: Path, tmp_path: Path) -> None:
    where = survey_start.start(place, tmp_path / "ours.toml", "format")
    assert check(place, (where,)) == Checked(files=1)
    text = where.read_text(encoding="utf-8")
    assert "@" not in text
    whole = text.replace("\n#from", "\nfrom").replace("\n#order", "\norder").replace("\n#title", "\ntitle")
    assert whole.count("\n#") < text.count("\n#")
    where.write_text(whole, encoding="utf-8")
    assert check(place, (where,)) == Checked(files=1)


def test_in_the_workspace_it_is_found_at_once(place: Path) -> None:
    home = survey_start.home_of(place, Path("ours.toml"), "format")
    assert survey_start.start(place, home, "format") == place / "surveys" / "formats" / "ours.toml"
    found = find(place, "ours")
    assert found is not None
    assert [stage.minutes for stage in found.stages if stage.id == "notes"] == [10]
    assert check(place).faults == ()
