"""Answering a deployment that waits, and taking one back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from . import _native
from ._call import run, run_async

if TYPE_CHECKING:
    from ._deploy_options import Control


def continue_deployment(
    service_deployment: str,
    hook_id: str,
    action: Literal["continue", "rollback"] = "continue",
    *,
    control: Control | None = None,
) -> None:
    """Answers the hook in which a service deployment waits; its ``paused`` event names both.

    :raises ConflictError: it does not wait.
    """
    run(_native.continue_deployment(service_deployment, hook_id, action, control))


async def continue_deployment_async(
    service_deployment: str,
    hook_id: str,
    action: Literal["continue", "rollback"] = "continue",
    *,
    control: Control | None = None,
) -> None:
    """As :func:`continue_deployment`, for asyncio."""
    await run_async(_native.continue_deployment(service_deployment, hook_id, action, control))


def stop_deployment(service_deployment: str, *, control: Control | None = None) -> None:
    """Takes a service deployment that is under way back to what was there before.

    :raises ConflictError: it has come to its end.
    """
    run(_native.stop_deployment(service_deployment, control))


async def stop_deployment_async(service_deployment: str, *, control: Control | None = None) -> None:
    """As :func:`stop_deployment`, for asyncio."""
    await run_async(_native.stop_deployment(service_deployment, control))
