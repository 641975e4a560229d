"""Somebody answers in a real terminal while every place where a draft could lie is watched.

Owns the watching and the answering. It must not know what may be written. Unix only.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.terminal import Terminal
from tests.tui.states import TODAY
from tuiretro.core.promises import RECORDERS

COMMENT = "zebra crossing at dawn"
SECRETS = (COMMENT, "zebra", "In this sprint", "strongly disagree", "agree")
"""What a person typed, and what the answers and the statements are called on the screen."""
ITEMS = 8
APP = ("answer",)
PLAIN = ("answer", "--plain")
_ALTERNATE = re.compile(rb"\x1b\[\?1049h.*?(?:\x1b\[\?1049l|\Z)", re.DOTALL)
PROGRAM = """
import os, sys

notes = os.open(os.environ.pop("NOTES"), os.O_WRONLY | os.O_APPEND)
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
OTHERS = {"os.mkdir", "os.rename", "os.link", "os.symlink", "os.truncate", "os.system", "os.exec", "os.posix_spawn",
    "subprocess.Popen", "tempfile.mkstemp", "tempfile.mkdtemp", "socket.connect", "socket.sendto", "socket.bind"}

running = ["until the program is over"]

def note(event, args):
    if not running:
        return
    if event in OTHERS or (event == "open" and args[2] & WRITES):
        os.write(notes, f"{event} {args[0]!s}\\n".encode())

sys.addaudithook(note)
from tuiretro.__main__ import main
sys.argv = ["tuiretro", *sys.argv[1:]]
try:
    main()
finally:
    running.clear()
"""
"""The program, noting what it opens for writing, makes, starts or connects to, also if it is gone again."""


@dataclass(frozen=True)
class Watched:
    """A home, a folder for temporary files, a folder to start in and a workspace, all below one folder."""

    below: Path
    workspace: Path

    @property
    def notes(self) -> list[str]:
        """What the program did that could leave something; the locks of the store hold nothing and are left out."""
        lines = (self.below / "notes").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if not line.endswith((".lock", " /dev/null"))]

    def files(self) -> dict[str, bytes]:
        """Every file that is there, with what it holds."""
        return {
            str(path): path.read_bytes()
            for path in sorted((*self.below.rglob("*"), *self.workspace.rglob("*")))
            if path.is_file() and path.suffix != ".lock" and path.name != "notes"
        }

    def runs(self, *words: str, more: Mapping[str, str] | None = None) -> Terminal:
        """Starts the program with its surroundings below the one folder."""
        for name in ("home", "temporary", "here"):
            (self.below / name).mkdir(parents=True, exist_ok=True)
        (self.below / "notes").write_bytes(b"")
        env = {
            "HOME": str(self.below / "home"),
            "TMPDIR": str(self.below / "temporary"),
            "NOTES": str(self.below / "notes"),
            "TUIRETRO_WORKSPACE": str(self.workspace),
            "TUIRETRO_TODAY": str(TODAY),
            "TUIRETRO_TEAM": "",
            "PYTHONDONTWRITEBYTECODE": "1",
            **{name: "" for name in os.environ if name.startswith(("XDG_", "TEXTUAL"))},
            **dict.fromkeys(RECORDERS, ""),
            **(more or {}),
        }
        return Terminal([sys.executable, "-c", PROGRAM, *words], 100, 24, env, self.below / "here")


def answer_in_app(terminal: Terminal, *, count: int = ITEMS) -> None:
    """Answers so many statements; with all of them, writes a comment as well and stops before handing in."""
    terminal.expect("enter start")
    terminal.send("enter")
    for number in range(1, count + 1):
        terminal.expect(f" {number} of {ITEMS}")
        terminal.send("2")
    if count == ITEMS:
        terminal.expect("check and submit")
        terminal.send("c")
        terminal.expect("characters left")
        terminal.send(COMMENT)
        terminal.expect(COMMENT)
        terminal.send("escape")
        terminal.expect(f"Your comment: {COMMENT}")
    else:
        terminal.expect(f" {count + 1} of {ITEMS}")


def answer_plainly(terminal: Terminal, *, count: int = ITEMS) -> None:
    """The same line by line."""
    for number in range(1, count + 1):
        terminal.expect(rf"^{number} of {ITEMS}\. .*\n(.*\n)?1-5, 0, b")
        terminal.send("2", "enter")
    if count == ITEMS:
        terminal.expect("Number to change")
        terminal.send("enter")
        terminal.expect("Comment, or enter for none:")
        terminal.send(COMMENT, "enter")
        terminal.expect("Submit")
    else:
        terminal.expect(f"{count + 1} of {ITEMS}")


def normal_screen(heard: bytes) -> str:
    """What a program wrote while the terminal showed its normal screen, the one with a history."""
    return _ALTERNATE.sub(b"", heard).decode()
