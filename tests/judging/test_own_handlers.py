"""What the ``except`` clauses of a test do with what they catch, read in its source."""

from __future__ import annotations

import pytest

from pytest_errcodes.judging.own_handlers import find_handlers_of_test, find_own_handlers

CALL = ["call()"]
#: What stands in ``try``, in ``except`` and below; whether it is guarded, and what asserts.
CLAUSES = {
    "nothing": (CALL, "except Error as e", ["pass"], [], False, []),
    "an assertion": (CALL, "except Error as e", ["assert e.code == 1"], [], False, [5]),
    "an assertion of another thing": (CALL, "except Error as e", ["assert x"], [], False, []),
    "a call": (CALL, "except Error as e", ["print(e)"], [], False, []),
    "below": (CALL, "except Error as e", ["x = e.code"], ["assert x == 1"], False, [6]),
    "below, of None": (CALL, "except Error", ["x = None"], ["assert x is None"], False, []),
    "below, by its name": (CALL, "except E as e", ["pass"], ["e = 1", "assert e"], False, []),
    "below, true before": (CALL, "except Error", ["pass"], ["x = True", "assert x"], False, []),
    "where it is caught": (
        CALL,
        "except E as e",
        ["try:", "  assert e", "except AssertionError:", "  pass"],
        [],
        False,
        [],
    ),
    "below, of several": (CALL, "except Error as e", ["x, y = e.args"], ["assert y"], False, [6]),
    "a flag": (CALL, "except Error", ["x = True"], ["assert x"], False, [6]),
    "kept": (CALL, "except Error as e", ["x.append(e)"], ["assert x"], False, [6]),
    "below, made of it": (CALL, "except E as e", ["x = e"], ["y = x.code", "assert y"], False, [7]),
    "a word": (CALL, "except Error", ["x = 'refused'"], ["assert x == 'refused'"], False, [6]),
    "counted": (CALL, "except Error", ["x += 1"], ["assert x == 1"], False, [6]),
    "of a table": (CALL, "except E as e", ["x['e'] = e"], ["assert x['e'].code"], False, [6]),
    "each": (CALL, "except E as e", ["x += [e]"], ["for y in x:", "  assert y"], False, [7]),
    "raised again": (CALL, "except E as e", ["if e.code != 1:", "  raise"], [], False, [5]),
    "raised by name": (CALL, "except E as e", ["if e.code != 1:", "  raise e"], [], False, [5]),
    "else if": (
        CALL,
        "except E as e",
        ["if e.code == 1:", "  pass", "elif e.code:", "  fail()"],
        [],
        False,
        [5, 7],
    ),
    "cases": (
        CALL,
        "except E as e",
        ["match e.code:", "  case 1:", "    pass", "  case _:", "    fail()"],
        [],
        False,
        [5],
    ),
    "in a with": (CALL, "except E as e", ["with x:", "  assert e"], [], False, [6]),
    "in suppress": (CALL, "except E as e", ["with suppress(A):", "  assert e"], [], False, []),
    "in raises": (CALL, "except E as e", ["with pytest.raises(A):", "  assert e"], [], False, []),
    "checked": (CALL, "except E as e", ["x.check(e)"], ["assert x"], False, [5]),
    "a guard": ([*CALL, "fail()"], "except Error", ["pass"], [], True, []),
    "a guard in else": (CALL, "except Error", ["pass"], ["else:", "  fail()"], True, []),
    "another class": ([*CALL, "raise Other()"], "except Error", ["pass"], [], False, []),
    "a guard caught": ([*CALL, "fail()"], "except Exception", ["pass"], [], False, []),
    "pytest's": ([*CALL, "pytest.fail()"], "except Exception", ["pass"], [], True, []),
    "pytest's caught": ([*CALL, "pytest.fail()"], "except BaseException", ["pass"], [], False, []),
    "its own class": ([*CALL, "raise Error()"], "except Error", ["pass"], [], False, []),
    "a guard below": (CALL, "except Error", ["return"], ["assert False"], True, []),
    "a guard behind return": (["return call()"], "except Error", ["return"], ["fail()"], False, []),
    "a guard behind a client's return": (
        ["if call():", "  return 1", "raise LookupError"],
        "except Error",
        ["return"],
        [],
        False,
        [],
    ),
    "a guard passed": (CALL, "except Error", ["pass"], ["assert False"], False, []),
}


def compile_test(*lines):
    """Return the code of a test with these lines, and the path of its file."""
    return "\n".join(["def test():", *(f"    {line}" for line in lines), ""])


@pytest.fixture
def load(tmp_path):
    """Return a function that loads a module of this source."""

    def load(source):
        path = tmp_path / "orders.py"
        path.write_text(source, "utf-8")
        found = {}
        exec(compile(source, str(path), "exec"), found)
        return found

    return load


@pytest.mark.parametrize("name", CLAUSES)
def test_clause(load, name):
    """A clause tells whether it is guarded, and in which lines what it caught is asserted."""
    tried, clause, caught, below, is_guarded, asserted = CLAUSES[name]
    inner = [f"    {line}" for line in tried], [f"    {line}" for line in caught]
    source = compile_test("try:", *inner[0], f"{clause}:", *inner[1], *below)
    handler, *_ = find_own_handlers(load(source)["test"].__code__)

    shift = len(tried) - 1
    assert (handler.line, handler.is_guarded) == (4 + shift, is_guarded)
    assert sorted(handler.asserted) == [line + shift for line in asserted]


def test_first_statement_of_clause(load):
    """Of a block that a clause begins with, only the lines count above what stands in it."""
    inner = ["    try:", "        call()", "    except Error:", "        pass"]
    source = compile_test("try:", "    call()", "except Error as e:", *inner, "    assert e.code")
    outer, _ = find_own_handlers(load(source)["test"].__code__)
    assert (outer.entered, sorted(outer.asserted)) == (range(5, 6), [9])


def test_no_clause(load):
    """A function without a clause has none, nor has one whose functions have."""
    inner = ["def call():", "    try:", "        pass", "    except Error:", "        pass"]
    assert find_own_handlers(load(compile_test("assert 1"))["test"].__code__) == ()
    assert find_own_handlers(load(compile_test(*inner))["test"].__code__) == ()


def test_one_line(load):
    """A clause on one line tells by the names of its classes what it catches."""
    source = compile_test("try:", "    call()", "except (KeyError, x.ApiError) as e: assert e.code")
    (handler,) = find_own_handlers(load(source)["test"].__code__)
    assert (handler.classes, sorted(handler.asserted)) == (("KeyError", "ApiError"), [4])
    group = ExceptionGroup("several", [ValueError(), KeyError()])
    assert [handler.catches(one) for one in (KeyError(), ValueError(), group)] == [
        True,
        False,
        True,
    ]


HELPERS = """
def refuse():
    try:
        call()
    except Error:
        return
    assert False

def swallow():
    try:
        call()
    except Error as e:
        assert e.code

class Tests:
    def check(self):
        try:
            call()
            self.fail()
        except Error:
            pass

    def test(self):
        refuse(), swallow(), self.check()
"""


def test_helpers(load):
    """A helper counts that the test names, and that fails where nothing is raised."""
    found = load(HELPERS)
    kind = found["Tests"]
    module = type("module", (), {name: found[name] for name in ("refuse", "swallow")})
    handlers = find_handlers_of_test([kind.test.__code__], module, kind)
    assert {code.co_name for code in handlers} == {"refuse", "check"}


def test_helper_of_another_file(load):
    """A helper of another file is none of the test's."""
    found = load(HELPERS)
    module = type("module", (), {"refuse": found["refuse"]})
    code = (lambda: refuse()).__code__  # noqa: F821, PLW0108  # its name is looked for
    assert find_handlers_of_test([code], module, None) == {}
