"""The operations of `versions.json`."""

from __future__ import annotations

from typing import Any

from artifact_deploy import BuildMetadata, Environment, Run, Version, newest_version


def version(given: Any) -> Any:
    run = given.get("run")
    if isinstance(run, dict):
        run = Run(run["id"], run["attempt"])
    return Version.new(
        given["environment"],
        BuildMetadata.from_json(given["metadata"]),
        release=given.get("release"),
        run=True if run == "build" else run,
    ).to_dict()


def newest(given: Any) -> Any:
    layout = given.get("layout", "shared")
    found = newest_version(given["environment"], given["tags"], layout=layout)
    return found and found.to_dict()


def locate(given: Any) -> Any:
    version = Version.parse(given["version"])
    repository, tag = version.locate(given["repository"], layout=given["layout"])
    return {"repository": repository, "tag": tag}


def identify(given: Any) -> Any:
    base, version = Version.identify(given["repository"], given["tag"], layout=given["layout"])
    return {"repository": base, "version": version.id}


OPERATIONS = {
    "environment": lambda given: Environment(given).name,
    "environment_from_branch": lambda given: Environment.from_branch(given).name,
    "environment_for_pull_request": lambda given: Environment.for_pull_request(given).name,
    "version": version,
    "parse_version": lambda given: Version.parse(given).to_dict(),
    "parse_tag_of": lambda given: Version.parse_tag_of(
        given["environment"], given["tag"]
    ).to_dict(),
    "sort": lambda given: [version.id for version in sorted(map(Version.parse, given))],
    "newest": newest,
    "alias": lambda given: Environment(given["environment"]).alias(layout=given["layout"]),
    "locate": locate,
    "identify": identify,
}
