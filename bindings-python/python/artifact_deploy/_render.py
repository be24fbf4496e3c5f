"""Verified images into a task definition."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from . import _native
from ._native import TaskDefinition

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ._native import BuildMetadata, RenderedTaskDefinition, VerifiedImage


@dataclass(frozen=True, kw_only=True, slots=True)
class ContainerChange:
    """The changes to one container. What is not mentioned stays as it is.

    The image is not among them: it is passed to :func:`render_task_definition` as a verified image.
    """

    environment: Mapping[str, str] | Sequence[str] | None = None
    """Variables to set, in place where they stand: a mapping, or ``NAME=value`` each."""
    remove_environment: Sequence[str] | None = None
    """Variables to remove; also keeps the build metadata from setting them."""
    secrets: Mapping[str, str] | None = None
    """Secrets to set: ARNs of Secrets Manager secrets or SSM parameters."""
    remove_secrets: Sequence[str] | None = None
    """Secrets to remove."""
    metadata_environment: bool | None = None
    """Whether image and build go into the environment when an image is set (default: yes)."""
    docker_labels: Mapping[str, str] | None = None
    """Docker labels to set."""
    log_driver: str | None = None
    """The log driver. Another one than before takes none of its options over."""
    log_options: Mapping[str, str] | None = None
    """Options of the log driver to set."""
    port_mappings: Sequence[Mapping[str, Any]] | None = None
    """All port mappings, as ECS writes them: ``{"containerPort": 3000}``."""
    command: Sequence[str] | None = None
    """The command: a list of words, which no shell splits."""
    entry_point: Sequence[str] | None = None
    """The entry point: a list of words, which no shell splits."""
    health_check: Mapping[str, Any] | None = None
    """The health check, as ECS writes it: ``{"command": ["CMD-SHELL", "…"]}``."""
    cpu: int | None = None
    """CPU units of the container."""
    memory: int | None = None
    """Hard memory limit of the container, in MiB."""
    memory_reservation: int | None = None
    """Memory reservation of the container, in MiB."""

    def to_dict(self) -> dict[str, Any]:
        """The one JSON form, as Python values; what is not mentioned is left out."""
        form = {
            _camel(field.name): _plain(getattr(self, field.name))
            for field in fields(self)
            if field.name not in ("log_driver", "log_options")
        }
        log = {"logDriver": self.log_driver, "options": _plain(self.log_options)}
        form["logConfiguration"] = _given(log) or None
        return _given(form)


def render_task_definition(
    template: TaskDefinition | Mapping[str, Any] | str,
    *,
    image: VerifiedImage | None = None,
    images: Mapping[str, VerifiedImage] | Iterable[tuple[str | None, VerifiedImage]] = (),
    container: ContainerChange | Mapping[str, Any] | None = None,
    containers: Mapping[str, ContainerChange | Mapping[str, Any]] | None = None,
    metadata: BuildMetadata | None = None,
    family: str | None = None,
    cpu: str | int | None = None,
    memory: str | int | None = None,
    cpu_architecture: str | None = None,
    operating_system_family: str | None = None,
    tags: Mapping[str, str] | None = None,
    remove_tags: Sequence[str] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> RenderedTaskDefinition:
    """Puts verified images and other changes into a copy of a task definition; all else stays.

    ``image`` and ``container`` are for the only container, ``images`` and ``containers`` for those
    that they name. ``metadata`` goes into the environment of the containers that get an image;
    without it, what the labels of the image say. ``cpu`` and ``memory`` are those of the task.
    ``changes`` are all of these in their JSON form, for changes that come out of a file.

    :raises ContainerNotFoundError: a container that was named is not there.
    :raises SecretCollisionError: a variable would collide with a secret of the same name.
    :raises PlatformMismatchError: the image does not run where the task does.
    :raises InvalidTaskDefinitionError: ECS would refuse the result; all problems in ``details``.
    """
    document = template if isinstance(template, TaskDefinition) else TaskDefinition.parse(template)
    platform = {
        "cpuArchitecture": cpu_architecture,
        "operatingSystemFamily": operating_system_family,
    }
    given = _given(
        {
            "family": family,
            "cpu": cpu,
            "memory": memory,
            "runtimePlatform": _given(platform) or None,
            "tags": _plain(tags),
            "removeTags": _plain(remove_tags),
            "metadata": None if metadata is None else metadata.to_dict(),
            "container": None if container is None else _change(container),
            "containers": (
                None
                if containers is None
                else {name: _change(change) for name, change in containers.items()}
            ),
        }
    )
    spec: Any = given
    if changes is not None:
        spec = {**changes, **given} if given else changes
    pinned: list[tuple[str | None, VerifiedImage]] = [*_pairs(images)]
    if image is not None:
        pinned.append((None, image))
    return _native.render_task_definition(document, json.dumps(spec), pinned)


def _pairs(
    images: Mapping[str, VerifiedImage] | Iterable[tuple[str | None, VerifiedImage]],
) -> Iterable[tuple[str | None, VerifiedImage]]:
    return images.items() if isinstance(images, Mapping) else images


def _change(change: ContainerChange | Mapping[str, Any]) -> dict[str, Any]:
    return change.to_dict() if isinstance(change, ContainerChange) else dict(change)


def _given(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def _plain(value: Any) -> Any:
    """Any mapping as a dict and any sequence as a list, so that they can be JSON."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(member) for key, member in value.items()}
    return [_plain(item) for item in value]


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
