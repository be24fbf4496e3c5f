"""Builds what the comparison needs, and runs it: `make bench`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from runner import machine
from runner.shell import ROOT, run


def main() -> int:
    """The exit status of the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2, help="parallel compiler jobs")
    parser.add_argument("--rounds", type=int, default=7, help="how often each pair runs")
    options = parser.parse_args()

    jobs = {"CARGO_BUILD_JOBS": str(options.jobs)}
    python = machine.environment(".venv-bench") / "python"
    package = "./bindings-python"
    steps: list[list[str | Path]] = [
        [python, "-m", "pip", "install", "-q", "--force-reinstall", "--no-deps", package],
        [python, ROOT / "tests" / "bench" / "compare.py", "--rounds", str(options.rounds)],
    ]
    for step in steps:
        status, _ = run(step, environment=jobs)
        if status != 0:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
