//! What the tests of ECR share.

use std::sync::LazyLock;
use std::time::Duration;

use artifact_deploy::Result;
use artifact_deploy::aws::{AwsOptions, EcrRegistry};
use artifact_deploy::image::{ImageSelector, Repository, RepositoryAddress};
use artifact_deploy::oci::Timeouts;
use artifact_deploy::ports::{FoundImage, ImageRegistry as _, Lookup, LookupDepth};
use artifact_deploy_tests::ecr::{Script, ScriptedEcr};
use artifact_deploy_tests::http::{Reply, Server};
use bytes::Bytes;
use hyper::Response;
use serde_json::Value;

pub(crate) const REGION: &str = "eu-central-1";

/// A place to be asked, and the client that asks it.
pub(crate) struct Bench {
    pub(crate) ecr: ScriptedEcr,
    pub(crate) registry: EcrRegistry,
    pub(crate) app: RepositoryAddress,
}

/// A stand-in with this script, and a client with short timeouts.
pub(crate) async fn bench(script: Value) -> Bench {
    let ecr = ScriptedEcr::start(Script::from_json(script)).await;
    let registry = EcrRegistry::new(options(&ecr)).unwrap();
    let app = RepositoryAddress::Full(ecr.repository(REGION, "my/app"));
    Bench { ecr, registry, app }
}

pub(crate) fn options(ecr: &ScriptedEcr) -> AwsOptions {
    environment();
    AwsOptions::default()
        .with_region(REGION)
        .with_endpoint_url(ecr.url())
        .with_timeouts(
            Timeouts::default()
                .with_connect(Duration::from_secs(1))
                .with_read(Duration::from_millis(400))
                .with_attempt(Duration::from_secs(1))
                .with_operation(Duration::from_secs(8)),
        )
}

impl Bench {
    pub(crate) async fn look_up(&self, images: &[ImageSelector]) -> Result<Vec<Lookup>> {
        self.registry
            .look_up(&self.app, images, LookupDepth::Manifest)
            .await
    }

    /// The one answer for one image.
    pub(crate) async fn one(&self, image: ImageSelector) -> Lookup {
        self.look_up(&[image]).await.unwrap().pop().unwrap()
    }

    pub(crate) fn repository(&self) -> Repository {
        self.app.repository().unwrap().clone()
    }
}

pub(crate) fn tag(tag: &str) -> ImageSelector {
    ImageSelector::Tag(tag.parse().unwrap())
}

pub(crate) fn found(lookup: Lookup) -> FoundImage {
    match lookup {
        Lookup::Found(found) => found,
        other => panic!("expected an image, got {other:?}"),
    }
}

pub(crate) fn failed(lookup: Lookup) -> artifact_deploy::Error {
    match lookup {
        Lookup::Failed(error) => error,
        other => panic!("expected an error, got {other:?}"),
    }
}

/// Everything that an error shows, its causes included.
pub(crate) fn shown(error: &artifact_deploy::Error) -> String {
    format!("{error} {error:?}")
}

/// An environment without this machine's own AWS configuration, with credentials that need no
/// network, a profile with a Region and keys of its own, and a security token service.
pub(crate) fn environment() {
    static DONE: LazyLock<()> = LazyLock::new(|| {
        let sts = token_service();
        let path = std::env::temp_dir().join(format!("aws-config-{}", std::process::id()));
        let text = format!(
            "[profile elsewhere]\nregion = ap-southeast-2\n\
             aws_access_key_id = AKIDPROFILE\naws_secret_access_key = profile-secret\n\
             [profile empty]\nregion = eu-central-1\n\
             [profile chained]\nregion = eu-west-3\nsource_profile = elsewhere\n\
             role_arn = arn:aws:iam::123456789012:role/deploy\nservices = local\n\
             [default]\nservices = local\n[services local]\nsts =\n  endpoint_url = {sts}\n"
        );
        std::fs::write(&path, text).unwrap();
        for (name, value) in [
            ("AWS_CONFIG_FILE", path.to_str().unwrap()),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            ("AWS_ACCESS_KEY_ID", "AKIDTEST"),
            ("AWS_SECRET_ACCESS_KEY", "test-secret-key"),
            ("AWS_SESSION_TOKEN", "test-session-token"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ] {
            // SAFETY: every test calls this before it reads the environment, and waits here.
            unsafe { std::env::set_var(name, value) };
        }
        for name in [
            "AWS_REGION",
            "AWS_DEFAULT_REGION",
            "AWS_PROFILE",
            "AWS_ENDPOINT_URL",
        ] {
            // SAFETY: as above.
            unsafe { std::env::remove_var(name) };
        }
    });
    LazyLock::force(&DONE);
}

/// A stand-in for STS that lets everybody assume every role but `forbidden`, and is too busy for
/// `busy`; it lives as long as the process.
fn token_service() -> String {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.unwrap().block_on(async {
            let server = Server::start(|request| async move {
                let body = String::from_utf8_lossy(request.body());
                if body.contains("forbidden") {
                    return sts_refusal("AccessDenied", "User is not authorized");
                }
                if body.contains("busy") {
                    return sts_refusal("Throttling", "Rate exceeded");
                }
                Reply::Whole(Response::new(Bytes::from_static(
                    b"<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
                      <AssumeRoleResult><Credentials><AccessKeyId>AKIDASSUMED</AccessKeyId>\
                      <SecretAccessKey>assumed</SecretAccessKey><SessionToken>session</SessionToken>\
                      <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>\
                      <AssumedRoleUser><AssumedRoleId>A:artifact-deploy</AssumedRoleId>\
                      <Arn>arn:aws:sts::123456789012:assumed-role/deploy/artifact-deploy</Arn>\
                      </AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>",
                )))
            })
            .await;
            sender.send(server.url()).unwrap();
            std::future::pending::<()>().await;
        });
    });
    receiver.recv().unwrap()
}

fn sts_refusal(code: &str, message: &str) -> Reply {
    let body = format!(
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>\
         <Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>\
         <RequestId>00000000-0000-4000-8000-000000000000</RequestId></ErrorResponse>"
    );
    let response = Response::builder().status(403).body(Bytes::from(body));
    Reply::Whole(response.unwrap())
}
