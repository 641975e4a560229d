"""Made-up tables in the shapes that other tools write, and the maps for them that the documentation shows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

PAGE = Path(__file__).parents[2] / "docs" / "importing.md"
HARD = "In this sprint the team talked openly about its hardest problems."
DATA = "In this sprint we made enough time to get our data into good shape."
HARD_ID, DATA_ID = "safety.hard-problems", "data-cleaning"
LABELS = ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree")
SOFT = ("Strongly disagree", "Somewhat disagree", "Neither agree nor disagree", "Somewhat agree", "Strongly agree")
ANSWERS = ((1, 5, 4), (1, 4, 4), (1, 4, 3), (1, 3, 5), (2, 2, 2), (2, 2, 3), (2, 3, 2), (2, 1, 1), (2, 2, 2), (2, 2, 2))
"""Sprint, first and second answer: four people in sprint 1, which begins on 2026-01-05, and six in sprint 2."""
BOM = "\ufeff"


def maps() -> dict[str, str]:
    """The maps of the documentation, by heading."""
    text = PAGE.read_text(encoding="utf-8")
    return dict(re.findall(r"^## ([^\n]+)\n(?:(?!^## ).)*?^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


def table(rows: Sequence[Sequence[object]], delimiter: str = ",", quoting: Literal[0, 1] = csv.QUOTE_MINIMAL) -> str:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _day(sprint: int) -> int:
    return 6 + 14 * (sprint - 1)


def google() -> str:
    """Google Forms: a linear scale, a grid, and comments with line breaks."""
    head = ["Timestamp", "Email Address", HARD, f"How much do you agree? [{DATA}]", "Anything else?"]
    rows = [
        [f"1/{_day(s)}/2026 {9 + at}:05:07", f"p{at}@example.org", a, LABELS[b - 1], "=1+1\nSECRET"]
        for at, (s, a, b) in enumerate(ANSWERS)
    ]
    return table([head, *rows], quoting=csv.QUOTE_ALL)


def limesurvey() -> str:
    """LimeSurvey: codes as answers, one person who never finished, and a statement where agreeing was bad."""
    grid = f"G01Q01[SQ001]. How do you see it? [{HARD}]"
    head = ["id", "submitdate", "lastpage", "startlanguage", "seed", grid, "G01Q02. Our data was a mess."]
    rows = [
        [at, f"2026-01-{_day(s):02} 10:00:00", 2, "en", 48151623 + at, f"A{a}", f"A{6 - b}"]
        for at, (s, a, b) in enumerate(ANSWERS)
    ]
    return table([head, *rows, [99, "", 1, "en", 42, "A1", "N/A"]], quoting=csv.QUOTE_ALL)


def formbricks() -> str:
    """Formbricks: numbered headlines, what is known about the browser, one row that was not handed in."""
    before = ["No.", "Response ID", "Timestamp", "Finished", "Survey ID", "Formbricks ID (internal)", "User ID", "Tags"]
    head = [*before, "userAgent - browser", f"1. {HARD}", "2. I would work with this team again."]
    rows = [
        [at + 1, f"cm{at:022}", f"2026-01-{_day(s):02} 10:11:12", "Yes", "cmsurvey", "", f"u{at}", "", "Firefox", a, b]
        for at, (s, a, b) in enumerate(ANSWERS)
    ]
    unfinished = [99, "cmx", "2026-01-06 10:11:12", "No", "cmsurvey", "", "u99", "", "Firefox", 1, ""]
    return table([head, *rows, unfinished])


def microsoft() -> str:
    """Microsoft Forms through Excel: a mark, semicolons, years of two digits."""
    head = ["ID", "Start time", "Completion time", "Email", "Name", HARD, DATA]
    rows = [
        [at + 1, f"1/{_day(s)}/26 9:00:00", f"1/{_day(s)}/26 9:05:00", "anonymous", "", SOFT[a - 1], SOFT[b - 1]]
        for at, (s, a, b) in enumerate(ANSWERS)
    ]
    return BOM + table([head, *rows], delimiter=";")


def averages() -> str:
    """A spreadsheet of averages."""
    rows = [
        ("Sprint 1", HARD, "4.0", 4),
        ("Sprint 1", "Data", 4, 3),
        ("2", HARD, "2.04999", 6),
        ("2", "Data", "4.9", 6),
    ]
    return table([("Sprint", "Statement", "Mean", "n"), *rows, ("2", "Mood", "3.3", 6)])


TABLES = {
    "Google Forms": google,
    "LimeSurvey": limesurvey,
    "Formbricks": formbricks,
    "Microsoft Forms": microsoft,
    "A table of averages": averages,
}
"""By the heading of the map in the documentation."""
