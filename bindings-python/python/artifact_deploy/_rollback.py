"""What a service ran before, and the way back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from . import _native
from ._call import run, run_async
from ._deploy_options import options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import timedelta

    from ._deploy_options import Control, Targets
    from ._native import DeploymentEvent, EvidenceRecord, History, Policy, Version, Wait
    from ._query import Registry


def deployment_history(
    service: str, *, limit: int = 100, control: Control | None = None
) -> History:
    """What a service ran and was told to run, newest first, at most ``limit`` deployments.

    Where the endpoint has no service deployments, the revisions of the task definition take their
    place; ``source`` says which it is.

    :raises ServiceNotFoundError: ECS does not have the service.
    """
    history: History = run(_native.deployment_history(service, limit, control))
    return history


async def deployment_history_async(
    service: str, *, limit: int = 100, control: Control | None = None
) -> History:
    """As :func:`deployment_history`, for asyncio."""
    history: History = await run_async(_native.deployment_history(service, limit, control))
    return history


def rollback(
    service: str,
    to: str | Version | None = None,
    *,
    until: Literal["registered", "deployed", "stable", "verified"] = "verified",
    deadline: float | timedelta | Wait | None = None,
    on_event: Callable[[DeploymentEvent], object] | None = None,
    hooks: Literal["report", "continue", "roll-back"] = "report",
    probe: Mapping[str, Any] | None = None,
    policy: Policy | None = None,
    control: Control | None = None,
    registry: Registry | None = None,
    targets: Targets | None = None,
    check: bool = True,
) -> EvidenceRecord:
    """Takes a service back to an earlier version, and proves that it runs it.

    Without ``to`` it is the latest that is known to be good and is not in place; else a version
    that it ran before, or the ARN of a revision. The images of the target pass the gate
    (``policy``) first: what was good once may be gone from the registry since. Nothing is
    registered again.

    :raises NoKnownGoodError: there is nothing to go back to.
    :raises ImageRefusedError: the image of the target is not sound any more.

    And everything that :func:`deploy` raises.
    """
    chosen = _chosen(until, deadline, hooks, probe)
    job = _native.rollback(service, to, control, registry, targets, policy, chosen, check)
    record: EvidenceRecord = run(job, on_event)
    return record


async def rollback_async(
    service: str,
    to: str | Version | None = None,
    *,
    until: Literal["registered", "deployed", "stable", "verified"] = "verified",
    deadline: float | timedelta | Wait | None = None,
    on_event: Callable[[DeploymentEvent], object] | None = None,
    hooks: Literal["report", "continue", "roll-back"] = "report",
    probe: Mapping[str, Any] | None = None,
    policy: Policy | None = None,
    control: Control | None = None,
    registry: Registry | None = None,
    targets: Targets | None = None,
    check: bool = True,
) -> EvidenceRecord:
    """As :func:`rollback`, for asyncio."""
    chosen = _chosen(until, deadline, hooks, probe)
    job = _native.rollback(service, to, control, registry, targets, policy, chosen, check)
    record: EvidenceRecord = await run_async(job, on_event)
    return record


def _chosen(
    until: str,
    deadline: float | timedelta | Wait | None,
    hooks: str,
    probe: Mapping[str, Any] | None,
) -> dict[str, Any]:
    return options(
        until=until,
        deadline=deadline,
        version=None,
        build=None,
        deployment_configuration=None,
        force_new_deployment=False,
        hooks=hooks,
        probe=probe,
        unguarded=None,
    )
