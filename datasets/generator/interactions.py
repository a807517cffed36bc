"""Who reacts: one row per visible act towards a brand, from a retweet to a comment."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from .case import BRAND, TODAY, stream
from .crises import EPISODES, ORDINARY, Episode, profile, rhythm
from .posts import BOOSTED_IMPRESSIONS, LOG_START

# Effects on the acts that a post gets, as multiples of an ordinary post.
KIND_EFFECT = {
    "comment": {"question": 1.70, "contest": 1.3, "how_to": 0.95, "promotion": 0.80, "service_notice": 0.85},
    "mention": {"question": 1.60, "contest": 1.3, "how_to": 0.95, "promotion": 0.80, "service_notice": 1.10},
    "retweet": {"question": 0.85, "how_to": 1.10, "promotion": 0.85},
    "share": {"question": 0.85, "how_to": 1.10, "promotion": 0.85},
    "like": {},
}
CALL_EFFECT = {"retweet": 1.30, "share": 1.30}  # a call to action is a call to pass the post on
LONG_POST_WORDS, LONG_POST_EFFECT = 60, 0.60
BOOSTED_FROM, BOOSTED_EFFECT = BOOSTED_IMPRESSIONS / 2, 0.12  # paid reach finds people who do not care

BOT_SHARE_OF_RETWEETS = 0.10  # Tostadores Nimbo
OWN_SHARE_OF_LIKES = 0.04  # Café Brisa
BOTS, COORDINATED_ACCOUNTS = 14, 9
ACCOUNTS, OTHERS = 16_000, 15  # pseudonyms in all; of them kept for the own account and the bots of each crowd


@dataclass(frozen=True)
class Crowd:
    """The people around one brand on one network; rates are acts per ordinary post."""

    brand: str
    network: str
    rates: dict[str, float]
    spontaneous_per_week: float
    engaged_followers: int  # followers who ever react in public
    concentration: float  # Zipf exponent: how unevenly the engaged followers act
    followers_share: float  # of the reactions to posts


CROWDS = (
    Crowd(BRAND, "twitter", {"retweet": 5.0, "mention": 2.1, "like": 5.4}, 25, 800, 0.80, 0.68),
    Crowd(BRAND, "facebook", {"comment": 7.0, "like": 20.0, "share": 1.6}, 0, 900, 0.85, 0.70),
    Crowd("Tostadores Nimbo", "twitter", {"retweet": 5.05, "mention": 2.6, "like": 6.2}, 30, 900, 0.55, 0.60),
    Crowd("Tostadores Nimbo", "facebook", {"comment": 4.5, "like": 14.0, "share": 1.5}, 0, 900, 0.55, 0.60),
    Crowd("Molienda Áurea", "twitter", {"retweet": 5.3, "mention": 3.0, "like": 7.5}, 22, 620, 0.60, 0.75),
    Crowd("Molienda Áurea", "facebook", {"comment": 3.2, "like": 13.5, "share": 1.0}, 0, 420, 0.60, 0.75),
)


class People(NamedTuple):
    """Pseudonyms of the accounts around one crowd; no account is in two of the groups."""

    followers: np.ndarray
    passers_by: np.ndarray
    others: np.ndarray  # the brand's own account first, then room for bots


PASSERS_BY = 4000  # people around one brand who act without following it
MEDIAN_LAG_HOURS = {"twitter": 2.5, "facebook": 5.0}


def interactions(tables: dict[str, pd.DataFrame], scale: int) -> pd.DataFrame:
    """Build interactions: reactions to posts, spontaneous mentions, episodes, bots and own accounts."""
    rng = stream("interactions")
    ids = rng.permutation([f"u{number:05d}" for number in range(1, ACCOUNTS * scale + 1)])
    # Own accounts and bots are never people around another brand.
    public, *others = np.split(ids, len(ids) - scale * OTHERS * np.arange(len(CROWDS), 0, -1))
    parts = []
    for crowd, its_others in zip(CROWDS, others, strict=True):
        people = _people(rng, crowd, public, its_others, scale)
        of_crowd = tables["posts"].query("brand == @crowd.brand and network == @crowd.network")
        acts = [_reactions(rng, crowd, of_crowd, kind, people) for kind in crowd.rates]
        if crowd.spontaneous_per_week:
            acts.append(_spontaneous(rng, crowd, people, scale))
        if crowd.brand == BRAND:
            acts.append(_own_likes(rng, acts, of_crowd, people.others[0]))
        if crowd.brand == BRAND and crowd.network == "twitter":
            acts += [_episode(rng, episode, people, scale) for episode in EPISODES]
        if crowd.brand == "Tostadores Nimbo" and crowd.network == "twitter":
            acts.append(_bot_retweets(rng, acts[0], of_crowd, people.others[1 : 1 + BOTS * scale]))
        parts.append(pd.concat(acts).assign(brand=crowd.brand, network=crowd.network))
    table = pd.concat(parts)
    table = table[table["occurred_at"] < TODAY]
    table = table.sort_values(["occurred_at", "actor_id"], kind="stable", ignore_index=True)
    speaks = table["kind"].isin(["mention", "comment"]) & table["polarity"].isna()
    table.loc[speaks, "polarity"] = _polarities(rng, ORDINARY, speaks.sum())
    table["interaction_id"] = [f"i{number:05d}" for number in range(1, len(table) + 1)]
    columns = ["interaction_id", "occurred_at", "brand", "network", "kind", "post_id", "actor_id", "actor_type"]
    return table[[*columns, "polarity"]]


def _people(rng, crowd: Crowd, public: np.ndarray, others: np.ndarray, scale: int) -> People:
    followers, passers_by = crowd.engaged_followers * scale, PASSERS_BY * scale
    chosen = rng.choice(public, followers + passers_by, replace=False)
    return People(chosen[:followers], chosen[followers:], others)


def _reactions(rng, crowd: Crowd, posts: pd.DataFrame, kind: str, people: People) -> pd.DataFrame:
    """Spread a fixed total of acts of one kind over the posts, so that chance does not blur planted totals."""
    paid = posts["impressions"] >= BOOSTED_FROM
    seen = posts["impressions"] / posts.loc[~paid, "impressions"].mean() * np.where(paid, BOOSTED_EFFECT, 1)
    # The appeal of a post is shared by all kinds of act: drawn from its own stream, the same for each kind.
    appeal = stream(f"appeal {crowd.brand} {crowd.network}").gamma(2.5, 1 / 2.5, len(posts))
    luck = pd.Series(seen * appeal * rng.gamma(5, 1 / 5, len(posts)), index=posts.index)
    long = posts["words"] > LONG_POST_WORDS
    # Luck averages 1 within each kind of unpaid post, so that it cannot pass for an effect of the kind.
    alike = [posts["kind"], posts["call_to_action"], long]
    weight = luck / luck.mask(paid).groupby(alike).transform("mean")
    weight *= posts["kind"].map(KIND_EFFECT[kind]).fillna(1)
    weight *= np.where(posts["call_to_action"], CALL_EFFECT.get(kind, 1), 1)
    weight *= np.where(long, LONG_POST_EFFECT, 1)
    counts = rng.multinomial(round(crowd.rates[kind] * seen.sum()), weight / weight.sum())
    of_followers = rng.binomial(counts, crowd.followers_share)
    chance = _zipf(len(people.followers), crowd.concentration)
    repeats = kind in ("mention", "comment")  # a person likes or passes on a post once, but may speak twice
    actors = [
        np.concatenate(
            [
                rng.choice(people.followers, inside, replace=repeats, p=chance),
                rng.choice(people.passers_by, total - inside, replace=repeats),
            ]
        )
        for total, inside in zip(counts, of_followers, strict=True)
    ]
    actor_id = np.concatenate(actors)
    lag = rng.lognormal(np.log(MEDIAN_LAG_HOURS[crowd.network]), 1.2, len(actor_id)).clip(0.01, 24 * 14)
    return pd.DataFrame(
        {
            "occurred_at": _seconds(posts["posted_at"].repeat(counts), lag),
            "kind": kind,
            "post_id": posts["post_id"].repeat(counts).to_numpy(),
            "actor_id": actor_id,
            "actor_type": np.where(np.isin(actor_id, people.followers), "follower", "non_follower"),
            "polarity": None,
        }
    )


def _spontaneous(rng, crowd: Crowd, people: People, scale: int) -> pd.DataFrame:
    """Mentions that answer no post: seasonal, and lumpy from day to day."""
    hours = pd.date_range(LOG_START, TODAY, freq="h", inclusive="left")
    mood = dict(zip(hours.date, rng.gamma(4, 1 / 4, len(hours)), strict=True))
    expected = crowd.spontaneous_per_week * scale / 168 * rhythm(hours) * [mood[day] for day in hours.date]
    counts = rng.poisson(expected)
    return _mentions(rng, hours.repeat(counts), people, followers_share=0.5, concentration=crowd.concentration)


def _episode(rng, episode: Episode, people: People, scale: int) -> pd.DataFrame:
    """The extra mentions of one labelled episode: mostly strangers, or a few coordinated accounts."""
    hours, share = profile(episode)
    when = hours.repeat(rng.multinomial(episode.tagged * scale, share))
    if episode.few_authors:
        few = people._replace(passers_by=people.others[1 : 1 + COORDINATED_ACCOUNTS * scale])
        table = _mentions(rng, when, few, followers_share=0, concentration=0)
        table["actor_type"] = "bot"
    else:
        table = _mentions(rng, when, people, followers_share=0.2, concentration=0.3)
    table["polarity"] = _polarities(rng, episode.polarity, len(table))
    return table


def _mentions(rng, hours, people: People, *, followers_share: float, concentration: float) -> pd.DataFrame:
    inside = rng.random(len(hours)) < followers_share
    actor_id = rng.choice(people.passers_by, len(hours))
    if inside.any():
        actor_id[inside] = rng.choice(people.followers, inside.sum(), p=_zipf(len(people.followers), concentration))
    return pd.DataFrame(
        {
            "occurred_at": _seconds(pd.Series(hours), rng.random(len(hours)) * 0.9997),
            "kind": "mention",
            "post_id": None,
            "actor_id": actor_id,
            "actor_type": np.where(inside, "follower", "non_follower"),
            "polarity": None,
        }
    )


def _own_likes(rng, acts: list[pd.DataFrame], posts: pd.DataFrame, account: str) -> pd.DataFrame:
    """The brand likes its own posts, minutes after they appear."""
    likes = sum((act["kind"] == "like").sum() for act in acts)
    own = round(likes * OWN_SHARE_OF_LIKES / (1 - OWN_SHARE_OF_LIKES))
    liked = posts.sample(min(own, len(posts)), random_state=rng)
    return _accounts_act(rng, "like", liked, np.repeat(account, len(liked)), "own_account")


def _bot_retweets(rng, retweets: pd.DataFrame, posts: pd.DataFrame, bots: np.ndarray) -> pd.DataFrame:
    """A handful of bots retweet within minutes, each a post at most once."""
    wanted = round(len(retweets) * BOT_SHARE_OF_RETWEETS / (1 - BOT_SHARE_OF_RETWEETS))
    pairs = rng.choice(len(posts) * len(bots), wanted, replace=False)
    return _accounts_act(rng, "retweet", posts.iloc[pairs // len(bots)], bots[pairs % len(bots)], "bot")


def _accounts_act(rng, kind: str, posts: pd.DataFrame, actor_id: np.ndarray, actor_type: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "occurred_at": _seconds(posts["posted_at"], rng.uniform(0.01, 0.1, len(posts))),
            "kind": kind,
            "post_id": posts["post_id"].to_numpy(),
            "actor_id": actor_id,
            "actor_type": actor_type,
            "polarity": None,
        }
    )


def _seconds(start: pd.Series, hours: np.ndarray) -> np.ndarray:
    """Add hours to times and cut to whole seconds."""
    return (start.reset_index(drop=True) + pd.to_timedelta((hours * 3600).astype(int), unit="s")).array


def _polarities(rng, mix: dict[str, float], n: int) -> np.ndarray:
    return rng.choice(list(mix), n, p=list(mix.values())).astype(object)


def _zipf(n: int, exponent: float) -> np.ndarray:
    weight = (np.arange(n) + 5.0) ** -exponent
    return weight / weight.sum()


BUILDERS = {"interactions": interactions}
