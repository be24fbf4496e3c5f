"""The operations of `strategies.json`."""

from __future__ import annotations

import json
from typing import Any

from artifact_deploy import DeploymentConfiguration


def read(given: Any) -> DeploymentConfiguration:
    # As text: a JSON value that is no object is no text that holds one.
    return DeploymentConfiguration.from_ecs(json.dumps(given["configuration"]))


OPERATIONS = {
    "parse": lambda given: DeploymentConfiguration.from_ecs(given["text"]).to_ecs(),
    "to_ecs": lambda given: read(given).to_ecs(),
    "problems": lambda given: [
        problem.to_dict() for problem in read(given).problems(given["desiredCount"])
    ],
    "check": lambda given: read(given).check(given["desiredCount"]),
    "to_cloud_formation": lambda given: read(given).to_cloud_formation(),
    "to_cdk": lambda given: read(given).to_cdk(),
}
