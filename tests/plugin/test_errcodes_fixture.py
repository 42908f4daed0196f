"""The fixture ``errcodes`` and its marker: settings, and other fixtures beside it."""

from __future__ import annotations

import httpcore
import httpx
import pytest
from ended_rows import PASSED

UNMATCHED = "no route matches POST https://api.test/order\n"
NO_ROUTES = f"{UNMATCHED}there are no routes yet"


def only_failure(project, *arguments, plugins=()):
    """Run the one test of a project and return the text it fails with."""
    outcome = project.run(*arguments, plugins=plugins)
    assert outcome.outcomes == {"failed": 1}
    return outcome.failure("test_order")


# -- settings --------------------------------------------------------------------------------


def test_base_url_of_the_marker(project):
    """The marker says where the paths of routes start."""
    project.tests("""
        @pytest.mark.errcodes(base_url="https://api.test")
        def test_order(errcodes):
            errcodes.post("/order").reply(401009)
            swallow_order()
            swallow_order(base_url="https://other.test")
            assert errcodes.calls.call_count == 2
    """)
    assert project.run().outcomes == {"passed": 1}


def test_base_url_of_the_settings(project):
    """So does the ini setting, unless a marker says otherwise; the nearest marker counts."""
    project.ini("errcodes_base_url = https://other.test")
    project.tests("""
        def test_ini(errcodes):
            errcodes.get("/a").reply(401009)
            assert_code(httpx.get("https://other.test/a"), 401009)

        @pytest.mark.errcodes(base_url="https://far.test")
        class TestClass:
            @pytest.mark.errcodes(base_url="https://near.test")
            def test_marker(self, errcodes):
                errcodes.get("/a").reply(401009)
                assert_code(httpx.get("https://near.test/a"), 401009)
    """)
    assert project.run().outcomes == {"passed": 2}


def test_path_outside_the_base(project):
    """A request outside the base finds no route, and the finding shows the base."""
    project.tests("""
        @pytest.mark.errcodes(base_url="https://api.test/v1")
        def test_order(errcodes):
            errcodes.post("/order").reply(401009)
            httpx.post("https://api.test/v1/order")
            swallow_order()
    """)
    assert only_failure(project) == (
        f"{UNMATCHED}"
        "nearest route:\n"
        "  POST https://api.test/v1/order\n"
        "    path is /order, not /v1/order"
    )


ALLOWED = {
    "assert_all_called=False": 'errcodes.get("/other").reply(401009)',
    "assert_all_mocked=False": "httpx.get(URL)",
    "assert_all_sent=False": "errcodes.reply(100429).then(200000); httpx.get(URL)",
}


def test_findings_that_are_allowed(project):
    """As in respx, a setting allows unused routes; others allow unmatched requests and more."""
    rows = {
        setting: f"""
        @pytest.mark.errcodes({setting})
        def test_order(errcodes):
            {body}
        """
        for setting, body in ALLOWED.items()
    }
    assert project.run_rows(rows) == dict.fromkeys(rows, PASSED)


def test_catalog_of_the_marker(project):
    """Routes answer with the codes of the marker's catalog, in its shape and its HTTP status."""
    project.file(
        "cards.toml",
        """
        name = "cards"
        http_status = 402
        [envelope]
        code = "status"
        message = "reason"
        data = "payload"
        code_type = "string"
        success = ["00000"]
        success_message = "OK"
        [sections.cards.codes]
        card_declined = "The card was declined"
        """,
    )
    project.tests("""
        @pytest.mark.errcodes(catalog="cards.toml")
        def test_order(errcodes):
            errcodes.reply("card_declined").then("00000")
            refused, accepted = httpx.get(URL), httpx.get(URL)
            assert (refused.status_code, accepted.status_code) == (402, 200)
            assert refused.json() == {
                "status": "card_declined", "reason": "The card was declined", "payload": None,
            }
            assert accepted.json()["reason"] == "OK"
    """)
    assert project.run().outcomes == {"passed": 1}


# -- the fixture among others ----------------------------------------------------------------


@pytest.mark.parametrize("arguments", ["client, errcodes", "errcodes, client"])
def test_client_of_a_fixture(project, arguments):
    """A client may be made before the fixture, or after it."""
    project.tests(f"""
        @pytest.fixture
        def client():
            with httpx.Client() as client:
                yield client

        def test_order({arguments}):
            errcodes.reply(401009)
            assert_code(client.get(URL), 401009)
    """)
    assert project.run().outcomes == {"passed": 1}


def test_routes_answer_in_teardown(project):
    """Routes answer until every fixture is torn down, whatever the order."""
    project.tests("""
        @pytest.fixture
        def client():
            yield
            assert_code(httpx.get(URL), 401009)

        def test_order(client, errcodes):
            errcodes.reply(401009)
            httpx.get(URL)
    """)
    assert project.run().outcomes == {"passed": 1}


def test_routes_of_one_test(project):
    """The next test starts without routes, calls and findings."""
    project.tests("""
        def test_order(errcodes):
            errcodes.get("/other").reply(401009)

        def test_next(errcodes):
            assert len(errcodes.routes) == 0
            assert errcodes.calls.call_count == 0
    """)
    assert project.run("-p", "no:randomly").outcomes == {"failed": 1, "passed": 1}


def test_stopped_by_the_test(project):
    """A test may stop the router itself."""
    project.tests("""
        def test_order(errcodes):
            errcodes.reply(401009)
            httpx.get(URL)
            errcodes.stop()
    """)
    assert project.run().outcomes == {"passed": 1}


@pytest.mark.parametrize("arguments", ["respx_mock, errcodes", "errcodes, respx_mock"])
def test_beside_respx(project, arguments):
    """With respx's own fixture, each answers what it knows, in either order."""
    project.tests(f"""
        def test_order({arguments}):
            respx_mock.get("https://theirs.test/").respond(204)
            errcodes.get(URL).reply(401009)
            assert_code(httpx.get(URL), 401009)
            assert httpx.get("https://theirs.test/").status_code == 204

        def test_unmatched({arguments}):
            with pytest.raises(httpx.ConnectError):
                httpx.post(URL)
    """)
    outcome = project.run(plugins=("respx.plugin",))
    assert outcome.outcomes == {"passed": 1, "failed": 1}
    assert outcome.failure("test_unmatched") == NO_ROUTES


def test_beside_respx_of_the_session(project):
    """With a mock of respx that lasts for the session, tests with and without routes work."""
    project.tests("""
        import respx

        @pytest.fixture(autouse=True, scope="session")
        def everything():
            with respx.mock(assert_all_called=False) as mock:
                mock.get("https://theirs.test/").respond(204)
                yield

        def test_ours(errcodes):
            errcodes.get(URL).reply(401009)
            assert_code(httpx.get(URL), 401009)
            assert httpx.get("https://theirs.test/").status_code == 204

        def test_theirs():
            assert httpx.get("https://theirs.test/").status_code == 204
            with pytest.raises(AssertionError, match="RESPX"):
                httpx.get(URL)

        def test_ours_again(errcodes):
            errcodes.get(URL).reply(401009)
            assert_code(httpx.get(URL), 401009)
    """)
    assert project.run(plugins=("respx.plugin",)).outcomes == {"passed": 3}


def test_beside_pytest_httpx(project):
    """pytest-httpx works in other tests, and comes first in the same one."""
    project.tests("""
        def test_ours(errcodes):
            errcodes.get(URL).reply(401009)
            assert_code(httpx.get(URL), 401009)

        def test_theirs(httpx_mock):
            httpx_mock.add_response(status_code=204)
            assert httpx.get(URL).status_code == 204

        def test_both(errcodes, httpx_mock):
            httpx_mock.add_response(status_code=204)
            assert httpx.get(URL).status_code == 204
    """)
    assert project.run(plugins=("pytest_httpx",)).outcomes == {"passed": 3}


def test_seam_is_installed_once(project):
    """Tests find the very wrapper in place that the first one installed."""
    project.tests("""
        import httpcore

        wrappers = set()

        @pytest.mark.parametrize("number", range(3))
        def test_order(errcodes, number):
            wrappers.add(httpcore.ConnectionPool.handle_request)
            assert len(wrappers) == 1
    """)
    assert project.run().outcomes == {"passed": 3}


def test_nothing_is_left(project):
    """After a run httpx and httpcore are what they were before it."""

    def now():
        return (
            httpcore.ConnectionPool.handle_request,
            httpcore.AsyncConnectionPool.handle_async_request,
            httpx.Client.send,
            httpx._transports.default.create_ssl_context,
        )

    before = now()
    project.tests("""
        @pytest.mark.expects_code(401009)
        def test_order(errcodes):
            errcodes.reply(401009)
            place_order()
    """)
    assert project.run().outcomes == {"passed": 1}
    assert now() == before


@pytest.mark.parametrize(("setting", "shared"), [("true", True), ("false", False)])
def test_tls_contexts_are_shared(project, setting, shared):
    """Clients of a test with routes share a TLS context, unless the setting says otherwise."""
    project.ini(f"errcodes_share_tls = {setting}")
    project.tests(f"""
        def test_order(errcodes):
            with httpx.Client() as one, httpx.Client() as other:
                contexts = [client._transport._pool._ssl_context for client in (one, other)]
            assert (contexts[0] is contexts[1]) is {shared}
    """)
    assert project.run().outcomes == {"passed": 1}


@pytest.mark.parametrize("arguments", ["client, errcodes", "errcodes, client"])
def test_tls_contexts_of_fixtures_are_shared(project, arguments):
    """A client that a fixture makes before the routes shares it too."""
    project.tests(f"""
        contexts = set()

        @pytest.fixture
        def client():
            with httpx.Client() as client:
                yield client

        @pytest.mark.parametrize("number", range(3))
        def test_order({arguments}, number):
            contexts.add(client._transport._pool._ssl_context)
            assert len(contexts) == 1
    """)
    assert project.run().outcomes == {"passed": 3}


def test_tls_contexts_of_other_tests(project):
    """A test without routes loads its own, before and after one with routes."""
    project.tests("""
        contexts = set()

        def test_before():
            contexts.add(httpx.Client()._transport._pool._ssl_context)

        def test_order(errcodes):
            contexts.add(httpx.Client()._transport._pool._ssl_context)

        def test_after():
            contexts.add(httpx.Client()._transport._pool._ssl_context)
            assert len(contexts) == 3
    """)
    assert project.run("-p", "no:randomly").outcomes == {"passed": 3}
