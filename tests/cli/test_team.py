from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run


def test_adding_a_team_is_confirmed_on_stderr_and_leaves_stdout_to_data(run: Run) -> None:
    result = run("team", "add", "Atlas", "--people", "8", "--starts", "2026-11-16", "--every", "2 weeks")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.startswith("Saved. Atlas has 8 people")


def test_an_empty_list_names_the_next_step(ok: Run) -> None:
    assert ok("team", "list").stdout == "There is no team yet. Set one up with 'tuiretro team add'.\n"
    assert json.loads(ok("team", "list", "--format", "json").stdout) == {"schema": 1, "teams": []}


def test_listing_works_in_every_form(ok: Run, team: str) -> None:
    assert ok("team", "list").stdout.splitlines()[1].split() == [team, "8", "4", "2", "weeks", "1", "en"]
    assert "| Atlas | 8 | 4 | 2 weeks | 1 | en |" in ok("team", "list", "--format", "md").stdout
    assert (
        ok("team", "list", "--format", "csv").stdout == "team,people,k,every,sprint,language\nAtlas,8,4,2 weeks,1,en\n"
    )
    assert json.loads(ok("team", "list", "--format", "json").stdout)["teams"][0]["name"] == team


def test_showing_tells_the_settings_and_the_sprint(ok: Run, team: str) -> None:
    shown = ok("team", "show").stdout
    assert team in shown
    assert "1, 16-29 Nov, 6 days left" in shown
    document = json.loads(ok("team", "show", "--format", "json").stdout)
    assert document["team"]["sprint"] == {"number": 1, "starts": "2026-11-16", "ends": "2026-11-29"}


def test_changing_keeps_what_was_not_named(ok: Run, team: str) -> None:
    ok("team", "change", "--people", "9", "--pulse", "12", "--name", "Hermes")
    document = json.loads(ok("team", "show", "--team", "hermes", "--format", "json").stdout)["team"]
    assert (document["people"], document["pulse"], document["minimum"]) == (9, 12, 4)
    assert document["team_changes"] == [1]
    assert team


def test_changed_members_mark_a_team_change(ok: Run, team: str) -> None:
    ok("team", "change", "--members-changed")
    assert "sprint 1" in ok("team", "show", "--team", team).stdout


def test_changing_nothing_is_a_usage_error(run: Run, team: str) -> None:
    result = run("team", "change", "--team", team)
    assert result.exit_code == 2
    assert "tuiretro: Say what to change" in result.stderr


def test_a_star_comes_and_goes(ok: Run, team: str) -> None:
    assert "'testing' is starred; starred: testing." in ok("team", "star", "testing").stderr
    assert "'testing' has no star any more; starred: none." in ok("team", "star", "testing", "--team", team).stderr


@pytest.mark.parametrize("words", [("--team", "two", "team", "show"), ("team", "show", "--team", "two")])
def test_the_team_may_be_named_before_and_after_the_command(ok: Run, team: str, words: tuple[str, ...]) -> None:
    ok("team", "add", "Two", "--people", "5", "--starts", "2026-11-16", "--every", "1 month", "--minimum", "5")
    assert "Two" in ok(*words).stdout
    assert team in ok("team", "show", TUIRETRO_TEAM=team).stdout
    assert "Two" in ok("team", "show", "--team", "two", TUIRETRO_TEAM=team).stdout


def test_the_first_day_can_move_until_something_was_asked(run: Run, ok: Run, team: str) -> None:
    assert team
    ok("team", "change", "--starts", "2026-11-09")
    shown = json.loads(ok("team", "show", "--format", "json").stdout)
    assert shown["team"]["sprint"] == {"number": 2, "starts": "2026-11-23", "ends": "2026-12-06"}

    ok("round", "open", "--survey", "safety")
    result = run("team", "change", "--starts", "2026-11-02")
    assert result.exit_code == 5
    assert "open round" in result.stderr


def test_another_first_day_stands_alone(run: Run, team: str) -> None:
    assert team
    result = run("team", "change", "--starts", "2026-11-09", "--people", "9")
    assert result.exit_code == 2
    assert "stands alone" in result.stderr


def test_a_team_speaks_another_language(ok: Run, run: Run) -> None:
    ok("team", "add", "Nube", "--people", "8", "--starts", "2026-11-16", "--every", "2 weeks", "--language", "Spanish")
    assert "language          es\n" in ok("team", "show").stdout
    assert ok("team", "list").stdout.splitlines()[0].split()[-1] == "language"
    assert ok("team", "list", "--format", "csv").stdout.splitlines()[1] == "Nube,8,4,2 weeks,1,es"
    assert ok("team", "change", "--language", "de").stderr.startswith("Saved.")
    assert json.loads(ok("team", "show", "--format", "json").stdout)["team"]["language"] == "de"
    refused = run("team", "change", "--language", "Klingon")
    assert refused.exit_code == 3
    assert "es (Spanish)" in refused.stderr
    assert json.loads(ok("team", "list", "--format", "json").stdout)["teams"][0]["language"] == "de"


@pytest.mark.parametrize("more", [("--people", "9"), ("--members-changed",), ("--starts", "2026-11-17")])
def test_a_language_changes_alone(run: Run, ok: Run, team: str, more: tuple[str, ...]) -> None:
    refused = run("team", "change", "--language", "es", *more)
    assert refused.exit_code == 2
    assert "stands alone; nothing was changed" in refused.stderr
    shown = json.loads(ok("team", "show", "--team", team, "--format", "json").stdout)["team"]
    assert (shown["language"], shown["people"], shown["team_changes"]) == ("en", 8, [])
