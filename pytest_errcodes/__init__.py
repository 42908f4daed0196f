"""Prove that a client surfaces every documented error code of its API.

The names below are resolved when they are first used: importing the package imports nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.assertions import (
        IsCode,
        RaisesCode,
        assert_code,
        assert_documented,
        assert_success,
        raises_code,
    )
    from pytest_errcodes.catalog import Catalog, ErrorCode, UnknownCodeError, load_catalog
    from pytest_errcodes.envelope import Envelope, NotAnEnvelopeError
    from pytest_errcodes.errors import ErrcodesUsageError
    from pytest_errcodes.simulation import CodeRoute, CodeRouter
    from pytest_errcodes.snapshot import unmasked

__all__ = [
    "Catalog",
    "CodeRoute",
    "CodeRouter",
    "Envelope",
    "ErrcodesUsageError",
    "ErrorCode",
    "IsCode",
    "NotAnEnvelopeError",
    "RaisesCode",
    "UnknownCodeError",
    "assert_code",
    "assert_documented",
    "assert_success",
    "load_catalog",
    "raises_code",
    "unmasked",
]

_HOMES = {
    "assertions": (
        "IsCode",
        "RaisesCode",
        "assert_code",
        "assert_documented",
        "assert_success",
        "raises_code",
    ),
    "catalog": ("Catalog", "ErrorCode", "UnknownCodeError", "load_catalog"),
    "envelope": ("Envelope", "NotAnEnvelopeError"),
    "errors": ("ErrcodesUsageError",),
    "simulation": ("CodeRoute", "CodeRouter"),
    "snapshot": ("unmasked",),
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
