"""A plugin hands in an adapter for a library that ours does not know."""

from __future__ import annotations

LIBRARY = '''
def send(url):
    """Send a request to the real network."""
    raise OSError(url)
'''
ADAPTER = """
from pytest_errcodes.simulation.adapters.adapter import PatchingAdapter
from pytest_errcodes.simulation.adapters.patching import Patch
from pytest_errcodes.simulation.incoming import Incoming


class TinyAdapter(PatchingAdapter):
    def __init__(self, network, library):
        super().__init__(network, library)
        self.patches = [Patch(library, "send", self.wrap)]

    def wrap(self, original):
        def send(url):
            if not self.network.routers:
                return original(url)
            return self.network.reply(Incoming.make("GET", url, [], b"")).body

        return send
"""
CONFTEST = """
from pytest_errcodes.simulation.adapters.table import Row

def pytest_errcodes_adapters():
    return [Row("tinyhttp", "tiny_adapter", "{name}")]
"""
TESTS = """
def test_caught(errcodes):
    import tinyhttp

    errcodes.get("/order").reply(401009)
    assert b"401009" in tinyhttp.send("https://api.test/order")


def test_given_back():
    import tinyhttp

    with pytest.raises(OSError, match="order"):
        tinyhttp.send("https://api.test/order")
"""


def test_adapter_of_a_plugin(project):
    """It catches its library, though that is imported inside the test."""
    project.file("tinyhttp.py", LIBRARY)
    project.file("tiny_adapter.py", ADAPTER)
    project.file("conftest.py", CONFTEST.format(name="TinyAdapter"))
    project.tests(TESTS)
    assert project.start().outcomes == {"passed": 2}


def test_release_that_its_adapter_does_not_know(project):
    """It is told once, at the end, and breaks no test."""
    project.file("vcr.py", "")
    project.tests("""
def test_one(errcodes):
    import vcr


def test_two(errcodes):
    import vcr
""")
    outcome = project.start()
    assert outcome.outcomes == {"passed": 2}
    assert outcome.section("errcodes: libraries that are not caught") == (
        "vcr: its requests meet no route: vcr has no class Cassette\n"
        "hint: install a release that this one of pytest-errcodes knows, or a newer pytest-errcodes"
    )
