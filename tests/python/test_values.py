"""Values: what they show, when they are equal, that they cannot be changed or forged."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import artifact_deploy as ad
import pytest

BUILD = ad.BuildMetadata(
    "622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90",
    datetime(2025, 8, 20, 12, 45, tzinfo=UTC),
    branch="feat/x",
    run_id="17039281234",
    pr_number=51,
)
VERSION = ad.Version.new("pr-51", BUILD)
DIGEST = "sha256:" + "a" * 64


def verified() -> ad.VerifiedImage:
    registry = ad.MemoryRegistry()
    registry.push("my/app", ["v1", "v2"])
    return ad.resolve_image("my/app", tag="v1", registry=registry)


VALUES: list[Any] = [
    BUILD,
    VERSION,
    ad.Environment("pr-51"),
    ad.Run(17039281234, 2),
    ad.Tag("v1"),
    ad.Digest(DIGEST),
    ad.Platform("linux/arm64/v8"),
    ad.Commit("622d2103"),
    ad.Repository("localhost:5000/my/app"),
    ad.ImageReference(f"my/app:v1@{DIGEST}"),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_is_equal_to_its_copies_and_to_nothing_else(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert again == value
        assert repr(again) == repr(value)
        if value is not BUILD:
            assert hash(again) == hash(value)
    assert value != str(value)
    assert value != object()


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_repr_names_the_public_class(value: Any) -> None:
    assert repr(value).startswith(f"{type(value).__name__}(")
    assert type(value).__module__ == "artifact_deploy"
    assert "_native" not in repr(type(value))


@pytest.mark.parametrize(
    "name", [name for name in ad.__all__ if isinstance(getattr(ad, name), type)]
)
def test_every_public_class_has_documentation(name: str) -> None:
    assert getattr(ad, name).__doc__


@pytest.mark.parametrize("value", [*VALUES, verified()], ids=lambda value: type(value).__name__)
def test_a_value_cannot_be_changed(value: Any) -> None:
    attributes = [name for name in dir(value) if not name.startswith("_")]
    for name in attributes:
        with pytest.raises(AttributeError):
            setattr(value, name, None)
    with pytest.raises(AttributeError):
        value.brand_new = 1


def test_a_verified_image_cannot_be_made_read_or_copied() -> None:
    image = verified()
    with pytest.raises(TypeError):
        ad.VerifiedImage(image.reference)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        ad.VerifiedImage.__new__(ad.VerifiedImage)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        object.__new__(ad.VerifiedImage)
    with pytest.raises(TypeError):
        pickle.dumps(image)
    with pytest.raises(TypeError):
        type("Forged", (ad.VerifiedImage,), {})
    assert not {name for name in dir(ad.VerifiedImage) if name.startswith(("from_", "parse"))}


@pytest.mark.parametrize("image", ["my/app:latest", ad.ImageReference(f"my/app@{DIGEST}"), {}])
def test_only_a_verified_image_can_be_rendered(image: Any) -> None:
    template = {"family": "app", "containerDefinitions": [{"name": "app", "image": "x"}]}
    with pytest.raises(TypeError):
        ad.render_task_definition(template, image=image)
    with pytest.raises(TypeError):
        ad.render_task_definition(template, images={"app": image})
    with pytest.raises(ad.errors.InvalidArgumentError):
        ad.render_task_definition(template, containers={"app": {"image": "my/app:latest"}})


def test_the_json_form_is_the_same_as_values_and_as_text() -> None:
    values = [*VALUES[:2], *VALUES[-2:], verified(), verified().report]
    for value in values:
        assert json.loads(value.to_json()) == value.to_dict()
    assert ad.BuildMetadata.from_json(BUILD.to_json()) == BUILD
    assert ad.BuildMetadata.from_json(BUILD.to_dict()) == BUILD
    assert VERSION.to_dict()["time"] == "2025-08-20T12:45:00Z"


def test_versions_are_ordered_by_time_and_not_by_text() -> None:
    later = ad.Version.parse("pr-51/00000000-20250820-124501")
    assert later > VERSION
    assert max([later, VERSION]) is later
    with pytest.raises(TypeError):
        assert VERSION < "pr-51"


def test_times_come_out_with_their_timezone_and_go_in_with_any() -> None:
    assert VERSION.time == datetime(2025, 8, 20, 12, 45, tzinfo=UTC)
    assert VERSION.time.utcoffset() == timedelta(0)
    there = datetime(2025, 8, 20, 14, 45, tzinfo=timezone(timedelta(hours=2)))
    assert ad.format_time(there) == "20250820-124500"
    assert ad.parse_time("20250820-124500") == there
    with pytest.raises(ad.errors.InvalidTimeError, match="no timezone"):
        ad.format_time(datetime(2025, 8, 20))


def test_an_object_goes_wherever_its_text_does() -> None:
    registry = ad.MemoryRegistry()
    digest = registry.push("my/app", [VERSION.tag])
    by_text = ad.resolve_image("my/app", tag=VERSION.tag, registry=registry)
    assert by_text == ad.resolve_image(ad.Repository("my/app"), tag=VERSION, registry=registry)
    assert by_text == ad.resolve_image("my/app", tag=ad.Tag(VERSION.tag), registry=registry)
    assert by_text == ad.resolve_image("my/app", digest=ad.Digest(digest), registry=registry)


def test_a_version_id_as_a_tag_is_refused_with_what_to_do() -> None:
    with pytest.raises(ad.errors.InvalidTagError, match="/"):
        ad.resolve_image("my/app", tag=VERSION.id, registry=ad.MemoryRegistry())


def test_without_a_tag_the_environment_decides_and_the_image_is_pinned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    registry = ad.MemoryRegistry()
    registry.push("my/app", ["v1"])
    registry.push("my/app", ["pr-51-latest"], platforms=["linux/arm64"])
    monkeypatch.delenv("IMAGE_TAG", raising=False)
    alias = ad.resolve_image("my/app", environment="pr-51", registry=registry)
    assert alias.tag == "pr-51-latest"
    assert "@sha256:" in str(alias)
    monkeypatch.setenv("IMAGE_TAG", "v1")
    assert ad.resolve_image("my/app", environment="pr-51", registry=registry).tag == "v1"
    monkeypatch.delenv("IMAGE_TAG")
    with pytest.raises(ad.errors.InvalidArgumentError, match="IMAGE_TAG"):
        ad.resolve_image("my/app", registry=registry)


def test_a_container_change_has_the_json_form_of_the_core() -> None:
    change = ad.ContainerChange(
        environment=["A=b=c"],
        remove_environment=("OLD",),
        log_options={"awslogs-group": "app"},
        entry_point=["sh"],
        health_check={"command": ("CMD", "true")},
        memory_reservation=64,
    )
    assert change.to_dict() == {
        "environment": ["A=b=c"],
        "removeEnvironment": ["OLD"],
        "logConfiguration": {"options": {"awslogs-group": "app"}},
        "entryPoint": ["sh"],
        "healthCheck": {"command": ["CMD", "true"]},
        "memoryReservation": 64,
    }
    assert ad.ContainerChange().to_dict() == {}


def test_every_change_is_rendered() -> None:
    template = {
        "family": "app",
        "somethingNew": {"kept": 12345678901234567890},
        "containerDefinitions": [{"name": "app", "image": "x", "memory": 128}],
    }
    rendered = ad.render_task_definition(
        template,
        image=verified(),
        metadata=BUILD,
        family="other",
        cpu=512,
        memory="1024",
        cpu_architecture="X86_64",
        operating_system_family="LINUX",
        tags={"team": "web"},
        container=ad.ContainerChange(environment={"A": "b"}, command=["run"], log_driver="awslogs"),
    )
    document = rendered.task_definition.to_dict()
    (container,) = document["containerDefinitions"]
    variables = {one["name"]: one["value"] for one in container["environment"]}
    assert container["image"] == rendered.images["app"].reference
    assert variables["A"] == "b"
    assert variables["COMMIT_SHA"] == BUILD.commit
    assert variables["IMAGE_TAG"] == "v1"
    assert (document["family"], document["cpu"], document["memory"]) == ("other", "512", "1024")
    assert document["runtimePlatform"]["cpuArchitecture"] == "X86_64"
    assert document["tags"] == [{"key": "team", "value": "web"}]
    assert document["somethingNew"] == {"kept": 12345678901234567890}
    assert json.loads(rendered.registration_json()) == document


def test_detection_reads_the_event_file_and_gives_the_head_commit(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = tmp_path / "event.json"
    head = {"sha": BUILD.commit, "ref": "feat/x"}
    event.write_text(json.dumps({"pull_request": {"number": 51, "head": head}}))
    variables = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_REF": "refs/pull/51/merge",
        "GITHUB_SHA": "f" * 40,
        "GITHUB_EVENT_PATH": str(event),
    }
    build = ad.BuildMetadata.detect(variables, now="20250820-124500")
    assert (build.commit, build.merge_commit, build.pr_number) == (BUILD.commit, "f" * 40, 51)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ad.BuildMetadata.detect().commit == BUILD.commit


def test_a_running_container_reads_its_own_image_back() -> None:
    variables = dict(BUILD.container_environment("v1", DIGEST))
    running = ad.RunningImage.from_environment(variables)
    assert (running.tag, running.digest, running.metadata) == ("v1", DIGEST, BUILD)
    assert ad.RunningImage.from_environment({"COMMIT_SHA": "unknown"}).commit is None


def test_an_output_cannot_set_another_one(tmp_path: Any) -> None:
    path = tmp_path / "output"
    ad.write_github_output({"branch": "x\nadmin=true\nEOF"}, path=path)
    first, *_ = path.read_text().splitlines()
    assert first.startswith("branch<<")
    with pytest.raises(ad.errors.InvalidOutputError):
        ad.write_github_environment({"NODE_OPTIONS": "--require evil"}, path=path)
