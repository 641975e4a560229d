"""Lines that remember how they were laid out and drawn."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions


class Laid(Content):
    """Lines that remember how they were laid out and drawn.

    Textual asks every row of a list anew when one of them has changed, which a full board would feel at every key.
    """

    def __init__(self, lines: Sequence[Content]) -> None:
        content = lines[0] if len(lines) == 1 else Content("\n").join(lines)
        super().__init__(content.plain, [*content.spans], strip_control_codes=False)
        self._high: dict[int, int] = {}
        self._drawn: dict[tuple[int, Style], list[Strip]] = {}

    def get_height(self, rules: RulesMap, width: int) -> int:
        if width not in self._high:
            self._high[width] = super().get_height(rules, width)
        return self._high[width]

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        if height is not None or options.selection is not None:
            return super().render_strips(width, height, style, options)
        if (width, style) not in self._drawn:
            self._drawn = dict([*self._drawn.items()][-3:])
            self._drawn[width, style] = super().render_strips(width, height, style, options)
        return self._drawn[width, style]

    def is_like(self, other: object) -> bool:
        """Whether something looks the same; two texts are the same for Textual even if their colours are not."""
        return isinstance(other, Laid) and self.plain == other.plain and self.spans == other.spans


def laid(lines: Sequence[Content]) -> Laid:
    """Lines in one, by themselves if they are laid out already."""
    first = lines[0]
    return first if len(lines) == 1 and isinstance(first, Laid) else Laid(lines)
