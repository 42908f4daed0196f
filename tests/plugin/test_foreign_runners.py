"""Tests that a plugin runs in another way than pytest's fail in words, whatever they do."""

from __future__ import annotations

import pytest

#: Calls tests as some plugins do that run asynchronous ones at once: without pytest's own hooks.
WITHOUT_HOOKS = """
import pytest

def pytest_runtest_protocol(item):
    call = pytest.CallInfo.from_call(item.obj, "call")
    report = item.ihook.pytest_runtest_makereport(item=item, call=call)
    item.ihook.pytest_runtest_logreport(report=report)
    return True
"""
#: Calls each test in two threads at once, as plugins do that look for races.
IN_TWO_THREADS = """
import threading

def pytest_runtest_call(item):
    threads = [threading.Thread(target=item.runtest) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
"""
#: Sets the next test up while one runs, as plugins do that run tests in threads.
SET_UP_EARLY = """
from contextlib import suppress
import pytest

@pytest.fixture
def begin_next(request):
    def begin():
        items = request.session.items
        after = items[items.index(request.node) + 1]
        with suppress(AssertionError, pytest.fail.Exception):  # pytest allows it no more than we do
            after.ihook.pytest_runtest_setup(item=after)
    return begin
"""
HINT = "run tests at once in processes, as pytest-xdist does: pytest -n 4"


def explain(name: str, running: str) -> str:
    """Return the text of a test that began while another one ran."""
    return (
        f"{name} began in the same process before {running} was over: what one of them receives "
        f"would count for the other\nhint: {HINT}"
    )


def test_without_hooks(project):
    """A test with the marker fails where nothing could judge it, also if it failed by itself."""
    project.file("conftest.py", WITHOUT_HOOKS)
    project.tests("""
        def test_other():
            pass

        @pytest.mark.expects_code(401009)
        def test_swallows():
            swallow_order(transport=answer(401009))

        @pytest.mark.expects_code(401009)
        def test_right():
            place_order(transport=answer(401009))
    """)
    outcome = project.run()
    why = "ran in another way than pytest runs tests, so nothing judged it"
    hint = f"hint: let pytest run it, or the plugin of its event loop; {HINT}"
    assert outcome.failure("test_swallows") == f"test_swallows {why}\n{hint}"
    assert outcome.failure("test_right").endswith(f"--- errcodes ---\ntest_right {why}\n{hint}")
    assert outcome.outcomes == {"failed": 2, "passed": 1}


OVERLAPPING = """
    def test_first(begin_next):
        begin_next()

    @pytest.mark.expects_code(401009)
    def test_second():
        swallow_order(transport=answer(401009))

    def test_third(errcodes):
        errcodes.reply(401009)
        with raises_code(401009):
            place_order()

    def test_in_a_block():
        with raises_code(401009):
            place_order(transport=answer(401009))

    def test_of_others():
        pass
"""


def test_set_up_early(project):
    """From the first test on that begins before another is over, none of ours is judged."""
    project.file("conftest.py", SET_UP_EARLY)
    project.tests(OVERLAPPING)
    outcome = project.run()
    text = explain("test_second", "test_first")
    assert outcome.failure("ERROR at setup of test_second") == text
    assert outcome.failure("ERROR at setup of test_third") == text
    first, _, second = text.partition("\n")
    assert outcome.failure("test_in_a_block").endswith(
        f"E       pytest_errcodes.ErrcodesUsageError: {first}\nE       {second}\n\n"
        "test_orders.py:15: ErrcodesUsageError"
    )
    assert outcome.outcomes == {"passed": 2, "errors": 2, "failed": 1}


@pytest.mark.parametrize(
    "end", ["place_order()", "pass", "assert place_order is None"], ids=["code", "none", "assert"]
)
def test_one_that_runs(project, end):
    """A test that runs when another one begins is not judged either, however it ends."""
    project.file("conftest.py", SET_UP_EARLY)
    project.tests(f"""
        @pytest.mark.expects_code(401009)
        def test_first(errcodes, begin_next):
            errcodes.reply(401009)
            begin_next()
            {end}

        def test_second():
            pass
    """)
    outcome = project.run()
    assert outcome.failure("test_first") == explain("test_second", "test_first")
    assert outcome.outcomes == {"failed": 1, "passed": 1}


def test_in_two_threads(project):
    """A test that runs twice at once fails: what one run receives would count for the other."""
    project.file("conftest.py", IN_TWO_THREADS)
    project.tests("""
        import threading

        BOTH = threading.Barrier(2)

        @pytest.mark.expects_code(401009)
        def test_order(errcodes):
            errcodes.reply(401009)
            if threading.current_thread() is not threading.main_thread():
                BOTH.wait()
            place_order()
    """)
    outcome = project.run("-W", "ignore::pytest.PytestUnhandledThreadExceptionWarning")
    assert outcome.failure("test_order") == explain("test_order", "test_order")
    assert outcome.outcomes["failed"] == 1


@pytest.mark.parametrize(
    "call", ["item.ihook.pytest_runtest_setup(item=item)", "item.runtest = lambda: None"]
)
def test_never_called(project, call):
    """A test that passes although what judges it never ran fails."""
    project.file("conftest.py", f"def pytest_runtest_call(item):\n    {call}\n")
    project.tests("""
        @pytest.mark.expects_code(401009)
        def test_order():
            swallow_order(transport=answer(401009))

        def test_other():
            pass
    """)
    outcome = project.run()
    assert outcome.failure("test_order") == (
        "test_order ran in another way than pytest runs tests, so nothing judged it\n"
        f"hint: let pytest run it, or the plugin of its event loop; {HINT}"
    )
    assert outcome.outcomes == {"failed": 1, "passed": 1}
