//! What a failed call says to people.

use super::errors::{Call, Refusal};
use super::rights::Right;
use crate::ErrorKind;
use crate::harmless::escaped;
use crate::text::quoted;

/// What happened, to which thing, and what to do.
pub(super) fn explain(call: Call, kind: ErrorKind, refusal: &Refusal, right: &Right) -> String {
    let Call {
        api,
        operation,
        subject,
        ..
    } = call;
    let name = api.name;
    let code = refusal.code.map(|code| format!(" ({})", escaped(code)));
    let code = code.unwrap_or_default();
    let asked = format!("{name} {operation} on {subject}");
    match kind {
        ErrorKind::AccessDenied => format!(
            "{asked} is denied{code}; allow {} on {}",
            right.action,
            escaped(&right.resource)
        ),
        ErrorKind::Unauthenticated => format!(
            "{asked}: AWS does not accept the credentials{code}; sign in again, or check the \
             profile and the clock of this machine"
        ),
        ErrorKind::RepositoryNotFound => format!(
            "{name} has no repository {subject}{code}; check its name, the account and the Region"
        ),
        ErrorKind::ClusterNotFound => format!(
            "{name} has no such cluster: {subject}{code}; check its name, the account and the Region"
        ),
        ErrorKind::ServiceNotFound => {
            format!("{name} has no {subject}{code}; check its name, the account and the Region")
        }
        ErrorKind::ServiceNotActive => format!(
            "{subject} is being deleted or was deleted{code}; create it again before it is deployed to"
        ),
        ErrorKind::TaskDefinitionNotFound => format!(
            "{asked}: there is no such active task definition{code}{}; check family and revision",
            words(refusal)
        ),
        ErrorKind::ServiceDeploymentNotFound => {
            format!("{name} does not have {subject} (any more){code}; list those of the service")
        }
        ErrorKind::TargetGroupNotFound => format!(
            "{name} has no {subject}{code}; check its ARN: it may have been deleted with its stack"
        ),
        ErrorKind::UnsupportedController => format!(
            "{asked}: the service is not deployed by ECS itself{code}{}; deploy it with CodeDeploy \
             or with the controller that it has",
            words(refusal)
        ),
        ErrorKind::UnsupportedOperation => {
            format!("{asked}: the endpoint does not have this operation{code}; do without it")
        }
        ErrorKind::Conflict => format!(
            "{asked} cannot be done in the state that it is in{code}{}; look at it again",
            words(refusal)
        ),
        ErrorKind::RequestRejected => format!(
            "{asked} was not taken{code}{}; change what was asked for",
            words(refusal)
        ),
        ErrorKind::Throttled => format!("{asked} is throttled{code}; ask less often"),
        ErrorKind::QuotaExceeded => {
            format!("{asked} is over a quota of the account{code}; raise the quota")
        }
        ErrorKind::Timeout => {
            format!("{asked} did not answer in time; try again, or set longer timeouts")
        }
        ErrorKind::RegistryUnavailable | ErrorKind::ServiceUnavailable => {
            format!("{asked} failed at the server or on the way{code}; try again")
        }
        ErrorKind::InvalidArgument => {
            format!("{asked} cannot be asked like this{code}; check the arguments and the endpoint")
        }
        _ => format!("{asked} gave an answer that makes no sense{code}; check the endpoint"),
    }
}

/// What the service said, where that helps more than its code.
fn words(refusal: &Refusal) -> String {
    match refusal.message.map(str::trim) {
        Some(message) if !message.is_empty() => format!(": {}", quoted(message)),
        _ => String::new(),
    }
}
