"""Small made-up mistakes and surveys, and folders that hold them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from tuiretro.library import Library
from tuiretro.model.board_format import STAGES

Table = dict[str, Any]
MakeFile = Callable[[str, Table], Path]


def a_mistake(id_: str = "slow-tools", number: int = 1) -> Table:
    facets = ("builds", "laptops", "queues")
    return {
        "id": id_,
        "number": number,
        "title": "Putting up with slow tools",
        "theme": "quality",
        "summary": "Waiting costs hours. Nobody counts them.",
        "signs": ["A build took a whole morning."],
        "source": "made up",
        "headline": {"id": id_, "short": "Tools were quick", "text": f"In this sprint our {id_} were quick."},
        "facets": [
            {"id": f, "title": f.title(), "short": f"Quick {f}", "text": f"In this sprint the {f} were quick."}
            for f in facets
        ],
        "plays": [
            {
                "id": f"time-{facet}",
                "facet": facet,
                "title": f"Time the {facet}",
                "why": "What is measured can be mended.",
                "first_step": "One person takes a clock.",
                "done_when": "A number is on the board.",
                "watch": "The number, in two sprints.",
                "effort": effort,
            }
            for facet, effort in zip(facets, "SML", strict=True)
        ],
    }


def a_survey(id_: str = "meetings") -> Table:
    texts = ("In this sprint meetings began on time.", "In this sprint meetings had a list of topics.")
    return {
        "id": id_,
        "title": "Meetings",
        "intro": "Two statements on meetings.",
        "items": [
            {"id": f"item-{n}", "short": f"Statement {n}", "text": text, "mistakes": ["slow-tools"]}
            for n, text in enumerate(texts, 1)
        ],
    }


def some_plays(for_: str = "slow-tools", facet: str = "builds", id_: str = "buy-tools") -> Table:
    """A file of plays for a mistake or survey of another file."""
    play = a_mistake()["plays"][0] | {"id": id_, "facet": facet, "title": "Buy quicker tools"}
    return {"for": for_, "plays": [play]}


def a_language(code: str = "es") -> Table:
    return {
        "id": code,
        "title": "Español",
        "name": "Spanish",
        "reviewed": False,
        "scale": ["muy en desacuerdo", "en desacuerdo", "ni uno ni otro", "de acuerdo", "muy de acuerdo"],
        "unsure": "no sabría decirlo",
        "notice": "Nadie la ha revisado.",
    }


def an_agenda() -> Table:
    """The nine stages, a minute each."""
    stages = [{"id": stage, "title": stage, "minutes": 1, "say": [f"Now {stage}."]} for stage in STAGES]
    return {"id": "agenda", "topic_minutes": 5, "stages": stages}


def a_format(id_: str = "fishbowl") -> Table:
    columns = [{"id": "fish", "title": "Fish", "hint": "What swims?"}, {"id": "bowl", "title": "Bowl"}]
    return {"id": id_, "title": "Fishbowl", "about": "On fish.", "columns": columns}


def a_dive() -> Table:
    return {"id": "deep-dive", "title": "Deep dive", "intro": "Four statements on one mistake.", "kind": "dive"}


@pytest.fixture
def bundled(tmp_path: Path) -> Path:
    """A folder with the mistakes 1 and 2 and one survey."""
    folder = tmp_path / "bundled"
    (folder / "mistakes").mkdir(parents=True)
    put(folder / "mistakes" / "01-slow-tools.toml", a_mistake())
    put(folder / "mistakes" / "02-long-queues.toml", a_mistake("long-queues", 2))
    put(folder / "meetings.toml", a_survey())
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An empty folder of a team's own."""
    folder = tmp_path / "own"
    (folder / "mistakes").mkdir(parents=True)
    return folder


@pytest.fixture
def library(bundled: Path, own: Path) -> Library:
    return Library(own, bundled)


def put(path: Path, table: Table) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(tomli_w.dumps(table), encoding="utf-8")
    return path


def put_page(path: Path, text: str = "# A page\n\nWhat it is for.\n\nMore.\n") -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return path


def said(library: Library, path: Path) -> list[str]:
    """What a check says of a file, without the file's name before each line."""
    problems = library.check_file(path)
    assert {problem.file for problem in problems} <= {str(path)}
    return [str(problem).removeprefix(f"{path}: ") for problem in problems]
