"""Builds a mistake."""

from __future__ import annotations

from tuiretro.model.survey import Facet, Headline, Mistake, Play, Theme


def a_mistake(id_: str = "data-cleaning", number: int = 2, theme: Theme = "data") -> Mistake:
    text = "In this sprint ..."
    facets = (
        Facet("dark", "Dark data", "Dark", text),
        Facet("valid", "Validation", "Valid", text, 2),
        Facet("labels", "Labelling", "Labels", text),
    )
    plays = (
        Play("look", "dark", "Look at the data", "Because.", "Open it.", "It was open.", "The level.", "S"),
        Play("check", "valid", "Check the data", "Because.", "Write one.", "One runs.", "The level.", "M"),
        Play("label", "labels", "Label the data", "Because.", "Take ten.", "Ten are done.", "The level.", "L"),
    )
    headline = Headline(id_, "Short", text, 3)
    return Mistake(id_, number, f"Title of {id_}", theme, "Summary.", ("Sign.",), "made up", headline, facets, plays)
