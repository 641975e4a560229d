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
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

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
_QUOTED = re.compile(r'"[^"]*"?')
_SPREADSHEET = b"PK\x03\x04"
_SPREADSHEET_WORDS = "this is a spreadsheet or an archive and no text; save it as CSV first"

Row = tuple[int, list[str]]
"""The line that it begins in, from 1, and its cells."""


class Table:
    """The rows of a table, read once from the front.

    Args:
        stream: Its bytes; `peek` must work.
        encoding: None is UTF-8; a mark at the start of the bytes goes before it.
        delimiter: None is the one that parts the header.
    """

    def __init__(self, stream: Stream, encoding: Encoding | None = None, delimiter: Delimiter | None = None) -> None:
        self.size = 0
        """Bytes, or characters of UTF-16, that were read so far."""
        self._row_start = 0
        self._lines = self._decoded(stream, encoding or "utf-8")
        self._delimiter = delimiter

    def __iter__(self) -> Iterator[Row]:
        """The rows, the header first; empty lines are passed over.

        Raises:
            BrokenTableError: There is no row at all; or bytes in another encoding, a null character, a field, line or
                row that is too long, or a quotation mark that is not closed.
        """
        old_limit = csv.field_size_limit(FIELD_LIMIT)
        try:
            yield from self._rows()
        finally:
            csv.field_size_limit(old_limit)

    def _rows(self) -> Iterator[Row]:
        first = next(self._lines, "")
        delimiter = self._delimiter or _delimiter(first)
        reader = csv.reader(chain([first], self._lines), delimiter=delimiter, strict=True)
        line, is_empty = 1, True
        try:
            for row in reader:
                if row:
                    yield line, row
                    is_empty = False
                self._row_start = self.size
                line = reader.line_num + 1
        except csv.Error as error:
            raise BrokenTableError(line, _csv_words(str(error))) from None
        if is_empty:
            raise BrokenTableError(1, "there is no header")

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

    def _of_bytes(self, stream: BinaryIO, encoding: str) -> Iterator[str]:
        number = 0
        while data := stream.readline(ROW_LIMIT + 1):
            number += 1
            self.size += len(data)
            if self.size - self._row_start > ROW_LIMIT:
                raise _too_long(number)
            if b"\0" in data:
                raise _null(number)
            try:
                yield data.decode(encoding)
            except UnicodeDecodeError:
                hint = '; if all of it is in Windows-1252, the map can say: encoding = "cp1252"'
                more = "" if encoding == "cp1252" else hint
                raise BrokenTableError(number, f"it holds bytes that are no {encoding.upper()}{more}") from None

    def _utf_16(self, stream: BinaryIO) -> Iterator[str]:
        text = io.TextIOWrapper(stream, "utf-16", newline="")
        number = 0
        while True:
            number += 1
            try:
                line = text.readline(ROW_LIMIT + 1)
            except UnicodeError:
                raise BrokenTableError(number, "from about here on, it holds bytes that are no UTF-16") from None
            if not line:
                # The stream is the caller's to close.
                text.detach()
                return
            self.size += len(line)
            if self.size - self._row_start > ROW_LIMIT:
                raise _too_long(number)
            if "\0" in line:
                raise _null(number)
            yield line


def _too_long(line: int) -> BrokenTableError:
    return BrokenTableError(
        line, f"the row is longer than {ROW_LIMIT // 2**20} MB; perhaps a quotation mark is not closed"
    )


def _null(line: int) -> BrokenTableError:
    return BrokenTableError(line, "it holds a null character, as no text does; save the table as CSV in UTF-8")


def _delimiter(header: str) -> Delimiter:
    bare = _QUOTED.sub("", header)
    return max(DELIMITERS, key=bare.count)


def _csv_words(error: str) -> str:
    if "field limit" in error:
        return f"a field is longer than {FIELD_LIMIT // 1024} KB"
    if "end of data" in error:
        return "a quotation mark is opened here and closed nowhere"
    if "new-line" in error:
        return "a line ends in a bare carriage return; save the file with the line ends of today"
    return "behind a closing quotation mark stands something else than the delimiter"
