"""One person's picture as text, Markdown and JSON."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from tests.core.hostile import HOSTILE
from tests.core.self_checks import CLEANING, DRIFT, released, shown
from tests.export.rendered import READERS, acting, words
from tuiretro.core.self_check_words import BESIDE, NOT_A_TEST, NOT_FOR_ONE, NOTHING_LOW, ONE_PERSON
from tuiretro.export.self_check import PICTURES, picture_json, picture_markdown, picture_text
from tuiretro.model.self_check import Picture
from tuiretro.model.summary import ItemLine

MEAN = ItemLine(CLEANING, "...", "In this sprint ...", mean=4.5, band=0.7)
FEW = ItemLine(DRIFT, "...", "In this sprint ...")
PICTURE = shown(released(MEAN, FEW), data_cleaning=2, model_drift=1, meetings__short=None)


def test_the_text_draws_each_answer_on_the_scale_and_the_team_beside_it() -> None:
    assert picture_text(PICTURE) == (
        "Pulse, 2026-11-23: your answers\n"
        "Beside your answers: what Atlas released for sprint 7.\n"
        "\n"
        f"{'':38} 1 2 3 4 5  team\n"
        "SAFETY\n"
        "  Bad news is welcome                  · · · ● ·  not asked\n"
        "DATA\n"
        "  Data work got its time               · ● · · ·  4.5 or higher ±0.7\n"
        "  We saw drift                         ● · · · ·  too few answers\n"
        "OWN\n"
        "  Meetings were short                  can't say  not asked\n"
        "\n"
        "WHAT YOU SEE, RATED 1 OR 2\n"
        "   5  Title of model-drift\n"
        "      We saw drift: 1\n"
        "      None of its plays is for one person alone: bring it to the\n"
        "      team, or to the next retro.\n"
        "   2  Title of data-cleaning\n"
        "      Data work got its time: 2\n"
        "      You can start: Check the data (under two days)\n"
        "        Write one.\n"
        "\n"
        "These are one person's answers, yours: they have no average and no\n"
        "noise band.\n"
        "One answer beside an average says nothing about what anybody else\n"
        "answered, and neither of the two is the right one. The band is the\n"
        "average's own.\n"
        f"{NOT_A_TEST}\n"
    )


def test_without_a_team_there_is_no_column_for_one() -> None:
    text = picture_text(shown())
    assert "team\n" not in text.partition("SAFETY")[0]
    assert "· · · ● ·\n" in text
    assert BESIDE[:40] not in text
    assert f"  {NOTHING_LOW}\n" in text


def test_a_survey_stands_without_a_number() -> None:
    assert "\n  Our meetings\n" in picture_text(shown(meetings__short=2))
    assert "### Our meetings" in picture_markdown(shown(meetings__short=2))


def test_the_markdown_reads_the_same_with_whole_statements_and_every_play() -> None:
    text = picture_markdown(PICTURE)
    assert text.endswith(f"{NOT_A_TEST}\n")
    said = words("gfm-like", text)
    assert said[:2] == ["Pulse, 2026-11-23: your answers", "Beside your answers: what Atlas released for sprint 7."]
    for cell in ("2, disagree", "4.5 or higher ±0.7", "too few answers", "not asked", "can't say", NOT_FOR_ONE):
        assert cell in said
    assert "**Check the data** (under two days). Write one." in text
    assert "**Label the data** (a sprint). Take ten." in text
    bare = picture_markdown(shown())
    assert "| team |" not in bare
    assert NOTHING_LOW in words("gfm-like", bare)


def test_the_json_holds_the_whole_picture_and_null_where_there_is_no_number() -> None:
    document = json.loads(picture_json(PICTURE))
    assert list(document) == ["schema", "check"]
    data = document["check"]["themes"][1]["lines"]
    assert [(line["answer"], line["mean"], line["band"]) for line in data] == [(2, 4.5, 0.7), (1, None, None)]
    assert document["check"]["notes"] == [ONE_PERSON, BESIDE, NOT_A_TEST]


def hostile(text: str) -> Picture:
    seen = tuple(replace(seen, title=text, rated=(text,)) for seen in PICTURE.seen)
    themes = tuple(
        replace(theme, lines=tuple(replace(line, short=text, text=text, said=text, team=text) for line in theme.lines))
        for theme in PICTURE.themes
    )
    return replace(PICTURE, title=text, beside=text, seen=seen, themes=themes)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_a_teams_own_survey_says_never_acts(text: str) -> None:
    for form, export in PICTURES.items():
        out = export(hostile(text))
        assert not {c for c in out if ord(c) < 32 and c != "\n"} | ({"\x7f", "\x9b", "\x9d", "\u202e"} & set(out))
        if form == "md":
            assert not {kind for reader in READERS for kind in acting(reader, out)}
