from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, items, sheet


def test_the_first_pulse_asks_twenty_four_statements(ok: Run, team: str) -> None:
    said = ok("round", "open").stderr
    assert said.startswith(f"Opened. Sprint pulse for {team}, sprint 1: 24 statements")
    assert len(items(ok)) == 24


def test_an_open_round_tells_nothing_finer_than_waiting_or_enough(ok: Run, opened: tuple[str, ...]) -> None:
    for count in range(6):
        document = json.loads(ok("round", "status", "--format", "json").stdout)["round"]
        assert document["status"] == ("4 or more answered" if count >= 4 else "waiting for 4 or more answers")
        assert document["enough"] is (count >= 4)
        ok("answer", "--from", "-", stdin=sheet(opened))
    assert "4 or more answered" in ok("round", "status").stdout
    assert "| Atlas | 1 |" in ok("round", "status", "--format", "md").stdout
    assert ok("round", "status", "--format", "csv").stdout.splitlines()[1].endswith("4 or more answered")


def test_without_a_round_the_status_says_so(ok: Run, team: str) -> None:
    assert ok("round", "status").stdout.startswith(f"No round is open for {team}.")
    assert json.loads(ok("round", "status", "--format", "json").stdout)["round"] is None


def test_closing_without_a_terminal_does_not_ask(ok: Run, run: Run, closed: tuple[str, ...]) -> None:
    assert closed
    assert "No round is open" in ok("round", "status").stdout
    again = run("round", "close")
    assert again.exit_code == 4
    assert again.stderr.startswith("tuiretro: No round is open")


def test_abandoning_without_a_terminal_needs_yes(ok: Run, run: Run, opened: tuple[str, ...]) -> None:
    refused = run("round", "abandon", stdin="y\n")
    assert refused.exit_code == 2
    assert "Say --yes" in refused.stderr
    assert items(ok) == opened
    assert "Abandoned." in ok("round", "abandon", "--yes").stderr
    assert "No round is open" in ok("round", "status").stdout


def test_a_survey_of_the_teams_own_can_be_asked(ok: Run, team: str, tmp_path: Path) -> None:
    own = tmp_path / "ours.toml"
    item = '[[items]]\nid = "tea"\nshort = "Tea was hot"\ntext = "In this sprint the tea was hot."\n'
    own.write_text(f'id = "ours"\ntitle = "Ours"\nintro = "On tea."\nkind = "items"\n{item}')
    ok("round", "open", "--survey", str(own), "--team", team)
    assert items(ok) == ("ours.tea",)


@pytest.mark.usefixtures("opened")
def test_a_damaged_round_can_be_abandoned(run: Run, ok: Run, place: Path) -> None:
    (damaged,) = place.rglob("round.json")
    damaged.write_text("")
    assert run("round", "status").exit_code == 6

    result = ok("round", "abandon", "--yes")
    assert "damaged" in result.stderr
    assert "Abandoned. The damaged round is gone" in result.stderr
    assert "No round is open" in ok("round", "status").stdout
    assert not list(place.rglob("key"))


def test_the_id_of_a_mistake_opens_a_deep_dive(ok: Run, team: str) -> None:
    said = ok("round", "open", "--survey", "data-cleaning").stderr
    assert said.startswith(f"Opened. Deep dive: Underestimating the data cleaning burden for {team}, sprint 1: 4 state")
    assert items(ok)[0] == "data-cleaning"
    assert len(items(ok)) == 4
    assert "data-cleaning, for a deep dive into it" in " ".join(ok("round", "open", "--help").stdout.split())


def test_a_deep_dive_of_no_mistake_is_refused_with_the_way_to_one(ok: Run, run: Run, team: str) -> None:
    refused = run("round", "open", "--survey", "deep-dive")
    assert refused.exit_code == 3
    sentence, *hints = refused.stderr.splitlines()
    assert sentence.startswith("tuiretro: A deep dive is about one mistake")
    assert hints[0] == "Try: tuiretro round open --survey data-cleaning"
    assert f"No round is open for {team}." in ok("round", "status").stdout
    assert "Try" not in run("round", "open", "--survey", "safety", "--sprint", "99").stderr


def test_a_language_that_no_file_speaks_any_more_is_said(ok: Run, team: str, place: Path) -> None:
    languages = place / "surveys" / "languages"
    languages.mkdir(parents=True)
    file = languages / "fr.toml"
    file.write_text('id = "fr"\ntitle = "Français"\nname = "French"\nreviewed = true\n')
    ok("team", "change", "--team", team, "--language", "fr")
    file.unlink()
    assert "It is asked in English: no sound file speaks the team's language 'fr'" in ok("round", "open").stderr


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize(
    ("options", "asked", "said"),
    [((), (False, False), 0), (("--codes", "--two-person"), (True, True), 1)],
)
def test_the_status_says_what_a_round_asks_for(
    ok: Run, tmp_path: Path, options: tuple[str, ...], asked: tuple[bool, bool], said: int
) -> None:
    file = (str(tmp_path / "slips.md"),)
    ok("round", "open", *(word for option in options for word in (option, *(file if option == "--codes" else ()))))
    document = json.loads(ok("round", "status", "--format", "json").stdout)["round"]
    assert (document["asks_code"], document["two_person"]) == asked
    for form in ("text", "md"):
        assert ok("round", "status", "--format", form).stdout.count("types a one-time code; closing takes") == said


def test_a_way_out_names_the_team_where_the_call_did(ok: Run, run: Run, team: str) -> None:
    ok("team", "add", 'Data "x" platform', "--people", "5", "--starts", "2026-01-05", "--every", "2 weeks")
    assert "Try: tuiretro round open\n" not in run("round", "close").stderr
    for name, quoted in ((team, f'"{team}"'), ('Data "x" platform', "'Data \"x\" platform'")):
        assert f"Try: tuiretro round open --team {quoted}\n" in run("round", "close", "--team", name).stderr
        assert f"'tuiretro round close --team {quoted}' ends it" in ok("round", "open", "--team", name).stderr
        refused = run("round", "close", "--team", name).stderr
        assert f"Try: tuiretro round abandon --team {quoted}, if no more answers will come\n" in refused
