"""The effects planted in the social-media tables are in the stored CSV files (ids as in datasets/README.md)."""

from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

DATASETS = Path(__file__).resolve().parents[1] / "datasets"
ZONE = "Europe/Madrid"
BRISA, NIMBO, AUREA = "Café Brisa", "Tostadores Nimbo", "Molienda Áurea"
NEW_YEAR = pd.Timestamp("2025-01-01", tz=ZONE)


def read(name: str, *times: str) -> pd.DataFrame:
    table = pd.read_csv(DATASETS / f"{name}.csv")
    for column in times:
        table[column] = pd.to_datetime(table[column], utc=True).dt.tz_convert(ZONE)
    return table


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    """All interactions, warm-up included."""
    return read("interactions", "occurred_at")


@pytest.fixture(scope="module")
def acts(log) -> pd.DataFrame:
    """Interactions of 2025."""
    return log[log["occurred_at"] >= NEW_YEAR]


@pytest.fixture(scope="module")
def people(acts) -> pd.DataFrame:
    """Interactions of 2025 without bots and own accounts."""
    return acts[~acts["actor_type"].isin(["bot", "own_account"])]


@pytest.fixture(scope="module")
def audience() -> pd.DataFrame:
    table = read("audience")
    return table.assign(week_start=pd.to_datetime(table["week_start"]))


@pytest.fixture(scope="module")
def posts(people) -> pd.DataFrame:
    """Posts of 2025, with the number of acts of each kind by people, and `passed_on` = retweets + shares."""
    table = read("posts", "posted_at")
    table = table[table["posted_at"] >= NEW_YEAR].set_index("post_id")
    counts = people.pivot_table(index="post_id", columns="kind", aggfunc="size", fill_value=0)
    table = table.join(counts).fillna(dict.fromkeys(counts.columns, 0))
    table["acts"] = table[list(counts.columns)].sum(axis=1)
    return table.assign(passed_on=table["retweet"] + table["share"])


@pytest.fixture(scope="module")
def hours() -> pd.DataFrame:
    return read("mentions_hourly", "hour_start")


def interval(values: pd.Series) -> tuple[float, float]:
    """95 % bootstrap interval of a mean."""
    draws = np.random.default_rng(1).choice(values.to_numpy(), (2000, len(values))).mean(axis=1)
    return tuple(np.quantile(draws, [0.025, 0.975]))


def order(values: pd.Series) -> tuple[str, ...]:
    return tuple(values.sort_values(ascending=False).index)


def monday(times: pd.Series) -> pd.Series:
    days = times.dt.tz_localize(None).dt.normalize()
    return days - pd.to_timedelta(days.dt.day_of_week, unit="D")


# The tables agree with themselves and with each other


def test_active_followers_are_the_followers_who_acted_in_the_28_days_to_the_end_of_the_week(log, audience):
    followers = log[log["actor_type"] == "follower"]
    for (brand, network), weeks in audience.groupby(["brand", "network"]):
        own = followers[(followers["brand"] == brand) & (followers["network"] == network)]
        for week in weeks.itertuples():
            end = (week.week_start + pd.Timedelta(days=7)).tz_localize(ZONE)
            start = (week.week_start - pd.Timedelta(days=21)).tz_localize(ZONE)
            window = own[(own["occurred_at"] >= start) & (own["occurred_at"] < end)]
            assert week.active_followers == window["actor_id"].nunique(), (brand, network, week.week_start)


def test_audience_covers_52_mondays_and_never_has_more_active_followers_than_followers(log, audience):
    assert audience.groupby(["brand", "network"])["week_start"].nunique().eq(52).all()
    assert audience["week_start"].dt.day_of_week.eq(0).all()
    assert (audience["active_followers"] <= audience["followers"]).all()
    first_window = (audience["week_start"].min() - pd.Timedelta(days=21)).tz_localize(ZONE)
    assert log["occurred_at"].min() >= first_window
    assert log["occurred_at"].min() < first_window + pd.Timedelta(days=1)


def test_reach_never_exceeds_impressions():
    table = read("posts")
    assert (table["reach"] <= table["impressions"]).all()


def test_a_post_gets_fewer_acts_than_it_reaches_people(posts):
    assert (posts["acts"] < posts["reach"]).all()


def test_each_network_has_its_own_kinds_of_act_and_only_words_have_a_polarity(log):
    kinds = log.groupby("network")["kind"].unique().map(set)
    assert kinds["twitter"] == {"retweet", "mention", "like"}
    assert kinds["facebook"] == {"comment", "like", "share"}
    assert (log["polarity"].notna() == log["kind"].isin(["mention", "comment"])).all()
    assert log.loc[log["post_id"].isna(), "kind"].eq("mention").all()


def test_an_act_follows_its_post_on_the_same_network_of_the_same_brand(log):
    joined = log.merge(read("posts", "posted_at"), on="post_id", suffixes=("", "_of_post"))
    assert len(joined) == log["post_id"].notna().sum()
    assert (joined["occurred_at"] > joined["posted_at"]).all()
    assert (joined["brand"] == joined["brand_of_post"]).all()
    assert (joined["network"] == joined["network_of_post"]).all()


def test_nobody_likes_or_passes_on_a_post_twice(log):
    once = log[log["kind"].isin(["like", "retweet", "share"])]
    assert not once.duplicated(["post_id", "actor_id", "kind"]).any()


def test_an_account_is_of_one_type_for_each_brand_and_network(log):
    assert log.groupby(["brand", "network", "actor_id"])["actor_type"].nunique().eq(1).all()
    bots = set(log.loc[log["actor_type"].isin(["bot", "own_account"]), "actor_id"])
    assert not bots & set(log.loc[log["actor_type"].isin(["follower", "non_follower"]), "actor_id"])


def test_every_hour_of_2025_is_there_once_with_the_change_of_clock(hours):
    stored = read("mentions_hourly")["hour_start"]
    assert len(hours) == 8760
    assert (hours["hour_start"].diff().dropna() == pd.Timedelta(hours=1)).all()
    assert not stored.str.startswith("2025-03-30T02").any()
    assert set(stored[stored.str.startswith("2025-10-26T02")].str[-6:]) == {"+02:00", "+01:00"}


def test_tagged_mentions_are_the_mentions_of_cafe_brisa_in_the_interactions(acts, hours):
    tagged = acts[(acts["brand"] == BRISA) & (acts["network"] == "twitter") & (acts["kind"] == "mention")]
    counted = tagged.groupby(tagged["occurred_at"].dt.tz_convert("UTC").dt.floor("h")).size()
    stored = hours.set_index(hours["hour_start"].dt.tz_convert("UTC"))["tagged_mentions"]
    pd.testing.assert_series_equal(
        stored[stored > 0], counted, check_names=False, check_dtype=False, check_index_type=False
    )
    for part in ("tagged_mentions", "negative_mentions", "unique_authors"):
        assert (hours[part] <= hours["mentions"]).all(), part
    assert (hours["unique_authors"] > 0).equals(hours["mentions"] > 0)


# E-a Four denominators, four orders


def test_e_a_four_denominators_rank_the_brands_in_different_orders(people, posts, audience):
    acts = people[(people["network"] == "twitter") & people["kind"].isin(["retweet", "mention"])]
    acts = acts.groupby("brand").size()
    weekly = audience[audience["network"] == "twitter"].groupby("brand")
    shown = posts[posts["network"] == "twitter"].groupby("brand")
    orders = {
        "active follower": order(acts / weekly["active_followers"].mean()),
        "follower": order(acts / weekly["followers"].mean()),
        "impression": order(acts / shown["impressions"].sum()),
        "person reached": order(acts / shown["reach"].sum()),
    }
    assert orders == {
        "active follower": (BRISA, NIMBO, AUREA),
        "follower": (AUREA, BRISA, NIMBO),
        "impression": (NIMBO, BRISA, AUREA),
        "person reached": (AUREA, NIMBO, BRISA),
    }


# E-b A crisis raises the engagement rate


@pytest.fixture(scope="module")
def brisa_weeks(people, audience) -> pd.DataFrame:
    """Café Brisa on twitter by week: ERTw in percent, negative share, positive mentions per active follower."""
    own = people[(people["brand"] == BRISA) & (people["network"] == "twitter")]
    own = own[own["kind"].isin(["retweet", "mention"])].assign(week=monday(own["occurred_at"]))
    weekly = audience[(audience["brand"] == BRISA) & (audience["network"] == "twitter")]
    active = weekly.set_index("week_start")["active_followers"].iloc[1:]  # the first week begins in 2024
    mentions = own[own["kind"] == "mention"].groupby("week")["polarity"]
    return pd.DataFrame(
        {
            "ertw": own.groupby("week").size() / active * 100,
            "negative_share": mentions.agg(lambda signs: (signs == "negative").mean()),
            "positive_rate": mentions.agg(lambda signs: (signs == "positive").sum()) / active,
        }
    ).loc[active.index]


def test_e_b_the_firestorm_triples_the_engagement_rate_without_more_praise(brisa_weeks):
    crisis, median = brisa_weeks.loc["2025-03-10"], brisa_weeks.median()
    assert crisis["ertw"] >= 3 * median["ertw"]
    assert median["negative_share"] < 0.15
    assert crisis["negative_share"] > 0.60
    assert crisis["positive_rate"] <= median["positive_rate"]


# E-c Ratio of sums and mean of ratios


def test_e_c_ratio_of_sums_and_mean_of_ratios_disagree_on_facebook(posts):
    pages = posts[(posts["network"] == "facebook") & posts["brand"].isin([BRISA, AUREA])]
    sums = pages.groupby("brand")[["acts", "impressions"]].sum()
    micro = sums["acts"] / sums["impressions"]
    macro = (pages["acts"] / pages["impressions"]).groupby(pages["brand"]).mean()
    assert micro[AUREA] > 1.25 * micro[BRISA]
    assert macro[BRISA] > 1.25 * macro[AUREA]


def test_e_c_seven_boosted_posts_are_the_reason(posts):
    pages = posts[(posts["network"] == "facebook") & (posts["brand"] == BRISA)]
    boosted = pages["impressions"] > 20_000
    assert boosted.sum() == 7
    assert pages.loc[~boosted, "impressions"].max() < 5_000
    ordinary = pages[~boosted]
    aurea = posts[(posts["network"] == "facebook") & (posts["brand"] == AUREA)]
    assert ordinary["acts"].sum() / ordinary["impressions"].sum() > aurea["acts"].sum() / aurea["impressions"].sum()


# E-d Bots and own accounts


def test_e_d_bots_make_a_tenth_of_nimbos_retweets_and_own_accounts_a_25th_of_brisas_likes(log):
    retweets = log[(log["brand"] == NIMBO) & (log["kind"] == "retweet")]
    likes = log[(log["brand"] == BRISA) & (log["kind"] == "like")]
    assert (retweets["actor_type"] == "bot").mean() == pytest.approx(0.10, abs=0.01)
    assert (likes["actor_type"] == "own_account").mean() == pytest.approx(0.04, abs=0.005)


def test_e_d_leaving_bots_in_puts_nimbo_first_in_retweets_per_tweet(acts, people, posts):
    tweets = posts[posts["network"] == "twitter"].groupby("brand").size()
    with_bots = acts[acts["kind"] == "retweet"].groupby("brand").size() / tweets
    without = people[people["kind"] == "retweet"].groupby("brand").size() / tweets
    assert order(with_bots)[0] == NIMBO
    assert order(without)[0] == AUREA


# E-e What a post says and what it gets


def test_e_e_questions_get_about_twice_the_comments_of_promotions_on_facebook(posts):
    for table in (posts, posts[posts["brand"] == BRISA]):
        comments = table[table["network"] == "facebook"].groupby("kind")["comment"]
        questions, promotions = comments.get_group("question"), comments.get_group("promotion")
        assert 1.7 < questions.mean() / promotions.mean() < 2.6
        assert interval(questions)[0] > interval(promotions)[1]


def test_e_e_posts_over_60_words_get_fewer_comments_on_facebook(posts):
    comments = posts[posts["network"] == "facebook"].groupby(posts["words"] > 60)["comment"]
    assert interval(comments.get_group(True))[1] < interval(comments.get_group(False))[0]


def test_e_e_calls_to_action_help_on_each_network_and_seem_to_harm_over_both(posts):
    for table in (posts, posts[posts["brand"] == BRISA]):
        means = table.groupby(["network", "call_to_action"])["passed_on"].mean().unstack()
        assert 1.2 < means.loc["twitter", True] / means.loc["twitter", False] < 1.4
        assert means.loc["facebook", True] > means.loc["facebook", False]
        pooled = table.groupby("call_to_action")["passed_on"].mean()
        assert pooled[True] < 0.85 * pooled[False]


def test_e_e_the_format_makes_no_difference_to_comments(posts):
    pages = posts[posts["network"] == "facebook"]
    relative = pages["comment"] / pages.groupby(["brand", "kind"])["comment"].transform("mean")
    for name, values in relative.groupby(pages["format"]):
        low, high = interval(values)
        assert low < 1 < high, name


# E-f Over-dispersion


def test_e_f_acts_per_post_vary_at_least_five_times_more_than_poisson_counts(posts):
    for name, acts in posts.groupby(["brand", "network"])["acts"]:
        assert acts.var() >= 5 * acts.mean(), name


# E-g Quality and quantity of followers


def test_e_g_aurea_has_a_tenth_of_nimbos_followers_and_about_as_many_active_ones(audience):
    mean = audience[audience["network"] == "twitter"].groupby("brand")[["followers", "active_followers"]].mean()
    assert mean.loc[NIMBO, "followers"] > 8 * mean.loc[AUREA, "followers"]
    assert mean.loc[AUREA, "active_followers"] == pytest.approx(mean.loc[NIMBO, "active_followers"], rel=0.25)
    share = mean["active_followers"] / mean["followers"]
    assert share[AUREA] > 8 * share[NIMBO]


# E-h Episodes and detectors


def test_e_h_six_labelled_episodes_differ_in_kind_size_and_speed(hours):
    episodes = hours.dropna(subset="crisis_id").groupby(["crisis_id", "crisis_kind"])
    kinds = {label: kind for label, kind in episodes.groups}
    assert kinds == {
        "C1": "firestorm",
        "C2": "local",
        "C3": "slow_burn",
        "C4": "positive_spike",
        "C5": "contest",
        "C6": "coordinated",
    }
    total = episodes["mentions"].sum().droplevel(1)
    peak_share = episodes["mentions"].max().droplevel(1) / total
    assert total["C1"] > 8 * total["C2"]
    assert peak_share["C1"] > 5 * peak_share["C3"]


def test_e_h_signs_and_authors_tell_a_crisis_from_a_contest_praise_or_a_campaign(hours):
    sums = hours.assign(crisis_id=hours["crisis_id"].fillna("calm")).groupby("crisis_id")
    sums = sums[["mentions", "negative_mentions", "unique_authors"]].sum()
    negative = sums["negative_mentions"] / sums["mentions"]
    assert negative["calm"] == pytest.approx(0.11, abs=0.02)
    assert negative[["C1", "C6"]].min() > 0.6
    assert negative[["C2", "C3"]].min() > 0.25
    assert negative[["C4", "C5"]].max() < 0.05
    authors = sums["unique_authors"] / sums["mentions"]
    assert authors["C6"] < 0.75
    assert authors.drop("C6").min() > 0.95


CALM_WEEKS = ("2025-01-06", "2025-03-09")  # those of unit 14


def test_e_h_three_times_the_mean_of_calm_weeks_by_the_hour_gives_false_alarms_every_day_and_hardly_sees_c3(hours):
    mean = hours.set_index("hour_start").loc[slice(*CALM_WEEKS), "mentions"].mean()
    alarm = hours["mentions"] >= 3 * mean
    assert alarm[hours["crisis_id"].isna()].sum() / 12 == pytest.approx(32, abs=0.5)  # a month
    assert alarm[hours["crisis_id"] == "C3"].mean() == pytest.approx(0.14, abs=0.005)
    assert alarm[hours["crisis_id"] == "C1"].mean() > 0.35


def test_e_h_three_times_the_mean_of_calm_weeks_by_the_day_hardly_sees_the_slow_and_the_local_crisis(hours):
    days = hours.groupby(hours["hour_start"].dt.date).agg(mentions=("mentions", "sum"), label=("crisis_id", "first"))
    days.index = pd.to_datetime(days.index)
    alarm = days["mentions"] >= 3 * days.loc[slice(*CALM_WEEKS), "mentions"].mean()
    assert not alarm[days["label"].isna()].any()
    rings = days[alarm].groupby("label").size()
    assert set(rings.index) == {"C1", "C2", "C3", "C4", "C5", "C6"}  # C4 and C5 are no crisis at all
    assert rings["C2"] == rings["C3"] == 1
    assert alarm[alarm].index[days.loc[alarm, "label"] == "C2"].strftime("%d %B").tolist() == ["24 April"]


def test_e_h_the_slow_burner_shows_in_the_negative_mentions_of_a_week(hours):
    weeks = hours.groupby(monday(hours["hour_start"])).agg(
        negative=("negative_mentions", "sum"), label=("crisis_id", "first")
    )
    calm = weeks.loc[weeks["label"].isna(), "negative"]
    burning = weeks.loc["2025-05-26":"2025-06-16", "negative"]
    assert len(burning) == 4
    assert burning.min() > calm.mean() + 3 * calm.std()


def test_e_h_ordinary_hours_are_seasonal_and_over_dispersed(hours):
    calm = hours[hours["crisis_id"].isna()]
    hour_of_week = [calm["hour_start"].dt.day_of_week, calm["hour_start"].dt.hour]
    expected = calm.groupby(hour_of_week)["mentions"].transform("mean")
    assert expected.max() > 5 * expected.min()
    assert ((calm["mentions"] - expected) ** 2 / expected).mean() > 1.5  # 1 for Poisson counts


# E-i Leaders of the mention graph


@pytest.fixture(scope="module")
def graph() -> nx.DiGraph:
    edges = read("mention_edges").groupby(["source_id", "target_id"], as_index=False)["weight"].sum()
    return nx.from_pandas_edgelist(edges, "source_id", "target_id", "weight", create_using=nx.DiGraph)


@pytest.fixture(scope="module")
def accounts() -> pd.DataFrame:
    return read("mention_accounts").set_index("account_id")


def top(scores: dict[str, float], n: int = 5) -> list[str]:
    return sorted(scores, key=scores.get, reverse=True)[:n]


def test_e_i_the_graph_has_no_self_mentions_and_a_heavy_tail(graph):
    assert nx.number_of_selfloops(graph) == 0
    received = pd.Series(dict(graph.in_degree()))
    assert received.max() > 20 * received.median()


def test_e_i_a_bot_ring_fills_the_weighted_in_degree_but_not_pagerank(graph, accounts):
    bots = set(accounts.index[accounts["is_bot"]])
    assert len(bots & set(top(dict(graph.in_degree(weight="weight"))))) >= 3
    assert not bots & set(top(nx.pagerank(graph, weight="weight"), 20))
    assert all(graph.has_edge(b, a) for a, b in graph.subgraph(bots).edges)


def test_e_i_million_followers_broker_and_expert_are_three_different_accounts(graph, accounts):
    received = pd.Series(dict(graph.in_degree(weight="weight"))).sort_values(ascending=False)
    retweets = read("mention_edges").query("kind == 'retweet'").groupby("target_id")["weight"].sum()
    celebrity = accounts["followers"].idxmax()
    [broker] = top(nx.betweenness_centrality(graph), 1)
    [expert] = top(retweets.to_dict(), 1)
    assert len({celebrity, broker, expert}) == 3
    assert accounts.loc[celebrity, "followers"] > 1_000_000
    assert received[celebrity] < 0.1 * received[expert]
    assert broker not in received.index[:20]
    assert [expert] == top(nx.pagerank(graph, weight="weight"), 1)


def test_e_i_in_degree_pagerank_and_betweenness_name_different_top_fives(graph):
    received = set(top(dict(graph.in_degree(weight="weight"))))
    rank = set(top(nx.pagerank(graph, weight="weight")))
    between = set(top(nx.betweenness_centrality(graph)))
    assert len(received & rank) <= 2
    assert len(received & between) <= 2
    assert len(rank & between) <= 3
