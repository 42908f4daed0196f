"""What we add to pytest's reports: findings beside a failure, and what is told once in a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_errcodes.active.context import current
from pytest_errcodes.plugin.plain_containers import find_in_containers

if TYPE_CHECKING:
    from pytest_errcodes.active.drift import Drift
    from pytest_errcodes.active.observation import Stray
    from pytest_errcodes.errors import ErrcodesUsageError
    from pytest_errcodes.plugin.running_test import RunningTest
    from pytest_errcodes.simulation.findings.finding import Finding

TITLE = "errcodes"
#: How much of each side of a comparison is told.
_WIDTH = 60
#: What stands above the mistakes of a catalog: after the collection, or at the end of the run.
REFUSED_CATALOG = "a catalog that cannot be used"
_DRIFT = "errcodes_drift"
_STRAYS = "errcodes_strays"
_REFUSED = "errcodes_refused"
_CARRIED = {_DRIFT, _STRAYS, _REFUSED}


def cut_traceback(test: RunningTest, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
    """Take what says nothing of the client out of a traceback, before pytest shows it."""
    if excinfo.value is test.verdict:
        # Nobody is shown a verdict's traceback, and pytest takes milliseconds to filter it.
        excinfo.traceback = excinfo.traceback[-1:]
    elif test.has_unmatched and not test.item.config.getoption("fulltrace", default=False):
        from pytest_errcodes.plugin.shortening import shorten

        shorten(excinfo)


def fail_for_unchecked(test: RunningTest, call: pytest.CallInfo[None]) -> None:
    """Let a test fail for helpers that checked nothing, if it did not fail by itself."""
    if call.excinfo is None:
        try:
            fail_for_unseen(test)
        except pytest.fail.Exception:
            call.excinfo = pytest.ExceptionInfo.from_current()


def fail_for_unseen(test: RunningTest) -> None:
    """Fail for helpers that checked nothing, and for those whose failure nobody waits for."""
    from pytest_errcodes.assertions.swallowed_failures import forget_failures
    from pytest_errcodes.plugin.returned_answers import find_codes

    # A task or a pool's thread does not stand below the test that waits for its failure.
    forget_failures(current().unchecked, find_codes(test.item))
    test.fail_for_unchecked()


def put_beside(
    report: pytest.TestReport, test: RunningTest, excinfo: pytest.ExceptionInfo[BaseException]
) -> None:
    """Put our findings beside a failure, and let a verdict of ours point to its test."""
    if excinfo.value is test.verdict:
        _place_at_test(report, test.item, test.mistake)
    # A subtest may be skipped, or fail as expected, while its test goes on.
    if report.failed or (hasattr(report, "wasxfail") and not test.is_judged_now):
        from pytest_errcodes.assertions.swallowed_failures import forget_failures
        from pytest_errcodes.envelope.broken_objects import write_error

        own = "" if excinfo.value is test.verdict else test.explain_failure()
        failure = write_error(excinfo.value)
        forget_failures(current().unchecked)
        unchecked = [] if test.is_judged_now else test.tell_unchecked()  # it goes on, and may enter
        texts = [text for text in (own, *unchecked) if text not in failure]
        _add_section(report, test.take_findings(), texts)


def put_beside_unjudged(
    report: pytest.TestReport,
    item: pytest.Item,
    excinfo: pytest.ExceptionInfo[BaseException],
    overlap: ErrcodesUsageError | None,
) -> None:
    """Put beside a test's own failure that nothing judged it, and why."""
    from pytest_errcodes.envelope.broken_objects import write_error
    from pytest_errcodes.plugin.foreign_runners import explain_unjudged

    text = explain_unjudged(item, overlap)
    if text and text not in write_error(excinfo.value):
        _add_section(report, [], [text])


def explain_comparison(op: str, left: object, right: object) -> list[str] | None:
    """Explain a failed ``==`` or ``in`` that an ``IsCode`` takes part in."""
    from pytest_errcodes.assertions import matcher

    matchers = find_in_containers(matcher.IsCode, left, right)
    if not matchers:
        return None
    if op != "!=":  # the comparison as a whole failed: what single members matched does not count
        for one in matchers:
            one.withdraw()
    try:
        lines = matcher.explain_comparison(op, left, right)
    except Exception:  # noqa: BLE001  # another member's == may raise anything: that is pytest's
        lines = None
    if op != "!=":
        from pytest_errcodes.assertions.swallowed_failures import note_failed_comparison
        from pytest_errcodes.text.wording import show_value

        told = lines or [f"{show_value(left, _WIDTH)} {op} {show_value(right, _WIDTH)}"]
        note_failed_comparison(told[0], current().unchecked)
    return lines


def _place_at_test(report: pytest.TestReport, item: pytest.Item, message: str) -> None:
    """Let what we raised point to its test, for ``--tb=line`` and tools that read reports.

    Args:
        report: The report of the failure.
        item: The test.
        message: What the line of the summary says instead of the exception's type and text.
    """
    crash = getattr(report.longrepr, "reprcrash", None)
    if crash is not None:
        crash.path, crash.lineno = str(item.path), (item.location[1] or 0) + 1
        crash.message = message or crash.message


def _add_section(report: pytest.TestReport, findings: list[Finding], texts: list[str]) -> None:
    """Show what we know under the test's own failure, never instead of it."""
    if not (findings or texts) or not report.failed:
        return
    if findings:
        from pytest_errcodes.simulation.findings.finding_texts import render_finding

        texts = [*texts, *(render_finding(finding) for finding in findings)]
    text = "\n\n".join(texts)
    add_section = getattr(report.longrepr, "addsection", None)
    if add_section is not None:  # shown also with --show-capture=no
        add_section(TITLE, text)
    else:
        report.sections.append((TITLE, text))


def attach(
    report: pytest.TestReport, drift: list[Drift], strays: list[Stray], refused: list[str]
) -> None:
    """Let the report carry what the run tells at its end, to the controller of xdist too.

    Args:
        report: The report.
        drift: The messages that drifted, which are forgotten.
        strays: The requests that were refused while the test ran, which are forgotten.
        refused: What is wrong with catalogs.
    """
    if drift:
        setattr(report, _DRIFT, _list_drift(drift))
        drift.clear()
    if strays:
        setattr(report, _STRAYS, _write_strays(strays))
        strays.clear()
    if refused:
        setattr(report, _REFUSED, refused)


def _list_drift(drift: list[Drift]) -> list[list[str]]:
    from pytest_errcodes.judging.seen_table import shorten_message
    from pytest_errcodes.text.wording import show_code

    rows = dict.fromkeys(
        (show_code(one.code), shorten_message(one.documented), shorten_message(one.came))
        for one in drift
    )
    return [list(row) for row in rows]


def summarize(terminalreporter: Any, untold: list[Stray], unfit: dict[str, str]) -> None:
    """Write what reports carry beside their test, each thing once in a run.

    Args:
        terminalreporter: Has the reports, and writes.
        untold: The requests of ended tests that came after the last report.
        unfit: What is missing of a library whose release its adapter does not know, by library.
    """
    reports = [
        report
        for some in terminalreporter.stats.values()
        for report in some
        if not _CARRIED.isdisjoint(getattr(report, "__dict__", ()))
    ]
    _summarize_refused(terminalreporter, reports)
    _summarize_drift(terminalreporter, reports)
    _summarize_strays(terminalreporter, reports, untold)
    if unfit:
        _summarize_unfit(terminalreporter, unfit)


def _summarize_drift(terminalreporter: Any, reports: list[Any]) -> None:
    """Write each drifted message once: the code, the documented text, the text that came."""
    tests: dict[tuple[str, str, str], set[str]] = {}
    for report in reports:
        for code, documented, came in getattr(report, _DRIFT, ()):
            tests.setdefault((code, documented, came), set()).add(report.nodeid)
    if not tests:
        return
    terminalreporter.section("errcodes: messages that drifted from the catalog")
    for (code, documented, came), nodeids in sorted(tests.items()):
        count = len(nodeids)
        terminalreporter.line(f"{code}  in {count} test{'s'[: count > 1]}")
        terminalreporter.line(f"  documented  {documented}")
        terminalreporter.line(f"  came        {came}")


def _summarize_strays(terminalreporter: Any, reports: list[Any], untold: list[Stray]) -> None:
    """Write each request once that came from a thread or task which had outlived its test."""
    tests: dict[str, dict[str, None]] = {}
    for report in reports:
        for text in getattr(report, _STRAYS, ()):
            tests.setdefault(text, {})[report.nodeid] = None
    for text in _write_strays(untold):
        tests.setdefault(text, {})
    if not tests:
        return
    from pytest_errcodes.simulation.strays import ADVICE

    terminalreporter.section("errcodes: requests after the end of their test")
    for text, nodeids in tests.items():
        terminalreporter.line(text)
        for nodeid in nodeids:
            terminalreporter.line(f"  during {nodeid}")
    terminalreporter.line(f"hint: {ADVICE}")


def _summarize_unfit(terminalreporter: Any, unfit: dict[str, str]) -> None:
    """Write once which libraries have a release that their adapter does not know."""
    from pytest_errcodes.plugin.releases import list_needed

    unknown = {one.library: one for one in list_needed() if not one.is_known}
    terminalreporter.section("errcodes: libraries that are not caught")
    for library, missing in unfit.items():
        one = unknown.get(library)
        name = library if one is None else f"{library} {one.installed}, where {one.bounds} is known"
        terminalreporter.line(f"{name}: its requests meet no route: {missing}")
    terminalreporter.line(
        "hint: install a release that this one of pytest-errcodes knows, or a newer pytest-errcodes"
    )


def _write_strays(strays: list[Stray]) -> list[str]:
    if not strays:
        return []
    from pytest_errcodes.simulation.strays import write_stray

    return list(dict.fromkeys([write_stray(stray) for stray in strays]))


def _summarize_refused(terminalreporter: Any, reports: list[Any]) -> None:
    """Write all that is wrong with each catalog once, whichever worker of xdist found it."""
    texts = [text for report in reports for text in getattr(report, _REFUSED, ())]
    if not texts:
        return
    terminalreporter.section(f"errcodes: {REFUSED_CATALOG}")
    for text in dict.fromkeys(texts):
        terminalreporter.line(text)
