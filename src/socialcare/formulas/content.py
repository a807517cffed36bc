"""Which posts start a conversation, and which differences are luck? The formulas of the content plan.

Rates are acts per post (comments, mentions, retweets or shares); shares and levels are proportions from 0 to 1. Counts
per post vary far more than chance alone would make them (planted effect E-f): ``dispersion`` says how much, as k in
variance = mean + k mean². Sources: S1.3, S2.2; model D1. Holm's method is in ``formulas.parity``.
"""

import math

from socialcare.formulas import checks
from socialcare.formulas.funnel import normal_quantile

__all__ = [
    "acts_per_post",
    "bonferroni_level",
    "chance_of_a_false_finding",
    "contribution",
    "dispersion",
    "expected_false_findings",
    "log_ratio_error",
    "mix_rate",
    "posts_needed",
    "ratio_power",
    "weeks_needed",
]


def acts_per_post(acts, posts):
    r"""Mean number of acts on a post: a ratio of sums, so posts without any act count too.

    .. math:: \text{acts per post} = \frac{\text{acts}}{\text{posts}}

    Raises ValueError for a negative or fractional count of ``acts`` and for no ``posts``.
    """
    return checks.count("acts", acts) / checks.whole_positive("posts", posts)


def contribution(share_of_posts, rate, mean_rate):
    r"""Share of all acts that one kind of post brings: how often you publish it times how well it does.

    .. math:: \text{contribution} = \text{share_of_posts} \cdot \frac{\text{rate}}{\text{mean_rate}}

    ``rate`` and ``mean_rate`` are acts per post, of this kind and of all posts. Raises ValueError for a share outside
    0 to 1, a negative ``rate`` or a ``mean_rate`` that is not above 0.
    """
    checks.share("share_of_posts", share_of_posts)
    return share_of_posts * checks.non_negative("rate", rate) / checks.positive("mean_rate", mean_rate)


def mix_rate(shares, rates):
    r"""Acts per post that a content mix brings, if each kind keeps its rate.

    .. math:: \text{mix rate} = \sum \text{share} \cdot \text{rate}

    ``shares`` and ``rates`` hold one value for each kind; the shares add up to 1. Raises ValueError for unequal
    lengths, a share outside 0 to 1, shares that do not add up to 1 or a negative rate.
    """
    shares, rates = list(shares), list(rates)
    if len(shares) != len(rates):
        raise ValueError(f"rates has {len(rates)} values; expected {len(shares)}, one for each share")
    for position, share in enumerate(shares):
        checks.share(f"shares[{position}]", share)
    if abs(sum(shares) - 1) > 1e-9:
        raise ValueError(f"shares add up to {sum(shares):.3f}; expected 1")
    return sum(share * checks.non_negative("rate", rate) for share, rate in zip(shares, rates))


def expected_false_findings(comparisons, alpha=0.05):
    r"""How many comparisons look like a finding although nothing is there.

    .. math:: \text{expected false findings} = \text{comparisons} \cdot \text{alpha}

    ``comparisons`` counts those without a real difference; ``alpha`` is the level of each test. Raises ValueError for a
    negative or fractional count and for a level that is not between 0 and 1.
    """
    return checks.count("comparisons", comparisons) * checks.inner_share("alpha", alpha)


def chance_of_a_false_finding(comparisons, alpha=0.05):
    r"""Chance that at least one of several comparisons without a real difference looks like a finding.

    .. math:: \text{chance of a false finding} = 1 - (1 - \text{alpha})^m

    m is the number of ``comparisons``. Exact for independent comparisons; those of one set of posts overlap,
    which makes it an approximation. Rejects what :func:`expected_false_findings` does.
    """
    checks.count("comparisons", comparisons)
    return 1 - (1 - checks.inner_share("alpha", alpha)) ** comparisons


def bonferroni_level(comparisons, alpha=0.05):
    r"""Level for each test that keeps the chance of any false finding at or below ``alpha``.

    .. math:: \text{Bonferroni level} = \frac{\text{alpha}}{\text{comparisons}}

    Holm's method starts from this level for the smallest p-value and relaxes it for each later one: it never finds
    less. Raises ValueError for no comparisons and for a level that is not between 0 and 1.
    """
    return checks.inner_share("alpha", alpha) / checks.whole_positive("comparisons", comparisons)


def dispersion(mean, variance):
    r"""How much more counts vary than chance alone would make them: k of the negative binomial distribution.

    .. math:: \text{k} = \frac{\text{variance} - \text{mean}}{\text{mean}^2}

    0 is a Poisson count. Counts that vary less than that give 0 too. Raises ValueError for a ``mean`` that is not above
    0 or a negative ``variance``.
    """
    checks.positive("mean", mean)
    return max(0.0, (checks.non_negative("variance", variance) - mean) / mean**2)


def log_ratio_error(rate, ratio, dispersion, posts):
    r"""Standard error of the logarithm of the ratio of two rates, each from ``posts`` posts.

    .. math:: \text{error} = \sqrt{\frac{1 / a + 1 / b + 2 k}{\text{posts}}}

    a is the ``rate`` of the first group in acts per post, b that of the second, ``rate`` times ``ratio``; k is the
    ``dispersion``. Raises ValueError for a ``rate`` or ``ratio`` that is not above 0, a negative ``dispersion`` or no
    ``posts``.
    """
    checks.positive("rate", rate)
    checks.positive("ratio", ratio)
    spread = 2 * checks.non_negative("dispersion", dispersion)
    return math.sqrt((1 / rate + 1 / (rate * ratio) + spread) / checks.whole_positive("posts", posts))


def ratio_power(rate, ratio, dispersion, posts, alpha=0.05):
    r"""Chance that a two-sided test finds the ratio of two rates, with ``posts`` posts in each group.

    .. math:: \text{power} = \Phi (r - z) + \Phi (- r - z), \quad r = \frac{| \ln \text{ratio} |}{\text{error}}

    z is the normal quantile of 1 − alpha/2, and the error that of :func:`log_ratio_error`. A ratio of 1 gives alpha: a
    false finding. Rejects what :func:`log_ratio_error` does, and a level that is not between 0 and 1.
    """
    z = normal_quantile(1 - checks.inner_share("alpha", alpha) / 2)
    distance = abs(math.log(ratio)) / log_ratio_error(rate, ratio, dispersion, posts)
    return 0.5 * math.erfc((z - distance) / math.sqrt(2)) + 0.5 * math.erfc((z + distance) / math.sqrt(2))


def posts_needed(rate, ratio, dispersion, power=0.8, alpha=0.05):
    r"""Posts that each of two versions needs for a two-sided test to find the ratio of their rates.

    .. math:: \text{posts needed} = (\frac{z + w}{\ln (b / a)})^2 (\frac{1}{a} + \frac{1}{b} + 2 k)

    a and b are the two rates and k the dispersion, z and w the normal quantiles of 1 − alpha/2 and of the power.
    Returns a whole number, rounded up. Rejects what
    :func:`log_ratio_error` does, a ``ratio`` of 1 and a ``power`` below ``alpha``.
    """
    error = log_ratio_error(rate, ratio, dispersion, 1)
    if ratio == 1:
        raise ValueError("ratio is 1; expected a difference to find")
    if checks.inner_share("power", power) < checks.inner_share("alpha", alpha):
        raise ValueError(f"power is {power}; expected at least alpha, {alpha}")
    quantiles = normal_quantile(1 - alpha / 2) + normal_quantile(power)
    return math.ceil((quantiles * error / math.log(ratio)) ** 2)


def weeks_needed(posts_per_version, posts_a_week, versions=2):
    r"""Whole weeks until every version has its posts, if all posts take part.

    .. math:: \text{weeks} = \lceil \text{versions} \cdot \frac{\text{posts per version}}{\text{posts a week}} \rceil

    Raises ValueError for a count that is not a whole number above 0 and for ``posts_a_week`` that is not above 0.
    """
    checks.whole_positive("posts_per_version", posts_per_version)
    checks.whole_positive("versions", versions)
    return math.ceil(versions * posts_per_version / checks.positive("posts_a_week", posts_a_week))
