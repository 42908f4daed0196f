"""Values that cannot be compared simply: each comparison passes, or fails in words."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from objects import make_kind

from pytest_errcodes import Envelope, IsCode
from pytest_errcodes.assertions.asserts import assert_code
from pytest_errcodes.envelope.equal_values import are_equal, differ
from pytest_errcodes.judging.json_form import to_json

if TYPE_CHECKING:
    from random import Random

_COMPARED = ("__eq__", "__ne__", "__bool__", "__hash__", "__repr__", "__len__")


def make_value(random: Random, depth: int = 3) -> Any:
    """Return a value; some hold themselves, some raise when they are compared."""
    if depth and random.random() < 0.5:
        members = [make_value(random, depth - 1) for _ in range(random.randint(0, 3))]
        if random.random() < 0.2:
            members.append(members)
        kind = random.randint(0, 2)
        if kind == 2:
            return {random.choice(("a", "b", 1)): one for one in members}
        return members if kind else tuple(members)
    if random.random() < 0.3:
        try:
            return make_kind(random, random.choice((object, int, str)), 1, _COMPARED)()
        except Exception:  # its own members make it impossible
            return None
    return random.choice((
        1, "a", None, True, float("nan"), Decimal("sNaN"), Decimal(1), 10**5_000,
        datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1), b"a",
    ))  # fmt: skip


def compare_values(random: Random) -> None:
    """Compare two values as data and as a field."""
    one, other = make_value(random), random.choice((make_value(random), None))
    assert are_equal(one, other) in (True, False)
    assert differ(one, other) in (True, False)
    body = {"code": 401009, "message": "clientOrderId already exists", "data": one, "a": one}
    try:
        assert_code(body, 401009, data=other)
    except AssertionError as failure:
        str(failure).encode()
    matcher = IsCode(401009, a=other)
    mismatch = matcher.find_mismatch(body)
    if mismatch is not None:
        json.dumps(to_json(mismatch))
        matcher.why_not(body)
    result = Envelope.of(body) == Envelope.of(body | {"data": other})
    assert result in (True, False)


PLAYS = (compare_values,)
