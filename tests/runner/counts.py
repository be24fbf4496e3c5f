"""How many checks passed, failed and were skipped, read from what each test runner prints."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass
class Counts:
    """A sum of test results; `reasons` says what failed or was skipped beyond single tests."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    reasons: list[str] = field(default_factory=list)

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.reasons + other.reasons,
        )

    def __str__(self) -> str:
        text = f"{self.passed} passed, {self.failed} failed"
        return f"{text}, {self.skipped} skipped" if self.skipped else text


CARGO = re.compile(
    r"^test result: \w+\. (?P<passed>\d+) passed; (?P<failed>\d+) failed; (?P<skipped>\d+) ignored",
    re.MULTILINE,
)
PYTEST = re.compile(r"(?P<count>\d+) (?P<what>passed|failed|skipped|errors?)\b")
PYTEST_CLOSING = re.compile(r"^=*\s*(?:\d+ \w+(?:, )?)+ in [\d.]+s.*$", re.MULTILINE)
NODE = re.compile(
    r"^(?:#|\u2139) (?P<what>pass|fail|cancelled|skipped|todo) (?P<count>\d+)$", re.MULTILINE
)


def of_cargo(output: str) -> Counts:
    """Sums the `test result:` lines of `cargo test`."""
    counts = Counts()
    for line in CARGO.finditer(output):
        counts += Counts(int(line["passed"]), int(line["failed"]), int(line["skipped"]))
    return counts


def of_pytest(output: str) -> Counts:
    """Reads the closing line of pytest."""
    counts = Counts()
    for closing in PYTEST_CLOSING.findall(output)[-1:]:
        for part in PYTEST.finditer(closing):
            number = int(part["count"])
            match part["what"]:
                case "passed":
                    counts.passed += number
                case "skipped":
                    counts.skipped += number
                case _:
                    counts.failed += number
    return counts


def of_node(output: str) -> Counts:
    """Reads the summary of Node's test runner."""
    counts = Counts()
    for line in NODE.finditer(output):
        number = int(line["count"])
        match line["what"]:
            case "pass":
                counts.passed += number
            case "skipped" | "todo":
                counts.skipped += number
            case _:
                counts.failed += number
    return counts
