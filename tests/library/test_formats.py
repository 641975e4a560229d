"""Formats of retros: found like surveys, read strictly, and made whole by the agenda."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.library.conftest import Table, a_format, a_survey, an_agenda, put, said
from tuiretro.errors import NotFoundError, SurveyError
from tuiretro.library import Library
from tuiretro.model.board_format import STAGES, Column, Stage


@pytest.fixture
def formats(bundled: Path) -> Path:
    """The bundled folder of formats, with an agenda and two formats."""
    folder = bundled / "formats"
    put(folder / "agenda.toml", an_agenda())
    put(folder / "fishbowl.toml", a_format())
    put(folder / "from-focus.toml", a_format("from-focus") | {"from": "focus"})
    return folder


@pytest.fixture
def own_file(own: Path, formats: Path) -> Path:
    """Where a format of a team's own would lie."""
    assert formats.is_dir()
    return own / "formats" / "ours.toml"


def test_a_format_has_from_the_agenda_what_it_does_not_say(library_: Library) -> None:
    board = library_.format("fishbowl")
    assert board.columns == (Column("fish", "Fish", "What swims?"), Column("bowl", "Bowl"))
    assert board.stages == tuple(Stage(stage, stage, 1, (f"Now {stage}.",)) for stage in STAGES)
    assert (board.topic_minutes, board.from_focus) == (5, False)
    assert library_.format("from-focus").from_focus


def test_a_format_changes_the_stages_that_it_names(own_file: Path, own: Path, bundled: Path) -> None:
    table = a_format("ours") | {
        "topic_minutes": 9,
        "order": ["vote", "notes", "close"],
        "stages": {"notes": {"minutes": 20, "say": ["Write."]}, "vote": {"title": "choose"}, "close": {}},
    }
    put(own_file, table)
    board = Library(own, bundled).format("ours")
    assert board.topic_minutes == 9
    assert board.stages == (
        Stage("vote", "choose", 1, ("Now vote.",)),
        Stage("notes", "notes", 20, ("Write.",)),
        Stage("close", "close", 1, ("Now close.",)),
    )


@pytest.fixture
def library_(own_file: Path, own: Path, bundled: Path) -> Library:
    assert not own_file.exists()
    return Library(own, bundled)


def test_bundled_formats_come_first_and_the_one_from_the_focus_list_before_all(
    own_file: Path, own: Path, bundled: Path
) -> None:
    put(own_file.with_name("aquarium.toml"), a_format("aquarium"))
    library = Library(own, bundled)
    assert [board.id for board in library.formats()] == ["from-focus", "fishbowl", "aquarium"]
    assert library.problems() == ()


def test_an_unknown_format_gets_the_nearest_one(library_: Library) -> None:
    with pytest.raises(NotFoundError) as near:
        library_.format("fishbowls")
    with pytest.raises(NotFoundError) as far:
        library_.format("zzz")
    with pytest.raises(NotFoundError):
        library_.format("agenda")
    assert str(near.value) == "There is no format 'fishbowls'; did you mean 'fishbowl'?"
    assert str(far.value) == "There is no format 'zzz'; 'tuiretro survey list' names all."


def test_a_broken_format_of_a_teams_own_hides_no_other(own_file: Path, own: Path, bundled: Path) -> None:
    put(own_file, a_format("ours") | {"title": 3})
    library = Library(own, bundled)
    assert [board.id for board in library.formats()] == ["from-focus", "fishbowl"]
    assert [(problem.file, problem.key) for problem in library.problems()] == [(str(own_file), "title")]
    with pytest.raises(SurveyError) as refused:
        library.format("ours")
    assert str(refused.value) == f"{own_file}: title: expected text, found a whole number."


def test_a_bundled_id_stays_with_its_file(own_file: Path, own: Path, bundled: Path, formats: Path) -> None:
    for name in ("fishbowl", "agenda"):
        put(own_file.with_name(f"{name}.toml"), a_format(name) | {"title": "Ours"})
    library = Library(own, bundled)
    assert library.format("fishbowl").title == "Fishbowl"
    assert [str(problem) for problem in library.problems()] == [
        f"{own_file.with_name(f'{name}.toml')}: id: "
        f"expected a name of its own, found '{name}', which stays with {formats / f'{name}.toml'}"
        for name in ("agenda", "fishbowl")
    ]


def test_a_format_of_the_folder_is_named_after_its_id(own_file: Path, own: Path, bundled: Path) -> None:
    put(own_file, a_format("theirs"))
    assert said(Library(own, bundled), own_file) == ["expected the file name 'theirs.toml', found 'ours.toml'"]


def test_a_broken_agenda_breaks_every_format_and_is_named_once(library_: Library, formats: Path) -> None:
    put(formats / "agenda.toml", an_agenda() | {"topic_minutes": 0})
    assert library_.formats() == ()
    with pytest.raises(SurveyError, match=r"agenda.toml: topic_minutes: expected a whole number from 1 to 240"):
        library_.format("fishbowl")
    assert [problem.key for problem in library_.problems()] == ["topic_minutes"]


def test_a_missing_agenda_is_named_once(library_: Library, formats: Path) -> None:
    (formats / "agenda.toml").unlink()
    assert [str(problem) for problem in library_.problems()] == [f"{formats / 'agenda.toml'}: there is no such file"]


def test_a_library_without_formats_needs_no_agenda(library: Library) -> None:
    assert library.problems() == ()
    assert library.formats() == ()


def test_a_format_is_read_from_any_file_anew(library_: Library, tmp_path: Path) -> None:
    file = put(tmp_path / "Our retro.toml", a_format("ours"))
    assert library_.load_format(file).title == "Fishbowl"
    put(file, a_format("ours") | {"title": "New"})
    assert library_.load_format(file).title == "New"
    with pytest.raises(NotFoundError, match="There is no file"):
        library_.load_format(tmp_path / "none.toml")


def test_files_are_told_to_be_formats_by_folder_or_keys(library_: Library, tmp_path: Path, formats: Path) -> None:
    bare = tmp_path / "formats" / "bare.toml"
    put(bare, {"id": "bare"})
    meant = {
        put(tmp_path / "ours.toml", a_format("ours")): True,
        put(tmp_path / "plays" / "ours.toml", a_format("ours")): False,
        put(tmp_path / "survey.toml", a_survey()): False,
        tmp_path / "none.toml": False,
        bare: True,
    }
    assert {path: library_.is_format(path) for path in meant} == meant
    assert "columns: expected tables that start with [[columns]], found nothing" in said(library_, bare)
    assert said(library_, formats / "agenda.toml") == []


def test_a_folder_named_like_a_format_is_a_problem_and_takes_nothing_away(
    own_file: Path, own: Path, bundled: Path
) -> None:
    own_file.mkdir(parents=True)
    library = Library(own, bundled)
    assert [str(problem) for problem in library.problems()] == [f"{own_file}: expected a file, found a folder"]
    assert said(library, own_file) == ["expected a file, found a folder"]
    assert len(library.formats()) == 2


def test_a_survey_of_the_same_name_keeps_its_name(own_file: Path, own: Path, bundled: Path) -> None:
    put(own / "fishbowl.toml", a_survey("fishbowl"))
    library = Library(own, bundled)
    assert own_file.parent != own
    assert library.problems() == ()
    meant = {"fishbowl": False, "from-focus": True, "from-focos": True, "metings": False, "zzz": False}
    assert {id_: library.means_format(id_) for id_ in meant} == meant


def test_a_format_among_the_surveys_is_told_where_it_belongs(own: Path, own_file: Path, bundled: Path) -> None:
    put(own / "ours.toml", a_format("ours"))
    assert not own_file.exists()
    with pytest.raises(SurveyError, match="found the format of a retro; these lie in a folder 'formats'"):
        Library(own, bundled).survey("ours")


def test_a_changed_format_makes_the_library_anew(library_: Library, own_file: Path) -> None:
    put(own_file, a_format("ours"))
    assert library_.fresh().format("ours").id == "ours"


FAULTS: list[tuple[Callable[[Table], Any], list[str]]] = [
    (lambda t: t.update(titel=t.pop("title")), ["titel: unknown key; did you mean 'title'?"]),
    (
        lambda t: t.update(colour=1),
        [
            "colour: unknown key; expected id, title, about, from, topic_minutes, columns, order or stages",
        ],
    ),
    (
        lambda t: t.update(id="Our Fish"),
        ["id: expected an id such as 'data-cleaning', at most 40 characters, found 'Our Fish'"],
    ),
    (lambda t: t.update(title=" "), ["title: expected some text, found none"]),
    (lambda t: t.update(title="\x1b[2J"), ["title: expected plain text, found the control character U+001B"]),
    (lambda t: t.update(about="x" * 301), ["about: expected at most 300 characters, found 301"]),
    (lambda t: t.update({"from": "focos"}), ["from: expected focus, found 'focos'; did you mean 'focus'?"]),
    (lambda t: t.update(topic_minutes=0), ["topic_minutes: expected a whole number from 1 to 240, found a lower one"]),
    (
        lambda t: t.update(topic_minutes=241),
        ["topic_minutes: expected a whole number from 1 to 240, found a higher one"],
    ),
    (lambda t: t.update(columns=[]), ["columns: expected 1 to 9 columns, found 0"]),
    (
        lambda t: t.update(columns=[{"id": f"c{n}", "title": "C"} for n in range(10)]),
        ["columns: expected 1 to 9 columns, found 10"],
    ),
    (
        lambda t: t.update({"from": "focus", "columns": [{"id": f"c{n}", "title": "C"} for n in range(4)]}),
        ["columns: expected 1 to 3 columns, found 4; each comes once for each mistake on the focus list"],
    ),
    (
        lambda t: t["columns"][1].update(id="fish"),
        ["columns.2.id: expected an id of its own, found 'fish' as in number 1"],
    ),
    (
        lambda t: t["columns"][0].update(title="x" * 23),
        ["columns.fish.title: expected at most 22 cells on the screen, found 23"],
    ),
    (
        lambda t: t["columns"][0].update(title="魚" * 12),
        ["columns.fish.title: expected at most 22 cells on the screen, found 24"],
    ),
    (lambda t: t["columns"][0].update(title="魚" * 11), []),
    (
        lambda t: t["columns"][0].update(mistake="culture"),
        ["columns.fish.mistake: unknown key; expected id, title or hint"],
    ),
    (lambda t: t["columns"][0].update(hint=""), ["columns.fish.hint: expected some text, found none"]),
    (
        lambda t: t.update(stages=["notes"]),
        ["stages: expected tables such as [stages.notes], found a list; 'order' lists the stages"],
    ),
    (lambda t: t.update(stages={"note": {}}), ["stages.note: unknown key; did you mean 'notes'?"]),
    (
        lambda t: t.update(stages={"notes": {"say": [], "minutes": "8", "title": "x" * 13}}),
        [
            "stages.notes.title: expected at most 12 cells on the screen, found 13",
            "stages.notes.minutes: expected a whole number from 1 to 240, found text",
            "stages.notes.say: expected 1 to 6 lines to say, found 0",
        ],
    ),
    (
        lambda t: t.update(stages={"notes": {"say": ["a", "b", "c", "d", "e", "f", "g"]}}),
        ["stages.notes.say: expected 1 to 6 lines to say, found 7"],
    ),
    (lambda t: t.update(stages={"notes": {"say": "x"}}), ["stages.notes.say: expected a list of texts, found text"]),
    (lambda t: t.update(order="notes"), ["order: expected a list of texts, found text"]),
    (lambda t: t.update(order=[]), ["order: expected 1 to 9 stages, found none; leave it out to have them all"]),
    (
        lambda t: t.update(order=["notes", "vote", "notes"]),
        ["order.3: expected each stage once, found 'notes' again"],
    ),
    (
        lambda t: t.update(order=["notes", "wote", 3]),
        [
            f"order.2: expected {', '.join(STAGES[:-1])} or close, found 'wote'; did you mean 'vote'?",
            f"order.3: expected {', '.join(STAGES[:-1])} or close, found a whole number",
        ],
    ),
    (
        lambda t: t.update(order=["notes"], stages={"vote": {}, "notes": {}}),
        ["stages.vote: expected a stage that 'order' lists, found 'vote'"],
    ),
]


@pytest.mark.parametrize(("spoil", "lines"), FAULTS)
def test_every_fault_is_named_with_its_key_and_what_was_expected(
    library_: Library, tmp_path: Path, spoil: Callable[[Table], Any], lines: list[str]
) -> None:
    table = a_format("ours")
    spoil(table)
    assert said(library_, put(tmp_path / "formats" / "ours.toml", table)) == lines


@pytest.mark.parametrize(
    ("spoil", "lines"),
    [
        (lambda t: t.update(id="agendum"), ["id: expected agenda, found 'agendum'; did you mean 'agenda'?"]),
        (lambda t: t["stages"].pop(), ["stages: expected all 9 stages, found no close"]),
        (
            lambda t: t["stages"].append(t["stages"][0]),
            ["stages.10.id: expected an id of its own, found 'welcome' as in number 1"],
        ),
        (lambda t: t["stages"][0].pop("say"), ["stages.welcome.say: expected a list of texts, found nothing"]),
        (
            lambda t: t.pop("stages"),
            [
                "stages: expected tables that start with [[stages]], found nothing",
                f"stages: expected all 9 stages, found no {', '.join(STAGES[:-1])} or close",
            ],
        ),
    ],
)
def test_the_agenda_is_judged_as_strictly(
    library_: Library, formats: Path, spoil: Callable[[Table], Any], lines: list[str]
) -> None:
    table = an_agenda()
    spoil(table)
    assert said(library_, put(formats / "agenda.toml", table)) == lines
