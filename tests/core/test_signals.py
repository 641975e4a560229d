from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.decision_histories import CORE, headline, history, in_language, release
from tuiretro.core.signals import Asking, Judgement, judge, judge_askings
from tuiretro.model.survey import Question

GOLDEN = Path(__file__).parent.parent / "golden"
"""Source of the signals cases: reference run of the design note "signals" (synthetic, CC0)."""
Releases = list[list[Asking]]


def _golden(name: str) -> tuple[Releases, list[dict[str, Any]]]:
    case = json.loads((GOLDEN / f"{name}.json").read_text())
    themes = {item: theme for theme, items in case["input"]["themes"].items() for item in items}
    releases = [
        [Asking(number, item, 1, themes[item], mean, n) for item, (mean, n) in sprint.items()]
        for number, sprint in enumerate(case["input"]["sprints"], start=1)
    ]
    return releases, case["expected"]


def _calm(sprints: int, items: int = 12, start: int = 1) -> Releases:
    """Every item moves by 0.2 each time, so that the wobble is known."""
    return [
        [Asking(s, f"i{i}", 1, f"t{i % 3}", 3.1 + 0.1 * (-1) ** (s + i), 7) for i in range(items)]
        for s in range(start, start + sprints)
    ]


def _with(releases: Releases, sprint: int, item: str, mean: float, version: int = 1) -> Releases:
    return [
        [replace(a, version=version, mean=mean) if (a.sprint, a.item) == (sprint, item) else a for a in r]
        for r in releases
    ]


@st.composite
def _releases(draw: st.DrawFn) -> Releases:
    count = draw(st.integers(1, 14))
    seed = draw(st.integers(0, 10_000))
    drawn = random.Random(seed)
    versions = [1] * 40 + [2]
    return [
        [
            Asking(s, f"i{i}", drawn.choice(versions), f"t{i % 4}", drawn.randint(15, 45) / 10, drawn.randint(4, 9))
            for i in range(14)
            if drawn.random() < 0.8
        ]
        for s in range(1, count + 1)
    ]


@pytest.mark.parametrize("name", ["signals_drop", "signals_theme"])
def test_judgements_agree_with_the_golden_run(name: str) -> None:
    releases, expected = _golden(name)

    judgements = judge_askings(releases, run=None)

    assert len(judgements) == len(expected)
    for judged, wanted in zip(judgements, expected, strict=True):
        assert judged.wobble == (None if wanted["wobble"] is None else pytest.approx(wanted["wobble"], abs=1e-9))
        items = {item: i for item, i in judged.items.items() if i.z is not None}
        assert items.keys() == wanted["items"].keys()
        for item, numbers in wanted["items"].items():
            found = items[item]
            assert found.centre == pytest.approx(numbers["centre"], abs=1e-9)
            assert found.z == pytest.approx(numbers["z"], abs=1e-9)
            assert found.signal == numbers["signal"]
            assert found.lower == pytest.approx(numbers["centre"] - 3 * numbers["error"], abs=1e-9)
            assert found.upper == pytest.approx(numbers["centre"] + 3 * numbers["error"], abs=1e-9)
        themes = {theme: t for theme, t in judged.themes.items() if t.z is not None}
        assert themes.keys() == wanted["themes"].keys()
        for theme, numbers in wanted["themes"].items():
            assert themes[theme].z == pytest.approx(numbers["z"], abs=1e-9)
            assert themes[theme].signal == numbers["signal"]
        whole = judged.whole
        assert (whole is None) == (wanted["whole"] is None)
        if whole is not None:
            assert whole.z == pytest.approx(wanted["whole"]["z"], abs=1e-9)
            assert whole.signal == wanted["whole"]["signal"]


def test_nothing_is_said_below_twenty_four_pairs() -> None:
    judgements = judge_askings(_calm(5, items=11))

    assert [j.wobble is None for j in judgements] == [True, True, True, True, False]
    assert all(i.z is None and i.signal is None for j in judgements[:4] for i in j.items.values())
    assert [j.items["i0"].b for j in judgements] == [0, 1, 2, 3, 4]


def test_nothing_is_said_while_no_pair_has_moved() -> None:
    still = [[Asking(s, f"i{i}", 1, "t", 4.5, 7) for i in range(12)] for s in range(1, 6)]

    judgements = judge_askings(_with(still, 5, "i0", 2.0))

    assert judgements[4].wobble is None
    assert judgements[4].items["i0"].signal is None


def test_a_centre_is_made_of_at_most_eight_askings() -> None:
    assert judge_askings(_calm(12))[-1].items["i0"].b == 8


def test_a_value_beyond_three_errors_is_unusual() -> None:
    judgements = judge_askings(_with(_with(_calm(8), 8, "i0", 2.0), 8, "i1", 4.4))

    assert judgements[7].items["i0"].signal == "low"
    assert judgements[7].items["i1"].signal == "high"
    assert judgements[7].items["i2"].signal is None


def _nudged(sprints: int, moved: dict[int, float]) -> Releases:
    releases = _calm(sprints, items=24)
    for sprint, mean in moved.items():
        releases = _with(releases, sprint, "i0", mean)
    return releases


def test_two_warnings_on_one_side_within_three_askings_are_unusual() -> None:
    warned = judge_askings(_nudged(10, {8: 2.6, 10: 2.5}))
    first, second = warned[7].items["i0"].z, warned[9].items["i0"].z

    assert first is not None
    assert second is not None
    assert -3 < first < -2
    assert -3 < second < -2
    assert warned[7].items["i0"].signal is None
    assert warned[9].items["i0"].signal == "low"


def test_warnings_on_two_sides_are_not_unusual() -> None:
    warned = judge_askings(_nudged(10, {8: 2.6, 9: 3.5}))

    z = warned[8].items["i0"].z
    assert z is not None
    assert 2 < z < 3
    assert warned[8].items["i0"].signal is None


def test_three_signals_on_one_side_start_a_new_segment_at_the_first() -> None:
    releases = _calm(13, items=24)
    for sprint in range(8, 14):
        releases = _with(releases, sprint, "i0", 1.9)

    judged = [j.items["i0"] for j in judge_askings(releases)]

    assert [i.signal for i in judged[6:]] == [None, "low", "low", "low", None, None, None]
    assert [i.new_baseline for i in judged[6:]] == [False, False, False, True, False, False, False]
    assert [i.since for i in judged[6:]] == [1, 1, 1, 8, 8, 8, 8]
    assert judged[10].b == 3
    assert judged[10].centre == pytest.approx(1.9)


def test_a_new_segment_is_judged_on_its_own_past() -> None:
    moved = _nudged(15, {8: 2.3, 9: 2.3, 10: 2.3, 11: 1.6, 12: 2.3})
    warned = _nudged(11, {8: 2.3, 9: 2.3, 10: 2.3, 11: 1.8})

    fallen = [j.items["i0"] for j in judge_askings(moved)]
    warning = judge_askings(warned)[10].items["i0"]

    assert [i.new_baseline for i in fallen[9:11]] == [True, False]
    assert fallen[10].signal == "low"
    assert warning.z is not None
    assert -3 < warning.z < -2
    assert warning.signal is None


def test_signals_on_changing_sides_start_no_new_segment() -> None:
    judged = [j.items["i0"] for j in judge_askings(_nudged(10, {8: 1.6, 9: 4.5, 10: 1.5}))]

    assert [i.signal for i in judged[7:]] == ["low", "high", "low"]
    assert not any(i.new_baseline for i in judged)


def test_the_wobble_is_kept_across_a_new_baseline() -> None:
    releases = _nudged(13, dict.fromkeys(range(8, 14), 1.9))

    assert [j.wobble for j in judge_askings(releases)] == [j.wobble for j in judge_askings(releases, run=None)]


def test_a_new_wording_starts_a_new_segment() -> None:
    releases = _with(_with(_calm(9), 8, "i0", 1.6, version=2), 9, "i0", 1.6, version=2)

    judged = [j.items["i0"] for j in judge_askings(releases)]

    assert (judged[7].since, judged[7].b, judged[7].signal) == (8, 0, None)
    assert (judged[8].since, judged[8].b, judged[8].signal) == (8, 1, None)


def test_another_language_starts_a_new_segment() -> None:
    releases = _with(_with(_calm(9), 8, "i0", 1.6), 9, "i0", 1.6)

    judged = [j.items["i0"] for j in judge_askings(releases, languages=["en"] * 7 + ["es"] * 2)]

    assert (judged[7].since, judged[7].b, judged[7].signal) == (8, 0, None)
    assert (judged[8].since, judged[8].b, judged[8].signal) == (8, 1, None)


def test_the_way_back_to_a_language_starts_a_new_segment_as_well() -> None:
    judged = judge_askings(_calm(6), languages=["en", "en", "en", "es", "en", "en"])

    assert [j.items["i0"].since for j in judged] == [1, 1, 1, 4, 5, 5]


def test_a_team_change_starts_a_new_segment_of_every_line_but_keeps_the_wobble() -> None:
    after = [[Asking(a.sprint, a.item, 1, a.theme, 1.9, 7) for a in r] for r in _calm(3, start=9)]

    judgements = judge_askings(_calm(8) + after, breaks=[9])

    assert all((i.since, i.b, i.signal) == (9, 0, None) for i in judgements[8].items.values())
    assert all((i.since, i.b) == (9, 2) and i.z == pytest.approx(0) for i in judgements[10].items.values())
    # The fall of 1.2 from sprint 8 to 9 is no pair: it would have made the wobble larger, not smaller.
    assert judgements[9].wobble == judgements[8].wobble


def _shifted(sprint: int, by: float, sprints: int = 12, items: int = 12) -> Releases:
    return [
        [Asking(a.sprint, a.item, 1, a.theme, round(a.mean + by * (a.sprint == sprint), 1), 7) for a in r]
        for r in _calm(sprints, items)
    ]


def test_a_dip_of_everything_is_a_signal_of_the_whole_sprint_and_of_its_themes() -> None:
    judged = judge_askings(_shifted(12, -0.9))[11]

    assert judged.whole is not None
    assert judged.whole.signal == "low"
    assert judged.whole.limit == pytest.approx(3)
    assert {theme.signal for theme in judged.themes.values()} == {"low"}
    assert judged.items["i0"].signal == "low"


def test_pooled_signals_wait_for_enough_earlier_sprints() -> None:
    judged = judge_askings(_shifted(5, -0.9))[4]

    assert judged.whole is not None
    assert judged.whole.z < -3
    assert (judged.whole.limit, judged.whole.signal) == (None, None)
    assert {(theme.limit, theme.signal) for theme in judged.themes.values()} == {(None, None)}


def test_a_whole_sprint_needs_six_judged_items() -> None:
    assert judge_askings(_calm(12, items=5))[11].whole is None
    assert judge_askings(_calm(12, items=6))[11].whole is not None


def test_earlier_swings_of_whole_themes_widen_their_limit() -> None:
    swings = [
        [Asking(a.sprint, a.item, 1, a.theme, round(a.mean + (-0.5, 0.5)[a.sprint % 5 == 0], 1), 7) for a in r]
        for r in _calm(16)
    ]

    limit = judge_askings(swings)[15].themes["t0"].limit

    assert limit is not None
    assert limit > 3


def test_a_themes_value_does_not_move_with_the_rotation() -> None:
    everything = [Asking(1, "a", 1, "t", 4.0, 7), Asking(1, "b", 1, "t", 2.0, 7), Asking(1, "c", 1, "u", 2.5, 7)]

    judgements = judge_askings([everything, [Asking(2, "a", 1, "t", 4.2, 7)], []])

    assert [j.themes["t"].value for j in judgements] == [3.0, pytest.approx(3.1), pytest.approx(3.1)]
    assert [j.themes["t"].asked for j in judgements] == [2, 1, 0]
    assert [j.themes["u"].asked for j in judgements] == [1, 0, 0]


def test_a_history_is_judged_without_facets_and_without_what_too_few_answered() -> None:
    past = history(
        release(1, {"m01": 3.0, "m01.a": 3.0, CORE[0].id: 4.0, "m02": None}),
        release(2, {"m01": 3.4, CORE[0].id: 4.2}),
    )

    judgements = judge(past, ())

    assert judgements[0].items.keys() == {"m01", CORE[0].id}
    assert judgements[0].themes.keys() == {"direction", "safety"}
    assert judgements[1].items["m01"].b == 1


def test_a_history_is_judged_with_its_wordings_and_team_changes() -> None:
    first, again = (Question("own.x", "x", "In this sprint ...", "own", version) for version in (1, 2))
    past = history(
        *(release(s, {"own.x": 3.0, "m01": 3.0}, versions={"own.x": 1 + (s > 2)}) for s in range(1, 5)),
        questions=(first, again, headline("m01")),
    )

    judgements = judge(past, (4,))

    assert [j.items["own.x"].since for j in judgements] == [1, 1, 3, 4]
    assert [j.items["m01"].since for j in judgements] == [1, 1, 1, 4]


def test_a_history_is_judged_with_its_languages() -> None:
    spanish = replace(headline("m01"), text="En este sprint ...", language="es")
    past = history(
        release(1, {"m01": 3.0}),
        release(2, {"m01": 3.0}),
        in_language(release(3, {"m01": 2.0}), "es"),
        in_language(release(4, {"m01": 2.0}), "es"),
        questions=(headline("m01"), spanish),
    )

    judged = [j.items["m01"] for j in judge(past, ())]

    assert [(i.since, i.b) for i in judged] == [(1, 0), (1, 1), (3, 0), (3, 1)]


@given(_releases(), st.randoms(use_true_random=False), st.sets(st.integers(1, 14), max_size=2))
@settings(deadline=None)
def test_the_order_of_items_does_not_matter(releases: Releases, order: random.Random, breaks: set[int]) -> None:
    mixed = [order.sample(r, len(r)) for r in releases]

    assert judge_askings(mixed, breaks) == judge_askings(releases, breaks)


@given(_releases(), st.integers(0, 14), st.sets(st.integers(1, 14), max_size=2))
@settings(deadline=None)
def test_later_releases_never_change_earlier_judgements(releases: Releases, upto: int, breaks: set[int]) -> None:
    whole: tuple[Judgement, ...] = judge_askings(releases, breaks)

    assert judge_askings(releases[:upto], breaks) == whole[:upto]


def test_an_item_that_moves_to_another_theme_leaves_the_old_one() -> None:
    releases = [
        [Asking(1, "a", 1, "t", 2.0, 7), Asking(1, "b", 1, "t", 4.0, 7), Asking(1, "c", 1, "u", 3.0, 7)],
        [Asking(2, "a", 2, "u", 2.0, 7)],
        [Asking(3, "b", 2, "u", 4.0, 7)],
    ]

    judged = judge_askings(releases)

    assert [(j.themes["u"].value, j.themes["u"].since) for j in judged] == [(3.0, 1), (2.5, 2), (3.0, 3)]
    assert (judged[1].themes["t"].value, judged[1].themes["t"].since) == (4.0, 2)
    assert "t" not in judged[2].themes


def test_a_theme_starts_anew_with_a_team_change_another_version_or_another_statement() -> None:
    def asked(sprint: int, *items: str, version: int = 1) -> list[Asking]:
        return [Asking(sprint, item, version, "t", 3.0, 7) for item in items]

    releases = [asked(1, "a", "b"), asked(2, "a"), asked(3, "a", version=2), asked(4, "c"), asked(5, "a", version=2)]

    assert [j.themes["t"].since for j in judge_askings(releases, breaks=[5])] == [1, 1, 3, 4, 5]


def test_a_value_is_fresh_once_every_item_was_asked_again() -> None:
    asked = ["ab", "a", "b", "a", "a", "ab"]
    releases = [[Asking(s, item, 1, "t", 3.0, 7) for item in items] for s, items in enumerate(asked, start=1)]

    assert [j.themes["t"].is_fresh for j in judge_askings(releases)] == [True, False, True, False, False, True]


@given(_releases())
@settings(deadline=None)
def test_a_themes_value_is_beyond_its_limits_exactly_where_it_signals(releases: Releases) -> None:
    for judged in judge_askings(releases):
        for theme in judged.themes.values():
            if theme.lower is None or theme.upper is None or theme.centre is None:
                assert theme.signal is None
                continue
            assert theme.lower <= theme.centre <= theme.upper
            if theme.z is not None and theme.limit is not None and abs(abs(theme.z) - theme.limit) > 1e-9:
                side = "low" if theme.value < theme.lower else "high" if theme.value > theme.upper else None
                assert side == theme.signal


def test_a_statement_that_was_asked_once_is_not_waited_for_for_ever() -> None:
    releases = [[Asking(s, item, 1, "t", 3.0, 7) for item in ("ab" if s > 1 else "abc")] for s in range(1, 12)]

    fresh = [j.themes["t"].is_fresh for j in judge_askings(releases)]

    assert fresh == [True, *[False] * 6, *[True] * 4]
