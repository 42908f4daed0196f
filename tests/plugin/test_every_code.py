"""The marker ``every_code``: which codes it selects, and what it makes of a test."""

from __future__ import annotations

ALL_OF_FEES = ["401700", "401701", "401702"]
STRINGS = """
    name = "cards"

    [envelope]
    code_type = "string"
    success = ["00000"]

    [sections.payment]
    title = "Payment"
    [sections.payment.codes]
    "51008" = "Insufficient balance"
    card_declined = { message = "Declined: %s", tags = ["final"] }
    "-1121" = "Invalid symbol"
"""


def collected(project, *arguments):
    """Return the ids of the tests that are collected."""
    lines = project.run("--collect-only", "-q", *arguments).text.splitlines()
    return [line.partition("::")[2] for line in lines if "::" in line and line[0] != " "]


def ids(project, marker):
    """Return the ids that a marker gives a test."""
    project.tests(f"""
        {marker}
        def test_code(error_code):
            pass
    """)
    return [name.removeprefix("test_code[").removesuffix("]") for name in collected(project)]


#: Selectors, and the ids of the tests that they make.
SELECTED = {
    "401009": ["401009"],
    "'401009', 401018": ["401009", "401018"],
    "401018, 401009": ["401009", "401018"],
    "'401009-401012'": ["401009", "401010", "401011", "401012"],
    "'40100x', '!401002-401009'": ["401000", "401001"],
    "'!4xxxxx', '!60xxxx', '!10xxxx', '!4000-7000'": ["500", "501", "2000", "2001", "2002"],
}


def test_selectors(project):
    """The codes of a selection come in document order, under their numbers as ids."""
    project.tests(
        "\n".join(
            f"""
        @pytest.mark.every_code({selectors})
        def test_{number}(error_code):
            pass
    """
            for number, selectors in enumerate(SELECTED)
        )
    )
    assert collected(project) == [
        f"test_{number}[{code}]" for number, codes in enumerate(SELECTED.values()) for code in codes
    ]


def test_all_codes(project):
    """Without a selector, each code of the catalog is selected."""
    assert len(ids(project, "@pytest.mark.every_code()")) == 252


def test_bare_marker(project):
    """The marker needs no parentheses to select every code."""
    assert len(ids(project, "@pytest.mark.every_code")) == 252


def test_several_markers(project):
    """Markers of function, class and module select together, each code once, in document order."""
    project.tests("""
        pytestmark = pytest.mark.every_code(401009)

        @pytest.mark.every_code(401018, 401009)
        class TestCodes:
            @pytest.mark.every_code(401000)
            def test_code(self, error_code):
                pass
    """)
    assert collected(project) == [
        f"TestCodes::test_code[{code}]" for code in (401000, 401009, 401018)
    ]


def test_with_other_parameters(project):
    """The codes combine with other parameters, as two parametrizations do."""
    project.tests("""
        @pytest.mark.every_code(401009, 401018)
        @pytest.mark.parametrize("side", ["BUY", "SELL"])
        def test_code(error_code, side):
            pass
    """)
    assert sorted(collected(project)) == [
        "test_code[401009-BUY]",
        "test_code[401009-SELL]",
        "test_code[401018-BUY]",
        "test_code[401018-SELL]",
    ]


def test_code_reaches_a_fixture(project):
    """A fixture may take the code for the test."""
    project.tests("""
        @pytest.fixture
        def failing(errcodes, error_code):
            errcodes.reply(error_code, *error_code.template.sample)

        @pytest.mark.every_code("fees")
        def test_code(failing):
            place_order()
    """)
    assert set(project.run().outcomes) == {"passed"}


def test_each_code_is_expected(project):
    """Each test expects its code without a marker of its own."""
    project.tests("""
        @pytest.mark.every_code(401009, 401018)
        def test_code(errcodes, error_code):
            errcodes.reply(401009)
            with pytest.raises(ApiError):
                place_order()
    """)
    outcome = project.run()
    assert outcome.outcomes == {"passed": 1, "failed": 1}
    assert outcome.failure("test_code[401018]") == (
        "expected code 401018 was not seen\n"
        "  expected  401018  Order not found\n"
        "  seen      401009  clientOrderId already exists\n"
        "                    received from POST https://api.test/order\n"
        "  seen      401009  clientOrderId already exists\n"
        "                    surfaced: raised as ApiError at client.py:24, from test_orders.py:6"
    )


def test_expects_nothing(project):
    """With expects=False the codes are only parameters."""
    project.tests("""
        @pytest.mark.every_code(401009, expects=False)
        def test_code(error_code):
            assert (error_code.code, error_code.message) == (401009, "clientOrderId already exists")
    """)
    assert project.run().outcomes == {"passed": 1}


def test_expects_if_one_marker_does(project):
    """A code that two markers select is expected if one of them says so."""
    project.tests("""
        @pytest.mark.every_code(401009, 401018, expects=False)
        @pytest.mark.every_code(401009)
        def test_code(error_code):
            pass
    """)
    assert project.run("-v").results() == {
        "test_code[401009]": "FAILED",
        "test_code[401018]": "PASSED",
    }


def test_all_codes_of_the_catalog_can_be_simulated(project):
    """One test proves each of the 252 codes."""
    project.tests("""
        @pytest.mark.every_code
        def test_code(errcodes, error_code):
            errcodes.reply(error_code, *error_code.template.sample)
            place_order()
    """)
    assert project.run().outcomes == {"passed": 252}


def test_catalog_of_texts(project):
    """Codes that are texts or negative serve as ids, selectors and expectations alike."""
    project.file("cards.toml", STRINGS)
    project.tests("""
        pytestmark = pytest.mark.errcodes(catalog="cards.toml")

        @pytest.mark.every_code("*")
        def test_code(errcodes, error_code):
            errcodes.reply(error_code, *error_code.template.sample)
            place_order()

        @pytest.mark.every_code("final", "-1121")
        def test_some(errcodes, error_code):
            errcodes.reply(error_code, *error_code.template.sample)
            place_order()
    """)
    results = project.run("-v").results()
    assert results == dict.fromkeys(
        [
            "test_code[51008]",
            "test_code[card_declined]",
            "test_code[-1121]",
            "test_some[card_declined]",
            "test_some[-1121]",
        ],
        "PASSED",
    )


def test_wrong_selector_fails_its_own_test(project):
    """A selector that picks nothing fails one test at its setup, and no other."""
    project.tests("""
        @pytest.mark.every_code("tradin")
        def test_code(error_code):
            pass

        def test_other():
            pass
    """)
    outcome = project.run()
    assert outcome.outcomes == {"passed": 1, "errors": 1}
    assert outcome.error("test_code[unknown-selector]").splitlines()[:2] == [
        "@pytest.mark.every_code('tradin'): selector 'tradin' picks nothing in catalog 'ltp'",
        "  nearest: trading",
    ]


def test_one_code_is_run_by_its_id(project):
    """The id of a code names its test on the command line."""
    project.tests("""
        @pytest.mark.every_code("trading", expects=False)
        def test_code(error_code):
            pass
    """)
    assert project.run("test_orders.py::test_code[401009]").outcomes == {"passed": 1}


def test_same_order_in_each_worker(project):
    """Workers of xdist collect the same tests in the same order, which they must."""
    project.tests("""
        @pytest.mark.every_code("trading", expects=False)
        def test_code(error_code):
            pass
    """)
    outcome = project.start("-n", "2", plugins=("xdist.plugin",))
    assert set(outcome.outcomes) == {"passed"}
    assert outcome.ret == 0
