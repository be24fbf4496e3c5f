"""From a tag to a verified image."""

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
        Platform,
        Policy,
        Progress,
        Repository,
        Tag,
        VerifiedImage,
        Version,
        Wait,
    )
    from ._query import Registry


def resolve_image(
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
) -> VerifiedImage:
    """Resolves an image to a verified one, pinned by its digest.

    Without ``tag`` and ``digest`` it is the tag in ``IMAGE_TAG``, else the alias
    ``{environment}-latest``. ``expected_digest`` is what the build reported, ``platform`` what the
    task runs on, ``revision`` the commit that the image must be labelled with.

    Without ``deadline`` the registry is asked once. With one (seconds, a ``timedelta``, or a
    ``Wait``), what is not there yet is asked for again until it passes, and ``on_progress`` is
    called after each attempt that leaves something to wait for. Ctrl-C ends the wait at once.

    :raises ImageRefusedError: a check failed; ``details["report"]`` says which, and why.
    :raises DeadlineExceededError: the image did not come in time; the cause is the last refusal.
    :raises RemoteError: the registry could not be asked.
    """
    asked = query(repository, tag, digest, environment, expected_digest, platform, revision)
    job = _native.resolve_image(registry, asked, policy, deadline)
    image: VerifiedImage = run(job, on_progress)
    return image


async def resolve_image_async(
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
) -> VerifiedImage:
    """As :func:`resolve_image`, for asyncio. Cancelling the task ends the work."""
    asked = query(repository, tag, digest, environment, expected_digest, platform, revision)
    job = _native.resolve_image(registry, asked, policy, deadline)
    image: VerifiedImage = await run_async(job, on_progress)
    return image
