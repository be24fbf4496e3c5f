"""Every task of an Amazon ECS service runs exactly the image that was built, checked and meant.

From a CI run to a task definition with verified images in it::

    import artifact_deploy as ad

    build = ad.BuildMetadata.detect()
    version = ad.Version.new("pr-51", build)
    # … docker buildx build, with build.build_arg_arguments() and build.label_arguments(version)
    image = ad.resolve_image("my/app", tag=version, platform="linux/amd64", deadline=120)
    rendered = ad.render_task_definition(template, image=image, metadata=build)
    record = ad.deploy("previews/pr-51", rendered)  # returns when every task is proven to run it

Every call that asks a registry or a service has an ``…_async`` version beside it. Everything that
can go wrong is an :class:`ArtifactDeployError` with a stable ``code``; see
:mod:`artifact_deploy.errors`.
"""

from importlib.metadata import version as _version

from . import errors
from ._application import wait_for_application, wait_for_application_async
from ._audit import audit_services, audit_services_async
from ._deploy import DeploymentEvents, deploy, deploy_async, deploy_events
from ._deploy_options import Control, Targets
from ._evidence_schema import EVIDENCE_SCHEMA
from ._hooks import (
    continue_deployment,
    continue_deployment_async,
    stop_deployment,
    stop_deployment_async,
)
from ._inspect import inspect_image, inspect_image_async
from ._native import (
    BuildMetadata,
    BuildxMetadata,
    BuiltImage,
    Change,
    Check,
    Commit,
    DeploymentConfiguration,
    DeploymentEvent,
    DeploymentPlan,
    Descriptor,
    Digest,
    EcrHost,
    EcrRegistry,
    EcsControl,
    Environment,
    EvidenceRecord,
    FoundSummary,
    GateReport,
    GithubFile,
    History,
    ImageConfig,
    ImageQuery,
    ImageReference,
    IndexChild,
    LoadBalancerTargets,
    Manifest,
    MemoryCluster,
    MemoryRegistry,
    OciRegistry,
    Pending,
    Platform,
    Policy,
    Problem,
    Progress,
    Promotion,
    Proof,
    Publication,
    RenderedTaskDefinition,
    Repository,
    Run,
    RunningImage,
    ServiceDocument,
    Tag,
    TagMutability,
    TaskDefinition,
    TaskDefinitionDiff,
    VerifiedImage,
    Version,
    Wait,
    default_tag,
    error_codes,
    explain_task,
    format_time,
    judge_answers,
    judge_targets,
    judge_tasks,
    newest_version,
    parse_time,
    require_answers,
    standings,
)
from ._outputs import write_github_environment, write_github_output
from ._plan import plan_deployment, plan_deployment_async
from ._promote import move_alias, move_alias_async, promote, promote_async
from ._publication import check_publication, check_publication_async
from ._query import Registry
from ._render import ContainerChange, render_task_definition
from ._resolve import resolve_image, resolve_image_async
from ._resolve_all import resolve_images, resolve_images_async
from ._rollback import deployment_history, deployment_history_async, rollback, rollback_async
from ._verify import verify_running, verify_running_async
from .errors import ArtifactDeployError

__version__ = _version("artifact-deploy")

__all__ = [
    "EVIDENCE_SCHEMA",
    "ArtifactDeployError",
    "BuildMetadata",
    "BuildxMetadata",
    "BuiltImage",
    "Change",
    "Check",
    "Commit",
    "ContainerChange",
    "Control",
    "DeploymentConfiguration",
    "DeploymentEvent",
    "DeploymentEvents",
    "DeploymentPlan",
    "Descriptor",
    "Digest",
    "EcrHost",
    "EcrRegistry",
    "EcsControl",
    "Environment",
    "EvidenceRecord",
    "FoundSummary",
    "GateReport",
    "GithubFile",
    "History",
    "ImageConfig",
    "ImageQuery",
    "ImageReference",
    "IndexChild",
    "LoadBalancerTargets",
    "Manifest",
    "MemoryCluster",
    "MemoryRegistry",
    "OciRegistry",
    "Pending",
    "Platform",
    "Policy",
    "Problem",
    "Progress",
    "Promotion",
    "Proof",
    "Publication",
    "Registry",
    "RenderedTaskDefinition",
    "Repository",
    "Run",
    "RunningImage",
    "ServiceDocument",
    "Tag",
    "TagMutability",
    "Targets",
    "TaskDefinition",
    "TaskDefinitionDiff",
    "VerifiedImage",
    "Version",
    "Wait",
    "__version__",
    "audit_services",
    "audit_services_async",
    "check_publication",
    "check_publication_async",
    "continue_deployment",
    "continue_deployment_async",
    "default_tag",
    "deploy",
    "deploy_async",
    "deploy_events",
    "deployment_history",
    "deployment_history_async",
    "error_codes",
    "errors",
    "explain_task",
    "format_time",
    "inspect_image",
    "inspect_image_async",
    "judge_answers",
    "judge_targets",
    "judge_tasks",
    "move_alias",
    "move_alias_async",
    "newest_version",
    "parse_time",
    "plan_deployment",
    "plan_deployment_async",
    "promote",
    "promote_async",
    "render_task_definition",
    "require_answers",
    "resolve_image",
    "resolve_image_async",
    "resolve_images",
    "resolve_images_async",
    "rollback",
    "rollback_async",
    "standings",
    "stop_deployment",
    "stop_deployment_async",
    "verify_running",
    "verify_running_async",
    "wait_for_application",
    "wait_for_application_async",
    "write_github_environment",
    "write_github_output",
]
