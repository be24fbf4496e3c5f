//! What the tests of ECS share: a stand-in that answers as it is told and keeps what it was asked.

use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use artifact_deploy::aws::{AwsOptions, EcsControl, Timeouts};
use artifact_deploy::service::ServiceAddress;
use artifact_deploy_tests::http::{Reply, Server};
use bytes::Bytes;
use hyper::{Request, Response};
use serde_json::{Value, json};

pub(crate) const SECRET_KEY: &str = "test-secret-key";
pub(crate) const REVISION: &str = "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:7";

/// A stand-in for an endpoint of AWS.
pub(crate) struct StandIn {
    server: Server,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// One request that it got.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) operation: String,
    pub(crate) request: Request<Bytes>,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.request.headers().get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn body(&self) -> &Bytes {
        self.request.body()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(self.body()).unwrap()
    }
}

impl StandIn {
    /// `answer` gets the operation and how many requests came before.
    pub(crate) async fn start<F>(answer: F) -> Self
    where
        F: Fn(&str, usize) -> Reply + Send + Sync + 'static,
    {
        environment();
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let kept = Arc::clone(&asked);
        let server = Server::start(move |request: Request<Bytes>| {
            let target = request.headers().get("x-amz-target");
            let target = target.map_or("", |target| target.to_str().unwrap());
            let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
            let mut kept = kept.lock().unwrap();
            let reply = answer(&operation, kept.len());
            kept.push(Asked { operation, request });
            async { reply }
        })
        .await;
        Self { server, asked }
    }

    /// One that gives the same answer always.
    pub(crate) async fn saying(answer: Value) -> Self {
        Self::start(move |_, _| json_reply(&answer)).await
    }

    /// One that refuses always.
    pub(crate) async fn refusing(status: u16, code: &'static str, message: &'static str) -> Self {
        Self::start(move |_, _| refusal(status, code, message)).await
    }

    pub(crate) fn options(&self) -> AwsOptions {
        AwsOptions::default()
            .with_region("eu-central-1")
            .with_endpoint_url(self.server.url())
            .with_timeouts(
                Timeouts::default()
                    .with_connect(Duration::from_secs(1))
                    .with_read(Duration::from_millis(500))
                    .with_attempt(Duration::from_secs(1))
                    .with_operation(Duration::from_secs(8)),
            )
    }

    pub(crate) fn control(&self) -> EcsControl {
        EcsControl::new(self.options())
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The only request that came.
    pub(crate) fn only(&self) -> Asked {
        let mut asked = self.asked();
        assert_eq!(asked.len(), 1, "{asked:?}");
        asked.remove(0)
    }

    pub(crate) fn count(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

pub(crate) fn json_reply(answer: &Value) -> Reply {
    let response = Response::builder().header("content-type", "application/x-amz-json-1.1");
    let body = Bytes::from(answer.to_string());
    Reply::Whole(response.body(body).unwrap())
}

pub(crate) fn refusal(status: u16, code: &str, message: &str) -> Reply {
    let body = json!({ "__type": code, "message": message });
    let response = Response::builder()
        .status(status)
        .header("x-amzn-requestid", "00000000-0000-4000-8000-000000000000")
        .header("content-type", "application/x-amz-json-1.1");
    Reply::Whole(response.body(Bytes::from(body.to_string())).unwrap())
}

pub(crate) fn app() -> ServiceAddress {
    "previews/app".parse().unwrap()
}

/// A service as ECS describes it, with more than this library knows.
pub(crate) fn service() -> Value {
    json!({
        "serviceArn": "arn:aws:ecs:eu-central-1:123456789012:service/previews/app",
        "serviceName": "app",
        "clusterArn": "arn:aws:ecs:eu-central-1:123456789012:cluster/previews",
        "status": "ACTIVE",
        "taskDefinition": REVISION,
        "desiredCount": 2, "runningCount": 2, "pendingCount": 0,
        "deploymentConfiguration": {
            "maximumPercent": 200, "minimumHealthyPercent": 100, "strategy": "SPIRAL",
            "notYetInvented": { "turns": 3.5 },
        },
        "deployments": [{
            "id": "ecs-svc/1", "status": "PRIMARY", "taskDefinition": REVISION,
            "desiredCount": 2, "runningCount": 2, "pendingCount": 0, "failedTasks": 0,
            "rolloutState": "HIBERNATING",
            "createdAt": 1_755_693_900.123, "updatedAt": 1_755_693_901,
        }],
        "events": [
            { "id": "e1", "createdAt": 1_755_693_901.5, "message": "(service app) is well." },
        ],
        "createdAt": 1_755_000_000.0,
        "notYetInvented": true,
    })
}

/// An environment without this machine's own AWS configuration, with credentials that need no
/// network.
fn environment() {
    static DONE: LazyLock<()> = LazyLock::new(|| {
        for (name, value) in [
            ("AWS_CONFIG_FILE", "/dev/null"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            ("AWS_ACCESS_KEY_ID", "AKIDTEST"),
            ("AWS_SECRET_ACCESS_KEY", SECRET_KEY),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ] {
            // SAFETY: every test calls this before it reads the environment, and waits here.
            unsafe { std::env::set_var(name, value) };
        }
        for name in [
            "AWS_REGION",
            "AWS_DEFAULT_REGION",
            "AWS_PROFILE",
            "AWS_SESSION_TOKEN",
            "AWS_ENDPOINT_URL",
        ] {
            // SAFETY: as above.
            unsafe { std::env::remove_var(name) };
        }
    });
    LazyLock::force(&DONE);
}
