"""`tuiretro check` line by line: shown to one person, kept only if asked, and nowhere a trace."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cli.conftest import TODAY, Run
from tests.cli.test_no_trace import CLEARED, alone
from tests.core.self_checks import kept as kept_of
from tests.terminal import Terminal
from tuiretro.core.promises import SAVED
from tuiretro.core.self_check_words import (
    DIFFERENT,
    FORGOTTEN,
    GONE,
    LEFT_ALONE,
    NOT_IN_THE_AUDIT,
    NOTHING_KEPT,
    ON_THE_SCREEN,
)
from tuiretro.store import self_checks
from tuiretro.store.self_checks import SelfChecks

SAFETY = ("check", "--survey", "safety")
WORDS = "correct horse"
(EARLIER,) = kept_of({"safety.bad-news": 2})


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks that open at once."""
    monkeypatch.setattr(self_checks, "COST", (1, 8192))


@pytest.fixture
def private(place: Path) -> Path:
    """The private file."""
    return place.parent / "self-checks" / "self-checks"


def typed(*then: str, value: int = 2, count: int = 8) -> str:
    """The same answer to everything, the review, a yes, and what is typed then."""
    return "\n".join([*[str(value)] * count, "", "y", *then, ""])


def test_it_needs_no_workspace_and_leaves_nothing_behind(ok: Run, place: Path) -> None:
    result = ok(*SAFETY, stdin=typed())
    assert result.stdout.startswith(f"Psychological safety, {TODAY}: your answers\n")
    assert "  Hard problems were talked about      · ● · · ·\n" in result.stdout
    assert result.stderr.endswith(f"{GONE}\n")
    assert list(place.parent.iterdir()) == []


def test_the_bundled_pulse_is_asked_where_none_is_named(ok: Run) -> None:
    result = ok("check", stdin=typed(count=24))
    assert result.stdout.startswith("Sprint pulse, ")
    assert "You can start: Log the last three failed experiments" in result.stdout


def test_the_catalogue_says_which_plays_these_are(ok: Run) -> None:
    said = ok("survey", "show", "documentation").stdout
    assert said.count("one person can start it alone") == 1


def test_no_comment_is_asked_for(ok: Run) -> None:
    assert "comment" not in ok(*SAFETY, stdin=typed()).stderr.lower()


@pytest.mark.parametrize("keys", ["q\n", "2\nq\n", typed().replace("y", "n")])
def test_leaving_shows_and_keeps_nothing(ok: Run, keys: str, private: Path) -> None:
    result = ok(*SAFETY, "--keep", stdin=keys)
    assert result.stdout == ""
    assert result.stderr.endswith(f"{LEFT_ALONE}\n")
    assert not private.exists()


def test_input_that_ends_too_early_is_one_sentence(run: Run, private: Path) -> None:
    result = run(*SAFETY, stdin="2\n2\n")
    assert result.exit_code == 3
    assert result.stderr.splitlines()[-1].endswith("Start again with 'tuiretro check --plain'.")
    assert not private.exists()


def test_help_says_what_becomes_of_the_answers(ok: Run) -> None:
    assert "q leave. You may leave at any time; then nothing is shown or kept." in ok(*SAFETY, stdin="?\nq\n").stderr


@pytest.mark.parametrize(("then", "is_kept"), [(("n",), False), (("what", "n"), False), (("y", ""), True)])
def test_it_is_kept_only_if_its_person_says_so(ok: Run, then: tuple[str, ...], is_kept: object, private: Path) -> None:
    said = ok(*SAFETY, stdin=typed(*then)).stderr.splitlines()[-1]
    assert private.exists() is is_kept
    assert said.endswith(GONE) is not is_kept


def test_what_is_kept_stands_side_by_side_in_every_form(ok: Run) -> None:
    ok(*SAFETY, "--keep", stdin=typed(""))
    ok(*SAFETY, "--keep", stdin=typed(value=5))
    assert "  Hard problems were talked about            2       5\n" in ok("check", "history").stdout
    assert "| Hard problems were talked about | 2 | 5 |  |" in ok("check", "history", "--format", "md").stdout
    document = json.loads(ok("check", "history", "--format", "json").stdout)
    assert [line["answers"] for line in document["lines"]] == [[2, 5]] * 8


def test_a_history_on_a_terminal_says_that_it_is_still_there(ok: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ok(*SAFETY, "--keep", stdin=typed(""))
    assert ON_THE_SCREEN not in ok("check", "history").stderr
    monkeypatch.setattr("tuiretro.cli.check.sys", SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True)))
    assert ok("check", "history").stderr == f"{ON_THE_SCREEN}\n"


def test_a_passphrase_is_asked_twice_at_first_and_once_later(run: Run, ok: Run, private: Path) -> None:
    result = run(*SAFETY, "--keep", stdin=typed(WORDS, "correct horsy"))
    assert result.exit_code == 3
    assert result.stderr.endswith(f"tuiretro: {DIFFERENT}\n")
    assert not private.exists()
    ok(*SAFETY, "--keep", stdin=typed(WORDS, WORDS))
    ok(*SAFETY, "--keep", stdin=typed(WORDS))
    assert ok("check", "history", stdin=f"{WORDS}\n").stdout.startswith("Your self-checks: 2 times\n")
    assert WORDS.encode() not in private.read_bytes()


@pytest.mark.parametrize("words", ["correct horsy\n", "\n", ""])
def test_a_wrong_passphrase_is_one_sentence_and_loses_nothing(run: Run, ok: Run, private: Path, words: str) -> None:
    ok(*SAFETY, "--keep", stdin=typed(WORDS, WORDS))
    before = private.read_bytes()
    for result in (run("check", "history", stdin=words), run(*SAFETY, "--keep", stdin=typed() + words)):
        assert result.exit_code == 3
        assert "tuiretro: " in result.stderr.splitlines()[-1]
    assert private.read_bytes() == before


def test_what_stands_in_the_way_of_keeping_is_said_before_anybody_answers(run: Run, ok: Run, private: Path) -> None:
    ok(*SAFETY, "--keep", stdin=typed(""))
    private.write_bytes(private.read_bytes()[:-1])
    result = run(*SAFETY, "--keep", stdin=typed())
    assert (result.exit_code, result.stdout) == (6, "")
    assert result.stderr.count("\n") == 1
    assert ok(*SAFETY, stdin=typed("n")).stderr.endswith(f"{GONE}\n")


def test_forgetting_asks_first_and_says_what_it_cannot_erase(run: Run, ok: Run, private: Path) -> None:
    ok(*SAFETY, "--keep", stdin=typed(""))
    for answer in ("n\n", ""):
        assert run("check", "forget", stdin=answer).exit_code == 5
    assert private.exists()
    assert ok("check", "forget", stdin="y\n").stderr.endswith(f"{FORGOTTEN}\n")
    assert not private.parent.exists()
    assert ok("check", "forget", "--yes").stderr == f"{NOTHING_KEPT}\n"


def test_a_history_of_nothing_says_how_to_begin_one(run: Run) -> None:
    result = run("check", "history")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == f"tuiretro: {NOTHING_KEPT} 'tuiretro check --keep' keeps one.\n"


@pytest.mark.usefixtures("closed")
def test_the_teams_last_release_stands_beside_and_no_file_of_it_changes(ok: Run, kept: Callable[[], str]) -> None:
    before = kept()
    result = ok(*SAFETY, stdin=typed("n"))
    assert "Beside your answers: what Atlas released for sprint 1.\n" in result.stdout
    assert "  Hard problems were talked about      · ● · · ·  2.8 ±0.8\n" in result.stdout
    assert kept() == before


@pytest.mark.parametrize("form", ["md", "json"])
def test_the_page_comes_in_every_form(ok: Run, form: str) -> None:
    out = ok(*SAFETY, "--format", form, stdin=typed()).stdout
    if form == "json":
        assert json.loads(out)["check"]["survey"] == "safety"
    else:
        assert out.startswith("# Psychological safety, ")


def test_no_file_of_a_workspace_holds_a_trace_of_an_answer(ok: Run, place: Path, private: Path, tmp_path: Path) -> None:
    ok("team", "add", "Atlas", "--people", "8", "--starts", "2026-11-16", "--every", "2 weeks")
    path = tmp_path / "zebra-survey.toml"
    text = '[[items]]\nid = "zebra"\nshort = "Zebras were seen"\ntext = "In this sprint we saw zebras."\n'
    path.write_text(f'id = "zebra-survey"\ntitle = "Zebras"\nintro = "Hello."\nkind = "items"\n{text}')
    ok("check", "--survey", str(path), "--keep", stdin=typed("", count=1))
    assert b"zebra-survey.zebra" in private.read_bytes()
    for file in place.rglob("*"):
        assert "zebra" not in file.name
        assert not file.is_file() or b"zebra" not in file.read_bytes()
    assert "zebra" not in ok("audit").stdout
    assert NOT_IN_THE_AUDIT in ok("audit").stdout


def test_where_names_the_file_and_makes_nothing(ok: Run, private: Path) -> None:
    assert json.loads(ok("where", "--format", "json").stdout)["self_checks"] == str(private)
    assert f"private self-checks  {private}" in ok("where").stdout
    assert not private.parent.exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", "--survey", "saftey"), 4),
        (("check", "--survey", "gone.toml"), 4),
        (("check", "--survey", ""), 3),
        (("check", "--survey", "deep-dive"), 3),
        (("check", "--keep", "history"), 2),
        (("check", "--team", "Nobody"), 4),
        (("check", "--passphrase", WORDS), 2),
    ],
)
def test_bad_input_is_one_sentence(run: Run, words: tuple[str, ...], code: int, private: Path) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert "Traceback" not in result.stderr
    assert not private.parent.exists()


def test_a_folder_within_the_workspace_is_refused(run: Run, place: Path) -> None:
    result = run(*SAFETY, "--keep", TUIRETRO_CHECKS=str(place / "own"))
    assert result.exit_code == 6
    assert "lies in a team's workspace" in result.stderr
    assert not place.exists()


@pytest.fixture
def seated(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Somebody sits at the keyboard; what they type unseen is given as lines."""

    def sits(unseen: str) -> None:
        lines = iter(unseen.splitlines())

        def typed_unseen(_: str, stream: object) -> str:
            assert stream is not None
            line = next(lines, "~")
            if line == "~":
                raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")
            return line

        person = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True), stdout=sys.stdout, stderr=sys.stderr)
        for module in ("check", "hidden"):
            monkeypatch.setattr(f"tuiretro.cli.{module}.sys", person)
        monkeypatch.setattr("getpass.getpass", typed_unseen)

    return sits


def test_whoever_can_be_asked_may_try_again_or_let_it_go(ok: Run, seated: Callable[[str], None], private: Path) -> None:
    seated(f"{WORDS}\ncorrect horsy\n~\n")
    result = ok(*SAFETY, "--keep", stdin=typed("y", "n"))
    assert DIFFERENT in result.stderr
    assert "no text, so it was not taken" in result.stderr
    assert result.stderr.endswith(f"{GONE}\n")
    assert not private.exists()


def test_whoever_can_be_asked_types_the_passphrase_again_until_it_opens(
    ok: Run, run: Run, seated: Callable[[str], None], private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SelfChecks(private.parent).add(EARLIER, WORDS, seen=None)
    seated(f"another one\n\n{WORDS}\n")
    result = ok("check", "history")
    assert result.stderr.count("That is not the passphrase of your self-checks.") == 2
    assert result.stdout.startswith("Your self-checks: 1 time\n")
    seated(f"another one\n{WORDS}\n")
    result = ok(*SAFETY, "--keep", stdin=typed())
    assert "That is not the passphrase" in result.stderr
    assert "Try again?" not in result.stderr
    assert len(SelfChecks(private.parent).read(WORDS)) == 2

    def leaving(*_: object, stream: object) -> str:
        assert stream is not None
        raise EOFError

    monkeypatch.setattr("getpass.getpass", leaving)
    assert run("check", "history").exit_code == 3


def test_a_passphrase_for_a_file_that_goes_meanwhile_is_asked_for_anew(
    ok: Run, seated: Callable[[str], None], private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SelfChecks(private.parent).add(EARLIER, WORDS, seen=None)
    seated("")
    lines = iter(["four", WORDS, WORDS])

    def typed_meanwhile(*_: object, stream: object) -> str:
        line = next(lines)
        if line == "four":
            assert stream is not None
            SelfChecks(private.parent).forget()
        return line

    monkeypatch.setattr("getpass.getpass", typed_meanwhile)
    result = ok(*SAFETY, "--keep", stdin=typed("y"))
    assert "Your kept self-checks were removed, so that these would begin a new file" in result.stderr
    assert len(SelfChecks(private.parent).read(WORDS)) == 1


def test_what_the_disk_did_not_confirm_is_said_and_not_kept_a_second_time(
    ok: Run, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unconfirmed(descriptor: int) -> None:
        if private.exists():
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", unconfirmed)
    result = ok(*SAFETY, "--keep", stdin=typed(""))
    assert "Your self-check is kept, but the disk did not confirm it" in result.stderr
    assert private.exists()


def at_a_terminal(place: Path, *more: str, **env: str) -> Terminal:
    command = [sys.executable, "-m", "tuiretro", *SAFETY, "--plain", *more]
    return Terminal(command, 100, 60, alone(place, TUIRETRO_CHECKS=str(place.parent / "self-checks"), **env))


def test_on_a_terminal_a_passphrase_is_not_shown_can_be_tried_again_and_nothing_stays_on_the_screen(
    place: Path, private: Path
) -> None:
    with at_a_terminal(place, "--keep") as terminal:
        terminal.expect("1-5, 0, b")
        terminal.send("2\n" * 8 + "\ny\n")
        again = ""
        for words in ("short", WORDS):
            terminal.expect(f"{again}Passphrase, 8 characters or more, or enter for none:")
            terminal.send(f"{words}\n")
            terminal.expect(f"{again}Once more:")
            terminal.send(f"{words}\n")
            if not again:
                terminal.expect("Try again")
                terminal.send("y\n")
                again = r"Try again\? y/n: y[\s\S]*"
        terminal.expect("Press enter once you have read it")
        assert "your answers" in terminal.text()
        terminal.send("\n")
        assert terminal.wait() == 0
    before, cleared, after = terminal.heard.partition(CLEARED)
    assert cleared
    assert WORDS.encode() not in terminal.heard
    assert after.decode().startswith("Kept in ")
    assert private.read_bytes().startswith(b"tuiretro self-checks 1 locked ")
    assert SAVED.encode() not in before
