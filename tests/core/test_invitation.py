from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from tests.store.builders import a_round
from tuiretro.core.invitation import INVITATION_BYTES, decode_invitation, digest, encode_invitation
from tuiretro.core.rules import DIGEST_BYTES
from tuiretro.core.text import harmless
from tuiretro.errors import BadInputError
from tuiretro.model.envelope import Invitation, Seal

INVITATION = Invitation(a_round(), Seal(b"p" * 32, 2100), b"c" * 32)
Fields = dict[str, Any]


def _changed(change: Callable[[Fields], object]) -> bytes:
    written: Fields = json.loads(encode_invitation(INVITATION))
    change(written)
    return json.dumps(written).encode()


def _of_round(name: str, value: object) -> bytes:
    return _changed(lambda written: written["invitation"]["round"].update({name: value}))


def _of_question(name: str, value: object) -> bytes:
    return _changed(lambda written: written["invitation"]["round"]["questions"][0].update({name: value}))


def test_an_invitation_comes_back_as_it_went_out() -> None:
    assert decode_invitation(encode_invitation(INVITATION).encode()) == INVITATION


def test_an_envelope_says_the_same_for_all_who_answer_one_invitation() -> None:
    read = decode_invitation(encode_invitation(INVITATION).encode())
    assert digest(read) == digest(INVITATION)
    assert len(digest(read)) == DIGEST_BYTES


@pytest.mark.parametrize(
    ("name", "value"),
    [("minimum", 2), ("people", 9), ("two_person", True), ("asks_code", True), ("notice", "x"), ("title", "Other")],
)
def test_whatever_is_changed_in_an_invitation_is_said_by_its_envelopes(name: str, value: object) -> None:
    assert digest(decode_invitation(_of_round(name, value))) != digest(INVITATION)


def test_a_statement_that_was_turned_round_and_a_key_that_was_swapped_are_said() -> None:
    turned = decode_invitation(_of_question("text", "In this sprint we never did it."))
    other_seal = replace(INVITATION, seal=replace(INVITATION.seal, public_key=b"x" * 32))
    others = (turned, other_seal, replace(INVITATION, carrying_key=b"x" * 32))
    assert len({digest(INVITATION), *map(digest, others)}) == 4


def test_printing_an_invitation_changes_nothing_that_its_envelopes_say() -> None:
    opened = replace(INVITATION.round, title="Ru\u0308ckblick")
    typed = replace(INVITATION, round=opened)
    printed = decode_invitation(harmless(encode_invitation(typed), lines=True).encode())
    assert printed != typed
    assert digest(printed) == digest(typed)


def test_it_names_the_round_and_no_team() -> None:
    text = encode_invitation(INVITATION)
    assert set(json.loads(text)["invitation"]) == {"round", "seal", "carrying_key"}
    assert "Rockets" not in text
    assert text.startswith('{\n  "tuiretro": "invitation",\n')


def test_a_newer_one_says_to_update() -> None:
    with pytest.raises(BadInputError, match=r"newer tuiretro; update yours\. Nothing was saved\."):
        decode_invitation(_changed(lambda written: written.update(schema=2, more=True)))


TWICE = encode_invitation(INVITATION).encode().replace(b'"schema": 1', b'"schema": 1, "schema": 1')
REFUSED: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"hello",
    "a list": b"[]",
    "another object": b"{}",
    "no UTF-8": b'{"tuiretro":"\xff"}',
    "deep nesting": b"[" * 100_000,
    "cut": encode_invitation(INVITATION).encode()[:500],
    "something behind it": encode_invitation(INVITATION).encode() + b"{}",
    "a name twice": TWICE,
    "another kind": _changed(lambda written: written.update(tuiretro="envelope")),
    "a schema below the first": _changed(lambda written: written.update(schema=0)),
    "a schema that is no number": _changed(lambda written: written.update(schema="1")),
    "an unknown field": _changed(lambda written: written["invitation"].update(more=1)),
    "no key": _changed(lambda written: written["invitation"].pop("carrying_key")),
    "people that are no number": _of_round("people", "5"),
    "nobody to answer": _of_round("people", 0),
    "five labels": _of_round("labels", ["a"] * 5),
    "another theme": _of_question("theme", "money"),
    "no statement": _of_round("questions", []),
}
UNANSWERABLE: dict[str, tuple[bytes, str]] = {
    "a statement twice": (
        _changed(lambda w: w["invitation"]["round"]["questions"].append(w["invitation"]["round"]["questions"][0])),
        "a statement twice",
    ),
    "an id that is none": (_of_round("id", "../../x"), "the round's id is none"),
    "a short id": (_of_round("id", "ab"), "the round's id is none"),
    "a short key": (_changed(lambda w: w["invitation"].update(carrying_key="YWI=")), "keys are damaged"),
    "a control character": (_of_question("text", "a\x1b[2J"), "cannot be shown"),
    "a direction mark in a label": (_of_round("labels", ["a\u202eb", *"12345"]), "cannot be shown"),
    "a text without end": (_of_round("intro", "x" * 3000), "too long"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_invitation_is_refused_in_one_sentence(case: str) -> None:
    with pytest.raises(BadInputError, match=r"no invitation, or it is damaged\. Ask whoever sent it"):
        decode_invitation(REFUSED[case])


@pytest.mark.parametrize("case", UNANSWERABLE)
def test_an_invitation_that_cannot_be_answered_is_refused_with_the_reason(case: str) -> None:
    data, said = UNANSWERABLE[case]
    with pytest.raises(BadInputError, match=said) as caught:
        decode_invitation(data)
    assert caught.value.message.endswith("Nothing was saved.")


def test_more_statements_than_anybody_asks_are_refused() -> None:
    question = INVITATION.round.questions[0]
    many = tuple(replace(question, id=f"own.{number}") for number in range(301))
    data = encode_invitation(replace(INVITATION, round=replace(INVITATION.round, questions=many))).encode()
    with pytest.raises(BadInputError, match="it asks 301 statements"):
        decode_invitation(data)


def test_a_file_that_is_too_large_is_not_looked_at() -> None:
    with pytest.raises(BadInputError, match="larger than 512 KB"):
        decode_invitation(b" " * (INVITATION_BYTES + 1))
