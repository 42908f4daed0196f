"""A test that waits for one class and ends by another fails by itself, whatever code that has."""

from __future__ import annotations

import pytest

OTHER = "class OtherError(ApiError):\n    pass\n"
BLOCKS = {
    "pytest.raises": (
        "with pytest.raises(OtherError):\n    place_order()",
        "pytest.raises waits for OtherError",
    ),
    "one of several": (
        "with pytest.raises((KeyError, OtherError)):\n    place_order()",
        "pytest.raises waits for KeyError or OtherError",
    ),
    "assertRaises": (
        "import unittest\nwith unittest.TestCase().assertRaises(OtherError):\n    place_order()",
        "assertRaises waits for OtherError",
    ),
    "an except that asserts": (
        "try:\n    place_order()\nexcept OtherError as error:\n    assert error.code == 401009",
        "the except in line 10 waits for OtherError",
    ),
    "an except that is guarded": (
        "try:\n    place_order()\n    pytest.fail()\nexcept OtherError:\n    pass",
        "the except in line 11 waits for OtherError",
    ),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_waits_for_another_class(project, name):
    """The exception goes through as it is, and the text says what the test waits for."""
    body, awaited = BLOCKS[name]
    indented = "\n".join(f"    {line}" for line in body.splitlines())
    project.tests(
        f"\n{OTHER}\n@pytest.mark.expects_code(401009)\ndef test_order(errcodes):\n"
        f"    errcodes.reply(401009)\n{indented}\n"
    )
    outcome = project.run("--show-capture=no")
    (title,) = outcome.failures()
    *_, last = outcome.failure(title).splitlines()
    assert last == f"ApiError came, and {awaited}"


def test_waits_for_nothing(project):
    """An except that asserts nothing may let the exception pass."""
    project.tests(
        """
        @pytest.mark.expects_code(401009)
        def test_order(errcodes):
            errcodes.reply(401009)
            try:
                place_order()
            except httpx.ConnectError:
                pytest.skip("no network")
        """
    )
    assert project.run().outcomes == {"passed": 1}
