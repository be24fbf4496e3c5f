"""A real OCI registry server on 127.0.0.1, for the time of a `with` block."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Registry:
    """Debian's `docker-registry` with a folder of its own; `host` is `127.0.0.1:port`."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="registry-")
        self.host = f"127.0.0.1:{free_port()}"
        self.storage = Path(self._folder.name) / "storage"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Registry:
        configuration = Path(self._folder.name) / "config.yml"
        configuration.write_text(
            "version: 0.1\n"
            "log: {level: error}\n"
            f"storage: {{filesystem: {{rootdirectory: '{self.storage}'}}}}\n"
            f"http: {{addr: '{self.host}'}}\n"
        )
        self._process = subprocess.Popen(
            ["docker-registry", "serve", str(configuration)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait_until_it_answers()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=10)
        self._folder.cleanup()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 10
        while True:
            try:
                urllib.request.urlopen(f"http://{self.host}/v2/", timeout=1).close()
                return
            except (urllib.error.URLError, ConnectionError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
