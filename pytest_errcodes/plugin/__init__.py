"""The entry point for pytest: hooks, fixtures, options. Wiring only.

Importing this module imports pytest and the standard library; everything else is imported by
the first test that needs it.
"""

from __future__ import annotations

import sys
from functools import partial
from types import FunctionType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import TracebackType

    from pytest_errcodes.catalog import Catalog, ErrorCode
    from pytest_errcodes.errors import ErrcodesUsageError
    from pytest_errcodes.plugin.run import Run
    from pytest_errcodes.plugin.running_test import RunningTest
    from pytest_errcodes.simulation import CodeRouter

MARKERS = (
    (
        "expects_code(code, ..., any_of=False, params=None, message=None, times=None, "
        "surfaced=False): the test must see these business codes, in an exception, an assertion "
        "or an answer."
    ),
    (
        "every_code(selector, ..., expects=True, surfaced=False): run the test once for each code "
        "that the selectors pick, as the argument error_code."
    ),
    (
        "errcodes(base_url=None, catalog=None, assert_all_called=True, assert_all_mocked=True): "
        "settings of the errcodes fixture, and the catalog of the test's markers."
    ),
)

RUN: pytest.StashKey[Run] = pytest.StashKey()
MISTAKE: pytest.StashKey[ErrcodesUsageError] = pytest.StashKey()
TEST: pytest.StashKey[RunningTest] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register the option and the ini settings."""
    group = parser.getgroup("errcodes", "business error codes")
    group.addoption(
        "--errcodes-catalog",
        metavar="NAME_OR_PATH",
        help="the catalog of codes: 'ltp' or the path of a TOML file (overrides the ini setting)",
    )
    parser.addini(
        "errcodes_catalog", "the catalog: 'ltp' or the path of a TOML file", default="ltp"
    )
    parser.addini("errcodes_base_url", "put in front of the paths of errcodes' routes", default="")
    parser.addini(
        "errcodes_message",
        "a message that does not fit its template: 'template' fails, 'warn' reports, 'ignore'",
        default="template",
    )
    parser.addini(
        "errcodes_share_tls",
        "load equal TLS contexts once while routes are active",
        type="bool",
        default=True,
    )


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Register the hooks that users may implement."""
    from pytest_errcodes.plugin import hookspecs

    pluginmanager.add_hookspecs(hookspecs)


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers and open the run."""
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    config.stash[RUN] = _open_run(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give back what was installed."""
    run = config.stash.get(RUN, None)
    if run is not None:
        run.close()
        del config.stash[RUN]


def _open_run(config: pytest.Config) -> Run:
    from pytest_errcodes.errors import ErrcodesUsageError
    from pytest_errcodes.plugin.run import Run, Settings

    chosen = config.getoption("--errcodes-catalog")
    catalog = str(chosen or config.getini("errcodes_catalog"))
    settings = Settings(
        catalog=catalog,
        catalog_from=f"{'--errcodes-catalog=' if chosen else 'errcodes_catalog = '}{catalog}",
        base_url=str(config.getini("errcodes_base_url")),
        message=str(config.getini("errcodes_message")),
        share_tls=bool(config.getini("errcodes_share_tls")),
        folder=config.invocation_params.dir if chosen else config.rootpath,
        root=config.rootpath,
    )
    try:
        run = Run(settings)
    except ErrcodesUsageError as error:
        raise pytest.UsageError(str(error)) from None
    run.context.readers.append(partial(_read_by_hook, config, run))
    run.context.start_router = partial(_start_router, run)
    return run


def _read_by_hook(config: pytest.Config, run: Run, obj: object) -> Any:
    """Ask the hooks of the running test's folder, outside of tests all, for an envelope."""
    hook = (config.hook if run.item is None else run.item.ihook).pytest_errcodes_envelope
    return hook(obj=obj) if hook.get_hookimpls() else None


# -- collection ------------------------------------------------------------------------------


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that carries ``every_code`` once for each code it selects."""
    if "error_code" not in metafunc.fixturenames:
        return  # the check of the markers fails a test that has every_code all the same
    marks = list(metafunc.definition.iter_markers("every_code"))
    if not marks:
        return
    from pytest_errcodes.plugin.collection import every_code

    run = metafunc.config.stash[RUN]
    every_code(metafunc, marks, lambda source: run.catalog(source, metafunc.definition.path))


@pytest.hookimpl(trylast=True)
def pytest_pycollect_makeitem(collector: Any, name: str, obj: object) -> pytest.Item | None:
    """Collect a failing item for a marker on a function or class that holds no test."""
    kind = type(obj)  # isinstance would ask the object, and a lazy proxy may raise anything
    if not (kind is FunctionType or issubclass(kind, type)) or "pytestmark" not in vars(obj):
        return None
    from pytest_errcodes.plugin.collection import misplaced

    found = misplaced(collector, name, obj)
    if found is None:
        return None
    item, mistake = found
    item.stash[MISTAKE] = mistake
    item.config.stash[RUN].misplaced = True
    return item


@pytest.hookimpl(trylast=True)  # what -k, -m and other plugins deselect need not be checked
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Check the markers of all tests before any runs."""
    run = config.stash[RUN]
    if run.misplaced:
        from pytest_errcodes.plugin.collection import without_found

        items[:] = without_found(items)
    for item, mistake in run.reader.problems(items):
        _note(item, mistake)


def _note(item: pytest.Item, mistake: ErrcodesUsageError) -> None:
    """Let a test fail for the first mistake that is found in its markers."""
    item.stash.setdefault(MISTAKE, mistake)
    item.config.stash[RUN].mistaken = True


def pytest_report_collectionfinish(config: pytest.Config, items: list[pytest.Item]) -> list[str]:
    """Tell of markers that go wrong before any test runs."""
    run = config.stash[RUN]
    if not (run.mistaken or run.misplaced):  # a look at each of many tests costs milliseconds
        return []
    wrong = [item for item in items if MISTAKE in item.stash]
    if not wrong:
        return []
    from pytest_errcodes.plugin.collection import summary

    return summary([(item.nodeid, item.stash[MISTAKE]) for item in wrong])


# -- running ---------------------------------------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail a test whose marker goes wrong."""
    mistake = item.stash.get(MISTAKE, None)
    if mistake is not None:
        pytest.fail(str(mistake), pytrace=False)
    run = item.config.stash[RUN]
    run.begin(item)
    has_routes = "errcodes" in getattr(item, "fixturenames", ())
    if has_routes or item.get_closest_marker("expects_code") is not None:
        run.bind_network(routes=has_routes)
    if has_routes:
        _running(item).prepare()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """Judge what the test does; a wrapper would stand in the tracebacks of all other tests."""
    __tracebackhide__ = True
    run = item.config.stash[RUN]
    run.called = True
    test = item.stash.get(TEST, None)
    # Read here, not at setup: a fixture may have added a marker.
    if item.get_closest_marker("expects_code") is not None:
        with _ToldInWords():
            expectations = run.reader.expectations(item)
        test = test or _running(item)
        test.expect(expectations)
    if test is not None:
        test.judge_call()


class _Teardown:
    """Registered with the first test that needs it, so that others have no wrapper of ours."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Report what a fixture's teardown sent and no route matched."""
        __tracebackhide__ = True
        try:
            result = yield
        finally:
            test = item.stash.get(TEST, None)
            if test is not None:
                test.close()
        if test is not None:
            test.fail_for_findings()
        return result


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put our findings beside the test's own failure, and drift into the report."""
    test = item.stash.get(TEST, None)
    if test is not None and call.excinfo is not None:
        if call.excinfo.value is test.verdict:
            # Nobody is shown a verdict's traceback, and pytest takes milliseconds to filter it.
            call.excinfo.traceback = call.excinfo.traceback[-1:]
        elif test.unmatched and not item.config.getoption("fulltrace", default=False):
            from pytest_errcodes.plugin.shortening import shorten

            shorten(call.excinfo)
    report = yield
    if test is not None and call.when == "teardown":
        del item.stash[TEST]  # requests and responses need not live as long as the session
    drift = item.config.stash[RUN].context.drift
    if call.excinfo is None and not drift:
        return report
    from pytest_errcodes.plugin import reports

    mistake = item.stash.get(MISTAKE, None)
    if mistake is not None and call.when == "setup":
        reports.place_at_test(report, item, str(mistake))
    if test is not None and call.excinfo is not None:
        if call.excinfo.value is test.verdict:
            reports.place_at_test(report, item)
        # A part of a test may be skipped, or fail as expected, and the test go on.
        if report.failed or (hasattr(report, "wasxfail") and not test.runs):
            reports.put_beside(report, test.new_findings() + test.notes())
    reports.attach_drift(report, drift)
    return report


def _running(item: pytest.Item) -> RunningTest:
    """Return what judges the test that runs now."""
    test = item.stash.get(TEST, None)
    if test is None:
        from pytest_errcodes.plugin.running_test import RunningTest

        item.stash[TEST] = test = RunningTest(item.config.stash[RUN], item)
        plugins = item.config.pluginmanager
        if not plugins.has_plugin("errcodes-teardown"):
            plugins.register(_Teardown(), "errcodes-teardown")
    return test


def _start_router(run: Run) -> CodeRouter:
    """Return the router of the test that runs now, started."""
    with _ToldInWords():
        return _running(run.item).start_router()


class _ToldInWords:
    """Let a mistake of the user fail the test with its text, without a traceback of ours."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # This frame is not hidden: pytest has a word to say where all frames of a failure are.
        if error is None:
            return
        from pytest_errcodes.errors import ErrcodesUsageError

        if isinstance(error, ErrcodesUsageError):
            raise pytest.fail.Exception(str(error), pytrace=False) from None


# -- reporting -------------------------------------------------------------------------------


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """List the messages that drifted from their templates."""
    from pytest_errcodes.plugin.reports import drift_summary

    drift_summary(terminalreporter)


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Explain a failed ``==`` that an ``IsCode`` takes part in."""
    matcher = sys.modules.get("pytest_errcodes.assertions.matcher")
    if matcher is None:  # then there is no IsCode
        return None
    from pytest_errcodes.plugin.reports import holds

    if not (holds(matcher.IsCode, left) or holds(matcher.IsCode, right)):
        return None
    try:
        explanation: list[str] | None = matcher.explain_comparison(op, left, right)
    except Exception:  # noqa: BLE001  # another member's == may raise anything: that is pytest's
        return None
    return explanation


# -- fixtures --------------------------------------------------------------------------------


@pytest.fixture
def errcode_catalog(request: pytest.FixtureRequest) -> Catalog:
    """The catalog in force for this test."""
    with _ToldInWords():
        return request.config.stash[RUN].context.catalog


@pytest.fixture
def error_code(request: pytest.FixtureRequest) -> ErrorCode:
    """One code of the catalog; ``@pytest.mark.every_code(...)`` gives it its values."""
    from pytest_errcodes.errors import ErrcodesUsageError

    with _ToldInWords():
        sections = request.config.stash[RUN].context.catalog.sections
        example = repr(sections[0].id if sections else "*")
        raise ErrcodesUsageError(
            "error-code-without-marker",
            f"{request.node.name} asks for error_code, but no marker says which codes",
            f"put @pytest.mark.every_code({example}) on the test, or another selector",
        )


@pytest.fixture
def errcodes() -> CodeRouter:
    """Routes that answer with documented codes; all of respx's ``MockRouter`` works too.

    They answer until every fixture of the test is torn down.
    """
    # It does without ``request``, for which pytest makes three objects in each test.
    from pytest_errcodes.active.context import current

    router: CodeRouter = current().start_router()  # type: ignore[assignment]  # by us, below
    return router


@pytest.fixture
def envelope_snapshot(request: pytest.FixtureRequest) -> Any:
    """A syrupy snapshot that writes one readable block for each envelope."""
    __tracebackhide__ = True
    from pytest_errcodes.snapshot.extension import envelope_snapshot as make

    with _ToldInWords():
        return make(request)
