"""Runs calls of the native part: in this thread, or for an asyncio event loop."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from ._native import DeploymentEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._native import Job

FAREWELL = 0.5
"""Seconds that a call which is cancelled may take to say what it left behind."""


def run(job: Job, on_progress: Callable[[Any], object] | None = None) -> Any:
    """Runs the call in this thread. Ctrl-C ends it, and so does what the callback raises."""
    return job.wait(on_progress)


async def run_async(job: Job, on_progress: Callable[[Any], object] | None = None) -> Any:
    """Runs the call while the event loop goes on. Cancelling the task ends the call.

    What a rollout that is cancelled left behind becomes a note of the ``CancelledError``.
    """
    call = _Call(on_progress)
    running = job.start(asyncio.get_running_loop(), call.done, call.report)
    try:
        return await call.result
    except asyncio.CancelledError as cancelled:
        running.cancel()
        await call.say_what_was_left(cancelled)
        raise
    finally:
        running.cancel()


class _Call:
    """A call that an event loop waits for; the native part calls ``done`` and ``report``."""

    def __init__(self, on_progress: Callable[[Any], object] | None) -> None:
        self.result: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._on_progress = on_progress
        self._ended = asyncio.Event()
        self._left: list[str] = []

    def done(self, value: Any, error: BaseException | None) -> None:
        self._ended.set()
        if self.result.done():
            return
        if error is None:
            self.result.set_result(value)
        else:
            self.result.set_exception(error)

    def report(self, progress: Any, _: None) -> None:
        if self.result.done():
            if not (isinstance(progress, DeploymentEvent) and progress.name == "cancelled"):
                return
            self._left.append(str(progress))
        if self._on_progress is None:
            return
        try:
            self._on_progress(progress)
        except Exception as error:  # noqa: BLE001  it is raised again, where the call is awaited
            if not self.result.done():
                self.result.set_exception(error)

    async def say_what_was_left(self, cancelled: asyncio.CancelledError) -> None:
        """Gives the call a moment to say it; a cancelled task must still end soon."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), FAREWELL)
        for note in self._left:
            cancelled.add_note(note)
