"""Files of a workspace that are something else than files of ours: one sentence, nothing changed, and no waiting."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run, sheet
from tests.cli.test_bad_input import assert_refused


def spaces(path: Path) -> None:
    path.write_bytes(b" " * 10 * 2**20)


def too_large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(65 * 2**20)


CONTAINERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder": (Path.mkdir, "not a regular file"),
    "pipe": (os.mkfifo, "not a regular file"),
    "link to a device": (lambda path: path.symlink_to("/dev/zero"), "it is a symbolic link"),
    "link to a file of the system": (lambda path: path.symlink_to("/etc/passwd"), "it is a symbolic link"),
    "link to itself": (lambda path: path.symlink_to(path.name), "it is a symbolic link"),
    "empty file": (Path.touch, "damaged"),
    "10 MB of spaces": (spaces, "damaged"),
    "65 MB": (too_large, "larger than 65536 KB"),
    "zip": (lambda path: path.write_bytes(b"PK\x03\x04" + b"\0" * 60), "damaged"),
    "gzip": (lambda path: path.write_bytes(b"\x1f\x8b\x08\0\0\0\0\0"), "damaged"),
    "null": (lambda path: path.write_text("null"), "damaged"),
    "list": (lambda path: path.write_text("[]"), "damaged"),
    "stock TinyDB's list": (lambda path: path.write_text('{"_default":[]}'), "damaged"),
    "stock TinyDB's document": (lambda path: path.write_text('{"_default":{"x":{}}}'), "damaged"),
    "document 007": (lambda path: path.write_text('{"meta":{"1":{"schema":1}},"t":{"007":{}}}'), "document id"),
    "document beyond 2**53": (
        lambda path: path.write_text('{"meta":{"1":{"schema":1}},"t":{"9007199254740993":{}}}'),
        "document id",
    ),
}
FILES: dict[str, tuple[tuple[str, ...], ...]] = {
    "workspace.json": (("team", "list"), ("round", "open")),
    "history.json": (("results",), ("focus",), ("export",)),
    "actions.json": (("action", "list"), ("action", "add", "Tidy up"), ("action", "done", "1")),
    "round.json": (("round", "status"), ("round", "close")),
}
"""Commands that need a file, by its name."""


def content(place: Path) -> Iterator[tuple[str, object]]:
    for path in sorted(place.rglob("*")):
        is_file = path.is_file() and not path.is_symlink()
        yield str(path), (path.stat().st_size, path.read_bytes()[:4096]) if is_file else path.lstat().st_mode


@pytest.fixture
def full(ok: Run, opened: tuple[str, ...], place: Path) -> Path:
    """A workspace with one file of each kind."""
    ok("action", "add", "Tidy up")
    for value in (1, 2, 3, 4):
        ok("answer", "--from", "-", stdin=sheet(opened, value))
    ok("round", "close")
    ok("round", "open", TUIRETRO_TODAY="2026-12-01")
    return place


@pytest.mark.parametrize("name", CONTAINERS)
def test_what_is_no_file_of_ours_is_refused_in_one_sentence(run: Run, full: Path, name: str) -> None:
    make, words = CONTAINERS[name]
    for file, commands in FILES.items():
        path = next(full.rglob(file))
        whole = path.read_bytes()
        path.unlink()
        make(path)
        before = list(content(full))
        for command in commands:
            assert_refused(run(*command), 6, words, file)
        assert list(content(full)) == before
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()
        path.write_bytes(whole)
