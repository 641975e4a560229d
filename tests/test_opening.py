from __future__ import annotations

import pytest

from tuiretro.opening import LOOKS_ONLY, silence


def test_what_only_changes_the_look_stays_and_nobody_is_told_anything() -> None:
    before = {"HOME": "x", "TERM": "xterm", "TEXTUALLY": "1", **dict.fromkeys(LOOKS_ONLY, "1")}
    environment = dict(before)

    assert silence(environment) == ""
    assert environment == before


@pytest.mark.parametrize(
    "name",
    ["TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_DEBUG", "TEXTUAL_SCREENSHOT", "TEXTUAL_DRIVER", "TEXTUAL_PRESS", "TEXTUAL_NEW"],
)
def test_what_could_keep_or_send_what_people_type_is_taken_out_and_named(name: str) -> None:
    environment = {"HOME": "x", name: "1"}

    assert silence(environment).startswith(f"{name} is ignored: ")
    assert environment == {"HOME": "x"}


def test_what_was_set_to_nothing_is_taken_out_in_silence() -> None:
    environment = {"TEXTUAL_LOG": ""}

    assert silence(environment) == ""
    assert environment == {}


def test_a_name_that_steers_a_terminal_does_not() -> None:
    assert "\x1b" not in silence({"TEXTUAL_\x1b[2J": "1"})
