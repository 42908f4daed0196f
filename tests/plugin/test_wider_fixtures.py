"""Routes answer a test and its own fixtures; those of a wider scope reach the real server."""

from __future__ import annotations

import pytest
from loopback import Loopback

#: Fixtures that log out when they are torn down, and write down who answered.
CONFTEST = """
from pathlib import Path

import httpx
import pytest

REAL = "{url}"
LOG = Path(__file__).with_name("log.txt")


def log_out(name):
    try:
        answer = httpx.post(f"{{REAL}}/{{name}}").text
    except httpx.ConnectError:
        answer = "nobody"
    who = "routes" if answer.startswith("{{") else answer.partition(" ")[0]
    with LOG.open("a") as log:
        log.write(f"{{name}}: {{who}}\\n")


def make_fixture(name, **scope):
    @pytest.fixture(**scope)
    def fixture():
        yield
        log_out(name)

    return fixture


session = make_fixture("session", scope="session")
package = make_fixture("package", scope="package")
module = make_fixture("module", scope="module")
of_class = make_fixture("class", scope="class")
before = make_fixture("before")
after = make_fixture("after")


@pytest.fixture
def routes(request):
    routes = request.getfixturevalue("errcodes")
    routes.reply(200000)
    return routes


@pytest.fixture
def broken():
    assert False, "no database"
"""
OWN = {"before: routes", "after: routes"}
WIDER = {"session: loopback", "package: loopback", "module: loopback", "class: loopback"}

TESTS = {
    "a function": """
        def test_order(session, package, module, of_class, before, errcodes, after):
            errcodes.reply(200000)
            httpx.get(URL)
        """,
    "a class": """
        class TestOrders:
            def test_order(self, session, package, module, of_class, before, errcodes, after):
                errcodes.reply(200000)
                httpx.get(URL)
        """,
    "fixtures by name": """
        @pytest.mark.usefixtures("session", "package", "module", "of_class", "before", "after")
        def test_order(errcodes):
            errcodes.reply(200000)
            httpx.get(URL)
        """,
    "routes that a fixture asks for late": """
        class TestOrders:
            def test_order(self, session, package, module, of_class, before, routes, after):
                httpx.get(URL)
        """,
    "routes that the test asks for late": """
        class TestOrders:
            def test_order(self, session, package, module, of_class, before, after, request):
                request.getfixturevalue("errcodes").reply(200000)
                httpx.get(URL)
        """,
    "a unittest": """
        import unittest

        @pytest.mark.usefixtures("session", "package", "module", "of_class", "before")
        class TestOrders(unittest.TestCase):
            @pytest.fixture(autouse=True)
            def take(self, errcodes, after):
                errcodes.reply(200000)

            def test_order(self):
                httpx.get(URL)

            def tearDown(self):
                httpx.get(URL)
        """,
    "a test that fails": """
        def test_order(session, package, module, of_class, before, errcodes, after):
            errcodes.reply(200000)
            assert 1 == 2
        """,
    "a fixture that fails": """
        class TestOrders:
            def test_order(self, session, package, module, of_class, before, routes, after, broken):
                pass
        """,
    "an expectation": """
        @pytest.mark.expects_code(401009)
        def test_order(session, package, module, of_class, before, errcodes, after):
            errcodes.post(URL).reply(401009)
            errcodes.reply(200000).optional()
            place_order()
        """,
    "a router that was started twice": """
        def test_order(session, package, module, of_class, before, errcodes, after):
            errcodes.start()
            errcodes.reply(200000)
            httpx.get(URL)
        """,
    "a nested router that was left on": """
        def test_order(session, package, module, of_class, before, errcodes, after):
            everything = errcodes()
            everything.start()
            everything.reply(200000)
            httpx.get(URL)
        """,
}


@pytest.fixture
def log(project):
    """Return a function that tells who answered, in the order of the teardowns."""
    with Loopback() as server:
        project.file("conftest.py", CONFTEST.format(url=server.url))
        yield lambda: (project.path / "log.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("body", TESTS.values(), ids=TESTS)
def test_who_answers(project, log, body):
    """The test's own fixtures are torn down under its routes, all others without them."""
    project.tests(body)
    outcome = project.run()
    assert set(log()) == OWN | WIDER
    ending = "failed" if "1 == 2" in body else "errors" if "broken" in body else "passed"
    assert outcome.outcomes == {ending: 1}


def test_innocent(project, log):
    """A test whose routes do not know a wider fixture's request is not blamed for it."""
    project.tests("""
        def test_order(session, module, errcodes):
            errcodes.post(URL).reply(401009)
            with raises_code(401009):
                place_order()
    """)
    assert project.run().outcomes == {"passed": 1}
    assert log() == ["module: loopback", "session: loopback"]


def test_own_fixture_is_still_judged(project, log):
    """A request of the test's own fixture that no route knows is an error, as ever."""
    project.tests("""
        def test_order(session, before, errcodes):
            errcodes.post(URL).reply(401009)
            swallow_order()
    """)
    assert project.run().outcomes == {"passed": 1, "errors": 1}
    assert log() == ["before: nobody", "session: loopback"]


def test_between_tests(project, log):
    """A fixture that ends between two tests with routes is answered by neither."""
    project.tests("""
        class TestOne:
            def test_order(self, of_class, errcodes):
                errcodes.reply(200000)
                httpx.get(URL)

        class TestTwo:
            def test_order(self, of_class, errcodes, before):
                errcodes.reply(200000)
                httpx.get(URL)
    """)
    assert project.run("-p", "no:randomly").outcomes == {"passed": 2}
    assert log() == ["class: loopback", "before: routes", "class: loopback"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_in_any_order(project, log, seed):
    """It does not matter which test comes last."""
    project.tests("""
        def test_with_routes(session, module, before, errcodes):
            errcodes.reply(200000)
            httpx.get(URL)

        def test_without(session, module):
            pass

        def test_with_routes_again(session, module, before, errcodes):
            errcodes.reply(200000)
            httpx.get(URL)
    """)
    outcome = project.start(f"--randomly-seed={seed}", plugins=("pytest_randomly",))
    assert outcome.outcomes == {"passed": 3}
    assert log() == ["before: routes"] * 2 + ["module: loopback", "session: loopback"]


def test_in_workers(project, log):
    """In the workers of xdist it is the same."""
    project.tests("""
        @pytest.mark.parametrize("number", range(4))
        def test_order(session, module, before, errcodes, number):
            errcodes.reply(200000)
            httpx.get(URL)
    """)
    outcome = project.start("-n", "2", plugins=("xdist.plugin",))
    assert outcome.outcomes == {"passed": 4}
    assert set(log()) == {"before: routes", "module: loopback", "session: loopback"}


@pytest.mark.parametrize(
    ("plugin", "mark"),
    [
        pytest.param("pytest_retry.retry_plugin", "flaky(retries=1, delay=0)", id="retry"),
        pytest.param("pytest_rerunfailures", "flaky(reruns=1)", id="rerunfailures"),
    ],
)
def test_each_attempt(project, log, plugin, mark):
    """Each attempt of a test has routes until its own fixtures are gone, and no longer."""
    project.tests(f"""
        attempts = []

        @pytest.mark.{mark}
        def test_order(session, module, before, errcodes):
            attempts.append(1)
            errcodes.reply(200000)
            httpx.get(URL)
            assert len(attempts) == 2
    """)
    assert project.start(plugins=(plugin,)).outcomes["passed"] == 1
    assert set(log()) == {"before: routes", "module: loopback", "session: loopback"}


ASYNC_FIXTURES = """
import httpx
import pytest


async def log_out(name):
    async with httpx.AsyncClient() as http:
        answer = (await http.post(f"{REAL}/{name}")).text
    with LOG.open("a") as log:
        log.write(f"{name}: {'routes' if answer.startswith('{') else answer.partition(' ')[0]}\\n")
"""


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_asynchronous_fixtures(project, log, backend):
    """Asynchronous fixtures are answered alike."""
    project.file("log_out.py", "from conftest import LOG, REAL\n" + ASYNC_FIXTURES.lstrip("\n"))
    project.tests(f"""
        from log_out import log_out

        @pytest.fixture(scope="module")
        def anyio_backend():
            return "{backend}"

        @pytest.fixture(scope="module")
        async def wide(anyio_backend):
            yield
            await log_out("wide")

        @pytest.fixture
        async def own(anyio_backend):
            yield
            await log_out("own")

        @pytest.mark.anyio
        async def test_order(wide, own, errcodes):
            errcodes.reply(200000)
            async with httpx.AsyncClient() as http:
                await http.get(URL)
    """)
    assert project.run(plugins=("anyio.pytest_plugin",)).outcomes == {"passed": 1}
    assert log() == ["own: routes", "wide: loopback"]
