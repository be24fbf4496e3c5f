//! A used-up quota is not a reason to try again.

use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction};

/// Forbids retries of `LimitExceededException`: in ECR and ECS it is a hard quota, which the SDK takes for
/// throttling.
#[derive(Debug)]
pub(super) struct NoRetryOfQuotas;

const CODE: &str = "LimitExceededException";

impl ClassifyRetry for NoRetryOfQuotas {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let Some(response) = context.response() else {
            return RetryAction::NoActionIndicated;
        };
        let in_header = response
            .headers()
            .get("x-amzn-errortype")
            .is_some_and(is_quota);
        let in_body = || {
            let body = response.body().bytes()?;
            let body: serde_json::Value = serde_json::from_slice(body).ok()?;
            Some(is_quota(body.get("__type")?.as_str()?))
        };
        if in_header || in_body().unwrap_or(false) {
            RetryAction::RetryForbidden
        } else {
            RetryAction::NoActionIndicated
        }
    }

    fn name(&self) -> &'static str {
        "no retry of quotas"
    }
}

// AWS JSON 1.1: `namespace#Code:address`.
fn is_quota(kind: &str) -> bool {
    let code = kind.rsplit('#').next().unwrap_or(kind);
    code.split(':').next() == Some(CODE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_known_in_every_spelling_of_the_protocol() {
        for kind in [
            "LimitExceededException",
            "com.amazonaws.ecr#LimitExceededException",
            "LimitExceededException:http://internal.amazon.com/coral/",
        ] {
            assert!(is_quota(kind), "{kind}");
        }
        assert!(!is_quota("RequestLimitExceeded"));
    }
}
