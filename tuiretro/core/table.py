"""A table as text: lines become rows with the number of the line that each begins in.

Owns how long lines, fields and rows may be, the encoding and the delimiter. It reads whatever bytes it is handed, a
line at a time; it knows neither files nor what columns mean.
"""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from msgspec import Struct

from tuiretro.core.faults import BrokenTableError
from tuiretro.model.importing import DELIMITERS, Delimiter, Encoding

if TYPE_CHECKING:
    Stream = io.BufferedReader[io.FileIO]
else:
    Stream = io.BufferedReader
FIELD_LIMIT = 128 * 1024
"""Characters of a field: comments are far shorter, and what is longer is no answer to a survey."""
ROW_LIMIT = 2**20
"""Bytes of a line, and of a row over several lines: ten times the widest survey."""
BATCH_ROWS = 4_096
"""Handed on together: what is done column by column takes half the time."""
BATCH_SIZE = 4 * 2**20
"""And never much more than these bytes in memory, however long the cells are."""
_CHUNK = 64 * 1024
_QUOTED = re.compile(r'"[^"]*"?')
_SPREADSHEET = b"PK\x03\x04"
_SPREADSHEET_WORDS = "this is a spreadsheet or an archive and no text; save it as CSV first"
_WINDOWS = '; if all of it is in Windows-1252, the map can say: encoding = "cp1252"'

Row = tuple[int, list[str]]
"""The line that it begins in, from 1, and its cells."""


class NoUnicodeError(BrokenTableError):
    """It is not in UTF-8; it may be in Windows-1252."""


class Batch(Struct, frozen=True):
    """Some rows in a row; empty lines are rows without cells."""

    line: int
    """That the first begins in, from 1."""
    rows: list[list[str]]

    def lines(self) -> list[int]:
        """The line that each row begins in; only faults pay for it."""
        found, line = [], self.line
        for row in self.rows:
            found.append(line)
            line += 1 + sum(cell.count("\n") for cell in row)
        return found


class Table:
    """The rows of a table, read once from the front.

    Args:
        stream: Its bytes.
        encoding: None is UTF-8; a mark at the start of the bytes goes before it.
        delimiter: None is the one that parts the header.
    """

    def __init__(self, stream: Stream, encoding: Encoding | None = None, delimiter: Delimiter | None = None) -> None:
        self.size = 0
        """Bytes, or characters of UTF-16, that were read so far."""
        self._row_start = 0
        self._line = 1
        chunks = self._decoded(stream, encoding or "utf-8")
        first = next(chunks, "")
        parted = delimiter or _delimiter(first.partition("\n")[0])
        lines = chain.from_iterable(map(partial(io.StringIO, newline="\n"), chain([first], chunks)))
        self._reader = csv.reader(lines, delimiter=parted, strict=True)

    def header(self) -> list[str]:
        """The first row that is not empty.

        Raises:
            BrokenTableError: There is none, or it is broken as in `batches`.
        """
        while (batch := self._batch(1)).rows:
            if batch.rows[0]:
                return batch.rows[0]
        raise BrokenTableError(1, "there is no header")

    def batches(self) -> Iterator[Batch]:
        """The rows behind those that were read, at most `BATCH_ROWS` at a time.

        Raises:
            BrokenTableError: Bytes in another encoding, a null character, a field, line or row that is too long, or a
                quotation mark that is not closed.
        """
        while (batch := self._batch(BATCH_ROWS)).rows:
            yield batch

    def rows(self) -> Iterator[Row]:
        """The same one by one, without empty lines."""
        for batch in self.batches():
            yield from ((line, row) for line, row in zip(batch.lines(), batch.rows, strict=True) if row)

    def _batch(self, most: int) -> Batch:
        line, end = self._line, self.size + BATCH_SIZE
        rows: list[list[str]] = []
        old_limit = csv.field_size_limit(FIELD_LIMIT)
        try:
            for row in islice(self._reader, most):
                rows.append(row)
                self._row_start = self.size
                if self.size > end:
                    break
        except csv.Error as error:
            broken = Batch(line, [*rows, []]).lines()[-1]
            raise BrokenTableError(broken, _csv_words(str(error))) from None
        finally:
            csv.field_size_limit(old_limit)
        self._line = self._reader.line_num + 1
        return Batch(line, rows)

    def _decoded(self, stream: Stream, encoding: Encoding) -> Iterator[str]:
        head = stream.peek(4)[:4]
        if head.startswith(_SPREADSHEET):
            raise BrokenTableError(1, _SPREADSHEET_WORDS)
        if head.startswith((BOM_UTF16_BE, BOM_UTF16_LE)):
            return self._utf_16(stream)
        if head.startswith(BOM_UTF8):
            stream.read(len(BOM_UTF8))
            return self._of_bytes(stream, "utf-8")
        if encoding == "utf-16":
            raise BrokenTableError(1, "the map says UTF-16, and the file does not begin with its mark")
        return self._of_bytes(stream, encoding)

    def _of_bytes(self, stream: Stream, encoding: str) -> Iterator[str]:
        """Whole lines of text, about `_CHUNK` bytes at a time."""
        number, rest, is_read = 1, b"", False
        while not is_read:
            self._check_length(number, len(rest))
            data = stream.read(_CHUNK)
            is_read = not data
            self.size += len(data)
            data = rest + data
            cut = len(data) if is_read else data.rfind(b"\n") + 1
            data, rest = data[:cut], data[cut:]
            null = data.find(b"\0")
            if null >= 0:
                raise _null(number + data.count(b"\n", 0, null))
            try:
                yield data.decode(encoding)
            except UnicodeDecodeError as error:
                more = "" if encoding == "cp1252" else _WINDOWS
                line = number + data.count(b"\n", 0, error.start)
                kind = BrokenTableError if encoding == "cp1252" else NoUnicodeError
                raise kind(line, f"it holds bytes that are no {encoding.upper()}{more}") from None
            number += data.count(b"\n")

    def _utf_16(self, stream: Stream) -> Iterator[str]:
        """The same of two bytes a letter."""
        # Detached in the end: the stream is the caller's to close.
        text = io.TextIOWrapper(stream, "utf-16", newline="\n")
        number, rest, is_read = 1, "", False
        while not is_read:
            self._check_length(number, len(rest))
            try:
                data = text.read(_CHUNK)
            except UnicodeError:
                raise BrokenTableError(number, "from about here on, it holds bytes that are no UTF-16") from None
            is_read = not data
            self.size += len(data)
            data = rest + data
            cut = len(data) if is_read else data.rfind("\n") + 1
            data, rest = data[:cut], data[cut:]
            null = data.find("\0")
            if null >= 0:
                raise _null(number + data.count("\n", 0, null))
            yield data
            number += data.count("\n")
        text.detach()

    def _check_length(self, line: int, rest: int) -> None:
        if rest > ROW_LIMIT or self.size - self._row_start > ROW_LIMIT:
            raise BrokenTableError(
                line, f"the row is longer than {ROW_LIMIT // 2**20} MB; perhaps a quotation mark is not closed"
            )


def _null(line: int) -> BrokenTableError:
    return BrokenTableError(line, "it holds a null character, as no text does; save the table as CSV in UTF-8")


def _delimiter(header: str) -> Delimiter:
    bare = _QUOTED.sub("", header)
    return max(DELIMITERS, key=bare.count)


def _csv_words(error: str) -> str:
    if "field limit" in error:
        return f"a field is longer than {FIELD_LIMIT // 1024} KB; perhaps a quotation mark is not closed"
    if "end of data" in error:
        return "a quotation mark is opened here and closed nowhere"
    if "new-line" in error:
        return "a line ends in a bare carriage return; save the file with the line ends of today"
    return "behind a closing quotation mark stands something else than the delimiter"
