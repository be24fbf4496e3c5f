"""The ECR API over the wire, answered by the scripted stand-in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import artifact_deploy as ad
import pytest
from support.ecr import ScriptedEcr

HOST = "123456789012.dkr.ecr.eu-central-1.amazonaws.com"
REVISION = {"org.opencontainers.image.revision": "622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90"}


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Static ones: nothing of the machine's own is used."""
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_ECR", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


def script(faults: list[dict[str, Any]] | None = None, **members: Any) -> dict[str, Any]:
    images: list[dict[str, Any]] = [
        {
            "tags": [f"v{number}"],
            "platform": "linux/amd64",
            "labels": {**REVISION, "n": str(number)},
        }
        for number in range(150)
    ]
    index = [{"platform": "linux/amd64"}, {"platform": "linux/arm64"}]
    images += [
        {"tags": ["multi"], "index": index, "attested": True},
        {"tags": ["late"], "appearsAfter": 4},
        {"tags": ["archived"], "status": "ARCHIVED"},
        {"tags": ["liar"], "digest": "sha256:" + "0" * 64},
        {"tags": ["pr-51-latest"]},
    ]
    repositories = {"my/app": {"images": images, **members}}
    return {"repositories": repositories, "faults": faults or []}


@pytest.fixture
def ecr() -> Iterator[ScriptedEcr]:
    with ScriptedEcr(script()) as server:
        yield server


def registry(server: ScriptedEcr, **timeouts: float) -> ad.EcrRegistry:
    return ad.EcrRegistry(region="eu-central-1", endpoint_url=server.url, timeouts=timeouts or None)


def test_the_default_gate_makes_exactly_one_call(ecr: ScriptedEcr) -> None:
    image = ad.resolve_image("my/app", tag="multi", registry=registry(ecr))
    assert image.repository == f"{HOST}/my/app"
    assert image.platforms == ["linux/amd64", "linux/arm64"]
    assert ecr.calls() == {"BatchGetImage": 1}


def test_the_asyncio_version_finds_the_same_in_one_call(ecr: ScriptedEcr) -> None:
    image = asyncio.run(ad.resolve_image_async("my/app", tag="multi", registry=registry(ecr)))
    assert ecr.calls() == {"BatchGetImage": 1}
    assert image == ad.resolve_image("my/app", tag="multi", registry=registry(ecr))


def test_a_batch_makes_one_call_for_each_hundred_images(ecr: ScriptedEcr) -> None:
    queries = [ad.ImageQuery("my/app", tag=f"v{number}") for number in range(150)]
    images = ad.resolve_images(queries, registry=registry(ecr))
    assert len({image.digest for image in images}) == 150
    assert ecr.calls() == {"BatchGetImage": 2}


def test_the_endpoint_of_the_environment_is_used_without_a_registry(
    ecr: ScriptedEcr, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_ECR", ecr.url)
    monkeypatch.delenv("IMAGE_TAG", raising=False)
    image = ad.resolve_image("my/app", environment="pr-51")
    assert image.tag == "pr-51-latest"
    assert "@sha256:" in image.reference
    monkeypatch.setenv("IMAGE_TAG", "v7")
    assert ad.resolve_image("my/app", environment="pr-51").tag == "v7"


def test_an_image_that_appears_late_is_waited_for(ecr: ScriptedEcr) -> None:
    told: list[str] = []
    image = ad.resolve_image(
        "my/app",
        tag="late",
        registry=registry(ecr),
        deadline=ad.Wait(20, first_delay=0.05, longest_delay=0.1),
        on_progress=lambda progress: told.append(progress.pending[0].code),
    )
    assert image.tag == "late"
    assert set(told) == {"IMAGE_NOT_FOUND"}


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("none", "IMAGE_NOT_FOUND"),
        ("archived", "IMAGE_NOT_ACTIVE"),
        ("liar", "DIGEST_MISMATCH"),
    ],
)
def test_what_cannot_be_deployed_is_refused_with_its_code(
    ecr: ScriptedEcr, tag: str, code: str
) -> None:
    with pytest.raises(ad.errors.ImageRefusedError) as caught:
        ad.resolve_image("my/app", tag=tag, registry=registry(ecr))
    assert caught.value.code == code


def test_expectations_are_each_refused_with_their_own_code(ecr: ScriptedEcr) -> None:
    reached = registry(ecr)
    with pytest.raises(ad.errors.UnexpectedDigestError):
        ad.resolve_image("my/app", tag="v1", expected_digest="sha256:" + "1" * 64, registry=reached)
    with pytest.raises(ad.errors.PlatformMismatchError):
        ad.resolve_image("my/app", tag="multi", platform="windows/amd64", registry=reached)
    with pytest.raises(ad.errors.RepositoryNotFoundError):
        ad.resolve_image("other/app", tag="v1", registry=reached)


def test_a_tag_that_can_be_moved_is_refused_where_that_is_required(ecr: ScriptedEcr) -> None:
    policy = ad.Policy(tag_immutable="require")
    with pytest.raises(ad.errors.TagMutableError):
        ad.resolve_image("my/app", tag="v1", policy=policy, registry=registry(ecr))


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"do": "error", "code": "ThrottlingException"}, "THROTTLED"),
        ({"do": "error", "code": "AccessDeniedException"}, "ACCESS_DENIED"),
        ({"do": "error", "code": "UnrecognizedClientException"}, "UNAUTHENTICATED"),
        ({"do": "status", "status": 500}, "REGISTRY_UNAVAILABLE"),
        ({"do": "stall"}, "TIMEOUT"),
        ({"do": "cut"}, "REGISTRY_UNAVAILABLE"),
        ({"do": "malformed"}, "UNEXPECTED_RESPONSE"),
    ],
    ids=lambda given: given if isinstance(given, str) else given["do"],
)
def test_each_failure_of_the_service_has_its_own_class(
    fault: dict[str, Any], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with ScriptedEcr(script([{"operation": "*", **fault}])) as server:
        reached = registry(server, read=0.5, attempt=1, operation=2)
        with pytest.raises(ad.errors.RemoteError) as caught:
            ad.resolve_image("my/app", tag="v1", registry=reached)
    assert caught.value.code == code


def test_a_missing_permission_is_named() -> None:
    fault = {"operation": "*", "do": "error", "code": "AccessDeniedException"}
    with (
        ScriptedEcr(script([fault])) as server,
        pytest.raises(ad.errors.AccessDeniedError) as caught,
    ):
        ad.resolve_image("my/app", tag="v1", registry=registry(server))
    assert "ecr:BatchGetImage" in str(caught.value)


def test_before_a_push_a_version_is_unpublished_published_or_in_conflict(ecr: ScriptedEcr) -> None:
    reached = registry(ecr)
    assert not ad.check_publication("my/app", "none", registry=reached).is_published
    there = ad.check_publication("my/app", "v1", registry=reached)
    assert there.is_published
    assert ad.check_publication("my/app", "v1", digest=there.digest, registry=reached) == there
    with pytest.raises(ad.errors.VersionConflictError):
        ad.check_publication("my/app", "v1", digest="sha256:" + "1" * 64, registry=reached)
