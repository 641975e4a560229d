"""Markdown as two readers see it: the words that come out, and the tokens that act."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token

READERS = {"commonmark": MarkdownIt("commonmark"), "gfm-like": MarkdownIt("gfm-like")}
ACTING = {"html_inline", "html_block", "link_open", "image", "code_inline", "fence", "code_block", "s_open", "em_open"}


def tokens(reader: str, markdown: str) -> list[Token]:
    found: list[Token] = []
    for token in READERS[reader].parse(markdown):
        found += [token, *(token.children or ())]
    return found


def acting(reader: str, markdown: str) -> set[str]:
    return {token.type for token in tokens(reader, markdown)} & ACTING


def words(reader: str, markdown: str) -> list[str]:
    """The text of every paragraph, heading and cell."""
    return [
        "".join(child.content if child.type == "text" else f"<{child.type}>" for child in token.children or ())
        for token in READERS[reader].parse(markdown)
        if token.type == "inline"
    ]
