"""What a fresh machine lacks: Debian packages and the Python environment of the tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from .shell import ROOT, have, run

# Real parts: a registry server, independent tools to push to it and look into it, an image builder.
DEBIAN_PACKAGES = {
    "docker-registry": "docker-registry",
    "skopeo": "skopeo",
    "buildah": "buildah",
    "busybox": "busybox-static",
}

VENV = ROOT / ".venv"


def install_debian_packages() -> None:
    """Installs the real parts; where that is not possible the tests that need them say so."""
    missing = [package for program, package in DEBIAN_PACKAGES.items() if not have(program)]
    if not missing:
        return
    if not have("apt-get"):
        print(f"!!! not a Debian machine: {', '.join(missing)} cannot be installed", flush=True)
        return
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run([*root, "apt-get", "update", "-qq"], environment=quiet)
    run(
        [*root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
        environment=quiet,
    )


def python() -> Path:
    """The Python of the tests' own virtual environment, made with all requirements if need be."""
    interpreter = VENV / "bin" / "python"
    if not interpreter.exists():
        run([sys.executable, "-m", "venv", VENV])
    requirements = ROOT / "tests" / "python" / "requirements.txt"
    status, _ = run([interpreter, "-m", "pip", "install", "-q", "-r", requirements])
    if status != 0:
        raise SystemExit(f"{requirements} cannot be installed")
    return interpreter
