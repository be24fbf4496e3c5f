"""The stages of `make test`: each takes the number of compiler jobs and gives its counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from . import counts, machine
from .counts import Counts
from .shell import ROOT, check, have, run_tests, skipped

FEATURES = ["", "memory", "oci", "ecr", "ecs", "elb", "probe", "aws"]
NODE = ROOT / "bindings-node"
CDK = ROOT / "examples" / "cdk-app"


def lint(jobs: int) -> Counts:
    """Formatting, warnings as errors, each feature alone, licences."""
    total = Counts()
    if have("cargo-fmt"):
        total += check("rustfmt", ["cargo", "fmt", "--all", "--check"])
    else:
        total += skipped("rustfmt", "cargo fmt is not installed")
    if have("cargo-clippy"):
        clippy = ["cargo", "clippy", "--locked", f"-j{jobs}"]
        deny = ["--", "-D", "warnings"]
        everything = ["--workspace", "--all-targets", "--all-features"]
        total += check("clippy", [*clippy, *everything, *deny])
        for feature in FEATURES:
            alone = ["-p", "artifact-deploy", "--no-default-features", "--features", feature]
            total += check(f"feature {feature or '(none)'} alone", [*clippy, *alone, *deny])
    else:
        total += skipped("clippy", "cargo clippy is not installed")
    if have("cargo-deny"):
        # Advisories need their database from the network; the rest is in the lock file.
        offline = ["bans", "licenses", "sources"]
        total += check("cargo deny", ["cargo", "deny", "--all-features", "check", *offline])
    else:
        total += skipped("cargo deny", "cargo-deny is not installed")
    return total


def rust(jobs: int) -> Counts:
    """Unit, vector, documentation and integration tests of the crates."""
    machine.install_debian_packages()
    command = [
        "cargo",
        "test",
        "--locked",
        f"-j{jobs}",
        "--workspace",
        "--all-features",
        "--no-fail-fast",
    ]
    return run_tests("cargo test", counts.of_cargo, command, environment=machine.moto())


def python(jobs: int) -> Counts:
    """The Python package, installed as a user installs it."""
    machine.install_debian_packages()
    interpreter = machine.python()
    # Python and Node build the same release profile, so they share what is compiled.
    pip: list[str | Path] = [interpreter, "-m", "pip", "install", "--force-reinstall", "--no-deps"]
    build_jobs = {"CARGO_BUILD_JOBS": str(jobs)}
    total = check("pip install", [*pip, "./bindings-python"], environment=build_jobs)
    if total.failed:
        return total
    folders = ["bindings-python", "tests", "examples/python"]
    total += check("ruff check", [interpreter, "-m", "ruff", "check", *folders])
    total += check("ruff format", [interpreter, "-m", "ruff", "format", "--check", *folders])
    total += check(
        "mypy --strict", [interpreter, "-m", "mypy", "--strict", "examples/python", "tests/runner"]
    )
    total += run_tests(
        "pytest", counts.of_pytest, [interpreter, "-m", "pytest", "-q", "tests/python"]
    )
    return total


def node(jobs: int) -> Counts:
    """The npm package, built as a user builds it, and the CDK app."""
    jobs_environment = {"CARGO_BUILD_JOBS": str(jobs)}
    total = check("npm ci", ["npm", "ci"], NODE, jobs_environment)
    if total.failed:
        return total
    total += run_tests("node --test", counts.of_node, ["npm", "test"], NODE)
    total += check("npm ci of the CDK app", ["npm", "ci"], CDK)
    total += run_tests("CDK app", counts.of_node, ["npm", "test"], CDK)
    return total


def examples(jobs: int) -> Counts:
    """The examples that no language's own runner covers."""
    machine.install_debian_packages()
    total = check("make demo", ["make", "demo", f"JOBS={jobs}"])
    if not have("buildah", "skopeo", "docker-registry", "busybox"):
        return total + skipped(
            "examples/Dockerfile", "buildah, skopeo or docker-registry is missing"
        )
    interpreter = machine.python()
    return total + run_tests(
        "examples/Dockerfile",
        counts.of_pytest,
        [interpreter, "-m", "pytest", "-q", "tests/examples"],
    )


def containers(_jobs: int) -> Counts:
    """Deployments of real containers, where podman can run them; else skipped, loudly."""
    machine.install_debian_packages()
    machine.environment(".venv-ministack")
    interpreter = machine.python()
    return run_tests(
        "real containers",
        counts.of_pytest,
        [interpreter, "-m", "pytest", "-q", "-rs", "tests/containers"],
    )


STAGES: dict[str, Callable[[int], Counts]] = {
    "lint": lint,
    "rust": rust,
    "python": python,
    "node": node,
    "containers": containers,
    "examples": examples,
}
