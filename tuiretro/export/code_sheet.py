"""One-time codes on paper: one slip for each, to cut apart, fold and draw blind."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape as escape_html

from tuiretro.core.codes import written
from tuiretro.core.text import clean
from tuiretro.export.escaping import escape
from tuiretro.model.round import Round

HAND_OUT = (
    "Print this page, cut the slips apart, fold them and let everybody draw one without looking: only a code that was "
    "drawn blind belongs to nobody. People elsewhere get theirs from a teammate who shuffled the folded slips. Then "
    "delete this file."
)
SLIP = (
    "At the team's computer press a in tuiretro, or run 'tuiretro answer'. If you were sent an invitation, run "
    "'tuiretro answer --invite FILE' on your own.",
    "Type this code when you are asked for it.",
    "It lets one sheet in, once. Tear this slip up afterwards.",
)
_STYLE = (
    "body{font:16px/1.4 sans-serif;margin:2em auto;max-width:46em;padding:0 1em;color:#111;background:#fff}"
    "ol{list-style:none;margin:0;padding:0}"
    "li{border:1px dashed #555;padding:1em;margin:0 0 -1px;break-inside:avoid}"
    "code{font:bold 22px/1.6 monospace;display:block}p{margin:.2em 0}"
    "@media print{header{break-after:page}body{margin:0;max-width:none}}"
)


def markdown(opened: Round, team: str, codes: Sequence[str]) -> str:
    """The slips as Markdown.

    Args:
        opened: The round that they are for.
        team: Whose it is.
        codes: As `core.codes` gives them.
    """
    lines = [f"# {escape(_title(opened, team))}", "", escape(HAND_OUT)]
    told = [escape(sentence) for sentence in (_which(opened, team), *SLIP)]
    for code in codes:
        lines += ["", "---", "", f"    {written(code)}", "", *told]
    return "\n".join((*lines, ""))


def html(opened: Round, team: str, codes: Sequence[str]) -> str:
    """The slips as one HTML page that asks for nothing from elsewhere; printed, the first page is not for handing out.

    Args:
        opened: The round that they are for.
        team: Whose it is.
        codes: As `core.codes` gives them.
    """
    title = escape_html(_title(opened, team))
    told = "".join(f"<p>{escape_html(sentence)}</p>" for sentence in (_which(opened, team), *SLIP))
    slips = "\n".join(f"<li><code>{written(code)}</code>{told}</li>" for code in codes)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<header><h1>{title}</h1><p>{escape_html(HAND_OUT)}</p></header>\n<ol>\n{slips}\n</ol>\n</body>\n</html>\n"
    )


def _title(opened: Round, team: str) -> str:
    return clean(f"{team}: codes for {opened.title}, sprint {opened.sprint}")


def _which(opened: Round, team: str) -> str:
    """Which round a slip is for, as it says when it has been cut off."""
    return clean(f"For {opened.title}, sprint {opened.sprint}, of {team}.")
