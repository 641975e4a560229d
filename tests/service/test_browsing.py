"""What there is to browse, and in which order."""

from __future__ import annotations

from pathlib import Path

from tuiretro.core.plays import suggest
from tuiretro.core.searching import search
from tuiretro.library import Library
from tuiretro.model.team import Team
from tuiretro.service import actions, teams
from tuiretro.service.browsing import browse, safety_statements
from tuiretro.service.catalogue import of_library
from tuiretro.service.templates import template_of
from tuiretro.service.workspace import Workspace


def test_plays_stand_in_the_order_in_which_they_are_suggested(workspace: Workspace, atlas: Team) -> None:
    actions.add(workspace, atlas, play="safety.hardest-topics-by-note")
    found = browse(workspace, atlas)
    kept = (workspace.store.history(atlas.id), workspace.store.actions(atlas.id))
    assert set(found.plays) == {book.id for book in found.catalogue.play_books}
    for book in found.catalogue.play_books:
        assert found.plays[book.id] == suggest(book, *kept)
    assert found.plays["safety"][-1].id == "hardest-topics-by-note"


def test_everything_can_be_found_by_its_title(workspace: Workspace, atlas: Team) -> None:
    found = browse(workspace, atlas)
    titles = {f"mistake:{mistake.id}": mistake.title for mistake in found.catalogue.mistakes}
    titles |= {f"template:{template.id}": template.title for template in found.catalogue.templates}
    titles |= {f"survey:{survey.id}": survey.title for survey in found.catalogue.surveys}
    titles |= {f"item:{s.id}.{item.id}": item.short for s in found.catalogue.surveys for item in s.items}
    for id_, plays in found.plays.items():
        titles |= {f"play:{id_}.{play.id}": play.title for play in plays}
    assert {entry.id for entry in found.sought} == titles.keys()
    for key, title in titles.items():
        assert key in search(found.sought, title.upper())


def test_a_play_is_found_by_any_of_its_texts(workspace: Workspace, atlas: Team) -> None:
    found = browse(workspace, atlas)
    book, play = next((b, p) for b in found.catalogue.play_books for p in b.plays if p.template)
    template = found.template_of(play)
    assert template is not None
    for text in (play.why, play.first_step, play.done_when, play.watch, book.side_title(play.facet), template.title):
        assert f"play:{book.id}.{play.id}" in search(found.sought, text)


def test_a_play_is_named_by_its_reference(workspace: Workspace, atlas: Team) -> None:
    found = browse(workspace, atlas)
    play = found.catalogue.mistakes[0].plays[0]
    assert found.play(f"software-mindset.{play.id}") == (found.catalogue.mistakes[0], play)
    assert found.play("software-mindset.no-such-play") is None
    assert found.play("no-such-book.play") is None
    assert found.book("safety") == found.catalogue.survey("safety")


def test_all_of_it_is_in_the_language_of_the_team(workspace: Workspace, atlas: Team) -> None:
    found = browse(workspace, teams.speak(workspace, atlas, "es"))
    survey = found.catalogue.survey("safety")
    assert survey is not None
    assert survey.title == "Seguridad psicológica"
    assert "survey:safety" in search(found.sought, "seguridad psicologica")


def test_the_safety_statements_of_a_mistake_are_those_that_name_it(bundled: Library) -> None:
    found = of_library(bundled)
    assert [item.id for item in safety_statements(found, "data-cleaning")] == ["doubts"]
    assert len(safety_statements(found, "culture")) == 8
    assert safety_statements(found, "no-such-mistake") == ()


def test_surveys_are_offered_in_the_order_in_which_they_are_asked_and_own_ones_last(tmp_path: Path) -> None:
    own = 'id = "a-own"\ntitle = "T"\nintro = "I"\n[[items]]\nid = "one"\nshort = "S"\ntext = "We did it."\n'
    (tmp_path / "a-own.toml").write_text(own, encoding="utf-8")
    offered = [survey.id for survey in of_library(Library(own=tmp_path)).offered]
    assert offered == ["pulse", "safety", "quarterly", "process", "deep-dive", "a-own"]


def test_the_languages_that_can_be_chosen_are_those_of_the_library(workspace: Workspace, bundled: Library) -> None:
    assert teams.languages(workspace) == bundled.languages()
    assert {language.id for language in teams.languages(workspace)} >= {"en", "es", "de"}


def test_the_template_of_a_play_is_read_from_the_library(workspace: Workspace, bundled: Library) -> None:
    plays = [play for mistake in bundled.mistakes() for play in mistake.plays]
    named = next(play for play in plays if play.template)
    assert template_of(workspace, named) == bundled.template(named.template or "")
    assert template_of(workspace, next(play for play in plays if not play.template)) is None
