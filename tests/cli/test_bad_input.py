"""Everything wrong that people and programs hand over: one sentence, its exit code, nothing written, no traceback."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import gettempdir

import pytest
from click.testing import Result

import tuiretro
from tests.cli.conftest import TODAY, Run, sheet
from tuiretro.store.documents import SCHEMA

Kept = Callable[[], str]


def assert_refused(result: Result, code: int, *words: str) -> None:
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    (said,) = (line for line in result.stderr.splitlines() if line.startswith("tuiretro: "))
    assert said.endswith((".", "?", ")"))
    assert len(said) < 700
    assert "Traceback" not in result.stderr
    assert "\x1b" not in result.stderr
    for word in words:
        assert word in said


def answered_with(value: str) -> Callable[[tuple[str, ...]], bytes]:
    """A sheet with `value` as JSON in place of its first answer."""

    def make(ids: tuple[str, ...]) -> bytes:
        others = ", ".join(f'"{item}": 4' for item in ids[1:])
        return f'{{"answers": {{"{ids[0]}": {value}, {others}}}}}'.encode()

    return make


def cut_off(ids: tuple[str, ...]) -> bytes:
    return sheet(ids).encode()[:-9]


def unknown_item(ids: tuple[str, ...]) -> bytes:
    return sheet((*ids, "safety.bad-newz")).encode()


def missing_item(ids: tuple[str, ...]) -> bytes:
    return sheet(ids[1:]).encode()


def twice(ids: tuple[str, ...]) -> bytes:
    return sheet(ids).encode().replace(b'{"answers": {', f'{{"answers": {{"{ids[0]}": 1, '.encode())


def zipped(data: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.json", data)
    return held.getvalue()


def tarred(name: str) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        archive.addfile(tarfile.TarInfo(name))
    return held.getvalue()


SHEETS: dict[str, tuple[Callable[[tuple[str, ...]], bytes], str]] = {
    "zero": (answered_with("0"), "out of range"),
    "six": (answered_with("6"), "out of range"),
    "minus one": (answered_with("-1"), "out of range"),
    "huge": (answered_with("18446744073709551616"), "out of range"),
    "true": (answered_with("true"), "is true or false"),
    "text": (answered_with('"3"'), "is text"),
    "float": (answered_with("3.0"), "is a number with a decimal point"),
    "NaN": (answered_with("NaN"), "not valid JSON"),
    "infinity": (answered_with("-Infinity"), "not valid JSON"),
    "list": (answered_with("[3]"), "is a list"),
    "unknown item": (unknown_item, "did you mean 'safety.bad-news'?"),
    "item with an escape sequence": (lambda ids: sheet((*ids, "\x1b]0;x\x07")).encode(), "not part of this round"),
    "missing item": (missing_item, "has no answer"),
    "duplicate key": (twice, "twice"),
    "truncated": (cut_off, "not valid JSON"),
    "trailing garbage": (lambda ids: sheet(ids).encode() + b"x", "not valid JSON"),
    "empty": (lambda _: b"", "not valid JSON"),
    "null": (lambda _: b"null", "null instead of an object"),
    "unknown field": (lambda ids: sheet(ids).encode()[:-1] + b', "name": "Jo"}', "'name', which no sheet has"),
    "other bytes": (lambda ids: sheet(ids, comment="x").encode().replace(b'"x"', b'"\xff\xfe"'), "not valid JSON"),
    "deep": (lambda _: b'{"answers": ' + b"[" * 30_000 + b"]" * 30_000 + b"}", "sheet"),
    "1 MB": (lambda ids: sheet(ids, comment="x" * 2**20).encode(), "larger than 64 KB"),
    "10 MB of spaces": (lambda _: b" " * 10 * 2**20, "larger than 64 KB"),
    "gzip": (lambda ids: gzip.compress(sheet(ids).encode()), "not valid JSON"),
    "zip that unpacks to 20 MB": (lambda _: zipped(bytes(20 * 2**20)), "not valid JSON"),
    "tar that climbs out": (lambda _: tarred("../../escaped"), "not valid JSON"),
    "5,000 digits": (answered_with("9" * 5000), "not valid JSON"),
    "301 answers": (lambda ids: sheet((*ids, *(f"item-{n}" for n in range(301)))).encode(), "not part of this round"),
    "item in two forms of one letter": (
        lambda ids: sheet((*ids, "\u00e9", "e\u0301")).encode(),
        "not part of this round",
    ),
    "path for an item": (lambda ids: sheet((*ids, "../../etc/passwd")).encode(), "not part of this round"),
    "list of sheets": (lambda ids: f"[{sheet(ids)}]".encode(), "a list instead of an object"),
    "long comment": (lambda ids: sheet(ids, comment="x" * 501).encode(), "501 characters"),
}


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("by", ["file", "stdin"])
def test_a_bad_sheet_is_refused(
    run: Run, opened: tuple[str, ...], kept: Kept, tmp_path: Path, name: str, by: str
) -> None:
    make, word = SHEETS[name]
    path = tmp_path / "sheet.json"
    path.write_bytes(make(opened))
    before = kept()
    result = (
        run("answer", "--from", str(path)) if by == "file" else run("answer", "--from", "-", stdin=path.read_bytes())
    )
    assert_refused(result, 3, word, "Nothing was saved.")
    assert kept() == before


def test_what_is_no_file_is_refused_and_blocks_nothing(
    run: Run, opened: tuple[str, ...], kept: Kept, tmp_path: Path
) -> None:
    assert opened
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    before = kept()
    cases = {
        "folder": "not a regular file",
        "pipe": "not a regular file",
        "loop": "it is a symbolic link",
        "missing": "There is no file",
    }
    for name, word in cases.items():
        assert_refused(run("answer", "--from", str(tmp_path / name)), 3, word, "Nothing was saved.")
    assert_refused(run("answer", "--from", "/dev/zero"), 3, "not a regular file")
    assert_refused(run("answer", "--from", ""), 3, "--from is empty")
    assert kept() == before


@pytest.mark.parametrize("name", ["a\n\x1b]0;x\x07.json", "-rf", "x" * 300])
def test_a_strange_file_name_is_refused_and_obeyed_by_nobody(
    run: Run, opened: tuple[str, ...], kept: Kept, name: str
) -> None:
    assert opened
    before = kept()
    assert_refused(run("answer", "--from", name), 3, "Nothing was saved.")
    assert_refused(run("round", "open", "--survey", f"./{name}"), 4 if len(name) < 300 else 8)
    assert kept() == before


def test_a_file_of_the_system_behind_a_link_is_refused_and_not_shown(
    run: Run, opened: tuple[str, ...], kept: Kept, tmp_path: Path
) -> None:
    assert opened
    (tmp_path / "link").symlink_to("/etc/passwd")
    before = kept()
    result = run("answer", "--from", str(tmp_path / "link"))
    assert_refused(result, 3, "not valid JSON", "Nothing was saved.")
    assert "root" not in result.stderr
    assert kept() == before


def test_what_no_terminal_should_obey_is_dropped_from_a_comment(ok: Run, opened: tuple[str, ...], place: Path) -> None:
    for _ in range(4):
        ok("answer", "--from", "-", stdin=sheet(opened, comment="a\0b\x1b[2Jc\u202ed"))
    ok("round", "close")
    (release,) = json.loads(next(place.rglob("history.json")).read_bytes())["releases"].values()
    assert set(release["comments"]) == {"ab[2Jcd"}


ADD = ("team", "add", "Two", "--people", "8", "--starts", "2026-11-16", "--every", "2 weeks")


def added(**changed: str) -> tuple[str, ...]:
    """The words that add a team, with some values changed."""
    words = list(ADD)
    for option, value in changed.items():
        if option == "name":
            words[2] = value
        elif f"--{option}" in words:
            words[words.index(f"--{option}") + 1] = value
        else:
            words += [f"--{option}", value]
    return tuple(words)


WORDS: dict[str, tuple[tuple[str, ...], int, str]] = {
    "31 February": (added(starts="2026-02-31"), 3, "not a day of the calendar"),
    "date with slashes": (added(starts="01/02/03"), 3, "write it like 2026-11-23"),
    "date with an escape sequence": (added(starts="\x1b[2J"), 3, "not a day of the calendar"),
    "year 9999": (added(starts="9999-01-01"), 3, "too far away"),
    "people 3": (added(people="3"), 3, "cannot be protected"),
    "people 0": (added(people="0"), 3, "number of people"),
    "people many": (added(people="100000000000000000000"), 3, "number of people"),
    "people x": (added(people="x"), 2, "not a valid integer"),
    "minimum 11": (added(people="12", minimum="11"), 3, "minimum (k) is 11"),
    "minimum 3": (added(minimum="3"), 3, "minimum (k) is 3"),
    "minimum above people": (added(people="5", minimum="6"), 3, "nothing could ever be shown"),
    "sprint of nothing": (added(every="0 weeks"), 3, "not understood"),
    "sprint of years": (added(every="60 weeks"), 3, "too long"),
    "sprint of words": (added(every="now and then"), 3, "not understood"),
    "empty name": (added(name=""), 3, "empty"),
    "name of spaces": (added(name="   "), 3, "empty"),
    "name with a control character": (added(name="A\x07B"), 3, "cannot be shown"),
    "name with an escape sequence": (added(name="\x1b]52;c;eA==\x07"), 3, "cannot be shown"),
    "name with a direction mark": (added(name="A\u202eB"), 3, "cannot be shown"),
    "name of 300 letters": (added(name="x" * 300), 3, "300 characters"),
    "name that is taken": (added(name="ATLAS"), 3, "already"),
    "unknown team": (("round", "status", "--team", "Atlass"), 4, "Did you mean 'Atlas'?"),
    "unknown team with an escape sequence": (("round", "status", "--team", "\x1b[2J"), 4, "There is no team"),
    "second round": (("round", "open"), 5, "A round is open"),
    "closing below k": (("round", "close"), 5, "Fewer than 4 have answered"),
    "settings while a round is open": (("team", "change", "--minimum", "5"), 5, "A round is open"),
    "pulse of 99": (("team", "change", "--pulse", "99"), 3, "12 to 24"),
    "unknown star": (("team", "star", "testin"), 4, "testing"),
    "results of nothing": (("results",), 4, "No round has been closed yet"),
    "focus of nothing": (("focus",), 4, "No round has been closed yet"),
    "export of nothing": (("export",), 4, "No round has been closed yet"),
    "brief of nothing": (("brief",), 4, "No round has been closed yet"),
    "unknown action": (("action", "done", "7"), 4, "There is no action 7"),
    "action x": (("action", "drop", "x"), 2, "not a valid integer"),
    "moving an unknown action": (("action", "move", "7", "--owner", "Jo"), 4, "There is no action 7"),
    "moving nowhere": (("action", "move", "7"), 2, "nothing was changed"),
    "action without a title": (("action", "add"), 3, "empty"),
    "action of 300 letters": (("action", "add", "x" * 300), 3, "300 characters"),
    "action with an escape sequence": (("action", "add", "\x1b[31mred"), 3, "cannot be shown"),
    "action due yesterday": (("action", "add", "x", "--due", "2026-11-22"), 3, "in the past"),
    "action due on 31 February": (("action", "add", "x", "--due", "2027-02-31"), 3, "not a day"),
    "unknown play": (("action", "add", "--play", "testing.nope"), 4, "There is no play"),
    "unknown survey": (("survey", "show", "data-cleanin"), 4, "did you mean 'data-cleaning'?"),
    "survey with an escape sequence": (("survey", "show", "\x1b[2J"), 4, "There is no mistake or survey"),
    "unknown language": (("survey", "show", "safety", "--language", "\x1b[2J"), 4, "There is no language"),
    "unknown language of a team": (("team", "change", "--language", "\x1b[2J"), 3, "There is no language"),
    "unknown template": (("template", "show", "data-crad"), 4, "did you mean 'data-card'?"),
    "template with an escape sequence": (("template", "show", "\x1b[2J"), 4, "There is no template"),
    "missing survey file": (("survey", "show", "./no.toml"), 4, "There is no file"),
    "comments in a pipe": (("results", "--comments"), 5, "never for a file or a pipe"),
    "unknown command": (("result",), 2, "No such command"),
    "unknown option": (("results", "--sprnt", "3"), 2, "No such option"),
    "unknown format": (("results", "--format", "xml"), 2, "xml"),
    "comments in an export": (("results", "--comments", "--format", "json"), 2, "for the screen"),
}


@pytest.mark.parametrize("name", WORDS)
def test_bad_words_are_refused(run: Run, opened: tuple[str, ...], kept: Kept, name: str) -> None:
    assert opened
    words, code, sentence = WORDS[name]
    before = kept()
    assert_refused(run(*words), code, sentence)
    assert kept() == before


def test_sprint_99_is_refused_for_reading_and_opening(run: Run, closed: tuple[str, ...], kept: Kept) -> None:
    assert closed
    before = kept()
    assert_refused(run("results", "--sprint", "99"), 4, "Sprint 99 has no results")
    assert_refused(run("export", "--sprint", "99"), 4, "Sprint 99 has no results")
    assert_refused(run("round", "open", "--sprint", "99"), 3, "Sprint 99 is not there yet")
    assert_refused(run("round", "open"), 5, "closing is final")
    assert kept() == before


def test_several_teams_and_none_named_is_refused(ok: Run, run: Run, team: str, kept: Kept) -> None:
    ok(*ADD)
    before = kept()
    for words in (("round", "open"), ("results",), ("answer", "--plain")):
        assert_refused(run(*words), 3, "say which one with --team", team, "Two")
    assert kept() == before


HINTS = {
    "round status --team Atlass": "tuiretro team list",
    "round open": "tuiretro round close",
    "round close": "tuiretro round abandon, if no more answers will come",
    "team change --minimum 5": "tuiretro round close",
    "action done 7": "tuiretro action list --all",
    "survey show testin": "tuiretro survey list",
}
"""Commands that are refused while a round is open, and the first that is named as a way on."""


@pytest.mark.parametrize("line", HINTS)
def test_a_refusal_names_a_command_that_helps(run: Run, opened: tuple[str, ...], line: str) -> None:
    assert opened
    said = run(*line.split()).stderr.splitlines()
    assert said[0].startswith("tuiretro: ")
    assert "'tuiretro" not in said[0]
    assert said[1] == f"Try: {HINTS[line]}"


@pytest.mark.parametrize("line", ["round close", "round abandon --yes", "answer --plain", "answer --from -"])
def test_without_a_round_the_way_to_one_is_named(run: Run, team: str, line: str) -> None:
    assert run(*line.split()).stderr == f"tuiretro: No round is open for {team}.\nTry: tuiretro round open\n"


def test_without_a_team_the_way_to_one_is_named(run: Run) -> None:
    said = run("round", "open").stderr.splitlines()
    assert said[0] == "tuiretro: There is no team yet."
    assert said[1].startswith("Try: tuiretro team add NAME --people 7 ")


def test_a_date_that_pins_nothing_is_refused(run: Run, team: str) -> None:
    assert_refused(run("team", "show", "--team", team, TUIRETRO_TODAY="yesterday"), 3, "TUIRETRO_TODAY")


def test_a_workspace_that_is_a_file_is_refused(run: Run, tmp_path: Path, kept: Kept) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    before = kept()
    for words in (("team", "list"), ADD, ("round", "open"), ("audit",)):
        assert_refused(run(*words, "--workspace", str(file)), 6)
    assert kept() == before


def test_a_workspace_from_a_newer_version_is_refused(run: Run, team: str, place: Path, kept: Kept) -> None:
    path = place / "workspace.json"
    path.write_text(path.read_text().replace(f'"schema":{SCHEMA}', '"schema":99'))
    assert "99" in path.read_text()
    before = kept()
    for words in (("team", "list"), ADD, ("round", "open", "--team", team), ("audit",)):
        assert_refused(run(*words), 6, "newer")
    assert kept() == before


def test_a_damaged_workspace_is_refused(run: Run, team: str, place: Path, kept: Kept) -> None:
    path = place / "workspace.json"
    for content in ("", "null", "[]", path.read_text()[:-20], '{"teams": {"x": {}}}'):
        path.write_text(content)
        before = kept()
        assert_refused(run("round", "open", "--team", team), 6)
        assert_refused(run(*ADD), 6)
        assert kept() == before


AS_SOMEBODY_ELSE = """
import os, pkgutil, sys
import click, filelock, nacl.public, platformdirs, rich.cells, tinydb, tuiretro
for module in pkgutil.walk_packages(tuiretro.__path__, "tuiretro."):
    if not module.name.startswith(("tuiretro.tui", "tuiretro.__main__")):
        __import__(module.name)
from tuiretro.__main__ import main
if os.getuid() == 0:
    os.setuid(65534)
main()
"""
"""The program without the rights of root, which no permission stops; all is imported while it may still be read."""


@pytest.mark.skipif(sys.platform == "win32", reason="folders have other permissions there")
def test_a_read_only_workspace_is_refused_with_a_sentence(
    ok: Run, team: str, place: Path, kept: Kept, tmp_path: Path
) -> None:
    assert team
    ok("action", "add", "Tidy up")
    for path in (place, *place.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = kept()
    env = {**os.environ, "TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY, "HOME": str(tmp_path)}
    for path in (place, *list(place.parents)[:-2]):
        if os.getuid() == 0 and Path(gettempdir()) in path.parents:
            path.chmod(path.stat().st_mode | 0o055)

    def runs(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", AS_SOMEBODY_ELSE, *words]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=30)

    try:
        for words in (("action", "done", "1"), ("round", "open"), ("team", "list"), ADD):
            result = runs(*words)
            assert result.returncode == 6, result.stderr
            assert result.stdout == ""
            assert result.stderr.startswith("tuiretro: ")
            assert "Traceback" not in result.stderr
        if all(parent.stat().st_mode & 0o001 for parent in Path(tuiretro.__file__).parents):
            # 'where' looks at the bundled surveys, which somebody else cannot do in a checkout that is private.
            shown = runs("where", "--format", "json")
            assert json.loads(shown.stdout)["exists"] is True
        assert kept() == before
    finally:
        for path in (place, *place.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_home_that_is_not_there_is_refused(run: Run) -> None:
    for words in (("team", "list"), ("where",), ("survey", "list")):
        assert_refused(run(*words, TUIRETRO_WORKSPACE="~nosuchuser/x"), 6, "~nosuchuser")
    assert_refused(run("demo", "--into", "~nosuchuser/x"), 6, "~nosuchuser")
