"""The locks pin what pyproject.toml asks for, with hashes, and name no address."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from console import __version__
from tests.drivers import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUN, DEVELOP = "requirements.lock", "requirements-dev.lock"


def pinned(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    found = (re.match(r"([\w.-]+)(?:\[[^\]]*\])?==(\S+)", line) for line in lines)
    return {canonicalize_name(each[1]): each[2] for each in found if each}


def missed(lock: str, wanted: list[str]) -> list[str]:
    versions = pinned(lock)
    asked = [Requirement(each) for each in wanted]
    return [
        str(each)
        for each in asked
        if not each.specifier.contains(versions.get(canonicalize_name(each.name), "0"))
    ]


def test_the_run_lock_holds_what_is_asked_for():
    assert missed(RUN, PROJECT["project"]["dependencies"]) == []


def test_the_development_lock_holds_all_of_it_at_the_same_versions():
    assert missed(DEVELOP, PROJECT["dependency-groups"]["dev"]) == []
    assert pinned(RUN).items() <= pinned(DEVELOP).items()


@pytest.mark.parametrize("lock", [RUN, DEVELOP])
def test_a_lock_has_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert "index" not in re.sub(r"--hash=\S+", "", text)
    entries = re.split(r"\n(?=\S)", text.strip())
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_project_and_the_program_name_one_version():
    assert PROJECT["project"]["version"] == __version__
