//! Who asks.

use std::fmt;

/// Who asks an OCI registry.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) enum Credentials {
    /// Nobody in particular.
    #[default]
    Anonymous,
    /// A user name and a password or access token in its place.
    Basic {
        /// The user name.
        username: String,
        /// The password.
        password: String,
    },
    /// A token that is sent as it is.
    Token(String),
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Anonymous => "Anonymous",
            Self::Basic { .. } => "Basic(<redacted>)",
            Self::Token(_) => "Token(<redacted>)",
        })
    }
}
