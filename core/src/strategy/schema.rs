//! The members of `DeploymentConfiguration` that are known.
//!
//! Source: ECS service model, `DeploymentConfiguration`; defaults from its documentation.

use crate::document::schema::{Default, Kind, Member, flag, of, text, whole};

/// `DeploymentConfiguration`.
pub(crate) const DEPLOYMENT_CONFIGURATION: &[Member] = &[
    text("strategy").or(Default::Text("ROLLING")),
    whole("minimumHealthyPercent").or(Default::Whole(100)),
    whole("maximumPercent").or(Default::Whole(200)),
    whole("bakeTimeInMinutes").or(Default::Whole(0)),
    of("deploymentCircuitBreaker", Kind::Object(CIRCUIT_BREAKER)),
    of("alarms", Kind::Object(ALARMS)),
    of("lifecycleHooks", Kind::List(LIFECYCLE_HOOK)),
    of("canaryConfiguration", Kind::Object(CANARY)),
    of("linearConfiguration", Kind::Object(LINEAR)),
    of("earlySuccessCriteria", Kind::Object(EARLY_SUCCESS)),
];

const CIRCUIT_BREAKER: &[Member] = &[
    flag("enable").required(),
    flag("rollback").required(),
    of("resetOnHealthyTask", Kind::Flag).or(Default::Flag(true)),
    of(
        "thresholdConfiguration",
        Kind::Marker(&[text("type").required(), whole("value").required()]),
    ),
];

const ALARMS: &[Member] = &[
    of("alarmNames", Kind::TextSet).required(),
    flag("rollback").required(),
    flag("enable").required(),
];

const LIFECYCLE_HOOK: &[Member] = &[
    text("targetType").or(Default::Text("AWS_LAMBDA")),
    text("hookTargetArn"),
    text("roleArn"),
    of("lifecycleStages", Kind::TextSet),
    of(
        "timeoutConfiguration",
        Kind::Object(&[
            whole("timeoutInMinutes").or(Default::Whole(1440)),
            text("action").or(Default::Text("ROLLBACK")),
        ]),
    ),
];

const CANARY: &[Member] = &[
    of("canaryPercent", Kind::Number).or(Default::Whole(5)),
    whole("canaryBakeTimeInMinutes").or(Default::Whole(10)),
];

const LINEAR: &[Member] = &[
    of("stepPercent", Kind::Number).or(Default::Whole(10)),
    whole("stepBakeTimeInMinutes").or(Default::Whole(6)),
];

const EARLY_SUCCESS: &[Member] = &[
    flag("enable").required(),
    whole("healthyPercent"),
    text("sourceServiceRevisionCleanup"),
];
