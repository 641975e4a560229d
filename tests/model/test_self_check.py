from __future__ import annotations

from datetime import date

import msgspec
import pytest

from tuiretro.model.self_check import KeptAnswer, SelfCheck

CHECK = SelfCheck(date(2026, 11, 23), "pulse", (KeptAnswer("data-cleaning", 1, 2),))


def test_what_is_kept_is_a_day_a_survey_and_worded_answers_and_nothing_else() -> None:
    assert msgspec.json.encode(CHECK) == (
        b'{"day":"2026-11-23","survey":"pulse","answers":[{"item":"data-cleaning","version":1,"answer":2}]}'
    )


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('"answer":2', '"answer":6'),
        ('"answer":2', '"answer":0'),
        ('"answer":2', '"answer":true'),
        ('"answer":2', '"answer":"2"'),
        ('"version":1', '"version":0'),
        ("data-cleaning", "data\\u001bcleaning"),
        ("data-cleaning", "../cleaning"),
        ("data-cleaning", "a" * 101),
        ("data-cleaning", "a\\n"),
        ('"pulse"', '""'),
        ('"pulse"', '"pulse","team":"Atlas"'),
        ("2026-11-23", "2026-11-23T10:00:00"),
    ],
)
def test_nothing_else_can_be_read_from_a_file(was: str, now: str) -> None:
    text = msgspec.json.encode(CHECK).decode()
    assert was in text
    with pytest.raises(msgspec.MsgspecError):
        msgspec.json.decode(text.replace(was, now), type=SelfCheck)
