"""Every sentence that a summary may hold: science 7, "Show (exact words)", and the notes on focus and signals."""

from __future__ import annotations

import re

from tuiretro.model.summary import Summary

WHOLE = (
    r"This whole sprint was rated (lower|higher) than usual\.",
    r"Too early for trends: [1-4] of 5 sprints\.",
    r"",
)
THEME = (
    r"Unusually (low|high) compared with your earlier sprints\. Worth asking why\.",
    r"No unusual change\.",
    r"Not asked this time; the figure is from earlier sprints\.",
    r"",
)
ITEM = (
    r"Unusually (low|high) compared with your last [2-8] sprints( that asked it)?\. Worth asking why\.",
    r"Three in a row were unusual, so a new baseline starts at sprint \d+\.",
    r"People see this differently\. Talk before you fix\.",
    r"Too few answers to show\.",
)
DETAIL = (
    r"(With \d+ answers an|An) average like this often moves by up to \d\.\d when nothing has changed\.",
    r"\d+ of \d+ did not answer\. With them the average would lie between [1-5]\.\d and [1-5]\.\d\.",
)
ANSWERED = (r"\d+ of \d+ answered", r"nearly all answered")
LEVEL = r"([1-4]\.\d|1\.5 or lower|4\.5 or higher)"
REASON = (
    rf"new drop: {LEVEL}, usual for you \d\.\d",
    r"entered for (Title of )?m\d\d, which was \d\.\d higher",
    rf"(asked once: |[2-3]-sprint average ){LEVEL}, (\d+(st|nd|rd|th) )?lowest of \d+; "
    r"(on your list for \d+ sprints?|by imported results alone)",
)
NEVER = re.compile(r"worked|caused|significant|%|↑|↓|deviation|\bp\b|\d\.\d\d", re.IGNORECASE)


def assert_only_known_words(summary: Summary) -> None:
    for patterns, said in (
        (WHOLE, [summary.remark]),
        (ANSWERED, [summary.answered, *(line.answered for line in summary.focus)]),
        (THEME, [theme.remark for theme in summary.themes]),
        (ITEM, [remark for theme in summary.themes for item in theme.items for remark in item.remarks]),
        (DETAIL, [detail for theme in summary.themes for item in theme.items for detail in item.details]),
        (REASON, [line.reason for line in summary.focus]),
    ):
        for sentence in said:
            assert any(re.fullmatch(pattern, sentence) for pattern in patterns), sentence
            assert not NEVER.search(sentence), sentence
