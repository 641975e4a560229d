"""Opening a round that asks for codes or a closing code: what is written and shown, in which order."""

from __future__ import annotations

import errno
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import TODAY, Run, on_a_terminal
from tests.cli.remote import OPEN, PEOPLE, SIX, five_people, invitation, is_open, slips
from tests.store.faults import Faults
from tests.terminal import Terminal
from tuiretro.cli.no_trace import CLEAR
from tuiretro.core.promises import BEFORE_CLOSING_CODE, PERHAPS_UNWRITTEN, TWO_PERSON
from tuiretro.errors import BusyError
from tuiretro.model.envelope import Invitation
from tuiretro.service.carrying import check_words
from tuiretro.store.locked_key import closing_words
from tuiretro.store.tinydb_store import TinyDBStore

Kept = Callable[[], str]
CHECKED = re.compile(r"to be written down as well: ((?:[a-z-]+ ?){6})\. They are no secret\.")


@pytest.fixture
def five(ok: Run) -> None:
    """A team of five."""
    five_people(ok)


@pytest.fixture
def codes(ok: Run, five: None, tmp_path: Path) -> list[str]:
    """The codes of an open round."""
    ok(*OPEN, "--codes", str(tmp_path / "slips.md"))
    return slips(tmp_path / "slips.md")


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


def test_a_two_person_round_prints_six_words_once_and_keeps_them_nowhere(ok: Run, five: None, place: Path) -> None:
    result = ok(*OPEN, "--two-person")
    assert SIX.match(result.stdout)
    assert set(result.stdout.split()) <= set(closing_words())
    assert result.stdout.strip() not in result.stderr
    stored = b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file())
    assert not [word for word in set(result.stdout.split()) if len(word) > 4 and word.encode() in stored]
    assert TWO_PERSON in ok("answer", "--plain", stdin="q\n").stderr


def test_the_keeper_gets_the_check_words_of_the_invitation_with_the_six_words(
    ok: Run, five: None, place: Path, tmp_path: Path
) -> None:
    result = ok(*OPEN, "--two-person")
    words = CHECKED.search(result.stderr)
    assert words is not None
    assert result.stderr.index("The closing code, shown this once") < words.start()
    assert f"Its check words are: {words[1]}." in ok("round", "invite", str(tmp_path / "in.json")).stderr
    assert check_words(invitation(tmp_path / "in.json")) == words[1]
    ok("round", "abandon", "--yes")
    _, screen = on_a_terminal(place, [*OPEN, "--two-person"], b"y\n\n\n", b"[y/n]")
    shown, _, _ = screen.decode().replace("\r", "").partition(CLEAR)
    on_screen = CHECKED.search(" ".join(shown.split()))
    assert on_screen is not None
    assert f"Its check words are: {on_screen[1]}." in ok("round", "invite", "-").stderr


def test_check_words_that_cannot_be_read_do_not_cost_the_closing_code(
    run: Run, five: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> Invitation:
        raise BusyError("Another program is using it.")

    monkeypatch.setattr(TinyDBStore, "invitation", busy)
    result = run(*OPEN, "--two-person")
    assert result.exit_code == 0
    assert SIX.match(result.stdout)
    assert "could not be read now. Stay until 'tuiretro round invite' has shown them" in result.stderr


def test_on_a_terminal_a_two_person_round_asks_first_and_no_opens_nothing(ok: Run, five: None, place: Path) -> None:
    code, screen = on_a_terminal(place, [*OPEN, "--two-person"], b"n\n", b"[y/n]")
    assert code == 5
    assert b"No round was opened." in screen
    assert " ".join(screen.decode().split()).startswith(BEFORE_CLOSING_CODE)
    assert not is_open(ok)
    code, screen = on_a_terminal(place, [*OPEN, "--two-person"], b"y\n\n\n", b"[y/n]")
    assert code == 0
    shown, cleared, after = screen.decode().replace("\r", "").partition(CLEAR)
    assert cleared
    before, _, words = shown.partition("Press enter to see its six words.")
    assert [line for line in words.splitlines(keepends=True) if SIX.match(line)]
    assert not [line for line in before.splitlines(keepends=True) if SIX.match(line)]
    assert after == ""


def test_yes_needs_no_question_on_a_terminal(five: None, place: Path) -> None:
    code, screen = on_a_terminal(place, [*OPEN, "--two-person", "--yes"], b"\n\n", b"six words")
    assert (code, b"[y/n]" in screen) == (0, False)


def test_no_round_opens_whose_words_would_go_nowhere(five: None, place: Path, run: Run) -> None:
    program = [sys.executable, "-m", "tuiretro", *OPEN, "--two-person", "--yes"]
    env = {**os.environ, "TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY}
    for redirected in (">/dev/null", ">&-"):
        done = subprocess.run(  # noqa: S602 - the shell's redirection is what is tried
            f"{shlex.join(program)} {redirected}", shell=True, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 5
        assert "the output goes nowhere. No round was opened." in done.stderr
    assert not is_open(run)


@pytest.mark.parametrize("redirected", [">/dev/null", ">&-"])
@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("answer", "--invite", "in.json", "--output", "-"), "envelope"),
        (("answer", "--invite", "in.json", "--plain", "--output", "-"), "envelope"),
        (("answer", "--invite", "in.json", "--from", "sheet.json", "--output", "-"), "envelope"),
        (("round", "invite", "-"), "invitation"),
    ],
)
def test_nothing_is_asked_for_what_would_be_printed_to_nowhere(
    ok: Run, five: None, place: Path, tmp_path: Path, words: tuple[str, ...], what: str, redirected: str
) -> None:
    ok(*OPEN, "--invite", str(tmp_path / "in.json"))
    env = {**os.environ, "TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY}
    line = f"{shlex.join([sys.executable, '-m', 'tuiretro', *words])} {redirected}"
    done = subprocess.run(  # noqa: S602 - the shell's redirection is what is tried
        line, shell=True, env=env, cwd=tmp_path, input="4\n", capture_output=True, text=True, check=False
    )
    assert done.returncode == 5
    assert done.stderr.startswith(f"tuiretro: The {what} could not be printed: the output goes nowhere.")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "options",
    [
        ("--one-person",),
        ("--one-person", "--two-person"),
        ("--one-person", "--two-person", "--invite", "new.json"),
        ("--one-person", "--codes", "new.md"),
        ("--invite", "-"),
        ("--codes", "-"),
        ("--codes", "new.md", "--invite", "new.md"),
        ("--codes", "new.md", "--invite", "./new.md"),
        ("--codes", "x/../new.md", "--invite", " new.md"),
    ],
)
def test_combinations_that_mean_nothing_are_usage_errors(
    run: Run, five: None, options: tuple[str, ...], kept: Kept
) -> None:
    before = kept()
    assert run(*OPEN, *options).exit_code == 2
    assert kept() == before


@pytest.mark.parametrize("empty", ["", " "])
@pytest.mark.parametrize(
    "words",
    [
        (*OPEN, "--codes"),
        (*OPEN, "--invite"),
        ("round", "invite"),
        ("round", "collect"),
        ("answer", "--from"),
        ("answer", "--invite"),
        ("answer", "--invite", "in.json", "--output"),
        ("export", "--output"),
        ("backup",),
    ],
    ids=" ".join,
)
def test_an_empty_name_is_never_taken_as_none(
    run: Run, five: None, words: tuple[str, ...], empty: str, kept: Kept
) -> None:
    before = kept()
    refused = run(*words, empty)
    assert refused.exit_code == 3
    name = words[-1] if words[-1].startswith("--") else "FOLDER" if "collect" in words else "FILE"
    assert refused.stderr == f"tuiretro: {name} is empty: name what is meant. Nothing was opened or written.\n"
    assert kept() == before
    assert not is_open(run)


@pytest.mark.parametrize(
    ("name", "said"), [("a\x1b[2Jb.md", "cannot be shown"), ("workspace/slips.md", "lies in the workspace")]
)
def test_slips_go_into_no_file_that_cannot_be_shown_nor_into_the_workspace(
    run: Run, five: None, tmp_path: Path, place: Path, name: str, said: str
) -> None:
    assert place == tmp_path / "workspace"
    refused = run(*OPEN, "--codes", str(tmp_path / name))
    assert refused.exit_code == 3
    assert said in refused.stderr
    assert "\x1b" not in refused.stderr
    assert not is_open(run)


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


SHUT = "Press enter to see its six words."


def keeper(place: Path, tmp_path: Path) -> Terminal:
    """The program that waits for the keeper of the closing code, and has written slips."""
    command = [sys.executable, "-m", "tuiretro", *OPEN, "--two-person", "--yes", "--codes", str(tmp_path / "slips.md")]
    env = {"TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY, "NO_COLOR": "1"}
    terminal = Terminal(command, 200, 40, env)
    terminal.expect(SHUT)
    assert (tmp_path / "slips.md").exists()
    return terminal


@pytest.mark.parametrize(
    ("end", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129), ("ctrl+c", 130), ("ctrl+d", 5)],
    ids=str,
)
def test_a_round_whose_words_nobody_has_seen_is_taken_back_with_its_slips(
    run: Run, five: None, place: Path, tmp_path: Path, end: signal.Signals | str, code: int
) -> None:
    with keeper(place, tmp_path) as terminal:
        assert is_open(run)
        if isinstance(end, str):
            terminal.send(end)
        else:
            os.kill(terminal.pid, end)
        assert terminal.wait() == code
        said = " ".join(terminal.text().split())
    assert "the closing code, so the round was abandoned again, and slips that were written for it are removed" in said
    assert not is_open(run)
    assert not (tmp_path / "slips.md").exists()


@pytest.mark.parametrize(("end", "code"), [("ctrl+c", 130), ("ctrl+d", 0)])
def test_a_page_with_words_that_is_left_says_that_a_round_is_open(
    run: Run, five: None, place: Path, tmp_path: Path, end: str, code: int
) -> None:
    with keeper(place, tmp_path) as terminal:
        terminal.send("enter")
        terminal.expect("Then press enter")
        terminal.send(end)
        assert terminal.wait() == code
        said = " ".join(terminal.text().split())
        assert f"{PERHAPS_UNWRITTEN} Try: tuiretro round abandon" in said
        assert "check words" not in said
    assert is_open(run)
    assert (tmp_path / "slips.md").exists()


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
