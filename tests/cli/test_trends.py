from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.conftest import TODAY, Run, sheet
from tests.core.hostile import HOSTILE
from tests.store.builders import TEAM, a_round, a_team, keep_team
from tests.tui.test_hostile import steering
from tuiretro.cli.trends import NOTHING
from tuiretro.core.explaining import reading
from tuiretro.core.figures import FOOTER
from tuiretro.core.heatmap import MEANING
from tuiretro.model.action import Action
from tuiretro.model.release import ItemResult, Release
from tuiretro.model.survey import Question
from tuiretro.model.team import Sprint
from tuiretro.service import demo
from tuiretro.service.workspace import open_workspace

HEADS = ["sprint", "line", "kind", "value", "shown", "average", "lower", "usual", "upper", "signal", "start"]
TITLE = "Underestimating the data cleaning burden"
FORMS = ("text", "md", "json", "csv")
Shown = Callable[..., str]


def built(place: Path, sprints: int, seed: int = 1) -> Path:
    demo.build(place, sprints=sprints, seed=seed, today=date.fromisoformat(TODAY))
    return place


def kept(place: Path, questions: tuple[Question, ...], sprints: int = 1) -> None:
    """A workspace with results on these questions, also with texts that only a damaged or forged file can hold."""
    store = open_workspace(place, today=lambda: date.fromisoformat(TODAY)).store
    keep_team(store, a_team(name="[/nope] \x1b[2J\u202e"))
    items = tuple(ItemResult(question.id, 1, 7, 3.4, "split") for question in questions)
    for number in range(1, sprints + 1):
        opened = a_round(f"{number:016x}", sprint=number)
        starts = date(2026, 3, 2) + timedelta(weeks=2 * (number - 1))
        span = Sprint(number, starts, starts + timedelta(days=13))
        released = Release(opened.id, span, "own", "Own", 8, 4, 7, items), questions
        store.open_round(TEAM, opened)
        store.close_round(TEAM, opened, partial(lambda found, _: found, released))
    taken = tuple(Action(at, q.short, 1, date(2026, 12, 1), mistake=q.id) for at, q in enumerate(questions, 1))
    store.change_actions(TEAM, lambda _: taken)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo with as many sprints as usual."""
    return built(tmp_path_factory.mktemp("demo") / "atlas", 26)


@pytest.fixture
def shown(ok: Run, history: Path) -> Shown:
    """What the trends of the demo are."""

    def runs(*words: str) -> str:
        result = ok("trends", *words, TUIRETRO_WORKSPACE=str(history))
        assert result.stderr == ""
        return result.stdout

    return runs


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def numbers_of(document: object) -> Iterator[float]:
    """Every number with a decimal point of a document."""
    if isinstance(document, dict | list):
        for part in document.values() if isinstance(document, dict) else document:
            yield from numbers_of(part)
    elif isinstance(document, float):
        yield document


def test_every_theme_and_mistake_is_listed_with_its_last_value(shown: Shown) -> None:
    lines = shown().splitlines()
    assert lines[0] == "Atlas: 26 sprints"
    assert lines[1].split() == ["last", "band", "recent", "sprints"]
    assert " ".join(lines[-2:]) == FOOTER

    last = {row["line"]: row for row in rows_of(shown("--format", "csv"))}
    listed = [line for line in lines[2:-3] if not line.startswith("    ")]
    assert [line.split()[0].lower() for line in listed] == list(last)
    for line, (name, row) in zip(listed, last.items(), strict=True):
        ends = {"1.5": "≤1.5", "4.5": "≥4.5"} if row["kind"] == "mistake" else {}
        assert line.split()[1] == ends.get(row["value"], row["value"])
        assert line.startswith(name.upper() if row["kind"] == "theme" else f"  {name}")
    remarks = {line.strip() for line in lines if line.startswith("    ") and "band" not in line}
    assert "No unusual change." in remarks


def test_the_chart_of_a_mistake_has_its_title(shown: Shown) -> None:
    lines = shown("--of", "data-cleaning").splitlines()
    assert lines[:2] == ["Atlas: 26 sprints", TITLE]
    assert [line[0] for line in lines[2:19] if line[0] != " "] == list("54321")
    assert lines[20].split()[0] == "s1"
    assert lines[21].startswith("● a sprint   ")
    assert " ".join(lines[-2:]) == FOOTER
    assert "before these" not in "".join(lines)


def test_the_chart_of_a_theme_ends_with_what_may_be_said_of_it(shown: Shown) -> None:
    lines = shown("--of", "safety").splitlines()
    assert lines[1] == "safety"
    remarks = json.loads(shown("--format", "json"))["lines"][0]["remarks"]
    assert lines[-3 - len(remarks) : -3] == [f"In sprint 26: {remarks[0]}", *remarks[1:]]


def test_a_chart_says_how_many_sprints_there_are_before_it(ok: Run, place: Path) -> None:
    kept(place, (Question("testing", "Tests", "Tests", "quality", mistake="testing"),), sprints=35)
    lines = ok("trends", "--of", "testing").stdout.splitlines()
    assert lines[20].split()[0] == "s3"
    assert "2 sprints before these; --format csv gives all of them." in lines
    assert len(ok("trends", "--of", "testing", "--format", "csv").stdout.splitlines()) == 36


def test_a_statement_of_another_tool_has_its_chart(ok: Run, place: Path) -> None:
    kept(place, (Question("imported.a-name", "Pizza", "We had pizza", "own"),), sprints=3)
    assert ok("trends", "--of", " imported.A-name ").stdout.splitlines()[1] == "Pizza"
    rows = rows_of(ok("trends", "--of", "imported.a-name", "--format", "csv").stdout)
    assert [(row["line"], row["kind"]) for row in rows] == [("imported.a-name", "item")] * 3


def test_the_heatmap_has_a_row_for_each_mistake(shown: Shown) -> None:
    lines = shown("--heatmap").splitlines()
    mistakes = [row["line"] for row in rows_of(shown("--format", "csv")) if row["kind"] == "mistake"]
    assert lines[1].split() == [f"s{number}" for number in range(16, 27)]
    assert [line.split()[0] for line in lines[2:-5]] == list(dict.fromkeys(mistakes))
    assert {len(line) for line in lines[1:-5]} <= {len(lines[1]), len(lines[1]) + 1}
    assert lines[-5:-3] == [MEANING, "15 sprints before these; --format csv gives all of them."]


def test_explaining_says_how_the_figures_come_about(shown: Shown) -> None:
    for words in ((), ("--heatmap",)):
        plain, told = shown(*words).splitlines(), shown(*words, "--explain").splitlines()
        explained = " ".join(line.strip() for line in told[len(plain) - 3 :])
        assert explained.strip() == " ".join((*reading(), "", FOOTER))
    of_one = shown("--of", "testing", "--explain")
    for word in ("3-sprint average ", "Usual for you ", "Limits "):
        assert word in of_one


def test_every_page_fits_into_80_columns(shown: Shown) -> None:
    names = dict.fromkeys(row["line"] for row in rows_of(shown("--format", "csv")))
    pages = [(), ("--heatmap",), *(("--of", name) for name in names)]
    for words in (*pages, *((*page, "--explain") for page in pages)):
        assert max(map(cell_len, shown(*words).splitlines())) <= 80, words


def test_long_remarks_fit_into_80_columns_too(ok: Run, tmp_path: Path) -> None:
    place = built(tmp_path / "demo", 12, seed=4)
    told = ok("trends", TUIRETRO_WORKSPACE=str(place)).stdout
    assert "Unusually low compared with your last 3 sprints that asked it." in told
    assert max(map(cell_len, told.splitlines())) <= 80


@pytest.mark.parametrize("words", [(), ("--heatmap",), ("--of", "data-cleaning")], ids=" ".join)
def test_markdown_keeps_the_columns_in_a_block(shown: Shown, words: tuple[str, ...]) -> None:
    plain = shown(*words).splitlines()
    told = shown(*words, "--explain", "--format", "md").splitlines()
    fences = [at for at, line in enumerate(told) if line.startswith("```")]
    assert told[:3] == ["# Atlas: 26 sprints", "", "```"]
    assert told[3 : fences[1]] == plain[1:-3]
    assert len(fences) == 2
    bullets = told[fences[1] + 2 : -2]
    assert all(line.startswith("- ") for line in bullets)
    assert len(bullets) >= 4
    assert told[-1] == FOOTER
    without = shown(*words, "--format", "md").splitlines()
    assert without == [*told[: fences[1] + 1], "", FOOTER]


def test_csv_has_a_row_for_each_value(shown: Shown) -> None:
    everything = shown("--format", "csv")
    assert everything.splitlines()[0].split(",") == HEADS
    rows = rows_of(everything)
    document = json.loads(shown("--format", "json"))
    dots = [(line["id"], dot) for line in document["lines"] for dot in line["dots"]]
    assert [(row["line"], row["sprint"], row["value"]) for row in rows] == [
        (name, str(dot["sprint"]), str(dot["value"])) for name, dot in dots
    ]
    assert {row["kind"] for row in rows} == {"theme", "mistake"}
    assert {row["start"] for row in rows} >= {"", "first", "team"}
    assert {row["signal"] for row in rows} == {"", "low", "high"}
    assert rows_of(shown("--of", "testing", "--format", "csv")) == [row for row in rows if row["line"] == "testing"]
    for words in (("--heatmap",), ("--explain",)):
        assert shown(*words, "--format", "csv") == everything


def test_the_numbers_for_programs_are_no_finer_than_those_for_people(shown: Shown) -> None:
    document = json.loads(shown("--explain", "--format", "json"))
    assert list(document) == [
        "schema", "team", "sprints", "remark", "team_changes", "whole_sprints", "actions", "lines",
    ]  # fmt: skip
    found = list(numbers_of(document))
    assert len(found) > 1000
    assert all(number == round(number, 1) for number in found)
    dots = [dot for line in document["lines"] for dot in line["dots"]]
    assert all(1.5 <= dot[key] <= 4.5 for dot in dots for key in ("value", "average"))
    for row in rows_of(shown("--format", "csv")):
        assert all(len(row[key].partition(".")[2]) == 1 for key in ("value", "average"))
        assert all(len(row[key].partition(".")[2]) <= 1 for key in ("lower", "usual", "upper"))


def test_the_document_of_one_line_holds_that_line_alone(shown: Shown) -> None:
    everything = json.loads(shown("--format", "json"))
    one = json.loads(shown("--of", "data-cleaning", "--format", "json"))
    (line,) = one["lines"]
    assert (line["id"], line["title"], line["theme"], line["mistake"]) == (
        "data-cleaning", TITLE, "data", "data-cleaning",
    )  # fmt: skip
    assert {**one, "lines": []} == {**everything, "lines": []}
    assert line["dots"] == next(each for each in everything["lines"] if each["id"] == line["id"])["dots"]
    (explained,) = json.loads(shown("--of", "data-cleaning", "--explain", "--format", "json"))["lines"]
    assert explained["explained"][0].startswith(f"{line['dots'][-1]['value']} in sprint ")
    assert {key: value for key, value in explained.items() if key != "explained"} == line
    assert everything["whole_sprints"][0].keys() == {"sprint", "signal"}
    assert everything["actions"][0].keys() == {"sprint", "id", "title", "mistake", "theme"}


@pytest.mark.usefixtures("team")
def test_before_the_first_results_a_sentence_says_what_to_do(ok: Run) -> None:
    told = ok("trends").stdout
    assert told.splitlines()[:3] == ["Atlas: 0 sprints", *NOTHING]
    assert "\n".join(NOTHING) in ok("trends", "--format", "md").stdout
    assert ok("trends", "--format", "csv").stdout.split(",") == [*HEADS[:-1], "start\n"]
    document = json.loads(ok("trends", "--format", "json").stdout)
    assert (document["schema"], document["sprints"], document["lines"]) == (1, [], [])


@pytest.mark.usefixtures("team")
def test_that_sentence_fits_and_stands_for_a_heatmap_too(ok: Run) -> None:
    for words in ((), ("--heatmap",)):
        told = ok("trends", *words).stdout
        assert "No round has been closed yet" in told
        assert max(map(cell_len, told.splitlines())) <= 80


def test_without_a_team_there_is_a_way(run: Run) -> None:
    refused = run("trends")
    assert (refused.exit_code, refused.stdout) == (4, "")
    assert "Try: tuiretro team add" in refused.stderr


def test_after_one_sprint_it_is_too_early_for_trends(ok: Run, closed: tuple[str, ...]) -> None:
    assert closed
    for words in ((), ("--of", "safety")):
        assert "Too early for trends: 1 of 5 sprints." in ok("trends", *words).stdout.splitlines()
    assert json.loads(ok("trends", "--format", "json").stdout)["remark"] == "Too early for trends: 1 of 5 sprints."


def test_what_too_few_answered_has_no_number(ok: Run, team: str) -> None:
    assert team
    ok("round", "open", "--survey", "quarterly")
    asked = json.loads(ok("round", "status", "--format", "json").stdout)["round"]["items"]
    for value in (4, 4, 4, None):
        ok("answer", "--from", "-", stdin=sheet(tuple(item["id"] for item in asked), value))
    ok("round", "close")
    assert "  testing               Too few answers to show." in ok("trends").stdout.splitlines()
    assert ok("trends", "--heatmap").stdout.splitlines()[2].split() == ["software-mindset", "x"]
    assert "Too few answers to show." in ok("trends", "--of", "testing").stdout.splitlines()
    assert ok("trends", "--format", "csv").stdout.count("\n") == 1


def test_an_unknown_line_is_answered_with_the_nearest(run: Run, history: Path) -> None:
    for wanted, said in (
        ("data-cleanin", "; did you mean 'data-cleaning'?"),
        ("zzz", "; these were: safety, direction, "),
        ("\x1b[2J", "; these were: safety, direction, "),
    ):
        for form in FORMS:
            refused = run("trends", "--of", wanted, "--format", form, TUIRETRO_WORKSPACE=str(history))
            assert (refused.exit_code, refused.stdout) == (4, "")
            assert said in refused.stderr
            assert "\x1b" not in refused.stderr


@pytest.mark.parametrize("form", FORMS)
def test_a_heatmap_of_one_line_is_a_wrong_command(run: Run, history: Path, form: str) -> None:
    refused = run("trends", "--heatmap", "--of", "data", "--format", form, TUIRETRO_WORKSPACE=str(history))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "stands without --of" in refused.stderr


def hostile_questions() -> tuple[Question, ...]:
    texts = [text for text in HOSTILE.values() if "\ud800" not in text]
    return tuple(
        Question(f"{at}{text[:40]}", text, text, "data", mistake=f"{at}{text[:40]}") for at, text in enumerate(texts)
    )


def test_hostile_titles_cannot_steer_the_terminal(ok: Run, place: Path) -> None:
    questions = hostile_questions()
    kept(place, questions)
    pages = [(), ("--explain",), *(("--of", question.id) for question in questions)]
    for words in pages:
        for form in FORMS:
            told = ok("trends", *words, "--format", form).stdout
            assert [sign for sign in steering(told) if sign != "\n"] == [], (words, form)
    assert "[/nope]" in ok("trends").stdout


def test_hostile_names_cannot_steer_the_terminal_in_a_heatmap(ok: Run, place: Path) -> None:
    kept(place, hostile_questions())
    for form in ("text", "md"):
        told = ok("trends", "--heatmap", "--format", form).stdout
        assert [sign for sign in steering(told) if sign != "\n"] == []


def test_no_title_ends_the_block_of_markdown(ok: Run, place: Path) -> None:
    kept(place, (Question("fence", "```", "Fence", "data", mistake="fence"),))
    told = ok("trends", "--of", "fence", "--format", "md").stdout.splitlines()
    assert told.count("````") == 2
    assert told[told.index("````") + 1] == "```"


def test_a_spreadsheet_runs_no_name(ok: Run, place: Path) -> None:
    kept(place, (Question("=1+1", "Sum", "Sum", "data", mistake="=1+1"),))
    assert ",'=1+1,mistake," in ok("trends", "--format", "csv").stdout


def test_a_name_may_be_typed_as_the_list_shows_it(ok: Run, history: Path) -> None:
    env = {"TUIRETRO_WORKSPACE": str(history)}
    assert ok("trends", "--of", "DATA", **env).stdout == ok("trends", "--of", "data", **env).stdout
