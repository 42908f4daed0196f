"""Clients over requests and urllib3: expectations hold for them as for those over httpx."""

from __future__ import annotations

import pytest
from project import API_ERROR

CLIENT = (
    """
import json
import urllib.request

import pytest
import requests
import requests_mock
import responses
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from pytest_errcodes import raises_code

URL = "https://api.test/order"
BODY = json.dumps({"code": 401009, "message": "clientOrderId already exists", "data": None})

session = requests.Session()
retrying = requests.Session()
retry = Retry(3, status_forcelist=[503], allowed_methods=None)
retrying.mount("https://", HTTPAdapter(max_retries=retry))


"""
    + API_ERROR
    + """

def place_order(http=session):
    return checked(http.post(URL, json={"side": "BUY"}))


def place_twice():
    try:
        return place_order()
    except ApiError:
        return place_order()


def swallow_order():
    try:
        return place_order()
    except Exception:
        return None
"""
)


@pytest.fixture
def requests_project(project):
    """Return a project whose client stands on requests."""
    project.file("client.py", CLIENT)
    return project


PASSING = """
@pytest.mark.expects_code(401009)
def test_route(errcodes):
    errcodes.post("/order").reply(401009)
    place_order()


@pytest.mark.expects_code(401009)
def test_own_call(errcodes):
    errcodes.post("/order").reply(401009)
    assert requests.post(URL).status_code == 200


@pytest.mark.expects_code(401009)
def test_own_call_of_urllib3(errcodes):
    errcodes.post("/order").reply(401009)
    assert urllib3.PoolManager().request("POST", URL).status == 200


@pytest.mark.expects_code(401009)
def test_own_error_of_urllib(errcodes):
    errcodes.get("/order").reply(401009, http_status=400)
    urllib.request.urlopen(URL)


@pytest.mark.expects_code(401009, times=2)
def test_counted(errcodes):
    errcodes.post("/order").reply(401009)
    place_twice()


@pytest.mark.expects_code(100429, times=2, surfaced=False)
def test_retried(errcodes):
    headers = {"retry-after": "0"}
    route = errcodes.post("/order").reply(100429, http_status=503, times=2, headers=headers)
    route.then(200000)
    assert place_order(retrying) is None


@pytest.mark.expects_code(401009)
@responses.activate
def test_responses():
    responses.post(URL, body=BODY)
    place_order()


@pytest.mark.expects_code(401009)
def test_requests_mock():
    with requests_mock.Mocker() as mock:
        mock.post(URL, text=BODY)
        place_order()


@pytest.mark.expects_code(401009)
def test_own_call_to_a_mock():
    with requests_mock.Mocker() as mock:
        mock.post(URL, text=BODY)
        assert requests.post(URL).json()["code"] == 401009


@pytest.mark.expects_code(401009)
def test_status_that_is_raised():
    with requests_mock.Mocker() as mock:
        mock.post(URL, text=BODY, status_code=400)
        requests.post(URL).raise_for_status()


@pytest.mark.expects_code(401009, times=2)
@responses.activate
def test_counted_by_a_mock():
    responses.post(URL, body=BODY)
    place_twice()
"""

FAILING = """
@pytest.mark.expects_code(401009)
def test_swallowed(errcodes):
    errcodes.post("/order").reply(401009)
    assert swallow_order() is None


@pytest.mark.expects_code(401009)
@responses.activate
def test_swallowed_beside_a_mock():
    responses.post(URL, body=BODY)
    assert swallow_order() is None


@pytest.mark.expects_code(401009)
def test_hidden_retry(errcodes):
    errcodes.post("/order").reply(401009)
    place_twice()


@pytest.mark.expects_code(401009)
@responses.activate
def test_hidden_retry_beside_a_mock():
    responses.post(URL, body=BODY)
    place_twice()


@pytest.mark.expects_code(401009)
def test_the_wire_never_carried_it(errcodes):
    errcodes.post("/order").reply(401019)
    try:
        place_order()
    except ApiError:
        raise ApiError(401009, "clientOrderId already exists")


def test_unmatched(errcodes):
    errcodes.post("/orders").optional().reply(401009)
    place_order()


def test_unmatched_and_swallowed(errcodes):
    errcodes.post("/orders").optional().reply(401009)
    swallow_order()
"""

HIDDEN = "code 401009 was received 2 times from POST https://api.test/order, and surfaced once"
UNMATCHED = """\
no route matches POST https://api.test/order
nearest route:
  POST /orders
    path is /order, not /orders"""


def test_passing(requests_project):
    """What surfaces counts, by routes and by the mocks of others, once each."""
    requests_project.tests(PASSING)
    assert requests_project.run().outcomes == {"passed": 11}


def test_failing(requests_project):
    """A wrong test of a client over requests does not pass."""
    requests_project.tests(FAILING)
    outcome = requests_project.run()
    assert outcome.outcomes == {"failed": 7}
    titles = {
        "test_swallowed": "code 401009 was received and did not surface",
        "test_swallowed_beside_a_mock": "code 401009 was received and did not surface",
        "test_hidden_retry": HIDDEN,
        "test_hidden_retry_beside_a_mock": HIDDEN,
        "test_unmatched_and_swallowed": UNMATCHED.splitlines()[0],
    }
    found = {name: outcome.failure(name).splitlines()[0] for name in titles}
    assert found == titles


def test_failure_ends_in_the_client(requests_project):
    """A request without a route fails in the client's code, with none of requests' below it."""
    requests_project.tests(FAILING)
    outcome = requests_project.run("-k", "test_unmatched and not swallowed")
    text = outcome.failure("test_unmatched")
    assert "return checked(http.post(URL" in text
    assert "site-packages" not in text
    assert UNMATCHED in text


STANDING_BACK = """
FOUND = requests.Session.send


@pytest.mark.expects_code(401009)
def test_watched(errcodes):
    errcodes.post("/order").reply(401009)
    place_order()


def test_not_ours():
    assert requests.Session.send is FOUND
    with requests_mock.Mocker() as mocker:
        assert requests.Session.send is not FOUND
        mocker.post(URL, text=BODY)
        with pytest.raises(ApiError):
            place_order()
    assert requests.Session.send is FOUND


@pytest.mark.expects_code(401009)
def test_swallowed_again():
    with requests_mock.Mocker() as mocker:
        mocker.post(URL, text=BODY)
        assert swallow_order() is None


def test_without_a_marker():
    assert requests.Session.send is FOUND
    with requests_mock.Mocker() as mocker:
        mocker.post(URL, text=BODY)
        with pytest.raises(AssertionError), raises_code(401009):
            swallow_order()
        with raises_code(401009):
            place_order()
"""


def test_sessions_are_as_they_were_for_others(requests_project):
    """A test of others finds the method of a session that it knows, and ours are watched again."""
    requests_project.tests(STANDING_BACK)
    outcome = requests_project.run()
    assert outcome.outcomes == {"passed": 3, "failed": 1}
    text = outcome.failure("test_swallowed_again")
    assert text.startswith("code 401009 was received and did not surface")
