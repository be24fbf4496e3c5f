"""Before a push: whether a version is still unpublished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _native
from ._call import run, run_async
from ._native import Version

if TYPE_CHECKING:
    from ._native import Digest, Publication, Repository, Tag
    from ._query import Registry


def check_publication(
    repository: str | Repository,
    tag: str | Tag | Version,
    *,
    digest: str | Digest | None = None,
    registry: Registry | None = None,
) -> Publication:
    """Asks whether ``tag`` is still unpublished. ``digest`` is what the build has, when known.

    Absent: push. Published with the same digest: done already. An answer of a moment: only a
    repository with immutable tags decides who is first.

    :raises VersionConflictError: the tag is there with another digest; never push over it.
    """
    job = _native.publication(registry, repository, _tag(tag), digest)
    publication: Publication = run(job)
    return publication


async def check_publication_async(
    repository: str | Repository,
    tag: str | Tag | Version,
    *,
    digest: str | Digest | None = None,
    registry: Registry | None = None,
) -> Publication:
    """As :func:`check_publication`, for asyncio. Cancelling the task ends the work."""
    job = _native.publication(registry, repository, _tag(tag), digest)
    publication: Publication = await run_async(job)
    return publication


def _tag(tag: str | Tag | Version) -> str | Tag:
    return tag.tag if isinstance(tag, Version) else tag
