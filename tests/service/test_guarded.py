from __future__ import annotations

import re
import stat
from collections.abc import Collection
from pathlib import Path

import pytest

from tests.service.conftest import Clock, a_team
from tuiretro.core.codes import read_code, written
from tuiretro.errors import BadInputError, NotNowError, UnconfirmedError, WorkspaceError
from tuiretro.model.round import Round, Sheet
from tuiretro.model.team import Team
from tuiretro.service import guarded, rounds
from tuiretro.service.audit import audit
from tuiretro.service.workspace import Workspace, open_workspace


def everything(opened: Round, value: int = 4) -> Sheet:
    return Sheet({question.id: value for question in opened.questions})


def test_the_codes_of_a_round_are_in_its_file_and_each_lets_one_person_in(either: Workspace, tmp_path: Path) -> None:
    team = a_team(either)
    guard = rounds.Guard(codes=rounds.new_codes(team))
    assert len(set(guard.codes)) == team.people
    opened = guarded.open_round(either, team, "safety", guard=guard, slips=tmp_path / "codes.md")
    assert opened.asks_code
    assert not opened.two_person
    assert stat.S_IMODE((tmp_path / "codes.md").stat().st_mode) == 0o600
    shown = re.findall(r"^ {4}(\S+)$", (tmp_path / "codes.md").read_text(), re.MULTILINE)
    assert shown == [written(code) for code in guard.codes]
    for typed in shown:
        code = rounds.require_code(either, team, opened, typed.lower())
        rounds.answer(either, team, opened, everything(opened), code)
        with pytest.raises(NotNowError, match="used up"):
            rounds.require_code(either, team, opened, typed)
    assert rounds.close(either, team).answered == team.people


@pytest.mark.parametrize(("name", "start"), [("codes.html", "<!DOCTYPE"), ("c.HTM", "<!DOCTYPE"), ("c.txt", "# ")])
def test_a_page_or_markdown_by_the_files_name(
    workspace: Workspace, atlas: Team, tmp_path: Path, name: str, start: str
) -> None:
    guard = rounds.Guard(codes=rounds.new_codes(atlas))
    guarded.open_round(workspace, atlas, "safety", guard=guard, slips=tmp_path / name)
    assert (tmp_path / name).read_text().startswith(start)


def test_no_round_opens_over_a_file_that_is_there(workspace: Workspace, atlas: Team, tmp_path: Path) -> None:
    (tmp_path / "codes.md").write_text("mine")
    guard = rounds.Guard(codes=rounds.new_codes(atlas))
    with pytest.raises(BadInputError, match="is there already"):
        guarded.open_round(workspace, atlas, "safety", guard=guard, slips=tmp_path / "codes.md")
    assert (tmp_path / "codes.md").read_text() == "mine"
    assert workspace.store.round(atlas.id) is None


def test_codes_of_a_round_that_did_not_open_are_gone(workspace: Workspace, atlas: Team, tmp_path: Path) -> None:
    guard = rounds.Guard(codes=rounds.new_codes(atlas))
    real = workspace.store.open_round

    def refusing(team: str, opened: Round, codes: Collection[bytes] = (), closing: str | None = None) -> None:
        raise WorkspaceError("The disk is full.")

    workspace.store.open_round = refusing  # type: ignore[method-assign]  # the disk refuses at the last moment
    with pytest.raises(WorkspaceError, match="full"):
        guarded.open_round(workspace, atlas, "safety", guard=guard, slips=tmp_path / "codes.md")
    assert not [*tmp_path.iterdir()]
    with pytest.raises(WorkspaceError, match="full"):
        guarded.open_round(workspace, atlas, "safety")

    def unconfirmed(team: str, opened: Round, codes: Collection[bytes] = (), closing: str | None = None) -> None:
        real(team, opened, codes, closing)
        raise UnconfirmedError("The round is open, but the disk did not confirm it.")

    workspace.store.open_round = unconfirmed  # type: ignore[method-assign]  # it is open all the same
    with pytest.raises(UnconfirmedError):
        guarded.open_round(workspace, atlas, "safety", guard=guard, slips=tmp_path / "codes.md")
    assert (tmp_path / "codes.md").exists()


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_an_opening_that_is_broken_off_leaves_neither_a_round_nor_slips(
    workspace: Workspace, atlas: Team, tmp_path: Path, moment: str, error: type[BaseException]
) -> None:
    guard = rounds.Guard(codes=rounds.new_codes(atlas))
    real = workspace.store.open_round

    def interrupted(team: str, opened: Round, codes: Collection[bytes] = (), closing: str | None = None) -> None:
        if moment == "after":
            real(team, opened, codes, closing)
        raise error

    workspace.store.open_round = interrupted  # type: ignore[method-assign]  # somebody presses ctrl+c
    for slips in (tmp_path / "codes.md", None):
        with pytest.raises(error):
            guarded.open_round(workspace, atlas, "safety", guard=guard, slips=slips)
        assert workspace.store.round(atlas.id) is None
    assert not [*tmp_path.iterdir()]


def test_slips_whose_writing_is_broken_off_are_gone_and_somebody_elses_file_stays(
    workspace: Workspace, atlas: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(path: Path, *_: object, **__: object) -> None:
        path.touch()
        raise KeyboardInterrupt

    monkeypatch.setattr("tuiretro.service.export_file.write", interrupted)
    guard = rounds.Guard(codes=rounds.new_codes(atlas))
    (tmp_path / "mine.md").write_text("mine")
    for name in ("codes.md", "mine.md"):
        with pytest.raises(KeyboardInterrupt):
            guarded.open_round(workspace, atlas, "safety", guard=guard, slips=tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.md"]


def test_slips_that_the_disk_did_not_confirm_are_gone_and_no_round_is_open(
    workspace: Workspace, atlas: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unconfirmed(path: Path, *_: object, **__: object) -> None:
        path.touch()
        raise UnconfirmedError("'codes.md' is written, but the disk did not confirm it.")

    monkeypatch.setattr("tuiretro.service.export_file.write", unconfirmed)
    guard = rounds.Guard(codes=rounds.new_codes(atlas))
    with pytest.raises(WorkspaceError, match=r"removed again, and no round was opened\.") as caught:
        guarded.open_round(workspace, atlas, "safety", guard=guard, slips=tmp_path / "codes.md")
    assert not isinstance(caught.value, UnconfirmedError)
    assert not [*tmp_path.iterdir()]
    assert workspace.store.round(atlas.id) is None


def test_slips_are_a_page_or_markdown(workspace: Workspace, atlas: Team, tmp_path: Path) -> None:
    guard = rounds.Guard(codes=rounds.new_codes(atlas))
    with pytest.raises(BadInputError, match=r"ends in \.html or \.md\. Nothing was opened"):
        guarded.open_round(workspace, atlas, "safety", guard=guard, slips=tmp_path / "codes.pdf")
    assert not [*tmp_path.iterdir()]
    assert workspace.store.round(atlas.id) is None


def test_a_two_person_round_closes_with_its_words_however_they_are_typed(either: Workspace) -> None:
    team = a_team(either)
    words = rounds.closing_code()
    opened = rounds.open_round(either, team, "safety", guard=rounds.Guard(closing=words))
    assert opened.two_person
    assert len(words.split()) == 6
    for _ in range(4):
        rounds.answer(either, team, opened, everything(opened))
    with pytest.raises(NotNowError, match="six words of the closing code"):
        rounds.close(either, team, closing="  ")
    with pytest.raises(BadInputError, match="none of the words of closing codes"):
        rounds.close(either, team, closing=f"{words}x")
    with pytest.raises(BadInputError, match="not the six words of this round"):
        rounds.close(either, team, closing="zoom zoom zoom zoom zoom zoom")
    assert rounds.close(either, team, closing=f"  {words.upper().replace(' ', '   ')}\n").answered == 4


def test_words_for_a_round_that_needs_none_do_not_matter(workspace: Workspace, atlas: Team) -> None:
    opened = rounds.open_round(workspace, atlas, "safety")
    for _ in range(4):
        rounds.answer(workspace, atlas, opened, everything(opened))
    assert rounds.close(workspace, atlas, closing="nonsense").answered == 4


def test_a_code_of_another_round_is_none_of_this_one(workspace: Workspace, atlas: Team, clock: Clock) -> None:
    guard = rounds.Guard(codes=rounds.new_codes(atlas))
    first = rounds.open_round(workspace, atlas, "safety", guard=guard)
    rounds.abandon(workspace, atlas)
    clock.to_sprint(2)
    second = rounds.open_round(workspace, atlas, "safety", guard=rounds.Guard(codes=rounds.new_codes(atlas)))
    assert first.id != second.id
    with pytest.raises(NotNowError, match="none of this round's"):
        rounds.require_code(workspace, atlas, second, written(guard.codes[0]))
    assert read_code(written(guard.codes[0])) == guard.codes[0]


def test_a_prepared_round_is_not_open(workspace: Workspace, atlas: Team) -> None:
    prepared = rounds.prepare(workspace, atlas, "safety")
    assert workspace.store.round(atlas.id) is None
    assert rounds.start(workspace, atlas, prepared) == prepared
    assert workspace.store.round(atlas.id) == prepared
    with pytest.raises(NotNowError, match=r"open for .* already"):
        rounds.prepare(workspace, atlas, "safety")


def test_a_file_that_could_be_written_is_told_from_one_that_could_not(workspace: Workspace, tmp_path: Path) -> None:
    assert guarded.require_free(workspace, f"  {tmp_path}/new.md ") == tmp_path / "new.md"
    (tmp_path / "there.md").write_text("")
    (tmp_path / "link.md").symlink_to(tmp_path / "nowhere")
    for name, said in (
        ("", "file name is empty"),
        (" ", "file name is empty"),
        (f"{tmp_path}/there.md", "is there already"),
        (f"{tmp_path}/link.md", "is there already"),
        (str(tmp_path), "is there already"),
        (f"{tmp_path}/none/new.md", "no folder"),
        ("a\0b", "cannot be shown"),
        ("x" * 2000, "2000 characters long"),
    ):
        with pytest.raises(BadInputError, match=said):
            guarded.require_free(workspace, name)


def test_an_audit_tells_neither_how_many_codes_are_left_nor_whether_any_is(tmp_path: Path, clock: Clock) -> None:
    workspace = open_workspace(tmp_path / "kept", today=clock)
    atlas = a_team(workspace, people=5)
    guard = rounds.Guard(rounds.new_codes(atlas), rounds.closing_code())
    opened = rounds.open_round(workspace, atlas, "safety", guard=guard)

    def of_the_round() -> object:
        found = audit(workspace)
        assert found.passed
        return [file for file in found.files if "/rounds/" in file.path]

    before = of_the_round()
    for code in guard.codes:
        rounds.answer(workspace, atlas, opened, everything(opened), code)
        assert of_the_round() == before
