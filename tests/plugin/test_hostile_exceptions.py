"""Exceptions whose classes and depth nobody expects: they stay what they are to their test."""

from __future__ import annotations

_BROKEN = """
    class Broken(Exception):
        def __getattribute__(self, name):
            raise RuntimeError("no attributes")

    class Two(Exception):
        def __eq__(self, other):
            raise RuntimeError("no comparing")
        __hash__ = None

    @pytest.mark.expects_code(401009)
    @pytest.mark.parametrize("kind", [Broken, Two])
    def test_caught_by_a_block(kind):
        with pytest.raises(kind):
            raise kind()

    @pytest.mark.expects_code(401009)
    @pytest.mark.parametrize("kind", [Broken, Two])
    def test_caught_by_a_clause(kind):
        try:
            raise kind()
        except kind as error:
            caught = error
        assert caught is not None
"""


def test_exception_that_cannot_be_read(project):
    """One that a test catches carries no code, and fails its test in words."""
    project.tests(_BROKEN)
    outcome = project.run()
    assert outcome.outcomes == {"failed": 4}
    for name in ("test_caught_by_a_block[Broken]", "test_caught_by_a_clause[Two]"):
        text = outcome.failure(name)
        assert "expected code 401009 was not seen" in text
        assert "RuntimeError" not in text


def test_exception_that_cannot_be_read_in_a_harvest(project):
    """It has no facts to keep, and its test ends as it would without the harvest."""
    project.tests("""
        class Broken(Exception):
            def __getattribute__(self, name):
                raise RuntimeError("no attributes")

        def test_caught_by_a_block():
            with pytest.raises(Broken):
                raise Broken()
    """)
    assert project.run("--errcodes-harvest=draft.toml").outcomes == {"passed": 1}


def test_deep_group(project):
    """A group of ten thousand levels is read to its end."""
    project.tests("""
        def make_group(member):
            for _ in range(10_000):
                member = ExceptionGroup("group", [member])
            return member

        @pytest.mark.expects_code(401009)
        def test_with_a_code():
            with pytest.raises(ExceptionGroup):
                raise make_group(ValueError("code 401009: clientOrderId already exists"))

        @pytest.mark.expects_code(401009)
        def test_without_one():
            with pytest.raises(ExceptionGroup):
                raise make_group(ValueError("no"))
    """)
    outcome = project.run()
    assert outcome.outcomes == {"passed": 1, "failed": 1}
    assert "expected code 401009 was not seen" in outcome.failure("test_without_one")


def test_class_whose_name_forges_a_line(project):
    """The note on an exception without a code stays on its line."""
    project.tests(r"""
        Forged = type("E\x1b[31m\n1 passed\u202e", (Exception,), {})

        def test_order():
            with raises_code(401009):
                raise Forged
    """)
    text = project.run().failure("test_order")
    forged = r"E\x1b[31m\n1 passed\u202e"
    assert f"expected 401009; no code was received; {forged} carries none" in text
