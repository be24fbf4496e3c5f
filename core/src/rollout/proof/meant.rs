//! What is meant to run.

use indexmap::{IndexMap, IndexSet};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::reading::pinned_digest;
use crate::gate::VerifiedImage;
use crate::image::Digest;
use crate::metadata::IMAGE_TAG;
use crate::service::TaskDefinitionArn;
use crate::task_definition::{RenderedTaskDefinition, TaskDefinition};
use crate::version::Version;
use crate::{Error, ErrorKind, Result};

/// What the tasks of a service are meant to run: a digest for each container that is judged.
///
/// Containers that it does not name are listed in a proof and not judged.
///
/// JSON: `{"images": {container: {"digest", "children"?}}, "agreeing"?: [container], "version"?,
/// "taskDefinition"?, "deployment"?}`; an image may also be written as its digest or its pinned
/// reference alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Form", into = "Form")]
pub struct Meant {
    images: IndexMap<String, MeantImage>,
    agreeing: IndexSet<String>,
    version: Option<Version>,
    task_definition: Option<TaskDefinitionArn>,
    deployment: Option<String>,
}

/// The image that one container is meant to run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MeantImage {
    digest: Digest,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    children: Vec<Digest>,
}

impl MeantImage {
    /// Exactly this manifest.
    pub fn new(digest: Digest) -> Self {
        Self {
            digest,
            children: Vec::new(),
        }
    }

    /// The digest of the manifest or index.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The images of the index, each as good as the index: ECS may report either.
    pub fn children(&self) -> &[Digest] {
        &self.children
    }

    /// Whether a container with `digest` runs this image.
    pub fn has_digest(&self, digest: &Digest) -> bool {
        self.digest == *digest || self.children.contains(digest)
    }
}

impl From<&VerifiedImage> for MeantImage {
    fn from(image: &VerifiedImage) -> Self {
        Self {
            digest: image.digest().clone(),
            children: image.children().to_vec(),
        }
    }
}

impl Meant {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What a rendered task definition says: the verified images that were put in, and of the other
    /// containers those that are pinned.
    pub fn of(rendered: &RenderedTaskDefinition) -> Self {
        rendered.images().fold(
            Self::of_task_definition(rendered.task_definition()),
            |meant, (container, image)| meant.with_image(container, image),
        )
    }

    /// The containers that a task definition pins. The children of an index are not known from it:
    /// [`with_image`](Self::with_image) brings them.
    pub fn of_task_definition(document: &TaskDefinition) -> Self {
        let images = document
            .images(IMAGE_TAG)
            .filter_map(|(container, image, _)| {
                let digest = pinned_digest(image?)?;
                Some((container.to_owned(), MeantImage::new(digest)))
            })
            .collect();
        Self {
            images,
            ..Self::default()
        }
    }

    /// The same, and of the containers that it does not pin, that all tasks agree on one digest. More
    /// cannot be shown of them, and the proof says so.
    pub fn agreeing_with(document: &TaskDefinition) -> Self {
        let pinned = Self::of_task_definition(document);
        let agreeing = document
            .container_names()
            .into_iter()
            .filter(|container| !pinned.images.contains_key(*container))
            .map(str::to_owned)
            .collect();
        Self { agreeing, ..pinned }
    }

    /// The container runs `image`.
    pub fn with_image(self, container: &str, image: &VerifiedImage) -> Self {
        self.with_digest(container, image.into())
    }

    /// The container runs `image`, which the caller vouches for.
    pub fn with_digest(mut self, container: &str, image: MeantImage) -> Self {
        self.agreeing.shift_remove(container);
        self.images.insert(container.to_owned(), image);
        self
    }

    /// All tasks run the same image in the container, whichever it is: no more can be shown of an
    /// image that is not pinned.
    pub fn with_agreement(mut self, container: &str) -> Self {
        self.images.shift_remove(container);
        self.agreeing.insert(container.to_owned());
        self
    }

    /// The version that this is, for people; it is not compared.
    pub fn with_version(mut self, version: Version) -> Self {
        self.version = Some(version);
        self
    }

    /// Every task is of this revision. Tasks of another one make the proof
    /// [`Incomplete`](super::Verdict::Incomplete), also where they run the same image.
    pub fn with_task_definition(mut self, arn: TaskDefinitionArn) -> Self {
        self.task_definition = Some(arn);
        self
    }

    /// Every task was started by this deployment, `ecs-svc/…`; otherwise the same.
    pub fn with_deployment(mut self, id: impl Into<String>) -> Self {
        self.deployment = Some(id.into());
        self
    }

    /// Reads the JSON form.
    ///
    /// # Errors
    /// `InvalidArgument` for its shape; `InvalidDigest`, `InvalidVersion`,
    /// `InvalidTaskDefinitionArn`.
    pub fn from_json(json: &Value) -> Result<Self> {
        let invalid = |why: String| {
            let message = format!("what is meant cannot be read: {why}");
            Error::new(ErrorKind::InvalidArgument, message)
        };
        if !json.is_object() {
            return Err(invalid("it is not an object".to_owned()));
        }
        Form::deserialize(json)
            .map_err(|error| invalid(error.to_string()))?
            .try_into()
    }

    /// What each container is meant to run.
    pub fn images(&self) -> impl ExactSizeIterator<Item = (&str, &MeantImage)> {
        self.images
            .iter()
            .map(|(container, image)| (container.as_str(), image))
    }

    /// What a container is meant to run.
    pub fn image(&self, container: &str) -> Option<&MeantImage> {
        self.images.get(container)
    }

    /// The containers of which only that all tasks agree can be shown.
    pub fn agreeing(&self) -> impl ExactSizeIterator<Item = &str> {
        self.agreeing.iter().map(String::as_str)
    }

    /// The version.
    pub fn version(&self) -> Option<&Version> {
        self.version.as_ref()
    }

    /// The revision of the task definition.
    pub fn task_definition(&self) -> Option<&TaskDefinitionArn> {
        self.task_definition.as_ref()
    }

    /// The id of the deployment.
    pub fn deployment(&self) -> Option<&str> {
        self.deployment.as_deref()
    }

    /// Whether there is anything to judge by.
    pub fn is_empty(&self) -> bool {
        self.images.is_empty() && self.agreeing.is_empty()
    }

    pub(super) fn must_agree(&self, container: &str) -> bool {
        self.agreeing.contains(container)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Form {
    images: IndexMap<String, ImageForm>,
    #[serde(default, skip_serializing_if = "IndexSet::is_empty")]
    agreeing: IndexSet<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    task_definition: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deployment: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum ImageForm {
    Short(String),
    Long(LongForm),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LongForm {
    digest: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    children: Vec<String>,
}

impl TryFrom<ImageForm> for MeantImage {
    type Error = Error;

    fn try_from(form: ImageForm) -> Result<Self> {
        match form {
            ImageForm::Short(text) => match pinned_digest(&text) {
                Some(digest) => Ok(Self::new(digest)),
                None => Ok(Self::new(text.parse()?)),
            },
            ImageForm::Long(LongForm { digest, children }) => Ok(Self {
                digest: digest.parse()?,
                children: children
                    .iter()
                    .map(|child| child.parse())
                    .collect::<Result<_>>()?,
            }),
        }
    }
}

impl TryFrom<Form> for Meant {
    type Error = Error;

    fn try_from(form: Form) -> Result<Self> {
        let mut images = IndexMap::with_capacity(form.images.len());
        for (container, image) in form.images {
            images.insert(container, image.try_into()?);
        }
        Ok(Self {
            images,
            agreeing: form.agreeing,
            version: form.version.map(|text| text.parse()).transpose()?,
            task_definition: form.task_definition.map(|text| text.parse()).transpose()?,
            deployment: form.deployment,
        })
    }
}

impl From<Meant> for Form {
    fn from(meant: Meant) -> Self {
        let long = |image: MeantImage| {
            ImageForm::Long(LongForm {
                digest: image.digest.to_string(),
                children: image.children.iter().map(ToString::to_string).collect(),
            })
        };
        Self {
            images: meant
                .images
                .into_iter()
                .map(|(container, image)| (container, long(image)))
                .collect(),
            agreeing: meant.agreeing,
            version: meant.version.map(|version| version.to_string()),
            task_definition: meant.task_definition.map(String::from),
            deployment: meant.deployment,
        }
    }
}
