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
    assert {survey.id for survey in found.surveys} == {"safety", "pulse", "process"}
    assert found.problems == ()


def test_a_mistake_is_found_by_its_id(workspace: Workspace) -> None:
    found = catalogue(workspace)

    assert found.mistake("culture") is workspace.library.mistake("culture")
    assert found.mistake("nothing") is None


def test_a_broken_file_is_named_and_the_others_load(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "mistakes").mkdir()
    (tmp_path / "mistakes" / "21-slow-tools.toml").write_text(tomli_w.dumps(a_mistake("slow-tools", 21)))
    (tmp_path / "meetings.toml").write_text(tomli_w.dumps(a_survey("meetings") | {"title": ""}))

    found = catalogue(Workspace(MemoryStore(), Library(own=tmp_path), clock, random.Random(1)))

    assert found.mistake("slow-tools") is not None
    assert len(found.surveys) == 3
    assert found.problems
    assert all("meetings.toml" in problem for problem in found.problems)
