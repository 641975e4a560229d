from __future__ import annotations

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.export.reports import STRANGERS
from tuiretro.core.text import clean, visible
from tuiretro.export.cells import GUARD, unarmed

ARMED = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "\u200b\u2060=1",
    "\ufeff=1",
    "\u3164=1",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
    "\ufe661",
    "\u22121",
    "\x1b=1",
)
texts = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("=+-@;',\"\t\r\n\u200b\uff1d ab1")), max_size=12)


def is_computed(cell: str) -> bool:
    """What a careless spreadsheet would compute: by its own reading, not the program's."""
    seen = [c for c in cell if c not in " \u3164" and unicodedata.category(c) not in {"Cf", "Cc", "Zs", "Zl", "Zp"}]
    return unicodedata.normalize("NFKC", "".join(seen))[:1] in tuple("=+-@\u2212")


@pytest.mark.parametrize("text", ARMED)
def test_what_would_be_computed_stands_behind_an_apostrophe(text: str) -> None:
    assert unarmed(text) == GUARD + clean(text)
    assert unarmed(f"a;{text}").startswith("a;")
    assert is_computed(clean(text))
    assert not is_computed(unarmed(text))


@pytest.mark.parametrize("text", ["", "plain", "1+1", "a=b", "R&D; more", "churn-table", "Zoë", "'quoted'"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert unarmed(text) == text


@given(texts)
def test_no_part_of_a_cell_is_ever_computed(text: str) -> None:
    guarded = unarmed(text)
    assert not any(is_computed(part) for part in guarded.split(";") if visible(part))


@given(texts)
def test_taking_the_apostrophes_away_gives_the_text_back(text: str) -> None:
    parts, guarded = clean(text).split(";"), unarmed(text).split(";")
    assert [new.removeprefix(GUARD) if new != old else old for old, new in zip(parts, guarded, strict=True)] == parts


@given(st.lists(st.one_of(texts, st.sampled_from(STRANGERS)), min_size=1, max_size=4))
def test_guarded_cells_come_back_from_csv_as_they_went_in(row: list[str]) -> None:
    cells = [unarmed(text) for text in row]
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    assert [*csv.reader(io.StringIO(out.getvalue(), newline=""))] == [cells]
