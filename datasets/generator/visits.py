"""How far visits to the web shop get: a sample of the year's visits, step by step to the order."""

import numpy as np
import pandas as pd

from .case import START, TODAY, stream
from .draws import DAY, at_hour, choose, choose_by, even
from .habits import SHOP_HOURS

VISITS = 36_000
STEPS = ("visit", "product", "cart", "checkout", "address", "payment", "order")
CONVERSION = {"product": 0.45, "cart": 0.20, "checkout": 0.50, "address": 0.80, "payment": 0.80, "order": 0.93}

SOURCES = {"search": 33, "ads": 18, "social": 15, "direct": 14, "recommendation": 9, "newsletter": 11}
# Sources differ in how many of their product views reach the cart, and in the devices they bring: the
# newsletter and recommendations are read on the phone, so that the phone looks better overall than it is.
SOURCE_CART = {"search": 0.78, "ads": 0.40, "social": 0.50, "direct": 1.15, "recommendation": 2.10, "newsletter": 2.55}
MOBILE = {"search": 42, "ads": 34, "social": 58, "direct": 48, "recommendation": 84, "newsletter": 88}
TABLET = 6
DEVICE = {  # factors on the conversion of one step
    "desktop": {"address": 1.04, "payment": 1.14},
    "mobile": {"address": 0.97, "payment": 0.80},
    "tablet": {"payment": 1.0},
}
# The shipping cost shows for the first time in the cart: the dearer, the fewer go on to the checkout.
SHIPPING = {"ES": {3.9: 74, 0.0: 26}, "MX": {6.9: 74, 0.0: 26}}
SHIPPING_CHECKOUT = {0.0: 1.40, 3.9: 0.94, 6.9: 0.72}
CLICKS = {1: 14, 2: 24, 3: 25, 4: 17, 5: 10, 6: 6, 7: 3, 8: 1}


def _furthest_step(rng: np.random.Generator, visits: pd.DataFrame) -> np.ndarray:
    """Let each visit pass step after step until it stops; every group keeps its shares almost exactly."""
    reached = np.zeros(len(visits), dtype=int)
    for position, step in enumerate(STEPS[1:], start=1):
        rows = np.flatnonzero(reached == position - 1)
        here = visits.iloc[rows]
        passing = here["device"].map({d: factors.get(step, 1.0) for d, factors in DEVICE.items()})
        passing = passing.astype(float) * CONVERSION[step]
        if step == "cart":
            passing *= here["source"].map(SOURCE_CART)
        if step == "checkout":
            passing *= here["shipping_shown_eur"].map(SHIPPING_CHECKOUT)
            drawn = even(rng, here["source"], here["device"], here["shipping_shown_eur"])
        else:
            drawn = even(rng, here["source"], here["device"])
        reached[rows[drawn < passing.clip(upper=0.99)]] = position
    return np.array(STEPS, dtype=object)[reached]


def _with_orders(rng: np.random.Generator, visits: pd.DataFrame, orders: pd.DataFrame) -> pd.DataFrame:
    """Link each visit that bought to a web order of 2025 with the same shipping cost; it takes the order's time."""
    web = orders[(orders["channel"] == "web") & (orders["ordered_at"] >= START)]
    visits["order_id"] = None
    for shipping, rows in visits[visits["furthest_step"] == "order"].groupby("shipping_shown_eur").indices.items():
        bought = visits.index[visits["furthest_step"] == "order"][rows]
        chosen = web[web["shipping_eur"] == shipping].sample(len(bought), random_state=rng)
        visits.loc[bought, "order_id"] = chosen["order_id"].to_numpy()
        visits.loc[bought, "customer_id"] = chosen["customer_id"].to_numpy()
        before = pd.to_timedelta(rng.integers(180, 1500, len(bought)), unit="s")
        visits.loc[bought, "visited_at"] = (chosen["ordered_at"] - before).to_numpy()
    return visits


def visits(tables: dict[str, pd.DataFrame], scale: int) -> pd.DataFrame:
    """Build visits: where they come from, the furthest step, the customer where known and the order made."""
    rng, n = stream("visits"), VISITS * scale
    country = choose(rng, {"ES": 64, "MX": 36}, n)
    source = choose(rng, SOURCES, n)
    devices = {s: {"mobile": m, "tablet": TABLET, "desktop": 100 - TABLET - m} for s, m in MOBILE.items()}
    days = pd.Series(pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, 365, n), unit="D"))
    moment = at_hour(rng, days, SHOP_HOURS, np.where(country == "MX", 4, 0))
    table = pd.DataFrame(
        {
            "visited_at": moment.where(moment < TODAY, moment - DAY),
            "device": choose_by(rng, source, devices),
            "source": source,
            "country": country,
            "customer_id": None,
            "shipping_shown_eur": choose_by(rng, country, SHIPPING).astype(float),
        }
    )
    table["furthest_step"] = _furthest_step(rng, table)
    people = tables["customers"]
    known = rng.random(n) < 0.2
    for land, group in people[people["joined_on"] < "2025-01-01"].groupby("country"):
        rows = known & (table["country"] == land)
        table.loc[rows, "customer_id"] = rng.choice(group["customer_id"], rows.sum())
    table = _with_orders(rng, table, tables["orders"])
    home = table["customer_id"].map(people.set_index("customer_id")["country"])
    table["country"] = home.fillna(table["country"])
    joined = table["customer_id"].map(people.set_index("customer_id")["joined_on"])
    first_day = joined == table["visited_at"].dt.tz_localize(None).dt.normalize()
    table["new_visitor"] = np.where(table["customer_id"].isna(), rng.random(n) < 0.62, first_day)
    step = table["furthest_step"].map(STEPS.index)
    clicks = pd.Series(np.sort(choose(rng, CLICKS, n).astype(int))[np.argsort(np.argsort(even(rng, step)))])
    table["clicks_to_product"] = clicks.where(step >= STEPS.index("product")).astype("Int64")
    table["shipping_shown_eur"] = table["shipping_shown_eur"].where(step >= STEPS.index("cart"))
    table = table.sort_values("visited_at", kind="stable", ignore_index=True)
    table.insert(0, "visit_id", [f"V{i:05d}" for i in range(1, n + 1)])
    return table[COLUMNS]


COLUMNS = [
    "visit_id",
    "visited_at",
    "device",
    "source",
    "country",
    "customer_id",
    "new_visitor",
    "furthest_step",
    "clicks_to_product",
    "shipping_shown_eur",
    "order_id",
]
BUILDERS = {"visits": visits}
