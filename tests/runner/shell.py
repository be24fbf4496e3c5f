"""Runs commands: what they print is shown as it comes and kept for counting."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from .counts import Counts

ROOT = Path(__file__).resolve().parents[2]


def run(
    command: Sequence[str | Path],
    folder: Path = ROOT,
    environment: dict[str, str] | None = None,
) -> tuple[int, str]:
    """Runs `command` in `folder`; gives its exit status and everything that it printed."""
    words = [str(word) for word in command]
    print(f"$ {shlex.join(words)}", flush=True)
    process = subprocess.Popen(
        words,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        sys.stdout.write(line)
        sys.stdout.flush()
        lines.append(line)
    return process.wait(), "".join(lines)


def check(
    name: str,
    command: Sequence[str | Path],
    folder: Path = ROOT,
    environment: dict[str, str] | None = None,
) -> Counts:
    """A command that counts as one check: passed when it exits with 0."""
    status, _ = run(command, folder, environment)
    if status == 0:
        return Counts(passed=1)
    return Counts(failed=1, reasons=[f"{name}: exit status {status}"])


def run_tests(
    name: str,
    count: Callable[[str], Counts],
    command: Sequence[str | Path],
    folder: Path = ROOT,
    environment: dict[str, str] | None = None,
) -> Counts:
    """A test runner, whose own closing lines are counted."""
    status, output = run(command, folder, environment)
    counts = count(output)
    if status != 0 and not counts.failed:
        # It failed before or beside its tests: a build error, a crash, an empty selection.
        counts += Counts(failed=1, reasons=[f"{name}: exit status {status}"])
    elif counts.failed:
        counts.reasons.append(f"{name}: {counts.failed} failed")
    if status == 0 and not counts.passed:
        counts += Counts(failed=1, reasons=[f"{name}: no test ran"])
    return counts


def skipped(name: str, why: str) -> Counts:
    """A check that cannot be made here, said loudly."""
    print(f"!!! SKIPPED {name}: {why}", flush=True)
    return Counts(skipped=1, reasons=[f"{name} was skipped: {why}"])


def have(*programs: str) -> bool:
    """Whether all these programs are on PATH."""
    return all(shutil.which(program) for program in programs)
