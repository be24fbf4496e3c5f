"""Runs calls of the native part: in this thread, or for an asyncio event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._native import Job, Progress


def run(job: Job, on_progress: Callable[[Progress], object] | None = None) -> Any:
    """Runs the call in this thread. Ctrl-C ends it, and so does what the callback raises."""
    return job.wait(on_progress)


async def run_async(job: Job, on_progress: Callable[[Progress], object] | None = None) -> Any:
    """Runs the call while the event loop goes on. Cancelling the task ends the call."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()

    def done(value: Any, error: BaseException | None) -> None:
        if future.done():
            return
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)

    def report(progress: Progress, _: None) -> None:
        if on_progress is None or future.done():
            return
        try:
            on_progress(progress)
        except Exception as error:  # noqa: BLE001  it is raised again, where the call is awaited
            future.set_exception(error)

    running = job.start(loop, done, None if on_progress is None else report)
    try:
        return await future
    finally:
        running.cancel()
