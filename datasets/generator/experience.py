"""What customers answer when asked: survey invitations of the four life-cycle stages, with the answers that came."""

import numpy as np
import pandas as pd

from .case import START, TODAY, stream
from .draws import DAY, at_hour, choose

WAVE_2024, WELCOMES, PURCHASES, USES, ANNIVERSARIES, SERVICE = 1_000, 350, 850, 800, 550, 1_450  # invitations
VIOLATIONS, OPEN_VIOLATIONS = 12, 4  # surveys sent before the resolution, at any scale; of them on open cases
SENDING_HOURS = [0] * 9 + [5, 8, 9, 8, 6, 5, 4, 6, 7, 8, 7, 4] + [0] * 3

ASKED = {
    ("recognition", "welcome"): ("csat", "nps"),
    ("purchase", "web_checkout"): ("csat", "ces", "nps"),
    ("use", "delivery"): ("csat", "nps"),
    ("use", "service_case"): ("csat", "ces"),
    ("recommendation", "anniversary"): ("nps",),
    ("recommendation", "yearly_wave"): ("nps",),
    ("use", "yearly_wave"): ("nps",),
}
NPS_MEAN = {"recognition": 6.6, "purchase": 7.2, "use": 7.7, "recommendation": 8.3}  # of everybody asked
OUTCOME_EFFECT = {"resolved_quickly": 0.8, "resolved": 0.1, "unresolved": -1.3, "open": -1.5}
SPEND_EFFECT = 0.42  # of the rank of later spending on satisfaction
ANSWERS_AT_ZERO, ANSWERS_SLOPE = -0.65, 0.75  # log odds to answer at mean satisfaction, and per unit of it


def _rank_score(values: pd.Series) -> pd.Series:
    """Turn values into ranks with mean 0 and standard deviation 1."""
    ranks = values.rank()
    return (ranks - ranks.mean()) / ranks.std()


def _spending(orders: pd.DataFrame) -> pd.Series:
    """Return what each customer spent in 2025, as a rank score."""
    return _rank_score(orders[orders["ordered_at"] >= START].groupby("customer_id")["amount_eur"].sum())


def _invitations(rng: np.random.Generator, tables: dict[str, pd.DataFrame], scale: int) -> pd.DataFrame:
    """Collect who is asked on which day at which stage, apart from service cases."""
    orders, customers = tables["orders"], tables["customers"]
    before = orders[orders["ordered_at"].between(START - 200 * DAY, START - 45 * DAY)]
    recent = orders[orders["ordered_at"].between(START, TODAY - 20 * DAY)]
    fresh = customers[customers["joined_on"].between("2025-01-01", "2025-12-15")]
    active = customers["customer_id"].isin(recent["customer_id"])
    long_standing = customers[(customers["joined_on"] < "2024-11-15") & active]
    wave = rng.choice(before["customer_id"].unique(), WAVE_2024 * scale, replace=scale > 1)
    parts = [
        pd.DataFrame({"customer_id": wave, "day": pd.Timestamp("2024-11-18"), "touchpoint": "yearly_wave"}).assign(
            stage=choose(rng, {"recommendation": 60, "use": 40}, len(wave)),
            day=lambda d: d["day"] + pd.to_timedelta(rng.integers(0, 21, len(d)), unit="D"),
        )
    ]
    bought = recent.sample((PURCHASES + USES) * scale, random_state=rng)
    for stage, touchpoint, rows, wait in (
        ("purchase", "web_checkout", bought.iloc[: PURCHASES * scale], 1),
        ("use", "delivery", bought.iloc[PURCHASES * scale :], 12),
    ):
        day = rows["ordered_at"].dt.tz_localize(None).dt.normalize() + pd.Timedelta(days=wait)
        parts.append(
            pd.DataFrame({"customer_id": rows["customer_id"], "day": day, "stage": stage, "touchpoint": touchpoint})
        )
    welcomed = fresh.sample(WELCOMES * scale, random_state=rng, replace=len(fresh) < WELCOMES * scale)
    parts.append(
        pd.DataFrame(
            {"customer_id": welcomed["customer_id"], "day": welcomed["joined_on"] + pd.Timedelta(days=3)}
        ).assign(stage="recognition", touchpoint="welcome")
    )
    kept = long_standing.sample(ANNIVERSARIES * scale, random_state=rng)
    birthday = pd.to_datetime("2025-" + kept["joined_on"].dt.strftime("%m-%d").replace("02-29", "02-28"))
    parts.append(
        pd.DataFrame({"customer_id": kept["customer_id"], "day": birthday}).assign(
            stage="recommendation", touchpoint="anniversary"
        )
    )
    asked = pd.concat(parts, ignore_index=True)
    asked["sent_at"] = at_hour(rng, asked["day"], SENDING_HOURS)
    asked["ticket_id"] = None
    spent = asked["customer_id"].map(_spending(orders)).fillna(-1.6)
    weight = np.where(asked["touchpoint"] == "yearly_wave", SPEND_EFFECT, SPEND_EFFECT / 2)
    asked["mood"] = weight * spent + rng.normal(0, 0.9, len(asked))
    return asked.drop(columns="day")


def _after_service(rng: np.random.Generator, tickets: pd.DataFrame, scale: int) -> pd.DataFrame:
    """Ask about service cases after their resolution, save for the planted surveys that were sent too early."""
    known = tickets[tickets["customer_id"].notna()]
    closed = known[known["resolved_at"] < TODAY - 3 * DAY].sample(SERVICE * scale, random_state=rng)
    sent = closed["resolved_at"] + pd.to_timedelta(rng.integers(3_600, 172_800, len(closed)), unit="s")
    took = (closed["resolved_at"] - closed["opened_at"]).dt.floor("2s")
    slow = took.index[took > DAY][: VIOLATIONS - OPEN_VIOLATIONS]
    sent[slow] = closed.loc[slow, "resolved_at"] - took[slow] / 2
    still_open = known[known["resolved_at"].isna() & (known["opened_at"] < TODAY - 9 * DAY)]
    still_open = still_open.sample(OPEN_VIOLATIONS, random_state=rng)
    cases = pd.concat([closed.assign(sent_at=sent), still_open.assign(sent_at=still_open["opened_at"] + 2 * DAY)])
    asked = cases[["customer_id", "ticket_id", "sent_at"]].assign(stage="use", touchpoint="service_case")
    asked["mood"] = cases["outcome"].map(OUTCOME_EFFECT) + rng.normal(0, 0.8, len(cases))
    return asked


def surveys(tables: dict[str, pd.DataFrame], scale: int) -> pd.DataFrame:
    """Build surveys: one row per invitation; the content answer more often than the disappointed."""
    rng = stream("surveys")
    asked = pd.concat([_invitations(rng, tables, scale), _after_service(rng, tables["tickets"], scale)])
    asked = asked.sort_values(["sent_at", "customer_id"], ignore_index=True)
    n, mood = len(asked), asked["mood"]
    answers = rng.random(n) < 1 / (1 + np.exp(-(ANSWERS_AT_ZERO + ANSWERS_SLOPE * mood)))
    answered_at = asked["sent_at"] + pd.to_timedelta(rng.exponential(80_000, n).round() + 40, unit="s")
    asked["answered_at"] = answered_at.where(answers & (answered_at < TODAY))
    scores = {
        "csat": (3.6 + 0.75 * mood + rng.normal(0, 0.55, n)).round().clip(1, 5),
        "ces": (4.9 + 1.0 * mood + rng.normal(0, 0.9, n)).round().clip(1, 7),
        "nps": (asked["stage"].map(NPS_MEAN) + 2.1 * mood + rng.normal(0, 0.7, n)).round().clip(0, 10),
    }
    pairs = pd.Series(list(zip(asked["stage"], asked["touchpoint"], strict=True)))
    for score, values in scores.items():
        wanted = pairs.map({pair: score in kinds for pair, kinds in ASKED.items()})
        asked[score] = values.where(wanted & asked["answered_at"].notna()).astype("Int64")
    asked.insert(0, "survey_id", [f"S{i:04d}" for i in range(1, n + 1)])
    columns = "survey_id customer_id ticket_id stage touchpoint sent_at answered_at csat ces nps"
    return asked[columns.split()]


BUILDERS = {"surveys": surveys}
