"""Who buys at Café Brisa: the customers table, and the hidden traits that the other tables act out."""

from functools import cache

import numpy as np
import pandas as pd

from .case import TODAY, stream
from .draws import choose, choose_by, even

CUSTOMERS = 4_000
CHURN_DAYS = 180  # a customer with no order for so long has churned, counted back from today

REGIONS = {
    "ES": {
        "Cataluña": 25,
        "Comunidad de Madrid": 22,
        "Andalucía": 17,
        "Comunitat Valenciana": 13,
        "Euskadi": 9,
        "Galicia": 8,
        "Castilla y León": 6,
    },
    "MX": {"Ciudad de México": 40, "Jalisco": 20, "Nuevo León": 17, "Puebla": 13, "Yucatán": 10},
}
LANGUAGES = {
    "ES": {"es": 80, "en": 13, "fr": 3, "pt": 2, "de": 2},
    "MX": {"es": 82, "en": 16, "fr": 1, "pt": 0.5, "de": 0.5},
    "Cataluña": {"ca": 42, "es": 45, "en": 9, "fr": 3, "de": 1},
}
ACQUISITION = {"search": 28, "ads": 24, "social": 20, "recommendation": 14, "shop": 14}
ACQUISITION_COST = {"search": 22.0, "ads": 38.0, "social": 18.0, "recommendation": 6.0, "shop": 9.0}  # median, EUR

# Hidden: how people buy. Each source of customers brings another mix.
BEHAVIOURS = {
    "search": {"regular": 18, "stocker": 18, "gift": 26, "trial": 38},
    "ads": {"regular": 10, "stocker": 10, "gift": 24, "trial": 56},
    "social": {"regular": 17, "stocker": 16, "gift": 26, "trial": 41},
    "recommendation": {"regular": 38, "stocker": 32, "gift": 14, "trial": 16},
    "shop": {"regular": 26, "stocker": 26, "gift": 20, "trial": 28},
}

# Hidden: three stances towards technology. People name one of seven lifestyles, mostly of their own stance.
STANCES = {"alien": 30, "means": 42, "own": 28}
LIFESTYLES = {
    "alien": {"outsider": 30, "basic_user": 45, "techno_aspirational": 25},
    "means": {"moderate_utilitarian": 62, "passionate_utilitarian": 38},
    "own": {"sociodigital": 70, "technoholic": 30},
}
ATTITUDE_MEANS = {
    "alien": (4.3, 2.2, 1.5, 1.7, 4.3, 2.4),
    "means": (1.9, 2.0, 4.8, 2.2, 3.2, 1.5),
    "own": (2.0, 4.5, 2.8, 4.3, 2.0, 4.5),
}
SLIPS = 0.12  # share who name a lifestyle of another stance

GENDERS = {"woman": 33, "man": 31, "non_binary": 2, None: 34}
ACCESS_NEEDS = {None: 930, "screen_reader": 18, "large_text": 24, "hearing": 16, "mobility": 12}
DIET_NEEDS = {None: 860, "lactose_free": 52, "vegan": 46, "caffeine_free": 28, "gluten_free": 14}
AGES = {"18-24": 12, "25-34": 27, "35-44": 25, "45-54": 18, "55-64": 12, "65+": 6}
HOUSEHOLDS = {"one": 24, "couple": 30, "family": 34, "shared": 12}
INCOMES = {"low": 28, "middle": 50, "high": 22}
EDUCATION = {"school": 24, "vocational": 31, "university": 45}


def _joining_days(rng: np.random.Generator, behaviour: np.ndarray) -> pd.Series:
    """Draw joining days over 2023-2025: gift buyers come before Christmas, the others all year."""
    first, days = pd.Timestamp("2023-01-01"), (TODAY.tz_localize(None) - pd.Timestamp("2023-01-01")).days
    joined = rng.integers(0, days - 45, len(behaviour))
    christmas = rng.integers(0, 3, len(behaviour)) * 365 + rng.integers(318, 356, len(behaviour))
    joined = np.where(behaviour == "gift", christmas, joined)
    return pd.Series(first + pd.to_timedelta(joined, unit="D"))


def _attitudes(rng: np.random.Generator, stance: np.ndarray) -> pd.DataFrame:
    """Answer the six items on 1-5 around the means of the stance."""
    means = np.array([ATTITUDE_MEANS[s] for s in stance])
    answers = np.clip(np.rint(rng.normal(means, 0.8)), 1, 5).astype(int)
    return pd.DataFrame(answers, columns=[f"attitude_{i}" for i in range(1, 7)])


@cache
def population(scale: int) -> pd.DataFrame:
    """Draw the people: the public columns of customers and the hidden ones (behaviour, cold_brew_fan)."""
    rng, n = stream("customers"), CUSTOMERS * scale
    country = choose(rng, {"ES": 62, "MX": 38}, n)
    region = choose_by(rng, country, REGIONS)
    language = choose_by(rng, np.where(region == "Cataluña", region, country), LANGUAGES)
    source = choose(rng, ACQUISITION, n)
    behaviour = choose_by(rng, source, BEHAVIOURS)
    stance = choose(rng, STANCES, n)
    claimed = np.where(rng.random(n) < SLIPS, choose(rng, STANCES, n), stance)
    gender = choose(rng, GENDERS, n)
    cost = np.exp(rng.normal(np.log([ACQUISITION_COST[s] for s in source]), 0.35))
    followers = np.floor(np.exp(rng.normal(5.0, 1.7, n))).clip(1, 250_000)
    # An advert shown to women only sold the cold brew of the app: a segment that mirrors gender.
    fan_share = pd.Series(gender).map({"woman": 0.42, "man": 0.02}).fillna(0.03)
    return pd.DataFrame(
        {
            "customer_id": [f"C{i:05d}" for i in range(1, n + 1)],
            "country": country,
            "region": region,
            "language": language,
            "joined_on": _joining_days(rng, behaviour),
            "acquired_through": source,
            "acquisition_cost_eur": cost.round(2),
            "age_band": choose(rng, AGES, n),
            "household": choose(rng, HOUSEHOLDS, n),
            "income_band": choose(rng, INCOMES, n),
            "education": choose(rng, EDUCATION, n),
            "gender_declared": gender,
            "accessibility_need_declared": choose(rng, ACCESS_NEEDS, n),
            "diet_need_declared": choose(rng, DIET_NEEDS, n),
            "lifestyle_declared": choose_by(rng, claimed, LIFESTYLES),
            **_attitudes(rng, stance),
            "marketing_consent": rng.random(n) < 0.46,
            "followers_on_twitter": pd.array(np.where(rng.random(n) < 0.7, followers, np.nan)).astype("Int64"),
            "behaviour": behaviour,
            "cold_brew_fan": even(rng, gender) < fan_share,
        }
    )


def customers(tables: dict[str, pd.DataFrame], scale: int) -> pd.DataFrame:
    """Build customers: the people, with the day of the first order and the day each one counts as lost."""
    people, today = population(scale), TODAY.tz_localize(None)
    ordered = tables["orders"].groupby("customer_id")["ordered_at"].agg(["min", "max"])
    days = ordered.apply(lambda moment: moment.dt.tz_localize(None).dt.normalize())
    days = days.reindex(people["customer_id"]).reset_index(drop=True)
    churned = days["max"] + pd.Timedelta(days=CHURN_DAYS)
    people = people.assign(joined_on=days["min"], churned_on=churned.where(churned < today))
    return people.drop(columns=["behaviour", "cold_brew_fan"])


BUILDERS = {"customers": customers}
