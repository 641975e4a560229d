"""Every command once: its entry feeds the key, the key line, the help screen, the palette and the documentation.

An action without a dot is the screen's own; 'app.' actions are the app's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from textual.binding import Binding, BindingType


@dataclass(frozen=True)
class Command:
    """One thing that a person can do with a key."""

    id: str
    key: str
    label: str
    """On the key line."""
    title: str
    """In the palette and on the help screen."""
    help: str
    """One sentence for those who wonder."""
    action: str
    shown: str = ""
    """The key as people read it, where it differs."""
    on_line: bool = True
    """Whether the key line has it; the help screen and the palette always do."""

    @property
    def keycap(self) -> str:
        """The key as people read it."""
        return self.shown or self.key

    @property
    def is_typed(self) -> bool:
        """Whether the key writes something where people type, and so cannot mean a command there."""
        return len(self.key) == 1 or self.key in {"slash", "space", "question_mark"}

    @property
    def binding(self) -> Binding:
        """What Textual needs to know."""
        return Binding(
            self.key, self.action, self.label, show=self.on_line, key_display=self.keycap, tooltip=self.help, id=self.id
        )


EXPORT = Command(
    "export",
    "p",
    "export",
    "Export results",
    "Write results for others, with a look at every format first; it is asked before a file is replaced.",
    "app.export",
)
OFF_LINE_EXPORT = replace(EXPORT, on_line=False)
"""Where the key line has no room for it."""
HOME = Command("home", "1", "home", "Home", "What is asked of you now, and what matters this sprint.", "app.go('home')")
RESULTS = Command("results", "3", "results", "Results", "The numbers of a closed round.", "app.go('results')")
TRENDS = Command(
    "trends", "4", "trends", "Trends", "What changed over the sprints, and what is only noise.", "app.go('trends')"
)
RETRO = Command("retro", "5", "retro", "Retro", "The team's retro, from welcome to summary.", "app.go('retro')")
ACTIONS = Command("actions", "6", "actions", "Actions", "What the team took on.", "app.go('actions')")
LIBRARY = Command(
    "library",
    "7",
    "library",
    "Library",
    "Surveys, mistakes, plays and templates, with a search.",
    "app.go('library')",
)
ANSWER = Command(
    "answer", "a", "answer", "Answer the survey", "Answer as one person; then pass the keyboard.", "app.answer"
)
SELF_CHECK = Command(
    "self-check",
    "y",
    "check yourself",
    "Check yourself, privately",
    "Answer a survey for yourself alone; nobody else sees it, and it is kept only if you ask.",
    "app.self_check",
    on_line=False,
)
OPEN = Command("open-round", "o", "open", "Open a round", "Start asking a survey for this sprint.", "app.open_round")
CLOSE = Command(
    "close-round",
    "c",
    "close",
    "Close the round",
    "Release the results and destroy the answer sheets.",
    "app.close_round",
)
ABANDON = Command(
    "abandon-round",
    "ctrl+x",
    "abandon",
    "The round: abandon it",
    "Destroy the open round with every sheet in it; nothing is released.",
    "app.abandon_round",
    on_line=False,
)
INVITE = Command(
    "invite",
    "v",
    "invite",
    "Invite other machines",
    "Write an invitation for people who do not sit here.",
    "app.invite",
    on_line=False,
)
COLLECT = Command(
    "collect",
    "e",
    "collect",
    "Collect envelopes",
    "Take the envelopes that came back, k or more at a time.",
    "app.collect",
    on_line=False,
)
KEPT = Command(
    "what-is-kept",
    "i",
    "what is kept",
    "What is kept",
    "What is stored about you, and what cannot be hidden.",
    "app.kept",
)
TEAM = Command(
    "switch-team",
    "w",
    "team",
    "Another team",
    "Switch to another team, or set one up.",
    "app.switch_team",
    on_line=False,
)
THEME = Command(
    "theme",
    "ctrl+t",
    "light or dark",
    "Light or dark",
    "Switch between the two themes.",
    "app.light_or_dark",
    on_line=False,
)
LANGUAGE = Command(
    "language",
    "ctrl+l",
    "language",
    "Language of the statements",
    "In which language the team is asked, from the next round on.",
    "app.language",
    on_line=False,
)
DEMO = Command(
    "leave-demo",
    "ctrl+d",
    "leave demo",
    "Leave the demo",
    "Forget the demo that the first screen opened, and go back.",
    "app.leave_demo",
)
HELP = Command(
    "help", "question_mark", "help", "Help", "All keys that work here, and what the words mean.", "app.help", "?"
)
FIND = Command("find", "ctrl+p", "find", "Find a command", "Type what you want to do.", "app.command_palette", "^p")
QUIT = Command("quit", "q", "quit", "Quit", "Leave; everything is saved already.", "app.quit", on_line=False)

EVERYWHERE = (DEMO, HOME, RESULTS, TRENDS, RETRO, ACTIONS, LIBRARY, KEPT, TEAM, LANGUAGE, THEME, HELP, FIND, QUIT)

CHOOSE = Command(
    "choose",
    "enter",
    "open",
    "Open what the cursor is on",
    "The plays of a mistake or of safety, or what became of an action.",
    "choose",
)

PLAYS = Command("plays", "enter", "plays", "Choose a play", "Choose one of this item's plays to take on.", "plays")
DESCEND = Command(
    "descend",
    "enter",
    "open",
    "Open what the cursor is on",
    "The plays of a mistake or survey; on a play, take it on; on a template, read it.",
    "descend",
)
ASCEND = Command(
    "ascend",
    "escape,backspace",
    "back",
    "Back up",
    "From the plays to the list above; from a search to the whole list.",
    "ascend",
    "escape",
)
SEARCH = Command(
    "search",
    "slash",
    "search",
    "Search the library",
    "Type a few words: all mistakes, plays, templates, surveys and items that hold them.",
    "search",
    "/",
)
TEMPLATE = Command(
    "template",
    "t",
    "template",
    "Write the template to a file",
    "A page to fill in, in Markdown; a file that is there is never overwritten.",
    "template",
)
READ_ON = Command(
    "read-on", "space", "read on", "Read on", "Scroll the page on the right; at its end, back to its top.", "read_on"
)
OLDER = Command("older", "left", "older", "The sprint before", "Go back one released sprint.", "older", "←")
NEWER = Command("newer", "right", "newer", "The sprint after", "Go forward one released sprint.", "newer", "→")
COMMENTS = Command(
    "comments", "v", "comments", "Read the comments", "In random order, word for word, on this screen only.", "comments"
)

HEATMAP = Command(
    "heatmap", "h", "heatmap", "Heatmap or charts", "All mistakes by sprints, with the number in every cell.", "heatmap"
)
EXPLAIN = Command(
    "explain", "e", "explain", "Explain the figures", "How the figures came about, in words; again for them.", "explain"
)
EARLIER = Command("earlier", "left", "earlier", "Earlier sprints", "Half a page back in time.", "turn(1)", "←")
LATER = Command("later", "right", "later", "Later sprints", "Half a page on in time.", "turn(-1)", "→")

NEW = Command("new-action", "n", "new", "A new action", "Write down an action of your own.", "new")
DONE = Command("action-done", "d", "done", "Action done", "The chosen action is done.", "done")
DROP = Command("action-drop", "x", "drop", "Drop the action", "The team will not do it.", "drop")
MOVE = Command("action-move", "m", "move", "Move the action", "Another due date or another owner.", "move")
REOPEN = Command("action-reopen", "r", "reopen", "Reopen the action", "It was not done after all.", "reopen")

STAR = Command(
    "star", "s", "star", "Star the mistake", "It is important to us: it counts as a quarter point lower.", "star"
)

ENTER = Command(
    "retro-enter",
    "enter",
    "open",
    "Open the retro",
    "Begin it, go on with it, or read an earlier one.",
    "enter",
)
DROP_NOTE = Command(
    "retro-note", "n", "drop a note", "A note for the next retro", "Kept without author or time until then.", "note"
)
ON_RETRO = (ENTER, DROP_NOTE)
ON_HOME = (CHOOSE, ANSWER, OPEN, CLOSE, INVITE, COLLECT, ABANDON, OFF_LINE_EXPORT, SELF_CHECK)
ON_RESULTS = (PLAYS, OLDER, NEWER, COMMENTS, EXPORT)
ON_TRENDS = (PLAYS, HEATMAP, EXPLAIN, EARLIER, LATER, READ_ON, EXPORT)
ON_ACTIONS = (NEW, DONE, DROP, MOVE, REOPEN, EXPLAIN, TEMPLATE, EXPORT)
ON_LIBRARY = (DESCEND, ASCEND, SEARCH, TEMPLATE, READ_ON, STAR, SELF_CHECK)

GROUPS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    ("Everywhere", EVERYWHERE),
    ("Home", ON_HOME),
    ("Results", ON_RESULTS),
    ("Trends", ON_TRENDS),
    ("Retro", ON_RETRO),
    ("Actions", ON_ACTIONS),
    ("Library", ON_LIBRARY),
)
"""For the documentation and the test that no key means two things on one screen."""


def bindings(*commands: Command) -> list[BindingType]:
    """The commands as Textual's bindings."""
    return [command.binding for command in commands]
