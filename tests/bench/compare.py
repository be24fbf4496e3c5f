"""What the library does beside what one would write instead, in turns, as ratios.

Each pair runs in turns (ours, theirs, ours, …) in one process against local stand-ins for ECR and
ECS, so that the drift of the machine hits both. A ratio over 1 says that the library is faster.
There is no network between, so calls that are saved count for less here than they do in a
deployment.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import artifact_deploy as ad
import boto3

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from support.ecr import ScriptedEcr  # noqa: E402
from support.wire import WireSimulator  # noqa: E402

IMAGES = 100
REPOSITORY = "my/app"
TAGS = [f"pr-51-{index:08x}-20250820-{index % 24:02}{index % 60:02}00" for index in range(10_000)]


@dataclass
class Pair:
    """One job, done by the library and in the usual way."""

    name: str
    instead: str
    ours: Callable[[], object]
    theirs: Callable[[], object]


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def compare(pair: Pair, rounds: int) -> str:
    """A row of the table."""
    pair.ours()
    pair.theirs()
    times = [(seconds(pair.ours), seconds(pair.theirs)) for _ in range(rounds)]
    ratio = statistics.median(theirs / ours for ours, theirs in times)
    ours, theirs = (statistics.median(column) * 1000 for column in zip(*times, strict=True))
    return f"{ratio:8.2f}  {ours:9.2f} ms  {theirs:9.2f} ms  {pair.name}; instead: {pair.instead}"


def stand_in() -> ScriptedEcr:
    """The scripted ECR with 100 images."""
    images = [{"tags": [f"build-{index}"], "labels": {"n": str(index)}} for index in range(IMAGES)]
    return ScriptedEcr({"repositories": {REPOSITORY: {"images": images}}}, profile="release")


def resolving(url: str) -> list[Pair]:
    """Digests of images that are proven to be there."""
    registry = ad.EcrRegistry(endpoint_url=url)
    queries = [ad.ImageQuery(REPOSITORY, tag=f"build-{index}") for index in range(IMAGES)]
    client = boto3.client("ecr", endpoint_url=url)

    def ours() -> object:
        return ad.resolve_images(queries, registry=registry)

    def one_by_one() -> object:
        return [
            client.describe_images(
                repositoryName=REPOSITORY, imageIds=[{"imageTag": f"build-{index}"}]
            )["imageDetails"][0]["imageDigest"]
            for index in range(IMAGES)
        ]

    def by_hand() -> object:
        ids = [{"imageTag": f"build-{index}"} for index in range(IMAGES)]
        answer = client.batch_get_image(repositoryName=REPOSITORY, imageIds=ids)
        digests = [
            "sha256:" + hashlib.sha256(image["imageManifest"].encode()).hexdigest()
            for image in answer["images"]
        ]
        assert digests == [image["imageId"]["imageDigest"] for image in answer["images"]]
        return digests

    def script(body: str) -> Callable[[], object]:
        def start() -> object:
            return subprocess.run([sys.executable, "-c", body], check=True, capture_output=True)

        return start

    cold_ours = script(
        "import artifact_deploy as ad\n"
        f"registry = ad.EcrRegistry(endpoint_url={url!r})\n"
        f"print(ad.resolve_image({REPOSITORY!r}, tag='build-1', registry=registry).reference)"
    )
    cold_theirs = script(
        "import boto3\n"
        f"client = boto3.client('ecr', endpoint_url={url!r})\n"
        f"ids = [{{'imageTag': 'build-1'}}]\n"
        f"found = client.describe_images(repositoryName={REPOSITORY!r}, imageIds=ids)\n"
        "print(found['imageDetails'][0]['imageDigest'])"
    )
    return [
        Pair("verify and pin 100 images", "boto3 describe_images, one by one", ours, one_by_one),
        Pair("verify and pin 100 images", "boto3 batch_get_image and sha256", ours, by_hand),
        Pair("a script from start to digest", "a boto3 script", cold_ours, cold_theirs),
    ]


def rendering() -> Pair:
    """An image and three variables into a task definition, from text to text."""
    text = (ROOT / "examples" / "python" / "task-definition.json").read_text()
    registry = ad.MemoryRegistry()
    registry.push(REPOSITORY, ["v1"], platforms=["linux/arm64"])
    image = ad.resolve_image(REPOSITORY, tag="v1", registry=registry)
    change = ad.ContainerChange(environment={"A": "1", "B": "2", "NODE_ENV": "test"})

    def ours() -> object:
        return ad.render_task_definition(text, image=image, container=change).registration_json()

    def theirs() -> object:
        document: dict[str, Any] = json.loads(text)
        container = document["containerDefinitions"][0]
        container["image"] = image.reference
        variables = {entry["name"]: entry["value"] for entry in container["environment"]}
        variables |= {"A": "1", "B": "2", "NODE_ENV": "test"}
        container["environment"] = [{"name": n, "value": v} for n, v in variables.items()]
        return json.dumps(document)

    return Pair("render, validated", "json and dict, not validated", ours, theirs)


def tasks_in_memory() -> WireSimulator:
    """The wire simulator with one service of 200 running tasks."""
    template = json.loads((ROOT / "examples" / "python" / "task-definition.json").read_text())
    template["containerDefinitions"][0]["image"] = (
        f"123456789012.dkr.ecr.eu-central-1.amazonaws.com/{REPOSITORY}:v1"
    )
    image = {"tags": ["v1"], "platform": "linux/arm64"}
    service = {
        "cluster": "previews",
        "serviceName": "pr-51",
        "taskDefinition": f"{template['family']}:1",
        "desiredCount": 200,
        "steady": True,
    }
    world = {
        "registry": {"repositories": {REPOSITORY: {"images": [image]}}},
        "cluster": {
            "clusters": ["previews"],
            "taskDefinitions": [template],
            "services": [service],
        },
    }
    return WireSimulator(world, profile="release")


def proving(url: str) -> Pair:
    """What each of 200 tasks runs; so few requests that the library does not pace them."""
    control = ad.EcsControl(endpoint_url=url)
    client = boto3.client("ecs", endpoint_url=url)

    def ours() -> object:
        return ad.verify_running("previews/pr-51", control=control).require_verified()

    def theirs() -> object:
        pages = client.get_paginator("list_tasks").paginate(cluster="previews", serviceName="pr-51")
        digests = {
            container["imageDigest"]
            for page in pages
            for task in client.describe_tasks(cluster="previews", tasks=page["taskArns"])["tasks"]
            for container in task["containers"]
        }
        assert len(digests) == 1
        return digests

    return Pair("prove 200 tasks", "boto3 list_tasks, describe_tasks, one digest", ours, theirs)


def choosing() -> Pair:
    """The newest of 10,000 tags."""
    pattern = re.compile(r"pr-51-[0-9a-f]{8}-(\d{8}-\d{6})")

    def theirs() -> object:
        found = [match for tag in TAGS if (match := pattern.fullmatch(tag))]
        return max(found, key=lambda match: match[1])

    return Pair(
        "the newest of 10,000 tags",
        "a regular expression and max, no calendar",
        lambda: ad.newest_version("pr-51", TAGS),
        theirs,
    )


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_REGION": "eu-central-1",
        "AWS_DEFAULT_REGION": "eu-central-1",
    }
    print(f"\n   ratio       library      instead  (medians of {rounds} rounds; over 1: faster)")
    with stand_in() as ecr:
        for pair in [*resolving(ecr.url), rendering(), choosing()]:
            print(compare(pair, rounds), flush=True)
    with tasks_in_memory() as simulator:
        print(compare(proving(simulator.url), rounds), flush=True)


if __name__ == "__main__":
    main()
