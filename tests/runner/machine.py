"""What a fresh machine lacks: Debian packages and the Python environment of the tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from .shell import ROOT, have, run

# Real parts: a registry server, independent tools to push to it and look into it, an image builder,
# and what runs containers.
DEBIAN_PACKAGES = {
    "docker-registry": "docker-registry",
    "skopeo": "skopeo",
    "buildah": "buildah",
    "busybox": "busybox-static",
    "podman": "podman",
    "runc": "runc",
    "conmon": "conmon",
}

# Each emulator has an environment of its own: it wants other versions than the tests do.
ENVIRONMENTS = {
    ".venv": ROOT / "tests" / "python" / "requirements.txt",
    ".venv-bench": ROOT / "tests" / "bench" / "requirements.txt",
    ".venv-ministack": ROOT / "tests" / "containers" / "requirements.txt",
    ".venv-moto": ROOT / "tests" / "rust" / "requirements.txt",
}


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
    """The Python of the tests, with all that they import but the package itself."""
    return environment(".venv") / "python"


def moto() -> dict[str, str]:
    """The variables with which the tests of the crates find the third-party emulator of ECR."""
    return {"PATH": f"{environment('.venv-moto')}{os.pathsep}{os.environ['PATH']}"}


def environment(name: str) -> Path:
    """The programs of a virtual environment, which is made and filled if need be."""
    folder = ROOT / name
    programs = folder / "bin"
    if not (programs / "python").exists():
        run([sys.executable, "-m", "venv", folder])
    requirements = ENVIRONMENTS[name]
    status, _ = run([programs / "python", "-m", "pip", "install", "-q", "-r", requirements])
    if status != 0:
        raise SystemExit(f"{requirements} cannot be installed")
    return programs
