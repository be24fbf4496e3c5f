"""Runs calls of the native part: in this thread, or for an asyncio event loop."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from ._native import DeploymentEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._native import Job, Progress

FAREWELL = 0.5
"""Seconds that a call which is cancelled may take to say what it left behind."""


def run(job: Job, on_progress: Callable[[Any], object] | None = None) -> Any:
    """Runs the call in this thread. Ctrl-C ends it, and so does what the callback raises."""
    return job.wait(on_progress)


async def run_async(job: Job, on_progress: Callable[[Any], object] | None = None) -> Any:
    """Runs the call while the event loop goes on. Cancelling the task ends the call.

    What a rollout that is cancelled left behind becomes a note of the ``CancelledError``.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()
    ended = asyncio.Event()
    left: list[str] = []

    def done(value: Any, error: BaseException | None) -> None:
        ended.set()
        if future.done():
            return
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)

    def report(progress: Progress | DeploymentEvent, _: None) -> None:
        if future.done():
            if isinstance(progress, DeploymentEvent) and progress.name == "cancelled":
                left.append(str(progress))
            else:
                return
        if on_progress is None:
            return
        try:
            on_progress(progress)
        except Exception as error:  # noqa: BLE001  it is raised again, where the call is awaited
            if not future.done():
                future.set_exception(error)

    running = job.start(loop, done, report)
    try:
        return await future
    except asyncio.CancelledError as cancelled:
        running.cancel()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), FAREWELL)
        for note in left:
            cancelled.add_note(note)
        raise
    finally:
        running.cancel()
