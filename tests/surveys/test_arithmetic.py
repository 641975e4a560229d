"""The worked examples in templates add up, so that an edit to one number cannot leave the others behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import pytest

from tests.surveys.shelf import library

Numbers = Decimal | list[Decimal]
NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
EQUATION = re.compile(rf"(?<![\d.,])({NUMBER}) (x|/|of) ({NUMBER})(%?) = ({NUMBER})(%?)")
"""'70 of 100 = 70.0%', '3.60 x 3% = 0.11', '300 / 600 = 0.50'; a multiplication may go on with another factor."""


def value(text: str) -> Decimal:
    """The number in a cell or a match: '1,970' or '99.0%'."""
    return Decimal(text.replace(",", "").rstrip("%"))


def shown(exact: Decimal, like: str) -> Decimal:
    """A value rounded to as many decimals as a number on the page shows."""
    return exact.quantize(Decimal(1).scaleb(-len(like.rstrip("%").partition(".")[2])), ROUND_HALF_UP)


def wrong_equations(place: str, text: str) -> Iterator[str]:
    """The sums written as 'a x b = c', 'a / b = c' or 'a of b = c%' that are not so."""
    for found in EQUATION.finditer(text):
        left, sign, right, percent, result, as_percent = found.groups()
        exact = value(left) * value(right) if sign == "x" else value(left) / value(right)
        exact = exact / 100 if percent else exact
        exact = exact * 100 if as_percent else exact
        if shown(exact, result) != value(result):
            yield f"{place}: '{found[0]}', expected {shown(exact, result)}"


def table(text: str, head: str) -> dict[str, list[str]]:
    """By first cell: the other cells of the one table whose header row has `head` in it."""
    found = [part for part in text.split("\n\n") if part.startswith("|") and head in part.partition("\n")[0]]
    assert len(found) == 1, f"expected one table with '{head}' in its header, found {len(found)}"
    lines = [line for line in found[0].splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {first: others for first, *others in rows[2:]}


def numbers(text: str, pattern: str) -> list[Decimal]:
    """The numbers at each '#' of the one place in the prose that fits a pattern; spaces stand for any white space."""
    regex = re.escape(pattern).replace(r"\#", f"({NUMBER})").replace(r"\ ", r"(?:\n>)?\s+")
    found = re.findall(rf"(?<![\d.,]){regex}", text)
    assert len(found) == 1, f"expected one place such as '{pattern}', with a number for each '#', found {len(found)}"
    return [value(number) for number in (found[0] if isinstance(found[0], tuple) else found)]


def metric_map_faults(text: str) -> Iterator[str]:
    """What does not add up in the metric map."""
    counts, costs = table(text, "Fraud, caught"), table(text, "Missed fraud")
    payments, fraud = numbers(text, "# payments, # of them fraud.")
    miss, alarm = numbers(text, "A missed fraud costs #. An alarm costs #:")
    (volume,) = numbers(next(line for line in text.splitlines() if "a month |" in line), "# a month |")
    for row, cells in counts.items():
        caught, missed, false_alarm, passed = map(value, cells[:4])
        lost, alarms = missed * miss, (caught + false_alarm) * alarm
        yield from differing(f"{row}, fraud caught and missed", caught + missed, fraud)
        yield from differing(f"{row}, all payments", caught + missed + false_alarm + passed, payments)
        accuracy = shown(100 * (caught + passed) / payments, cells[4])
        yield from differing(f"{row}, accuracy", accuracy, value(cells[4]))
        for what, expected, cell in zip(
            ("cost of missed fraud", "cost of alarms", "total", "a month"),
            (lost, alarms, lost + alarms, (lost + alarms) * volume / payments),
            costs[row],
            strict=True,
        ):
            yield from differing(f"{row}, {what}", expected, value(cell.rpartition("= ")[2]))
    yield from _metric_map_prose(text, counts, costs, miss, alarm)


def _metric_map_prose(
    text: str, counts: dict[str, list[str]], costs: dict[str, list[str]], miss: Decimal, alarm: Decimal
) -> Iterator[str]:
    lazy, real = counts
    caught, missed, false_alarm, passed = map(value, counts[real][:4])
    before, after = value(costs[lazy][3]), value(costs[real][3])
    fraud, alarms, normal = caught + missed, caught + false_alarm, false_alarm + passed
    saved, percent, upkeep, left = numbers(text, "falls by # a month (#%). B costs # a month to run, so # stay.")
    yield from differing("saving", before - after, saved)
    yield from differing("saving in percent", shown(100 * saved / before, "1"), percent)
    yield from differing("saving that stays", saved - upkeep, left)
    yield from differing("recall", [caught, fraud], numbers(text, "do we catch? # of #"))
    yield from differing("precision", [caught, alarms], numbers(text, "alarms are right? # of #"))
    live = shown(100 * caught / alarms, "1.0")
    yield from differing("precision, live", [live], numbers(text, "Live it is #%"))
    points = value(counts[lazy][4]) - value(counts[real][4])
    yield from differing("accuracy lost", [points], numbers(text, "Accuracy fell by # points"))
    yield from differing("break-even", [alarm, miss], numbers(text, "more than # / #"))
    yield from differing("one alarm in", [shown(miss / alarm, "1")], numbers(text, "about 1 in #"))
    monthly, minutes, hours = numbers(text, "# alarms a month at # minutes are # hours")
    times = after / value(costs[real][2])
    yield from differing("alarms a month", alarms * times, monthly)
    yield from differing("hours of checking", monthly * minutes / 60, hours)
    half = 100 * (caught / fraud) / (caught / fraud + false_alarm / normal)
    yield from differing(
        "precision, half and half", [shown(half, "1.0")], numbers(text, "the same B shows #% precision")
    )
    low, high, stopped, loss = numbers(text, "recall # to #% | stop # more a month | loss, down by #")
    yield from differing("fraud stopped by more recall", (high - low) / 100 * fraud * times, stopped)
    yield from differing("loss avoided", stopped * miss, loss)


def budget_faults(text: str) -> Iterator[str]:
    """What does not add up in the latency and cost budget."""
    steps = {step: (value(cells[0]), value(cells[2])) for step, cells in table(text, "p95 ms: example").items()}
    total, limit, left = (steps.pop(row) for row in ("Sum", "Budget", "Left over"))
    model, ranking = steps["Language model"], steps["Rank 20 passages"]
    for side, what in enumerate(("ms", "cost")):
        yield from differing(f"sum in {what}", sum((step[side] for step in steps.values()), Decimal()), total[side])
        yield from differing(f"left over in {what}", limit[side] - total[side], left[side])
    ms, cost, daily = numbers(text, "handbook): # ms, #, # a day.")
    yield from differing("promise and budget", [ms, cost], list(limit))
    tokens_in, price_in, cost_in = numbers(text, "# tokens in at # per million make # for 1,000")
    tokens_out, price_out, cost_out, together = numbers(text, "# tokens out at # per million make #; together #.")
    yield from differing("tokens in", tokens_in * price_in / 1000, cost_in)
    yield from differing("tokens out", tokens_out * price_out / 1000, cost_out)
    yield from differing("price of a model call", [cost_in + cost_out] * 2, [together, model[1]])
    yield from differing("answers twice as long", [cost_out], numbers(text, "Answers twice as long add #"))
    count, met = numbers(text, "With # independent steps, # of 100")
    yield from differing("steps", Decimal(len(steps)), count)
    yield from differing("one slow step at least", shown(100 * (1 - Decimal("0.95") ** len(steps)), "1"), met)
    yield from differing("switching off ranking", list(ranking), numbers(text, "ranking of passages | # ms, #"))
    yield from _budget_forgotten(text, total[1], model[1], daily)


def _budget_forgotten(text: str, steps: Decimal, model: Decimal, daily: Decimal) -> Iterator[str]:
    rows = {row: cells[0] for row, cells in table(text, "| Item").items()}
    above, retries, fixed, machines, person, full = (value(cell.rpartition("= ")[2]) for cell in rows.values())
    yield from differing("steps above", above, steps)
    (retried,) = numbers(text, "Retries: # in 100 model calls")
    yield from differing("retried model calls", [model, retried], numbers(text, "| # x #%"))
    yield from differing("machine cost", above + retries + fixed, machines)
    share, price = numbers(text, "A person: # in 1,000 handed over at #")
    yield from differing("cost of handing over", share * price, person)
    yield from differing("full cost", machines + person, full)
    a_day, days, volume, thousands, each, bill = numbers(text, "# a day x # = # a month; machines # x # = #.")
    yield from differing("requests a month", [daily * days] * 2, [volume, a_day * days])
    (hosting,) = numbers(text, "Fixed: index host # a month")
    yield from differing("fixed cost", [hosting, volume / 1000], numbers(text, "| # / # = 0"))
    yield from differing(
        "machine bill", [thousands, each, shown(thousands * each, "1")], [volume / 1000, machines, bill]
    )
    slow, of_all = numbers(text, "Example: # of # a month.")
    (allowed,) = numbers(text, "A p95 promise allows # slow requests in 100")
    yield from differing("slow requests", [Decimal(5), volume / 20, volume], [allowed, slow, of_all])


def differing(what: str, expected: Numbers, found: Numbers) -> Iterator[str]:
    """Says so if two values, or two lists of them, are not equal."""
    if expected != found:
        yield f"{what}: expected {_plain(expected)}, the page says {_plain(found)}"


def _plain(figures: Numbers) -> str:
    listed = [figures] if isinstance(figures, Decimal) else figures
    return " ".join(f"{one:f}".rstrip("0").rstrip(".") if one % 1 else f"{one:.0f}" for one in listed)


def page(id_: str) -> str:
    return library().template(id_).text


def test_every_equation_in_a_template_is_right() -> None:
    assert [fault for t in library().templates() for fault in wrong_equations(f"{t.id}.md", t.text)] == []


def test_the_metric_map_adds_up() -> None:
    assert list(metric_map_faults(page("metric-map"))) == []


def test_the_latency_and_cost_budget_adds_up() -> None:
    assert list(budget_faults(page("latency-cost-budget"))) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "real model | 70 ",
            "real model | 71 ",
            "B: real model, fraud caught and missed: expected 101, the page says 100",
        ),
        ("| 97.7%", "| 97.8%", "B: real model, accuracy: expected 97.7, the page says 97.8"),
        ("| 6,660  |", "| 6,670  |", "B: real model, total: expected 6660, the page says 6670"),
        ("falls by 33,360", "falls by 33,400", "saving: expected 33360, the page says 33400"),
        ("shows 97.2%", "shows 97.3%", "precision, half and half: expected"),
        ("loss, down by 6,000", "loss, down by 8,000", "loss avoided: expected 6000, the page says 8000"),
    ],
)
def test_a_wrong_number_in_the_metric_map_is_found(old: str, new: str, fault: str) -> None:
    assert old in page("metric-map")
    assert [line for line in metric_map_faults(page("metric-map").replace(old, new)) if line.startswith(fault)]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("|             180 |", "|             190 |", "sum in ms: expected 1980, the page says 1970"),
        ("1.50 |", "1.60 |", "left over in cost: expected 1.5, the page says 1.6"),
        ("make 2.40", "make 2.50", "tokens in: expected 2.4"),
        ("With 8 independent", "With 9 independent", "steps: expected 8, the page says 9"),
        ("| 35.11 ", "| 35.21 ", "full cost: expected 35.11, the page says 35.21"),
        ("Example: 30,000 of", "Example: 60,000 of", "slow requests: expected"),
    ],
)
def test_a_wrong_number_in_the_latency_and_cost_budget_is_found(old: str, new: str, fault: str) -> None:
    assert old in page("latency-cost-budget")
    assert [line for line in budget_faults(page("latency-cost-budget").replace(old, new)) if line.startswith(fault)]


def test_a_wrong_equation_is_found() -> None:
    text = "3 x 4 = 12, 70 of 270 = 26.0%, 300 / 600 = 0.50, 3.60 x 3% = 0.12, 600 x 5.11 = 3,066."
    assert list(wrong_equations("own.md", text)) == [
        "own.md: '70 of 270 = 26.0%', expected 25.9",
        "own.md: '3.60 x 3% = 0.12', expected 0.11",
    ]


def test_numbers_that_have_gone_are_missed() -> None:
    with pytest.raises(AssertionError, match=r"expected one place such as '# payments, # of them fraud\.'"):
        list(metric_map_faults(page("metric-map").replace("payments", "sales")))
    with pytest.raises(AssertionError, match="expected one table with 'Fraud, caught' in its header, found 0"):
        list(metric_map_faults(page("metric-map").replace("Fraud, caught", "Caught")))
