from __future__ import annotations

from quopri import encodestring
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuiretro.core.envelope import block, envelopes
from tuiretro.model.envelope import Envelope

ROUND = "0123456789abcdef"


def an_envelope(fill: int = 7, size: int = 300) -> Envelope:
    return Envelope(ROUND, bytes(fill * place % 256 for place in range(size)))


@given(st.binary(min_size=1, max_size=3000), st.text("0123456789abcdef", min_size=8, max_size=64))
def test_an_envelope_is_found_in_its_own_text(sealed: bytes, round_: str) -> None:
    assert [*envelopes(block(Envelope(round_, sealed)))] == [Envelope(round_, sealed)]


def test_envelopes_of_one_size_have_texts_of_one_size_that_chats_take() -> None:
    texts = {len(block(an_envelope(fill, 2184))) for fill in range(9)}
    assert len(texts) == 1
    assert texts.pop() < 4000


def _quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.splitlines())


def _rewrapped(text: str) -> str:
    return "\n".join(wrap(" ".join(text.split()), 47))


def _dashed(text: str) -> str:
    return text.replace("-----", "\u2014\u2014-")


def _spaced(text: str) -> str:
    return text.replace("\n", "  \r\n\u00a0")


def _mailed(text: str) -> str:
    """As a mail travels: quoted-printable, with lines of at most 76 letters."""
    return encodestring(text.encode()).decode()


def _page(text: str) -> str:
    return "<div style='x'>" + text.replace("\n", "<br>\n") + "</div>&nbsp;<p\nclass=a>"


def _mailed_page(text: str) -> str:
    return encodestring(_page(text).encode()).decode()


def _joined(text: str) -> str:
    return text.replace("\n", "")


def _unseen(text: str) -> str:
    return "\ufeff" + "\u200b".join(text)


@pytest.mark.parametrize(
    "change",
    [_quoted, _rewrapped, _dashed, _spaced, _mailed, _page, _mailed_page, _joined, _unseen],
)
def test_what_a_chat_adds_does_not_hurt(change: object) -> None:
    assert callable(change)
    first, second = an_envelope(3), an_envelope(5)
    pasted = f"Robin: here it is\n{change(block(first))}\nthanks!\n{change(block(second))} sent from my phone"
    assert [*envelopes(pasted)] == [first, second]


def test_a_cut_envelope_is_one_that_cannot_be_read_and_does_not_hide_the_next() -> None:
    text = block(an_envelope())
    assert [*envelopes(text[:200])] == [None]
    assert [*envelopes(text[:200] + text)] == [None, an_envelope()]
    assert [*envelopes(text.replace("END TUIRETRO", "END"))] == [None]


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "Round: xyz\nAAAA",
        "Round: 0123456789abcdef\n",
        f"Round: {ROUND}",
        f"Round: {ROUND}\nA",
        f"Round: {ROUND}\n===",
    ],
)
def test_a_block_with_something_else_inside_is_no_envelope(inside: str) -> None:
    found = [*envelopes(f"-----BEGIN TUIRETRO ENVELOPE-----\n{inside}\n-----END TUIRETRO ENVELOPE-----\n")]
    assert found == [None]


@pytest.mark.parametrize("text", ["", "hello", "-----BEGIN PGP MESSAGE-----", "END TUIRETRO ENVELOPE"])
def test_other_text_holds_none(text: str) -> None:
    assert [*envelopes(text)] == []
