"""The programs of this workspace, built if need be."""

from __future__ import annotations

import functools
import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def program(name: str, profile: str = "dev") -> str:
    """The path of a program.

    Built with the features of the whole workspace, as `cargo test --workspace` builds it: another
    selection would compile the SDK once more.
    """
    selection = ["--workspace", "--all-features", "--bin", name, "--profile", profile]
    built = subprocess.run(
        ["cargo", "build", "--locked", "--quiet", "--message-format=json", *selection],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    messages = [json.loads(line) for line in built.stdout.splitlines()]
    programs = [message["executable"] for message in messages if message.get("executable")]
    return str(programs[-1])
