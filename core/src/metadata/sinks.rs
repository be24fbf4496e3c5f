//! Where build metadata is written to: build arguments, labels, environments, step outputs.

use super::BuildMetadata;
use super::field::Field;
use crate::image::{Digest, Tag};

/// The label that carries the version id.
pub(super) const VERSION_LABEL: &str = "org.opencontainers.image.version";
pub(crate) const IMAGE_TAG: &str = "IMAGE_TAG";
pub(crate) const IMAGE_DIGEST: &str = "IMAGE_DIGEST";

const BUILD_ARGS: [Field; 5] = [
    Field::BuildTime,
    Field::Commit,
    Field::Branch,
    Field::RunId,
    Field::PrNumber,
];

type Pairs = Vec<(String, String)>;

impl BuildMetadata {
    /// The docker build arguments `BUILD_TIME` (RFC 3339), `COMMIT_SHA`, `BRANCH`, `WORKFLOW_RUN_ID`
    /// and `PR_NUMBER`. What is not known is left out, so that the Dockerfile's default holds.
    ///
    /// `BUILD_TIME` makes each rebuild a new digest; declare it last in the Dockerfile to keep the cache.
    pub fn build_args(&self) -> Pairs {
        self.pairs(&BUILD_ARGS, Field::variable)
    }

    /// [`build_args`](Self::build_args) as arguments for `docker buildx build`: `--build-arg`,
    /// `NAME=value`, … Each is one argument: never join them into a command line for a shell.
    pub fn build_arg_arguments(&self) -> Vec<String> {
        arguments("--build-arg", self.build_args())
    }

    /// The image labels: `org.opencontainers.image.` `revision`, `created`, `source` and, with a
    /// version id, `version`; the rest under `io.github.artifact-deploy.`
    ///
    /// Source: OCI image-spec, "Pre-Defined Annotation Keys".
    pub fn labels(&self, version: Option<&str>) -> Pairs {
        let mut labels = self.pairs(&Field::ALL, Field::label);
        if let Some(version) = version {
            labels.push((VERSION_LABEL.to_owned(), version.to_owned()));
        }
        labels
    }

    /// [`labels`](Self::labels) as arguments for `docker buildx build`: `--label`, `key=value`, …
    pub fn label_arguments(&self, version: Option<&str>) -> Vec<String> {
        arguments("--label", self.labels(version))
    }

    /// The environment of the container: `IMAGE_TAG` and `IMAGE_DIGEST` when given, `COMMIT_SHA`,
    /// `BUILD_TIME`, and all else that is known. [`RunningImage`](super::RunningImage) reads it back.
    pub fn container_environment(&self, tag: Option<&Tag>, digest: Option<&Digest>) -> Pairs {
        let mut variables = Pairs::new();
        variables.extend(tag.map(|tag| (IMAGE_TAG.to_owned(), tag.to_string())));
        variables.extend(digest.map(|digest| (IMAGE_DIGEST.to_owned(), digest.to_string())));
        variables.extend(self.pairs(&Field::ALL, Field::variable));
        variables
    }

    /// The outputs of a CI step: `commit`, `build-time`, `branch`, …
    ///
    /// CI systems mask account ids and then drop outputs that hold a registry host: hand the image on
    /// as tag, digest and repository *name*, each an output of its own.
    pub fn outputs(&self) -> Pairs {
        self.pairs(&Field::ALL, Field::output)
    }

    fn pairs(&self, fields: &[Field], name: impl Fn(Field) -> &'static str) -> Pairs {
        let draft = self.draft();
        fields
            .iter()
            .filter_map(|field| Some((name(*field).to_owned(), draft.text(*field)?)))
            .collect()
    }
}

/// Every variable that [`BuildMetadata::container_environment`] can write.
pub(crate) fn container_variables() -> impl Iterator<Item = &'static str> {
    [IMAGE_TAG, IMAGE_DIGEST]
        .into_iter()
        .chain(Field::ALL.into_iter().map(Field::variable))
}

fn arguments(option: &str, pairs: Pairs) -> Vec<String> {
    pairs
        .into_iter()
        .flat_map(|(name, value)| [option.to_owned(), format!("{name}={value}")])
        .collect()
}
