from __future__ import annotations

import io
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.service.other_tools import table as written
from tuiretro.core.faults import BrokenTableError
from tuiretro.core.table import BATCH_ROWS, BATCH_SIZE, Table


def a_table(data: bytes) -> Table:
    return Table(io.BufferedReader(io.BytesIO(data)))  # type: ignore[arg-type]  # bytes are as good as a file


CELLS = st.text(st.sampled_from('ab,;"\r\n\x0b\x1c\u2028\U0001f600é'), max_size=4)


@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=8), utf=st.sampled_from(["8", "16"]))
@settings(max_examples=80, deadline=None)
def test_what_was_written_is_read_with_the_line_that_each_row_begins_in(rows: list[list[str]], utf: str) -> None:
    text = written([["Head", "er"], *rows])
    found = a_table(text.encode(f"utf-{utf}"))
    assert found.header() == ["Head", "er"]
    expected, line = [], 2
    for row in rows:
        expected.append((line, row))
        line += written([row]).count("\n")

    assert list(found.rows()) == expected


@pytest.mark.parametrize(("cell", "most"), [("3", BATCH_ROWS), ("x" * 100_000, BATCH_SIZE // 100_000 + 2)])
def test_no_more_rows_are_held_than_a_batch(cell: str, most: int) -> None:
    count = 2 * most + 1
    found = a_table(b"Day,Answer\n" + f"2026,{cell}\n".encode() * count)
    assert found.header() == ["Day", "Answer"]
    sizes = [len(batch.rows) for batch in found.batches()]

    assert sum(sizes) == count
    assert max(sizes) <= most
    assert len(sizes) >= 3


def test_lines_stay_right_from_batch_to_batch() -> None:
    row = b'"2026\n01",4\n\n'
    found = a_table(b"\n\nDay,Answer\n" + row * (BATCH_ROWS + 10))
    found.header()
    lines = [line for line, _ in found.rows()]

    assert lines == list(range(4, 4 + 3 * (BATCH_ROWS + 10), 3))


@pytest.mark.parametrize("at", [0, 5_000, 60_000])
def test_the_line_of_a_fault_is_right_wherever_it_lies(at: int) -> None:
    rows = [b"2026-01-05,4\n"] * 70_000
    for broken in (b"2026-01-05,\xff\n", b"2026-01-05,\0\n", b'2026-01-05,"4"x\n'):
        data = b"".join(chain([b"Day,Answer\n"], rows[:at], [broken], rows[at:]))
        with pytest.raises(BrokenTableError, match=f"^Line {at + 2}: "):
            list(a_table(data).batches())
