"""Influence on the mention graph: hand-made graphs with known answers, and the planted leaders of Café Brisa."""

import pandas as pd
import pytest

from socialcare import datasets, leaders


@pytest.fixture(scope="module")
def people():
    return leaders.humans(datasets.load("mention_edges"), datasets.load("mention_accounts"))


@pytest.fixture(scope="module")
def scores(people):
    return leaders.scores(*people)


def graph(*rows):
    """Return edges (source, target, kind, weight) and the accounts that they name, with ten followers each."""
    edges = pd.DataFrame(rows, columns=["source_id", "target_id", "kind", "weight"])
    names = sorted(set(edges["source_id"]) | set(edges["target_id"]))
    return edges, pd.DataFrame({"account_id": names, "followers": 10, "is_bot": False})


STAR = graph(
    ("a", "hub", "mention", 1), ("b", "hub", "retweet", 2), ("c", "hub", "mention", 5), ("c", "hub", "retweet", 1)
)
PATH = graph(("a", "b", "mention", 1), ("b", "c", "mention", 1))


def test_the_hub_of_a_star_by_hand():
    hub = leaders.scores(*STAR).loc["hub"]
    assert hub[["mentioned_by", "acts_received", "retweets", "betweenness"]].tolist() == [3, 9, 3, 0]


def test_pagerank_of_a_star_solves_its_two_equations():
    # leaves: x = .15/4 + .85 * hub/4 (the hub links nowhere, so it gives all alike); hub = x + .85 * 3x; 3x + hub = 1
    table = leaders.scores(*STAR)["pagerank"]
    leaf = 1 / (3 + 1 + 0.85 * 3)
    assert table.tolist() == pytest.approx([leaf, leaf, leaf, leaf * (1 + 0.85 * 3)], abs=1e-5)


def test_the_middle_of_a_path_lies_on_the_only_way():
    assert leaders.scores(*PATH)["betweenness"].tolist() == [0, 0.5, 0]  # 1 of the 2 ordered pairs without b


def test_an_account_that_nobody_mentions_is_kept_with_zeros():
    edges, accounts = PATH
    more = pd.concat([accounts, pd.DataFrame({"account_id": ["z"], "followers": [9], "is_bot": [False]})])
    assert leaders.scores(edges, more).loc["z", ["mentioned_by", "acts_received", "retweets"]].tolist() == [0, 0, 0]


# The planted leaders (datasets/README.md, E-i)


def test_three_measures_name_three_people(scores):
    first = {measure: scores[measure].idxmax() for measure in ("followers", "retweets", "betweenness")}
    assert len(set(first.values())) == 3
    assert scores["pagerank"].idxmax() == first["retweets"]
    celebrity = first["followers"]
    assert scores.loc[celebrity, "followers"] > 1_000_000
    assert scores["acts_received"].rank(ascending=False)[celebrity] > 20


def test_followers_and_retweets_have_no_order_in_common(scores):
    table = leaders.agreement(scores)
    assert abs(table.loc["followers", "retweets"]) < 0.1
    assert table.loc["mentioned_by", "acts_received"] > 0.9


def test_rank_correlations_are_pandas_own(scores):
    pd.testing.assert_frame_equal(leaders.agreement(scores), scores.corr("spearman"), check_exact=False)


def test_without_bots_no_bot_is_left_in_either_table(people):
    edges, accounts = people
    assert not accounts["is_bot"].any()
    assert set(edges["source_id"]) | set(edges["target_id"]) <= set(accounts["account_id"])


def test_the_look_of_a_ring_finds_every_bot_and_one_person():
    accounts = datasets.load("mention_accounts")
    bots = set(accounts.loc[accounts["is_bot"], "account_id"])
    listed = set(leaders.one_group_only(datasets.load("mention_edges")))
    assert bots < listed
    assert len(listed - bots) == 1  # the broker, who answers everybody: a reason to look is no proof


def test_a_ring_needs_both_enough_others_and_a_high_share_of_mutual_links():
    ring = [(a, b) for a in "abc" for b in "abc" if a != b]  # three who know only each other
    hub = [(a, b) for n in "uvwxyz" for a, b in (("h", n), (n, "h"))] + [("h", str(n)) for n in range(20)]
    edges = pd.DataFrame(ring + hub, columns=["source_id", "target_id"])
    assert leaders.one_group_only(edges, least=2, share=0.9) == ["a", "b", "c"]


@pytest.mark.parametrize("measure", ["acts_received", "retweets", "mentioned_by"])
def test_an_interval_holds_the_rank_and_is_the_same_on_each_run(people, measure):
    table = leaders.rank_intervals(*people, measure=measure, draws=100)
    assert ((table["low"] <= table["rank"]) & (table["rank"] <= table["high"])).all()
    pd.testing.assert_frame_equal(table, leaders.rank_intervals(*people, measure=measure, draws=100))


def test_only_the_first_rank_is_sure(people):
    table = leaders.rank_intervals(*people)
    assert table.iloc[0][["low", "high"]].tolist() == [1, 1]
    assert table.iloc[9]["high"] - table.iloc[9]["low"] > 10


def test_scores_of_the_intervals_are_those_of_the_table(people, scores):
    for measure in ("acts_received", "retweets", "mentioned_by"):
        table = leaders.rank_intervals(*people, measure=measure, draws=2)
        assert table["score"].tolist() == scores.loc[table.index, measure].tolist()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: leaders.scores(PATH[0], PATH[1].head(2)), "account c stands in the edges only"),
        (
            lambda: leaders.rank_intervals(*PATH, measure="pagerank"),
            "measure is 'pagerank'; expected one of mentioned_by",
        ),
        (lambda: leaders.rank_intervals(*PATH, confidence=1), "confidence is 1; expected a share above 0 and below 1"),
        (lambda: leaders.rank_intervals(*PATH, draws=0), "draws is 0; expected a whole number above 0"),
        (lambda: leaders.rank_intervals(*PATH, top=0), "top is 0; expected a whole number above 0"),
        (lambda: leaders.agreement(pd.DataFrame({"a": [1, 2]})), "the table has 2 accounts; expected at least 3"),
        (lambda: leaders.one_group_only(PATH[0], share=2), "share is 2; expected a share from 0 to 1"),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
