"""Who leads the talk about a brand? Measures of influence on the mention graph, and how sure their ranks are.

An edge runs from the account that mentions or retweets to the one that is mentioned (``mention_edges``). Six measures,
because followers, retweets and mentions rank different people (D10, B17); networkx and SciPy compute them. Use them to
thank and to involve people. They say nothing about whom to serve first (X4, B18).
"""

import pandas as pd

from socialcare.formulas import checks

__all__ = ["DAMPING", "MEASURES", "agreement", "humans", "one_group_only", "rank_intervals", "scores"]

DAMPING = 0.85  # PageRank's usual value
MEASURES = {
    "followers": "size of the account's own audience",
    "mentioned_by": "accounts that mention or retweet it (in-degree)",
    "acts_received": "mentions and retweets that it receives (weighted in-degree)",
    "retweets": "retweets that it receives",
    "pagerank": "mentions by accounts that are mentioned themselves count more",
    "betweenness": "how often it lies on the shortest way between two others",
}


def _known(edges: pd.DataFrame, accounts: pd.DataFrame) -> pd.Index:
    """Return the accounts; refuse edges to accounts that the table does not hold."""
    known = pd.Index(accounts["account_id"])
    unknown = pd.concat([edges["source_id"], edges["target_id"]])
    unknown = unknown[~unknown.isin(known)]
    if len(unknown):
        raise ValueError(f"account {unknown.iloc[0]} stands in the edges only; expected a row for it in the accounts")
    return known


def _graph(edges: pd.DataFrame, nodes: pd.Index):
    import networkx as nx  # noqa: PLC0415

    both = edges.groupby(["source_id", "target_id"], as_index=False)["weight"].sum()
    graph = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_weighted_edges_from(both.itertuples(index=False))
    return graph


def humans(edges: pd.DataFrame, accounts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Leave out the bots and every edge from or to one; returns edges and accounts."""
    _known(edges, accounts)
    people = accounts[~accounts["is_bot"]]
    kept = edges["source_id"].isin(people["account_id"]) & edges["target_id"].isin(people["account_id"])
    return edges[kept].reset_index(drop=True), people.reset_index(drop=True)


def one_group_only(edges: pd.DataFrame, share: float = 0.9, least: int = 5) -> list[str]:
    """Return accounts whose acts stay inside a group where all answer each other: the look of a ring of bots.

    An account is listed if it deals with at least ``least`` others and this ``share`` of its links is mutual. That is
    a reason to look, and no proof: a family does the same.
    """
    checks.share("share", share)
    mentions = edges[["source_id", "target_id"]].drop_duplicates()
    turned = mentions.rename(columns={"source_id": "target_id", "target_id": "source_id"})
    mutual = mentions.merge(turned).groupby("source_id").size()
    everybody = pd.concat([mentions, turned]).drop_duplicates().groupby("source_id").size()
    listed = (mutual >= least) & (mutual >= share * everybody[mutual.index])
    return sorted(mutual.index[listed])


def scores(edges: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """Return the six measures for every account, by ``account_id`` (see ``MEASURES``)."""
    import networkx as nx  # noqa: PLC0415

    nodes = _known(edges, accounts)
    graph = _graph(edges, nodes)
    retweets = edges[edges["kind"] == "retweet"].groupby("target_id")["weight"].sum()
    return pd.DataFrame(
        {
            "followers": accounts.set_index("account_id")["followers"],
            "mentioned_by": pd.Series(dict(graph.in_degree())),
            "acts_received": pd.Series(dict(graph.in_degree(weight="weight"))),
            "retweets": retweets.reindex(nodes, fill_value=0),
            "pagerank": pd.Series(nx.pagerank(graph, alpha=DAMPING, weight="weight")),
            "betweenness": pd.Series(nx.betweenness_centrality(graph)),
        },
        index=nodes,
    )


def agreement(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rank correlations (Spearman) between the measures: 1 is the same order, 0 none in common."""
    from scipy import stats  # noqa: PLC0415

    if len(table) < 3:
        raise ValueError(f"the table has {len(table)} accounts; expected at least 3 to compare ranks")
    matrix = stats.spearmanr(table.to_numpy()).statistic
    return pd.DataFrame(matrix, table.columns, table.columns)


def rank_intervals(
    edges: pd.DataFrame,
    accounts: pd.DataFrame,
    *,
    measure: str = "acts_received",
    top: int = 10,
    confidence: float = 0.95,
    draws: int = 300,
    seed: int = 20251231,
) -> pd.DataFrame:
    """Return the ``top`` accounts with the interval of their rank: the edges are drawn anew, with replacement.

    ``measure`` is ``mentioned_by``, ``acts_received`` or ``retweets``. Equal scores share the better rank.
    """
    import numpy as np  # noqa: PLC0415

    options = ("mentioned_by", "acts_received", "retweets")
    if measure not in options:
        raise ValueError(f"measure is {measure!r}; expected one of {', '.join(options)}")
    checks.inner_share("confidence", confidence)
    nodes = _known(edges, accounts)
    used = edges[edges["kind"] == "retweet"] if measure == "retweets" else edges
    if measure == "mentioned_by":
        used = used.drop_duplicates(["source_id", "target_id"]).assign(weight=1)
    place = nodes.get_indexer(used["target_id"])
    weight = used["weight"].to_numpy(float)
    rng = np.random.default_rng(seed)
    ranks = np.empty((checks.whole_positive("draws", draws), len(nodes)))
    for draw in range(draws):
        chosen = rng.integers(0, len(used), len(used))
        drawn = np.bincount(place[chosen], weight[chosen], minlength=len(nodes))
        ranks[draw] = pd.Series(-drawn).rank(method="min").to_numpy()
    score = pd.Series(np.bincount(place, weight, minlength=len(nodes)), nodes, name="score")
    low, high = np.quantile(ranks, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    table = pd.DataFrame(
        {"score": score, "rank": score.rank(method="min", ascending=False), "low": low, "high": high}
    ).astype({"score": int, "rank": int})
    return table.sort_values(["rank", "low", "high"], kind="stable").head(checks.whole_positive("top", top))
