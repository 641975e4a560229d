"""A page as a strict reader of HTML sees it: its elements, and the words that come out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from xml.etree.ElementTree import Element

import html5lib

SVG = "{http://www.w3.org/2000/svg}"
_APART = frozenset(
    {"p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "tr", "caption", "text", "title", "desc", "span"}
)


@cache
def parsed(page: str) -> Element:
    """The root of a page without a single fault; any is raised."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(page)
    return root


def elements(page: str, *names: str) -> list[Element]:
    """All elements of these names, or all there are."""
    return [element for element in parsed(page).iter() if not names or local(element) in names]


def local(element: Element) -> str:
    """An element's name."""
    return element.tag.removeprefix(SVG)


def words(element: Element) -> str:
    """What is to be read in an element, its drawings' titles among it, the style sheet not."""
    return " ".join("".join(_parts(element)).split())


def _parts(element: Element) -> Iterator[str]:
    if local(element) in {"style", "head"}:
        return
    yield " " if local(element) in _APART else ""
    yield element.text or ""
    for child in element:
        yield from _parts(child)
        yield child.tail or ""
    yield " " if local(element) in _APART else ""


@cache
def read(page: str) -> str:
    """The words of a whole page."""
    return words(parsed(page))
