"""Time the funnel table on a million visits against the same table written by hand in pandas, in one run.

python tools/benchmark_funnel.py                1,000,000 visits, five rounds
python tools/benchmark_funnel.py --visits N --rounds R

Both ways read the same frame and give the same numbers; each is timed in turn and the fastest round counts. Exit code 1
if the package is slower than pandas by more than the allowance for noise.
"""

import argparse
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.stats import norm

from socialcare import datasets, funnel

GROUPINGS = ((), ("device",), ("device", "source"))
NOISE = 1.05  # a timer on a busy machine is not exact to a few percent
SEED = 20251231


def many_visits(count: int) -> pd.DataFrame:
    """Draw ``count`` visits from the course's own with replacement."""
    return datasets.load_visits().sample(count, replace=True, random_state=SEED, ignore_index=True)


def by_hand(visits: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """Build the same table as a careful analyst would in pandas: one grouped count, then sums from the far end."""
    counts = visits.groupby([*by, "furthest_step"]).size()
    wide = counts.unstack("furthest_step", fill_value=0) if by else counts.to_frame().T
    reached = wide.reindex(columns=list(funnel.STEPS), fill_value=0).iloc[:, ::-1].cumsum(axis=1).iloc[:, ::-1]
    before = reached.shift(axis=1)
    share, z = reached / before, norm.ppf(0.975)
    centre, below = (reached + z**2 / 2) / (before + z**2), before + z**2
    half = z * np.sqrt(reached * (before - reached) / before + z**2 / 4) / below
    columns = {"reached": reached, "lost": before - reached, "conversion": share, "low": centre - half}
    columns |= {"high": centre + half, "overall": reached.div(reached[funnel.STEPS[0]], axis=0)}
    return pd.concat({name: frame.stack() for name, frame in columns.items()}, axis=1)


def seconds(job: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    visits = many_visits(options.visits)
    slower = False
    print(f"{options.visits:,} visits, fastest of {options.rounds} rounds")
    for by in GROUPINGS:
        ours, theirs = funnel.funnel_table(visits, by), by_hand(visits, by)
        if int(ours["reached"].sum()) != int(theirs["reached"].sum()):
            print("the two tables differ; expected the same counts", file=sys.stderr)
            return 1
        rounds = [
            (seconds(lambda by=by: funnel.funnel_table(visits, by)), seconds(lambda by=by: by_hand(visits, by)))
            for _ in range(options.rounds)
        ]
        package, pandas_alone = (min(times) for times in zip(*rounds, strict=True))
        ratio = package / pandas_alone
        slower |= ratio > NOISE
        name = " and ".join(by) or "no groups"
        print(f"by {name}: package {package:.3f} s, pandas {pandas_alone:.3f} s, ratio {ratio:.2f}")
    return int(slower)


if __name__ == "__main__":
    sys.exit(main())
