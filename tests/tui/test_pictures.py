"""The pictures of the README show the app as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.pictures import PICTURES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", PICTURES)
async def test_a_picture_is_what_the_app_shows(name: str, history: Path) -> None:
    """After a change of the app: `python -m tests.tui.pictures docs/pictures`."""
    now = await PICTURES[name](history)
    assert (ROOT / "docs" / "pictures" / f"{name}.svg").read_text("utf-8") == now
    assert set(re.findall(r"https?://[^\s\"<]+", now)) == {"http://www.w3.org/2000/svg", "https://www.textualize.io"}


def test_the_readme_shows_every_picture_with_words_for_those_who_cannot_see_it() -> None:
    shown = dict(
        re.findall(r"!\[([^\]]{20,})\]\((docs/pictures/[a-z]+\.(?:svg|png))\)", (ROOT / "README.md").read_text("utf-8"))
    )
    assert {Path(path).name for path in shown.values()} == {*(f"{name}.svg" for name in PICTURES), "report.png"}
    assert all((ROOT / path).stat().st_size for path in shown.values())
