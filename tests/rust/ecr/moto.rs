//! A third-party emulator of ECR, where its semantics are right: what is not there, and the filters
//! of tag mutability. Its digests are not those of manifests, and are not looked at.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use artifact_deploy::ErrorKind;
use artifact_deploy::aws::EcrRegistry;
use artifact_deploy::image::{Repository, RepositoryAddress};
use artifact_deploy::ports::{ImageRegistry as _, Lookup, LookupDepth};
use serde_json::{Value, json};

use crate::support::{REGION, environment, tag};

/// The emulator, started here unless `MOTO_SERVER` names one that runs.
struct Moto {
    process: Option<Child>,
    url: String,
}

impl Moto {
    async fn start() -> Self {
        if let Ok(url) = std::env::var("MOTO_SERVER") {
            return Self { process: None, url };
        }
        let socket = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = socket.local_addr().unwrap().port().to_string();
        drop(socket);
        let process = Command::new("moto_server")
            .args(["-H", "127.0.0.1", "-p", &port])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("moto_server is installed");
        let url = format!("http://127.0.0.1:{port}");
        let moto = Self {
            process: Some(process),
            url,
        };
        for _ in 0..300 {
            if reqwest::get(format!("{}/moto-api/", moto.url))
                .await
                .is_ok()
            {
                return moto;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("moto_server does not answer");
    }

    /// The emulator sees the signature's scope, and not whether it is right.
    async fn call(&self, operation: &str, input: &Value) {
        let scope = format!("AWS4-HMAC-SHA256 Credential=k/20250820/{REGION}/ecr/aws4_request");
        let answer = reqwest::Client::new()
            .post(&self.url)
            .header("authorization", scope)
            .header("content-type", "application/x-amz-json-1.1")
            .header(
                "x-amz-target",
                format!("AmazonEC2ContainerRegistry_V20150921.{operation}"),
            )
            .body(input.to_string())
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success(), "{operation}: {answer:?}");
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

#[tokio::test]
#[cfg_attr(
    not(moto),
    ignore = "moto_server is not installed: pip install 'moto[server]'"
)]
async fn what_is_not_there_and_what_is_protected_is_told_as_an_emulator_tells_it() {
    environment();
    let moto = Moto::start().await;
    let name = format!("app-{}", std::process::id());
    let filters = json!([{ "filterType": "WILDCARD", "filter": "dev-*" }]);
    moto.call(
        "CreateRepository",
        &json!({
            "repositoryName": name,
            "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
            "imageTagMutabilityExclusionFilters": filters,
        }),
    )
    .await;
    let options = artifact_deploy::aws::AwsOptions::default()
        .with_region(REGION)
        .with_endpoint_url(&moto.url);
    let registry = EcrRegistry::new(options).unwrap();

    let address = RepositoryAddress::try_from(name.clone()).unwrap();
    let answers = registry
        .look_up(&address, &[tag("gone")], LookupDepth::Manifest)
        .await;
    assert!(matches!(answers.unwrap()[0], Lookup::Missing { .. }));

    let absent = RepositoryAddress::try_from("absent".to_owned()).unwrap();
    let answers = registry
        .look_up(&absent, &[tag("v1")], LookupDepth::Manifest)
        .await;
    assert_eq!(answers.unwrap_err().kind(), ErrorKind::RepositoryNotFound);

    let host = format!("123456789012.dkr.ecr.{REGION}.amazonaws.com/{name}");
    let repository = Repository::try_from(host).unwrap();
    let mutability = registry.tag_mutability(&repository).await.unwrap();
    assert_eq!(
        serde_json::to_value(mutability).unwrap(),
        json!({ "mode": "immutable-except", "filters": ["dev-*"] })
    );
}
