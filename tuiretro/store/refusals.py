"""What every store says when the state of a round, a retro or the history forbids what was asked.

Owns the sentences, so that the stores say the same. Decides nothing.
"""

from __future__ import annotations

from tuiretro.errors import BadInputError, BusyError, NotNowError, UnreadableError, WorkspaceError
from tuiretro.model.survey import ENGLISH, Question


def gone() -> NotNowError:
    """The round is no longer there."""
    return NotNowError("The round was closed or abandoned meanwhile, so nothing was changed or stored.")


def full(people: int) -> NotNowError:
    """Everybody has answered."""
    return NotNowError(f"All {people} people of this round have answered, so this sheet was not stored.")


def too_many(people: int) -> NotNowError:
    """More envelopes came than there are people; how many sheets the round holds is not looked at."""
    return NotNowError(
        f"With these more envelopes would be collected than the round's {people} people can have sent: somebody has "
        "sent two. None was taken; find out which one to leave out."
    )


def spent() -> NotNowError:
    """A code lets one person answer once."""
    return NotNowError(
        "This code is used up, or it is none of this round's, so nothing was stored; look whether the slip is of this "
        "round."
    )


def code_needed() -> NotNowError:
    """The round asks for a code."""
    return NotNowError("This round asks for a one-time code, so the sheet was not stored; draw one and type it in.")


def closing_code_needed() -> NotNowError:
    """The boxes are locked."""
    return NotNowError(
        "This is a two-person round: its boxes open only with the six words of the closing code, so nothing was "
        "changed. Ask whoever keeps them; where they are lost, the round can only be abandoned."
    )


def no_invitation() -> NotNowError:
    """Envelopes are sealed with an invitation's key."""
    return NotNowError("No invitation was written for this round, so no envelope can be for it; nothing was changed.")


def unreadable(empty: int, damaged: int, people: int | None) -> UnreadableError:
    """Not all boxes hold a sheet that can be read, or they hold too many.

    Args:
        empty: How many came in envelopes, made by somebody who had the invitation, and hold something else.
        damaged: How many do not open.
        people: How many there are, if more sheets came than that.
    """
    parts = []
    if empty:
        what = "One of the collected envelopes holds" if empty == 1 else f"{empty} of the collected envelopes hold"
        parts.append(f"{what} no sheet that this round's key opens: made by another program than tuiretro.")
    if damaged:
        what = "One sealed sheet is" if damaged == 1 else f"{damaged} sealed sheets are"
        whose = "that person" if damaged == 1 else "those people"
        parts.append(f"{what} damaged and cannot be opened; what {whose} answered is lost.")
    if people is not None:
        parts.append(
            f"There are more sheets than the round's {people} people: somebody has answered twice, and nobody can say "
            "which sheet that is, so that all would count."
        )
    way = "without what cannot be read" if empty or damaged else "as it is"
    return UnreadableError(f"{' '.join(parts)} The round is still open; it can be closed {way}, or abandoned.")


def open_already() -> NotNowError:
    """A team has one open round at a time."""
    return NotNowError("A round is open already, so nothing was changed; close or abandon it first.")


def closed_before() -> NotNowError:
    """A released round cannot be opened again."""
    return NotNowError("This round was closed before, so nothing was changed; open a new one.")


def released_already(sprint: int, last: int) -> NotNowError:
    """Closing is final: neither a released sprint nor one before it can be asked again."""
    return NotNowError(
        f"Sprint {last} has its results already and closing is final, so no round was opened for sprint {sprint}; the "
        f"next one that can be asked is sprint {last + 1}."
    )


def relabelled(language: str) -> NotNowError:
    """One version of a language has one set of labels: what people answered to other words is another line."""
    code = language.partition(".")[0]
    return NotNowError(
        f"What 1 to 5 are called in '{code}' has changed; give languages/{code}.toml a higher version, which starts "
        "new lines in every chart. Nothing was opened."
    )


def reworded(question: Question) -> NotNowError:
    """One version of a question has one wording in each language: its values form one line."""
    if question.language == ENGLISH:
        which, where = "wording", "in its file"
    else:
        code = question.language.partition(".")[0]
        # A higher version beside the English text would start new lines in every language.
        which, where = f"'{code}' wording", f"in its table translations.{code}"
    return NotNowError(
        f"The {which} of '{question.id}' has changed since version {question.version}; give it a higher version "
        f"{where}. Nothing was opened."
    )


def overtaken(sprint: int, last: int) -> NotNowError:
    """Closing goes forward: a release behind the last one would stand in no line."""
    return NotNowError(
        f"Sprint {last} has its results already and closing is final, so this round of sprint {sprint} cannot be "
        "closed any more; abandon it. Nothing was changed."
    )


def team_changed() -> NotNowError:
    """What an import may show, and of which sprint a row is, the team's own settings say."""
    return NotNowError(
        "The team's people, minimum or calendar were changed meanwhile. Nothing was imported; run it again, and look "
        "at what it shows then."
    )


def imported_before(sprint: int) -> NotNowError:
    """An import adds to the history and replaces nothing of it."""
    return NotNowError(f"Sprint {sprint} has its results already, and those are final. Nothing was imported.")


def imported_otherwise(question: Question) -> NotNowError:
    """One version of a question has one wording and one set of labels."""
    return NotNowError(
        f"The history knows '{question.id}', version {question.version}, in other words or with other labels. Nothing "
        "was imported; import again."
    )


def imported_under_way(sprint: int) -> NotNowError:
    """A release of an open round's sprint, or a later one, would keep the round from being closed."""
    return NotNowError(
        f"A round of sprint {sprint} is open, and only sprints before it can be imported. Nothing was imported; close "
        "or abandon the round first."
    )


def no_such_team(place: str) -> WorkspaceError:
    """The workspace was moved or removed, or the team taken out of it, while a program was using it."""
    return WorkspaceError(f"The workspace {place} is gone or no longer holds this team; nothing was saved.")


def retro_not_begun(sprint: int) -> NotNowError:
    """A question of a retro needs the retro."""
    return NotNowError(f"The retro of sprint {sprint} has not begun, so nothing was changed or stored; start it first.")


def retro_over(sprint: int) -> NotNowError:
    """A retro that is over asks nothing any more."""
    return NotNowError(f"The retro of sprint {sprint} is over, so nothing was changed or stored.")


def asked_before() -> NotNowError:
    """Closing a question of a retro is final."""
    return NotNowError("This question of the retro is closed, so nothing was changed or stored; its result stands.")


def check_full(people: int) -> NotNowError:
    """Everybody has answered a question of a retro."""
    return NotNowError(f"All {people} people have answered this question of the retro, so this answer was not stored.")


def unanswered() -> NotNowError:
    """There is nothing to open."""
    return NotNowError("Nobody has answered this question of the retro, so it was not closed; nothing was changed.")


def check_unreadable() -> WorkspaceError:
    """Some answers cannot be opened, and a result without them would be another one."""
    return WorkspaceError(
        "An answer to this question of the retro cannot be opened: it or its key is damaged. Nothing was changed; no "
        "backup holds answers, so what was answered can only be thrown away and asked again."
    )


def of_another_sprint(sprint: int) -> BadInputError:
    """A retro lies under the number of its sprint."""
    return BadInputError(f"This is not the retro of sprint {sprint}, so it was not kept; nothing was changed.")


def unreadable_again(reason: str) -> BadInputError:
    """What does not fit its own form would be damage as soon as it is written."""
    return BadInputError(f"The retro would hold what cannot be read again ({reason}), so nothing was changed.")


def led(sprint: int) -> BusyError:
    """One program leads a retro; all others may look at it."""
    return BusyError(
        f"Another program leads the retro of sprint {sprint}, so this one only shows it; to lead it here, leave it "
        "there first."
    )
