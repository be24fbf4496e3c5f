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
ad.deploy("previews/app", template)  # E: arg-type
ad.deploy("previews/app", image)  # E: arg-type
ad.deploy("previews/app")  # E: call-arg
ad.deploy("previews/app", "arn", until="done")  # E: arg-type
ad.deploy("previews/app", "arn", control=ad.MemoryRegistry())  # E: arg-type
ad.deploy("previews/app", "arn", targets=ad.EcsControl())  # E: arg-type
ad.deploy("previews/app", "arn", guarded=False)  # E: call-arg
ad.deploy("previews/app", "arn", hooks="ignore")  # E: arg-type
ad.deploy_async("previews/app", "arn").outcome  # E: attr-defined
ad.deploy("previews/app", "arn").outcome = "completed"  # E: misc
ad.move_alias(ad.promote(image, "production"), True)  # E: arg-type
ad.promote("my/app:v1", "production")  # E: arg-type
ad.promote(image, "production", registry=ad.OciRegistry())  # E: arg-type
ad.rollback("previews/app", 2)  # E: arg-type
ad.verify_running("previews/app", image)  # E: arg-type


class Forged(ad.VerifiedImage):  # E: misc
    """Something that claims to have passed."""
