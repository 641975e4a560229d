"""Rounds that ask for something: one-time codes before a sheet goes in, a closing code before the boxes open."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import TODAY, Run, items, on_a_terminal, sheet
from tests.cli.remote import PEOPLE, SIX, five_people, invitation, slips
from tests.store.faults import Faults
from tests.terminal import Terminal
from tuiretro.core.promises import BEFORE_CLOSING_CODE, CODED, SAVED, TWO_PERSON
from tuiretro.store.locked_key import closing_words

Kept = Callable[[], str]
OPEN = ("round", "open", "--survey", "safety")
ANSWERS = "4\n" * 8 + "\n\ny\n"
ASKED = "The code on your slip: "


@pytest.fixture
def five(ok: Run) -> None:
    """A team of five."""
    five_people(ok)


@pytest.fixture
def codes(ok: Run, five: None, tmp_path: Path) -> list[str]:
    """The codes of an open round."""
    ok(*OPEN, "--codes", str(tmp_path / "slips.md"))
    return slips(tmp_path / "slips.md")


@pytest.fixture
def words(ok: Run, five: None) -> str:
    """The closing code of an open round in which four have answered."""
    said = ok(*OPEN, "--two-person").stdout
    for value in (2, 3, 4, 5):
        ok("answer", "--from", "-", stdin=sheet(items(ok), value))
    return said.strip()


def is_open(run: Run) -> bool:
    return not run("round", "status").stdout.startswith("No round is open")


# --- opening with codes


@pytest.mark.parametrize(("name", "start"), [("slips.md", "# Atlas"), ("s.html", "<!DOCTYPE"), ("s.HTM", "<!DOCTYPE")])
def test_every_person_gets_a_slip_in_a_file_of_the_owners_alone(
    ok: Run, five: None, tmp_path: Path, name: str, start: str, place: Path
) -> None:
    file = tmp_path / name
    result = ok(*OPEN, "--codes", str(file))
    assert result.stdout == ""
    assert "let everybody draw a slip blind, and delete it" in result.stderr
    assert file.read_text(encoding="utf-8").startswith(start)
    assert len(set(slips(file))) == len(slips(file)) == PEOPLE
    assert file.stat().st_mode & 0o777 == 0o600
    stored = b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file())
    for code in slips(file):
        assert code.encode() not in stored
        assert code.replace("-", "")[:16].encode() not in stored


def test_a_file_that_is_there_is_left_alone_and_nothing_opens(
    ok: Run, run: Run, five: None, tmp_path: Path, kept: Kept
) -> None:
    (tmp_path / "slips.md").write_text("mine")
    before = kept()
    refused = run(*OPEN, "--codes", str(tmp_path / "slips.md"))
    assert refused.exit_code == 3
    assert "is there already, and was left as it is; choose another name." in refused.stderr
    assert kept() == before
    assert not is_open(ok)


def test_the_slips_of_a_round_that_could_not_open_are_gone_again(
    run: Run, five: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.mkdir

    def full(path: str | os.PathLike[str], *args: int, **more: int) -> None:
        if "rounds" in Path(path).parts:
            assert (tmp_path / "slips.md").exists(), "the slips come first"
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        real(path, *args, **more)

    monkeypatch.setattr(os, "mkdir", full)
    refused = run(*OPEN, "--codes", str(tmp_path / "slips.md"))
    monkeypatch.undo()
    assert refused.exit_code == 6
    assert "The round could not be opened: the disk is full" in refused.stderr
    assert not (tmp_path / "slips.md").exists()
    assert not is_open(run)


def test_a_second_round_writes_no_slips(run: Run, codes: list[str], tmp_path: Path) -> None:
    assert codes
    assert run(*OPEN, "--codes", str(tmp_path / "more.md")).exit_code == 5
    assert not (tmp_path / "more.md").exists()


# --- opening with a closing code


def test_a_two_person_round_prints_six_words_once_and_keeps_them_nowhere(ok: Run, five: None, place: Path) -> None:
    result = ok(*OPEN, "--two-person")
    assert SIX.match(result.stdout)
    assert set(result.stdout.split()) <= set(closing_words())
    assert result.stdout.strip() not in result.stderr
    stored = b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file())
    assert not [word for word in set(result.stdout.split()) if len(word) > 4 and word.encode() in stored]
    assert TWO_PERSON in ok("answer", "--plain", stdin="q\n").stderr


def test_on_a_terminal_a_two_person_round_asks_first_and_no_opens_nothing(ok: Run, five: None, place: Path) -> None:
    code, screen = on_a_terminal(place, [*OPEN, "--two-person"], b"n\n", b"[y/n]")
    assert code == 5
    assert b"No round was opened." in screen
    assert " ".join(screen.decode().split()).startswith(BEFORE_CLOSING_CODE)
    assert not is_open(ok)
    code, screen = on_a_terminal(place, [*OPEN, "--two-person"], b"y\n", b"[y/n]")
    assert code == 0
    assert SIX.match(screen.decode().replace("\r", "").splitlines(keepends=True)[-1])


def test_yes_needs_no_question_on_a_terminal(five: None, place: Path) -> None:
    code, screen = on_a_terminal(place, [*OPEN, "--two-person", "--yes"], b"", b"-")
    assert (code, b"[y/n]" in screen) == (0, False)


@pytest.mark.parametrize(
    "options",
    [
        ("--one-person",),
        ("--one-person", "--two-person"),
        ("--one-person", "--two-person", "--invite", "new.json"),
        ("--one-person", "--codes", "new.md"),
        ("--invite", "-"),
        ("--codes", "-"),
    ],
)
def test_combinations_that_mean_nothing_are_usage_errors(
    run: Run, five: None, options: tuple[str, ...], kept: Kept
) -> None:
    before = kept()
    assert run(*OPEN, *options).exit_code == 2
    assert kept() == before


def test_an_invitation_makes_a_round_a_two_person_one(ok: Run, five: None, tmp_path: Path) -> None:
    result = ok(*OPEN, "--invite", str(tmp_path / "in.json"))
    assert SIX.match(result.stdout)
    assert invitation(tmp_path / "in.json").round.two_person
    assert (tmp_path / "in.json").stat().st_mode & 0o777 == 0o600
    assert "Its check words are: " in result.stderr


def test_one_person_invites_without_a_closing_code(ok: Run, five: None, tmp_path: Path) -> None:
    assert ok(*OPEN, "--invite", str(tmp_path / "in.json"), "--one-person").stdout == ""
    assert not invitation(tmp_path / "in.json").round.two_person


def test_an_invitation_file_that_is_there_is_never_overwritten_and_nothing_opens(
    run: Run, five: None, tmp_path: Path, kept: Kept
) -> None:
    (tmp_path / "in.json").write_text("mine")
    before = kept()
    for file in (tmp_path / "in.json", tmp_path / "no" / "in.json"):
        refused = run(*OPEN, "--invite", str(file), "--codes", str(tmp_path / "slips.md"))
        assert (refused.exit_code, refused.stdout) == (3, "")
    assert kept() == before
    assert not is_open(run)


def test_an_invitation_that_cannot_be_written_comes_after_the_closing_code(
    ok: Run, run: Run, five: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    real = os.replace

    def full(source: str | os.PathLike[str], target: str | os.PathLike[str]) -> None:
        if Path(target).parent == out:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", full)
    result = run(*OPEN, "--invite", str(out / "in.json"))
    monkeypatch.undo()
    assert result.exit_code == 6
    assert SIX.match(result.stdout)
    assert "could not be written: the disk is full" in result.stderr
    assert result.stderr.rstrip().endswith("Try: tuiretro round invite FILE, with another file; the round is open")
    assert not list(out.iterdir())
    assert "Its check words are: " in ok("round", "invite", str(out / "in.json")).stderr


@pytest.mark.parametrize("kind", ["full", "unconfirmed"])
def test_no_refusal_of_the_disk_leaves_a_round_open_whose_closing_code_was_not_shown(
    run: Run, five: None, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = set()
    for at in range(1, 60):
        faults = Faults(at, kind)
        faults.install(monkeypatch)
        result = run(*OPEN, "--two-person")
        monkeypatch.undo()
        seen.add((result.exit_code, is_open(run)))
        assert bool(SIX.match(result.stdout)) == is_open(run), result.stderr
        run("round", "abandon", "--yes")
        if not faults.happened:
            break
    assert (0, True) in seen
    assert (6, False) in seen
    assert kind == "full" or (6, True) in seen


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize("redirect", [">", "2>"])
def test_a_closing_code_that_cannot_be_shown_takes_the_round_back(
    run: Run, five: None, place: Path, redirect: str
) -> None:
    env = {**os.environ, "TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY}
    line = f"'{sys.executable}' -m tuiretro {' '.join(OPEN)} --two-person {redirect} /dev/full"
    result = subprocess.run(["/bin/sh", "-c", line], env=env, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert "fault of the program" not in result.stderr
    assert redirect == "2>" or "could not be shown, so the round was abandoned again" in result.stderr
    assert not is_open(run)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_round_without_a_closing_code_stays_open_whatever_cannot_be_shown(run: Run, five: None, place: Path) -> None:
    env = {**os.environ, "TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY}
    line = f"'{sys.executable}' -m tuiretro {' '.join(OPEN)} 2> /dev/full"
    assert subprocess.run(["/bin/sh", "-c", line], env=env, check=False).returncode != 0
    assert is_open(run)


# --- answering with a code


def slipped(code: str) -> str:
    """The code with one letter typed wrong."""
    return ("1" if code[0] == "0" else "0") + code[1:]


WAYS: dict[str, Callable[[str], str]] = {
    "as it is": lambda code: code,
    "lower case": str.lower,
    "without dashes": lambda code: code.replace("-", ""),
    "spaces": lambda code: f"  {code.replace('-', ' ')} ",
    "long dashes": lambda code: code.replace("-", "\u2013"),
    "o for 0": lambda code: code[:-1].replace("0", "o") + code[-1],
    "i for 1": lambda code: code[:-1].replace("1", "i") + code[-1],
    "l for 1": lambda code: code[:-1].replace("1", "l") + code[-1],
}


@pytest.mark.parametrize("way", WAYS)
def test_a_code_is_read_however_it_is_typed(ok: Run, codes: list[str], way: str) -> None:
    result = ok("answer", "--plain", stdin=f"{WAYS[way](codes[0])}\n{ANSWERS}")
    assert result.stderr.count(ASKED) == 1
    assert result.stderr.rstrip().endswith(SAVED)


def test_the_code_is_asked_until_it_is_one_and_before_anything_else(ok: Run, codes: list[str]) -> None:
    ok("answer", "--plain", stdin=f"{codes[0]}\n{ANSWERS}")
    typed = ["", "hello", slipped(codes[1]), "0000-0000-0000-0000-0", codes[0], codes[1]]
    said = ok("answer", "--plain", stdin="\n".join(typed) + f"\n{ANSWERS}").stderr
    assert said.count(ASKED) == len(typed)
    before, _, after = said.partition(CODED)
    assert ASKED not in after
    assert "this has 0 in all" in before
    assert "There is a slip in this code" in before
    assert before.count("This code is used up, or it is none of this round's") == 2
    assert "1 of 8" not in before


def test_the_end_of_input_in_place_of_a_code_saves_nothing(run: Run, codes: list[str], kept: Kept) -> None:
    before = kept()
    for stdin in ("", f"{slipped(codes[0])}\n"):
        result = run("answer", "--plain", stdin=stdin)
        assert result.exit_code == 3
        assert "type it when asked, or give it as TUIRETRO_CODE. Nothing was saved." in result.stderr
    assert kept() == before


def test_a_code_in_the_environment_is_asked_for_nowhere_and_works_once(
    ok: Run, run: Run, codes: list[str], kept: Kept
) -> None:
    asked = items(ok)
    said = ok("answer", "--from", "-", stdin=sheet(asked), TUIRETRO_CODE=codes[0]).stderr
    assert ASKED not in said
    before = kept()
    for code, exit_code in ((codes[0], 5), (slipped(codes[1]), 3), ("\x1b[2J", 3)):
        for words in (("--from", "-"), ("--plain",)):
            refused = run("answer", *words, stdin=sheet(asked), TUIRETRO_CODE=code)
            assert refused.exit_code == exit_code
            assert "\x1b" not in refused.stderr
    assert kept() == before


def test_a_sheet_on_stdin_leaves_no_place_for_a_typed_code(run: Run, ok: Run, codes: list[str]) -> None:
    refused = run("answer", "--from", "-", stdin=f"{sheet(items(ok))}\n{codes[0]}\n")
    assert refused.exit_code == 3
    refused = run("answer", "--from", "-", stdin=sheet(items(ok)))
    assert refused.exit_code == 3
    assert "give it as TUIRETRO_CODE" in refused.stderr


def test_a_sheet_from_a_file_asks_for_the_code_on_stdin(ok: Run, codes: list[str], tmp_path: Path, place: Path) -> None:
    file = tmp_path / "sheet.json"
    file.write_text(sheet(items(ok)))
    assert SAVED in ok("answer", "--from", str(file), stdin=f"{codes[0]}\n").stderr
    code, screen = on_a_terminal(place, ["answer", "--from", str(file)], f"{codes[1]}\r".encode(), ASKED.encode())
    assert code == 0
    assert b"Saved." in screen


def typing(place: Path, code: str = "") -> Terminal:
    """Somebody who has answered everything line by line, after a code if there is one, and is asked whether to submit."""
    env = {"TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY}
    terminal = Terminal([sys.executable, "-m", "tuiretro", "answer", "--plain"], 200, 100, env)
    if code:
        terminal.expect(ASKED.strip())
        terminal.send(code, "enter")
    for number in range(1, 9):
        terminal.expect(rf"^{number} of 8")
        terminal.send("4", "enter")
    terminal.expect("Number to change")
    terminal.send("enter")
    terminal.expect("Comment, or enter for none")
    terminal.send("enter")
    terminal.expect("Submit")
    return terminal


def test_a_code_that_two_people_typed_can_be_replaced_and_loses_nothing(ok: Run, codes: list[str], place: Path) -> None:
    with typing(place, codes[0]) as terminal:
        ok("answer", "--from", "-", stdin=sheet(items(ok)), TUIRETRO_CODE=codes[0])
        terminal.send("y", "enter")
        terminal.expect("This code is used up")
        terminal.send(codes[1], "enter")
        assert terminal.wait() == 0
        assert SAVED in terminal.text()
    ok("answer", "--plain", stdin=f"{codes[0]}\n{codes[1]}\n{codes[2]}\n{ANSWERS}")


def test_a_round_that_ended_meanwhile_asks_for_no_other_code(ok: Run, codes: list[str], place: Path) -> None:
    with typing(place, codes[0]) as terminal:
        ok("round", "abandon", "--yes")
        terminal.send("y", "enter")
        assert terminal.wait() == 4
        assert "No round is open" in terminal.text()


def test_a_round_without_codes_that_ended_meanwhile_says_so(ok: Run, five: None, place: Path) -> None:
    ok(*OPEN)
    with typing(place) as terminal:
        ok("round", "abandon", "--yes")
        terminal.send("y", "enter")
        assert terminal.wait() == 5
        assert "The round was closed or abandoned meanwhile" in terminal.text()


def test_a_sheet_that_is_refused_uses_no_code_up(ok: Run, run: Run, codes: list[str]) -> None:
    assert run("answer", "--from", "-", stdin='{"answers": {}}', TUIRETRO_CODE=codes[0]).exit_code == 3
    ok("answer", "--plain", stdin=f"{codes[0]}\nq\n")
    ok("answer", "--plain", stdin=f"{codes[0]}\n{ANSWERS}")


def test_a_code_is_never_an_argument(run: Run, codes: list[str]) -> None:
    assert run("answer", "--plain", "--code", codes[0]).exit_code == 2
    assert run("round", "close", "--closing-code", "a b c d e f").exit_code == 2


# --- closing a two-person round


def test_the_six_words_close_the_round_however_they_are_typed(ok: Run, words: str) -> None:
    typed = f"  {words.upper().replace(' ', '   ')} "
    assert "Closed. Sprint 1: nearly all answered" in ok("round", "close", TUIRETRO_CLOSING_CODE=typed).stderr


def test_words_that_do_not_fit_leave_the_round_open_and_unchanged(run: Run, ok: Run, words: str, kept: Kept) -> None:
    first, *rest = words.split()
    turned = " ".join((*rest, first))
    cases = {
        f"{first}qx {' '.join(rest)}": (3, f"'{first}qx' is none of the words of closing codes; did you mean '"),
        " ".join(rest): (3, "A closing code has 6 words, and this has 5. Nothing was changed."),
        f"{words} {first}": (3, "has 6 words, and this has 7."),
        turned: (3, "These are not the six words of this round"),
        " ".join(closing_words()[:6]): (3, "These are not the six words of this round"),
        "\x1b[2J " * 6: (3, "is none of the words of closing codes"),
        "": (5, "needs its closing code, typed or as TUIRETRO_CLOSING_CODE"),
    }
    before = kept()
    for typed, (code, said) in cases.items():
        refused = run("round", "close", TUIRETRO_CLOSING_CODE=typed)
        assert (refused.exit_code, refused.stdout) == (code, "")
        assert said in refused.stderr
        assert "\x1b" not in refused.stderr
    assert kept() == before
    ok("round", "close", TUIRETRO_CLOSING_CODE=words)


def test_on_a_terminal_the_words_are_asked_for_after_the_question(run: Run, words: str, place: Path) -> None:
    env = {"TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY}
    for typed, code, said in (
        (" ".join(closing_words()[:6]), 3, "These are not"),
        ("", 5, "needs its"),
        (words, 0, ""),
    ):
        with Terminal([sys.executable, "-m", "tuiretro", "round", "close"], 200, 24, env) as terminal:
            terminal.expect(r"\[y/n\]")
            assert "Six words" not in terminal.text()
            terminal.send("y", "enter")
            terminal.expect("whoever keeps its closing code types the six words now")
            terminal.send(typed, "enter")
            assert terminal.wait() == code
            assert said in terminal.text()
    assert not is_open(run)


def test_the_end_of_input_in_place_of_the_words_changes_nothing(words: str, place: Path, run: Run) -> None:
    code, screen = on_a_terminal(place, ["round", "close", "--yes"], b"\x04", b"Six words: ")
    assert (code, b"needs its closing code" in screen) == (5, True)
    assert is_open(run)


def test_bytes_that_are_no_text_are_asked_for_again(words: str, place: Path, run: Run) -> None:
    typed = b"caf\xe9\n" + words.encode() + b"\n"
    code, screen = on_a_terminal(place, ["round", "close", "--yes"], typed, b"Six words: ")
    assert (code, b"so it was not taken" in screen) == (0, True)
    assert not is_open(run)


def test_too_few_answers_are_said_before_anybody_is_fetched_for_the_words(ok: Run, run: Run, five: None) -> None:
    words = ok(*OPEN, "--two-person").stdout
    ok("answer", "--from", "-", stdin=sheet(items(ok)))
    for typed in ("", words, "wrong"):
        refused = run("round", "close", TUIRETRO_CLOSING_CODE=typed)
        assert refused.exit_code == 5
        assert "Fewer than 4 have answered" in refused.stderr
        assert "Try: tuiretro round abandon, if no more answers will come" in refused.stderr
    assert is_open(run)


@pytest.mark.parametrize("at", [5, 40, -1])
def test_a_damaged_key_is_told_apart_from_wrong_words(run: Run, words: str, place: Path, kept: Kept, at: int) -> None:
    (key,) = place.rglob("key")
    data = bytearray(key.read_bytes())
    data[at] ^= 1
    key.write_bytes(data)
    before = kept()
    refused = run("round", "close", TUIRETRO_CLOSING_CODE=words)
    assert refused.exit_code == 6
    assert "These are not" not in refused.stderr
    assert re.search(r"damaged|check sum", refused.stderr)
    assert kept() == before
