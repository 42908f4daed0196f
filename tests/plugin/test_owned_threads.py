"""A request counts for the test whose thread or task sent it; an older one is refused by name."""

from __future__ import annotations

from inspect import signature

import pytest
import pytest_asyncio
from ended_rows import Row

#: Two tests, the first of which leaves something behind that sends a request in the second.
LEFT = """
    import asyncio, threading
    from concurrent.futures import ThreadPoolExecutor
    from multiprocessing.pool import ThreadPool

    GO, DONE, TOLD = threading.Event(), threading.Event(), []
    POOL, LOOP = ThreadPoolExecutor(2, "pool"), asyncio.new_event_loop()

    @pytest.fixture(scope="session", autouse=True)
    def loop_that_ends():
        yield
        LOOP.close()

    def late():
        GO.wait(5)
        try:
            place_order()
        except Exception as error:
            TOLD.append(str(error))
        DONE.set()

    async def late_async(go):
        await go.wait()
        try:
            await place_order_async()
        except Exception as error:
            TOLD.append(str(error))
        DONE.set()

    async def leave_task():
        LOOP.go = asyncio.Event()
        LOOP.left = asyncio.create_task(late_async(LOOP.go), name="poller")

    async def let_task_go():
        LOOP.go.set()
        await LOOP.left

    def start(function=late, kind=threading.Thread):
        thread = kind(target=function, name="poller", daemon=True)
        thread.start()
        return thread

    @pytest.fixture
    def poller():
        start()
"""
KINDS = {
    "a thread": ("", "start()", "thread poller"),
    "a thread of a thread": ("", "start(start).join()", "thread poller"),
    "a thread of a fixture": ("poller", "pass", "thread poller"),
    "a thread of a pool's worker": ("", "POOL.submit(start).result()", "thread poller"),
    "a thread of a task": (
        "",
        "asyncio.run(asyncio.to_thread(start)).daemon",
        "thread poller",
    ),
    "work left in a pool": ("", "POOL.submit(late)", "thread pool_0"),
    "a task": ("", "LOOP.run_until_complete(leave_task())", "task poller"),
}
MEANWHILE = "LOOP.run_until_complete(let_task_go()) if hasattr(LOOP, 'go') else GO.set()"


def told(sender, owner="test_orders.py::test_first"):
    """Return what is said of a request that was refused."""
    request = "POST https://api.test/order was not sent"
    return f"{request}: the {sender} belongs to {owner}, which has ended"


ADVICE = "stop it before its test ends, or start it in a fixture of the scope for which it lives"


#: Whether the test that leaves something is watched.
MARKERS = ("", "@pytest.mark.expects_code(200000, surfaced=None)")


def test_what_an_earlier_test_left(project):
    """It meets no route and no expectation of the next test, and is told who started it."""
    rows, lines = {}, {}
    for kind, (fixture, leave, sender) in KINDS.items():
        for marker in MARKERS:
            module = f"test_{len(rows)}.py"
            text = told(sender, f"{module}::test_first")
            arguments = ", ".join(filter(None, ["errcodes", fixture]))
            rows[kind, marker] = f"""{LEFT}
    {marker}
    def test_first({arguments}):
        errcodes.reply(200000)
        place_order()
        {leave}

    @pytest.mark.expects_code(401009, times=1)
    def test_second(errcodes):
        errcodes.reply(401009)
        {MEANWHILE}
        assert DONE.wait(5)
        with raises_code(401009):
            place_order()

    def test_third():
        assert TOLD == [{f"{text}; {ADVICE}"!r}]
    """
            lines[module] = [text, f"  during {module}::test_second"]
    ended = project.run_rows(rows)
    assert ended == dict.fromkeys(rows, Row({"passed": 3}))
    section = ended.outcome.section("errcodes: requests after the end of their test")
    in_order = [line for module in sorted(lines) for line in lines[module]]
    assert section.splitlines() == [*in_order, f"hint: {ADVICE}"]


SECONDS = {
    "a test that has no route for it": (
        "def test_second(errcodes):",
        "errcodes.get('/other').reply(200000); httpx.get('https://api.test/other')",
    ),
    "a test with a marker": (
        "@pytest.mark.expects_code(401009, times=1)\n    def test_second():",
        "assert_code(httpx.Client(transport=answer(401009)).get(URL), 401009)",
    ),
    "plain respx": (
        "def test_second(respx_mock):",
        "pass",
    ),
    "pytest-httpx": (
        "def test_second(httpx_mock):",
        "pass",
    ),
    "a plain test": ("def test_second():", "pass"),
}


def test_whatever_runs_meanwhile(project):
    """The next test is innocent, whatever answers in it; the request never leaves."""
    rows = {}
    for kind, (head, body) in SECONDS.items():
        text = told("thread poller", f"test_{len(rows)}.py::test_first")
        rows[kind] = f"""{LEFT}
    def test_first(errcodes):
        errcodes.reply(200000)
        place_order()
        start()

    {head}
        GO.set()
        assert DONE.wait(5)
        {body}

    def test_third():
        assert TOLD == [{f"{text}; {ADVICE}"!r}]
    """
    ended = project.run_rows(rows, plugins=("respx.plugin", "pytest_httpx"))
    assert ended == dict.fromkeys(rows, Row({"passed": 3}))


def test_thread_of_a_plain_test(project):
    """A test without routes owns its threads too, where others have some."""
    project.tests(f"""{LEFT}
    def test_first():
        start()

    @pytest.mark.expects_code(401009, times=1)
    def test_second(errcodes):
        errcodes.reply(401009)
        GO.set()
        assert DONE.wait(5)
        with raises_code(401009):
            place_order()
    """)
    outcome = project.run()
    assert outcome.outcomes == {"passed": 2}
    assert told("thread poller") in outcome.text


def test_tests_that_are_not_ours(project):
    """A thread of a test without routes may work for another one, as it ever could."""
    project.tests(f"""{LEFT}
    def test_first(errcodes):
        errcodes.reply(200000)
        place_order()

    def test_second():
        start()

    def test_third(respx_mock):
        respx_mock.post(URL).respond(json={{"code": 200000, "data": None}})
        GO.set()
        assert DONE.wait(5)
        assert TOLD == []
    """)
    outcome = project.run(plugins=("respx.plugin",))
    assert outcome.outcomes == {"passed": 3}
    assert "after the end" not in outcome.text


def test_thread_that_asserts(project):
    """What an older thread asserts is no observation of the next test."""
    project.tests(f"""{LEFT}
    def assert_late():
        GO.wait(5)
        assert_code({{"code": 401009, "message": "clientOrderId already exists"}}, 401009)
        DONE.set()

    def test_first(errcodes):
        errcodes.reply(200000)
        place_order()
        start(assert_late)

    @pytest.mark.expects_code(401009)
    def test_second():
        GO.set()
        assert DONE.wait(5)
    """)
    assert project.run().failure("test_second") == (
        "expected code 401009 was not seen\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      nothing"
    )


def test_another_attempt_of_the_same_test(project):
    """What the first attempt left is nothing to the second."""
    project.tests(f"""{LEFT}
    @pytest.mark.flaky(reruns=1)
    @pytest.mark.expects_code(401009, times=1)
    def test_order(errcodes):
        errcodes.reply(401009)
        if not hasattr(LOOP, "again"):
            LOOP.again = True
            start()
            assert not "the first attempt"
        GO.set()
        assert DONE.wait(5)
        with raises_code(401009):
            place_order()
    """)
    outcome = project.run(plugins=("pytest_rerunfailures",))
    assert outcome.outcomes == {"passed": 1, "rerun": 1}
    assert told("thread poller", "test_orders.py::test_order") in outcome.text


@pytest.mark.parametrize("where", ["pytestmark = {}", "    @{}"])
def test_thread_that_a_test_leaves_on_purpose(project, where):
    """A marker says that what a test leaves running works for those after it."""
    mark = where.format("pytest.mark.errcodes(owns_threads=False)")
    at_module, at_test = (mark, "") if "=" in where else ("", mark)
    project.tests(f"""{LEFT}
    {at_module}

{at_test}
    def test_first(errcodes):
        errcodes.reply(200000)
        place_order()
        start()

    @pytest.mark.expects_code(401009, times=1)
    def test_second(errcodes):
        errcodes.reply(401009)
        GO.set()
        assert DONE.wait(5)
        assert TOLD == ["401009 clientOrderId already exists"]
        assert_code({{"code": 401009, "message": "clientOrderId already exists"}}, 401009)
    """)
    outcome = project.run()
    assert outcome.outcomes == {"passed": 2}
    assert "after the end" not in outcome.text


#: What serves several tests, and how a test has it send a request.
SHARED = """
    import asyncio, queue, threading
    from concurrent.futures import ThreadPoolExecutor
    from functools import cache
    from multiprocessing.pool import ThreadPool

    from anyio.from_thread import start_blocking_portal

    ENDS = []

    @cache
    def pool():
        return ThreadPoolExecutor(1)

    @cache
    def workers():
        ENDS.append((pool := ThreadPool(1)).terminate)
        return pool

    @cache
    def portal(backend):
        started = start_blocking_portal(backend)
        ENDS.append(lambda: started.__exit__(None, None, None))
        return started.__enter__()

    @cache
    def loop():
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        ENDS.append(loop.close)
        ENDS.append(thread.join)
        ENDS.append(lambda: loop.call_soon_threadsafe(loop.stop))
        return loop

    @cache
    def runner():
        ENDS.append((loop := asyncio.new_event_loop()).close)
        return loop

    @pytest.fixture(scope="session", autouse=True)
    def loops_that_end():
        yield
        while ENDS:
            ENDS.pop()()

    @pytest.fixture(scope="session")
    def jobs():
        jobs = queue.Queue()
        def work():
            while True:
                jobs.get()()
        threading.Thread(target=work, daemon=True).start()
        return jobs

    @pytest.fixture(scope="module")
    def wide_pool():
        with ThreadPoolExecutor(1) as pool:
            pool.submit(len, "").result()
            yield pool

    def ask(jobs):
        answers = queue.Queue()
        def job():
            try:
                place_order()
            except ApiError as error:
                answers.put(error)
        jobs.put(job)
        raise answers.get(timeout=5)

    def ask_in_thread(jobs):
        def work():
            try:
                ask(jobs)
            except ApiError as error:
                told.append(error)
        told = []
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        raise told[0]

    async def in_executor():
        return await asyncio.get_running_loop().run_in_executor(pool(), place_order)

    async def in_trio():
        import trio
        return await trio.to_thread.run_sync(place_order)

    async def in_anyio():
        import anyio
        return await anyio.to_thread.run_sync(place_order)
"""
WAYS = {
    "a thread of a session's fixture": ("jobs", "ask(jobs)"),
    "that, from a thread": ("jobs", "ask_in_thread(jobs)"),
    "a pool of a module's fixture": ("wide_pool", "wide_pool.submit(place_order).result()"),
    "a pool of the first test": ("", "pool().submit(place_order).result()"),
    "a pool by map": ("", "list(pool().map(lambda _: place_order(), [1]))"),
    "a pool of multiprocessing": ("", "workers().apply(place_order)"),
    "a portal of anyio, asyncio": ("", "portal('asyncio').call(place_order_async)"),
    "a portal of anyio, trio": ("", "portal('trio').call(place_order_async)"),
    "a loop of the first test": (
        "",
        "asyncio.run_coroutine_threadsafe(place_order_async(), loop()).result()",
    ),
    "a loop that each test runs": ("", "runner().run_until_complete(place_order_async())"),
    "to_thread": ("", "asyncio.run(asyncio.to_thread(place_order))"),
    "an executor of a loop": ("", "asyncio.run(in_executor())"),
    "a worker of trio": ("", "__import__('trio').run(in_trio)"),
    "a worker of anyio": ("", "__import__('anyio').run(in_anyio)"),
}


def test_what_serves_several_tests(project):
    """A thread that a test hands work to is not accused, whoever started it."""
    rows = {}
    for way, (fixture, send) in WAYS.items():
        arguments = ", ".join(filter(None, ["errcodes", fixture, "number"]))
        rows[way] = f"""{SHARED}
    @pytest.mark.parametrize("number", range(3))
    @pytest.mark.expects_code(401009, times=1)
    def test_order({arguments}):
        errcodes.reply(401009)
        with raises_code(401009):
            {send}
    """
    ended = project.run_rows(rows)
    assert ended == dict.fromkeys(rows, Row({"passed": 3}))
    assert "after the end" not in ended.outcome.text


#: The oldest pytest-asyncio has one scope for a fixture and its loop.
LOOP_SCOPE = (
    "loop_scope" if "loop_scope" in signature(pytest_asyncio.fixture).parameters else "scope"
)
SESSION = ", ".join(sorted({"scope='session'", f"{LOOP_SCOPE}='session'"}))
#: The plugin, the line above a fixture with a client, and that above the tests.
KINDS_OF_TESTS = {
    "pytest-asyncio, a loop each": (
        "pytest_asyncio.plugin",
        "@__import__('pytest_asyncio').fixture",
        "@pytest.mark.asyncio",
    ),
    "pytest-asyncio, a session's loop": (
        "pytest_asyncio.plugin",
        f"@__import__('pytest_asyncio').fixture({SESSION})",
        f"@pytest.mark.asyncio({LOOP_SCOPE}='session')",
    ),
    "anyio": ("anyio.pytest_plugin", "@pytest.fixture(scope='module')", "@pytest.mark.anyio"),
}


@pytest.mark.parametrize(("plugin", "fixture", "mark"), KINDS_OF_TESTS.values(), ids=KINDS_OF_TESTS)
def test_asynchronous_tests_of_one_client(project, plugin, fixture, mark):
    """Tests that share a client, and perhaps a loop, are not accused of each other."""
    project.tests(f"""
        {fixture}
        async def http():
            async with httpx.AsyncClient() as http:
                yield http

        @pytest.fixture(scope="module")
        def anyio_backend():
            return "asyncio"

        {mark}
        @pytest.mark.parametrize("number", range(3))
        @pytest.mark.expects_code(401009, times=1)
        async def test_order(errcodes, http, number):
            errcodes.reply(401009)
            with raises_code(401009):
                checked(await http.post(URL))
    """)
    assert project.run(plugins=(plugin,)).outcomes == {"passed": 3}


def test_asynchronous_methods_of_unittest(project):
    """Each is run by unittest in a context of its own, which belongs to nobody else."""
    project.tests("""
        import unittest

        class TestOrders(unittest.IsolatedAsyncioTestCase):
            @pytest.fixture(autouse=True)
            def routes(self, errcodes):
                errcodes.reply(401009)

            @pytest.mark.expects_code(401009, times=1)
            async def test_first(self):
                with raises_code(401009):
                    await place_order_async()

            @pytest.mark.expects_code(401009, times=1)
            async def test_second(self):
                with raises_code(401009):
                    await place_order_async()
    """)
    assert project.run().outcomes == {"passed": 2}


def test_teardown_of_a_wide_fixture(project):
    """What a fixture of the session sends when all tests are over goes where it went before."""
    project.tests("""
        @pytest.fixture(scope="session")
        def session():
            yield
            with httpx.Client(transport=answer(200000)) as http:
                print("logged out:", http.post(URL).json()["code"])

        @pytest.mark.expects_code(401009)
        def test_order(session):
            with raises_code(401009):
                place_order(transport=answer(401009))
    """)
    outcome = project.run("-s")
    assert outcome.outcomes == {"passed": 1}
    assert "logged out: 200000" in outcome.text


def test_threads_are_as_before_in_the_end(project):
    """A run gives Python back what it patched."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import Thread

    before = Thread.start, ThreadPoolExecutor.submit
    project.tests("""
        def test_order(errcodes):
            import threading
            assert threading.Thread.start.__module__.startswith("pytest_errcodes")
    """)
    assert project.run().outcomes == {"passed": 1}
    assert (Thread.start, ThreadPoolExecutor.submit) == before


def test_threads_of_a_run_without_us(project):
    """A run in which no test is ours has Python's own threads."""
    project.tests("""
        def test_order():
            import threading
            assert threading.Thread.start.__module__ == "threading"
    """)
    assert project.start().outcomes == {"passed": 1}


def test_refused_requests_under_xdist(project):
    """What a worker refused is told by the controller."""
    project.tests(f"""{LEFT}
    def test_first(errcodes):
        errcodes.reply(200000)
        place_order()
        start()

    def test_second(errcodes):
        GO.set()
        assert DONE.wait(5)
    """)
    outcome = project.start("-n1", plugins=("xdist.plugin",))
    assert outcome.outcomes == {"passed": 2}
    assert f"{told('thread poller')}\n  during test_orders.py::test_second" in outcome.text
