from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.service.conftest import Clock, a_team
from tuiretro.core.codes import read_code, written
from tuiretro.core.envelope import block, envelopes
from tuiretro.core.invitation import decode_invitation, encode_invitation
from tuiretro.errors import BadInputError, NotNowError, WorkspaceError
from tuiretro.model.envelope import Envelope, Invitation
from tuiretro.model.round import Sheet
from tuiretro.model.team import Team
from tuiretro.service import carrying, rounds
from tuiretro.service.carrying import Source
from tuiretro.service.envelope_files import (
    MOST_FILES,
    SOURCE_BYTES,
    read_invitation,
    require_folder,
    source_of,
    sources_in,
    write_envelope,
)
from tuiretro.service.workspace import Workspace
from tuiretro.store import ballot

WORDS = rounds.closing_code()


def invited(workspace: Workspace, team: Team, *, codes: tuple[str, ...] = ()) -> Invitation:
    opened = rounds.open_round(workspace, team, "safety", guard=rounds.Guard(codes, WORDS))
    text, _ = carrying.invite(workspace, team, opened)
    return decode_invitation(text.encode())


def sheet(invitation: Invitation, value: int = 4, comment: str = "") -> Sheet:
    return Sheet({question.id: value for question in invitation.round.questions}, comment)


def sources(invitation: Invitation, many: int) -> list[Source]:
    return [Source(f"from {at}.txt", carrying.enclosed(invitation, sheet(invitation, 1 + at))) for at in range(many)]


def test_a_round_is_answered_from_other_machines(either: Workspace) -> None:
    team = a_team(either, people=5)
    codes = rounds.new_codes(team)
    invitation = invited(either, team, codes=codes)
    opened = rounds.require_round(either, team)
    sent = [
        Source(str(at), carrying.enclosed(invitation, sheet(invitation), read_code(written(code))))
        for at, code in enumerate(codes[:4])
    ]
    harvest = carrying.collect(either, team, opened, sent, is_last=True)
    assert (harvest.taken, harvest.waiting, harvest.refused) == (4, False, ())
    assert harvest.sentence == "4 envelopes taken, shuffled among the boxes."
    rounds.answer(either, team, opened, sheet(invitation), codes[4])
    assert rounds.close(either, team, closing=WORDS).answered == 5


def test_all_envelopes_of_a_round_have_one_length(workspace: Workspace, atlas: Team) -> None:
    invitation = invited(workspace, atlas)
    long = sheet(invitation, comment="😀" * 500)
    texts = [carrying.enclosed(invitation, sheet(invitation)), carrying.enclosed(invitation, long, "A" * 16)]
    assert len({len(text) for text in texts}) == 1


def test_who_can_open_envelopes_alone_is_told_before_anybody_sends_one(workspace: Workspace, atlas: Team) -> None:
    opened = rounds.open_round(workspace, atlas, "safety")
    with pytest.raises(NotNowError, match=r"carries an envelope knows who sent it.*No invitation was written\."):
        carrying.invite(workspace, atlas, opened)
    text, words = carrying.invite(workspace, atlas, opened, one_person=True)
    assert carrying.check_words(decode_invitation(text.encode())) == words


def test_another_key_has_other_check_words(workspace: Workspace, atlas: Team) -> None:
    invitation = invited(workspace, atlas)
    words = carrying.check_words(invitation)
    assert len(words.split()) == 6
    assert words == carrying.check_words(invitation)
    swapped = replace(invitation, seal=replace(invitation.seal, public_key=b"x" * 32))
    others = [
        replace(invitation, carrying_key=b"y" * 32),
        replace(invitation, round=replace(invitation.round, people=9)),
    ]
    assert words not in {carrying.check_words(other) for other in (swapped, *others)}


def test_too_few_wait_for_others(workspace: Workspace, atlas: Team) -> None:
    invitation = invited(workspace, atlas)
    opened = rounds.require_round(workspace, atlas)
    for many in (1, 2, 3):
        harvest = carrying.collect(workspace, atlas, opened, sources(invitation, many))
        assert (harvest.taken, harvest.waiting) == (0, True)
        assert harvest.sentence.startswith("Nothing was taken: envelopes are taken 4 or more at a time")
    assert workspace.store.sheets(atlas.id) == 0


def test_a_batch_after_which_no_other_can_come_is_asked_for_and_then_nobody_is_told_to_wait(
    workspace: Workspace,
) -> None:
    team = a_team(workspace, people=7)
    invitation = invited(workspace, team)
    opened = rounds.require_round(workspace, team)
    sent = sources(invitation, 4)
    held = carrying.collect(workspace, team, opened, [*sent, Source("note", "lunch")])
    assert (held.taken, held.is_held, held.refused) == (0, True, (("note", "holds no envelope"),))
    assert held.sentence.startswith("After this batch at most 3 people could still send an envelope, and fewer than 4")
    assert workspace.store.sheets(team.id) == 0
    assert carrying.collect(workspace, team, opened, sent, is_last=True).taken == 4
    later = carrying.collect(
        workspace, team, opened, [Source("late", carrying.enclosed(invitation, sheet(invitation)))]
    )
    assert "waiting for more is no use" in later.sentence
    assert "can answer at this machine" in later.sentence


def test_a_batch_that_leaves_one_person_says_so(either: Workspace) -> None:
    team = a_team(either, people=5)
    invitation = invited(either, team)
    held = carrying.collect(either, team, rounds.require_round(either, team), sources(invitation, 4))
    assert held.sentence.startswith("After this batch at most one person could")


def test_whose_code_is_used_up_is_not_told_before_a_batch_is_taken(workspace: Workspace) -> None:
    team = a_team(workspace, people=7)
    codes = rounds.new_codes(team)
    invitation = invited(workspace, team, codes=codes)
    opened = rounds.require_round(workspace, team)
    rounds.answer(workspace, team, opened, sheet(invitation), codes[4])
    sent = [Source(code, carrying.enclosed(invitation, sheet(invitation), code)) for code in codes[:5]]
    held = carrying.collect(workspace, team, opened, sent)
    assert (held.is_held, held.refused) == (True, ())
    spent = "has a code that is used up, or was never given out"
    assert carrying.collect(workspace, team, opened, sent, is_last=True).refused == ((codes[4], spent),)


def test_an_answer_to_a_changed_invitation_or_from_an_older_version_says_what_to_do(
    workspace: Workspace, atlas: Team
) -> None:
    invitation = invited(workspace, atlas)
    changed = replace(invitation, round=replace(invitation.round, minimum=2))
    old = block(
        Envelope(invitation.round.id, ballot.enclose(bytes(invitation.seal.size), "", b"", invitation.carrying_key))
    )
    sent = [Source("a", carrying.enclosed(changed, sheet(changed))), Source("b", old)]
    harvest = carrying.collect(workspace, atlas, rounds.require_round(workspace, atlas), sent)
    (_, misled), (_, older) = harvest.refused
    assert misled.startswith("answers an invitation that was changed: send that person this round's own")
    assert older.startswith("is from an older tuiretro, which does not say what it asked: update it there")


def test_nobody_learns_from_a_small_batch_whose_code_is_used_up(workspace: Workspace, atlas: Team) -> None:
    codes = rounds.new_codes(atlas)
    invitation = invited(workspace, atlas, codes=codes)
    opened = rounds.require_round(workspace, atlas)
    rounds.answer(workspace, atlas, opened, sheet(invitation), codes[0])

    def told(*wanted: str) -> carrying.Harvest:
        sent = [
            Source(f"{at}", carrying.enclosed(invitation, sheet(invitation), code)) for at, code in enumerate(wanted)
        ]
        return carrying.collect(workspace, atlas, opened, sent)

    assert told(codes[0]) == told(codes[1])
    assert told(codes[1], codes[1]) == told(codes[1], codes[2])


def test_each_refusal_has_its_reason_and_the_rest_is_taken(workspace: Workspace, atlas: Team, clock: Clock) -> None:
    old = invited(workspace, atlas)
    rounds.abandon(workspace, atlas)
    clock.to_sprint(2)
    codes = rounds.new_codes(atlas)
    invitation = invited(workspace, atlas, codes=codes)
    opened = rounds.require_round(workspace, atlas)
    good = [carrying.enclosed(invitation, sheet(invitation), code) for code in codes[:4]]
    altered = good[0][:200] + ("A" if good[0][200] != "A" else "B") + good[0][201:]
    sent = [
        *[Source(f"good {at}", text) for at, text in enumerate(good)],
        Source("altered", altered),
        Source("codeless", carrying.enclosed(invitation, sheet(invitation))),
        Source("cut", good[1][:400]),
        Source("many", good[2] + carrying.enclosed(old, sheet(old))),
        Source("never", carrying.enclosed(invitation, sheet(invitation), "Z" * 16)),
        Source("note", "lunch at noon"),
        Source("old", carrying.enclosed(old, sheet(old))),
    ]
    harvest = carrying.collect(workspace, atlas, opened, sent, is_last=True)
    assert harvest.taken == 4
    refused = dict(harvest.refused)
    copies = {name for name, why in harvest.refused if why == "is a copy of another one of this batch"}
    assert copies < {"good 2", "many, number 1"}
    assert len(copies) == 1
    assert {name: why for name, why in refused.items() if name not in copies} == {
        "altered": "was changed on the way, or made with another invitation",
        "codeless": "has no code, and this round asks for one",
        "cut": "is cut: its beginning or its end is missing",
        "many, number 2": "is for another round: an earlier one, or another team's",
        "never": "has a code that is used up, or was never given out",
        "note": "holds no envelope",
        "old": "is for another round: an earlier one, or another team's",
    }
    again = carrying.collect(workspace, atlas, opened, [Source(f"good {at}", text) for at, text in enumerate(good)])
    assert again.refused == tuple((f"good {at}", "was collected before") for at in range(4))
    assert again.sentence == "There was nothing to take. Nothing was changed."
    nothing = carrying.collect(workspace, atlas, opened, [Source("note", "lunch")])
    assert (nothing.taken, nothing.waiting, nothing.refused) == (0, False, (("note", "holds no envelope"),))


def test_a_sheet_that_does_not_fit_becomes_no_envelope(workspace: Workspace, atlas: Team) -> None:
    invitation = invited(workspace, atlas)
    with pytest.raises(BadInputError, match="no answer"):
        carrying.enclosed(invitation, Sheet({}))
    for field in ("carrying_key", "seal"):
        broken = {"carrying_key": b"x", "seal": replace(invitation.seal, public_key=b"x")}[field]
        with pytest.raises(Exception, match="damaged"):
            carrying.enclosed(replace(invitation, **{field: broken}), sheet(invitation))


def test_names_of_envelopes_are_random() -> None:
    assert carrying.envelope_name(lambda count: bytes(range(count))) == "envelope-0001020304050607.txt"
    assert carrying.envelope_name() != carrying.envelope_name()


LARGE = "is larger than 256 KB, so it was not looked through"


def test_a_file_that_cannot_be_looked_through_is_not_said_to_hold_nothing(
    workspace: Workspace, atlas: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    invited(workspace, atlas)
    opened = rounds.require_round(workspace, atlas)
    for name in ("gone", "shut"):
        (tmp_path / name).touch()

    def refuses(path: Path, _limit: int) -> bytes:
        raise FileNotFoundError if path.name == "gone" else WorkspaceError("permission was denied")

    monkeypatch.setattr("tuiretro.service.envelope_files.read_bytes", refuses)
    harvest = carrying.collect(workspace, atlas, opened, sources_in(tmp_path))
    assert harvest.refused == (("gone", "is gone or cannot be looked at"), ("shut", "cannot be read"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_file_that_an_editor_saved_in_another_way_is_read(
    workspace: Workspace, atlas: Team, tmp_path: Path, encoding: str
) -> None:
    invitation = invited(workspace, atlas)
    text = carrying.enclosed(invitation, sheet(invitation))
    mark = "\ufeff" if encoding[-2:] in ("le", "be") else ""
    (tmp_path / "one.txt").write_bytes(f"{mark}{text}".encode(encoding))
    (source,) = sources_in(tmp_path)
    assert envelopes(source.text) == envelopes(text)


def test_the_files_of_a_folder_are_looked_through(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("two")
    (tmp_path / "a.txt").write_bytes(b"one \xff")
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "inner").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "b.txt")
    (tmp_path / "large").write_bytes(b"x" * (SOURCE_BYTES + 1))
    assert sources_in(tmp_path) == (Source("a.txt", "one \ufffd"), Source("b.txt", "two"), Source("large", "", LARGE))

    assert source_of("pasted", b"three") == Source("pasted", "three")


def test_a_folder_that_is_none_or_too_full_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"no folder that can be read \(No such file.*Nothing was taken"):
        sources_in(tmp_path / "none")
    with pytest.raises(BadInputError, match="no folder has such a name"):
        sources_in(Path("a\0b"))
    for number in range(MOST_FILES + 1):
        (tmp_path / str(number)).touch()
    with pytest.raises(BadInputError, match="holds 1001 files"):
        sources_in(tmp_path)


def test_an_invitation_is_read_from_its_file(workspace: Workspace, atlas: Team, tmp_path: Path) -> None:
    opened = rounds.open_round(workspace, atlas, "safety", guard=rounds.Guard(closing=WORDS))
    text, _ = carrying.invite(workspace, atlas, opened)
    (tmp_path / "inv.json").write_text(text)
    (tmp_path / "link.json").symlink_to(tmp_path / "inv.json")
    assert read_invitation(tmp_path / "link.json").round == opened
    small = decode_invitation(text.encode())
    small = replace(small, seal=replace(small.seal, size=small.seal.size - 1))
    (tmp_path / "small.json").write_text(encode_invitation(small))
    for path, said in (
        (tmp_path / "none.json", "no file"),
        (tmp_path, "not a regular file"),
        (tmp_path / "small.json", "boxes have another size"),
    ):
        with pytest.raises(BadInputError, match=said):
            read_invitation(path)


def test_an_envelope_is_written_under_a_random_name_for_its_owner_alone(tmp_path: Path) -> None:
    assert require_folder(tmp_path) == tmp_path
    path = write_envelope(tmp_path, "text\n")
    assert path.read_text() == "text\n"
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BadInputError, match="no folder"):
        require_folder(path)


def test_a_folder_that_takes_nothing_is_refused_before_anybody_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write anywhere, so what the system says is set here.
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(BadInputError, match="Nothing can be written into"):
        require_folder(tmp_path)
