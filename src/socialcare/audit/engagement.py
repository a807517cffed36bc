"""Does the audience respond, how strongly against others, and what does it ask for? (Units 08 and 09.)"""

from typing import NamedTuple

import pandas as pd

from socialcare import engagement
from socialcare.audit.exports import Exports
from socialcare.audit.findings import Bar, Chart, KeyFigure, Recommendation, Section
from socialcare.audit.inputs import Inputs
from socialcare.audit.words import FEWEST, adjusted, for_all, plural, too_few
from socialcare.formulas.audit import LEAVE, MEASURE, TEST, decision
from socialcare.formulas.wording import number, percent, shown_name

__all__ = ["build"]

BLANK = Section("engagement", "Engagement", "Does the audience respond, and what does it ask for?")
WITHOUT = {
    "interactions": "how the audience responds and how much of it asks for help",
    "posts": "the response per 100 impressions, your own and that of the other brands in the file",
    "audience": "the response per active follower in the last 28 days",
}
FEWEST_POSTS = 10  # a bootstrap over fewer clusters pretends to know too much
ASKING = ("negative", "service_request")
AGAINST = {
    TEST: "{} is ahead on {}",
    MEASURE: "no leader is shown between you and {} on {}",
    LEAVE: "you lead {} on {}",
}


class Gap(NamedTuple):
    """Your rate minus that of brand ``name``: its interval, what it allows to advise, and how many were compared."""

    name: str
    found: engagement.Interval
    verdict: str
    compared: int


def build(exports: Exports, inputs: Inputs, brand: str | None) -> Section:
    """Return the section on engagement; ``brand`` names the rows that are yours."""
    lacking = [f"{table}.csv: it would show {WITHOUT[table]}." for table in WITHOUT if not exports.has(table)]
    if not exports.has("interactions"):
        return BLANK._replace(lacking=tuple(lacking[:1]))
    log = exports.tables["interactions"]
    brands = sorted(log["brand"].unique())
    if brand not in brands:
        asked = "no brand was named" if brand is None else f"{brand!r} is not among them"
        sentence = f"interactions.csv holds the brands {', '.join(brands)}, and {asked}: say which one is yours."
        return BLANK._replace(lacking=(sentence,))
    acts = engagement.public_acts(log)
    figures, steps, asking = _words(acts[acts["brand"] == brand], inputs, exports.period("interactions"))
    set_aside = log[(log["brand"] == brand) & log["actor_type"].isin(engagement.NOT_PUBLIC)]
    figures.append(
        KeyFigure("Acts of bots and own accounts, left out", number(len(set_aside)), "counted", "in the same period")
    )
    counted = "; ".join(f"on {shown_name(network)} {', '.join(kinds)}" for network, kinds in engagement.COUNTED.items())
    caveats = [f"Acts in the rates are those of unit 09: {counted}. Polarity is taken as the file gives it."]
    chart = None
    if exports.has("posts"):
        posts = _posts(exports.tables["posts"], log)
        rates = {
            key: engagement.micro_interval(rows["interactions"], rows["impressions"]) for key, rows in posts.items()
        }
        gaps = _behind(posts, brand)
        chart = _chart(rates, gaps, brand, exports.period("posts"))
        figures += _per_impression(rates, brand)
        steps += _against_others(rates, gaps, brand, _active_followers(exports, brand))
        caveats.append("The rate is a ratio of sums: a few posts with bought reach can pull it down.")
        if brand not in {name for name, _ in rates}:
            lacking.append(
                f"posts.csv holds fewer than {FEWEST_POSTS} posts of {brand!r} on each network: it would show "
                f"{WITHOUT['posts']}."
            )
        if not any(name != brand for name, _ in rates):
            caveats.append("The files hold no other brand, so there is nobody to compare with.")
    if exports.has("audience"):
        figures += _per_active(exports, brand)
    return BLANK._replace(
        finding=asking,
        figures=tuple(figures),
        chart=chart,
        caveats=tuple(caveats),
        recommendations=tuple(steps),
        lacking=tuple(lacking),
    )


def _words(own: pd.DataFrame, inputs: Inputs, period: str):
    """Return the share of words that ask for help, by week, its recommendation and the finding."""
    words = own[own["polarity"].notna()]
    if words.empty:
        none = KeyFigure("Mentions and comments", "0", "counted", period)
        return [none], [], "Nobody wrote a word to the brand: there are likes and shares only."
    week = words["occurred_at"].dt.tz_localize(None).dt.to_period("W")
    asks = words["polarity"].isin(ASKING).groupby(week).agg(["sum", "size"])
    asking = int(asks["sum"].sum())
    if len(words) < FEWEST:
        few = too_few(len(words), "mention or comment", "mentions and comments")
        return [KeyFigure("Mentions and comments", number(len(words)), few, period)], [], f"{few}."
    share = 100 * asking / len(words)
    name = "Mentions and comments that complain or ask for service"
    if len(asks) < 2:
        figure = KeyFigure(
            name, percent(share), "one week only, so no interval", f"of {number(len(words))} words, {period}"
        )
        return [figure], [], f"In one week {percent(share, 0)} of what people wrote asked for help."
    found = engagement.micro_interval(asks["sum"], asks["size"])
    sure = f"95% interval {percent(found.low)} to {percent(found.high)}, bootstrap over {len(asks)} weeks"
    figure = KeyFigure(name, percent(share), sure, f"of {number(len(words))} mentions and comments, {period}")
    limit = 100 * inputs["asking_share"]
    verdict = decision(found.low, found.high, limit, better="lower", cause_known=True)
    finding = f"{percent(share, 0)} of what people write to the brand complains or asks for service ({sure})."
    if verdict == LEAVE:
        return [figure], [], finding
    action = "Send mentions and comments that complain or ask to the service desk, with a ticket each"
    if verdict == MEASURE:
        action = "Label mentions and comments for two more months before you move this work to the service desk"
    step = Recommendation(
        verdict,
        action,
        f"{percent(share)} of the words ({percent(found.low)} to {percent(found.high)}); the limit is "
        f"{inputs.shown('asking_share')}",
        "service desk",
        14,
        "share of such words with a ticket, weekly; 95% after a month",
        asking,
        "mentions and comments",
        None,
        8,
        BLANK.name,
    )
    return [figure], [step], finding


def _posts(posts: pd.DataFrame, log: pd.DataFrame) -> dict[tuple[str, str], pd.DataFrame]:
    """Return acts and impressions of each post, by brand and network, where there are enough posts to resample."""
    groups = engagement.per_post(posts, log).groupby(["brand", "network"])
    return {key: rows for key, rows in groups if len(rows) >= FEWEST_POSTS}


def _behind(posts, brand: str) -> dict[str, Gap]:
    """Return, for each network, the other brand that you are furthest behind; the intervals hold together."""
    pairs = [(name, network) for name, network in posts if name != brand and (brand, network) in posts]
    gaps = {}
    for name, network in pairs:
        found = engagement.micro_difference(posts[brand, network], posts[name, network], confidence=for_all(len(pairs)))
        verdict = decision(found.low, found.high, 0, better="higher", cause_known=False)
        if network not in gaps or found.rate < gaps[network].found.rate:
            gaps[network] = Gap(name, found, verdict, len(pairs))
    return gaps


def _per_impression(rates, brand: str) -> list[KeyFigure]:
    return [
        KeyFigure(
            f"Acts per 100 impressions, {shown_name(network)}",
            number(found.rate, 2),
            f"95% interval {number(found.low, 2)} to {number(found.high, 2)}, bootstrap by post",
            plural(found.clusters, "post"),
        )
        for (name, network), found in rates.items()
        if name == brand
    ]


def _against_others(rates, gaps, brand: str, active: dict[str, float]) -> list[Recommendation]:
    """Recommend a step on each network on which you are not shown to be ahead of every other brand."""
    steps = []
    for network, (name, gap, verdict, compared) in sorted(gaps.items()):
        if verdict != LEAVE:
            where = shown_name(network)
            action = f"Try the kinds of post that work for {name} on {where}, in half of the weeks, drawn by lot"
            if verdict == MEASURE:
                action = f"Compare with {name} on {where} again after three more months: nobody is shown to be ahead"
            steps.append(
                Recommendation(
                    verdict,
                    action,
                    f"{number(rates[brand, network].rate, 2)} acts per 100 impressions, {name} "
                    f"{number(rates[name, network].rate, 2)}; the difference is {number(gap.rate, 2)} "
                    f"({number(gap.low, 2)} to {number(gap.high, 2)}, {adjusted(compared, 'comparison')})",
                    "community manager",
                    60,
                    "acts per 100 impressions in test and other weeks, with interval",
                    round(active.get(network, 0)),
                    "active followers",
                    None,
                    20,
                    BLANK.name,
                )
            )
    return steps


def _title(gaps) -> str:
    """Say who is ahead on each network as far as the interval of the difference shows it."""
    said = "; ".join(
        AGAINST[gap.verdict].format(gap.name, shown_name(network)) for network, gap in sorted(gaps.items())
    )
    return f"Response per impression: {said or 'estimates with their intervals'}"


def _chart(rates, gaps, brand: str, period: str) -> Chart | None:
    if not rates:
        return None
    bars = tuple(
        Bar(f"{name}, {shown_name(network)}", f.rate, f.low, f.high) for (name, network), f in sorted(rates.items())
    )
    own = [bar for bar in bars if bar.label.startswith(f"{brand}, ")]
    said = "; ".join(f"{bar.label} {number(bar.value, 2)}" for bar in bars)
    return Chart(
        _title(gaps),
        f"{plural(sum(f.clusters for f in rates.values()), 'post')}, {period}; 95% intervals",
        "acts per 100 impressions",
        bars,
        None,
        "",
        f"Estimates with intervals, in acts per 100 impressions: {said}.",
        f"{len(own)} of {len(bars)} lines are yours; overlap decides nothing, differences do.",
    )


def _active_followers(exports: Exports, brand: str) -> dict[str, float]:
    """Return the active followers of each network, mean of the weeks that the last 28 days touch; empty without any."""
    if not exports.has("audience"):
        return {}
    weeks, end = exports.tables["audience"], exports.until("interactions").tz_localize(None)
    start = end - pd.Timedelta(days=engagement.ACTIVE_WINDOW_DAYS + 7)
    last = weeks[(weeks["brand"] == brand) & (weeks["week_start"] > start) & (weeks["week_start"] < end)]
    active = last.groupby("network")["active_followers"].mean()
    return active[active > 0].to_dict()


def _per_active(exports: Exports, brand: str) -> list[KeyFigure]:
    """Return the rate of the source (ERTw, ERFb) in the last 28 days, where posts and audience cover them."""
    if not exports.has("posts"):
        return []
    log, end = exports.tables["interactions"], exports.until("interactions")
    start = end - pd.DateOffset(days=engagement.ACTIVE_WINDOW_DAYS)
    figures = []
    for network, base in _active_followers(exports, brand).items():
        try:
            strata = engagement.clusters(exports.tables["posts"], log, brand, network, start=start, end=end)
            found = engagement.rate_interval(*strata.values(), base=base)
        except ValueError:  # no post, or a single one, in the last 28 days: then there is no such rate to report
            continue
        figures.append(
            KeyFigure(
                f"Acts per 100 active followers in 28 days, {shown_name(network)}",
                number(found.rate),
                f"95% interval {number(found.low)} to {number(found.high)}, bootstrap by post and day",
                f"{number(base)} active followers, to {end - pd.Timedelta(days=1):%Y-%m-%d}",
            )
        )
    return figures
