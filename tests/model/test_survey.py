from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from tests.model.mistakes import a_mistake
from tuiretro.model.survey import LABELS, Language, Question, Survey, SurveyItem


def test_a_headline_asks_for_the_whole_mistake() -> None:
    mistake = a_mistake("data-cleaning")

    assert mistake.question == Question(
        "data-cleaning", "Short", "In this sprint ...", "data", 3, mistake="data-cleaning"
    )
    assert mistake.question.is_headline


def test_a_deep_dive_asks_for_every_facet_in_order() -> None:
    dive = a_mistake("data-cleaning").deep_dive

    assert [question.id for question in dive] == [f"data-cleaning.{facet}" for facet in ("dark", "valid", "labels")]
    assert {(question.theme, question.mistake) for question in dive} == {("data", "data-cleaning")}
    assert [question.facet for question in dive] == ["dark", "valid", "labels"]
    assert [question.version for question in dive] == [1, 2, 1]
    assert not any(question.is_headline for question in dive)


def test_a_facet_is_called_by_its_title_and_an_item_by_its_label() -> None:
    survey = Survey(
        "ours", "Ours", "Hello.", items=(SurveyItem("one", "First", "1."), SurveyItem("two", "Second", "2."))
    )

    assert a_mistake().side_title("valid") == "Validation"
    assert survey.side_title("two") == "Second"


def test_plays_name_the_side_of_a_question() -> None:
    survey = Survey("ours", "Ours", "Hello.", items=(SurveyItem("one", "First", "1."),))

    assert a_mistake("data-cleaning").sides == {f"data-cleaning.{f}": f for f in ("dark", "valid", "labels")}
    assert survey.sides == {"ours.one": "one"}
    assert list(survey.sides) == [question.id for question in survey.questions]


def test_a_question_of_another_version_or_language_has_another_wording() -> None:
    question = Question("a", "A", "In this sprint ...", "own")

    assert question.wording == ("a", 1, "en")
    assert len({q.wording for q in (question, replace(question, version=2), replace(question, language="es"))}) == 3
    assert replace(question, text="In this sprint, ...").wording == question.wording


def test_a_language_has_a_word_for_every_key() -> None:
    own = Language("es", "Español", "Spanish", reviewed=False, scale=tuple("12345"), unsure="0")

    assert own.labels == tuple("012345")
    assert Language("fr", "Français", "French", reviewed=True).labels == LABELS
    assert len(set(LABELS)) == 6
    assert LABELS[0].startswith("can't say")


def test_an_item_of_a_survey_is_no_headline() -> None:
    item = SurveyItem(
        "bad-news", "Bad news", "In this sprint ...", "safety", core=True, mistakes=("culture",), version=2
    )
    other = SurveyItem("help", "Help", "In this sprint ...")
    survey = Survey("safety", "Safety", "Hello.", items=(item, other))

    asked = Question("safety.bad-news", "Bad news", "In this sprint ...", "safety", 2)
    assert survey.question(item) == asked
    assert survey.questions == (asked, Question("safety.help", "Help", "In this sprint ...", "own"))
    assert survey.core == (asked,)
    assert not asked.is_headline


@pytest.mark.parametrize("kind", [type(a_mistake()), Survey, SurveyItem])
def test_a_survey_file_with_an_unknown_key_does_not_decode(kind: type) -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.convert({"colour": "red"}, kind)
