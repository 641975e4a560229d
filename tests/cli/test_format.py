from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.library.conftest import a_format, put


def test_formats_are_listed_after_surveys_and_mistakes(ok: Run) -> None:
    text = ok("survey", "list").stdout
    assert re.search(r"^from-focus +3 per mistake +45 +From the focus list$", text, re.MULTILINE)
    assert re.search(r"^sailboat +4 +45 +Sailboat$", text, re.MULTILINE)
    assert text.index("\nFormats of retros\n") > text.index("\nMistakes\n")
    listed = json.loads(ok("survey", "list", "--format", "json").stdout)["formats"]
    assert {found["minutes"] for found in listed} == {45}
    assert [found["id"] for found in listed if found["from_focus"]] == ["from-focus"]


def test_a_format_is_shown_with_what_a_facilitator_may_say(ok: Run, place: Path) -> None:
    text = ok("survey", "show", "from-focus").stdout
    assert text.startswith("From the focus list (from-focus)\n")
    assert "Each of them stands once for each mistake on the focus list." in text
    assert "- notes, 8 minutes\n    Our own answers chose these topics." in text
    assert "Stages, 45 minutes in all" in text
    assert "Each topic that is discussed has 5 minutes." in text
    assert max(map(len, text.splitlines())) <= 80
    assert "## Columns" in ok("survey", "show", "sailboat", "--format", "md").stdout
    assert "focus list" not in ok("survey", "show", "sailboat").stdout
    assert not place.exists()


def test_a_column_without_a_hint_is_shown_by_its_title(ok: Run, tmp_path: Path) -> None:
    text = ok("survey", "show", str(put(tmp_path / "ours.toml", a_format("ours")))).stdout
    assert "- Fish: What swims?\n- Bowl\n" in text


@pytest.mark.parametrize("what", ["from-focus", "lean-coffee", "sailboat"])
def test_as_toml_it_is_the_start_of_ones_own(ok: Run, tmp_path: Path, what: str) -> None:
    shown = ok("survey", "show", what, "--format", "toml").stdout
    path = tmp_path / "ours.toml"
    path.write_text(shown.replace(f'id = "{what}"', 'id = "ours"'), encoding="utf-8")
    assert ok("survey", "check", str(path)).stderr == "1 file, no fault.\n"
    old, new = (json.loads(ok("survey", "show", one, "--format", "json").stdout)["format"] for one in (what, str(path)))
    assert new | {"id": what} == old
    assert tomllib.loads(shown).get("from") == ("focus" if what == "from-focus" else None)


def test_a_hint_is_left_out_of_the_toml_where_there_is_none(ok: Run, tmp_path: Path) -> None:
    path = put(tmp_path / "ours.toml", a_format("ours"))
    assert tomllib.loads(ok("survey", "show", str(path), "--format", "toml").stdout)["columns"][1] == {
        "id": "bowl",
        "title": "Bowl",
    }


def test_the_faults_of_a_format_are_named_with_the_nearest_name(run: Run, tmp_path: Path) -> None:
    path = put(tmp_path / "ours.toml", a_format("ours") | {"stages": {"grup": {}}})
    checked = run("survey", "check", str(path))
    assert (checked.exit_code, checked.stdout) == (8, f"{path}: stages.grup: unknown key; did you mean 'group'?\n")
    shown = run("survey", "show", str(path))
    assert (shown.exit_code, shown.stdout) == (8, "")
    assert "stages.grup" in shown.stderr


def test_what_a_format_cannot_do_is_refused_in_a_sentence(run: Run) -> None:
    near = run("survey", "show", "sailbot")
    assert (near.exit_code, near.stdout) == (4, "")
    assert "There is no format 'sailbot'; did you mean 'sailboat'?" in near.stderr
    spoken = run("survey", "show", "sailboat", "--language", "es")
    assert (spoken.exit_code, spoken.stdout) == (2, "")
    assert "speak English only; leave --language out" in spoken.stderr
