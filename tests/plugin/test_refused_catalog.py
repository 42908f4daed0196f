"""A catalog that is refused: its mistakes are told once in a run, and each test points there."""

from __future__ import annotations

import pytest

#: 300 codes that are texts, and three other mistakes.
BROKEN = "\n".join(
    (
        "titel = 'x'",
        "[sections.a]",
        "label = 1",
        "[sections.a.codes]",
        *tuple(f'E{number} = "Error {number}"' for number in range(299)),
        'E299 = ""',
    )
)
POINTER = 'errcodes_catalog = broken.toml: 4 mistakes, told under "a catalog that cannot be used"'
HEADING = "errcodes: a catalog that cannot be used"


def whole(project):
    """Return all that is wrong with the catalog, in lines."""
    path = f"{project.path}/broken.toml"
    return [
        "errcodes_catalog = broken.toml:",
        f"{path}:1: titel: unknown field; did you mean title?",
        f'{path}:3: sections.a.label: is an integer, and must be a text; write label = "4010xx"',
        (
            f"{path}:5: sections.a.codes.E0: 300 of 300 codes are no integers, this one first, and "
            'without code_type each must be one; write code_type = "string" under [envelope]'
        ),
        (
            f"{path}:304: sections.a.codes.E299: the message is empty; write the message of the "
            "document"
        ),
    ]


@pytest.fixture
def broken(project):
    """Return a project whose catalog is refused."""
    project.ini("errcodes_catalog = broken.toml")
    project.file("broken.toml", BROKEN)
    return project


MARKED = """
    @pytest.mark.parametrize("number", range(25))
    @pytest.mark.expects_code("E1")
    def test_marked(number):
        pass
"""
FIXTURES = """
    @pytest.mark.parametrize("number", range(25))
    def test_catalog(errcode_catalog, number):
        pass

    @pytest.mark.parametrize("number", range(5))
    def test_routes(errcodes, number):
        pass

    @pytest.mark.parametrize("number", range(5))
    def test_assertion(number):
        assert_code({"code": "E1", "message": "Error 1"}, "E1")
"""


def test_told_at_collection(broken):
    """What a marker needs is told before any test runs, and nowhere else."""
    broken.tests(MARKED + FIXTURES)
    outcome = broken.run()
    assert outcome.outcomes == {"failed": 5, "errors": 55}
    lines = outcome.text.splitlines()
    start = lines.index("errcodes: 25 tests will fail for a catalog that cannot be used")
    told = [f"    {line}" for line in whole(broken)]
    assert lines[start + 1 : start + 7] == ["  test_orders.py::test_marked[0] and 24 more", *told]
    assert outcome.error("test_marked[7]") == POINTER
    assert outcome.error("test_catalog[7]") == POINTER
    assert outcome.error("test_routes[3]") == POINTER
    assert outcome.failure("test_assertion[3]").splitlines()[-3:] == [
        f"E       pytest_errcodes.ErrcodesUsageError: {POINTER}",
        "",
        "test_orders.py:17: ErrcodesUsageError",
    ]
    assert outcome.text.count("E299") == 1
    assert HEADING not in outcome.text


def test_told_at_the_end(broken):
    """What only fixtures and assertions need is told at the end of the run, once."""
    broken.tests(FIXTURES)
    outcome = broken.run()
    assert outcome.outcomes == {"failed": 5, "errors": 30}
    assert outcome.section(HEADING).splitlines() == whole(broken)
    assert outcome.error("test_catalog[24]") == POINTER
    assert outcome.text.count("E299") == 1


def test_told_by_the_controller_of_xdist(broken):
    """Under xdist no worker is heard at collection, so all is told at the end, once."""
    broken.tests(MARKED + FIXTURES)
    outcome = broken.start("-n2", plugins=("xdist",))
    assert outcome.outcomes == {"failed": 5, "errors": 55}
    assert outcome.section(HEADING).splitlines() == whole(broken)
    assert outcome.error("test_marked[7]").splitlines()[1:] == [POINTER]
    assert outcome.text.count("E299") == 1


def test_collect_only(broken):
    """--collect-only tells of it too."""
    broken.tests(MARKED)
    outcome = broken.run("--collect-only")
    assert "\n".join(f"    {line}" for line in whole(broken)) in outcome.text


def test_no_place_to_tell(broken):
    """Where no terminal shows what is told once, each test says all."""
    broken.file(
        "conftest.py",
        """
        def pytest_exception_interact(call):
            print(call.excinfo.value)
        """,
    )
    broken.tests("""
        def test_catalog(errcode_catalog):
            pass
    """)
    outcome = broken.run("-s", "-p", "no:terminal")
    assert outcome.text.splitlines() == whole(broken)


def test_two_catalogs(broken):
    """Each catalog is told of for itself, in front of its mistakes who asks for it."""
    broken.file("other.toml", "[sections.a.codes]\n1 = ''")
    broken.tests("""
        def test_own(errcode_catalog):
            pass

        @pytest.mark.parametrize("number", range(2))
        @pytest.mark.errcodes(catalog="other.toml")
        def test_other(number):
            pass
    """)
    outcome = broken.run()
    asks = "@pytest.mark.errcodes(catalog='other.toml')"
    assert outcome.error("test_other[1]") == (
        f'{asks}: a mistake, told under "a catalog that cannot be used"'
    )
    assert (
        "errcodes: 2 tests will fail for a catalog that cannot be used\n"
        "  test_orders.py::test_other[0] and 1 more\n"
        f"    {asks}:\n"
        f"    {broken.path}/other.toml:2: sections.a.codes.1: the message is empty; write the "
        "message of the document\n"
    ) in outcome.text
    assert outcome.section(HEADING).splitlines() == whole(broken)
