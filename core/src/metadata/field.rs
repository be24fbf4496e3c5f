//! The members of build metadata, and what each is called in every place it is written to.

/// One member of the build metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Commit,
    BuildTime,
    Branch,
    GitTag,
    RunId,
    RunNumber,
    RunAttempt,
    PrNumber,
    SourceUrl,
    MergeCommit,
    Provider,
}

impl Field {
    /// Every member, in the order in which it is written.
    pub(super) const ALL: [Self; 11] = [
        Self::Commit,
        Self::BuildTime,
        Self::Branch,
        Self::GitTag,
        Self::RunId,
        Self::RunNumber,
        Self::RunAttempt,
        Self::PrNumber,
        Self::SourceUrl,
        Self::MergeCommit,
        Self::Provider,
    ];

    /// The environment variable of the container and of later CI steps.
    pub(super) const fn variable(self) -> &'static str {
        match self {
            Self::Commit => "COMMIT_SHA",
            Self::BuildTime => "BUILD_TIME",
            Self::Branch => "BRANCH",
            Self::GitTag => "GIT_TAG",
            Self::RunId => "WORKFLOW_RUN_ID",
            Self::RunNumber => "WORKFLOW_RUN_NUMBER",
            Self::RunAttempt => "WORKFLOW_RUN_ATTEMPT",
            Self::PrNumber => "PR_NUMBER",
            Self::SourceUrl => "IMAGE_SOURCE_URL",
            Self::MergeCommit => "MERGE_COMMIT_SHA",
            Self::Provider => "CI_PROVIDER",
        }
    }

    /// The image label: the key of the OCI image-spec where it has one, else a key of our own under
    /// the reverse domain of this project, as Docker asks of label authors.
    ///
    /// `org.opencontainers.image.ref.name` stays unused: it means the image's tag, not a git ref.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Commit => "org.opencontainers.image.revision",
            Self::BuildTime => "org.opencontainers.image.created",
            Self::SourceUrl => "org.opencontainers.image.source",
            Self::Branch => "io.github.artifact-deploy.branch",
            Self::GitTag => "io.github.artifact-deploy.git-tag",
            Self::RunId => "io.github.artifact-deploy.run-id",
            Self::RunNumber => "io.github.artifact-deploy.run-number",
            Self::RunAttempt => "io.github.artifact-deploy.run-attempt",
            Self::PrNumber => "io.github.artifact-deploy.pr-number",
            Self::MergeCommit => "io.github.artifact-deploy.merge-commit",
            Self::Provider => "io.github.artifact-deploy.provider",
        }
    }

    /// The output of a CI step.
    pub(super) const fn output(self) -> &'static str {
        match self {
            Self::Commit => "commit",
            Self::BuildTime => "build-time",
            Self::Branch => "branch",
            Self::GitTag => "git-tag",
            Self::RunId => "run-id",
            Self::RunNumber => "run-number",
            Self::RunAttempt => "run-attempt",
            Self::PrNumber => "pr-number",
            Self::SourceUrl => "source-url",
            Self::MergeCommit => "merge-commit",
            Self::Provider => "provider",
        }
    }
}
