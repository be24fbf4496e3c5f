"""Pushes images to a real OCI registry, by the distribution protocol."""

from __future__ import annotations

import hashlib
import json
import urllib.request
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar"


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
