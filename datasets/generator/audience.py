"""How many follow, and how many of them act: one row per brand, network and week."""

import numpy as np
import pandas as pd

from .case import ZONE, stream

ACTIVE_DAYS = 28
FIRST_WEEK, LAST_WEEK = "2024-12-30", "2025-12-22"  # the Mondays of the 52 weeks that end before today

# followers at the start and at the end of the 52 weeks
FOLLOWERS = {
    ("Café Brisa", "twitter"): (8_600, 9_400),
    ("Café Brisa", "facebook"): (7_300, 7_900),
    ("Tostadores Nimbo", "twitter"): (20_900, 22_100),
    ("Tostadores Nimbo", "facebook"): (24_300, 24_600),
    ("Molienda Áurea", "twitter"): (2_100, 2_320),
    ("Molienda Áurea", "facebook"): (2_450, 2_600),
}


def audience(tables: dict[str, pd.DataFrame], scale: int) -> pd.DataFrame:
    """Build audience; active followers are counted in the interactions, never drawn."""
    rng = stream("audience")
    weeks = pd.date_range(FIRST_WEEK, LAST_WEEK, freq="W-MON")
    acts = tables["interactions"].query("actor_type == 'follower'")
    rows = []
    for (brand, network), (first, last) in FOLLOWERS.items():
        own = acts[(acts["brand"] == brand) & (acts["network"] == network)]
        gains = rng.gamma(3, 1, len(weeks) - 1)
        path = scale * (first + (last - first) * np.append(0, gains.cumsum() / gains.sum()))
        for week, followers in zip(weeks, path, strict=True):
            until = (week + pd.Timedelta(days=7)).tz_localize(ZONE)
            since = (week + pd.Timedelta(days=7 - ACTIVE_DAYS)).tz_localize(ZONE)
            recent = own[(own["occurred_at"] >= since) & (own["occurred_at"] < until)]
            rows.append((week, brand, network, round(followers), recent["actor_id"].nunique()))
    columns = ["week_start", "brand", "network", "followers", "active_followers"]
    return pd.DataFrame(rows, columns=columns).sort_values(columns[:3], ignore_index=True)


BUILDERS = {"audience": audience}
