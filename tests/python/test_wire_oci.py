"""A real OCI registry server: what Python resolves is what an independent tool sees."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import artifact_deploy as ad
import pytest
from support.pusher import Pusher
from support.registry import Registry

COMMIT = "622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90"
LABELS = {
    "org.opencontainers.image.revision": COMMIT,
    "org.opencontainers.image.created": "2025-08-20T12:45:00Z",
}

pytestmark = pytest.mark.skipif(
    shutil.which("docker-registry") is None, reason="docker-registry is not installed"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Registry]:
    with Registry() as running:
        yield running


@pytest.fixture(scope="module")
def digests(server: Registry) -> dict[str, str]:
    push = Pusher(server.host)
    return {
        "single": push.image("my/app", "single", "linux/amd64", LABELS),
        "multi": push.index("my/app", "multi", ["linux/amd64", "linux/arm64"], LABELS),
    }


def skopeo(host: str, tag: str) -> str:
    command = ["skopeo", "inspect", "--tls-verify=false", "--format={{.Digest}}"]
    image = f"docker://{host}/my/app:{tag}"
    said = subprocess.run([*command, image], capture_output=True, text=True, check=True)
    return said.stdout.strip()


@pytest.mark.parametrize("tag", ["single", "multi"])
def test_sync_and_async_resolve_to_the_digest_that_was_pushed(
    server: Registry, digests: dict[str, str], tag: str
) -> None:
    repository = f"{server.host}/my/app"
    image = ad.resolve_image(repository, tag=tag, platform="linux/amd64", revision=COMMIT)
    assert image.digest == digests[tag]
    assert image.reference == f"{repository}@{digests[tag]}"
    assert asyncio.run(ad.resolve_image_async(repository, tag=tag)) == image
    if shutil.which("skopeo"):
        assert skopeo(server.host, tag) == image.digest


def test_the_labels_of_a_real_image_are_its_metadata(
    server: Registry, digests: dict[str, str]
) -> None:
    image = ad.resolve_image(f"{server.host}/my/app", digest=digests["single"], revision=COMMIT[:8])
    assert image.metadata is not None
    assert image.metadata.commit == COMMIT
    assert f"{image.metadata.build_time:%Y%m%d-%H%M%S}" == "20250820-124500"


def test_the_whole_content_of_a_real_index_is_hashed(
    server: Registry, digests: dict[str, str]
) -> None:
    policy = ad.Policy(content="verified")
    image = ad.resolve_image(
        f"{server.host}/my/app", digest=digests["multi"], policy=policy, registry=ad.OciRegistry()
    )
    assert len(image.children) == 2
    assert image.has_digest(image.children[0])


@pytest.mark.parametrize(
    ("expectation", "code"),
    [
        ({"platform": "linux/riscv64"}, "PLATFORM_MISMATCH"),
        ({"revision": "f" * 40}, "REVISION_MISMATCH"),
        ({"expected_digest": "sha256:" + "1" * 64}, "UNEXPECTED_DIGEST"),
    ],
)
def test_what_does_not_hold_of_a_real_image_is_refused(
    server: Registry, digests: dict[str, str], expectation: dict[str, Any], code: str
) -> None:
    assert digests
    with pytest.raises(ad.errors.ImageRefusedError) as caught:
        ad.resolve_image(f"{server.host}/my/app", tag="multi", **expectation)
    assert caught.value.code == code


def test_a_layer_that_was_damaged_on_the_disk_is_refused(server: Registry) -> None:
    labels = {**LABELS, "damaged": "yes"}
    Pusher(server.host).image("damaged/app", "v1", "linux/amd64", labels)
    blobs = server.storage / "docker" / "registry" / "v2" / "blobs"
    (damaged,) = [
        path for path in blobs.rglob("data") if path.read_bytes() == b"layer of linux/amd64"
    ]
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[::-1])
    try:
        with pytest.raises(ad.errors.ContentCorruptError):
            ad.resolve_image(
                f"{server.host}/damaged/app", tag="v1", policy=ad.Policy(content="verified")
            )
    finally:
        damaged.write_bytes(whole)


def test_a_registry_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(ad.errors.RegistryUnavailableError) as caught:
        ad.resolve_image("127.0.0.1:1/my/app", tag="v1")
    assert caught.value.retryable
    assert caught.value.__cause__ is not None
