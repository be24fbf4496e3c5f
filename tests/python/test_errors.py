"""Errors: one class for each code, the causes kept, whole after pickling."""

from __future__ import annotations

import concurrent.futures
import copy
import json
import multiprocessing
import pickle
from typing import TypeAlias

import artifact_deploy
import pytest
from artifact_deploy import ArtifactDeployError, errors

CODES = [code for code, _ in artifact_deploy.error_codes()]


Kind: TypeAlias = type[ArtifactDeployError]


def leaves(kind: Kind = ArtifactDeployError) -> list[Kind]:
    below = [leaf for child in kind.__subclasses__() for leaf in leaves(child)]
    return [kind, *below] if "code" in vars(kind) and kind is not ArtifactDeployError else below


def refusal() -> ArtifactDeployError:
    registry = artifact_deploy.MemoryRegistry()
    registry.push("my/app", ["v1"])
    with pytest.raises(errors.DeadlineExceededError) as caught:
        artifact_deploy.resolve_image("my/app", tag="v2", registry=registry, deadline=0.05)
    return caught.value


def fail_in_a_worker() -> None:
    artifact_deploy.Tag("a/b")


def test_each_code_has_one_class_and_each_class_one_code() -> None:
    assert sorted(kind.code for kind in leaves()) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_an_error_of_the_core_becomes_the_class_of_its_code(code: str) -> None:
    error = errors._from_native([(code, "message", {"a": 1}, True), (None, "cause", None, False)])
    assert (error.code, error.message, error.details, error.retryable) == (
        code,
        "message",
        {"a": 1},
        True,
    )
    assert type(error) is not ArtifactDeployError
    assert isinstance(error.__cause__, errors.ErrorCause)
    assert str(error.__cause__) == "cause"


def test_a_code_of_a_newer_core_is_still_an_error_of_the_library() -> None:
    error = errors._from_native([("BRAND_NEW", "message", None, False)])
    assert type(error) is ArtifactDeployError
    assert error.code == "BRAND_NEW"


def test_the_names_in_all_are_the_classes() -> None:
    public = {name for name in vars(errors) if name.endswith(("Error", "Cause"))}
    assert public == set(errors.__all__)


def test_a_bad_value_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="a/b") as caught:
        artifact_deploy.Tag("a/b")
    assert isinstance(caught.value, errors.InvalidTagError)
    assert caught.value.code == "INVALID_TAG"
    assert not caught.value.retryable


def test_a_passed_deadline_is_a_timeout_and_its_cause_is_the_last_refusal() -> None:
    error = refusal()
    assert isinstance(error, TimeoutError)
    assert isinstance(error.__cause__, errors.ImageNotFoundError)
    assert error.__cause__.code == "IMAGE_NOT_FOUND"


def test_a_refusal_carries_the_report() -> None:
    registry = artifact_deploy.MemoryRegistry()
    registry.push("my/app", ["v1"])
    with pytest.raises(errors.ImageRefusedError) as caught:
        artifact_deploy.resolve_image("my/app", tag="v2", registry=registry)
    report = caught.value.details["report"]
    assert report["verdict"] == "refused"
    assert report["checks"][0]["code"] == "IMAGE_NOT_FOUND"


@pytest.mark.parametrize(
    "again", [lambda e: pickle.loads(pickle.dumps(e)), copy.deepcopy, copy.copy]
)
def test_an_error_is_whole_after_pickling_and_copying(again: object) -> None:
    assert callable(again)
    error = refusal()
    copied = again(error)
    assert type(copied) is type(error)
    assert copied.to_dict() == error.to_dict()
    assert isinstance(copied.__cause__, errors.ImageNotFoundError)


def test_an_error_comes_out_of_a_worker_process() -> None:
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as workers:
        future = workers.submit(fail_in_a_worker)
        with pytest.raises(errors.InvalidTagError, match="a/b"):
            future.result()


def test_an_error_as_json_has_code_message_details_and_causes() -> None:
    form = json.loads(refusal().to_json())
    assert form["code"] == "DEADLINE_EXCEEDED"
    assert form["retryable"] is True
    assert form["details"]["attempts"] >= 1
    assert len(form["causes"]) == 1


def test_a_wrong_type_is_a_type_error_that_names_the_argument() -> None:
    with pytest.raises(TypeError, match="repository"):
        artifact_deploy.ImageQuery(5, tag="v1")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="EcrRegistry, an OciRegistry or a MemoryRegistry") as error:
        artifact_deploy.resolve_image("app", tag="v1", registry="ecr")  # type: ignore[arg-type]
    assert "RegistryArgument" not in str(error.value)


def test_no_secret_is_in_the_error_or_the_repr_of_a_registry() -> None:
    for options in [
        {"registry": "ghcr.io", "username": "ci", "password": "hush", "token": "hush"},
        {"username": "ci", "password": "hush"},
    ]:
        with pytest.raises(errors.InvalidArgumentError) as caught:
            artifact_deploy.OciRegistry(**options)
        assert "hush" not in str(caught.value.to_dict())
    registry = artifact_deploy.OciRegistry(registry="ghcr.io", username="ci", password="hush")
    assert "hush" not in repr(registry)
