from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from tests.cli.conftest import Run
from tuiretro.core.text import cleaned_keys

OWN = """
id = "ours"
title = "TITLE"
intro = "On tea."
kind = "items"

[[items]]
id = "tea"
short = "Tea"
text = "In this sprint we drank enough tea."
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


def test_the_list_says_how_much_each_survey_asks(ok: Run) -> None:
    text = ok("survey", "list").stdout
    for survey, asks in (
        ("process", "80 statements"),
        ("quarterly", "28 statements"),
        ("safety", "8 statements"),
        ("pulse", "sprint by sprint"),
        ("deep-dive", "4 statements of one mistake"),
    ):
        assert re.search(rf"^{survey} +{asks}  ", text, re.MULTILINE), survey
    assert "18 templates to fill in: 'tuiretro template list' names them." in text
    document = json.loads(ok("survey", "list", "--format", "json").stdout)
    assert {survey["id"]: survey["statements"] for survey in document["surveys"]}["pulse"] is None
    assert len(document["templates"]) == 18


def test_the_list_says_that_files_were_left_out(ok: Run, place: Path) -> None:
    assert ok("survey", "list").stderr == ""
    (place / "surveys").mkdir(parents=True)
    (place / "surveys" / "ours.toml").write_text("id = 3")
    said = ok("survey", "list").stderr
    assert "in files that were left out: 'tuiretro survey check' names them." in said


def test_every_survey_shows_what_it_asks_and_which_mistakes_it_is_about(ok: Run) -> None:
    for survey, items in (("process", 80), ("quarterly", 28), ("pulse", 24), ("deep-dive", 0)):
        document = json.loads(ok("survey", "show", survey, "--format", "json").stdout)
        assert document["survey"]["id"] == survey
        assert len(document["items"]) == len({item["id"] for item in document["items"]}) == items
        assert [mistake["number"] for mistake in document["mistakes"]] == list(range(1, 21))
        text = ok("survey", "show", survey).stdout
        for item in document["items"]:
            assert item["text"] in " ".join(text.split())
        assert "- 20. Over-reliance on automated tools (automation)" in text
        assert max(map(len, text.splitlines())) <= 80


def test_a_deep_dive_says_that_a_mistake_opens_it(ok: Run) -> None:
    text = " ".join(ok("survey", "show", "deep-dive").stdout.split())
    assert "the mistake's id opens it: 'tuiretro round open --survey data-cleaning' asks" in text
    start = ok("survey", "show", "deep-dive", "--format", "toml").stdout
    assert start.startswith("# The program's own: every mistake has its deep dive already")
    assert "Each pulse asks a part of these" in ok("survey", "show", "pulse").stdout


def test_safety_is_shown_with_its_plays_and_its_page(ok: Run) -> None:
    for form in ("text", "md"):
        text = ok("survey", "show", "safety", "--format", form).stdout
        assert "safety.lead-goes-first-review" in text.replace("\\", "")
        assert "# What these answers may and may not be claimed to show" in text
        assert text.index("What these answers may") > text.index("Plays")
        assert "English, German (de), Spanish (es)" in text.replace("\\", "")


def test_a_mistake_shows_templates_and_the_safety_statements_that_bear_on_it(ok: Run) -> None:
    text = ok("survey", "show", "data-cleaning").stdout
    assert "Safety statements that bear on it\n- In this sprint the team took time to check" in text
    assert "Template: labelling-plan ('tuiretro template show labelling-plan')" in text
    document = json.loads(ok("survey", "show", "data-cleaning", "--format", "json").stdout)
    assert len(document["items"]) == 4
    assert [one["id"] for one in document["safety"]] == ["safety.doubts"]


def test_showing_speaks_another_language_as_far_as_it_is_translated(ok: Run, run: Run) -> None:
    text = ok("survey", "show", "quarterly", "--language", "es").stdout
    assert text.startswith("Encuesta trimestral (quarterly)\n")
    assert "En este sprint" in text
    assert "In this sprint" not in text
    document = json.loads(ok("survey", "show", "testing", "--language", "de", "--format", "json").stdout)
    assert {item["language"] for item in document["items"]} == {"de"}
    assert ok("survey", "show", "quarterly", "--language", "ES").stdout == text
    unknown = run("survey", "show", "safety", "--language", "tlh")
    assert (unknown.exit_code, unknown.stdout) == (4, "")
    assert "survey list" not in unknown.stderr
    assert "survey list" in run("survey", "show", "nothing-like-it").stderr
    refused = run("survey", "show", "safety", "--language", "es", "--format", "toml")
    assert (refused.exit_code, refused.stdout) == (2, "")


def test_what_is_printed_for_a_start_holds_no_key_that_no_file_may_have(ok: Run) -> None:
    for what in ("safety", "testing", "process"):
        table = tomllib.loads(ok("survey", "show", what, "--format", "toml").stdout)
        for part in (table, table.get("headline", {}), *table.get("items", ()), *table.get("facets", ())):
            assert not part.keys() & {"language", "core"}
        assert all(play.get("translations") != {} for play in table.get("plays", ()))


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


def test_what_is_printed_for_a_start_passes_once_its_id_is_changed(ok: Run, place: Path) -> None:
    own = place / "surveys"
    (own / "mistakes").mkdir(parents=True)
    for kind in ("safety", "pulse", "process", "quarterly"):
        printed = ok("survey", "show", kind, "--format", "toml").stdout
        assert printed.startswith("# To start a survey of your own, change the id and the title")
        (own / "ours.toml").write_text(printed.replace(f'id = "{kind}"', 'id = "ours"', 1), encoding="utf-8")
        assert ok("survey", "check", str(own / "ours.toml")).stderr == "1 file, no fault.\n"
        assert ok("survey", "show", "ours").exit_code == 0
    printed = ok("survey", "show", "testing", "--format", "toml").stdout
    assert printed.startswith("# To start a mistake of your own, change the id, here and in the headline, the number")
    changed = printed.replace('id = "testing"', 'id = "cake"').replace("number = 14", "number = 21")
    (own / "mistakes" / "21-cake.toml").write_text(changed, encoding="utf-8")
    assert ok("survey", "check", str(own / "mistakes" / "21-cake.toml")).stderr == "1 file, no fault.\n"
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


def test_without_a_file_every_file_is_checked(ok: Run, run: Run, place: Path) -> None:
    counted = re.fullmatch(r"(\d+) files, no fault\.\n", ok("survey", "check").stderr)
    assert counted
    (place / "surveys" / "plays").mkdir(parents=True)
    (place / "surveys" / "plays" / "culture.toml").write_text("for = 3")
    (place / "surveys" / "ours.toml").write_text(OWN.replace("TITLE", "Ours"))
    result = run("survey", "check")
    assert result.exit_code == 8
    assert result.stderr.startswith(f"{int(counted[1]) + 2} files, ")
    assert f"{place}/surveys/plays/culture.toml: for: " in result.stdout
    assert "ours.toml" not in result.stdout


def test_texts_without_translation_come_after_the_faults_and_change_no_exit_code(
    ok: Run, run: Run, tmp_path: Path
) -> None:
    path, bad = tmp_path / "ours.toml", tmp_path / "bad.toml"
    path.write_text(OWN.replace("TITLE", "Ours") + 'translations.es = { short = "Te" }\n')
    bad.write_text(OWN.replace("TITLE", "").replace("ours", "theirs"))
    lines = [f"{path}: es: title and intro are shown in English", f"{path}: items.tea: es: text is shown in English"]
    result = ok("survey", "check", str(path))
    assert (result.stdout.splitlines(), result.stderr) == (lines, "1 file, no fault.\n")
    both = run("survey", "check", str(path), str(bad))
    assert both.exit_code == 8
    assert both.stdout.splitlines() == [f"{bad}: title: expected some text, found none", *lines]
    assert ok("survey", "check", str(path), "--language", "de").stdout.count(": de: ") == 2
    refused = run("survey", "check", str(path), "--language", "tlh")
    assert (refused.exit_code, refused.stdout) == (4, "")
    assert "There is no language 'tlh'" in refused.stderr


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
    assert tomllib.loads(shown)["items"][0]["text"] == "In this sprint we drank enough tea."
    assert list(cleaned_keys({"a": [{"b": "".join(HIDDEN)}]}).values()) == [[{"b": ""}]]


def test_checking_gives_advice_on_statements_and_leaves_the_exit_code_alone(ok: Run, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(OWN.replace("TITLE", "Ours").replace("we drank", "we did not drink"))
    result = ok("survey", "check", str(path))
    assert result.stdout == (
        f"{path}: items.tea.text: advice: 'not' makes it hard to answer, better one positive idea\n"
    )
    assert result.stderr == "1 file, no fault, 1 piece of advice.\n"
