"""What sessions of requests receive is observed once, whoever answers, and comes unchanged."""

from __future__ import annotations

import gzip
import io
import json
import sys
from contextlib import contextmanager

import pytest
import requests
import requests_mock
import responses
import urllib3
import vcr
from callers import API
from libraries import LIBRARIES
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.util.retry import Retry

from pytest_errcodes.simulation.network import Network

URL = f"{API}/order"
ENVELOPE = {"code": 401009, "message": "clientOrderId already exists", "data": None}
TEXT = json.dumps(ENVELOPE)
SEEN = (401009, "clientOrderId already exists", f"POST {URL}")
TAPE = {
    "version": 1,
    "interactions": [
        {
            "request": {"method": "POST", "uri": URL, "body": None, "headers": {}},
            "response": {
                "status": {"code": 200, "message": "OK"},
                "headers": {"content-type": ["application/json"]},
                "body": {"string": TEXT},
            },
        }
    ],
}


@contextmanager
def by_responses(_):
    """Let responses answer."""
    with responses.RequestsMock() as mock:
        mock.post(URL, body=TEXT)
        yield


@contextmanager
def by_requests_mock(_):
    """Let requests-mock answer."""
    with requests_mock.Mocker() as mock:
        mock.post(URL, text=TEXT)
        yield


@contextmanager
def by_vcr(folder):
    """Let a cassette answer."""
    (folder / "tape.yaml").write_text(json.dumps(TAPE))
    with vcr.use_cassette(str(folder / "tape.yaml"), record_mode="none", match_on=["uri"]):
        yield


MOCKS = {"responses": by_responses, "requests-mock": by_requests_mock, "VCR.py": by_vcr}
WAYS = {
    "content": lambda response: response.content,
    "json": lambda response: json.dumps(response.json()).encode(),
    "iter_content": lambda response: b"".join(response.iter_content(7)),
    "iter_lines": lambda response: b"".join(response.iter_lines()),
    "raw.read": lambda response: response.raw.read(),
    "raw.stream": lambda response: b"".join(response.raw.stream(5)),
}


@pytest.fixture(params=MOCKS.values(), ids=MOCKS)
def mocked(request, tmp_path):
    """Let a mock answer."""
    with request.param(tmp_path):
        yield


@pytest.mark.usefixtures("watch", "mocked")
def test_mocked(seen):
    """What a mock answers is seen once."""
    assert requests.post(URL, json={}).json() == ENVELOPE
    assert seen == [SEEN]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.usefixtures("watch", "mocked")
def test_mocked_stream(seen, way):
    """So is what is read as a stream, in whatever way."""
    with requests.post(URL, stream=True) as response:
        read = way(response)
    assert read in (TEXT.encode(), b"") or json.loads(read) == ENVELOPE
    assert [one[:2] for one in seen] == [SEEN[:2]]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.usefixtures("watch")
def test_server(loopback, seen, way):
    """What a server answers is seen when its client has read it."""
    url = f"{loopback.url}/echo"
    with requests.post(url, data=TEXT, stream=True) as response:
        assert seen == []
        assert way(response) == TEXT.encode()
    assert seen == [(*SEEN[:2], f"POST {url}, as a stream")]


@pytest.mark.usefixtures("watch")
def test_unread(loopback, seen, context):
    """What nobody read is no envelope."""
    requests.post(f"{loopback.url}/echo", data=TEXT, stream=True).close()
    assert seen == []
    assert [one.refusal.reason for one in context.no_envelopes] == [
        "it was closed before its body was read"
    ]


@pytest.mark.usefixtures("watch")
def test_each_attempt_of_a_retry(seen):
    """What a mock answers to a session that tries again is seen each time."""
    session = requests.Session()
    retry = Retry(2, status_forcelist=[503], allowed_methods=None)
    session.mount("https://", HTTPAdapter(max_retries=retry))
    with responses.RequestsMock() as mock:
        mock.post(URL, body=TEXT, status=503)
        mock.post(URL, body=TEXT)
        session.post(URL)
    assert seen == [SEEN, SEEN]


@pytest.mark.usefixtures("watch")
def test_refused_by_a_hook(seen):
    """What a hook raises instead of returning it is seen."""

    def refuse(response, **_):
        response.raise_for_status()

    with responses.RequestsMock() as mock, pytest.raises(requests.HTTPError):
        mock.post(URL, body=TEXT, status=400)
        requests.post(URL, hooks={"response": refuse})
    assert seen == [SEEN]


class Reader:
    """A body that can be read once."""

    def __init__(self):
        self.file = io.BytesIO(TEXT.encode())

    def read(self, size=-1):
        """Read."""
        return self.file.read(size)


class HandMade(HTTPAdapter):
    """An adapter that answers by itself."""

    def __init__(self, body):
        super().__init__()
        self.body = body

    def send(self, request, **_):
        """Answer."""
        response = requests.Response()
        response.status_code, response.url, response.request = 200, request.url, request
        response.raw = self.body()
        return response


@pytest.mark.parametrize("body", [lambda: io.BytesIO(TEXT.encode()), Reader])
@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.usefixtures("watch")
def test_adapter_that_answers_itself(seen, body, stream):
    """What an adapter of the user's makes is seen, and left to be read."""
    with requests.Session() as session:
        session.mount("https://", HandMade(body))
        response = session.post(URL, stream=stream)
        assert b"".join(response.iter_content(5)) == TEXT.encode()
        response.close()
    assert [one[:2] for one in seen] == [SEEN[:2]]


@pytest.mark.parametrize(
    ("way", "expected", "reasons"),
    [
        ("content", [SEEN[:2]], []),
        ("iter_content", [], ["its body was read as a stream before it could be looked at"]),
        (None, [], ["it was closed before its body was read"]),
    ],
)
@pytest.mark.usefixtures("watch")
def test_closed_file(seen, context, way, expected, reasons):
    """A response that a hook has read or closed is still its client's, and seen if it can be."""

    def use(response, **_):
        if way:
            assert WAYS[way](response) == TEXT.encode()
        response.raw.close()

    with requests.Session() as session:
        session.mount("https://", HandMade(lambda: io.BytesIO(TEXT.encode())))
        session.hooks["response"] = use
        response = session.post(URL, stream=True)
        response.close()
    assert response.status_code == 200
    assert [one[:2] for one in seen] == expected
    assert [one.refusal.reason for one in context.no_envelopes] == reasons


@pytest.mark.usefixtures("watch")
def test_error_with_an_earlier_response(seen):
    """An error that carries what was read and closed long before is the client's own."""
    error = requests.ConnectionError("refused")
    with responses.RequestsMock() as mock:
        mock.post(URL, body=TEXT)
        error.response = requests.post(URL)
        mock.reset()
        mock.post(URL, body=error)
        with pytest.raises(requests.ConnectionError) as caught:
            requests.post(URL)
    assert caught.value is error
    assert seen == [SEEN, SEEN]


@pytest.mark.usefixtures("watch")
def test_packed(seen):
    """What is compressed is seen as its client reads it."""
    headers = {"content-encoding": "gzip"}
    with responses.RequestsMock() as mock:
        mock.post(URL, body=gzip.compress(TEXT.encode()), headers=headers)
        assert requests.post(URL).json() == ENVELOPE
    assert seen == [SEEN]


def test_route(network, router, seen, observed):
    """What our routes answer was observed by them."""
    router.post("/order").reply(401009)
    network.watch()
    try:
        assert requests.post(URL).json()["code"] == 401009
        assert requests.post(URL, stream=True).json()["code"] == 401009
    finally:
        network.unwatch()
    assert seen == []
    assert observed == [(401009, URL)] * 2


class SignedHeaders(CaseInsensitiveDict):
    """Headers of a client's own, which says of each what it is when it is listed."""

    def __getitem__(self, name):
        return f"{super().__getitem__(name)}, signed"


@pytest.mark.parametrize(
    ("kind", "sent"), [(CaseInsensitiveDict, "a"), (SignedHeaders, "a, signed"), (dict, "a")]
)
def test_headers_as_they_were_sent(router, kind, sent):
    """A call has the headers that were sent, whatever becomes of the request's own."""
    route = router.post(URL).reply(401009)
    request = requests.Request("POST", URL).prepare()
    request.headers = kind({"X-Order": "a"})
    with requests.Session() as session:
        session.send(request)
    request.headers["X-Order"] = "changed later"
    raw = route.calls.last.request.headers.raw
    assert [pair for pair in raw if pair[0] == b"X-Order"] == [(b"X-Order", sent.encode())]


@pytest.mark.usefixtures("mocked")
def test_beside_routes(router):
    """What a mock knows is its own, and what it does not know is ours."""
    router.post("/order").optional().reply(401018)
    router.post("/other").reply(401019)
    assert requests.post(URL).json()["code"] == 401009
    assert requests.post(f"{API}/other").json()["code"] == 401019


@pytest.mark.parametrize("library", LIBRARIES.values(), ids=LIBRARIES)
@pytest.mark.usefixtures("mocked")
def test_bound_beside_a_mock(make_router, library):
    """What a mock has put in the place of a library's is not taken for the library's."""
    network = Network()
    try:
        make_router(network=network).post("/other").reply(401019)
        answer = library.send("POST", f"{API}/other", {}, None)
        assert requests.post(URL).json()["code"] == 401009
    finally:
        network.close()
    assert json.loads(answer.body)["code"] == 401019


def test_who_answered(router, mocked, request):  # it answers
    """A route whose requests a mock has answered names the mock."""
    name = request.node.callspec.id
    router.post("/order").reply(401018)
    requests.post(URL)
    assert [one.hint for one in router.findings()] == [
        f"{name} answered POST {URL}, so it did not come here; leave one of the two out"
    ]


@pytest.mark.parametrize("mock", MOCKS.values(), ids=MOCKS)
def test_a_run_around_this_one(router, network, tmp_path, mock):
    """A mock answers what it knows, and no more, though others have wrapped it as we do."""
    router.post("/order").optional().reply(401018)
    router.post("/other").reply(401019)
    around = Network()
    around.bind()
    network.bind()  # once more, above the other one
    try:
        with mock(tmp_path):
            assert requests.post(URL).json()["code"] == 401009
            assert requests.post(f"{API}/other").json()["code"] == 401019
    finally:
        around.close()


def test_nothing_is_recorded(router, tmp_path):
    """A cassette that may record keeps nothing of what our routes answer."""
    router.post("/order").reply(401009)
    with vcr.use_cassette(str(tmp_path / "new.yaml"), record_mode="all") as cassette:
        assert requests.post(URL).json()["code"] == 401009
    assert len(cassette) == 0


@pytest.mark.parametrize("played", ["bar", {"status_code": 200}, {"body": {}, "status": {}}])
@pytest.mark.usefixtures("watch")
def test_played_in_another_form(seen, played):
    """A record of another form than the usual one is handed on as it is."""
    cassette = vcr.cassette.Cassette("test")
    cassette.data = [(request := vcr.request.Request("POST", URL, "", {}), played)]
    assert cassette.play_response(request) is played
    assert seen == []


def test_imported_late(make_router, monkeypatch):
    """A library that is imported while routes are active is caught all the same."""
    for name in list(sys.modules):
        if name.partition(".")[0] in ("requests", "urllib3"):
            monkeypatch.delitem(sys.modules, name)
    network = Network()
    try:
        make_router(network=network).post("/order").reply(401009)
        import requests as late

        assert late is not requests
        assert late.post(URL).json()["code"] == 401009
    finally:
        network.close()


def test_given_back():
    """At the end everything is as it was before."""

    def now():
        return (
            requests.Session.send,
            requests.adapters.HTTPAdapter.send,
            urllib3.PoolManager.urlopen,
            dict(vars(urllib3.connectionpool.HTTPConnectionPool)),
            dict(vars(urllib3.connection.HTTPSConnection)),
            dict(vars(responses.RequestsMock)),
            dict(vars(requests_mock.Adapter)),
            dict(vars(vcr.cassette.Cassette)),
        )

    before = now()
    network = Network()
    network.bind()
    assert [one != other for one, other in zip(now(), before, strict=True)] == [True] * 8
    network.close()
    assert now() == before
