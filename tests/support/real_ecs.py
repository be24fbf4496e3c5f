"""Amazon ECS and ECR, emulated with real containers, for the time of a `with` block.

An emulator of the AWS interfaces starts tasks as real containers of podman, pulls their images from
its own registry, and serves the addresses of its load balancers. What it gets wrong is not asked of
it: service deployments (it has none), the first deployment of a service, container health checks.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any

import botocore.session

from support.builder import Builder
from support.registry import free_port

REGION = "us-east-1"
ECR_HOST = f"000000000000.dkr.ecr.{REGION}.amazonaws.com"
EMULATOR = Path(__file__).resolve().parents[2] / ".venv-ministack" / "bin" / "ministack"
PROGRAMS = ("podman", "runc", "conmon", "buildah", "busybox")


class NotHere(Exception):  # noqa: N818
    """Why this machine cannot run containers."""


class RealEcs:
    """The emulator at `url`, with images that `build` makes and `clients` to set the scene."""

    def __init__(self) -> None:
        missing = [program for program in PROGRAMS if shutil.which(program) is None]
        if not EMULATOR.exists():
            missing.append("ministack")
        if missing:
            raise NotHere(f"{', '.join(missing)} cannot be had")
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._builder = Builder()
        self._socket = self._builder.folder / "podman.sock"
        self._builder.trust(f"127.0.0.1:{self._port}", ECR_HOST)
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> RealEcs:
        try:
            self._run_a_container_or_say_why_not()
            self._start(["podman", "system", "service", "--time=0", f"unix://{self._socket}"])
            self._start(
                [str(EMULATOR)],
                BIND_HOST="127.0.0.1",
                GATEWAY_PORT=str(self._port),
                DOCKER_HOST=f"unix://{self._socket}",
            )
            self._wait_until_it_answers()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # The emulator first, or it would start new tasks for those that end.
        for process in reversed(self._processes):
            process.send_signal(signal.SIGKILL if process is self._processes[0] else signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            if process.poll() is None:
                process.kill()
                process.wait()
        with contextlib.suppress(RuntimeError):
            self._podman("rm", "--all", "--force", "--time=0")
        self._builder.__exit__(kind, error, trace)

    def client(self, service: str) -> Any:
        """A botocore client of the emulator."""
        return botocore.session.get_session().create_client(
            service,
            region_name=REGION,
            endpoint_url=self.url,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )

    def build(self, repository: str, tag: str, says: str, *, command: str | None = None) -> str:
        """Builds and pushes an image whose web server answers `/version` with `says`.

        `command` is run instead of the web server. Gives the digest that the registry names.
        """
        base = f"localhost/{repository}:base"
        builder = self._builder
        container = builder.buildah("from", builder.make_base())
        page = builder.folder / "www"
        page.mkdir(exist_ok=True)
        (page / "version").write_text(says)
        builder.buildah("copy", container, str(page), "/www")
        # A shell that hears SIGTERM: as process 1 the server itself would be killed after seconds.
        serve = "trap 'exit 0' TERM; httpd -f -p 8080 -h /www & wait $!"
        builder.buildah(
            "config", "--entrypoint", f'["/bin/sh", "-c", "{command or serve}"]', container
        )
        builder.buildah("commit", "-q", container, base)
        builder.buildah("rm", container)
        builder.push(base, f"127.0.0.1:{self._port}/{repository}:{tag}")
        found = self.client("ecr").describe_images(
            repositoryName=repository, imageIds=[{"imageTag": tag}]
        )
        digest: str = found["imageDetails"][0]["imageDigest"]
        return digest

    def balance(self, name: str) -> str:
        """A load balancer at `{url}/_alb/{name}` with one target group, whose ARN it gives."""
        balancing, network = self.client("elbv2"), self.client("ec2")
        subnets = [subnet["SubnetId"] for subnet in network.describe_subnets()["Subnets"]]
        balancer = balancing.create_load_balancer(Name=name, Subnets=subnets[:2])
        group = balancing.create_target_group(
            Name=name,
            Protocol="HTTP",
            Port=8080,
            VpcId=network.describe_vpcs()["Vpcs"][0]["VpcId"],
            TargetType="ip",
        )
        arn: str = group["TargetGroups"][0]["TargetGroupArn"]
        balancing.create_listener(
            LoadBalancerArn=balancer["LoadBalancers"][0]["LoadBalancerArn"],
            Protocol="HTTP",
            Port=80,
            DefaultActions=[{"Type": "forward", "TargetGroupArn": arn}],
        )
        return arn

    def _run_a_container_or_say_why_not(self) -> None:
        """Tries the very thing that all else needs."""
        base = self._builder.make_base()
        try:
            self._podman("run", "--rm", "--network=bridge", base, "/bin/env")
        except RuntimeError as error:
            raise NotHere(f"podman cannot run a container here: {error}") from error

    def _podman(self, *words: str) -> None:
        done = subprocess.run(
            ["podman", *words],
            env=self._builder.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip()[-500:])

    def _start(self, command: list[str], **variables: str) -> None:
        self._processes.append(
            subprocess.Popen(
                command,
                env={**os.environ, **self._builder.environment, **variables},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/_ministack/health", timeout=2).close()
                return
            except urllib.error.HTTPError:
                return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
