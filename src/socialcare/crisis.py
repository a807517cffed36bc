"""When is it a crisis, and who does what in the first hour? Detectors compared, levels, the plan and the replay.

The table is one row per hour (``mentions_hourly``): mentions, negative ones, distinct authors, and labels of past
episodes if there are any. Models D9 and C12; EARS and CUSUM come from :mod:`socialcare.formulas.crisis`, tails of the
negative binomial from SciPy. Detectors learn from weeks before the first episode only: a detector that has seen the
crisis it is tested on proves nothing.
"""

from collections.abc import Iterable

import pandas as pd

from socialcare import datasets
from socialcare.formulas import checks
from socialcare.formulas.attention import final_size
from socialcare.formulas.crisis import (
    CRISIS_NEGATIVE,
    CRISIS_TIMES,
    FEW_AUTHORS,
    HOURS_PER_MONTH,
    INCIDENT_NEGATIVE,
    INCIDENT_SHARE,
    INCIDENT_TIMES,
    alarm_limit,
    chance_at_least,
    count_chances,
    cusum_reference,
    cusum_step,
    ears_c3_threshold,
    ears_score,
    ears_threshold,
    ears_threshold_t,
    false_alarms_per_month,
    seen_within,
    severity_level,
)
from socialcare.rates import poisson_rate

__all__ = [
    "CRISES",
    "CRISIS_NEGATIVE",
    "CRISIS_TIMES",
    "FEW_AUTHORS",
    "HOURS_PER_MONTH",
    "INCIDENT_NEGATIVE",
    "INCIDENT_SHARE",
    "INCIDENT_TIMES",
    "LEVELS",
    "QUIET_HOURS",
    "RESPONSES",
    "alarm_limit",
    "baseline",
    "call_outs",
    "chance_at_least",
    "compare",
    "count_chances",
    "cusum_alarms",
    "cusum_limit",
    "cusum_reference",
    "cusum_step",
    "detectors",
    "dispersion",
    "ears_alarms",
    "ears_c3_threshold",
    "ears_score",
    "ears_threshold",
    "ears_threshold_t",
    "episodes",
    "false_alarms_per_month",
    "final_size",
    "level_table",
    "plan",
    "ratio_alarms",
    "redress_difference",
    "redress_turns",
    "replay",
    "seen_within",
    "serve_order",
    "severity_level",
    "still_to_come",
    "tail_alarms",
    "tail_chance",
    "waits_by_followers",
    "weekly_negative",
]

FALSE = ("false_per_month", "false_low", "false_high")
CRISES = ("firestorm", "local", "slow_burn", "coordinated")  # kinds of label that somebody must act on
LEVELS = {0: "watch", 1: "look", 2: "incident", 3: "crisis"}
QUIET_HOURS = 6  # so many hours without an alarm end a call-out (teaching default)
ONCE_A_MONTH = 1 / HOURS_PER_MONTH  # chance per calm hour at which an hourly alarm rings falsely once a month

RESPONSES = pd.DataFrame(
    [
        ("victim", "little", "a false accusation repeated by a few accounts", "state the facts once, and show them"),
        ("accident", "some", "a machine fault that nobody could see", "explain the cause and what you change"),
        ("preventable", "much", "a control that somebody skipped", "apologise, mend it, make it good in private"),
    ],
    columns=["cluster", "responsibility", "for example", "response, after telling people what to do"],
)
"""Situational crisis communication (B70): first what to do and how you care, then a response by responsibility."""

_EARS = {"C1": (7, 0, 3.0902), "C2": (7, 2, 3.0902), "C3": (7, 2, 1.96)}  # baseline length, gap, z


def _hourly(hours: pd.DataFrame) -> pd.DataFrame:
    """Return the table if it has one row for every hour, in order."""
    steps = hours["hour_start"].diff().iloc[1:]
    wrong = steps[steps != pd.Timedelta(hours=1)]
    if len(wrong):
        row = hours.index.get_loc(wrong.index[0])
        raise ValueError(
            f"hour {hours['hour_start'].iloc[row]} follows {hours['hour_start'].iloc[row - 1]}; expected one row for "
            "every hour, in order: an hour without mentions is a zero, not a gap"
        )
    return hours


def _training(hours: pd.DataFrame, start: str, end: str) -> pd.Series:
    """Return which hours belong to the training weeks; refuse weeks that hold an episode or are too few."""
    chosen = (hours["hour_start"] >= pd.Timestamp(start, tz=datasets.ZONE)) & (
        hours["hour_start"] < pd.Timestamp(end, tz=datasets.ZONE)
    )
    weeks = chosen.sum() / 168
    if weeks < 4:
        raise ValueError(f"the training time from {start} to {end} holds {weeks:.1f} weeks; expected at least 4")
    labels = hours.loc[chosen, "crisis_id"].dropna()
    if len(labels):
        raise ValueError(f"the training time from {start} to {end} holds episode {labels.iloc[0]}; expected calm weeks")
    return chosen


def baseline(hours: pd.DataFrame, column: str = "mentions", *, start: str, end: str) -> pd.Series:
    """Return how many mentions each hour should bring: mean of calm weeks x hour of the day x day of the week.

    Learned from ``start`` to before ``end`` (Madrid time; at least 4 weeks, whole ones, without a labelled episode).
    Over whole weeks this is what a Poisson regression on hour and weekday gives. ``attention.expected_by_hour`` (unit
    01) takes the mean of each hour of the week by itself instead: enough to add up an episode afterwards, but a mean of
    eight counts is too jumpy to set the limit of an alarm.
    """
    _hourly(hours)
    clock = pd.DataFrame({"hour": hours["hour_start"].dt.hour, "day": hours["hour_start"].dt.day_of_week})
    chosen = _training(hours, start, end)
    counts = hours.loc[chosen, column]
    mean = counts.mean()
    expected = pd.Series(checks.positive(f"the mean of {column} in calm weeks", mean), hours.index)
    for values in (clock["hour"], clock["day"]):
        factor = counts.groupby(values[chosen]).mean() / mean
        expected *= values.map(factor)
    # an hour of the week in which nobody ever wrote still may bring a mention: a tenth of the mean at least
    return expected.clip(lower=mean / 10).rename("expected")


def dispersion(counts: pd.Series, expected: pd.Series) -> float:
    """Return the size of the negative binomial that fits the calm hours, by moments; infinite if Poisson fits.

    Var = mean + mean² / size, so 1 / size = sum((count - mean)² - mean) / sum(mean²).
    """
    excess = float(((counts - expected) ** 2 - expected).sum() / (expected**2).sum())
    return 1 / excess if excess > 0 else float("inf")


def tail_chance(counts: pd.Series, expected: pd.Series, size: float) -> pd.Series:
    """Return for each hour the chance of so many mentions or more, if the hour were a usual one (SciPy)."""
    from scipy import stats  # noqa: PLC0415  the only function that needs it

    if size == float("inf"):
        chances = stats.poisson.sf(counts - 1, expected)
    else:
        chances = stats.nbinom.sf(counts - 1, size, size / (size + expected))
    return pd.Series(chances, counts.index, name="chance")


def tail_alarms(counts: pd.Series, expected: pd.Series, size: float, chance: float = ONCE_A_MONTH) -> pd.Series:
    """Ring when an hour's count would come with at most this chance in a usual hour."""
    return tail_chance(counts, expected, size) <= checks.inner_share("chance", chance)


def ratio_alarms(counts: pd.Series, mean: float, times: float = 3) -> pd.Series:
    """Ring from ``times`` the mean on, that of calm weeks: the naive rule, which knows no hour of the week."""
    return counts >= checks.positive("times", times) * checks.positive("mean", mean)


def ears_alarms(counts: pd.Series, method: str = "C1", *, student: bool = False) -> pd.Series:
    """Ring by EARS C1, C2 or C3 on a series of counts, usually days; the first steps never ring (C12).

    ``student`` (C1 and C2) takes Student's t in place of z.
    """
    if method not in _EARS:
        raise ValueError(f"method is {method!r}; expected one of {', '.join(_EARS)}")
    if student and method == "C3":
        raise ValueError("student is for C1 and C2; expected method C1 or C2")
    length, gap, z = _EARS[method]
    values = counts.tolist()
    scores, rings = [0.0] * len(values), [False] * len(values)
    for step in range(length + gap, len(values)):
        before = values[step - gap - length : step - gap]
        scores[step] = ears_score(values[step], before)
        if method == "C3":
            if step >= length + gap + 2:
                rings[step] = values[step] > ears_c3_threshold(before, scores[step - 2 : step], z)
        else:
            rings[step] = values[step] > (ears_threshold_t(before) if student else ears_threshold(before, z))
    return pd.Series(rings, counts.index)


def cusum_alarms(counts: pd.Series, expected: pd.Series, limit: float, *, times: float = 2) -> pd.Series:
    """Ring when the excess over the reference adds up to ``limit``; then start again from 0.

    The reference of each hour lies between its expected count and ``times`` that: the rise to find.
    """
    checks.positive("limit", limit)
    total, rings = 0.0, []
    for count, usual in zip(counts, expected, strict=True):
        total = cusum_step(total, int(count), cusum_reference(usual, times * usual))
        rings.append(total >= limit)
        total = 0.0 if rings[-1] else total
    return pd.Series(rings, counts.index)


def cusum_limit(
    expected: pd.Series, size: float, *, times: float = 2, per_month: float = 1, paths: int = 40, seed: int = 20251231
) -> int:
    """Return the smallest whole limit with at most ``per_month`` false alarms, in simulated calm time.

    Each path draws negative binomial counts around ``expected``; the seed is fixed.
    """
    import numpy as np  # noqa: PLC0415

    rng = np.random.default_rng(seed)
    usual = expected.to_numpy()[:, None]
    counts = (
        rng.poisson(usual, (len(usual), paths))
        if size == float("inf")
        else rng.negative_binomial(size, size / (size + usual), (len(usual), paths))
    )
    excess = counts - (times - 1) * usual / np.log(times)  # the reference of each hour
    months = len(usual) * paths / HOURS_PER_MONTH
    limits = np.arange(1, 41)[:, None]
    total, alarms = np.zeros((len(limits), paths)), np.zeros(len(limits))
    for step in excess:
        total = np.maximum(0, total + step)
        rings = total >= limits
        alarms += rings.sum(axis=1)
        total[rings] = 0
    fit = np.flatnonzero(alarms / months <= checks.positive("per_month", per_month))
    if not len(fit):
        raise ValueError(f"per_month is {per_month}; expected a rate that a limit of at most 40 can keep")
    return int(limits[fit[0], 0])


def _by_day(hours: pd.DataFrame, rule) -> pd.Series:
    """Apply a rule to the days' counts; the alarm of a day is known at the end of its last hour."""
    date = hours["hour_start"].dt.date
    rings = rule(hours.groupby(date)["mentions"].sum())
    last = ~date.duplicated(keep="last")
    return last & date.map(rings)


def detectors(hours: pd.DataFrame, *, start: str, end: str) -> dict[str, pd.Series]:
    """Return the alarms of nine detectors by hour, all taught on the calm weeks from ``start`` to ``end``.

    An alarm of an hour is known when the hour ends; that of a day when the day ends.
    """
    chosen = _training(_hourly(hours), start, end)
    streams = {}
    for column in ("mentions", "negative_mentions"):
        expected = baseline(hours, column, start=start, end=end)
        streams[column] = hours[column], expected, dispersion(hours.loc[chosen, column], expected[chosen])
    negative, expected, size = streams["negative_mentions"]
    limit = cusum_limit(expected[chosen], size)
    by_day = hours.loc[chosen].groupby(hours["hour_start"].dt.date)["mentions"].sum().mean()
    return {
        "3 × mean, hour": ratio_alarms(hours["mentions"], hours.loc[chosen, "mentions"].mean()),
        "3 × mean, day": _by_day(hours, lambda counts: ratio_alarms(counts, by_day)),
        "EARS C1, day": _by_day(hours, ears_alarms),
        "EARS C1 with t, day": _by_day(hours, lambda counts: ears_alarms(counts, student=True)),
        "EARS C2, day": _by_day(hours, lambda counts: ears_alarms(counts, "C2")),
        "EARS C3, day": _by_day(hours, lambda counts: ears_alarms(counts, "C3")),
        "tail, all": tail_alarms(*streams["mentions"]),
        "tail, negative": tail_alarms(negative, expected, size),
        "CUSUM, negative": cusum_alarms(negative, expected, limit),
    }


def call_outs(alarms: pd.Series, quiet: int = QUIET_HOURS) -> pd.DataFrame:
    """Join alarms into call-outs: a new one begins after ``quiet`` hours or more without an alarm.

    Returns one row per call-out with the positions of its ``first`` and ``last`` alarm.
    """
    places = pd.Series(alarms.to_numpy().nonzero()[0])
    numbers = (places.diff() > checks.whole_positive("quiet", quiet)).cumsum()
    return places.groupby(numbers).agg(["first", "last"]).reset_index(drop=True)


def compare(hours: pd.DataFrame, alarms: dict[str, pd.Series], *, since: str, within: int = 24) -> pd.DataFrame:
    """Judge detectors on the labelled episodes from ``since`` on, one row each.

    The columns with an episode's label hold the hours from its start to the end of the first hour that rings (empty:
    never). ``in_time`` counts crises found ``within`` so many hours, ``false_per_month`` call-outs in calm hours per
    month of such hours, with the exact interval of that rate, ``no_crisis`` call-outs for praise and contests,
    ``precision`` the share of call-outs that touch a crisis.
    """
    judged = (hours["hour_start"] >= pd.Timestamp(since, tz=datasets.ZONE)).to_numpy()
    labels, kinds = hours["crisis_id"].to_numpy(object), hours["crisis_kind"].to_numpy(object)
    calm_months = (judged & hours["crisis_id"].isna()).sum() / HOURS_PER_MONTH
    names = sorted(hours.loc[judged, "crisis_id"].dropna().unique())
    crises = {label for label, kind in zip(labels, kinds, strict=True) if kind in CRISES}
    rows = {}
    for name, rings in alarms.items():
        delays = {}
        for label in names:
            inside = rings.to_numpy()[labels == label]
            delays[label] = inside.argmax() + 1 if inside.any() else float("nan")
        touched = []
        for call in call_outs(rings & judged).itertuples():
            inside = {kind for kind in kinds[call.first : call.last + 1] if isinstance(kind, str)}
            touched.append("crisis" if inside & set(CRISES) else "no_crisis" if inside else "calm")
        in_time = sum(delays[label] <= within for label in names if label in crises)
        rows[name] = {
            "in_time": in_time,
            **delays,
            **dict(zip(FALSE, poisson_rate(touched.count("calm"), calm_months), strict=True)),
            "no_crisis": touched.count("no_crisis"),
            "precision": touched.count("crisis") / len(touched) if touched else float("nan"),
        }
    return pd.DataFrame(rows).T.astype({"in_time": int, "no_crisis": int}).rename_axis("detector")


def episodes(hours: pd.DataFrame) -> pd.DataFrame:
    """Describe each labelled episode, and the calm hours, by volume, negative share and authors per mention."""
    grouped = hours.assign(crisis_id=hours["crisis_id"].fillna("calm")).groupby("crisis_id")
    sums = grouped[["mentions", "negative_mentions", "unique_authors"]].sum()
    return pd.DataFrame(
        {
            "kind": grouped["crisis_kind"].first().fillna(""),
            "hours": grouped.size(),
            "per_hour": sums["mentions"] / grouped.size(),
            "negative_share": sums["negative_mentions"] / sums["mentions"],
            "authors_per_mention": sums["unique_authors"] / sums["mentions"],
        }
    )


def replay(
    hours: pd.DataFrame, *, start: str, end: str, first: str, count: int = 12, harm: bool = False
) -> pd.DataFrame:
    """Replay ``count`` hours from ``first`` on as the team could know them, with the level at the end of each hour.

    The level reads the last three hours together; the alarm is the tail of negative mentions in one of them.
    """
    chosen = _training(_hourly(hours), start, end)
    expected = baseline(hours, "negative_mentions", start=start, end=end)
    size = dispersion(hours.loc[chosen, "negative_mentions"], expected[chosen])
    rings = tail_alarms(hours["negative_mentions"], expected, size)
    table = hours[["hour_start", "mentions", "negative_mentions", "unique_authors"]].copy()
    table["expected_negative"] = expected
    three = table.drop(columns="hour_start").rolling(3, min_periods=1).sum()
    table["rings"] = rings
    begin = pd.Timestamp(first, tz=datasets.ZONE)
    table = table[table["hour_start"] >= begin].head(checks.whole_positive("count", count)).copy()
    if table.empty:
        raise ValueError(f"first is {first}; expected an hour of the table")
    three = three.loc[table.index]
    recent = (rings.rolling(3, min_periods=1).max() > 0)[table.index]
    table["few_authors"] = recent & (three["unique_authors"] < FEW_AUTHORS * three["mentions"])
    table["level"] = [
        severity_level(alarm=rang, negative=negative, expected=expected, mentions=mentions, harm=harm)
        for rang, negative, expected, mentions in zip(
            recent, three["negative_mentions"], three["expected_negative"], three["mentions"], strict=True
        )
    ]
    table.insert(0, "known_at", table["hour_start"] + pd.Timedelta(hours=1))
    return table.drop(columns="hour_start").reset_index(drop=True)


def still_to_come(hours: pd.DataFrame, label: str) -> pd.Series:
    """Return the share of an episode's negative mentions that are still to come after each of its hours.

    It bounds what a reply at that hour can prevent. The index counts the hours since the start, from 1.
    """
    negative = hours.loc[hours["crisis_id"] == label, "negative_mentions"]
    if not negative.sum():
        raise ValueError(f"episode {label} has no negative mentions; expected a label of the table with some")
    share = 1 - negative.cumsum() / negative.sum()
    return share.set_axis(range(1, len(share) + 1)).rename("still_to_come")


def weekly_negative(hours: pd.DataFrame, *, start: str, end: str) -> pd.DataFrame:
    """Return negative mentions by week (from Monday) and how many standard deviations above the calm weeks they lie.

    A slow crisis has no loud hour; it shows here.
    """
    learned = _training(_hourly(hours), start, end)
    monday = hours["hour_start"].dt.tz_localize(None).dt.to_period("W-SUN").dt.start_time.dt.strftime("%Y-%m-%d")
    weeks = hours.groupby(monday.rename("week_from")).agg(
        hours=("mentions", "size"), negative=("negative_mentions", "sum"), episode=("crisis_id", "first")
    )
    weeks = weeks[weeks["hours"] >= 167]  # whole weeks; that of the change to summer time is an hour short
    calm = weeks.loc[weeks.index.isin(monday[learned]), "negative"]
    weeks["deviations"] = (weeks["negative"] - calm.mean()) / calm.std()
    return weeks.drop(columns="hours").assign(episode=weeks["episode"].fillna("calm"))


def level_table() -> pd.DataFrame:
    """Return what makes each level, in words, with the thresholds of the course."""
    rules = (
        "no detector rang",
        "a detector rang",
        f"and {INCIDENT_NEGATIVE} negative, {INCIDENT_TIMES} times the usual, {INCIDENT_SHARE:.0%} of all mentions",
        f"and {CRISIS_NEGATIVE} negative, {CRISIS_TIMES} times the usual; or a person may come to harm",
    )
    return pd.DataFrame({"level": LEVELS.keys(), "name": LEVELS.values(), "three hours together": rules}).set_index(
        "level"
    )


def _redress_cases(tickets: pd.DataFrame) -> pd.DataFrame:
    return tickets[tickets["redress_in_public"].notna() & tickets["first_public_reply_at"].notna()]


def redress_difference(tickets: pd.DataFrame) -> tuple[float, float, float]:
    """Return how many more public replies a case takes if compensation was offered in public, with Welch's interval."""
    from scipy import stats  # noqa: PLC0415

    cases = _redress_cases(tickets)
    public, private = (cases.loc[cases["redress_in_public"] == where, "public_turns"] for where in (True, False))
    for name, turns in (("in public", public), ("in private", private)):
        if len(turns) < 2:
            raise ValueError(f"compensation was offered {name} in {len(turns)} cases; expected at least 2")
    interval = stats.ttest_ind(public, private, equal_var=False).confidence_interval(0.95)
    return float(public.mean() - private.mean()), float(interval.low), float(interval.high)


def redress_turns(tickets: pd.DataFrame) -> pd.DataFrame:
    """Compare how often agents wrote in public, with compensation offered there or in private (B08, B22).

    Cases with compensation and a first reply in public; an observation, not an experiment.
    """
    cases = _redress_cases(tickets)
    offered = cases["redress_in_public"].map({True: "in public", False: "in private"}).rename("compensation_offered")
    return cases.groupby(offered)["public_turns"].agg(public_replies="mean", cases="size")


def waits_by_followers(
    tickets: pd.DataFrame, customers: pd.DataFrame, *, draws: int = 200, seed: int = 20251231
) -> pd.DataFrame:
    """Return by channel the rank correlation of a customer's followers with the hours to the first human reply (B18).

    Below 0 means that the famous wait less. Who has no reply shares the longest wait. The 95% interval draws the
    customers anew, with all their cases: cases of one person are no independent witnesses.
    """
    import numpy as np  # noqa: PLC0415
    from scipy import stats  # noqa: PLC0415

    known = tickets.merge(customers[["customer_id", "followers_on_twitter"]], on="customer_id")
    known["waited"] = (known["first_human_reply_at"] - known["opened_at"]).dt.total_seconds() / 3600
    known = known.dropna(subset=["followers_on_twitter"]).fillna({"waited": float("inf")})
    checks.whole_positive("draws", draws)
    rng = np.random.default_rng(seed)
    rows = {}
    for channel, cases in known.groupby("channel"):
        pairs = cases[["followers_on_twitter", "waited"]].rank().to_numpy()  # ranks: infinity is only the last
        places = list(cases.reset_index().groupby("customer_id").indices.values())
        found = [
            stats.spearmanr(pairs[np.concatenate([places[one] for one in rng.integers(0, len(places), len(places))])])
            for _ in range(draws)
        ]
        low, high = np.quantile([one.statistic for one in found], [0.025, 0.975])
        rows[channel] = {"rank_correlation": stats.spearmanr(pairs).statistic, "low": low, "high": high}
        rows[channel]["cases"] = len(cases)
    return pd.DataFrame(rows).T.astype({"cases": int})


def plan(level: int | None = None) -> pd.DataFrame:
    """Return the course's crisis plan: all rows, or those of one level (0 to 3), in the order they fall due."""
    rows = datasets.load("crisis_plan").sort_values(["level", "due_minutes", "step_id"], ignore_index=True)
    if level is None:
        return rows
    return rows[rows["level"] == checks.whole_between("level", level, 0, 3)].reset_index(drop=True)


def serve_order(
    cases: pd.DataFrame, columns: Iterable[str] = ("harm", "hours_to_deadline", "hours_waiting")
) -> pd.DataFrame:
    """Put cases in the order to serve them: harm first, then the nearest legal deadline, then the longest wait.

    Followers may stand in the table; they never enter the order (X4, B18).
    """
    columns = list(columns)
    for column in columns:
        if column not in cases.columns:
            raise ValueError(f"column {column} is missing; expected {', '.join(columns)}")
    return cases.sort_values(columns, ascending=[False, True, False], kind="stable", ignore_index=True)
