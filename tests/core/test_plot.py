from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.decision_histories import MISTAKES, NUMBERS, in_language
from tests.core.simulated import QUESTIONS, World, play
from tuiretro.core.plot import AVERAGE, BREAK, DOT, LIMIT, MARKS, UNUSUAL, USUAL, Plot, legend, plot, window
from tuiretro.core.trends import trends
from tuiretro.model.action import Action
from tuiretro.model.release import History
from tuiretro.model.summary import Signal
from tuiretro.model.team import Cadence, Every, Sprint, Team
from tuiretro.model.trends import ActionMark, Dot, Line, Start, Trends

STARTS = date(2026, 1, 5)
WIDE, TALL = 80, 19
"""A chart of four rows for each point of the scale."""


def sprint(number: int) -> Sprint:
    starts = STARTS + timedelta(weeks=2 * (number - 1))
    return Sprint(number, starts, starts + timedelta(days=13))


def line(*dots: Dot, too_few: tuple[int, ...] = ()) -> Line:
    """The line of a mistake."""
    return Line("m01", "First", "direction", "m01", dots, too_few)


def past(
    of: Line,
    sprints: Sequence[int],
    changes: tuple[int, ...] = (),
    wholes: tuple[tuple[int, Signal], ...] = (),
    actions: tuple[ActionMark, ...] = (),
) -> Trends:
    """A team with one line and results for some sprints."""
    return Trends("Atlas", tuple(map(sprint, sprints)), (of,), changes, wholes, actions)


def flat(*sprints: int, value: float = 3.0) -> Line:
    """A line that never moves."""
    return line(*(Dot(number, value, value, None if place else "first") for place, number in enumerate(sprints)))


def taken(number: int, mistake: str = "m01") -> ActionMark:
    return ActionMark(number, number, "Tidy up", mistake, "direction")


def marks(drawn: Plot) -> str:
    return drawn.rows[-2]


def sprints_of(drawn: Plot) -> list[str]:
    return drawn.rows[-1].split()


def test_a_chart_reads_from_the_top_to_the_marks() -> None:
    of = line(
        Dot(1, 2.0, 2.0, "first"),
        Dot(2, 4.0, 3.0),
        Dot(4, 2.5, 2.8),
        Dot(5, 3.0, 3.0, "team"),
        Dot(6, 4.0, 3.5),
        Dot(7, 1.5, 2.9, None, 3.5, 2.2, 4.2, "low"),
        too_few=(3,),
    )
    all_of_it = past(of, range(1, 9), (5,), ((7, "low"),), (taken(2), taken(4)))
    drawn = plot(of, all_of_it, width=46, height=19)

    assert drawn.rows == (
        "5 ┤               ┊",
        "  │               ┊",
        "  │               ┊",
        "  │               ┊        ┈┈┈┈┈┈┈┈ 4.2 upper",
        "4 ┤    ●          ┊    ●",
        "  │               ┊",
        "  │               ┊   ╭───╮╌╌╌╌╌╌╌╌ 3.5 usual",
        "  │               ┊   │   │",
        "3 ┤   ╭───────╮   ┊●──╯   ╰────────",
        "  │   │       ╰───┊",
        "  │   │        ●  ┊",
        "  │   │           ┊        ┈┈┈┈┈┈┈┈ 2.2 lower",
        "2 ┤●──╯           ┊",
        "  │               ┊",
        "  │               ┊        ◆",
        "  │               ┊",
        "1 ┤               ┊",
        "       A   x   A   T       W",
        "   s1      s3      s5      s7",
    )
    assert legend(of, all_of_it, width=46) == (
        "● a sprint",
        "◆ unusual",
        "─ 3-sprint average",
        "┊ not compared across",
        "A action taken on",
        "T team changed",
        "W whole sprint unusual",
        "x too few answers",
    )
    assert drawn.earlier == 0


@pytest.mark.parametrize(
    ("height", "value", "row"),
    [(TALL, 4.5, 2), (TALL, 1.5, 14), (11, 4.5, 1), (11, 1.5, 7), (7, 4.5, 1), (7, 1.5, 4), (7, 3.0, 2)],
)
def test_a_value_at_an_end_stands_where_the_scale_has_it(height: int, value: float, row: int) -> None:
    of = flat(1, value=value)
    rows = plot(of, past(of, [1]), width=WIDE, height=height).rows

    assert [place for place, cells in enumerate(rows) if DOT in cells] == [row]


def test_nothing_is_drawn_outside_the_scale() -> None:
    for lower, centre, upper in ((0.4, 3.0, 5.6), (0.4, 0.9, 5.6), (-9.0, 5.2, 99.0)):
        of = line(Dot(1, 2.0, 2.0, "first", centre, lower, upper))
        drawn = plot(of, past(of, [1]), width=WIDE, height=TALL)

        assert LIMIT not in "".join(drawn.rows)
        assert not any(word in row for row in drawn.rows for word in ("lower", "upper"))
        is_within = 1 <= centre <= 5
        assert (USUAL in "".join(drawn.rows)) == is_within
        assert sum("usual" in row for row in drawn.rows) == is_within


def test_limits_at_the_very_ends_are_on_the_scale() -> None:
    of = line(Dot(1, 2.0, 2.0, "first", 3.0, 1.0, 5.0))
    rows = plot(of, past(of, [1]), width=WIDE, height=TALL).rows

    assert (rows[0], rows[16]) == ("5 ┤┈┈┈┈ 5.0 upper", "1 ┤┈┈┈┈ 1.0 lower")


def test_of_words_for_one_row_the_most_important_one_stays() -> None:
    of = line(Dot(1, 2.0, 2.0, "first", 3.0, 2.9, 3.1))
    rows = plot(of, past(of, [1]), width=WIDE, height=7).rows

    assert [row for row in rows if row.endswith(("usual", "upper", "lower"))] == [rows[2]]
    assert rows[2].endswith(" 3.0 usual")


def test_a_sprint_that_did_not_ask_carries_the_average_and_the_limits_on() -> None:
    of = line(Dot(2, 4.0, 4.0, "first", 3.0, 2.0, 5.0), Dot(5, 4.0, 4.0, None, 3.0, 2.0, 5.0))
    rows = plot(of, past(of, range(1, 8)), width=WIDE, height=7).rows

    assert rows == (
        "5 ┤    ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ 5.0 upper",
        "4 ┤    ●───────────●───────────",
        "3 ┤    ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 3.0 usual",
        "2 ┤    ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ 2.0 lower",
        "1 ┤",
        "",
        "   s1      s3      s5      s7",
    )


@pytest.mark.parametrize(
    ("sprints", "width", "shown"),
    [(10, 80, 10), (33, 80, 33), (34, 80, 33), (100, 80, 33), (5, 20, 3), (5, 15, 1), (5, 1, 1), (0, 80, 0)],
)
def test_a_window_holds_what_there_is_room_for(sprints: int, width: int, shown: int) -> None:
    assert window(sprints, width) == shown


@pytest.mark.parametrize(
    ("back", "first", "earlier", "later"),
    [(0, "s38", 37, 0), (3, "s35", 34, 3), (37, "s1", 0, 37), (38, "s1", 0, 37), (999, "s1", 0, 37)],
)
def test_newer_sprints_are_left_out_as_far_as_there_are_older_ones(
    back: int, first: str, earlier: int, later: int
) -> None:
    of = flat(*range(1, 71))
    drawn = plot(of, past(of, range(1, 71)), width=WIDE, height=TALL, back=back)

    assert window(70, WIDE) == 33
    assert sprints_of(drawn)[0] == first
    assert (drawn.earlier, 70 - 33 - drawn.earlier) == (earlier, later)
    assert "".join(drawn.rows).count(DOT) == 33


@pytest.mark.parametrize(("sprints", "step"), [(16, 4), (17, 3), (22, 3), (23, 2), (33, 2)])
def test_sprints_stand_as_far_apart_as_all_of_them_fit(sprints: int, step: int) -> None:
    of = flat(*range(1, sprints + 1))
    row = plot(of, past(of, range(1, sprints + 1)), width=WIDE, height=TALL).rows[8]

    assert row == f"3 ┤{''.join(f'{DOT:─<{step}}' for _ in range(sprints))}"


def test_limits_and_usual_never_interrupt_the_three_sprint_line() -> None:
    of = line(
        Dot(1, 2.0, 2.0, "first", 2.0, 3.0, 5.0),
        Dot(2, 4.0, 4.0, None, 2.0, 3.0, 5.0),
        Dot(3, 4.0, 4.0, None, 2.0, 3.0, 5.0),
    )
    rows = plot(of, past(of, [1, 2, 3]), width=WIDE, height=7).rows

    assert [row[:9] for row in rows[1:4]] == ["4 ┤   ╭●─", "3 ┤┈┈┈│┈┈", "2 ┤●──╯╌╌"]


def test_limits_and_usual_never_interrupt_a_break() -> None:
    of = line(Dot(1, 3.0, 3.0, "first", 3.5, 2.0, 4.0), Dot(2, 3.0, 3.0, "team"))
    rows = plot(of, past(of, [1, 2]), width=WIDE, height=TALL).rows

    assert {row[6] for row in rows[:17]} == {BREAK}


def test_a_window_starts_with_the_average_that_was_reached_before_it() -> None:
    of = line(Dot(1, 2.0, 2.0, "first"), Dot(2, 4.0, 4.0, "team"), Dot(40, 4.0, 4.0))
    drawn = plot(of, past(of, range(1, 41)), width=WIDE, height=7)

    assert drawn.rows[1] == f"4 ┤{'─' * 64}●─"
    assert legend(of, past(of, range(1, 41)), width=WIDE) == ("● a sprint", "─ 3-sprint average")


def test_long_after_its_last_value_a_line_is_not_drawn_on() -> None:
    of = flat(1, 2)
    assert plot(of, past(of, range(1, 13)), width=WIDE, height=7).rows[2] == f"3 ┤●───●{'─' * 26}"


def test_before_its_first_asking_a_line_has_nothing() -> None:
    of = flat(3, 4)
    assert plot(of, past(of, range(1, 5)), width=WIDE, height=7).rows[2] == f"3 ┤{' ' * 8}●───●───"


@pytest.mark.parametrize(
    ("start", "letter", "is_broken"),
    [("team", "", True), ("language", "L", True), ("statement", "S", True), ("baseline", "B", False)],
)
def test_a_line_breaks_where_nothing_can_be_compared(start: Start, letter: str, is_broken: bool) -> None:  # noqa: FBT001
    of = line(Dot(1, 3.0, 3.0, "first"), Dot(2, 3.0, 3.0, start))
    drawn = plot(of, past(of, [1, 2]), width=WIDE, height=TALL)

    assert [BREAK in row for row in drawn.rows[:-2]] == [is_broken] * 17
    assert drawn.rows[8] == ("3 ┤●──┊●───" if is_broken else "3 ┤●───●───")
    assert marks(drawn).strip() == letter


def test_signs_stand_at_the_sprint_that_they_are_about() -> None:
    of = line(Dot(1, 3.0, 3.0, "first"), Dot(3, 3.0, 3.0, "language"), too_few=(4,))
    drawn = plot(of, past(of, range(1, 5), (3,), ((3, "high"), (4, "low")), (taken(3),)), width=WIDE, height=7)

    assert marks(drawn) == "           ATLWWx"


def test_what_does_not_fit_below_a_sprint_is_a_plus_and_still_explained() -> None:
    of = replace(flat(*range(1, 34)), too_few=(32,))
    all_of_it = past(of, range(1, 34), (32,), ((32, "low"),), (taken(31), taken(32)))
    tight, wide = (plot(of, all_of_it, width=width, height=7) for width in (80, 200))

    assert marks(tight).split() == ["A", "A+"]
    assert marks(wide).split() == ["A", "ATWx"]
    assert marks(tight).index("A+") == 3 + 2 * 31
    narrow_words, wide_words = (legend(of, all_of_it, width=width) for width in (80, 200))
    assert narrow_words == (*wide_words, "+ and more")
    assert {word[0] for word in wide_words[2:]} == set("ATWx")


def test_what_fell_between_sprints_with_results_is_marked_once_at_the_first_one_after() -> None:
    of = flat(2, 6, 7)
    everything = past(of, [2, 6, 7], (3, 4, 6), actions=(taken(3), taken(5), taken(9)))

    assert marks(plot(of, everything, width=WIDE, height=7)) == "       AT"


def test_a_change_before_the_window_is_not_marked_in_it() -> None:
    of = flat(*range(1, 41))
    everything = past(of, range(1, 41), (7, 8), actions=(taken(5),))

    drawn = plot(of, everything, width=WIDE, height=7)
    assert sprints_of(drawn)[0] == "s8"
    assert marks(drawn) == "   T"
    assert marks(plot(of, everything, width=WIDE, height=7, back=1)).startswith("   T ")
    assert marks(plot(of, replace(everything, changes=(7,)), width=WIDE, height=7)) == ""


def test_actions_stand_on_the_line_of_their_mistake_and_of_its_theme() -> None:
    of = flat(1, 2)
    theme = replace(of, id="direction", mistake=None)
    free = ActionMark(1, 3, "Own", None, None)
    for lines, actions, letters in (
        (of, (taken(1, "m06"), free), ""),
        (of, (taken(1, "m06"), taken(2)), "A"),
        (theme, (taken(1, "m06"),), "A"),
        (theme, (replace(taken(1, "m02"), theme="data"), free), ""),
    ):
        assert marks(plot(lines, past(lines, [1, 2], actions=actions), width=WIDE, height=7)).strip() == letters


def test_a_line_without_dots_is_an_empty_scale() -> None:
    for too_few, words in (((), ()), ((2,), ("x too few answers",))):
        of = line(too_few=too_few)
        drawn = plot(of, past(of, [1, 2, 3]), width=WIDE, height=7)

        assert drawn.rows[:5] == tuple(f"{point} ┤" for point in "54321")
        assert sprints_of(drawn) == ["s1", "s3"]
        assert legend(of, past(of, [1, 2, 3]), width=WIDE) == words


def test_without_results_there_is_an_empty_scale_too() -> None:
    for back in (0, 3):
        drawn = plot(line(), past(line(), []), width=WIDE, height=7, back=back)
        assert drawn.rows == (*(f"{point} ┤" for point in "54321"), "", "")
        assert drawn.earlier == 0
        assert legend(line(), past(line(), []), width=WIDE, back=back) == ()


WORLDS = (
    World(sprints=14),
    World(sprints=30, pulse=24, drift=0.1),
    World(sprints=20, people=5, response=0.7),
    World(sprints=9, pulse=12, mood=0.6),
    World(sprints=1),
)


@cache
def simulated(seed: int) -> Trends:
    """An invented team's past: some have changed, some speak another language since, all take actions on."""
    world = WORLDS[seed % len(WORLDS)]
    history = play(world, seed, lambda number, _: -1.5 if number == 11 else 0.0).history
    releases, questions = history.releases, history.questions
    if seed % 2:
        releases = (*releases[:8], *(in_language(release, "es") for release in releases[8:]))
        questions = (*questions, *(replace(question, language="es") for question in QUESTIONS))
    changes = (5, 12) if seed % 3 == 0 else ()
    team = Team("a", "Atlas", world.people, (Cadence(1, STARTS, Every(2, "week")),), changes=changes)
    actions = tuple(
        Action(number, "Tidy up", number, STARTS, mistake=mistake)
        for number, mistake in enumerate(MISTAKES[: world.sprints], start=1)
    )
    return trends(team, History(releases, questions), actions, NUMBERS)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 14), st.integers(0, 99), st.integers(20, 200), st.integers(7, 60), st.integers(0, 40))
def test_every_chart_holds_what_it_promises(seed: int, which: int, width: int, height: int, back: int) -> None:
    found = simulated(seed)
    of = found.lines[which % len(found.lines)]
    drawn = plot(of, found, width=width, height=height, back=back)
    *chart, letters, _ = drawn.rows
    count = window(len(found.sprints), width)
    shown = {one.number for one in found.sprints[drawn.earlier : drawn.earlier + count]}

    assert max(map(len, drawn.rows)) <= width
    assert len(drawn.rows) <= height
    assert 0 <= drawn.earlier <= len(found.sprints) - count
    assert {row[0] for row in chart} <= set("12345 ")

    placed = sorted(
        (column, row, sign)
        for row, cells in enumerate(chart)
        for column, sign in enumerate(cells)
        if sign in {DOT, UNUSUAL}
    )
    own = [dot for dot in of.dots if dot.sprint in shown]
    assert [sign for *_, sign in placed] == [DOT if dot.signal is None else UNUSUAL for dot in own]
    per_point = (len(chart) - 1) / 4
    for (_, row, _), dot in zip(placed, own, strict=True):
        assert abs(row - (5 - dot.value) * per_point) <= 0.5 + 1e-9

    said = {word[0] for word in legend(of, found, width=width, back=back)}
    drawn_signs = {sign for sign in (DOT, UNUSUAL, AVERAGE[0], BREAK) if any(sign in row for row in chart)}
    # A line of one cell is all dot; and one that goes on from before has no dot of its own here.
    assert drawn_signs ^ (said - {*MARKS}) <= {AVERAGE[0]}
    assert said & {*MARKS} >= {*letters} & {*MARKS}
    assert "+" in letters or said & {*MARKS} == {*letters} & {*MARKS}
