from __future__ import annotations

import re

import msgspec
import pytest
from msgspec.structs import replace

from tests.core.decision_histories import CORE, HEADLINES, history, release
from tests.core.known_sentences import REASON, assert_only_known_words
from tests.core.rounds import SPRINT
from tests.core.summaries import ASKED, item_line, steady, theme_line, told
from tuiretro.core.figures import band, theme_band, told_band
from tuiretro.model.action import Action
from tuiretro.model.release import History, ItemResult
from tuiretro.model.summary import ItemLine
from tuiretro.model.survey import Question

LABELLED = tuple(replace(question, short=f"Label of {question.id}") for question in HEADLINES)


def test_a_summary_needs_a_release() -> None:
    with pytest.raises(ValueError, match="needs a release"):
        told(History())


def test_the_first_sprint_is_too_early_for_trends() -> None:
    summary = told(history(*steady(1)))

    assert summary.remark == "Too early for trends: 1 of 5 sprints."
    assert (summary.team, summary.sprint.number, summary.sprints, summary.mistakes) == ("Atlas", 1, 1, 20)
    assert (summary.title, summary.minimum, summary.answered) == ("Pulse", 4, "nearly all answered")
    assert {theme.remark for theme in summary.themes} == {""}
    assert (summary.signal, summary.is_judged) == (None, False)
    assert_only_known_words(summary)


def test_a_quiet_sprint_has_no_unusual_change() -> None:
    summary = told(history(*steady(6)))

    assert (summary.remark, summary.signal, summary.is_judged) == ("", None, True)
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
    assert (line.signal, line.remark) == (
        "high",
        "Unusually high compared with your earlier sprints. Worth asking why.",
    )
    assert theme_line(summary, "trust").remark == "No unusual change."


@pytest.mark.parametrize(("move", "word"), [(-1.0, "lower"), (0.8, "higher")])
def test_an_unusual_sprint_is_said_to_be_so(move: float, word: str) -> None:
    summary = told(history(*steady(9, s9=dict.fromkeys(ASKED, move))))

    assert summary.remark == f"This whole sprint was rated {word} than usual."
    assert summary.signal == {"lower": "low", "higher": "high"}[word]


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
    assert line == ItemLine("m01", line.short, line.text, "m01", remarks=("Too few answers to show.",))
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
    assert (line.asked, line.items) == (False, ())
    assert line.remark == "Not asked this time; the figure is from earlier sprints."
    assert len(line.recent) == 6


def test_recent_values_are_empty_before_a_theme_was_first_asked() -> None:
    line = theme_line(told(history(release(1, {"m01": 3.0}), release(2, {"m02": 4.0}))), "data")

    assert line.recent == (None, 4.0)


def test_a_theme_has_the_narrow_band_only_if_four_items_carry_it() -> None:
    data = [q.id for q in HEADLINES if q.theme == "data"]
    three, four = (dict.fromkeys(data[:count], 3.0) for count in (3, 4))

    wide, narrow = told_band(band(7)), told_band(theme_band([7]))
    assert wide > narrow
    assert theme_line(told(history(release(1, three))), "data").band == wide
    assert theme_line(told(history(release(1, four))), "data").band == narrow
    assert theme_line(told(history(release(1, three), release(2, four))), "data").band == narrow


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
    assert (first.band, first.answered) == (told_band(band(7)), "nearly all answered")
    assert [play.reference for play in first.plays] == ["m02.check", "m02.label", "m02.look"]
    assert summary.actions == (done,)


def test_a_mistake_that_took_a_place_names_the_one_that_left() -> None:
    low = dict.fromkeys(("m01", "m02", "m03"), 3.0)
    calm = [release(number, {**low, "m04": 3.9}) for number in (1, 2, 3)]
    fallen = [release(number, {**low, "m04": 1.5}) for number in (4, 5, 6)]

    reasons = [line.reason for step in (4, 5, 6) for line in told(history(*[*calm, *fallen][:step])).focus]

    assert any(re.fullmatch(REASON[1], reason) for reason in reasons)
    assert "entered for Title of m" in "; ".join(reasons)


def test_one_that_left_and_is_in_the_catalogue_no_more_is_named_by_its_label() -> None:
    low = {"m01": 3.0, "m02": 3.0, "m03": 3.4}
    calm = [release(number, {**low, "m04": 3.9}) for number in (1, 2, 3)]
    fallen = [release(number, {**low, "m04": 1.5}) for number in (4, 5, 6)]

    reasons = [
        line.reason
        for step in (4, 5, 6)
        for line in told(history(*[*calm, *fallen][:step], questions=LABELLED), gone={"m03"}).focus
    ]

    assert any(reason.startswith("entered for Label of m03, which was ") for reason in reasons)


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


def test_a_new_wording_counts_once_in_its_theme() -> None:
    questions = (*HEADLINES, Question("m02", "New", "In this sprint ...", "data", 2, mistake="m02"))
    data = [q.id for q in HEADLINES if q.theme == "data"][:3]
    first, second = release(1, dict.fromkeys(data, 3.0)), release(2, {"m02": 4.0}, versions={"m02": 2})

    line = theme_line(told(history(first, second, questions=questions)), "data")

    assert line.band == told_band(band(7))
    assert line.items[0].short == "New"


def test_nothing_is_said_of_changes_where_nothing_could_be_judged() -> None:
    summary = told(history(*steady(6)), changes=(6,))

    assert not summary.is_judged
    assert summary.signal is None
    assert {theme.remark for theme in summary.themes} == {""}


def test_a_theme_that_could_not_be_compared_says_nothing_while_the_others_do() -> None:
    data = {q.id for q in HEADLINES if q.theme == "data"}
    *before, last = steady(9)
    without = [replace(past, items=tuple(i for i in past.items if i.id not in data)) for past in before]
    summary = told(history(*without, last))

    assert summary.is_judged
    assert theme_line(summary, "data").remark == ""
    assert theme_line(summary, "trust").remark == "No unusual change."


@pytest.mark.parametrize(
    ("answered", "words"), [(None, "nearly all answered"), (7, "7 of 9 answered"), (9, "9 of 9 answered")]
)
def test_that_exactly_one_is_missing_is_marked(answered: int | None, words: str) -> None:
    (first,) = steady(1)
    summary = told(history(replace(first, people=9, answered=answered)))

    assert (summary.nearly_all, summary.answered) == (answered is None, words)


def test_only_mistakes_that_were_asked_and_shown_have_a_level() -> None:
    assert told(history(release(1, {"safety.p": 4.0, "m01.a": 2.0}))).levels == 0
    assert told(history(release(1, {"m01": 4.5, "m02": None}), release(2, {"m02": 4.5, "m01": 3.0}))).levels == 2


def test_an_item_names_its_mistake() -> None:
    summary = told(history(release(1, {"safety.p": 4.0, "m02": 3.0, "m02.a": 2.0})))

    assert [item_line(summary, id_).mistake for id_ in ("safety.p", "m02", "m02.a")] == [None, "m02", "m02"]


@pytest.mark.parametrize(("people", "said"), [(7, "7 of 7 answered"), (9, "7 of 9 answered")])
def test_a_number_of_answers_that_points_at_nobody_is_told(people: int, said: str) -> None:
    line = item_line(told(history(replace(release(1, {"m01": 3.0}), people=people))), "m01")

    assert (line.n, line.answered) == (7, said)
    assert line.details[0] == "With 7 answers an average like this often moves by up to 0.7 when nothing has changed."


def test_a_number_of_answers_that_points_at_one_person_is_not_told() -> None:
    line = item_line(told(history(*steady(1))), "m07")

    assert (line.n, line.answered) == (None, "nearly all answered")
    assert line.details == ("An average like this often moves by up to 0.7 when nothing has changed.",)


def test_a_mistake_that_is_in_the_catalogue_no_more_stays_on_the_list() -> None:
    summary = told(history(release(1, {"m01": 2.0, "m02": 2.5}), questions=LABELLED), gone={"m01"})

    first = summary.focus[0]
    assert (first.mistake, first.number, first.plays) == ("m01", 0, ())
    assert first.title == item_line(summary, "m01").short == "Label of m01"
    assert (first.level, first.answered) == (2.0, "nearly all answered")
    assert [(line.mistake, line.number, line.title) for line in summary.focus[1:]] == [("m02", 2, "Title of m02")]
    assert summary.mistakes == 19


def test_an_item_that_was_not_asked_every_time_says_so() -> None:
    *before, last = steady(9, s9={"m07": -1.5})
    without = [
        replace(past, items=tuple(item for item in past.items if item.id != "m07")) if at == 4 else past
        for at, past in enumerate(before)
    ]

    line = item_line(told(history(*without, last)), "m07")
    assert line.remarks[0] == "Unusually low compared with your last 7 sprints that asked it. Worth asking why."


def test_an_item_that_too_few_answered_once_was_not_compared_with_that_sprint() -> None:
    *before, last = steady(9, s9={"m07": -1.5})
    few = ItemResult("m07", 1)
    hidden = [
        replace(past, items=tuple(few if item.id == "m07" else item for item in past.items)) if at == 4 else past
        for at, past in enumerate(before)
    ]

    assert "your last 7 sprints that asked it." in item_line(told(history(*hidden, last)), "m07").remarks[0]


def test_the_focus_list_does_not_tell_the_number_that_an_item_hides() -> None:
    """Seven of eight answered; how many of them answered this item would tell what the missing one did."""
    low = replace(release(3, {"m01": 2.0, "m02": 3.5}), people=8, answered=None)
    low = replace(low, items=tuple(replace(item, n=6) for item in low.items))
    summary = told(history(low))

    (line, *_) = summary.focus
    assert line.mistake == "m01"
    assert line.answered == ""
