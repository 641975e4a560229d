from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import TODAY, Run, on_a_terminal, sheet
from tests.terminal import Terminal
from tuiretro.core.promises import KEPT, NOT_HIDDEN, SAVED, STILL_SHOWN


def surroundings(place: Path) -> dict[str, str]:
    return {"TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY, "TUIRETRO_TEAM": ""}


def test_a_sheet_from_a_file_is_sealed_and_only_then_confirmed(
    ok: Run, opened: tuple[str, ...], tmp_path: Path, place: Path
) -> None:
    path = tmp_path / "sheet.json"
    path.write_text(sheet(opened, 5, "a comment that must not be readable"))
    result = ok("answer", "--from", str(path))
    assert result.stdout == ""
    assert result.stderr == f"{SAVED}\n"
    assert all(b"must not be readable" not in file.read_bytes() for file in place.rglob("*") if file.is_file())


def test_plain_answering_promises_first_and_saves_at_the_end(ok: Run, opened: tuple[str, ...]) -> None:
    keys = "\n".join([*["4"] * len(opened), "", "", "y", ""])
    result = ok("answer", "--plain", stdin=keys)
    assert result.stdout == ""
    before, _, after = result.stderr.partition(f"1 of {len(opened)}. ")
    assert KEPT in before
    assert NOT_HIDDEN in before
    assert "fewer than 4 answers" in before
    assert after.rstrip().endswith(SAVED)


def test_without_a_terminal_lines_are_read_from_stdin(ok: Run, opened: tuple[str, ...]) -> None:
    keys = "\n".join([*["0"] * len(opened), "", "hello", "y", ""])
    assert "Saved." in ok("answer", stdin=keys).stderr


def test_nobody_answers_all_for_nothing(ok: Run, run: Run, opened: tuple[str, ...]) -> None:
    for _ in range(8):
        ok("answer", "--from", "-", stdin=sheet(opened))
    refused = run("answer", "--plain", stdin="4\n")
    assert refused.exit_code == 5
    assert "1 of 8" not in refused.stderr


def test_a_sheet_may_be_a_link(ok: Run, opened: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "sheet.json").write_text(sheet(opened))
    (tmp_path / "link").symlink_to(tmp_path / "sheet.json")
    assert "Saved." in ok("answer", "--from", str(tmp_path / "link")).stderr


def test_leaving_saves_nothing(run: Run, opened: tuple[str, ...], kept: object) -> None:
    assert callable(kept)
    before = kept()
    for keys in ("q\n", "4\n" * len(opened) + "\n\nn\n", "4\n" * len(opened) + "q\n"):
        result = run("answer", "--plain", stdin=keys)
        assert result.exit_code == 0
        assert "You left. Nothing was saved." in result.stderr
    assert kept() == before


def test_input_that_ends_early_saves_nothing(run: Run, opened: tuple[str, ...], kept: object) -> None:
    assert callable(kept)
    before = kept()
    for keys in ("", "4\n4\n", "4\n" * len(opened), "4\n" * len(opened) + "\n\n"):
        result = run("answer", "--plain", stdin=keys)
        assert result.exit_code == 3
        assert "tuiretro: The input ended before the sheet was submitted. Nothing was saved." in result.stderr
    assert kept() == before


def test_plain_and_from_together_are_a_usage_error(run: Run) -> None:
    assert run("answer", "--plain", "--from", "-").exit_code == 2


def test_without_a_round_answering_says_how_to_open_one(run: Run, team: str) -> None:
    for words in (("--plain",), ("--from", "-")):
        result = run("answer", *words, stdin="{}")
        assert result.exit_code == 4
        assert f"No round is open for {team}" in result.stderr


def test_on_a_terminal_closing_asks_and_no_changes_nothing(ok: Run, opened: tuple[str, ...], place: Path) -> None:
    for _ in range(4):
        ok("answer", "--from", "-", stdin=sheet(opened))
    code, screen = on_a_terminal(place, ["round", "close"], b"n\n", b"[y/n]")
    assert code == 5
    assert b"stays open" in screen
    assert json.loads(ok("round", "status", "--format", "json").stdout)["round"] is not None
    code, screen = on_a_terminal(place, ["round", "close"], b"perhaps\ny\n", b"[y/n]")
    assert code == 0
    assert b"Closed. Sprint 1" in screen


def test_on_a_terminal_abandoning_asks(ok: Run, opened: tuple[str, ...], place: Path) -> None:
    assert opened
    assert on_a_terminal(place, ["round", "abandon"], b"n\n", b"[y/n]")[0] == 5
    assert on_a_terminal(place, ["round", "abandon"], b"y\n", b"[y/n]")[0] == 0
    assert "No round is open" in ok("round", "status").stdout


def test_ctrl_c_ends_plain_answering_silently(opened: tuple[str, ...], place: Path) -> None:
    assert opened
    code, screen = on_a_terminal(place, ["answer", "--plain"], b"\x03", b"1-5, 0, b, ?, q: ")
    assert code == 130
    assert b"Traceback" not in screen
    assert b"Aborted" not in screen


def test_a_sheet_typed_into_a_terminal_is_said_to_be_still_there(opened: tuple[str, ...], place: Path) -> None:
    command = [sys.executable, "-m", "tuiretro", "answer", "--from", "-"]
    with Terminal(command, 200, 24, surroundings(place)) as terminal:
        terminal.send(f"{sheet(opened)}\n\x04")
        assert terminal.wait() == 0
    assert SAVED in terminal.text()
    assert STILL_SHOWN in terminal.text()


def test_a_comment_that_is_no_text_is_refused_and_asked_again(ok: Run, run: Run, opened: tuple[str, ...]) -> None:
    before = b"4\n" * len(opened) + b"\n"
    again = ok("answer", "--plain", stdin=before + b"caf\xe9 is bad\n" + "café is good\ny\n".encode())
    assert again.stderr.count("bytes that are no utf-8 text") == 1
    assert "Saved." in again.stderr
    ended = run("answer", "--plain", stdin=before + b"caf\xe9\n")
    assert ended.exit_code == 3
    assert "The input ended before the sheet was submitted." in ended.stderr
    for _ in range(3):
        ok("answer", "--plain", stdin=before + b"\xff\xfe\n\ny\n")
    ok("round", "close")


@pytest.mark.parametrize("encoding", ["utf-8:surrogateescape", "ascii:surrogateescape", "utf-8"])
def test_bytes_that_python_would_smuggle_through_are_refused_too(
    opened: tuple[str, ...], place: Path, encoding: str
) -> None:
    env = {**os.environ, "TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY, "PYTHONIOENCODING": encoding}
    keys = b"4\n" * len(opened) + b"\ncaf\xe9\ny\n"
    command = [sys.executable, "-m", "tuiretro", "answer", "--plain"]
    result = subprocess.run(command, env=env, input=keys, capture_output=True, check=False)
    # "y" is the comment now, because the line before it was not taken.
    assert result.returncode == 3
    assert b"so it was not taken" in result.stderr


@pytest.mark.parametrize("more", [0, 1, 250_000])
def test_a_line_without_measure_is_discarded_whole(run: Run, opened: tuple[str, ...], more: int) -> None:
    long = "x" * 99_999 + "5" * more
    result = run("answer", "--plain", stdin="4\n" * (len(opened) - 1) + f"{long}\n")
    assert result.exit_code == 3
    assert ("far too long" in result.stderr) == (more > 0)
    assert result.stderr.count("1-5, 0, b, ?, q: ") == len(opened) + 1
    comment = run("answer", "--plain", stdin="4\n" * len(opened) + f"\n{long}\nshort\ny\n")
    assert comment.exit_code == 0
    assert comment.stderr.count("Comment, or enter for none: ") == 2
    endless = run("answer", "--plain", stdin=long + "5")
    assert endless.exit_code == 3


@pytest.mark.parametrize("word", ["close", "abandon"])
def test_a_yes_is_for_the_round_that_was_asked_about(ok: Run, opened: tuple[str, ...], place: Path, word: str) -> None:
    assert opened
    env = {"TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY}
    with Terminal([sys.executable, "-m", "tuiretro", "round", word], 200, 24, env) as terminal:
        terminal.expect(r"\[y/n\]")
        ok("round", "abandon", "--yes")
        ok("round", "open", "--survey", "safety")
        terminal.send("y", "enter")
        assert terminal.wait() == 5
        assert "another one is open" in terminal.text()
    assert json.loads(ok("round", "status", "--format", "json").stdout)["round"] is not None


def test_a_spanish_team_answers_in_spanish_and_the_rest_stays_english(ok: Run) -> None:
    ok("team", "add", "Nube", "--people", "8", "--starts", "2026-11-16", "--every", "2 weeks", "--language", "es")
    ok("round", "open", "--survey", "safety")
    said = ok("answer", "--plain", stdin="\n".join(["?", *["4"] * 8, "", "", "y", ""])).stderr
    before, _, after = said.partition("1 of 8. ")
    assert "Esta traducción aún no ha sido revisada por personas que tengan el español como lengua materna." in before
    assert "Seguridad psicológica" in before
    assert KEPT in before
    assert after.startswith("En este sprint")
    assert "In this sprint" not in said
    assert "4 de acuerdo\n" in after
    assert "0 no puedo valorarlo en este sprint\n" in after
    assert ": 4, de acuerdo\n" in after
    assert "Your answers:" in after
    assert after.rstrip().endswith(SAVED)
