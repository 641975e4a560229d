"""The HTML report in a real browser: at a phone's and a laptop's width and on paper, in both colour schemes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.export.browser import Page, browser
from tests.export.page_reports import eventful_report, hostile_report, quiet_report, rich_report, years_report
from tests.export.summaries import HOSTILE
from tuiretro.export.html import html
from tuiretro.model.report import Report

# One browser for all of them.
pytestmark = pytest.mark.no_cover

REPORTS: dict[str, Callable[[], Report]] = {
    "eventful": eventful_report,
    "rich": rich_report,
    "hostile": lambda: hostile_report(" ".join((*HOSTILE, "m" * 200, "\u0634\u0643\u0631\u0627"))),
    "years": years_report,
}
PHONE, LAPTOP, PAPER = 360, 1280, 690
"""Pixels: the last is what A4 leaves between the margins."""
LEAST_CONTRAST = 4.5
FAINT = r"""
(() => {
  const light = ([r, g, b]) => {
    const part = [r, g, b].map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
  };
  const colour = text => {
    const found = text.match(/[\d.]+/g).map(Number);
    return {rgb: found.slice(0, 3), solid: found.length < 4 || found[3] === 1, clear: found[3] === 0};
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const found = colour(getComputedStyle(at).backgroundColor);
      if (!found.clear) return [found.rgb];
    }
    return [[255, 255, 255]];
  };
  const drawn = text => {
    const at = text.getBoundingClientRect();
    const near = [...text.parentElement.children].filter(shape => shape.tagName === "rect");
    const under = [...near, ...text.ownerSVGElement.querySelectorAll(".within")].filter(shape => {
      const box = shape.getBoundingClientRect();
      return box.left < at.right && box.right > at.left && box.top < at.bottom && box.bottom > at.top;
    });
    return [...behind(text.ownerSVGElement), ...under.map(shape => colour(getComputedStyle(shape).fill).rgb)];
  };
  const faint = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.getClientRects().length) continue;
    const svg = element.namespaceURI.endsWith("svg"), style = getComputedStyle(element);
    const ink = colour(svg ? style.fill : style.color);
    const grounds = svg ? drawn(element) : behind(element);
    const worst = Math.min(...grounds.map(ground => contrast(ink.rgb, ground)));
    seen += 1;
    if (worst < 4.5 || !ink.solid) faint.push(`${worst.toFixed(2)} ${walker.currentNode.textContent.trim()}`);
  }
  return [seen, faint];
})()
"""
SIDEWAYS = r"""
(() => {
  const wide = document.documentElement.clientWidth, over = [];
  const scrolls = element => element && (element.classList.contains("wide") || scrolls(element.parentElement));
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    const hidden = element.classList.contains("skip") || (MAY_SCROLL && scrolls(element.parentElement));
    if (!hidden && box.width && (box.right > wide + 1 || box.left < -1))
      over.push(`${element.tagName} ${element.className.baseVal ?? element.className} ${box.left} ${box.right}`);
  }
  return [document.documentElement.scrollWidth - wide, over];
})()
"""


@cache
def page(name: str) -> str:
    """The page of a report; each is made once."""
    return html(REPORTS[name]())


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """One browser for all tests."""
    with browser(tmp_path_factory.mktemp("chromium")) as seen:
        yield seen


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as files."""
    place = tmp_path_factory.mktemp("pages")
    for name in REPORTS:
        (place / f"{name}.html").write_text(page(name), encoding="utf-8")
    return place


def sideways(chromium: Page, *, may_scroll: bool) -> object:
    """By how much the page is wider than the window, and which parts stick out."""
    return chromium.value(SIDEWAYS.replace("MAY_SCROLL", str(may_scroll).lower()))


def printed(chromium: Page) -> int:
    """How many pages of paper the page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", chromium.pdf()))


@pytest.mark.parametrize("width", [PHONE, LAPTOP])
@pytest.mark.parametrize("name", REPORTS)
def test_a_page_fits_its_window_can_be_read_and_asks_for_nothing(
    chromium: Page, folder: Path, name: str, width: int
) -> None:
    chromium.show(folder / f"{name}.html", width)
    assert sideways(chromium, may_scroll=True) == [0, []]
    for scheme in ("light", "dark"):
        chromium.scheme(scheme)
        seen, faint = chromium.value(FAINT)
        assert seen > 50
        assert faint == []
    assert chromium.complaints == []
    assert chromium.requests == []


@pytest.mark.parametrize("name", REPORTS)
def test_paper_is_light_and_cuts_nothing(chromium: Page, folder: Path, name: str) -> None:
    chromium.show(folder / f"{name}.html", PAPER, "dark")
    chromium.scheme("dark", media="print")
    assert chromium.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert sideways(chromium, may_scroll=False) == [0, []]
    _, faint = chromium.value(FAINT)
    assert faint == []
    assert chromium.complaints == []


def test_a_printed_report_has_few_pages(chromium: Page, folder: Path) -> None:
    chromium.show(folder / "eventful.html", LAPTOP, "dark")
    assert 4 <= printed(chromium) <= 9
    chromium.show(folder / "rich.html", LAPTOP)
    assert printed(chromium) <= 3


def test_dark_and_light_are_two_schemes(chromium: Page, folder: Path) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        chromium.show(folder / "rich.html", LAPTOP, scheme)
        grounds.append(chromium.value("getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(255, 255, 255)", "rgb(18, 23, 28)"]


def test_whatever_can_be_reached_by_key_shows_that_it_is_reached(chromium: Page, folder: Path) -> None:
    chromium.show(folder / "eventful.html", PHONE)
    for _ in range(2):
        chromium.ask("Input.dispatchKeyEvent", type="keyDown", key="Tab", code="Tab", windowsVirtualKeyCode=9)
        chromium.ask("Input.dispatchKeyEvent", type="keyUp", key="Tab", code="Tab", windowsVirtualKeyCode=9)
    width = chromium.value("getComputedStyle(document.activeElement).outlineWidth")
    assert chromium.value("document.activeElement.tagName") == "A"
    assert width == "3px"


def test_a_chart_that_does_not_fit_shows_its_newest_end_first(chromium: Page, folder: Path) -> None:
    chromium.show(folder / "eventful.html", PHONE)
    gap = "(() => { const b = document.querySelector('.newest'), s = b.firstElementChild.getBoundingClientRect();"
    chart = chromium.value(f"{gap} return [s.right - b.getBoundingClientRect().right, s.width] }})()")
    assert chart[1] > PHONE
    assert abs(chart[0]) < 1


HEAT = """
(() => {
  const box = element => element.getBoundingClientRect(), heat = document.querySelector('.heat');
  const [names, cells] = heat.querySelectorAll('svg');
  return [box(names).left - box(heat).left, box(cells).right - box(heat).right, box(names).height - box(cells).height];
})()
"""
"""Pixels from the heatmap's left edge to its names, from its cells to its right edge, and between both heights."""
HINTS = "[...document.querySelectorAll('.sideways')].filter(hint => hint.getClientRects().length).length"


def test_the_heatmap_shows_its_newest_end_with_the_names_beside_it_and_says_that_it_scrolls(
    chromium: Page, folder: Path
) -> None:
    chromium.show(folder / "eventful.html", PHONE)
    assert chromium.value(HEAT) == [0, 0, 0]
    assert chromium.value(HINTS) == chromium.value("document.querySelectorAll('.wide.newest').length")
    chromium.value("document.querySelector('.heat').scrollLeft = -9999")
    left, right, _ = chromium.value(HEAT)
    assert left == 0
    assert right > 100
    chromium.show(folder / "eventful.html", LAPTOP)
    assert chromium.value(HINTS) == 0


def test_a_few_sprints_fit_a_tablet_and_scroll_on_a_phone(chromium: Page, tmp_path: Path) -> None:
    (tmp_path / "quiet.html").write_text(html(quiet_report()), encoding="utf-8")
    chromium.show(tmp_path / "quiet.html", PHONE)
    assert chromium.value(HINTS) > 5
    chromium.show(tmp_path / "quiet.html", 700)
    assert chromium.value(HINTS) == 0


def test_paper_holds_the_figures_that_are_folded_away_on_screen(chromium: Page, folder: Path) -> None:
    high = "document.querySelector('.figures-table').getBoundingClientRect().height"
    chromium.show(folder / "years.html", PAPER)
    assert not chromium.value("document.querySelector('.figures-table').checkVisibility()")
    chromium.scheme("light", media="print")
    assert chromium.value(high) > 200
    assert chromium.value("document.querySelector('.figures-table').checkVisibility()")
    assert abs(chromium.value(HEAT)[2]) < 1


def test_the_browser_would_tell_of_a_page_that_reaches_out(chromium: Page, tmp_path: Path) -> None:
    bad = page("rich").replace("<main", '<p style="color:red">x</p><img src="https://192.0.2.1/x.png"><main')
    bad = bad.replace("--soft: #52606e", "--soft: #b0b0b0")
    (tmp_path / "bad.html").write_text(bad.replace("max-width: 44rem", "min-width: 99rem"), encoding="utf-8")
    chromium.show(tmp_path / "bad.html", PHONE)
    assert len(chromium.complaints) >= 2
    chromium.ask("Page.setBypassCSP", enabled=True)
    chromium.show(tmp_path / "bad.html", PHONE)
    assert chromium.requests == ["https://192.0.2.1/x.png"]
    assert chromium.value(FAINT)[1]
    assert sideways(chromium, may_scroll=True) != [0, []]
    chromium.ask("Page.setBypassCSP", enabled=False)
