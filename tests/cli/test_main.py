from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.conftest import TODAY, Run, items, on_a_terminal, sheet
from tests.terminal import Terminal
from tuiretro import __version__
from tuiretro.__main__ import one_sentence
from tuiretro.core.codes import written
from tuiretro.core.rules import CODE_LETTERS

WATCHED = """
import sys
from tuiretro.__main__ import main
sys.argv = ["tuiretro", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    code = end.code
loaded = sorted({name.split(".")[0] for name in sys.modules})
print("LOADED", *loaded, file=sys.stderr)
sys.exit(code)
"""
"""The program in a fresh interpreter, which says at the end what it imported."""


def watched(place: Path, words: Sequence[str], stdin: str = "", today: str = TODAY) -> tuple[int, set[str]]:
    env = {**os.environ, "TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": today}
    result = subprocess.run(
        [sys.executable, "-c", WATCHED, *words], env=env, input=stdin, capture_output=True, text=True, check=False
    )
    return result.returncode, set(result.stderr.splitlines()[-1].split()[1:])


HEADLESS = (
    "team list",
    "team show",
    "team star testing",
    "round status",
    "results",
    "trends",
    "focus --explain",
    "action add Tidy",
    "action list --format csv",
    "survey list",
    "survey show testing --format toml",
    "survey check --language es",
    "survey new NEW",
    "template list",
    "template show data-card",
    "export --format json",
    "export --format html",
    "export --format ical --all",
    "brief",
    "audit",
    "where",
    "round open --survey safety",
    "answer --plain",
    "round abandon --yes",
    "round open --survey safety --codes SLIPS --invite INVITATION",
    "round invite -",
    "answer --invite INVITATION --plain",
    "round abandon --yes",
    "demo --into DEMO --sprints 1",
    "",
)


@pytest.mark.usefixtures("closed")
def test_no_headless_command_imports_textual(place: Path, tmp_path: Path) -> None:
    for line in HEADLESS:
        files = {"DEMO": "demo", "NEW": "ours.toml", "SLIPS": "slips.md", "INVITATION": "in.json"}
        paths = {word: str(tmp_path / name) for word, name in files.items()}
        words = [paths.get(word, word) for word in line.split()]
        stdin = f"{written('0' * CODE_LETTERS)}\nq\n" if "INVITATION" in line else "q\n"
        code, loaded = watched(place, words, stdin=stdin, today="2026-12-07")
        assert code == (0 if line else 2), line
        assert "textual" not in loaded, line
        assert ("icalendar" in loaded) is ("ical" in line), line


OPENING = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from tuiretro.__main__ import main
sys.argv = ["tuiretro", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    code = end.code
print("OPENED", *(name for name in opened if name.endswith((".toml", ".md"))), sep="\\n", file=sys.stderr)
sys.exit(code)
"""
"""The program in a fresh interpreter, which says at the end which files of the library it opened."""


def library_files(place: Path, line: str) -> list[str]:
    env = {**os.environ, "TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY}
    command = [sys.executable, "-c", OPENING, *line.split()]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [Path(name).name for name in done.stderr.partition("OPENED")[2].split()]


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("team list", []),
        ("team show", []),
        ("action list --all", []),
        ("where", []),
        ("focus", []),
        ("template show data-card", ["data-card.md"]),
        ("action add --play testing.name-test-cases Tidy", ["14-testing.toml"]),
        ("survey show testing", ["14-testing.toml", "de.toml", "es.toml", "safety.toml"]),
    ],
)
def test_a_command_reads_no_file_of_the_library_that_it_does_not_need(
    place: Path, ok: Run, line: str, needed: list[str]
) -> None:
    play = json.loads(ok("survey", "show", "testing", "--format", "json").stdout)["mistake"]["plays"][0]["id"]
    assert sorted(library_files(place, line.replace("name-test-cases", play))) == needed


def test_a_focus_list_reads_the_mistakes_on_it_alone(ok: Run, team: str, place: Path) -> None:
    assert team
    ok("round", "open")
    asked = items(ok)
    for value in (2, 3, 2, 3):
        ok("answer", "--from", "-", stdin=sheet(asked, value))
    ok("round", "close")
    focus = json.loads(ok("focus", "--format", "json").stdout)["focus"]
    wanted = {f"{line['number']:02}-{line['mistake']}.toml" for line in focus}
    assert len(wanted) == 3
    assert set(library_files(place, "focus")) == wanted


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_help_and_version_import_nothing_heavy(place: Path, word: str) -> None:
    code, loaded = watched(place, [word])
    assert code == 0
    assert not loaded & {"textual", "rich", "msgspec", "tinydb", "nacl", "filelock", "dateutil", "platformdirs"}


def test_the_version_is_the_packages(ok: Run) -> None:
    assert ok("--version").stdout == f"tuiretro {__version__}\n"


def test_help_names_the_environment_and_the_exit_codes(ok: Run) -> None:
    text = ok("--help").stdout
    for word in ("TUIRETRO_WORKSPACE", "TUIRETRO_TEAM", "TUIRETRO_TODAY", "NO_COLOR", "1 an audit", "130 ctrl+c"):
        assert word in text


def test_without_a_terminal_the_app_is_refused_in_one_sentence(run: Run) -> None:
    result = run()
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("tuiretro: The app needs a terminal;")


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("words", [(), ("demo", "--sprints", "1")], ids=" ".join)
def test_on_a_terminal_the_app_opens(place: Path, words: tuple[str, ...]) -> None:
    code, screen = on_a_terminal(place, list(words), b"\x11", b"Atlas")
    assert code == 0
    assert b"Atlas" in screen
    assert b"Traceback" not in screen


@pytest.mark.usefixtures("opened")
def test_answer_opens_the_app_on_the_first_screen_of_the_survey(place: Path) -> None:
    env = {"TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY}
    with Terminal([sys.executable, "-m", "tuiretro", "answer"], 80, 24, env) as terminal:
        terminal.expect("enter start")
        terminal.send("escape")
        terminal.expect("NOW ")
        terminal.send("ctrl+q")
        assert terminal.wait() == 0


INTERRUPTED = """
import os, signal, sys

class AtImport:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["INTERRUPT_AT"]:
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, AtImport())
from tuiretro.__main__ import main
sys.argv[0] = "tuiretro"
main()
"""
"""The program with ctrl+c at the moment when it imports a certain module."""


@pytest.mark.parametrize(
    ("words", "module"),
    [
        ("", "tuiretro.opening"),
        ("", "textual"),
        ("", "tuiretro.service.insight"),
        ("team list", "tuiretro.cli.main"),
        ("team list", "tuiretro.service.teams"),
        ("answer", "textual"),
    ],
)
def test_ctrl_c_during_the_start_ends_the_program_silently(
    place: Path, monkeypatch: pytest.MonkeyPatch, words: str, module: str
) -> None:
    monkeypatch.setenv("INTERRUPT_AT", module)
    code, screen = on_a_terminal(place, words.split(), b"", b"", start=("-c", INTERRUPTED))
    assert code == 130
    assert screen.strip() == b""


@pytest.mark.usefixtures("team")
def test_a_theme_that_is_none_refuses_the_app_alone(ok: Run, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ok("team", "list", TUIRETRO_THEME="neon").stdout
    monkeypatch.setenv("TUIRETRO_THEME", "neon")
    for words in ([], ["answer"], ["--workspace", str(place)]):
        code, screen = on_a_terminal(place, words, b"", b"")
        assert (code, screen.strip()) == (3, b"tuiretro: TUIRETRO_THEME can be 'dark' or 'light'. Nothing was done.")


def test_the_bare_app_refuses_a_workspace_like_every_command(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    code, screen = on_a_terminal(tmp_path / "file", [], b"", b"")
    assert code == 6
    assert screen.startswith(b"tuiretro: ")
    assert screen.count(b"\n") == 1


def test_a_reader_that_goes_away_ends_the_program_quietly(place: Path) -> None:
    env = {**os.environ, "TUIRETRO_WORKSPACE": str(place)}
    command = [sys.executable, "-m", "tuiretro", "survey", "show", "testing"]
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run(command, env=env, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert result.stderr == b""
    assert result.returncode == 1


def test_a_full_disk_behind_stdout_is_a_sentence(place: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    env = {**os.environ, "TUIRETRO_WORKSPACE": str(place)}
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "tuiretro", "survey", "show", "testing"]
        result = subprocess.run(command, env=env, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode != 0
    assert result.stderr.startswith("tuiretro: The computer refused: No space left on device")
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of file sizes")
@pytest.mark.parametrize("unbuffered", ["1", ""])
@pytest.mark.parametrize("words", [("survey", "show", "testing", "--format", "json"), ("survey", "list"), ("--help",)])
def test_output_that_a_disk_takes_only_half_of_is_a_failure(
    place: Path, tmp_path: Path, words: tuple[str, ...], unbuffered: str
) -> None:
    env = {**os.environ, "TUIRETRO_WORKSPACE": str(place), "PYTHONUNBUFFERED": unbuffered}
    command = [sys.executable, "-m", "tuiretro", *words]
    limited = ["bash", "-c", 'ulimit -f 1 && exec "$@" > "$0"', str(tmp_path / "out"), *command]
    result = subprocess.run(limited, env=env, stderr=subprocess.PIPE, text=True, check=False)
    assert (result.returncode, (tmp_path / "out").stat().st_size) == (1, 1024)
    assert result.stderr == "tuiretro: The computer refused: File too large. What was confirmed as saved is kept.\n"


def test_without_buffers_the_same_is_written(place: Path) -> None:
    command = [sys.executable, "-m", "tuiretro", "survey", "show", "testing"]
    env = {**os.environ, "TUIRETRO_WORKSPACE": str(place)}
    one, other = (
        subprocess.run(command, env={**env, "PYTHONUNBUFFERED": on}, capture_output=True, check=False)
        for on in ("1", "")
    )
    assert (one.returncode, one.stdout, one.stderr) == (0, other.stdout, b"")


def test_letters_that_a_terminal_cannot_show_do_not_end_a_command(place: Path) -> None:
    env = {**os.environ, "TUIRETRO_WORKSPACE": str(place), "PYTHONIOENCODING": "latin-1", "TUIRETRO_TODAY": TODAY}
    words = ["team", "add", "Züri 日本", "--people", "5", "--starts", "2026-11-16", "--every", "week"]
    result = subprocess.run([sys.executable, "-m", "tuiretro", *words], env=env, capture_output=True, check=False)
    assert result.returncode == 0
    assert b"Saved. Z\xfcri ?? has 5 people" in result.stderr


def test_no_colour_means_no_escape_codes(ok: Run, team: str) -> None:
    assert team
    assert "\x1b" not in ok("team", "list", NO_COLOR="1").stdout
    assert "\x1b" not in ok("team", "list").stdout


def test_a_fault_of_the_program_is_one_sentence_without_its_values(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        int("the secret answer")
    except ValueError as error:
        one_sentence(type(error), error, error.__traceback__)
    said = capsys.readouterr().err
    assert said.startswith("tuiretro: This is a fault of the program (ValueError at test_main.py:")
    assert "secret" not in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_polite_end_gives_the_terminal_back(place: Path, number: signal.Signals) -> None:
    env = {"TUIRETRO_WORKSPACE": str(place), "TUIRETRO_TODAY": TODAY}
    with Terminal([sys.executable, "-m", "tuiretro"], 80, 24, env) as terminal:
        terminal.expect("Welcome to tuiretro")
        assert b"\x1b[?1049h" in terminal.heard
        os.kill(terminal.pid, number)
        assert terminal.wait() == 128 + number
        assert b"\x1b[?1049l" in terminal.heard
        assert b"Traceback" not in terminal.heard
