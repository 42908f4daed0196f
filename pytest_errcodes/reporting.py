"""What we add to pytest's reports: findings beside a failure, and messages that drifted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

    from pytest_errcodes.session import Drift

TITLE = "errcodes"
_DRIFT = "errcodes_drift"


def insist(report: pytest.TestReport, text: str) -> None:
    """Report a mistake of the user as a failure, whatever ``xfail`` made of it."""
    report.outcome = "failed"
    report.longrepr = text
    if hasattr(report, "wasxfail"):
        del report.wasxfail


def put_beside(report: pytest.TestReport, findings: list[str]) -> None:
    """Show findings under the test's own failure, never instead of it."""
    if not findings or not report.failed:
        return
    text = "\n\n".join(findings)
    add_section = getattr(report.longrepr, "addsection", None)
    if add_section is not None:  # shown also with --show-capture=no
        add_section(TITLE, text)
    else:
        report.sections.append((TITLE, text))


def attach_drift(report: pytest.TestReport, drift: list[Drift]) -> None:
    """Let the report carry what drifted, so that it reaches the controller of xdist."""
    if drift:
        rows = dict.fromkeys((str(one.code), one.documented, one.came) for one in drift)
        setattr(report, _DRIFT, [list(row) for row in rows])


def drift_summary(terminalreporter: Any) -> None:
    """Write each drifted message once: the code, the documented text, the text that came."""
    rows: dict[tuple[str, str, str], int] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            for code, documented, came in getattr(report, _DRIFT, ()):
                rows[code, documented, came] = rows.get((code, documented, came), 0) + 1
    if not rows:
        return
    terminalreporter.section("errcodes: messages that drifted from the catalog")
    for (code, documented, came), count in sorted(rows.items()):
        terminalreporter.line(f"{code}  seen {count} time{'s'[: count > 1]}")
        terminalreporter.line(f"  documented  {documented}")
        terminalreporter.line(f"  came        {came}")
