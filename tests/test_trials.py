"""The trials of `python -m tests.torture` notice what they look for; they themselves run apart from the suite."""

from __future__ import annotations

import base64
import random
from pathlib import Path

import pytest

from tests.torture.__main__ import main
from tests.torture.mutations import MUTATIONS, mutated
from tests.torture.traces import betrayed, pieces, times

BEGAN, ENDED = 1_795_700_000.0, 1_795_700_200.0
MOMENT = 1_795_700_100


@pytest.mark.parametrize(
    "data",
    [
        b'{"at":1795700100}',
        b'{"at":1795700100.25}',
        b'{"at":"1795700100250"}',
        b"at 14:07",
        b"2026-11-26T14",
        b"20261126T1407",
        MOMENT.to_bytes(4, "big"),
        b"xx" + MOMENT.to_bytes(4, "little"),
        b"x" + MOMENT.to_bytes(8, "big") + b"x",
        (MOMENT * 10**9).to_bytes(8, "little"),
        b'{"1":{"box":"' + base64.b64encode(b"x" + MOMENT.to_bytes(8, "big") + b"xxx") + b'"}}',
    ],
)
def test_a_time_is_found_as_digits_text_and_binary(data: bytes) -> None:
    assert list(times(data, BEGAN, ENDED))


@pytest.mark.parametrize("data", [b'{"n":17957}', b"2026-11-26", b"sprint 12: 3.4", b"179570010", b"", bytes(40)])
def test_dates_and_numbers_are_no_times(data: bytes) -> None:
    assert list(times(data, BEGAN, ENDED)) == []


def test_a_part_of_a_secret_is_found_wherever_it_begins(tmp_path: Path) -> None:
    secret = random.Random(1).randbytes(100)
    (tmp_path / "safe").write_bytes(random.Random(2).randbytes(1000))
    assert betrayed(tmp_path, pieces([secret])) == []
    (tmp_path / "leak").write_bytes(b"abc" + secret[7:40])
    (tmp_path / "text").write_text(f"x{secret[:24].hex()}")
    assert sorted(betrayed(tmp_path, pieces([secret]))) == ["leak", "text"]


def test_mutations_are_the_same_for_the_same_chance_and_all_change_something() -> None:
    valid = b'{"meta":{"1":{"schema":1}},"things":{"1":{"n":5,"text":"x"}}}'
    assert mutated(valid, random.Random(1)) == mutated(valid, random.Random(1))
    for mutation in MUTATIONS:
        assert any(mutation(valid, random.Random(number)) != valid for number in range(20))


def test_a_small_run_prints_a_line_for_each_trial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["kills", "order", "--scale", "0.01"]) == 0
    kills, order = capsys.readouterr().out.splitlines()
    assert kills.startswith("kills: passed: ")
    assert order.startswith("order: passed: ")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(SystemExit):
        main(["nothing"])
