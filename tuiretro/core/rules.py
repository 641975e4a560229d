"""Every constant of the rules, named, in one place, with its reason.

Numbers behind a reason, as in "(signals 2)" or "(focus 4)", are the rules of docs/numbers.md.
"""

from __future__ import annotations

SCALE = (1, 5)
"""Every item is answered from 1, strongly disagree, to 5, strongly agree."""
ANSWERS = frozenset((None, *range(SCALE[0], SCALE[1] + 1)))
"""What an item can be answered with; None is "can't say"."""
WIDTH = SCALE[1] - SCALE[0]
"""Points from one end to the other. What follows from it is derived; margins that were measured on five labelled points
are in points, which is why a survey of another scale is refused."""
MINIMUM_RANGE = (4, 10)
"""What a team may choose for k. Below four, a mean and a spread word pin most answers."""
PEOPLE_RANGE = (4, 60)
"""Below four nobody can be protected; beyond sixty this is no team, and a kiosk is no way to ask it."""
PULSE_RANGE = (12, 24)
"""Items of a pulse: four core and the focus list leave room to rotate from 12; 24 ask everything at once."""
SPREAD_FROM = 6
"""Below six answers the spread word and the mean together pin the answers too often."""
SPREAD_WITHIN = (1.7, 4.3)
"""Between these shown means there is a word: at them and beyond, 'together' beside the mean would leave a single set of
answers."""
TOGETHER, SPLIT = WIDTH / 8, WIDTH / 4
"""Mean absolute deviation about the median: at most / at least; between them 'mixed'."""
ENDS = (SCALE[0] + 0.5, SCALE[1] - 0.5)
"""Means beyond these are shown as "1.5 or lower" and "4.5 or higher", which hides unanimity."""
BAND_SD, BAND_Z = 0.275 * WIDTH, 1.6448536269514722
"""Within-team SD of real single items, and the normal quantile of a 90% band."""
THEME_BAND = 0.7
"""Averaging four items takes 30% off the noise."""
FULL_THEME = 4
"""A theme's band is narrower only if four items carry it."""
COMMENTS_FROM = 3
"""Comments are released only if three or more people wrote one; one or two writers are too easily known."""
COMMENT_LIMIT = 500
"""Longest comment in characters; every sealed box is as large as the longest comment makes it."""
FEW_SPRINTS = 5
"""Trends are not spoken of before this many sprints."""
WOBBLE_PAIRS = 24
"""Pairs of askings before the team's wobble is trusted; before that, nothing is called unusual (signals 1)."""
CENTRE_OF = 8
"""A centre is the average of up to so many earlier askings: enough to be calm, few enough to follow (signals 2)."""
CENTRE_FROM = 2
"""With two earlier askings a signal is possible from the third time an item is asked (signals 2)."""
SIGNAL_Z, WARNING_Z = 3.0, 2.0
"""Beyond the first, or twice within three askings beyond the second, a value is unusual (signals 2)."""
WARNING_OF = 2
"""How many earlier askings may hold the first of the two warnings (signals 2)."""
THEME_SIGNAL_FROM = 12
"""Earlier theme values that show how much items of one theme move together (signals 3)."""
WHOLE_ITEMS, WHOLE_SIGNAL_FROM = 6, 4
"""Judged items that stand for a whole sprint, and earlier sprints that show how sprints move as a whole (signals 4)."""
NEW_BASELINE_RUN = 3
"""So many signals in a row on one side are no outlier but a new normal (signals 5)."""
LAPSED_AFTER = 6
"""Askings of a theme after which a statement that was not among them is no part of its rotation any more: twice as long
as any statement waits in the smallest pulse."""
SHIFT_RUN = 8
"""So many values in a row on one side of the earlier average are a lasting shift: the usual rule of 8 (shifts 1)."""
SHIFT_AFTER = 8
"""Earlier values that the average is made of: with four, a team where nothing changed is told of a shift each year."""
SHIFT_SD = 1.5
"""And so many standard deviations away on average: without it, twenty-four items asked every sprint shift once a year
by chance, with it once in six or seven years, and real shifts of half a point are found no later (shifts 1)."""
SLOPE_FROM, SLOPE_OF = 8, 12
"""Values that a direction is told from, and the last ones that it is about: about half a year (shifts 2)."""
SLOPE_CHANCE = 0.05
"""A direction is told where chance alone would order the values so in fewer cases, over all themes together."""
FOLLOW_UP = 3
"""Askings before and after an action that are compared: as many as a level is made of (follow-up 1)."""
ROSE = ((5, 0.7), (9, 0.65), (PEOPLE_RANGE[1], 0.5))
"""Up to so many people: points by which a topic must rise more than the others; one in twenty does anyway."""
OTHERS_FROM = 4
"""Other topics that the change is compared with: fewer than a theme's worth say more of themselves than of the team."""
BOUNCE = 0.2
"""Points by which the lowest three topics come back on average with nothing done (follow-up 4)."""
DRAW_RANGE = (3, 5)
"""Sprints from which an action's start may be drawn: with fewer nothing could be shown, with more nothing starts."""
FOCUS_PLACES = 3
"""More than three mistakes at once is a plan for nobody."""
LEVEL_OF = 3
"""A level averages so many askings: the last mean alone swaps the list four times as often."""
FOCUS_CEILING = SCALE[0] + 0.75 * WIDTH
"""What the team rates this high needs no work: it never enters, and leaves after two releases (focus 1 and 3)."""
SWAP_MARGIN = 0.2
"""Another mistake must be so much lower to take a place, which halves the swaps."""
SWAP_AFTER = 2
"""Releases that a mistake stays before it can be swapped: time for one action to show (focus 4)."""
STAR = 0.25
"""A starred mistake counts as so much lower: visible, and at most one step."""
TOLERANCE = 1e-9
"""What two sums of tenths may differ by and still be equal (focus, words)."""
STARS = 3
"""Mistakes that a team may star: with more of them, nothing stands out."""
CODE_LETTERS = 16
"""Of a one-time code, five bits each: 80 bits, which is four million years of ten thousand million guesses a second."""
DIGEST_BYTES = 32
"""Of what an envelope says of the invitation that it answers."""
CLOSING_WORDS = 6
"""Of a closing code, from a list of 7,776 words: 77 bits, and each guess costs the time and memory of one Argon2id."""
NOTE_LIMIT = 280
"""Characters of a note of a retro: what fits a sticky note, and is read out in ten seconds."""
NOTES_LIMIT = 1_000
"""Notes of one retro: three times what a large team writes, and every key stays quick."""
ENOUGH_ACTIONS = 3
"""More than so many at once, and few of them get done; more are allowed."""
