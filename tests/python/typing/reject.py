"""What type checkers must reject: each line that ends in `# E:` with that error, and no other."""

from __future__ import annotations

import artifact_deploy as ad

template = ad.TaskDefinition.parse("{}")
image = ad.resolve_image("my/app", tag="v1")
report = ad.inspect_image("my/app", tag="v1")

ad.VerifiedImage()  # E: call-arg
ad.VerifiedImage("my/app@sha256:00")  # E: arg-type
ad.render_task_definition(template, image="my/app:pr-51-latest")  # E: arg-type
ad.render_task_definition(template, images={"app": "my/app:v1"})  # E: arg-type
ad.render_task_definition(template, image=report)  # E: arg-type
ad.render_task_definition(template, image=ad.ImageReference("my/app:v1"))  # E: arg-type
ad.render_task_definition(5)  # E: arg-type
ad.RenderedTaskDefinition()  # E: call-arg
ad.resolve_image()  # E: call-arg
ad.resolve_image("my/app", "v1")  # E: call-arg
ad.resolve_image("my/app", tag=5)  # E: arg-type
ad.resolve_image("my/app", tga="v1")  # E: call-arg
ad.resolve_image("my/app", tag="v1", deadline="5 minutes")  # E: arg-type
ad.resolve_image("my/app", tag="v1", registry="ecr")  # E: arg-type
ad.Policy(content="everything")  # E: arg-type
ad.Policy("verified")  # E: call-arg
ad.Version.new("pr-51", {"commit": "622d2103"})  # E: arg-type
ad.Version.new("pr-51", ad.BuildMetadata.detect()).tag = "v1"  # E: misc
ad.Environment("pr-51").alias(layout="private")  # E: arg-type
ad.write_github_output({"pr": 51})  # E: arg-type
ad.ContainerChange(image="my/app:v1")  # E: call-arg
ad.resolve_image_async("my/app", tag="v1").digest  # E: attr-defined
image.digest = "sha256:00"  # E: misc


class Forged(ad.VerifiedImage):  # E: misc
    """Something that claims to have passed."""
