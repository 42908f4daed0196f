"""What our fixtures give a test, or tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from pytest_errcodes.active.context import current
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.plugin.failures import fail_in_words
from pytest_errcodes.plugin.run import RUN

if TYPE_CHECKING:
    import pytest

    from pytest_errcodes.catalog import Catalog


def find_catalog_in_force(request: pytest.FixtureRequest) -> Catalog:
    """Return the catalog in force for a test."""
    try:
        return request.config.stash[RUN].context.catalog
    except ErrcodesUsageError as mistake:
        fail_in_words(mistake)


def refuse_error_code() -> NoReturn:
    """Fail the running test, which asks for a code when no marker gives it one."""
    try:
        sections = current().catalog.sections
    except ErrcodesUsageError as mistake:
        fail_in_words(mistake)
    example = repr(sections[0].id if sections else "*")
    missing = ErrcodesUsageError(
        "error-code-without-marker",
        f"{current().test_name} asks for error_code, but no marker says which codes",
        f"put @pytest.mark.every_code({example}) on the test, or another selector",
    )
    fail_in_words(missing)


def make_snapshot(request: pytest.FixtureRequest) -> Any:
    """Return a snapshot for one test."""
    __tracebackhide__ = True
    from pytest_errcodes.plugin.releases import known_releases

    try:
        with known_releases("the fixture envelope_snapshot"):
            from pytest_errcodes.snapshot.extension import envelope_snapshot
        return envelope_snapshot(request)
    except ErrcodesUsageError as mistake:
        fail_in_words(mistake)
