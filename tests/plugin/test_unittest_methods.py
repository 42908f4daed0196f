"""What is particular to methods of ``unittest.TestCase``."""

from __future__ import annotations

import pytest

needs_subtests = pytest.mark.skipif(
    not hasattr(pytest, "Subtests"), reason="needs the subtests of pytest 9"
)


def run(project, body, *arguments):
    """Run a test case whose routes answer with 401009."""
    indented = "\n".join(f"            {line}" for line in body.strip("\n").splitlines())
    project.tests(f"""
        import unittest

        class TestOrders(unittest.TestCase):
            @pytest.fixture(autouse=True)
            def routes(self, errcodes):
                errcodes.reply(401009)

{indented}
    """)
    return project.run("-v", *arguments)


def test_request_in_set_up_does_not_count(project):
    """What setUp asked is not what the test did."""
    outcome = run(
        project,
        """
def setUp(self):
    swallow_order()

@pytest.mark.expects_code(401009)
def test_order(self):
    pass
""",
    )
    assert outcome.failure("TestOrders.test_order") == (
        "expected code 401009 was not seen\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      nothing\n"
        "hint: a fixture saw 401009 before the test began, and only the test counts; "
        "assert what it gives the test: assert_code(error, 401009)"
    )


@pytest.mark.parametrize("method", ["setUp", "tearDown"])
def test_failure_around_the_test(project, method):
    """An exception of setUp or tearDown fails the test, whatever code it carries."""
    outcome = run(
        project,
        f"""
def {method}(self):
    place_order()

@pytest.mark.expects_code(401009)
def test_order(self):
    place_order()
""",
    )
    assert outcome.results() == {"TestOrders::test_order": "FAILED"}
    assert "client.ApiError: 401009 clientOrderId already exists" in outcome.text


def test_verdict_and_failing_tear_down(project):
    """Beside a verdict, tearDown still runs and its own failure is told."""
    outcome = run(
        project,
        """
def tearDown(self):
    print("torn down")

@pytest.mark.expects_code(401018)
def test_order(self):
    place_order()
""",
    )
    assert outcome.failure("TestOrders.test_order").endswith(
        "\n--- Captured stdout call ---\ntorn down"
    )


def test_skips_of_unittest(project):
    """Skips of unittest are skips."""
    outcome = run(
        project,
        """
@pytest.mark.expects_code(401009)
def test_inside(self):
    self.skipTest("later")

@unittest.skip("later")
@pytest.mark.expects_code(401009)
def test_above(self):
    pass

@pytest.mark.expects_code(401009)
@unittest.skip("later")
def test_below(self):
    pass
""",
    )
    assert outcome.outcomes == {"skipped": 3}


def test_expected_failure_of_unittest(project):
    """A verdict is a failure that unittest may expect."""
    outcome = run(
        project,
        """
@unittest.expectedFailure
@pytest.mark.expects_code(401018)
def test_fails(self):
    place_order()

@unittest.expectedFailure
@pytest.mark.expects_code(401009)
def test_passes(self):
    place_order()
""",
    )
    assert outcome.results() == {
        "TestOrders::test_fails": "XFAIL",
        "TestOrders::test_passes": "FAILED",
    }


def test_sub_tests(project):
    """A code that sub-tests saw is seen, and what a sub-test found fails its own part."""
    outcome = run(
        project,
        """
@pytest.mark.expects_code(401009, times=3)
def test_order(self):
    for number in range(3):
        with self.subTest(number=number):
            with self.assertRaises(ApiError):
                place_order()
""",
    )
    assert "FAILED" not in outcome.text
    assert "failed" not in outcome.outcomes


LEFT = """
@pytest.mark.expects_code(401009)
def test_order(self):
    with self.subTest(number=1):
        place_order()
"""
LEFT_OF_PYTEST = """
@pytest.mark.expects_code(401009)
def test_order(errcodes, subtests):
    errcodes.reply(401009)
    with subtests.test(number=1):
        place_order()
"""
HINT = (
    "hint: ApiError from line {} left a subtest, which failed with it: "
    "put raises_code or pytest.raises into the subtest"
)


@needs_subtests
def test_left_sub_test(project):
    """Where an exception left a sub-test, which fails with it, no client is said to swallow it."""
    outcome = run(project, LEFT)
    assert outcome.outcomes["failed"] == 2
    assert HINT.format(12) in outcome.text
    assert "swallowed" not in outcome.text


@needs_subtests
def test_left_subtest_of_pytest(project):
    """So it is where an exception left a subtest of pytest's."""
    project.tests(LEFT_OF_PYTEST)
    outcome = project.run()
    assert outcome.outcomes["failed"] == 2
    assert HINT.format(6) in outcome.text
    assert "swallowed" not in outcome.text


@needs_subtests
def test_block_entered_below_a_sub_test(project):
    """A block that is entered after a subtest has ended was not forgotten."""
    project.tests("""
        def test_order(errcodes, subtests):
            errcodes.reply(401009)
            refused = raises_code(401009)
            with subtests.test(number=1):
                assert refused is not None
            with refused:
                place_order()
    """)
    assert "failed" not in project.run().outcomes


def test_instance_is_the_tests_own(project):
    """What the method leaves on its instance is there in tearDown."""
    outcome = run(
        project,
        """
def tearDown(self):
    assert self.order == "placed"

@pytest.mark.expects_code(401009)
def test_order(self):
    self.order = "placed"
    place_order()
""",
    )
    assert outcome.outcomes == {"passed": 1}


def test_reruns(project):
    """A method that is run again is judged again, on a new instance."""
    project.tests("""
        import unittest

        RUNS = []

        class TestOrders(unittest.TestCase):
            @pytest.mark.expects_code(401009)
            def test_order(self):
                assert not hasattr(self, "used")
                self.used = True
                RUNS.append(1)
                if len(RUNS) == 3:
                    raise ApiError(401009, "clientOrderId already exists")
    """)
    outcome = project.run("--reruns", "2", plugins=("pytest_rerunfailures",))
    assert outcome.outcomes == {"passed": 1, "rerun": 2}


def test_every_code_has_no_effect(project):
    """A unittest method takes no arguments, so its marker is a mistake that is told."""
    project.tests("""
        import unittest

        class TestOrders(unittest.TestCase):
            @pytest.mark.every_code("fees")
            def test_order(self):
                pass
    """)
    assert project.run().error("TestOrders.test_order") == (
        "@pytest.mark.every_code('fees') has no effect: a unittest method takes no arguments\n"
        "hint: make the test a function, or a method of a plain class"
    )
