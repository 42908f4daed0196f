"""Assertions that ``python -O`` leaves out, without which a wrong test passes.

Python compiles no ``assert`` then. pytest keeps those of the modules that it rewrites: of tests, of
``conftest.py`` files, of plugins.
"""

from __future__ import annotations

import ast
import sys
from pathlib import PurePath
from types import ModuleType
from typing import NamedTuple

import pytest

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.judging.function_source import is_made_up, read_lines
from pytest_errcodes.plugin.marker_reader import MISTAKE, is_ours
from pytest_errcodes.plugin.returned_answers import find_codes

#: Loaded where a module uses one of the assertions.
_ASSERTIONS = "pytest_errcodes.judging.comparison"
#: A name that pytest gives each module that it rewrites.
_REWRITTEN = "@pytest_ar"


class _LeftOut(NamedTuple):
    """The first assertion of a module."""

    module: str
    file: str
    line: int


def refuse_left_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse a run under ``python -O`` in which assertions are left out beside ours.

    Raises:
        pytest.UsageError: Python leaves out an assertion of a test, or of a module that uses ours.
            A worker of xdist could not tell of it: there each test fails for it.
    """
    if _ASSERTIONS not in sys.modules and not any(map(is_ours, items)):
        return
    mistake = _find_mistake(config, items)
    if mistake is None:
        return
    if not hasattr(config, "workerinput"):
        raise pytest.UsageError(str(mistake))
    for item in items:
        item.stash[MISTAKE] = mistake


def _find_mistake(config: pytest.Config, items: list[pytest.Item]) -> ErrcodesUsageError | None:
    # Without the option, pytest has been told to do without what rewrites.
    if config.getoption("assertmode", "plain") == "plain":
        return ErrcodesUsageError(
            "left-out-assertions",
            "python -O leaves out every assert, and --assert=plain lets pytest keep none: "
            "wrong tests would pass",
            "run without -O and PYTHONOPTIMIZE, or without --assert=plain",
        )
    made = next(filter(_is_made_up, items), None)
    if made is not None:
        return ErrcodesUsageError(
            "left-out-assertions",
            f"{made.name} is made of a text, and python -O leaves out what it asserts: "
            "pytest keeps what test modules and conftest.py assert, and nothing else",
            "run without -O and PYTHONOPTIMIZE, or write the test in its file",
        )
    found = next(filter(None, map(_find_left_out, list(sys.modules.values()))), None)
    if found is None:
        return None
    return ErrcodesUsageError(
        "left-out-assertions",
        f"{PurePath(found.file).name}:{found.line} asserts, and python -O leaves that out: "
        "pytest keeps what test modules and conftest.py assert, and nothing else",
        "run without -O and PYTHONOPTIMIZE, or say in conftest.py, before it is imported, "
        f'pytest.register_assert_rewrite("{found.module}")',
    )


def _is_made_up(item: pytest.Item) -> bool:
    """Return whether a test is compiled from no file, as by ``exec``."""
    codes = find_codes(item)
    return bool(codes) and all(map(is_made_up, codes))


def _find_left_out(module: object) -> _LeftOut | None:
    """Return the first assertion that Python left out of a module which uses a helper of ours."""
    if type(module) is not ModuleType:  # what stands for a module may do anything when it is asked
        return None
    names = vars(module)
    name, file = names.get("__name__"), names.get("__file__")
    if _REWRITTEN in names or type(name) is not str or type(file) is not str:
        return None
    if name.partition(".")[0] == "pytest_errcodes" or not _uses_helpers(names):
        return None
    from pytest_errcodes.judging.checking_statements import is_idle

    try:
        tree = ast.parse("".join(read_lines(file)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    asserts = (one for one in ast.walk(tree) if isinstance(one, ast.Assert) and not is_idle(one))
    lines = [one.lineno for one in asserts]
    return _LeftOut(name, file, min(lines)) if lines else None


def _uses_helpers(names: dict[str, object]) -> bool:
    from pytest_errcodes.assertions.asserts import assert_code, assert_documented, assert_success
    from pytest_errcodes.assertions.matcher import IsCode
    from pytest_errcodes.assertions.raising import raises_code

    package = sys.modules["pytest_errcodes"]
    ours = (package, IsCode, assert_code, assert_documented, assert_success, raises_code)
    known = set(map(id, ours))
    return any(id(value) in known for value in list(names.values()))
