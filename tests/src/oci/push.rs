//! Pushing images as `docker push` does, and damaging them afterwards.

use artifact_deploy::image::{Digest, Repository};
use bytes::Bytes;
use reqwest::{Client, Method, RequestBuilder, Response};

use super::registry::RealRegistry;
use crate::image::BuiltImage;

/// Pushes an image under a tag.
pub async fn push(registry: &RealRegistry, repository: &Repository, tag: &str, image: &BuiltImage) {
    push_as(repository, tag, image, registry.credentials()).await;
}

/// Pushes an image under a tag, as this user.
pub async fn push_as(
    repository: &Repository,
    tag: &str,
    image: &BuiltImage,
    credentials: Option<(&str, &str)>,
) {
    let pusher = Pusher {
        client: Client::new(),
        repository,
        credentials,
    };
    for blob in image.all_blobs() {
        pusher.blob(&blob).await;
    }
    for child in &image.children {
        pusher.manifest(child.digest().as_str(), child).await;
    }
    pusher.manifest(tag, image).await;
}

/// Flips one bit of a blob where it lies, or turns a space of a manifest into a tab, so that it is
/// still JSON of the same length.
pub fn corrupt(registry: &RealRegistry, digest: &Digest) {
    let path = registry.data(digest);
    let mut bytes = std::fs::read(&path).expect("the registry has it");
    let space = bytes
        .iter()
        .position(|byte| *byte == b' ')
        .filter(|_| bytes[0] == b'{');
    match space {
        Some(space) => bytes[space] = b'\t',
        None => *bytes.last_mut().expect("it is not empty") ^= 1,
    }
    std::fs::write(path, bytes).expect("it can be written");
}

/// Removes a blob or manifest from where it lies.
pub fn remove(registry: &RealRegistry, digest: &Digest) {
    std::fs::remove_file(registry.data(digest)).expect("the registry has it");
}

struct Pusher<'a> {
    client: Client,
    repository: &'a Repository,
    credentials: Option<(&'a str, &'a str)>,
}

impl Pusher<'_> {
    async fn blob(&self, bytes: &Bytes) {
        let place = format!("/v2/{}/blobs/uploads/", self.repository.name());
        let begun = accepted(self.request(Method::POST, &place)).await;
        let location = begun.headers()["location"]
            .to_str()
            .expect("a location")
            .to_owned();
        let joint = if location.contains('?') { '&' } else { '?' };
        let place = format!("{location}{joint}digest={}", Digest::of(bytes));
        let upload = self
            .request(Method::PUT, &place)
            .header("content-type", "application/octet-stream")
            .body(bytes.clone());
        accepted(upload).await;
    }

    async fn manifest(&self, reference: &str, image: &BuiltImage) {
        let place = format!("/v2/{}/manifests/{reference}", self.repository.name());
        let upload = self
            .request(Method::PUT, &place)
            .header("content-type", &image.media_type)
            .body(image.manifest.clone());
        accepted(upload).await;
    }

    fn request(&self, method: Method, place: &str) -> RequestBuilder {
        let url = if place.starts_with('/') {
            format!("http://{}{place}", self.repository.host())
        } else {
            place.to_owned()
        };
        let request = self.client.request(method, url);
        match self.credentials {
            Some((user, password)) => request.basic_auth(user, Some(password)),
            None => request,
        }
    }
}

async fn accepted(request: RequestBuilder) -> Response {
    let response = request.send().await.expect("the registry answers");
    let status = response.status();
    assert!(status.is_success(), "{} gave {status}", response.url());
    response
}
