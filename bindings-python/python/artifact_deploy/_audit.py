"""Looking at many services at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _native
from ._call import run, run_async

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ._deploy_options import Control


def audit_services(
    on_service: Callable[[dict[str, Any]], object],
    *,
    cluster: str | None = None,
    services: Iterable[str] = (),
    with_versions: bool = False,
    with_order: bool = False,
    look_again: bool = False,
    control: Control | None = None,
) -> dict[str, Any]:
    """Says of every service of ``cluster``, or of each of ``services``, whether its tasks agree.

    ``on_service`` is called with each verdict as it is known; nothing is kept, so that the memory
    does not grow with the number of services. Tasks are judged by the digest that their own image
    is pinned to, which needs no further call: 10 services and 100 tasks to a request, within the
    limits of ECS. ``with_versions`` describes each different task definition, ``with_order`` finds
    an older version in the place of a newer one, ``look_again`` looks once more at what is not
    sound. Gives the counts.

    :raises ClusterNotFoundError: ECS does not have the cluster.
    """
    job = _native.audit_services(
        cluster, list(services), with_versions, with_order, look_again, control
    )
    summary: dict[str, Any] = run(job, on_service)
    return summary


async def audit_services_async(
    on_service: Callable[[dict[str, Any]], object],
    *,
    cluster: str | None = None,
    services: Iterable[str] = (),
    with_versions: bool = False,
    with_order: bool = False,
    look_again: bool = False,
    control: Control | None = None,
) -> dict[str, Any]:
    """As :func:`audit_services`, for asyncio."""
    job = _native.audit_services(
        cluster, list(services), with_versions, with_order, look_again, control
    )
    summary: dict[str, Any] = await run_async(job, on_service)
    return summary
