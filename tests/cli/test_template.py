from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tuiretro.service.survey_files import bundled


def own(place: Path, text: str) -> None:
    (place / "surveys" / "templates").mkdir(parents=True)
    (place / "surveys" / "templates" / "our-page.md").write_text(text, encoding="utf-8")


def test_the_templates_are_listed_with_what_they_are_for(ok: Run, place: Path) -> None:
    assert not place.exists()
    document = json.loads(ok("template", "list", "--format", "json").stdout)
    assert len(document["templates"]) == 18
    text = ok("template", "list").stdout
    marked = ok("template", "list", "--format", "md").stdout
    for template in document["templates"]:
        assert f"{template['id']}: {template['title']}" in " ".join(text.split())
        assert template["about"] in " ".join(text.split())
        assert f"## {template['id']}" in marked.replace("\\", "")
    assert max(map(len, text.splitlines())) <= 80
    assert not place.exists()


def test_templates_of_the_teams_own_stand_beside_them(ok: Run, place: Path) -> None:
    own(place, "# Ours\n\nFor lunch.\n\na\tb\n")
    assert "our-page: Ours\n    For lunch.\n" in ok("template", "list").stdout
    assert ok("template", "show", "our-page").stdout == "# Ours\n\nFor lunch.\n\na\tb\n"


def test_a_template_is_printed_as_it_is(ok: Run, place: Path) -> None:
    for path in (bundled() / "templates").iterdir():
        result = ok("template", "show", path.stem)
        assert result.stdout_bytes == path.read_bytes()
        assert result.stderr == ""
    assert not place.exists()


def test_what_could_steer_a_terminal_is_not_printed(run: Run, ok: Run, place: Path) -> None:
    own(place, "# Ours\n\nFor lunch.\n\n\x1b[2J\n")
    refused = run("template", "show", "our-page")
    assert (refused.exit_code, refused.stdout) == (8, "")
    assert "our-page" not in ok("template", "list").stdout


def test_letters_under_a_heap_of_marks_lose_most_of_them(ok: Run, place: Path) -> None:
    own(place, "# Ours\n\nFor lu" + "\u0323" * 50 + "nch.\n")
    assert ok("template", "show", "our-page").stdout.count("\u0323") <= 4


def test_a_template_is_written_and_said_where(ok: Run, tmp_path: Path) -> None:
    for output, where in ((tmp_path / "ours.md", tmp_path / "ours.md"), (tmp_path, tmp_path / "data-card.md")):
        result = ok("template", "show", "data-card", "--output", str(output))
        assert result.stdout == ""
        assert result.stderr.startswith(f"Written: {where}. Only you can read it")
        assert where.read_bytes() == (bundled() / "templates" / "data-card.md").read_bytes()


def test_a_file_that_is_there_is_never_replaced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ours.md").write_text("mine")
    refused = run("template", "show", "data-card", "--output", str(tmp_path / "ours.md"))
    assert (refused.exit_code, refused.stdout) == (3, "")
    assert "is there already" in refused.stderr
    assert (tmp_path / "ours.md").read_text() == "mine"


def test_the_nearest_template_is_named(run: Run, tmp_path: Path) -> None:
    for more in ((), ("--output", str(tmp_path / "x.md"))):
        refused = run("template", "show", "data-crad", *more)
        assert (refused.exit_code, refused.stdout) == (4, "")
        assert "There is no template 'data-crad'; did you mean 'data-card'" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_dash_prints_and_what_names_no_file_is_refused(ok: Run, run: Run, tmp_path: Path) -> None:
    assert ok("template", "show", "data-card", "--output", "-").stdout == ok("template", "show", "data-card").stdout
    for output in ("", f"{tmp_path}/not-there/"):
        refused = run("template", "show", "data-card", "--output", output)
        assert refused.exit_code == 2
        assert "names no file and no folder that is there" in refused.stderr
    hidden = run("template", "show", "data-card", "--output", str(tmp_path / "a\nb\x1b[31m.md"))
    assert hidden.exit_code == 3
    assert "That is no name for a file" in hidden.stderr
    assert list(tmp_path.glob("*.md")) == []
