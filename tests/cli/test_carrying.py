"""Invitations that go out, and envelopes that come back."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from textwrap import fill, wrap

import pytest
from click.testing import Result

from tests.cli.conftest import Run, items, on_a_terminal, sheet
from tests.cli.remote import OPEN, asked, changed, five_people, invitation, posted, sealed, slips
from tuiretro.core.envelope import block, envelopes
from tuiretro.core.invitation import digest
from tuiretro.model.envelope import Envelope
from tuiretro.store import ballot

Kept = Callable[[], str]
TAKEN = "4 envelopes taken, shuffled among the boxes."


@pytest.fixture
def file(ok: Run, tmp_path: Path) -> Path:
    """The invitation to an open round without codes, which anybody here can close."""
    five_people(ok)
    ok(*OPEN, "--invite", str(tmp_path / "in.json"), "--one-person")
    return tmp_path / "in.json"


@pytest.fixture
def coded(ok: Run, tmp_path: Path) -> tuple[Path, list[str]]:
    """The invitation to a round with codes, and the codes."""
    five_people(ok)
    ok(*OPEN, "--invite", str(tmp_path / "in.json"), "--one-person", "--codes", str(tmp_path / "slips.md"))
    return tmp_path / "in.json", slips(tmp_path / "slips.md")


@pytest.fixture
def post(tmp_path: Path) -> Path:
    """The folder into which envelopes come."""
    return tmp_path / "post"


def refusals(result: Result) -> list[str]:
    """What was refused, without the names."""
    return [line.removeprefix("Refused: ") for line in result.stderr.splitlines() if line.startswith("Refused: ")]


def test_an_invitation_goes_to_a_file_or_to_stdout_and_is_each_time_the_same(ok: Run, file: Path) -> None:
    printed = ok("round", "invite", "-", "--one-person")
    assert printed.stdout == file.read_text(encoding="utf-8")
    again = file.with_name("again.json")
    words = re.search(r"Its check words are: ((?:[a-z-]+ ?){6})\.", printed.stderr)
    assert words is not None
    assert words[1] in ok("round", "invite", str(again), "--one-person").stderr
    assert again.read_bytes() == file.read_bytes()


def test_an_invitation_without_a_closing_code_has_to_be_meant(ok: Run, run: Run, tmp_path: Path, kept: Kept) -> None:
    five_people(ok)
    ok(*OPEN)
    before = kept()
    refused = run("round", "invite", str(tmp_path / "in.json"))
    assert refused.exit_code == 5
    assert "in this round whoever holds the files can open it" in refused.stderr
    assert "Try: --one-person, if the team knows and agrees" in refused.stderr
    assert kept() == before


def test_an_invitation_overwrites_nothing_and_needs_a_round(run: Run, ok: Run, file: Path, kept: Kept) -> None:
    before = kept()
    assert run("round", "invite", str(file), "--one-person").exit_code == 3
    assert kept() == before
    ok("round", "abandon", "--yes")
    for words in (("invite", "new.json"), ("collect", str(file.parent))):
        refused = run("round", *words)
        assert refused.exit_code == 4
        assert "Try: tuiretro round open" in refused.stderr


def test_an_invitation_names_no_team_and_no_place(file: Path, place: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "Atlas" not in text
    assert str(place) not in text


def test_fewer_than_k_are_not_taken_and_nothing_changes(ok: Run, run: Run, file: Path, post: Path, kept: Kept) -> None:
    for _ in range(3):
        posted(ok, file, post, [""])
        before = kept()
        refused = run("round", "collect", str(post))
        assert refused.exit_code == 5
        assert "envelopes are taken 4 or more at a time, and here are fewer" in refused.stderr
        assert kept() == before
    posted(ok, file, post, [""])
    assert TAKEN in ok("round", "collect", "--yes", str(post)).stderr
    assert len(list(post.iterdir())) == 4, "the files stay where they are"


def test_what_was_taken_is_released_like_every_other_sheet(ok: Run, file: Path, post: Path, place: Path) -> None:
    posted(ok, file, post, [""] * 4)
    ok("round", "collect", "--yes", str(post))
    ok("answer", "--from", "-", stdin=sheet(items(ok), 5))
    assert "5 of 5 answered" in ok("round", "close").stderr
    code, screen = on_a_terminal(place, ["results", "--comments"], b"", b"-")
    assert code == 0
    assert all(f"comment {number}".encode() in screen for number in range(4))


def test_a_batch_that_locks_others_out_has_to_be_meant(
    ok: Run, run: Run, file: Path, post: Path, place: Path, kept: Kept
) -> None:
    posted(ok, file, post, [""] * 4)
    before = kept()
    refused = run("round", "collect", str(post))
    assert refused.exit_code == 2
    assert "After this batch at most one person could still send an envelope" in refused.stderr
    assert "Say --yes to take these now" in refused.stderr
    code, screen = on_a_terminal(place, ["round", "collect", str(post)], b"n\n", b"Take these now? [y/n]")
    assert code == 5
    assert b"Nothing was taken; nothing was changed." in screen
    assert kept() == before
    code, screen = on_a_terminal(place, ["round", "collect", str(post)], b"y\n", b"Take these now? [y/n]")
    assert code == 0
    assert TAKEN.encode() in screen
    (post / "late.txt").write_text(sealed(ok, file))
    late = run("round", "collect", str(post))
    assert late.exit_code == 5
    assert "waiting for more is no use" in late.stderr


def test_an_answer_to_a_doctored_invitation_is_refused_and_the_rest_is_taken(ok: Run, file: Path, post: Path) -> None:
    posted(ok, file, post, [""] * 4)
    questions = json.loads(file.read_text(encoding="utf-8"))["invitation"]["round"]["questions"]
    questions[0]["text"] = "In this sprint the team never talked openly about its hardest problems."
    (post / "turned.txt").write_text(sealed(ok, changed(file, questions=questions)))
    (post / "lower.txt").write_text(sealed(ok, changed(file, minimum=2)))
    result = ok("round", "collect", "--yes", str(post))
    assert TAKEN in result.stderr
    assert [line.split(":")[0] for line in refusals(result)] == [
        "lower.txt answers an invitation that was changed",
        "turned.txt answers an invitation that was changed",
    ]


def test_no_name_of_a_file_or_folder_is_kept(ok: Run, file: Path, tmp_path: Path, place: Path) -> None:
    post = tmp_path / "from-the-team"
    for number, path in enumerate(posted(ok, file, post, [""] * 4)):
        path.rename(post / f"envelope of Mina {number}.txt")
    ok("round", "collect", "--yes", str(post))
    stored = b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file())
    assert b"Mina" not in stored
    assert b"from-the-team" not in stored
    assert len({path.lstat().st_mtime for path in place.rglob("rounds/*/*") if path.suffix != ".lock"}) == 1


def mixed_up(text: str) -> str:
    """An envelope in which one sign is another."""
    at = len(text) // 2
    while text[at] in "\n=":
        at += 1
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


def test_each_envelope_is_judged_by_itself_and_the_rest_is_taken(
    ok: Run, run: Run, coded: tuple[Path, list[str]], post: Path, kept: Kept
) -> None:
    file, codes = coded
    good = posted(ok, file, post, codes[1:4])
    # Of known code: one that a copy shares with the envelope of the same code could be refused for either.
    one = sealed(ok, file, code=codes[0])
    (post / "good.txt").write_text(one)
    other = changed(file, id="0123456789abcdef")
    codeless = changed(file, asks_code=False)
    bad = {
        "a copy.txt": (one, "is a copy of another one of this batch"),
        "b altered.txt": (mixed_up(one), "was changed on the way, or made with another invitation"),
        "c head.txt": (one[:900], "is cut: its beginning or its end is missing"),
        "d none.txt": ("Dear Jo, I will answer tomorrow.", "holds no envelope"),
        "e empty.txt": ("", "holds no envelope"),
        "f other round.txt": (
            sealed(ok, other, code=codes[4]),
            "is for another round: an earlier one, or another team",
        ),
        "g codeless.txt": (sealed(ok, codeless), "answers an invitation that was changed"),
        "h spent.txt": (
            sealed(ok, file, code="0000-0000-0000-0000-0"),
            "has a code that is used up, or was never given out",
        ),
        "i same code.txt": (sealed(ok, file, code=codes[3]), "has a code that is used up, or was never given out"),
        "j large.txt": (f"{'x' * 2**20}\n{one}", "is larger than 256 KB, so it was not looked through"),
    }
    codeless.unlink()
    for name, (text, _) in bad.items():
        (post / name).write_text(text)
    (post / ".hidden").write_text(one)
    (post / "link").symlink_to(good[1])
    (post / "folder").mkdir()
    os.mkfifo(post / "pipe")
    result = ok("round", "collect", "--yes", str(post))
    assert TAKEN in result.stderr
    said = refusals(result)
    # Of two copies, and of two with one code, chance decides which one is kept.
    for name, (_, why) in bad.items():
        assert any(line.startswith(name) or name[0] in "ai" for line in said if why in line), (name, said)
    assert len(said) == len(bad)
    assert not [line for line in said if line.startswith((".hidden", "link", "folder", "pipe"))]

    before = kept()
    again = run("round", "collect", str(post))
    assert again.exit_code == 5
    assert "Nothing was taken: envelopes are taken 4 or more at a time" in again.stderr
    assert sum("was collected before" in line for line in refusals(again)) >= 4
    assert kept() == before


def test_a_code_that_was_used_at_the_keyboard_is_spent_for_an_envelope(
    ok: Run, run: Run, coded: tuple[Path, list[str]], post: Path
) -> None:
    file, codes = coded
    posted(ok, file, post, codes[:4])
    ok("answer", "--from", "-", stdin=sheet(items(ok)), TUIRETRO_CODE=codes[0])
    refused = run("round", "collect", str(post))
    assert refusals(refused) == [], "whose code is used up is not told by so few"
    assert "envelopes are taken 4 or more at a time" in refused.stderr
    posted(ok, file, post, codes[4:])
    refused = ok("round", "collect", "--yes", str(post))
    assert [why for why in refusals(refused) if "has a code that is used up" in why]


CHATS: dict[str, Callable[[str], str]] = {
    "text around": lambda text: f"Hi,\nhere is mine:\n\n{text}\n-- \nJo",
    "quoted": lambda text: "".join(f"> {line}\n" for line in text.splitlines()),
    "quoted twice": lambda text: "".join(f"> > {line}\n" for line in text.splitlines()),
    "wrapped anew": lambda text: fill(text, 50),
    "wrapped in the middle of its last line": lambda text: fill(text, 72),
    "wrapped and quoted": lambda text: "".join(f"> {line}\n" for line in wrap(text, 60)),
    "wrapped very narrowly and quoted": lambda text: "".join(f"> {line}\n" for line in wrap(text, 20)),
    "in one line": lambda text: text.replace("\n", " "),
    "long dashes": lambda text: text.replace("-----", "\u2014\u2013").replace("--", "\u2014"),
    "no dashes": lambda text: text.replace("-----", ""),
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "blanks": lambda text: text.replace("\n", "\u00a0 \n\n"),
    "a mark first": lambda text: f"\ufeff{text}",
}


@pytest.mark.parametrize("way", CHATS)
def test_what_a_chat_made_of_envelopes_is_understood(ok: Run, file: Path, way: str) -> None:
    pasted = "\n\n".join(CHATS[way](sealed(ok, file, value)) for value in (1, 2, 3, 4))
    assert TAKEN in ok("round", "collect", "--yes", "-", stdin=pasted).stderr


def test_of_what_was_pasted_each_refused_one_is_named_by_its_number(ok: Run, file: Path) -> None:
    good = [sealed(ok, file, value) for value in (1, 2, 3, 4)]
    pasted = "\n".join([good[0], mixed_up(good[0]), *good[1:], good[0][:500]])
    result = ok("round", "collect", "--yes", "-", stdin=pasted)
    assert TAKEN in result.stderr
    assert refusals(result) == [
        "what was pasted, number 2 was changed on the way, or made with another invitation.",
        "what was pasted, number 6 is cut: its beginning or its end is missing.",
    ]


@pytest.mark.parametrize("pasted", [b"", b"hello", b"\xff\xfe\x00", b"-----BEGIN TUIRETRO ENVELOPE-----", b"\x00" * 9])
@pytest.mark.usefixtures("file")
def test_a_paste_without_an_envelope_takes_nothing(run: Run, kept: Kept, pasted: bytes) -> None:
    before = kept()
    refused = run("round", "collect", "-", stdin=pasted)
    assert refused.exit_code == 5
    assert len(refusals(refused)) == 1
    assert kept() == before


@pytest.mark.usefixtures("file")
def test_a_paste_without_measure_is_refused(run: Run, kept: Kept) -> None:
    before = kept()
    refused = run("round", "collect", "-", stdin=b"x" * (8 * 2**20 + 1))
    assert refused.exit_code == 3
    assert "More than 8 MB were pasted. Nothing was taken." in refused.stderr
    assert kept() == before


def test_on_a_terminal_pasting_is_explained(ok: Run, file: Path, place: Path) -> None:
    pasted = "".join(sealed(ok, file, value) for value in (1, 2, 3, 4))
    code, screen = on_a_terminal(
        place, ["round", "collect", "--yes", "-"], pasted.encode() + b"\x04", b"then type ctrl+d."
    )
    assert code == 0
    assert TAKEN.encode() in screen


def test_after_a_paste_the_question_can_still_be_answered(ok: Run, file: Path, place: Path) -> None:
    pasted = "".join(sealed(ok, file, value) for value in (1, 2, 3, 4))
    keys = pasted.encode() + b"\x04y\n"
    code, screen = on_a_terminal(place, ["round", "collect", "-"], keys, b"then type ctrl+d.")
    assert code == 0
    assert TAKEN.encode() in screen


def test_more_envelopes_than_people_are_not_taken(ok: Run, run: Run, file: Path, post: Path, kept: Kept) -> None:
    posted(ok, file, post, [""] * 6)
    before = kept()
    refused = run("round", "collect", str(post))
    assert refused.exit_code == 5
    assert "more envelopes would be collected than the round's 5 people can have sent" in refused.stderr
    assert "somebody has sent two. None was taken" in refused.stderr
    assert kept() == before


def test_more_sheets_than_people_are_told_at_closing_and_count_once_somebody_agrees(
    ok: Run, run: Run, file: Path, post: Path
) -> None:
    for value in (3, 4):
        ok("answer", "--from", "-", stdin=sheet(asked(file), value))
    posted(ok, file, post, [""] * 4)
    ok("round", "collect", "--yes", str(post))
    refused = run("round", "close")
    assert refused.exit_code == 5
    assert "There are more sheets than the round's 5 people: somebody has answered twice" in refused.stderr
    assert "Closed. Sprint 1: 6 of 5 answered" in ok("round", "close", "--as-it-is").stderr
    assert "6 of 5 answered" in ok("results").stdout
    assert ok("audit").exit_code == 0


@pytest.mark.parametrize("name", ["nowhere", "in.json"])
def test_what_is_no_folder_is_refused(run: Run, file: Path, name: str, kept: Kept) -> None:
    before = kept()
    refused = run("round", "collect", str(file.parent / name))
    assert refused.exit_code == 3
    assert "is no folder that can be read" in refused.stderr
    assert kept() == before


@pytest.mark.usefixtures("file")
def test_a_folder_with_too_many_files_is_refused(run: Run, post: Path) -> None:
    post.mkdir()
    for number in range(1001):
        (post / str(number)).touch()
    refused = run("round", "collect", str(post))
    assert refused.exit_code == 3
    assert "holds 1001 files, and 1000 are the most" in refused.stderr


@pytest.mark.usefixtures("file")
def test_a_hostile_name_of_a_file_steers_no_terminal(run: Run, post: Path) -> None:
    post.mkdir()
    (post / "a\x1b[2Jb\u202ec\nd").write_text("x")
    refused = run("round", "collect", str(post))
    assert len(refusals(refused)) == 1
    assert "\x1b" not in refused.stderr
    assert "\u202e" not in refused.stderr


def test_envelopes_of_a_round_without_an_invitation_are_refused(ok: Run, run: Run, file: Path, post: Path) -> None:
    posted(ok, file, post, [""] * 4)
    ok("round", "abandon", "--yes")
    ok(*OPEN)
    document = json.loads(ok("round", "status", "--format", "json").stdout)
    assert document["round"] is not None
    strangers = run("round", "collect", str(post))
    assert strangers.exit_code == 5
    assert all("is for another round" in line for line in refusals(strangers))
    assert len(refusals(strangers)) == 4


def test_what_came_in_an_envelope_and_is_no_sheet_can_be_left_out(
    ok: Run, run: Run, file: Path, post: Path, kept: Kept
) -> None:
    posted(ok, file, post, [""] * 4)
    found = invitation(file)
    noise = ballot.enclose(bytes(found.seal.size), "", digest(found), found.carrying_key)
    (post / "noise.txt").write_text(block(Envelope(found.round.id, noise)))
    assert "5 envelopes taken" in ok("round", "collect", "--yes", str(post)).stderr
    before = kept()
    refused = run("round", "close")
    assert refused.exit_code == 5
    assert "Try: tuiretro round close --as-it-is" in refused.stderr
    assert kept() == before
    assert "Closed. Sprint 1: nearly all answered" in ok("round", "close", "--without-unreadable").stderr


def test_all_envelopes_of_a_round_have_one_size(ok: Run, coded: tuple[Path, list[str]]) -> None:
    file, codes = coded
    codeless = changed(file, asks_code=False)
    texts = [
        sealed(ok, file, 1, "", codes[0]),
        sealed(ok, file, 5, "x" * 500, codes[1]),
        sealed(ok, file, 5, "\U0001f9ea" * 500, codes[2]),
        sealed(ok, codeless, 3, "short"),
    ]
    assert len({len(text) for text in texts}) == 1
    assert len(set(texts)) == 4
    assert all(list(envelopes(text)) for text in texts)


def test_a_printed_invitation_steers_no_terminal(ok: Run, file: Path, place: Path) -> None:
    (round_,) = place.rglob("round.json")
    round_.write_bytes(round_.read_bytes().replace(b"Psychological", "Psy\u009b2J\u202echo".encode(), 1))
    printed = ok("round", "invite", "-", "--one-person").stdout
    assert "Psy2Jcho" in printed
    assert "\u009b" not in printed
    assert "\u202e" not in printed
