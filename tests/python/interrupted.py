"""A program that deploys what never comes to its end, for tests that break it off.

It prints `waiting` once the service is told, and then what it hears of the end.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time

import artifact_deploy as ad
from scene import SERVICE, MemoryScene


def listen(event: ad.DeploymentEvent) -> None:
    """Tells the one who started this program."""
    if event.name == "updated":
        print("waiting", flush=True)
    if event.name == "cancelled":
        print(json.dumps(event.to_dict()), flush=True)


def main(how: str) -> None:
    """Deploys, in one of three ways."""
    scene = MemoryScene()
    scene.behave(2, "crash-loop")
    arguments = {**scene.where(), "on_event": listen}
    rendered = scene.rendered(2)
    if how == "plain":
        ad.deploy(SERVICE, rendered, **arguments)
    elif how == "asyncio":
        asyncio.run(ad.deploy_async(SERVICE, rendered, **arguments))
    else:
        call = threading.Thread(target=ad.deploy, args=[SERVICE, rendered], kwargs=arguments)
        call.daemon = True
        call.start()
        time.sleep(0.3)


if __name__ == "__main__":
    main(sys.argv[1])
