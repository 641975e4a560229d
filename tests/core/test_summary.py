from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.decision_histories import CORE, HEADLINES, MISTAKES, NUMBERS, history, release
from tests.core.rounds import QUESTIONS, SPRINT, Answers, a_round, alike, sheets
from tests.model.mistakes import a_mistake
from tuiretro.core.figures import band, theme_band
from tuiretro.core.release import tally
from tuiretro.core.summary import summarise
from tuiretro.model.action import Action
from tuiretro.model.release import History, ItemResult, Release
from tuiretro.model.summary import ItemLine, Summary, ThemeLine
from tuiretro.model.survey import Mistake, Question
from tuiretro.model.team import Cadence, Every, Sprint, Team

TEAM = Team("a1b2c3d4e5f60718", "Atlas", 8, (Cadence(1, SPRINT.starts, Every(2, "week")),))
ASKED = tuple(q.id for q in (*CORE, *HEADLINES))
QUICK = settings(max_examples=150, deadline=None)

# Science 7, "Show (exact words)", and signals rule 5, as patterns: nothing else may ever stand in a summary.
WHOLE = (
    r"This whole sprint was rated (lower|higher) than usual\.",
    r"Too early for trends: [1-4] of 5 sprints\.",
    r"",
)
THEME = (r"Unusually (low|high) compared with your last \d+ sprints\.", r"No unusual change\.", r"")
ITEM = (
    r"Unusually (low|high) compared with your last [2-8] sprints\. Worth asking why\.",
    r"Three in a row were unusual, so a new baseline starts at sprint \d+\.",
    r"People see this differently\. Talk before you fix\.",
    r"Too few answers to show\.",
)
DETAIL = (
    r"With \d+ answers an average like this often moves by up to \d\.\d when nothing has changed\.",
    r"\d+ of \d+ did not answer\. With them the average would lie between [1-5]\.\d and [1-5]\.\d\.",
)
ANSWERED = (r"\d+ of \d+ answered", r"nearly all answered")
LEVEL = r"([1-4]\.\d|1\.5 or lower|4\.5 or higher)"
REASON = (
    rf"new drop: {LEVEL}, usual for you \d\.\d",
    r"entered for Title of m\d\d, which was \d\.\d higher",
    rf"(asked once: |[2-3]-sprint average ){LEVEL}, (\d+(st|nd|rd|th) )?lowest of \d+; on your list for \d+ sprints?",
)
NEVER = re.compile(r"worked|caused|significant|%|↑|↓|deviation|\bp\b|\d\.\d\d", re.IGNORECASE)


def find(mistake: str) -> Mistake:
    return a_mistake(mistake, NUMBERS[mistake])


def told(past: History, actions: tuple[Action, ...] = (), team: Team = TEAM) -> Summary:
    return summarise(team, past, actions, find, NUMBERS)


def steady(sprints: int, seed: int = 1, **moved: Mapping[str, float]) -> list[Release]:
    """Releases of all headlines and the core; the keyword `sN` moves items of sprint N away from their usual mean."""
    chance = random.Random(seed)
    usual = {item: chance.choice([2.8, 3.1, 3.4, 3.7]) for item in ASKED}
    return [
        release(
            number,
            {
                item: _on_scale(
                    usual[item] + chance.choice([-0.1, 0.0, 0.1]) + moved.get(f"s{number}", {}).get(item, 0)
                )
                for item in ASKED
            },
        )
        for number in range(1, sprints + 1)
    ]


def _on_scale(value: float) -> float:
    return min(max(round(value, 1), 1.5), 4.5)


def item_line(summary: Summary, item: str) -> ItemLine:
    return next(line for theme in summary.themes for line in theme.items if line.id == item)


def theme_line(summary: Summary, theme: str) -> ThemeLine:
    return next(line for line in summary.themes if line.theme == theme)


def assert_only_known_words(summary: Summary) -> None:
    for patterns, said in (
        (WHOLE, [summary.remark]),
        (ANSWERED, [summary.answered, *(line.answered for line in summary.focus)]),
        (THEME, [theme.remark for theme in summary.themes]),
        (ITEM, [remark for theme in summary.themes for item in theme.items for remark in item.remarks]),
        (DETAIL, [detail for theme in summary.themes for item in theme.items for detail in item.details]),
        (REASON, [line.reason for line in summary.focus]),
    ):
        for sentence in said:
            assert any(re.fullmatch(pattern, sentence) for pattern in patterns), sentence
            assert not NEVER.search(sentence), sentence


def test_a_summary_needs_a_release() -> None:
    with pytest.raises(ValueError, match="needs a release"):
        told(History())


def test_the_first_sprint_is_too_early_for_trends() -> None:
    summary = told(history(*steady(1)))

    assert summary.remark == "Too early for trends: 1 of 5 sprints."
    assert (summary.team, summary.sprint.number, summary.sprints, summary.mistakes) == ("Atlas", 1, 1, 20)
    assert (summary.title, summary.minimum, summary.answered) == ("Pulse", 4, "nearly all answered")
    assert {theme.remark for theme in summary.themes} == {""}
    assert_only_known_words(summary)


def test_a_quiet_sprint_has_no_unusual_change() -> None:
    summary = told(history(*steady(6)))

    assert summary.remark == ""
    assert {theme.remark for theme in summary.themes} == {"No unusual change."}
    assert not any(line.remarks or line.signal for theme in summary.themes for line in theme.items)


def test_an_unusual_item_is_said_to_be_so() -> None:
    summary = told(history(*steady(9, s9={"m07": -1.5})))

    line = item_line(summary, "m07")
    assert line.signal == "low"
    assert line.remarks == ("Unusually low compared with your last 8 sprints. Worth asking why.",)
    assert next(entry for entry in summary.focus if entry.mistake == "m07").new_drop
    assert_only_known_words(summary)


def test_an_unusual_theme_is_said_to_be_so() -> None:
    data = {q.id: 1.2 for q in HEADLINES if q.theme == "data"}
    summary = told(history(*steady(9, s9=data)))

    line = theme_line(summary, "data")
    assert (line.signal, line.remark) == ("high", "Unusually high compared with your last 8 sprints.")
    assert theme_line(summary, "trust").remark == "No unusual change."


@pytest.mark.parametrize(("move", "word"), [(-1.0, "lower"), (0.8, "higher")])
def test_an_unusual_sprint_is_said_to_be_so(move: float, word: str) -> None:
    summary = told(history(*steady(9, s9=dict.fromkeys(ASKED, move))))

    assert summary.remark == f"This whole sprint was rated {word} than usual."


def test_three_unusual_askings_in_a_row_start_a_new_baseline() -> None:
    drop = {"m07": -1.5}
    summary = told(history(*steady(11, s9=drop, s10=drop, s11=drop)))

    assert item_line(summary, "m07").remarks[1] == "Three in a row were unusual, so a new baseline starts at sprint 9."
    assert_only_known_words(summary)


def test_a_split_item_calls_for_talking_first() -> None:
    (first,) = steady(1)
    items = tuple(replace(item, mean=2.0, spread="split") if item.id == "m07" else item for item in first.items)
    summary = told(history(replace(first, items=items)))

    assert item_line(summary, "m07").remarks == ("People see this differently. Talk before you fix.",)
    assert [line.talk_first for line in summary.focus if line.mistake == "m07"] == [True]


def test_an_item_with_too_few_answers_shows_nothing_else() -> None:
    summary = told(history(release(1, {"m01": None, "m02": 3.4, "m07": None})))

    line = item_line(summary, "m01")
    assert line == ItemLine("m01", line.short, line.text, remarks=("Too few answers to show.",))
    assert [entry.mistake for entry in summary.focus] == ["m02"]


def test_a_theme_without_any_shown_item_shows_nothing() -> None:
    summary = told(history(release(1, {"m01": None})))

    (line,) = summary.themes
    assert (line.mean, line.band, line.signal, line.remark, line.recent) == (None, None, None, "", ())
    assert len(line.items) == 1
    assert summary.focus == ()


def test_a_theme_keeps_its_value_while_it_is_not_asked() -> None:
    data = [q.id for q in HEADLINES if q.theme == "data"]
    first = release(1, dict.fromkeys(data, 3.0))
    others = [release(number, {"m01": 3.0}) for number in range(2, 7)]
    line = theme_line(told(history(first, *others)), "data")

    assert line.mean == pytest.approx(3.0)
    assert (line.remark, line.items) == ("", ())
    assert len(line.recent) == 6


def test_recent_values_are_empty_before_a_theme_was_first_asked() -> None:
    line = theme_line(told(history(release(1, {"m01": 3.0}), release(2, {"m02": 4.0}))), "data")

    assert line.recent == (None, 4.0)


def test_a_theme_has_the_narrow_band_only_if_four_items_carry_it() -> None:
    data = [q.id for q in HEADLINES if q.theme == "data"]
    three, four = (dict.fromkeys(data[:count], 3.0) for count in (3, 4))

    assert theme_line(told(history(release(1, three))), "data").band == pytest.approx(band(7))
    assert theme_line(told(history(release(1, four))), "data").band == pytest.approx(theme_band([7]))
    assert theme_line(told(history(release(1, three), release(2, four))), "data").band == pytest.approx(theme_band([7]))


def test_a_facet_stands_in_its_theme_without_moving_it() -> None:
    line = theme_line(told(history(release(1, {"m02": 3.0, "m02.a": 1.5}))), "data")

    assert [(item.id, item.is_facet) for item in line.items] == [("m02", False), ("m02.a", True)]
    assert line.mean == pytest.approx(3.0)
    assert line.items[1].signal is None


def test_the_silent_are_spoken_of_only_if_there_are_several() -> None:
    one, several = (replace(release(1, {"m01": 3.0}), people=people) for people in (8, 9))

    assert len(item_line(told(history(one)), "m01").details) == 1
    assert item_line(told(history(several)), "m01").details[1].startswith("2 of 9 did not answer.")


def test_a_focus_line_brings_figures_and_plays() -> None:
    done = Action(1, "Look", 1, SPRINT.ends, play="m02.look", mistake="m02")
    summary = told(history(release(1, {"m02": 2.0, "m03": 3.0}), release(2, {"m03": 3.0})), (done,))

    first = summary.focus[0]
    assert (first.mistake, first.number, first.title, first.level) == ("m02", 2, "Title of m02", 2.0)
    assert (first.band, first.answered) == (band(7), "nearly all answered")
    assert [play.reference for play in first.plays] == ["m02.check", "m02.label", "m02.look"]
    assert summary.actions == (done,)


def test_a_mistake_that_took_a_place_names_the_one_that_left() -> None:
    low = dict.fromkeys(("m01", "m02", "m03"), 3.0)
    calm = [release(number, {**low, "m04": 3.9}) for number in (1, 2, 3)]
    fallen = [release(number, {**low, "m04": 1.5}) for number in (4, 5, 6)]

    reasons = [line.reason for step in (4, 5, 6) for line in told(history(*[*calm, *fallen][:step])).focus]

    assert any(re.fullmatch(REASON[1], reason) for reason in reasons)


def test_comments_are_counted_and_stay_out() -> None:
    (first,) = steady(1)
    summary = told(history(replace(first, comments=("zebra crossing", "b", "c"))))

    assert summary.comments == 3
    assert b"zebra" not in msgspec.json.encode(summary)


def test_later_rounds_do_not_change_what_an_earlier_sprint_said() -> None:
    first, second = release(1, {"m01": 3.0}), release(2, {"m02": 3.0, "safety.p": 4.0})
    then = History((first,), tuple(q for q in (*CORE, *HEADLINES) if q.id == "m01"))
    later = history(first, second)

    assert told(replace(later, releases=later.releases[:1])) == told(then)


@QUICK
@given(st.integers(0, 10**6), st.integers(1, 12), st.data())
def test_every_sentence_is_one_of_the_known_ones(seed: int, sprints: int, data: st.DataObject) -> None:
    releases = steady(sprints, seed)
    moves = data.draw(
        st.lists(
            st.tuples(
                st.integers(0, sprints - 1),
                st.sampled_from(["one", "theme", "all", "few", "split", "star"]),
                st.sampled_from([-2.0, -1.0, 1.0, 2.0]),
                st.integers(0, 19),
                st.integers(1, 4),
            ),
            max_size=6,
        )
    )
    for at, kind, move, which, length in moves:
        for place in range(at, min(sprints, at + length)):
            releases[place] = _changed(releases[place], kind, move, which)
    people = data.draw(st.integers(7, 12))
    releases = [replace(one, people=people) for one in releases]
    changes = tuple(data.draw(st.sets(st.integers(1, 12), max_size=1)))

    assert_only_known_words(told(history(*releases), team=replace(TEAM, changes=changes)))


def _changed(old: Release, kind: str, move: float, which: int) -> Release:
    theme = HEADLINES[which].theme
    touched = {
        "theme": {q.id for q in (*CORE, *HEADLINES) if q.theme == theme},
        "all": set(ASKED),
    }.get(kind, {MISTAKES[which]})
    if kind == "star":
        return replace(old, starred=(MISTAKES[which],))
    return replace(old, items=tuple(_moved(item, kind, move) if item.id in touched else item for item in old.items))


def _moved(item: ItemResult, kind: str, move: float) -> ItemResult:
    if kind == "few" or item.mean is None:
        return ItemResult(item.id, item.version)
    return replace(item, mean=_on_scale(item.mean + move), spread="split" if kind == "split" else item.spread)


GROUPS = {n: alike(n) for n in (4, 5, 6, 7)}


@st.composite
def twin_answers(draw: st.DrawFn) -> tuple[dict[str, Answers], dict[str, Answers]]:
    """Two different sets of answers to every question that show the same figures."""
    n = draw(st.sampled_from([4, 5, 6, 7]))
    one, other = {}, {}
    for question in QUESTIONS:
        group = draw(st.sampled_from(GROUPS[n]))
        one[question.id], other[question.id] = draw(st.sampled_from(group)), draw(st.sampled_from(group))
    return one, other


@QUICK
@given(st.lists(twin_answers(), min_size=1, max_size=8), st.integers(8, 12), st.integers(4, 7))
def test_histories_with_equal_releases_are_told_alike(
    twins: Sequence[tuple[dict[str, Answers], dict[str, Answers]]], people: int, minimum: int
) -> None:
    past = []
    for side in (0, 1):
        releases = [
            tally(
                a_round(people, min(minimum, len(pair[side]["data-cleaning"]))),
                Sprint(number, SPRINT.starts, SPRINT.ends),
                (),
                sheets(pair[side]),
                random.Random(number).shuffle,
            )
            for number, pair in enumerate(twins, start=1)
        ]
        past.append(History(tuple(releases), QUESTIONS))
    numbers = {"data-cleaning": 2, "model-drift": 5}

    one, other = (summarise(TEAM, side, (), lambda id_: a_mistake(id_, numbers[id_]), numbers) for side in past)

    assert past[0] == past[1]
    assert msgspec.json.encode(one) == msgspec.json.encode(other)


def test_a_new_wording_counts_once_in_its_theme() -> None:
    questions = (*HEADLINES, Question("m02", "New", "In this sprint ...", "data", 2, mistake="m02"))
    data = [q.id for q in HEADLINES if q.theme == "data"][:3]
    first, second = release(1, dict.fromkeys(data, 3.0)), release(2, {"m02": 4.0}, versions={"m02": 2})

    line = theme_line(told(history(first, second, questions=questions)), "data")

    assert line.band == pytest.approx(band(7))
    assert line.items[0].short == "New"
