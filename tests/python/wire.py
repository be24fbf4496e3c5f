"""Servers to talk to: the scripted stand-in for Amazon ECR, and images for a real OCI registry."""

from __future__ import annotations

import functools
import hashlib
import json
import subprocess
import urllib.request
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any
from urllib.parse import urljoin

from conftest import TESTS

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar"


@functools.cache
def scripted_ecr_program() -> str:
    """The program, built if need be."""
    package = ["-p", "artifact-deploy-tests", "--bin", "scripted-ecr"]
    built = subprocess.run(
        ["cargo", "build", "--locked", "--quiet", "--message-format=json", *package],
        cwd=TESTS.parent,
        stdout=subprocess.PIPE,
        check=True,
    )
    messages = [json.loads(line) for line in built.stdout.splitlines()]
    programs = [message["executable"] for message in messages if message.get("executable")]
    return str(programs[-1])


class ScriptedEcr:
    """The stand-in on a free port of 127.0.0.1, for the time of a `with` block."""

    def __init__(self, script: Mapping[str, Any]) -> None:
        self._script = json.dumps(script)
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def __enter__(self) -> ScriptedEcr:
        self._process = subprocess.Popen(
            [scripted_ecr_program(), self._script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.communicate(timeout=10)

    def calls(self) -> Any:
        """How often each operation was called."""
        with urllib.request.urlopen(f"{self.url}/_calls", timeout=10) as answer:
            return json.load(answer)


class Pusher:
    """Pushes images to a real OCI registry at `host`, by the distribution protocol."""

    def __init__(self, host: str) -> None:
        self._base = f"http://{host}/v2/"

    def image(self, repository: str, tag: str, platform: str, labels: Mapping[str, str]) -> str:
        """A single-platform image; gives its digest."""
        os, architecture = platform.split("/")
        layer = b"layer of " + platform.encode()
        config = json.dumps(
            {
                "os": os,
                "architecture": architecture,
                "config": {"Labels": dict(labels)},
                "rootfs": {"type": "layers", "diff_ids": [digest_of(layer)]},
            }
        ).encode()
        manifest = {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": self._blob(repository, config, CONFIG),
            "layers": [self._blob(repository, layer, LAYER)],
        }
        return self._manifest(repository, tag, manifest)

    def index(
        self, repository: str, tag: str, platforms: Sequence[str], labels: Mapping[str, str]
    ) -> str:
        """An index of one image for each platform; gives its digest."""
        manifests = []
        for platform in platforms:
            os, architecture = platform.split("/")
            digest = self.image(repository, f"{tag}-{architecture}", platform, labels)
            size = len(self.manifest(repository, digest))
            entry = {"mediaType": MANIFEST, "digest": digest, "size": size}
            manifests.append(
                {**entry, "platform": {"os": os, "architecture": architecture}},
            )
        index = {"schemaVersion": 2, "mediaType": INDEX, "manifests": manifests}
        return self._manifest(repository, tag, index)

    def manifest(self, repository: str, reference: str) -> bytes:
        """The bytes of a manifest."""
        url = f"{self._base}{repository}/manifests/{reference}"
        request = urllib.request.Request(url, headers={"Accept": f"{INDEX}, {MANIFEST}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            content: bytes = answer.read()
        return content

    def _blob(self, repository: str, content: bytes, media_type: str) -> dict[str, Any]:
        begin = urllib.request.Request(f"{self._base}{repository}/blobs/uploads/", method="POST")
        with urllib.request.urlopen(begin, timeout=10) as answer:
            location = urljoin(self._base, answer.headers["Location"])
        digest = digest_of(content)
        separator = "&" if "?" in location else "?"
        self._put(f"{location}{separator}digest={digest}", content, "application/octet-stream")
        return {"mediaType": media_type, "digest": digest, "size": len(content)}

    def _manifest(self, repository: str, tag: str, manifest: Mapping[str, Any]) -> str:
        content = json.dumps(manifest).encode()
        url = f"{self._base}{repository}/manifests/{tag}"
        self._put(url, content, str(manifest["mediaType"]))
        return digest_of(content)

    def _put(self, url: str, content: bytes, media_type: str) -> None:
        headers = {"Content-Type": media_type}
        request = urllib.request.Request(url, content, headers, method="PUT")
        urllib.request.urlopen(request, timeout=10).close()


def digest_of(content: bytes) -> str:
    """The digest of these bytes."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
