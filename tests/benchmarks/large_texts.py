"""Measure what it takes to tell of megabytes: in a process of its own, as JSON.

Of a text in which only 200 characters are shown, no more than those are masked. Each measurement
checks that the secret beside them is not seen.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

from pytest_errcodes import IsCode, NotAnEnvelopeError
from pytest_errcodes.assertions.asserts import assert_code, assert_success
from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.text.wording import show_text, show_value
from pytest_errcodes.tools.explaining import explain

if TYPE_CHECKING:
    from collections.abc import Callable

_SECRET = "hunter2Zz9Qk4"
_ROWS = 44_000


def make_data(rows: int) -> list[dict[str, Any]]:
    """Return rows of some 100 bytes each as JSON, with a secret in each."""
    return [
        {"orderId": 1_000_000 + row, "symbol": "BTC-USD", "apiKey": _SECRET, "note": "x" * 20}
        for row in range(rows)
    ]


def tell(check: Callable[[], object]) -> str:
    """Return the text with which a check fails."""
    try:
        check()
    except (AssertionError, NotAnEnvelopeError) as error:
        return str(error)
    raise SystemExit("it passed")


def list_tellers() -> dict[str, tuple[Callable[[], str], float]]:
    """Return what is measured, with its bar in milliseconds."""
    data = make_data(_ROWS)
    text = json.dumps(data)
    megabytes = f"{len(text) / 1_000_000:.1f} MB"
    envelope = {"code": 401009, "message": "clientOrderId already exists", "data": data}
    # The comparison goes through all of it; what is told of it does not.
    other = [*data[:-1], {**data[-1], "note": "y"}]
    catalog, body = load_catalog("ltp"), json.dumps(envelope | {"data": data[:5_000]})
    return {
        f"showing 200 characters of {megabytes} of data, ms": (lambda: show_value(data, 200), 20),
        f"showing 200 characters of {megabytes} of text, ms": (lambda: show_text(text, 200), 20),
        f"failing with {megabytes} that are no envelope, ms": (
            lambda: tell(lambda: assert_success({"rows": data})), 20,
        ),
        f"failing with {megabytes} of another code, ms": (
            lambda: tell(lambda: assert_code(envelope, 401112)), 20,
        ),
        f"failing with {megabytes} whose last row differs, ms": (
            lambda: tell(lambda: assert_code(envelope, 401009, data=other)), 100,
        ),
        f"why_not of {megabytes}, ms": (
            lambda: IsCode(401009, data=data[:1]).why_not(envelope) or "", 20,
        ),
        "finding no code in 0.1 MB of open braces, ms": (
            lambda: tell(lambda: assert_code(ValueError('{"a":' * 20_000), 401112)), 200,
        ),
        f"explaining {len(body) / 1_000_000:.1f} MB, ms": (
            lambda: str([one.as_dict() for one in explain(catalog, body)]), 100,
        ),
    }  # fmt: skip


def main() -> None:
    """Print each figure, beside its bar."""
    rounds = 3 if "--quick" in sys.argv else 15
    figures = {}
    for what, (tell_all, bar) in list_tellers().items():
        spent = []
        for _ in range(rounds):
            begun = time.process_time()
            text = tell_all()
            spent.append((time.process_time() - begun) * 1000)
            if _SECRET in text:
                raise SystemExit(f"{what}: the secret is seen")
        figures[what] = (statistics.median(spent), f"<= {bar}")
    json.dump(figures, sys.stdout)


if __name__ == "__main__":
    main()
