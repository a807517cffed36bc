"""Write the synthetic tables of Café Brisa into this folder: the same bytes on every run.

python datasets/generate.py               rewrite every CSV of the case
python datasets/generate.py --check       exit 1 and name the tables whose stored CSV differs
python datasets/generate.py --scale N     write N times the volume as Parquet into --out, for benchmarks
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from generator import BUILDERS

HERE = Path(__file__).resolve().parent


def build(scale: int = 1) -> dict[str, pd.DataFrame]:
    """Build all tables; a builder sees the tables built before it, so keys agree across tables."""
    tables: dict[str, pd.DataFrame] = {}
    for name, builder in BUILDERS.items():
        tables[name] = builder(tables, scale)
    return tables


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return the CSV as stored: UTF-8, line feeds, no index, ISO 8601 times with their offset, true and false."""
    return table.apply(_as_stored).to_csv(index=False, lineterminator="\n").encode()


def _as_stored(column: pd.Series) -> pd.Series:
    """Spell times as 2025-03-30T03:15:00+02:00 and booleans in lower case; leave other columns as they are."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        clock = column.dt.tz_localize(None)
        hours = (clock - column.dt.tz_convert("UTC").dt.tz_localize(None)) // pd.Timedelta(hours=1)
        text = np.datetime_as_string(clock.to_numpy(), unit="s").astype(object)
        spelt = text + hours.map(lambda offset: f"{offset:+03.0f}:00", na_action="ignore")
        return spelt.where(column.notna(), None)
    if pd.api.types.is_bool_dtype(column):
        return column.map({True: "true", False: "false"})
    return column


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--out", type=Path, default=HERE / "_scaled")
    args = parser.parse_args()
    if args.scale < 1:
        parser.error(f"--scale is {args.scale}; it must be a whole number of 1 or more")
    tables = build(args.scale)
    if args.scale > 1:
        args.out.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            table.to_parquet(args.out / f"{name}.parquet", index=False)
            print(f"{args.out / name}.parquet: {len(table):,} rows")
        return 0
    stale = []
    for name, table in tables.items():
        path, wanted = HERE / f"{name}.csv", csv_bytes(table)
        if args.check:
            if not path.exists() or path.read_bytes() != wanted:
                stale.append(path.name)
        else:
            path.write_bytes(wanted)
            print(f"{path.name}: {len(table):,} rows, {len(wanted) / 1e6:.2f} MB")
    if stale:
        print(f"differ from what the generator writes: {', '.join(stale)}; run: make data", file=sys.stderr)
    elif args.check:
        print(f"{len(tables)} generated tables are in sync")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
