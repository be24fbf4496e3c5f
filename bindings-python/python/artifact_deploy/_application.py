"""What the running application says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _native
from ._call import run, run_async

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from ._native import Wait


def wait_for_application(
    probe: Mapping[str, Any], *, deadline: float | timedelta | Wait
) -> dict[str, Any]:
    """Asks the running application until it has reported what was meant several times in a row.

    ``probe`` is ``{"url", "version" or "commit" or "digest", "times"?, "pointer"?, "headers"?}``.

    :raises ApplicationMismatchError: it still reported something else at the deadline.
    """
    answers: dict[str, Any] = run(_native.wait_for_application(probe, deadline))
    return answers


async def wait_for_application_async(
    probe: Mapping[str, Any], *, deadline: float | timedelta | Wait
) -> dict[str, Any]:
    """As :func:`wait_for_application`, for asyncio."""
    answers: dict[str, Any] = await run_async(_native.wait_for_application(probe, deadline))
    return answers
