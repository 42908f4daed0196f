"""Expectations beside pytest's own options and the plugins that change how tests are run."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from ended_rows import Row

UNMET = """
expected code 401009 was not seen
  expected  401009  clientOrderId already exists
  seen      nothing
""".strip()

MET_AND_UNMET = """
    @pytest.mark.expects_code(401009)
    def test_met(errcodes):
        errcodes.reply(401009)
        place_order()

    @pytest.mark.expects_code(401009)
    def test_unmet():
        pass
"""

OTHER = """
    def test_other():
        pass
"""
WRONG = """
    @pytest.mark.expects_code(401065)
    def test_wrong():
        pass
"""


# -- plugins ---------------------------------------------------------------------------------


def test_xdist(project):
    """In the workers of xdist, tests are judged and their texts are told as without them."""
    project.tests(MET_AND_UNMET)
    outcome = project.start("-n", "2", plugins=("xdist.plugin",))
    assert outcome.outcomes == {"passed": 1, "failed": 1}
    lines = outcome.failure("test_unmet").splitlines()
    assert lines[0].startswith("[gw")
    assert "\n".join(lines[1:]) == UNMET


def test_xdist_and_mistakes(project):
    """A wrong marker fails its own test in the workers too."""
    project.tests(WRONG + OTHER)
    outcome = project.start("-n", "2", plugins=("xdist.plugin",))
    assert outcome.outcomes == {"passed": 1, "errors": 1}
    assert (
        "@pytest.mark.expects_code(401065): catalog 'ltp' documents no code 401065\n"
        in outcome.error("test_wrong")
    )


def test_rerunfailures(project):
    """A test that is run again is judged by what it saw in that run alone."""
    project.tests("""
        RUNS = []

        @pytest.mark.expects_code(401009, times=1)
        def test_flaky(errcodes):
            errcodes.reply(401009)
            RUNS.append(1)
            for _ in range(3 - len(RUNS)):
                with pytest.raises(ApiError):
                    place_order()
    """)
    outcome = project.run("--reruns", "3", plugins=("pytest_rerunfailures",))
    assert outcome.outcomes == {"passed": 1, "rerun": 1}


def test_randomly(project):
    """In any order, each test is judged by its own expectations."""
    project.tests("""
        @pytest.mark.every_code("trading", "!401000-401010")
        def test_code(errcodes, error_code):
            errcodes.reply(error_code, *error_code.template.sample)
            place_order()

        @pytest.mark.expects_code(401009)
        @pytest.mark.xfail(strict=True)
        @pytest.mark.parametrize("number", range(10))
        def test_unmet(number):
            pass
    """)
    outcome = project.run(plugins=("pytest_randomly",))
    assert set(outcome.outcomes) == {"passed", "xfailed"}
    assert outcome.outcomes["xfailed"] == 10


def test_run_parallel(project):
    """pytest-run-parallel runs a test of ours once: each run would count for the others."""
    project.file(
        "conftest.py",
        """
        def pytest_addoption(parser):
            parser.addoption("--parallel-threads", type=int, default=1)

        def pytest_configure(config):
            for line in ("thread_unsafe: not to run in threads", "iterations(n): how often"):
                config.addinivalue_line("markers", line)

        def pytest_collection_finish(session):
            for item in session.items:
                marks = [(mark.name, mark.args, mark.kwargs) for mark in item.own_markers]
                print(item.name, marks)
        """,
    )
    project.tests("""
        def test_ours(errcodes):
            pass

        def test_other():
            pass
    """)
    lines = project.run("--parallel-threads=2", "-s").text.splitlines()
    reason = "{'reason': 'pytest-errcodes judges one run of it at a time'}"
    assert "test_other []" in lines
    assert f"test_ours [('iterations', (1,), {{}}), ('thread_unsafe', (), {reason})]" in lines


# -- options ---------------------------------------------------------------------------------


def test_last_failed(project):
    """--lf runs the unmet and the wrong again, and nothing else."""
    project.tests(MET_AND_UNMET + WRONG)
    project.run()
    assert project.run("--lf", "-v").results() == {"test_unmet": "FAILED", "test_wrong": "ERROR"}


@pytest.mark.parametrize("option", ["-x", "--maxfail=1"])
def test_stopping_at_the_first_failure(project, option):
    """An unmet expectation and a wrong marker stop the run like any failure."""
    project.tests(WRONG + OTHER)
    outcome = project.run(option)
    assert outcome.outcomes == {"errors": 1}


@pytest.mark.parametrize("style", ["auto", "long", "short", "native"])
def test_styles_of_tracebacks(project, style):
    """A verdict has no traceback in any style."""
    project.tests(MET_AND_UNMET)
    assert project.run(f"--tb={style}").failure("test_unmet") == UNMET


def test_no_tracebacks(project):
    """With --tb=no the summary alone tells of a verdict."""
    project.tests(MET_AND_UNMET)
    outcome = project.run("--tb=no")
    assert outcome.failures() == []
    assert outcome.section("short test summary info") == (
        "FAILED test_orders.py::test_unmet - Failed: expected code 401009 was not seen"
    )


def test_line_style_points_to_the_test(project):
    """With --tb=line a verdict has the place of its test, not of the plugin."""
    project.tests(MET_AND_UNMET)
    place = f"{project.path / 'test_orders.py'}:7: Failed: expected code 401009 was not seen"
    assert place in project.run("--tb=line").text.splitlines()


def test_summary_lines(project):
    """The lines of -v and the summary name the fault in a few words."""
    project.tests(MET_AND_UNMET + WRONG)
    outcome = project.run("-v", "-rA", "--show-capture=no")
    assert outcome.results() == {
        "test_met": "PASSED",
        "test_unmet": "FAILED",
        "test_wrong": "ERROR",
    }
    assert set(outcome.section("short test summary info").splitlines()) == {
        "PASSED test_orders.py::test_met",
        "FAILED test_orders.py::test_unmet - Failed: expected code 401009 was not seen",
        (
            "ERROR test_orders.py::test_wrong - @pytest.mark.expects_code(401065): catalog 'ltp' "
            "documents no ..."
        ),
    }


def test_quiet(project):
    """With -q there is a letter for each test, as ever."""
    project.tests(MET_AND_UNMET)
    outcome = project.run("-q")
    assert outcome.text.splitlines()[0].split() == [".F", "[100%]"]
    assert outcome.failure("test_unmet") == UNMET


def test_findings_without_captured_output(project):
    """--show-capture=no hides what the test printed, and not what the router found."""
    project.tests("""
        def test_order(errcodes):
            print(str(6 * 7))
            errcodes.reply(401009)
            assert False
    """)
    text = project.run("--show-capture=no").failure("test_order")
    assert text.endswith("\n--- errcodes ---\nno request reached the route for any request")
    assert "42" not in text


def test_junitxml(project):
    """The report for CI holds the whole texts."""
    project.tests(MET_AND_UNMET + WRONG)
    project.run("--junitxml=report.xml")
    cases = {
        case.get("name"): case for case in ET.parse(project.path / "report.xml").iter("testcase")
    }
    failure, error = cases["test_unmet"].find("failure"), cases["test_wrong"].find("error")
    assert cases["test_met"].find("failure") is None
    assert failure.text == UNMET
    assert failure.get("message") == f"Failed: {UNMET}"
    assert error.text.startswith("@pytest.mark.expects_code(401065): catalog 'ltp' documents no")


DEBUGGER = """
    import pdb

    class Recorder(pdb.Pdb):
        def interaction(self, frame, traceback):
            traceback = getattr(traceback, "__traceback__", traceback)
            stack, index = self.get_stack(frame, traceback)
            print("debugger in", stack[index][0].f_code.co_name)
"""


@pytest.mark.parametrize(
    ("body", "function"),
    [
        ("place_order(transport=answer(401009))", None),
        ("place_order(transport=answer(401018, 'Order not found'))", "checked"),
        ("1 / 0", "test_order"),
    ],
)
def test_debugger(project, body, function):
    """--pdb opens where a test went wrong, and not for an exception that was expected."""
    project.file("debugger.py", DEBUGGER)
    project.tests(f"""
        @pytest.mark.expects_code(401009)
        def test_order():
            {body}
    """)
    text = project.run("--pdb", "--pdbcls=debugger:Recorder").text
    opened = [line for line in text.splitlines() if line.startswith("debugger in")]
    assert opened == ([] if function is None else [f"debugger in {function}"])


# -- marks -----------------------------------------------------------------------------------


MET = """
    @pytest.mark.{mark}
    @pytest.mark.expects_code(401009)
    def test_order(errcodes):
        errcodes.reply(401009)
        place_order()
"""
UNMET_BY_NOTHING = """
    @pytest.mark.{mark}
    @pytest.mark.expects_code(401009)
    def test_order():
        pass
"""
#: A mark, what it makes of an expectation that is met, and of one that is not.
MARKS = {
    "xfail": ("xpassed", "xfailed"),
    "xfail(strict=True)": ("failed", "xfailed"),
    "xfail(raises=ApiError)": ("xpassed", "failed"),
    "xfail(run=False)": ("xfailed", "xfailed"),
    "skip": ("skipped", "skipped"),
    "skipif(True, reason='x')": ("skipped", "skipped"),
}


def test_marks_of_pytest(project):
    """A test that meets its expectation has passed, and one that does not has failed."""
    rows, words = {}, {}
    for mark, (met, unmet) in MARKS.items():
        rows[mark, "met"], words[mark, "met"] = MET.format(mark=mark), {met: 1}
        rows[mark, "unmet"], words[mark, "unmet"] = UNMET_BY_NOTHING.format(mark=mark), {unmet: 1}
    assert {row: one.outcomes for row, one in project.run_rows(rows).items()} == words


def test_wrong_marker_is_an_error_all_the_same(project):
    """No mark of pytest hides a marker that goes wrong."""
    marks = ("xfail", "xfail(strict=True)", "xfail(run=False)", "skip")
    rows = {
        mark: f"""
        @pytest.mark.{mark}
        @pytest.mark.expects_code(401065)
        def test_wrong():
            pass
        """
        for mark in marks
    }
    ended = {mark: row.outcomes for mark, row in project.run_rows(rows).items()}
    assert ended == {mark: {"errors": 1} for mark in marks}


def test_skipping_inside(project):
    """A test that skips itself is skipped, whatever it saw before."""
    leaving = (
        "pytest.skip('later')",
        "pytest.importorskip('no_such_module')",
        "import unittest; raise unittest.SkipTest('later')",
    )
    rows = {
        line: f"""
        @pytest.mark.expects_code(401009)
        def test_order(errcodes):
            errcodes.reply(401018)
            swallow_order()
            {line}
        """
        for line in leaving
    }
    assert project.run_rows(rows) == dict.fromkeys(leaving, Row({"skipped": 1}))


def test_expected_failure_inside(project):
    """pytest.xfail() ends a test as ever."""
    project.tests("""
        @pytest.mark.expects_code(401009)
        def test_order(errcodes):
            pytest.xfail("known")
    """)
    assert project.run().outcomes == {"xfailed": 1}


def test_interrupt(project):
    """Ctrl-C ends the run, and no verdict is told."""
    project.tests("""
        @pytest.mark.expects_code(401009)
        def test_order(errcodes):
            raise KeyboardInterrupt
    """)
    outcome = project.start()
    assert outcome.ret == 2
    assert "was not seen" not in outcome.text
