//! N-API layer of artifact-deploy.
