"""The built wheel: what is in it, what is not, and what it tells an installer."""

from __future__ import annotations

import re
import subprocess
import sys
from configparser import ConfigParser
from email.parser import Parser
from importlib.util import find_spec
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from docs_runner import TOP
from packaging.version import Version

from pytest_errcodes.tools.libraries import LIBRARIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

PACKAGE = TOP / "pytest_errcodes"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    """Build the wheel from the source tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=TOP, capture_output=True, encoding="utf-8", check=False)
    assert built.returncode == 0, built.stderr
    (path,) = folder.iterdir()
    with ZipFile(path) as archive:
        yield archive


def described(wheel: ZipFile, name: str) -> str:
    """Return a file of the wheel's own description."""
    (path,) = (path for path in wheel.namelist() if path.endswith(f".dist-info/{name}"))
    return wheel.read(path).decode()


@pytest.fixture
def metadata(wheel: ZipFile) -> Message:
    """Return the wheel's metadata."""
    return Parser().parsestr(described(wheel, "METADATA"))


def test_wheel_holds_the_package_and_nothing_else(wheel: ZipFile) -> None:
    """Every file of the package is in the wheel, and nothing of tests or docs."""
    sources = {
        str(path.relative_to(TOP))
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {"pytest_errcodes/py.typed", "pytest_errcodes/catalog/data/ltp.toml"} <= sources
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == sources


def test_wheel_carries_its_license(wheel: ZipFile) -> None:
    """The license travels with the wheel."""
    assert described(wheel, "licenses/LICENSE") == (TOP / "LICENSE").read_text("utf-8")


def test_entry_points(wheel: ZipFile) -> None:
    """The plugin is found by pytest, and the command by a shell."""
    points = ConfigParser()
    points.read_string(described(wheel, "entry_points.txt"))
    assert {section: dict(points[section]) for section in points.sections()} == {
        "console_scripts": {"errcodes": "pytest_errcodes.cli:command"},
        "pytest11": {"errcodes": "pytest_errcodes.plugin"},
    }


def test_metadata(metadata: Message) -> None:
    """An installer reads the name, the license and the Python that is needed."""
    assert metadata["Name"] == "pytest-errcodes"
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert "Framework :: Pytest" in metadata.get_all("Classifier", [])
    assert "Typing :: Typed" in metadata.get_all("Classifier", [])


@pytest.fixture
def requirements(metadata: Message) -> dict[str, dict[str, Version]]:
    """Return what the base installation and each extra declare, with the lowest releases.

    The base installation has the empty name.
    """
    found: dict[str, dict[str, Version]] = {}
    for line in metadata.get_all("Requires-Dist", []):
        parts = re.fullmatch(r"([\w-]+)(?:<[\d.]+,)?>=([\d.]+)(?:; extra == '(\w+)')?", line)
        assert parts, line
        found.setdefault(parts[3] or "", {})[parts[1]] = Version(parts[2])
    return found


def test_the_base_installation(requirements: dict[str, dict[str, Version]]) -> None:
    """Installing the package brings four libraries, and nothing else of its own accord."""
    assert sorted(requirements[""]) == ["httpx", "pytest", "respx", "syrupy"]


def test_extras(metadata: Message, requirements: dict[str, dict[str, Version]]) -> None:
    """The command and the readers have an extra each, and one brings both."""
    assert sorted(metadata.get_all("Provides-Extra", [])) == ["all", "cli", "import"]
    cli, readers = requirements["cli"], requirements["import"]
    assert sorted(cli) == ["click", "pygments"]
    assert sorted(readers) == ["docutils", "lxml", "markdown-it-py", "pyyaml"]
    assert requirements["all"] == cli | readers


def test_what_is_told_to_install_brings_what_is_missing(
    requirements: dict[str, dict[str, Version]],
) -> None:
    """The extra that a text names is the one that has the library, and none has another."""
    told = {(library, extra) for module, (library, extra) in LIBRARIES.items() if find_spec(module)}
    assert told == {
        (library, extra) for extra in ("cli", "import") for library in requirements[extra]
    }


def test_dependencies_have_a_reason(requirements: dict[str, dict[str, Version]]) -> None:
    """CONTRIBUTING.md gives a reason for each library that somebody has to install."""
    names = {name for names in requirements.values() for name in names}
    for part in ("dev", "lint", "docs", "ci"):
        lines = (TOP / "requirements" / f"{part}.in").read_text("utf-8").splitlines()
        names |= {re.match(r"[\w-]+", line)[0] for line in lines if line[0] not in "#-"}
    told = set(re.findall(r"\*\*([\w-]+)\*\*", (TOP / "CONTRIBUTING.md").read_text("utf-8")))
    assert names - told == set()


def test_lower_bounds_are_the_ones_that_are_tested(
    requirements: dict[str, dict[str, Version]],
) -> None:
    """CI runs the suite with exactly the lowest releases that an installation may bring."""
    lines = (TOP / "requirements" / "lowest.in").read_text("utf-8").splitlines()
    tested = dict(line.split("==") for line in lines if "==" in line)
    assert {name: Version(version) for name, version in tested.items()} == {
        name: bound for bounds in requirements.values() for name, bound in bounds.items()
    }


def test_what_users_patch_has_an_upper_bound() -> None:
    """A release that may break what we build on is not installed beside ours by accident."""
    text = (TOP / "pyproject.toml").read_text("utf-8").split("dependencies = [")[1].split("]")[0]
    assert [line for line in text.split() if "<" not in line] == []
