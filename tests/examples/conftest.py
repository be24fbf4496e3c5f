"""Real parts for the examples."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from support.builder import Builder  # noqa: E402
from support.registry import Registry  # noqa: E402


@pytest.fixture(scope="session")
def registry() -> Iterator[Registry]:
    """A real registry server."""
    with Registry() as server:
        yield server


@pytest.fixture(scope="session")
def builder() -> Iterator[Builder]:
    """A real image builder with a base image in its store."""
    with Builder() as tool:
        tool.make_base()
        yield tool
