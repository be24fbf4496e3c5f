"""What a deployment would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _native
from ._call import run, run_async
from ._deploy_options import options

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from ._deploy_options import Control
    from ._native import DeploymentPlan, RenderedTaskDefinition, Version, Wait
    from ._query import Registry


def plan_deployment(
    service: str,
    what: RenderedTaskDefinition | str,
    *,
    version: str | Version | None = None,
    deployment_configuration: Mapping[str, Any] | None = None,
    force_new_deployment: bool = False,
    unguarded: str | None = None,
    deadline: float | timedelta | Wait | None = None,
    control: Control | None = None,
    registry: Registry | None = None,
) -> DeploymentPlan:
    """Says what :func:`deploy` would do with the same arguments, and changes nothing.

    The plan has the difference of the task definitions, that of the service, the gate's reports,
    whether a revision would be registered, and whether a newer version stands in the way.
    """
    chosen = _chosen(
        version, deployment_configuration, unguarded, deadline, force=force_new_deployment
    )
    job = _native.plan_deployment(service, what, control, registry, chosen)
    plan: DeploymentPlan = run(job)
    return plan


async def plan_deployment_async(
    service: str,
    what: RenderedTaskDefinition | str,
    *,
    version: str | Version | None = None,
    deployment_configuration: Mapping[str, Any] | None = None,
    force_new_deployment: bool = False,
    unguarded: str | None = None,
    deadline: float | timedelta | Wait | None = None,
    control: Control | None = None,
    registry: Registry | None = None,
) -> DeploymentPlan:
    """As :func:`plan_deployment`, for asyncio."""
    chosen = _chosen(
        version, deployment_configuration, unguarded, deadline, force=force_new_deployment
    )
    job = _native.plan_deployment(service, what, control, registry, chosen)
    plan: DeploymentPlan = await run_async(job)
    return plan


def _chosen(
    version: str | Version | None,
    deployment_configuration: Mapping[str, Any] | None,
    unguarded: str | None,
    deadline: float | timedelta | Wait | None,
    *,
    force: bool,
) -> dict[str, Any]:
    return options(
        until="verified",
        deadline=deadline,
        version=version,
        build=None,
        deployment_configuration=deployment_configuration,
        force_new_deployment=force,
        hooks="report",
        probe=None,
        unguarded=unguarded,
    )
