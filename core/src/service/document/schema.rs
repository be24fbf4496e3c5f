//! The members of CreateService's input that are known.
//!
//! Source: ECS service model, `CreateServiceRequest`; defaults from its documentation.

use crate::document::schema::{Default, Kind, Member, flag, of, text, whole};
use crate::strategy::DEPLOYMENT_CONFIGURATION;

/// `CreateServiceRequest`.
pub(super) const SERVICE: &[Member] = &[
    text("cluster"),
    text("serviceName").required(),
    text("taskDefinition"),
    text("availabilityZoneRebalancing"),
    of(
        "loadBalancers",
        Kind::Keyed(
            LOAD_BALANCER,
            &["targetGroupArn", "loadBalancerName", "containerPort"],
        ),
    ),
    of(
        "serviceRegistries",
        Kind::Keyed(
            &[
                text("registryArn"),
                whole("port"),
                text("containerName"),
                whole("containerPort"),
            ],
            &["registryArn"],
        ),
    ),
    whole("desiredCount"),
    text("clientToken"),
    text("launchType"),
    of(
        "capacityProviderStrategy",
        Kind::Keyed(
            &[
                text("capacityProvider").required(),
                whole("weight").or(Default::Whole(0)),
                whole("base").or(Default::Whole(0)),
            ],
            &["capacityProvider"],
        ),
    ),
    text("platformVersion"),
    text("role"),
    of(
        "deploymentConfiguration",
        Kind::Object(DEPLOYMENT_CONFIGURATION),
    ),
    of(
        "placementConstraints",
        Kind::Keyed(&[text("type"), text("expression")], &["type", "expression"]),
    ),
    // One strategy breaks the ties of the one before.
    of(
        "placementStrategy",
        Kind::List(&[text("type"), text("field")]),
    ),
    of(
        "networkConfiguration",
        Kind::Object(&[of(
            "awsvpcConfiguration",
            Kind::Marker(&[
                of("subnets", Kind::TextSet).required(),
                of("securityGroups", Kind::TextSet),
                text("assignPublicIp").or(Default::Text("DISABLED")),
            ]),
        )]),
    ),
    whole("healthCheckGracePeriodSeconds").or(Default::Whole(0)),
    text("schedulingStrategy").or(Default::Text("REPLICA")),
    of(
        "deploymentController",
        Kind::Object(&[text("type").required().or(Default::Text("ECS"))]),
    ),
    of("tags", TAGS),
    flag("enableECSManagedTags"),
    text("propagateTags").or(Default::Text("NONE")),
    flag("enableExecuteCommand"),
    of("serviceConnectConfiguration", Kind::Object(SERVICE_CONNECT)),
    of("volumeConfigurations", Kind::Keyed(VOLUME, &["name"])),
    of(
        "vpcLatticeConfigurations",
        Kind::Keyed(
            &[
                text("roleArn").required(),
                text("targetGroupArn").required(),
                text("portName").required(),
            ],
            &["targetGroupArn"],
        ),
    ),
];

const TAGS: Kind = Kind::Pairs(&[text("key"), text("value")], "key", "value");

const LOAD_BALANCER: &[Member] = &[
    text("targetGroupArn"),
    text("loadBalancerName"),
    text("containerName"),
    whole("containerPort"),
    of(
        "advancedConfiguration",
        Kind::Marker(&[
            text("alternateTargetGroupArn"),
            text("productionListenerRule"),
            text("testListenerRule"),
            text("roleArn"),
        ]),
    ),
];

const SERVICE_CONNECT: &[Member] = &[
    flag("enabled").required(),
    text("namespace"),
    of(
        "services",
        Kind::Keyed(CONNECTED, &["portName", "discoveryName"]),
    ),
    of(
        "logConfiguration",
        Kind::Marker(&[
            text("logDriver").required(),
            of("options", Kind::TextMap),
            of(
                "secretOptions",
                Kind::Pairs(
                    &[text("name").required(), text("valueFrom").required()],
                    "name",
                    "valueFrom",
                ),
            ),
        ]),
    ),
    of(
        "accessLogConfiguration",
        Kind::Marker(&[
            text("format").required(),
            text("includeQueryParameters").or(Default::Text("DISABLED")),
        ]),
    ),
];

const CONNECTED: &[Member] = &[
    text("portName").required(),
    text("discoveryName"),
    of(
        "clientAliases",
        Kind::List(&[whole("port").required(), text("dnsName")]),
    ),
    whole("ingressPortOverride"),
    of(
        "timeout",
        Kind::Object(&[
            whole("idleTimeoutSeconds"),
            whole("perRequestTimeoutSeconds"),
        ]),
    ),
];

const VOLUME: &[Member] = &[
    text("name").required(),
    of(
        "managedEBSVolume",
        Kind::Marker(&[
            of("encrypted", Kind::Flag),
            text("kmsKeyId"),
            text("volumeType"),
            whole("sizeInGiB"),
            text("snapshotId"),
            whole("volumeInitializationRate"),
            whole("iops"),
            whole("throughput"),
            text("roleArn").required(),
            text("filesystemType"),
        ]),
    ),
];
