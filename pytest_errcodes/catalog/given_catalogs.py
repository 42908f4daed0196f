"""What is given as a catalog, and may be none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.catalog import Catalog
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.true_kinds import is_one_of
from pytest_errcodes.text.wording import show_value

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDTH = 100


def check_catalog(value: object, call: str = "") -> None:
    """Refuse what is no catalog.

    Args:
        value: What was given; None passes where it stands for the catalog in force.
        call: What it was given to; empty for ``catalog=`` of a helper.

    Raises:
        ErrcodesUsageError: It is none (``catalog-missing``).
    """
    __tracebackhide__ = True
    if is_catalog(value) or (value is None and not call):
        return
    shown = show_value(value, _WIDTH)
    is_name = issubclass(type(value), str)
    raise ErrcodesUsageError(
        "catalog-missing",
        f"{call}: {shown} is no catalog" if call else f"catalog={shown} is no catalog",
        f"pass load_catalog({shown})" if is_name else "pass what load_catalog(...) returns",
    )


def check_catalogs(call: str, values: Iterable[object]) -> None:
    """Refuse what is no catalog, of several."""
    __tracebackhide__ = True
    for value in values:
        check_catalog(value, call)


def is_catalog(value: object) -> bool:
    """Return whether an object is a catalog, whatever it says of itself."""
    # By its bases: a catalog is a mapping, and those ask their metaclass.
    return is_one_of(Catalog, type.mro(type(value)))
