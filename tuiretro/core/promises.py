"""The sentences that people are told before they answer: what is asked, what is kept, what cannot be hidden.

They live here alone, so that the app and the line-by-line mode promise the same. Knows nothing of screens or files.
"""

from __future__ import annotations

from collections.abc import Mapping

from tuiretro.core.text import plural
from tuiretro.model.round import Round

WHY = (
    "The answers show your team what changed this sprint and what is only noise, and which of twenty known project "
    "mistakes to look at next."
)
KEPT = (
    "Your answers are stored without name, time or order, and the single answer sheets are deleted when the round "
    "closes."
)
SEALED = "Until then they are sealed."
SEALED_BESIDE = "Until then they are sealed, but whoever reads the folder and goes round this program can open them."
"""In place of `SEALED`, where the key lies beside the boxes: no more is promised than the audit says."""
NOT_HIDDEN = (
    "We cannot hide: that you took part (from whoever runs the machine or server), how you write, what only you know, "
    "answers when everybody answers the same, and anything from a person who goes round this program, changes it, or "
    "records this computer. If all others compare notes, they can work out yours."
)
"""What no program on this computer can promise to hide."""
TWO_PERSON = (
    "This round's boxes open only with six words that somebody other than the facilitator was to write down and keep: "
    "then no one person alone can look into them."
)
CODED = (
    "The code that you type lets one sheet in. It is forgotten in the moment in which yours is stored, so nothing says "
    "which code brought which sheet."
)
ELSEWHERE = (
    "You answer on your own machine. Your sheet leaves it sealed, as an envelope that you send in any way you like: "
    "whoever carries it learns that you took part, and not what you answered. That holds for the round's "
    "own invitation alone: whoever put another one in its place can open what you send. Nothing is stored here. If all "
    "others whose envelopes are collected with yours work together, they can work out yours."
)
ELSEWHERE_OPEN = (
    "You answer on your own machine and send an envelope. This round has no closing code: whoever holds its files "
    "knows who sent your envelope and can open it, going round this program. Nothing is stored here."
)
"""In place of `ELSEWHERE`: what one person can do, whoever answers is to know."""
BEFORE_CLOSING_CODE = (
    "A two-person round opens with six words, shown once, that somebody other than the facilitator writes down and "
    "keeps. Without them nobody can ever open the boxes: where they are lost, the round can only be abandoned."
)
"""Said before a round opens that way."""
KEEPER_ALONE = "Now the keeper of the closing code sits down alone."
"""Said before the six words are shown."""
ON_THEIR_OWN = (
    "The six words come next, shown once: whoever else sees them, as on a shared screen, can open the boxes as well. "
    "No round is open yet; it opens once they are written down."
)
WORDS_OF_NOTHING = "No round was opened, and the six words that were shown belong to none."
"""Said where the page with the words was left before the round was open."""
PERHAPS_UNWRITTEN = (
    "A two-person round is open, and nobody said that its six words are written down. If they are not, nobody can ever "
    "close it: abandon it and open another one."
)
"""Said where the page with the words was left."""
MEANING = "Nobody, including the lead, can see who said what in this tool. In a small team colleagues may still guess."
"""No stronger promise: in a small team, style and circumstance tell much. Not said where `ELSEWHERE_OPEN` is."""
AUDIT = "'tuiretro audit' prints everything that is kept, why it is there, and checks itself."
WHO_COULD_SEE = "Who could see what, person by person and with the test of each line: docs/who-could-see-what.md"
LEAVE = "Nothing is saved before you submit; you may leave at any time."
SAVED = "Saved. Your sheet is sealed, and it is destroyed when the round closes."
NOT_SAVED = "Nothing was saved."
RECORDERS = ("TMUX", "STY", "ZELLIJ", "SCRIPT", "ASCIINEMA_REC", "ASCIINEMA_SESSION")
"""What tmux, screen, zellij, script of BSD and macOS, and asciinema 2 and 3 set; script on Linux sets nothing."""
WILL_BE_CLEARED = "Once you are done or leave, this screen is cleared with its history."
STILL_SHOWN = "What you typed is still on this screen: clear it, with its history, before somebody else uses it."
MAY_BE_RECORDED = "This screen was cleared, but what was around the terminal may have kept what you typed."
CLOSING = "Closing is final: the numbers that may be shown are kept, the sheets are destroyed, nobody can answer later."
ABANDONING = "Abandoning destroys the round with every sheet in it; nothing is shown of it, now or later."


def threshold(opened: Round) -> str:
    """The sentence on k, the fewest answers that are shown."""
    return (
        f"Nothing is shown while the round is open, and an item with fewer than {opened.minimum} answers shows no "
        "number even then."
    )


def check_sentence(words: str, opened: Round) -> str:
    """What the check words of an invitation are for, and who has the ones to compare them with."""
    if opened.two_person:
        return (
            f"The invitation's check words: {words}. Ask the person who keeps the six words of this round for theirs, "
            "and not whoever sent the file, who could have put another one in its place: the same words, the same "
            "invitation."
        )
    return (
        f"The invitation's check words: {words}. Ask whoever sent it for theirs: with the same words nobody else put "
        "another one in its place."
    )


def keepers_sentences(words: str) -> tuple[str, str]:
    """What the keeper of a closing code is told before and after the check words of the round's invitation.

    Args:
        words: The check words; empty if they could not be read, which is said then.
    """
    if not words:
        return (
            "The check words of this round's invitation could not be read now.",
            "Stay until 'tuiretro round invite' has shown them, and write them down as well: whoever is invited asks "
            "you for them.",
        )
    return (
        "The check words of this round's invitation, to be written down as well:",
        "They are no secret. Whoever is invited asks you for them before answering: with other words it is another "
        "invitation, whose answers somebody else could open. Where only what it asks was changed, its answers are "
        "refused when they are collected.",
    )


def asking_the_keeper(opened: Round) -> str:
    """What whoever sends an invitation does about its check words."""
    if opened.two_person:
        return (
            "Whoever keeps the six words has them as well: let everybody ask that person for them, and not you, so "
            "that they can see that nobody put another file in its place."
        )
    return "Say them aloud or in a call, so that everybody can see that nobody swapped it on the way."


def recorded(environment: Mapping[str, str]) -> str:
    """A warning where something around the terminal keeps or records what it shows; empty where nothing says so.

    Args:
        environment: The variables of the process; their names are looked at, and what they hold is never said.
    """
    found = next((name for name in RECORDERS if environment.get(name)), "")
    return found and (
        f"Look out: {found} says that a program around this terminal may keep or record what is shown and typed. "
        "Answer in a plain terminal window if nobody else may see it."
    )


def before_answering(opened: Round, warning: str = "", *, elsewhere: bool = False) -> tuple[str, ...]:
    """What is said before the first item, in this order, one paragraph each.

    What is asked, what is kept, k, what cannot be hidden, that leaving is free, and what the answers are for: the
    limits first, because a small terminal shows no more without scrolling.

    Args:
        opened: The round.
        warning: What `recorded` says.
        elsewhere: It is answered from an invitation, and not where it is kept.
    """
    asked = f"{opened.title}, sprint {opened.sprint}: {plural(len(opened.questions), 'statement')}. {opened.intro}"
    told = (said for said in (opened.notice, warning) if said)
    guards = (
        (elsewhere, ELSEWHERE if opened.two_person else ELSEWHERE_OPEN),
        (opened.two_person, TWO_PERSON),
        (opened.asks_code, CODED),
    )
    guarded = (sentence for holds, sentence in guards if holds)
    # Whoever can open an envelope, and knows who sent it, can see who said what.
    meaning = () if elsewhere and not opened.two_person else (MEANING,)
    # From elsewhere, `ELSEWHERE_OPEN` says who can open what is sent.
    sealed = SEALED if opened.two_person or elsewhere else SEALED_BESIDE
    return (asked.strip(), *told, f"{KEPT} {sealed}", *guarded, threshold(opened), NOT_HIDDEN, *meaning, LEAVE, WHY)
