"""Everything that can go wrong, as exceptions.

Each error of the library has a stable :attr:`~ArtifactDeployError.code` that is the same in Rust,
Python and Node, and one class here. Classes stand in groups, so that ``except`` can be as wide or
as narrow as needed::

    ArtifactDeployError
    ├── InvalidInputError (also ValueError)   a value that was given cannot be used
    ├── MetadataNotFoundError                 the build says too little of itself
    ├── TaskDefinitionError (also ValueError) the document, or what was asked of it
    ├── ImageRefusedError                     the gate looked, and said no
    ├── RemoteError                           somebody did not answer as they should:
    │   ├── RegistryError                         the registry
    │   └── ControlError                          ECS or a load balancer
    ├── DeploymentError                       a service does not run what was meant
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
    "ApplicationMismatchError",
    "ArtifactDeployError",
    "BatchFailedError",
    "CallCancelledError",
    "CallTimeoutError",
    "ClusterNotFoundError",
    "ConflictError",
    "ContainerNotFoundError",
    "ContentCorruptError",
    "ContentIncompleteError",
    "ControlError",
    "DeadlineExceededError",
    "DeploymentError",
    "DeploymentFailedError",
    "DeploymentRolledBackError",
    "DeploymentSupersededError",
    "DigestMismatchError",
    "ErrorCause",
    "FileAccessError",
    "ImageNotActiveError",
    "ImageNotFoundError",
    "ImageRefusedError",
    "InvalidArgumentError",
    "InvalidCommitError",
    "InvalidDeploymentConfigurationError",
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
    "InvalidServiceError",
    "InvalidTagError",
    "InvalidTaskDefinitionArnError",
    "InvalidTaskDefinitionError",
    "InvalidTimeError",
    "InvalidVersionError",
    "MetadataNotFoundError",
    "NoKnownGoodError",
    "PlatformMismatchError",
    "ProofFailedError",
    "QuotaExceededError",
    "RegistryError",
    "RegistryUnavailableError",
    "RemoteError",
    "RepositoryNotFoundError",
    "RequestRejectedError",
    "RevisionMismatchError",
    "RuntimeUnavailableError",
    "ScanIncompleteError",
    "ScanRejectedError",
    "SecretCollisionError",
    "ServiceDeploymentNotFoundError",
    "ServiceNotActiveError",
    "ServiceNotFoundError",
    "ServiceUnavailableError",
    "TagMutableError",
    "TargetGroupNotFoundError",
    "TaskDefinitionError",
    "TaskDefinitionNotFoundError",
    "ThrottledError",
    "UnauthenticatedError",
    "UnexpectedDigestError",
    "UnexpectedResponseError",
    "UnsupportedControllerError",
    "UnsupportedOperationError",
    "VersionConflictError",
    "WouldExpireError",
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


class InvalidServiceError(InvalidInputError, code="INVALID_SERVICE"):
    """A service or cluster is not named as ECS names them, or a service document cannot be read."""


class InvalidTaskDefinitionArnError(InvalidInputError, code="INVALID_TASK_DEFINITION_ARN"):
    """What should be the ARN of one revision of a task definition is not."""


class InvalidDeploymentConfigurationError(
    InvalidInputError, code="INVALID_DEPLOYMENT_CONFIGURATION"
):
    """A deployment configuration can never start or stop a task, or breaks another rule of ECS."""


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


class ScanIncompleteError(ImageRefusedError, code="SCAN_INCOMPLETE"):
    """The image has no finished scan for vulnerabilities."""


class ScanRejectedError(ImageRefusedError, code="SCAN_REJECTED"):
    """The scan found more than the policy allows."""


class WouldExpireError(ImageRefusedError, code="WOULD_EXPIRE"):
    """A lifecycle rule of the repository would expire the image."""


class RemoteError(ArtifactDeployError):
    """A registry, ECS or a load balancer could not be asked, or did not answer as it should."""


class RegistryError(RemoteError):
    """What only a registry answers."""


class ControlError(RemoteError):
    """What only ECS or a load balancer answers."""


class ClusterNotFoundError(ControlError, code="CLUSTER_NOT_FOUND"):
    """ECS does not have the cluster."""


class ServiceNotFoundError(ControlError, code="SERVICE_NOT_FOUND"):
    """ECS does not have the service."""


class ServiceNotActiveError(ControlError, code="SERVICE_NOT_ACTIVE"):
    """The service is being deleted or was deleted."""


class TaskDefinitionNotFoundError(ControlError, code="TASK_DEFINITION_NOT_FOUND"):
    """ECS does not have the revision of the task definition, or it is not active."""


class ServiceDeploymentNotFoundError(ControlError, code="SERVICE_DEPLOYMENT_NOT_FOUND"):
    """ECS does not have the service deployment (any more)."""


class TargetGroupNotFoundError(ControlError, code="TARGET_GROUP_NOT_FOUND"):
    """The load balancer does not have the target group."""


class UnsupportedControllerError(ControlError, code="UNSUPPORTED_CONTROLLER"):
    """The service is deployed by CodeDeploy or by an external controller."""


class UnsupportedOperationError(ControlError, code="UNSUPPORTED_OPERATION"):
    """The endpoint does not have this operation."""


class RequestRejectedError(ControlError, code="REQUEST_REJECTED"):
    """The service did not take the request, and says why."""


class ConflictError(ControlError, code="CONFLICT"):
    """The thing is in a state in which this cannot be done to it."""


class ServiceUnavailableError(ControlError, code="SERVICE_UNAVAILABLE"):
    """ECS or the load balancer answered with a server error, or could not be reached."""


class RepositoryNotFoundError(RegistryError, code="REPOSITORY_NOT_FOUND"):
    """The registry does not have the repository."""


class AccessDeniedError(RemoteError, code="ACCESS_DENIED"):
    """The registry or service refused for lack of a permission."""


class UnauthenticatedError(RemoteError, code="UNAUTHENTICATED"):
    """No credentials were found, or they were rejected or have expired."""


class ThrottledError(RemoteError, code="THROTTLED"):
    """The registry or service asked to slow down and kept asking."""


class QuotaExceededError(RemoteError, code="QUOTA_EXCEEDED"):
    """A quota of the account is used up: waiting does not help."""


class RegistryUnavailableError(RegistryError, code="REGISTRY_UNAVAILABLE"):
    """The registry answered with a server error or could not be reached."""


class CallTimeoutError(RemoteError, TimeoutError, code="TIMEOUT"):
    """One network call took longer than its timeout."""


class UnexpectedResponseError(RemoteError, code="UNEXPECTED_RESPONSE"):
    """The answer of the registry or service makes no sense."""


class DeploymentError(ArtifactDeployError):
    """A service does not run what was meant; ``details`` has the record of what happened."""


class NoKnownGoodError(DeploymentError, code="NO_KNOWN_GOOD"):
    """The service has no earlier version that is known to be good."""


class DeploymentRolledBackError(DeploymentError, code="DEPLOYMENT_ROLLED_BACK"):
    """ECS took the deployment back: the version before is in place."""


class DeploymentFailedError(DeploymentError, code="DEPLOYMENT_FAILED"):
    """The deployment failed and was not taken back."""


class DeploymentSupersededError(DeploymentError, code="DEPLOYMENT_SUPERSEDED"):
    """A newer version, or another deployment, took the place of this one."""


class ProofFailedError(DeploymentError, code="PROOF_FAILED"):
    """Not every running task runs what was meant, or that cannot be told."""


class ApplicationMismatchError(DeploymentError, code="APPLICATION_MISMATCH"):
    """The running application does not report the version that was meant."""


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
