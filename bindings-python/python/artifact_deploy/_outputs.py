"""Step outputs and environment of GitHub Actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._native import GithubFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike


def write_github_output(
    entries: Mapping[str, str] | Iterable[tuple[str, str]],
    *,
    path: str | PathLike[str] | None = None,
) -> None:
    """Appends step outputs to the file of ``GITHUB_OUTPUT``, or to ``path``.

    All are checked first: on an error none is written. No value can set another name.
    """
    GithubFile.output(path).append(_pairs(entries))


def write_github_environment(
    entries: Mapping[str, str] | Iterable[tuple[str, str]],
    *,
    path: str | PathLike[str] | None = None,
) -> None:
    """The same for the environment of later steps, the file of ``GITHUB_ENV``."""
    GithubFile.environment(path).append(_pairs(entries))


def _pairs(entries: Mapping[str, str] | Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(entries.items() if hasattr(entries, "items") else entries)
