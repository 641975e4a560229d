"""Every text of the catalogue is in its own words: no eight words in a row are those of the source."""

from __future__ import annotations

from tests.surveys.shelf import texts
from tests.surveys.source_runs import copied, hashed, kept, parsed, runs, written

TITLE = "Common Project Management Mistakes to Avoid for AI & Machine Learning"
"""What the source is called may be said."""
ARTICLE = "The old lighthouse keeper counted [seven](/numbers/seven) grey gulls before his breakfast. Then it rained."


def test_no_text_has_eight_words_in_a_row_of_the_source() -> None:
    odd = [
        f"{place}: eight words in a row of the source: '{run}'"
        for place, text in texts()
        for run in copied(text.replace(TITLE, "its title"), kept())
    ]
    assert odd == []


def test_the_hashes_are_those_of_the_source() -> None:
    # The one run of the source that may stand here, since it is the article's title.
    assert copied(TITLE, kept()) == list(runs(TITLE))
    assert len(kept()) > 4000


def test_a_planted_sentence_is_found_whatever_its_case_signs_and_surroundings() -> None:
    planted = "We once read: the OLD lighthouse-keeper counted\nseven, grey gulls (before noon)."
    assert copied(planted, hashed(ARTICLE)) == []
    assert copied(planted, parsed(written(ARTICLE))) == [
        "the old lighthouse keeper counted seven grey gulls",
        "old lighthouse keeper counted seven grey gulls before",
    ]


def test_apostrophes_are_one_whatever_their_shape() -> None:
    known = hashed("We can't say what the keeper\N{RIGHT SINGLE QUOTATION MARK}s gulls had counted.")
    assert copied("they said: we can't say what the keeper's gulls had", known)


def test_seven_words_in_a_row_are_free() -> None:
    known = parsed(written(ARTICLE))
    assert copied("the old lighthouse keeper counted seven grey cats", known) == []


def test_the_hashes_keep_nothing_of_the_words() -> None:
    assert "lighthouse" not in written(ARTICLE)
