"""Eras of marketing: the table is whole, the planted effects are in the statements, and the analyses find them."""

import math
import re

import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from socialcare import datasets, era_charts, marketing_eras
from socialcare.scenarios import rater_agreement

BRISA, NIMBO, AUREA = "Café Brisa", "Tostadores Nimbo", "Molienda Áurea"


@pytest.fixture(scope="module")
def eras():
    return datasets.load_marketing_eras()


@pytest.fixture(scope="module")
def statements():
    return datasets.load_era_statements()


@pytest.fixture(scope="module")
def profiles(statements, eras):
    return marketing_eras.profile(statements, eras)


def test_the_table_has_its_24_cells_and_names_an_item_of_the_inventory_for_each(eras):
    wide = marketing_eras.comparison(eras)
    assert wide.shape == (8, 3)
    assert wide.notna().all(axis=None)
    items = datasets.load_inventory().set_index("id")["statement"]
    for row in eras.itertuples():
        assert row.source_id == f"S4.10-R{row.row}C{row.era}"
        assert f"Marketing {marketing_eras.ERA_NAMES[row.era]}" in items[row.source_id]


def test_the_three_cells_that_everybody_quotes(eras):
    wide = marketing_eras.comparison(eras)
    assert wide.loc["Interaction with customers"].tolist() == [
        "one-to-many transactions",
        "one-to-one relations",
        "many-to-many collaboration",
    ]
    assert wide.index[0] == "Centre of attention"
    assert wide.index[-1] == "Interaction with customers"


def test_each_firm_says_three_things_on_each_row_and_never_the_same_twice(statements):
    assert (statements.groupby(["firm", "dimension"]).size() == 3).all()
    assert len(statements) == 72
    assert statements["statement"].is_unique


def test_u02_a_the_same_mean_hides_opposite_profiles(profiles, statements):
    table = marketing_eras.distances(profiles)
    assert table.loc[BRISA, "mean score"] == pytest.approx(table.loc[AUREA, "mean score"])
    assert table.loc[BRISA, "mean score"] == pytest.approx(2.15, abs=0.005)
    interaction = profiles.xs("interaction", level="dimension")["score"]
    assert interaction[BRISA] - interaction[AUREA] > 1
    centre = profiles.xs("centre", level="dimension")["score"]
    assert centre[AUREA] - centre[BRISA] == pytest.approx(1)


def test_u02_b_nimbo_and_brisa_have_an_era_and_aurea_is_mixed(profiles):
    assert marketing_eras.verdicts(profiles).to_dict() == {BRISA: "2.0", NIMBO: "1.0", AUREA: "mixed"}


def test_u02_b_aureas_nearest_archetype_is_an_era_that_it_hardly_ever_shows(profiles, statements):
    to = marketing_eras.distances(profiles).loc[AUREA, ["to 1.0", "to 2.0", "to 3.0"]]
    assert to.idxmin() == "to 2.0"
    assert marketing_eras.era_shares(statements).loc[(AUREA, "2.0"), "count"] == 2


def test_u02_c_the_raters_agree_on_deeds_and_not_on_slogans(statements):
    by = marketing_eras.agreement_by(statements, "names_a_deed")
    assert by["n"].to_dict() == {True: 60, False: 12}
    assert by.loc[True, "kappa"] > 0.9
    assert by.loc[True, "low"] > marketing_eras.ENOUGH_KAPPA
    assert by.loc[False, "high"] < marketing_eras.ENOUGH_KAPPA
    assert by.loc[False, "kappa"] < 0


def test_u02_d_every_far_miss_is_a_slogan_on_which_rater_2_heard_the_higher_era(statements):
    far = statements[(statements["rater_1"] - statements["rater_2"]).abs() == 2]
    assert len(far) == 4
    assert not far["names_a_deed"].any()
    assert (far["rater_2"] > far["rater_1"]).all()


def test_u02_e_nimbo_has_the_most_equal_marks_and_the_least_kappa(statements):
    by = marketing_eras.agreement_by(statements, "firm")
    assert by["equal"].idxmax() == NIMBO
    assert by["kappa"].idxmin() == NIMBO
    assert by.loc[NIMBO, "equal"] == pytest.approx(21 / 24)
    assert by.loc[NIMBO, "by_chance"] > 0.8


def test_agreement_is_that_of_scikit_learn_and_its_interval_holds_the_estimate(statements):
    for weights in ("linear", "quadratic"):
        found = marketing_eras.agreement(statements, weights)
        wanted = cohen_kappa_score(statements["rater_1"], statements["rater_2"], weights=weights)
        assert found.kappa == pytest.approx(wanted, abs=1e-12)
        assert found.low < found.kappa < found.high


def test_the_bootstrap_interval_is_near_the_formula_and_repeats(statements):
    found = marketing_eras.bootstrap_kappa(statements, resamples=500)
    formula = marketing_eras.agreement(statements)
    assert found == pytest.approx((formula.low, formula.high), abs=0.06)
    assert found == marketing_eras.bootstrap_kappa(statements, resamples=500)


def test_an_era_that_nobody_marked_stays_in_the_table(statements):
    table = marketing_eras.crosstab(*(statements.loc[statements["firm"] == NIMBO, f"rater_{r}"] for r in (1, 2)))
    assert table.shape == (3, 3)
    assert table.loc[3].sum() == 0
    assert table.to_numpy().sum() == 24


def test_raters_who_use_one_era_only_have_no_kappa():
    alike = pd.DataFrame({"rater_1": [1, 1], "rater_2": [1, 1]})
    found = marketing_eras.agreement(alike)
    assert found.equal == 1
    assert math.isnan(found.kappa)
    assert math.isnan(found.low)


def test_shares_add_up_to_one_and_lie_in_their_intervals(statements):
    table = marketing_eras.era_shares(statements)
    assert table.groupby("firm")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    assert ((table["low"] <= table["share"]) & (table["share"] <= table["high"])).all()
    assert table.loc[(NIMBO, "disputed"), "count"] == 3


def test_a_profile_shows_the_range_of_the_marks_and_follows_the_table(profiles, eras):
    row = profiles.loc[(AUREA, "proposition")]
    assert row.tolist() == [3, pytest.approx(13 / 6), 1, 3]
    assert profiles.loc[BRISA].index.tolist() == eras["dimension"].unique().tolist()


def test_a_row_on_which_a_firm_is_silent_is_missing_and_few_rows_give_no_verdict(statements, eras):
    few = statements[statements["dimension"].isin(["centre", "interaction"])]
    found = marketing_eras.profile(few, eras)
    assert found.loc[BRISA].index.tolist() == ["centre", "interaction"]
    assert set(marketing_eras.verdicts(found)) == {"too few rows"}
    assert set(marketing_eras.verdicts(found, least=3)) == {"too few rows"}
    assert "too few rows" not in set(marketing_eras.verdicts(found, least=2))  # exactly as many as it takes


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: marketing_eras.crosstab(pd.Series([1, 2]), pd.Series([1, 2, 3])),
            "the raters marked different statements; expected one mark of each for every statement",
        ),
        (
            lambda: marketing_eras.crosstab(pd.Series([1, 2]), pd.Series([1, 4])),
            "rater_2 has the mark 4; expected 1, 2 or 3",
        ),
        (
            lambda: marketing_eras.agreement(pd.DataFrame({"rater_1": [], "rater_2": []})),
            "statements is empty; expected at least one row",
        ),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        call()


def test_a_readers_file_with_an_unknown_era_is_refused_by_column_and_row():
    path = datasets.folder() / "examples" / "own_era_statements_with_a_slip.csv"
    sentence = "column 'rater_2', row 6: found '4'; expected a whole number from 1 to 3"
    with pytest.raises(ValueError, match=re.escape(sentence)):
        datasets.load_era_statements(path)


@pytest.mark.parametrize("far", [0, 0.2, 1])
def test_the_simulators_table_has_the_shares_that_its_controls_say(far):
    table = rater_agreement.expected_table(0.86, 0.04, far, 72)
    assert sum(map(sum, table)) == pytest.approx(72)
    assert [sum(row) / 72 for row in table] == pytest.approx([0.92, 0.04, 0.04])
    assert sum(table[i][i] for i in range(3)) / 72 == pytest.approx(0.86)
    assert table[0][2] + table[2][0] == pytest.approx(72 * 0.96 * 0.14 * far)


def test_the_simulators_default_tells_the_story_and_rarity_alone_turns_it():
    default = rater_agreement.figure()
    assert default["numbers"]["equal"] == pytest.approx(86)
    assert default["numbers"]["low"] < marketing_eras.ENOUGH_KAPPA
    assert "misses 0.6" in default["headline"]
    common = rater_agreement.figure(rare=33)
    assert common["numbers"]["equal"] == pytest.approx(86)
    assert "reaches 0.6" in common["headline"]


@pytest.mark.parametrize(("statements", "fit"), [(24, "14%"), (480, "1%")])  # z² / (n + z²)
def test_without_a_miss_the_simulator_proves_nothing(statements, fit):
    headline = rater_agreement.figure(equal=100, statements=statements)["headline"]
    assert f"up to {fit} of misses still fit {statements} marks" in headline
    assert "compare firms" not in headline


def test_the_simulators_point_lies_on_its_curve():
    spec = rater_agreement.figure(rare=15)
    curve, point = spec["data"][1], spec["data"][2]
    assert point["y"][0] == pytest.approx(curve["y"][curve["x"].index(15)])
    assert point["error_y"]["array"][0] == pytest.approx(spec["numbers"]["high"] - point["y"][0])


def test_more_statements_narrow_the_interval_and_leave_kappa():
    few, many = (rater_agreement.figure(statements=n)["numbers"] for n in (24, 480))
    assert few["kappa"] == pytest.approx(many["kappa"])
    assert many["high"] - many["low"] < few["high"] - few["low"]


def test_the_simulator_treats_the_two_rare_eras_as_its_help_says():
    table = rater_agreement.expected_table(0.8, 0.25, 0.5, 100)
    assert table[0] == pytest.approx([40, 5, 5])  # half of the ten misses are far
    assert table[1] == pytest.approx([2.5, 20, 2.5])  # a miss on 2.0 is near, and as often down as up
    assert table[2] == pytest.approx([2.5, 2.5, 20])


def test_far_misses_lower_the_simulators_kappa_and_leave_the_equal_marks():
    near, far = (rater_agreement.figure(rare=33, far=share)["numbers"] for share in (0, 100))
    assert near["equal"] == pytest.approx(far["equal"])
    assert far["kappa"] < near["kappa"] - 0.05


def test_the_profile_figure_draws_each_score_with_its_range_in_the_order_of_the_table(profiles, eras):
    figure = era_charts.profile_figure(profiles, eras)
    assert [trace.name for trace in figure.data] == [BRISA, NIMBO, AUREA]
    assert list(figure.layout.yaxis.ticktext) == list(marketing_eras.comparison(eras).index)
    aurea, last = figure.data[2], 7
    assert aurea.x[last] == pytest.approx(4 / 3)
    assert aurea.x[last] + aurea.error_x.array[last] == pytest.approx(3)
    assert aurea.x[last] - aurea.error_x.arrayminus[last] == pytest.approx(1)


def test_the_agreement_figure_draws_kappa_its_interval_and_the_equal_marks(statements):
    groups = marketing_eras.agreement_by(statements, "firm")
    kappa, equal = era_charts.agreement_figure(groups, 0.6).data
    assert list(kappa.y) == [BRISA, NIMBO, AUREA]
    assert list(equal.x) == pytest.approx([19 / 24, 21 / 24, 18 / 24])
    assert [x - below for x, below in zip(kappa.x, kappa.error_x.arrayminus, strict=True)] == pytest.approx(
        groups["low"].tolist()
    )
