"""A small project of somebody who tests a client, for the tests of the plugin.

    project.tests('''
        @pytest.mark.expects_code(401009)
        def test_duplicate(errcodes):
            errcodes.reply(401009)
            place_order()
    ''')
    assert project.run().outcomes == {"passed": 1}

Line 1 of a test module is ``from client import *``, so that what follows begins at line 2.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import os
import pkgutil
import re
import sys
import warnings
from textwrap import dedent
from typing import TYPE_CHECKING

import aiohttp  # noqa: F401  # see below
import anyio.pytest_plugin  # noqa: F401  # see below
import httpcore2  # noqa: F401  # see below
import httpx2  # noqa: F401  # see below
import pytest
import pytest_asyncio  # noqa: F401  # see below
import requests  # noqa: F401  # see below
import respx  # noqa: F401  # see below
import trio  # noqa: F401  # see below
from ended_rows import Modules, Rows, Title
from prepared_python import PreparedPython

import pytest_errcodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# A run inside this process forgets what it was first to import, and would import it each time.
for _module in pkgutil.walk_packages(pytest_errcodes.__path__, "pytest_errcodes."):
    importlib.import_module(_module.name)

#: What clients raise for a business error, and read an answer with.
API_ERROR = '''class ApiError(Exception):
    """What the client raises for a business error."""

    def __init__(self, code, message):
        super().__init__(f"{code} {message}")
        self.code, self.message = code, message


def checked(response):
    body = response.json()
    if body["code"] != 200000:
        raise ApiError(body["code"], body["message"])
    return body["data"]
'''
CLIENT = (
    '''
"""A client of the API, and all that its tests need."""

import json

import httpx
import pytest

from pytest_errcodes import IsCode, assert_code, raises_code

URL = "https://api.test/order"


'''
    + API_ERROR
    + '''

def place_order(**options):
    with httpx.Client(**options) as http:
        return checked(http.post(URL, json={"side": "BUY"}))


async def place_order_async(**options):
    async with httpx.AsyncClient(**options) as http:
        return checked(await http.post(URL, json={"side": "BUY"}))


def swallow_order(**options):
    try:
        return place_order(**options)
    except Exception:
        return None


async def swallow_order_async(**options):
    try:
        return await place_order_async(**options)
    except Exception:
        return None


def answer(code, message="clientOrderId already exists", **options):
    """A transport that answers every request with one envelope."""
    envelope = {"code": code, "message": message, "data": None}
    return httpx.MockTransport(lambda request: httpx.Response(200, json=envelope, **options))
'''
)

SECONDS = 120  # a run that takes longer hangs
#: Of which each run in a process of its own is a fork.
PYTHON = PreparedPython(
    {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PYTEST") and name != "PYTHONPATH"
    }
    | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    # What httpx needs, without what we bind to; it is imported as the tests are collected.
    (
        *("anyio", "asyncio", "certifi", "click", "h11", "idna", "mimetypes", "ssl", "trio"),
        *("execnet", "unittest.mock"),
    ),
)

_HEADER = re.compile(r"^_{3,} (.+?) _{3,}$", re.MULTILINE)
_END = re.compile(r"^(_{3,} .+ _{3,}|={3,} .+ ={3,}|={10,})$", re.MULTILINE)
_TIME = re.compile(r"\b\d+\.\d\ds( \(\d+:\d\d:\d\d\))?")


class Outcome:
    """What a run of pytest printed.

    Attributes:
        ret: The exit code.
        text: Standard output.
        stderr: Standard error.
    """

    def __init__(self, result: pytest.RunResult) -> None:
        self.ret = int(result.ret)
        self.text = _TIME.sub("0.00s", "\n".join(result.outlines))
        self.stderr = "\n".join(result.errlines)
        self._result = result

    @property
    def outcomes(self) -> dict[str, int]:
        """How many tests ended in which way."""
        return self._result.parseoutcomes()

    def failure(self, title: str) -> str:
        """Return all that stands under the header of one failure; lines are three dashes long."""
        for found, text in self.all_failures():
            if found == title:
                return text
        raise AssertionError(f"no failure of {title} in:\n{self.text}")

    def all_failures(self) -> Iterator[tuple[str, str]]:
        """Yield the header of each failure and error, and all that stands under it."""
        for header in _HEADER.finditer(self.text):
            end = _END.search(self.text, header.end())
            text = self.text[header.end() : end.start() if end else None]
            yield header[1], re.sub("-{3,}", "---", text.strip("\n"))

    def failures(self) -> list[str]:
        """Return the headers of all failures and errors."""
        return _HEADER.findall(self.text)

    def error(self, title: str, when: str = "setup") -> str:
        """Return all that stands under the header of one error."""
        return self.failure(f"ERROR at {when} of {title}")

    def section(self, title: str) -> str:
        """Return the lines between ``=== title ===`` and the next such line."""
        header = re.search(rf"^=+ {re.escape(title)} =+$", self.text, re.MULTILINE)
        assert header, f"no section {title} in:\n{self.text}"
        end = re.search(r"^=+ .+ =+$", self.text[header.end() :], re.MULTILINE)
        assert end
        return self.text[header.end() : header.end() + end.start()].strip("\n")

    def results(self) -> dict[str, str]:
        """Return how each test ended, of a run with ``-v``, in the order of the lines."""
        lines = re.findall(
            r"^(?:\[gw\d\] \[ *\d+%\] )?(?:(\w+) )?(\S+::\S+)(?: (\w+))?", self.text, re.MULTILINE
        )
        return {node.partition("::")[2]: before or after for before, node, after in lines}


class Project:
    """A folder with a client and its tests.

    Attributes:
        path: The folder.
    """

    def __init__(self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_ADDOPTS"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        monkeypatch.setenv("COLUMNS", "100")
        # A module that is rewritten within a second, with as many letters, would not be compiled.
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
        self.path = pytester.path
        self._pytester = pytester
        self._started = 0
        pytester.syspathinsert()  # for test modules in folders
        self.file("client.py", CLIENT)
        self.ini()

    def file(self, name: str, text: str) -> None:
        """Write any file."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), "utf-8")

    def tests(self, body: str, name: str = "test_orders.py") -> None:
        """Write a test module; the first line of ``body`` is empty, and the module's import."""
        self.file(name, f"from client import *{dedent(body)}")

    def ini(self, *lines: str) -> None:
        """Write the settings."""
        self.file("pytest.ini", "\n".join(("[pytest]", *lines, "")))

    def run(self, *arguments: str, plugins: tuple[str, ...] = ()) -> Outcome:
        """Run the tests in this process, with our plugin and those that are named."""
        return self.run_with("pytest_errcodes.plugin", *plugins, arguments=arguments)

    def run_tests(self, body: str) -> Outcome:
        """Write a test module, and run it in this process."""
        self.tests(body)
        return self.run()

    def run_rows(
        self,
        rows: Mapping[Title, str],
        *arguments: str,
        plugins: tuple[str, ...] = (),
        with_ours: bool = True,
    ) -> Rows[Title]:
        """Run each of several modules as ``tests`` writes them, and return what became of it.

        They are one run, since most of the time of a short run is pytest's own. In the texts each
        module has the name that ``tests`` gives it; it is ``test_0.py`` and so on. A title is any
        value that tells rows apart.
        """
        names = {f"test_{number}.py": row for number, row in enumerate(rows)}
        for name, row in names.items():
            self.tests(rows[row], name)
        modules = Modules()
        ours = ("pytest_errcodes.plugin",) if with_ours else ()
        outcome = self.run_with(*ours, *plugins, arguments=arguments, objects=(modules,))
        ended = modules.part(names, (text for _, text in outcome.all_failures()))
        ended.outcome = outcome
        return ended

    def run_with(
        self, *plugins: str, arguments: tuple[str, ...] = (), objects: tuple[object, ...] = ()
    ) -> Outcome:
        """Run the tests in this process with the plugins alone whose modules are named."""
        with warnings.catch_warnings():
            # The oldest pytest-asyncio leaves an event loop open.
            warnings.simplefilter("ignore", ResourceWarning)
            # As -p would, which searches everything that is installed for a plugin of that name.
            modules = [importlib.import_module(name) for name in plugins]
            words = (*_set_loop_scope(plugins), *arguments)
            result = self._pytester.runpytest_inprocess(*words, plugins=[*modules, *objects])
            if "pytest_asyncio.plugin" in plugins:
                asyncio.set_event_loop(None)
                gc.collect()
        return Outcome(result)

    def start(self, *arguments: str, plugins: tuple[str, ...] = ()) -> Outcome:
        """Run the tests in a process of their own, with our plugin and those that are named.

        It is a fork of one that has imported pytest, and nothing of what ours or a client imports.
        """
        self._started += 1
        options = [word for name in ("pytest_errcodes.plugin", *plugins) for word in ("-p", name)]
        basetemp = f"--basetemp={self.path / f'started-{self._started}'}"
        paths = (str(self.path), os.environ.get("PYTHONPATH", ""))
        code, out, err = PYTHON.run(
            ("-m", "pytest", basetemp, *options, *_set_loop_scope(plugins), *arguments),
            self.path,
            os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
            seconds=SECONDS,
        )
        return Outcome(pytest.RunResult(code, out.splitlines(), err.splitlines(), duration=0))


def _set_loop_scope(plugins: tuple[str, ...]) -> tuple[str, ...]:
    """Return the option that pytest-asyncio warns about where it is not set."""
    is_asked = "pytest_asyncio.plugin" in plugins
    return ("-o", "asyncio_default_fixture_loop_scope=function") if is_asked else ()
