"""Everything that can go wrong, as exceptions.

Each error of the library has a stable :attr:`~ArtifactDeployError.code` that is the same in Rust,
Python and Node, and one class here. Classes stand in groups, so that ``except`` can be as wide or
as narrow as needed::

    ArtifactDeployError
    ├── InvalidInputError (also ValueError)   a value that was given cannot be used
    ├── MetadataNotFoundError                 the build says too little of itself
    ├── TaskDefinitionError (also ValueError) the document, or what was asked of it
    ├── ImageRefusedError                     the gate looked, and said no
    ├── RegistryError                         the registry did not answer as it should
    ├── DeadlineExceededError (also TimeoutError)
    ├── CallCancelledError
    ├── BatchFailedError
    ├── FileAccessError
    └── RuntimeUnavailableError (also RuntimeError)
"""

from __future__ import annotations

import json
from typing import Any, ClassVar, Self, TypeAlias

__all__ = [
    "AccessDeniedError",
    "ArtifactDeployError",
    "BatchFailedError",
    "CallCancelledError",
    "CallTimeoutError",
    "ContainerNotFoundError",
    "ContentCorruptError",
    "ContentIncompleteError",
    "DeadlineExceededError",
    "DigestMismatchError",
    "ErrorCause",
    "FileAccessError",
    "ImageNotActiveError",
    "ImageNotFoundError",
    "ImageRefusedError",
    "InvalidArgumentError",
    "InvalidCommitError",
    "InvalidDigestError",
    "InvalidEnvironmentError",
    "InvalidInputError",
    "InvalidManifestError",
    "InvalidMetadataError",
    "InvalidOutputError",
    "InvalidPlatformError",
    "InvalidReferenceError",
    "InvalidReleaseError",
    "InvalidRepositoryError",
    "InvalidTagError",
    "InvalidTaskDefinitionError",
    "InvalidTimeError",
    "InvalidVersionError",
    "MetadataNotFoundError",
    "PlatformMismatchError",
    "QuotaExceededError",
    "RegistryError",
    "RegistryUnavailableError",
    "RepositoryNotFoundError",
    "RevisionMismatchError",
    "RuntimeUnavailableError",
    "SecretCollisionError",
    "TagMutableError",
    "TaskDefinitionError",
    "ThrottledError",
    "UnauthenticatedError",
    "UnexpectedDigestError",
    "UnexpectedResponseError",
    "VersionConflictError",
]

_Link: TypeAlias = tuple[str | None, str, Any, bool]


class ArtifactDeployError(Exception):
    """What happened, to which thing, and what to do.

    ``str(error)`` is the message. The cause, where there is one, is ``error.__cause__``. No secret
    appears in either.
    """

    code: str = "UNKNOWN"
    """The stable code, the same in all three languages."""

    details: Any
    """Facts for programs, as JSON values: the gate's report, the problems, the request id."""

    retryable: bool
    """Whether the same call can succeed later with nothing changed by the caller."""

    _classes: ClassVar[dict[str, type[ArtifactDeployError]]] = {}

    def __init_subclass__(cls, *, code: str | None = None) -> None:
        super().__init_subclass__()
        if code is not None:
            cls.code = code
            ArtifactDeployError._classes[code] = cls

    def __init__(self, message: str = "", *, details: Any = None, retryable: bool = False) -> None:
        super().__init__(message)
        self.details = details
        self.retryable = retryable

    @property
    def message(self) -> str:
        """What happened, to which thing, and what to do."""
        return str(self)

    def to_dict(self) -> dict[str, Any]:
        """The code, message, details and causes as JSON values, for a log."""
        said: dict[str, Any] = {
            "code": self.code,
            "message": self.message,
            "retryable": self.retryable,
        }
        if self.details is not None:
            said["details"] = self.details
        causes = [str(cause) for cause in _causes(self)]
        if causes:
            said["causes"] = causes
        return said

    def to_json(self) -> str:
        """The same as JSON text."""
        return json.dumps(self.to_dict())

    def __reduce__(self) -> tuple[Any, ...]:
        # Without this a pickled error would lose its keyword arguments and its cause: an error
        # raised in a worker process must arrive whole.
        return _revive, (type(self), self.message, dict(self.__dict__), self.__cause__)

    def _with_cause(self, cause: BaseException | None) -> Self:
        self.__cause__ = cause
        return self


class ErrorCause(Exception):  # noqa: N818
    """A link in the chain of causes that comes from outside of this library: its text."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive, (type(self), str(self), {}, self.__cause__)


class InvalidInputError(ArtifactDeployError, ValueError):
    """A value that was given cannot be used."""


class InvalidEnvironmentError(InvalidInputError, code="INVALID_ENVIRONMENT"):
    """An environment name is no lower-case DNS label, or nothing is left of a branch name."""


class InvalidVersionError(InvalidInputError, code="INVALID_VERSION"):
    """A version id or version tag does not have the documented form, or its tag is too long."""


class InvalidReleaseError(InvalidInputError, code="INVALID_RELEASE"):
    """A release is not a semantic version."""


class InvalidCommitError(InvalidInputError, code="INVALID_COMMIT"):
    """A commit is not a hexadecimal object name."""


class InvalidTimeError(InvalidInputError, code="INVALID_TIME"):
    """A time is in neither of the two accepted forms, or has no timezone."""


class InvalidMetadataError(InvalidInputError, code="INVALID_METADATA"):
    """A build metadata value, event payload or metadata file cannot be used."""


class InvalidOutputError(InvalidInputError, code="INVALID_OUTPUT"):
    """A name or value cannot be written to a CI output file safely."""


class InvalidTagError(InvalidInputError, code="INVALID_TAG"):
    """An image tag breaks the OCI or ECR grammar."""


class InvalidDigestError(InvalidInputError, code="INVALID_DIGEST"):
    """A digest is not ``sha256:`` and 64 hexadecimal digits."""


class InvalidRepositoryError(InvalidInputError, code="INVALID_REPOSITORY"):
    """A repository name or registry host breaks the grammar."""


class InvalidReferenceError(InvalidInputError, code="INVALID_REFERENCE"):
    """An image reference breaks the grammar."""


class InvalidPlatformError(InvalidInputError, code="INVALID_PLATFORM"):
    """A platform is not ``os/architecture[/variant]``."""


class InvalidManifestError(InvalidInputError, code="INVALID_MANIFEST"):
    """Manifest bytes are not a manifest or index that is understood."""


class InvalidArgumentError(InvalidInputError, code="INVALID_ARGUMENT"):
    """An argument is missing, contradicts another one or is out of range."""


class MetadataNotFoundError(ArtifactDeployError, code="METADATA_NOT_FOUND"):
    """No CI system and no git checkout was recognised, or a member is nowhere to be found."""


class TaskDefinitionError(ArtifactDeployError, ValueError):
    """The task definition document, or what was asked of it, cannot be used."""


class InvalidTaskDefinitionError(TaskDefinitionError, code="INVALID_TASK_DEFINITION"):
    """The document cannot be read, or breaks rules of ECS (all problems in ``details``)."""


class ContainerNotFoundError(TaskDefinitionError, code="CONTAINER_NOT_FOUND"):
    """A container that was named is not in the task definition."""


class SecretCollisionError(TaskDefinitionError, code="SECRET_COLLISION"):
    """An environment variable would collide with a secret of the same name."""


class ImageRefusedError(ArtifactDeployError):
    """The gate refused the image; ``details["report"]`` says what each check found."""


class ImageNotFoundError(ImageRefusedError, code="IMAGE_NOT_FOUND"):
    """The registry does not have the tag or digest."""


class ImageNotActiveError(ImageRefusedError, code="IMAGE_NOT_ACTIVE"):
    """The image is archived or being restored and cannot be pulled."""


class DigestMismatchError(ImageRefusedError, code="DIGEST_MISMATCH"):
    """The manifest bytes do not hash to the digest that the registry names."""


class UnexpectedDigestError(ImageRefusedError, code="UNEXPECTED_DIGEST"):
    """The image is sound, but not the one that the build reported."""


class PlatformMismatchError(ImageRefusedError, code="PLATFORM_MISMATCH"):
    """The image does not run on the wanted platform."""


class RevisionMismatchError(ImageRefusedError, code="REVISION_MISMATCH"):
    """The image says that it was built from another commit, or does not say."""


class ContentIncompleteError(ImageRefusedError, code="CONTENT_INCOMPLETE"):
    """A manifest or layer that the image refers to is missing from the registry."""


class ContentCorruptError(ImageRefusedError, code="CONTENT_CORRUPT"):
    """The bytes of a blob do not hash to the digest that names them."""


class TagMutableError(ImageRefusedError, code="TAG_MUTABLE"):
    """The repository would let this tag be moved to other bytes."""


class VersionConflictError(ImageRefusedError, code="VERSION_CONFLICT"):
    """The tag is already published with another digest."""


class RegistryError(ArtifactDeployError):
    """The registry could not be asked, or did not answer as it should."""


class RepositoryNotFoundError(RegistryError, code="REPOSITORY_NOT_FOUND"):
    """The registry does not have the repository."""


class AccessDeniedError(RegistryError, code="ACCESS_DENIED"):
    """The registry refused for lack of a permission."""


class UnauthenticatedError(RegistryError, code="UNAUTHENTICATED"):
    """No credentials were found, or they were rejected or have expired."""


class ThrottledError(RegistryError, code="THROTTLED"):
    """The registry asked to slow down and kept asking."""


class QuotaExceededError(RegistryError, code="QUOTA_EXCEEDED"):
    """A quota of the account is used up: waiting does not help."""


class RegistryUnavailableError(RegistryError, code="REGISTRY_UNAVAILABLE"):
    """The registry answered with a server error or could not be reached."""


class CallTimeoutError(RegistryError, TimeoutError, code="TIMEOUT"):
    """One network call took longer than its timeout."""


class UnexpectedResponseError(RegistryError, code="UNEXPECTED_RESPONSE"):
    """The answer of the registry makes no sense."""


class DeadlineExceededError(ArtifactDeployError, TimeoutError, code="DEADLINE_EXCEEDED"):
    """What was waited for did not come before the deadline; the cause is the last refusal."""


class CallCancelledError(ArtifactDeployError, code="CANCELLED"):
    """The caller cancelled the call."""


class BatchFailedError(ArtifactDeployError, code="BATCH_FAILED"):
    """Some images of a batch were refused (each one in ``details``)."""


class FileAccessError(ArtifactDeployError, code="IO"):
    """A file cannot be read or written."""


class RuntimeUnavailableError(ArtifactDeployError, RuntimeError, code="RUNTIME_UNAVAILABLE"):
    """The runtime of the library cannot be used, for example in the child after a fork."""


def _causes(error: BaseException) -> list[BaseException]:
    chain = []
    while (cause := error.__cause__) is not None:
        chain.append(cause)
        error = cause
    return chain


def _revive(
    kind: type[Exception],
    message: str,
    attributes: dict[str, Any],
    cause: BaseException | None,
) -> Exception:
    error = kind(message)
    error.__dict__.update(attributes)
    error.__cause__ = cause
    return error


def _from_native(chain: list[_Link]) -> ArtifactDeployError:
    """The exception of an error of the core: itself first, then its causes, outermost first."""
    below: BaseException | None = None
    for code, message, details, retryable in reversed(chain):
        error: Exception
        if code is None:
            error = ErrorCause(message)
        else:
            kind = ArtifactDeployError._classes.get(code, ArtifactDeployError)  # noqa: SLF001
            error = kind(message, details=details, retryable=retryable)
            error.code = code
        error.__cause__ = below
        below = error
    if isinstance(below, ArtifactDeployError):
        return below
    return ArtifactDeployError("the library failed and did not say why; please report it")
