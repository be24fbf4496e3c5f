//! What is asked of the gate.

use artifact_deploy::gate::ImageQuery;
use artifact_deploy::image::{Digest, ImageSelector, Platform, RepositoryAddress, Tag};
use artifact_deploy::metadata::Commit;
use artifact_deploy::{Error, ErrorKind};
use pyo3::prelude::*;

use crate::argument::Text;
use crate::failure::Result;
use crate::json::{self, Object, ObjectArgument};

/// Which image is meant, and what is expected of it.
#[pyclass(frozen, eq, name = "ImageQuery", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyImageQuery(pub(super) ImageQuery);

#[pymethods]
impl PyImageQuery {
    /// The image of `repository` that `tag` or `digest` names; with both, they must agree.
    ///
    /// `expected_digest` is what the build reported: the digest of the image or of one of its
    /// platforms. `platform` is what it must run on. `revision` is the commit that its labels must
    /// name.
    #[new]
    #[pyo3(signature = (
        repository, *, tag=None, digest=None, expected_digest=None, platform=None, revision=None
    ))]
    fn new(
        repository: Text<RepositoryAddress>,
        tag: Option<Text<Tag>>,
        digest: Option<Text<Digest>>,
        expected_digest: Option<Text<Digest>>,
        platform: Option<Text<Platform>>,
        revision: Option<Text<Commit>>,
    ) -> Result<Self> {
        let selector = match (tag, digest) {
            (Some(tag), None) => ImageSelector::Tag(tag.0),
            (None, Some(digest)) => ImageSelector::Digest(digest.0),
            (Some(tag), Some(digest)) => ImageSelector::TagAndDigest(tag.0, digest.0),
            (None, None) => {
                let message = format!("no image of {} is named; give tag or digest", repository.0);
                return Err(Error::new(ErrorKind::InvalidArgument, message).into());
            }
        };
        let mut query = ImageQuery::new(repository.0, selector);
        if let Some(digest) = expected_digest {
            query = query.expecting_digest(digest.0);
        }
        if let Some(platform) = platform {
            query = query.on_platform(platform.0);
        }
        if let Some(revision) = revision {
            query = query.from_commit(revision.0);
        }
        Ok(Self(query))
    }

    /// Reads the one JSON form: `{"repository", "tag"?, "digest"?, "expectedDigest"?, "platform"?,
    /// "revision"?}`.
    #[staticmethod]
    fn from_json(value: ObjectArgument) -> Result<Self> {
        let value = json::read(&value.0, ErrorKind::InvalidArgument, "an image query")?;
        Ok(Self(ImageQuery::from_json(&value)?))
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<ImageQuery> {
        Object(self.0.clone())
    }

    /// The one JSON form, as text.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("ImageQuery({:?})", self.0.to_string())
    }
}
