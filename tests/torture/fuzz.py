"""Everything that decodes gets valid files, damaged, and arbitrary bytes: it reads them or says one sentence."""

from __future__ import annotations

import json
import random
import shutil
import time
import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import tomli_w
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.library.conftest import a_mistake, a_survey, put
from tests.service.other_tools import TABLES, maps
from tests.torture.mutations import mutated
from tests.torture.trial import Outcome, Sizes
from tests.torture.workspaces import next_round, opened, signed, with_team
from tuiretro.core.closing_code import read_closing_code
from tuiretro.core.codes import read_code, written
from tuiretro.core.invitation import decode_invitation
from tuiretro.core.sheetfile import decode_sheet
from tuiretro.core.text import clean
from tuiretro.errors import TuiretroError
from tuiretro.library.catalogue import Library
from tuiretro.library.folders import bundled_folder
from tuiretro.model.self_check import KeptAnswer, SelfCheck
from tuiretro.service import actions, audit, carrying, importing, rounds
from tuiretro.service.envelope_files import source_of
from tuiretro.store import locked_key, urn
from tuiretro.store.actions_file import read_actions
from tuiretro.store.backup_file import packed, unpacked
from tuiretro.store.history_file import read_history
from tuiretro.store.layout import ACTIONS, HISTORY, KEY, ROUND, WORKSPACE, round_folder, team_folder
from tuiretro.store.locked_key import closing_words
from tuiretro.store.round_folder import RoundFolder
from tuiretro.store.self_checks import SelfChecks
from tuiretro.store.teams_file import read_teams, team_ids

EXAMPLES = 150
"""Of one kind of file before the next one has its turn."""
QUICK = 8
"""Times as many of those that are read without a start of the program."""
SLOWEST = 5.0
"""Seconds that one file may take; a decoder that takes longer can be used to stop the program."""


@dataclass(frozen=True)
class Target:
    """What decodes one kind of file, and valid ones to begin with."""

    valid: tuple[bytes, ...]
    decode: Callable[[bytes], object]
    turns: int = 1
    """How many times as many files as the slow ones it gets."""


def fuzz(folder: Path, sizes: Sizes) -> Outcome:
    """Feeds all decoders in turn until the time is over; the files lie on the disk as theirs do."""
    outcome, targets = Outcome(), _targets(folder)
    ends, turn = time.monotonic() + 60 * sizes.minutes, 0
    while time.monotonic() < ends and not outcome.faults:
        for name, target in targets.items():
            _feed(name, target, 1000 * sizes.seed + turn, outcome)
        turn += 1
    outcome.counts["turns"] = turn
    return outcome


def _feed(name: str, target: Target, number: int, outcome: Outcome) -> None:
    files = st.one_of(
        *[st.builds(mutated, st.sampled_from(target.valid), st.builds(random.Random, st.integers(0, 2**64)))] * 4,
        st.binary(max_size=300),
    )

    @seed(number)
    @settings(
        max_examples=EXAMPLES * target.turns,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(files)
    def holds(data: bytes) -> None:
        began = time.perf_counter()
        try:
            target.decode(data)
        except TuiretroError as error:
            outcome.count(f"{name} refused")
            _is_a_sentence(error.message)
        else:
            outcome.count(f"{name} read")
        assert time.perf_counter() - began < SLOWEST, f"{len(data)} bytes took longer than {SLOWEST} s"

    try:
        holds()
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what the trial looks for
        notes = " ".join(getattr(error, "__notes__", ()))
        outcome.faults.append(f"{name}: {type(error).__name__}: {str(error)[:300]} {notes[:3000]}")


def _is_a_sentence(message: str) -> None:
    assert message, "a refusal says nothing"
    assert len(message) < 3000, "a refusal is no sentence any more"
    assert clean(message, lines=True) == message, "a refusal holds what a terminal obeys"


def _targets(folder: Path) -> dict[str, Target]:
    place = folder / "workspace"
    workspace, team = with_team(place, people=8)
    actions.add(workspace, team, "Tidy up", owner="Jo")
    asked = next_round(workspace, team)
    for at in range(2 * team.minimum):
        if at == team.minimum:
            rounds.close(workspace, team, asked)
            asked = next_round(workspace, team)
        rounds.answer(workspace, team, asked, signed(asked, f"comment {at}"))
    home = team_folder(place, team.id)
    room = round_folder(home, asked.id)
    sheet = json.dumps({"answers": signed(asked, "").answers, "comment": "Fine.\né"}).encode()
    found = {"sheet": Target((sheet,), decode_sheet, QUICK)}
    readers: dict[Path, Callable[[], object]] = {
        place / WORKSPACE: lambda: (read_teams(place), team_ids(place)),
        home / HISTORY: lambda: read_history(home),
        home / ACTIONS: lambda: read_actions(home),
        room / ROUND: lambda: (_room(room).standing(), _sheets(room)),
        room / KEY: lambda: _sheets(room),
    }
    for path, read in readers.items():
        found[path.name] = Target((path.read_bytes(),), _on_disk(path, read), QUICK)
        whole = folder / f"whole-{path.stem}"
        shutil.copytree(place, whole)
        found[f"start on a damaged {path.name}"] = Target(
            (path.read_bytes(),), _on_disk(whole / path.relative_to(place), partial(_used, whole))
        )
    return found | _surveys(folder) | _carried(folder) | _imported(folder) | _own(folder)


def _imported(folder: Path) -> dict[str, Target]:
    """Tables of other tools with a map of theirs, maps with a table of theirs, and tables that are guessed at."""
    place = folder / "imported"
    workspace, team = with_team(place, people=8)
    table, map_ = folder / "table.csv", folder / "map.toml"
    tables, wanted = {name: make().encode() for name, make in TABLES.items()}, maps()
    texts = {name: text.encode() for name, text in wanted.items()}
    usual = "Google Forms"

    def read_table(data: bytes) -> object:
        table.write_bytes(data)
        map_.write_bytes(texts[usual])
        return importing.read(workspace, team, table, map_)

    def read_map(data: bytes) -> object:
        table.write_bytes(tables[usual])
        map_.write_bytes(data)
        return importing.read(workspace, team, table, map_)

    def guess(data: bytes) -> object:
        table.write_bytes(data)
        return importing.guess_map(place, table)

    return {
        "table": Target((tables[usual],), read_table, QUICK),
        "map of a table": Target(tuple(texts.values()), read_map, QUICK),
        "table that is guessed at": Target(tuple(tables.values()), guess),
    }


def _own(folder: Path) -> dict[str, Target]:
    """The private file of self-checks."""
    own = SelfChecks(folder / "private")
    check = SelfCheck(date(2026, 1, 1), "pulse", (KeptAnswer("m01", 1, 4), KeptAnswer("safety.p", 2, None)))
    own.add(check, seen=None)
    return {"self-checks": Target((own.path.read_bytes(),), _on_disk(own.path, own.read), QUICK)}


def _room(path: Path) -> RoundFolder:
    return RoundFolder(path, bytes)


def _sheets(path: Path) -> object:
    return urn.sheets(_room(path), None, without_unreadable=False)


def _carried(folder: Path) -> dict[str, Target]:
    """What comes from other machines and from fingers: invitations, envelopes, codes; and backups."""
    place = folder / "carried"
    workspace, team = with_team(place, people=8)
    guard = rounds.Guard(closing=rounds.closing_code())
    asked = rounds.open_round(workspace, team, "safety", number=1, guard=guard)
    text, _ = carrying.invite(workspace, team, asked)
    invitation = decode_invitation(text.encode())
    envelope = carrying.enclosed(invitation, signed(asked, "comment"))

    def collect(data: bytes) -> object:
        # Fewer than k, so that a good one leaves the round as it is.
        return carrying.collect(workspace, team, asked, [source_of("fuzz", data)]).sentence

    def typed(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        for read in (read_code, lambda words: read_closing_code(words, closing_words()[:50])):
            with suppress(TuiretroError):
                read(text)

    def locked(data: bytes) -> None:
        # Damage is for whoever knows the file to put into a sentence.
        with suppress(ValueError):
            locked_key.unlock(data, guard.closing)

    return {
        "invitation": Target((text.encode(),), decode_invitation, QUICK),
        "envelope": Target((envelope.encode(), (envelope * 2).encode()), collect, QUICK),
        "codes": Target((written("0" * 16).encode(), guard.closing.encode()), typed, QUICK),
        "locked key": Target((locked_key.lock(bytes(32), guard.closing),), locked),
        "backup": Target(
            (packed({WORKSPACE: (place / WORKSPACE).read_bytes()}, date(2026, 1, 1)),),
            lambda data: unpacked(data, "fuzz", is_ours=lambda path: path == WORKSPACE),
            QUICK,
        ),
    }


def _on_disk(path: Path, read: Callable[[], object]) -> Callable[[bytes], object]:
    whole = path.read_bytes()

    def decode(data: bytes) -> object:
        path.write_bytes(data)
        try:
            return read()
        finally:
            path.write_bytes(whole)

    return decode


def _used(place: Path) -> None:
    """A start, and everything that reads; each may be refused."""
    workspace = opened(place)
    audit.audit(workspace)
    for team in workspace.store.teams():
        for use in (workspace.store.history, workspace.store.actions, workspace.store.round, workspace.store.sheets):
            with suppress(TuiretroError):
                use(team.id)


def _surveys(folder: Path) -> dict[str, Target]:
    own, bundled = folder / "own", folder / "bundled"
    put(bundled / "mistakes" / "01-slow-tools.toml", a_mistake())
    survey, mistake = own / "mine.toml", own / "mistakes" / "02-mine.toml"
    real = bundled_folder()
    texts = {
        survey: (a_survey("mine"), *map(_table, sorted(real.glob("*.toml")))),
        mistake: (a_mistake("mine", 2), *map(_table, sorted((real / "mistakes").glob("*.toml"))[:4])),
    }
    return {
        path.stem: Target(tuple(tomli_w.dumps(table).encode() for table in tables), _checked(path, own, bundled))
        for path, tables in texts.items()
    }


def _table(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text("utf-8"))


def _checked(path: Path, own: Path, bundled: Path) -> Callable[[bytes], object]:
    path.parent.mkdir(parents=True, exist_ok=True)

    def decode(data: bytes) -> None:
        path.write_bytes(data)
        try:
            library = Library(own, bundled)
            for problem in library.check_file(path):
                _is_a_sentence(str(problem))
            if path.parent == own:
                library.load_file(path)
            else:
                library.mistakes()
        finally:
            path.unlink()

    return decode
