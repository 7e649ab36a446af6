"""The locked requirements keep step with what pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCKS = {
    "requirements.txt": PROJECT["dependencies"],
    "requirements-dev.txt": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"],
}


def locked(name: str) -> dict[str, str]:
    """The version of each package in a lock, by its canonical name."""
    pins = re.findall(r"^([\w.-]+)(?:\[.*\])?==(\S+)", (ROOT / name).read_text(), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in pins}


@pytest.mark.parametrize("name", LOCKS)
def test_every_dependency_is_locked_at_a_version_that_fits(name: str) -> None:
    versions = locked(name)
    wanted = [Requirement(line) for line in LOCKS[name]]
    unfit = [
        str(requirement)
        for requirement in wanted
        if versions.get(canonicalize_name(requirement.name), "0") not in requirement.specifier
    ]
    assert unfit == []


@pytest.mark.parametrize("name", LOCKS)
def test_nothing_is_locked_that_nobody_asks_for_any_more(name: str) -> None:
    asked = {canonicalize_name(Requirement(line).name) for line in LOCKS[name]}
    blocks = re.split(r"\n(?=\w)", (ROOT / name).read_text())
    direct = {
        canonicalize_name(re.split(r"[\[=]", block)[0])
        for block in blocks
        if "kudos (pyproject.toml)" in block
    }
    assert direct == asked


def test_development_runs_on_the_versions_that_are_shipped() -> None:
    assert locked("requirements.txt").items() <= locked("requirements-dev.txt").items()


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    assert "://" not in (ROOT / name).read_text()
