"""Answering an invitation on another machine: an envelope goes out, and nothing stays."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli.conftest import TODAY, Run, items, on_a_terminal, sheet
from tests.cli.remote import ANSWERS, OPEN, PEOPLE, asked, changed, five_people, invitation, posted, slips
from tests.terminal import Terminal
from tuiretro.cli.elsewhere import SEND
from tuiretro.cli.main import program
from tuiretro.cli.no_trace import CLEAR
from tuiretro.core.envelope import envelopes
from tuiretro.core.invitation import INVITATION_BYTES
from tuiretro.core.promises import ELSEWHERE, KEPT, NOT_HIDDEN


@pytest.fixture
def file(ok: Run, tmp_path: Path) -> Path:
    """An invitation to a two-person round."""
    five_people(ok)
    ok(*OPEN, "--invite", str(tmp_path / "in.json"))
    return tmp_path / "in.json"


@pytest.fixture
def coded(ok: Run, tmp_path: Path) -> tuple[Path, list[str]]:
    """An invitation to a round with codes, and the codes."""
    five_people(ok)
    ok(*OPEN, "--invite", str(tmp_path / "in.json"), "--codes", str(tmp_path / "slips.md"))
    return tmp_path / "in.json", slips(tmp_path / "slips.md")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Somebody's folder on another machine."""
    folder = tmp_path / "elsewhere" / "home"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def away(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs one command on another machine, where there is no workspace."""
    monkeypatch.chdir(home)

    def runs(*words: str, stdin: str | bytes | None = None, **env: str) -> Result:
        surroundings = {"TUIRETRO_WORKSPACE": str(home.parent / "workspace"), "TUIRETRO_TEAM": None, **env}
        return CliRunner(env=surroundings).invoke(program, ["answer", *words], input=stdin)

    return runs


def what_is_there(home: Path) -> list[str]:
    """Everything on the other machine."""
    return sorted(path.name for path in home.parent.rglob("*") if path != home)


def check_words(said: str) -> str:
    found = re.search(r"check words(?: are)?: ((?:[a-z-]+ ?){6})\.", said)
    assert found is not None, said
    return found[1]


def test_a_sheet_from_a_file_leaves_an_envelope_with_a_random_name_and_nothing_else(
    away: Run, file: Path, home: Path
) -> None:
    for count in (1, 2):
        result = away("--invite", str(file), "--from", "-", stdin=sheet(asked(file), 2, "a secret"))
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr.endswith(f". {SEND}\n")
        assert len(what_is_there(home)) == count
    assert all(re.fullmatch(r"envelope-[0-9a-f]{16}\.txt", name) for name in what_is_there(home))
    for path in home.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
        assert "secret" not in path.read_text()
        assert [found.round for found in envelopes(path.read_text()) if found] == [invitation(file).round.id]


def test_answering_elsewhere_says_so_before_the_first_statement(away: Run, file: Path, home: Path) -> None:
    result = away("--invite", str(file), "--plain", stdin=ANSWERS)
    assert result.exit_code == 0
    before, _, after = result.stderr.partition("1 of 8. ")
    assert before.index("check words: ") < before.index(KEPT) < before.index(ELSEWHERE) < before.index(NOT_HIDDEN)
    assert after.rstrip().endswith(SEND)
    assert len(what_is_there(home)) == 1


def test_an_envelope_can_be_printed_to_paste_it(away: Run, file: Path, home: Path) -> None:
    result = away("--invite", str(file), "--output", "-", stdin=ANSWERS)
    assert [found is not None for found in envelopes(result.stdout)] == [True]
    assert result.stdout.startswith("-----BEGIN TUIRETRO ENVELOPE-----\n")
    assert result.stderr.rstrip().endswith(f"This is your sealed sheet, from the line BEGIN to the line END. {SEND}")
    assert what_is_there(home) == []


def test_an_envelope_goes_into_the_folder_that_was_named(away: Run, file: Path, home: Path) -> None:
    (home / "out").mkdir()
    assert away("--invite", str(file), "--output", "out", stdin=ANSWERS).exit_code == 0
    assert len(list((home / "out").iterdir())) == 1


@pytest.mark.parametrize("output", ["nowhere", "a file"])
def test_a_folder_that_is_none_is_refused_before_anything_is_asked(
    away: Run, file: Path, home: Path, output: str
) -> None:
    (home / "a file").touch()
    result = away("--invite", str(file), "--output", output, stdin=ANSWERS)
    assert result.exit_code == 3
    assert f"There is no folder '{output}' for the envelope" in result.stderr
    assert "1 of 8" not in result.stderr
    assert what_is_there(home) == ["a file"]


def test_leaving_and_the_end_of_input_write_nothing(away: Run, file: Path, home: Path) -> None:
    left = away("--invite", str(file), "--plain", stdin="4\nq\n")
    assert (left.exit_code, "You left. Nothing was saved." in left.stderr) == (0, True)
    ended = away("--invite", str(file), "--plain", stdin="4\n4\n")
    assert ended.exit_code == 3
    assert "Nothing was saved. Start again with 'tuiretro answer --invite FILE'." in ended.stderr
    assert what_is_there(home) == []


def test_a_sheet_that_does_not_fit_writes_nothing(away: Run, file: Path, home: Path) -> None:
    result = away("--invite", str(file), "--from", "-", stdin='{"answers": {"x": 3}}')
    assert result.exit_code == 3
    assert "The item 'x' is not part of this round" in result.stderr
    assert what_is_there(home) == []


def test_a_disk_that_is_full_leaves_nothing_behind(
    away: Run, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    result = away("--invite", str(file), "--from", "-", stdin=sheet(asked(file)))
    monkeypatch.undo()
    assert result.exit_code == 6
    assert "could not be written: the disk is full; nothing of it was left behind." in result.stderr
    assert what_is_there(home) == []


def test_output_belongs_to_an_invitation(away: Run, home: Path) -> None:
    assert away("--output", ".", "--plain").exit_code == 2
    assert away("--invite", "x", "--plain", "--from", "-").exit_code == 2
    assert what_is_there(home) == []


def test_a_code_is_asked_for_before_the_first_statement_and_a_slip_of_the_finger_is_seen(
    away: Run, coded: tuple[Path, list[str]], home: Path
) -> None:
    file, codes = coded
    typed = f"hello\n{'1' if codes[0][0] == '0' else '0'}{codes[0][1:]}\n{codes[0].lower()}\n"
    said = away("--invite", str(file), "--plain", stdin=typed + ANSWERS).stderr
    before, _, after = said.partition("1 of 8. ")
    assert before.count("The code on your slip: ") == 3
    assert "The code on your slip" not in after
    assert "This code is mistyped" in before
    assert before.index("check words: ") < before.index("The code on your slip: ")
    assert len(what_is_there(home)) == 1


def test_a_code_from_the_environment_goes_with_a_sheet_from_a_file(
    away: Run, ok: Run, coded: tuple[Path, list[str]], home: Path
) -> None:
    file, codes = coded
    refused = away("--invite", str(file), "--from", "-", stdin=sheet(asked(file)))
    assert (refused.exit_code, "give it as TUIRETRO_CODE" in refused.stderr) == (3, True)
    for number, code in enumerate(codes[:4]):
        said = away("--invite", str(file), "--from", "-", stdin=sheet(asked(file), number + 1), TUIRETRO_CODE=code)
        assert said.exit_code == 0
    assert "4 envelopes taken" in ok("round", "collect", "--yes", str(home)).stderr


def test_both_sides_have_the_same_check_words_and_a_swapped_key_has_others(ok: Run, away: Run, file: Path) -> None:
    here = check_words(ok("round", "invite", "-").stderr)
    assert check_words(away("--invite", str(file), "--plain", stdin="q\n").stderr) == here
    assert check_words(away("--invite", str(file), "--from", "-", stdin=sheet(asked(file))).stderr) == here
    document = json.loads(file.read_text())
    for where in ("public_key", "carrying_key"):
        swapped = json.loads(json.dumps(document))
        keys = swapped["invitation"]["seal"] if where == "public_key" else swapped["invitation"]
        keys[where] = "B" + keys[where][1:] if keys[where][0] == "A" else "A" + keys[where][1:]
        other = file.with_name("swapped.json")
        other.write_text(json.dumps(swapped))
        assert check_words(away("--invite", str(other), "--plain", stdin="q\n").stderr) != here


def twice(text: str) -> str:
    return text.replace('"round": {', '"round": {"id": "00000000",', 1)


def with_round(**values: object) -> Callable[[str], str]:
    def make(text: str) -> str:
        document = json.loads(text)
        document["invitation"]["round"].update(values)
        return json.dumps(document)

    return make


def with_key(place: str, key: object) -> Callable[[str], str]:
    def make(text: str) -> str:
        document = json.loads(text)
        (document["invitation"]["seal"] if place == "public_key" else document["invitation"])[place] = key
        return json.dumps(document)

    return make


DAMAGED = "This file is no invitation, or it is damaged."
CANNOT = "The invitation cannot be answered: "
TEXTS = f"{CANNOT}a text in it is too long, or holds characters that cannot be shown."
NONE: dict[str, tuple[Callable[[str], str], str]] = {
    "empty": (lambda _: "", DAMAGED),
    "no JSON": (lambda _: "Dear team,", DAMAGED),
    "a list": (lambda _: "[]", DAMAGED),
    "deep": (lambda _: "[" * 100_000, DAMAGED),
    "cut": (lambda text: text[:-9], DAMAGED),
    "newer": (lambda text: text.replace('"schema": 1', '"schema": 2'), "from a newer tuiretro; update yours."),
    "another file": (lambda text: text.replace('"invitation",', '"summary",', 1), DAMAGED),
    "a key twice": (twice, DAMAGED),
    "an unknown key": (lambda text: text.replace('"schema"', '"more": 1, "schema"'), DAMAGED),
    "large": (lambda text: text + " " * INVITATION_BYTES, "The invitation was refused: "),
    "an id as a path": (with_round(id="../../../x"), f"{CANNOT}the round's id is none."),
    "no statements": (with_round(questions=[]), DAMAGED),
    "five labels": (with_round(labels=["a"] * 5), DAMAGED),
    "a title that steers": (with_round(title="a\x1b[2Jb"), TEXTS),
    "an intro that turns": (with_round(intro="a\u202eb"), TEXTS),
    "a label that steers": (with_round(labels=["a\x9b2J"] * 6), TEXTS),
    "a long notice": (with_round(notice="x" * 2001), TEXTS),
    "a short key": (with_key("public_key", "AAAA"), f"{CANNOT}its keys are damaged."),
    "no key": (with_key("carrying_key", None), DAMAGED),
}


@pytest.mark.parametrize("case", NONE)
def test_what_is_no_invitation_is_refused_in_one_sentence(away: Run, file: Path, home: Path, case: str) -> None:
    make, said = NONE[case]
    file.write_text(make(file.read_text()))
    for words in (("--plain",), ("--from", "-")):
        result = away("--invite", str(file), *words, stdin=ANSWERS)
        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr.startswith("tuiretro: ")
        assert said in result.stderr
        assert result.stderr.count("\n") == 1
        assert "\x1b" not in result.stderr
    assert what_is_there(home) == []


@pytest.mark.parametrize(
    ("name", "said"), [("nowhere", "There is no file"), ("folder", "refused"), ("pipe", "refused")]
)
def test_what_is_no_file_is_refused_and_not_waited_for(away: Run, home: Path, name: str, said: str) -> None:
    (home / "folder").mkdir()
    os.mkfifo(home / "pipe")
    result = away("--invite", name, "--plain", stdin=ANSWERS)
    assert result.exit_code == 3
    assert said in result.stderr


@pytest.mark.parametrize("which", ["public_key", "carrying_key"])
def test_a_key_that_locks_nothing_is_refused_when_the_sheet_is_sealed(
    away: Run, file: Path, home: Path, which: str
) -> None:
    file.write_text(with_key(which, "A" * 43 + "=")(file.read_text()))
    result = away("--invite", str(file), "--from", "-", stdin=sheet(asked(file)))
    assert result.exit_code == 3
    assert "The invitation's keys are damaged; ask for it again. Nothing was saved." in result.stderr
    assert what_is_there(home) == []


def test_an_invitation_may_be_a_link(away: Run, file: Path, home: Path) -> None:
    (home / "link").symlink_to(file)
    assert away("--invite", "link", "--plain", stdin=ANSWERS).exit_code == 0


def test_markup_in_an_invitation_is_text(away: Run, file: Path) -> None:
    odd = changed(file, title="[/nope] [@click=app.quit()]x[/]")
    assert "[/nope] [@click=app.quit()]x[/], sprint 1" in away("--invite", str(odd), stdin="q\n").stderr


def surroundings(home: Path) -> dict[str, str]:
    return {"TUIRETRO_WORKSPACE": str(home.parent / "workspace"), "TUIRETRO_TODAY": TODAY, "NO_COLOR": "1"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("ending", ["s", "escape"])
def test_in_a_terminal_the_app_opens_and_says_afterwards_where_the_envelope_is(
    file: Path, home: Path, ending: str
) -> None:
    leave = ending == "escape"
    command = (sys.executable, "-m", "tuiretro", "answer", "--invite", str(file))
    with Terminal(command, cols=80, rows=24, env=surroundings(home), cwd=home) as terminal:
        terminal.expect("by invitation")
        terminal.expect("enter start")
        if leave:
            terminal.send(ending)
        else:
            terminal.send("enter")
            for number in range(1, 9):
                terminal.expect(f" {number} of 8")
                terminal.send("2")
            terminal.expect("check and submit")
            terminal.send(ending)
        assert terminal.wait() == 0
        said = " ".join(terminal.text().split())
    assert ("You left. Nothing was saved." in said) == leave
    assert ("Your sheet is sealed in envelope-" in said) == (not leave)
    assert len(what_is_there(home)) == (not leave)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_plain_answering_elsewhere_clears_the_screen_and_then_names_the_envelope(
    file: Path, home: Path, tmp_path: Path
) -> None:
    words = ["answer", "--invite", str(file), "--plain", "--output", str(home)]
    code, screen = on_a_terminal(tmp_path / "none", words, ANSWERS.encode(), b"1-5, 0, b, ?, q: ")
    assert code == 0
    _, cleared, after = screen.partition(CLEAR.encode())
    assert cleared
    assert b"Your sheet is sealed in" in after
    assert b"1-5, 0, b" not in after
    assert len(what_is_there(home)) == 1


def test_a_whole_remote_round_by_commands_alone(ok: Run, run: Run, tmp_path: Path) -> None:
    five_people(ok)
    file, page, post = tmp_path / "in.json", tmp_path / "slips.html", tmp_path / "post"
    words = ok(*OPEN, "--codes", str(page), "--invite", str(file)).stdout
    codes = slips(page)
    assert len(codes) == PEOPLE
    posted(ok, file, post, codes[:4])
    assert "4 envelopes taken, shuffled among the boxes." in ok("round", "collect", "--yes", str(post)).stderr
    ok("answer", "--from", "-", stdin=sheet(items(ok), 5), TUIRETRO_CODE=codes[4])
    assert run("round", "close").exit_code == 5
    assert "5 of 5 answered" in ok("round", "close", TUIRETRO_CLOSING_CODE=words).stderr
    document = json.loads(ok("results", "--format", "json").stdout)
    assert document["answered"] == "5 of 5 answered"
    assert ok("audit").exit_code == 0
