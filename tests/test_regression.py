"""The two regressions against statsmodels, and what they refuse."""

import numpy as np
import pytest
import statsmodels.api as sm

from socialcare.regression import least_squares, negative_binomial


@pytest.fixture(scope="module")
def design():
    draws = np.random.default_rng(3)
    return np.column_stack([np.ones(600), draws.integers(0, 2, 600), draws.normal(size=600)])


def test_least_squares_and_its_robust_errors_are_those_of_statsmodels(design):
    draws = np.random.default_rng(4)
    outcome = design @ [1.0, -2.0, 0.5] + draws.normal(size=600) * (1 + design[:, 1])
    fit, reference = least_squares(outcome, design), sm.OLS(outcome, design).fit(cov_type="HC3")
    assert fit.coefficients == pytest.approx(reference.params, rel=1e-9)
    assert fit.errors == pytest.approx(reference.bse, rel=1e-9)
    assert fit.dispersion is None


@pytest.mark.parametrize("dispersion", [0.2, 1.0, 4.0])
def test_negative_binomial_and_its_errors_are_those_of_statsmodels(design, dispersion):
    draws = np.random.default_rng(5)
    mu = np.exp(design @ [2.0, -0.7, 0.3])
    counts = draws.negative_binomial(1 / dispersion, 1 / (1 + dispersion * mu)).astype(float)
    fit = negative_binomial(counts, design)
    reference = sm.NegativeBinomial(counts, design).fit(disp=0, method="newton", maxiter=200, tol=1e-12)
    assert fit.coefficients == pytest.approx(reference.params[:-1], rel=1e-5)
    assert fit.errors == pytest.approx(reference.bse[:-1], rel=1e-4)
    assert fit.dispersion == pytest.approx(reference.params[-1], rel=1e-5)
    assert fit.dispersion == pytest.approx(dispersion, rel=0.25)


def test_in_two_dozen_rows_the_errors_depend_on_every_part_of_the_curvature():
    draws = np.random.default_rng(8)
    design = np.column_stack([np.ones(24), np.arange(24) % 2, draws.normal(size=24)])
    mu = np.exp(design @ [2.0, -0.7, 0.3])
    counts = draws.negative_binomial(1, 1 / (1 + mu)).astype(float)
    reference = sm.NegativeBinomial(counts, design).fit(disp=0, method="newton", maxiter=200, tol=1e-12)
    assert negative_binomial(counts, design).errors == pytest.approx(reference.bse[:-1], rel=1e-6)


def test_counts_that_vary_too_little_have_no_best_fit():
    with pytest.raises(ValueError) as problem:  # noqa: PT011  the whole sentence is compared
        negative_binomial(np.array([2.0, 3.0] * 50), np.ones((100, 1)))
    assert str(problem.value) == (
        "the regression does not converge; expected more rows, fewer levels or more varied counts"
    )
