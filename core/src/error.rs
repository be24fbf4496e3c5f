//! One error for the whole library: what happened, to which thing, and what to do.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

type Source = Arc<dyn std::error::Error + Send + Sync + 'static>;

/// The result of everything in this library that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// What went wrong, for code that decides by it.
        ///
        /// Each kind has one stable [`code`](ErrorKind::code), the same in Rust, Python and Node.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[$doc])* $name,)+
        }

        impl ErrorKind {
            /// Every kind, in the order of the published list of codes.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable code, for example `IMAGE_NOT_FOUND`.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }
        }
    };
}

kinds! {
    /// An environment name is not a lower-case DNS label, or nothing usable is left of a branch name.
    InvalidEnvironment = "INVALID_ENVIRONMENT",
    /// A version id or version tag does not have the documented form, or its tag would be too long.
    InvalidVersion = "INVALID_VERSION",
    /// A release is not a semantic version.
    InvalidRelease = "INVALID_RELEASE",
    /// A commit is not a hexadecimal object name.
    InvalidCommit = "INVALID_COMMIT",
    /// A time is in neither of the two accepted forms.
    InvalidTime = "INVALID_TIME",
    /// A build metadata value, event payload or metadata file cannot be used.
    InvalidMetadata = "INVALID_METADATA",
    /// No CI system and no git checkout was recognised, or a required member is nowhere to be found.
    MetadataNotFound = "METADATA_NOT_FOUND",
    /// A name or value cannot be written to a CI output file safely.
    InvalidOutput = "INVALID_OUTPUT",
    /// An image tag breaks the OCI or ECR grammar.
    InvalidTag = "INVALID_TAG",
    /// A digest is not `sha256:` and 64 hexadecimal digits.
    InvalidDigest = "INVALID_DIGEST",
    /// A repository name or registry host breaks the grammar.
    InvalidRepository = "INVALID_REPOSITORY",
    /// An image reference breaks the grammar.
    InvalidReference = "INVALID_REFERENCE",
    /// A platform is not `os/architecture[/variant]`.
    InvalidPlatform = "INVALID_PLATFORM",
    /// Manifest bytes are not a manifest or index that is understood.
    InvalidManifest = "INVALID_MANIFEST",
    /// An argument is missing, contradicts another one or is out of range.
    InvalidArgument = "INVALID_ARGUMENT",
    /// A task definition document cannot be read, or breaks rules of ECS (all problems in `details`).
    InvalidTaskDefinition = "INVALID_TASK_DEFINITION",
    /// A service or cluster is not named as ECS names them, or a service document cannot be read.
    InvalidService = "INVALID_SERVICE",
    /// What should be the ARN of one revision of a task definition is not.
    InvalidTaskDefinitionArn = "INVALID_TASK_DEFINITION_ARN",
    /// A deployment configuration can never start or stop a task, or breaks another rule of ECS.
    InvalidDeploymentConfiguration = "INVALID_DEPLOYMENT_CONFIGURATION",
    /// A container that was named is not in the task definition.
    ContainerNotFound = "CONTAINER_NOT_FOUND",
    /// An environment variable would collide with a secret of the same name.
    SecretCollision = "SECRET_COLLISION",
    /// The registry does not have the tag or digest.
    ImageNotFound = "IMAGE_NOT_FOUND",
    /// The registry does not have the repository.
    RepositoryNotFound = "REPOSITORY_NOT_FOUND",
    /// The image is archived or being restored and cannot be pulled.
    ImageNotActive = "IMAGE_NOT_ACTIVE",
    /// The manifest bytes do not hash to the digest that the registry names.
    DigestMismatch = "DIGEST_MISMATCH",
    /// The image is sound, but not the one that the build reported.
    UnexpectedDigest = "UNEXPECTED_DIGEST",
    /// The image does not run on the wanted platform.
    PlatformMismatch = "PLATFORM_MISMATCH",
    /// The image says that it was built from another commit, or does not say.
    RevisionMismatch = "REVISION_MISMATCH",
    /// A manifest or layer that the image refers to is missing from the registry.
    ContentIncomplete = "CONTENT_INCOMPLETE",
    /// The bytes of a blob do not hash to the digest that names them.
    ContentCorrupt = "CONTENT_CORRUPT",
    /// The repository would let this tag be moved to other bytes.
    TagMutable = "TAG_MUTABLE",
    /// The tag is already published with another digest.
    VersionConflict = "VERSION_CONFLICT",
    /// The image has no finished scan for vulnerabilities.
    ScanIncomplete = "SCAN_INCOMPLETE",
    /// The scan found more than the policy allows.
    ScanRejected = "SCAN_REJECTED",
    /// A lifecycle rule of the repository would expire the image.
    WouldExpire = "WOULD_EXPIRE",
    /// ECS does not have the cluster.
    ClusterNotFound = "CLUSTER_NOT_FOUND",
    /// ECS does not have the service.
    ServiceNotFound = "SERVICE_NOT_FOUND",
    /// The service is being deleted or was deleted.
    ServiceNotActive = "SERVICE_NOT_ACTIVE",
    /// ECS does not have the revision of the task definition, or it is not active.
    TaskDefinitionNotFound = "TASK_DEFINITION_NOT_FOUND",
    /// ECS does not have the service deployment (any more).
    ServiceDeploymentNotFound = "SERVICE_DEPLOYMENT_NOT_FOUND",
    /// The load balancer does not have the target group.
    TargetGroupNotFound = "TARGET_GROUP_NOT_FOUND",
    /// The service is deployed by `CodeDeploy` or by an external controller.
    UnsupportedController = "UNSUPPORTED_CONTROLLER",
    /// The endpoint does not have this operation.
    UnsupportedOperation = "UNSUPPORTED_OPERATION",
    /// The service did not take the request, and says why.
    RequestRejected = "REQUEST_REJECTED",
    /// The thing is in a state in which this cannot be done to it.
    Conflict = "CONFLICT",
    /// The service has no earlier version that is known to be good.
    NoKnownGood = "NO_KNOWN_GOOD",
    /// ECS took the deployment back: the version before is in place.
    DeploymentRolledBack = "DEPLOYMENT_ROLLED_BACK",
    /// The deployment failed and was not taken back.
    DeploymentFailed = "DEPLOYMENT_FAILED",
    /// A newer version, or another deployment, took the place of this one.
    DeploymentSuperseded = "DEPLOYMENT_SUPERSEDED",
    /// Not every running task runs what was meant, or that cannot be told.
    ProofFailed = "PROOF_FAILED",
    /// The running application does not report the version that was meant.
    ApplicationMismatch = "APPLICATION_MISMATCH",
    /// The registry or service refused for lack of a permission.
    AccessDenied = "ACCESS_DENIED",
    /// No credentials were found, or they were rejected or have expired.
    Unauthenticated = "UNAUTHENTICATED",
    /// The registry or service asked to slow down and kept asking.
    Throttled = "THROTTLED",
    /// A hard quota of the account is used up: waiting does not help, raising the quota does.
    QuotaExceeded = "QUOTA_EXCEEDED",
    /// The registry answered with a server error or could not be reached.
    RegistryUnavailable = "REGISTRY_UNAVAILABLE",
    /// ECS or the load balancer answered with a server error, or could not be reached.
    ServiceUnavailable = "SERVICE_UNAVAILABLE",
    /// One network call took longer than its timeout.
    Timeout = "TIMEOUT",
    /// The answer of the registry or service makes no sense.
    UnexpectedResponse = "UNEXPECTED_RESPONSE",
    /// What was waited for did not come before the deadline.
    DeadlineExceeded = "DEADLINE_EXCEEDED",
    /// The caller cancelled the call.
    Cancelled = "CANCELLED",
    /// Some images of a batch were refused (each one in `details`).
    BatchFailed = "BATCH_FAILED",
    /// A file cannot be read or written.
    Io = "IO",
    /// The runtime of the library cannot be used, for example in the child after a fork.
    RuntimeUnavailable = "RUNTIME_UNAVAILABLE",
}

impl ErrorKind {
    /// Whether the same call can succeed later with nothing changed by the caller.
    pub const fn is_retryable(self) -> bool {
        matches!(
            self,
            Self::Throttled
                | Self::RegistryUnavailable
                | Self::ServiceUnavailable
                | Self::Timeout
                | Self::DeadlineExceeded
        )
    }
}

/// What happened, to which thing, and what to do.
///
/// [`Display`](fmt::Display) prints the message alone; the cause, where there is one, is the
/// [`source`](std::error::Error::source). No secret appears in either.
///
/// ```
/// use artifact_deploy::image::Tag;
/// use artifact_deploy::ErrorKind;
///
/// let error = "pr-51/622d2103".parse::<Tag>().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::InvalidTag);
/// assert_eq!(error.code(), "INVALID_TAG");
/// assert!(!error.is_retryable());
/// ```
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    message: Cow<'static, str>,
    details: Option<Value>,
    source: Option<Source>,
}

impl Error {
    /// An error of `kind`. The message says what happened, to which thing, and what to do.
    pub fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            details: None,
            source: None,
        }))
    }

    /// Adds facts for programs, as JSON, in the shape that [`details`](Self::details) documents.
    pub fn with_details(mut self, details: Value) -> Self {
        self.0.details = Some(details);
        self
    }

    /// Adds the cause.
    pub fn with_source(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync + 'static>>,
    ) -> Self {
        self.0.source = Some(Arc::from(source.into()));
        self
    }

    /// What went wrong, for code that decides by it.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The stable code of the [`kind`](Self::kind), the same in all three languages.
    pub fn code(&self) -> &'static str {
        self.0.kind.code()
    }

    /// What happened, to which thing, and what to do.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Facts for programs, as JSON: always an object, whose members can only become more.
    ///
    /// | error | members |
    /// |---|---|
    /// | the gate refused an image | `report`, and those of the registry's refusal |
    /// | `DeadlineExceeded` | `attempts`; `last` (`code`, `message`) and `report`, where there was an answer |
    /// | `BatchFailed` | `images`: for each that was refused `image`, `code`, `message`, `details`? |
    /// | `VersionConflict` | `published` and `built`, the two digests |
    /// | `AccessDenied` by ECR | `actions`, the IAM actions in question, and `resource` |
    /// | another refusal of ECR, and every one of ECS and Elastic Load Balancing | `service`, `operation`, and `awsCode`, `awsMessage`, `requestId`, `status`, `action`, `resource` of a call or `failureCode`, `failureReason` of one thing of several |
    /// | a refusal of an OCI registry | `status`, `registryCode`, `registryMessage` |
    /// | `InvalidTaskDefinition` | `problems` of a document that breaks rules; `line`, `column`, `pointer`? of text that cannot be read; `members` that stand where none may |
    /// | `ProofFailed` | `proof` |
    /// | `ApplicationMismatch` | `answers` |
    /// | `InvalidDeploymentConfiguration`, `InvalidService` of a document | as `InvalidTaskDefinition` |
    /// | `SecretCollision` | `container` and `names` |
    /// | a deployment that did not complete, or could not be carried out | `record`, the evidence so far, and those of the cause |
    pub fn details(&self) -> Option<&Value> {
        self.0.details.as_ref()
    }

    /// Whether the same call can succeed later with nothing changed by the caller.
    pub fn is_retryable(&self) -> bool {
        self.0.kind.is_retryable()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("code", &self.code())
            .field("message", &self.message())
            .field("details", &self.0.details)
            .field("source", &self.0.source)
            .finish()
    }
}

// By hand: a derived one would give the shared pointer as the source, which is not the error in it.
impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_keeps_its_type() {
        let cause = Error::new(ErrorKind::ImageNotFound, "not there");
        let error = Error::new(ErrorKind::DeadlineExceeded, "too late").with_source(cause);
        let source = std::error::Error::source(&error).unwrap();
        let kind = source.downcast_ref::<Error>().map(Error::kind);
        assert_eq!(kind, Some(ErrorKind::ImageNotFound));
    }
}
