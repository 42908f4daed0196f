"""The catalog tools as a user's type checker sees them; ``api.py`` says how it is read."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

from pytest_errcodes.catalog import Catalog, Code, ErrorCode, write_catalog
from pytest_errcodes.tools import (
    LINT_RULES,
    SCAN_RULES,
    Change,
    Explanation,
    Finding,
    Imported,
    ImportOptions,
    Remark,
    Rule,
    diff,
    explain,
    export_catalog,
    import_catalog,
    lint,
    scan,
)


def importing(base: Catalog) -> None:
    imported = import_catalog("page.html", ImportOptions(base=base, code_column="Code"))
    assert_type(imported, Imported)
    assert_type(imported.catalog, Catalog)
    assert_type(imported.left_out, tuple[Remark, ...])
    assert_type(write_catalog(imported.catalog), str)
    assert_type(export_catalog(base, "json"), str)
    import_catalog(Path("page.html"), ImportOptions(column="Code"))  # type: ignore[call-arg]  # refused: which column?
    ImportOptions(code_type="number")  # type: ignore[arg-type]  # refused: integer, string or either
    export_catalog("ltp", "json")  # type: ignore[arg-type]  # refused: a catalog, not its name


def looking(catalog: Catalog) -> None:
    (explanation,) = explain(catalog, "401009")
    assert_type(explanation, Explanation)
    assert_type(explanation.code, ErrorCode)
    assert_type(explanation.params, tuple[str, ...])
    explain(catalog, 401009)  # type: ignore[arg-type]  # refused: a text


def checking(old: Catalog, new: Catalog) -> None:
    findings = lint("my.toml", ignore=["gap:4010xx"])
    assert_type(findings, tuple[Finding, ...])
    assert_type(findings[0].place.line, int | None)
    assert_type(scan(["src", Path("tests")], new, select=["trading", 401009]), tuple[Finding, ...])
    assert_type((*LINT_RULES, *SCAN_RULES), tuple[Rule, ...])
    changes = diff(old, new)
    assert_type(changes, tuple[Change, ...])
    assert_type(changes[0].codes, tuple[Code, ...])
    assert_type(findings[0].codes, tuple[Code, ...])
    diff("ltp", new)  # type: ignore[arg-type]  # refused: catalogs, not their names
    scan("src", new, ignored=["gap"])  # type: ignore[call-arg]  # refused: ignore
    findings[0].message = "x"  # type: ignore[misc]  # refused: a finding does not change
