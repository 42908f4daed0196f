"""``--errcodes-harvest``: a draft of a catalog out of what a suite saw."""

from __future__ import annotations

import json

import pytest

from pytest_errcodes.active.context import current
from pytest_errcodes.catalog import load_catalog

SUITE = """
import respx


def order(code, message, http_status=200):
    with respx.mock(assert_all_called=False) as routes:
        body = {"code": code, "message": message, "data": None}
        routes.post(URL).respond(http_status, json=body)
        return place_order()


@pytest.mark.parametrize("order_id", ["A1", "B2"])
def test_unknown_order(order_id):
    with pytest.raises(ApiError):
        order(401005, f"Order {order_id} does not exist")


def test_closed():
    try:
        order(401006, "Market closed", 503)
    except ApiError:
        pass


def test_placed():
    order(200000, "Success")
"""

DRAFT = """\
# Harvested from what 4 tests saw.
# Look at each comment, and take it out when it is settled.
name = "draft"

[envelope]
code = "code"
message = "message"
data = "data"
code_type = "integer"
success = [200000]

[sections.codes-4010]
title = "4010xx"
label = "4010xx"

[sections.codes-4010.codes]
401005 = { message = "Order %s does not exist", exception = "client.ApiError" }
401006 = { message = "Market closed", http_status = 503 }  # seen once
"""

SUMMARY = """\
draft.toml: 2 codes, 2 messages, 1 doubtful
next: look at its comments, then errcodes lint draft.toml"""


@pytest.fixture
def suite(project):
    """Return a project whose tests carry no marker of ours, and mock with plain respx."""
    project.tests(SUITE)
    return project


def read_draft(project, name="draft.toml"):
    """Return the text of the draft, which loads without a mistake."""
    load_catalog(project.path / name)
    return (project.path / name).read_text("utf-8")


def test_a_suite_without_markers(suite):
    """Codes, templates, statuses, classes and the envelope are drawn from the suite's own mocks."""
    outcome = suite.run("--errcodes-harvest=draft.toml")
    assert outcome.outcomes == {"passed": 4}
    assert outcome.section("errcodes: harvest") == SUMMARY
    assert read_draft(suite) == DRAFT


def test_over_workers(suite):
    """The controller merges what its workers have noted, each in a file of its own."""
    outcome = suite.start("--errcodes-harvest=draft.toml", "-n2", plugins=("xdist.plugin",))
    assert outcome.section("errcodes: harvest") == SUMMARY
    assert read_draft(suite) == DRAFT


def test_a_killed_worker_loses_nothing(suite):
    """What tests saw that had ended when their worker died is in the draft."""
    suite.tests(SUITE + "\n\ndef test_zz_killed():\n    import os\n    os._exit(1)\n")
    outcome = suite.start("--errcodes-harvest=draft.toml", "-n1", plugins=("xdist.plugin",))
    assert "worker 'gw0' crashed" in outcome.text
    assert read_draft(suite) == DRAFT


LOST = "1 test left out: a process was killed, or the disk was full, as what it saw was noted\n"


def test_a_worker_that_is_killed_as_it_notes(suite):
    """What it has not written to the end is left out, and the summary says so."""
    suite.tests(
        SUITE
        + """

def test_zz_killed(request):
    import os, pathlib
    folder = pathlib.Path(request.config.workerinput["errcodes_harvest"])
    (folder / "half.jsonl").write_text('["test_orders.py::test_it",[[false,"POST"')
    os._exit(1)
"""
    )
    outcome = suite.start("--errcodes-harvest=draft.toml", "-n1", plugins=("xdist.plugin",))
    assert outcome.section("errcodes: harvest") == LOST + SUMMARY
    assert read_draft(suite) == DRAFT


TAKEN = """
import os, pathlib, shutil

@pytest.fixture(autouse=True, scope="session")
def taken(request):
    writer = request.config.pluginmanager.get_plugin("errcodes-harvest-draft")
    folder = writer.folder if writer else request.config.workerinput["errcodes_harvest"]
    shutil.rmtree(folder, ignore_errors=True)
    pathlib.Path(folder).touch()
"""


@pytest.mark.parametrize("workers", [(), ("-n1",)], ids=["alone", "worker"])
def test_a_process_that_cannot_note(suite, workers):
    """The tests are not harmed, and the summary says that something is missing, and why."""
    suite.tests(TAKEN + SUITE)
    plugins = ("xdist.plugin",) if workers else ()
    outcome = suite.start("--errcodes-harvest=draft.toml", *workers, plugins=plugins)
    assert outcome.outcomes == {"passed": 4}
    lines = outcome.section("errcodes: harvest").splitlines()
    assert lines[0] == "not all that tests saw is noted: File exists"
    assert lines[1] == "draft.toml is not written: no code was seen"
    assert not (suite.path / "draft.toml").exists()


def test_two_runs_at_once(suite):
    """The draft that another run has written meanwhile stays, unless it may be replaced."""
    other = "\n\ndef test_zz():\n    open('draft.toml', 'w').write('other')\n"
    suite.tests(SUITE + other)
    outcome = suite.start("--errcodes-harvest=draft.toml")
    assert outcome.section("errcodes: harvest") == (
        "draft.toml is not written: another run has written it meanwhile\n"
        "hint: name another file, or let it be written over with --errcodes-harvest-force"
    )
    assert (suite.path / "draft.toml").read_text() == "other"
    suite.start("--errcodes-harvest=draft.toml", "--errcodes-harvest-force")
    assert read_draft(suite).startswith("# Harvested from what 4 tests saw.")


def test_a_folder_that_goes_away(suite):
    """A draft that cannot be written is told, with what to do."""
    suite.file("drafts/keep", "")
    suite.tests(SUITE + "\n\ndef test_zz():\n    __import__('shutil').rmtree('drafts')\n")
    outcome = suite.start("--errcodes-harvest=drafts/draft.toml")
    assert outcome.section("errcodes: harvest") == (
        "drafts/draft.toml cannot be written: No such file or directory\nhint: name another file"
    )


def test_attempts_of_one_test_count_once(suite):
    """A rerun sees the same again, and is the same test."""
    suite.tests(
        """
        import respx

        runs = []

        def test_flaky():
            runs.append(1)
            with respx.mock as routes:
                routes.post(URL).respond(json={"code": 401006, "message": "Market closed"})
                with pytest.raises(ApiError):
                    place_order()
            assert len(runs) > 1
        """
    )
    outcome = suite.start(
        "--errcodes-harvest=draft.toml", "--reruns=1", plugins=("pytest_rerunfailures",)
    )
    assert outcome.outcomes == {"passed": 1, "rerun": 1}
    assert '401006 = "Market closed"  # seen once' not in read_draft(suite)
    assert read_draft(suite).startswith("# Harvested from what 1 test saw.\n")


def test_our_own_routes_and_markers(project):
    """Replies of our routes, and exceptions that our marker and helper take, are seen too."""
    project.tests(
        """
        @pytest.mark.expects_code(401009)
        def test_marked(errcodes):
            errcodes.post(URL).reply(401009)
            place_order()

        def test_helper(errcodes):
            errcodes.post(URL).reply(401019)
            with raises_code(401019):
                place_order()

        def test_respx_way(errcodes):
            errcodes.post(URL).respond(json={"code": 999999, "message": "New"})
            with pytest.raises(ApiError):
                place_order()
        """
    )
    outcome = project.run("--errcodes-harvest=draft.toml")
    assert outcome.outcomes == {"passed": 3}
    catalog = load_catalog(project.path / "draft.toml")
    documented = load_catalog("ltp")
    assert {code: (one.message, one.exception) for code, one in catalog.items()} == {
        401009: (documented[401009].message, "client.ApiError"),
        401019: (documented[401019].message, "client.ApiError"),
        999999: ("New", "client.ApiError"),
    }


def test_what_a_catalog_lacks(suite):
    """With a catalog in force, the draft has what is missing there, in its shape."""
    suite.file(
        "api.toml", '[envelope]\nsuccess = [200000]\n[sections.a.codes]\n401006 = "Closed"\n'
    )
    suite.ini("errcodes_catalog = api.toml")
    outcome = suite.run("--errcodes-harvest=draft.toml")
    assert outcome.section("errcodes: harvest") == (
        "draft.toml: 1 code, 1 message, 0 doubtful\n"
        "missing in api: 401005\n"
        "next: look at its comments, then errcodes lint draft.toml\n"
        "not as api has it:\n"
        '  401006: "Market closed" came, "Closed" is documented'
    )
    assert list(load_catalog(suite.path / "draft.toml")) == [401005]


def test_nothing_is_missing(suite):
    """A catalog that has every code is told so, and nothing is written."""
    suite.file(
        "api.toml",
        "[envelope]\nsuccess = [200000]\n[sections.a.codes]\n"
        '401005 = "Order %s does not exist"\n401006 = "Market closed"\n',
    )
    suite.ini("errcodes_catalog = api.toml")
    outcome = suite.run("--errcodes-harvest=draft.toml")
    assert outcome.section("errcodes: harvest") == (
        "draft.toml is not written: api has every code that was seen\n"
        "4 answers of httpx seen: 4 JSON objects"
    )
    assert not (suite.path / "draft.toml").exists()


def test_messages_that_differ(suite):
    """A message that came otherwise than the catalog in force has it is told, and in the draft."""
    codes = '[sections.a.codes]\n401005 = ["No order %s", "Gone: %s"]\n401006 = "Market closed"\n'
    suite.file("api.toml", f"[envelope]\nsuccess = [200000]\n{codes}")
    suite.ini("errcodes_catalog = api.toml")
    told = '401005: "Order %s does not exist" came, "No order %s" is documented'
    outcome = suite.run("--errcodes-harvest=draft.toml")
    assert outcome.section("errcodes: harvest") == (
        "draft.toml is not written: api has every code that was seen\n"
        "4 answers of httpx seen: 4 JSON objects\n"
        f"not as api has it:\n  {told}"
    )
    suite.file("api.toml", f"[envelope]\nsuccess = [200000]\n{codes.replace('401006', '401007')}")
    outcome = suite.run("--errcodes-harvest=draft.toml")
    assert outcome.section("errcodes: harvest").endswith(f"not as api has it:\n  {told}")
    assert f"# It differs too: {told}.\n" in (suite.path / "draft.toml").read_text()


DECODING_CLIENT = """
    import json

    class ApiError(Exception):
        def __init__(self, code):
            self.code = code

    def send(path):
        raise OSError("no network")

    def call(path):
        answer = json.loads(send(path))
        if answer["errcode"]:
            raise ApiError(answer["errcode"])
        return answer
    """
MOCKED = """
    import json
    import client
    import pytest

    def test_error(monkeypatch):
        monkeypatch.setattr(client, "send", lambda _: '{"errcode": 40001, "errmsg": "Gone"}')
        with pytest.raises(client.ApiError):
            client.call("/a")

    def test_success(monkeypatch):
        monkeypatch.setattr(client, "send", lambda _: b'{"errcode": 0, "errmsg": "ok"}')
        json.loads('{"errcode": 40002, "errmsg": "of the test"}')
        client.call("/a")
    """


def test_a_mock_in_place_of_sending(project):
    """What a client decodes of a response that a mock made by hand is an answer too."""
    project.file("client.py", DECODING_CLIENT)
    project.tests(MOCKED)
    assert project.run("--errcodes-harvest=draft.toml").outcomes == {"passed": 2}
    catalog = load_catalog(project.path / "draft.toml")
    assert {code: (one.message, one.exception) for code, one in catalog.items()} == {
        40001: ("Gone", "client.ApiError")
    }
    assert (catalog.shape.code, catalog.shape.success) == ("errcode", (0,))
    assert "http_status" not in (project.path / "draft.toml").read_text("utf-8")


ORJSON = """
    def loads(text):  # stands for the library, which is written in Rust
        return eval(text, {"null": None})
    """
ORJSON_CLIENT = """
    {imported}

    class ApiError(Exception):
        pass

    def send(path):
        raise OSError("no network")

    def call(path):
        answer = {call}(send(path))
        if answer["errcode"]:
            raise ApiError(f"{{answer['errcode']}}: {{answer['errmsg']}}")
    """
ORJSON_MOCKED = """
    import client
    import orjson
    import pytest

    def test_error(monkeypatch):
        monkeypatch.setattr(client, "send", lambda _: b'{"errcode": 40001, "errmsg": "Gone"}')
        orjson.loads('{"errcode": 40002, "errmsg": "of the test"}')
        with pytest.raises(client.ApiError):
            client.call("/a")
    """


@pytest.mark.parametrize("imported", ["import orjson", "from orjson import loads as decode"])
def test_another_decoder_and_a_mock_in_place_of_sending(project, imported):
    """A client that decodes with another library is watched, under whatever name it has it."""
    project.file("orjson.py", ORJSON)
    project.file(
        "conftest.py",
        """
        import orjson

        def pytest_unconfigure():
            print("given back:", not hasattr(orjson.loads, "__wrapped__"))
        """,
    )
    call = "decode" if "decode" in imported else "orjson.loads"
    project.file("client.py", ORJSON_CLIENT.format(imported=imported, call=call))
    project.tests(ORJSON_MOCKED)
    outcome = project.run("-s", "--errcodes-harvest=draft.toml")
    assert outcome.outcomes == {"passed": 1}
    assert "given back: True" in outcome.text
    catalog = load_catalog(project.path / "draft.toml")
    assert {code: (one.message, one.exception) for code, one in catalog.items()} == {
        40001: ("Gone", "client.ApiError")
    }


def test_mock_of_a_decoder_that_lasts(project):
    """A mock of the decoder that a fixture of a module made stays in place in each of its tests."""
    project.file("orjson.py", "loads = lambda text: None")
    project.file("client.py", "from orjson import loads")
    project.tests(
        """
        import client
        import pytest

        @pytest.fixture(scope="module")
        def mocked():
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(client, "loads", lambda text: "mocked")
                yield

        def test_first():
            assert client.loads("{}") is None

        @pytest.mark.parametrize("number", [1, 2])
        def test_mocked(mocked, number):
            assert client.loads("{}") == "mocked"
        """
    )
    outcome = project.run("-p", "no:randomly", "--errcodes-harvest=draft.toml")
    assert outcome.outcomes == {"passed": 3}


def test_json_in_a_text_of_an_answer(project):
    """What a client decodes of a text in an answer is a part of that answer."""
    project.file(
        "client.py",
        """
        import json
        import httpx

        class ApiError(Exception):
            pass

        def call():
            answer = httpx.get("https://api.example.com/a").json()
            inner = json.loads(answer["errorMessage"])
            raise ApiError(answer["errorCode"], inner["errors"][0]["code"])
        """,
    )
    project.tests(
        """
        import json
        import client
        import httpx
        import pytest
        import respx

        @respx.mock
        def test_error():
            inner = json.dumps({"errors": [{"code": "Future", "detail": "the “date”"}]})
            body = {"errorCode": "err.func.400", "errorMessage": inner}
            respx.get("https://api.example.com/a").respond(400, json=body)
            with pytest.raises(client.ApiError):
                client.call()
        """
    )
    assert project.run("--errcodes-harvest=draft.toml").outcomes == {"passed": 1}
    assert list(load_catalog(project.path / "draft.toml")) == ["err.func.400"]


@pytest.mark.parametrize("end", ["pass", "pytest.exit('over')"])
def test_the_decoder_is_put_back(project, end):
    """After a run, one that is interrupted too, the standard library decodes by itself again."""
    decode = json.JSONDecoder.decode
    project.tests(
        f"""
        def test_order():
            assert json.JSONDecoder.decode.__module__ == "pytest_errcodes.plugin.decoded_json"
            {end}
        """
    )
    outcome = project.run("--errcodes-harvest=draft.toml")
    assert outcome.ret == (0 if end == "pass" else pytest.ExitCode.INTERRUPTED)
    assert json.JSONDecoder.decode is decode


def test_a_harvest_of_nothing(project):
    """Answers without a code are counted, and what they look like is told."""
    project.tests(
        """
        def test_users():
            user = {"id": 7, "login": "ann", "plan": {"name": "free"}}
            with httpx.Client(
                transport=httpx.MockTransport(
                    lambda request: httpx.Response(200, json=user)
                    if request.url.path == "/user" else httpx.Response(404, text="Not Found")
                )
            ) as http:
                http.get("https://api.test/user")
                http.get("https://api.test/nowhere")
        """
    )
    outcome = project.run("--errcodes-harvest=draft.toml")
    assert outcome.section("errcodes: harvest") == (
        "draft.toml is not written: no code was seen\n"
        "2 answers of httpx seen: 1 JSON object and 1 without JSON\n"
        "fields of the objects: id, login and plan; none seems to hold a code"
    )
    assert not (project.path / "draft.toml").exists()


def test_nothing_was_answered(project):
    """A suite that asks nobody over HTTP is told what a harvest needs."""
    project.tests("\ndef test_nothing():\n    pass\n")
    outcome = project.run("--errcodes-harvest=draft.toml")
    assert outcome.section("errcodes: harvest") == (
        "draft.toml is not written: no code was seen\n"
        "no answer was seen: no test sent a request over HTTP, or each mock stands in place of the "
        "client's own methods"
    )


def test_no_secret_gets_into_a_draft(project):
    """Tokens in messages become placeholders, and no comment shows them."""
    project.tests(
        """
        def test_token():
            message = "Token=abc123secret of Bearer hunter2hunter2 is invalid"
            body = {"code": 401, "message": message, "apiKey": "k3y"}
            http = httpx.Client(
                transport=httpx.MockTransport(lambda request: httpx.Response(401, json=body))
            )
            http.get("https://api.test/user?token=abc123secret")
            http.close()
        """
    )
    project.run("--errcodes-harvest=draft.toml")
    text = read_draft(project)
    assert not [word for word in ("abc123", "hunter2", "k3y") if word in text]
    assert '401 = "Token=%s of Bearer %s is invalid"' in text


def test_without_the_option_nothing_is_watched(suite):
    """A run that harvests nothing imports nothing for it."""
    suite.tests(
        "\ndef test_modules():\n    import sys\n"
        "    assert 'pytest_errcodes.plugin.harvest' not in sys.modules\n"
    )
    assert suite.start().outcomes == {"passed": 1}


def test_a_file_that_is_there_may_be_written_over(suite):
    """With the second option, an earlier draft is replaced."""
    suite.file("draft.toml", "old")
    suite.run("--errcodes-harvest=draft.toml", "--errcodes-harvest-force")
    assert read_draft(suite) == DRAFT


@pytest.mark.parametrize(
    ("file", "text", "hint"),
    [
        (
            "there.toml",
            "there.toml is there already",
            "name another file, or let it be written over with --errcodes-harvest-force",
        ),
        ("draft", "draft names no TOML file", "write --errcodes-harvest=draft.toml"),
        (
            f"{'a' * 300}.toml",
            f"{'a' * 300}.toml cannot be written",
            "check the permissions, or name another file",
        ),
        ("no/draft.toml", "no/draft.toml: there is no folder 'no'", "make it, or name another"),
        (
            "api.toml",
            "api.toml is the catalog in force, of which a draft has only what it lacks",
            "name another file, such as missing.toml, and move its codes to the catalog",
        ),
    ],
)
def test_a_file_that_cannot_be_written(suite, file, text, hint):
    """What is wrong with the file is told before any test runs."""
    suite.file("there.toml", "")
    suite.file("api.toml", '[sections.a.codes]\n401006 = "Closed"\n')
    force = ("--errcodes-harvest-force",) if file == "api.toml" else ()
    if force:
        suite.ini("errcodes_catalog = api.toml")
    outcome = suite.start(f"--errcodes-harvest={file}", *force)
    assert outcome.ret == pytest.ExitCode.USAGE_ERROR
    assert outcome.stderr.strip() == f"ERROR: --errcodes-harvest={text}\nhint: {hint}"
    assert (suite.path / "there.toml").read_text() == ""


def test_a_refused_file_leaves_nothing_behind(project):
    """A run that ends before its tests is the run in force no longer."""
    before = current()
    assert project.run("--errcodes-harvest=draft").ret == pytest.ExitCode.USAGE_ERROR
    assert current() is before
