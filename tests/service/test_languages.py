"""A team's language: what it may be, and what a round then asks."""

from __future__ import annotations

from dataclasses import replace as replace_workspace
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.library.conftest import a_survey, put
from tests.service.conftest import STARTS, Clock, a_sprint, a_team
from tuiretro.errors import BadInputError
from tuiretro.library import Library
from tuiretro.model.survey import LABELS
from tuiretro.model.team import Team
from tuiretro.service import insight, rounds, teams
from tuiretro.service.audit import audit
from tuiretro.service.workspace import Workspace, open_workspace


@pytest.mark.parametrize("word", ["es", "ES", "Spanish", " spanish ", "Español", "ESPAÑOL"])
def test_a_language_is_known_by_its_code_and_its_names(either: Workspace, word: str) -> None:
    team = teams.add(either, "Atlas", people=7, starts=STARTS, every="2 weeks", language=word)
    assert team.language == "es"
    assert either.store.teams() == (team,)


def test_a_team_speaks_english_unless_it_chose_otherwise(either: Workspace) -> None:
    team = a_team(either)
    assert team.language == "en"
    spanish = teams.speak(either, team, "es")
    assert spanish == replace(team, language="es")
    assert either.store.teams() == (spanish,)
    assert teams.speak(either, spanish, "English") == team


def test_a_language_that_nothing_is_translated_into_changes_nothing(workspace: Workspace, atlas: Team) -> None:
    for word in ("tlh", "", "x" * 300, "\x1b[2J"):
        with pytest.raises(BadInputError, match=r"There is no language '.*es \(Spanish\).*Nothing was") as refused:
            teams.speak(workspace, atlas, word)
        assert refused.value.about == teams.LANGUAGE
        assert "\x1b" not in refused.value.message
        with pytest.raises(BadInputError):
            teams.add(workspace, "Comet", people=7, starts=STARTS, every="2 weeks", language=word)
    assert workspace.store.teams() == (atlas,)


def test_a_language_of_the_teams_own_files_can_be_spoken(workspace: Workspace, tmp_path: Path) -> None:
    made = a_survey() | {"translations": {"fr": {"title": "Rendez-vous"}}}
    put(tmp_path / "meetings.toml", {**made, "items": [{"id": "a", "short": "A", "text": "In this sprint we met."}]})
    workspace = replace_workspace(workspace, library=Library(own=tmp_path))
    team = teams.speak(workspace, a_team(workspace), "fr")
    opened = rounds.open_round(workspace, team, "meetings")
    assert (team.language, opened.title, opened.labels, opened.notice) == ("fr", "Rendez-vous", LABELS, "")


def test_another_language_does_not_touch_a_round_that_is_open(workspace: Workspace, atlas: Team) -> None:
    opened = rounds.open_round(workspace, atlas, "safety")
    teams.speak(workspace, atlas, "es")
    assert rounds.require_round(workspace, atlas) == opened


def test_a_round_speaks_the_language_of_its_team(either: Workspace) -> None:
    team = teams.speak(either, a_team(either), "es")
    spanish = either.library.language("es")
    opened = rounds.open_round(either, team, "safety")

    assert (opened.language, opened.labels) == ("es", spanish.labels)
    assert {question.language for question in opened.questions} == {"es"}
    assert (opened.title, opened.questions[0].id) == ("Seguridad psicológica", "safety.hard-problems")
    assert opened.notice == ("" if spanish.reviewed else spanish.notice)
    assert rounds.require_round(either, team) == opened


def test_an_audit_knows_what_a_team_of_another_language_keeps(tmp_path: Path, clock: Clock) -> None:
    workspace = open_workspace(tmp_path / "kept", today=clock)
    team = teams.speak(workspace, a_team(workspace), "es")
    a_sprint(workspace, team)
    clock.to_sprint(2)
    rounds.open_round(workspace, team, "data-cleaning")
    found = audit(workspace)

    assert [fault for check in found.checks for fault in check.faults] == []
    told = {field.name: field for file in found.files for table in file.tables for field in table.fields}
    for name in ("language", "labels", "notice", "items.language", "questions.language"):
        assert told[name].known, name


def test_an_english_round_has_no_notice(workspace: Workspace, atlas: Team) -> None:
    opened = rounds.open_round(workspace, atlas, "safety")
    assert (opened.language, opened.labels, opened.notice) == ("en", LABELS, "")


@pytest.mark.parametrize("reviewed", [False, True])
def test_a_notice_stands_before_what_nobody_has_reviewed(
    workspace: Workspace, tmp_path: Path, *, reviewed: bool
) -> None:
    (tmp_path / "languages").mkdir()
    language = {"id": "fr", "title": "Français", "name": "French", "reviewed": reviewed, "notice": "Sans relecture."}
    put(tmp_path / "languages" / "fr.toml", {**language, "scale": list("12345"), "unsure": "?"})
    workspace = replace_workspace(workspace, library=Library(own=tmp_path))
    opened = rounds.open_round(workspace, teams.speak(workspace, a_team(workspace), "french"), "safety")

    assert opened.notice == ("" if reviewed else "Sans relecture.")
    assert opened.labels == ("?", "1", "2", "3", "4", "5")
    assert {question.language for question in opened.questions} == {"fr"}
    assert opened.questions[0].text == workspace.library.survey("safety").questions[0].text


def test_a_changed_language_starts_new_lines(either: Workspace, clock: Clock) -> None:
    team = a_team(either)
    first = a_sprint(either, team)
    clock.to_sprint(2)
    second = a_sprint(either, teams.speak(either, team, "es"))

    assert [item.language for item in first.items] == ["en"] * 8
    assert [item.language for item in second.items] == ["es"] * 8
    asked = either.store.history(team.id).questions
    assert len({question.wording for question in asked}) == 16
    summary = insight.summary(either, teams.current(either, team))
    assert summary.themes[0].items[0].text == asked[8].text


def test_changed_labels_start_new_lines_under_a_higher_version(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "languages").mkdir()
    language = {"id": "fr", "title": "Français", "name": "French", "reviewed": True}
    put(tmp_path / "languages" / "fr.toml", {**language, "scale": list("edcba"), "version": 2})
    workspace = replace_workspace(workspace, library=Library(own=tmp_path))
    opened = rounds.open_round(workspace, teams.speak(workspace, a_team(workspace), "fr"), "safety")

    assert (opened.language, {question.language for question in opened.questions}) == ("fr", {"fr.2"})
    assert {question.scale for question in opened.questions} == {tuple("edcba")}
