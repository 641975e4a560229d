"""`tuiretro import` as people type it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run, on_a_terminal
from tests.service.other_tools import HARD_ID, averages, google, maps
from tuiretro.errors import BadInputError

MAP = maps()["Google Forms"]


@pytest.fixture
def team(ok: Run) -> str:
    ok("team", "add", "Atlas", "--people", "8", "--starts", "2026-01-05", "--every", "2 weeks")
    return "Atlas"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "answers.csv"
    path.write_text(google(), encoding="utf-8", newline="")
    return str(path)


@pytest.fixture
def map_(tmp_path: Path) -> str:
    path = tmp_path / "map.toml"
    path.write_text(MAP, encoding="utf-8")
    return str(path)


def test_a_dry_run_shows_all_and_writes_nothing(ok: Run, team: str, file: str, map_: str, place: Path) -> None:
    assert team
    shown = ok("import", file, "--map", map_, "--dry-run")

    assert [line.split() for line in shown.stdout.splitlines()] == [
        ["sprint", "days", "answers", "shown", "too", "few"],
        ["1", "5-18", "Jan", "4", "of", "8", "answered", "2", "0"],
        ["2", "19", "Jan", "-", "1", "Feb", "6", "of", "8", "answered", "2", "0"],
    ]
    assert f"{HARD_ID}: In this sprint the team talked openly" in shown.stderr
    assert "Not looked at: Email Address, Anything else?. Comments are never imported." in shown.stderr
    assert "Nothing was written: this was a dry run." in shown.stderr
    assert not list(place.rglob("history.json"))


def test_a_map_that_chooses_people_is_warned_of(ok: Run, team: str, file: str, tmp_path: Path) -> None:
    assert team
    map_ = tmp_path / "people.toml"
    map_.write_text(MAP.replace('ignore = ["Email Address"]', "") + '\n[keep]\n"Email Address" = ["x@example.org"]')
    said = ok("import", file, "--map", str(map_), "--dry-run").stderr

    assert "Careful: [keep] chooses rows by 'Email Address', which may say who answered." in said
    assert "x@example" not in said


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("n\n", 5), ("", 5)])
def test_it_asks_before_it_writes(
    run: Run, team: str, file: str, map_: str, place: Path, typed: str, code: int
) -> None:
    assert team
    result = run("import", file, "--map", map_, stdin=typed)

    assert result.exit_code == code
    assert "This adds the results of 2 sprints, which cannot be taken back. Import? [y/n]" in result.stderr
    assert bool(list(place.rglob("history.json"))) == (code == 0)


def test_what_was_imported_is_shown_and_audited(ok: Run, run: Run, team: str, file: str, map_: str) -> None:
    assert team
    said = ok("import", file, "--map", map_, "--yes")

    assert "Imported: 2 sprints. No row of the file was kept" in said.stderr
    assert "Google Forms" in ok("results", "--sprint", "1").stdout
    audit = ok("audit").stdout
    assert "imported: True" in audit
    assert "whoever holds the file that 2 of the 2 releases in" in audit
    again = run("import", file, "--map", map_, "--yes")
    assert again.exit_code == BadInputError.exit_code
    assert "  line 2: '1/6/2026 9:05:07' is of a sprint that has results already" in again.stderr
    assert again.stdout == ""


def test_a_sprint_with_too_few_answers_is_shown_as_such(run: Run, team: str, tmp_path: Path, map_: str) -> None:
    assert team
    file = tmp_path / "few.csv"
    file.write_text("".join(google().splitlines(keepends=True)[:3]), encoding="utf-8", newline="")
    result = run("import", str(file), "--map", map_)

    assert "too few answers to show" in result.stdout
    assert "There is nothing that may be shown of this file, so nothing was imported." in result.stderr
    assert result.exit_code == 5


def test_a_header_alone_has_nothing_to_import(run: Run, team: str, tmp_path: Path, map_: str) -> None:
    assert team
    file = tmp_path / "header.csv"
    file.write_text(google().splitlines()[0], encoding="utf-8")
    result = run("import", str(file), "--map", map_, "--yes")

    assert result.stdout == "No row is of a sprint that can be imported.\n"
    assert result.exit_code == 5
    assert "nothing was imported" in result.stderr


def test_where_all_columns_are_read_none_is_said_to_be_left(ok: Run, team: str, tmp_path: Path) -> None:
    assert team
    file, map_ = tmp_path / "averages.csv", tmp_path / "averages.toml"
    file.write_text(averages(), encoding="utf-8", newline="")
    map_.write_text(maps()["A table of averages"], encoding="utf-8")
    shown = ok("import", str(file), "--map", str(map_), "--dry-run")

    assert "Not looked at" not in shown.stderr
    assert [line.split()[-2:] for line in shown.stdout.splitlines()[1:]] == [["1", "1"], ["2", "0"]]


def test_rows_that_do_not_count_and_own_lines_are_told(ok: Run, team: str, file: str, tmp_path: Path) -> None:
    assert team
    map_ = tmp_path / "other.toml"
    odd = 'outside = "leave-out"\n' + MAP.replace('ignore = ["Email Address"]', "").replace(
        "[date]", '[keep]\n"Email Address" = ["p0@example.org"]\n[date]'
    )
    map_.write_text(odd + 'text = "Was the data good?"\nreversed = true\n', encoding="utf-8")
    shown = ok("import", file, "--map", str(map_), "--dry-run")

    assert "Left out: 9 rows, another row than those to keep." in shown.stderr
    assert "(in other words than ours, so on a line of its own, turned round)" in shown.stderr


def test_many_columns_that_are_not_looked_at_are_counted(ok: Run, team: str, tmp_path: Path, map_: str) -> None:
    assert team
    head, *rows = google().replace('"=1+1\nSECRET"', '""').splitlines()
    file = tmp_path / "wide.csv"
    names = ",".join(f'"More {n}"' for n in range(20))
    file.write_text("\n".join([f'{head},{names},""', *(f"{row}{',' * 21}" for row in rows)]), encoding="utf-8")

    assert "More 9 and 11 more." in ok("import", str(file), "--map", map_, "--dry-run").stderr


def test_a_guess_goes_to_stdout_or_into_a_new_file(ok: Run, run: Run, file: str, tmp_path: Path) -> None:
    target = tmp_path / "guess.toml"
    printed = ok("import", file, "--guess").stdout
    said = ok("import", file, "--guess", "--output", str(target))

    assert target.read_text(encoding="utf-8") == printed
    assert "Read it before you use it" in said.stderr
    again = run("import", file, "--guess", "--output", str(target))
    assert again.exit_code == BadInputError.exit_code
    assert target.read_text(encoding="utf-8") == printed


@pytest.mark.parametrize("options", [(), ("--guess", "--map", "x.toml")])
def test_a_map_or_a_guess_is_wanted_and_not_both(run: Run, file: str, options: tuple[str, ...]) -> None:
    result = run("import", file, *options)

    assert result.exit_code == 2
    assert "Say either --map MAP.toml or --guess." in result.stderr


def test_a_bar_is_drawn_on_a_terminal(ok: Run, team: str, file: str, map_: str, place: Path) -> None:
    assert team
    code, screen = on_a_terminal(place, ["import", file, "--map", map_, "--dry-run"], b"", b"never")

    assert code == 0
    assert b"Reading" in screen
