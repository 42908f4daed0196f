"""Each attempt of a test is judged for itself and begins anew, whoever starts it."""

from __future__ import annotations

import pytest

SECOND_IS_RIGHT = """
    attempts = []

    {mark}
    @pytest.mark.expects_code(401009)
    def test_order(errcodes):
        attempts.append(1)
        errcodes.reply(401018 if len(attempts) == 1 else 401009)
        place_order()
"""
UNUSED = """
    attempts = []

    {mark}
    def test_order(errcodes):
        attempts.append(1)
        errcodes.get("/never").reply(401009)
        if len(attempts) == 1:
            place_order()
"""
#: Plugins that repeat a failing test, and the marker of each for one more attempt. They run in
#: processes of their own: pytest-retry keeps settings in its modules.
REPEATERS = [
    pytest.param("pytest_retry.retry_plugin", "flaky(retries=1, delay=0)", id="retry"),
    pytest.param("pytest_rerunfailures", "flaky(reruns=1)", id="rerunfailures"),
]


@pytest.mark.parametrize(("plugin", "mark"), REPEATERS)
def test_second_attempt_is_simulated(project, plugin, mark):
    """The second attempt has a router and a verdict of its own."""
    project.tests(SECOND_IS_RIGHT.format(mark=f"@pytest.mark.{mark}"))
    assert project.start(plugins=(plugin,)).outcomes["passed"] == 1


@pytest.mark.parametrize(("plugin", "mark"), REPEATERS)
def test_second_attempt_is_judged(project, plugin, mark):
    """A route that nobody called in the second attempt fails it, whatever the first one did."""
    project.tests(UNUSED.format(mark=f"@pytest.mark.{mark}"))
    outcome = project.start(plugins=(plugin,))
    assert outcome.outcomes["failed"] == 1
    assert "no request reached GET /never" in outcome.failure("test_order")


def test_first_attempt_is_no_part_of_the_second(project):
    """What the first attempt received does not meet what the second one expects."""
    project.tests("""
        attempts = []

        @pytest.mark.flaky(retries=1, delay=0)
        @pytest.mark.expects_code(401009)
        def test_order(errcodes):
            attempts.append(1)
            if len(attempts) == 1:
                errcodes.reply(401009)
                place_order()
    """)
    first = project.start(plugins=("pytest_retry.retry_plugin",))
    assert first.outcomes["passed"] == 1
    project.tests("""
        attempts = []

        @pytest.mark.flaky(retries=1, delay=0)
        @pytest.mark.expects_code(401009)
        def test_order(errcodes):
            attempts.append(1)
            if len(attempts) == 1:
                errcodes.reply(401009)
                swallow_order()
                assert False
    """)
    second = project.start(plugins=("pytest_retry.retry_plugin",))
    assert second.failure("test_order") == (
        "expected code 401009 was not seen\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      nothing"
    )


BETWEEN = """
    import pytest

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(item, call):
        report = yield
        if call.when == "call":  # a report of another phase, made in between
            done = pytest.CallInfo.from_call(lambda: None, when="teardown")
            item.ihook.pytest_runtest_makereport(item=item, call=done)
        return report

    @pytest.fixture
    def late(errcodes):
        yield
        import client
        client.swallow_order()
"""


def test_reports_in_between_change_nothing(project):
    """A report that another plugin makes ends no test: what its teardown sends is judged."""
    project.file("conftest.py", BETWEEN)
    project.tests("""
        def test_order(errcodes, late):
            errcodes.get("https://api.test/order").reply(401009)
            httpx.get("https://api.test/order")
    """)
    outcome = project.run()
    assert "no route matches POST https://api.test/order" in outcome.error("test_order", "teardown")


def test_the_catalog_stands_under_a_fake_file_system(project):
    """The catalogs of settings and markers are loaded before a fixture fakes the files."""
    project.file("mine.toml", "[sections.a.codes]\n1001 = 'Unknown symbol'\n")
    project.tests("""
        from pytest_errcodes import Envelope

        def test_helper(fs):
            assert_code({"code": 401009, "message": "clientOrderId already exists"}, 401009)

        def test_routes(fs, errcodes):
            errcodes.reply(401009)
            with raises_code(401009):
                place_order()

        @pytest.mark.errcodes(catalog="mine.toml")
        def test_own(fs):
            assert_code({"code": 1001, "message": "Unknown symbol"}, 1001)

        @pytest.mark.errcodes(catalog="mine.toml")
        @pytest.mark.expects_code(1001)
        def test_own_routes(fs, errcodes):
            errcodes.reply(1001)
            place_order()
    """)
    for name in ("test_helper", "test_routes", "test_own", "test_own_routes"):
        outcome = project.start(
            "-q", f"test_orders.py::{name}", plugins=("pyfakefs.pytest_plugin",)
        )
        assert outcome.outcomes == {"passed": 1}, outcome.text


def test_the_second_catalog_stands_too(project):
    """A catalog that a fake file system hides is one that is kept, not one that is missing."""
    project.file("mine.toml", "[sections.a.codes]\n1001 = 'Unknown symbol'\n")
    project.tests("""
        @pytest.mark.errcodes(catalog="mine.toml")
        def test_real():
            assert_code({"code": 1001, "message": "Unknown symbol"}, 1001)

        @pytest.mark.errcodes(catalog="mine.toml")
        def test_fake(fs):
            assert_code({"code": 1001, "message": "Unknown symbol"}, 1001)

        def test_plain(fs):
            assert_code({"code": 401009, "message": "clientOrderId already exists"}, 401009)
    """)
    assert project.start(plugins=("pyfakefs.pytest_plugin",)).outcomes == {"passed": 3}
