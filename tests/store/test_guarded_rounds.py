"""What every store promises of rounds that ask for codes, and of envelopes from other machines."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.store.builders import (
    CLOSING,
    CODES,
    MARKS,
    TEAM,
    a_guarded_round,
    a_round,
    a_sheet,
    a_store,
    a_team,
    keep_team,
    numbered_sheet,
    sealed_envelope,
    tally,
    tree,
)
from tuiretro.core.codes import fingerprint
from tuiretro.core.invitation import digest
from tuiretro.errors import BadInputError, NotNowError, UnreadableError, WorkspaceError
from tuiretro.model.envelope import Fate, Invitation
from tuiretro.model.release import Release
from tuiretro.model.round import Round, Sheet
from tuiretro.model.survey import Question
from tuiretro.store import ballot
from tuiretro.store.memory import MemoryStore
from tuiretro.store.padlock import Padlock
from tuiretro.store.protocol import Store

WRONG = "zoom zoom zoom zoom zoom zoom"
CODED = replace(a_round(), asks_code=True)
PEOPLE = replace(a_round(people=9))


@pytest.fixture(params=["disk", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    made: Store = a_store(tmp_path / "workspace") if request.param == "disk" else MemoryStore()
    keep_team(made, a_team())
    return made


def closed(store: Store, opened: Round, closing: str | None = None, *, without_unreadable: bool = False) -> list[Sheet]:
    """The sheets that closing gets, in a fixed order."""
    found: list[Sheet] = []

    def count(sheets: tuple[Sheet, ...]) -> tuple[Release, tuple[Question, ...]]:
        found.extend(sheets)
        return tally(sheets)

    store.close_round(TEAM, opened, count, closing, without_unreadable=without_unreadable)
    return sorted(found, key=repr)


def in_order(*sheets: Sheet) -> list[Sheet]:
    return sorted(sheets, key=repr)


def test_a_code_lets_one_sheet_in(store: Store) -> None:
    store.open_round(TEAM, CODED, MARKS)
    assert all(store.knows_code(TEAM, CODED, mark) for mark in MARKS)
    store.add_sheet(TEAM, CODED, a_sheet(1), MARKS[2])
    assert [store.knows_code(TEAM, CODED, mark) for mark in MARKS] == [True, True, False, True, True]
    with pytest.raises(NotNowError, match="used up, or it is none of this round's, so nothing was stored"):
        store.add_sheet(TEAM, CODED, a_sheet(2), MARKS[2])
    assert store.sheets(TEAM) == 1
    store.add_sheet(TEAM, CODED, a_sheet(2), MARKS[0])
    assert closed(store, CODED) == in_order(a_sheet(1), a_sheet(2))


def test_a_round_with_codes_takes_no_sheet_without_one(store: Store) -> None:
    store.open_round(TEAM, CODED, MARKS)
    with pytest.raises(NotNowError, match="asks for a one-time code, so the sheet was not stored"):
        store.add_sheet(TEAM, CODED, a_sheet())
    with pytest.raises(NotNowError, match="none of this round's"):
        store.add_sheet(TEAM, CODED, a_sheet(), fingerprint("fedcba9876543210", CODES[0]))
    assert store.sheets(TEAM) == 0


def test_a_sheet_that_does_not_fit_uses_up_no_code(store: Store) -> None:
    store.open_round(TEAM, CODED, MARKS)
    with pytest.raises(BadInputError):
        store.add_sheet(TEAM, CODED, Sheet({}), MARKS[0])
    assert store.knows_code(TEAM, CODED, MARKS[0])


def test_no_code_is_known_where_no_round_is_open(store: Store) -> None:
    assert not store.knows_code(TEAM, CODED, MARKS[0])
    store.open_round(TEAM, CODED, MARKS)
    assert not store.knows_code(TEAM, replace(CODED, id="fedcba9876543210"), MARKS[0])


def test_a_two_person_round_opens_with_its_words_alone(store: Store) -> None:
    store.open_round(TEAM, a_guarded_round(), MARKS, CLOSING)
    for mark in range(5):
        store.add_sheet(TEAM, a_guarded_round(), a_sheet(mark), MARKS[mark])
    with pytest.raises(NotNowError, match=r"six words of the closing code.*can only be abandoned"):
        closed(store, a_guarded_round())
    with pytest.raises(BadInputError, match=r"not the six words of this round.*still open and nothing was changed"):
        closed(store, a_guarded_round(), WRONG)
    assert store.sheets(TEAM) == 5
    assert store.history(TEAM).releases == ()
    assert closed(store, a_guarded_round(), CLOSING) == in_order(*map(a_sheet, range(5)))
    assert len(store.history(TEAM).releases) == 1


def test_a_two_person_round_can_be_abandoned_without_its_words(store: Store) -> None:
    store.open_round(TEAM, a_guarded_round(), MARKS, CLOSING)
    store.abandon_round(TEAM, a_guarded_round())
    assert store.round(TEAM) is None


def invited(store: Store, opened: Round = PEOPLE) -> Invitation:
    store.open_round(TEAM, opened, MARKS if opened.asks_code else (), CLOSING if opened.two_person else None)
    return store.invitation(TEAM, opened)


def sent(invitation: Invitation, *marks: int) -> list[bytes]:
    coded = invitation.round.asks_code
    return [sealed_envelope(invitation, numbered_sheet(mark), CODES[mark] if coded else "") for mark in marks]


def forged_envelope(invitation: Invitation) -> bytes:
    """One that answers the invitation and holds no sheet."""
    return ballot.enclose(os.urandom(invitation.seal.size), "", digest(invitation), invitation.carrying_key)


def test_an_invitation_is_the_same_each_time_and_holds_nothing_secret(store: Store) -> None:
    invitation = invited(store)
    assert store.invitation(TEAM, PEOPLE) == invitation
    assert invitation.round == PEOPLE
    assert len({invitation.seal.public_key, invitation.carrying_key}) == 2


def test_only_a_two_person_round_has_the_keys_of_its_invitation_from_the_first_write_on(store: Store) -> None:
    for closing, has_keys in ((CLOSING, True), (None, False)):
        opened = replace(PEOPLE, two_person=has_keys)
        store.open_round(TEAM, opened, (), closing)
        before = next(file for file in store.contents() if file.path.endswith("round.json")).tables
        assert ("carrying" in before) == has_keys
        store.invitation(TEAM, opened)
        after = next(file for file in store.contents() if file.path.endswith("round.json")).tables
        assert (after == before) == has_keys
        store.abandon_round(TEAM, opened)


def test_envelopes_are_taken_from_k_on_in_one_batch(store: Store) -> None:
    invitation = invited(store)
    few = sent(invitation, 0, 1, 2)
    collected = store.collect(TEAM, PEOPLE, few)
    assert (collected.fates, collected.needed) == (("taken",) * 3, 1)
    assert store.sheets(TEAM) == 0
    collected = store.collect(TEAM, PEOPLE, [*few, *sent(invitation, 3)])
    assert (collected.fates, collected.needed) == (("taken",) * 4, 0)
    assert store.sheets(TEAM) == 4
    # Whoever comes later comes with k others again, or not at all.
    collected = store.collect(TEAM, PEOPLE, sent(invitation, 4, 5, 6))
    assert collected.needed == 1
    assert store.sheets(TEAM) == 4
    store.add_sheet(TEAM, PEOPLE, numbered_sheet(9))
    assert closed(store, PEOPLE) == in_order(*map(numbered_sheet, (0, 1, 2, 3, 9)))


def test_each_envelope_is_taken_once_and_each_code_once(store: Store) -> None:
    opened = replace(a_guarded_round(), people=9)
    invitation = invited(store, opened)
    first = sent(invitation, 0, 1, 2, 3)
    other = sealed_envelope(invitation, numbered_sheet(7), CODES[0])
    never = sealed_envelope(invitation, numbered_sheet(7), "Z" * 16)
    without = sealed_envelope(invitation, numbered_sheet(7))
    collected = store.collect(TEAM, opened, [*first, first[1], other, never, without])
    wanted: tuple[Fate, ...] = ("taken", "taken", "taken", "taken", "twice", "spent", "spent", "codeless")
    assert collected.fates == wanted
    assert [store.knows_code(TEAM, opened, mark) for mark in MARKS] == [False] * 4 + [True]
    collected = store.collect(TEAM, opened, [*first, other])
    assert collected.fates == ("known",) * 4 + ("spent",)
    assert closed(store, opened, CLOSING) == in_order(*map(numbered_sheet, range(4)))


def test_what_was_changed_on_the_way_is_told_apart_from_the_rest(store: Store) -> None:
    invitation = invited(store)
    good = sent(invitation, 0, 1, 2, 3)
    flipped = bytearray(good[0])
    flipped[100] ^= 1
    other_key = replace(invitation, carrying_key=ballot.new_keys()[0])
    stranger = sealed_envelope(other_key, numbered_sheet(5))
    short = ballot.enclose(b"x" * 10, "", digest(invitation), invitation.carrying_key)
    no_ascii = ballot.enclose(b"", "", digest(invitation), invitation.carrying_key)
    collected = store.collect(
        TEAM, PEOPLE, [bytes(flipped), *good, good[1][:-1], b"", stranger, short, no_ascii, os.urandom(len(good[0]))]
    )
    assert collected.fates == ("altered", *("taken",) * 4, *("altered",) * 6)


def test_an_answer_to_an_invitation_that_was_changed_is_refused_and_the_rest_is_taken(store: Store) -> None:
    invitation = invited(store)
    asked = invitation.round
    turned = replace(asked.questions[0], text="In this sprint we never did it.")
    doctored = [
        replace(invitation, round=replace(asked, questions=(turned, *asked.questions[1:]))),
        replace(invitation, round=replace(asked, minimum=2)),
        replace(invitation, seal=replace(invitation.seal, public_key=ballot.new_keys()[0])),
    ]
    misled = [sealed_envelope(other, numbered_sheet(9)) for other in doctored]
    collected = store.collect(TEAM, PEOPLE, [*misled, *sent(invitation, 0, 1, 2, 3)])
    assert collected.fates == (*("misled",) * 3, *("taken",) * 4)
    assert store.collect(TEAM, PEOPLE, misled * 2).fates == ("misled",) * 6
    assert closed(store, PEOPLE) == in_order(*map(numbered_sheet, range(4)))


def test_an_envelope_of_the_older_form_is_told_to_be_one(store: Store) -> None:
    invitation = invited(store)
    box = ballot.seal(numbered_sheet(1), PEOPLE, invitation.seal.public_key, invitation.seal.size)
    older = ballot.enclose(box, "", b"", invitation.carrying_key)
    assert store.collect(TEAM, PEOPLE, [older]).fates == ("older",)


def test_a_batch_after_which_no_other_can_come_is_taken_only_if_it_is_meant(store: Store) -> None:
    opened = a_round(people=7)
    invitation = invited(store, opened)
    four = sent(invitation, 0, 1, 2, 3)
    held = store.collect(TEAM, opened, four, is_last=False)
    assert (held.needed, held.left, held.is_held) == (0, 3, True)
    assert store.sheets(TEAM) == 0
    taken = store.collect(TEAM, opened, four)
    assert (taken.left, taken.is_held) == (3, False)
    assert store.sheets(TEAM) == 4
    later = store.collect(TEAM, opened, sent(invitation, 4), is_last=False)
    assert (later.needed, later.left, later.is_held) == (3, 3, False)


@pytest.mark.parametrize(("people", "many", "left"), [(8, 4, 4), (9, 5, 4), (7, 7, 0), (4, 4, 0)])
def test_nobody_is_asked_where_all_came_or_another_batch_can(store: Store, people: int, many: int, left: int) -> None:
    opened = a_round(people=people)
    collected = store.collect(TEAM, opened, sent(invited(store, opened), *range(many)), is_last=False)
    assert (collected.left, collected.is_held) == (left, False)
    assert store.sheets(TEAM) == many


def test_what_was_collected_before_counts_for_whether_another_batch_can_come(store: Store) -> None:
    opened = a_round(people=11)
    invitation = invited(store, opened)
    assert not store.collect(TEAM, opened, sent(invitation, 0, 1, 2, 3), is_last=False).is_held
    assert store.collect(TEAM, opened, sent(invitation, 4, 5, 6, 7), is_last=False).is_held


def test_how_many_are_left_does_not_tell_whose_code_is_used_up(store: Store) -> None:
    """A batch is held, or not, whether or not one of its codes was used at the keyboard."""

    def seen(*used: int) -> tuple[int, bool]:
        opened = replace(a_guarded_round(), people=7)
        invitation = invited(store, opened)
        for number in used:
            store.add_sheet(TEAM, opened, numbered_sheet(9), MARKS[number])
        again = sealed_envelope(invitation, numbered_sheet(8), CODES[4])
        held = store.collect(TEAM, opened, [*sent(invitation, 0, 1, 2, 3, 4), again], is_last=False)
        store.abandon_round(TEAM, opened)
        return held.left, held.is_held

    assert seen() == seen(4) == (2, True)


def test_more_envelopes_than_people_are_left_for_somebody_to_sort_out(store: Store) -> None:
    opened = a_round(people=9)
    invitation = invited(store, opened)
    with pytest.raises(NotNowError, match=r"more envelopes would be collected than the round's 9 people can have sent"):
        store.collect(TEAM, opened, sent(invitation, *range(10)))
    assert store.sheets(TEAM) == 0
    assert store.collect(TEAM, opened, sent(invitation, *range(5))).needed == 0
    with pytest.raises(NotNowError, match="more envelopes would be collected"):
        store.collect(TEAM, opened, sent(invitation, *range(10, 15)))
    assert store.collect(TEAM, opened, sent(invitation, *range(10, 14))).needed == 0
    assert store.sheets(TEAM) == 9


def test_more_sheets_than_people_are_told_at_closing_and_counted_once_somebody_agrees(store: Store) -> None:
    opened = a_round()
    invitation = invited(store, opened)
    for number in range(2):
        store.add_sheet(TEAM, opened, numbered_sheet(number))
    assert store.collect(TEAM, opened, sent(invitation, 2, 3, 4, 5)).needed == 0
    with pytest.raises(UnreadableError, match=r"^There are more sheets than the round's 5 people: .* closed as it is"):
        closed(store, opened)
    assert closed(store, opened, without_unreadable=True) == in_order(*map(numbered_sheet, range(6)))


def test_as_many_sheets_as_people_are_handed_in_here_and_envelopes_have_places_of_their_own(store: Store) -> None:
    opened = a_round()
    assert store.make_ready(TEAM)
    invitation = invited(store, opened)
    assert store.collect(TEAM, opened, sent(invitation, *range(5))).needed == 0
    for number in range(5):
        assert store.make_ready(TEAM)
        store.add_sheet(TEAM, opened, numbered_sheet(number))
    assert not store.make_ready(TEAM)
    with pytest.raises(NotNowError, match="All 5 people"):
        store.add_sheet(TEAM, opened, numbered_sheet(8))


def test_nothing_is_collected_without_an_invitation_or_a_round(store: Store) -> None:
    with pytest.raises(NotNowError, match="closed or abandoned"):
        store.collect(TEAM, PEOPLE, [b"x"])
    with pytest.raises(NotNowError, match="closed or abandoned"):
        store.invitation(TEAM, PEOPLE)
    store.open_round(TEAM, PEOPLE)
    with pytest.raises(NotNowError, match="No invitation was written for this round"):
        store.collect(TEAM, PEOPLE, [b"x"])


@pytest.mark.parametrize("many", [1, 2])
def test_an_envelope_without_a_sheet_does_not_cost_the_round(store: Store, many: int) -> None:
    invitation = invited(store)
    forged = [forged_envelope(invitation) for _ in range(many)]
    assert store.collect(TEAM, PEOPLE, [*sent(invitation, 0, 1, 2, 3), *forged]).needed == 0
    said = (
        "One of the collected envelopes holds no sheet" if many == 1 else "2 of the collected envelopes hold no sheet"
    )
    with pytest.raises(NotNowError, match=f"{said}.*still open"):
        closed(store, PEOPLE)
    assert store.sheets(TEAM) == 4 + many
    assert closed(store, PEOPLE, without_unreadable=True) == in_order(*map(numbered_sheet, range(4)))


def test_where_no_box_opens_it_is_the_key_and_nothing_is_left_out(tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    store = a_store(place)
    keep_team(store, a_team())
    store.open_round(TEAM, PEOPLE)
    store.add_sheet(TEAM, PEOPLE, numbered_sheet(1))
    (place / TEAM / "rounds" / PEOPLE.id / "key").write_bytes(ballot.new_keys()[1])
    with pytest.raises(WorkspaceError, match="box of the round cannot be opened"):
        closed(store, PEOPLE, without_unreadable=True)
    assert store.sheets(TEAM) == 1


def flipped(file: Path, at: int) -> None:
    """Changes a letter in the middle of one box of a round's file; a letter of base64 stays one."""
    tables = json.loads(file.read_bytes())
    document = list(tables["boxes"].values())[at]
    middle = len(document["box"]) // 2
    letter = "A" if document["box"][middle] != "A" else "B"
    document["box"] = document["box"][:middle] + letter + document["box"][middle + 1 :]
    file.write_text(json.dumps(tables))


@pytest.mark.parametrize("closing", [None, CLOSING])
def test_damaged_boxes_are_left_out_once_somebody_was_told_that_they_are_lost(
    tmp_path: Path, closing: str | None
) -> None:
    place = tmp_path / "workspace"
    store = a_store(place)
    keep_team(store, a_team())
    opened = replace(PEOPLE, two_person=closing is not None)
    store.open_round(TEAM, opened, (), closing)
    for number in range(6):
        store.add_sheet(TEAM, opened, numbered_sheet(number))
    file = place / TEAM / "rounds" / PEOPLE.id / "round.json"
    flipped(file, 0)
    with pytest.raises(UnreadableError, match=r"^One sealed sheet is damaged.*what that person answered is lost\. The"):
        closed(store, opened, closing)
    tables = json.loads(file.read_bytes())
    list(tables["boxes"].values())[1]["box"] = "!"
    file.write_text(json.dumps(tables))
    with pytest.raises(UnreadableError, match="2 sealed sheets are damaged"):
        closed(store, opened, closing)
    assert len(closed(store, opened, closing, without_unreadable=True)) == 4
    assert store.round(TEAM) is None


def test_a_damaged_box_stays_where_too_few_are_left(tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    store = a_store(place)
    keep_team(store, a_team())
    store.open_round(TEAM, PEOPLE)
    for number in range(2):
        store.add_sheet(TEAM, PEOPLE, numbered_sheet(number))
    file = place / TEAM / "rounds" / PEOPLE.id / "round.json"
    flipped(file, 0)
    before = tree(place)

    def too_few(sheets: tuple[Sheet, ...]) -> tuple[Release, tuple[Question, ...]]:
        raise NotNowError(f"Only {len(sheets)}.")

    with pytest.raises(NotNowError, match="Only 1"):
        store.close_round(TEAM, PEOPLE, too_few, without_unreadable=True)
    assert tree(place) == before


def test_neither_code_nor_closing_code_is_in_any_file(tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    store = a_store(place)
    keep_team(store, a_team())
    opened = a_guarded_round()
    invitation = invited(store, opened)
    store.add_sheet(TEAM, opened, numbered_sheet(4), MARKS[4])
    store.collect(TEAM, opened, sent(invitation, 0, 1, 2, 3))
    held = b"".join(tree(place).values()).lower()
    assert not any(code.lower().encode() in held for code in CODES)
    assert not any(word.encode() in held for word in CLOSING.split())


def test_where_an_envelope_lies_says_nothing_of_when_it_came(tmp_path: Path) -> None:
    """A box of a batch is first in the file as often as any other."""
    store = a_store(tmp_path / "workspace")
    keep_team(store, a_team())
    firsts = [0, 0, 0, 0]
    for _ in range(120):
        invitation = invited(store)
        envelopes = sent(invitation, 0, 1, 2, 3)
        store.collect(TEAM, PEOPLE, envelopes)
        file = next(file for file in store.contents() if file.path.endswith("round.json"))
        boxes = [document["box"] for document in file.tables["boxes"]]
        key = store._place / TEAM / "rounds" / PEOPLE.id / "key"
        sheets = [ballot.open_kept(_decoded(box), key.read_bytes(), PEOPLE, invitation.seal.size) for box in boxes]
        assert sheets[0] is not None
        firsts[[numbered_sheet(at) for at in range(4)].index(sheets[0])] += 1
        store.abandon_round(TEAM, PEOPLE)
    # Four standard deviations of 120 draws with a chance of one in four.
    assert all(abs(count - 30) <= 19 for count in firsts)


def _decoded(box: object) -> bytes:
    return b64decode(str(box))


def test_a_box_cannot_be_told_to_be_the_one_of_an_envelope(tmp_path: Path) -> None:
    """Whoever has the envelopes and their key, but not the closing code, cannot find their boxes among the others."""
    place = tmp_path / "workspace"
    store = a_store(place)
    keep_team(store, a_team())
    opened = replace(a_round(people=9), two_person=True)
    invitation = invited(store, opened)
    envelopes = sent(invitation, 0, 1, 2, 3)
    store.add_sheet(TEAM, opened, numbered_sheet(9))
    store.collect(TEAM, opened, envelopes)
    file = next(file for file in store.contents() if file.path.endswith("round.json"))
    carrying = _decoded(file.tables["carrying"][0]["private_key"])
    insides = [ballot.disclose(envelope, carrying, invitation.seal.size) for envelope in envelopes]
    held = b"".join(tree(place).values())
    for inside in insides:
        assert inside is not None
        assert inside.box not in held
        assert b64encode(inside.box)[4:-4] not in held
    boxes = [_decoded(document["box"]) for document in file.tables["boxes"]]
    assert len(boxes) == 5
    assert {len(box) for box in boxes} == {ballot.kept_size(invitation.seal.size)}


@pytest.mark.parametrize("kind", ["junk", "sheets"])
def test_nobody_can_count_the_sheets_of_an_open_round_with_envelopes_of_their_own(store: Store, kind: str) -> None:
    """Whatever sequence of batches somebody tries, all that they see depends on the batches alone."""

    def envelopes(invitation: Invitation, many: int) -> list[bytes]:
        if kind == "sheets":
            return sent(invitation, *range(100, 100 + many))
        return [forged_envelope(invitation) for _ in range(many)]

    def seen(held: int, batches: tuple[int, ...]) -> list[object]:
        opened = a_round(people=9)
        invitation = invited(store, opened)
        for number in range(held):
            store.add_sheet(TEAM, opened, numbered_sheet(number))
        found: list[object] = []
        for many in batches:
            try:
                found.append(store.collect(TEAM, opened, envelopes(invitation, many)))
            except NotNowError as error:
                found.append(error.message)
            found.append(store.make_ready(TEAM))
        store.abandon_round(TEAM, opened)
        return found

    for batches in ((9,), (8, 9), (5, 4), (4, 4, 4), (3, 6, 10, 5), (10, 9, 8, 7, 6, 5, 4), (4, 5, 6, 7, 8, 9)):
        first, *others = (seen(held, batches) for held in (0, 1, 3, 4, 6, 8))
        assert all(other == first for other in others), batches


def test_a_place_that_was_taken_by_what_is_no_sheet_is_free_again(store: Store) -> None:
    opened = replace(a_round(people=8))
    invitation = invited(store, opened)
    forged = [forged_envelope(invitation) for _ in range(5)]
    assert store.collect(TEAM, opened, [*sent(invitation, 0, 1, 2), *forged]).needed == 0

    def too_few(sheets: tuple[Sheet, ...]) -> tuple[Release, tuple[Question, ...]]:
        raise NotNowError(f"Only {len(sheets)}.")

    with pytest.raises(NotNowError, match="Only 3"):
        store.close_round(TEAM, opened, too_few, without_unreadable=True)
    assert store.sheets(TEAM) == 3
    store.add_sheet(TEAM, opened, numbered_sheet(9))
    assert closed(store, opened) == in_order(*map(numbered_sheet, (0, 1, 2, 9)))


def test_a_box_of_a_version_that_sealed_it_otherwise_still_opens() -> None:
    public, private = ballot.new_keys()
    size = ballot.box_size(a_round())
    old = ballot.seal(a_sheet(2, "Hm"), a_round(), public, size)
    assert ballot.open_kept(old, private, a_round(), size) == a_sheet(2, "Hm")


def test_a_kept_box_that_was_changed_is_damage_and_not_an_empty_envelope() -> None:
    public, private = ballot.new_keys()
    size = ballot.box_size(a_round())
    for box in (ballot.kept(a_sheet(), a_round(), Padlock(public), size), ballot.resealed(bytes(size), public)):
        flipped = bytearray(box)
        flipped[50] ^= 1
        for broken in (bytes(flipped), box[:-1], b""):
            with pytest.raises(WorkspaceError, match="cannot be opened"):
                ballot.open_kept(broken, private, a_round(), size)
    assert ballot.open_kept(ballot.resealed(bytes(size), public), private, a_round(), size) is None
    with pytest.raises(WorkspaceError, match="public key is damaged"):
        ballot.resealed(bytes(size), b"short")


def test_a_round_that_somebody_died_closing_takes_envelopes_again(tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    store = a_store(place)
    keep_team(store, a_team())
    invitation = invited(store)
    with store._touched(TEAM, PEOPLE) as folder:
        folder.mark()
    assert store.collect(TEAM, PEOPLE, sent(invitation, 0, 1, 2, 3)).needed == 0
    assert a_store(place).sheets(TEAM) == 4


def test_a_damaged_code_or_key_of_envelopes_is_damage(tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    store = a_store(place)
    keep_team(store, a_team())
    invited(store, a_guarded_round())
    file = place / TEAM / "rounds" / PEOPLE.id / "round.json"
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b'"fingerprint":"', b'"fingerprint":"!', 1))
    with pytest.raises(WorkspaceError, match="table 'codes'"):
        store.add_sheet(TEAM, a_guarded_round(), a_sheet(), MARKS[0])
    file.write_bytes(whole.replace(b'"private_key":"', b'"private_key":"!', 1))
    with pytest.raises(WorkspaceError, match="table 'carrying'"):
        store.collect(TEAM, a_guarded_round(), [b"x"])


def test_wrong_words_are_told_apart_from_a_damaged_key(tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    store = a_store(place)
    keep_team(store, a_team())
    store.open_round(TEAM, a_guarded_round(), MARKS, CLOSING)
    key = place / TEAM / "rounds" / PEOPLE.id / "key"
    data = bytearray(key.read_bytes())
    data[60] ^= 1
    key.write_bytes(data)
    for words in (CLOSING, WRONG):
        with pytest.raises(WorkspaceError, match=r"key is damaged \(its check sum does not fit\)"):
            closed(store, a_guarded_round(), words)
