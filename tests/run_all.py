"""Runs every check of the project on a fresh machine and prints the count in its last line.

    python3 tests/run_all.py [--only STAGE ...] [--jobs N]

Each stage installs or builds what it needs. A stage that fails does not keep the next from running.
"""

from __future__ import annotations

import argparse
import sys
import time

from runner.counts import Counts
from runner.stages import STAGES


def main() -> int:
    """Runs the stages that were asked for; 0 when nothing failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=STAGES, help="run these stages alone")
    parser.add_argument("--jobs", type=int, default=2, help="parallel compiler jobs")
    arguments = parser.parse_args()

    total = Counts()
    for name in arguments.only or STAGES:
        print(f"\n=== {name}", flush=True)
        started = time.monotonic()
        counts = STAGES[name](arguments.jobs)
        total += counts
        print(f"=== {name}: {counts} in {time.monotonic() - started:.0f} s", flush=True)

    for reason in total.reasons:
        print(f"not as it should be: {reason}")
    print(f"\n{total}", flush=True)
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
