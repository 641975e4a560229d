from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.core.hostile import HOSTILE as CORPUS
from tests.export.retros import CHECKS, bare_retro, hostile_retro, rich_retro
from tests.export.summaries import HOSTILE
from tests.export.test_jsonfile import all_text
from tuiretro.core.text import clean
from tuiretro.export.retro_json import SCHEMA, retro_json
from tuiretro.model.retro_summary import RetroSummary

GOLDEN = Path(__file__).parents[1] / "golden"


def document(summary: RetroSummary, *, owners: bool = False) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(retro_json(summary, owners=owners))
    return read


def test_a_document_is_the_golden_one_and_says_its_schema_first() -> None:
    text = retro_json(rich_retro())

    assert text == (GOLDEN / "retro_rich.json").read_text(encoding="utf-8")
    assert list(json.loads(text))[:2] == ["schema", "kind"]
    assert document(bare_retro())["schema"] == SCHEMA == 1


def test_owners_stay_at_home_unless_asked() -> None:
    assert not any(word in retro_json(rich_retro()) for word in ('"owner"', "Mina", "Joana"))

    named = document(rich_retro(), owners=True)
    assert [action["owner"] for action in (*named["decided"], *named["reviewed"])] == ["Mina", "", "Joana", ""]


def test_a_question_without_a_mean_has_no_number_at_all() -> None:
    for check in (CHECKS[1], replace(CHECKS[0], mean=None)):
        told = document(replace(rich_retro(), checks=(check,)))["checks"][0]
        figure = {key: told[key] for key in ("suppressed", "mean", "at_most", "at_least", "band", "spread")}
        assert figure == {
            "suppressed": True, "mean": None, "at_most": False, "at_least": False, "band": None, "spread": None,
        }  # fmt: skip


@pytest.mark.parametrize(
    ("mean", "told"), [(1.5, (1.5, True, False)), (4.5, (4.5, False, True)), (3.44, (3.4, False, False))]
)
def test_means_are_told_no_finer_than_people_see_them(mean: float, told: tuple[float, bool, bool]) -> None:
    check = document(replace(rich_retro(), checks=(replace(CHECKS[0], mean=mean),)))["checks"][0]

    assert (check["mean"], check["at_most"], check["at_least"]) == told
    assert (check["band"], check["spread"]) == (0.7, "mixed")


def test_of_hidden_notes_only_their_number_is_told() -> None:
    hidden = document(replace(bare_retro(), hidden=6))

    assert (hidden["hidden_notes"], hidden["topics"]) == (6, [])


@pytest.mark.parametrize("text", [*HOSTILE, *CORPUS.values()], ids=range(len(HOSTILE) + len(CORPUS)))
def test_text_of_strangers_is_cleaned_wherever_it_stands(text: str) -> None:
    told = all_text(document(hostile_retro(text), owners=True))

    assert all(clean(part, lines=True) == part for part in told)
    assert told.count(clean(text, lines=True)) >= 20
