//! Service documents: rendering what a service is to be, validation, the semantic diff, and the update
//! that makes one out of the other.

mod normalize;
mod render;
mod schema;
mod service_document;
mod spec;
mod unwrap;
mod update;
mod validate;

#[cfg(test)]
mod tests;

pub use service_document::ServiceDocument;
pub use spec::ServiceSpec;
pub use update::UpdateRequest;
