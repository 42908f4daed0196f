"""Tests that stand in another file than the one they are collected from."""

from __future__ import annotations

BASE = """
from client import *

def refuse():
    try:
        place_order()
    except ApiError:
        return
    raise AssertionError("nothing was raised")

def swallow():
    try:
        place_order()
    except ApiError:
        pass

class Base:
    @pytest.mark.expects_code(401009)
    def test_right(self, errcodes):
        errcodes.reply(401009)
        refuse()

    @pytest.mark.expects_code(401009)
    def test_wrong(self, errcodes):
        errcodes.reply(401009)
        swallow()

    @pytest.mark.expects_code(401009)
    def test_below(self, errcodes):
        route = errcodes.reply(401009)
        place_order()
        assert route.call_count == 2

@pytest.mark.expects_code(401009)
def test_imported(errcodes):
    errcodes.reply(401009)
    refuse()
"""
ENDED = {
    "TestOrders::test_right": "PASSED",
    "TestOrders::test_wrong": "FAILED",
    "TestOrders::test_below": "FAILED",
    "test_imported": "PASSED",
}


def test_inherited_and_imported(project):
    """The helpers of a test are those of the file that it was written in."""
    project.file("shared_orders.py", BASE)
    project.tests("""
        from shared_orders import Base, test_imported

        class TestOrders(Base):
            pass
    """)
    assert project.run("-v").results() == ENDED


def test_overridden(project):
    """What stands below the call of the inherited test is part of the test."""
    project.file("shared_orders.py", BASE)
    project.tests("""
        from shared_orders import Base

        class TestOrders(Base):
            def test_right(self, errcodes):
                with raises_code(401009):
                    super().test_below(errcodes)
                assert errcodes.calls.call_count == 1

            @pytest.mark.expects_code(401009)
            def test_below(self, errcodes):
                super().test_below(errcodes)
                assert errcodes.calls.call_count == 2

            test_wrong = None
    """)
    assert project.run("-v").results() == {
        "TestOrders::test_right": "PASSED",
        "TestOrders::test_below": "FAILED",
    }
