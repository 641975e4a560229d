"""What people type into forms, read."""

from __future__ import annotations

from tuiretro.errors import BadInputError


def yes_or_no(said: str, about: str) -> bool:
    """Whether somebody typed yes; nothing is no.

    Args:
        said: As typed.
        about: What was asked, for the form that it was typed into.

    Raises:
        BadInputError: It is neither.
    """
    answer = said.strip().casefold()
    if answer not in {"", "y", "yes", "n", "no"}:
        raise BadInputError("Type yes to name the owners of actions, or no. Nothing was written.", about)
    return answer in {"y", "yes"}
