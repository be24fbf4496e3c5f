//! What is asked of the gate, from JSON.

use std::collections::BTreeMap;
use std::sync::Arc;

use artifact_deploy::gate::{Gate, ImageQuery, Policy, Wait, default_tag};
use artifact_deploy::ports::ImageRegistry;
use artifact_deploy::version::Environment;
use artifact_deploy::{Error, ErrorKind, Result};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::call::Events;
use crate::json;
use crate::registry::Registry;

/// The members of `resolveImage` and its siblings, but for registry, signal and listener.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    queries: Vec<Map<String, Value>>,
    policy: Option<Value>,
    wait: Option<Value>,
    /// The environment of the process, for the tag of a query that names none.
    variables: BTreeMap<String, String>,
}

/// A gate, and what it is asked.
pub(crate) struct Asked {
    pub(crate) gate: Gate,
    pub(crate) queries: Vec<ImageQuery>,
    pub(crate) registry: Arc<dyn ImageRegistry>,
}

impl Asked {
    /// Reads the JSON text of a request. The gate tells its progress to `events`.
    pub(crate) fn read(text: &str, registry: &Registry, events: Option<Events>) -> Result<Self> {
        let request: Request = json::read(text)?;
        let Request {
            queries, variables, ..
        } = request;
        let queries = queries
            .into_iter()
            .map(|query| read_query(query, &variables))
            .collect::<Result<_>>()?;
        let policy = request.policy.as_ref().map(Policy::from_json).transpose()?;
        let mut gate = Gate::new(policy.unwrap_or_default());
        if let Some(wait) = &request.wait {
            gate = gate.waiting(Wait::from_json(wait)?);
        }
        if let Some(events) = events {
            gate = gate.on_progress(move |progress| {
                if let Ok(event) = json::write(progress) {
                    // Nobody listens any more only when the call has ended.
                    drop(events.send(event));
                }
            });
        }
        Ok(Self {
            gate,
            queries,
            registry: registry.inner(),
        })
    }

    /// The one query of a call for one image.
    pub(crate) fn query(&self) -> Result<&ImageQuery> {
        self.queries.first().ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidArgument,
                "no image is asked for; name a repository",
            )
        })
    }
}

/// A query, with the default tag where it names neither tag nor digest.
fn read_query(
    mut members: Map<String, Value>,
    variables: &BTreeMap<String, String>,
) -> Result<ImageQuery> {
    let environment = members.remove("environment");
    if !members.contains_key("tag") && !members.contains_key("digest") {
        let environment: Option<Environment> = environment.map(json::parse_text).transpose()?;
        let tag = default_tag(variables, environment.as_ref())?;
        members.insert("tag".to_owned(), Value::from(tag.as_str()));
    }
    ImageQuery::from_json(&Value::Object(members))
}
