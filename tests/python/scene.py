"""A service that runs version 1, and what is deployed to it: in memory, or behind the wire."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

import artifact_deploy as ad
from jsonschema import Draft202012Validator

SERVICE = "previews/app"
REPOSITORY = "my/app"
# A minute is well over what anything here takes; and a cluster that is quick is asked often.
WAIT = ad.Wait(60, first_delay=0.01, longest_delay=0.05)
BREAKER = {
    "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
}
SCHEMA = Draft202012Validator(
    ad.EVIDENCE_SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER
)


def version(number: int) -> ad.Version:
    """The version that was built at minute `number`."""
    return ad.Version.parse(f"pr-51/{number:08x}-20250820-12{number:02}00")


def build(number: int) -> ad.BuildMetadata:
    """The build that made it."""
    return ad.BuildMetadata(f"{number:040x}", version(number).time)


def labels(number: int) -> dict[str, str]:
    """What its image says of itself."""
    return dict(build(number).labels(version(number)))


def render(image: ad.VerifiedImage, number: int) -> ad.RenderedTaskDefinition:
    """The task definition with that image in it."""
    template = {
        "family": "app",
        "containerDefinitions": [
            {"name": "app", "image": "to be set", "memory": 512, "essential": True}
        ],
    }
    return ad.render_task_definition(template, image=image, metadata=build(number))


def first_document(rendered: ad.RenderedTaskDefinition) -> dict[str, Any]:
    """What somebody registered who deployed version 1."""
    tags = [{"key": "artifact-deploy:version", "value": str(version(1))}]
    return {**rendered.task_definition.to_dict(), "tags": tags}


def valid(record: ad.EvidenceRecord | Mapping[str, Any]) -> dict[str, Any]:
    """The record as values, which keep to the published schema."""
    values = dict(record) if isinstance(record, Mapping) else record.to_dict()
    assert [error.message for error in SCHEMA.iter_errors(values)] == []
    return values


def story(events: list[ad.DeploymentEvent]) -> list[str]:
    """The names of events, those that stand several times in a row once."""
    names = [event.name for event in events]
    return [name for at, name in enumerate(names) if at == 0 or names[at - 1] != name]


class Scene(ABC):
    """What both kinds have: versions are pushed when they are first asked for."""

    registry: Any
    control: Any

    def __init__(self) -> None:
        self.events: list[ad.DeploymentEvent] = []

    @abstractmethod
    def push(self, tag: str, says: Mapping[str, str]) -> str:
        """Pushes an image with these labels, and gives its digest."""

    def image(self, number: int) -> ad.VerifiedImage:
        """The image of version `number`."""
        tag = version(number).tag
        self.push(tag, labels(number))
        return ad.resolve_image(REPOSITORY, tag=tag, registry=self.registry, deadline=WAIT)

    def rendered(self, number: int) -> ad.RenderedTaskDefinition:
        """What registers version `number`."""
        return render(self.image(number), number)

    def where(self, **more: Any) -> dict[str, Any]:
        """The arguments that lead a rollout here."""
        here = {"control": self.control, "registry": self.registry, "deadline": WAIT}
        return {**here, "on_event": self.events.append, **more}

    def deploy(self, number: int, **more: Any) -> ad.EvidenceRecord:
        """Deploys version `number`, and gives the record whatever came of it."""
        record = ad.deploy(SERVICE, self.rendered(number), **self.where(check=False, **more))
        valid(record)
        return record


class MemoryScene(Scene):
    """All of it in memory, 500 times as fast as in life. `more` are members of CreateService."""

    def __init__(self, fixture: Mapping[str, Any] | None = None, **more: Any) -> None:
        super().__init__()
        self.registry = ad.MemoryRegistry()
        here = {"faster": 500, "clusters": ["previews"], **(fixture or {})}
        self.control = ad.MemoryCluster(self.registry, here)
        arn = self.control.add_task_definition(first_document(self.rendered(1)))
        service = {"cluster": "previews", "serviceName": "app", "taskDefinition": arn}
        self.control.create_service({**service, "desiredCount": 2, **more}, steady=True)
        self.control.reset_calls()

    def push(self, tag: str, says: Mapping[str, str]) -> str:
        """As the registry has it."""
        digest: str = self.registry.push(REPOSITORY, [tag], labels=says)
        return digest

    def behave(self, number: int, behaviour: str, **more: Any) -> None:
        """Lets tasks of version `number` behave."""
        digest = str(self.image(number).digest)
        self.control.behave({"image": digest, "behaviour": behaviour, **more})

    def asked(self, operation: str) -> int:
        """How often a method of the control was called, by its name in kebab case."""
        first, *others = operation.split("-")
        member = first + "".join(word.capitalize() for word in others)
        return int(self.control.calls.get(member, 0))

    def running(self) -> list[dict[str, Any]]:
        """The tasks that run."""
        tasks: list[dict[str, Any]] = self.control.tasks(SERVICE)
        return [task for task in tasks if task["lastStatus"] == "RUNNING"]
