"""Each limit that the documentation tells has a test, and each test is there."""

from __future__ import annotations

import re

import pytest
from docs_runner import TOP

WRONG = "plugin/test_limits.py"
FORKS = "simulation/test_forks.py"
#: The sections whose every point is a limit.
SECTIONS = (("simulation.md", "Limits"), ("what-cannot-pass.md", "What remains"))
#: The words that tell a limit, by page, and the tests that prove it.
LIMITS = {
    "simulation.md": {
        "asks the routes as they were when it was made": f"{FORKS}::test_routes_of_a_fork",
        "A request without a route, a forbidden one": f"{FORKS}::test_request_without_a_route",
        "a forbidden one and a refused": f"{FORKS}::test_request_that_is_forbidden",
        "and a refused connection fail the test": f"{FORKS}::test_connection_that_is_refused",
        "if the fork sends it before the test ends": f"{FORKS}::test_later_test_is_not_accused",
        "A route that only a fork called": f"{FORKS}::test_limits_of_forks",
        "What a fork receives and raises is not told": f"{FORKS}::test_limits_of_forks",
        "has no routes and no guard": f"{FORKS}::test_limits_of_other_processes",
        "A client over another library, such as": "plugin/test_guarded_network.py::test_swallowed",
        "read its responses all the same": "envelope/test_responses.py::test_response_with_text",
        "no answer from a route whose `side_effect` is a coroutine function": (
            f"{WRONG}::test_asynchronous_answers_of_a_synchronous_client"
        ),
        "that is given a transport of its own": f"{WRONG}::test_transport_of_the_client",
        "What connects in C is not seen": f"{WRONG}::test_what_connects_in_c",
        "in its own `__repr__`, `__str__` or `==`": f"{WRONG}::test_what_a_class_does_by_itself",
        "no more is asked than is shown": "text/test_value_copies.py::test_beginning_of_many",
        "until the test's own fixtures, those of function scope": (
            "plugin/test_wider_fixtures.py::test_who_answers"
        ),
        "only one that the test asks for late": f"{WRONG}::test_fixture_that_is_asked_for_late",
        "A route can refuse the handshake of a WebSocket, and no more": (
            "simulation/adapters/test_aiohttp.py::test_refused_websocket"
        ),
        "no cassette records anything": (
            "simulation/adapters/test_requests.py::test_nothing_is_recorded"
        ),
        "A thread that belongs to no test counts for the one that runs": (
            "simulation/adapters/test_sockets.py::test_thread_of_nobody"
        ),
        "what it allows is refused here too": "plugin/test_guarded_network.py::test_pytest_socket",
        "`--full-trace` shows what httpx did too": "plugin/test_shortening.py::test_full_trace",
        "one that has it already sees the change": (
            "simulation/adapters/test_tls.py::test_a_changed_context_is_changed_for_its_user"
        ),
    },
    "what-cannot-pass.md": {
        "Without a marker, and without an assertion": f"{WRONG}::test_no_marker_and_no_assertion",
        "A route for any request answers any endpoint": f"{WRONG}::test_route_for_any_request",
        "What a client receives in C (curl, gRPC) or in another program is [not seen]": (
            f"{FORKS}::test_limits_of_forks"
        ),
        "asks two servers on this machine at once": f"{WRONG}::test_two_servers_at_once",
        "An assertion on an object that the test itself has written": (
            f"{WRONG}::test_objects_that_the_test_wrote"
        ),
        "or that a library's mock hands out": f"{WRONG}::test_what_a_library_mock_hands_out",
        "A code without a message is a code": f"{WRONG}::test_what_else_the_envelope_holds",
        "behind the call that raises in the same expression": (
            f"{WRONG}::test_rest_of_an_expression"
        ),
        "of a function that calls another in a loop": f"{WRONG}::test_rest_of_what_is_mapped",
        "What a helper outside of the test's function does": f"{WRONG}::test_rest_of_a_helper",
        "A code that no marker names": f"{WRONG}::test_code_that_no_marker_names",
        "with a comma: Python makes the matcher only": f"{WRONG}::test_matcher_behind_a_comma",
        "A `raises_code` that a fixture makes": f"{WRONG}::test_block_of_a_fixture",
        "a client that raises something else than a documented code": (
            f"{WRONG}::test_other_error_of_what_is_handled"
        ),
        "swallowed by a function which names `AssertionError`": (
            f"{WRONG}::test_failure_that_is_named"
        ),
        "A test that calls the HTTP library itself": f"{WRONG}::test_library_without_a_client",
        "An opt-out allows what it says": f"{WRONG}::test_what_is_allowed",
    },
    "expectations.md": {
        "What fixtures receive before it or after it is not seen": (
            f"{WRONG}::test_what_fixtures_receive"
        ),
        "None is seen once a debugger has": (
            "plugin/test_handler_watch.py::test_another_takes_over"
        ),
        "The libraries are watched only while": (
            "plugin/test_startup.py::test_httpx_is_untouched_without_a_marker_or_a_fixture"
        ),
        "nothing is read that the client does not read": (
            "simulation/adapters/test_httpx.py::test_streamed_and_closed"
        ),
        "What ran on the way out": "judging/test_early_end.py::test_nothing_is_left",
        "the loop *may* have turns left": "plugin/test_code_below.py::test_wrong",
        "the marker takes the row's own value": f"{WRONG}::test_row_that_a_fixture_changes",
        "A class tells nothing of several codes apart": (
            "plugin/test_exception_option.py::test_class_that_stands_for_another_code"
        ),
        "A unittest method cannot carry it": (
            "plugin/test_unittest_methods.py::test_every_code_has_no_effect"
        ),
        "markers of deselected tests are not checked": (
            "plugin/test_collection.py::test_deselected_tests_are_not_told"
        ),
        "the summary of wrong markers is not printed": f"{WRONG}::test_mistakes_under_xdist",
    },
    "assertions.md": {
        "It has no hash": "assertions/test_matcher.py::test_no_key",
        "its body, which must have been read": (
            "envelope/test_responses.py::test_httpx_response_that_is_not_read"
        ),
        "At most 200 characters": "envelope/test_not_an_envelope.py::test_large_bodies",
        "before the part of a text that is shown is not found": (
            f"{WRONG}::test_bracket_that_opened_far_before"
        ),
        "traceback shows your source line as it stands": (
            f"{WRONG}::test_source_line_of_a_traceback"
        ),
        "Outside pytest the helpers work with": f"{WRONG}::test_catalog_outside_of_pytest",
    },
    "snapshots.md": {
        "if it has six characters or more": (
            "snapshot/test_masking.py::test_texts_without_the_id_stay"
        ),
        "An id that stands in it once is masked whatever it is": (
            "snapshot/test_masking.py::test_an_id_alone_has_no_number"
        ),
    },
    "catalogs.md": {
        "A mapping has no HTTP status": f"{WRONG}::test_success_told_by_the_http_status",
        "With pytest-xdist it is the end of the run": (
            "plugin/test_refused_catalog.py::test_told_by_the_controller_of_xdist"
        ),
    },
    "harvest.md": {
        "of these, no HTTP status is known": (
            "plugin/test_harvest.py::test_a_mock_in_place_of_sending"
        ),
        "Of WebSocket messages, those are seen": f"{WRONG}::test_harvest_of_websockets",
    },
}
ROWS = [(page, words, test) for page, rows in LIMITS.items() for words, test in rows.items()]


def read_page(page: str) -> str:
    """Return a page of the documentation with each paragraph on one line."""
    return re.sub(r"(?<=\S)\n *(?=[^\s*-])", " ", (TOP / "docs" / page).read_text("utf-8"))


@pytest.mark.parametrize(("page", "words", "test"), ROWS, ids=[words for _, words, _ in ROWS])
def test_limit(page: str, words: str, test: str) -> None:
    """The page tells it, and the test is there."""
    file, _, function = test.partition("::")
    assert words in read_page(page)
    assert f"def {function}(" in (TOP / "tests" / file).read_text("utf-8")


@pytest.mark.parametrize(("page", "title"), SECTIONS)
def test_every_point(page: str, title: str) -> None:
    """Each point of the sections of limits has a test."""
    section = read_page(page).partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    points = re.findall(r"^- (.+)$", section, re.MULTILINE)
    assert points
    assert [one for one in points if not any(words in one for words in LIMITS[page])] == []
