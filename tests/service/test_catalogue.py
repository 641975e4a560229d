from __future__ import annotations

import random
from pathlib import Path

import tomli_w

from tests.library.conftest import a_mistake, a_survey
from tests.service.conftest import Clock
from tuiretro.library import Library
from tuiretro.service.catalogue import catalogue
from tuiretro.service.workspace import Workspace
from tuiretro.store.memory import MemoryStore


def test_the_catalogue_holds_what_is_bundled(workspace: Workspace) -> None:
    found = catalogue(workspace)

    assert [mistake.number for mistake in found.mistakes] == list(range(1, 21))
    assert {survey.id for survey in found.surveys} == {"safety", "pulse", "process", "quarterly", "deep-dive"}
    assert len(found.templates) == 18
    assert found.pages.keys() == {"safety"}
    assert found.problems == ()


def test_a_mistake_is_found_by_its_id(workspace: Workspace) -> None:
    found = catalogue(workspace)

    assert found.mistake("culture") is workspace.library.mistake("culture")
    assert found.mistake("nothing") is None


def test_surveys_and_templates_are_found_by_their_ids(workspace: Workspace) -> None:
    found = catalogue(workspace)

    assert found.survey("quarterly") == workspace.library.survey("quarterly")
    assert found.template("data-card") == workspace.library.template("data-card")
    assert (found.survey("nothing"), found.template("nothing")) == (None, None)


def test_whatever_has_plays_is_a_book_of_plays(workspace: Workspace) -> None:
    found = catalogue(workspace)

    assert [book.id for book in found.play_books] == ["safety", *(mistake.id for mistake in found.mistakes)]


def test_the_catalogue_speaks_a_teams_language(workspace: Workspace) -> None:
    english, spanish = catalogue(workspace), catalogue(workspace, "es")

    for one, other in zip(english.mistakes, spanish.mistakes, strict=True):
        assert one.id == other.id
        assert one.headline.text != other.headline.text


def test_a_broken_file_is_named_and_the_others_load(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "mistakes").mkdir()
    (tmp_path / "mistakes" / "21-slow-tools.toml").write_text(tomli_w.dumps(a_mistake("slow-tools", 21)))
    (tmp_path / "meetings.toml").write_text(tomli_w.dumps(a_survey("meetings") | {"title": ""}))

    found = catalogue(Workspace(MemoryStore(), Library(own=tmp_path), clock, random.Random(1)))

    assert found.mistake("slow-tools") is not None
    assert found.survey("safety") is not None
    assert found.survey("meetings") is None
    assert found.problems
    assert all("meetings.toml" in problem for problem in found.problems)
