//! What the stand-in has, and how it fails.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::wire::Fault;

/// What the stand-in has, and how it fails.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Script {
    /// The account of the registry. Default: `123456789012`.
    pub account: String,
    /// The Region that requests must be signed for. Default: any.
    pub region: Option<String>,
    /// The repositories, by name.
    pub repositories: BTreeMap<String, RepositoryScript>,
    /// How it fails; the first fault that fits a call is used.
    pub faults: Vec<Fault>,
    /// How long authorization tokens last, in seconds. Default: 12 hours.
    pub token_lifetime: i64,
    /// Whether blobs are redirected to another host, as ECR redirects to S3.
    pub redirect_blobs: bool,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            account: "123456789012".to_owned(),
            region: None,
            repositories: BTreeMap::new(),
            faults: Vec::new(),
            token_lifetime: 12 * 60 * 60,
            redirect_blobs: false,
        }
    }
}

/// One repository.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RepositoryScript {
    /// `MUTABLE` (default), `IMMUTABLE`, `IMMUTABLE_WITH_EXCLUSION` or `MUTABLE_WITH_EXCLUSION`.
    pub mutability: Option<String>,
    /// Its wildcard filters.
    pub filters: Vec<String>,
    /// The text of its lifecycle policy; JSON is written out. Default: it has none.
    pub lifecycle_policy: Option<Value>,
    /// Its images.
    pub images: Vec<ImageScript>,
}

/// One image: built from a platform and labels, an index of such, or a manifest as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ImageScript {
    /// Its tags.
    pub tags: Vec<String>,
    /// For example `linux/amd64`, which is the default.
    pub platform: Option<String>,
    /// The labels of its configuration.
    pub labels: BTreeMap<String, String>,
    /// Makes it an index of these.
    pub index: Vec<ChildScript>,
    /// Puts an attestation beside each image of the index.
    pub attested: bool,
    /// A manifest in place of a built one: a string is served as it is.
    pub manifest: Option<Value>,
    /// The media type of that manifest.
    pub media_type: Option<String>,
    /// A digest to claim that is not the true one.
    pub digest: Option<String>,
    /// `ACTIVE` (default), `ARCHIVED` or `ACTIVATING`; only active images can be read.
    pub status: Option<String>,
    /// The code of a failure in place of the image.
    pub failure_code: Option<String>,
    /// How many `BatchGetImage` calls see the image missing before it appears.
    pub appears_after: usize,
    /// `config` or `layer` (of every image of an index) to `missing`, `archived` or `corrupt`.
    pub blobs: BTreeMap<String, String>,
    /// Leaves the images of an index out.
    pub without_children: bool,
    /// When it was pushed, in seconds since 1970. Default: 1755693900.5.
    pub pushed_at: Option<f64>,
    /// What `DescribeImageScanFindings` tells, call by call (of any image); the last stays. Each is
    /// `{"status", "description"?, "findings"?}`, the findings as ECR writes them; `null` is an image
    /// that was never scanned, and so is none at all.
    pub scan: Vec<Value>,
}

/// One image of an index.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ChildScript {
    /// For example `linux/arm64`.
    pub platform: String,
    /// The labels of its configuration.
    pub labels: BTreeMap<String, String>,
    /// As that of an image.
    pub scan: Vec<Value>,
}

impl Script {
    /// A script from JSON.
    pub fn from_json(script: Value) -> Self {
        serde_json::from_value(script).unwrap_or_else(|error| panic!("script: {error}"))
    }
}
