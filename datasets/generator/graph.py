"""Who mentions and retweets whom in the talk about coffee: accounts and directed, weighted edges."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from .case import stream

COMMUNITIES = {"spain": 0.44, "mexico": 0.36, "english": 0.20}
ORDINARY_ACCOUNTS, ORDINARY_EDGES = 483, 1_750
POPULARITY = 0.85  # Zipf exponent of how often an ordinary account is the target
SAME_COMMUNITY = 0.99  # of ordinary edges: few cross a language or an ocean
BOTS, BOT_WEIGHTS = 14, (6, 13)  # every bot mentions every other bot that many times
BROKER_CONTACTS = 8  # accounts of each community that the broker talks to, and that talk back
TOPICS = {"coffee": 0.50, "delivery": 0.20, "price": 0.18, "other": 0.12}
EXPERT_TOPICS = {"coffee": 0.94, "delivery": 0.0, "price": 0.04, "other": 0.02}


class Leader(NamedTuple):
    """A planted account: its followers, and how many accounts retweet and mention it."""

    role: str
    community: str
    followers: int
    retweeted_by: int
    mentioned_by: int


LEADERS = (
    Leader("celebrity", "mexico", 1_250_000, 2, 7),
    Leader("expert", "spain", 6_400, 96, 20),
    Leader("broker", "english", 2_900, 0, 2),  # and its contacts, see above
)


def mention_accounts(_tables: dict[str, pd.DataFrame], scale: int) -> pd.DataFrame:
    """Build mention_accounts: ordinary accounts with heavy-tailed audiences, three leaders, a bot ring."""
    table = pd.concat([_conversation(part)[0] for part in range(scale)])
    return table.drop(columns="role").sort_values("account_id", key=_number, ignore_index=True)


def mention_edges(_tables: dict[str, pd.DataFrame], scale: int) -> pd.DataFrame:
    """Build mention_edges; a larger scale adds conversations beside the first one."""
    table = pd.concat([_conversation(part)[1] for part in range(scale)])
    keys = ["source_id", "target_id", "kind"]
    return table.sort_values(keys, key=_number, ignore_index=True)


def _conversation(part: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw one conversation: its accounts (with their hidden role) and its edges."""
    rng = stream(f"mention graph {part}")
    accounts = _accounts(rng, part)
    ids = accounts["account_id"]
    ordinary = accounts[accounts["role"] == "ordinary"].reset_index(drop=True)
    edges = [_ordinary_edges(rng, ordinary)]
    for leader in LEADERS:
        target = ids[accounts["role"] == leader.role].item()
        topics = EXPERT_TOPICS if leader.role == "expert" else TOPICS
        for kind, audience in (("retweet", leader.retweeted_by), ("mention", leader.mentioned_by)):
            fans = rng.choice(ordinary["account_id"], audience, replace=False)
            edges.append(_edges(rng, fans, target, kind, topics))
    for _, members in ordinary.groupby("community"):
        contacts = rng.choice(members["account_id"], BROKER_CONTACTS, replace=False)
        broker = np.repeat(ids[accounts["role"] == "broker"].item(), BROKER_CONTACTS)
        edges += [_edges(rng, broker, contacts, "mention"), _edges(rng, contacts, broker, "mention")]
    bots = ids[accounts["is_bot"]].to_numpy()
    pairs = [(source, target) for source in bots for target in bots if source != target]
    ring = _edges(rng, *map(np.array, zip(*pairs, strict=True)), "mention")
    ring["weight"] = rng.integers(*BOT_WEIGHTS, len(ring))
    edges.append(ring)
    return accounts, pd.concat(edges).drop_duplicates(["source_id", "target_id", "kind"])


def _accounts(rng: np.random.Generator, part: int) -> pd.DataFrame:
    people = pd.DataFrame(
        {
            "role": "ordinary",
            "followers": rng.lognormal(np.log(240), 1.5, ORDINARY_ACCOUNTS).astype(int),
            "community": rng.choice(list(COMMUNITIES), ORDINARY_ACCOUNTS, p=list(COMMUNITIES.values())),
        }
    )
    leaders = pd.DataFrame(LEADERS)[["role", "followers", "community"]]
    bots = pd.DataFrame({"role": "bot", "followers": rng.integers(20, 160, BOTS), "community": "spain"})
    table = pd.concat([people, leaders, bots], ignore_index=True)
    table["is_bot"] = table["role"] == "bot"
    numbers = part * len(table) + 1 + rng.permutation(len(table))  # the number must not give the role away
    table.insert(0, "account_id", [f"a{number:03d}" for number in numbers])
    return table


def _ordinary_edges(rng: np.random.Generator, people: pd.DataFrame) -> pd.DataFrame:
    """Edges within communities to popular accounts, and a few across."""
    chance = (np.arange(len(people)) + 3.0) ** -POPULARITY
    sources = rng.integers(0, len(people), ORDINARY_EDGES)
    targets = rng.choice(len(people), ORDINARY_EDGES, p=chance / chance.sum())
    community = people["community"].to_numpy()
    stays = rng.random(ORDINARY_EDGES) < SAME_COMMUNITY
    for name in COMMUNITIES:
        own = chance * (community == name)
        here = stays & (community[sources] == name)
        targets[here] = rng.choice(len(people), here.sum(), p=own / own.sum())
    real = sources != targets  # nobody mentions themselves
    ids = people["account_id"].to_numpy()
    return _edges(
        rng, ids[sources[real]], ids[targets[real]], rng.choice(["mention", "retweet"], real.sum(), p=[0.6, 0.4])
    )


def _edges(rng: np.random.Generator, source_id, target_id, kind, topics: dict[str, float] = TOPICS) -> pd.DataFrame:
    table = pd.DataFrame({"source_id": source_id, "target_id": target_id, "kind": kind})
    table["weight"] = rng.geometric(0.55, len(table))
    table["topic"] = rng.choice(list(topics), len(table), p=list(topics.values()))
    return table


def _number(keys: pd.Series) -> pd.Series:
    """Sort a10 after a9, and words as words."""
    return keys if keys.name == "kind" else keys.str.slice(1).astype(int)


BUILDERS = {"mention_accounts": mention_accounts, "mention_edges": mention_edges}
