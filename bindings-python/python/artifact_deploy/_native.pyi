"""
The native part of `artifact_deploy`; import from there.
"""

from _typeshed import SupportsGetItem
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from os import PathLike
from pathlib import Path
from typing import Any, Literal, Never, SupportsIndex, final

__all__ = ["BuildMetadata", "BuildxMetadata", "BuiltImage", "Change", "Check", "Commit", "DeploymentConfiguration", "DeploymentEvent", "DeploymentPlan", "Descriptor", "Digest", "EcrHost", "EcrRegistry", "EcsControl", "Environment", "EvidenceRecord", "FoundSummary", "GateReport", "GithubFile", "History", "ImageConfig", "ImageQuery", "ImageReference", "IndexChild", "Job", "LoadBalancerTargets", "Manifest", "MemoryCluster", "MemoryRegistry", "OciRegistry", "Pending", "Platform", "Policy", "Problem", "Progress", "Promotion", "Proof", "Publication", "RenderedTaskDefinition", "Repository", "Run", "RunningImage", "RunningJob", "ServiceDocument", "Tag", "TagMutability", "TaskDefinition", "TaskDefinitionDiff", "VerifiedImage", "Version", "Wait", "audit_services", "continue_deployment", "default_tag", "deploy", "deployment_history", "error_codes", "evidence_schema", "explain_task", "format_time", "inspect_image", "judge_answers", "judge_targets", "judge_tasks", "move_alias", "newest_version", "parse_time", "plan_deployment", "promote", "publication", "render_task_definition", "require_answers", "resolve_image", "resolve_images", "rollback", "standings", "stop_deployment", "verify_running", "wait_for_application"]

@final
class BuildMetadata:
    """
    Where an image comes from: commit, time, branch, CI run.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, commit: str | Commit, build_time: str | datetime, *, branch: str | None = None, git_tag: str | None = None, run_id: str | None = None, run_number: SupportsIndex | None = None, run_attempt: SupportsIndex | None = None, pr_number: SupportsIndex | None = None, source_url: str | None = None, merge_commit: str | Commit | None = None, provider: str | None = None) -> BuildMetadata:
        """
        Metadata from values of your own. Every text is checked; none may have control characters.
        """
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def branch(self, /) -> str | None:
        """
        The branch; of a pull request the branch that it comes from.
        """
    def build_arg_arguments(self, /) -> list[str]:
        """
        The same as arguments for `docker buildx build`: `--build-arg`, `NAME=value`, … Each is one
        argument of a process: never join them for a shell.
        """
    def build_args(self, /) -> list[tuple[str, str]]:
        """
        The docker build arguments `BUILD_TIME`, `COMMIT_SHA`, `BRANCH`, `WORKFLOW_RUN_ID` and
        `PR_NUMBER`, as pairs. What is not known is left out.
        """
    @property
    def build_time(self, /) -> datetime:
        """
        When it was built, UTC, whole seconds.
        """
    @property
    def commit(self, /) -> str:
        """
        The commit that was built: of a pull request its head, never the merge commit.
        """
    def container_environment(self, /, tag: str | Tag | None = None, digest: str | Digest | None = None) -> list[tuple[str, str]]:
        """
        The environment of the container, as pairs: `IMAGE_TAG` and `IMAGE_DIGEST` when given,
        `COMMIT_SHA`, `BUILD_TIME`, and all else that is known.
        """
    @staticmethod
    def detect(variables: Mapping[str, str] | None = None, *, now: str | datetime | None = None) -> BuildMetadata:
        """
        Reads the metadata of this CI run: the environment (or `variables`), the event file that it
        names, and git in the current directory where the variables leave the commit open.

        `now` is the build time where `BUILD_TIME` does not say. A pull request gives its head
        commit, never the merge commit.
        """
    @staticmethod
    def detect_from(variables: Mapping[str, str], *, now: str | datetime, event: str | Mapping[str, Any] | None = None, git: str | Mapping[str, Any] | None = None) -> BuildMetadata:
        """
        As `detect`, decided from these values alone: no file, no git, no clock.

        `event` is the payload of the event; `git` is `{"head", "branch"?, "tag"?, "remoteUrl"?}`.
        """
    @staticmethod
    def from_environment(variables: Mapping[str, str] | None = None) -> BuildMetadata:
        """
        The metadata in the environment of a running container (or in `variables`).

        What is missing, empty or `unknown` is not known; without commit and build time this is a
        `MetadataNotFoundError`. `RunningImage` gives what little there is.
        """
    @staticmethod
    def from_json(value: str | Mapping[str, Any]) -> BuildMetadata:
        """
        Reads the one JSON form, as text or as a mapping.
        """
    @staticmethod
    def from_labels(labels: Mapping[str, str]) -> BuildMetadata:
        """
        The metadata in the labels of an image.
        """
    @property
    def git_tag(self, /) -> str | None:
        """
        The git tag that was built.
        """
    def label_arguments(self, /, version: str | Version | None = None) -> list[str]:
        """
        The same as arguments for `docker buildx build`: `--label`, `key=value`, …
        """
    def labels(self, /, version: str | Version | None = None) -> list[tuple[str, str]]:
        """
        The image labels (`org.opencontainers.image.revision`, …), as pairs.
        """
    @property
    def merge_commit(self, /) -> str | None:
        """
        The merge commit that the CI system checked out, when it is not the one that counts.
        """
    def outputs(self, /) -> list[tuple[str, str]]:
        """
        The outputs of a CI step, as pairs: `commit`, `build-time`, `branch`, …
        """
    @property
    def pr_number(self, /) -> int | None:
        """
        The number of the pull or merge request.
        """
    @property
    def provider(self, /) -> str | None:
        """
        What it was read from: `github-actions`, `gitlab-ci`, …, `git`.
        """
    @property
    def run_attempt(self, /) -> int | None:
        """
        The attempt of the run, from 1.
        """
    @property
    def run_id(self, /) -> str | None:
        """
        The id of the CI run, as the CI system writes it.
        """
    @property
    def run_number(self, /) -> int | None:
        """
        The number of the CI run, where the system counts them.
        """
    @property
    def source_url(self, /) -> str | None:
        """
        Where the source code is.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text.
        """

@final
class BuildxMetadata:
    """
    The file that `docker buildx build --metadata-file` or `bake --metadata-file` wrote.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def image(self, /, target: str | None = None) -> BuiltImage:
        """
        The image of a bake target, or without a name the only image there is.
        """
    @staticmethod
    def parse(content: bytes) -> BuildxMetadata:
        """
        Reads the bytes of the file.
        """
    @property
    def targets(self, /) -> list[str]:
        """
        The names of the bake targets; empty for the file of a single build.
        """

@final
class BuiltImage:
    """
    One image that was built and pushed.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def descriptor(self, /) -> Descriptor | None:
        """
        Media type, digest and size of what was pushed, where buildx tells them.
        """
    @property
    def digest(self, /) -> str:
        """
        The digest that the pushed tag leads to: what the gate should expect.
        """
    @property
    def names(self, /) -> list[str]:
        """
        The names that it was pushed as, as buildx wrote them.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text.
        """

@final
class Change:
    """
    One difference.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def after(self, /) -> Any:
        """
        What stands there now; `None` when nothing does.
        """
    @property
    def before(self, /) -> Any:
        """
        What stood there; `None` when nothing did.
        """
    @property
    def path(self, /) -> str:
        """
        Where: a JSON pointer, with names in the place of indices.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """

@final
class Check:
    """
    One check, what came of it, and why.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def actual(self, /) -> str | None:
        """
        What was seen instead.
        """
    @property
    def advice(self, /) -> str | None:
        """
        What to do, when it failed or warns.
        """
    @property
    def code(self, /) -> str | None:
        """
        The code of the error that it stands for, when it failed or warns.
        """
    @property
    def expected(self, /) -> str | None:
        """
        What would have held, where that can be said in a word.
        """
    @property
    def name(self, /) -> str:
        """
        Which check it is: `exists`, `manifest-digest`, …
        """
    @property
    def outcome(self, /) -> str:
        """
        What came of it: `pass`, `fail`, `warn` or `skip`.
        """
    @property
    def reason(self, /) -> str:
        """
        Why, in words.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """

@final
class Commit:
    """
    The object name of a commit: 40 hexadecimal digits, 64, or an abbreviation of at least eight.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, text: str | Commit) -> Commit:
        """
        Reads a commit; anything else is an `InvalidCommitError`.
        """
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def matches(self, /, other: str | Commit) -> bool:
        """
        Whether both can name the same commit: one begins with the other.
        """
    @property
    def short(self, /) -> str:
        """
        The first eight digits.
        """

@final
class DeploymentConfiguration:
    """
    How a service is deployed: strategy, percentages, bake times, circuit breaker, alarms, hooks.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def check(self, /, desired_count: SupportsIndex) -> None:
        """
        Refuses what can never start or stop a task, with the arithmetic, and what ECS refuses.
        """
    @staticmethod
    def from_ecs(configuration: str | Mapping[str, Any]) -> DeploymentConfiguration:
        """
        Reads what ECS writes and `UpdateService` takes: a mapping, or JSON text.
        """
    def problems(self, /, desired_count: SupportsIndex) -> list[Problem]:
        """
        All that is wrong, for a service of so many tasks.
        """
    def to_cdk(self, /) -> dict[str, Any]:
        """
        `{"properties", "missing"}`: those of the CDK's `FargateService`, and what has none.
        """
    def to_cloud_formation(self, /) -> dict[str, Any]:
        """
        The properties of `AWS::ECS::Service` `DeploymentConfiguration`.
        """
    def to_ecs(self, /) -> dict[str, Any]:
        """
        For `CreateService` and `UpdateService`.
        """

@final
class DeploymentEvent:
    """
    One thing that happened in a rollout.
    """
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str:
        """
        One line for a log.
        """
    @property
    def at(self, /) -> datetime:
        """
        When it was told, UTC.
        """
    @property
    def name(self, /) -> str:
        """
        What it is: `registered`, `updated`, `progress`, `task-failed`, `proved`, `finished`, …
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values: `{"event", "at", …}`.
        """

@final
class DeploymentPlan:
    """
    What a deployment would do. Nothing was changed to know it.
    """
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str:
        """
        For people.
        """
    @property
    def changes_nothing(self, /) -> bool:
        """
        Whether all is as it should be already.
        """
    @property
    def registers(self, /) -> bool:
        """
        Whether a revision would be registered, and not one that is there be used again.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text.
        """
    def to_markdown(self, /) -> str:
        """
        For the summary of a CI step. Text from elsewhere is escaped.
        """
    @property
    def updates(self, /) -> bool:
        """
        Whether the service would be updated.
        """

@final
class Descriptor:
    """
    Media type, digest and size of content that a manifest refers to.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def digest(self, /) -> str:
        """
        The digest of the content.
        """
    @property
    def media_type(self, /) -> str:
        """
        What kind of content it is.
        """
    @property
    def size(self, /) -> int:
        """
        The length of the content in bytes.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """

@final
class Digest:
    """
    `sha256:` and 64 lower-case hexadecimal digits: the name of exact bytes.

    Upper-case digits are accepted and printed in lower case.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ge__(self, value: object, /) -> bool: ...
    def __gt__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __le__(self, value: object, /) -> bool: ...
    def __lt__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, text: str | Digest) -> Digest:
        """
        Reads a digest; anything else is an `InvalidDigestError`.
        """
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def hex(self, /) -> str:
        """
        The 64 hexadecimal digits.
        """
    @staticmethod
    def of(content: bytes) -> Digest:
        """
        The digest of these bytes.
        """

@final
class EcrHost:
    """
    What the host of a private ECR registry says: account, Region and form.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def account(self, /) -> str:
        """
        The account: 12 digits.
        """
    @property
    def is_dual_stack(self, /) -> bool:
        """
        Whether it has IPv6 too.
        """
    @property
    def is_fips(self, /) -> bool:
        """
        Whether it is a FIPS endpoint.
        """
    @property
    def partition(self, /) -> str:
        """
        The partition: `aws`, `aws-cn`, …
        """
    @property
    def region(self, /) -> str:
        """
        The Region: `eu-central-1`.
        """
    @property
    def suffix(self, /) -> str:
        """
        What its domain ends with: `amazonaws.com`.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text.
        """

@final
class EcrRegistry:
    """
    Amazon ECR. What is not given comes from the environment, as for every AWS SDK.

    Connections and credentials are kept: use one object for many calls.
    """
    def __new__(cls, /, *, region: str | None = None, profile: str | None = None, role_arn: str | None = None, endpoint_url: str | None = None, timeouts: Mapping[str, float] | None = None) -> EcrRegistry:
        """
        `region` is that of repositories without a host; the Region in a host goes before it.
        `role_arn` is a role to assume. `timeouts` are seconds: `connect`, `read`, `attempt`,
        `operation`.
        """
    def __repr__(self, /) -> str: ...

@final
class EcsControl:
    """
    Amazon ECS. What is not given comes from the environment, as for every AWS SDK.

    Connections and credentials are kept, and requests are paced within the limits of ECS: use one
    object for many calls.
    """
    def __new__(cls, /, *, region: str | None = None, profile: str | None = None, role_arn: str | None = None, endpoint_url: str | None = None, timeouts: Mapping[str, float] | None = None) -> EcsControl:
        """
        `role_arn` is a role to assume. `timeouts` are seconds: `connect`, `read`, `attempt`,
        `operation`.
        """
    def __repr__(self, /) -> str: ...

@final
class Environment:
    """
    Where something is deployed: `pr-51`, `staging`, `production`.

    Lower case, `[a-z0-9]+(-[a-z0-9]+)*`, at most 63 characters: a DNS label.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ge__(self, value: object, /) -> bool: ...
    def __gt__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __le__(self, value: object, /) -> bool: ...
    def __lt__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, name: str | Environment) -> Environment:
        """
        The environment of this name, which is taken as it is or refused (`INVALID_ENVIRONMENT`).
        """
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def alias(self, /, *, layout: Literal["shared", "per-environment"] = ...) -> str:
        """
        The moving tag, `pr-51-latest`; with `layout="per-environment"` it is `latest`. For people:
        a deployment never depends on it.
        """
    @staticmethod
    def for_pull_request(number: SupportsIndex) -> Environment:
        """
        The environment of a pull request: `pr-51`.
        """
    @staticmethod
    def from_branch(branch: str) -> Environment:
        """
        The environment of a branch. When characters were replaced or cut, a short hash of the
        branch is appended, so that two branches never share one.
        """
    @property
    def name(self, /) -> str:
        """
        The name as text.
        """

@final
class EvidenceRecord:
    """
    What one rollout did, and what came of it: build, digest, gate, revision, deployment, each task's
    digest, the application's answer.
    """
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str:
        """
        The outcome first, then everything that matters.
        """
    @property
    def deployment_id(self, /) -> str | None:
        """
        The id of the deployment that was begun, `ecs-svc/…`.
        """
    @property
    def failures(self, /) -> list[dict[str, Any]]:
        """
        The tasks that failed, why, and what to do: `{"taskArn", "code", "reason", "advice", …}`.
        """
    @property
    def finished_at(self, /) -> datetime:
        """
        When it ended, UTC.
        """
    @property
    def images(self, /) -> list[dict[str, Any]]:
        """
        The images, by container, with the gate's report on each.
        """
    @property
    def intent(self, /) -> str:
        """
        What it was for: `deploy`, `rollback` or `promote`.
        """
    @property
    def is_completed(self, /) -> bool:
        """
        Whether it went as far as it was asked to go.
        """
    @property
    def left(self, /) -> Any:
        """
        What state was left behind, where it did not come to an end of its own.
        """
    @property
    def outcome(self, /) -> str | None:
        """
        What came of it: `completed`, `rolled-back`, `failed`, `superseded` or `timed-out`. Only
        `completed` is success.
        """
    @property
    def proof(self, /) -> Proof | None:
        """
        What the running tasks were proven to run.
        """
    @property
    def reason(self, /) -> str:
        """
        Why, in words.
        """
    def require_completed(self, /) -> EvidenceRecord:
        """
        Itself when it is completed; else an error of the kind of its outcome, with
        `details["record"]`.
        """
    @property
    def service(self, /) -> str:
        """
        The service, as `cluster/service`.
        """
    @property
    def started_at(self, /) -> datetime:
        """
        When it began, UTC.
        """
    @property
    def task_definition(self, /) -> Any:
        """
        `{"arn", "reused", "contentHash"?}` of the task definition.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values; its schema is `EVIDENCE_SCHEMA`.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text.
        """
    def to_markdown(self, /) -> str:
        """
        For the summary of a CI step. Text from elsewhere is escaped.
        """
    @property
    def until(self, /) -> str:
        """
        How far it went: `registered`, `deployed`, `stable` or `verified`.
        """
    @property
    def version(self, /) -> Version | None:
        """
        The version, where it is known.
        """

@final
class FoundSummary:
    """
    What the registry gave, whatever came of the checks.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def children(self, /) -> list[str]:
        """
        The digests of the images of an index, without attestations.
        """
    @property
    def digest(self, /) -> str:
        """
        The digest that the registry names.
        """
    @property
    def media_type(self, /) -> str | None:
        """
        The media type of the manifest.
        """
    @property
    def platforms(self, /) -> list[str]:
        """
        What it runs on, as far as that was read.
        """
    @property
    def repository(self, /) -> str:
        """
        The repository with its host.
        """
    @property
    def tag(self, /) -> str | None:
        """
        The tag that it was asked for by.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """

@final
class GateReport:
    """
    What the gate found on one image, check by check.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def can_change(self, /) -> bool:
        """
        Whether asking again later can help.
        """
    @property
    def checks(self, /) -> list[Check]:
        """
        Every check, in the order in which they are judged.
        """
    @property
    def failed(self, /) -> list[Check]:
        """
        The checks that failed.
        """
    @property
    def found(self, /) -> FoundSummary | None:
        """
        What the registry gave, whatever the verdict.
        """
    @property
    def image(self, /) -> str:
        """
        The image as it was asked for.
        """
    @property
    def is_verified(self, /) -> bool:
        """
        Whether the image may be deployed.
        """
    @property
    def reference(self, /) -> str | None:
        """
        The pinned reference, when the verdict is `verified`. It proves nothing: a task definition
        takes the verified image of `resolve_image`.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text.
        """
    def to_markdown(self, /) -> str:
        """
        A table in Markdown, for a pull-request comment or `GITHUB_STEP_SUMMARY`.
        """
    def to_text(self, /) -> str:
        """
        Plain text, for a terminal.
        """
    @property
    def verdict(self, /) -> str:
        """
        Whether the image may be deployed: `verified` or `refused`.
        """
    @property
    def warnings(self, /) -> list[Check]:
        """
        The checks that warn.
        """

@final
class GithubFile:
    """
    The file behind `GITHUB_OUTPUT` or `GITHUB_ENV`, written so that no value can set another name.
    """
    def __repr__(self, /) -> str: ...
    def append(self, /, entries: SupportsGetItem[int, tuple[str, str]]) -> None:
        """
        Appends the entries, pairs of name and value: all of them, or on an error of the entries none.
        """
    @staticmethod
    def environment(path: str | PathLike[str] | None = None) -> GithubFile:
        """
        The file for the environment of later steps: that of `GITHUB_ENV`, or the one at `path`.
        """
    @staticmethod
    def output(path: str | PathLike[str] | None = None) -> GithubFile:
        """
        The file for step outputs: that of `GITHUB_OUTPUT`, or the one at `path`.
        """
    @property
    def path(self, /) -> Path:
        """
        Where it is.
        """

@final
class History:
    """
    What a service ran and was told to run, newest first.
    """
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str:
        """
        One line for each deployment.
        """
    @property
    def deployments(self, /) -> list[dict[str, Any]]:
        """
        All deployments, newest first: `{"taskDefinition", "version"?, "outcome", …}`.
        """
    @property
    def in_place(self, /) -> str | None:
        """
        The ARN of the task definition that the service is told to run now.
        """
    @property
    def known_good(self, /) -> list[dict[str, Any]]:
        """
        Those that are known to be good, newest first.
        """
    @property
    def service(self, /) -> str:
        """
        The service, as `cluster/service`.
        """
    @property
    def source(self, /) -> str:
        """
        `service-deployments`, which know how each ended, or `revisions`, which do not.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text.
        """

@final
class ImageConfig:
    """
    What a single image says of itself: platform, labels, time.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def created(self, /) -> datetime | None:
        """
        When it says that it was made.
        """
    @property
    def labels(self, /) -> dict[str, str]:
        """
        Its labels.
        """
    @staticmethod
    def parse(content: bytes) -> ImageConfig:
        """
        Reads the bytes of an image configuration.
        """
    @property
    def platform(self, /) -> str | None:
        """
        What it runs on.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text.
        """

@final
class ImageQuery:
    """
    Which image is meant, and what is expected of it.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, repository: str | Repository, *, tag: str | Tag | None = None, digest: str | Digest | None = None, expected_digest: str | Digest | None = None, platform: str | Platform | None = None, revision: str | Commit | None = None) -> ImageQuery:
        """
        The image of `repository` that `tag` or `digest` names; with both, they must agree.

        `expected_digest` is what the build reported: the digest of the image or of one of its
        platforms. `platform` is what it must run on. `revision` is the commit that its labels must
        name.
        """
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @staticmethod
    def from_json(value: str | Mapping[str, Any]) -> ImageQuery:
        """
        Reads the one JSON form: `{"repository", "tag"?, "digest"?, "expectedDigest"?, "platform"?,
        "revision"?}`.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text.
        """

@final
class ImageReference:
    """
    A repository with a tag, a digest, both or neither: `my/app:pr-51-latest@sha256:…`.

    *Pinned* means: with a digest. Only that names the same bytes for ever.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, text: str | ImageReference) -> ImageReference:
        """
        Reads a reference; anything else is an `InvalidReferenceError`.
        """
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def digest(self, /) -> str | None:
        """
        The digest.
        """
    @property
    def is_pinned(self, /) -> bool:
        """
        Whether it has a digest.
        """
    def on_docker_hub(self, /) -> ImageReference:
        """
        What Docker makes of it: `app` becomes `docker.io/library/app:latest`.
        """
    def pinned(self, /) -> ImageReference | None:
        """
        `repository@digest`, or `None` when it has no digest.
        """
    def pinned_to(self, /, digest: str | Digest) -> ImageReference:
        """
        `repository@digest` with this digest.
        """
    @property
    def repository(self, /) -> Repository:
        """
        The repository.
        """
    @property
    def tag(self, /) -> str | None:
        """
        The tag.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        Its parts, as Python values.
        """
    def to_json(self, /) -> str:
        """
        Its parts, as JSON text.
        """

@final
class IndexChild:
    """
    A manifest that an index lists.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def descriptor(self, /) -> Descriptor:
        """
        Its media type, digest and size.
        """
    @property
    def digest(self, /) -> str:
        """
        Its digest.
        """
    @property
    def kind(self, /) -> Any:
        """
        What it is: `"image"`, `"index"`, `"attestation"` or `"artifact"`.
        """
    @property
    def os_version(self, /) -> str | None:
        """
        The version of the operating system (Windows).
        """
    @property
    def platform(self, /) -> str | None:
        """
        What it runs on, when it can run and says so.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """

@final
class Job:
    """
    A call that is ready to run, once: `wait()` for its result, or `start()` it for an event loop.
    """
    def start(self, /, event_loop: Any, on_done: Any, on_progress: Any | None) -> RunningJob:
        """
        Starts the call for an asyncio event loop and gives a handle that can cancel it.

        In the thread of `event_loop`, `on_progress` is called with each report, and at the end
        `on_done` with the result and `None`, or with `None` and the exception.
        """
    def wait(self, /, on_progress: Any | None = None) -> Any:
        """
        Runs the call and waits for its result, without the GIL. Signals are seen every 50 ms.

        `on_progress` is called in this thread; what it raises ends the call.
        """

@final
class LoadBalancerTargets:
    """
    The targets of load balancers, as Elastic Load Balancing tells their health.

    The Region is that of each target group. What is not given comes from the environment.
    """
    def __new__(cls, /, *, region: str | None = None, profile: str | None = None, role_arn: str | None = None, endpoint_url: str | None = None, timeouts: Mapping[str, float] | None = None) -> LoadBalancerTargets:
        """
        `role_arn` is a role to assume. `timeouts` are seconds: `connect`, `read`, `attempt`,
        `operation`.
        """
    def __repr__(self, /) -> str: ...

@final
class Manifest:
    """
    An image manifest or an index of several, of Docker (schema 2) or OCI.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def children(self, /) -> list[IndexChild]:
        """
        The manifests that an index lists. Empty for a single image.
        """
    @property
    def config(self, /) -> Descriptor | None:
        """
        The configuration of a single image.
        """
    @property
    def is_index(self, /) -> bool:
        """
        Whether it is an index: a list of manifests, one for each platform.
        """
    @property
    def layers(self, /) -> list[Descriptor]:
        """
        The layers of a single image. Empty for an index.
        """
    @property
    def media_type(self, /) -> str:
        """
        The media type.
        """
    @staticmethod
    def parse(content: bytes, media_type: str | None = None) -> Manifest:
        """
        Reads the bytes of a manifest; `media_type` is what the registry says that they are.

        What is not understood, or could be understood in two ways, is an `InvalidManifestError`.
        """
    @property
    def platforms(self, /) -> list[str]:
        """
        What an index says that its images run on. Empty for a single image: its configuration says.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text. Not the bytes that it was read from.
        """

@final
class MemoryCluster:
    """
    Amazon ECS in memory, for tests and demonstrations: tasks that pull from a registry in memory
    when they start, deployments, circuit breaker, rollback. It runs in real time, and misbehaves on
    request.
    """
    def __new__(cls, /, registry: MemoryRegistry, fixture: str | Mapping[str, Any] | None = None) -> MemoryCluster:
        """
        A cluster whose tasks pull from `registry`. `fixture` sets the scene: `{"services"?: […],
        "taskDefinitions"?: […], "behaviours"?: […], "faults"?: […], "pace"?: {…}, "faster"?: 1000}`.
        """
    def __repr__(self, /) -> str: ...
    def add_task_definition(self, /, document: str | Mapping[str, Any]) -> str:
        """
        Registers a task definition, as `RegisterTaskDefinition` takes it, and gives its ARN.
        """
    def behave(self, /, behaviour: str | Mapping[str, Any]) -> None:
        """
        Says how tasks behave that run an image: `{"image": digest or tag, "behaviour": "crash-loop",
        "exitCode"?: 1}`.
        """
    @property
    def calls(self, /) -> dict[str, Any]:
        """
        How many calls were made, by operation.
        """
    def create_cluster(self, /, name: str) -> None:
        """
        Makes an empty cluster.
        """
    def create_service(self, /, document: str | Mapping[str, Any], *, steady: bool = False) -> dict[str, Any]:
        """
        Makes a service, as `CreateService` takes it. With `steady` it runs already.
        """
    def heal(self, /) -> None:
        """
        Takes all faults back.
        """
    def inject(self, /, fault: str | Mapping[str, Any]) -> None:
        """
        Makes calls misbehave: `{"operation"?, "fault", "times"?, "after"?, "service"?}`.
        """
    def reset_calls(self, /) -> None:
        """
        Starts to count calls from zero.
        """
    def sound_alarm(self, /, name: str) -> None:
        """
        Lets an alarm go off.
        """
    def stop_task(self, /, task_arn: str, reason: str = "stopped by the test") -> None:
        """
        Stops a task; ECS starts another one.
        """
    def tasks(self, /, service: str) -> list[dict[str, Any]]:
        """
        The tasks of a service, those that stopped too, as `DescribeTasks` tells them.
        """

@final
class MemoryRegistry:
    """
    A registry in memory, for tests and demonstrations. It serves real manifests with real digests,
    and misbehaves on request.
    """
    def __new__(cls, /, *, host: str | None = None) -> MemoryRegistry:
        """
        An empty registry at `host`; without one, at a host of private ECR.
        """
    def __repr__(self, /) -> str: ...
    def archive(self, /, repository: str, digest: str | Digest) -> None:
        """
        Puts an image into archive storage.
        """
    @property
    def calls(self, /) -> dict[str, Any]:
        """
        How many calls were made, by operation.
        """
    def create_repository(self, /, name: str, *, mutability: TagMutability | None = None) -> None:
        """
        Makes a repository, or changes what it does when a tag is pushed again.
        """
    def delete(self, /, repository: str, digest: str | Digest) -> None:
        """
        Deletes an image.
        """
    @staticmethod
    def from_json(value: str | Mapping[str, Any]) -> MemoryRegistry:
        """
        Reads a whole registry: `{"host"?, "repositories": {name: {"mutability"?, "images": […]}},
        "faults"?: […]}`.
        """
    def heal(self, /) -> None:
        """
        Takes all faults back.
        """
    def inject(self, /, fault: str | Mapping[str, Any]) -> None:
        """
        Makes calls misbehave: `{"operation", "fault", "times"?, "repository"?, "tag"?}`.
        """
    def push(self, /, repository: str, tags: Iterable[str], *, platforms: Iterable[str] | None = None, labels: Mapping[str, str] | None = None, manifest: SupportsGetItem[int, SupportsIndex] | None = None, media_type: str | None = None, visible_after: float | timedelta | None = None) -> str:
        """
        Pushes an image and gives its digest.

        One of `platforms` makes a single image, several an index; all carry `labels`. With
        `manifest` these exact bytes are pushed instead. It can be seen `visible_after` seconds later.
        """
    def reset_calls(self, /) -> None:
        """
        Starts to count calls from zero.
        """
    def tag(self, /, repository: str, tag: str, digest: str | Digest) -> None:
        """
        Moves a tag to an image that is there.
        """

@final
class OciRegistry:
    """
    Any registry that speaks the OCI distribution protocol: anonymously, with a user name and
    password, or with a bearer token.

    Connections and tokens are kept: use one object for many calls.
    """
    def __new__(cls, /, *, registry: str | None = None, username: str | None = None, password: str | None = None, token: str | None = None, plain_http: bool | None = None, timeouts: Mapping[str, float] | None = None) -> OciRegistry:
        """
        `registry` is the host, with its port where it has one, that the credentials are for: they
        need it, and no other host is told them. `plain_http` allows or forbids HTTP without TLS; by
        default it is used for loopback addresses only. `timeouts` are seconds: `connect`, `read`,
        `attempt`, `operation`.
        """
    def __repr__(self, /) -> str: ...

@final
class Pending:
    """
    An image that is still waited for.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def code(self, /) -> str:
        """
        The code of what it lacks: `IMAGE_NOT_FOUND`, `THROTTLED`, …
        """
    @property
    def image(self, /) -> str:
        """
        The image as it was asked for.
        """
    @property
    def reason(self, /) -> str:
        """
        What it lacks, in words.
        """

@final
class Platform:
    """
    Operating system and CPU, written `os/architecture[/variant]`: `linux/arm64/v8`.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, text: str | Platform) -> Platform:
        """
        Reads a platform; anything else is an `InvalidPlatformError`.
        """
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def architecture(self, /) -> str:
        """
        The CPU architecture as Go names it: `amd64`, `arm64`.
        """
    def matches(self, /, wanted: str | Platform) -> bool:
        """
        Whether an image of this platform serves where `wanted` is asked for.
        """
    @property
    def os(self, /) -> str:
        """
        The operating system as Go names it: `linux`, `windows`.
        """
    @property
    def variant(self, /) -> str | None:
        """
        The CPU variant: `v8`.
        """

@final
class Policy:
    """
    Which checks the gate makes beyond those that it always makes, and how strictly.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, *, content: Literal["off", "available", "verified"] = ..., tag_immutable: Literal["off", "warn", "require"] = ..., unverified_manifest: bool = False, scan: str | Mapping[str, Any] | None = None, retention: str | Mapping[str, Any] | None = None) -> Policy:
        """
        `scan`: `"off"`, or the number of findings of each severity that are let pass, such as
        `{"critical": 0, "high": 0}`. `retention`: what is done about a lifecycle rule that would
        expire the image. `content`: whether every manifest, configuration and layer must be `"available"`, or their
        bytes `"verified"`. `tag_immutable`: what is done about a tag that can be moved.
        `unverified_manifest`: whether the digest that the registry names is believed where its
        manifest may not be read, which is a bypass.
        """
    def __repr__(self, /) -> str: ...
    @staticmethod
    def from_json(value: str | Mapping[str, Any]) -> Policy:
        """
        Reads the one JSON form: `{"content"?, "tagImmutable"?, "unverifiedManifest"?}`.
        """
    @staticmethod
    def strict() -> Policy:
        """
        Everything is required: all bytes hashed, the tag immutable.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """

@final
class Problem:
    """
    Something in a task definition that ECS would refuse.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def expected(self, /) -> str:
        """
        What would be right.
        """
    @property
    def pointer(self, /) -> str:
        """
        Where it is: a JSON pointer, empty for the document as a whole.
        """
    @property
    def problem(self, /) -> str:
        """
        What is wrong there.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """

@final
class Progress:
    """
    One attempt of a waiting gate that did not settle everything.
    """
    def __repr__(self, /) -> str: ...
    @property
    def attempt(self, /) -> int:
        """
        How many attempts were made, from 1.
        """
    @property
    def elapsed(self, /) -> timedelta:
        """
        How long the gate has waited so far.
        """
    @property
    def next_delay(self, /) -> timedelta:
        """
        How long it sleeps before it asks again.
        """
    @property
    def pending(self, /) -> list[Pending]:
        """
        The images that are still waited for, and what each lacks.
        """
    @property
    def remaining(self, /) -> timedelta:
        """
        How long it is until the deadline.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """

@final
class Promotion:
    """
    An image that has the version of another environment beside its own.
    """
    def __repr__(self, /) -> str: ...
    @property
    def already_there(self, /) -> bool:
        """
        Whether the registry had the new tag already, with the same digest.
        """
    @property
    def image(self, /) -> VerifiedImage:
        """
        The image as the gate found it under the new tag.
        """
    @property
    def source(self, /) -> Version:
        """
        The version that was promoted.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text.
        """
    @property
    def version(self, /) -> Version:
        """
        The version that it has in the other environment.
        """

@final
class Proof:
    """
    What every running task of a service runs, against what was meant.
    """
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str:
        """
        The verdict first, then every task that is not right.
        """
    @property
    def images(self, /) -> list[dict[str, Any]]:
        """
        The different images that run, with how many tasks each has.
        """
    @property
    def is_verified(self, /) -> bool:
        """
        Whether every running task runs what was meant.
        """
    @property
    def reason(self, /) -> str:
        """
        Why, in a sentence.
        """
    def require_verified(self, /) -> Proof:
        """
        Itself when it verifies; else `ProofFailedError` with `details["proof"]`.
        """
    @property
    def right(self, /) -> int:
        """
        How many of them run what was meant.
        """
    @property
    def running(self, /) -> int:
        """
        How many running tasks were judged.
        """
    @property
    def service(self, /) -> str | None:
        """
        The service, as `cluster/service`.
        """
    @property
    def tasks(self, /) -> list[dict[str, Any]]:
        """
        Every task that was judged.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text.
        """
    def to_markdown(self, /) -> str:
        """
        For the summary of a CI step. Text from elsewhere is escaped.
        """
    @property
    def unknown(self, /) -> int:
        """
        Of how many of them it cannot be told.
        """
    @property
    def verdict(self, /) -> str:
        """
        `verified`, or what is shown instead: `mixed`, `wrong`, `incomplete`, `unknown`, `empty`.
        """
    @property
    def wrong(self, /) -> int:
        """
        How many of them run something else.
        """

@final
class Publication:
    """
    Whether a tag is already in a registry.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def digest(self, /) -> str | None:
        """
        The digest that it has there.
        """
    @property
    def is_published(self, /) -> bool:
        """
        Whether the registry has it, and it is what was built, as far as that was told.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """

@final
class RenderedTaskDefinition:
    """
    A task definition that a render made, validated, with the images that were put in.

    Only `render_task_definition` makes one.
    """
    def __new__(cls, /, proof: Never) -> RenderedTaskDefinition:
        """
        Only rendering makes one: call `render_task_definition`.
        """
    def __repr__(self, /) -> str: ...
    @property
    def images(self, /) -> dict[str, VerifiedImage]:
        """
        The images that were put in, by container.
        """
    def registration_json(self, /) -> str:
        """
        The body of a `RegisterTaskDefinition` request, as JSON text.
        """
    @property
    def task_definition(self, /) -> TaskDefinition:
        """
        The document.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text.
        """

@final
class Repository:
    """
    A repository: its name, with the host of its registry or without.

    `123456789012.dkr.ecr.eu-central-1.amazonaws.com/my/app`, `localhost:5000/app`, or `my/app`
    alone, which means the account and Region of the credentials. Docker Hub is never assumed.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, text: str | Repository) -> Repository:
        """
        Reads a repository; anything else is an `InvalidRepositoryError`.
        """
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @staticmethod
    def check_name(name: str) -> str:
        """
        Checks a name without a host, and gives it back.
        """
    @property
    def ecr(self, /) -> EcrHost | None:
        """
        Account, Region and form of the host, when it is one of private ECR.
        """
    @property
    def host(self, /) -> str | None:
        """
        The host of the registry, with its port, where it is named.
        """
    @staticmethod
    def in_ecr(account: str, region: str, name: str) -> Repository:
        """
        The repository in private ECR, with the host of the partition of the Region.
        """
    @property
    def is_ecr_public(self, /) -> bool:
        """
        Whether it is in ECR Public.
        """
    def is_same_as(self, /, other: str | Repository) -> bool:
        """
        Whether both name the same repository, under whatever host. Both must have one.
        """
    @property
    def name(self, /) -> str:
        """
        The name within the registry.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        Its parts, as Python values.
        """
    def to_json(self, /) -> str:
        """
        Its parts, as JSON text.
        """

@final
class Run:
    """
    A CI run and its attempt, where two runs can share a second. Ordered by id, then attempt.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ge__(self, value: object, /) -> bool: ...
    def __gt__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __le__(self, value: object, /) -> bool: ...
    def __lt__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, id: SupportsIndex, attempt: SupportsIndex = 1) -> Run:
        """
        Attempt `attempt`, from 1, of the run `id`, from 1 to 2^53 - 1.
        """
    def __reduce__(self, /) -> tuple[Any, tuple[int, int]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def attempt(self, /) -> int:
        """
        The attempt, from 1.
        """
    @property
    def id(self, /) -> int:
        """
        The id of the run.
        """

@final
class RunningImage:
    """
    What a running container knows of its image, for an application's `/health` or `/version`.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def build_time(self, /) -> datetime | None:
        """
        When it was built, UTC, whole seconds.
        """
    @property
    def commit(self, /) -> str | None:
        """
        The commit that was built.
        """
    @property
    def digest(self, /) -> str | None:
        """
        The digest that was deployed.
        """
    @staticmethod
    def from_environment(variables: Mapping[str, str] | None = None) -> RunningImage:
        """
        Reads the environment of this process (or `variables`). What is missing, empty or `unknown`
        is not known, which is no error.
        """
    @property
    def metadata(self, /) -> BuildMetadata | None:
        """
        The build metadata, where at least the commit and the build time are known.
        """
    @property
    def tag(self, /) -> str | None:
        """
        The tag that was deployed.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text.
        """

@final
class RunningJob:
    """
    A call that runs for an event loop.
    """
    def cancel(self, /) -> None:
        """
        Ends the call where it stands. After its end this does nothing.
        """

@final
class ServiceDocument:
    """
    A service: what ECS `CreateService` takes, kept as the JSON that it came as.
    """
    def __repr__(self, /) -> str: ...
    def diff(self, /, after: ServiceDocument) -> TaskDefinitionDiff:
        """
        What differs for ECS when `after` takes the place of this one.
        """
    @property
    def name(self, /) -> str | None:
        """
        The name, where it has one.
        """
    @staticmethod
    def parse(document: str | Mapping[str, Any]) -> ServiceDocument:
        """
        Reads JSON text, or takes a `dict`: what `CreateService` takes, what `DescribeServices`
        returns, or `{"service": …}`.
        """
    def render(self, /, changes: str | Mapping[str, Any]) -> ServiceDocument:
        """
        A copy with `changes`: `{"taskDefinition"?, "desiredCount"?, "deploymentConfiguration"?,
        "circuitBreaker"?, "enableExecuteCommand"?, "serviceConnectConfiguration"?}`.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The document, as Python values.
        """
    def to_json(self, /, *, pretty: bool = False) -> str:
        """
        The document as JSON text: on one line, or with `pretty=True` for files that people read.
        """
    def update(self, /, live: ServiceDocument) -> dict[str, Any]:
        """
        `{"request"?, "unchangeable"}`: what `UpdateService` has to be told to make this of `live`,
        and what it cannot change.
        """
    def validate(self, /) -> list[Problem]:
        """
        All that ECS would refuse, as far as the published rules tell.
        """

@final
class Tag:
    """
    A tag that every OCI registry and ECR accepts: `[A-Za-z0-9_][A-Za-z0-9._-]{0,127}`.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ge__(self, value: object, /) -> bool: ...
    def __gt__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __le__(self, value: object, /) -> bool: ...
    def __lt__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, text: str | Tag) -> Tag:
        """
        Checks a tag; anything else is an `InvalidTagError`.
        """
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...

@final
class TagMutability:
    """
    What a repository does when a tag that exists is pushed again.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, mode: str, filters: Iterable[str] | None = None) -> TagMutability:
        """
        `mode` is `mutable`, `immutable`, `immutable-except`, `mutable-except` or `unknown`; the two
        in the middle take wildcard `filters`.
        """
    def __repr__(self, /) -> str: ...
    def protects(self, /, tag: str | Tag) -> bool | None:
        """
        Whether this tag, once pushed, cannot be moved by a push. `None` when that is not known.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """

@final
class TaskDefinition:
    """
    A task definition: what ECS `RegisterTaskDefinition` takes, kept as the JSON that it came as.

    The order of members, and members that this library has never heard of, survive.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str:
        """
        Leaves the content out: an environment may hold secrets.
        """
    @property
    def container_names(self, /) -> list[str]:
        """
        The names of the containers, in their order.
        """
    def diff(self, /, after: TaskDefinition) -> TaskDefinitionDiff:
        """
        What differs for ECS when `after` takes the place of this one.
        """
    @property
    def family(self, /) -> str | None:
        """
        The family, where it has one.
        """
    @staticmethod
    def parse(document: str | Mapping[str, Any]) -> TaskDefinition:
        """
        Reads JSON text, or takes a `dict`: what `RegisterTaskDefinition` takes, what
        `DescribeTaskDefinition` returns, or `{"taskDefinition": …}`.

        Parsing does not judge the content: `validate` does, and rendering does.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The document, as Python values.
        """
    def to_json(self, /, *, pretty: bool = False) -> str:
        """
        The document as JSON text: on one line, or with `pretty=True` for files that people read.
        """
    def validate(self, /) -> list[Problem]:
        """
        All that ECS would refuse, as far as the published rules tell; empty when nothing is wrong.
        """

@final
class TaskDefinitionDiff:
    """
    The differences between two task definitions that mean something to ECS.

    `str(diff)` is for people and logs: it hides values whose name looks secret. The JSON form has
    all values as they are.
    """
    def __bool__(self, /) -> bool:
        """
        Whether there is a difference.
        """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def changes(self, /) -> list[Change]:
        """
        The differences, in the order of their paths.
        """
    @property
    def is_empty(self, /) -> bool:
        """
        Whether both mean the same to ECS.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text.
        """

@final
class VerifiedImage:
    """
    An image that passed the gate. Nothing else makes one: it cannot be constructed, read from JSON
    or unpickled.
    """
    def __eq__(self, other: object, /) -> bool:
        """
        Equal when pinned to the same bytes of the same repository, whatever tag led there.
        """
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, proof: Never) -> VerifiedImage:
        """
        Only the gate makes one: call `resolve_image`.
        """
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def children(self, /) -> list[str]:
        """
        The digests of the platform manifests, when it is an index.
        """
    @property
    def digest(self, /) -> str:
        """
        The digest that it is pinned by.
        """
    def has_digest(self, /, digest: str | Digest) -> bool:
        """
        Whether a running container with `digest` runs this image: the index or one of its images.
        """
    @property
    def media_type(self, /) -> str | None:
        """
        The media type of the manifest.
        """
    @property
    def metadata(self, /) -> BuildMetadata | None:
        """
        Where it says that it comes from: its labels, when its configuration was read.
        """
    @property
    def platforms(self, /) -> list[str]:
        """
        What it runs on, as far as that is known.
        """
    @property
    def reference(self, /) -> str:
        """
        The pinned reference, `repository@sha256:…`: what a task definition takes.
        """
    @property
    def report(self, /) -> GateReport:
        """
        How it passed, check by check.
        """
    @property
    def repository(self, /) -> str:
        """
        The repository with its host.
        """
    @property
    def tag(self, /) -> str | None:
        """
        The tag that led to it.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values. It is never read back.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text. It is never read back.
        """

@final
class Version:
    """
    One build for one environment: `pr-51/622d2103-20250820-124500`.

    `str(version)` is the version id; `version.tag` is the same as a legal image tag. The order is
    by time, then run, then attempt, never by text.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ge__(self, value: object, /) -> bool: ...
    def __gt__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __le__(self, value: object, /) -> bool: ...
    def __lt__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def commit(self, /) -> str:
        """
        The first eight digits of the commit.
        """
    @property
    def environment(self, /) -> Environment:
        """
        Where it is deployed.
        """
    @property
    def id(self, /) -> str:
        """
        The version id, for people: `pr-51/622d2103-20250820-124500`.
        """
    @staticmethod
    def identify(repository: str | Repository, tag: str | Tag, *, layout: Literal["shared", "per-environment"] = ...) -> tuple[str, Version]:
        """
        The inverse of `locate`: the repository without an environment, and the version.
        """
    def locate(self, /, repository: str | Repository, *, layout: Literal["shared", "per-environment"] = ...) -> tuple[str, str]:
        """
        The repository and tag of this version, where `repository` is named without an environment.
        """
    @staticmethod
    def new(environment: str | Environment, metadata: BuildMetadata, *, release: str | None = None, run: bool | Run | None = None) -> Version:
        """
        The version of a build for an environment, from its commit and build time.

        `release` is a semantic version that is put in front of the commit. `run` tells two builds
        of one second apart: a `Run`, or `True` for the run that the metadata names.
        """
    @staticmethod
    def parse(text: str) -> Version:
        """
        Reads a version id or the tag of a version; anything else is an `InvalidVersionError`.
        """
    @staticmethod
    def parse_tag_of(environment: str | Environment, tag: str) -> Version:
        """
        Reads a tag of a repository that one environment has to itself.
        """
    @property
    def release(self, /) -> str | None:
        """
        The release, as it was given: `v1.4.2`.
        """
    @property
    def run(self, /) -> Run | None:
        """
        The CI run.
        """
    @property
    def tag(self, /) -> str:
        """
        The image tag: `pr-51-622d2103-20250820-124500`.
        """
    @property
    def time(self, /) -> datetime:
        """
        When it was built, UTC, whole seconds.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """
    def to_json(self, /) -> str:
        """
        The one JSON form, as text.
        """

@final
class Wait:
    """
    How long a gate waits for what is not there yet, and how often it asks.

    Delays double from the first to the longest, each made longer by a random part. The last attempt
    is made shortly before the end; nothing sleeps past it, and a call that hangs is cut off by it.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, timeout: float | timedelta, *, first_delay: float | timedelta | None = None, longest_delay: float | timedelta | None = None) -> Wait:
        """
        Waits until `timeout` has passed: seconds, or a `timedelta`. Zero is no waiting.
        """
    def __repr__(self, /) -> str: ...
    @staticmethod
    def from_json(value: str | Mapping[str, Any]) -> Wait:
        """
        Reads the one JSON form: `{"timeoutSeconds", "firstDelaySeconds"?, "longestDelaySeconds"?}`.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The one JSON form, as Python values.
        """

def audit_services(cluster: str | None, services: SupportsGetItem[int, str], with_versions: bool, with_order: bool, look_again: bool, control: EcsControl | MemoryCluster | None) -> Job:
    """
    The call behind `audit_services`: `services`, or without them all of `cluster`. Each verdict is
    handed over as it is known, and not kept.
    """

def continue_deployment(service_deployment: str, hook_id: str, action: str, control: EcsControl | MemoryCluster | None) -> Job:
    """
    The call behind `continue_deployment`.
    """

def default_tag(environment: str | Environment | None = None, *, variables: Mapping[str, str] | None = None) -> str:
    """
    The tag that a script without one deploys: `IMAGE_TAG` of the environment (or of `variables`),
    else the alias of `environment`, `pr-51-latest`.
    """

def deploy(service: str, what: RenderedTaskDefinition | str, control: EcsControl | MemoryCluster | None, registry: EcrRegistry | OciRegistry | MemoryRegistry | None, targets: LoadBalancerTargets | MemoryCluster | None, options: str | Mapping[str, Any], check: bool) -> Job:
    """
    The call behind `deploy`.
    """

def deployment_history(service: str, limit: SupportsIndex, control: EcsControl | MemoryCluster | None) -> Job:
    """
    The call behind `deployment_history`.
    """

def error_codes() -> list[tuple[str, bool]]:
    """
    Every error code in the published order, and whether the same call can succeed later.
    """

def evidence_schema() -> str:
    """
    The JSON Schema of `EvidenceRecord.to_json`, as text.
    """

def explain_task(task: str | Mapping[str, Any], task_definition: str | Mapping[str, Any] | None = None) -> Any:
    """
    Why a task failed, and what to do: `{"code", "reason", "advice", …}`, or `None` when it did not.

    `task` is one of `DescribeTasks`, with times as RFC 3339; `task_definition` lets the advice point
    to the log.
    """

def format_time(time: str | datetime) -> str:
    """
    Writes a time as versions carry it, `YYYYmmdd-HHMMSS` in UTC.
    """

def inspect_image(registry: EcrRegistry | OciRegistry | MemoryRegistry | None, query: ImageQuery, policy: Policy | None, deadline: float | timedelta | Wait | None) -> Job:
    """
    The call behind `inspect_image`.
    """

def judge_answers(seen: str | Mapping[str, Any]) -> dict[str, Any]:
    """
    What the answers of an application show: `{"probe", "answers"}`, each answer `{"body"}` or the
    error `{"code", "message"}` that there was instead.
    """

def judge_targets(seen: str | Mapping[str, Any]) -> dict[str, Any]:
    """
    What load-balancer targets show: `{"tasks", "meant", "groups"}`.
    """

def judge_tasks(seen: str | Mapping[str, Any]) -> Proof:
    """
    What tasks prove: `{"tasks", "meant", "service"?, "desiredCount"?, "runningCount"?}`, the tasks as
    `DescribeTasks` returns them.
    """

def move_alias(promotion: Promotion, proof: Proof, registry: EcrRegistry | MemoryRegistry | None) -> Job:
    """
    The call behind `move_alias`.
    """

def newest_version(environment: str | Environment, tags: Iterable[str], *, layout: Literal["shared", "per-environment"] = ...) -> Version | None:
    """
    The newest version of `environment` among the tags of its repository; tags that are no version
    of it are passed over.
    """

def parse_time(text: str | datetime) -> datetime:
    """
    Reads a time written as `YYYYmmdd-HHMMSS` (UTC) or as RFC 3339.
    """

def plan_deployment(service: str, what: RenderedTaskDefinition | str, control: EcsControl | MemoryCluster | None, registry: EcrRegistry | OciRegistry | MemoryRegistry | None, options: str | Mapping[str, Any]) -> Job:
    """
    The call behind `plan_deployment`.
    """

def promote(image: VerifiedImage, to: str | Environment, registry: EcrRegistry | MemoryRegistry | None, deadline: float | timedelta | Wait | None) -> Job:
    """
    The call behind `promote`.
    """

def publication(registry: EcrRegistry | OciRegistry | MemoryRegistry | None, repository: str | Repository, tag: str | Tag, digest: str | Digest | None) -> Job:
    """
    The call behind `publication`.
    """

def render_task_definition(template: TaskDefinition, spec: str, images: SupportsGetItem[int, tuple[str | None, VerifiedImage]]) -> RenderedTaskDefinition:
    """
    Puts images and the changes of `spec`, as JSON text, into a copy of `template`.

    An image without a container is for the only one.
    """

def require_answers(seen: str | Mapping[str, Any]) -> str:
    """
    The answers of an application in a sentence, when they are enough.
    """

def resolve_image(registry: EcrRegistry | OciRegistry | MemoryRegistry | None, query: ImageQuery, policy: Policy | None, deadline: float | timedelta | Wait | None) -> Job:
    """
    The call behind `resolve_image`.
    """

def resolve_images(registry: EcrRegistry | OciRegistry | MemoryRegistry | None, queries: SupportsGetItem[int, ImageQuery], policy: Policy | None, deadline: float | timedelta | Wait | None, return_exceptions: bool) -> Job:
    """
    The call behind `resolve_images`. With `return_exceptions` the list has the error of each image
    that was refused in its place.
    """

def rollback(service: str, to: Version | str | None, control: EcsControl | MemoryCluster | None, registry: EcrRegistry | OciRegistry | MemoryRegistry | None, targets: LoadBalancerTargets | MemoryCluster | None, policy: Policy | None, options: str | Mapping[str, Any], check: bool) -> Job:
    """
    The call behind `rollback`.
    """

def standings(written: str | Mapping[str, Any], observations: SupportsGetItem[int, str | Mapping[str, Any]]) -> list[dict[str, Any]]:
    """
    Where a deployment stands after each of `observations`, `{"service", "deployment"?, "stopped"?}`;
    `written` is the service as `UpdateService` answered.
    """

def stop_deployment(service_deployment: str, control: EcsControl | MemoryCluster | None) -> Job:
    """
    The call behind `stop_deployment`.
    """

def verify_running(service: str, meant: RenderedTaskDefinition | Mapping[str, Any] | None, control: EcsControl | MemoryCluster | None) -> Job:
    """
    The call behind `verify_running`.
    """

def wait_for_application(probe: str | Mapping[str, Any], deadline: float | timedelta | Wait) -> Job:
    """
    The call behind `wait_for_application`.
    """
