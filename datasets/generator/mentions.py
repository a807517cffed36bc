"""How much Café Brisa is talked about: one row per hour of 2025, with the labelled episodes."""

import numpy as np
import pandas as pd

from .case import BRAND, START, TODAY, ZONE, stream
from .crises import EPISODES, ORDINARY, profile, rhythm

UNTAGGED_PER_HOUR = 2.3  # ordinary mentions of the name without the handle
DAY_SHAPE, HOUR_SHAPE = 12, 2.5  # gamma shapes: the smaller, the lumpier
AUTHORS, FEW_AUTHORS = 5_000, 6  # accounts that mention the name without the handle


def mentions_hourly(tables: dict[str, pd.DataFrame], scale: int) -> pd.DataFrame:
    """Build mentions_hourly: tagged mentions are counted in interactions, the others are drawn here."""
    rng = stream("mentions_hourly")
    hours = pd.date_range(START, TODAY, freq="h", inclusive="left")
    acts = tables["interactions"]
    tagged = acts[(acts["brand"] == BRAND) & (acts["network"] == "twitter") & (acts["kind"] == "mention")]
    tagged = pd.DataFrame(
        {
            "hour_start": _hour(tagged["occurred_at"]),
            "author": tagged["actor_id"],
            "negative": tagged["polarity"] == "negative",
        }
    )
    everything = pd.concat([tagged, _untagged(rng, hours, scale)])
    by_hour = everything.groupby("hour_start")
    table = pd.DataFrame({"hour_start": hours}).set_index("hour_start")
    table["mentions"] = by_hour.size()
    table["negative_mentions"] = by_hour["negative"].sum()
    table["unique_authors"] = by_hour["author"].nunique()
    table["tagged_mentions"] = tagged.groupby("hour_start").size()
    table = table.fillna(0).astype(int)  # an hour without mentions is a zero, not a gap
    table[["crisis_id", "crisis_kind"]] = None
    for episode in EPISODES:
        inside = (hours >= episode.start) & (hours < episode.end)
        table.loc[inside, ["crisis_id", "crisis_kind"]] = [episode.label, episode.kind]
    return table.reset_index()


def _untagged(rng: np.random.Generator, hours: pd.DatetimeIndex, scale: int) -> pd.DataFrame:
    """One row per mention without the handle: ordinary talk plus what each episode adds."""
    days, of_day = np.unique(hours.date, return_inverse=True)
    mood = rng.gamma(DAY_SHAPE, 1 / DAY_SHAPE, len(days))[of_day]
    mood *= rng.gamma(HOUR_SHAPE, 1 / HOUR_SHAPE, len(hours))
    counts = rng.poisson(UNTAGGED_PER_HOUR * scale * rhythm(hours) * mood)
    parts = [_rows(rng, hours.repeat(counts), ORDINARY["negative"], AUTHORS * scale)]
    for episode in EPISODES:
        its_hours, share = profile(episode)
        when = its_hours.repeat(rng.multinomial(episode.untagged * scale, share))
        authors = (FEW_AUTHORS if episode.few_authors else AUTHORS) * scale
        parts.append(_rows(rng, when, episode.polarity["negative"], authors))
    return pd.concat(parts)


def _rows(rng: np.random.Generator, hours: pd.DatetimeIndex, negative: float, authors: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "hour_start": hours,
            "author": rng.integers(0, authors, len(hours)),
            "negative": rng.random(len(hours)) < negative,
        }
    )


def _hour(times: pd.Series) -> pd.Series:
    """Cut times to the hour; by way of UTC, because 26 October has the hour from 2:00 twice."""
    return times.dt.tz_convert("UTC").dt.floor("h").dt.tz_convert(ZONE)


BUILDERS = {"mentions_hourly": mentions_hourly}
