"""How a deployment is made, as the core reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from ._native import EcsControl, LoadBalancerTargets, MemoryCluster, Wait

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from ._native import BuildMetadata, Version

Control: TypeAlias = EcsControl | MemoryCluster
"""Where services are."""

Targets: TypeAlias = LoadBalancerTargets | MemoryCluster
"""Where the targets of load balancers are."""


def options(
    *,
    until: str,
    deadline: float | timedelta | Wait | None,
    version: str | Version | None,
    build: BuildMetadata | None,
    deployment_configuration: Mapping[str, Any] | None,
    force_new_deployment: bool,
    hooks: str,
    probe: Mapping[str, Any] | None,
    unguarded: str | None,
) -> dict[str, Any]:
    """The options as JSON values; what is not given is left out."""
    chosen: dict[str, Any] = {"until": until, "hooks": hooks}
    if deadline is not None:
        chosen["wait"] = (deadline if isinstance(deadline, Wait) else Wait(deadline)).to_dict()
    if version is not None:
        chosen["version"] = str(version)
    if build is not None:
        chosen["build"] = build.to_dict()
    if deployment_configuration is not None:
        chosen["deploymentConfiguration"] = dict(deployment_configuration)
    if force_new_deployment:
        chosen["forceNewDeployment"] = True
    if probe is not None:
        chosen["probe"] = dict(probe)
    if unguarded is not None:
        chosen["unguarded"] = unguarded
    return chosen
