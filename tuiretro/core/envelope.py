"""An envelope as text: a block that can be a file of its own or be pasted into any chat.

Owns the form of the block and how it is found again in what people copied. Opens nothing.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterator
from html import unescape
from textwrap import wrap

from tuiretro.model.envelope import Envelope

_NAME = "TUIRETRO ENVELOPE"
_GAP = "[^A-Za-z0-9]+"
"""Between two words: a chat may have put a new line, or the mark of a quotation, there."""
_MARK = _NAME.replace(" ", _GAP)
_BLOCK = re.compile(rf"BEGIN{_GAP}{_MARK}(.*?)(END{_GAP}{_MARK}|(?=BEGIN{_GAP}{_MARK})|\Z)", re.DOTALL)
_ROUND = re.compile(rf"\A{_GAP}Round{_GAP}(?:([0-9a-f]{{8,64}})\s|([0-9a-f]{{16}}))(.*)\Z", re.DOTALL)
"""Some pages swallow all line ends; ids that this program makes have 16 letters, so that the rest can be told apart."""
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""What nobody sees and some programs put between letters, so that a long word can be broken."""
_FILLING = re.compile(r"[^A-Za-z0-9+/=]")
"""What a chat adds: line ends, spaces, the marks of a quotation, and dashes that it made longer."""
_LINE = 64


def block(envelope: Envelope) -> str:
    """The text of an envelope; all envelopes of a round are of one length."""
    lines = (f"-----BEGIN {_NAME}-----", f"Round: {envelope.round}", *wrap(b64encode(envelope.sealed).decode(), _LINE))
    return "\n".join((*lines, f"-----END {_NAME}-----", ""))


def envelopes(text: str) -> tuple[Envelope | None, ...]:
    """The envelopes in a text, in their order; None for one that is cut, or that is no envelope inside.

    The text may be a page, or a mail as it travels (quoted-printable): what that adds is taken away again.
    """
    plain = tuple(_found(text))
    # What a mail program writes as '=3D' is no envelope when it is read as it is, and the other way round.
    return max(plain, tuple(_found(_unquoted(text))), key=_whole) if None in plain else plain


def _whole(found: tuple[Envelope | None, ...]) -> int:
    return len(found) - found.count(None)


def _unquoted(text: str) -> str:
    from quopri import decodestring

    return decodestring(text.encode()).decode("utf-8", "replace")


def _found(text: str) -> Iterator[Envelope | None]:
    shown = _UNSEEN.sub("", unescape(_TAG.sub("\n", text)))
    for found in _BLOCK.finditer(shown):
        yield _envelope(found) if found[2] else None


def _envelope(found: re.Match[str]) -> Envelope | None:
    inside = _ROUND.match(found[1])
    if inside is None:
        return None
    try:
        sealed = b64decode(_FILLING.sub("", inside[3]), validate=True)
    except Error:
        return None
    return Envelope(inside[1] or inside[2], sealed) if sealed else None
