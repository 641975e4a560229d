from __future__ import annotations

import copy
import os
import sys
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.library.conftest import a_language, a_mistake, a_survey, put, put_page, said, some_plays
from tuiretro.library import Library
from tuiretro.library.folders import Shelf
from tuiretro.library.judging import Judge, MorePlays
from tuiretro.model.survey import Language, Mistake, Survey, Template

FILES: dict[str, dict[str, Any]] = {
    "mistakes/21-late-lunch.toml": a_mistake("late-lunch", 21),
    "ours.toml": a_survey("ours"),
    "plays/slow-tools.toml": some_plays(),
    "languages/es.toml": a_language(),
}
TRANSLATED = {"es": {"title": "Hola", "text": "Hola."}}
LETTERS = st.characters(exclude_categories=["Cs"])
LEAVES = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.text(LETTERS, max_size=50)
    | st.sampled_from(["es", "en", "slow-tools", "builds", "S", "pulse", "dive", "\x1b[31m", "\u202e", "x" * 5_000])
    | st.dates()
    | st.datetimes()
)
NAMES = (
    *("id", "number", "title", "theme", "signs", "headline", "facets", "plays", "items", "kind", "for", "translations"),
    *("es", "en", "template", "facet", "effort", "text", "short", "mistakes", "core", "version", "scale", "reviewed"),
)
KEYS = st.text(LETTERS, max_size=9) | st.sampled_from(NAMES)
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4))
MANY = settings(max_examples=100, deadline=None)


@st.composite
def _broken_in_one_place(draw: st.DrawFn, table: dict[str, Any]) -> dict[str, Any]:
    """The same table with any other value somewhere."""
    whole = copy.deepcopy(table | {"translations": TRANSLATED})
    inner: Any = whole
    while True:
        key = draw(st.sampled_from(sorted(inner) if isinstance(inner, dict) else range(len(inner))))
        if not isinstance(inner[key], dict | list) or not inner[key] or draw(st.booleans()):
            inner[key] = draw(TREES)
            return whole
        inner = inner[key]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """One mistake, and a file of every kind."""
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "bundled").mkdir()
    (folder / "own").mkdir()
    put(folder / "bundled" / "mistakes" / "01-slow-tools.toml", a_mistake())
    for name, table in FILES.items():
        put(folder / "own" / name, table)
    return Shelf(folder / "bundled", folder / "own")


def _path(shelf: Shelf, name: str) -> Path:
    return shelf.mistakes["slow-tools"].parents[2] / "own" / name


def _judge(shelf: Shelf, name: str, content: dict[str, Any]) -> None:
    """What stands there is either a value, or each of its faults has a line that may be printed."""
    path = _path(shelf, name)
    path.write_text(tomli_w.dumps(content), encoding="utf-8")
    found = Judge(shelf).read(path)
    if isinstance(found, tuple):
        assert all(problem.file == str(path) and str(problem).isprintable() for problem in found)
        assert max(len(str(problem)) for problem in found) < 600 + len(str(path))
    else:
        assert isinstance(found, Mistake | Survey | MorePlays | Language)


@pytest.mark.parametrize("name", FILES)
@given(content=st.dictionaries(KEYS, TREES, max_size=8))
@MANY
def test_no_tree_of_values_raises_anything(shelf: Shelf, name: str, content: dict[str, Any]) -> None:
    _judge(shelf, name, content)


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
@MANY
def test_no_sound_file_with_one_odd_value_raises_anything(shelf: Shelf, name: str, data: st.DataObject) -> None:
    _judge(shelf, name, data.draw(_broken_in_one_place(FILES[name])))


@given(text=st.text(LETTERS, max_size=200))
@MANY
def test_no_page_raises_anything(shelf: Shelf, text: str) -> None:
    path = put_page(_path(shelf, "templates/a-page.md"), text)
    found = Judge(shelf).read(path)
    assert isinstance(found, Template | tuple)
    assert isinstance(found, Template) or all(str(problem).isprintable() for problem in found)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"translations": 3}, "translations: expected a table of languages, found a whole number"),
        ({"translations": {"es": []}}, "translations.es: expected a table, found a list"),
        ({"plays": {}}, "plays: expected tables that start with [[plays]], found a table"),
    ],
)
def test_a_value_of_the_wrong_shape_is_named(library: Library, own: Path, change: dict[str, Any], line: str) -> None:
    assert said(library, put(own / "ours.toml", a_survey("ours") | change)) == [line]
    assert said(library, put(own / "mistakes" / "21-late-lunch.toml", a_mistake("late-lunch", 21) | change)) == [line]


def test_a_file_is_judged_by_its_folder_and_else_by_its_keys(library: Library, tmp_path: Path) -> None:
    assert said(library, put(tmp_path / "mistakes" / "a.toml", {}))[0] == "id: " + (
        "expected an id such as 'data-cleaning', at most 40 characters, found nothing"
    )
    assert "for: expected" in said(library, put(tmp_path / "plays" / "a.toml", {}))[0]
    assert "code of a language" in said(library, put(tmp_path / "languages" / "a.toml", {}))[0]
    assert "items: expected 1 to 100 items, found 0" in said(library, put(tmp_path / "a.toml", {}))
    assert said(library, put(tmp_path / "slow-tools.toml", some_plays())) == []
    assert said(library, put_page(tmp_path / "Any Name.md")) == []
    assert said(library, put_page(tmp_path / "Any Name.md", "")) != []


@pytest.mark.parametrize("name", ["x" * 100_000, "../es", "", "a\x1b[31mb"])
def test_names_of_strangers_are_cut_and_never_a_file_name(library: Library, tmp_path: Path, name: str) -> None:
    for file, table, key in (
        ("plays/a.toml", some_plays(name), "for"),
        ("languages/a.toml", a_language(name), "id"),
    ):
        (line,) = said(library, put(tmp_path / file, table))
        assert line.startswith(f"{key}: expected ")
        assert line.isprintable()
        assert len(line) < 150


def test_a_file_of_plays_or_of_a_language_is_named_after_what_it_is_for(library: Library, tmp_path: Path) -> None:
    plays = put(tmp_path / "plays" / "tools.toml", some_plays())
    language = put(tmp_path / "languages" / "spanish.toml", a_language())
    assert said(library, plays) == ["expected the file name 'slow-tools.toml', found 'tools.toml'"]
    assert said(library, language) == ["expected the file name 'es.toml', found 'spanish.toml'"]


def test_plays_for_nothing_known_get_the_nearest_name(library: Library, tmp_path: Path) -> None:
    expected = "for: expected the id of a mistake or survey, found"
    near = put(tmp_path / "slow-tool.toml", some_plays("slow-tool"))
    survey = put(tmp_path / "meting.toml", some_plays("meting"))
    far = put(tmp_path / "zzz.toml", some_plays("zzz"))
    assert said(library, near) == [f"{expected} 'slow-tool'; did you mean 'slow-tools'?"]
    assert said(library, survey) == [f"{expected} 'meting'; did you mean 'meetings'?"]
    assert said(library, far) == [f"{expected} 'zzz'"]


def test_plays_for_a_mistake_whose_file_is_broken_have_no_fault_of_their_own(bundled: Path, own: Path) -> None:
    broken = put(bundled / "mistakes" / "01-slow-tools.toml", a_mistake() | {"title": 3})
    put(own / "plays" / "slow-tools.toml", some_plays())
    assert {problem.file for problem in Library(own, bundled).problems()} == {str(broken)}


def test_english_needs_no_file(library: Library, tmp_path: Path) -> None:
    file = put(tmp_path / "languages" / "en.toml", a_language("en"))
    assert said(library, file) == ["id: expected another language; English is part of the program"]


def test_a_template_of_a_folder_must_be_named_as_an_id_is(bundled: Path, own: Path) -> None:
    page = put_page(own / "templates" / "Data Card.md")
    assert said(Library(own, bundled), page) == [
        "expected a file name such as 'data-card.md', of small letters, digits and hyphens, found 'Data Card.md'"
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_file_reached_through_a_link_does_not_clash_with_itself(bundled: Path, own: Path, tmp_path: Path) -> None:
    for name, table in FILES.items():
        put(own / name, table)
    page = put_page(own / "templates" / "data-card.md")
    put_page(own / "ours.md")
    (tmp_path / "link").symlink_to(own)
    library = Library(own, bundled)
    assert library.problems() == ()
    for name in (*FILES, str(page.relative_to(own)), "ours.md"):
        assert said(library, tmp_path / "link" / name) == []
        assert said(library, Path(os.path.relpath(own / name))) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_file_reached_through_a_link_is_known_as_the_one_it_is(bundled: Path, own: Path, tmp_path: Path) -> None:
    survey, page = put(own / "Kitchen 2.toml", a_survey("kitchen")), put_page(own / "templates" / "Data Card.md")
    (tmp_path / "link").symlink_to(own)
    library = Library(own, bundled)
    for path in (survey, page):
        linked = tmp_path / "link" / path.relative_to(own)
        assert said(library, linked) == said(library, path) != []


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_to_a_survey_elsewhere_is_read(bundled: Path, own: Path, tmp_path: Path) -> None:
    (own / "ours.toml").symlink_to(put(tmp_path / "elsewhere.toml", a_survey("ours")))
    (own / "gone.toml").symlink_to(tmp_path / "nowhere.toml")
    library = Library(own, bundled)
    assert library.survey("ours").title == "Meetings"
    assert [str(problem) for problem in library.problems()] == [f"{own / 'gone.toml'}: there is no such file"]


def test_a_translation_that_nobody_reviewed_says_so(bundled: Path, own: Path) -> None:
    silent = a_language("fr")
    del silent["notice"]
    path = put(own / "languages" / "fr.toml", silent)
    assert said(Library(own, bundled), path) == [
        "notice: expected a sentence that tells people that nobody has reviewed the translation yet"
    ]
    put(path, silent | {"reviewed": True})
    assert said(Library(own, bundled), path) == []


def test_an_author_is_told_of_doubts_statement_by_statement(library: Library, own: Path) -> None:
    mistake, survey = a_mistake("own-tools", 21), a_survey("kitchen")
    mistake["headline"]["text"] = "In this sprint our tools were quick and cheap."
    mistake["facets"][1]["text"] = "Laptops were quick."
    survey["items"][1]["text"] = "In this sprint meetings were not long."

    def doubted(path: Path) -> list[str]:
        assert library.check_file(path) == ()
        return [key for key, _ in library.doubts(path)]

    assert doubted(put(own / "mistakes" / "21-own-tools.toml", mistake)) == ["headline.text", "facets.laptops.text"]
    assert doubted(put(own / "kitchen.toml", survey)) == ["items.item-2.text"]
    assert doubted(put(own / "plays" / "slow-tools.toml", some_plays())) == []
