//! The kinds of failure.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// Why a task failed, for code that decides by it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum FailureCode {
            $($(#[$doc])* $name,)+
        }

        impl FailureCode {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable word, for example `image-not-found`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }
        }
    };
}

codes! {
    /// The registry does not have the image.
    ImageNotFound = "image-not-found",
    /// The registry refuses the image, which may also mean that it does not have it.
    PullAccessDenied = "pull-access-denied",
    /// The image, or its program, is for another operating system or CPU than the task.
    PlatformMismatch = "platform-mismatch",
    /// The image was found, but not all of its layers could be copied.
    LayerUnavailable = "layer-unavailable",
    /// The registry cannot be reached.
    PullNetwork = "pull-network",
    /// The registry asked to slow down.
    PullRateLimit = "pull-rate-limit",
    /// The disk has no space left for the image.
    DiskFull = "disk-full",
    /// The pull was given up, because the task was stopped or took too long.
    PullCancelled = "pull-cancelled",
    /// The image cannot be pulled for another reason.
    CannotPullImage = "cannot-pull-image",
    /// A secret or parameter could not be read.
    SecretUnavailable = "secret-unavailable",
    /// The registry did not give the task a token.
    RegistryAuth = "registry-auth",
    /// Something that the task needs could not be set up.
    ResourceInitialization = "resource-initialization",
    /// The container could not be created or started.
    CannotStartContainer = "cannot-start-container",
    /// The container used more memory than it may.
    OutOfMemory = "out-of-memory",
    /// An essential container exited.
    Exited = "exited",
    /// The container failed its health check.
    Unhealthy = "unhealthy",
    /// The task failed the health checks of its load balancer.
    TargetUnhealthy = "target-unhealthy",
    /// The task could not be registered with its load balancer.
    TargetRegistration = "target-registration",
    /// AWS took the Spot capacity back.
    SpotInterruption = "spot-interruption",
    /// The host failed or was retired.
    Infrastructure = "infrastructure",
    /// There is no capacity for the task.
    NoCapacity = "no-capacity",
    /// Somebody stopped the task.
    StoppedByUser = "stopped-by-user",
    /// The task did not start, for another reason.
    FailedToStart = "failed-to-start",
    /// The task stopped, for another reason.
    Stopped = "stopped",
}

impl fmt::Display for FailureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for FailureCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
