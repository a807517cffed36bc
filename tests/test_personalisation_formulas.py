"""Agreement and corrected shares: reference values, an independent package, simulation, and every refusal."""

import math
import re

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, precision_score, recall_score
from statsmodels.stats import proportion as smp
from statsmodels.stats.inter_rater import cohens_kappa as reference_kappa

from socialcare.formulas import personalisation as f
from socialcare.formulas.funnel import wilson_interval
from socialcare.scenarios import reply_evidence

TABLES = [(20, 5, 10, 15), (45, 15, 25, 15), (3, 1, 0, 96), (271, 2, 5, 162)]


def verdicts(both, first_only, second_only, neither):
    first = [1] * (both + first_only) + [0] * (second_only + neither)
    second = [1] * both + [0] * first_only + [1] * second_only + [0] * neither
    return first, second


def test_kappa_of_the_textbook_table():
    assert f.cohens_kappa(20, 5, 10, 15) == pytest.approx(0.4)  # 35 of 50 equal, 25 by chance


@pytest.mark.parametrize("cells", TABLES)
def test_kappa_precision_and_recall_agree_with_scikit_learn(cells):
    truth, said = verdicts(*cells)
    assert f.cohens_kappa(*cells) == pytest.approx(cohen_kappa_score(truth, said))
    both, missed, false, _ = cells
    assert f.precision(both, false) == pytest.approx(precision_score(truth, said))
    assert f.recall(both, missed) == pytest.approx(recall_score(truth, said))


@pytest.mark.parametrize("cells", TABLES)
@pytest.mark.parametrize("confidence", [0.9, 0.95])
def test_the_interval_of_kappa_agrees_with_statsmodels(cells, confidence):
    both, first_only, second_only, neither = cells
    expected = reference_kappa(np.array([[both, first_only], [second_only, neither]]))
    z = {0.9: 1.6448536, 0.95: 1.9599640}[confidence]
    low, high = f.kappa_interval(*cells, confidence=confidence)
    assert low == pytest.approx(expected.kappa - z * expected.std_kappa, abs=1e-6)
    assert high == pytest.approx(min(expected.kappa + z * expected.std_kappa, 1), abs=1e-6)


def test_full_agreement_is_one_and_a_point():
    assert f.kappa_interval(10, 0, 0, 5) == pytest.approx((1, 1))


def test_raters_that_agree_by_chance_only_have_kappa_zero():
    assert f.cohens_kappa(25, 25, 25, 25) == 0


def test_a_corrected_share_by_hand():
    assert f.corrected_share(0.12, 0.80, 0.92) == pytest.approx(0.04 / 0.72)


@pytest.mark.parametrize("share", [0, 0.03, 0.5, 1])
@pytest.mark.parametrize(("s", "t"), [(0.8, 0.92), (1, 1), (0.6, 0.7)])
def test_correcting_the_apparent_share_gives_the_share_back(share, s, t):
    assert f.corrected_share(f.apparent_share(share, s, t), s, t) == pytest.approx(share)


def test_a_perfect_reader_needs_no_correction():
    assert f.corrected_interval(30, 200, 1, 1) == pytest.approx(wilson_interval(30, 200))


def test_fewer_flags_than_false_alarms_alone_mean_none():
    assert f.corrected_share(0.05, 0.9, 0.9) == 0
    assert f.corrected_share(0.99, 0.9, 0.9) == 1


def test_the_error_of_a_corrected_share_agrees_with_a_simulation():
    n, n_s, n_t, p, s, t = 400, 60, 90, 0.3, 0.85, 0.9
    rng = np.random.default_rng(6)
    q, s_seen, t_seen = (
        rng.binomial(m, x, 40_000) / m for m, x in ((n, p * s + (1 - p) * (1 - t)), (n_s, s), (n_t, t))
    )
    simulated = np.std((q + t_seen - 1) / (s_seen + t_seen - 1))
    flagged = round(n * (p * s + (1 - p) * (1 - t)))
    assert f.corrected_error(flagged, n, 51, n_s, 81, n_t) == pytest.approx(simulated, rel=0.03)


def test_a_reader_measured_on_few_replies_makes_the_correction_vaguer():
    few, many = f.corrected_error(50, 400, 8, 10, 18, 20), f.corrected_error(50, 400, 800, 1000, 1800, 2000)
    assert few > 1.5 * many


def test_flags_of_a_rare_fault_are_mostly_wrong():
    assert f.right_flags(0.02, 0.8, 0.92) == pytest.approx(0.016 / (0.016 + 0.98 * 0.08))
    assert f.right_flags(0.02, 0.8, 0.92) < 0.2 < f.right_flags(0.5, 0.8, 0.92)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: f.precision(0, 0), "hits is 0; expected a whole number above 0"),
        (lambda: f.precision(-1, 2), "right_hits is -1; expected a whole number of 0 or more"),
        (lambda: f.recall(0, 0), "deserving is 0; expected a whole number above 0"),
        (lambda: f.recall(2, 0.5), "missed is 0.5; expected a whole number of 0 or more"),
        (lambda: f.cohens_kappa(0, 0, 0, 0), "are all 0; expected at least one reply"),
        (lambda: f.cohens_kappa(9, 0, 0, 0), "both raters gave every reply the same verdict"),
        (lambda: f.cohens_kappa(1, -1, 0, 0), "first_only is -1; expected a whole number of 0 or more"),
        (lambda: f.kappa_interval(1, 1, 1, 1, confidence=1), "confidence is 1; expected a share above 0 and below 1"),
        (lambda: f.apparent_share(1.2, 0.8, 0.9), "share is 1.2; expected a share from 0 to 1"),
        (lambda: f.corrected_share(0.2, 0.5, 0.5), "add up to 1.0; expected more than 1"),
        (lambda: f.corrected_share(20, 0.8, 0.9), "apparent is 20; expected a share from 0 to 1"),
        (lambda: f.corrected_interval(30, 20, 0.8, 0.9), "successes is 30; expected no more than the 20 trials"),
        (lambda: f.corrected_error(5, 4, 1, 1, 1, 1), "flagged is 5; expected no more than the 4 n"),
        (lambda: f.corrected_error(1, 4, 0, 9, 0, 9), "add up to 0.0; expected more than 1"),
        (lambda: f.right_flags(0, 1, 1), "no reply would be flagged"),
        (lambda: f.right_flags_interval(0, 9, 0.8, 1), "no reply would be flagged"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(call, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        call()


# --- the simulator ---------------------------------------------------------------------------------------------------


def test_the_default_tells_that_most_flags_are_wrong():
    spec = reply_evidence.figure()
    assert spec["numbers"]["right_flags"] < 50
    assert spec["numbers"]["low"] < spec["numbers"]["share"] < 12 < spec["numbers"]["high"]
    assert "37 of 100 flags are right (3 to 60)." in spec["headline"]
    assert "take the reader's two shares as known exactly" in spec["caption"]


@pytest.mark.parametrize(("flagged", "n"), [(24, 200), (240, 2000), (2, 20), (90, 200)])
def test_right_flags_are_those_of_the_corrected_interval(flagged, n):
    interval = smp.proportion_confint(flagged, n, method="wilson")
    expected = []
    for seen in interval:
        share = min(max((seen - 0.08) / 0.72, 0), 1)
        expected.append(share * 0.8 / (share * 0.8 + (1 - share) * 0.08))
    assert f.right_flags_interval(flagged, n, 0.8, 0.92) == pytest.approx(expected)


def test_more_replies_narrow_the_interval_of_the_right_flags():
    few, many = (reply_evidence.figure(checked=n)["numbers"] for n in (200, 2000))
    assert many["right_high"] - many["right_low"] < 0.4 * (few["right_high"] - few["right_low"])


def test_the_simulator_says_what_the_formulas_give():
    spec = reply_evidence.figure(checked=400, flagged=30, sensitivity=90, specificity=80)
    low, high = f.corrected_interval(120, 400, 0.9, 0.8)
    expected = [100 * f.corrected_share(0.3, 0.9, 0.8), 100 * low, 100 * high]
    assert [spec["numbers"][name] for name in ("share", "low", "high")] == pytest.approx(expected)


def test_more_replies_narrow_the_interval_and_do_not_move_the_share():
    few, many = (reply_evidence.figure(checked=n, flagged=25)["numbers"] for n in (200, 2000))
    assert few["share"] == pytest.approx(many["share"])
    assert many["high"] - many["low"] < 0.4 * (few["high"] - few["low"])


def test_flags_no_more_than_false_alarms_prove_nothing():
    spec = reply_evidence.figure(flagged=5, specificity=92)
    assert spec["numbers"]["share"] == 0
    assert "the flags prove nothing" in spec["headline"]


def test_a_perfect_reader_says_what_it_sees():
    spec = reply_evidence.figure(sensitivity=100, specificity=100)
    assert spec["numbers"]["share"] == pytest.approx(12)
    assert "100 of 100 flags are right (100 to 100)" in spec["headline"]
    assert math.isclose(spec["numbers"]["false_alarms_alone"], 0)
