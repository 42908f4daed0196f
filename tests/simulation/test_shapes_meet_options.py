"""Options of an answer under each shape: a reply, a body and a response agree, to the byte."""

from __future__ import annotations

import json

import pytest

from pytest_errcodes.catalog import parse_catalog
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.reply import make_reply

WILD = parse_catalog(
    """
    name = "wild"
    http_status = 402
    [envelope]
    code = "error.code"
    message = "error.message"
    success = "absent"
    data = "*"
    [envelope.token]
    code = "error"
    message = "error_description"
    code_type = "string"
    data = ""
    [envelope.rpc]
    code = "fault.code"
    message = "fault.text"
    data = "result"
    success = [0]
    success_field = "ok"
    fields = { jsonrpc = "2.0" }
    echo = { id = "id" }
    [envelope.batch]
    code = "status"
    message = "text"
    data = "data"
    success = [200]
    items = "data.results"
    item_shape = "token"
    [envelope.bare]
    code = "err"
    message = ""
    data = ""
    [sections.cards.codes]
    401009 = "Card declined"
    401010 = ["Card %s expired", "Card expired on %s at %s"]
    [sections.calls]
    shape = "rpc"
    [sections.calls.codes]
    7 = "No method %s"
    """
)
ANSWERS = {
    "fields in another shape": (
        (401009,),
        {"fields": {"requestId": "r1"}, "shape": "token"},
        {"error": "401009", "error_description": "Card declined", "requestId": "r1"},
    ),
    "a field beside a nested code": (
        (401009,),
        {"fields": {"error.type": "card"}},
        {"error": {"code": 401009, "message": "Card declined", "type": "card"}},
    ),
    "a code's type under a path": (
        (401009,),
        {"code_type": str},
        {"error": {"code": "401009", "message": "Card declined"}},
    ),
    "an integer where the shape writes texts": (
        (401009,),
        {"code_type": int, "shape": "token"},
        {"error": 401009, "error_description": "Card declined"},
    ),
    "the shape of the section": (
        (7, "x"),
        {"data": [1]},
        {
            "fault": {"code": 7, "text": "No method x"},
            "result": [1],
            "ok": False,
            "jsonrpc": "2.0",
        },
    ),
    "a success by absence": ((), {"data": {"id": 1}}, {"id": 1}),
    "a success that is a list": ((), {"data": [1, 2]}, [1, 2]),
    "a success by a code of the shape": (
        (0,),
        {"shape": "rpc", "data": 1},
        {"fault": {"code": 0, "text": "Success"}, "result": 1, "ok": True, "jsonrpc": "2.0"},
    ),
    "a message of several in another shape": (
        (401010, "Monday", "noon"),
        {"shape": "token"},
        {"error": "401010", "error_description": "Card expired on Monday at noon"},
    ),
    "one of several by its place": (
        (401010, "x"),
        {"alternative": 0},
        {"error": {"code": 401010, "message": "Card x expired"}},
    ),
    "a code the catalog lacks, in another shape": (
        (999,),
        {"undocumented": True, "message": "gone", "shape": "token"},
        {"error": "999", "error_description": "gone"},
    ),
    "a code the catalog lacks, where no message is sent": (
        (999,),
        {"undocumented": True, "shape": "bare"},
        {"err": 999},
    ),
    "a shape without a message": ((401009,), {"shape": "bare"}, {"err": 401009}),
    "a constant and an echo of the test's own": (
        (7, "x"),
        {"fields": {"jsonrpc": "1.0", "id": 5}},
        {
            "fault": {"code": 7, "text": "No method x"},
            "ok": False,
            "jsonrpc": "1.0",
            "id": 5,
        },
    ),
    "a batch with a further field": (
        (200,),
        {"shape": "batch", "items": [401009, {"x": 1}], "fields": {"at": 1}},
        {
            "status": 200,
            "text": "Success",
            "data": {
                "results": [{"error": "401009", "error_description": "Card declined"}, {"x": 1}]
            },
            "at": 1,
        },
    ),
}


@pytest.mark.parametrize(("given", "options", "answer"), ANSWERS.values(), ids=ANSWERS)
def test_one_answer(given, options, answer):
    """What a route sends is what a body and a response of the catalog say."""
    code, *params = given or (None,)
    body = make_reply(WILD, code, tuple(params), options).body
    response = WILD.response(*given, **options)
    assert WILD.body(*given, **options) == json.loads(body) == answer
    assert response.content == body


def test_a_code_of_its_own():
    """A code knows the shape of its section, and the others of its catalog."""
    assert WILD[7].body("x", fields={"id": 1}) == WILD.body(7, "x", fields={"id": 1})
    assert WILD[7].body("x")["fault"] == {"code": 7, "text": "No method x"}
    assert WILD[401009].body(shape="token") == WILD.body(401009, shape="token")
    assert WILD[401009].response().http_status == 402


def test_a_success_of_its_own():
    """A success that was asked for by its code has the shapes of the catalog too."""
    wild = parse_catalog(
        """
        [envelope]
        success = [0]
        [envelope.short]
        code = "c"
        message = "m"
        data = ""
        success = [0]
        [sections.a.codes]
        1 = "No"
        """
    )
    assert wild.find(0).body() == {"code": 0, "message": "Success", "data": None}
    assert wild.find(0).body(shape="short") == {"c": 0, "m": "Success"}


def test_items_beside_data():
    """A batch leaves the data that the test has given as they were."""
    data = {"total": 1}
    answer = WILD.body(shape="batch", data=data, items=[401009])
    assert answer["data"]["total"] == 1
    assert len(answer["data"]["results"]) == 1
    assert data == {"total": 1}


REFUSALS = {
    "what tells success": (
        lambda: WILD.body(7, "x", fields={"ok": True}),
        (
            "fields={'ok': True} would replace the success of the envelope, which stands in ok\n"
            "hint: it follows from the code: a success code, or none, makes it a success"
        ),
    ),
    "the object of the code": (
        lambda: WILD[401009].body(fields={"error": {}}),
        (
            "fields={'error': {}} would replace the code of the envelope, which stands in "
            "error.code\n"
            "hint: the code is the first argument; code_type=str or int says how it is sent"
        ),
    ),
    "data at top level": (
        lambda: WILD.body(data={"a": {}}, fields={"a.b": 1}),
        (
            "fields={'a.b': 1} would replace the data of the envelope, which stands in a\n"
            "hint: give it as data="
        ),
    ),
    "items": (
        lambda: WILD.body(shape="batch", fields={"data.results": []}),
        (
            "fields={'data.results': []} would replace the items of the envelope, which stands in "
            "data.results\nhint: give them as items="
        ),
    ),
    "a code in a success without one": (
        lambda: WILD.body(fields={"error": {"type": "card"}}),
        (
            "body() under HTTP status 200 does not say what it is to: it would be no envelope: "
            "the field 'error.code' is missing: its path ends at 'error', which is an object\n"
            "hint: look at success under [envelope], and at http_status"
        ),
    ),
    "a success under the status of an error": (
        lambda: WILD.response(data={"id": 1}, http_status=500),
        (
            "response() under HTTP status 500 does not say what it is to: it would be no "
            "envelope: it has no code, and HTTP status 500 is none of a success\n"
            "hint: look at success under [envelope], and at http_status"
        ),
    ),
    "a shape that there is not": (
        lambda: WILD[401009].body(shape="tokn"),
        (
            "shape='tokn': the catalog has no envelope shape of that name\n"
            "hint: did you mean shape='token'?"
        ),
    ),
    "items of a single code": (
        lambda: WILD[401009].body(items=[7]),
        (
            "[401009].body(...) knows no option 'items'; it knows data, message, fields, "
            "code_type, alternative, shape\nhint: parameters of the message go by position"
        ),
    ),
    "a message that nothing carries": (
        lambda: WILD.body(401009, shape="bare", message="no"),
        (
            "body(401009, message=...): the envelope of catalog 'wild' has no field for a message\n"
            "hint: name one in the catalog's [envelope], as in message = 'msg', or leave out "
            "message="
        ),
    ),
}


@pytest.mark.parametrize(("make", "text"), REFUSALS.values(), ids=REFUSALS)
def test_refused(make, text):
    """What an answer cannot be is refused, whoever makes it."""
    with pytest.raises(ErrcodesUsageError) as caught:
        make()
    assert str(caught.value) == text


SCRIPT = """
import httpx
import pytest

pytestmark = pytest.mark.errcodes(catalog="wild.toml")
URL = "https://api.test/v1"


def test_script(errcodes):
    route = errcodes.post(URL, shape="batch")
    route.reply(items=[1, None]).then(httpx.Response(503)).then(httpx.ReadTimeout).then()
    first = httpx.post(URL).json()
    assert [item["code"] for item in first["data"]["results"]] == [1, 0]
    assert httpx.post(URL).status_code == 503
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(URL)
    assert httpx.post(URL).json() == {"status": 0, "text": "Success", "data": None}


def test_own_echo(errcodes):
    errcodes.post(URL, shape="rpc").reply(1, fields={"id": 5}).then(1)
    assert httpx.post(URL, json={"id": 7}).json()["id"] == 5
    assert httpx.post(URL, json={"id": 7}).json()["id"] == 7


def test_unsent(errcodes):
    errcodes.post(URL).reply(1).then()
    httpx.post(URL)
"""
CATALOG = """
[envelope]
success = [0]
[envelope.batch]
code = "status"
message = "text"
data = "data"
success = [0]
items = "data.results"
item_shape = "default"
[envelope.rpc]
code = "fault"
message = "reason"
data = ""
echo = { id = "id" }
[sections.a.codes]
1 = "No"
"""


def test_scripts(project):
    """A script on a route with a shape mixes batches, responses, errors and successes."""
    project.file("wild.toml", CATALOG)
    project.file("test_wild.py", SCRIPT)
    outcome = project.run("test_wild.py")
    assert outcome.outcomes == {"passed": 2, "failed": 1}, outcome.text
    assert "1 of the 2 replies in its script; next was 0" in outcome.text
