"""Calls that take time: signals, threads, callbacks, forks."""

from __future__ import annotations

import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import artifact_deploy as ad
import pytest
from signals import interrupt

HANGING = """
    registry = ad.MemoryRegistry()
    registry.push("my/app", ["v1"])
    registry.inject({"operation": "look-up", "fault": "hang"})
"""
LATE = """
    registry = ad.MemoryRegistry()
    registry.create_repository("my/app")
"""


def program(*parts: str) -> list[str]:
    body = "import artifact_deploy as ad\n" + "".join(textwrap.dedent(part) for part in parts)
    return [sys.executable, "-c", body]


@contextmanager
def black_hole() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


CALL = """
    print("waiting", flush=True)
    ad.resolve_image("my/app", tag="v1", registry=registry, deadline=600)
"""


@pytest.mark.parametrize("registry", [HANGING, LATE], ids=["a call that hangs", "a long wait"])
def test_ctrl_c_ends_a_wait_within_a_second(registry: str) -> None:
    took, _, said = interrupt(program(registry, CALL))
    assert "KeyboardInterrupt" in said
    assert took < 1


@pytest.mark.parametrize("kind", ["OciRegistry", "EcrRegistry"])
def test_ctrl_c_ends_a_call_to_an_endpoint_that_never_answers(kind: str) -> None:
    with black_hole() as port:
        if kind == "OciRegistry":
            make = f"registry = ad.OciRegistry()\nname = '127.0.0.1:{port}/my/app'\n"
        else:
            make = (
                "import os\n"
                "os.environ.update(AWS_ACCESS_KEY_ID='test', AWS_SECRET_ACCESS_KEY='test')\n"
                "registry = ad.EcrRegistry(region='eu-central-1', "
                f"endpoint_url='http://127.0.0.1:{port}')\nname = 'my/app'\n"
            )
        call = CALL.replace('"my/app"', "name")
        took, _, said = interrupt(program(make, call))
    assert "KeyboardInterrupt" in said
    assert took < 1


def test_ctrl_c_ends_an_asyncio_program_within_a_second() -> None:
    call = """
        import asyncio

        async def main():
            print("waiting", flush=True)
            await ad.resolve_image_async("my/app", tag="v1", registry=registry, deadline=600)

        asyncio.run(main())
    """
    took, _, said = interrupt(program(HANGING, call))
    assert "KeyboardInterrupt" in said
    assert took < 1


def test_other_threads_run_while_a_call_waits() -> None:
    registry = ad.MemoryRegistry()
    registry.create_repository("my/app")
    turns = 0
    over = threading.Event()

    def count() -> None:
        nonlocal turns
        while not over.wait(0.005):
            turns += 1

    other = threading.Thread(target=count)
    other.start()
    with pytest.raises(ad.errors.DeadlineExceededError):
        ad.resolve_image("my/app", tag="v1", registry=registry, deadline=0.5)
    over.set()
    other.join()
    assert turns > 20


def test_many_threads_share_one_registry() -> None:
    registry = ad.MemoryRegistry()
    digest = registry.push("my/app", ["v1"])
    found: list[str] = []

    def resolve() -> None:
        found.extend(
            ad.resolve_image("my/app", tag="v1", registry=registry).digest for _ in range(20)
        )

    threads = [threading.Thread(target=resolve) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [digest] * 320
    assert registry.calls["lookUp"] == 320


WAIT = ad.Wait(5, first_delay=0.02, longest_delay=0.05)


def test_progress_is_told_in_the_thread_that_waits() -> None:
    registry = ad.MemoryRegistry()
    registry.push("my/app", ["v1"])
    registry.inject({"operation": "look-up", "fault": "missing", "times": 3})
    told: list[tuple[int, str, int]] = []

    def on_progress(progress: ad.Progress) -> None:
        (pending,) = progress.pending
        told.append((progress.attempt, pending.code, threading.get_ident()))

    ad.resolve_image("my/app", tag="v1", registry=registry, deadline=WAIT, on_progress=on_progress)
    here = threading.get_ident()
    assert told == [(attempt, "IMAGE_NOT_FOUND", here) for attempt in (1, 2, 3)]


def test_what_a_progress_callback_raises_ends_the_call() -> None:
    registry = ad.MemoryRegistry()
    registry.create_repository("my/app")

    def on_progress(_: ad.Progress) -> None:
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        ad.resolve_image(
            "my/app", tag="v1", registry=registry, deadline=600, on_progress=on_progress
        )
    asked = registry.calls["lookUp"]
    time.sleep(0.2)
    assert registry.calls["lookUp"] == asked


def test_a_progress_callback_can_make_calls_of_its_own() -> None:
    registry = ad.MemoryRegistry()
    registry.push("my/app", ["v1", "latest"])
    registry.inject({"operation": "look-up", "fault": "missing", "times": 1, "tag": "v1"})
    inner = []

    def on_progress(_: ad.Progress) -> None:
        inner.append(ad.resolve_image("my/app", tag="latest", registry=registry))

    image = ad.resolve_image(
        "my/app", tag="v1", registry=registry, deadline=WAIT, on_progress=on_progress
    )
    assert inner == [image]


def test_the_child_of_a_fork_is_told_that_the_runtime_is_gone() -> None:
    code = """
        import os, sys, warnings

        warnings.simplefilter("ignore")
        registry = ad.MemoryRegistry()
        registry.push("my/app", ["v1"])
        ad.resolve_image("my/app", tag="v1", registry=registry)
        child = os.fork()
        if child == 0:
            try:
                ad.resolve_image("my/app", tag="v1", registry=registry)
            except RuntimeError as error:
                assert error.code == "RUNTIME_UNAVAILABLE", error
                os._exit(7)
            os._exit(1)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    """
    assert subprocess.run(program(code), check=False, timeout=30).returncode == 7


def test_a_fork_before_the_first_call_is_fine() -> None:
    code = """
        import os, sys

        child = os.fork()
        if child == 0:
            registry = ad.MemoryRegistry()
            registry.push("my/app", ["v1"])
            ad.resolve_image("my/app", tag="v1", registry=registry)
            os._exit(0)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    """
    assert subprocess.run(program(code), check=False, timeout=30).returncode == 0


def test_the_interpreter_ends_while_a_call_is_under_way_in_a_daemon_thread() -> None:
    code = """
        import threading, time

        arguments = {"tag": "v1", "registry": registry, "deadline": 600}
        call = threading.Thread(target=ad.resolve_image, args=["my/app"], kwargs=arguments)
        call.daemon = True
        call.start()
        time.sleep(0.2)
    """
    done = subprocess.run(
        program(HANGING, code), check=False, timeout=30, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("deadline", [-1, float("nan"), float("inf"), 1e300])
def test_a_deadline_that_is_no_span_of_time_is_refused(deadline: float) -> None:
    with pytest.raises(ad.errors.InvalidArgumentError):
        ad.resolve_image("my/app", tag="v1", registry=ad.MemoryRegistry(), deadline=deadline)
