"""Proving what the running tasks of a service run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _native
from ._call import run, run_async

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._deploy_options import Control
    from ._native import Proof, RenderedTaskDefinition, VerifiedImage


def verify_running(
    service: str,
    meant: RenderedTaskDefinition | Mapping[str, VerifiedImage] | Mapping[str, Any] | None = None,
    *,
    control: Control | None = None,
) -> Proof:
    """Looks at every running task of a service, and says what each really runs.

    ``meant`` is a rendered task definition, or the verified image of each container. Without it, it
    is what the service's own task definition pins. The proof says what was found, whatever that is;
    ``require_verified()`` makes an error of everything but success.

    :raises ServiceNotFoundError: ECS does not have the service.
    :raises RemoteError: ECS could not be asked.
    """
    proof: Proof = run(_native.verify_running(service, meant, control))
    return proof


async def verify_running_async(
    service: str,
    meant: RenderedTaskDefinition | Mapping[str, VerifiedImage] | Mapping[str, Any] | None = None,
    *,
    control: Control | None = None,
) -> Proof:
    """As :func:`verify_running`, for asyncio."""
    proof: Proof = await run_async(_native.verify_running(service, meant, control))
    return proof
