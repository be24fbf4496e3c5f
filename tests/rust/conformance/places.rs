//! The implementations, each with the same two images.

use std::any::Any;

use artifact_deploy::aws::{AwsOptions, EcrRegistry};
use artifact_deploy::image::{Digest, RepositoryAddress};
use artifact_deploy::memory::{Damage, MemoryImage, MemoryRegistry};
use artifact_deploy::oci::{OciOptions, OciRegistry};
use artifact_deploy::ports::ImageRegistry;
use artifact_deploy_tests::ecr::{Script, ScriptedEcr};
use artifact_deploy_tests::image::BuiltImage;
use artifact_deploy_tests::oci::{Auth, RealRegistry, corrupt, push};
use serde_json::json;

/// A registry that has `team/app` with the tags `single` (one platform, `linux/amd64`), `multi`
/// (an index) and `corrupt` (one platform, its layer damaged).
pub(crate) struct Place {
    pub(crate) registry: Box<dyn ImageRegistry>,
    pub(crate) app: RepositoryAddress,
    pub(crate) absent: RepositoryAddress,
    /// The digests that those who pushed know.
    pub(crate) single: Digest,
    pub(crate) multi: Digest,
    /// The server, where there is one.
    _server: Box<dyn Any>,
}

fn address(host: &str, name: &str) -> RepositoryAddress {
    format!("{host}/{name}").parse().unwrap()
}

pub(crate) async fn memory() -> Place {
    let registry = MemoryRegistry::new();
    let amd = || MemoryImage::new("linux/amd64").unwrap();
    let arm = || MemoryImage::new("linux/arm64").unwrap();
    let single = registry.push("team/app", &["single"], &amd()).unwrap();
    let index = MemoryImage::index([amd().label("in", "index"), arm()]);
    let multi = registry.push("team/app", &["multi"], &index).unwrap();
    let damaged = amd()
        .layers(["damaged".into()])
        .damaged(Damage::LayerCorrupt);
    registry.push("team/app", &["corrupt"], &damaged).unwrap();
    Place {
        registry: Box::new(registry),
        app: "team/app".parse().unwrap(),
        absent: "team/absent".parse().unwrap(),
        single,
        multi,
        _server: Box::new(()),
    }
}

pub(crate) async fn ecr() -> Place {
    let server = ScriptedEcr::start(Script::from_json(json!({ "repositories": { "team/app": {
        "images": [
            { "tags": ["single"] },
            { "tags": ["multi"], "index": [
                { "platform": "linux/amd64", "labels": { "in": "index" } },
                { "platform": "linux/arm64" },
            ] },
            { "tags": ["corrupt"], "labels": { "is": "damaged" }, "blobs": { "layer": "corrupt" } },
        ],
    } } })))
    .await;
    credentials();
    let host = server
        .repository("eu-central-1", "team/app")
        .host()
        .to_owned();
    let options = AwsOptions::default().with_endpoint_url(server.url());
    Place {
        registry: Box::new(EcrRegistry::new(options).unwrap()),
        app: address(&host, "team/app"),
        absent: address(&host, "team/absent"),
        single: single().digest(),
        multi: multi().digest(),
        _server: Box::new(server),
    }
}

pub(crate) async fn oci() -> Place {
    let server = RealRegistry::start(Auth::Open);
    let repository = server.repository("team/app");
    push(&server, &repository, "single", &single()).await;
    push(&server, &repository, "multi", &multi()).await;
    let damaged = BuiltImage::single("linux/amd64", &[("is", "damaged")]);
    push(&server, &repository, "corrupt", &damaged).await;
    corrupt(&server, &damaged.layer_digest());
    Place {
        registry: Box::new(OciRegistry::new(OciOptions::default()).unwrap()),
        app: RepositoryAddress::Full(repository),
        absent: address(server.host(), "team/absent"),
        single: single().digest(),
        multi: multi().digest(),
        _server: Box::new(server),
    }
}

fn single() -> BuiltImage {
    BuiltImage::single("linux/amd64", &[])
}

fn multi() -> BuiltImage {
    let amd = BuiltImage::single("linux/amd64", &[("in", "index")]);
    let arm = BuiltImage::single("linux/arm64", &[]);
    BuiltImage::index(&[("linux/amd64", amd), ("linux/arm64", arm)], false)
}

/// Static credentials, so that nothing is looked for on the network.
fn credentials() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        for (name, value) in [
            ("AWS_ACCESS_KEY_ID", "AKIDTEST"),
            ("AWS_SECRET_ACCESS_KEY", "test-secret-key"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ] {
            // SAFETY: every test that reads the environment calls this first, and waits here.
            unsafe { std::env::set_var(name, value) };
        }
    });
}
