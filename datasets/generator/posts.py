"""What the three brands publish: one row per post on twitter and facebook."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from .case import BRAND, TODAY, ZONE, stream
from .crises import EPISODES

# The log starts before the year, so that the first week of 2025 has 28 days of activity behind it.
LOG_START = pd.Timestamp("2024-12-09", tz=ZONE)


class Publisher(NamedTuple):
    """One brand on one network."""

    brand: str
    network: str
    per_day: float  # posts
    impressions: int  # mean of a post that nobody paid for
    reach: float  # people reached per impression


PUBLISHERS = (
    Publisher("Café Brisa", "twitter", 2.50, 1100, 0.80),
    Publisher("Café Brisa", "facebook", 0.66, 900, 0.85),
    Publisher("Tostadores Nimbo", "twitter", 0.90, 900, 0.90),
    Publisher("Tostadores Nimbo", "facebook", 0.40, 2500, 0.85),
    Publisher("Molienda Áurea", "twitter", 0.62, 1800, 0.35),  # a small circle sees each tweet three times
    Publisher("Molienda Áurea", "facebook", 0.30, 700, 0.80),
)
BOOSTED_POSTS, BOOSTED_IMPRESSIONS = 7, 45_000  # paid reach, Café Brisa on facebook only

KINDS = {
    "story": 0.26,
    "how_to": 0.18,
    "question": 0.19,
    "promotion": 0.28,
    "contest": 0.03,
    "service_notice": 0.06,
}
FORMATS = {"text": 0.25, "photo": 0.40, "video": 0.15, "link": 0.20}
CALLS_TO_ACTION = {"twitter": 0.15, "facebook": 0.80}  # share of posts with a call to action
WORDS = {"twitter": (20, 0.45, 5, 46), "facebook": (48, 0.55, 8, 180)}  # median, log sd, least, most
HOURS = np.array([0] * 8 + [2, 8, 10, 9, 10, 8, 4, 3, 4, 7, 9, 10, 9, 5, 2, 0], dtype=float)
WEEKDAYS = np.array([1.15, 1.15, 1.1, 1.1, 1.05, 0.75, 0.70])


def posts(_tables: dict[str, pd.DataFrame], scale: int) -> pd.DataFrame:
    """Build posts: cadence by weekday and hour, kinds, lengths, impressions and reach."""
    rng = stream("posts")
    parts = [_published_by(rng, publisher, scale) for publisher in PUBLISHERS]
    table = pd.concat(parts).sort_values("posted_at", kind="stable", ignore_index=True)
    table.insert(0, "post_id", [f"p{number:04d}" for number in range(1, len(table) + 1)])
    return table


def _published_by(rng: np.random.Generator, publisher: Publisher, scale: int) -> pd.DataFrame:
    brand, network = publisher.brand, publisher.network
    posted_at = _times(rng, publisher.per_day * scale)
    n = len(posted_at)
    kind = rng.choice(list(KINDS), n, p=list(KINDS.values()))
    if brand == BRAND:  # in the firestorm the brand stops its campaign and only informs
        firestorm = EPISODES[0]
        kind[(posted_at >= firestorm.start) & (posted_at < firestorm.end)] = "service_notice"
    median, spread, least, most = WORDS[network]
    impressions = rng.lognormal(0, 0.4, n)
    impressions *= publisher.impressions / impressions.mean()
    if brand == BRAND and network == "facebook":
        stories = np.flatnonzero(kind == "story")
        boosted = rng.choice(stories, BOOSTED_POSTS * scale, replace=False)
        impressions[boosted] = BOOSTED_IMPRESSIONS * rng.uniform(0.7, 1.3, len(boosted))
    impressions = impressions.round().astype(int)
    reach = impressions * np.clip(rng.normal(publisher.reach, 0.04, n), 0.05, 1)
    return pd.DataFrame(
        {
            "brand": brand,
            "network": network,
            "posted_at": posted_at,
            "kind": kind,
            "format": rng.choice(list(FORMATS), n, p=list(FORMATS.values())),
            "words": rng.lognormal(np.log(median), spread, n).round().clip(least, most).astype(int),
            "call_to_action": (rng.random(n) < CALLS_TO_ACTION[network]) | (kind == "contest"),
            "impressions": impressions,
            "reach": reach.astype(int),
        }
    )


def _times(rng: np.random.Generator, per_day: float) -> pd.DatetimeIndex:
    """Draw publication times to the minute; nobody schedules between 23:00 and 8:00."""
    days = pd.date_range(LOG_START, TODAY, freq="D", inclusive="left")
    weight = WEEKDAYS[days.day_of_week]
    of_day = days.repeat(rng.poisson(per_day * weight / WEEKDAYS.mean())).tz_localize(None)
    minutes = rng.choice(24, len(of_day), p=HOURS / HOURS.sum()) * 60 + rng.integers(0, 60, len(of_day))
    return (of_day + pd.to_timedelta(minutes, unit="m")).sort_values().tz_localize(ZONE)


BUILDERS = {"posts": posts}
