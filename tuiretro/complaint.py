"""What a person is told of an error: one sentence and one exit code, whether a command or the app ended by it.

Must not print or exit.
"""

from __future__ import annotations

from tuiretro.errors import TuiretroError, fault_sentence

INTERRUPTED = 130
"""What a shell expects of a program that was ended by ctrl+c; nothing is said then."""


def complaint(error: BaseException) -> tuple[str, int]:
    """The sentence on an error, fit for a terminal, and the exit code that goes with it."""
    if isinstance(error, TuiretroError | OSError):
        # Only here: it imports what a command that succeeds may do without.
        from tuiretro.core.text import clean

        if isinstance(error, TuiretroError):
            return clean(error.message), error.exit_code
        place = f" ({error.filename})" if error.filename else ""
        refused = f"The computer refused: {error.strerror or 'input or output failed'}{place}."
        return clean(f"{refused} What was confirmed as saved is kept."), TuiretroError.exit_code
    return fault_sentence(error), TuiretroError.exit_code
