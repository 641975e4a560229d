from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tuiretro.library.reading import MOST_BYTES, MOST_POINTS, read_table


def test_a_table_is_read_with_and_without_a_byte_order_mark(tmp_path: Path) -> None:
    for start in (b"", b"\xef\xbb\xbf"):
        file = tmp_path / "a.toml"
        file.write_bytes(start + b'id = "a"\r\n')
        assert read_table(file) == {"id": "a"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'id = "a"\ntitle "b"\n', "expected TOML, found a slip: Expected '=' after a key"),
        (b'id = "a"\nid = "b"\n', "expected TOML, found a slip: Cannot overwrite a value (at "),
        (b'id = "a"\n\ntitle = "caf\xe9"\n', "expected UTF-8 text, found other bytes in line 3"),
        ('id = "a"'.encode("utf-16"), "expected UTF-8 text, found other bytes in line 1"),
        (b"a = " + b"[" * 60_000, "expected TOML, found lists or tables nested too deeply"),
        (b"a = " + b"9" * 5_000, "expected TOML, found a number that is too long"),
        (b"\n" + b"a." * 100_000 + b"b = 1", "expected at most 100 points in a line, found more in line 2"),
        (b"#" * (MOST_BYTES + 1), "expected at most 256 KB, found more"),
    ],
    ids=["slip", "twice", "latin-1", "utf-16", "brackets", "digits", "points", "size"],
)
def test_what_is_no_readable_toml_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(content)
    fault = read_table(file)
    assert isinstance(fault, tuple)
    assert fault.key == ""
    assert fault.message.startswith(message)


def test_a_slip_in_toml_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text('id = "a"\ntitle "b"\n')
    fault = read_table(file)
    assert isinstance(fault, tuple)
    assert "line 2" in fault.message


def test_files_at_the_limits_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(b"#" * MOST_BYTES)
    assert read_table(file) == {}
    file.write_text(f"# {'.' * 200}\na = '{'x.' * MOST_POINTS}'")
    assert read_table(file) == {"a": "x." * MOST_POINTS}


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert read_table(tmp_path) == ("", "expected a file, found a folder")


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes are made otherwise there")
def test_a_named_pipe_blocks_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.toml")
    assert read_table(tmp_path / "a.toml") == ("", "expected a file, found a device or pipe")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    for name in ("a.toml", "a\0.toml"):
        assert read_table(tmp_path / name) == ("", "there is no such file")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_to_itself_cannot_be_read(tmp_path: Path) -> None:
    loop = tmp_path / "a.toml"
    loop.symlink_to(loop)
    fault = read_table(loop)
    assert isinstance(fault, tuple)
    assert fault.message.startswith("expected a readable file, found: ")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text("")
    file.chmod(0)
    assert read_table(file) == ("", "expected a readable file, found: Permission denied")
