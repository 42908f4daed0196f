"""What pytest calls: a listing of hooks and fixtures that delegate.

Importing this module imports pytest and the standard library; everything else is imported by
the first test that needs it.
"""

from __future__ import annotations

import sys
from types import FunctionType
from typing import TYPE_CHECKING, Any

import pytest

from pytest_errcodes.active.context import current
from pytest_errcodes.plugin.run import RUN, Run

if TYPE_CHECKING:
    from collections.abc import Generator

    from pytest_errcodes.catalog import Catalog, ErrorCode
    from pytest_errcodes.simulation import CodeRouter

# -- the run ---------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register the options and the ini settings."""
    from pytest_errcodes.plugin.options import add_options

    add_options(parser)


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Register the hooks that users may implement."""
    from pytest_errcodes.plugin import hookspecs

    pluginmanager.add_hookspecs(hookspecs)


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers and open the run."""
    if pytest.version_tuple < (8,):
        from pytest_errcodes.plugin.releases import refuse_older_pytest

        refuse_older_pytest()
    from pytest_errcodes.plugin.markers import write_marker_lines

    for line in write_marker_lines():
        config.addinivalue_line("markers", line)
    run = config.stash[RUN] = Run(config)
    # Last: if this refuses an option, pytest_unconfigure finds the run and closes it.
    run.start_harvest()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give back what was installed."""
    run = config.stash.get(RUN, None)
    if run is not None:
        run.close()
        del config.stash[RUN]


# -- collection ------------------------------------------------------------------------------


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that carries ``every_code`` once for each code it selects."""
    if "error_code" in metafunc.fixturenames:
        from pytest_errcodes.plugin.collection import parametrize

        parametrize(metafunc, metafunc.config.stash[RUN].catalogs)


@pytest.hookimpl(trylast=True)
def pytest_pycollect_makeitem(
    collector: pytest.Collector, name: str, obj: object
) -> pytest.Item | None:
    """Collect a failing item for a marker on a function or class that holds no test."""
    kind = type(obj)  # isinstance would ask the object, and a lazy proxy may raise anything
    if not (kind is FunctionType or issubclass(kind, type)) or "pytestmark" not in vars(obj):
        return None
    return collector.config.stash[RUN].markers.collect_misplaced(collector, name, obj)


@pytest.hookimpl(trylast=True)  # what -k, -m and other plugins deselect need not be checked
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Check the markers of all tests before any runs."""
    config.stash[RUN].check(items)


def pytest_report_collectionfinish(config: pytest.Config, items: list[pytest.Item]) -> list[str]:
    """Tell of markers that go wrong before any test runs."""
    return config.stash[RUN].markers.tell(items)


# -- running ---------------------------------------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin a test anew; fail one whose marker goes wrong."""
    __tracebackhide__ = True
    item.config.stash[RUN].begin(item)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """Judge what the test does; a wrapper would stand in the tracebacks of all other tests."""
    __tracebackhide__ = True
    item.config.stash[RUN].begin_call(item)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put our findings beside the test's own failure, and drift into the report."""
    run = item.config.stash[RUN]
    run.prepare_report(item, call)
    report = yield
    run.complete_report(item, call, report)
    return report


# -- reporting -------------------------------------------------------------------------------


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell what reports carry beside their tests, such as messages that drifted."""
    terminalreporter.config.stash[RUN].summarize(terminalreporter)


@pytest.hookimpl(wrapper=True)
def pytest_assertrepr_compare(
    op: str, left: object, right: object
) -> Generator[None, list[Any], list[Any]]:
    """Explain a failed ``==`` that an ``IsCode`` takes part in; no code surfaces by it."""
    explanations = yield
    if "pytest_errcodes.assertions.matcher" not in sys.modules:  # nobody has imported IsCode
        return explanations
    from pytest_errcodes.plugin.reports import explain_comparison

    # pytest has compared the members once more, for its own explanation.
    return [explain_comparison(op, left, right), *explanations]


# -- fixtures --------------------------------------------------------------------------------


@pytest.fixture
def errcode_catalog(request: pytest.FixtureRequest) -> Catalog:
    """The catalog in force for this test."""
    from pytest_errcodes.plugin.fixtures import find_catalog_in_force

    return find_catalog_in_force(request)


@pytest.fixture
def error_code() -> ErrorCode:
    """One code of the catalog; ``@pytest.mark.every_code(...)`` gives it its values."""
    # Without ``request``, which pytest would make for each test that gets a code.
    from pytest_errcodes.plugin.fixtures import refuse_error_code

    refuse_error_code()


@pytest.fixture
def errcodes() -> CodeRouter:
    """Routes that answer with documented codes; all of respx's ``MockRouter`` works too.

    They answer until every fixture of the test is torn down.
    """
    # It does without ``request``, for which pytest makes three objects in each test.
    router: CodeRouter = current().start_router()
    return router


@pytest.fixture
def envelope_snapshot(request: pytest.FixtureRequest) -> Any:
    """A syrupy snapshot that writes one readable block for each envelope."""
    __tracebackhide__ = True
    from pytest_errcodes.plugin.fixtures import make_snapshot

    return make_snapshot(request)
