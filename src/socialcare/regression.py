"""Two regressions with the intervals that the course needs, in NumPy and SciPy: so they also run in a browser.

The tests compare both with statsmodels, which has no place in the browser's kernel.
"""

from typing import NamedTuple

import numpy as np
from scipy import optimize, special

__all__ = ["Fit", "least_squares", "negative_binomial"]


class Fit(NamedTuple):
    """A fitted regression: one entry per column of the design in both arrays.

    ``dispersion`` is k of the negative binomial, whose variance is mu + k mu²; least squares has none.
    """

    coefficients: np.ndarray
    errors: np.ndarray
    dispersion: float | None = None


def least_squares(outcome: np.ndarray, design: np.ndarray) -> Fit:
    """Fit ordinary least squares; standard errors HC3 allow the spread to differ from row to row.

    ``outcome`` has n values, ``design`` n rows and one column per coefficient (the constant among them). Source:
    MacKinnon and White (1985).
    """
    inverse = np.linalg.inv(design.T @ design)
    coefficients = inverse @ design.T @ outcome
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    weighted = inverse @ (design * ((outcome - design @ coefficients) / (1 - leverage))[:, None]).T
    return Fit(coefficients, np.sqrt((weighted**2).sum(axis=1)))


def negative_binomial(counts: np.ndarray, design: np.ndarray) -> Fit:
    """Fit a negative binomial regression (NB2, log link) by maximum likelihood; standard errors from its curvature.

    ``counts`` has n values of 0 or more, ``design`` n rows and one column per coefficient, the first of them the
    constant. Raises ValueError if there is no best fit, as for counts that vary no more than chance makes them. Source:
    Cameron and Trivedi (2013), Regression Analysis of Count Data, section 3.3.
    """
    size = design.shape[1]

    def parts(point):
        """Return mu and r = 1/k at a point: the coefficients and the logarithm of k."""
        return np.exp(design @ point[:size]), np.exp(-point[size])

    def loss(point):
        mu, r = parts(point)
        choose = special.gammaln(counts + r) - special.gammaln(r) - special.gammaln(counts + 1)
        return -(choose + r * np.log(r / (r + mu)) + special.xlogy(counts, mu / (r + mu))).sum()

    def by_r(mu, r):
        """Return the first derivative of the likelihood by r, one value per row."""
        return special.digamma(counts + r) - special.digamma(r) + np.log(r / (r + mu)) + (mu - counts) / (r + mu)

    def slope(point):
        mu, r = parts(point)
        return -np.append(design.T @ (r * (counts - mu) / (r + mu)), -r * by_r(mu, r).sum())

    def curvature(point):
        mu, r = parts(point)
        twice_by_r = special.polygamma(1, counts + r) - special.polygamma(1, r) + 1 / r - 1 / (r + mu)
        twice_by_r -= (mu - counts) / (r + mu) ** 2
        matrix = np.empty((size + 1, size + 1))
        matrix[:size, :size] = -(design.T * (r * mu * (r + counts) / (r + mu) ** 2)) @ design
        matrix[:size, size] = matrix[size, :size] = -r * design.T @ (mu * (counts - mu) / (r + mu) ** 2)
        matrix[size, size] = (r**2 * twice_by_r + r * by_r(mu, r)).sum()
        return -matrix

    start = np.zeros(size + 1)
    start[0] = np.log(counts.mean())
    found = optimize.minimize(loss, start, jac=slope, hess=curvature, method="trust-exact", options={"gtol": 1e-7})
    # at the border, k = 0, the likelihood is flat: its curvature then has no inverse worth the name
    if np.abs(slope(found.x)).max() > 1e-4 or curvature(found.x)[size, size] < 1e-3:
        raise ValueError("the regression does not converge; expected more rows, fewer levels or more varied counts")
    errors = np.sqrt(np.diag(np.linalg.inv(curvature(found.x))))
    return Fit(found.x[:size], errors[:size], float(np.exp(found.x[size])))
