"""Prove that a client surfaces every documented error code of its API.

The names below are resolved when they are first used: importing the package imports nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.assertions.asserts import assert_code, assert_documented, assert_success
    from pytest_errcodes.assertions.matcher import IsCode
    from pytest_errcodes.assertions.raising import raises_code
    from pytest_errcodes.assertions.raising_block import RaisesCode
    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.files.loading import load_catalog
    from pytest_errcodes.catalog.model import ErrorCode
    from pytest_errcodes.catalog.unknown import UnknownCodeError
    from pytest_errcodes.envelope.envelope import Envelope
    from pytest_errcodes.envelope.refusal import NotAnEnvelopeError
    from pytest_errcodes.errors import ErrcodesUsageError
    from pytest_errcodes.simulation.route import CodeRoute
    from pytest_errcodes.simulation.router import CodeRouter
    from pytest_errcodes.snapshot.masking import unmasked

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
    "Catalog": "catalog.catalog",
    "CodeRoute": "simulation.route",
    "CodeRouter": "simulation.router",
    "Envelope": "envelope.envelope",
    "ErrcodesUsageError": "errors",
    "ErrorCode": "catalog.model",
    "IsCode": "assertions.matcher",
    "NotAnEnvelopeError": "envelope.refusal",
    "RaisesCode": "assertions.raising_block",
    "UnknownCodeError": "catalog.unknown",
    "assert_code": "assertions.asserts",
    "assert_documented": "assertions.asserts",
    "assert_success": "assertions.asserts",
    "load_catalog": "catalog.files.loading",
    "raises_code": "assertions.raising",
    "unmasked": "snapshot.masking",
}


def __getattr__(name: str) -> object:
    from pytest_errcodes._lazy import import_late

    return import_late(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return __all__
