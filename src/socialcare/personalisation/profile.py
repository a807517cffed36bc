"""How personal is the service, key by key? The ten keys of S0.1 as shares that can be counted (model D18).

Each share has its n and its Wilson interval. There is no index: an index hides which key is weak, and its weights
decide who wins (:func:`orders_of_channels` shows it).
"""

from collections.abc import Mapping

import pandas as pd

from socialcare.complaints import wilson
from socialcare.datasets import TODAY

__all__ = ["KEYS", "key_table", "orders_of_channels", "profile", "weighted_index"]

KEYS = (
    ("S0.1-01", "addressed by name", "messages", ""),
    ("S0.1-02", "thanked", "messages", ""),
    ("S0.1-03", "signed by a person", "messages", ""),
    (
        "S0.1-04",
        "resolved without hand-over",
        "tickets",
        "resolved with one agent: what selection and backing should bring",
    ),
    (
        "S0.1-05",
        "same agent throughout",
        "tickets",
        "whether the phone is free is a fact of the tariff, not of the log",
    ),
    ("S0.1-06", "", "", "the log does not hold who answered other customers, nor whether they were right"),
    ("S0.1-07", "no promotion in the reply", "messages", "promotional posts are counted apart"),
    ("S0.1-08", "answered specifically", "messages", "mobile buying is measured in unit 10"),
    ("S0.1-09", "", "", "a full record is no aim of its own: the privacy gate asks what each field is for"),
    ("S0.1-10", "in the customer's language", "messages", "parity between groups is measured in unit 07"),
)
"""Key, its proxy, the table that holds it, and what the proxy leaves out."""

_LABELS = {
    "addressed by name": "greets_by_name",
    "thanked": "thanks",
    "signed by a person": "signed",
    "answered specifically": "answers_specifically",
    "in the customer's language": "same_language",
}
CHANNELS = ("twitter", "facebook", "email", "webchat")


def key_table() -> pd.DataFrame:
    """Return the ten keys with their proxy and its limit: one row per key, those that cannot be measured included."""
    return pd.DataFrame(KEYS, columns=["key", "proxy", "table", "limit"]).set_index("key")


def _by_proxy(messages: pd.DataFrame, tickets: pd.DataFrame, start: object, end: object) -> dict[str, pd.DataFrame]:
    """Return yes or no per reply or case, with its channel, for every proxy that has a channel."""
    agents = messages[messages["sender"] == "agent"].merge(tickets[["ticket_id", "channel"]], on="ticket_id")
    yes = {proxy: agents[["channel"]].assign(yes=agents[label].astype(bool)) for proxy, label in _LABELS.items()}
    yes["no promotion in the reply"] = agents[["channel"]].assign(yes=~agents["promotes"].astype(bool))
    first, after = (pd.Timestamp(moment) for moment in (start, end))
    zone = tickets["opened_at"].dt.tz
    first, after = (m.tz_localize(zone) if m.tzinfo is None else m for m in (first, after))
    cases = tickets[(tickets["opened_at"] >= first) & (tickets["opened_at"] < after)]
    answered = cases[cases["same_agent_throughout"].notna()]
    same = answered["same_agent_throughout"].astype(bool)
    yes["same agent throughout"] = answered[["channel"]].assign(yes=same)
    solved = cases["outcome"].isin(["resolved", "resolved_quickly"]) & cases["same_agent_throughout"].eq(True).fillna(
        False
    )
    yes["resolved without hand-over"] = cases[["channel"]].assign(yes=solved.astype(bool))
    return yes


def profile(
    messages: pd.DataFrame,
    tickets: pd.DataFrame,
    *,
    by_channel: bool = False,
    start: object = "2025-01-01",
    end: object = TODAY,
) -> pd.DataFrame:
    """Count every proxy of the ten keys: share, Wilson interval, count and n, in the order of the keys.

    Replies come from the labelled ``messages``, cases from the ``tickets`` opened in [start, end). A case without a
    human reply counts as not resolved and is left out of *same agent throughout*. ``by_channel`` gives a row per proxy
    and channel (those of the labelled replies). Raises ValueError if nothing is left to count.
    """
    order = [proxy for _, proxy, table, _ in KEYS if table in ("messages", "tickets")]
    found, rows = _by_proxy(messages, tickets, start, end), {}
    for proxy in order:
        table = found[proxy]
        groups = table.groupby("channel") if by_channel else [("all", table)]
        for channel, group in groups:
            if not by_channel or channel in CHANNELS:
                rows[proxy, channel] = wilson(int(group["yes"].sum()), len(group))
    columns = ["share", "low", "high", "count", "n"]
    result = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    result.index = pd.MultiIndex.from_tuples(result.index, names=["proxy", "channel"])
    return result if by_channel else result.droplevel("channel")


def weighted_index(shares: pd.DataFrame, weights: Mapping[str, float]) -> pd.Series:
    """Return the weighted mean of the proxies per channel: only to show how much it depends on the weights.

    ``shares``: one row per proxy, one column per channel. Raises ValueError for a proxy that is not there, a negative
    weight, or weights that are all 0.
    """
    for proxy, weight in weights.items():
        if proxy not in shares.index:
            raise ValueError(f"proxy {proxy!r} is unknown; expected one of {', '.join(shares.index)}")
        if not weight >= 0:
            raise ValueError(f"the weight of {proxy!r} is {weight}; expected a number of 0 or more")
    total = sum(weights.values())
    if not total:
        raise ValueError("all weights are 0; expected at least one above 0")
    return sum(shares.loc[proxy] * weight for proxy, weight in weights.items()) / total


def orders_of_channels(shares: pd.DataFrame, draws: int = 1_000, seed: int = 20251231) -> pd.Series:
    """Draw weights at random (each mix as likely as any other) and count which channel leads the index."""
    import numpy as np  # noqa: PLC0415  kept inside, as in the other analyses

    weights = np.random.default_rng(seed).dirichlet(np.ones(len(shares)), draws)
    leaders = shares.columns.to_numpy()[(weights @ shares.to_numpy()).argmax(axis=1)]
    return pd.Series(leaders).value_counts().rename_axis("channel").rename("leads in")
