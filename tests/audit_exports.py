"""Exports of a tea shop that no unit knows: other keys, a language and dates of its own, columns that nobody asked for."""

import functools

import numpy as np
import pandas as pd

BRAND, RIVAL = "Té Lunar", "Hojas del Sur"
START = pd.Timestamp("2023-03-06T08:00:00-06:00")
SECRET = ("Inés Robledo", "ines@example.org")


def tables(rows=400):
    """Return a copy of the six tables; ``rows`` is the number of cases, all else follows."""
    return {name: frame.copy() for name, frame in _tables(rows).items()}


@functools.cache
def _tables(rows, seed=7):
    rng = np.random.default_rng(seed)
    customers = [f"#{1000 + number}" for number in range(max(rows // 2, 2))]

    def moments(count, days=180):
        return START + pd.to_timedelta(np.sort(rng.uniform(0, days * 24 * 60, count)).round(), unit="min")

    opened = moments(rows)
    hours = rng.exponential(20, rows)
    silent = rng.random(rows) < 0.1
    replied = pd.Series(opened + pd.to_timedelta(hours.round(2), unit="h")).dt.floor("min")
    resolved = pd.Series(opened + pd.to_timedelta((hours * 3 + 5).round(2), unit="h")).dt.ceil("min")
    quick = (resolved - pd.Series(opened)) <= pd.Timedelta(hours=24)
    outcome = np.where(
        silent, "open", np.where(rng.random(rows) < 0.1, "unresolved", np.where(quick, "resolved_quickly", "resolved"))
    )
    tickets = pd.DataFrame(
        {
            "ticket_id": [f"case-{number}" for number in range(rows)],
            "customer_name": SECRET[0],
            "order_id": [f"ord/{number}" for number in range(rows)],
            "channel": rng.choice(["email", "twitter"], rows),
            "type": rng.choice(["complaint", "query", "billing"], rows),
            "language": rng.choice(["it", "es"], rows, p=[0.3, 0.7]),
            "opened_at": opened,
            "first_human_reply_at": replied.where(~silent),
            "resolved_at": resolved.where(outcome != "open"),
            "outcome": outcome,
            "stayed_90_days": rng.choice(["true", "false"], rows, p=[0.7, 0.3]),
            "handle_minutes": rng.uniform(2, 30, rows).round(1),
            "redress_eur": rng.choice([0.0, 5.0], rows),
        }
    )
    bought = 2 * rows
    orders = pd.DataFrame(
        {
            "order_id": [f"ord/{number}" for number in range(bought)],
            "customer_id": rng.choice(customers, bought),
            "ordered_at": moments(bought),
            "amount_eur": rng.uniform(10, 60, bought).round(2),
            "margin_eur": rng.uniform(2, 20, bought).round(2),
            "email": SECRET[1],
        }
    )
    steps = ["visit", "product", "cart", "checkout", "address", "payment", "order"]
    visits = pd.DataFrame(
        {
            "furthest_step": rng.choice(steps, 3 * rows, p=[0.4, 0.2, 0.2, 0.05, 0.05, 0.05, 0.05]),
            "visited_at": moments(3 * rows),
            "device": rng.choice(["mobile", "desktop"], 3 * rows),
        }
    )
    posted = max(rows // 5, 4)
    posts = pd.DataFrame(
        {
            "post_id": [f"t{number}" for number in range(posted)],
            "brand": rng.choice([BRAND, RIVAL], posted),
            "network": "twitter",
            "posted_at": moments(posted),
            "impressions": rng.integers(100, 900, posted),
        }
    )
    acts = 3 * rows
    kinds = rng.choice(["retweet", "mention", "like"], acts)
    interactions = pd.DataFrame(
        {
            "interaction_id": [f"a{number}" for number in range(acts)],
            "occurred_at": moments(acts),
            "brand": rng.choice([BRAND, RIVAL], acts),
            "network": "twitter",
            "kind": kinds,
            "post_id": rng.choice(posts["post_id"], acts),
            "actor_id": SECRET[1],
            "actor_type": rng.choice(["follower", "non_follower"], acts),
            "polarity": np.where(kinds == "mention", rng.choice(["positive", "negative", "neutral"], acts), ""),
        }
    )
    weeks = pd.date_range(START.date(), periods=27, freq="7D").strftime("%Y-%m-%d")
    audience = pd.DataFrame(
        {"week_start": weeks, "brand": BRAND, "network": "twitter", "followers": 900, "active_followers": 60}
    )
    return {
        "posts": posts,
        "interactions": interactions,
        "audience": audience,
        "tickets": tickets,
        "visits": visits,
        "orders": orders,
    }


def text(frame):
    """Return a table as CSV text, times with their offset."""
    plain = frame.copy()
    for column in plain.columns:
        if isinstance(plain[column].dtype, pd.DatetimeTZDtype):
            plain[column] = plain[column].map(lambda moment: "" if pd.isna(moment) else moment.isoformat())
    return plain.to_csv(index=False)


@functools.cache
def _text(rows, name):
    return text(_tables(rows)[name])


def write(folder, rows=400, **changes):
    """Write the exports into ``folder``; ``changes`` gives the text of a file, or None to leave it out."""
    for name in _tables(rows):
        content = changes.get(name, _text(rows, name))
        if isinstance(content, bytes):
            (folder / f"{name}.csv").write_bytes(content)
        elif content is not None:
            (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    return folder
