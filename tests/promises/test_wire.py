"""Text is data: nothing that people typed steers a terminal, by the bytes that arrive there."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.promises.wire import STEERING, TEXTS, WORST, controls, fill
from tests.terminal import Terminal
from tests.tui.states import TODAY
from tuiretro.core.promises import RECORDERS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
COLOUR = {"\x1b[m", "\r", "\n"}
"""All that a command sends beside text: bold heads, and lines."""
FORMS = ("text", "md", "json", "csv")
READING = (
    *(
        f"{command} --format {form}"
        for command in ("results", "focus", "trends", "action list --all")
        for form in FORMS
    ),
    *(f"{command} --format {form}" for command in ("team list", "team show") for form in FORMS),
    *(f"{command} --format {form}" for command in ("round status", "audit", "where") for form in ("text", "json")),
    *(f"export --format {form}" for form in ("md", "html", "json", "csv", "ical", "checklist")),
    "export --all",
    "brief",
    *(f"survey show ours --format {form}" for form in ("text", "json", "toml")),
    *(f"trends --heatmap --format {form}" for form in ("text", "md")),
    "results --comments",
    "focus --explain",
    "trends --explain",
    "trends --of own",
    "action list --explain",
    "survey list",
    "survey list --format json",
    "survey check",
    "survey check ours",
    "survey check --language xx",
    "round open --survey ours",
    "team add Other --people 5 --starts 2026-11-16 --every week --language xx",
    "--team Other round open --survey ours",
    "--team nobody results",
    "template list",
    "template list --format json",
    "template show page",
    "answer --from nowhere.json",
)
REPEATING = (
    "--team X team show",
    "team add X --people 5 --starts 2026-11-16 --every week",
    "team add Other --people X --starts 2026-11-16 --every week",
    "team add Other --people 5 --starts X --every week",
    "team add Other --people 5 --starts 2026-11-16 --every X",
    "team add Other --people 5 --starts 2026-11-16 --every week --language X",
    "team star X",
    "round open --survey X",
    "results --sprint X",
    "results --format X",
    "trends --of X",
    "action add X",
    "action add --play X",
    "action add Tidy --owner X",
    "action add Tidy --due X",
    "action add Tidy --done-when X",
    "action done X",
    "survey show X",
    "survey check X",
    "survey check X/X.toml",
    "survey new X/X.toml",
    "template show X",
    "export --output X/X.md",
    "export --sprints X",
    "export --since X",
    "answer --from X",
    "--workspace X where",
    "--workspace X/X team list",
    "--workspace X where --format json",
    "X",
    "--X",
    "team X",
)
"""X is the hostile text."""
MANY = """
import json, os, sys
from tuiretro.__main__ import main, one_sentence

for words in json.load(open(os.environ["COMMANDS"])):
    sys.argv = ["tuiretro", *words]
    try:
        main()
    except SystemExit:
        pass
    except Exception as error:
        one_sentence(type(error), error, None)
print("ALL DONE")
"""
"""The program, once for each line of words, in one process: a start takes longer than a command."""


def alone(place: Path, **more: str) -> dict[str, str]:
    env = {"TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": str(TODAY), "TUIRETRO_TEAM": "", "NO_COLOR": ""}
    return {**env, **dict.fromkeys(RECORDERS, ""), **more}


def heard_of(place: Path, lines: Sequence[Sequence[str]], cwd: Path, **more: str) -> bytes:
    """What a terminal gets of many commands; none of them is a fault."""
    commands = cwd / "commands.json"
    commands.write_text(json.dumps(lines))
    env = alone(place, COMMANDS=str(commands), **more)
    with Terminal([sys.executable, "-c", MANY], 100, 30, env, cwd) as terminal:
        assert terminal.wait(120) == 0
    assert b"ALL DONE" in terminal.heard
    assert b"fault of the program" not in terminal.heard
    assert b"Traceback" not in terminal.heard
    return terminal.heard


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    place = tmp_path / "work\x1b[2J\u202espace"
    fill(place, TEXTS, WORST)
    return place


def test_the_reading_of_the_wire_sees_each_text_of_the_corpus_that_steers() -> None:
    steering = [
        text for text in TEXTS if any(c in text for c in "\x1b\x07\r\x00\x90\x9b\x9d\t\u202e\u2066\u061c\ufeff")
    ]
    assert len(steering) > 15
    for text in steering:
        assert controls(text.encode()) - COLOUR | controls(text.encode()) & {"\r"}, text
    assert controls("Züri 日本 👩\u200d💻\r\n".encode()) <= COLOUR


def test_no_command_that_shows_what_people_typed_lets_it_steer(hostile: Path, tmp_path: Path) -> None:
    heard = heard_of(hostile, [line.split() for line in READING], tmp_path)
    assert controls(heard) <= COLOUR
    assert heard.count("👩\u200d💻 ok".encode()) > len(READING)


@pytest.mark.parametrize("worst", [WORST, *STEERING], ids=lambda text: ascii(text[:12]))
def test_no_sentence_that_repeats_an_argument_lets_it_steer(tmp_path: Path, worst: str) -> None:
    word = worst.replace("\0", "")
    lines = [[part.replace("X", word) for part in line.split()] for line in REPEATING]
    heard = heard_of(tmp_path / "workspace", lines, tmp_path)
    assert controls(heard) <= COLOUR
