"""What do slow solutions cost, and should the brand ask for more complaints? (Unit 12.)"""

import pandas as pd

from socialcare import complaints, value
from socialcare.audit.exports import Exports
from socialcare.audit.findings import Bar, Chart, KeyFigure, Recommendation, Section
from socialcare.audit.inputs import Inputs
from socialcare.audit.loyalty import last_retention, yearly_margin
from socialcare.audit.words import FEWEST, money_range, plural, share_interval, shown_share, too_few
from socialcare.formulas.audit import LEAVE, MEASURE, decision
from socialcare.formulas.funnel import newcombe_interval
from socialcare.formulas.wording import euros, number

__all__ = ["build"]

BLANK = Section("complaints", "Complaint economics", "What do slow solutions cost, and should you ask for complaints?")
CASE_COLUMNS = ("type", "outcome", "stayed_90_days", "handle_minutes", "redress_eur", "order_id")
DRAWS = 1000
RANGE = (0.05, 0.95)
LEAST_MATCHED = 0.9  # of the orders that problems name; below it a caveat says so
WORTH = 40  # cases that the borrowed loyalty of the silent is worth, as in unit 12
GAP = "Stay: solved quickly minus solved later"
READABLE = {
    "resolution_rate": "Problems solved",
    "quick_share": "Of these, within 24 hours",
    "stay_quick": "Stay if solved quickly",
    "stay_resolved": "Stay if solved later",
    "stay_unresolved": "Stay if not solved",
}


def build(exports: Exports, inputs: Inputs, brand: str | None) -> Section:
    """Return the section on complaints: the brand's own shares, and the model with a Monte Carlo range."""
    if not exports.has("tickets", *CASE_COLUMNS):
        missing = "tickets.csv"
        if exports.has("tickets"):
            absent = [column for column in CASE_COLUMNS if column not in exports.tables["tickets"]]
            missing = f"tickets.csv has no column {', '.join(map(repr, absent))}"
        return BLANK._replace(
            lacking=(f"{missing}: it would show how many stay after a solution, and what slow ones cost.",)
        )
    tickets, period = exports.tables["tickets"], exports.period("tickets")
    outcomes = complaints.case_outcomes(tickets)
    known = int(outcomes["cases"].sum())
    if known < FEWEST:
        return BLANK._replace(lacking=(f"tickets.csv: {too_few(known, 'problem')} with 90 days of orders after it.",))
    shares = complaints.own_shares(outcomes)
    figures = [
        KeyFigure(
            READABLE[name],
            shown_share(row["share"]),
            share_interval(row["low"], row["high"]),
            f"{plural(int(row['n']), 'case')}, {period}",
        )
        for name, row in shares.iterrows()
    ]
    gap = _gap(shares)
    figures.append(gap)
    chart = _chart(shares, gap, known, period)
    caveats = [
        "Easy cases are solved sooner and please more, so the gap between quick and slow is no proof of a cause.",
        "Open cases count as unsolved: whoever waits has not been helped.",
    ]
    finding = (
        f"{shown_share(shares.loc['resolution_rate', 'share'])} of the problems are solved, "
        f"{shown_share(shares.loc['quick_share', 'share'])} of these within 24 hours."
    )
    if not exports.has("orders", "order_id", "margin_eur"):
        lacking = "orders.csv with 'order_id' and 'margin_eur': it would turn these shares into money."
        return BLANK._replace(
            finding=finding, figures=tuple(figures), chart=chart, caveats=tuple(caveats), lacking=(lacking,)
        )
    try:
        values, origins = _assumptions(exports, inputs)
    except ValueError as refusal:  # the shares stand; what they are worth cannot be told from these orders
        lacking = f"orders.csv cannot say what a kept customer is worth: {refusal}."
        return BLANK._replace(
            finding=finding, figures=tuple(figures), chart=chart, caveats=tuple(caveats), lacking=(lacking,)
        )
    caveats += _unmatched(exports)
    figures += [KeyFigure(name, text, sure, origin) for name, (text, sure, origin) in origins.items()]
    priors = {name: complaints.beta_from_counts(int(row["count"]), int(row["n"])) for name, row in shares.iterrows()}
    priors["stay_silent"] = complaints.beta_from_mean(values["stay_silent"], worth=WORTH)
    draws = complaints.simulate(values, priors, draws=DRAWS)
    asking, saved = _asking(values, draws), _speed(values, draws, known, inputs["quick_target"])
    figures += [asking[0], saved[0]]
    caveats.append(
        "The ranges hold the uncertainty of the shares only. Value and costs stay fixed; the silent are borrowed."
    )
    return BLANK._replace(
        finding=f"{finding} {saved[1]}",
        figures=tuple(figures),
        chart=chart,
        caveats=tuple(caveats),
        recommendations=tuple(step for step in (saved[2], asking[1]) if step),
    )


def _unmatched(exports: Exports) -> list[str]:
    """Say how many problems name an order that is not in the orders: then calm orders and problems are mixed up."""
    tickets = exports.tables["tickets"]
    named = tickets.loc[tickets["type"].isin(complaints.PROBLEMS), "order_id"].dropna()
    matched = int(named.isin(exports.tables["orders"]["order_id"]).sum())
    if matched >= LEAST_MATCHED * len(named):
        return []
    return [
        f"Of {plural(len(named), 'problem')} with an order, {matched} name one that orders.csv holds: check the keys."
    ]


def _assumptions(exports: Exports, inputs: Inputs):
    """Return the numbers of the model, and for those that are money or borrowed: value, how sure and where from."""
    tickets, orders = exports.tables["tickets"], exports.tables["orders"]
    until = exports.until("orders")
    margin = yearly_margin(orders, until)
    retention, whose = inputs["retention"], inputs.origins["retention"]
    kept = last_retention(orders, until)
    if kept is not None and whose == "default":
        retention, whose = kept[1].share, "yours"
    worth = value.clv_now(margin, retention, inputs["discount"])
    values = complaints.own_assumptions(
        tickets,
        orders,
        start=tickets["opened_at"].min().normalize(),  # from midnight on, as in unit 12
        end=until,
        value=worth,
        cost_per_minute=inputs["cost_per_minute"],
    )
    fixed = "held fixed"
    return values, {
        "Value of a kept customer": (
            euros(worth, 0),
            fixed,
            f"margin yours, retention {whose}, discount {inputs.origins['discount']}",
        ),
        "Work on one problem": (
            euros(values["contact_cost"]),
            fixed,
            f"minutes yours, price of a minute {inputs.origins['cost_per_minute']}",
        ),
        "Stay without any problem": (shown_share(values["stay_no_problem"]), fixed, "yours, from the orders"),
        "Stay after silence": (
            shown_share(values["stay_silent"]),
            f"worth {WORTH} cases in the draws",
            "default: borrowed, B09",
        ),
    }


def _asking(values, draws: pd.DataFrame):
    """Should the brand ask silent customers to complain? The gain of one more complaint, with its range."""
    gain = complaints.encouragement(values)["gain_eur"]
    low, high = (float(draws["gain_eur"].quantile(end)) for end in RANGE)
    pays = 100 * float((draws["gain_eur"] > 0).mean())
    sure = f"nine in ten draws: {money_range((low, high))}; it pays in {number(pays)} of 100"
    figure = KeyFigure(
        "Gain of one more complaint instead of silence", euros(gain), sure, f"{number(len(draws))} draws"
    )
    verdict = decision(low, high, 0, better="lower", cause_known=False)  # a gain is what is not yet taken: act on it
    if verdict == LEAVE:
        return figure, None
    action = "Invite complaints on half of the parcels, drawn by lot"
    why = "the whole range is a gain"
    if verdict == MEASURE:
        action = "Ask 200 buyers, drawn by lot, whether something went wrong, before you invite complaints"
        why = "the range holds gain and loss"
    return figure, Recommendation(
        verdict,
        action,
        f"one more complaint brings {euros(gain)} ({money_range((low, high))}); {why}",
        "service desk",
        60,
        "share of buyers with a problem who said nothing, and who of them buy again",
        0,  # nobody has counted them
        "the silent",
        None,
        15,
        BLANK.name,
    )


def _speed(values, draws: pd.DataFrame, cases: int, target: float):
    """What would it be worth if ``target`` of the solutions came within 24 hours? The tree of these cases alone."""
    now = float(values["quick_share"])
    name = f"Worth of {shown_share(target)} quick solutions, {plural(cases, 'problem')}"
    if now >= target:
        return KeyFigure(name, "reached already", f"{shown_share(now)} are quick", "nothing to gain"), "", None
    of_those = {"customers": cases, "problem_share": 1, "complain_share": 1, "leave_share": 0, "legal_share": 0}
    names = [column for column in draws if column not in ("gain_eur", "total_eur")]

    def avoided(row: dict[str, float]) -> float:
        before = {**values, **row, **of_those}
        after = {**before, "quick_share": max(target, before["quick_share"])}
        return complaints.complaint_tree(before)["total_eur"] - complaints.complaint_tree(after)["total_eur"]

    each = pd.Series([avoided(row) for row in draws[names].to_dict("records")])
    low, high = (float(each.quantile(end)) for end in RANGE)
    figure = KeyFigure(
        name, euros(avoided({}), 0), f"nine in ten draws: {money_range((low, high))}", f"{number(len(draws))} draws"
    )
    verdict = decision(low, high, 0, better="lower", cause_known=False)
    said = f"If {shown_share(target)} were quick, and speed is the cause, these cases would be worth "
    said += f"{money_range((low, high))} more."
    if verdict == LEAVE:
        return figure, said, None
    action = "Give every second new problem, drawn by lot, a fast lane for eight weeks"
    if verdict == MEASURE:
        action = "Count on: these cases do not settle whether quick solutions keep more customers"
    step = Recommendation(
        verdict,
        action,
        f"{shown_share(now)} of solutions are quick; worth of {shown_share(target)}: {money_range((low, high))}",
        "service desk",
        90,
        "share who order again within 90 days, fast lane and others, with interval",
        round(cases * float(values["resolution_rate"]) * (1 - now)),
        "cases solved later",
        (low, high),
        60,
        BLANK.name,
    )
    return figure, said, step


def _gap(shares: pd.DataFrame) -> KeyFigure:
    """Compare who stays after a quick and after a later solution: the interval is that of the difference."""
    counts = [int(shares.loc[name, column]) for name in ("stay_quick", "stay_resolved") for column in ("count", "n")]
    low, high = newcombe_interval(*counts)
    gap = counts[0] / counts[1] - counts[2] / counts[3]
    sure = f"95% interval {number(100 * low, 1)} to {number(100 * high, 1)}: "
    sure += "more stay" if low > 0 else "fewer stay" if high < 0 else "no difference is shown"
    return KeyFigure(GAP, f"{number(100 * gap, 1)} points", sure, plural(counts[1] + counts[3], "case"))


def _chart(shares: pd.DataFrame, gap: KeyFigure, known: int, period: str) -> Chart:
    bars = tuple(
        Bar(READABLE[name], 100 * row["share"], 100 * row["low"], 100 * row["high"]) for name, row in shares.iterrows()
    )
    said = "; ".join(f"{bar.label.lower()} {number(bar.value)}%" for bar in bars)
    return Chart(
        f"Stay after a quick solution against a later one: {gap.value} ({gap.sure})",
        f"{plural(known, 'problem')}, {period}; 95% Wilson intervals",
        "share of cases (%)",
        bars,
        None,
        "",
        f"Shares of problems: {said}.",
        "The title compares those who were helped; easy cases are solved sooner.",
    )
