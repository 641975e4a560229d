from __future__ import annotations

import os
from pathlib import Path

import pytest

from tuiretro.errors import BadInputError, NotFoundError
from tuiretro.service.table_files import MAP_BYTES, opened_table, read_map

MAP = '[sprint]\nnumber = 1\n[[items]]\ncolumn = "One"\nitem = "testing"\n'


def a_folder(path: Path) -> None:
    path.mkdir()


def a_link_to_nowhere(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def a_loop(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("make", "words"),
    [(a_folder, "is no regular file"), (os.mkfifo, "is no regular file"), (Path.touch, "is empty"), (a_loop, "link")],
)
def test_only_regular_files_are_read_as_tables(tmp_path: Path, make: object, words: str) -> None:
    path = tmp_path / "table.csv"
    assert callable(make)
    make(path)

    with pytest.raises(BadInputError, match=words), opened_table(path):
        pass


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "table\0.csv"])
def test_no_device_and_no_impossible_name_is_read(name: str) -> None:
    with pytest.raises(BadInputError), opened_table(Path(name)):
        pass


def test_a_table_that_is_not_there_is_named_harmlessly(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as refused, opened_table(tmp_path / "x\n\x1b[2J.csv"):
        pass
    assert refused.value.message.isprintable()


def test_a_link_to_a_table_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there.csv").write_bytes(b"One\n")
    (tmp_path / "link.csv").symlink_to(tmp_path / "there.csv")

    with opened_table(tmp_path / "link.csv") as (stream, size):
        assert (stream.read(), size) == (b"One\n", 4)


def test_a_disk_that_fails_while_it_is_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"One\n")

    with pytest.raises(BadInputError, match="could not be read on: the disk is full"), opened_table(path):
        raise OSError(28, "No space left on device")


def test_a_map_is_read_with_or_without_a_mark(tmp_path: Path) -> None:
    plain, marked = tmp_path / "plain.toml", tmp_path / "marked.toml"
    plain.write_text(MAP, encoding="utf-8")
    marked.write_text(MAP, encoding="utf-8-sig")

    assert read_map(plain) == read_map(marked)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it names no statement; at least one [[items]] must stand in it"),
        (b"\xff", "can't decode byte"),
        (b"x = [", "Invalid value"),
        (b"x = " + b"[" * 5_000, "it is nested too deeply"),
        (MAP.encode() + b"colum = 'x'", "unknown field `colum` - at `items[0]`"),
        (b"x" * (MAP_BYTES + 1), "is larger than 256 KB"),
        (b"[date]\ncolumn='\\u001b'\norder = '?'", "Invalid enum value"),
    ],
)
def test_a_map_that_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "map.toml"
    path.write_bytes(data)

    with pytest.raises(BadInputError) as refused:
        read_map(path)
    assert words in refused.value.message
    assert refused.value.message.isprintable()
    assert refused.value.message.endswith(".")


def test_a_map_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="There is no map"):
        read_map(tmp_path / "map.toml")
