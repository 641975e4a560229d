from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.cli.conftest import Run, on_a_terminal, sheet
from tuiretro.core.figures import FOOTER, NOT_ASKED, SPLIT_ADVICE


def test_results_as_text_fit_into_80_columns_and_end_with_the_footer(ok: Run, closed: tuple[str, ...]) -> None:
    assert closed
    lines = ok("results").stdout.splitlines()
    assert lines[0] == "Atlas, sprint 1 (16-29 Nov): Psychological safety"
    assert lines[1].startswith("5 of 8 answered; k is 4. Too early for trends")
    assert any(line.startswith("  People were thanked for bad news") and "2.8  ±0.8" in line for line in lines)
    assert " ".join(lines[-2:]) == FOOTER
    assert max(map(len, lines)) <= 80


def on_the_screen(place: Path) -> list[str]:
    """The lines of the results with their comments, as a terminal shows them."""
    code, screen = on_a_terminal(place, ["results", "--comments"], b"", b"")
    assert code == 0
    return screen.decode().splitlines()


def test_comments_are_shown_only_when_asked_for(ok: Run, closed: tuple[str, ...], place: Path) -> None:
    assert closed
    plain = ok("results").stdout
    assert "comment 3" not in plain
    assert "5 comments: 'tuiretro results --comments' shows them." in plain
    assert sorted(line for line in on_the_screen(place) if line.startswith("- ")) == [
        "- comment 2",
        "- comment 2",
        "- comment 3",
        "- comment 3",
        "- comment 4",
    ]


def test_comments_never_go_into_a_file_or_a_pipe(run: Run, closed: tuple[str, ...]) -> None:
    assert closed
    refused = run("results", "--comments")
    assert refused.exit_code == 5
    assert refused.stdout == ""
    assert "never for a file or a pipe; nothing was shown." in refused.stderr


def test_no_comments_has_a_sentence(ok: Run, opened: tuple[str, ...], place: Path) -> None:
    for _ in range(4):
        ok("answer", "--from", "-", stdin=sheet(opened))
    ok("round", "close")
    assert "No comments: they are shown only if 3 or more people wrote one." in on_the_screen(place)


def test_a_hostile_comment_cannot_steer_the_terminal(ok: Run, opened: tuple[str, ...], place: Path) -> None:
    for _ in range(4):
        ok("answer", "--from", "-", stdin=sheet(opened, comment="\x1b]52;c;eA==\x07[/nope]\u202e\nsecond"))
    ok("round", "close")
    shown = "\n".join(on_the_screen(place))
    assert "- ]52;c;eA==[/nope]\n  second" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_results_as_csv_have_one_row_for_each_item(ok: Run, closed: tuple[str, ...]) -> None:
    rows = list(csv.DictReader(io.StringIO(ok("results", "--format", "csv").stdout)))
    assert [row["item"] for row in rows] == list(closed)
    first = rows[0]
    assert (first["n"], first["mean"], first["shown"], first["band"]) == ("5", "2.8", "2.8", "0.8")


def test_csv_does_not_count_where_nearly_all_answered(ok: Run, opened: tuple[str, ...]) -> None:
    for _ in range(7):
        ok("answer", "--from", "-", stdin=sheet(opened, 5))
    ok("round", "close")
    rows = list(csv.DictReader(io.StringIO(ok("results", "--format", "csv").stdout)))
    assert {row["n"] for row in rows} == {""}
    assert {row["shown"] for row in rows} == {"4.5 or higher"}


def test_too_few_answers_show_no_number(ok: Run, opened: tuple[str, ...]) -> None:
    for value in (4, 4, 4, None):
        ok("answer", "--from", "-", stdin=sheet(opened, value))
    ok("round", "close")
    shown = ok("results").stdout
    assert shown.count("Too few answers to show.") == len(opened)
    assert "4.0" not in shown


def test_results_as_json_and_markdown_come_from_the_exporters(ok: Run, closed: tuple[str, ...]) -> None:
    assert closed
    assert json.loads(ok("results", "--format", "json").stdout)["schema"] == 1
    assert ok("results", "--format", "md").stdout == ok("export").stdout
    assert ok("results", "--sprint", "1", "--format", "json").stdout == ok("export", "--format", "json").stdout


def pulse(ok: Run, values: tuple[int, ...]) -> None:
    ok("round", "open")
    document = json.loads(ok("round", "status", "--format", "json").stdout)
    ids = tuple(item["id"] for item in document["round"]["items"])
    for value in values:
        ok("answer", "--from", "-", stdin=sheet(ids, value))
    ok("round", "close")


def test_the_focus_list_says_why_and_what_to_do(ok: Run, team: str) -> None:
    assert team
    pulse(ok, (2, 3, 2, 3))
    shown = ok("focus").stdout
    assert shown.count("Why this: ") == 3
    assert "Take it on: tuiretro action add --play " in shown
    assert "First step" not in shown
    explained = ok("focus", "--explain").stdout
    assert "How the list is made" in explained
    assert "First step: " in explained
    assert max(map(len, explained.splitlines())) <= 80
    marked = ok("focus", "--explain", "--format", "md").stdout
    assert marked.startswith("# Atlas, sprint 1: focus list\n")


def test_the_focus_list_for_programs_holds_references_that_actions_take(ok: Run, team: str) -> None:
    assert team
    pulse(ok, (2, 3, 2, 3))
    document = json.loads(ok("focus", "--format", "json").stdout)
    assert document["schema"] == 1
    reference = document["focus"][0]["plays"][0]["reference"]
    assert "Saved. Action 1" in ok("action", "add", "--play", reference).stderr
    rows = list(csv.DictReader(io.StringIO(ok("focus", "--format", "csv").stdout)))
    assert rows[0]["level"] == "2.5"
    assert rows[0]["suggestion"]


def test_a_split_view_asks_to_talk_first_instead_of_suggesting_a_play(ok: Run, team: str) -> None:
    assert team
    pulse(ok, (1, 1, 1, 5, 5, 5))
    for words in ((), ("--explain",), ("--format", "md"), ("--explain", "--format", "md")):
        shown = ok("focus", *words).stdout
        assert shown.count(SPLIT_ADVICE) == 3
        assert "action add" not in shown
        assert "First step" not in shown
        assert "under two hours" not in shown
    document = json.loads(ok("focus", "--format", "json").stdout)
    assert [(line["talk_first"], line["plays"]) for line in document["focus"]] == [(True, [])] * 3
    rows = list(csv.DictReader(io.StringIO(ok("focus", "--format", "csv").stdout)))
    assert [(row["talk_first"], row["suggestion"]) for row in rows] == [("yes", "")] * 3


def test_without_a_pulse_no_mistake_has_a_level(ok: Run, closed: tuple[str, ...]) -> None:
    assert closed
    assert "No mistake has been rated yet; a sprint pulse asks about them." in ok("focus").stdout


def test_a_theme_that_was_not_asked_says_so_beside_its_figure(ok: Run, team: str) -> None:
    assert team
    pulse(ok, (2, 3, 2, 3))
    ok("round", "open", "--survey", "safety", TUIRETRO_TODAY="2026-12-07")
    document = json.loads(ok("round", "status", "--format", "json").stdout)
    for value in (4, 3, 4, 3):
        ok("answer", "--from", "-", stdin=sheet(tuple(item["id"] for item in document["round"]["items"]), value))
    ok("round", "close", TUIRETRO_TODAY="2026-12-07")
    lines = ok("results").stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("DATA "))
    assert lines[at + 1] == f"    {NOT_ASKED}"
    assert ok("results", "--format", "md").stdout.count(NOT_ASKED) == 5
    themes = json.loads(ok("results", "--format", "json").stdout)["themes"]
    assert [(theme["asked"], theme["remark"] == NOT_ASKED) for theme in themes] == [(True, False)] + [(False, True)] * 5


def test_no_low_mistake_leaves_the_list_empty(ok: Run, team: str) -> None:
    assert team
    pulse(ok, (5, 5, 5, 5))
    assert "Nothing is under 4.0: no mistake needs you now." in ok("focus").stdout
    assert json.loads(ok("focus", "--format", "json").stdout)["focus"] == []
