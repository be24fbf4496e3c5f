//! What the rules of a registry do with the images that a service could go back to.

use std::collections::BTreeMap;

use serde::Serialize;

use super::history::PastDeployment;
use crate::Result;
use crate::image::{Digest, Fate, ImageReference, LifecyclePolicy, Repository, StoredImage};
use crate::ports::ImageRegistry;
use crate::service::{RevisionImage, TaskDefinitionArn};
use crate::version::Version;

/// What becomes of one image of a past deployment.
///
/// JSON: `{"taskDefinition", "version"?: Version, "container", "image": pinned reference, …}` with the
/// members of [`Fate`]. An image that is gone already, and one whose registry does not tell, is
/// `unknown`, with the reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CandidateRetention {
    /// The revision that runs it.
    pub task_definition: TaskDefinitionArn,
    /// Its version, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Version>,
    /// The container.
    pub container: String,
    /// The image, `repository@sha256:…`.
    pub image: String,
    /// What becomes of it.
    #[serde(flatten)]
    pub fate: Fate,
}

/// What the lifecycle rules of their repositories do with the images of past deployments: a rollback to
/// one that is taken away fails when it is needed most.
///
/// In the order of `past`, one entry for each container whose image and digest are known. Asks for the
/// rules and the images of each repository once; of a repository without rules only for those. Never
/// fails: what cannot be told is said of the image.
pub async fn retention(
    registry: &dyn ImageRegistry,
    past: &[PastDeployment],
) -> Vec<CandidateRetention> {
    let mut rules: BTreeMap<Repository, Rules> = BTreeMap::new();
    let mut all = Vec::new();
    for deployment in past {
        for image in deployment.images() {
            let Some((repository, digest)) = pinned(image) else {
                continue;
            };
            if !rules.contains_key(&repository) {
                let read = Rules::read(registry, &repository).await;
                rules.insert(repository.clone(), read);
            }
            let fate = rules.get(&repository).map(|rules| rules.fate(&digest));
            all.push(CandidateRetention {
                task_definition: deployment.task_definition().clone(),
                version: deployment.version().cloned(),
                container: image.container_name.clone(),
                image: format!("{repository}@{digest}"),
                fate: fate.unwrap_or_else(|| unknown("the registry was not asked")),
            });
        }
    }
    all
}

/// Where an image is, when that is said with its host, and its digest.
fn pinned(image: &RevisionImage) -> Option<(Repository, Digest)> {
    let reference: ImageReference = image.image.as_deref()?.parse().ok()?;
    let repository = reference.repository().repository()?.clone();
    let digest = image.image_digest.as_ref().or(reference.digest())?.clone();
    Some((repository, digest))
}

/// What is known of one repository.
enum Rules {
    None,
    Read(LifecyclePolicy, Vec<StoredImage>),
    Unknown(String),
}

impl Rules {
    async fn read(registry: &dyn ImageRegistry, repository: &Repository) -> Self {
        match Self::ask(registry, repository).await {
            Ok(rules) => rules,
            Err(error) => Self::Unknown(error.message().to_owned()),
        }
    }

    async fn ask(registry: &dyn ImageRegistry, repository: &Repository) -> Result<Self> {
        let Some(text) = registry.lifecycle_policy(repository).await? else {
            return Ok(Self::None);
        };
        let policy = LifecyclePolicy::parse(&text)?;
        let stored = registry.stored_images(repository, None).await?;
        Ok(Self::Read(policy, stored.images))
    }

    fn fate(&self, digest: &Digest) -> Fate {
        match self {
            Self::None => Fate::Kept,
            Self::Unknown(reason) => unknown(reason),
            Self::Read(policy, images) => {
                match images.iter().find(|image| image.digest == *digest) {
                    Some(image) => policy.fate(image, Some(images)),
                    None => unknown("the repository does not have it any more, or has archived it"),
                }
            }
        }
    }
}

fn unknown(reason: &str) -> Fate {
    Fate::Unknown {
        rule: None,
        reason: reason.to_owned(),
        needs_images: false,
    }
}

#[cfg(all(test, feature = "memory"))]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::memory::{MemoryImage, MemoryRegistry};

    #[allow(clippy::unwrap_used, reason = "a test")]
    fn past(revision: u32, image: &str) -> PastDeployment {
        let arn = format!("arn:aws:ecs:eu-central-1:123456789012:task-definition/app:{revision}");
        let images = vec![RevisionImage {
            container_name: "app".to_owned(),
            image: Some(image.to_owned()),
            image_digest: None,
        }];
        let mut past = PastDeployment::registered(arn.parse().unwrap());
        past.images = images;
        past
    }

    #[tokio::test(start_paused = true)]
    async fn want_12_a_rollback_candidate_that_will_be_expired_is_told_before_it_is_needed() {
        let registry = MemoryRegistry::new();
        let mut candidates = Vec::new();
        for (revision, repository) in [(1, "my/app"), (2, "my/app"), (3, "my/other")] {
            let image = MemoryImage::new("linux/amd64")
                .unwrap()
                .label("n", revision.to_string());
            let tag = format!("v{revision}");
            let digest = registry.push(repository, &[&tag], &image).unwrap();
            let host = registry.host();
            candidates.push(past(revision, &format!("{host}/{repository}@{digest}")));
            tokio::time::advance(std::time::Duration::from_mins(1)).await;
        }
        candidates.push(past(4, "a-sidecar:latest"));
        let rule = json!({"rules": [{"rulePriority": 1, "action": {"type": "expire"},
            "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1}}]});
        let policy = rule.to_string();
        registry
            .set_lifecycle_policy("my/app", Some(&policy))
            .unwrap();
        registry.reset_calls();

        let told = retention(&registry, &candidates).await;
        let pushes = |fate: &Fate| match fate {
            Fate::Expires { after_pushes, .. } => *after_pushes,
            _ => None,
        };
        let found: Vec<_> = told
            .iter()
            .map(|one| (one.task_definition.revision(), pushes(&one.fate)))
            .collect();
        assert_eq!(found, [(1, Some(0)), (2, Some(1)), (3, None)]);
        assert_eq!(told[2].fate, Fate::Kept);
        assert_eq!(
            registry.calls().total(),
            3,
            "two for one repository, one for the other"
        );
        let entry = serde_json::to_value(&told[0]).unwrap();
        assert_eq!(entry["fate"], "expires", "{entry}");
    }

    #[tokio::test]
    async fn a_candidate_that_is_gone_is_not_said_to_be_kept() {
        let registry = MemoryRegistry::new();
        let image = MemoryImage::new("linux/amd64").unwrap();
        let digest = registry.push("my/app", &["v1"], &image).unwrap();
        registry
            .set_lifecycle_policy("my/app", Some(r#"{"rules": []}"#))
            .unwrap();
        registry.delete("my/app", &digest).unwrap();
        let reference = format!("{}/my/app@{digest}", registry.host());
        let told = retention(&registry, &[past(1, &reference)]).await;
        assert!(matches!(&told[0].fate, Fate::Unknown { .. }), "{told:?}");
        let elsewhere = format!("registry.example/my/app@{digest}");
        let told = retention(&registry, &[past(1, &elsewhere)]).await;
        assert!(matches!(&told[0].fate, Fate::Unknown { .. }), "{told:?}");
    }
}
