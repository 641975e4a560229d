from __future__ import annotations

import json
import tomllib
from pathlib import Path

from tests.cli.conftest import Run
from tuiretro.cli.tables import cleaned_keys

OWN = """
id = "ours"
title = "TITLE"
intro = "On tea."
kind = "items"

[[items]]
id = "tea"
short = "Tea"
text = "We drank enough tea."
"""


def test_the_library_lists_surveys_and_twenty_mistakes(ok: Run) -> None:
    document = json.loads(ok("survey", "list", "--format", "json").stdout)
    assert {"pulse", "safety", "process"} <= {survey["id"] for survey in document["surveys"]}
    assert [mistake["number"] for mistake in document["mistakes"]] == list(range(1, 21))
    assert "data-cleaning" in ok("survey", "list").stdout
    assert ok("survey", "list", "--format", "md").stdout.startswith("# Surveys\n")


def test_reading_the_library_creates_no_workspace(ok: Run, place: Path) -> None:
    ok("survey", "list")
    ok("survey", "show", "safety")
    assert not place.exists()


def test_a_mistake_is_shown_with_its_plays(ok: Run) -> None:
    text = ok("survey", "show", "testing").stdout
    assert text.startswith("14. Inadequate testing and validation (quality)\n")
    assert "First step: " in text
    assert max(map(len, text.splitlines())) <= 80
    assert "## Plays" in ok("survey", "show", "testing", "--format", "md").stdout
    assert json.loads(ok("survey", "show", "testing", "--format", "json").stdout)["mistake"]["number"] == 14


def test_a_survey_is_shown_by_theme(ok: Run) -> None:
    text = ok("survey", "show", "safety").stdout
    assert text.startswith("Psychological safety (safety)\n")
    assert "(in every" in text
    assert json.loads(ok("survey", "show", "safety", "--format", "json").stdout)["survey"]["id"] == "safety"


def test_toml_can_be_read_back(ok: Run, tmp_path: Path) -> None:
    mistake = tomllib.loads(ok("survey", "show", "testing", "--format", "toml").stdout)
    assert mistake["headline"]["id"] == "testing"
    own = tomllib.loads(ok("survey", "show", "safety", "--format", "toml").stdout) | {"id": "ours"}
    path = tmp_path / "ours.toml"
    lines = [f"{key} = {json.dumps(own[key])}" for key in ("id", "title", "intro", "kind")]
    items = [f'[[items]]\nid = "{i["id"]}"\nshort = "{i["short"]}"\ntext = "{i["text"]}"' for i in own["items"]]
    path.write_text("\n".join([*lines, *items]))
    assert ok("survey", "check", str(path)).stderr == "1 file, no fault.\n"
    assert ok("survey", "show", str(path)).stdout.startswith("Psychological safety (ours)\n")


def test_what_is_printed_for_a_start_passes_once_its_id_is_changed(ok: Run, run: Run, place: Path) -> None:
    own = place / "surveys"
    (own / "mistakes").mkdir(parents=True)
    for kind in ("safety", "pulse", "process"):
        printed = ok("survey", "show", kind, "--format", "toml").stdout
        assert printed.startswith("# To start a survey of your own, change the id and the title")
        (own / "ours.toml").write_text(printed.replace(f'id = "{kind}"', 'id = "ours"', 1), encoding="utf-8")
        assert run("survey", "check", str(own / "ours.toml")).stdout == ""
        assert ok("survey", "show", "ours").exit_code == 0
    printed = ok("survey", "show", "testing", "--format", "toml").stdout
    assert printed.startswith("# To start a mistake of your own, change the id, here and in the headline, the number")
    changed = printed.replace('id = "testing"', 'id = "cake"').replace("number = 14", "number = 21")
    (own / "mistakes" / "21-cake.toml").write_text(changed, encoding="utf-8")
    assert run("survey", "check", str(own / "mistakes" / "21-cake.toml")).stdout == ""
    assert ok("survey", "show", "cake").stdout.startswith("21. ")


def test_a_file_that_is_not_there_is_not_there_for_every_command(ok: Run, run: Run, tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.toml")
    result = run("survey", "check", missing)
    assert (result.exit_code, result.stderr) == (4, "1 file, 1 fault.\n")
    assert run("survey", "show", missing).exit_code == 4
    ok("team", "add", "Atlas", "--people", "8", "--starts", "2026-11-16", "--every", "2 weeks")
    assert run("round", "open", "--survey", missing).exit_code == 4


def test_checking_names_every_fault_with_file_and_key(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text('id = "ours"\ntitel = "Ours"\nintro = "x"\nkind = "items"\n')
    result = run("survey", "check", str(path), str(tmp_path / "missing.toml"), str(tmp_path))
    assert result.exit_code == 8
    assert "ours.toml: titel: " in result.stdout
    assert "missing.toml: there is no such file" in result.stdout
    assert result.stderr.startswith("3 files, ")


HIDDEN = ("\u200e", "\u200f", "\u061c", "\ufeff", "\ue000")


def test_checking_names_characters_that_cannot_be_shown(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    for letter in HIDDEN:
        path.write_text(OWN.replace("TITLE", f"O{letter}urs"), encoding="utf-8")
        result = run("survey", "check", str(path))
        assert result.exit_code == 8
        assert f"ours.toml: title: expected plain text, found U+{ord(letter):04X}, which" in result.stdout
        assert letter not in result.stdout


def test_toml_is_as_clean_as_every_other_form(ok: Run, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(OWN.replace("TITLE", "Ou" + "\u0323" * 50 + "rs"), encoding="utf-8")
    shown = ok("survey", "show", str(path), "--format", "toml").stdout
    assert shown.count("\u0323") <= 4
    assert tomllib.loads(shown)["items"][0]["text"] == "We drank enough tea."
    assert list(cleaned_keys({"a": [{"b": "".join(HIDDEN)}]}).values()) == [[{"b": ""}]]
