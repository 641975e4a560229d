"""The two questions of a retro that everybody answers alone: how safe it is to speak, and whether it was worth it.

Each is a round of one statement, under the same rules of release.
"""

from __future__ import annotations

from tuiretro.model.retro import CheckId
from tuiretro.model.round import Round
from tuiretro.model.survey import LABELS, Question
from tuiretro.model.team import Team

TITLES: dict[CheckId, str] = {"welcome": "Safety check", "close": "Worth the time"}
STATEMENTS: dict[CheckId, str] = {
    "welcome": "Right now I can say in this retro what I really think.",
    "close": "This retro was worth the time that it took.",
}
CANNOT_SAY = "can't say"
INTROS: dict[CheckId, str] = {
    "welcome": "Before we begin: one statement, answered by each of us alone.",
    "close": "Before we part: one statement, answered by each of us alone.",
}


def too_few(minimum: int) -> str:
    """Why a question cannot be closed yet, in one sentence."""
    return (
        f"Fewer than {minimum} have answered, so there is nothing that may be shown yet. The question stays open; wait "
        "for more answers, or abandon it."
    )


def asked(check: CheckId, team: Team, sprint: int, round_id: str) -> Round:
    """A question of a retro as a round.

    Args:
        check: Which one.
        team: Who is asked; its size and k are the question's.
        sprint: The retro's.
        round_id: A random id.
    """
    question = Question(f"retro.{check}", TITLES[check], STATEMENTS[check], "safety" if check == "welcome" else "own")
    return Round(
        id=round_id,
        sprint=sprint,
        survey=f"retro-{check}",
        title=TITLES[check],
        intro=INTROS[check],
        people=team.people,
        minimum=team.minimum,
        questions=(question,),
        labels=(CANNOT_SAY, *LABELS[1:]),
    )
