"""Builds container images for real with buildah, without a daemon and without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType

BASE = "localhost/base:local"


class Builder:
    """A store of its own for images, for the time of a `with` block."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="builder-")
        folder = Path(self._folder.name)
        self.folder = folder
        (folder / "policy.json").write_text('{"default": [{"type": "insecureAcceptAnything"}]}')
        (folder / "registries.conf").write_text("")
        (folder / "containers.conf").write_text(
            "[containers]\n"
            'default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\n'
            "pids_limit = 0\n"
            "[engine]\n"
            'cgroup_manager = "cgroupfs"\n'
            'events_logger = "file"\n'
            'runtime = "runc"\n'
        )
        (folder / "storage.conf").write_text(
            "[storage]\n"
            'driver = "vfs"\n'
            f'runroot = "{folder / "run"}"\n'
            f'graphroot = "{folder / "graph"}"\n'
        )
        self._registries = folder / "registries.conf"
        self.policy = folder / "policy.json"
        self.environment = {
            **os.environ,
            "CONTAINERS_STORAGE_CONF": str(folder / "storage.conf"),
            "CONTAINERS_CONF": str(folder / "containers.conf"),
            "CONTAINERS_REGISTRIES_CONF": str(folder / "registries.conf"),
            "STORAGE_DRIVER": "vfs",
            "BUILDAH_ISOLATION": "chroot",
        }

    def __enter__(self) -> Builder:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._folder.cleanup()

    def trust(self, host: str, alias: str) -> None:
        """Lets images be pulled from `host` over plain HTTP, also by the name `alias`."""
        self._registries.write_text(
            f'[[registry]]\nlocation = "{host}"\ninsecure = true\n'
            f'[[registry]]\nprefix = "{alias}"\nlocation = "{host}"\ninsecure = true\n'
        )

    def buildah(self, *words: str) -> str:
        """Runs `buildah WORDS` and gives what it printed; an error shows what went wrong."""
        done = subprocess.run(
            ["buildah", *words],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"buildah {' '.join(words)}: {done.stderr}")
        return done.stdout.strip()

    def make_base(self) -> str:
        """A base image from scratch with busybox alone; gives its name."""
        container = self.buildah("from", "scratch")
        with tempfile.TemporaryDirectory() as folder:
            binaries = Path(folder) / "bin"
            binaries.mkdir()
            busybox = shutil.which("busybox")
            if busybox is None:
                raise RuntimeError("busybox is not installed; apt-get install busybox-static")
            shutil.copy(busybox, binaries / "busybox")
            for applet in (
                "sh",
                "cp",
                "mkdir",
                "chmod",
                "httpd",
                "wget",
                "id",
                "env",
                "printf",
                "sleep",
            ):
                (binaries / applet).symlink_to("busybox")
            self.buildah("add", container, folder, "/")
        self.buildah("config", "--env", "PATH=/bin", container)
        self.buildah("commit", "-q", container, BASE)
        self.buildah("rm", container)
        return BASE

    def push(self, image: str, destination: str) -> None:
        """Pushes a local image to a registry that speaks plain HTTP."""
        self.buildah(
            "push",
            "-q",
            "--tls-verify=false",
            f"--signature-policy={self.policy}",
            image,
            f"docker://{destination}",
        )
