from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.core.hostile import HOSTILE
from tuiretro.core.sheetfile import SHEET_BYTES, decode_sheet
from tuiretro.core.text import clean
from tuiretro.errors import BadInputError
from tuiretro.model.round import Sheet

VALID = b'{"answers": {"data-cleaning": 4, "model-drift": null, "safety.bad-news": 1}, "comment": "Fine.\\n\\u00e9"}'
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
SHEETS = st.builds(Sheet, st.dictionaries(st.text(max_size=12), st.none() | st.integers(), max_size=8), st.text())
QUICK = settings(max_examples=300, deadline=None)

ENCODING = {
    "byte order mark": b"\xef\xbb\xbf" + VALID,
    "UTF-16": VALID.decode().encode("utf-16"),
    "UTF-32": VALID.decode().encode("utf-32"),
    "bytes FF FE in a string": b'{"answers": {"a": 1}, "comment": "\xff\xfe"}',
    "overlong": b'{"answers": {"a": 1}, "comment": "\xc0\xaf"}',
    "CESU": b'{"answers": {"a": 1}, "comment": "\xed\xa0\x80"}',
    "lone surrogate": b'{"answers": {"a": 1}, "comment": "\\ud800"}',
    "lone surrogate in a key": b'{"answers": {"\\ud800": 1}}',
    "raw control": b'{"answers": {"a": 1}, "comment": "\x01"}',
}
FORM = {
    "empty": b"",
    "spaces": b" " * 1000,
    "truncated": VALID[:-5],
    "trailing garbage": VALID + b"x",
    "two documents": VALID + VALID,
    "trailing comma": b'{"answers": {"a": 1,}}',
    "comment": b'{"answers": {"a": 1}} // hello',
    "single quotes": b"{'answers': {'a': 1}}",
    "NaN": b'{"answers": {"a": NaN}}',
    "-Infinity": b'{"answers": {"a": -Infinity}}',
    "1e999": b'{"answers": {"a": 1e999}}',
    "leading zero": b'{"answers": {"a": 01}}',
    "5,000 digits": b'{"answers": {"a": ' + b"1" * 5000 + b"}}",
    "3.0": b'{"answers": {"a": 3.0}}',
    "3e0": b'{"answers": {"a": 3e0}}',
    "true": b'{"answers": {"a": true}}',
    "text": b'{"answers": {"a": "3"}}',
    "null for the answers": b'{"answers": null}',
    "null for the comment": b'{"answers": {}, "comment": null}',
    "list for the answers": b'{"answers": []}',
    "duplicate item": b'{"answers": {"a": 1, "a": 2}}',
    "duplicate answers": b'{"answers": {"a": 1}, "answers": {}}',
    "duplicate by escape": b'{"answers": {"a": 1, "\\u0061": 2}}',
    "key of 1 MB": b'{"answers": {"' + b"k" * 2**20 + b'": 1}}',
    "comment of 1 MB": b'{"answers": {}, "comment": "' + b"k" * 2**20 + b'"}',
    "nesting of 1,000": b"[" * 1000 + b"]" * 1000,
    "nesting of 1,000 inside": b'{"answers": ' * 1000 + b"1" + b"}" * 1000,
    "nesting of 60,000": b"[" * 60_000,
    "nesting of an unknown field": b'{"x": ' + b"[" * 60_000 + b"}",
    "top-level list": b"[]",
    "top-level text": b'"answers"',
    "top-level null": b"null",
    "no answers": b"{}",
    "unknown field": b'{"answers": {}, "name": "Mina"}',
    "__class__": b'{"answers": {}, "__class__": 1}',
}


@pytest.mark.parametrize("data", [*ENCODING.values(), *FORM.values()], ids=[*ENCODING, *FORM])
def test_a_bad_sheet_is_refused_in_one_clear_sentence(data: bytes) -> None:
    with pytest.raises(BadInputError) as refused:
        decode_sheet(data)

    message = refused.value.message
    assert message.startswith(("The sheet ", "The sheet's ", "The answer to '"))
    assert message.endswith("Nothing was saved.")
    assert len(message) < 350
    assert clean(message) == message


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"answers": {"a": "3"}}', "The answer to 'a' is text."),
        (b'{"answers": {"b": 4, "a": true}}', "The answer to 'a' is true or false."),
        (b'{"answers": {"a": 3.0}}', "The answer to 'a' is a number with a decimal point."),
        (b'{"answers": {"a": [3]}}', "The answer to 'a' is a list."),
        (b'{"answers": {"a": {}}}', "The answer to 'a' is an object."),
        (b'{"answers": []}', "The sheet's answers are a list instead of an object."),
        (b'{"answers": 3}', "The sheet's answers are a number instead of an object."),
        (b'{"comment": "Fine."}', "The sheet has no answers."),
        (b'{"answers": {}, "comment": 5}', "The sheet's comment is a number instead of text."),
        (b"[]", "The sheet is a list instead of an object."),
        (b'{"answers": {}, "who": "Mina", "age": 3}', "The sheet holds 'age', which no sheet has."),
        (b'{"answers": {"a": 1, "a": 2}}', "The sheet names 'a' twice."),
    ],
)
def test_what_is_wrong_is_said_and_what_is_right_shown(data: bytes, said: str) -> None:
    form = 'It must look like {"answers": {"ITEM-ID": 1 to 5 or null}, "comment": "optional"}. Nothing was saved.'

    with pytest.raises(BadInputError) as refused:
        decode_sheet(data)

    assert refused.value.message == f"{said} {form}"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_of_wrong_values_come_back_harmless_and_short(name: str) -> None:
    key = json.dumps(HOSTILE[name].encode("utf-8", "replace").decode(), ensure_ascii=False)

    for data in (f'{{"answers": {{{key}: "x"}}}}', f'{{"answers": {{}}, {key}: 1}}'):
        with pytest.raises(BadInputError, match=r"is text|which no sheet has") as refused:
            decode_sheet(data.encode())

        assert clean(refused.value.message) == refused.value.message
        assert len(refused.value.message) < 250


def test_a_sheet_as_documented_is_read() -> None:
    assert decode_sheet(VALID) == Sheet({"data-cleaning": 4, "model-drift": None, "safety.bad-news": 1}, "Fine.\né")
    assert decode_sheet(b'{"answers": {"a": -0}}') == Sheet({"a": 0})


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_is_there_twice_comes_back_harmless(name: str) -> None:
    key = json.dumps(HOSTILE[name].encode("utf-8", "replace").decode(), ensure_ascii=False)

    with pytest.raises(BadInputError, match="twice") as refused:
        decode_sheet(f'{{"answers": {{{key}: 1, {key}: 2}}}}'.encode())

    assert clean(refused.value.message) == refused.value.message


def test_a_sheet_may_be_as_large_as_said() -> None:
    room = SHEET_BYTES - len(b'{"answers": {}, "comment": ""}')

    assert decode_sheet(b'{"answers": {}, "comment": "' + b"a" * room + b'"}').comment == "a" * room
    with pytest.raises(BadInputError, match="larger than 64 KB"):
        decode_sheet(b'{"answers": {}, "comment": "' + b"a" * (room + 1) + b'"}')


@QUICK
@given(st.binary(max_size=200))
@example(b"\x00")
@example(b"\xff")
def test_arbitrary_bytes_are_a_sheet_or_refused(data: bytes) -> None:
    _is_sheet_or_refused(data)


@QUICK
@given(
    st.lists(st.tuples(st.integers(0, len(VALID)), st.integers(0, 4), st.binary(max_size=6)), min_size=1, max_size=4)
)
def test_a_mutated_sheet_is_a_sheet_or_refused(changes: list[tuple[int, int, bytes]]) -> None:
    data = VALID
    for at, dropped, added in changes:
        data = data[:at] + added + data[at + dropped :]
    _is_sheet_or_refused(data)


@QUICK
@given(st.dictionaries(st.sampled_from(["answers", "comment", "x"]), JSON, max_size=3) | JSON)
def test_any_json_is_a_sheet_or_refused(value: object) -> None:
    _is_sheet_or_refused(json.dumps(value).encode())


@QUICK
@given(SHEETS)
def test_what_is_written_strictly_is_read_unchanged(sheet: Sheet) -> None:
    data = json.dumps({"answers": sheet.answers, "comment": sheet.comment}, ensure_ascii=False).encode()

    assert decode_sheet(data) == sheet


def _is_sheet_or_refused(data: bytes) -> None:
    try:
        sheet = decode_sheet(data)
    except BadInputError:
        return
    assert all(value is None or type(value) is int for value in sheet.answers.values())
