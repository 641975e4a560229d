"""The board of a retro that is about the focus list: its columns, once for each mistake on it.

Must not know how the list is made.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tuiretro.errors import NotNowError
from tuiretro.model.board_format import Column, Format


def for_focus(board: Format, mistakes: Sequence[tuple[str, str]]) -> Format:
    """A format whose columns stand once for each mistake; one that is not made from the focus list as it is.

    Args:
        board: The format as the library holds it.
        mistakes: The focus list in its order: the id and the title of each mistake.

    Returns:
        The columns of the first mistake, then those of the next: 'data-cleaning.saw', with the mistake's title before
        the hint, since the columns' own titles are the same for each.

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
    columns = tuple(_about(column, id_, title) for id_, title in mistakes for column in board.columns)
    return replace(board, columns=columns)


def _about(column: Column, mistake: str, title: str) -> Column:
    hint = f"{title}: {column.hint}" if column.hint else title
    return Column(f"{mistake}.{column.id}", column.title, hint, mistake)
