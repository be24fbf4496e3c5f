//! Service documents: read, validated, rendered, compared.

use artifact_deploy::service::{self, ServiceSpec};
use napi_derive::napi;
use serde_json::json;

use crate::failure::{Outcome, outcome};
use crate::json;

/// A service: the document stays in Rust, where the order of its members survives.
#[napi]
pub struct ServiceDocument(service::ServiceDocument);

/// Reads the JSON text of a service.
#[napi(catch_unwind)]
pub fn parse_service_document(text: String) -> Outcome<ServiceDocument> {
    outcome(service::ServiceDocument::parse(&text).map(ServiceDocument))
}

#[napi]
impl ServiceDocument {
    /// The name of the service, where it has one.
    #[napi(getter)]
    pub fn name(&self) -> Option<&str> {
        self.0.name()
    }

    /// The document as JSON text on one line.
    #[napi(catch_unwind)]
    pub fn to_text(&self) -> String {
        self.0.to_json()
    }

    /// The document as indented JSON text.
    #[napi(catch_unwind)]
    pub fn to_pretty_text(&self) -> String {
        self.0.to_json_pretty()
    }

    /// All that ECS would refuse, as JSON.
    #[napi(catch_unwind)]
    pub fn validate(&self) -> Outcome<String> {
        outcome(json::write(&self.0.validate()))
    }

    /// A copy with the changes, which come as JSON text.
    #[napi(catch_unwind)]
    pub fn render(&self, changes: String) -> Outcome<ServiceDocument> {
        let rendered = || {
            self.0
                .render(&ServiceSpec::from_value(json::read(&changes)?)?)
        };
        outcome(rendered().map(ServiceDocument))
    }

    /// What differs in `after` for ECS, as JSON and as text.
    #[napi(catch_unwind)]
    pub fn diff(&self, after: &ServiceDocument) -> Outcome<String> {
        let diff = service::ServiceDocument::diff(&self.0, &after.0);
        let text = diff.to_string();
        outcome(json::write(&json!({ "diff": diff, "text": text })))
    }

    /// What UpdateService has to be told so that `live` becomes this one, as JSON.
    #[napi(catch_unwind)]
    pub fn update(&self, live: &ServiceDocument) -> Outcome<String> {
        outcome(json::write(&self.0.update(&live.0)))
    }
}
