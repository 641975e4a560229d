"""No play asks anybody to step out of the crowd: to own up, to explain a score, or to say who said what."""

from __future__ import annotations

import re

import pytest

from tests.surveys.shelf import library, plays

OUTING = re.compile(
    r"""
      explain\w*\ (your|their|his|her|the|a|each|every)\ (own\ )?(\w+\ )?(score|answer|rating|vote)s?
    | (why|how)\ (did\ )?(you|they|he|she|each\ person|everyone)\ (gave|give|answer|scored?|voted?|rated?)
    | (?<!without\ )who\ (gave|scored|answered|voted|rated|said|complained)
    | whose\ (answer|score|vote|note|fault|mistake)
    | \badmit(s|ted|ting)?\b | \bconfess\w* | \bowns?\ up\b | come\ clean
    | (raise|put\ up|show)\ (your|their|of|a)?\ ?hands?\b | hands?\ up\ if | stand\ up\ if
    | (name|call|single|point)(s|ed|ing)?\ (and\ shame|out\ (the|those|whoever|anyone|people))
    | \b(culprit|guilty|to\ blame|blame\ on|shame)\b
    | (each|every)\ (person|member|one\ in\ turn)\ (must|has\ to|tells|shares|says|reads\ out)
    | (go|going|speak|speaking)\ (a)?round\ the\ (table|room|circle) | in\ turn,?\ (each|every)
    | least\ safe | feels?\ (un)?safe\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def test_no_play_asks_people_to_out_themselves() -> None:
    odd = [
        f"{placed.place}: {key} has '{found[0]}', which asks people to step out of the crowd"
        for placed in plays()
        for key, text in {"title": placed.play.title, **placed.sentences}.items()
        if (found := OUTING.search(text))
    ]
    assert odd == []


@pytest.mark.parametrize(
    "text",
    [
        "Ask each person to explain your score.",
        "Everybody explains the lowest answer.",
        "Find out who gave the 2.",
        "Let people admit what they broke.",
        "Raise your hand if you feel lost.",
        "Hands up if you skipped a test.",
        "Name and shame the sprint's worst bug.",
        "Call out those who were late.",
        "Ask why they voted low.",
        "Then everyone owns up to one mistake.",
        "Every member shares a fear.",
        "Go round the table.",
        "Whose fault was it?",
        "Find the person who feels least safe.",
    ],
)
def test_a_play_that_would_out_somebody_is_found(text: str) -> None:
    assert OUTING.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "The notes say what was said, without who said it.",
        "A page lists who can open raw data.",
        "They explain the model's result to one user.",
        "The handover page names an owner.",
    ],
)
def test_plain_words_about_work_pass(text: str) -> None:
    assert not OUTING.search(text)


def test_those_with_the_most_say_take_the_first_step_of_every_safety_play() -> None:
    odd = [
        f"safety.toml [{play.id}]: first_step names neither the lead nor the facilitator"
        for play in library().survey("safety").plays
        if not re.match(r".*\b[Tt]he (lead|facilitator)\b", play.first_step)
    ]
    assert odd == []
