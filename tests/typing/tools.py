"""Right calls of ``pytest_errcodes.tools``; see ``api.py``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, assert_type

from pytest_errcodes.catalog import Catalog, Code, ErrorCode
from pytest_errcodes.tools import (
    LINT_RULES,
    SCAN_RULES,
    Change,
    Explanation,
    ExportFormat,
    Finding,
    Imported,
    ImportOptions,
    Place,
    Remark,
    Rule,
    diff,
    explain,
    export_catalog,
    import_catalog,
    lint,
    scan,
)
from pytest_errcodes.tools.progress import Extent


def importing(base: Catalog) -> None:
    imported = import_catalog("page.html", ImportOptions(base=base, code_column="Code"))
    assert_type(imported, Imported)
    assert_type(imported.catalog, Catalog)
    assert_type(imported.remarks, tuple[Remark, ...])
    assert_type(imported.left_out, tuple[Remark, ...])
    assert_type(imported.left_out[0].as_text("page.html"), str)
    assert_type(import_catalog(Path("page.html")), Imported)


def exporting(catalog: Catalog, one: ExportFormat) -> None:
    assert_type(export_catalog(catalog, "json"), str)
    assert_type(one.name, str)
    assert_type(one.summary, str)
    assert_type(one.write, Callable[[Catalog], str])


def explaining(catalog: Catalog) -> None:
    (explanation,) = explain(catalog, "401009")
    assert_type(explanation, Explanation)
    assert_type(explanation.code, ErrorCode)
    assert_type(explanation.params, tuple[str, ...])
    assert_type(explanation.fits, bool | None)
    assert_type(explanation.before, ErrorCode | None)
    assert_type(explanation.as_dict(), dict[str, object])


class Steps:
    """Shows how far long work came."""

    def advance(self, what: str) -> None:
        """Note one more step."""
        print(what)


def checking(catalog: Catalog) -> None:
    findings = lint("my.toml", ignore=["gap:4010xx"])
    assert_type(findings, tuple[Finding, ...])
    assert_type(lint(catalog), tuple[Finding, ...])
    assert_type(findings[0].rule, Rule)
    assert_type(findings[0].severity, Literal["error", "warning", "note"])
    assert_type(findings[0].place, Place)
    assert_type(findings[0].place.line, int | None)
    assert_type(findings[0].codes, tuple[Code, ...])
    found = scan(["src", Path("tests")], catalog, select=["trading", 401009], ignore=["code-type"])
    assert_type(found, tuple[Finding, ...])
    extent = Extent()
    assert_type(scan("src", catalog, extent=extent, progress=Steps()), tuple[Finding, ...])
    assert_type(import_catalog("src", progress=Steps()), Imported)
    assert_type((extent.codes, extent.files), tuple[int, int])
    assert_type(LINT_RULES, tuple[Rule, ...])
    assert_type(SCAN_RULES, tuple[Rule, ...])
    assert_type(Rule("mine", "note", "Mine.").slug, str)


def comparing(old: Catalog, new: Catalog) -> None:
    changes = diff(old, new)
    assert_type(changes, tuple[Change, ...])
    assert_type(
        changes[0].kind,
        Literal["breaking", "renumbered", "meaning", "wording", "addition", "moved"],
    )
    assert_type(changes[0].old, str | int | tuple[str, ...] | None)
    assert_type(changes[0].codes, tuple[Code, ...])
    assert_type(changes[0].as_dict(), dict[str, object])
