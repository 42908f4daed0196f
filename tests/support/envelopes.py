"""Envelopes as they come, and how they differ from what is expected."""

from __future__ import annotations

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.judging.comparison import compare
from pytest_errcodes.judging.expectation import ExpectedEnvelope
from pytest_errcodes.judging.rendering import render

LTP = load_catalog("ltp")


def came(code, message, data=None, shape=LTP.shape):
    """Return an envelope as it came."""
    return Envelope(code, message, data, shape)


def text(envelope, code=401009, *params, **options):
    """Return how an envelope differs from what is expected; None when it does not."""
    mismatch = compare(envelope, ExpectedEnvelope.of(code, params, **options))
    return None if mismatch is None else render(mismatch)
