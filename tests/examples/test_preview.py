"""The example of a preview, for real: event, names, build, push, gate, rendered task definition."""

from __future__ import annotations

import json
import platform
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import artifact_deploy as ad
import pytest
import yaml
from job import EXAMPLES, HEAD, Job
from support.builder import BASE, Builder
from support.cargo import program
from support.registry import Registry, free_port

# ECS's word and Docker's word for the processor that this machine builds for.
CPU = {"x86_64": ("X86_64", "amd64"), "aarch64": ("ARM64", "arm64")}[platform.machine()]


@dataclass
class Pushed:
    """What the first half of the workflow leaves behind."""

    job: Job
    repository: str
    outputs: dict[str, str]
    digest: str

    @property
    def reference(self) -> str:
        """The image by its tag."""
        return f"{self.repository}:{self.outputs['tag']}"

    def pin(self, folder: Path, expected_digest: str) -> subprocess.CompletedProcess[str]:
        """The second half of the workflow; writes `pinned.json`."""
        template = json.loads((EXAMPLES / "python" / "task-definition.json").read_text())
        template["runtimePlatform"]["cpuArchitecture"] = CPU[0]
        (folder / "template.json").write_text(json.dumps(template))
        return self.job.python(
            "pin_the_task_definition.py",
            f"--repository={self.repository}",
            f"--tag={self.outputs['tag']}",
            f"--template={folder / 'template.json'}",
            f"--output={folder / 'pinned.json'}",
            f"--platform=linux/{CPU[1]}",
            f"--expected-digest={expected_digest}",
            "--deadline=5",
        )


def inspect(reference: str) -> dict[str, Any]:
    """What an independent tool says of an image."""
    command = ["skopeo", "inspect", "--tls-verify=false", f"docker://{reference}"]
    done = subprocess.run(command, capture_output=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def pushed(
    builder: Builder, registry: Registry, tmp_path_factory: pytest.TempPathFactory
) -> Pushed:
    """The first half of the workflow."""
    job = Job(tmp_path_factory.mktemp("job"))
    repository = f"{registry.host}/macro-ai-express-api"
    step = job.python("name_the_build.py", repository)
    assert step.returncode == 0, step.stderr
    outputs = job.outputs

    options = [f"--build-arg={line}" for line in outputs["build-args"].splitlines()]
    options += [f"--label={line}" for line in outputs["labels"].splitlines()]
    image = f"localhost/preview:{outputs['tag']}"
    policy = f"--signature-policy={builder.policy}"
    # In Docker's format, because OCI's has no health check.
    shape = ["--no-cache", "--format=docker", f"--build-arg=BASE={BASE}"]
    builder.buildah("bud", "-q", policy, *shape, *options, "-t", image, str(EXAMPLES))
    builder.push(image, f"{repository}:{outputs['tag']}")
    digest = inspect(f"{repository}:{outputs['tag']}")["Digest"]
    return Pushed(job, repository, outputs, digest)


def test_the_build_is_named_after_the_head_of_the_pull_request(pushed: Pushed) -> None:
    version = ad.Version.parse(pushed.outputs["tag"])
    assert version.environment.name == "pr-51"
    assert version.commit == HEAD[:8]
    assert str(version) == pushed.outputs["version"]


def test_the_metadata_is_in_the_final_stage_of_the_image(pushed: Pushed) -> None:
    found = inspect(pushed.reference)
    build = ad.BuildMetadata.from_labels(found["Labels"])
    assert build.commit == HEAD
    assert build.pr_number == 51
    assert f"COMMIT_SHA={HEAD}" in found["Env"]
    assert found["Labels"]["org.opencontainers.image.version"] == pushed.outputs["version"]


def test_the_gate_reads_the_labels_back_and_pins_the_digest_of_the_push(
    pushed: Pushed, tmp_path: Path
) -> None:
    step = pushed.pin(tmp_path, pushed.digest)
    assert step.returncode == 0, step.stderr
    assert step.stdout.strip() == f"{pushed.repository}@{pushed.digest}"

    document = json.loads((tmp_path / "pinned.json").read_text())
    container = document["containerDefinitions"][0]
    variables = {entry["name"]: entry["value"] for entry in container["environment"]}
    assert container["image"] == step.stdout.strip()
    assert variables["NODE_ENV"] == "production"
    assert variables["IMAGE_TAG"] == pushed.outputs["tag"]
    assert variables["IMAGE_DIGEST"] == pushed.digest
    assert variables["COMMIT_SHA"] == HEAD
    # Both steps speak of the same build.
    built = ad.parse_time(variables["BUILD_TIME"])
    assert built == ad.Version.parse(pushed.outputs["tag"]).time
    assert "revision-label" in pushed.job.summary.read_text()


def test_nothing_is_written_when_the_gate_refuses(pushed: Pushed, tmp_path: Path) -> None:
    step = pushed.pin(tmp_path, str(ad.Digest.of(b"another build")))
    assert step.returncode == 1
    assert "UNEXPECTED_DIGEST" in step.stderr
    assert not (tmp_path / "pinned.json").exists()


def test_a_version_that_is_published_is_not_built_again(pushed: Pushed) -> None:
    step = pushed.job.python("name_the_build.py", pushed.repository)
    assert step.returncode == 1
    assert "published already" in step.stderr


def test_the_rust_example_pins_the_same_image(pushed: Pushed, tmp_path: Path) -> None:
    template = tmp_path / "template.json"
    template.write_text((EXAMPLES / "python" / "task-definition.json").read_text())
    text = template.read_text().replace('"ARM64"', f'"{CPU[0]}"')
    template.write_text(text)
    words = [pushed.repository, pushed.outputs["tag"], str(template), HEAD]
    command = [program("pin"), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    container = json.loads(done.stdout)["containerDefinitions"][0]
    assert container["image"] == f"{pushed.repository}@{pushed.digest}"


def test_the_running_container_tells_its_version_and_is_not_root(
    pushed: Pushed, builder: Builder
) -> None:
    image = f"localhost/preview:{pushed.outputs['tag']}"
    config = json.loads(builder.buildah("inspect", "--type=image", image))["Docker"]["config"]
    assert config["User"] == "10001:10001"
    assert config["Healthcheck"]["Test"][0] == "CMD-SHELL"

    policy = f"--signature-policy={builder.policy}"
    container = builder.buildah("from", policy, "--pull=never", image)
    port = free_port()
    options = [f"--env=PORT={port}", "--env=BIND=127.0.0.1"]
    options += [f"--env=IMAGE_TAG={pushed.outputs['tag']}", f"--env=IMAGE_DIGEST={pushed.digest}"]
    process = subprocess.Popen(
        ["buildah", "run", *options, container, "--", "sh", "/srv/serve.sh"],
        env=builder.environment,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert get(f"http://127.0.0.1:{port}/health") == b"ok\n"
        answer = json.loads(get(f"http://127.0.0.1:{port}/cgi-bin/version"))
    finally:
        process.terminate()
        process.wait(timeout=10)
    assert answer["commit"] == HEAD
    assert answer["imageTag"] == pushed.outputs["tag"]
    assert answer["imageDigest"] == pushed.digest


def get(url: str) -> bytes:
    """What the container answers, as soon as it does."""
    deadline = time.monotonic() + 10
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                body: bytes = answer.read()
                return body
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def test_the_workflow_runs_these_scripts_and_hands_on_the_digest_of_the_push() -> None:
    workflow = yaml.safe_load((EXAMPLES / "github-actions" / "preview.yml").read_text())
    steps = workflow["jobs"]["preview"]["steps"]
    commands = " ".join(step.get("run", "") for step in steps)
    # `pin_the_task_definition.py` is for those who register with another tool.
    assert all(
        f"examples/python/{script}" in commands for script in ("name_the_build.py", "deploy.py")
    )
    rollout = next(step for step in steps if "deploy.py" in step.get("run", ""))
    assert rollout["env"]["DIGEST"] == "${{ steps.push.outputs.digest }}"
    # No expression inside a shell script: a branch name must not become a command.
    assert not [step for step in steps if "${{" in step.get("run", "")]
