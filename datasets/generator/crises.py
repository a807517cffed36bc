"""When people talk about a brand: the rhythm of the week and the six labelled episodes of Café Brisa's 2025."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .case import ZONE

# Share of a day's mentions by hour in Madrid. The late evening stays busy because Mexico is awake.
HOURS = np.array([3.0, 2.4, 1.8, 1.3, 1.0, 0.8, 0.8, 1.6, 3.2, 4.8, 5.6, 5.9]) / 100
HOURS = np.concatenate([HOURS, np.array([6.2, 6.0, 5.2, 4.8, 5.0, 5.6, 6.3, 6.9, 7.2, 6.4, 4.8, 3.4]) / 100])
WEEKDAYS = np.array([1.18, 1.12, 1.08, 1.06, 1.04, 0.82, 0.70])  # Monday first

ORDINARY = {"positive": 0.50, "neutral": 0.22, "negative": 0.11, "service_request": 0.17}


@dataclass(frozen=True)
class Episode:
    """One labelled episode: `tagged` and `untagged` are the extra mentions it brings, over the whole time."""

    label: str
    kind: str
    starts: str
    hours: int
    peak_after_hours: float
    tagged: int
    untagged: int
    polarity: dict[str, float]
    follows_daily_rhythm: bool = True
    few_authors: bool = False

    @property
    def start(self) -> pd.Timestamp:
        """First hour of the episode, Madrid time."""
        return pd.Timestamp(self.starts, tz=ZONE)

    @property
    def end(self) -> pd.Timestamp:
        """First hour after the episode, Madrid time."""
        return self.start + pd.Timedelta(hours=self.hours)


def _polarity(positive: float, neutral: float, negative: float, service_request: float) -> dict[str, float]:
    return dict(zip(ORDINARY, (positive, neutral, negative, service_request), strict=True))


EPISODES = (
    # A batch of decaf was bagged as regular coffee: a flat morning for many, harm for nobody.
    Episode("C1", "firestorm", "2025-03-10 09:00", 108, 10, 680, 1900, _polarity(0.0, 0.08, 0.87, 0.05)),
    # The shop in Guadalajara closes for two days without notice; it is evening and night in Madrid.
    Episode("C2", "local", "2025-04-23 17:00", 32, 8, 40, 75, _polarity(0.03, 0.12, 0.60, 0.25), False),
    # The subscription bag shrinks at the same price. Customers notice one by one.
    Episode("C3", "slow_burn", "2025-05-26 00:00", 672, 330, 250, 900, _polarity(0.04, 0.16, 0.62, 0.18)),
    # A barista learns sign language for a regular; a well-known guest's thank-you goes viral.
    Episode("C4", "positive_spike", "2025-07-08 18:00", 66, 9, 300, 1300, _polarity(0.90, 0.08, 0.01, 0.01)),
    # Coffee-day contest: name the new blend. Volume, and no crisis.
    Episode("C5", "contest", "2025-10-01 10:00", 62, 12, 260, 420, _polarity(0.42, 0.52, 0.01, 0.05)),
    # A few accounts repeat one false accusation through the night.
    Episode("C6", "coordinated", "2025-11-18 01:00", 30, 7, 130, 260, _polarity(0.0, 0.05, 0.95, 0.0), False, True),
)


def rhythm(hours: pd.DatetimeIndex) -> np.ndarray:
    """Relative volume of ordinary mentions for each hour; 1 is the average hour of the week."""
    return HOURS[hours.hour] * 24 * WEEKDAYS[hours.day_of_week] / HOURS.sum() / WEEKDAYS.mean()


def profile(episode: Episode) -> tuple[pd.DatetimeIndex, np.ndarray]:
    """Hours of an episode and the share of its extra mentions that falls in each: up fast, down slowly."""
    hours = pd.date_range(episode.start, episode.end, freq="h", inclusive="left")
    age = np.arange(len(hours)) + 0.5
    share = age / episode.peak_after_hours * np.exp(1 - age / episode.peak_after_hours)
    if episode.follows_daily_rhythm:
        share *= rhythm(hours)
    return hours, share / share.sum()
