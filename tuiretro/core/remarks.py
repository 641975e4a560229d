"""What is said of one value of one theme or item: unusual or not, a new baseline, too early.

Owns the sentences, so that a sprint's results and its trends say the same. Must not know how a value was judged.
"""

from __future__ import annotations

from tuiretro.core.figures import NO_CHANGE, NOT_ASKED
from tuiretro.core.judgement import ItemJudgement, ThemeJudgement
from tuiretro.model.summary import Signal


def whole_words(signal: Signal) -> str:
    """'This whole sprint was rated lower than usual.'."""
    return f"This whole sprint was rated {'lower' if signal == 'low' else 'higher'} than usual."


def theme_words(found: ThemeJudgement, *, asked: bool) -> str:
    """Silent where nothing could be judged: "no unusual change" is a finding, and needs a comparison."""
    if not asked:
        return NOT_ASKED
    if found.signal is not None:
        return f"Unusually {found.signal} compared with your earlier sprints. Worth asking why."
    return NO_CHANGE if found.limit is not None else ""


def item_words(judged: ItemJudgement, *, every: bool) -> str:
    """What is said of an unusual item; empty for any other.

    Args:
        judged: The item's judgement.
        every: Whether each of the sprints before, as far as it was compared with them, asked it.
    """
    if judged.signal is None:
        return ""
    which = "" if every else " that asked it"
    return f"Unusually {judged.signal} compared with your last {judged.b} sprints{which}. Worth asking why."


def baseline_words(judged: ItemJudgement) -> str:
    """What is said where three unusual values in a row are a new normal; empty elsewhere."""
    if not judged.new_baseline:
        return ""
    return f"Three in a row were unusual, so a new baseline starts at sprint {judged.since}."
