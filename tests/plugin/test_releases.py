"""Libraries of a release that we do not know are told in one line; tests without ours still run."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from pytest_errcodes.plugin.releases import KNOWN, explain, known_releases

ROUTES = """
def test_routes(errcodes):
    pass

def test_plain():
    assert 1 + 1 == 2
"""


def install(project, library, release, module=""):
    """Put another release of a library before the installed one."""
    project.file(f"{library}/__init__.py", module)
    project.file(
        f"{library}-{release}.dist-info/METADATA",
        f"Metadata-Version: 2.1\nName: {library}\nVersion: {release}\n",
    )


@pytest.mark.parametrize("release", ["1.0.dev3", "1.0", "0.26.9", "2"])
def test_another_httpx(project, release):
    """The test with routes fails with the release, what is known and the remedy; others run."""
    install(project, "httpx", release)
    project.file("test_orders.py", ROUTES)
    outcome = project.start()
    assert outcome.outcomes == {"passed": 1, "errors": 1}
    assert outcome.error("test_routes") == (
        f"the fixture errcodes needs httpx>=0.27,<1, and httpx {release} is installed\n"
        "hint: pip install 'httpx>=0.27,<1'"
    )


def test_routes_that_are_asked_for_late(project):
    """The same is said inside of a test."""
    install(project, "respx", "0.30", "raise AttributeError('no BaseTransport')")
    project.file(
        "test_orders.py",
        """
        def test_routes(request):
            request.getfixturevalue("errcodes")
        """,
    )
    assert project.start().failure("test_routes") == (
        "the fixture errcodes needs respx>=0.22,<0.24, and respx 0.30 is installed\n"
        "hint: pip install 'respx>=0.22,<0.24'"
    )


def test_a_known_release_that_lacks_something(project):
    """What is missing is told, with the library that lacks it."""
    install(project, "respx", "0.23.9")
    project.file("respx/models.py", "")
    project.file("test_orders.py", ROUTES)
    outcome = project.start()
    assert outcome.outcomes == {"passed": 1, "errors": 1}
    text, hint = outcome.error("test_routes").split("\n")
    said = "the fixture errcodes cannot work with respx 0.23.9: cannot import name "
    assert text.startswith(said)
    assert hint == (
        "hint: install another release of respx>=0.22,<0.24, or a newer pytest-errcodes"
    )


def test_respx_is_a_plugin_that_fails_at_the_start(project):
    """The start ends with our line, not with the traceback of a library."""
    install(project, "httpx", "1.0.dev3")
    outcome = project.start(plugins=("respx.plugin",))
    assert outcome.ret == pytest.ExitCode.USAGE_ERROR
    assert outcome.stderr.strip("\n") == (
        "ERROR: respx, as pytest-errcodes uses it, needs httpx>=0.27,<1, and httpx 1.0.dev3 is "
        "installed\nhint: pip install 'httpx>=0.27,<1', or run pytest with -p no:respx"
    )


def test_respx_fails_for_another_reason(project):
    """Its own error stays where every release is one that we know."""
    install(project, "respx", "0.23.1", "raise OSError('disk')")
    outcome = project.start(plugins=("respx.plugin",))
    assert "disk" in outcome.stderr
    assert "pytest-errcodes" not in outcome.stderr


def test_respx_is_its_own_module(project):
    """That we look at how it is imported leaves no trace at it."""
    project.file(
        "test_orders.py",
        """
        def test_loader():
            import respx
            assert type(respx.__loader__).__module__ == "_frozen_importlib_external"
            assert respx.__spec__.loader is respx.__loader__
        """,
    )
    assert project.start().outcomes == {"passed": 1}


def test_clients_of_a_library_that_is_not_caught(project):
    """A test without routes is told at the end of the run that httpx is not watched."""
    install(project, "httpx", "1.0.dev3")
    project.file(
        "test_orders.py",
        """
        import pytest

        class Refused(Exception):
            code, message = 401009, "clientOrderId already exists"

        @pytest.mark.expects_code(401009, received=False)
        def test_it():
            raise Refused
        """,
    )
    outcome = project.start()
    assert outcome.outcomes == {"passed": 1}, outcome.text
    assert outcome.section("errcodes: libraries that are not caught") == (
        "httpx 1.0.dev3, where httpx>=0.27,<1 is known: its requests meet no route: "
        f"cannot import name 'Request' from 'httpx' ({project.path / 'httpx' / '__init__.py'})\n"
        "hint: install a release that this one of pytest-errcodes knows, or a newer pytest-errcodes"
    )


def test_a_library_that_is_missing(monkeypatch):
    """It is named, with the releases that are known."""
    real = metadata.version

    def find(library):
        if library == "respx":
            raise metadata.PackageNotFoundError(library)
        return real(library)

    monkeypatch.setattr(metadata, "version", find)
    told = explain("the fixture errcodes", ModuleNotFoundError("No module named 'respx'"))
    assert told is not None
    assert told.slug == "missing-library"
    assert str(told) == (
        "the fixture errcodes needs respx>=0.22,<0.24, which is not installed\nhint: pip install "
        "'respx>=0.22,<0.24'"
    )


def test_an_older_pytest(project):
    """The run does not begin."""
    install(project, "pytest", "7.4.4")
    (project.path / "pytest" / "__init__.py").unlink()
    project.file("older.py", "import pytest\npytest.version_tuple = (7, 4, 4)")
    outcome = project.start("-p", "older")
    assert outcome.ret == pytest.ExitCode.USAGE_ERROR
    assert outcome.stderr.strip("\n") == (
        "ERROR: pytest-errcodes needs pytest>=8.0,<10, and pytest 7.4.4 is installed\n"
        "hint: pip install 'pytest>=8.0,<10'"
    )


def test_our_own_error():
    """What no library is to blame for goes through as it is."""
    with pytest.raises(AttributeError, match=r"^ours$"), known_releases("the fixture errcodes"):
        raise AttributeError("ours")


def test_bounds_are_those_of_the_package():
    """What is said is what pip asks for."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    assert sorted(KNOWN) == sorted(project["project"]["dependencies"])
