"""A report as one HTML file that asks for nothing from elsewhere: for stakeholders, on screen and on paper.

Owns how the page is put together, and that no text can act in it: every text is cleaned and escaped on its way into the
page, whatever it is. What stands on it is `html_page`'s, where and how it looks the templates' business.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from tuiretro.core.calendar import day_and_month, deadline_words, span_words
from tuiretro.core.figures import TOO_FEW, band_words, mean_words
from tuiretro.core.telling import dated, suggestion
from tuiretro.core.text import clean
from tuiretro.export import svg_strip
from tuiretro.export.html_page import told
from tuiretro.export.telling import asked_as, figure_words, theme_title
from tuiretro.model.report import Report
from tuiretro.model.summary import ThemeLine
from tuiretro.model.survey import EFFORT_WORDS

if TYPE_CHECKING:
    from jinja2 import Environment

POLICY = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
"""What the page may do: be styled by its own sheet, which the hash names."""


def html(report: Report, *, owners: bool = False) -> str:
    """A report as an HTML page without scripts; ends in a newline, and is the same for the same report.

    Args:
        report: Some released sprints of a team.
        owners: Whether the owners of actions are named.
    """
    from markupsafe import Markup

    style = _style()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    page = (
        _environment()
        .get_template("report.html.jinja")
        .render(
            # Both are this program's own and hold nothing that anybody typed.
            style=Markup(style),  # noqa: S704
            policy=Markup(POLICY.format(digest)),  # noqa: S704
            owners=owners,
            **told(report),
        )
    )
    return page.rstrip() + "\n"


@cache
def _style() -> str:
    """The style sheet, as it stands in the page to the letter."""
    # Without a line end at its ends: checkers of HTML hash a sheet without them, browsers with them.
    return (files("tuiretro.export") / "pages" / "report.css").read_text(encoding="utf-8").strip()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("tuiretro.export", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "asked_as": asked_as,
        "band": band_words,
        "dated": dated,
        "day": lambda day: f"{day_and_month(day)} {day.year}",
        "deadline": deadline_words,
        "effort": EFFORT_WORDS.__getitem__,
        "figures": _figures,
        "mean": mean_words,
        "sentence": _sentence,
        "span": lambda sprint: f"{span_words(sprint)} {sprint.ends.year}",
        "strip": svg_strip.draw,
        "suggestion": suggestion,
        "theme": theme_title,
    }
    return environment


def _harmless(value: object) -> object:
    """Whatever the page shows is cleaned on its way there, so that no template can forget it."""
    return value if hasattr(value, "__html__") or not isinstance(value, str) else clean(value)


def _sentence(text: str) -> str:
    whole = clean(text)
    whole = whole[:1].upper() + whole[1:]
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."


def _figures(theme: ThemeLine) -> str:
    if theme.mean is None or theme.band is None:
        return TOO_FEW
    return f"{figure_words(theme.mean, theme.band)}. {theme.remark}"
