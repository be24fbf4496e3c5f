"""The asyncio versions: the loop goes on, cancelling ends the work, errors arrive whole."""

from __future__ import annotations

import asyncio
import inspect
import threading

import artifact_deploy as ad
import pytest

WAIT = ad.Wait(30, first_delay=0.02, longest_delay=0.02)
PAIRS = [name for name in ad.__all__ if name.endswith("_async")]


def empty() -> ad.MemoryRegistry:
    registry = ad.MemoryRegistry()
    registry.create_repository("my/app")
    return registry


@pytest.mark.parametrize("name", PAIRS)
def test_each_asyncio_version_is_a_coroutine_function_with_the_same_arguments(name: str) -> None:
    asynchronous, plain = getattr(ad, name), getattr(ad, name.removesuffix("_async"))
    assert inspect.iscoroutinefunction(asynchronous)
    assert inspect.signature(asynchronous) == inspect.signature(plain)


def test_every_call_gives_what_its_plain_version_gives() -> None:
    registry = ad.MemoryRegistry()
    registry.push("my/app", ["v1"], platforms=["linux/amd64", "linux/arm64"])
    queries = [ad.ImageQuery("my/app", tag="v1")]

    async def main() -> None:
        image = await ad.resolve_image_async("my/app", tag="v1", registry=registry)
        assert image == ad.resolve_image("my/app", tag="v1", registry=registry)
        assert await ad.resolve_images_async(queries, registry=registry) == [image]
        report = await ad.inspect_image_async("my/app", tag="v1", registry=registry)
        assert report == image.report
        found = await ad.check_publication_async("my/app", "v1", registry=registry)
        assert found.digest == image.digest

    asyncio.run(main())


def test_an_error_is_raised_where_the_call_is_awaited() -> None:
    async def main() -> None:
        with pytest.raises(ad.errors.ImageNotFoundError) as caught:
            await ad.resolve_image_async("my/app", tag="v1", registry=empty())
        assert caught.value.details["report"]["verdict"] == "refused"

    asyncio.run(main())


def test_cancelling_the_task_ends_the_work() -> None:
    registry = empty()

    async def main() -> None:
        call = ad.resolve_image_async("my/app", tag="v1", registry=registry, deadline=WAIT)
        task = asyncio.create_task(call)
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.sleep(0.05)
        asked = registry.calls["lookUp"]
        assert asked > 1
        await asyncio.sleep(0.3)
        assert registry.calls["lookUp"] == asked

    asyncio.run(main())


def test_a_timeout_of_asyncio_ends_a_call_that_hangs() -> None:
    registry = empty()
    registry.inject({"operation": "look-up", "fault": "hang"})

    async def main() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await ad.resolve_image_async("my/app", tag="v1", registry=registry)

    asyncio.run(main())


def test_the_loop_goes_on_while_many_calls_wait() -> None:
    registry = empty()
    turns = 0

    async def tick() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0.01)
            turns += 1

    async def main() -> None:
        ticking = asyncio.create_task(tick())
        calls = [
            ad.resolve_image_async("my/app", tag=f"v{n}", registry=registry, deadline=0.4)
            for n in range(50)
        ]
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
        assert {type(outcome) for outcome in outcomes} == {ad.errors.DeadlineExceededError}
        ticking.cancel()

    asyncio.run(main())
    assert turns > 10


def test_progress_is_told_in_the_thread_of_the_loop_and_in_order() -> None:
    registry = ad.MemoryRegistry()
    registry.push("my/app", ["v1"])
    registry.inject({"operation": "look-up", "fault": "missing", "times": 3})
    told: list[tuple[int, int]] = []

    def on_progress(progress: ad.Progress) -> None:
        told.append((progress.attempt, threading.get_ident()))

    async def main() -> None:
        await ad.resolve_image_async(
            "my/app", tag="v1", registry=registry, deadline=WAIT, on_progress=on_progress
        )

    asyncio.run(main())
    assert told == [(attempt, threading.get_ident()) for attempt in (1, 2, 3)]


def test_what_a_progress_callback_raises_ends_the_call() -> None:
    registry = empty()

    def on_progress(_: ad.Progress) -> None:
        raise LookupError("enough")

    async def main() -> None:
        with pytest.raises(LookupError, match="enough"):
            await ad.resolve_image_async(
                "my/app", tag="v1", registry=registry, deadline=WAIT, on_progress=on_progress
            )
        asked = registry.calls["lookUp"]
        await asyncio.sleep(0.2)
        assert registry.calls["lookUp"] == asked

    asyncio.run(main())


def test_a_loop_that_is_closed_before_the_answer_harms_nothing() -> None:
    registry = ad.MemoryRegistry()
    registry.push("my/app", ["v1"])

    async def leave() -> None:
        call = ad.resolve_image_async("my/app", tag="v2", registry=registry, deadline=WAIT)
        asyncio.create_task(call)  # noqa: RUF006
        await asyncio.sleep(0.05)

    for _ in range(3):
        asyncio.run(leave())
    image = asyncio.run(ad.resolve_image_async("my/app", tag="v1", registry=registry))
    assert image.tag == "v1"


def test_several_loops_in_several_threads_share_the_runtime() -> None:
    registry = ad.MemoryRegistry()
    registry.push("my/app", ["v1"])
    found: list[ad.VerifiedImage] = []

    def run() -> None:
        call = ad.resolve_image_async("my/app", tag="v1", registry=registry)
        found.append(asyncio.run(call))

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
