"""The class of an exception: ``exception=`` on the markers, and what a catalog says."""

from __future__ import annotations

import re

import pytest

CATALOG = """
    extends = "ltp"
    [sections.trading]
    exception = "OrderError"
    [sections.trading.codes]
    401018 = { exception = "client.MissingError" }
"""
CLIENT = """

class OrderError(ApiError):
    pass


class MissingError(OrderError):
    pass


class AuthError(Exception):
    pass


def order(kind, *arguments):
    body = httpx.post(URL).json()
    raise kind(*(arguments or (body["code"], body["message"])))
"""


def write_test(mark, body, arguments="errcodes"):
    """Return a module of one test."""
    indented = "\n".join(f"            {line}" for line in body.splitlines())
    return f"""
        {mark and "@pytest.mark." + mark}
        def test_order({arguments}):
{indented}
        """


def read_text(row):
    """Return the text that a test fails with, without lines of the client, or None."""
    if row.outcomes.keys() == {"passed"}:
        return None
    return re.sub(r"(client\.py):\d+", r"\1", row.failures[0])


@pytest.fixture
def run_all(project):
    """Return a function that runs tests of a marker, a body and perhaps arguments in one run.

    It returns the text that each of them fails with, if it does.
    """
    text = (project.path / "client.py").read_text("utf-8")
    project.file("client.py", text + CLIENT)
    project.file("named.toml", CATALOG)

    def run_all(*tests):
        rows = {test: write_test(*test) for test in tests}
        ended = project.run_rows(rows, "--show-capture=no", "--tb=short")
        return {test: read_text(row) for test, row in ended.items()}

    return run_all


@pytest.fixture
def run(run_all):
    """Return a function that runs one test, and returns the text it fails with, if it does."""

    def run(*test):
        return run_all(test)[test]

    return run


@pytest.fixture
def named(run, project):
    """Return the same, where the catalog names classes."""
    project.ini("errcodes_catalog = named.toml")
    return run


@pytest.fixture
def all_named(run_all, project):
    """Return the same for several tests."""
    project.ini("errcodes_catalog = named.toml")
    return run_all


def raised_as(wanted, came, place, code=401009, hint=""):
    """Return the text of a test whose code was raised as another class."""
    message = {401009: "clientOrderId already exists", 401018: "Order not found"}[code]
    return (
        f"expected {code} raised as {wanted}, came as {came}\n"
        f"  expected  {code}  {message}\n"
        f"{hint}"
        f"{place}"
    )


ORDER = "errcodes.reply(401009)\norder(OrderError)"
API = "errcodes.reply(401009)\norder(ApiError)"
CAUGHT = "errcodes.reply(401009)\nwith pytest.raises(ApiError):\n    order({})"
AT = "raised as ApiError at client.py, from test_orders.py:5"


RIGHT = [
    ("expects_code(401009, exception=OrderError)", ORDER),
    ("expects_code(401009, exception=ApiError)", ORDER),
    ("expects_code(401009, exception=(AuthError, OrderError))", ORDER),
    ("expects_code(401009, exception='OrderError')", ORDER),
    ("expects_code(401009, exception='client.ApiError')", ORDER),
    ("expects_code(401009, exception=(AuthError, 'OrderError'))", ORDER),
    ("expects_code(401009, exception=None)", ORDER),
    ("expects_code(401009, exception=OrderError)", CAUGHT.format("OrderError")),
    (
        "expects_code(401009, exception=OrderError)",
        "errcodes.reply(401009)\nwith raises_code(401009):\n    order(OrderError)",
    ),
    (
        "expects_code(401009, exception=OrderError, surfaced=None)",
        ("errcodes.reply(401009)\nswallow_order()"),
    ),
    (
        "expects_code(401009, 401018, exception=OrderError)",
        (
            "errcodes.reply(401009).then(401018)\n"
            "with pytest.raises(OrderError):\n    order(OrderError)\norder(MissingError)"
        ),
    ),
]


def test_class_is_right(run_all):
    """A test passes whose exception is of the class, by itself or by its name."""
    assert run_all(*RIGHT) == dict.fromkeys(RIGHT)


#: Options of markers, tests that do not meet them, and what they are told.
WRONG = [
    ("exception=OrderError", API, raised_as("OrderError", "ApiError", AT)),
    ("exception='OrderError'", API, raised_as("OrderError", "ApiError", AT)),
    (
        "exception=(OrderError, 'client.AuthError')",
        API,
        raised_as("OrderError or client.AuthError", "ApiError", AT),
    ),
    (
        "exception='sdk.ApiError'",
        API,
        raised_as("sdk.ApiError", "client.ApiError", AT),
    ),
    (
        "exception=OrderError",
        CAUGHT.format("ApiError"),
        raised_as("OrderError", "ApiError", AT.replace("py:5", "py:6")),
    ),
    (
        "exception=OrderError",
        "errcodes.reply(401009)\nassert_code(httpx.post(URL), 401009)",
        raised_as("OrderError", "Response", "assert_code at test_orders.py:5"),
    ),
]


def test_class_is_wrong(run_all):
    """A test fails whose exception is of another class, or that saw none."""
    texts = {(f"expects_code(401009, {option})", body): text for option, body, text in WRONG}
    assert len(texts) == len(WRONG)
    assert run_all(*texts) == texts


def test_every_code(run):
    """The class holds for each of the codes."""
    mark = "every_code('406000', '406001', exception=OrderError)"
    reply = "errcodes.reply(error_code)\n"
    assert run(mark, f"{reply}order(OrderError)", "errcodes, error_code") is None
    assert run(mark, f"{reply}order(ApiError)", "errcodes, error_code").splitlines()[0] == (
        "expected 406000 raised as OrderError, came as ApiError"
    )


HINT = 'hint: the catalog named says exception = "{}"\n'


def test_class_of_the_catalog(all_named):
    """The class that the catalog names is checked in what leaves a test and in what it catches."""
    hint = HINT.format("OrderError")
    returned = "errcodes.reply(401009)\nassert_code(httpx.post(URL), 401009)"
    texts = {
        ("expects_code(401009)", ORDER): None,
        ("expects_code(401009)", API): raised_as("OrderError", "ApiError", AT, hint=hint),
        ("expects_code(401009)", CAUGHT.format("ApiError")): raised_as(
            "OrderError", "ApiError", AT.replace("py:5", "py:6"), hint=hint
        ),
        ("expects_code(401009, exception=ApiError)", API): None,
        ("expects_code(401009)", returned): None,
    }
    assert all_named(*texts) == texts


def test_class_of_one_code_of_the_catalog(named):
    """A code's own class goes before that of its section."""
    reply = "errcodes.reply(401018)\n"
    assert named("expects_code(401018)", f"{reply}order(MissingError)") is None
    assert named("expects_code(401018)", f"{reply}order(OrderError)") == raised_as(
        "client.MissingError",
        "OrderError",
        "raised as OrderError at client.py, from test_orders.py:5",
        401018,
        HINT.format("client.MissingError"),
    )


ASSERTIONS = [
    "with raises_code(401009):\n    raise ApiError(401009, 'clientOrderId already exists')",
    "assert_code(ApiError(401009, 'clientOrderId already exists'), 401009)",
    "assert_documented(ApiError(401009, 'clientOrderId already exists'))",
]


def test_class_of_the_catalog_in_assertions(all_named):
    """So it is in raises_code, and in an exception that is asserted."""
    head = "from pytest_errcodes import assert_documented\n"
    wrong = [("", head + body, "") for body in ASSERTIONS]
    right = [("", body.replace("ApiError", "OrderError"), "") for _, body, _ in wrong]
    told = all_named(*wrong, *right)
    assert {test: told[test] for test in right} == dict.fromkeys(right)
    for test in wrong:
        lines = told[test].splitlines()
        assert "E   AssertionError: expected " in "".join(lines), test
        assert any(line.endswith(" raised as OrderError, came as ApiError") for line in lines), test
        assert HINT.format("OrderError").strip() in lines[-1], test


def test_class_of_the_catalog_in_a_matcher(named):
    """An exception of another class does not match IsCode."""
    body = "assert ApiError(401009, 'clientOrderId already exists') == IsCode(401009)"
    assert "expected 401009 raised as OrderError, came as ApiError" in named("", body, "")
    assert named("", body.replace("ApiError", "OrderError"), "") is None


BARE = "errcodes.reply({})\norder({}, 'sorry')"


STANDING = [
    ("expects_code(401009, exception=AuthError)", BARE.format(401009, "AuthError")),
    ("expects_code(401009, exception='AuthError')", BARE.format(401009, "AuthError")),
    ("expects_code(401009, exception=KeyError)", BARE.format(401009, "KeyError")),
    (
        "expects_code(401009, exception=AuthError)",
        "errcodes.reply(401009)\nwith pytest.raises(AuthError):\n    order(AuthError, 'sorry')",
    ),
    ("expects_code(401009, exception=AuthError)", "raise AuthError('before any request')"),
    (
        "expects_code(401112, exception=AuthError, times=2, params=('20',))",
        (
            "errcodes.reply(401112, '20', times=2)\n"
            "order(AuthError, httpx.post(URL).json()['message'])"
        ),
    ),
    (
        "",
        (
            "errcodes.reply(401009)\nwith raises_code(401009, exception=AuthError):\n"
            "    order(AuthError, 'sorry')"
        ),
    ),
]


def test_class_stands_for_the_code(run_all):
    """An exception that says no code stands for the one that is expected, by its class."""
    assert run_all(*STANDING) == dict.fromkeys(STANDING)


#: The class of a marker, the one that is raised, and the line that pytest writes of it.
NOT_STANDING = [
    ("OrderError", "AuthError", "AuthError: sorry"),
    ("Exception", "AuthError", "AuthError: sorry"),
    ("Exception", "KeyError", "KeyError: 'sorry'"),
    ("LookupError", "KeyError", "KeyError: 'sorry'"),
]


def test_class_that_does_not_stand_for_the_code(run_all):
    """Another class goes through as it is, and so does what Exception or LookupError covers."""
    lines = {
        (f"expects_code(401009, exception={exception})", BARE.format(401009, kind)): f"E   {text}"
        for exception, kind, text in NOT_STANDING
    }
    assert len(lines) == len(NOT_STANDING)
    for test, found in run_all(*lines).items():
        assert lines[test] in found.replace("client.", "").splitlines(), test


def test_class_that_stands_for_another_code(run):
    """Where routes sent another code, its class is no proof of this one."""
    text = run("expects_code(401009, exception=AuthError)", BARE.format(401018, "AuthError"))
    assert text.splitlines()[:6] == [
        "code 401009 surfaced and was never received",
        "  expected  401009  clientOrderId already exists",
        "  seen      401018  Order not found",
        "                    received from POST https://api.test/order",
        "  seen      401009  (no message)",
        (
            "                    surfaced: raised as AuthError at client.py, from "
            "test_orders.py:5, told by nothing but the class AuthError"
        ),
    ]


def test_text_of_a_class_that_stands_for_the_code(run):
    """Where parameters are asked for, the text of the exception must say them."""
    mark = "expects_code(401112, exception=AuthError, params=('20',))"
    text = run(mark, "errcodes.reply(401112, '20')\norder(AuthError, 'sorry')")
    assert text.splitlines()[0] == (
        "expected the message given for 401112 in the text of AuthError, came another"
    )


def test_class_of_the_catalog_stands_for_the_code(all_named):
    """So does the class that the catalog names, in markers, raises_code and assertions."""
    bare = "class OrderError(Exception):\n    pass\n"
    tests = [
        ("expects_code(401009)", f"{bare}{BARE.format(401009, 'OrderError')}"),
        ("", f"{bare}with raises_code(401009):\n    raise OrderError('sorry')", ""),
        ("", f"{bare}assert_code(OrderError('sorry'), 401009)", ""),
        ("", f"{bare}assert OrderError('sorry') == IsCode(401009)", ""),
    ]
    assert all_named(*tests) == dict.fromkeys(tests)


PAIR = """class OrderError(Exception):
    pass
class MissingError(OrderError):
    pass
MissingError.__module__, MissingError.__qualname__ = 'client', 'MissingError'
class LateError(MissingError):
    pass
"""


@pytest.mark.parametrize(
    ("code", "kind", "hint"),
    [
        (
            401009,
            "MissingError",
            (
                "stands for 401018, as the catalog says: the client changed the code; if the class "
                "stands for this code too, say exception=MissingError"
            ),
        ),
        (
            401009,
            "LateError",
            (
                "carries no code: give it one, in an attribute such as .code; if the class stands "
                "for the code, say exception=LateError"
            ),
        ),
    ],
)
def test_class_of_another_code(named, code, kind, hint):
    """The nearest class that the catalog names decides which codes a class stands for."""
    text = named(f"expects_code({code})", PAIR + BARE.format(code, kind))
    *_, last = text.splitlines()
    assert last.partition("from test_orders.py:12 ")[2] == hint
    assert named("expects_code(401018)", PAIR + BARE.format(401018, kind)) is None


def test_class_of_another_code_that_was_received(named):
    """Where that one was received as well, the text tells which is to be expected."""
    body = "errcodes.reply(401009).then(401018)\nswallow_order()\norder(MissingError, 'sorry')"
    *_, last = named("expects_code(401009)", PAIR + body).splitlines()
    assert last.partition(" stands")[2] == (
        " for 401018, as the catalog says, and 401018 was received: expect that one, and with "
        "surfaced=False what the client handles"
    )


def test_rows_and_classes(project):
    """In a table the class of the marker holds for each row, and for none without an error."""
    project.tests("""
        class OrderError(ApiError):
            pass

        def order():
            body = httpx.post(URL).json()
            if body["code"] != 200000:
                raise OrderError(body["code"], body["message"])

        @pytest.mark.expects_code(argument="code", exception=OrderError)
        @pytest.mark.parametrize("code", [401009, None, 401018])
        def test_order(errcodes, code):
            errcodes.reply(code or 200000)
            order()
    """)
    assert project.run().outcomes == {"passed": 3}
