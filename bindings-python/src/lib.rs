//! PyO3 layer of artifact-deploy.
