//! What was seen of an image, as plain values.

use chrono::{DateTime, Utc};

use crate::Error;
use crate::image::{
    Descriptor, Digest, Fate, ImageConfig, ImageManifest, IndexChild, Manifest, ScanFindings,
    TagMutability,
};
use crate::ports::{BlobState, FoundImage};

/// Everything that was seen of one image: what [`judge`](super::judge) decides on.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Evidence {
    /// The image itself.
    pub presence: Presence,
    /// The manifests that an index refers to.
    pub children: Reading<Vec<ChildEvidence>>,
    /// The configurations and layers.
    pub blobs: Reading<Vec<BlobEvidence>>,
    /// The configurations that were read.
    pub configurations: Reading<Vec<ConfigEvidence>>,
    /// What the repository does when a tag is pushed again.
    pub mutability: Reading<TagMutability>,
    /// What scans for vulnerabilities found: of the image, or of the images of an index.
    pub scans: Reading<Vec<ScanEvidence>>,
    /// What the rules of the repository do with it.
    pub retention: Reading<Retention>,
}

impl Evidence {
    /// Evidence of the image alone; nothing else was asked for.
    pub fn new(presence: Presence) -> Self {
        Self {
            presence,
            children: Reading::NotAsked,
            blobs: Reading::NotAsked,
            configurations: Reading::NotAsked,
            mutability: Reading::NotAsked,
            scans: Reading::NotAsked,
            retention: Reading::NotAsked,
        }
    }
}

/// Something that may not have been asked for, or not given.
#[derive(Debug, Clone)]
pub enum Reading<T> {
    /// No check needs it.
    NotAsked,
    /// The registry gave it.
    Read(T),
    /// The registry did not give it.
    Failed(Error),
}

impl<T> Reading<T> {
    /// What the registry gave.
    pub fn read(&self) -> Option<&T> {
        match self {
            Self::Read(value) => Some(value),
            Self::NotAsked | Self::Failed(_) => None,
        }
    }

    /// Why the registry did not give it.
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::Failed(error) => Some(error),
            Self::NotAsked | Self::Read(_) => None,
        }
    }
}

impl<T> From<Result<T, Error>> for Reading<T> {
    fn from(result: Result<T, Error>) -> Self {
        match result {
            Ok(value) => Self::Read(value),
            Err(error) => Self::Failed(error),
        }
    }
}

/// Whether the registry has the image.
#[derive(Debug, Clone)]
pub enum Presence {
    /// It is there and can be pulled.
    Found(Box<ImageEvidence>),
    /// The registry does not have it.
    Missing {
        /// What the registry said.
        reason: String,
    },
    /// It is there, but cannot be pulled as things stand.
    Inactive {
        /// Its digest, where the registry told it.
        digest: Option<Digest>,
        /// `ARCHIVED`, `ACTIVATING`, or a state that this library does not know.
        state: String,
    },
}

/// An image that was found.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ImageEvidence {
    /// What the registry gave.
    pub found: FoundImage,
    /// The digest of the manifest bytes as they came. Absent where none came.
    pub hashed: Option<Digest>,
    /// The manifest, or why it cannot be read. Absent where no bytes came.
    pub manifest: Option<Result<Manifest, String>>,
}

impl ImageEvidence {
    /// Hashes and reads what a registry gave.
    pub fn of(found: FoundImage) -> Self {
        let bytes = found.manifest.as_deref();
        Self {
            hashed: bytes.map(Digest::of),
            manifest: bytes.map(|bytes| {
                Manifest::parse(bytes, found.media_type.as_deref())
                    .map_err(|error| error.message().to_owned())
            }),
            found,
        }
    }

    /// The manifest, when its bytes are the ones that the digest names and can be read.
    pub fn sound_manifest(&self) -> Option<&Manifest> {
        let same = self.hashed.as_ref() == Some(&self.found.digest);
        self.manifest.as_ref()?.as_ref().ok().filter(|_| same)
    }
}

/// A manifest that an index refers to.
#[derive(Debug, Clone)]
pub struct ChildEvidence {
    /// What the index says of it.
    pub child: IndexChild,
    /// What the registry gave.
    pub reading: ChildReading,
}

/// What a registry gave for a manifest that an index refers to.
#[derive(Debug, Clone)]
pub enum ChildReading {
    /// It is there, hashes to its digest, and is the manifest of an image.
    Image(Box<ImageManifest>),
    /// It is there, hashes to its digest, and is not the manifest of an image.
    Other {
        /// Why it is not.
        reason: String,
    },
    /// The registry does not have it.
    Missing,
    /// It cannot be pulled.
    Inactive {
        /// The state that the registry names.
        state: String,
    },
    /// Its bytes do not hash to its digest.
    Corrupt {
        /// What they hash to; absent where no bytes came.
        actual: Option<Digest>,
    },
    /// The registry did not answer for it.
    Failed(Error),
}

/// The scan of one image.
#[derive(Debug, Clone)]
pub struct ScanEvidence {
    /// The child of the index that it belongs to; absent where the image is not an index.
    pub child: Option<IndexChild>,
    /// What came of asking for it.
    pub reading: ScanReading,
}

/// What came of asking for a scan.
#[derive(Debug, Clone)]
pub enum ScanReading {
    /// What it found, as far as it is.
    Found(ScanFindings),
    /// There is none.
    Never,
    /// The registry did not tell.
    Failed(Error),
}

/// What the rules of a repository do with an image.
#[derive(Debug, Clone)]
pub struct Retention {
    /// What becomes of it.
    pub fate: Fate,
    /// When that was asked. Absent where the repository has no rules.
    pub as_of: Option<DateTime<Utc>>,
}

/// A configuration or layer.
#[derive(Debug, Clone)]
pub struct BlobEvidence {
    /// What the manifest says of it.
    pub descriptor: Descriptor,
    /// What the registry says of it.
    pub state: BlobState,
}

/// The configuration of one image.
#[derive(Debug, Clone)]
pub struct ConfigEvidence {
    /// The child of the index that it belongs to; absent where the image is not an index.
    pub child: Option<IndexChild>,
    /// What came of reading it.
    pub reading: ConfigReading,
}

/// What came of reading a configuration.
#[derive(Debug, Clone)]
pub enum ConfigReading {
    /// It hashes to its digest and was read.
    Read(Box<ImageConfig>),
    /// It hashes to its digest, but is not an image configuration.
    Unreadable {
        /// Why it is not.
        reason: String,
    },
    /// Its bytes do not hash to its digest.
    Corrupt {
        /// The digest that the manifest names.
        expected: Digest,
        /// What the bytes hash to.
        actual: Digest,
    },
    /// The registry did not give it.
    Failed(Error),
}
