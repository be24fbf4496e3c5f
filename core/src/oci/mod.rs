//! The image registry port on any OCI registry.
