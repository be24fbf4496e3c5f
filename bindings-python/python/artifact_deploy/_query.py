"""From keyword arguments to a query of the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ._native import EcrRegistry, ImageQuery, MemoryRegistry, OciRegistry, Version, default_tag

if TYPE_CHECKING:
    from ._native import Commit, Digest, Environment, Platform, Repository, Tag

Registry: TypeAlias = EcrRegistry | OciRegistry | MemoryRegistry
"""Where images are looked up. ``None`` in its place: the address of each repository decides."""


def query(
    repository: str | Repository,
    tag: str | Tag | Version | None,
    digest: str | Digest | None,
    environment: str | Environment | None,
    expected_digest: str | Digest | None,
    platform: str | Platform | None,
    revision: str | Commit | None,
) -> ImageQuery:
    """The query; without tag and digest, of the default tag of this process."""
    if tag is None and digest is None:
        tag = default_tag(environment)
    return ImageQuery(
        repository,
        tag=tag.tag if isinstance(tag, Version) else tag,
        digest=digest,
        expected_digest=expected_digest,
        platform=platform,
        revision=revision,
    )
