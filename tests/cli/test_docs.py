from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import click
import pytest

from tests.cli.commands_page import leaves, page
from tests.cli.conftest import Run, items, sheet
from tests.cli.remote import SIX, slips
from tuiretro.cli.main import program
from tuiretro.export import EXPORTERS
from tuiretro.export.csvfile import HEADS

README = Path(__file__).parents[2] / "README.md"
DOCS = Path(__file__).parents[2] / "docs"
LEAVES = dict(leaves(program))
JSON = {path: command for path, command in LEAVES.items() if "json" in str([p.to_info_dict() for p in command.params])}


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_every_command_has_help_and_stands_in_the_reference(path: tuple[str, ...], run: Run) -> None:
    command = LEAVES[path]
    assert command.help
    assert command.help.strip().endswith(".")
    assert f"## {' '.join(path)}\n" in (DOCS / "commands.md").read_text(encoding="utf-8")
    shown = run(*path, "--help")
    assert shown.exit_code == 0
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0] in shown.stdout


def test_the_reference_is_what_the_help_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    expected = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert page() == expected, "run: python -m tests.cli.commands_page > docs/commands.md"


def documented() -> dict[str, dict[str, object]]:
    """The examples of docs/json.md by command."""
    text = (DOCS / "json.md").read_text(encoding="utf-8")
    found = re.findall(r"^## `tuiretro ([^`]+)`$.*?^```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return {name: json.loads(example) for name, example in found}


def differences(found: object, example: object, at: str = "") -> list[str]:
    """Where the keys of two documents differ; of lists the first parts are compared, if both have one."""
    if isinstance(found, dict) and isinstance(example, dict):
        odd = [f"{at}.{key}" for key in found.keys() ^ example.keys()]
        for key in found.keys() & example.keys():
            odd += differences(found[key], example[key], f"{at}.{key}")
        return odd
    if isinstance(found, list) and isinstance(example, list):
        return differences(found[0], example[0], f"{at}[0]") if found and example else []
    return [at] if found is not None and example is not None and type(found) is not type(example) else []


def a_retro_with_all_that_is_told(ok: Run) -> None:
    ok("retro", "start")
    ok("retro", "add-note", "slow builds", "--column", "1")
    ok("retro", "reveal")
    ok("retro", "settle", "1", "done")
    ok("retro", "decide", "Cache the builds")
    for _ in range(4):
        ok("retro", "check", "welcome", stdin="4\n")
    ok("retro", "check", "welcome", "--close")


def test_every_json_output_has_its_keys_in_the_documentation(ok: Run, team: str) -> None:
    assert team
    ok("round", "open")
    examples = documented()
    status = json.loads(ok("round", "status", "--format", "json").stdout)
    assert differences(status, examples["round status"]) == []
    invitation = json.loads(ok("round", "invite", "-", "--one-person").stdout)
    assert differences(invitation, examples["round invite"]) == []
    asked = items(ok)
    for value in (2, 3, 2, 3):
        ok("answer", "--from", "-", stdin=sheet(asked, value))
    ok("round", "close")
    ok("team", "star", "testing")
    ok("team", "change", "--members-changed")
    play = json.loads(ok("focus", "--format", "json").stdout)["focus"][0]["plays"][0]["reference"]
    ok("action", "add", "--play", play)
    a_retro_with_all_that_is_told(ok)
    commands = {
        "team list": (),
        "team show": (),
        "results": (),
        "trends": (),
        "focus": (),
        "action list": (),
        "retro formats": (),
        "retro list": (),
        "retro show": (),
        "survey list": (),
        "survey show": ("data-cleaning",),
        "template list": (),
        "export": (),
        "audit": (),
        "doctor": (),
        "where": (),
    }
    own = json.loads(
        ok("check", "--survey", "testing", "--keep", "--format", "json", stdin="2\n" * 4 + "\ny\n\n").stdout
    )
    assert differences(own, examples["check"]) == []
    history = json.loads(ok("check", "history", "--format", "json").stdout)
    assert differences(history, examples["check history"]) == []
    assert {" ".join(path) for path in JSON} == {*commands, "round status", "check", "check history"}
    for name, more in commands.items():
        document = json.loads(ok(*name.split(), *more, "--format", "json").stdout)
        assert document["schema"] == 1
        assert differences(document, examples[name], name) == []
    whole = json.loads(ok("export", "--all", "--format", "json").stdout)
    assert differences(whole, examples["export --all"]) == []


@pytest.mark.parametrize("survey", ["process", "quarterly", "pulse", "safety", "deep-dive"])
def test_every_survey_has_the_keys_that_are_documented_for_one(ok: Run, survey: str) -> None:
    document = json.loads(ok("survey", "show", survey, "--format", "json").stdout)
    assert differences(document, documented()["survey show process"]) == []


def test_the_columns_of_the_table_are_those_that_are_documented() -> None:
    text = (DOCS / "exports.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z]+)` \|", text, re.MULTILINE) == [*HEADS]


def test_every_format_of_an_export_is_documented() -> None:
    text = (DOCS / "exports.md").read_text(encoding="utf-8")
    assert {*re.findall(r"--format ([a-z]+)", text)} >= {*EXPORTERS}


def test_a_format_has_the_keys_that_are_documented_for_one(ok: Run) -> None:
    document = json.loads(ok("survey", "show", "sailboat", "--format", "json").stdout)
    assert differences(document, documented()["survey show lean-coffee"]) == []


def test_the_format_in_the_guide_passes_the_check(ok: Run, tmp_path: Path) -> None:
    text = (DOCS / "catalogue.md").read_text(encoding="utf-8").partition("## Formats of retros")[2]
    path = tmp_path / "our-retro.toml"
    path.write_text(text.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    assert ok("survey", "check", str(path)).stderr == "1 file, no fault.\n"
    table = text.partition("|---|---|---|\n")[2].partition("\n\n")[0]
    listed = json.loads(ok("survey", "list", "--format", "json").stdout)["formats"]
    assert re.findall(r"^\| `([^`]+)`", table, re.MULTILINE) == [found["id"] for found in listed]


def test_the_commands_of_a_retro_work_in_the_order_of_the_readme(ok: Run, team: str) -> None:
    assert team
    block = re.search(r"<!-- retro -->\n```bash\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    said = [ok(*shlex.split(line, comments=True)[1:], stdin="4\n") for line in block[1].splitlines()]
    assert "**Deploys** (2 notes)" in said[-2].stdout
    assert "too few have voted alone to show anything" in said[-2].stdout
    assert "is over with 1 action taken on" in said[-1].stderr


def test_the_commands_of_a_remote_round_work_in_the_order_of_the_readme(
    ok: Run, team: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert team
    monkeypatch.chdir(tmp_path)
    (tmp_path / "envelopes").mkdir()
    block = re.search(r"<!-- remote -->\n```bash\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    lines = [shlex.split(line, comments=True)[1:] for line in block[1].splitlines()]
    begin, invite, answer, *rest = lines
    words = ok(*begin).stdout
    assert SIX.match(words)
    ok(*invite)
    asked = items(ok)
    for code in slips(tmp_path / "slips.html"):
        # Everybody sits somewhere else; here all of them write into the folder that is collected.
        ok(*answer, "--from", "-", "--output", "envelopes", stdin=sheet(asked), TUIRETRO_CODE=code)
    said = [ok(*line, TUIRETRO_CLOSING_CODE=words) for line in rest]
    assert "8 envelopes taken" in said[0].stderr
    assert "8 of 8 answered" in said[-1].stdout
