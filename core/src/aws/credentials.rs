//! What it means when no credentials can be had: the chain of providers fails in many ways, and each
//! is mended elsewhere.

use std::error::Error as StdError;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_types::error::metadata::ErrorMetadata;

use super::cause::find;
use super::codes::kind_of_code;
use crate::ErrorKind;

/// Why there are no credentials, and what to do.
pub(super) struct NoCredentials {
    pub(super) kind: ErrorKind,
    /// The code of whoever refused them: the security token service, or a sign-in service.
    pub(super) code: Option<String>,
    pub(super) advice: String,
}

impl NoCredentials {
    /// The lack of credentials that made a call fail, if that is what did. `unavailable` is what a
    /// failure of whoever gives them is.
    pub(super) fn of(error: &(dyn StdError + 'static), unavailable: ErrorKind) -> Option<Self> {
        let credentials = find::<CredentialsError>(error)?;
        let refusal = find::<ErrorMetadata>(credentials).and_then(ErrorMetadata::code);
        let refused = refusal.and_then(|code| kind_of_code(code, unavailable));
        let kind = match (credentials, refused) {
            (CredentialsError::ProviderTimedOut(_), _) => ErrorKind::Timeout,
            // What passes by itself; everything else is for a person to mend.
            (_, Some(kind)) if kind.is_retryable() => kind,
            _ => ErrorKind::Unauthenticated,
        };
        let advice = match (credentials, refusal) {
            (_, Some(code)) if refused == Some(ErrorKind::AccessDenied) => format!(
                "the role may not be assumed ({code}); allow sts:AssumeRole on it, let its trust \
                 policy name the caller, and check its name"
            ),
            (_, Some(code)) => format!(
                "no AWS credentials were given ({code}); sign in again, or check the profile and the \
                 role"
            ),
            (CredentialsError::CredentialsNotLoaded(_), None) => {
                "there are no AWS credentials; sign in, name a profile, or set AWS_ACCESS_KEY_ID and \
                 AWS_SECRET_ACCESS_KEY"
                    .to_owned()
            }
            (CredentialsError::ProviderTimedOut(_), None) => {
                "AWS credentials were not given in time; try again".to_owned()
            }
            _ => {
                "AWS credentials cannot be had; sign in again, or check the profile and the role"
                    .to_owned()
            }
        };
        Some(Self {
            kind,
            code: refusal.map(str::to_owned),
            advice,
        })
    }
}
