"""The module of types: a wrong code is an error of the type checker, and costs nothing else."""

from __future__ import annotations

import ast
import inspect
from typing import TYPE_CHECKING

import pytest
from drawn_catalogs import catalogs
from export_checkers import complaints
from hypothesis import given, settings

import pytest_errcodes
from pytest_errcodes.catalog import Catalog, EnvelopeShape
from pytest_errcodes.plugin.markers import MARKERS
from pytest_errcodes.tools import export_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from project import Project

# An ignore that refuses nothing is itself an error.
USE = """
from typing import assert_type

import pytest
import pytest_errcodes
from errcodes_typed import (
    CodeRoute, CodeRouter, IsCode, assert_code, every_code, expects_code, raises_code
)

@expects_code(401009, 401010, any_of=True, times=2, exception=(ValueError, "ApiError"))
@expects_code(401112, surfaced=None)
@expects_code(401018, received=False)
@expects_code(argument="code", surfaced=None)
@every_code("trading", "!4010xx", 401009, surfaced=False, times=2)
def test_right(errcodes: CodeRouter, error_code: pytest_errcodes.ErrorCode) -> None:
    route = errcodes.post("/order", json={}).reply(401009, times=2).then(200000, data={})
    assert_type(route, CodeRoute)
    assert_type(errcodes.reply(error_code).call_count, int)
    with raises_code(401112, "20", exception=ValueError) as raised:
        pass
    assert_type(raised.value, ValueError)
    with raises_code(error_code, times=2, received=False) as anything:
        pass
    assert_type(anything.value, BaseException)
    assert_type(assert_code({}, 200, data={}), pytest_errcodes.Envelope)
    assert {} == IsCode(401009, http_status=200)
    assert_type(expects_code(401009), pytest.MarkDecorator)

@expects_code(401065)  # type: ignore[arg-type]  # refused: no code
@expects_code("401009")  # type: ignore[arg-type]  # refused: a number
@expects_code(200000)  # type: ignore[arg-type]  # refused: no error
@expects_code(401009, time=2)  # type: ignore[call-arg]  # refused: times
@every_code(401009, time=2)  # type: ignore[call-arg]  # refused: times
@every_code(401065)  # type: ignore[arg-type]  # refused: no code
def test_wrong(errcodes: CodeRouter) -> None:
    errcodes.reply(401065)  # type: ignore[arg-type]  # refused: no code
    errcodes.get("/order").reply(401009).then(401065)  # type: ignore[arg-type]  # refused: no code
    errcodes.route().reply(401065)  # type: ignore[arg-type]  # refused: no code
    raises_code(401065)  # type: ignore[call-overload]  # refused: no code
    assert_code({}, 401065)  # type: ignore[arg-type]  # refused: no code
    IsCode(401065)  # type: ignore[arg-type]  # refused: no code
"""


def test_a_type_checker_refuses_what_the_catalog_lacks(
    tmp_path: Path, ltp: Catalog, broker: Catalog
) -> None:
    """Each wrong call is refused, naming the codes that there are, and no right one is."""
    (tmp_path / "errcodes_typed.py").write_text(export_catalog(ltp, "stubs"), "utf-8")
    (tmp_path / "test_use.py").write_text(USE, "utf-8")
    (tmp_path / "broker_typed.py").write_text(export_catalog(broker, "stubs"), "utf-8")
    wrong = 'from broker_typed import expects_code\n\nexpects_code("51007")\n'
    (tmp_path / "test_wrong.py").write_text(wrong, "utf-8")
    codes = ", ".join(f"'{code}'" for code in broker)
    assert complaints(tmp_path, "mypy", "--strict") == (
        'test_wrong.py:3: error: Argument 1 to "expects_code" has incompatible type '
        f'"Literal[\'51007\']"; expected "Literal[{codes}]"  [arg-type]\n'
        "Found 1 error in 1 file (checked 4 source files)\n"
    )


def test_ruff_agrees_with_it(tmp_path: Path, ltp: Catalog, broker: Catalog) -> None:
    """Whatever the catalog, the module is formatted, and without a finding."""

    def write(catalog: Catalog) -> None:
        number = len(list(tmp_path.iterdir()))
        text = export_catalog(catalog, "stubs")
        (tmp_path / f"typed_{number}.py").write_text(text, "utf-8")

    for catalog in (ltp, broker, Catalog("x", (), sections=(), shapes=[EnvelopeShape()])):
        write(catalog)
    settings(max_examples=30)(given(catalogs())(write))()
    assert complaints(tmp_path, "ruff", "format", "--diff", "--isolated", "--no-cache") == ""
    assert complaints(tmp_path, "ruff", "check", "--isolated", "--no-cache") == ""


def test_its_names_are_those_of_the_package(ltp: Catalog) -> None:
    """While tests run there is nothing in between: a mistake is told as it always is."""
    names: dict[str, object] = {}
    exec(export_catalog(ltp, "stubs"), names)
    for name in ("CodeRoute", "CodeRouter", "IsCode", "assert_code", "raises_code"):
        assert names[name] is getattr(pytest_errcodes, name)
    assert names["expects_code"] == pytest.mark.expects_code
    assert names["every_code"] == pytest.mark.every_code


def test_its_options_are_those_of_markers_and_helpers(ltp: Catalog) -> None:
    """None is missing: a type checker would refuse what the plugin takes."""
    fields = {
        node.name: {
            one.target.id
            for one in node.body
            if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
        }
        for node in ast.walk(ast.parse(export_catalog(ltp, "stubs")))
        if isinstance(node, ast.ClassDef)
    }
    assert fields["ExpectsOptions"] == set(MARKERS["expects_code"].options)
    assert fields["EveryOptions"] == set(MARKERS["every_code"].options)
    for name, function, own in (
        ("AssertOptions", pytest_errcodes.assert_code, {"obj", "code", "params"}),
        ("RaisesOptions", pytest_errcodes.raises_code, {"code", "params", "exception"}),
    ):
        assert fields[name] == set(inspect.signature(function).parameters) - own


def test_a_test_with_its_markers(project: Project, ltp: Catalog) -> None:
    """A marker from there expects what pytest's own does."""
    project.file("errcodes_typed.py", export_catalog(ltp, "stubs"))
    project.tests("""
        from errcodes_typed import expects_code

        @expects_code(401009)
        def test_order(errcodes):
            errcodes.reply(401009)
            place_order()

        @expects_code(401010)
        def test_other(errcodes):
            errcodes.reply(401009)
            place_order()
    """)
    assert project.run().outcomes == {"passed": 1, "failed": 1}
