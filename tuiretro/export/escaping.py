"""Other people's text inside Markdown: it is shown letter by letter and never acts.

Owns the way that every Markdown export puts text through. Knows nothing of summaries.
"""

from __future__ import annotations

import re

from tuiretro.core.text import clean

_ACTING = re.compile(
    "|".join(
        (
            r"[\\`*\[\]{}<>|~$]",  # code, emphasis, links, templates, tags, tables, strike-through, formulas
            r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])",  # emphasis; inside a word, as in churn_table, it never acts
            r"&(?=[#A-Za-z0-9]+;)",  # entities
            r"!(?=\[)",  # images
            r"(?<!\S)#",  # headings, at both ends of a line
            r"\A[-+=:]",  # lists, rules, underlined headings, rows under a table's head
            r"(?<=/)/|(?<=\S)@(?=\S)|(?<=\S)\.(?=[^\W\d_])",  # addresses that some readers turn into links
        )
    )
)
_NUMBERED = re.compile(r"\A([0-9]+)([.)])(?!\S)")


def escape(text: str) -> str:
    """One line of text as Markdown that renders as exactly that text, wherever in a line or table cell it stands.

    Control and direction characters are dropped first (`core.text.clean`). Then a backslash stands before every
    character that would act in CommonMark, in GitHub's tables, strike-through and formulas, or as a bare link; others
    are left alone, so that the file reads well unrendered.

    Args:
        text: Anything, from anybody.
    """
    return _NUMBERED.sub(r"\1\\\2", _ACTING.sub(r"\\\g<0>", clean(text)))


def sentence(text: str) -> str:
    """The same with a full stop at its end, unless it ends like a sentence."""
    whole = escape(text)
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."
