"""The wire simulator: ECS, ECR and ELBv2 in memory behind real HTTP."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from .served import Served

# What a deployment takes is well under a second.
PACE = {
    "scheduling": 0.005,
    "stagger": 0.002,
    "provisioning": 0.005,
    "pulling": 0.01,
    "starting": 0.005,
    "checking": 0.01,
    "failing": 0.02,
    "draining": 0.01,
    "stopping": 0.005,
    "deprovisioning": 0.005,
    "replacing": 0.01,
    "shifting": 0.01,
    "minute": 0.1,
}


class WireSimulator(Served):
    """The simulator on a free port of 127.0.0.1.

    `world` is `{"registry": …, "cluster": …, "faults": […]}`; without a pace of its own the cluster
    has `PACE`.
    """

    def __init__(self, world: Mapping[str, Any] | None = None, profile: str = "dev") -> None:
        world = dict(world or {})
        world["cluster"] = {"pace": PACE, **world.get("cluster", {})}
        super().__init__("wire-simulator", world, profile)

    def control(self, what: str, given: Mapping[str, Any] | None = None) -> Any:
        """Looks or acts behind the wire, as `tests/src/wire/control.rs` says."""
        body = json.dumps(given or {}).encode()
        request = urllib.request.Request(f"{self.url}/_control/{what}", body, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{what}: {error.read().decode()}") from error

    def calls(self) -> dict[str, int]:
        """How often each operation was called."""
        counts: dict[str, int] = self.control("calls")
        return counts

    def requests(self) -> list[dict[str, Any]]:
        """Every request of the APIs, in order, each with its operation, time and input."""
        requests: list[dict[str, Any]] = self.control("requests")
        return requests

    def fault(self, operation: str, do: str, **more: Any) -> None:
        """Makes calls go wrong: `fault("UpdateService", "lost-answer", times=1)`."""
        self.control("fault", {"operation": operation, "do": do, **more})

    def environment(self) -> dict[str, str]:
        """The variables with which every AWS SDK comes here."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "AKIDTEST",
            "AWS_SECRET_ACCESS_KEY": "test-secret-key",
            "AWS_REGION": "eu-central-1",
            "AWS_DEFAULT_REGION": "eu-central-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
