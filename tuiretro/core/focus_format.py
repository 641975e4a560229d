"""The board of a retro that is about the focus list: its columns, once for each mistake on it.

Must not know how the list is made.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tuiretro.errors import NotNowError
from tuiretro.model.board_format import Column, Format


def for_focus(board: Format, mistakes: Sequence[str]) -> Format:
    """A format whose columns stand once for each mistake; one that is not made from the focus list as it is.

    Args:
        board: The format as the library holds it.
        mistakes: The focus list in its order, by id.

    Returns:
        The columns of the first mistake, then those of the next: 'data-cleaning.saw'. Their titles are the same for
        each mistake: whoever shows them names the mistake beside.

    Raises:
        NotNowError: It is made from the focus list, and that is empty.
    """
    if not board.from_focus:
        return board
    if not mistakes:
        raise NotNowError(
            f"'{board.title}' has no columns, since the focus list is empty: choose another format, or close a round "
            "first; no retro was begun."
        )
    columns = (
        Column(f"{mistake}.{column.id}", column.title, column.hint, mistake)
        for mistake in mistakes
        for column in board.columns
    )
    return replace(board, columns=tuple(columns))
