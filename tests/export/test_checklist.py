from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from tests.export.rendered import READERS, acting, tokens, words
from tests.export.reports import OWNER, STRANGERS, hostile, one, story
from tests.export.summaries import first_summary
from tuiretro.core.text import clean
from tuiretro.export.checklist import NOTHING, checklist


def test_open_actions_have_empty_boxes_the_first_due_first_and_done_ones_are_ticked() -> None:
    assert checklist(story()) == (
        "# Atlas: actions after sprint 10\n\n"
        "- [ ] Buy cake (from sprint 9, due 1 Jun 2026)\n"
        "- [ ] Agree on one measure (from sprint 10, due 20 Jun 2026)\n"
        "  - Done when: One page says it.\n\n"
        "## Done\n\n"
        "- [x] Write the data card (done in sprint 9)\n"
    )


def test_what_is_late_says_by_how_much() -> None:
    page = checklist(replace(story(), today=date(2026, 6, 2)))
    assert "- [ ] Buy cake (from sprint 9, due 1 Jun 2026, 1 day late)\n" in page
    assert "(from sprint 10, due 20 Jun 2026)\n" in page


def test_what_was_done_before_the_first_sprint_is_no_news() -> None:
    assert "Look at raw records" not in checklist(story())
    assert "- [x] Look at raw records (done in sprint 4)\n" in checklist(story(4))


def test_owners_are_named_only_if_asked() -> None:
    assert f"due 20 Jun 2026, {OWNER})" in checklist(story(), owners=True)
    assert f"(done in sprint 9, {OWNER})" in checklist(story(), owners=True)
    assert "due 1 Jun 2026)" in checklist(story(), owners=True)


def test_a_list_without_actions_says_so() -> None:
    assert checklist(one(first_summary())) == f"# Borealis: actions after sprint 1\n\n{NOTHING}\n"
    assert "## Done" not in checklist(replace(story(), actions=()))


@pytest.mark.parametrize("text", STRANGERS, ids=range(len(STRANGERS)))
@pytest.mark.parametrize("reader", READERS)
def test_text_of_strangers_never_changes_the_list(reader: str, text: str) -> None:
    page, plain = (checklist(hostile(said), owners=True) for said in (text, "plain"))
    assert not acting(reader, page)
    assert [t.type for t in tokens(reader, page) if t.nesting] == [t.type for t in tokens(reader, plain) if t.nesting]
    assert "".join(words(reader, page)).count(clean(text)) >= 6
