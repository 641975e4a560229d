from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Run, items, sheet
from tuiretro.cli.export import BRIEF_FORMS, FORMS
from tuiretro.export import BRIEFS, EXPORTERS


@pytest.fixture
def two(ok: Run) -> str:
    """A team with results of sprints 1 and 2."""
    ok("team", "add", "Atlas", "--people", "8", "--starts", "2026-11-02", "--every", "2 weeks")
    for day in ("2026-11-10", "2026-11-23"):
        ok("round", "open", "--survey", "safety", TUIRETRO_TODAY=day)
        asked = items(ok)
        for value in (2, 3, 4, 3, 2):
            ok("answer", "--from", "-", stdin=sheet(asked, value), TUIRETRO_TODAY=day)
        ok("round", "close", TUIRETRO_TODAY=day)
    return "Atlas"


def test_an_export_goes_to_stdout(ok: Run, closed: tuple[str, ...]) -> None:
    assert closed
    result = ok("export")
    assert result.stdout.startswith("# Atlas: sprint 1")
    assert result.stderr == ""
    assert "comment 3" not in result.stdout
    assert json.loads(ok("export", "--format", "json", "--output", "-").stdout)["schema"] == 1


def test_a_file_is_private_and_never_replaced_unasked(
    ok: Run, run: Run, closed: tuple[str, ...], tmp_path: Path
) -> None:
    assert closed
    path = tmp_path / "summary.md"
    ok("export", "--output", str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = path.read_text()
    assert written == ok("export").stdout
    path.write_text("mine")
    refused = run("export", "--output", str(path))
    assert refused.exit_code == 3
    assert "was left as it is; choose another name.\nTry: --force, which replaces the file\n" in refused.stderr
    assert path.read_text() == "mine"
    ok("export", "--output", str(path), "--force")
    assert path.read_text() == written
    assert sorted(other.name for other in tmp_path.iterdir()) == ["summary.md", "workspace"]


def test_what_is_no_file_is_not_replaced_even_by_force(run: Run, closed: tuple[str, ...], tmp_path: Path) -> None:
    assert closed
    target = tmp_path / "target"
    target.write_text("mine")
    (tmp_path / "link").symlink_to(target)
    for force in ((), ("--force",)):
        refused = run("export", "--output", str(tmp_path / "link"), *force)
        assert refused.exit_code == 3
        assert "is no regular file" in refused.stderr
        assert "Try:" not in refused.stderr
    refused = run("export", "--output", str(tmp_path / "no" / "such"))
    assert refused.exit_code == 6
    assert f"could not be written: the folder '{tmp_path / 'no'}' is not there" in refused.stderr
    assert target.read_text() == "mine"


def test_a_range_is_chosen_by_numbers_by_a_day_or_whole(ok: Run, two: str) -> None:
    assert two
    for words, head in (
        (("--all",), "# Atlas: sprints 1 to 2, "),
        (("--sprints", "1..2"), "# Atlas: sprints 1 to 2, "),
        (("--sprints", "2.."), "# Atlas: sprint 2, 16 Nov 2026 - 29 Nov 2026"),
        (("--sprints", " ..1 "), "# Atlas: sprint 1, 2 Nov 2026 - 15 Nov 2026"),
        (("--sprints", "2-2"), "# Atlas: sprint 2, 16 Nov 2026 - 29 Nov 2026"),
        (("--since", "2026-11-16"), "# Atlas: sprint 2, 16 Nov 2026 - 29 Nov 2026"),
        (("--sprint", "1"), "# Atlas: sprint 1, 2-15 Nov 2026"),
        ((), "# Atlas: sprint 2, 16-29 Nov 2026"),
    ):
        assert ok("export", *words).stdout.startswith(head)


def test_into_a_folder_goes_a_file_of_the_proposed_name(ok: Run, two: str, tmp_path: Path) -> None:
    assert two
    for words in (("export",), ("brief",), ("export", "--sprints", "1..", "--format", "ical"), ("export", "--all")):
        said = ok(*words, "--output", str(tmp_path)).stderr
        assert f"Written: {tmp_path}/tuiretro-" in said
    assert {path.name for path in tmp_path.iterdir()} == {
        "tuiretro-sprint-2.md",
        "tuiretro-brief-sprint-2.md",
        "tuiretro-actions-sprints-1-to-2.ics",
        "tuiretro-all-to-sprint-2.md",
        "workspace",
    }


def test_the_command_offers_every_format_there_is() -> None:
    assert (set(FORMS), set(BRIEF_FORMS)) == (set(EXPORTERS), set(BRIEFS))


REFUSED = (
    (("--sprints", "two"), 3, "The range 'two' is not understood; write it like 3..8, 3.. or ..8. Nothing was"),
    (("--sprints", ".."), 3, "The range '..' is not understood"),
    (("--sprints", ""), 3, "--sprints is empty"),
    (("--sprints", "5..2"), 3, "The range 5..2 ends before it starts. Nothing was written; turn it around."),
    (("--sprints", "1..99999"), 3, "The range '1..99999' is not understood"),
    (("--sprints", "7..9"), 4, "No sprint from 7 to 9 has results. Those that have end with sprint 1."),
    (("--since", "yesterday"), 3, "The date 'yesterday' is not a day of the calendar"),
    (("--since", "2027-01-01"), 4, "No sprint since 2027-01-01 has results"),
    (("--sprint", "7"), 4, "Sprint 7 has no results"),
    (("--sprint", "1", "--all"), 2, "--sprint and --all exclude each other: choose one of them."),
    (("--sprints", "1..", "--since", "2026-01-01"), 2, "--sprints and --since exclude each other"),
)


def test_a_choice_that_cannot_be_is_one_sentence_and_writes_nothing(
    run: Run, closed: tuple[str, ...], tmp_path: Path
) -> None:
    assert closed
    for words, code, sentence in REFUSED:
        refused = run("export", *words, "--output", str(tmp_path / "out"))
        assert (refused.exit_code, refused.stdout) == (code, "")
        assert sentence in refused.stderr
        assert not (tmp_path / "out").exists()


def test_every_format_goes_to_a_file_byte_for_byte_as_to_stdout(
    ok: Run, closed: tuple[str, ...], tmp_path: Path
) -> None:
    assert closed
    assert ok("export", "--format", "ical").stderr == "No action is open, so the calendar is empty.\n"
    ok("action", "add", "Buy cake", "--owner", "Mina")
    assert ok("export", "--format", "ical").stderr == ""
    for form, head in {
        "csv": b"\xef\xbb\xbfteam,sprint,",
        "ical": b"BEGIN:VCALENDAR\r\n",
        "checklist": b"# Atlas",
    }.items():
        ok("export", "--format", form, "--output", str(tmp_path / form))
        written = (tmp_path / form).read_bytes()
        assert written.startswith(head)
        assert written == ok("export", "--format", form).stdout_bytes
    assert "Mina" in ok("export", "--with-owners").stdout
    assert "Mina" not in ok("export").stdout


def test_a_brief_tells_of_the_last_two_sprints_or_of_others(ok: Run, run: Run, two: str, tmp_path: Path) -> None:
    assert two
    path = tmp_path / "brief.md"
    ok("brief", "--output", str(path))
    assert path.read_text().startswith("# Atlas: what changed, from sprint 1 to 2\n")
    assert ok("brief", "--since-sprint", "1").stdout == path.read_text()
    assert ok("brief", "--sprint", "1").stdout.startswith("# Atlas: what changed, sprint 1\n")
    refused = run("brief", "--since-sprint", "2")
    assert (refused.exit_code, refused.stdout) == (3, "")
    assert "Sprint 2 is not before sprint 2, so nothing can have changed" in refused.stderr


def test_before_anything_was_released_there_is_one_sentence(run: Run, team: str) -> None:
    assert team
    for words in (("export",), ("export", "--all"), ("export", "--since", "2026-01-01"), ("brief",)):
        refused = run(*words)
        assert refused.exit_code == 4
        assert "No round has been closed yet" in refused.stderr


def test_no_export_takes_the_place_of_a_file_of_the_workspace(
    ok: Run, run: Run, closed: tuple[str, ...], place: Path
) -> None:
    assert closed
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    for words in (("export",), ("brief",)):
        for name in ("workspace.json", "new.md"):
            refused = run(*words, "--output", str(place / name), "--force")
            assert refused.exit_code == 3
            assert "lies in the workspace, whose files only tuiretro writes" in refused.stderr
            assert "--force" not in refused.stderr
    ok("retro", "start", "--layout", "sailboat")
    assert run("retro", "show", "--output", str(place / "workspace.json"), "--force").exit_code == 3
    assert before.items() <= {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}.items()
