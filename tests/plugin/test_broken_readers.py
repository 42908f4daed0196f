"""A hook ``pytest_errcodes_envelope`` that raises: its error is told, and hides no other."""

from __future__ import annotations

import pytest


@pytest.fixture
def broken(project):
    """Return a project whose hook raises."""
    project.file(
        "conftest.py",
        """
        def pytest_errcodes_envelope(obj):
            raise RuntimeError("no hook")
        """,
    )
    return project


def test_exception_that_ends_a_test(broken):
    """It stays the test's failure, with a note on what the hook raised."""
    broken.tests("""
        @pytest.mark.expects_code(401009)
        def test_order():
            raise ValueError("mine")
    """)
    outcome = broken.run()
    assert outcome.outcomes == {"failed": 1}
    text = outcome.failure("test_order")
    assert "ValueError: mine" in text
    assert "reading it by pytest_errcodes_envelope raised RuntimeError: no hook" in text
    assert "judgement.py" not in text


@pytest.mark.parametrize(
    "line",
    [
        "assert_code(BODY, 401009)",
        "assert BODY == IsCode(401009)",
    ],
)
def test_helper_that_asks(broken, line):
    """A helper that asks such a hook does not pass: the hook's own error fails the test."""
    broken.tests(f"""
        BODY = {{"code": 401009, "message": "clientOrderId already exists"}}
        def test_order():
            {line}
    """)
    outcome = broken.run()
    assert outcome.outcomes == {"failed": 1}
    assert "RuntimeError: no hook" in outcome.failure("test_order")
