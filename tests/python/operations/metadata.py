"""The operations of `metadata.json`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from artifact_deploy import (
    BuildMetadata,
    BuildxMetadata,
    Commit,
    RunningImage,
    format_time,
    parse_time,
    write_github_environment,
    write_github_output,
)


def time(given: Any) -> Any:
    read = parse_time(given)
    return {"compact": format_time(read), "rfc3339": f"{read:%Y-%m-%dT%H:%M:%S}Z"}


def commit(given: Any) -> Any:
    read = Commit(given)
    return {"commit": str(read), "short": read.short}


def detect(given: Any) -> Any:
    return BuildMetadata.detect_from(
        given["variables"], event=given.get("event"), git=given.get("git"), now=given["now"]
    ).to_dict()


def build(given: Any) -> BuildMetadata:
    return BuildMetadata.from_json(given["build"])


def pairs(entries: list[tuple[str, str]]) -> Any:
    return [list(entry) for entry in entries]


def written(write: Callable[..., None]) -> Callable[[Any], Any]:
    def operation(given: Any) -> Any:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            write([(name, value) for name, value in given], path=path)
            text = path.read_bytes().decode()
        delimiter = text.split("\n", 1)[0].split("<<", 1)[1]
        return text.replace(delimiter, "DELIMITER")

    return operation


def container_environment(given: Any) -> Any:
    return pairs(build(given).container_environment(given.get("tag"), given.get("digest")))


def buildx(given: Any) -> Any:
    return BuildxMetadata.parse(given["file"].encode()).image(given.get("target")).to_dict()


OPERATIONS = {
    "parse_time": time,
    "commit": commit,
    "detect": detect,
    "from_json": lambda given: BuildMetadata.from_json(given).to_dict(),
    "build_args": lambda given: build(given).build_arg_arguments(),
    "labels": lambda given: pairs(build(given).labels(given.get("version"))),
    "from_labels": lambda given: BuildMetadata.from_labels(given).to_dict(),
    "container_environment": container_environment,
    "outputs": lambda given: pairs(build(given).outputs()),
    "from_environment": lambda given: RunningImage.from_environment(given).to_dict(),
    "build_from_environment": lambda given: BuildMetadata.from_environment(given).to_dict(),
    "buildx": buildx,
    "github_output": written(write_github_output),
    "github_environment": written(write_github_environment),
}
