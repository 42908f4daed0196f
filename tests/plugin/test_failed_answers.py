"""Functions that answer for a route and raise: on purpose, or because something in them failed."""

from __future__ import annotations

FAKE = """
def refuse(request):
    raise ValueError("no such order")
"""
TESTS = """
    def test_order(errcodes):
        from {module} import refuse

        def answer(request):
            refuse(request)

        errcodes.post(URL).mock(side_effect=answer)
        with pytest.raises(Exception):
            place_order()
"""


def test_helper_in_its_folder(project):
    """What a helper beside the function raises is the client's to handle."""
    project.file("fake_server.py", FAKE)
    project.tests(TESTS.format(module="fake_server"))
    assert project.run().outcomes == {"passed": 1}


def test_helper_elsewhere(project):
    """What is raised in code of another folder, the function stumbles over."""
    project.file("library/server_parts.py", FAKE)
    project.file("library/__init__.py", "")
    project.tests(TESTS.format(module="library.server_parts"))
    outcome = project.run()
    assert outcome.failure("test_order") == (
        "answer at test_orders.py:6, which answers POST https://api.test/order, failed, "
        "and the test passed all the same: ValueError: no such order\n"
        "hint: the client caught it: let the function keep the request, "
        "and assert below the client's call"
    )
    assert outcome.outcomes == {"failed": 1}
