"""What the gate finds on an image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _native
from ._call import run, run_async
from ._query import query

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from ._native import (
        Commit,
        Digest,
        Environment,
        GateReport,
        Platform,
        Policy,
        Progress,
        Repository,
        Tag,
        Version,
        Wait,
    )
    from ._query import Registry


def inspect_image(
    repository: str | Repository,
    *,
    tag: str | Tag | Version | None = None,
    digest: str | Digest | None = None,
    environment: str | Environment | None = None,
    expected_digest: str | Digest | None = None,
    platform: str | Platform | None = None,
    revision: str | Commit | None = None,
    policy: Policy | None = None,
    registry: Registry | None = None,
    deadline: float | timedelta | Wait | None = None,
    on_progress: Callable[[Progress], object] | None = None,
) -> GateReport:
    """Judges an image and gives the report, whatever the verdict: a refusal raises nothing.

    The arguments are those of :func:`resolve_image`. A report proves nothing: a task definition
    takes only what :func:`resolve_image` gives.

    :raises RemoteError: the registry could not be asked at all.
    """
    asked = query(repository, tag, digest, environment, expected_digest, platform, revision)
    job = _native.inspect_image(registry, asked, policy, deadline)
    report: GateReport = run(job, on_progress)
    return report


async def inspect_image_async(
    repository: str | Repository,
    *,
    tag: str | Tag | Version | None = None,
    digest: str | Digest | None = None,
    environment: str | Environment | None = None,
    expected_digest: str | Digest | None = None,
    platform: str | Platform | None = None,
    revision: str | Commit | None = None,
    policy: Policy | None = None,
    registry: Registry | None = None,
    deadline: float | timedelta | Wait | None = None,
    on_progress: Callable[[Progress], object] | None = None,
) -> GateReport:
    """As :func:`inspect_image`, for asyncio. Cancelling the task ends the work."""
    asked = query(repository, tag, digest, environment, expected_digest, platform, revision)
    job = _native.inspect_image(registry, asked, policy, deadline)
    report: GateReport = await run_async(job, on_progress)
    return report
