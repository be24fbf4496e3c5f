"""Before the build: gives it a version of its own and hands docker what it needs.

    python name_the_build.py REPOSITORY

Writes the step outputs `version`, `tag`, `build-args` and `labels`, and keeps the build time for
the later steps of the job, so that all of them speak of the same version.
"""

from __future__ import annotations

import sys

import artifact_deploy as ad


def environment_of(build: ad.BuildMetadata) -> ad.Environment:
    """The preview of a pull request, else the environment of the branch."""
    if build.pr_number is not None:
        return ad.Environment.for_pull_request(build.pr_number)
    if build.branch is None:
        raise SystemExit("this run has neither a pull request nor a branch; name the environment")
    return ad.Environment.from_branch(build.branch)


def lines(pairs: list[tuple[str, str]]) -> str:
    """One `name=value` a line, as docker/build-push-action takes lists."""
    return "\n".join(f"{name}={value}" for name, value in pairs)


def main(repository: str) -> None:
    """Names the build and writes the outputs of the step."""
    build = ad.BuildMetadata.detect()
    version = ad.Version.new(environment_of(build), build)
    # Two jobs of a matrix can share commit and second; a build never pushes over another one.
    if ad.check_publication(repository, version).is_published:
        raise SystemExit(f"{version} is published already; build it once, or under another name")
    ad.write_github_environment({"BUILD_TIME": ad.format_time(build.build_time)})
    ad.write_github_output(
        {
            "version": str(version),
            "tag": version.tag,
            "build-args": lines(build.build_args()),
            "labels": lines(build.labels(version)),
        }
    )
    print(f"{version} -> {repository}:{version.tag}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        main(sys.argv[1])
    except ad.ArtifactDeployError as error:
        sys.exit(f"{error.code}: {error}")
