"""The sentences around a private self-check: what becomes of the answers, and what one person's answers can say.

They live here alone, so that the app and the line-by-line mode say the same. Knows nothing of screens or files.
"""

from __future__ import annotations

from tuiretro.core.text import plural
from tuiretro.model.round import Round

WHOSE = "for you alone"
ALONE = (
    "This is for you alone: no part of any round, counted nowhere, and nobody is told that you did it. Nothing leaves "
    "this machine."
)
KEPT_IF_ASKED = (
    "Your answers stay in memory and are gone afterwards, unless you ask at the end to keep them: then they go into a "
    "private file of yours, outside the team's workspace, with the date and no name."
)
ALONE_NOT_HIDDEN = (
    "We cannot hide: anything from a person who changes this program, records this computer, or may read all of its "
    "files."
)
FREE = "You may leave at any time; then nothing is shown or kept."
GONE = "Nothing was kept."
LEFT_ALONE = f"You left. {GONE}"
KEEP = "Keep these answers for yourself?"
KEEP_EXPLAINED = (
    "They go into a private file of yours, outside any workspace: the date, the survey, each statement's id and "
    "version, and your answer to it. Later 'tuiretro check history' shows them side by side, and 'tuiretro check "
    "forget' removes them."
)
BEFORE_LOCKING = (
    "With a passphrase of 8 characters or more the file is encrypted; once you forget it, nobody can read the file, "
    "not even you. If you choose none, whoever may read your files can read your answers."
)
LOCKED_AS_KEPT = "Your self-checks are locked with a passphrase; type it to look at them."
LOCKED = "Your earlier self-checks are locked with a passphrase; the same one locks these."
DIFFERENT = "The two passphrases differ, so nothing was kept yet. Type the same one twice, or none twice."
NO_PASSPHRASE = "The input ended before there was a passphrase, so nothing was kept or shown."  # noqa: S105 - a sentence
FORGET = "Remove all your kept self-checks? This cannot be undone."
FORGOTTEN = (
    "Removed. The file is gone from its folder; what a backup, a snapshot or the spare cells of an SSD still hold of "
    "it, this program can neither see nor erase."
)
NOTHING_KEPT = "No self-check is kept."
ON_THE_SCREEN = "Your answers are on this screen now: clear it, with its history, before somebody else uses it."
NOT_IN_THE_AUDIT = (
    "Private self-checks are no part of the workspace and are not looked at here; 'tuiretro where' names their file."
)

ONE_PERSON = "These are one person's answers, yours: they have no average and no noise band."
BESIDE = (
    "One answer beside an average says nothing about what anybody else answered, and neither of the two is the right "
    "one. The band is the average's own."
)
NOT_A_TEST = "Not a validated test, and no measure of you or of your team."
NOTHING_LOW = "You rated no statement 1 or 2."
NOT_FOR_ONE = "None of its plays is for one person alone: bring it to the team, or to the next retro."
NO_PLAYS = "No play is written for it: bring it to the team, or to the next retro."
NOT_ASKED = "not asked"
TOO_FEW_SHORT = "too few answers"

SIDE_BY_SIDE = "One person's answers, side by side as they were given: no average, and no noise band for one person."
ONE_STEP = (
    "One step up or down is what an answer often moves by when nothing has changed; mood, the week and the memory of "
    "your last answer move it too. How much is an assumption: nobody has measured it for these statements."
)
LIKE_ITSELF = (
    "Answers of one person lean on the ones before, which can look like a direction: take one as a question, never as "
    "a result."
)


def before_check(asked: Round, warning: str = "") -> tuple[str, ...]:
    """What is said before the first statement of a self-check, in this order, one paragraph each.

    Args:
        asked: What is asked.
        warning: What `promises.recorded` says.
    """
    first = f"{asked.title}, {WHOSE}: {plural(len(asked.questions), 'statement')}. {asked.intro}"
    told = (said for said in (asked.notice, warning) if said)
    return (first.strip(), ALONE, *told, KEPT_IF_ASKED, ALONE_NOT_HIDDEN, FREE)


def kept_words(place: str, *, is_locked: bool) -> str:
    """The sentence once a self-check is kept."""
    how = "locked with your passphrase" if is_locked else "readable for whoever may read your files"
    return f"Kept in {place}, {how}. 'tuiretro check history' shows it."


def too_early_words(most: int, needed: int) -> str:
    """The sentence that stands where directions will be.

    Args:
        most: How many answers the longest line has.
        needed: From how many on a direction may be spoken of.
    """
    return f"Too early to speak of any direction: {most} of {needed} answers to one statement."


def direction_words(answers: int, *, rising: bool) -> str:
    """What is said of one statement whose answers go one way."""
    way = "Going up" if rising else "Going down"
    return f"{way} over your last {answers} answers (chance alone would rarely order them so)."


def changed_words(*, is_locked: bool | None) -> str:
    """What is said where another program changed the file while its person was typing.

    Args:
        is_locked: Whether a passphrase locks the file now; None if there is none any more.
    """
    now = {
        None: "were removed, so that these would begin a new file",
        False: "are without a passphrase now, and these would lie beside them",
        True: "are locked with a passphrase now, and the same one would lock these",
    }
    return f"Your kept self-checks {now[is_locked]}: another program did that meanwhile. These were not kept yet."
