"""Promotion: the same bytes under the version of another environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _native
from ._call import run, run_async

if TYPE_CHECKING:
    from datetime import timedelta

    from ._native import (
        EcrRegistry,
        Environment,
        MemoryRegistry,
        Promotion,
        Proof,
        VerifiedImage,
        Wait,
    )


def promote(
    image: VerifiedImage,
    to: str | Environment,
    *,
    registry: EcrRegistry | MemoryRegistry | None = None,
    deadline: float | timedelta | Wait | None = None,
) -> Promotion:
    """Gives a verified image the version and the tag of another environment.

    ``image`` has to be resolved by the tag of its version. Nothing is built or copied: the manifest
    is put under the new tag as it is, and what the gate then finds there must have the same digest.
    A repeated promotion changes nothing.

    :raises VersionConflictError: the new tag leads to other bytes.
    :raises InvalidVersionError: the image does not have the tag of a version.
    """
    promotion: Promotion = run(_native.promote(image, to, registry, deadline))
    return promotion


async def promote_async(
    image: VerifiedImage,
    to: str | Environment,
    *,
    registry: EcrRegistry | MemoryRegistry | None = None,
    deadline: float | timedelta | Wait | None = None,
) -> Promotion:
    """As :func:`promote`, for asyncio."""
    promotion: Promotion = await run_async(_native.promote(image, to, registry, deadline))
    return promotion


def move_alias(
    promotion: Promotion,
    proof: Proof,
    *,
    registry: EcrRegistry | MemoryRegistry | None = None,
) -> str:
    """Lets the alias of the environment lead to the promoted image, and gives it.

    ``proof`` has to show that every running task of a service runs this very image: that of
    :func:`verify_running`, or ``record.proof`` of the deployment.

    :raises ProofFailedError: the proof is of something else, or does not verify.
    """
    tag: str = run(_native.move_alias(promotion, proof, registry))
    return tag


async def move_alias_async(
    promotion: Promotion,
    proof: Proof,
    *,
    registry: EcrRegistry | MemoryRegistry | None = None,
) -> str:
    """As :func:`move_alias`, for asyncio."""
    tag: str = await run_async(_native.move_alias(promotion, proof, registry))
    return tag
