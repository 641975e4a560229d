"""Disks that are full, over quota or read-only: one sentence, and everything that was confirmed is there."""

from __future__ import annotations

import errno
import json
import os
import pkgutil
import random
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import tuiretro
from tests.torture.processes import command
from tests.torture.trial import Outcome, Sizes
from tests.torture.workspaces import damage, leftovers, next_round, opened, signed, surroundings, tree, with_team
from tuiretro.errors import WorkspaceError
from tuiretro.model.team import Team
from tuiretro.service import actions, rounds
from tuiretro.service.workspace import Workspace

TRIALS = 40
"""Of each kind of disk."""
SMALL = 1024 * 1024
"""Bytes of the disk that gets full."""
REASONS = ("disk is full", "quota is used up", "larger than allowed", "disk is read-only", "may not be written")
NOBODY = 65534


@dataclass(frozen=True)
class Case:
    """A workspace with a round that can be closed, and what somebody tries on it."""

    place: Path
    team: Team
    words: list[str]
    stdin: bytes
    is_done: Callable[[], bool]
    """Whether the change is there."""


@dataclass(frozen=True)
class Disk:
    """One kind of disk that refuses."""

    refusing: Callable[[Path, random.Random], object]
    """A context in which a workspace's disk refuses what it may."""
    before: Callable[[Path, random.Random], None] = lambda *_: None
    """What the process does to itself."""


def full_disk(folder: Path, sizes: Sizes) -> Outcome:
    """Tries every change on every kind of disk, again and again with more or less room."""
    outcome, chance = Outcome(), random.Random(sizes.seed)
    folder.chmod(0o755)
    _import_all()
    with _small_disk(folder / "small") as small:
        if small is None:
            outcome.counts["not tried"] = "a full disk, since nothing may be mounted"
        for name, disk in DISKS.items():
            ground = small if name in {"full", "mounted read-only"} else folder
            for number in range(sizes.of(TRIALS, 3) if ground else 0):
                assert ground is not None
                case = _case(ground / f"{name}-{number}", number)
                # Of its own: what a fork draws is not drawn here.
                _try(name, disk, case, random.Random(chance.random()), outcome)
                shutil.rmtree(case.place)
    return outcome


def _case(place: Path, number: int) -> Case:
    workspace, team = with_team(place, people=8)
    asked = next_round(workspace, team)
    actions.add(workspace, team, "Tidy up")
    for at in range(team.minimum):
        rounds.answer(workspace, team, asked, signed(asked, f"sheet {at}"))
    sheet = json.dumps({"answers": signed(asked, "").answers, "comment": "one more"}).encode()
    case = (
        (["answer", "--from", "-"], sheet, lambda: _fresh(place).store.sheets(team.id) == team.minimum + 1),
        (["action", "add", "x" * 100], b"", lambda: len(actions.listed(_fresh(place), team)) == 2),
        (["round", "close"], b"", lambda: _fresh(place).store.history(team.id).last is not None),
    )[number % 3]
    return Case(place, team, *case)


def _import_all() -> None:
    # Whoever is nobody may not even read Python's own files.
    for name in ("nacl.public", "tinydb"):
        import_module(name)
    for module in pkgutil.walk_packages(tuiretro.__path__, "tuiretro."):
        if not module.name.startswith(("tuiretro.tui", "tuiretro.__main__")):
            import_module(module.name)


def _fresh(place: Path) -> Workspace:
    return opened(place)


def _try(name: str, disk: Disk, case: Case, chance: random.Random, outcome: Outcome) -> None:
    what, before = f"{name}, {' '.join(case.words[:2])}", tree(case.place)

    def prepare() -> None:
        os.environ.update(surroundings(case.place))
        disk.before(case.place, chance)

    with ExitStack() as stack:
        stack.enter_context(disk.refusing(case.place, chance))  # type: ignore[arg-type]  # contexts of one shape
        code, said = command(case.words, prepare, case.stdin).wait()
    outcome.faults += [f"{what}: {fault}" for fault in damage(case.place)]
    outcome.expect("Traceback" not in "\n".join(said), f"{what}: {said}")
    is_done = case.is_done()
    outcome.faults += [f"{what}: {left} was left behind" for left in leftovers(case.place)]
    if code == 0:
        outcome.count(f"{name}: done")
        outcome.expect(is_done, f"{what}: it was confirmed, and is not there")
        return
    outcome.count(f"{name}: refused")
    sentences = [line for line in said if line.startswith("tuiretro: ")]
    outcome.expect(code == WorkspaceError.exit_code, f"{what}: ended with {code}: {said}")
    outcome.expect(len(sentences) == 1, f"{what}: said {said}")
    outcome.expect(any(reason in "".join(sentences) for reason in REASONS), f"{what}: no reason in {said}")
    if "but" in "".join(sentences):
        outcome.expect(is_done, f"{what}: said to be done, and is not there: {said}")
    else:
        # After a start: a closing that was refused may leave its mark, which the next start takes away.
        outcome.expect(tree(case.place) == before, f"{what}: refused, and something changed: {said}")


@contextmanager
def _small_disk(place: Path) -> Iterator[Path | None]:
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={SMALL},mode=755", "tmpfs", str(place)]
    if os.getuid() or subprocess.run(words, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@contextmanager
def _filled(place: Path, chance: random.Random) -> Iterator[None]:
    filler, left = place.parent / "filler", chance.randrange(0, 9) * 4096
    descriptor = os.open(filler, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        with suppress(OSError):
            while True:
                os.write(descriptor, bytes(4096))
        os.ftruncate(descriptor, max(0, os.fstat(descriptor).st_size - left))
        yield
    finally:
        os.close(descriptor)
        filler.unlink()


@contextmanager
def _mounted_read_only(place: Path, _: random.Random) -> Iterator[None]:
    subprocess.run(["mount", "-o", "remount,ro", str(place.parent)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(place.parent)], check=True)


@contextmanager
def _write_protected(place: Path, _: random.Random) -> Iterator[None]:
    everything = [place, *place.rglob("*")]
    modes = [path.stat().st_mode for path in everything]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
    finally:
        for path, mode in zip(everything, modes, strict=True):
            path.chmod(mode)


@contextmanager
def _nothing(_: Path, __: random.Random) -> Iterator[None]:
    yield


def _limited(place: Path, chance: random.Random) -> None:
    sizes = sorted(path.stat().st_size for path in place.rglob("*.json"))
    most = chance.randrange(sizes[-1] * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def _over_quota(_: Path, chance: random.Random) -> None:
    real, room = os.write, chance.randrange(20_000)

    def write(descriptor: int, data: memoryview) -> int:
        nonlocal room
        if descriptor < 3:
            return real(descriptor, data)
        if room <= 0:
            raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))
        taken = real(descriptor, data[:room])
        room -= taken
        return taken

    os.write = write  # type: ignore[assignment]  # the disk of a process that ends after one command


def _as_nobody(_: Path, __: random.Random) -> None:
    if os.getuid() == 0:
        # No permission stops root.
        os.setuid(NOBODY)


DISKS = {
    "full": Disk(_filled),
    "mounted read-only": Disk(_mounted_read_only),
    "file size limit": Disk(_nothing, _limited),
    "quota": Disk(_nothing, _over_quota),
    "write-protected": Disk(_write_protected, _as_nobody),
}
