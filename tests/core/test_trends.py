from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.decision_histories import CORE, HEADLINES, NUMBERS, QUESTIONS, headline, history, in_language, release
from tests.core.summaries import ASKED, TEAM, on_scale, steady, told
from tuiretro.core.trends import trends
from tuiretro.model.action import Action, Draw
from tuiretro.model.release import History, Release
from tuiretro.model.survey import THEMES, Question
from tuiretro.model.trends import Line, Start, Trends

SPANISH = tuple(replace(q, language="es", short=f"{q.short} en español") for q in QUESTIONS)
SAFETY = [q.id for q in CORE]


def _trends(
    *releases: Release,
    changes: tuple[int, ...] = (),
    actions: Sequence[Action] = (),
    numbers: Mapping[str, int] = NUMBERS,
    titles: Mapping[str, str] | None = None,
    questions: Sequence[Question] = QUESTIONS,
) -> Trends:
    asked = SPANISH if any(release.language == "es" for release in releases) else ()
    past = history(*releases, questions=(*questions, *asked))
    return trends(replace(TEAM, changes=changes), past, actions, numbers, titles)


def _line(found: Trends, wanted: str) -> Line:
    line = found.line(wanted)
    assert line is not None
    return line


def _starts(line: Line) -> dict[int, Start]:
    """By sprint: why the line starts anew there."""
    return {dot.sprint: dot.start for dot in line.dots if dot.start is not None}


def _moved(sprints: int, item: str, values: Sequence[float]) -> list[Release]:
    """Releases in which one item, the last of its theme, has these values and all others swing by half a point."""
    return [
        release(number, {i: 3.0 + 0.5 * ((number + place) % 2) for place, i in enumerate(ASKED)} | {item: value})
        for number, value in zip(range(1, sprints + 1), values, strict=True)
    ]


def test_a_team_without_results_has_no_lines() -> None:
    found = trends(TEAM, History(), (), NUMBERS)

    assert found == Trends("Atlas", (), (), remark="Too early for trends: 0 of 5 sprints.")
    assert found.line("data") is None


def test_each_theme_is_followed_by_its_mistakes_by_number() -> None:
    lines = _trends(*steady(2)).lines

    asked = [theme for theme in THEMES if theme != "own"]
    wanted = {theme: [q.id for q in HEADLINES if q.theme == theme] for theme in asked}
    assert [line.id for line in lines] == [id_ for theme, mistakes in wanted.items() for id_ in (theme, *mistakes)]
    assert [(line.mistake, line.title) for line in lines[:3]] == [(None, "safety"), (None, "direction"), ("m01", "m01")]
    turned = _trends(*steady(1), numbers={mistake: -number for mistake, number in NUMBERS.items()})
    assert [line.id for line in turned.lines if line.theme == "data"] == ["data", "m17", "m12", "m07", "m02"]


def test_a_mistake_that_left_the_catalogue_comes_last_in_its_theme_by_its_label() -> None:
    left = {mistake: number for mistake, number in NUMBERS.items() if mistake != "m02"}
    lines = _trends(*steady(1), numbers=left, titles={"m07": "No time for data"}).lines

    of_data = [(line.id, line.title) for line in lines if line.theme == "data"]
    assert of_data == [("data", "data"), ("m07", "No time for data"), ("m12", "m12"), ("m17", "m17"), ("m02", "m02")]


def test_a_teams_own_questions_have_the_last_theme_and_no_lines_of_their_own() -> None:
    own = Question("team.tea", "Tea", "In this sprint ...", "own")
    lines = _trends(release(1, {"team.tea": 3.4, "m01": 3.0}), questions=(own, headline("m01"))).lines

    assert [line.id for line in lines] == ["data", "m01", "own"]


def test_deep_dives_have_no_lines_and_move_none() -> None:
    lines = _trends(release(1, {"m01": 3.0, "m01.a": 1.5, "m01.b": None})).lines

    shown = [(line.id, line.dots[0].value, line.too_few) for line in lines if line.dots]
    assert shown == [("direction", 3.0, ()), ("m01", 3.0, ())]
    assert not any("." in line.id for line in lines)


def test_other_statements_have_a_line_where_they_are_asked_for() -> None:
    shown, hidden = SAFETY[:2]
    past = history(release(1, {"m01": 3.0, "m01.a": 3.0, shown: 2.0, hidden: None}), release(2, {shown: 2.4}))
    found = trends(TEAM, past, (), NUMBERS, also=(shown, hidden, "m01", "m01.a", "nobody"))

    assert [line.id for line in found.lines][-2:] == [shown, hidden]
    assert [dot.value for dot in _line(found, shown).dots] == [2.0, 2.4]
    assert _line(found, hidden).too_few == (1,)
    assert [line.id for line in found.lines[:-2]] == [line.id for line in trends(TEAM, past, (), NUMBERS).lines]


def test_there_are_dots_only_where_it_was_asked_and_shown() -> None:
    found = _trends(
        release(1, {"m01": 3.0}), release(2, {"m02": 2.0}), release(3, {"m01": None}), release(4, {"m01": 3.4})
    )

    line = _line(found, "m01")
    assert [(dot.sprint, dot.value) for dot in line.dots] == [(1, 3.0), (4, 3.4)]
    assert line.too_few == (3,)
    assert [dot.sprint for dot in _line(found, "direction").dots] == [1, 4]
    assert [dot.sprint for dot in _line(found, "data").dots] == [2]
    assert found.values(line) == (3.0, None, None, 3.4)
    assert [sprint.number for sprint in found.sprints] == [1, 2, 3, 4]


def test_a_line_that_too_few_answered_shows_nothing_but_when() -> None:
    line = _line(_trends(release(1, {"m01": None}), release(2, {"m01": None, "m06": 3.0})), "m01")

    assert line == Line("m01", "m01", "direction", "m01", (), (1, 2))


def test_a_team_change_starts_every_line_anew_at_its_next_asking() -> None:
    calm = steady(5)
    found = _trends(*calm[:2], release(3, {"m01": 3.0}), *calm[3:], changes=(3,))

    assert found.changes == (3,)
    assert _starts(_line(found, "m01")) == _starts(_line(found, "direction")) == {1: "first", 3: "team"}
    assert _starts(_line(found, "m02")) == _starts(_line(found, "data")) == {1: "first", 4: "team"}


def test_another_language_starts_every_line_anew_and_so_does_the_way_back() -> None:
    calm = steady(5)
    found = _trends(calm[0], *(in_language(r, "es") for r in calm[1:3]), *calm[3:])

    wanted = {1: "first", 2: "language", 4: "language"}
    assert _starts(_line(found, "m01")) == _starts(_line(found, "direction")) == wanted


def test_a_new_wording_starts_its_own_line_and_its_themes_anew() -> None:
    found = _trends(
        release(1, {"m01": 3.0, "m06": 3.0}),
        release(2, {"m01": 3.0, "m06": 3.0}, versions={"m01": 2}),
        questions=(headline("m01"), headline("m01", version=2), headline("m06")),
    )

    assert _starts(_line(found, "m01")) == _starts(_line(found, "data")) == {1: "first", 2: "statement"}
    assert _starts(_line(found, "m06")) == {1: "first"}


def test_a_new_statement_starts_its_theme_anew_and_none_of_the_others() -> None:
    found = _trends(release(1, {"m01": 3.0}), release(2, {"m01": 3.0, "m06": 2.0}), release(3, {"m01": 3.2}))

    assert _starts(_line(found, "direction")) == {1: "first", 2: "statement"}
    assert _starts(_line(found, "m01")) == {1: "first"}
    assert [dot.value for dot in _line(found, "direction").dots] == [3.0, 2.5, 2.6]


def test_the_three_sprint_average_forgets_what_lies_before_a_break() -> None:
    values = (2.0, 3.0, 4.0, 4.3, 2.0, 3.0, 3.1)
    found = _trends(*(release(s, {"m01": v}) for s, v in enumerate(values, start=1)), changes=(5,))

    averages = pytest.approx([2.0, 2.5, 3.0, 11.3 / 3, 2.0, 2.5, 2.7])
    assert [dot.average for dot in _line(found, "m01").dots] == averages
    assert [dot.average for dot in _line(found, "direction").dots] == averages


def test_three_unusual_askings_in_a_row_mark_a_baseline_at_the_first_of_them() -> None:
    drop = {"m07": -1.5}
    line = _line(_trends(*steady(11, s9=drop, s10=drop, s11=drop)), "m07")

    assert _starts(line) == {1: "first", 9: "baseline"}
    assert [dot.signal for dot in line.dots[8:]] == ["low"] * 3
    assert line.remarks[1] == "Three in a row were unusual, so a new baseline starts at sprint 9."


SHIFTED = "8 sprints in a row above the earlier average. The baseline is reset. It starts at sprint 9."


def test_a_lasting_shift_marks_a_baseline_and_says_so() -> None:
    line = _line(_trends(*_moved(17, "m20", [3.0, 3.2] * 4 + [3.5] * 9)), "m20")

    assert {dot.signal for dot in line.dots} == {None}
    assert _starts(line) == {1: "first", 9: "baseline"}
    assert line.remarks == (SHIFTED,)


def test_a_shift_is_looked_for_within_each_baseline() -> None:
    values = [3.0, 3.2] * 4 + [4.4] * 3 + [4.2, 4.4] * 4 + [3.9] * 8
    line = _line(_trends(*_moved(27, "m20", values)), "m20")

    starts = _starts(line)
    assert starts.pop(1) == "first"
    assert set(starts.values()) == {"baseline"}
    assert 9 in starts
    assert max(starts) > 11


def test_a_theme_shifts_with_its_statements() -> None:
    def asked(number: int) -> dict[str, float]:
        level = 3.0 + 0.2 * (number % 2) if number < 9 else 3.7
        return dict.fromkeys(SAFETY, level) | {q.id: 3.0 + 0.5 * (number % 2) for q in HEADLINES}

    line = _line(_trends(*(release(number, asked(number)) for number in range(1, 17))), "safety")

    assert _starts(line) == {1: "first", 9: "baseline"}
    assert line.remarks[-2:] == (SHIFTED, "No clear direction.")


def test_an_unusual_mistake_is_said_to_be_so_as_in_its_sprints_results() -> None:
    line = _line(_trends(*steady(9, s9={"m07": -1.5})), "m07")

    assert line.remarks == ("Unusually low compared with your last 8 sprints. Worth asking why.",)
    assert line.dots[-1].signal == "low"


def test_sprints_that_did_not_ask_are_not_counted() -> None:
    calm = steady(10, s10={"m07": -1.5})
    calm[4] = replace(calm[4], items=tuple(item for item in calm[4].items if item.id != "m07"))
    line = _line(_trends(*calm), "m07")

    assert line.remarks == ("Unusually low compared with your last 8 sprints that asked it. Worth asking why.",)
    found = _line(_trends(calm[0], *calm[5:]), "m07")
    assert found.remarks == ("Unusually low compared with your last 5 sprints. Worth asking why.",)


def test_a_quiet_mistake_says_so_once_it_could_be_unusual_and_was_asked() -> None:
    calm = steady(6)
    without = replace(calm[5], items=tuple(item for item in calm[5].items if item.id != "m07"))

    assert _line(_trends(*calm[:2]), "m07").said == ("Too early to compare with your own past.",)
    assert _line(_trends(*calm), "m07").said == ("No unusual change.",)
    missing = _line(_trends(*calm[:5], without), "m07")
    assert (missing.remarks, missing.said) == ((), ("Not asked this time; the figure is from earlier sprints.",))
    unusual = _line(_trends(*steady(9, s9={"m07": -1.5})), "m07")
    assert unusual.said == unusual.remarks != ()


def test_a_theme_tells_its_news_then_its_shift_then_its_direction() -> None:
    rising = [
        release(n, dict.fromkeys(ASKED, 3.0 + 0.2 * (n % 2)) | dict.fromkeys(SAFETY, 2 + n / 10)) for n in range(1, 11)
    ]
    calm = [release(n, {q.id: 3.0 + 0.2 * (n % 2) for q in HEADLINES}) for n in (11,)]

    assert _line(_trends(*rising), "safety").remarks[-1] == (
        "Rising about 0.1 per sprint over 10 sprints (this would rarely be chance)."
    )
    found = _trends(*rising, *calm)
    assert _line(found, "safety").remarks[0] == "Not asked this time; the figure is from earlier sprints."
    assert _line(found, "data").remarks == ("No unusual change.", "No clear direction.")


def test_a_mistake_has_no_direction() -> None:
    found = _trends(*(release(n, dict.fromkeys(ASKED, 1.9 + n / 10)) for n in range(1, 13)))

    assert "Rising" in _line(found, "data").remarks[-1]
    assert not any("irection" in r or "Rising" in r for line in found.lines if line.mistake for r in line.remarks)


def test_a_direction_waits_until_every_statement_was_asked_anew() -> None:
    both = release(1, {"m02": 2.1, "m07": 2.1})
    one = [release(n, {"m02" if n % 2 else "m07": 2 + n / 10}) for n in range(2, 16)]

    assert _line(_trends(both, *one[:-1]), "data").remarks == ()
    assert _line(_trends(both, *one), "data").remarks == (
        "Rising about 0.1 per sprint over 15 sprints (this would rarely be chance).",
    )


def test_a_mistakes_figures_are_those_of_its_last_value() -> None:
    counted = release(1, {"m01": 3.0, "m06": 3.0})
    five = replace(counted, items=(replace(counted.items[0], n=5), counted.items[1]))
    found = _trends(five, release(2, {"m01": None, "m06": 3.0}))

    assert (_line(found, "m01").answered, _line(found, "m01").band) == ("5 of 8 answered", 0.8)
    assert (_line(found, "m06").answered, _line(found, "m06").band) == ("nearly all answered", 0.7)


def test_a_themes_band_goes_by_its_least_answered_statement_and_is_narrower_from_four() -> None:
    def band(*ns: int) -> float | None:
        asked = release(1, dict.fromkeys(SAFETY[: len(ns)], 3.0))
        items = tuple(replace(item, n=n) for item, n in zip(asked.items, ns, strict=True))
        return _line(_trends(replace(asked, items=items)), "safety").band

    assert [band(4), band(7, 4, 7), band(7, 7, 7, 4), band(7, 7, 7, 7)] == [0.9, 0.9, 0.6, 0.5]
    assert _line(_trends(*steady(1)), "safety").answered == ""


@pytest.mark.parametrize(("move", "side", "word"), [(-1.0, "low", "lower"), (0.8, "high", "higher")])
def test_a_sprint_that_was_unusual_as_a_whole_is_named(move: float, side: str, word: str) -> None:
    releases = steady(10, s9=dict.fromkeys(ASKED, move))

    assert _trends(*releases[:9]).remark == f"This whole sprint was rated {word} than usual."
    assert _trends(*releases).wholes == ((9, side),)
    assert _trends(*releases).remark == ""


def test_four_sprints_are_too_early() -> None:
    assert _trends(*steady(4)).remark == "Too early for trends: 4 of 5 sprints."
    assert _trends(*steady(5)).remark == ""


def test_the_first_sprint_of_another_language_says_so() -> None:
    calm = steady(7)
    spanish = [in_language(r, "es") for r in calm[5:]]

    assert _trends(*calm[:5], spanish[0]).remark == (
        "Asked in another language than the sprint before, so nothing is compared across."
    )
    assert _trends(*calm[:5], *spanish).remark == ""


def test_actions_are_marked_on_their_mistake_and_its_theme() -> None:
    actions = [
        Action(1, "Fix it", 2, date(2026, 3, 1), mistake="m02"),
        Action(2, "Tea", 3, date(2026, 3, 1)),
        Action(3, "Elsewhere", 3, date(2026, 3, 1), mistake="gone"),
        Action(4, "Drawn", 1, date(2026, 3, 1), mistake="m01", draw=Draw((2, 3), 3)),
    ]
    marks = _trends(*steady(3), actions=actions).actions

    assert [(m.sprint, m.id, m.title, m.mistake, m.theme) for m in marks] == [
        (2, 1, "Fix it", "m02", "data"),
        (3, 2, "Tea", None, None),
        (3, 3, "Elsewhere", "gone", None),
        (3, 4, "Drawn", "m01", "direction"),
    ]


@st.composite
def _histories(draw: st.DrawFn) -> list[Release]:
    """Most items asked each sprint, some shifting for good; sprints unusual as a whole, and a change of language."""
    chance = random.Random(draw(st.integers(0, 10_000)))
    spanish = draw(st.integers(2, 30))
    level = {item: chance.randint(20, 40) / 10 for item in ASKED}
    releases = []
    for number in range(1, draw(st.integers(1, 20)) + 1):
        jump = chance.choice([0, 0, 0, 0, -0.8, 0.8])
        asked = [item for item in level if number == 1 or chance.random() < 0.8] or SAFETY
        means = {item: on_scale(level[item] + jump + chance.gauss(0, 0.2)) for item in asked}
        shown = {item: None if chance.random() < 0.03 else mean for item, mean in means.items()}
        level = {item: value + (chance.random() < 0.03) * chance.choice([-1, 1]) for item, value in level.items()}
        releases.append(in_language(release(number, shown), "es" if number >= spanish else "en"))
    return releases


CHANGES = st.sets(st.integers(1, 20), max_size=2).map(lambda found: tuple(sorted(found)))


@given(_histories(), st.integers(1, 20), CHANGES)
@settings(deadline=None, max_examples=50)
def test_later_sprints_leave_what_earlier_ones_showed(
    releases: list[Release], upto: int, changes: tuple[int, ...]
) -> None:
    whole, part = _trends(*releases, changes=changes), _trends(*releases[:upto], changes=changes)

    for before in part.lines:
        after = _line(whole, before.id)
        assert after.too_few[: len(before.too_few)] == before.too_few
        # A later value may only show that a new normal began among these: it marks where, and moves nothing.
        dots = [replace(dot, start=None) for dot in after.dots]
        assert dots[: len(before.dots)] == [replace(dot, start=None) for dot in before.dots]
        for late, early in zip(after.dots, before.dots, strict=False):
            assert late.start == early.start or (early.start, late.start) == (None, "baseline")


@given(_histories(), CHANGES, st.integers(1, 25))
@settings(deadline=None, max_examples=50)
def test_who_draws_only_the_last_values_gets_those_and_the_same_sentences(
    releases: list[Release], changes: tuple[int, ...], last: int
) -> None:
    past = history(*releases, questions=(*QUESTIONS, *SPANISH))
    whole, part = (trends(replace(TEAM, changes=changes), past, (), NUMBERS, last=of) for of in (None, last))

    assert part == replace(whole, lines=tuple(replace(line, dots=line.dots[-last:]) for line in whole.lines))


@given(_histories(), CHANGES)
@settings(deadline=None, max_examples=50)
def test_trends_say_what_the_results_of_the_last_sprint_say(releases: list[Release], changes: tuple[int, ...]) -> None:
    found = _trends(*releases, changes=changes)
    summary = told(history(*releases, questions=(*QUESTIONS, *SPANISH)), changes=changes)

    for theme in summary.themes:
        line = found.line(theme.theme)
        if theme.mean is not None and theme.asked and line is not None:
            assert (line.dots[-1].value, line.band, line.dots[-1].signal) == (theme.mean, theme.band, theme.signal)
            assert theme.remark in {"", *line.remarks}
        for item in theme.items:
            if item.mistake is not None and item.mean is not None:
                line = _line(found, item.id)
                assert (line.dots[-1].value, line.band, line.answered) == (item.mean, item.band, item.answered)
                assert line.remarks[: len(item.remarks)] == item.remarks


def test_a_label_is_the_one_it_was_last_asked_with() -> None:
    found = _trends(release(1, {"m01": 3.0}), in_language(release(2, {"m01": 3.0}), "es"), release(3, {"m01": 3.0}))
    assert _line(found, "m01").title == "m01"


def test_a_themes_band_is_that_of_the_results_after_the_way_back_to_a_language() -> None:
    releases = (
        release(1, dict.fromkeys(SAFETY, 3.0)),
        in_language(release(2, {SAFETY[0]: 3.0}), "es"),
        release(3, {SAFETY[0]: 3.0}),
    )
    summary = told(history(*releases, questions=(*QUESTIONS, *SPANISH)))
    assert _line(_trends(*releases), "safety").band == summary.themes[0].band


def test_a_statement_that_moved_leaves_its_old_themes_band() -> None:
    questions = (headline("m01"), headline("m01", "trust", 2), *(headline(f"m0{n}") for n in (2, 3, 4)))
    means = {f"m0{n}": 3.0 for n in (1, 2, 3, 4)}
    releases = (release(1, means), release(2, means, versions={"m01": 2}))
    summary = told(history(*releases, questions=questions))
    assert _line(_trends(*releases, questions=questions), "data").band == summary.themes[0].band


def test_asked_and_too_few_answered_is_not_called_not_asked() -> None:
    found = _trends(release(1, {"m01": 3.0, "m02": 3.0}), release(2, {"m01": None, "m02": 3.0}))
    assert _line(found, "m01").too_few == (2,)
    assert not any(words.startswith("Not asked") for words in _line(found, "m01").said)
