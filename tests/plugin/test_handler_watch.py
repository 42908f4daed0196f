"""What the ``except`` clauses of a test catch is seen, and the watch leaves nothing behind."""

from __future__ import annotations

import sys

import pytest

from pytest_errcodes.judging.own_handlers import find_handlers_of_test
from pytest_errcodes.plugin.handler_watch import HandlerWatch

RIGHT = """
@pytest.mark.expects_code(401009)
def test_order(errcodes):
    errcodes.reply(401009)
    try:
        place_order()
    except ApiError as error:
        assert error.code == 401009
"""
has_monitoring = pytest.mark.skipif(
    not hasattr(sys, "monitoring"), reason="Python 3.11 has no sys.monitoring"
)
has_none = pytest.mark.skipif(
    hasattr(sys, "monitoring"), reason="where there is sys.monitoring, nothing is traced"
)


@has_monitoring
def test_gives_tool_back(project):
    """The number of the tool is free again after the test."""
    before = [sys.monitoring.get_tool(number) for number in range(6)]
    project.tests(RIGHT)
    assert project.run().outcomes == {"passed": 1}
    assert [sys.monitoring.get_tool(number) for number in range(6)] == before


@has_monitoring
def test_number_taken(project):
    """A number that another tool has is left to it."""
    taken = next(number for number in (4, 3) if sys.monitoring.get_tool(number) is None)
    sys.monitoring.use_tool_id(taken, "another")
    try:
        project.tests(RIGHT)
        assert project.run().outcomes == {"passed": 1}
        assert sys.monitoring.get_tool(taken) == "another"
    finally:
        sys.monitoring.free_tool_id(taken)


@has_monitoring
def test_number_with_events_left(project):
    """What another tool left switched on tells of no line of the process."""
    number = next(one for one in (4, 3) if sys.monitoring.get_tool(one) is None)
    sys.monitoring.use_tool_id(number, "another")
    sys.monitoring.set_events(number, sys.monitoring.events.LINE)
    sys.monitoring.free_tool_id(number)
    project.tests(RIGHT)
    assert project.run().outcomes == {"passed": 1}
    assert sys.monitoring.get_events(number) == 0


SWALLOWED = """
@pytest.mark.expects_code(401009, surfaced=False)
def test_order(errcodes):
    errcodes.reply(401009)
    try:
        place_order()
    except ApiError:
        pass
"""


@has_none
def test_beside_another_trace(project):
    """Where another tool traces Python 3.11, the clauses are seen, and so is all for the tool."""
    project.tests(RIGHT)
    told = []

    def trace(frame, event, _):
        if frame.f_code.co_name == "test_order":
            told.append((event, frame.f_lineno))
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        outcome = project.run()
        assert sys.gettrace() is trace
    finally:
        sys.settrace(before)
    assert outcome.outcomes == {"passed": 1}
    lines = [line for event, line in told if event == "line"]
    assert (told[0], lines, told[-1][0]) == (("call", 2), [4, 5, 6, 7, 8], "return")


@has_none
@pytest.mark.parametrize("core", ["ctrace", "pytrace"])
@pytest.mark.parametrize("measured", ["*.py", "client.py"])
def test_beside_coverage(project, monkeypatch, core, measured):
    """Coverage of Python 3.11 finds the lines that run, and each clause is seen."""
    from coverage import Coverage

    monkeypatch.setenv("COVERAGE_CORE", core)
    project.tests(RIGHT, "test_right.py")
    project.tests(SWALLOWED, "test_swallowed.py")
    counter = Coverage(None, config_file=False, include=str(project.path / measured), branch=True)
    with counter.collect():
        outcome = project.run()
    assert outcome.outcomes == {"passed": 1, "failed": 1}
    for path in map(str, project.path.glob(measured)):
        _, _, _, missing, _ = counter.analysis2(path)
        assert [line for line in missing if "client" not in path or line < 24] == []


@has_none
@pytest.mark.parametrize(
    ("body", "text"),
    [
        (RIGHT, "code 401009 was received and did not surface"),
        (SWALLOWED, "code 401009 may have surfaced, and surfaced=False says that it must not"),
    ],
    ids=["right", "swallowed"],
)
def test_another_takes_over(project, body, text):
    """Where a debugger that was left switches tracing off, the text says what to write."""
    project.tests(body.replace("    try:", "    import sys; sys.settrace(None)\n    try:"))
    before = sys.gettrace()
    try:
        outcome = project.run()
    finally:
        sys.settrace(before)
    (title,) = outcome.failures()
    first, *_, hint = outcome.failure(title).splitlines()
    assert first == text
    assert hint == (
        "hint: an except of the test's own is not seen where another tool, such as a debugger, "
        "took the place of what watches it: use pytest.raises"
    )


def test_each_attempt_anew(project):
    """What one example caught is nothing to the next."""
    project.tests(
        """
        from hypothesis import given, settings, strategies

        @pytest.mark.expects_code(401009)
        @settings(max_examples=5, database=None)
        @given(side=strategies.sampled_from(["BUY", "SELL"]))
        def test_order(errcodes, side):
            errcodes.reply(401009)
            try:
                place_order() if side == "BUY" else swallow_order()
            except ApiError as error:
                assert error.code == 401009
        """
    )
    assert project.run().outcomes["failed"] == 1


def test_assertion_in_the_line_of_its_condition(project):
    """That the line of a condition was run does not tell that the assertion in it was."""
    project.tests("""
@pytest.mark.expects_code(401009)
def test_order(errcodes):
    errcodes.reply(401009)
    try:
        place_order()
    except ApiError as error:
        if error.code == 7: assert error.code == 7
""")
    assert project.run().outcomes == {"failed": 1}


class Watched:
    """What a watch tells of a function, which it watches as that runs.

    Attributes:
        code: The code of the function.
        told: What was told, by its text.
        unasserted: What was caught and not asserted, likewise.
        passed: What ``find_passed`` says of the error that left the function.
    """

    def __init__(self, path, lines):
        self.told, self.passed = [], None
        path.write_text("\n".join(["def test():", *(f"    {line}" for line in lines), ""]), "utf-8")
        found = {"Busy": type("Busy", (Exception,), {}), "call": self.call, "fail": pytest.fail}
        exec(compile(path.read_text("utf-8"), str(path), "exec"), found)
        self.code = found["test"].__code__
        handlers = find_handlers_of_test([self.code], None, None)
        self.watch = HandlerWatch(handlers, lambda error, *_: self.told.append(str(error)))
        self.watch.start()
        try:
            found["test"]()
        except Exception as error:
            self.passed = self.watch.find_passed(error, error.__traceback__)
        self.unasserted = [str(error) for _, error in self.watch.list_unasserted()]
        self.watch.forget()
        self.left = self.watch.list_unasserted()
        self.watch.close()

    def call(self, kind):
        """Raise an error, as a client does."""
        raise kind(f"a {kind.__name__}")


BUSY = ["try:", "    call(Busy)"]
#: A function; what is told, what is unasserted, and which clause let its error pass.
WATCHED = {
    "an assertion": ([*BUSY, "except Busy as e:", "    assert e"], ["a Busy"], [], None),
    "two assertions": (
        [*BUSY, "except Busy as e:", "    assert e", "    assert e.args"],
        ["a Busy"],
        [],
        None,
    ),
    "nothing": ([*BUSY, "except Busy:", "    pass"], [], ["a Busy"], None),
    "a loop": (
        [*BUSY, "except Busy:", "    for _ in range(3):", "        pass"],
        [],
        ["a Busy"],
        None,
    ),
    "a guard": ([*BUSY, "    fail()", "except Busy:", "    pass"], ["a Busy"], [], None),
    "raised again": (
        [*BUSY, "except Busy as e:", "    assert e", "    raise"],
        ["a Busy"],
        [],
        None,
    ),
    "another class": ([*BUSY, "except KeyError as e:", "    assert e"], [], [], (4, "KeyError")),
    "another class, of a guard": (
        [*BUSY, "    fail()", "except KeyError:", "    pass"],
        [],
        [],
        (5, "KeyError"),
    ),
    "another class, nothing asserted": ([*BUSY, "except KeyError:", "    pass"], [], [], None),
    "another class, in one line": (
        ["try: call(Busy)", "except KeyError as e: assert e"],
        [],
        [],
        (3, "KeyError"),
    ),
    "below": (
        ["try:", "    pass", "except KeyError as e:", "    assert e", "call(Busy)"],
        [],
        [],
        None,
    ),
}


@pytest.mark.parametrize("name", WATCHED)
def test_what_is_told(tmp_path, name):
    """What is caught is told once, as it is asserted; nothing is left of what is forgotten."""
    lines, told, unasserted, passed = WATCHED[name]
    watched = Watched(tmp_path / "orders.py", lines)
    assert (watched.told, watched.unasserted, watched.passed) == (told, unasserted, passed)
    assert watched.left == []


@has_monitoring
def test_lines_are_told_no_more(tmp_path):
    """Whoever gets the number of the tool next is told of no line of the test."""
    number = next(one for one in (4, 3) if sys.monitoring.get_tool(one) is None)
    watched = Watched(tmp_path / "orders.py", WATCHED["nothing"][0])
    sys.monitoring.use_tool_id(number, "another")
    try:
        assert sys.monitoring.get_local_events(number, watched.code) == 0
    finally:
        sys.monitoring.free_tool_id(number)
