from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run, items

STARTS: dict[str, tuple[str, ...]] = {
    "our-team.toml": (),
    "21-slow-builds.toml": ("--mistake",),
    "safety.toml": ("--plays-for", "safety"),
    "our-retro.toml": ("--retro-format",),
}


@pytest.mark.parametrize("name", STARTS)
def test_a_new_file_passes_the_check_and_the_next_steps_are_told(
    ok: Run, place: Path, tmp_path: Path, name: str
) -> None:
    result = ok("survey", "new", str(tmp_path / name), *STARTS[name])
    assert result.stdout == ""
    written, check, home, after = result.stderr.splitlines()
    assert written.startswith(f"Written: {tmp_path / name}. It passes the check")
    assert check == f"Check it: tuiretro survey check {tmp_path / name}"
    assert home.startswith(f"Put it where this workspace finds it: {place}/surveys/")
    assert "tuiretro " in after
    checked = ok("survey", "check", str(tmp_path / name))
    assert (checked.stdout, checked.stderr) == ("", "1 file, no fault.\n")
    assert not place.exists()


def test_a_new_survey_is_asked_as_the_next_step_says(ok: Run, team: str, tmp_path: Path) -> None:
    after = ok("survey", "new", str(tmp_path / "our-team.toml")).stderr.splitlines()[-1]
    words = after.removeprefix("Ask it: tuiretro ").split()
    assert ok(*words, "--team", team).stderr.startswith("Opened. Our own questions for Atlas")
    assert items(ok) == ("our-team.meetings-on-time", "our-team.meetings-with-topics")


def test_a_new_mistake_in_the_workspace_is_asked_like_the_others(ok: Run, team: str, place: Path) -> None:
    home = place / "surveys" / "mistakes" / "21-slow-builds.toml"
    said = ok("survey", "new", str(home), "--mistake").stderr
    assert "Put it where" not in said
    words = said.splitlines()[-1].removeprefix("Ask it, once it lies there: tuiretro ").split()
    assert "4 statements" in ok(*words, "--team", team).stderr


def test_new_plays_for_safety_can_be_taken_on(ok: Run, team: str, place: Path) -> None:
    ok("survey", "new", str(place / "surveys" / "plays" / "safety.toml"), "--plays-for", "safety")
    assert "[safety.our-play-1]" in ok("survey", "show", "safety").stdout
    assert "Try one small thing" in ok("action", "add", "--play", "safety.our-play-1", "--team", team).stderr


def test_a_new_format_in_the_workspace_is_shown_as_the_next_step_says(ok: Run, place: Path) -> None:
    said = ok("survey", "new", str(place / "surveys" / "formats" / "our-retro.toml"), "--retro-format").stderr
    assert "Put it where" not in said
    words = said.splitlines()[-1].removeprefix("See it, once it lies there: tuiretro ").split()
    assert ok(*words).stdout.startswith("Our own retro (our-retro)\n")


def test_nothing_that_is_there_is_replaced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text("mine")
    refused = run("survey", "new", str(tmp_path / "ours.toml"))
    assert (refused.exit_code, refused.stdout) == (3, "")
    assert refused.stderr.endswith("is there already, and was left as it is. Nothing was written.\n")
    assert (tmp_path / "ours.toml").read_text() == "mine"


def test_a_bad_name_is_refused_with_a_sentence(run: Run, tmp_path: Path) -> None:
    for words, code, sentence in (
        (("Ours.toml",), 3, "gives no id"),
        (("safety.toml",), 3, "The id 'safety' stays with"),
        (("slow.toml", "--mistake"), 3, "such as '21-slow.toml'"),
        (("saftey.toml", "--plays-for", "saftey"), 4, "did you mean 'safety'?\nTry: tuiretro survey list"),
        (("21-slow.toml", "--mistake", "--plays-for", "safety"), 2, "Use only one of --mistake, --plays-for and"),
        (("21-slow.toml", "--mistake", "--retro-format"), 2, "--retro-format; nothing was written"),
        (("sailboat.toml", "--retro-format"), 3, "The id 'sailboat' stays with"),
    ):
        refused = run("survey", "new", str(tmp_path / words[0]), *words[1:])
        assert refused.exit_code == code, words
        assert sentence in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_path_with_spaces_can_be_copied_from_what_is_said(ok: Run, tmp_path: Path) -> None:
    (tmp_path / "our own").mkdir()
    path = tmp_path / "our own" / "ours.toml"
    assert f"tuiretro survey check '{path}'" in ok("survey", "new", str(path)).stderr
