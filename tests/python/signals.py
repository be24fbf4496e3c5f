"""Breaking a program off as Ctrl-C does."""

from __future__ import annotations

import signal
import subprocess
import time


def interrupt(command: list[str]) -> tuple[float, str, str]:
    """Sends SIGINT soon after the program printed `waiting`.

    Gives how long it took to end, and what it printed on its output and its errors.
    """
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "waiting\n"
    time.sleep(0.3)
    sent = time.monotonic()
    process.send_signal(signal.SIGINT)
    told, said = process.communicate(timeout=30)
    return time.monotonic() - sent, told, said
