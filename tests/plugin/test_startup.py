"""What the plugin costs and changes where nothing of it is used."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from prepared_python import PreparedPython

if TYPE_CHECKING:
    from project import Project

SECONDS = 120  # a run that takes longer hangs
HEAVY = ("httpx", "respx", "syrupy", "click", "docutils", "lxml", "markdown_it", "yaml")

#: Modules that only what fails needs: those that write texts, and what they ask.
WORDS = (
    "active.drift",
    "catalog.files.catalog_mistakes",
    "judging.json_form",
    "judging.rendering",
    "judging.comparison_rows",
    "judging.seen_table",
    "simulation.findings.finding_texts",
    "simulation.findings.unmatched",
    "simulation.findings.loose_ends",
)

#: What the process whose forks run pytest has loaded, and a run of pytest without plugins has not.
#: ``csv`` reads the list of a distribution's files.
PREPARED = {"_csv", "csv", "forked_workers", "frozen_heap", "runpy", "short_listings"}

#: Runs pytest in a process of its own and prints which modules it had loaded at the end.
PROBE = """
import json, sys
import pytest
before = set(sys.modules)
status = pytest.main(sys.argv[1:])
loaded = sorted(set(sys.modules) - before)
print("PROBE " + json.dumps([int(status), loaded]))
"""

#: Fixtures and tests that stand in no test file, so that tracebacks are not cut at one.
ASIDE = """
import pytest

@pytest.fixture
def broken_later():
    yield
    raise OSError("too late")

@pytest.fixture
def broken_aside(): raise OSError("no")

class Check(pytest.Item):
    def runtest(self): assert self.name == "good"

class Checks(pytest.File):
    def collect(self): return [Check.from_parent(self, name=name) for name in ("good", "bad")]

def pytest_collect_file(file_path, parent):
    if file_path.suffix == ".check":
        return Checks.from_parent(parent, path=file_path)
"""

MIXED = """
import logging
import unittest
import warnings
import pytest

class Lazy:
    @property
    def __class__(self): raise RuntimeError("not bound yet")

lazy = Lazy()

def test_passes(): pass

def test_fails():
    print("out")
    assert {"code": 200000} == {"code": 401009}

@pytest.mark.xfail
def test_xfails(): assert 0

@pytest.mark.xfail
def test_xpasses(): pass

@pytest.mark.skip(reason="not here")
def test_skips(): pass

@pytest.fixture
def broken(): raise OSError("no")

def test_errs(broken): pass

def test_warns(): warnings.warn("careful")

@pytest.mark.parametrize("code", [401009, 401018])
def test_parameters(code): pass

class TestClass:
    def test_method(self): raise SystemExit(3)

def test_errs_aside(broken_aside): pass

def test_errs_later(broken_later): logging.warning("logged")

class TestUnit(unittest.TestCase):
    def setUp(self): self.number = 1
    def test_fails(self): self.assertEqual(self.number, 2)
    def test_parts(self):
        with self.subTest(part=1): assert 0
    @unittest.expectedFailure
    def test_expected(self): assert 0
"""


_PYTHON = PreparedPython(
    {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
)


def probe(folder: str, *arguments: str) -> tuple[int, list[str], str]:
    """Run pytest in a process of its own; return its status, the modules it loaded, its output.

    It is a fork of one that has loaded no more than any run of pytest does.
    """
    words = ("-c", PROBE, "-p", "no:cacheprovider", *arguments)
    code, output, errors = _PYTHON.run(words, Path(folder), dict(os.environ), seconds=SECONDS)
    assert code == 0, errors
    return read_probe(output)


def probe_anew(folder: str, *arguments: str) -> tuple[int, list[str], str]:
    """Do so in a process that has loaded nothing."""
    command = [sys.executable, "-c", PROBE, "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return read_probe(done.stdout)


def read_probe(printed: str) -> tuple[int, list[str], str]:
    """Return what a probe has printed in its parts."""
    output, _, figures = printed.partition("PROBE ")
    status, loaded = json.loads(figures)
    return status, loaded, output


@pytest.fixture(autouse=True)
def _only_named_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def test_the_forks_begin_with_what_pytest_loads(pytester: pytest.Pytester) -> None:
    """So what a run in one of them loads, it loads in a new process too."""
    modules = "import json, sys; print(json.dumps(sorted(sys.modules)))"
    code, output, _ = _PYTHON.run(("-c", modules), pytester.path, dict(os.environ), seconds=SECONDS)
    assert code == 0
    words = ("-c", f"import os, pytest; pytest.main(['-c', os.devnull])\n{modules}")
    done = subprocess.run(
        [sys.executable, *words], cwd=pytester.path, capture_output=True, text=True, check=True
    )
    plain = json.loads(done.stdout.splitlines()[-1])
    assert set(json.loads(output)) - set(plain) <= PREPARED


def test_a_run_that_uses_nothing_of_ours_loads_no_library(pytester: pytest.Pytester) -> None:
    """With respx's and syrupy's plugins off, a plain file loads none of our dependencies."""
    pytester.makepyfile("def test_plain(): pass")
    status, loaded, _ = probe(str(pytester.path), "-p", "pytest_errcodes.plugin", "--collect-only")
    assert status == 0
    assert "pytest_errcodes.plugin" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_the_installed_plugin_loads_no_library(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same holds where pytest finds the plugin by itself, as after ``pip install``."""
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    others = (
        "pytest_httpx",
        "pytest_httpx2",
        "hypothesispytest",
        "anyio",
        "asyncio",
        "randomly",
        "xdist",
    )
    off = [word for name in ("respx", "syrupy", *others) for word in ("-p", f"no:{name}")]
    pytester.makepyfile("def test_plain(): pass")
    _, loaded, _ = probe_anew(str(pytester.path), *off, "--collect-only")
    assert "pytest_errcodes.plugin" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_the_plugin_imports_only_the_standard_library_and_pytest(pytester: pytest.Pytester) -> None:
    """Everything that the plugin loads beyond itself comes with Python or with pytest."""
    pytester.makepyfile("def test_plain(): pass")
    ours = probe(str(pytester.path), "-p", "pytest_errcodes.plugin", "--collect-only")[1]
    plain = probe(str(pytester.path), "--collect-only")[1]
    added = {name.partition(".")[0] for name in set(ours) - set(plain)}
    assert added - set(sys.stdlib_module_names) - {"__mp_main__"} == {"pytest_errcodes"}


def test_a_passing_test_loads_nothing_that_only_a_failure_needs(pytester: pytest.Pytester) -> None:
    """Whatever of ours a test uses, no text is made and nothing loaded that tells of failures."""
    pytester.makepyfile("""
        import httpx, pytest
        from pytest_errcodes import IsCode, assert_code, raises_code

        URL = "https://api.test/order"

        class ApiError(Exception):
            def __init__(self, body):
                self.code, self.message = body["code"], body["message"]

        def place_order():
            raise ApiError(httpx.post(URL).json())

        @pytest.mark.expects_code(401009, surfaced=True, times=2)
        @pytest.mark.expects_code(401018, 401112, any_of=True, params=None)
        def test_order(errcodes):
            errcodes.post(URL).reply(401009).then(401018).then(401009)
            with raises_code(401009, exception=ApiError):
                place_order()
            found = httpx.post(URL).json()
            assert found == IsCode(401018)
            assert found != IsCode(401009)
            assert found not in [IsCode(401009, data=1), IsCode(401018, id=7)]
            assert_code(found, 401018)
            place_order()
    """)
    status, loaded, output = probe(str(pytester.path), "-p", "pytest_errcodes.plugin")
    assert status == 0, output
    assert [name for name in WORDS if f"pytest_errcodes.{name}" in loaded] == []


def test_what_only_a_failure_needs_is_there() -> None:
    """The names of the test above are those of modules: one that moves must not be missed."""
    assert [name for name in WORDS if find_spec(f"pytest_errcodes.{name}") is None] == []


def normalised(output: str) -> str:
    """Drop what differs from run to run: addresses, descriptors, pytest's own lists of plugins."""
    output = re.sub(r"0x[0-9a-f]+|oldfd=\d+", "0x0", output)
    return re.sub(r"(?m)^(hook_impls = |methods = ).*\n", "", output)


@pytest.mark.parametrize("options", [(), ("-v",), ("-q", "--tb=short"), ("-rA", "--tb=native")])
def test_a_suite_that_uses_nothing_of_ours_prints_the_same(
    project: Project, options: tuple[str, ...]
) -> None:
    """Passes, failures, errors, warnings and captured output stand as they stood without us."""
    project.file("test_mixed.py", MIXED)
    project.file("conftest.py", ASIDE)
    project.file("orders.check", "")
    with_us = project.run_with("pytest_errcodes.plugin", arguments=options)
    without = project.run_with(arguments=options)
    assert without.outcomes["xfailed"] == 2
    assert (with_us.ret, normalised(with_us.text)) == (without.ret, normalised(without.text))


def test_plugin_by_its_name(project: Project) -> None:
    """Where no plugin is loaded by itself, ``-p errcodes`` loads ours."""
    project.tests("""
        @pytest.mark.expects_code(401009)
        def test_order(errcodes):
            errcodes.reply(401009)
            place_order()
    """)
    already_imported = "ignore::pytest.PytestAssertRewriteWarning"
    outcome = project.run_with(arguments=("-p", "errcodes", "-W", already_imported))
    assert outcome.outcomes == {"passed": 1}


def test_httpx_is_untouched_without_a_marker_or_a_fixture(pytester: pytest.Pytester) -> None:
    """Only a test that uses the plugin installs anything into httpx."""
    pytester.makepyfile(
        """
        import httpx, httpcore

        def test_plain():
            assert httpx.Client.send.__module__.startswith("httpx")
            assert httpcore.ConnectionPool.handle_request.__module__.startswith("httpcore.")
        """
    )
    status, loaded, _ = probe(str(pytester.path), "-p", "pytest_errcodes.plugin")
    assert status == 0
    assert "pytest_errcodes.simulation" not in loaded


def test_what_was_installed_is_given_back(pytester: pytest.Pytester) -> None:
    """After a run that used marker and fixture, httpx and httpcore are as they were."""
    pytester.makepyfile(
        """
        import httpx, pytest
        from pytest_errcodes import assert_code

        @pytest.mark.expects_code(401009)
        def test_ours(errcodes):
            errcodes.reply(401009)
            answer = httpx.get("https://api.example.com")
            with pytest.raises(ValueError):
                raise ValueError(answer.json()["code"])
            assert_code(answer, 401009)
        """
    )
    script = (
        "import httpx, httpcore, httpx._transports.default as d, pytest, unittest\n"
        "names = [(httpx.Client, 'send'), (httpx.AsyncClient, 'send'), (d, 'create_ssl_context'),\n"
        "  (httpcore.ConnectionPool, 'handle_request'),\n"
        "  (httpcore.AsyncConnectionPool, 'handle_async_request'),\n"
        "  (type(pytest.raises(ValueError)), '__exit__'),\n"
        "  (type(unittest.TestCase().assertRaises(ValueError)), '__exit__'),\n"
        "  (pytest.ExceptionInfo, 'from_exception')]\n"
        "before = [getattr(*name) for name in names]\n"
        "status = pytest.main(['-q', '-p', 'no:cacheprovider', '-p', 'pytest_errcodes.plugin'])\n"
        "assert before == [getattr(*name) for name in names]\n"
        "raise SystemExit(int(status))\n"
    )
    code, output, errors = _PYTHON.run(
        ("-c", script), pytester.path, dict(os.environ), seconds=SECONDS
    )
    assert code == 0, output + errors
    assert "1 passed in " in output


@pytest.mark.parametrize(
    ("name", "answer"), [("errcodes", "reply(401009)"), ("respx_mock", "respond()")]
)
def test_the_core_works_without_respx_plugin(
    pytester: pytest.Pytester, name: str, answer: str
) -> None:
    """With ``-p no:respx`` our fixture works, and only respx's own is missing."""
    pytester.makepyfile(
        f"""
        import httpx

        def test_it({name}):
            {name}.get("https://api.example.com").{answer}
            httpx.get("https://api.example.com")
        """
    )
    plugins = ("-p", "pytest_errcodes.plugin", "-p", "no:respx")
    status, _, output = probe(str(pytester.path), *plugins)
    assert ("1 passed" in output, int(status)) == ((True, 0) if name == "errcodes" else (False, 1))


@pytest.mark.parametrize("first", ["import respx", "from pytest_errcodes import CodeRouter"])
def test_respx_comes_in_a_watched_test(pytester: pytest.Pytester, first: str) -> None:
    """A watched test may import respx, which imports httpcore itself; its clients are watched."""
    pytester.makepyfile(
        client="""
        import httpx
        from pytest_errcodes import load_catalog

        ANSWER = load_catalog("ltp").body(401009)

        def place_order():
            answer = httpx.MockTransport(lambda _: httpx.Response(200, json=ANSWER))
            httpx.Client(transport=answer).post("https://api.test/order")
        """,
        test_it=f"""
        import pytest

        @pytest.mark.expects_code(401009)
        def test_swallowed():
            {first}
            import client
            client.place_order()
        """,
    )
    status, _, output = probe(str(pytester.path), "-p", "pytest_errcodes.plugin", "-p", "no:respx")
    assert int(status) == 1
    assert "code 401009 was received and did not surface" in output


@pytest.mark.parametrize(
    "body",
    [
        "    raise ApiError",
        "    import requests\n    raise ApiError",
        (
            "    errcodes.get('https://api.test/order').reply(401009)\n"
            "    import urllib.request\n"
            "    urllib.request.urlopen('https://api.test/order').read()\n"
            "    raise ApiError"
        ),
        (
            "    errcodes.get('https://api.test/order').reply(401009)\n"
            "    import requests\n"
            "    requests.get('https://api.test/order')\n"
            "    raise ApiError"
        ),
    ],
    ids=["nothing", "requests", "urllib with routes", "requests with routes"],
)
def test_first_of_all_imports(pytester: pytest.Pytester, body: str) -> None:
    """A test may be the first that imports any HTTP library, or leave that to us."""
    argument = "errcodes" if "errcodes" in body else ""
    pytester.makepyfile(
        f"""
import pytest

class ApiError(Exception):
    code, message = 401009, "clientOrderId already exists"

@pytest.mark.expects_code(401009)
def test_refused({argument}):
{body}
"""
    )
    status, _, output = probe(str(pytester.path), "-q", "-p", "pytest_errcodes.plugin")
    assert (status, "1 passed" in output) == (0, True), output
