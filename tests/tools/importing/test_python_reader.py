"""Python modules, read and never run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sources import catalog, messages, remarks, sections

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.tools import export_catalog

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "text",
    [
        "class Code(IntEnum):\n    A = 1  # one\n    B = 2  # two\n",
        'class Code(enum.Enum):\n    A = 1\n    """one"""\n    B = 2\n    """two"""\n',
        "class Code(IntEnum):\n    # one\n    A = 1\n    # two\n    B = 2\n",
        'class Code(Enum):\n    A = 1, "one"\n    B = (2, "two")\n',
        'class Code(Enum):\n    A = Info(1, "one")\n    B = Info(code=2, message="two")\n',
        'class Code(Enum):\n    A = {"code": 1, "message": "one"}\n    B = [2, _("two")]\n',
        "class Base(IntEnum): ...\nclass Code(Base):\n    A = 1  # one\n    B = 2  # two\n",
        "ERR_A = 1  # one\nERR_B: int = 2  #: two\n",
        "class Codes:\n    A = 1  # one\n    B = 2  # two\n",
        'CODES = {1: "one", 2: "t" + "wo"}\n',
        'CODES: dict[int, str] = {1: {"msg": "one"}, 2: ("two",)}\n',
        'CODES = [(1, "one"), (2, "two")]\n',
        'CODES = [{"code": 1, "message": "one"}, {"code": 2, "message": "two"}]\n',
        "A, B_ = 0, 0\nA = 1\nB = 2\nTEXTS = {A: 'one', B: 'two', **MORE, f(): 'x'}\n",
        "class C(IntEnum):\n    A = 1\n    B = 2\nTEXTS = {C.A: 'one', C.B.value: 'two'}\n",
        (
            'class A(Exception):\n    code = 1\n    message = "one"\nclass B(A):\n    code = 2\n'
            '    msg = "two"\n'
        ),
        (
            'class A(Exception):\n    error_code = 1\n    error_msg = "one"\n'
            "    class B(X):\n"
            '        default_code = 2\n        default_message = "two"\n'
        ),
    ],
)
def test_where_codes_stand(text: str) -> None:
    """Enums, constants, dicts, lists and exceptions, with messages in all the usual places."""
    assert messages("a.py", text) == {1: "one", 2: "two"}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('"a" "b"', "ab"),
        ('f"a {b} {c.d}"', "a {b} {}"),
        ('"a %s" % b', "a %s"),
        ('gettext("a")', "a"),
        ('"""a\nb"""', "a\nb"),
        (r'"\u2014 \"a\""', '— "a"'),
    ],
)
def test_texts(value: str, message: str) -> None:
    """A text is read as far as that needs no running."""
    assert messages("a.py", f"CODES = {{1: {value}}}\n") == {1: message}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("class C(IntEnum):\n    A = -1  # a\n    B = 0x10  # b\n", [-1, 16]),
        (
            'class C(StrEnum):\n    A = "declined"  # a\n    B = "00001"  # b\n',
            ["declined", "00001"],
        ),
        ('C = {"1": "a", "2": "b"}\n', ["1", "2"]),
        ('C = {"1": "a", 2: "b"}\n', [1, 2]),
    ],
)
def test_codes(text: str, codes: list[object]) -> None:
    """Codes are of the type that the module gives them."""
    assert list(catalog("a.py", text)) == codes


def test_sections() -> None:
    """Classes, comments above groups, dicts, and the bases of exceptions."""
    text = '''\
"""A module."""

# Trading (40xx)
A = 1  # a

# ---------
# Fees (41xx)
B = 2  # b

class Wallet(IntEnum):
    C = 3  # c
    # Chain
    D = 4  # d

CODES = {5: "e"}
LIMITS = {6: "f"}

class Api(Exception): ...
class Trade(Api):
    code = 7
    message = "g"
class Other(Exception): ...
class Fee(Other):
    code = 8
'''
    assert sections("a.py", text) == {
        "Trading (40xx)": [1],
        "Fees (41xx)": [2],
        "Wallet": [3],
        "Chain": [4],
        "codes": [5],
        "LIMITS": [6],
        "Api": [7],
        "Other": [8],
    }


def test_what_heads_a_module_is_no_section() -> None:
    """A comment on the first lines is one on the file."""
    assert list(sections("a.py", "# Copyright\nA = 1  # a\n")) == ["codes"]


def test_fields() -> None:
    """Status, description and solution are taken from tuples, calls and classes."""
    text = """\
class C(Enum):
    A = 1, "a", 404, "why"
    B = Info(2, "b", status=500, fix="x", more=[1])
class E(Exception):
    code = 3
    message = "c"
    status_code = 409
"""
    one, two, three = catalog("a.py", text).values()
    assert (one.http_status, one.description) == (404, "why")
    assert (two.http_status, two.solution) == (500, "x")
    assert (three.message, three.http_status) == ("c", 409)


def test_names_stand_for_messages_where_there_are_none() -> None:
    """That is remarked on; a constant counts so only where nothing else does."""
    text = "class C(IntEnum):\n    A = 1\n    B = 2  # two\nPAGE_SIZE = 50\n"
    assert messages("a.py", text) == {1: "A", 2: "two"}
    assert remarks("a.py", text) == [
        "a.py:2: 1 A: has no message, so its name is taken",
        (
            "a.py:4: 50 | PAGE_SIZE | | |: left out, a table whose codes may be something else; "
            "--code-column takes them"
        ),
    ]
    assert messages("a.py", "ERR_A = 1\nERR_B = -2\n") == {1: "ERR_A", -2: "ERR_B"}


def test_nothing_is_run_or_imported(tmp_path: Path) -> None:
    """What a module does when it is imported does not happen; what it would compute is told."""
    trace = tmp_path / "trace"
    text = f"""\
import no_such_module
open({str(trace)!r}, "w").write("run")
raise SystemExit
class C(IntEnum):
    A = 1  # a
    B = auto()
    C = A + 1
    D = {"1" * 5000}
    E = b"x"
    F = None
    G = "a" - "b"
"""
    text = text.replace("1" * 5000, "10 ** 5000")
    assert messages("a.py", text) == {1: "a"}
    assert not trace.exists()
    assert [line.partition(":")[2].partition(": left")[0] for line in remarks("a.py", text)] == [
        "6: B = auto()",
        "7: C = A + 1",
        "8: D = 10 ** 5000",
        "9: E = b'x'",
        "10: F = None",
        "11: G = 'a' - 'b'",
    ]


def test_expressions_that_are_too_deep() -> None:
    """A text of very many parts is no text that anyone wrote."""
    parts, lists = " + ".join(["'x'"] * 200), "[" * 60 + "]" * 60
    text = f"CODES = {{1: {parts}, 2: 'two', 3: {lists}}}\n"
    assert messages("a.py", text) == {2: "two"}


def test_an_exported_module_comes_back() -> None:
    """Codes, messages to the letter and sections of our own export are read again."""
    ltp = load_catalog("ltp")
    found = catalog("ltp.py", export_catalog(ltp, "python"))
    assert [code.replaced(exception="") for code in found.values()] == list(ltp.values())
    assert found[401009].exception == "ClientOrderIdAlreadyExistsError"
    assert found.sections == ltp.sections


def test_an_exception_tells_the_section_of_an_enums_code() -> None:
    """Where both have the same message, the base of the exception is the heading."""
    text = """\
class Code(IntEnum):
    A = 1  # one
    B = 2  # two
class Api(Exception): ...
class Trade(Api): ...
class First(Trade):
    code = Code.A
    message = "one"
class Other(Api):
    code = 3
    message = "three"
"""
    assert sections("a.py", text) == {"Trade": [1], "codes": [2], "Api": [3]}
    assert remarks("a.py", text) == []


def test_properties_that_return_a_constant() -> None:
    """A property of an exception that returns a code is as good as an attribute."""
    text = """
class OrderError(Exception):
    @property
    def code(self) -> int:
        'The code.'
        return 1001

    @property
    def message(self):
        return "No order"

class Computed(Exception):
    @property
    def code(self):
        return self.args[0]

class Plain(Exception):
    def code(self):
        return 1003
"""
    assert messages("a.py", text) == {1001: "No order"}


@pytest.mark.parametrize(
    "rows",
    [
        (
            '[{"errorCode": "err.1", "error_type": errors.NotFound}, '
            '{"errorCode": "err.2", "error_type": errors.Forbidden}]'
        ),
        '(Known(code="err.1", raises=NotFound), Known(code="err.2", raises=Forbidden))',
    ],
)
def test_rows_that_name_their_parts(rows: str) -> None:
    """A list of rows with a code and a class each, by their names, is a table of both."""
    text = (
        "class NotFound(Exception): ...\nclass Forbidden(Exception): ...\n"
        f"ERRORS: list[dict[str, Any]] = {rows}\n"
    )
    found = catalog("a.py", text)
    assert {code: one.exception.rpartition(".")[2] for code, one in found.items()} == {
        "err.1": "NotFound",
        "err.2": "Forbidden",
    }
