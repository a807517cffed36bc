"""Who turns to Café Brisa's service in 2025: when, about what, in which language and through which channel."""

import numpy as np
import pandas as pd

from .case import START, TODAY, ZONE
from .draws import DAY, at_hour, choose, choose_by
from .habits import intentions
from .people import population

TYPES_AFTER_ORDER = {"complaint": 12, "incident": 5, "billing": 4, None: 79}  # of 100 orders
QUERIES, STRANGERS = 3_700, 0.4  # a year; share of people who have not bought yet
STRANGERS_LANGUAGE = {"es": 63, "en": 29, "ca": 3, "fr": 3, "pt": 1, "de": 1}
OUTAGES = {"2025-02-18": 45, "2025-06-05": 40, "2025-10-14": 55, "2025-11-28": 110}  # cases on the day
CHANNELS = {  # Spanish speakers call and chat; English speakers write e-mails
    "es": {"twitter": 26, "facebook": 11, "email": 12, "phone": 29, "webchat": 22},
    "en": {"twitter": 10, "facebook": 12, "email": 68, "phone": 5, "webchat": 5},
    "other": {"twitter": 34, "facebook": 16, "email": 28, "phone": 12, "webchat": 10},
}
HOURS = [1, 0.5, 0.3, 0.3, 0.3, 0.5, 1, 3, 6, 10, 12, 12, 10, 8, 7, 7, 8, 9, 9, 8, 6, 5, 4, 2]  # local time
OPENS, CLOSES = 9, 20  # Monday to Friday, Madrid; Saturday closes at 14
TOPICS = {
    "complaint": {"late_delivery": 34, "damaged": 20, "wrong_item": 16, "taste": 16, "lost_parcel": 8, "rudeness": 6},
    "incident": {"subscription_error": 40, "account_access": 30, "app_error": 30},
    "billing": {"charged_twice": 34, "refund_pending": 40, "invoice": 26},
    "query": {"product_advice": 34, "delivery_options": 22, "allergens": 12, "opening_hours": 16, "wholesale": 16},
    "outage": {"payment_failed": 70, "website_down": 30},
}
SEVERITY = {
    "complaint": {1: 20, 2: 42, 3: 28, 4: 10},
    "incident": {1: 25, 2: 45, 3: 25, 4: 5},
    "billing": {1: 15, 2: 45, 3: 30, 4: 10},
    "query": {1: 80, 2: 20},
    "outage": {2: 30, 3: 50, 4: 20},
}


def hours_open(moment: pd.Series) -> pd.Series:
    """Tell for each moment whether the service desk is open (Monday to Saturday, Madrid)."""
    closes = moment.dt.day_of_week.map({5: 14, 6: 0}).fillna(CLOSES)
    return (moment.dt.hour >= OPENS) & (moment.dt.hour < closes)


def next_opening(moment: pd.Series) -> pd.Series:
    """Return the next opening time of the service desk at or after a closed moment."""
    later = moment.dt.hour >= OPENS
    day = moment.dt.tz_localize(None).dt.normalize() + pd.to_timedelta(later.astype(int), unit="D")
    day = day + pd.to_timedelta(day.dt.day_of_week.map({6: 1}).fillna(0), unit="D")
    return (day + pd.Timedelta(hours=OPENS)).dt.tz_localize(ZONE)


def arrivals(rng: np.random.Generator, scale: int) -> pd.DataFrame:
    """Collect who writes about what and on which day: after an order, out of curiosity, or in an outage."""
    people, placed = population(scale), intentions(scale)
    placed = placed[placed["ordered_at"] >= START - 10 * DAY].reset_index(drop=True)
    kind = choose(rng, TYPES_AFTER_ORDER, len(placed))
    after = placed.loc[pd.notna(kind), ["customer_id", "order_id"]].assign(type=kind[pd.notna(kind)])
    after["day"] = placed["ordered_at"].dt.tz_localize(None).dt.normalize() + pd.to_timedelta(
        rng.integers(1, 8, len(placed)), unit="D"
    )
    known = people[people["joined_on"] < "2025-01-01"]
    queries = pd.DataFrame({"customer_id": rng.choice(known["customer_id"], QUERIES * scale), "type": "query"})
    queries["customer_id"] = queries["customer_id"].where(rng.random(len(queries)) >= STRANGERS)
    queries["day"] = pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, 365, len(queries)), unit="D")
    outages = pd.DataFrame(
        {
            "customer_id": rng.choice(known["customer_id"], sum(OUTAGES.values()) * scale),
            "type": "outage",
            "day": np.repeat(pd.to_datetime(list(OUTAGES)), np.array(list(OUTAGES.values())) * scale),
        }
    )
    cases = pd.concat([after, queries, outages], ignore_index=True)
    who = people.set_index("customer_id").reindex(cases["customer_id"]).reset_index(drop=True)
    cases["language"] = who["language"].where(
        cases["customer_id"].notna(), pd.Series(choose(rng, STRANGERS_LANGUAGE, len(cases)))
    )
    cases["followers"] = who["followers_on_twitter"].astype(float)
    in_mexico = who["country"].eq("MX").where(cases["customer_id"].notna(), rng.random(len(cases)) < 0.35)
    cases["opened_at"] = at_hour(rng, cases["day"], HOURS, np.where(in_mexico, 7, 0))
    within = cases["opened_at"].between(START, TODAY, inclusive="left")
    cases = cases[within].drop(columns="day").sort_values("opened_at", kind="stable", ignore_index=True)
    cases["channel"] = _channels(rng, cases)
    cases["topic"] = choose_by(rng, cases["type"], TOPICS)
    cases["severity"] = choose_by(rng, cases["type"], SEVERITY).astype(int)
    return cases


def _channels(rng: np.random.Generator, cases: pd.DataFrame) -> np.ndarray:
    """Draw the channel; telephone and chat exist only in opening hours."""
    group = cases["language"].where(cases["language"].isin(["es", "en"]), "other")
    written = {g: {k: v for k, v in s.items() if k not in ("phone", "webchat")} for g, s in CHANNELS.items()}
    return np.where(hours_open(cases["opened_at"]), choose_by(rng, group, CHANNELS), choose_by(rng, group, written))
