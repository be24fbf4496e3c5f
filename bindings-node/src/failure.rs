//! An error of the library on its way to JavaScript.

use std::error::Error as _;

use artifact_deploy::Error;
use napi::Either;
use napi_derive::napi;

/// What a native function gives: its value, or why there is none.
pub(crate) type Outcome<T> = Either<T, Failure>;

/// An error of the library, to be thrown as `ArtifactDeployError` by the TypeScript layer.
///
/// It is a value and not a thrown error, because a JavaScript error made here would lack its code
/// in asynchronous functions and the caller's stack in both.
#[napi]
pub struct Failure(Error);

#[napi]
impl Failure {
    /// The stable code, for example `IMAGE_NOT_FOUND`.
    #[napi(getter)]
    pub fn code(&self) -> &'static str {
        self.0.code()
    }

    /// What happened, to which thing, and what to do.
    #[napi(getter)]
    pub fn message(&self) -> &str {
        self.0.message()
    }

    /// Facts for programs, as JSON text.
    #[napi(getter)]
    pub fn details(&self) -> Option<String> {
        self.0.details().map(ToString::to_string)
    }

    /// Whether the same call can succeed later with nothing changed by the caller.
    #[napi(getter)]
    pub fn retryable(&self) -> bool {
        self.0.is_retryable()
    }

    /// The messages of the causes, the nearest first.
    #[napi(getter)]
    pub fn causes(&self) -> Vec<String> {
        let mut causes = Vec::new();
        let mut next = self.0.source();
        while let Some(cause) = next {
            causes.push(cause.to_string());
            next = cause.source();
        }
        causes
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

/// The value, or the error as a [`Failure`].
pub(crate) fn outcome<T>(result: artifact_deploy::Result<T>) -> Outcome<T> {
    match result {
        Ok(value) => Either::A(value),
        Err(error) => Either::B(error.into()),
    }
}
