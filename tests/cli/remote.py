"""What tests of codes, closing codes and envelopes share: how they are found in what commands write.

Owns no checks.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli.conftest import Run, sheet
from tuiretro.core.invitation import decode_invitation
from tuiretro.model.envelope import Invitation

_SLIP = re.compile(r"\b(?:[0-9A-Z]{4}-){4}[0-9A-Z*~$=]")
SIX = re.compile(r"\A[a-z-]+(?: [a-z-]+){5}\n\Z")
PEOPLE = 5
OPEN = ("round", "open", "--survey", "safety")
ANSWERS = "4\n" * 8 + "\n\ny\n"
"""All of that survey, line by line, up to the yes."""
ASKED = "The code on your slip: "


def five_people(ok: Run) -> None:
    """A team of five, of whom four are enough."""
    ok("team", "add", "Atlas", "--people", str(PEOPLE), "--starts", "2026-11-16", "--every", "2 weeks")


def is_open(run: Run) -> bool:
    """Whether a round is open."""
    return not run("round", "status").stdout.startswith("No round is open")


def slips(path: Path) -> list[str]:
    """The codes on the slips of a file."""
    return _SLIP.findall(path.read_text(encoding="utf-8"))


def invitation(path: Path) -> Invitation:
    """What a file invites to."""
    return decode_invitation(path.read_bytes())


def asked(path: Path) -> tuple[str, ...]:
    """The ids of the items that an invitation asks."""
    return tuple(question.id for question in invitation(path).round.questions)


def changed(path: Path, **round_: object) -> Path:
    """A copy of an invitation in which something of the round is another."""
    document = json.loads(path.read_text(encoding="utf-8"))
    document["invitation"]["round"].update(round_)
    copy = path.with_name(f"{'-'.join(round_)}.json")
    copy.write_text(json.dumps(document), encoding="utf-8")
    return copy


def sealed(ok: Run, file: Path, value: int = 4, comment: str = "", code: str = "") -> str:
    """An envelope as somebody elsewhere prints it."""
    words = ("answer", "--invite", str(file), "--from", "-", "--output", "-")
    return ok(*words, stdin=sheet(asked(file), value, comment), TUIRETRO_CODE=code).stdout


def posted(ok: Run, file: Path, folder: Path, codes: list[str]) -> list[Path]:
    """Envelopes in a folder, one for each code; an empty code is none."""
    folder.mkdir(exist_ok=True)
    for number, code in enumerate(codes):
        words = ("answer", "--invite", str(file), "--from", "-", "--output", str(folder))
        ok(*words, stdin=sheet(asked(file), 1 + number % 5, f"comment {number}"), TUIRETRO_CODE=code)
    return sorted(folder.iterdir())
