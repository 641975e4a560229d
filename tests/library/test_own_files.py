from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.library.conftest import (
    a_dive,
    a_language,
    a_mistake,
    a_survey,
    put,
    put_page,
    said,
    some_plays,
)
from tuiretro.errors import NotFoundError, SurveyError
from tuiretro.library import Library
from tuiretro.model.survey import Mistake, Survey


@pytest.fixture
def full(bundled: Path, own: Path) -> Library:
    """One own file of every kind beside bundled ones."""
    put(bundled / "deep-dive.toml", a_dive())
    put(bundled / "languages" / "es.toml", a_language())
    put_page(bundled / "templates" / "data-card.md", "# Data card\n\nFor data.\n")
    put_page(bundled / "meetings.md", "# Meetings\n\nOn meetings.\n")
    put(own / "mistakes" / "21-late-lunch.toml", a_mistake("late-lunch", 21))
    put(own / "kitchen.toml", a_survey("kitchen"))
    put_page(own / "kitchen.md", "# Kitchen\n\nOn the kitchen.\n")
    put(own / "plays" / "slow-tools.toml", some_plays())
    put(own / "plays" / "meetings.toml", some_plays("meetings", "item-2"))
    put_page(own / "templates" / "menu.md", "# Menu\n\nFor lunch.\n")
    put(own / "languages" / "pt-br.toml", a_language("pt-br"))
    return Library(own, bundled)


def test_own_files_of_every_kind_stand_beside_the_bundled_ones(full: Library) -> None:
    assert full.problems() == ()
    assert list(full.numbers()) == ["slow-tools", "long-queues", "late-lunch"]
    assert [survey.id for survey in full.surveys()] == ["deep-dive", "meetings", "kitchen"]
    assert [template.id for template in full.templates()] == ["data-card", "menu"]
    assert [language.id for language in full.languages()] == ["en", "es", "pt-br"]
    assert full.template("menu").about == "For lunch."
    assert full.language("pt-br").labels[5] == "muy de acuerdo"
    assert full.page("kitchen") == "# Kitchen\n\nOn the kitchen.\n"
    assert full.page("meetings").startswith("# Meetings")
    assert full.page("deep-dive") == full.page("nothing") == ""


def test_own_plays_come_after_those_of_the_file(full: Library) -> None:
    plays = ["time-builds", "time-laptops", "time-queues", "buy-tools"]
    assert [play.id for play in full.mistake("slow-tools").plays] == plays
    assert [play.id for play in full.mistakes()[0].plays] == plays
    assert [play.id for play in full.survey("meetings").plays] == ["buy-tools"]
    assert [len(survey.plays) for survey in full.surveys()] == [0, 1, 0]
    assert full.survey("kitchen").plays == ()


def test_a_survey_read_by_its_path_has_the_same_plays(full: Library, bundled: Path) -> None:
    assert full.load_file(bundled / "meetings.toml") == full.survey("meetings")


def test_a_mistake_has_a_deep_dive(full: Library) -> None:
    dive = full.survey("late-lunch")
    assert (dive.id, dive.kind, dive.title) == ("late-lunch", "dive", "Deep dive: Putting up with slow tools")
    assert full.survey("deep-dive").id == "deep-dive"


def test_a_deep_dive_needs_its_survey_and_its_mistake(bundled: Path) -> None:
    with pytest.raises(NotFoundError) as error:
        Library(bundled=bundled).survey("slow-tools")
    assert str(error.value) == "There is no survey 'deep-dive'; 'tuiretro survey list' names all."
    put(bundled / "deep-dive.toml", a_dive())
    put(bundled / "mistakes" / "01-slow-tools.toml", a_mistake() | {"title": 3})
    with pytest.raises(SurveyError):
        Library(bundled=bundled).survey("slow-tools")


def test_a_mistake_named_like_the_deep_dive_is_no_loop(own: Path, tmp_path: Path) -> None:
    put(own / "mistakes" / "21-deep-dive.toml", a_mistake("deep-dive", 21))
    with pytest.raises(NotFoundError):
        Library(own, tmp_path / "nowhere").survey("deep-dive")


def test_whatever_has_plays_is_found_by_its_id(full: Library) -> None:
    assert isinstance(full.play_book("slow-tools"), Mistake)
    assert isinstance(full.play_book("meetings"), Survey)


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (
            lambda known: known.play_book("metings"),
            "There is no mistake or survey 'metings'; did you mean 'meetings'?",
        ),
        (
            lambda known: known.play_book("slow-tool"),
            "There is no mistake or survey 'slow-tool'; did you mean 'slow-tools'?",
        ),
        (
            lambda known: known.play_book("zzz"),
            "There is no mistake or survey 'zzz'; 'tuiretro survey list' names all.",
        ),
        (lambda known: known.survey("slow-tool"), "There is no survey 'slow-tool'; did you mean 'slow-tools'?"),
        (lambda known: known.template("data-crd"), "There is no template 'data-crd'; did you mean 'data-card'?"),
        (lambda known: known.template("zzz"), "There is no template 'zzz'; 'tuiretro template list' names all."),
        (lambda known: known.language("pt-bt"), "There is no language 'pt-bt'; did you mean 'pt-br'?"),
        (
            lambda known: known.language("fr"),
            "There is no language 'fr'; the languages are en (English), es (Spanish) and pt-br (Spanish).",
        ),
    ],
)
def test_an_unknown_id_gets_the_nearest_one_of_all_that_would_do(
    full: Library, ask: Callable[[Library], object], sentence: str
) -> None:
    with pytest.raises(NotFoundError) as error:
        ask(full)
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    "broken", [some_plays() | {"colour": 1}, some_plays(facet="none"), some_plays(id_="time-builds"), {}]
)
def test_broken_own_plays_take_nothing_away(bundled: Path, own: Path, broken: dict[str, object]) -> None:
    file = put(own / "plays" / "slow-tools.toml", broken)
    library = Library(own, bundled)
    assert library.mistake("slow-tools") == Library(bundled=bundled).mistake("slow-tools")
    assert {problem.file for problem in library.problems()} == {str(file)}


def test_plays_for_what_picks_its_items_are_refused(bundled: Path, own: Path) -> None:
    put(bundled / "deep-dive.toml", a_dive())
    file = put(own / "plays" / "deep-dive.toml", some_plays("deep-dive"))
    library = Library(own, bundled)
    assert said(library, file) == ["for: expected a mistake or a survey with items of its own, found 'deep-dive'"]
    assert library.survey("deep-dive").plays == ()


def test_a_template_that_no_file_has_is_a_problem_of_the_file_that_names_it(bundled: Path, own: Path) -> None:
    mistake = a_mistake("late-lunch", 21)
    mistake["plays"][0]["template"] = "data-crd"
    put_page(bundled / "templates" / "data-card.md")
    file = put(own / "mistakes" / "21-late-lunch.toml", mistake)
    assert said(Library(own, bundled), file) == [
        "plays.time-builds.template: expected the id of a template, found 'data-crd'; did you mean 'data-card'?"
    ]
    put_page(own / "templates" / "data-crd.md")
    assert Library(own, bundled).mistake("late-lunch").plays[0].template == "data-crd"


def test_every_kind_of_file_keeps_the_name_that_came_first(full: Library, bundled: Path, own: Path) -> None:
    language = put(own / "languages" / "es.toml", a_language() | {"title": "Ours"})
    template = put_page(own / "templates" / "data-card.md", "# Ours\n\nFor us.\n")
    page = put_page(own / "meetings.md", "# Ours\n\nFor us.\n")
    library = Library(own, bundled)
    end = "which stays with"
    assert [str(problem) for problem in library.problems()] == [
        f"{template}: expected a name of its own, found 'data-card', {end} {bundled / 'templates' / 'data-card.md'}",
        f"{language}: id: expected a name of its own, found 'es', {end} {bundled / 'languages' / 'es.toml'}",
        f"{page}: expected a name of its own, found 'meetings', {end} {bundled / 'meetings.md'}",
    ]
    assert library.template("data-card") == full.template("data-card")
    assert library.language("es") == full.language("es")
    assert library.page("meetings") == full.page("meetings")
    assert len(library.templates()) == 2
    for file in (language, template, page):
        assert said(library, file) != []


def test_a_second_file_of_plays_says_where_the_first_is(full: Library, own: Path, tmp_path: Path) -> None:
    other = put(tmp_path / "plays" / "slow-tools.toml", some_plays(id_="sell-tools"))
    stays = own / "plays" / "slow-tools.toml"
    assert said(full, other) == [f"for: expected a name of its own, found 'slow-tools', which stays with {stays}"]


def test_a_page_may_be_about_a_bundled_survey_and_any_other_page_is_none_of_ours(bundled: Path, own: Path) -> None:
    put_page(own / "meetings.md", "# Ours\n\nFor us.\n")
    put_page(own / "README.md", "")
    put_page(own / "notes.md", "")
    library = Library(own, bundled)
    assert library.problems() == ()
    assert library.page("meetings") == "# Ours\n\nFor us.\n"


def test_broken_templates_pages_and_languages_are_refused_and_stop_no_other(
    full: Library, bundled: Path, own: Path
) -> None:
    (own / "kitchen.md").unlink()
    (own / "kitchen.md").mkdir()
    put_page(own / "templates" / "menu.md", "Menu\n")
    (own / "templates" / "latin.md").write_bytes(b"# Caf\xe9\n")
    put(own / "languages" / "pt-br.toml", a_language("pt-br") | {"scale": []})
    assert full.page("kitchen") == ""
    assert [template.id for template in full.templates()] == ["data-card"]
    assert [language.id for language in full.languages()] == ["en", "es"]
    with pytest.raises(SurveyError, match="expected '# ' and a title"):
        full.template("menu")
    with pytest.raises(SurveyError, match="scale: expected exactly 5, found 0"):
        full.language("pt-br")
    assert [Path(problem.file).name for problem in full.problems()] == [
        "menu.md",
        "menu.md",
        "pt-br.toml",
        "kitchen.md",
    ]
    assert str(full.problems()[-1]) == f"{own / 'kitchen.md'}: expected a file, found a folder"


def test_a_library_is_made_anew_once_a_file_of_the_teams_own_changes(own: Path, bundled: Path) -> None:
    known = Library(own, bundled)
    assert known.fresh() is known
    path = put(own / "kitchen.toml", a_survey("kitchen"))
    second = known.speaking("es").fresh()
    assert [survey.id for survey in second.surveys()][-1] == "kitchen"
    assert second.fresh() is second
    path.write_text(path.read_text() + "\n")
    third = second.fresh()
    assert third is not second
    path.unlink()
    assert third.fresh() is not third
    assert Library(None, bundled).fresh().surveys()


def test_files_that_cannot_be_looked_at_make_no_library_anew(own: Path, bundled: Path) -> None:
    own.mkdir(exist_ok=True)
    (own / "gone.toml").symlink_to(own / "nowhere.toml")
    known = Library(own, bundled)
    assert known.fresh() is known
