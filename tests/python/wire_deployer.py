"""A process that deploys one version to the service behind a wire simulator.

Its argument is JSON: `{"url", "number", "how"?, "wait"?}`. It prints `waiting` once the service is
told, what it hears when it is broken off, and the record as its last line.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from typing import Any

import artifact_deploy as ad
from scene import REPOSITORY, SERVICE, WAIT, render, version

REGION = "eu-central-1"


def listen(event: ad.DeploymentEvent) -> None:
    """Tells the one who started this program."""
    if event.name == "updated":
        print("waiting", flush=True)
    if event.name == "cancelled":
        print(json.dumps(event.to_dict()), flush=True)


def main(given: dict[str, Any]) -> None:
    """Deploys, and says what came of it."""
    os.environ.update(AWS_ACCESS_KEY_ID=f"AKID{given['number']}", AWS_SECRET_ACCESS_KEY="test")
    reach = {"region": REGION, "endpoint_url": given["url"]}
    registry = ad.EcrRegistry(**reach)
    number = given["number"]
    image = ad.resolve_image(REPOSITORY, tag=version(number).tag, registry=registry)
    arguments: dict[str, Any] = {
        "control": ad.EcsControl(**reach),
        "registry": registry,
        "deadline": WAIT,
        "on_event": listen,
        "check": False,
    }
    if "at" in given:
        time.sleep(max(0.0, given["at"] - time.time()))
    if given.get("how") == "asyncio":
        record = asyncio.run(ad.deploy_async(SERVICE, render(image, number), **arguments))
    else:
        record = ad.deploy(SERVICE, render(image, number), **arguments)
    print(record.to_json(), flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
