"""Home: what is asked of me now, what matters this sprint, what became of last time."""

from __future__ import annotations

from textual.content import Content
from textual.widgets.option_list import Option

from tuiretro.core.calendar import day_and_month, due_words, span_words, sprint
from tuiretro.core.charts import STRIP_WIDTH, spark, strip, strip_scale
from tuiretro.core.figures import SPLIT_ADVICE, TOO_FEW, band_words, mean_short
from tuiretro.core.telling import empty_focus, guarded, open_actions, suggestion
from tuiretro.core.text import plural
from tuiretro.model.action import Action
from tuiretro.model.summary import FocusLine, ThemeLine
from tuiretro.service.insight import Scene
from tuiretro.tui.commands import ANSWER, CLOSE, COLLECT, EVERYWHERE, INVITE, ON_HOME, OPEN, RETRO, Command, bindings
from tuiretro.tui.screens.area import SAFETY, TALL, WIDE, Area
from tuiretro.tui.text import ACT, DIM, HEAD, LOOK, cell, fold, plain, right, row, short, stack
from tuiretro.tui.widgets.rows import RowList, entry, heading

FEW_ACTIONS, MORE_ACTIONS = 2, 5
"""Open actions that Home shows on a small and on a tall terminal; the rest is one key away."""
EMPTY = Content("")


class HomeScreen(Area):
    """The first screen."""

    HERE = ON_HOME
    BINDINGS = bindings(*EVERYWHERE, *ON_HOME)

    def __init__(self) -> None:
        super().__init__()
        self.unfolded = ""
        """The focus entry that says why it is there, on a small terminal: the one the cursor was on last."""

    @property
    def called_for(self) -> tuple[Command, ...]:
        """The ways to other machines, where a round asks for more than an answer."""
        return (INVITE, COLLECT) if self.scene is not None and _words_asked_for(self.scene) else ()

    def paint_rows(self, scene: Scene) -> None:
        unfolded = None if self.size.height >= TALL else self.unfolded
        self.query_one(RowList).fill(home_rows(scene, self.room, unfolded=unfolded))

    def on_option_list_option_highlighted(self, event: RowList.OptionHighlighted) -> None:
        key = event.option_id or ""
        if self.scene is not None and key.startswith("play:") and key != self.unfolded:
            self.unfolded = key
            self.paint_rows(self.scene)

    def action_choose(self) -> None:
        """Opens what the cursor is on."""
        from tuiretro.tui.screens.messages import ActionAsked, PlaysWanted

        chosen = self.query_one(RowList).chosen
        if chosen is not None:
            kind, _, key = chosen.partition(":")
            if kind in {"play", "theme"}:
                self.post_message(PlaysWanted(key))
            elif self.scene is not None:
                self.post_message(ActionAsked("follow up", next(a for a in self.scene.actions if str(a.id) == key)))

    def on_option_list_option_selected(self, _: RowList.OptionSelected) -> None:
        self.action_choose()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be chosen while there are no rows."""
        if action == "choose":
            return self.is_mounted and self.query_one(RowList).chosen is not None
        return super().check_action(action, parameters)


NOW = "NOW      "
"""What stands before the words on what is asked now."""


def home_rows(scene: Scene, width: int, *, unfolded: str | None) -> list[Option]:
    """The page as rows.

    Args:
        scene: What is shown.
        width: Cells of a row.
        unfolded: The one focus entry that says why it is there, by key; None lets all of them say so.
    """
    asked = _asked_for(scene, width)
    # On a small terminal with results the page is full: what a round asks for takes the place of the gap.
    gap = [] if asked and scene.summary is not None and unfolded is not None else [EMPTY]
    rows = [heading(_now(scene, width), *asked, *_retro(scene), *gap)]
    rows += _focus_rows(scene, width, unfolded)
    rows += _action_rows(scene, width, MORE_ACTIONS if unfolded is None else FEW_ACTIONS)
    if scene.summary is not None:
        rows += _theme_rows(scene.summary.themes, width)
    else:
        rows.append(heading(*_how_it_goes(scene)))
    return rows


def _how_it_goes(scene: Scene) -> list[Content]:
    """The steps of a round, while nobody has seen one."""
    apart = (
        (INVITE, "writes an invitation for people who sit elsewhere."),
        (COLLECT, "collects the envelopes that they send back."),
    )
    steps = (
        (OPEN, "opens a round: short statements, the same for everybody."),
        (ANSWER, "answers as one person; then you pass the keyboard on."),
        *(apart if _words_asked_for(scene) else ()),
        (CLOSE, "closes it: results and plays for you, no sheets left."),
    )
    lines = [row("   ", plain(f"{c.keycap}  ", ACT), plain(words)) for c, words in steps]
    return [plain("HOW IT GOES", HEAD), *lines]


def _words_asked_for(scene: Scene) -> str:
    return guarded(scene.status.round) if scene.status is not None else ""


def _asked_for(scene: Scene, width: int) -> list[Content]:
    """What the open round asks for, if anything."""
    lines = fold(_words_asked_for(scene), max(20, width - len(NOW)))
    return [plain(f"{'':{len(NOW)}}{line}", DIM) for line in lines if line]


def _now(scene: Scene, width: int) -> Content:
    words, commands = _state(scene)
    first, *more = fold(words, max(20, width - len(NOW)))
    said = stack(row(plain(NOW, HEAD), plain(first)), *(plain(f"{'':{len(NOW)}}{line}") for line in more))
    hints = row(*[row("   ", plain(c.keycap, ACT), " ", plain(c.label)) for c in commands])
    if more or said.cell_length + hints.cell_length > width:
        return stack(said, row("      ", hints))
    return row(said, hints)


def _retro(scene: Scene) -> list[Content]:
    if scene.retro is None:
        return []
    words = f"The retro of sprint {scene.retro} is under way."
    return [row(" " * len(NOW), plain(words), "   ", plain(RETRO.keycap, ACT), " ", plain(RETRO.label))]


def _state(scene: Scene) -> tuple[str, tuple[Command, ...]]:
    """What is asked now, and with which keys."""
    if scene.status is not None:
        late = scene.status.sprint.number != scene.sprint.number
        what = scene.status.round.title + (f" for sprint {scene.status.sprint.number}" if late else "")
        return f"{what} is open: {scene.status.words}.", (ANSWER, CLOSE) if scene.status.enough else (ANSWER,)
    if scene.sprint.starts > scene.today:
        return f"The first round can open on {day_and_month(scene.sprint.starts)}, when sprint 1 starts.", ()
    if not scene.may_open:
        following = sprint(scene.team, scene.sprint.number + 1)
        return (
            f"Sprint {scene.sprint.number} has its results. The next round can open on "
            f"{day_and_month(following.starts)}."
        ), ()
    if not scene.released:
        return "No round has been closed yet; open the first one.", (OPEN,)
    return f"No round is open for sprint {scene.sprint.number}.", (OPEN,)


def _focus_rows(scene: Scene, width: int, unfolded: str | None) -> list[Option]:
    if scene.summary is None:
        return [
            heading(
                row(plain("FOCUS    ", HEAD), plain("After the first closing: the three mistakes that need you most,")),
                plain("         each with a first step that can be done tomorrow.", DIM),
                EMPTY,
            )
        ]
    focus = scene.summary.focus
    if not focus:
        return [heading(row(plain("FOCUS    ", HEAD), plain(empty_focus(scene.summary))), EMPTY)]
    title = f"{len(focus)} of {scene.summary.mistakes} mistakes, lowest first; 5 is best"
    told = scene.summary.sprint
    if told.number < scene.sprint.number - 1:
        title = f"sprint {told.number}, {span_words(told)} {told.ends.year}; 5 is best"
    head = (cell(title, width - 34, DIM), right("level", 10, DIM), right("answered", 15, DIM))
    rows = [heading(row(plain("FOCUS    ", HEAD), *head))]
    keys = [f"play:{line.mistake}" for line in focus]
    shown = unfolded if unfolded in keys else keys[0]
    for place, (key, line) in enumerate(zip(keys, focus, strict=True), start=1):
        rows.append(entry(key, *_focus_entry(line, place, width, full=unfolded is None or key == shown)))
    return [*rows, heading(EMPTY)]


def _focus_entry(line: FocusLine, place: int, width: int, *, full: bool) -> tuple[Content, ...]:
    drop = " NEW DROP" if line.new_drop else ""
    figures = f"{mean_short(line.level)} {band_words(line.band)}"
    asked = line.answered.removesuffix(" answered")
    name = width - 28 - len(drop)
    first = row(f"{place}  ", cell(line.title, name), plain(drop, LOOK), right(figures, 10), right(asked, 15))
    if not full:
        return (first,)
    play = suggestion(line)
    if line.talk_first:
        advice = row("   ", plain("▸ talk first", LOOK), plain(f"  {SPLIT_ADVICE}"))
    elif play is not None:
        hint = row(plain("  enter", ACT), " plays")
        room = width - 8 - hint.cell_length
        advice = row("   ", plain(f"▸ {play.effort}  ", ACT), cell(play.title, room), hint)
    else:
        advice = row("   ", plain("The catalogue has no plays for it any more.", DIM))
    reason = line.reason[0].upper() + line.reason[1:]
    return first, row("   ", short(reason, width - 3, DIM)), advice


def _action_rows(scene: Scene, width: int, most: int) -> list[Option]:
    waiting = open_actions(scene.actions)
    if not waiting:
        words = "None open." if scene.actions else "None yet."
        return [heading(row(plain("ACTIONS  ", HEAD), plain(words)), EMPTY)]
    more = len(waiting) - most
    said = f"{plural(len(waiting), 'action')} open" + (f", {more} more on 6" if more > 0 else "")
    rows = [heading(row(plain("ACTIONS  ", HEAD), cell(said, width - 23, DIM), right("due", 14, DIM)))]
    rows += [entry(f"action:{a.id}", _action_line(a, scene, width)) for a in waiting[:most]]
    return [*rows, heading(EMPTY)]


def _action_line(action: Action, scene: Scene, width: int) -> Content:
    due = due_words(action.due, scene.today)
    late = LOOK if action.due < scene.today else ""
    owner = 14
    return row("◦  ", cell(action.title, width - 4 - owner - 14), " ", cell(action.owner, owner), right(due, 14, late))


def _theme_rows(themes: tuple[ThemeLine, ...], width: int) -> list[Option]:
    """A line for each theme; the cursor stops at the one that has plays of its own."""
    sparks = 13 if width >= WIDE else 7
    free = width - 11 - STRIP_WIDTH - 2 - 6 - 2 - sparks
    head = row(
        plain("THEMES     ", HEAD),
        plain(strip_scale(), DIM),
        " " * (free + 2),
        right("last", 6, DIM),
        plain("  sprints", DIM),
    )
    lines = [(theme.theme, _theme_line(theme, free, sparks)) for theme in themes]
    return [heading(head), *(entry(f"theme:{name}", line) if name == SAFETY else heading(line) for name, line in lines)]


def _theme_line(theme: ThemeLine, free: int, sparks: int) -> Content:
    if theme.mean is None or theme.band is None:
        return row(cell(theme.theme, 11), plain(TOO_FEW, DIM))
    said = theme.remark if theme.signal is None else f"Unusually {theme.signal}."
    return row(
        cell(theme.theme, 11),
        plain(strip(theme.mean, theme.band)),
        "  ",
        cell(said, free, LOOK if theme.signal else DIM),
        right(mean_short(theme.mean), 6),
        "  ",
        plain(spark(theme.recent, sparks)),
    )
