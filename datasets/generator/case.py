"""What every table of the running case shares: the brands, the year, the clock and the random streams."""

import zlib

import numpy as np
import pandas as pd

BRAND = "Café Brisa"
COMPETITORS = ("Tostadores Nimbo", "Molienda Áurea")
BRANDS = (BRAND, *COMPETITORS)

ZONE = "Europe/Madrid"
START = pd.Timestamp("2025-01-01", tz=ZONE)
TODAY = pd.Timestamp("2026-01-01", tz=ZONE)  # the course's fixed "now": the data end just before it

SEED = 20251231


def stream(table: str) -> np.random.Generator:
    """Give each table a random stream of its own, so that changing one table leaves the others as they were."""
    return np.random.default_rng([SEED, zlib.crc32(table.encode())])
