"""The rollout: gate, render, deploy, and the proof that every task runs the image.

    python deploy.py CLUSTER/SERVICE --repository my/app --tag TAG \
        --template task-definition.json [--container app] [--platform linux/arm64] \
        [--expected-digest sha256:…] [--dry-run] [--url https://…/version]

Ends with 0 only when every running task is proven to run the image. Writes the record of the
rollout to `record.json`, and a summary of it for the CI job.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import artifact_deploy as ad


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Deploys a verified image to an ECS service.")
    parser.add_argument("service", help="cluster/service")
    parser.add_argument("--repository", required=True, help="with or without its registry host")
    parser.add_argument("--tag", help="default: IMAGE_TAG of the environment")
    parser.add_argument("--template", required=True, type=Path)
    parser.add_argument("--container", help="may be left out where there is only one")
    parser.add_argument("--platform", help="what the task runs on, such as linux/arm64")
    parser.add_argument("--expected-digest", help="the digest that the build reported")
    parser.add_argument("--url", help="where the running application tells its version")
    parser.add_argument("--dry-run", action="store_true", help="say what would change, no more")
    parser.add_argument("--record", type=Path, default=Path("record.json"))
    return parser.parse_args()


def render(options: argparse.Namespace, build: ad.BuildMetadata) -> ad.RenderedTaskDefinition:
    """The task definition with the verified image in it."""
    image = ad.resolve_image(
        options.repository,
        tag=options.tag,
        expected_digest=options.expected_digest,
        platform=options.platform,
        revision=build.commit,
        deadline=120,
    )
    print(image.report.to_text(), file=sys.stderr)
    template = options.template.read_text(encoding="utf-8")
    return ad.render_task_definition(template, images=[(options.container, image)], metadata=build)


def keep(record: ad.EvidenceRecord, where: Path) -> None:
    """Keeps the record; the job shows its summary."""
    where.write_text(record.to_json(), encoding="utf-8")
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(record.to_markdown())


def main() -> int:
    """Deploys, and says with its exit code whether every task runs the image."""
    options = arguments()
    build = ad.BuildMetadata.detect()
    rendered = render(options, build)
    if options.dry_run:
        print(ad.plan_deployment(options.service, rendered))
        return 0
    probe = None if options.url is None else {"url": options.url, "commit": str(build.commit)}
    record = ad.deploy(
        options.service, rendered, build=build, probe=probe, on_event=print, check=False
    )
    keep(record, options.record)
    print(record)
    return 0 if record.is_completed else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ad.ArtifactDeployError as error:
        sys.exit(f"{error.code}: {error}")
