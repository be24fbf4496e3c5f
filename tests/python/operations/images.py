"""The operations of `images.json`."""

from __future__ import annotations

from typing import Any

from artifact_deploy import (
    Digest,
    ImageConfig,
    ImageReference,
    Manifest,
    Platform,
    Repository,
    Tag,
    TagMutability,
)


def ecr_repository(given: Any) -> Any:
    return str(Repository.in_ecr(given["account"], given["region"], given["name"]))


def pinned_reference(given: Any) -> Any:
    pinned = ImageReference(given).pinned()
    return pinned and str(pinned)


def manifest(given: Any) -> Any:
    return Manifest.parse(given["manifest"].encode(), given.get("mediaType")).to_dict()


def tag_protected(given: Any) -> Any:
    return TagMutability(**given["mutability"]).protects(given["tag"])


OPERATIONS = {
    "digest": lambda given: str(Digest(given)),
    "digest_of": lambda given: str(Digest.of(given.encode())),
    "tag": lambda given: str(Tag(given)),
    "platform": lambda given: str(Platform(given)),
    "platform_matches": lambda given: Platform(given["image"]).matches(given["wanted"]),
    "repository_name": Repository.check_name,
    "repository": lambda given: Repository(given).to_dict(),
    "same_repository": lambda given: Repository(given["one"]).is_same_as(given["other"]),
    "ecr_repository": ecr_repository,
    "reference": lambda given: ImageReference(given).to_dict(),
    "pinned_reference": pinned_reference,
    "reference_on_docker_hub": lambda given: str(ImageReference(given).on_docker_hub()),
    "manifest": manifest,
    "image_config": lambda given: ImageConfig.parse(given.encode()).to_dict(),
    "tag_protected": tag_protected,
}
