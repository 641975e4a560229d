"""New survey files: they pass the check as they are, teach what may be changed, and take nobody's place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tuiretro.errors import BadInputError, NotFoundError, WorkspaceError
from tuiretro.library.folders import bundled_folder
from tuiretro.service import survey_files, survey_start
from tuiretro.service.survey_check import Checked, check
from tuiretro.service.survey_start import Start, start

KINDS: list[tuple[str, Start, str | None]] = [
    ("our-team.toml", "survey", None),
    ("21-slow-builds.toml", "mistake", None),
    ("safety.toml", "plays", "safety"),
    ("data-cleaning.toml", "plays", "data-cleaning"),
]
each_kind = pytest.mark.parametrize(("name", "kind", "target"), KINDS)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A workspace that is not there yet."""
    return tmp_path / "workspace"


def uncommented(text: str) -> str:
    """The text with every optional key in use: a commented-out key has no space after its '#'."""
    return re.sub(r"^#(?=\S)", "", text, flags=re.MULTILINE)


@each_kind
def test_a_started_file_passes_the_check(
    place: Path, tmp_path: Path, name: str, kind: Start, target: str | None
) -> None:
    where = start(place, tmp_path / name, kind, target)
    assert where == tmp_path / name
    assert check(place, (where,)) == Checked(files=1)
    assert "@" not in where.read_text(encoding="utf-8")
    assert not place.exists()


@each_kind
def test_its_examples_pass_the_check_too(
    place: Path, tmp_path: Path, name: str, kind: Start, target: str | None
) -> None:
    where = start(place, tmp_path / name, kind, target)
    whole = uncommented(where.read_text(encoding="utf-8"))
    assert "\ntranslations.es = " in whole
    assert "\ntemplate = " in whole
    where.write_text(whole, encoding="utf-8")
    found = check(place, (where,))
    assert found.faults == ()
    assert all(": es: " in line for line in found.untranslated)


@each_kind
def test_in_the_workspace_it_is_found_at_once(place: Path, name: str, kind: Start, target: str | None) -> None:
    home = survey_start.home_of(place, Path(name), kind)
    assert start(place, home, kind, target) == home
    assert (place.stat().st_mode & 0o777, home.stat().st_mode & 0o777) == (0o700, 0o600)
    assert check(place).faults == ()
    id_ = target or home.stem.removeprefix("21-")
    shown = survey_files.read(place, id_)
    assert shown.book.id == id_
    if kind == "plays":
        assert shown.book.plays[-1].id == "our-play-1"


def test_every_key_of_a_starter_is_explained() -> None:
    for path in (bundled_folder() / survey_start.STARTERS).iterdir():
        text = path.read_text(encoding="utf-8")
        for word in ("survey check", "Where it belongs", "optional", "At most", "surveys/"):
            assert word.casefold() in text.casefold(), (path.name, word)


def test_plays_get_an_id_that_is_free(place: Path) -> None:
    home = survey_start.home_of(place, Path("21-slow-builds.toml"), "mistake")
    start(place, home, "mistake")
    home.write_text(home.read_text("utf-8").replace('id = "name-an-owner"', 'id = "our-play-1"'), encoding="utf-8")
    plays = start(place, survey_start.home_of(place, Path("slow-builds.toml"), "plays"), "plays", "slow-builds")
    assert 'id = "our-play-2"' in plays.read_text(encoding="utf-8")
    assert check(place).faults == ()


@each_kind
def test_nothing_that_is_there_is_replaced(
    place: Path, tmp_path: Path, name: str, kind: Start, target: str | None
) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(BadInputError, match=f"{name}' is there already, and was left as it is"):
        start(place, tmp_path / name, kind, target)
    assert (tmp_path / name).read_text() == "mine"
    (tmp_path / name).unlink()
    (tmp_path / name).symlink_to(tmp_path / "nowhere")
    with pytest.raises(BadInputError, match="is there already"):
        start(place, tmp_path / name, kind, target)
    assert not (tmp_path / "nowhere").exists()


REFUSED: list[tuple[str, Start, str | None, str]] = [
    ("Our team.toml", "survey", None, "The file name 'Our team.toml' gives no id: call it ID.toml"),
    ("our-team", "survey", None, "gives no id"),
    (".toml", "survey", None, "gives no id"),
    (f"{'x' * 41}.toml", "survey", None, "gives no id: .* at most 40 characters"),
    ("a\x1b[2Jb.toml", "survey", None, r"The file name 'a\[2Jb.toml' gives no id"),
    ("safety.toml", "survey", None, "The id 'safety' stays with .*safety.toml"),
    ("testing.toml", "survey", None, "The id 'testing' stays with .*14-testing.toml"),
    ("slow.toml", "mistake", None, "gives no number and id: call it NN-ID.toml, such as '21-slow.toml', .* 21 is free"),
    ("2-slow.toml", "mistake", None, "gives no number and id"),
    ("21-Slow.toml", "mistake", None, "gives no number and id: .* such as '21-slow-builds.toml'"),
    ("21-slow.md", "mistake", None, "gives no number and id"),
    ("00-slow.toml", "mistake", None, "The number 0 is none that a mistake can have; the number 21 is free"),
    ("14-slow.toml", "mistake", None, "The number 14 stays with .*14-testing.toml; the number 21 is free"),
    ("21-testing.toml", "mistake", None, "The id 'testing' stays with"),
    ("21-safety.toml", "mistake", None, "The id 'safety' stays with"),
    ("ours.toml", "plays", "safety", "A file with plays for 'safety' is called 'safety.toml', not 'ours.toml'"),
    ("process.toml", "plays", "process", "The survey 'process' has no statements of its own"),
    ("deep-dive.toml", "plays", "deep-dive", "Plays for a mistake go by its own id"),
    ("mistakes/ours.toml", "survey", None, "A file in a folder 'mistakes' is not read as a survey"),
    ("languages/ours.toml", "survey", None, "A file in a folder 'languages' is not read as a survey"),
    ("plays/21-slow.toml", "mistake", None, "A file in a folder 'plays' is not read as a mistake"),
    ("Our retro.toml", "format", None, "gives no id: call it ID.toml, such as 'our-retro.toml'"),
    ("sailboat.toml", "format", None, "The id 'sailboat' stays with .*formats.sailboat.toml"),
    ("agenda.toml", "format", None, "The id 'agenda' stays with"),
    ("formats/ours.toml", "survey", None, "A file in a folder 'formats' is not read as a survey"),
    ("templates/ours.toml", "format", None, "A file in a folder 'templates' is not read as a format"),
    ("mistakes/safety.toml", "plays", "safety", "A file in a folder 'mistakes' is not read as plays"),
]


@pytest.mark.parametrize(("name", "kind", "target", "sentence"), REFUSED)
def test_a_name_that_cannot_be_is_refused_before_anything_is_written(
    place: Path, tmp_path: Path, name: str, kind: Start, target: str | None, sentence: str
) -> None:
    with pytest.raises(BadInputError, match=sentence) as refused:
        start(place, tmp_path / name, kind, target)
    assert refused.value.message.endswith("Nothing was written.") or "Nothing was written. " in refused.value.message
    assert refused.value.about == survey_start.FILE
    assert list(tmp_path.iterdir()) == []


def test_plays_for_nothing_are_refused_with_the_nearest_name(place: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"There is no mistake or survey 'saftey'; did you mean 'safety'"):
        start(place, tmp_path / "saftey.toml", "plays", "saftey")
    assert list(tmp_path.iterdir()) == []


def test_a_second_file_of_plays_is_refused(place: Path, tmp_path: Path) -> None:
    start(place, survey_start.home_of(place, Path("culture.toml"), "plays"), "plays", "culture")
    with pytest.raises(BadInputError, match=r"Plays for 'culture' stand in .*culture.toml already; add yours to them"):
        start(place, tmp_path / "culture.toml", "plays", "culture")


def test_own_ids_and_numbers_are_taken_too(place: Path, tmp_path: Path) -> None:
    start(place, survey_start.home_of(place, Path("21-slow.toml"), "mistake"), "mistake")
    start(place, survey_start.home_of(place, Path("ours.toml"), "survey"))
    with pytest.raises(BadInputError, match=r"The number 21 stays with .*; the number 22 is free"):
        start(place, tmp_path / "21-slower.toml", "mistake")
    for name in ("slow.toml", "ours.toml"):
        with pytest.raises(BadInputError, match="stays with"):
            start(place, tmp_path / name)


def test_when_every_number_is_taken_that_is_said(place: Path, tmp_path: Path) -> None:
    own = place / "surveys" / "mistakes"
    own.mkdir(parents=True)
    for number in survey_start.OWN_NUMBERS:
        (own / f"{number}-mine-{number}.toml").touch()
    with pytest.raises(BadInputError, match="every number up to 99 is taken"):
        start(place, tmp_path / "slow.toml", "mistake")


def test_a_folder_outside_the_workspace_is_not_made(place: Path, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"could not be written: the folder .*nowhere' is not there"):
        start(place, tmp_path / "nowhere" / "ours.toml")
    assert list(tmp_path.iterdir()) == []


def test_a_home_is_found(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert start(place, Path("~/ours.toml")) == tmp_path / "ours.toml"
