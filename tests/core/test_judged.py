from __future__ import annotations

from tests.core.decision_histories import CORE, HEADLINES, NUMBERS, history, in_language, release
from tests.core.summaries import steady
from tuiretro.core.judged import Judged, SoFar, judged
from tuiretro.core.signals import judge
from tuiretro.model.release import History


def past(whole: History) -> Judged:
    return judged(whole, (3,), NUMBERS)


def test_what_a_history_says_up_to_a_release_is_what_the_shorter_one_says() -> None:
    whole = history(*steady(8, s6={"m07": -1.5}))
    for count in (0, 1, 5, 8):
        assert past(whole).upto(count) == past(history(*whole.releases[:count]))
    assert past(whole).judgements == judge(whole, (3,))


def test_what_is_known_grows_release_by_release() -> None:
    so_far = SoFar(past(history(release(1, {"m01": 3.0, "m02": None}), release(2, {"m02": 2.0}))))
    so_far.take()
    assert (so_far.themes, [*so_far.shown], so_far.answers.of("direction")) == ({"direction", "data"}, ["m01"], (7,))
    assert so_far.before(8) == ()
    assert not so_far.is_last
    so_far.take()
    assert [*so_far.shown] == ["m01", "m02"]
    assert so_far.recent("data") == (None, 2.0)
    assert [r.sprint.number for r in so_far.before(8)] == [1]
    assert so_far.is_last


def test_before_goes_back_to_the_first_release_and_no_further() -> None:
    so_far = SoFar(past(history(*steady(6))))
    so_far.take()
    so_far.take()
    assert [[r.sprint.number for r in so_far.before(count)] for count in (0, 1, 3, 4)] == [[], [1], [1], [1]]


def test_another_language_starts_themes_and_answers_anew() -> None:
    releases = (release(1, {"m01": 3.0, "safety.p": 4.0}), in_language(release(2, {"m01": 3.4}), "de"))
    both = (*CORE, *HEADLINES)
    german = tuple(type(q)(q.id, q.short, q.text, q.theme, mistake=q.mistake, language="de") for q in both)
    so_far = SoFar(past(history(*releases, questions=(*both, *german))))
    so_far.take()
    assert so_far.themes == {"direction", "safety"}
    so_far.take()
    assert so_far.is_new_language
    assert (so_far.themes, so_far.answers.of("safety")) == ({"direction"}, ())
    assert so_far.recent("direction") == (None, 3.4)
