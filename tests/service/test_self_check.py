"""A private self-check from what is asked to what is kept, with and without a team."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.service.conftest import Clock, a_sprint, a_team
from tuiretro.core.self_check_words import NOT_ASKED, NOT_FOR_ONE
from tuiretro.errors import BadInputError, ChangedError, NotFoundError, SurveyError, WorkspaceError
from tuiretro.library import Library
from tuiretro.model.round import Sheet
from tuiretro.model.self_check import Private
from tuiretro.service import self_check
from tuiretro.service.self_check import Beside, Keeping, Locking, OwnCheck
from tuiretro.service.workspace import open_workspace
from tuiretro.store import self_checks

DAY = date(2026, 11, 23)
OWN_SURVEY = """
id = "our-meetings"
title = "Our meetings"
intro = "How we met."
kind = "items"

[[items]]
id = "short"
short = "Meetings were short"
text = "In this sprint our meetings were short."
"""


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks that open at once."""
    monkeypatch.setattr(self_checks, "COST", (1, 8192))


@pytest.fixture
def keeping(tmp_path: Path) -> Keeping:
    return Keeping(tmp_path / "own", tmp_path / "workspace")


def the_same(private: Private, value: int | None = 2) -> Sheet:
    return Sheet({question.id: value for question in private.round.questions})


def asked(library: Library, survey: str | Path = "safety", team: Beside | None = None) -> OwnCheck:
    return OwnCheck(self_check.prepare(library, survey), library, team or Beside(), DAY)


def kept(keeping: Keeping, asked: OwnCheck, sheet: Sheet, words: str) -> str:
    """The sentence of whoever keeps one right after being asked."""
    return self_check.keep(keeping, asked, sheet, self_check.locking(keeping), words)


@pytest.mark.parametrize(
    ("survey", "count"), [("pulse", 24), ("safety", 8), ("quarterly", 28), ("process", 80), ("data-cleaning", 4)]
)
def test_every_survey_can_be_asked_without_any_team(bundled: Library, survey: str, count: int) -> None:
    private = self_check.prepare(bundled, survey)
    assert len(private.round.questions) == count
    assert private.round.survey == survey


def test_a_file_of_ones_own_can_be_asked_and_leads_to_no_play_of_somebody_elses(
    bundled: Library, tmp_path: Path
) -> None:
    path = tmp_path / "our-meetings.toml"
    path.write_text(OWN_SURVEY)
    check = asked(bundled, path)
    (seen,) = self_check.show(check, the_same(check.private)).seen
    assert (seen.id, seen.title, seen.plays) == ("our-meetings", "Our meetings", ())


@pytest.mark.parametrize(
    ("survey", "kind"), [("deep-dive", BadInputError), ("saftey", NotFoundError), (Path("gone.toml"), NotFoundError)]
)
def test_what_cannot_be_asked_is_refused(bundled: Library, survey: str | Path, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        self_check.prepare(bundled, survey)


def test_it_is_asked_in_the_teams_language_and_in_english_where_nobody_speaks_it_any_more(bundled: Library) -> None:
    spanish = self_check.prepare(bundled, "safety", "es").round
    assert spanish.language == "es"
    assert spanish.notice
    assert {question.language for question in spanish.questions} == {"es"}
    english = self_check.prepare(bundled, "safety", "xx").round
    assert (english.language, english.notice) == ("en", "")


def test_without_a_workspace_nothing_stands_beside_the_answers_and_nothing_is_made(
    tmp_path: Path, clock: Clock
) -> None:
    assert self_check.beside(tmp_path / "nowhere", None, clock) == Beside()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(NotFoundError, match="There is no team yet"):
        self_check.beside(tmp_path / "nowhere", "Atlas", clock)


def test_of_several_teams_none_is_guessed(tmp_path: Path, clock: Clock) -> None:
    workspace = open_workspace(tmp_path, today=clock)
    a_team(workspace)
    a_team(workspace, "Borealis")
    found = self_check.beside(tmp_path, None, clock)
    assert (found.released, found.remark) == (
        None,
        "There are several teams, so none stands beside your answers; --team names one.",
    )
    assert self_check.beside(tmp_path, "borealis", clock).remark.startswith("Borealis does not stand beside")
    with pytest.raises(NotFoundError):
        self_check.beside(tmp_path, "Cassiopeia", clock)


def test_the_last_release_stands_beside_the_answers_with_what_it_suppressed(
    tmp_path: Path, clock: Clock, bundled: Library
) -> None:
    workspace = open_workspace(tmp_path, today=clock)
    team = a_team(workspace)
    a_sprint(workspace, team)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    found = self_check.beside(tmp_path, None, clock)
    check = asked(bundled, "pulse", found)
    picture = self_check.show(check, the_same(check.private))
    beside = {line.item: line.team for theme in picture.themes for line in theme.lines}
    assert beside["safety.bad-news"] == "3.0 ±0.8"
    assert beside["data-cleaning"] == NOT_ASKED
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_damaged_workspace_does_not_keep_anybody_from_asking_themself(tmp_path: Path, clock: Clock) -> None:
    team = a_team(open_workspace(tmp_path, today=clock))
    (tmp_path / team.id).mkdir(exist_ok=True)
    (tmp_path / team.id / "history.json").write_text("{")
    found = self_check.beside(tmp_path, None, clock)
    assert found.released is None
    assert found.remark.startswith("Atlas does not stand beside your answers: ")
    (tmp_path / "workspace.json").write_text("{")
    assert self_check.beside(tmp_path, None, clock).remark.startswith("No team stands beside your answers: ")


def test_the_mistakes_that_somebody_sees_come_with_what_one_person_can_start(bundled: Library) -> None:
    check = asked(bundled, "pulse")
    seen = {mistake.id: mistake for mistake in self_check.show(check, the_same(check.private)).seen}
    assert [play.reference for play in seen["documentation"].plays] == ["documentation.failed-runs-log"]
    assert (seen["safety"].plays, seen["safety"].remark) == ((), NOT_FOR_ONE)
    assert len(seen) == 21


def test_what_has_left_the_catalogue_meanwhile_leads_nowhere(bundled: Library) -> None:
    class Emptied(Library):
        def play_book(self, id_: str) -> object:  # type: ignore[override]
            raise (SurveyError if id_ == "safety" else NotFoundError)("gone")

    check = asked(bundled, "pulse")
    emptied = OwnCheck(check.private, Emptied(), check.team, DAY)
    assert self_check.show(emptied, the_same(check.private)).seen == ()


@pytest.mark.parametrize("words", ["", "correct horse"])
def test_what_is_kept_is_shown_side_by_side_and_forgotten_when_its_person_wants(
    keeping: Keeping, bundled: Library, words: str
) -> None:
    assert self_check.history(keeping) is None
    assert self_check.is_locked(keeping) is None
    check = asked(bundled, "data-cleaning")
    for value in (2, 4):
        said = kept(keeping, check, the_same(check.private, value), words)
    assert said.startswith(f"Kept in {keeping.folder / 'self-checks'}, ")
    assert self_check.is_locked(keeping) is bool(words)
    found = self_check.history(keeping, words)
    assert found is not None
    assert (found.lines[0].short, found.lines[0].marks) == ("Data work got its due time", ("2", "4"))
    assert len(found.lines) == 4
    assert self_check.forget(keeping)
    assert not self_check.forget(keeping)


def test_a_passphrase_is_typed_as_often_as_what_was_kept_wants() -> None:
    new, same, none = Locking(None), Locking(is_locked=True), Locking(is_locked=False)

    assert (new.times, same.times, none.times) == (2, 1, 0)
    assert (same.passphrase("four"), none.passphrase("four"), new.passphrase()) == ("four", "", "")
    for first, again in (("four", "four"), ("correct horse", "")):
        with pytest.raises(BadInputError):
            new.passphrase(first, again)


def test_what_was_typed_for_a_file_that_is_gone_locks_no_new_one(keeping: Keeping, bundled: Library) -> None:
    check = asked(bundled)
    kept(keeping, check, the_same(check.private), "correct horse")
    lock = self_check.locking(keeping)
    self_check.forget(keeping)
    with pytest.raises(ChangedError, match="were removed"):
        self_check.keep(keeping, check, the_same(check.private), lock, "four")
    assert not keeping.folder.exists()


def test_a_survey_that_is_gone_keeps_its_answers_under_their_ids(
    keeping: Keeping, bundled: Library, tmp_path: Path
) -> None:
    path = tmp_path / "our-meetings.toml"
    path.write_text(OWN_SURVEY)
    for survey in (path, "safety"):
        check = asked(bundled, survey)
        kept(keeping, check, the_same(check.private), "")
    found = self_check.history(keeping)
    assert found is not None
    assert (found.lines[0].theme, found.lines[0].short) == ("safety", "Asking for help brought help")
    assert (found.lines[-1].theme, found.lines[-1].short) == ("own", "our-meetings.short")


def below(workspace: Path) -> Path:
    return workspace / "own"


def behind_a_link(workspace: Path) -> Path:
    link = workspace.parent / "link"
    link.symlink_to(workspace)
    return link / "own"


@pytest.mark.parametrize("is_above", [True, False])
def test_nothing_private_lies_in_another_workspace(tmp_path: Path, bundled: Library, *, is_above: bool) -> None:
    folder = tmp_path / "other" / "deep" / "own"
    holder = folder.parent.parent if is_above else folder
    holder.mkdir(parents=True)
    (holder / "workspace.json").write_text("{}")
    check = asked(bundled)
    with pytest.raises(WorkspaceError, match="lies in a team's workspace"):
        kept(Keeping(folder, tmp_path / "workspace"), check, the_same(check.private), "")


@pytest.mark.parametrize("place", [below, behind_a_link, lambda workspace: workspace])
def test_nothing_private_lies_in_a_teams_workspace(
    tmp_path: Path, bundled: Library, place: Callable[[Path], Path]
) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    keeping = Keeping(place(workspace), workspace)
    check = asked(bundled)
    for use in (
        lambda: kept(keeping, check, the_same(check.private), ""),
        lambda: self_check.is_locked(keeping),
        lambda: self_check.history(keeping),
        lambda: self_check.forget(keeping),
    ):
        with pytest.raises(WorkspaceError, match="lies in a team's workspace"):
            use()
    assert list(workspace.iterdir()) == []
