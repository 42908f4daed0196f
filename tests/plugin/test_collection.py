"""What is told of wrong markers when the tests are collected, before any runs."""

from __future__ import annotations


def summed_up(project, *arguments):
    """Return the lines that follow the number of collected tests."""
    lines = project.run(*arguments).text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("collected")) + 1
    return lines[start : lines.index("", start)]


UNKNOWN = [
    "    @pytest.mark.expects_code(401065): catalog 'ltp' documents no code 401065",
    "      nearest: 401064 No account found matching the specified criteria",
    "               401066 Can not find exchange account group",
    "      it would stand in section trading (Trading, 4010xx)",
    "    hint: check the number against the document, or add it to a catalog of your own",
]


def test_one_wrong_marker(project):
    """A wrong marker is told with its test."""
    project.tests("""
        @pytest.mark.expects_code(401065)
        def test_order():
            pass
    """)
    assert summed_up(project) == [
        "errcodes: 1 test will fail for a wrong marker",
        "  test_orders.py::test_order",
        *UNKNOWN,
    ]


def test_one_mistake_of_many_tests(project):
    """A mistake is told once, with the first of the tests that it fails."""
    project.tests("""
        @pytest.mark.expects_code(401065)
        class TestOrders:
            @pytest.mark.parametrize("side", ["BUY", "SELL"])
            def test_order(self, side):
                pass

            def test_other(self):
                pass
    """)
    assert summed_up(project) == [
        "errcodes: 3 tests will fail for a wrong marker",
        "  test_orders.py::TestOrders::test_order[BUY] and 2 more",
        *UNKNOWN,
    ]


def test_one_broken_catalog_of_many_markers(project):
    """A catalog that cannot be used is one mistake, whatever markers need it."""
    project.ini("errcodes_catalog = missing.toml")
    project.tests("""
        @pytest.mark.expects_code(401009)
        def test_order():
            pass

        @pytest.mark.every_code("trading")
        def test_code(error_code):
            pass
    """)
    assert summed_up(project) == [
        "errcodes: 2 tests will fail for a catalog that cannot be used",
        "  test_orders.py::test_order and 1 more",
        (
            "    errcodes_catalog = missing.toml: "
            f"catalog file {project.path}/missing.toml does not exist"
        ),
        f"    hint: there is no .toml file in {project.path}",
    ]


def test_markers_and_catalogs(project):
    """Where both go wrong, both are named."""
    project.tests("""
        @pytest.mark.expects_code(401065)
        def test_order():
            pass

        @pytest.mark.errcodes(catalog="missing.toml")
        @pytest.mark.expects_code(401009)
        def test_other():
            pass
    """)
    assert summed_up(project)[0] == (
        "errcodes: 2 tests will fail for a wrong marker or a catalog that cannot be used"
    )


def test_many_mistakes(project):
    """Beyond twenty mistakes, the rest is counted."""
    project.tests("""
        @pytest.mark.parametrize("code", [
            pytest.param(code, marks=pytest.mark.expects_code(code)) for code in range(1, 31)
        ])
        def test_order(code):
            pass
    """)
    lines = summed_up(project)
    assert lines[0] == "errcodes: 30 tests will fail for a wrong marker"
    assert lines[-1] == "  … and 10 other mistakes"


def test_no_mistake(project):
    """Where nothing is wrong, nothing is told."""
    project.tests("""
        @pytest.mark.expects_code(401009)
        def test_order(errcodes):
            errcodes.reply(401009)
            place_order()
    """)
    assert summed_up(project) == []


def test_deselected_tests_are_not_told(project):
    """What -k, -m or an id leave out is nobody's concern in this run."""
    project.tests("""
        @pytest.mark.expects_code(401065)
        def test_wrong():
            pass

        def test_right():
            pass
    """)
    assert summed_up(project, "-k", "right") == []


def test_collect_only(project):
    """--collect-only tells of wrong markers without running a test."""
    project.tests("""
        @pytest.mark.expects_code(401065)
        def test_order():
            pass
    """)
    outcome = project.run("--collect-only")
    assert "\n".join(UNKNOWN) in outcome.text
    assert outcome.ret == 0


def test_equal_numbers_of_other_types(project):
    """A marker is judged by the types of its values, not only by what they equal."""
    project.tests("""
        @pytest.mark.expects_code(401009, times=1)
        def test_good(errcodes):
            errcodes.reply(401009)
            place_order()

        @pytest.mark.expects_code(401009.0, times=1)
        def test_float():
            pass

        @pytest.mark.expects_code(401009, times=True)
        def test_bool():
            pass

        @pytest.mark.expects_code(401009)
        def test_alone():
            with raises_code(401009):
                raise ApiError(401009, "clientOrderId already exists")

        @pytest.mark.expects_code(401009.0)
        def test_float_alone():
            pass
    """)
    assert project.run().outcomes == {"passed": 2, "errors": 3}


def test_values_that_cannot_be_compared(project):
    """Whatever stands in a marker fails its own test, and never the collection."""
    project.tests("""
        class Odd:
            def __hash__(self):
                raise OSError("no hash")

            def __eq__(self, other):
                raise OSError("no ==")

            def __repr__(self):
                raise OSError("no repr")

        @pytest.mark.expects_code(Odd())
        def test_odd():
            pass

        @pytest.mark.expects_code(401009, params=Odd())
        def test_odd_option():
            pass

        def test_other():
            pass
    """)
    assert project.run().outcomes == {"passed": 1, "errors": 2}


def test_wrong_marker_that_comes_late(project):
    """A wrong marker that a fixture adds fails its test with the text, without a traceback."""
    project.tests("""
        @pytest.fixture
        def late(request):
            request.node.add_marker(pytest.mark.expects_code(True))

        def test_order(late):
            pass
    """)
    assert project.run().failure("test_order") == (
        "@pytest.mark.expects_code(True): catalog 'ltp' documents no code True: its codes are "
        "integers, and this is of type bool\n"
        "hint: write a code such as 400000"
    )


VALUES = {
    "a proxy": ("expects_code(401009, times=Proxy())", "RuntimeError: proxy"),
    "a path": ("errcodes(catalog=Path())", "RuntimeError: fspath"),
    "bytes": (
        "errcodes(catalog=Bytes())",
        "TypeError: catalog is b'x.toml', and must be a text",
    ),
}


RAISING = """
        class Proxy:
            @property
            def __class__(self):
                raise RuntimeError("proxy")

        class Path:
            def __fspath__(self):
                raise RuntimeError("fspath")

        class Bytes:
            def __fspath__(self):
                return b"x.toml"

        @pytest.mark.MARKER
        def test_order(errcodes):
            pass

        def test_other():
            pass
"""


def test_values_that_raise(project):
    """A value that raises whatever when it is looked at fails its own test, never the session."""
    rows = {title: RAISING.replace("MARKER", marker) for title, (marker, _) in VALUES.items()}
    for title, row in project.run_rows(rows).items():
        assert row.outcomes == {"passed": 1, "errors": 1}, title
        assert row.failures[0].endswith(
            f" has a value that cannot be read: {VALUES[title][1]}\n"
            "hint: give plain values: numbers and texts"
        ), title


def test_number_of_a_class_of_its_own(project):
    """It counts as the number that it is, whatever it says where it is compared."""
    project.tests("""
        class Number(int):
            def __lt__(self, other):
                raise RuntimeError("lt")

            __le__ = __gt__ = __ge__ = __eq__ = __lt__
            __hash__ = None

        @pytest.mark.expects_code(401009, times=Number(2))
        def test_order(errcodes):
            errcodes.reply(401009)
            place_order()
    """)
    assert project.run().failure("test_order").splitlines()[0] == (
        "code 401009 was received once, expected 2 times"
    )


def test_catalog_that_raises_for_every_code(project):
    """So does one that every_code would take its codes from."""
    project.tests("""
        class Path:
            def __fspath__(self):
                raise RuntimeError("fspath")

        @pytest.mark.errcodes(catalog=Path())
        @pytest.mark.every_code("trading")
        def test_order(error_code):
            pass

        def test_other():
            pass
    """)
    outcome = project.run()
    assert outcome.outcomes == {"passed": 1, "errors": 1}
    assert "has a value that cannot be read: RuntimeError: fspath" in outcome.error(
        "test_order[marker]"
    )


def test_catalog_with_an_endless_name(project):
    """A path that no system takes is told in words."""
    project.tests("""
        @pytest.mark.errcodes(catalog="x" * 5000 + ".toml")
        def test_order(errcodes):
            pass

        def test_other():
            pass
    """)
    outcome = project.run()
    assert outcome.outcomes == {"passed": 1, "errors": 1}
    assert outcome.error("test_order").endswith(
        " cannot be read: File name too long\nhint: check the path and its permissions"
    )


def test_values_of_classes_without_a_hash(project):
    """A class that cannot be hashed stands in a marker as any other, and ends no run."""
    project.tests("""
        class Meta(type):
            def __eq__(cls, other):
                return False

        class OrderError(Exception, metaclass=Meta):
            pass

        class Odd(metaclass=Meta):
            pass

        @pytest.mark.expects_code(401009, exception=OrderError)
        def test_class():
            raise OrderError("401009 clientOrderId already exists")

        @pytest.mark.parametrize("error_code", [401009])
        @pytest.mark.expects_code(argument="error_code", exception=OrderError)
        def test_row(error_code):
            raise OrderError("401009 clientOrderId already exists")

        @pytest.mark.expects_code(Odd())
        def test_odd():
            pass
    """)
    outcome = project.run()
    assert outcome.outcomes == {"passed": 2, "errors": 1}
    assert "its codes are integers, and this is of type Odd" in outcome.text
    assert "INTERNALERROR" not in outcome.text
