"""What a fork finds reaches the test; each way to fork, and the limits that the docs tell."""

from __future__ import annotations

import os

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

PRELUDE = """
import contextlib
import multiprocessing
import os
import socket
from concurrent.futures import ProcessPoolExecutor

FORK = multiprocessing.get_context("fork")

def swallow(work):
    with contextlib.suppress(Exception):
        work()

def by_os(work):
    process = os.fork()
    if not process:
        swallow(work)
        os._exit(0)
    os.waitpid(process, 0)

def by_multiprocessing(work):
    process = FORK.Process(target=swallow, args=(work,))
    process.start()
    process.join()

def by_executor(work):
    with ProcessPoolExecutor(1, mp_context=FORK) as pool:
        pool.submit(swallow, work).result()

def connect():
    socket.create_connection(("192.0.2.1", 9))
"""
WAYS = ("by_os", "by_multiprocessing", "by_executor")
UNMATCHED = """\
no route matches POST https://api.test/order in a fork
nearest route:
  GET /order
    method is POST, not GET"""
FORBIDDEN = """\
POST https://api.test/order in a fork was sent, and must not be
route:
  POST https://api.test/order
    says .never()"""


@pytest.fixture
def folder(project, monkeypatch):
    """Return a new folder for temporary files."""
    folder = project.path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def run(project, way=""):
    """Run the tests; an executor pickles what a run inside of this process has imported anew."""
    start = project.start if way == "by_executor" else project.run
    return start("-p", "no:warnings")  # Python warns of a fork of a process with threads


@pytest.mark.parametrize("way", WAYS)
def test_request_without_a_route(project, way):
    """The test fails with the text of the finding, whatever the fork makes of its error."""
    project.tests(f"""{PRELUDE}
def test_it(errcodes):
    errcodes.get("/order").optional().reply(200000)
    {way}(place_order)
""")
    assert run(project, way).failure("test_it") == UNMATCHED


@pytest.mark.parametrize("way", WAYS)
def test_request_that_is_forbidden(project, way):
    """The same holds for .never()."""
    project.tests(f"""{PRELUDE}
def test_it(errcodes):
    errcodes.post(URL).never()
    {way}(place_order)
""")
    assert run(project, way).failure("test_it") == FORBIDDEN


@pytest.mark.parametrize("way", WAYS)
def test_connection_that_is_refused(project, way):
    """The same holds for what would have left this machine."""
    project.tests(f"""{PRELUDE}
def test_it(errcodes):
    {way}(connect)
""")
    title = run(project, way).failure("test_it").partition("\n")[0]
    assert title == (
        "a connection to 192.0.2.1:9 in a fork was refused: nothing leaves while routes are active"
    )


def test_several_forks_at_once(project):
    """Each is told, and what two found alike is told once."""
    project.tests(f"""{PRELUDE}
def send(path):
    swallow(lambda: httpx.get("https://api.test" + path))

def test_it(errcodes):
    processes = [FORK.Process(target=send, args=(path,)) for path in ("/a", "/b", "/a")]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
""")
    texts = run(project).failure("test_it").split("\n\n")
    assert sorted(texts) == [
        "no route matches GET https://api.test/a in a fork\nthere are no routes yet",
        "no route matches GET https://api.test/b in a fork\nthere are no routes yet",
    ]


def test_later_test_is_not_accused(project):
    """What a fork finds when its test is over is nothing to the next."""
    project.tests(f"""{PRELUDE}
LATE, GO = [], os.pipe()

def test_first(errcodes):
    process = os.fork()
    if not process:
        os.read(GO[0], 1)
        swallow(place_order)
        os._exit(0)
    LATE.append(process)

def test_second(errcodes):
    os.write(GO[1], b"x")
    os.waitpid(LATE[0], 0)
""")
    assert run(project).outcomes == {"passed": 2}


def test_nested_router(project):
    """A router in a router is told of too."""
    project.tests(f"""{PRELUDE}
def test_it(errcodes):
    with errcodes() as inner:
        inner.get("/order").optional().reply(200000)
        by_os(place_order)
""")
    assert run(project).failure("test_it") == UNMATCHED


def test_file_is_gone(project, folder):
    """Nothing of it is left in the folder of temporary files."""
    project.tests(f"""{PRELUDE}
def test_it(errcodes):
    by_os(place_order)
""")
    assert run(project).outcomes == {"failed": 1}
    assert list(folder.iterdir()) == []


def test_stopped_router(project, folder):
    """A router that was stopped finds nothing in a fork, and makes no file for it."""
    project.tests(f"""{PRELUDE}
def test_it(errcodes):
    inner = errcodes()
    with inner:
        by_os(lambda: None)
        assert len(os.listdir({str(folder)!r})) == 2
    with errcodes():
        pass
    by_os(lambda: None)
    assert len(os.listdir({str(folder)!r})) == 2
""")
    assert run(project).outcomes == {"passed": 1}
    assert list(folder.iterdir()) == []


def test_late_finding_leaves_nothing(project, folder):
    """What a fork finds when its test is over leaves no file either."""
    project.tests(f"""{PRELUDE}
def test_it(errcodes):
    started, go, done = os.pipe(), os.pipe(), os.pipe()
    process = os.fork()
    if not process:
        swallow(place_order)
        os.write(started[1], b"x")
        os.read(go[0], 1)
        swallow(place_order)
        os.write(done[1], b"x")
        os._exit(0)
    os.read(started[0], 1)
    errcodes.close()
    assert not list(__import__("pathlib").Path({str(folder)!r}).iterdir())
    os.write(go[1], b"x")
    os.read(done[0], 1)
    os.waitpid(process, 0)
""")
    assert run(project).failure("test_it").startswith("no route matches POST")
    assert list(folder.iterdir()) == []


def test_routes_of_a_fork(project):
    """It asks them as they were when it was made: what the test adds later it does not know."""
    project.tests(f"""{PRELUDE}
def test_it(errcodes):
    errcodes.get("/order").optional().reply(200000)
    begin, go = os.pipe()
    process = os.fork()
    if not process:
        os.read(begin, 1)
        swallow(place_order)
        os._exit(0)
    errcodes.post(URL).optional().reply(200000)
    os.write(go, b"x")
    os.waitpid(process, 0)
""")
    assert run(project).failure("test_it") == UNMATCHED


def test_limits_of_forks(project):
    """A route that only a fork called is not called, and what it receives is not seen."""
    project.tests(f"""{PRELUDE}
def test_call(errcodes):
    errcodes.post(URL).reply(401009)
    by_os(place_order)

@pytest.mark.expects_code(401009)
def test_code(errcodes):
    errcodes.post(URL).optional().reply(401009)
    by_os(place_order)
""")
    outcome = run(project)
    assert outcome.failure("test_call") == (
        "no request reached POST https://api.test/order\n"
        "hint: the test made a fork, whose calls are not counted: say .optional(), or call it in "
        "this process"
    )
    assert outcome.failure("test_code") == (
        "expected code 401009 was not seen\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      nothing\n"
        "hint: answers to another program are not seen, nor counted: expect what the client raises "
        "or returns, and assert what it handles yourself"
    )


def test_limits_of_other_processes(project):
    """One that is started anew has no routes: its request reaches the server."""
    project.file("child.py", "import sys, httpx\nprint(httpx.get(sys.argv[1]).text, end='')")
    project.tests("""
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"the real one")
    def log_message(self, *arguments): pass

def test_it(errcodes):
    errcodes.get("/order").optional().reply(401009)
    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever).start()
    command = [sys.executable, "child.py", f"http://127.0.0.1:{server.server_port}/order"]
    done = subprocess.run(command, capture_output=True, text=True)
    server.shutdown()
    server.server_close()
    assert (done.returncode, done.stdout) == (0, "the real one")
""")
    assert project.run().outcomes == {"passed": 1}


def test_hint_of_other_processes(project):
    """A route that nobody called is told with what another process may have done instead."""
    project.tests("""
import subprocess
import sys

def test_it(errcodes):
    errcodes.get("https://api.test/order").reply(401009)
    subprocess.run([sys.executable, "-c", "sum(range(3_000_000))"], check=True)

def test_alone(errcodes):
    errcodes.get("https://api.test/order").reply(401009)
""")
    outcome = project.run()
    assert outcome.failure("test_it") == (
        "no request reached GET https://api.test/order\n"
        "hint: requests of another program go past the routes: let a server on 127.0.0.1 answer "
        "them instead"
    )
    assert outcome.failure("test_alone") == "no request reached GET https://api.test/order"
