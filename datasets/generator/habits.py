"""How customers buy: the orders that each of them would place if nothing ever went wrong."""

from functools import cache

import numpy as np
import pandas as pd

from .case import TODAY, stream
from .draws import DAY, at_hour, choose, choose_by
from .people import population

# Hidden: how each kind of customer buys. LEAVES is the mean chance to stop for good after an order. It differs from
# person to person and is the same for the first order and the hundredth: nobody becomes more loyal with time.
GAP_DAYS = {"regular": 34, "stocker": 66, "gift": 365, "trial": 45}
BASKET = {"regular": 24.0, "stocker": 150.0, "gift": 60.0, "trial": 22.0}  # median, EUR
LEAVES = {"regular": 0.016, "stocker": 0.022, "gift": 0.10, "trial": 0.80}
SOURCE_LEAVES = {"search": 1.0, "ads": 1.35, "social": 1.1, "recommendation": 0.55, "shop": 0.85}

CHANNELS = {"web": 58, "app": 20, "shop": 22}
CATEGORIES = {
    "regular": {"beans": 55, "ground": 25, "capsules": 20},
    "stocker": {"beans": 48, "capsules": 27, "equipment": 15, "ground": 10},
    "gift": {"gift_box": 82, "equipment": 18},
    "trial": {"beans": 40, "ground": 30, "capsules": 22, "gift_box": 8},
}
UNIT_PRICE = {"beans": 12.0, "ground": 9.0, "capsules": 6.5, "equipment": 45.0, "gift_box": 32.0, "cold_brew": 8.0}
MARGIN = {"beans": 0.44, "ground": 0.42, "capsules": 0.38, "equipment": 0.24, "gift_box": 0.40, "cold_brew": 0.46}
SHOP_HOURS = [0, 0, 0, 0, 0, 0, 1, 3, 5, 6, 6, 6, 5, 5, 5, 5, 5, 6, 7, 8, 8, 7, 5, 2]
LONGEST = 60  # orders of one customer at most


def _order_days(rng: np.random.Generator, people: pd.DataFrame) -> pd.DataFrame:
    """Draw one row per intended order: the row number of the customer and the day."""
    behaviour = people["behaviour"]
    own_pace = np.where(behaviour == "gift", 0, rng.normal(0, 0.12, len(people)))
    gap = behaviour.map(GAP_DAYS).to_numpy(float) * np.exp(own_pace)
    steady = np.where(behaviour == "gift", 900.0, 6.0)[:, None]  # gift buyers keep to their time of the year
    steps = rng.gamma(steady, gap[:, None] / steady, (len(people), LONGEST))
    steps[:, 0] = 0
    leaves = behaviour.map(LEAVES) * people["acquired_through"].map(SOURCE_LEAVES)
    leaves *= np.where(behaviour.isin(["regular", "stocker"]), rng.gamma(2, 0.5, len(people)), 1)
    length = rng.geometric(leaves.clip(0.001, 0.95))
    days = people["joined_on"].to_numpy()[:, None] + np.cumsum(steps, axis=1).astype(int).astype("timedelta64[D]")
    today = np.datetime64(TODAY.tz_localize(None))
    row, position = np.nonzero((days < today) & (np.arange(LONGEST) < length[:, None]))
    return pd.DataFrame({"row": row, "day": days[row, position]})


@cache
def intentions(scale: int) -> pd.DataFrame:
    """Build the orders that customers would place if service cost no one: all columns of orders."""
    rng, people = stream("orders"), population(scale)
    series = _order_days(rng, people)
    who = people.iloc[series["row"]].reset_index(drop=True)
    shift = np.where(who["country"] == "MX", 4, 0)  # part of the Mexican day is Madrid's night
    moment = at_hour(rng, series["day"], SHOP_HOURS, shift)
    ordered = moment.where(moment < TODAY, moment - DAY)
    channel = choose(rng, CHANNELS, len(who))
    category = choose_by(rng, who["behaviour"], CATEGORIES)
    cold_brew = who["cold_brew_fan"].to_numpy() & (rng.random(len(who)) < 0.5)
    channel = np.where(cold_brew, "app", channel)
    category = np.where(cold_brew, "cold_brew", category)
    goods = who["behaviour"].map(BASKET).to_numpy() * np.exp(rng.normal(0, 0.22, len(who)))
    discount = np.where(rng.random(len(who)) < 0.16, goods * rng.choice([0.05, 0.10, 0.15], len(who)), 0).round(2)
    amount = (goods - discount).round(2)
    kind = pd.Series(category)
    margin = amount - (goods * (1 - kind.map(MARGIN).to_numpy())).round(2)
    shipping = np.select([channel == "shop", amount >= 60, who["country"] == "MX"], [0.0, 0.0, 6.9], default=3.9)
    orders = pd.DataFrame(
        {
            "customer_id": who["customer_id"],
            "ordered_at": ordered,
            "channel": channel,
            "category": category,
            "items": np.maximum(1, np.rint(goods / kind.map(UNIT_PRICE).to_numpy())).astype(int),
            "amount_eur": amount,
            "discount_eur": discount,
            "margin_eur": margin.round(2),
            "shipping_eur": shipping,
            "returned": rng.random(len(who)) < 0.035,
        }
    )
    orders = orders.sort_values(["ordered_at", "customer_id"], ignore_index=True)
    orders.insert(0, "order_id", [f"O{i:05d}" for i in range(1, len(orders) + 1)])
    return orders
