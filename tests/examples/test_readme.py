"""What the README shows runs as it stands there, against stand-ins for Amazon ECR and ECS."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from job import EXAMPLES, HEAD, ROOT
from support.ecr import ScriptedEcr
from support.wire import WireSimulator

README = (ROOT / "README.md").read_text("utf-8")
TAG = "pr-51-622d2103-20250820-124500"
REVISION = {"org.opencontainers.image.revision": HEAD}


def block(language: str) -> str:
    """The one code block of a language."""
    [found] = re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return str(found)


@pytest.fixture(scope="module")
def variables() -> Iterator[dict[str, str]]:
    """The environment of a job that built `TAG`."""
    image = {"tags": [TAG, "pr-51-latest"], "platform": "linux/arm64", "labels": REVISION}
    script = {"repositories": {"macro-ai-express-api": {"images": [image]}}}
    with ScriptedEcr(script) as ecr:
        yield {
            "PATH": os.environ["PATH"],
            "AWS_ENDPOINT_URL_ECR": ecr.url,
            "AWS_REGION": "eu-central-1",
            "AWS_ACCESS_KEY_ID": "none",
            "AWS_SECRET_ACCESS_KEY": "none",
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": "push",
            "GITHUB_REF": "refs/heads/main",
            "GITHUB_REF_NAME": "main",
            "GITHUB_SHA": HEAD,
            "BUILD_TIME": "2025-08-20T12:45:00Z",
        }


def test_the_python_of_the_readme(variables: dict[str, str], tmp_path: Path) -> None:
    template = json.loads((EXAMPLES / "python" / "task-definition.json").read_text("utf-8"))
    (tmp_path / "task-definition.json").write_text(json.dumps(template), "utf-8")
    (tmp_path / "script.py").write_text(block("python"), "utf-8")
    image = {"tags": [TAG], "platform": "linux/arm64", "labels": REVISION}
    before = {"tags": ["before"], "platform": "linux/arm64"}
    host = "123456789012.dkr.ecr.eu-central-1.amazonaws.com"
    template["containerDefinitions"][0]["image"] = f"{host}/macro-ai-express-api:before"
    service = {"cluster": "previews", "serviceName": "pr-51", "desiredCount": 2}
    world = {
        "registry": {"repositories": {"macro-ai-express-api": {"images": [image, before]}}},
        "cluster": {
            "clusters": ["previews"],
            "taskDefinitions": [template],
            "services": [{**service, "taskDefinition": f"{template['family']}:1", "steady": True}],
        },
    }
    with WireSimulator(world) as simulator:
        done = subprocess.run(
            [sys.executable, "script.py"],
            cwd=tmp_path,
            env={**variables, **simulator.environment(), "AWS_ENDPOINT_URL_ECR": simulator.url},
            capture_output=True,
            text=True,
        )
        running = simulator.control("tasks", {"service": "previews/pr-51"})
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("COMPLETED previews/pr-51")
    assert "all 2 running tasks run what was meant" in done.stdout
    images = {
        container["image"]
        for task in running
        if task["lastStatus"] == "RUNNING"
        for container in task["containers"]
    }
    [pinned] = images
    assert re.fullmatch(rf"{re.escape(host)}/macro-ai-express-api@sha256:[0-9a-f]{{64}}", pinned)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_typescript_of_the_readme(variables: dict[str, str], tmp_path: Path) -> None:
    package = ROOT / "bindings-node"
    if not (package / "dist").exists():
        pytest.skip("the npm package is not built: run the stage node first")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "artifact-deploy").symlink_to(package)
    # The block uses no syntax beyond JavaScript's.
    (tmp_path / "script.mjs").write_text(block("ts"), "utf-8")
    command = ["node", "script.mjs"]
    done = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "/macro-ai-express-api@sha256:" in done.stdout
