"""From many tags to verified images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias, overload

from . import _native
from ._call import run, run_async
from ._native import ImageQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import timedelta

    from ._native import Job, Policy, Progress, VerifiedImage, Wait
    from ._query import Registry
    from .errors import ArtifactDeployError

    Query: TypeAlias = ImageQuery | Mapping[str, Any]


@overload
def resolve_images(
    queries: Iterable[Query],
    *,
    policy: Policy | None = None,
    registry: Registry | None = None,
    deadline: float | timedelta | Wait | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    return_exceptions: Literal[False] = False,
) -> list[VerifiedImage]: ...


@overload
def resolve_images(
    queries: Iterable[Query],
    *,
    policy: Policy | None = None,
    registry: Registry | None = None,
    deadline: float | timedelta | Wait | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    return_exceptions: Literal[True],
) -> list[VerifiedImage | ArtifactDeployError]: ...


def resolve_images(
    queries: Iterable[Query],
    *,
    policy: Policy | None = None,
    registry: Registry | None = None,
    deadline: float | timedelta | Wait | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    return_exceptions: bool = False,
) -> list[Any]:
    """Resolves many images, in the order of ``queries``: one call per repository and 100 images.

    A query is an ``ImageQuery``, or a mapping in its JSON form. All or nothing: when some images
    are refused, ``BatchFailedError`` names each of them. With ``return_exceptions`` the list has
    the error of each image in its place instead.
    """
    job = _job(queries, policy, registry, deadline, return_exceptions=return_exceptions)
    images: list[Any] = run(job, on_progress)
    return images


@overload
async def resolve_images_async(
    queries: Iterable[Query],
    *,
    policy: Policy | None = None,
    registry: Registry | None = None,
    deadline: float | timedelta | Wait | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    return_exceptions: Literal[False] = False,
) -> list[VerifiedImage]: ...


@overload
async def resolve_images_async(
    queries: Iterable[Query],
    *,
    policy: Policy | None = None,
    registry: Registry | None = None,
    deadline: float | timedelta | Wait | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    return_exceptions: Literal[True],
) -> list[VerifiedImage | ArtifactDeployError]: ...


async def resolve_images_async(
    queries: Iterable[Query],
    *,
    policy: Policy | None = None,
    registry: Registry | None = None,
    deadline: float | timedelta | Wait | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    return_exceptions: bool = False,
) -> list[Any]:
    """As :func:`resolve_images`, for asyncio. Cancelling the task ends the work."""
    job = _job(queries, policy, registry, deadline, return_exceptions=return_exceptions)
    images: list[Any] = await run_async(job, on_progress)
    return images


def _job(
    queries: Iterable[Query],
    policy: Policy | None,
    registry: Registry | None,
    deadline: float | timedelta | Wait | None,
    *,
    return_exceptions: bool,
) -> Job:
    asked = [
        query if isinstance(query, ImageQuery) else ImageQuery.from_json(query) for query in queries
    ]
    return _native.resolve_images(registry, asked, policy, deadline, return_exceptions)
