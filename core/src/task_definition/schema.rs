//! The members of `RegisterTaskDefinition`'s input that are known.
//!
//! Source: ECS service model, `RegisterTaskDefinitionRequest`; defaults from its documentation.

use crate::document::schema::{Default, Kind, Member, flag, of, text, whole};

const NAME_VALUE: &[Member] = &[text("name"), text("value")];

const SECRET: &[Member] = &[text("name").required(), text("valueFrom").required()];

/// `RegisterTaskDefinitionRequest`.
pub(super) const TASK_DEFINITION: &[Member] = &[
    text("family").required(),
    text("taskRoleArn"),
    text("executionRoleArn"),
    text("networkMode"),
    of("containerDefinitions", Kind::Keyed(CONTAINER, &["name"])).required(),
    of("volumes", Kind::Keyed(VOLUME, &["name"])),
    of(
        "placementConstraints",
        Kind::Keyed(&[text("type"), text("expression")], &["type", "expression"]),
    ),
    of("requiresCompatibilities", Kind::TextSet),
    text("cpu"),
    text("memory"),
    of(
        "tags",
        Kind::Pairs(&[text("key"), text("value")], "key", "value"),
    ),
    text("pidMode"),
    text("ipcMode"),
    of(
        "proxyConfiguration",
        Kind::Marker(&[
            text("type").or(Default::Text("APPMESH")),
            text("containerName").required(),
            of("properties", Kind::Pairs(NAME_VALUE, "name", "value")),
        ]),
    ),
    of(
        "inferenceAccelerators",
        Kind::Keyed(
            &[text("deviceName").required(), text("deviceType").required()],
            &["deviceName"],
        ),
    ),
    of(
        "ephemeralStorage",
        Kind::Marker(&[whole("sizeInGiB").required()]),
    ),
    of(
        "runtimePlatform",
        Kind::Object(&[text("cpuArchitecture"), text("operatingSystemFamily")]),
    ),
    flag("enableFaultInjection"),
    of(
        "trustedExecutionConfiguration",
        Kind::Marker(&[text("isolationMode").required(), text("attestationPolicy")]),
    ),
];

/// `ContainerDefinition`. The model requires neither `name` nor `image`; the service does.
pub(super) const CONTAINER: &[Member] = &[
    text("name").required(),
    text("image").required(),
    of(
        "repositoryCredentials",
        Kind::Marker(&[text("credentialsParameter").required()]),
    ),
    whole("cpu").or(Default::Whole(0)),
    whole("memory"),
    whole("memoryReservation"),
    of("links", Kind::TextSet),
    of(
        "portMappings",
        Kind::Keyed(
            &[
                whole("containerPort"),
                whole("hostPort").or(Default::Whole(0)),
                text("protocol").or(Default::Text("tcp")),
                text("name"),
                text("appProtocol"),
                text("containerPortRange"),
            ],
            &["containerPort", "containerPortRange", "protocol"],
        ),
    ),
    of("essential", Kind::Flag).or(Default::Flag(true)),
    of(
        "restartPolicy",
        Kind::Marker(&[
            of("enabled", Kind::Flag).required(),
            of("ignoredExitCodes", Kind::Wholes),
            whole("restartAttemptPeriod").or(Default::Whole(300)),
        ]),
    ),
    of("entryPoint", Kind::Texts),
    of("command", Kind::Texts),
    of("environment", Kind::Pairs(NAME_VALUE, "name", "value")),
    // Where two files set the same variable their order decides.
    of(
        "environmentFiles",
        Kind::List(&[text("value").required(), text("type").required()]),
    ),
    of(
        "mountPoints",
        Kind::Keyed(
            &[
                text("sourceVolume"),
                text("containerPath"),
                flag("readOnly"),
            ],
            &["containerPath"],
        ),
    ),
    of(
        "volumesFrom",
        Kind::Keyed(
            &[text("sourceContainer"), flag("readOnly")],
            &["sourceContainer"],
        ),
    ),
    of("linuxParameters", Kind::Object(LINUX_PARAMETERS)),
    of("secrets", Kind::Pairs(SECRET, "name", "valueFrom")),
    of(
        "dependsOn",
        Kind::Pairs(
            &[
                text("containerName").required(),
                text("condition").required(),
            ],
            "containerName",
            "condition",
        ),
    ),
    whole("startTimeout"),
    whole("stopTimeout"),
    // Its default is "enabled", but saying so is not the same: ECS then waits for capacity.
    text("versionConsistency"),
    text("hostname"),
    text("user"),
    text("workingDirectory"),
    flag("disableNetworking"),
    flag("privileged"),
    flag("readonlyRootFilesystem"),
    of("dnsServers", Kind::Texts),
    of("dnsSearchDomains", Kind::Texts),
    of(
        "extraHosts",
        Kind::Keyed(
            &[text("hostname").required(), text("ipAddress").required()],
            &["hostname", "ipAddress"],
        ),
    ),
    of("dockerSecurityOptions", Kind::TextSet),
    flag("interactive"),
    flag("pseudoTerminal"),
    of("dockerLabels", Kind::TextMap),
    of(
        "ulimits",
        Kind::Keyed(
            &[
                text("name").required(),
                whole("softLimit").required(),
                whole("hardLimit").required(),
            ],
            &["name"],
        ),
    ),
    of(
        "logConfiguration",
        Kind::Marker(&[
            text("logDriver").required(),
            of("options", Kind::TextMap),
            of("secretOptions", Kind::Pairs(SECRET, "name", "valueFrom")),
        ]),
    ),
    of(
        "healthCheck",
        Kind::Marker(&[
            of("command", Kind::Texts).required(),
            whole("interval").or(Default::Whole(30)),
            whole("timeout").or(Default::Whole(5)),
            whole("retries").or(Default::Whole(3)),
            whole("startPeriod").or(Default::Whole(0)),
        ]),
    ),
    of(
        "systemControls",
        Kind::Pairs(&[text("namespace"), text("value")], "namespace", "value"),
    ),
    of(
        "resourceRequirements",
        Kind::Keyed(RESOURCE_REQUIREMENT, &["type", "value"]),
    ),
    of(
        "firelensConfiguration",
        Kind::Marker(&[text("type").required(), of("options", Kind::TextMap)]),
    ),
    of("credentialSpecs", Kind::Texts),
];

const LINUX_PARAMETERS: &[Member] = &[
    of(
        "capabilities",
        Kind::Object(&[of("add", Kind::TextSet), of("drop", Kind::TextSet)]),
    ),
    of(
        "devices",
        Kind::Keyed(
            &[
                text("hostPath").required(),
                text("containerPath"),
                of("permissions", Kind::TextSet),
            ],
            &["hostPath", "containerPath"],
        ),
    ),
    flag("initProcessEnabled"),
    whole("sharedMemorySize"),
    of(
        "tmpfs",
        Kind::Keyed(
            &[
                text("containerPath").required(),
                whole("size").required(),
                of("mountOptions", Kind::TextSet),
            ],
            &["containerPath"],
        ),
    ),
    whole("maxSwap"),
    whole("swappiness"),
];

const RESOURCE_REQUIREMENT: &[Member] = &[
    text("value"),
    text("type").required(),
    of(
        "sharingStrategy",
        Kind::Marker(&[of(
            "nvidiaMps",
            Kind::Marker(&[whole("memory").required(), whole("maxComputePercent")]),
        )]),
    ),
];

const VOLUME: &[Member] = &[
    text("name"),
    of("host", Kind::Object(&[text("sourcePath")])),
    of(
        "dockerVolumeConfiguration",
        Kind::Marker(&[
            text("scope"),
            flag("autoprovision"),
            text("driver"),
            of("driverOpts", Kind::TextMap),
            of("labels", Kind::TextMap),
        ]),
    ),
    of(
        "efsVolumeConfiguration",
        Kind::Marker(&[
            text("fileSystemId").required(),
            text("rootDirectory"),
            text("transitEncryption"),
            whole("transitEncryptionPort"),
            of(
                "authorizationConfig",
                Kind::Object(&[text("accessPointId"), text("iam")]),
            ),
        ]),
    ),
    of(
        "s3filesVolumeConfiguration",
        Kind::Marker(&[
            text("fileSystemArn").required(),
            text("rootDirectory"),
            whole("transitEncryptionPort"),
            text("accessPointArn"),
        ]),
    ),
    of(
        "fsxWindowsFileServerVolumeConfiguration",
        Kind::Marker(&[
            text("fileSystemId").required(),
            text("rootDirectory").required(),
            of(
                "authorizationConfig",
                Kind::Marker(&[
                    text("credentialsParameter").required(),
                    text("domain").required(),
                ]),
            )
            .required(),
        ]),
    ),
    flag("configuredAtLaunch"),
];
