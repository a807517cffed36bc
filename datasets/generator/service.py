"""How Café Brisa serves: the cases of 2025 with every clock stamp, and whom bad service drives away."""

from functools import cache

import numpy as np
import pandas as pd

from .arrivals import arrivals, hours_open, next_opening
from .case import TODAY, stream
from .draws import DAY, choose, even

COVERED_AT_NIGHT, ENGLISH_COVERED = 0.4, 0.65  # share of written cases that somebody picks up outside hours

HUMAN_MINUTES = {
    "phone": (1.5, 0.8),
    "webchat": (3.0, 0.8),
    "twitter": (55, 1.3),
    "facebook": (150, 1.3),
    "email": (1_200, 1.1),
}
UNANSWERED = {"phone": 0.06, "webchat": 0.06, "twitter": 0.10, "facebook": 0.11, "email": 0.09}
ENGLISH_UNANSWERED, ENGLISH_WAIT = 0.3, 0.62  # English is served better within every channel
CATALAN_TWITTER_WAIT = 7.0  # nobody on the twitter desk reads Catalan
FOLLOWERS_WAIT = -1.0  # change of the log wait on twitter per factor e^1.7 of the person's own audience
AUTO_REPLY = {"email": (0.75, 9), "facebook": (0.55, 5), "webchat": (0.9, 3), "twitter": (0.08, 20), "phone": (0, 1)}
SOLVING_HOURS = {"complaint": 26, "incident": 14, "billing": 40, "query": 0.6, "outage": 5}  # median after reply
UNRESOLVED = {1: 0.05, 2: 0.09, 3: 0.17, 4: 0.30}
HANDLE_MINUTES = {"phone": 7.5, "webchat": 9, "twitter": 5, "facebook": 6, "email": 8}
AGENTS = {f"A{i:02d}": weight for i, weight in enumerate([9, 9, 8, 8, 8, 7, 7, 7, 6, 6, 6, 5, 5, 4], start=1)}

# Hidden: the chance that a problem drives the customer away, by the hours to the first human reply.
LEAVING_BANDS = [0, 1, 4, 24, 72, np.inf]
LEAVING_SHARE = [0.03, 0.12, 0.23, 0.38, 0.50]
LEAVING_UNANSWERED, LEAVING_UNRESOLVED = 0.58, 0.25


def _human_reply(rng: np.random.Generator, cases: pd.DataFrame) -> pd.Series:
    """Draw the first human reply; empty where nobody ever answers or the answer comes after today."""
    channel, language = cases["channel"], cases["language"]
    median, spread = (channel.map({k: v[i] for k, v in HUMAN_MINUTES.items()}).astype(float) for i in (0, 1))
    on_twitter = channel == "twitter"
    audience = (np.log(cases["followers"].fillna(1).clip(lower=1)) - 5) / 1.7
    log_wait = np.log(median) + spread * rng.normal(size=len(cases))
    log_wait += np.where(on_twitter, FOLLOWERS_WAIT * audience.clip(-1.5, 3), 0)
    log_wait += np.where(on_twitter & (language == "ca"), np.log(CATALAN_TWITTER_WAIT), 0)
    log_wait += np.where(language == "en", np.log(ENGLISH_WAIT), 0)
    opened = cases["opened_at"]
    english = (language == "en").to_numpy()
    waits = ~hours_open(opened) & (rng.random(len(cases)) >= np.where(english, ENGLISH_COVERED, COVERED_AT_NIGHT))
    starts = next_opening(opened).where(waits, opened)
    replied = starts + pd.to_timedelta((np.exp(log_wait) * 60).round().clip(lower=4), unit="s")
    silent = even(rng, channel, english) < channel.map(UNANSWERED).astype(float) * np.where(
        english, ENGLISH_UNANSWERED, 1
    )
    return replied.where(~silent & (replied < TODAY))


def _leaves(rng: np.random.Generator, cases: pd.DataFrame) -> np.ndarray:
    """Decide whom the case drives away: later replies and missing solutions lose more people."""
    hours = (cases["first_human_reply_at"] - cases["opened_at"]) / pd.Timedelta(hours=1)
    band = pd.cut(hours, LEAVING_BANDS, labels=False)
    risk = band.map(dict(enumerate(LEAVING_SHARE))).fillna(LEAVING_UNANSWERED)
    risk = (risk + np.where(cases["outcome"] == "unresolved", LEAVING_UNRESOLVED, 0)).astype(float)
    problem = cases["type"].isin(["complaint", "incident", "billing"])
    return (problem & (even(rng, band.fillna(9), cases["outcome"], problem) < risk)).to_numpy()


@cache
def cases(scale: int) -> pd.DataFrame:
    """Build the cases: all columns of tickets but stayed_90_days, and the hidden followers and leaves."""
    rng = stream("tickets")
    cases = arrivals(rng, scale)
    n = len(cases)
    share, seconds = (cases["channel"].map({k: v[i] for k, v in AUTO_REPLY.items()}).astype(float) for i in (0, 1))
    auto = cases["opened_at"] + pd.to_timedelta(
        (seconds * np.exp(rng.normal(0, 0.5, n))).round().clip(lower=1), unit="s"
    )
    cases["first_auto_reply_at"] = auto.where((rng.random(n) < share) & (auto < TODAY))
    human = _human_reply(rng, cases)
    cases["first_human_reply_at"] = human
    answered, public = human.notna(), cases["channel"].isin(["twitter", "facebook"])
    delay = np.where(rng.random(n) < 0.8, 0, rng.exponential(7200, n))
    shown = human + pd.to_timedelta(np.round(delay), unit="s")
    cases["first_public_reply_at"] = shown.where(public & (rng.random(n) < 0.78) & (shown < TODAY))
    waits = np.where(rng.random(n) < 0.3, rng.lognormal(6.2, 1.1, n), 0)
    cases["waiting_on_customer_minutes"] = np.where(answered, waits.round(), 0).astype(int)
    handle = cases["channel"].map(HANDLE_MINUTES).astype(float) * (0.7 + 0.25 * cases["severity"])
    cases["handle_minutes"] = np.where(answered, (handle * np.exp(rng.normal(0, 0.55, n))).round(1), 0.0)
    return _closed(rng, cases, answered, public)


def _closed(rng: np.random.Generator, cases: pd.DataFrame, answered: pd.Series, public: pd.Series) -> pd.DataFrame:
    """Add how each case ended: solution, redress, turns, agent, and whether the customer was lost."""
    n = len(cases)
    solving = (
        cases["type"].map(SOLVING_HOURS).astype(float) * (0.5 + 0.3 * cases["severity"]) * np.exp(rng.normal(0, 1.5, n))
    )
    minutes = solving * 60 + cases["waiting_on_customer_minutes"]
    resolved = cases["first_human_reply_at"] + pd.to_timedelta((minutes * 60).round(), unit="s")
    cases["resolved_at"] = resolved.where(resolved < TODAY)
    closed = cases["resolved_at"].notna()
    failed = closed & (rng.random(n) < cases["severity"].map(UNRESOLVED))
    quick = closed & (cases["resolved_at"] - cases["opened_at"] <= DAY)
    cases["outcome"] = np.select([~closed, failed, quick], ["open", "unresolved", "resolved_quickly"], "resolved")
    confirmed = pd.Series(rng.random(n) < 0.62, dtype="boolean")
    cases["customer_confirmed"] = confirmed.where(closed, pd.NA) & ~failed
    again = even(rng, cases["customer_confirmed"].fillna(False).to_numpy())
    cases["reopened"] = closed & (again < np.where(cases["customer_confirmed"].fillna(False), 0.05, 0.17))
    owed = closed & cases["type"].isin(["complaint", "incident", "billing"]) & (rng.random(n) < 0.45)
    cases["redress_eur"] = np.where(owed, (4 * cases["severity"] * np.exp(rng.normal(0.2, 0.4, n))).round(2), 0.0)
    in_public = owed & public & cases["first_public_reply_at"].notna() & (rng.random(n) < 0.5)
    cases["redress_in_public"] = pd.Series(in_public, dtype="boolean").where(owed, pd.NA)
    turns = np.where(answered, 1 + rng.poisson(0.6 + 0.5 * cases["severity"]), 0)
    shown = cases["first_public_reply_at"].notna()
    cases["public_turns"] = np.where(shown, 1 + rng.binomial(turns.clip(min=1) - 1, 0.35), 0)
    cases["public_turns"] += np.where(in_public, rng.poisson(2.2, n), 0)
    cases["total_turns"] = np.maximum(turns, cases["public_turns"])
    cases["agent_id"] = pd.Series(choose(rng, AGENTS, n)).where(answered)
    cases["same_agent_throughout"] = pd.Series(rng.random(n) < 0.93 ** cases["total_turns"], dtype="boolean").where(
        answered, pd.NA
    )
    cases["vulnerable_declared"] = rng.random(n) < 0.035
    cases["leaves"] = _leaves(rng, cases)
    left_at = cases["customer_id"].map(_first_leaving(cases))
    cases = cases[left_at.isna() | (cases["opened_at"] <= left_at)].reset_index(drop=True)
    cases.insert(0, "ticket_id", [f"T{i:04d}" for i in range(1, len(cases) + 1)])
    return cases


def _first_leaving(cases: pd.DataFrame) -> pd.Series:
    return cases[cases["leaves"]].groupby("customer_id")["opened_at"].min()


def leaving_times(scale: int) -> pd.Series:
    """Return when each customer lost to bad service turned away, by customer_id."""
    return _first_leaving(cases(scale))


def tickets(tables: dict[str, pd.DataFrame], scale: int) -> pd.DataFrame:
    """Build tickets: the cases, with whether the customer ordered again within 90 days."""
    table = cases(scale)
    times = tables["orders"][["customer_id", "ordered_at"]].sort_values("ordered_at")
    later = pd.merge_asof(
        table[["customer_id", "opened_at"]].dropna().reset_index().sort_values("opened_at"),
        times,
        left_on="opened_at",
        right_on="ordered_at",
        by="customer_id",
        direction="forward",
        allow_exact_matches=False,
        tolerance=90 * DAY,
    ).set_index("index")["ordered_at"]
    known = table["customer_id"].notna() & (table["opened_at"] + 90 * DAY < TODAY)
    stayed = pd.Series(table.index.map(later.notna()).astype("boolean"), index=table.index)
    return table.assign(stayed_90_days=stayed.where(known, pd.NA))[COLUMNS]


COLUMNS = [
    "ticket_id",
    "customer_id",
    "order_id",
    "channel",
    "type",
    "topic",
    "language",
    "severity",
    "opened_at",
    "first_auto_reply_at",
    "first_human_reply_at",
    "first_public_reply_at",
    "waiting_on_customer_minutes",
    "handle_minutes",
    "public_turns",
    "total_turns",
    "agent_id",
    "same_agent_throughout",
    "resolved_at",
    "customer_confirmed",
    "reopened",
    "redress_eur",
    "redress_in_public",
    "outcome",
    "vulnerable_declared",
    "stayed_90_days",
]
BUILDERS = {"tickets": tickets}
