"""One emulator with real containers for all tests; where there cannot be one, they are skipped."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from support.real_ecs import NotHere, RealEcs  # noqa: E402


@pytest.fixture(scope="session")
def ecs() -> Iterator[RealEcs]:
    """The emulator."""
    try:
        running = RealEcs()
        running.__enter__()
    except NotHere as reason:
        pytest.skip(f"no real containers: {reason}")
    try:
        yield running
    finally:
        running.__exit__(None, None, None)
