from __future__ import annotations

from pathlib import Path

import pytest
import tomli_w

from tests.library.conftest import a_mistake, put
from tests.service.test_survey_files import OURS
from tuiretro.errors import NotFoundError
from tuiretro.service.survey_check import Checked, check
from tuiretro.service.survey_files import bundled

SPOKEN = OURS + 'translations.es = { text = "En este sprint el té estaba caliente." }\n'


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder that is no workspace yet, with a survey of the team's own."""
    own = tmp_path / "workspace" / "surveys"
    own.mkdir(parents=True)
    (own / "ours.toml").write_text(OURS)
    return tmp_path / "workspace"


def test_checking_tells_faults_from_files_that_are_not_there(place: Path) -> None:
    good, bad = place / "surveys" / "ours.toml", place / "bad.toml"
    bad.write_text(OURS.replace("title", "titel").replace('"ours"', '"theirs"'))
    assert check(place, (good,)) == Checked(files=1)
    found = check(place, (good, bad, place / "no.toml"))
    assert found.files == 3
    assert [line.removeprefix(f"{bad}: ") for line in found.faults] == ["titel: unknown key; did you mean 'title'?"]
    assert found.missing == (f"{place / 'no.toml'}: there is no such file",)


def test_without_a_file_all_are_checked(place: Path) -> None:
    own = place / "surveys"
    for folder in ("mistakes", "plays", "templates", "languages", "formats"):
        (own / folder).mkdir()
    count = check(place).files
    assert check(place).faults == check(place).missing == ()
    bad = {
        "mistakes/21-slow.toml": "id = 3",
        "plays/culture.toml": "for = 3",
        "templates/page.md": "no title",
        "languages/fr.toml": "id = 3",
        "formats/ours.toml": "id = 3",
        "ours.md": "no title",
        "theirs.toml": "id = 3",
    }
    for name, text in bad.items():
        (own / name).write_text(text)
    found = check(place)
    assert found.files == count + len(bad)
    for name in bad:
        assert any(line.startswith(f"{own / name}: ") for line in found.faults), name
    assert all(line.startswith(str(own)) for line in found.faults)


def test_every_bundled_file_is_read(tmp_path: Path) -> None:
    tables = [path for path in bundled().rglob("*.toml") if path.parent.name != "starters"]
    pages = [path for path in bundled().glob("*.md") if path.with_suffix(".toml").exists()]
    templates = list((bundled() / "templates").glob("*.md"))
    assert check(tmp_path).files == len(tables) + len(pages) + len(templates)


def test_texts_without_translation_are_no_faults_and_told_by_table(place: Path) -> None:
    file = place / "surveys" / "ours.toml"
    file.write_text(SPOKEN, encoding="utf-8")
    found = check(place, (file,))
    assert (found.faults, found.missing) == ((), ())
    assert found.untranslated == (
        f"{file}: es: title and intro are shown in English",
        f"{file}: items.tea: es: short is shown in English",
    )


def test_one_language_is_told_of_every_file(place: Path) -> None:
    file = place / "surveys" / "ours.toml"
    assert check(place, (file,), "de").untranslated == (
        f"{file}: de: title and intro are shown in English",
        f"{file}: items.tea: de: short and text are shown in English",
    )
    assert check(place, (file,), "DE") == check(place, (file,), "de")
    assert check(place, (file,), "en").untranslated == ()
    file.write_text(SPOKEN, encoding="utf-8")
    assert {line.removeprefix(f"{file}: ")[:2] for line in check(place, (file,), "de").untranslated} == {"de", "it"}


def test_without_a_file_one_line_sums_up_each(place: Path) -> None:
    file = place / "surveys" / "ours.toml"
    file.write_text(SPOKEN + 'translations.fr = { short = "Thé" }\n', encoding="utf-8")
    told = [line for line in check(place).untranslated if line.startswith(str(file))]
    assert told == [f"{file}: shown in English: 3 texts of es and 3 texts of fr"]
    every = [line.partition(": ")[0] for line in check(place, language="fr").untranslated]
    assert len(every) == len(set(every)) > 20


def test_plays_of_a_teams_own_are_told_with_their_names(place: Path) -> None:
    (place / "surveys" / "plays").mkdir()
    play = {**a_mistake()["plays"][0], "facet": "learning", "translations": {"es": {"title": "Medir"}}}
    file = put(place / "surveys" / "plays" / "culture.toml", {"for": "culture", "plays": [play]})
    assert check(place, (file,)).untranslated == (
        f"{file}: plays.time-builds: es: why, first_step, done_when and watch are shown in English",
    )


def test_a_broken_file_has_no_untranslated_lines(place: Path) -> None:
    file = place / "surveys" / "ours.toml"
    file.write_text(SPOKEN.replace("intro", "inrto"), encoding="utf-8")
    found = check(place, (file,), "es")
    assert len(found.faults) == 1
    assert found.untranslated == ()


def test_a_language_that_nothing_speaks_is_refused(place: Path) -> None:
    file = place / "surveys" / "ours.toml"
    for files in ((), (file,)):
        with pytest.raises(NotFoundError, match="There is no language 'fr'"):
            check(place, files, "fr")


def test_a_file_from_elsewhere_may_speak_a_language_of_its_own(place: Path, tmp_path: Path) -> None:
    survey = tmp_path / "theirs.toml"
    survey.write_text(SPOKEN.replace("ours", "theirs").replace(".es", ".fr"), encoding="utf-8")
    assert len(check(place, (survey,), "fr").untranslated) == 2
    mistake = a_mistake("slow-tools", 21) | {"translations": {"it": {"title": "Lento"}}}
    path = tmp_path / "21-slow-tools.toml"
    path.write_text(tomli_w.dumps(mistake))
    assert f"{path}: it: summary and signs are shown in English" in check(place, (path,), "it").untranslated
    with pytest.raises(NotFoundError):
        check(place, (survey, path), "pt")


def test_statements_that_are_hard_to_answer_are_named_and_are_no_faults(place: Path) -> None:
    path = place / "surveys" / "ours.toml"
    path.write_text(OURS.replace("In this sprint the tea was hot.", "We never forgot the tea and the milk."))
    mistake = put(place / "surveys" / "mistakes" / "21-slow-tools.toml", a_mistake("slow-tools", 21))
    mistake.write_text(mistake.read_text().replace("the builds were quick", "the builds were not slow"))

    found = check(place, (path, mistake, bundled() / "templates" / "data-card.md"))

    assert found.faults == ()
    said = [line.removeprefix(f"{path}: ").removeprefix(f"{mistake}: ") for line in found.doubts]
    assert said == [
        "items.tea.text: advice: better begin with 'In this sprint', so that everybody answers for the same time",
        "items.tea.text: advice: 'never' makes it hard to answer, better one positive idea",
        "items.tea.text: advice: 'and' makes it hard to answer, better one positive idea",
        "facets.builds.text: advice: 'not' makes it hard to answer, better one positive idea",
    ]


def test_what_is_bundled_raises_no_doubt(place: Path) -> None:
    assert check(place).doubts == ()
