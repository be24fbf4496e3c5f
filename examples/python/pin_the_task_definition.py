"""After the push: proves that the image is there and pins the task definition to it.

    python pin_the_task_definition.py --repository my/app --tag TAG \
        --template task-definition.json --output pinned.json \
        [--container app] [--platform linux/arm64] \
        [--expected-digest sha256:… | --buildx-metadata FILE]

The output is what `aws ecs register-task-definition --cli-input-json file://pinned.json` takes. It
is written only when the gate let the image pass.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import artifact_deploy as ad


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Pins a task definition to a verified image.")
    parser.add_argument("--repository", required=True, help="with or without its registry host")
    parser.add_argument("--tag", help="default: IMAGE_TAG of the environment")
    parser.add_argument("--template", required=True, type=Path)
    parser.add_argument("--output", required=True, type=Path)
    parser.add_argument("--container", help="may be left out where there is only one")
    parser.add_argument("--platform", help="what the task runs on, such as linux/arm64")
    expected = parser.add_mutually_exclusive_group()
    expected.add_argument("--expected-digest", help="the digest that the build reported")
    expected.add_argument("--buildx-metadata", type=Path, help="docker buildx --metadata-file")
    parser.add_argument("--deadline", type=float, default=120, help="seconds to wait for the push")
    return parser.parse_args()


def expected_digest(options: argparse.Namespace) -> str | None:
    """What the build says it pushed."""
    if options.buildx_metadata is None:
        digest: str | None = options.expected_digest
        return digest
    return ad.BuildxMetadata.parse(options.buildx_metadata.read_bytes()).image().digest


def tell(progress: ad.Progress) -> None:
    """A line for each image that is not there yet."""
    for pending in progress.pending:
        print(f"waiting for {pending.image}: {pending.reason}", file=sys.stderr)


def main() -> None:
    """Gate, render, write."""
    options = arguments()
    build = ad.BuildMetadata.detect()
    image = ad.resolve_image(
        options.repository,
        tag=options.tag,
        expected_digest=expected_digest(options),
        platform=options.platform,
        revision=build.commit,
        deadline=options.deadline,
        on_progress=tell,
    )
    print(image.report.to_text(), file=sys.stderr)
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(image.report.to_markdown())

    template = ad.TaskDefinition.parse(options.template.read_text("utf-8"))
    if options.container is None:
        rendered = ad.render_task_definition(template, image=image, metadata=build)
    else:
        images = {options.container: image}
        rendered = ad.render_task_definition(template, images=images, metadata=build)
    print(ad.TaskDefinition.diff(template, rendered.task_definition), file=sys.stderr)
    options.output.write_text(rendered.registration_json() + "\n", "utf-8")
    print(image.reference)


if __name__ == "__main__":
    try:
        main()
    except ad.ArtifactDeployError as error:
        sys.exit(f"{error.code}: {error}")
