"""Deploying a service, watching it, and proving what runs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Literal

from . import _native
from ._call import run, run_async
from ._deploy_options import options

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from datetime import timedelta

    from ._deploy_options import Control, Targets
    from ._native import (
        BuildMetadata,
        DeploymentEvent,
        EvidenceRecord,
        RenderedTaskDefinition,
        Version,
        Wait,
    )
    from ._query import Registry


def deploy(
    service: str,
    what: RenderedTaskDefinition | str,
    *,
    until: Literal["registered", "deployed", "stable", "verified"] = "verified",
    deadline: float | timedelta | Wait | None = None,
    on_event: Callable[[DeploymentEvent], object] | None = None,
    version: str | Version | None = None,
    build: BuildMetadata | None = None,
    deployment_configuration: Mapping[str, Any] | None = None,
    force_new_deployment: bool = False,
    hooks: Literal["report", "continue", "roll-back"] = "report",
    probe: Mapping[str, Any] | None = None,
    unguarded: str | None = None,
    control: Control | None = None,
    registry: Registry | None = None,
    targets: Targets | None = None,
    check: bool = True,
) -> EvidenceRecord:
    """Deploys to a service, and returns when every running task is proven to run what was meant.

    ``service`` is ``"cluster/service"`` or the ARN of the service. ``what`` is a rendered task
    definition, which is registered unless its content is registered already; or the ARN of a
    revision, whose images pass the gate first.

    A version never takes the place of a newer one, unless ``unguarded`` gives a reason. ``until``
    says how far to go. Without ``deadline`` the time follows from the service. ``on_event`` hears
    of everything that happens. ``probe`` asks the running application for its version
    (``{"url": …}``), ``targets`` the load balancers for the health of its targets. ``hooks`` says
    what becomes of a deployment that waits in a hook.

    Success is only that *this* deployment came to its end and every task runs its image. With
    ``check=False`` every end is returned as a record, whatever its ``outcome``.

    Ctrl-C ends the call, not the deployment: the note on the ``KeyboardInterrupt`` says what state
    was left behind.

    :raises DeploymentRolledBackError: ECS took it back; the version before is in place.
    :raises DeploymentFailedError: it failed and was not taken back.
    :raises DeploymentSupersededError: a newer version, or another deployment, took its place.
    :raises DeadlineExceededError: it had not come to its end; ECS goes on by itself.
    :raises ControlError: ECS could not be asked, or refused.

    Each of them has the record in ``details["record"]``.
    """
    job = _native.deploy(
        service,
        what,
        control,
        registry,
        targets,
        options(
            until=until,
            deadline=deadline,
            version=version,
            build=build,
            deployment_configuration=deployment_configuration,
            force_new_deployment=force_new_deployment,
            hooks=hooks,
            probe=probe,
            unguarded=unguarded,
        ),
        check,
    )
    record: EvidenceRecord = run(job, on_event)
    return record


async def deploy_async(
    service: str,
    what: RenderedTaskDefinition | str,
    *,
    until: Literal["registered", "deployed", "stable", "verified"] = "verified",
    deadline: float | timedelta | Wait | None = None,
    on_event: Callable[[DeploymentEvent], object] | None = None,
    version: str | Version | None = None,
    build: BuildMetadata | None = None,
    deployment_configuration: Mapping[str, Any] | None = None,
    force_new_deployment: bool = False,
    hooks: Literal["report", "continue", "roll-back"] = "report",
    probe: Mapping[str, Any] | None = None,
    unguarded: str | None = None,
    control: Control | None = None,
    registry: Registry | None = None,
    targets: Targets | None = None,
    check: bool = True,
) -> EvidenceRecord:
    """As :func:`deploy`, for asyncio. Cancelling the task ends the call, not the deployment."""
    job = _native.deploy(
        service,
        what,
        control,
        registry,
        targets,
        options(
            until=until,
            deadline=deadline,
            version=version,
            build=build,
            deployment_configuration=deployment_configuration,
            force_new_deployment=force_new_deployment,
            hooks=hooks,
            probe=probe,
            unguarded=unguarded,
        ),
        check,
    )
    record: EvidenceRecord = await run_async(job, on_event)
    return record


class DeploymentEvents:
    """A deployment as an asynchronous iterator of its events; ``record`` has the end of it."""

    def __init__(self, service: str, what: RenderedTaskDefinition | str, **arguments: Any) -> None:
        self._events: asyncio.Queue[DeploymentEvent | None] = asyncio.Queue()
        self._task = asyncio.ensure_future(self._run(service, what, arguments))

    async def _run(
        self, service: str, what: RenderedTaskDefinition | str, arguments: dict[str, Any]
    ) -> EvidenceRecord:
        try:
            return await deploy_async(service, what, on_event=self._events.put_nowait, **arguments)
        finally:
            self._events.put_nowait(None)

    async def __aiter__(self) -> AsyncIterator[DeploymentEvent]:
        try:
            while (event := await self._events.get()) is not None:
                yield event
            # What is no success must not end the loop as if it were.
            await self._task
        finally:
            if not self._task.done():
                self._task.cancel()

    async def record(self) -> EvidenceRecord:
        """The record, once the deployment has ended; raises what :func:`deploy` raises."""
        return await self._task


def deploy_events(
    service: str, what: RenderedTaskDefinition | str, **arguments: Any
) -> DeploymentEvents:
    """As :func:`deploy_async`, for ``async for event in …``; then ``await events.record()``.

    The loop ends with what :func:`deploy` raises when the deployment is no success.

    Takes the same arguments but ``on_event``. Leaving the loop early ends the call, not the
    deployment.
    """
    if "on_event" in arguments:
        message = "deploy_events gives the events itself; leave on_event out"
        raise TypeError(message)
    return DeploymentEvents(service, what, **arguments)
