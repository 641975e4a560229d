from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.service.conftest import Clock, a_sprint, a_team
from tests.service.other_tools import BOM, DATA, DATA_ID, HARD, HARD_ID, TABLES, google, maps, table
from tuiretro.errors import BadInputError, NotFoundError, NotNowError
from tuiretro.library import Library
from tuiretro.model.importing import Import
from tuiretro.model.release import History, ItemResult, Spread
from tuiretro.model.team import Team
from tuiretro.service import importing, insight, rounds, teams
from tuiretro.service.workspace import Workspace

PLAIN = f"""
[date]
column = "Day"
[[items]]
column = "{HARD}"
item = "{HARD_ID}"
"""
"""A map for tables of two columns."""
Read = Callable[..., Import]


@pytest.fixture
def team(workspace: Workspace, clock: Clock) -> Team:
    """A team of eight in its third sprint."""
    made = a_team(workspace, people=8)
    clock.to_sprint(3)
    return made


@pytest.fixture
def read(workspace: Workspace, team: Team, tmp_path: Path) -> Read:
    """Reads a table by a map."""

    def reads(rows: str | bytes, wanted: str = PLAIN) -> Import:
        file, map_ = tmp_path / "table.csv", tmp_path / "map.toml"
        file.write_bytes(rows if isinstance(rows, bytes) else rows.encode())
        map_.write_text(wanted, encoding="utf-8")
        return importing.read(workspace, team, file, map_)

    return reads


def faults(read: Read, rows: str | bytes, wanted: str = PLAIN) -> list[str]:
    """What is told of a table that is refused: the sentence and its notes."""
    with pytest.raises(BadInputError) as refused:
        read(rows, wanted)
    return [refused.value.message, *(note.strip() for note in getattr(refused.value, "__notes__", ()))]


def rows_of(answers: str, day: str = "2026-01-06") -> str:
    return table([("Day", HARD), *((day, answer) for answer in answers)])


@pytest.mark.parametrize("tool", TABLES)
def test_every_tool_comes_to_the_same_releases_by_its_documented_map(read: Read, tool: str) -> None:
    found = read(TABLES[tool](), maps()[tool])

    assert [(one.sprint.number, one.answered, one.people) for one in found.sprints] == [(1, 4, 8), (2, 6, 8)]
    first, second = (release.item(HARD_ID) for release in found.releases)
    spread: Spread | None = None if tool == "A table of averages" else "together"
    assert first == ItemResult(HARD_ID, 1, 4, 4.0)
    assert second == ItemResult(HARD_ID, 1, 6, 2.0, spread)
    assert all(release.imported is True and release.title for release in found.releases)


@pytest.mark.parametrize(
    ("tool", "item", "version", "means"),
    [
        ("Google Forms", DATA_ID, 1, (4.0, 2.0)),
        ("LimeSurvey", DATA_ID, 0, (4.0, 2.0)),
        ("Formbricks", "imported.work-again", 0, (4.0, 2.0)),
        ("Microsoft Forms", DATA_ID, 1, (4.0, 2.0)),
        ("A table of averages", DATA_ID, 0, (None, 4.5)),
    ],
)
def test_only_our_own_words_continue_our_line(
    read: Read, tool: str, item: str, version: int, means: tuple[float | None, float]
) -> None:
    found = read(TABLES[tool](), maps()[tool])

    results = [result for release in found.releases if (result := release.item(item)) is not None]
    assert [result.version for result in results] == [version, version]
    assert tuple(result.mean for result in results) == means


def test_nothing_but_numbers_of_the_file_is_written(read: Read, workspace: Workspace, team: Team) -> None:
    found = read(google(), maps()["Google Forms"])
    importing.write(workspace, found)

    kept = str(workspace.store.contents())
    assert HARD in kept
    assert not [word for word in ("SECRET", "example.org", "05:07", "=1+1") if word in kept]
    assert found.ignored == ("Email Address", "Anything else?")


def test_what_was_imported_is_shown_and_the_next_round_goes_on_from_it(
    read: Read, workspace: Workspace, team: Team
) -> None:
    importing.write(workspace, read(google(), maps()["Google Forms"]))
    a_sprint(workspace, team)

    told = insight.summary(workspace, team, 2)
    assert (told.title, told.answered) == ("Google Forms", "6 of 8 answered")
    assert [release.sprint.number for release in workspace.store.history(team.id).releases] == [1, 2, 3]


def test_people_in_the_map_go_before_the_teams(read: Read) -> None:
    found = read(rows_of("4444"), "people = 5\n[people_in]\n2 = 6\n" + PLAIN)

    (release,) = found.releases
    assert release.people == 5
    assert release.answered is None


def test_a_sprint_with_too_few_answers_is_shown_and_not_written(read: Read, workspace: Workspace, team: Team) -> None:
    found = read(rows_of("555"))

    assert [(one.answered, one.release) for one in found.sprints] == [(3, None)]
    with pytest.raises(NotNowError, match="nothing that may be shown"):
        importing.write(workspace, found)
    assert workspace.store.history(team.id) == History()


def test_rows_that_do_not_count_are_told_by_reason(read: Read) -> None:
    text = table(
        [
            ("Day", HARD, "Team"),
            *[("2026-01-06", "4", "Atlas")] * 4,
            ("", "4", "Atlas"),
            ("2026-01-06", "", "Atlas"),
            ("2026-01-06", "1", "Apes"),
            ("2025-12-31", "1", "Atlas"),
            ("2026-02-03", "1", "Atlas"),
        ]
    )
    found = read(text, 'outside = "leave-out"\n' + PLAIN + '[keep]\nTeam = ["Atlas"]')

    assert found.sprints[0].answered == 4
    assert found.left_out == {
        "another row than those to keep": 1,
        "no answer to any statement of the map": 1,
        "no date or sprint": 1,
        "from before sprint 1": 1,
        "from a sprint that is not over": 1,
    }


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        ('Team = ["Atlas"]', ()),
        ('"Email Address" = ["x"]', ("Email Address",)),
        ('Team = ["a@example.org"]', ("Team",)),
    ],
)
def test_rows_that_are_chosen_by_person_are_told(read: Read, keep: str, expected: tuple[str, ...]) -> None:
    text = table([("Day", HARD, "Team", "Email Address"), ("2026-01-06", "4", "Atlas", "x")])

    assert read(text, f"{PLAIN}[keep]\n{keep}").personal == expected


def test_released_sprints_are_refused_or_left_out_and_never_replaced(
    read: Read, workspace: Workspace, team: Team
) -> None:
    importing.write(workspace, read(rows_of("4444")))

    assert "line 2: '2026-01-06' is of a sprint that has results already" in faults(read, rows_of("1111"))[1]
    again = read(rows_of("1111") + rows_of("3333", "2026-01-20").partition("\n")[2], 'outside = "leave-out"\n' + PLAIN)
    assert again.left_out == {"from a sprint that has results already": 4}
    importing.write(workspace, again)
    means = [release.items[0].mean for release in workspace.store.history(team.id).releases]
    assert means == [4.0, 3.0]


def test_a_sprint_that_gets_results_between_reading_and_writing_is_not_replaced(
    read: Read, workspace: Workspace, team: Team
) -> None:
    first, second = read(rows_of("4444")), read(rows_of("1111"))
    importing.write(workspace, first)

    with pytest.raises(NotNowError, match="Sprint 1 has its results already"):
        importing.write(workspace, second)


def test_a_team_that_is_changed_between_reading_and_writing_is_read_for_again(
    read: Read, workspace: Workspace, team: Team
) -> None:
    found = read(rows_of("4444"))
    teams.change(workspace, team, minimum=5)

    with pytest.raises(NotNowError, match="Nothing was imported; run it again"):
        importing.write(workspace, found)
    assert workspace.store.history(team.id) == History()
    assert read(rows_of("4444")).releases == ()


def test_while_a_round_is_open_only_sprints_before_it_can_be_imported(
    read: Read, workspace: Workspace, team: Team, clock: Clock
) -> None:
    clock.to_sprint(2)
    opened = rounds.open_round(workspace, team, "safety")
    clock.to_sprint(3)
    importing.write(workspace, read(rows_of("4444")))
    late = read(rows_of("4444", "2026-01-20"))

    with pytest.raises(NotNowError, match="A round of sprint 2 is open"):
        importing.write(workspace, late)
    assert workspace.store.round(team.id) == opened


def test_the_same_wording_imported_again_continues_its_line_and_another_starts_one(
    read: Read, workspace: Workspace, team: Team
) -> None:
    def one(day: str, words: str) -> int:
        found = read(rows_of("4444", day), PLAIN + f'text = "{words}"')
        importing.write(workspace, found)
        return found.items[0].question.version

    assert one("2026-01-06", "Are problems talked about?") == 0
    assert one("2026-01-20", "Are problems talked about?") == 0
    assert read(rows_of("4"), 'outside = "leave-out"' + PLAIN + 'text = "Other words"').items[0].question.version == -1


def test_our_words_under_other_labels_than_the_history_knows_start_a_line(
    read: Read, workspace: Workspace, team: Team
) -> None:
    found = read(rows_of("4444"))
    odd = replace(found.items[0].question, text="Other words under the same version.")
    workspace.store.import_releases(team, found.releases, (odd,))

    assert read(rows_of("4444", "2026-01-20")).items[0].question.version == 0


SEVEN = "\n[scale]\nvalues = {1 = 1, 2 = 2, 3 = 2, 4 = 3, 5 = 4, 6 = 4, 7 = 5}"


@pytest.mark.parametrize(("more", "mean"), [("reversed = true", 1.5), (SEVEN, 4.3)])
def test_our_words_on_a_scale_that_was_turned_or_squeezed_start_a_line(read: Read, more: str, mean: float) -> None:
    found = read(rows_of("5567" if more == SEVEN else "5555"), PLAIN + more)

    assert (found.items[0].is_ours, found.items[0].question.version) == (False, 0)
    assert found.releases[0].items[0].mean == mean


@pytest.mark.parametrize("language", ["es", "de"])
def test_another_language_has_its_own_words_and_lines(read: Read, language: str) -> None:
    spoken = importing.questions(Library(), language)[HARD_ID]
    text = table([("Day", spoken.text), *[("2026-01-06", "4")] * 4])
    found = read(text, f'language = "{language}"' + PLAIN.replace(HARD, spoken.text))

    assert found.items[0].is_ours
    assert found.releases[0].language == spoken.language != "en"


def test_every_fault_is_told_with_its_line_and_twenty_at_most(read: Read) -> None:
    answers = ["4", *(f"{number}" for number in range(10, 35)), "10"]
    said = faults(read, table([("Day", HARD), *(("2026-01-06", answer) for answer in answers)]))

    assert said[0] == "Nothing was imported: there are 26 faults in the file or its map."
    assert said[1].startswith("line 3: the answer '10' is on no scale of the map, in the column 'In this sprint")
    assert said[1].endswith(" (and 1 more like it)")
    assert said[-1] == "and 5 more"
    assert len(said) == 22


def test_faults_that_are_alike_are_told_once(read: Read, workspace: Workspace, team: Team) -> None:
    said = faults(read, table([("Day", HARD), *[("2026-01-06", "9"), ("2026-01-07", "8")] * 30]))
    assert said[0] == "Nothing was imported: there are 60 faults of 2 kinds in the file or its map."
    assert len(said) == 3

    importing.write(workspace, read(google(), maps()["Google Forms"]))
    again = faults(read, google(), maps()["Google Forms"])
    assert [sentence.partition(" is ")[0] for sentence in again[1:]] == ["line 2: '1/6/2026 9:05:07'"]
    assert again[1].endswith(" more like it)")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("", "is empty"),
        ("\r\n\r\n", "Line 1: there is no header"),
        ("PK\x03\x04more", "this is a spreadsheet"),
        (f"Day,{HARD}\n2026-01-06,4\x00\n", "Line 2: it holds a null character"),
        (f"Day,{HARD}\n2026-01-06,4,5\n", "line 2: it has 3 fields, and the header has 2"),
        (f"Day,{HARD}\n2026-01-06\n", "line 2: it has 1 fields, and the header has 2"),
        (f"Day,{HARD},{HARD}\n2026-01-06,4,4\n", f"line 1: the column '{HARD[:59]}…' stands there 2 times"),
        (f"Days,{HARD}\n2026-01-06,4\n", "line 1: there is no column 'Day'; did the map mean 'Days'?"),
        (f"Tag,{HARD}\n2026-01-06,4\n", "line 1: there is no column 'Day'"),
        ("Day#Answer\n2026-01-06#4\n", "line 1: there is a single column"),
        (f'Day,{HARD}\n"2026-01-06\n\n\n,4\n', "Line 2: a quotation mark is opened here and closed nowhere"),
        (f'Day,{HARD}\n"2026-01-06"x,4\n', "Line 2: behind a closing quotation mark"),
        (f"Day,{HARD}\n2026-01-06,4\r5,4\n", "Line 2: a line ends in a bare carriage return"),
        (f'Day,{HARD}\n"2026-01-06\n",9\n2026-01-06,8\n', "line 4: the answer '8'"),
        (f"Day,{HARD}\n2026-01-06,{'4' * 131_073}\n", "Line 2: a field is longer than 128 KB"),
        (f"Day,{HARD}\n2026-01-06,{'4' * 2**21}\n", "Line 2: the row is longer than 1 MB"),
        (f"Day,{HARD}\n" + '"2026\n' * 400_000, "Line "),
        (f"Day,{HARD}\n2026-01-06,=1+1\n", "line 2: the answer '=1+1' is on no scale"),
        (f"Day,{HARD}\n2026-01-06,[/]\x1b[2J\n", "line 2: the answer '[/][2J' is on no scale"),
        (f"Day,{HARD}\n2026-01-06,{'x' * 500}\n", "line 2: the answer 'xxx"),
        (f"Day,{HARD}\n2026-02-31,4\n", "line 2: '2026-02-31' is no day written as y-m-d"),
        (f"Day,{HARD}\n2025-12-31,4\n", "line 2: '2025-12-31' is before sprint 1, which began on 2026-01-05"),
        (f"Day,{HARD}\n2026-02-03,4\n", "of a sprint that is not over (the last that is: sprint 2)"),
        (",".join(["Day", HARD, *"x" * 2_000]), "line 1: it has 2,002 columns, and 2,000 are the most"),
        (rows_of("444455556"), "line 10: the answer '6'"),
        (rows_of("444455555"), "the map: sprint 1 has 9 answers of 8 people"),
    ],
)  # fmt: skip
def test_what_no_table_should_be_is_refused(
    read: Read, workspace: Workspace, team: Team, rows: str, expected: str
) -> None:
    said = faults(read, rows)

    assert any(expected in sentence for sentence in said), said
    assert all(len(sentence) < 400 and sentence.isprintable() for sentence in said)
    assert workspace.store.history(team.id) == History()


@pytest.mark.parametrize(
    ("rows", "wanted", "expected"),
    [
        (rows_of("4").encode() + b"2026-01-06,\xff\r\n", PLAIN, "Line 3: it holds bytes that are no UTF-8; if"),
        (rows_of("4").encode() + b"\x81", 'encoding = "cp1252"' + PLAIN, "Line 3: it holds bytes that are no CP1252."),
        (rows_of("4").encode(), 'encoding = "utf-16"' + PLAIN, "Line 1: the map says UTF-16"),
        (rows_of("4").encode("utf-16") + b"\xd8", PLAIN, "it holds bytes that are no UTF-16"),
        ((rows_of("4") + "\0").encode("utf-16"), PLAIN, "Line 3: it holds a null character"),
        (rows_of("4" * 2**20).encode("utf-16")[:400] + "x".encode("utf-16-le") * 2**21, PLAIN, "longer than 1 MB"),
    ],
)  # fmt: skip
def test_bytes_of_another_encoding_are_refused_with_their_line(
    read: Read, rows: bytes, wanted: str, expected: str
) -> None:
    assert expected in faults(read, rows, wanted)[0]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ((BOM + rows_of("4444")).encode(), PLAIN),
        (rows_of("4444").encode("utf-16"), PLAIN),
        (rows_of("4444").encode("utf-16"), 'encoding = "utf-16"' + PLAIN),
        (rows_of("4444").replace(",", ";").encode(), PLAIN),
        (rows_of("4444").replace(",", "\t").encode(), 'delimiter = "\\t"' + PLAIN),
        (rows_of("4444").replace("\r", "").encode(), PLAIN),
        (rows_of("äääö").encode("cp1252"), 'encoding = "cp1252"\n' + PLAIN + '[scale]\nvalues = {"ä" = 4, "Ö" = 5}'),
    ],
)
def test_every_usual_form_of_csv_is_read_as_it_is(read: Read, rows: bytes, wanted: str) -> None:
    assert read(rows, wanted).sprints[0].answered == 4


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("[[items]]\ncolumn = 'Day'\nitem = 'safety.hard-problems'\ntext = 'a b'", f"are both '{HARD_ID}'"),
        ("[[items]]\ncolumn = 'Day'\nitem = 'safety.hard-problem'\ntext = 'a b'", f"did you mean '{HARD_ID}'?"),
        (
            "[[items]]\ncolumn = 'Day'\nitem = '!!'\ntext = 'a b'",
            "there is no item '!!'; A statement of the file's own",
        ),
        ("[[items]]\ncolumn = 'Day'\nitem = 'testing'", "'Day' is only a code; the map must say what was asked"),
    ],
)
def test_statements_that_nobody_can_place_are_faults_of_the_map(read: Read, more: str, expected: str) -> None:
    said = faults(read, rows_of("4444"), PLAIN + more)

    assert any(sentence.startswith("the map: ") and expected in sentence for sentence in said), said


def test_a_column_cannot_be_ignored_and_read(read: Read) -> None:
    assert "the column 'Day' is both ignored and read" in faults(read, rows_of("4"), 'ignore = ["Day"]' + PLAIN)[1]
    kept = 'ignore = [" Note"]\n' + PLAIN + '[keep]\nNote = ["yes"]\n'
    rows = table([("Day", HARD, "Note"), ("2026-01-06", "4", "yes")])
    assert "the column 'Note' is both ignored and read" in faults(read, rows, kept)[1]


@pytest.mark.parametrize(
    ("mean", "n", "expected"),
    [
        ("3.0", "", "'' is no number of answers"),
        ("3.0", "-4", "'-4' is no number of answers"),
        ("3,5", "4", "'3,5' is no mean from 1 to 5"),
        ("5.1", "4", "'5.1' is no mean from 1 to 5"),
        ("3.0", "61", "sprint 1 has 61 answers of 8 people"),
    ],
)
def test_averages_without_a_number_or_off_the_scale_are_refused(read: Read, mean: str, n: str, expected: str) -> None:
    text = table([("Sprint", "Statement", "Mean", "n"), (1, HARD, mean, n)])

    assert expected in faults(read, text, maps()["A table of averages"])[1]


def test_a_statement_averaged_twice_for_a_sprint_is_refused(read: Read) -> None:
    text = table([("Sprint", "Statement", "Mean", "n"), (1, HARD, "3.0", 4), ("Sprint 1", HARD, "4", 4), (1, "x")])
    said = faults(read, text, maps()["A table of averages"])

    assert said[1:] == [
        "line 3: the same statement stands in line 2 for sprint 1",
        "line 4: it has 2 fields, and the header has 4",
    ]


def test_an_average_of_nobody_was_not_asked_and_other_rows_are_counted(read: Read) -> None:
    head, keep = ("Sprint", "Statement", "Mean", "n", "Team"), '[keep]\nTeam = ["A"]\n'
    ours = [(1, HARD, "", 0, "A"), (2, HARD, "3.05", "4.0", "A")]
    others = [(1, HARD, "3", 4, "B"), ("?", "Mood", 3, 3, "A")]
    found = read(table([head, *ours, *others]), maps()["A table of averages"] + keep)

    assert [(one.sprint.number, one.release and one.release.items[0].mean) for one in found.sprints] == [(2, 3.1)]
    assert found.left_out == {"another row than those to keep": 1, "a statement that the map does not name": 1}


def test_a_file_for_each_sprint_needs_no_date(read: Read, team: Team) -> None:
    one = PLAIN.replace('[date]\ncolumn = "Day"', "[sprint]\nnumber = 2")
    found = read(rows_of("4444", "1980-01-01"), one)

    assert found.releases[0].sprint.number == 2
    late = faults(read, rows_of("4444"), one.replace("2", "3"))
    assert "line 2: the number in the map is of a sprint that is not over" in late[1]


def test_sprints_may_have_names(read: Read) -> None:
    wanted = PLAIN.replace("[date]", "[sprint]") + '[sprint.names]\n"Winter" = 1\n'

    assert read(rows_of("4444", "Winter"), wanted).releases[0].sprint.number == 1
    assert read(rows_of("4444", "Winter"), wanted.replace("Winter", " Winter ")).releases[0].sprint.number == 1
    assert "'Summer' names no sprint" in faults(read, rows_of("4", "Summer"), wanted)[1]


def test_a_map_that_contradicts_itself_is_refused(read: Read) -> None:
    said = faults(read, rows_of("4444"), PLAIN + '\n[scale.values]\n"4" = 4\n"agree" = 1\n"Agree" = 5')

    assert said[1] == "the map: [scale.values] says 1 for 'agree' and 5 for 'Agree', which are the same"


def test_before_the_first_sprint_is_over_nothing_can_be_imported(read: Read, clock: Clock) -> None:
    clock.to_sprint(1)

    assert "the last that is: none" in faults(read, rows_of("4"))[1]


def test_whoever_reads_is_told_how_far(workspace: Workspace, team: Team, tmp_path: Path) -> None:
    file, map_ = tmp_path / "t.csv", tmp_path / "m.toml"
    file.write_text(rows_of("4" * 5_000), encoding="utf-8", newline="")
    map_.write_text('[keep]\nDay = ["x"]' + PLAIN.replace("[date]", "[date]"), encoding="utf-8")
    told: list[tuple[int, int]] = []
    importing.read(workspace, team, file, map_, lambda done, total: told.append((done, total)))

    assert told[-1] == (file.stat().st_size, file.stat().st_size)


@pytest.mark.parametrize("tool", TABLES)
def test_a_guessed_map_reads_the_table_that_it_was_guessed_from(read: Read, tmp_path: Path, tool: str) -> None:
    file = tmp_path / "table.csv"
    file.write_text(TABLES[tool](), encoding="utf-8", newline="")
    guessed = importing.guess_map(tmp_path / "nowhere", file)

    assert "SECRET" not in guessed
    assert "example.org" not in guessed
    if tool == "LimeSurvey":
        assert '# "A1" =      # which of 1 to 5 is it?' in guessed
        guessed = guessed.replace("[scale.values]", '[scale.values]\n"A1" = 1\n"A2" = 2\n"A3" = 3\n"A4" = 4\n"A5" = 5')
    found = read(TABLES[tool](), guessed)
    assert [release.item(HARD_ID) and release.items[0].mean for release in found.releases] == [4.0, 2.0]
    assert tomllib.loads(guessed)["title"] == "Imported"


def test_a_header_alone_is_enough_to_guess(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text(f"Timestamp,{HARD},{DATA},Anything else?\n", encoding="utf-8")
    guessed = importing.guess_map(tmp_path, file)

    assert f'item = "{HARD_ID}"' in guessed
    assert f'item = "{DATA_ID}"' in guessed
    assert "Anything else" not in guessed


def test_a_guess_in_windows_1252_says_so_and_reads_its_table(read: Read, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    rows = table([("Day", "Email", HARD), *([("2026-01-06", "J\u00fcrgen", "4")] * 4)]).encode("cp1252")
    file.write_bytes(rows)
    guessed = importing.guess_map(tmp_path, file)

    assert tomllib.loads(guessed)["encoding"] == "cp1252"
    assert [release.items[0].mean for release in read(rows, guessed).releases] == [4.0]


def test_a_map_without_a_statement_is_refused_in_plain_words(read: Read) -> None:
    day = '[date]\ncolumn = "Day"\n'

    assert "it names no statement; at least one [[items]] must stand in it" in faults(read, rows_of("4"), day)[0]
    assert "it lacks `item` - at `items[0]`" in faults(read, rows_of("4"), day + '[[items]]\ncolumn = "Day"')[0]


def test_an_unknown_language_is_named(read: Read) -> None:
    with pytest.raises(NotFoundError, match="language 'xx'"):
        read(rows_of("4"), 'language = "xx"' + PLAIN)
