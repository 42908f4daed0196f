"""Markers on what is no test are told of, and nobody's helpers are taken for tests."""

from __future__ import annotations

import pytest
from ended_rows import PASSED


def test_marker_on_a_function(project):
    """A marked function that is no test fails where it stands, before it could run."""
    project.tests("""

        @pytest.mark.expects_code(401009)
        def check_order():
            raise SystemExit
    """)
    outcome = project.run("-v")
    assert outcome.results() == {"check_order": "ERROR"}
    assert outcome.error("check_order") == (
        "@pytest.mark.expects_code(401009) stands on check_order, which is not a test, so nothing "
        "checks it\n"
        "hint: move the marker to a test, or give check_order a name that pytest collects"
    )


def test_marker_on_a_helper_method(project):
    """A helper method of a test class is told of like a function."""
    project.tests("""
        class TestOrders:
            @pytest.mark.every_code("fees")
            def check(self):
                pass

            def test_order(self):
                pass
    """)
    assert project.run("-v").results() == {
        "TestOrders::check": "ERROR",
        "TestOrders::test_order": "PASSED",
    }


def test_marker_on_a_class(project):
    """A marked class whose name pytest does not collect loses its tests, and is told of."""
    project.tests("""
        @pytest.mark.expects_code(401009)
        class OrderTests:
            def test_order(self):
                pass
    """)
    assert project.run().error("OrderTests") == (
        "@pytest.mark.expects_code(401009) stands on OrderTests, which is not a test class, so "
        "nothing checks it\n"
        "hint: move the marker to a test class, or give OrderTests a name that pytest collects"
    )


def test_mistake_has_its_place(project):
    """The mistake is summed up at collection, and its item has the line of what is marked."""
    project.tests("""

        @pytest.mark.expects_code(401009)
        def check_order():
            pass
    """)
    project.file(
        "conftest.py",
        """
        def pytest_collection_finish(session):
            print("LINE", session.items[0].location[1] + 1)
        """,
    )
    text = project.run("--collect-only", "-s").text
    assert "LINE 3" in text
    assert "errcodes: 1 test will fail for a wrong marker\n  test_orders.py::check_order\n" in text


LEFT_ALONE = {
    "marked base class": """
        @pytest.mark.expects_code(401009)
        class Contract:
            def test_order(self):
                place_order(transport=answer(401009))

        class TestOrders(Contract):
            pass
        """,
    "marked method of a base class": """
        class Contract:
            @pytest.mark.expects_code(401009)
            def test_order(self):
                place_order(transport=answer(401009))

        class TestOrders(Contract):
            pass
        """,
    "other marker": """
        @pytest.mark.slow
        def helper():
            pass

        def test_order():
            pass
        """,
    "no test wanted": """
        @pytest.mark.expects_code(401009)
        class Disabled:
            __test__ = False

        def test_order():
            pass
        """,
}


def test_what_is_left_alone(project):
    """A base class hands its markers on, and what does not concern us is nobody's mistake."""
    ended = project.run_rows(LEFT_ALONE, "-W", "ignore")
    assert ended == dict.fromkeys(LEFT_ALONE, PASSED)


def test_imported_function(project):
    """A marked function that a module only imports is told of where it is defined, if anywhere."""
    project.file(
        "helpers.py",
        """
        import pytest

        @pytest.mark.expects_code(401009)
        def check_order():
            pass
        """,
    )
    project.tests("""
        from helpers import check_order

        def test_order():
            check_order()
    """)
    assert project.run().outcomes == {"passed": 1}


def test_one_mistake_is_not_two(project):
    """The markers of the module do not add a second mistake, and skip does not hide the first."""
    project.tests("""
        pytestmark = [pytest.mark.every_code("fees"), pytest.mark.skip]

        @pytest.mark.expects_code(401009)
        def check_order():
            pass
    """)
    outcome = project.run()
    assert outcome.outcomes == {"errors": 1}
    assert outcome.error("check_order").startswith("@pytest.mark.expects_code(401009) stands on")


def test_whatever_stands_for_marks(project):
    """A single mark of somebody else, or no mark at all, on what is no test is nobody's concern."""
    project.ini("markers = slow")
    rows = {
        marks: f"""
        class Base:
            pytestmark = {marks}

        class TestOrders:
            def test_order(self):
                pass

        def helper():
            pass

        helper.pytestmark = {marks}
        """
        for marks in ("pytest.mark.slow", "None", "'x'", "5", "('x', 1)")
    }
    assert project.run_rows(rows, "-W", "error") == dict.fromkeys(rows, PASSED)


def test_single_mark(project):
    """One of ours is told of in that form too."""
    project.tests("""
        class OrderTests:
            pytestmark = pytest.mark.expects_code(401009)
    """)
    assert "expects_code(401009) stands on OrderTests" in project.run().error("OrderTests")


@pytest.mark.parametrize("order", ["test_a.py test_b.py", "test_b.py test_a.py"])
def test_base_class_of_another_module(project, order):
    """A marked base class whose tests stand elsewhere is in force, whichever comes first."""
    project.tests(
        """
        @pytest.mark.expects_code(401009)
        class OrderContract:
            def test_order(self):
                assert_code({"code": 401009, "message": "clientOrderId already exists"}, 401009)
        """,
        "test_a.py",
    )
    project.file(
        "test_b.py",
        "from test_a import OrderContract\nclass TestHttp(OrderContract):\n    pass\n",
    )
    assert project.run(*order.split()).outcomes == {"passed": 1}


def test_another_name(project):
    """A marked function that pytest collects under another name is a test."""
    project.tests("""
        @pytest.mark.expects_code(401009)
        def check_order():
            assert_code({"code": 401009, "message": "clientOrderId already exists"}, 401009)

        test_order = check_order
    """)
    assert project.run().outcomes == {"passed": 1}
