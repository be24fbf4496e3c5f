"""The operations of `rollouts.json`."""

from __future__ import annotations

from artifact_deploy._native import explain_task, standings

OPERATIONS = {
    "explain": lambda given: explain_task(given["task"], given.get("taskDefinition")),
    "standings": lambda given: standings(given["written"], given["observations"]),
}
