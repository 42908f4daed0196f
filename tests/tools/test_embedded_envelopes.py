"""The envelopes that stand in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.tools.embedded_envelopes import find_envelopes
from pytest_errcodes.tools.explaining import explain, find_undocumented

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[2026-01-02T03:04:05Z] -> {"code":401999,"message":"x"}', [(401999, "x")]),
        ('headers={"retry": 1} body={"code":401999,"message":"x"}', [(401999, "x")]),
        ("it's [WARN] {'code': 401009, 'message': \"it's\", 'data': None}", [(401009, "it's")]),
        (r'body="{\"code\": 401009, \"message\": \"a \\\"b\\\"\"}"', [(401009, 'a "b"')]),
        ('{"body": "{\\"code\\": 401009, \\"message\\": \\"x\\"}"}', [(401009, "x")]),
        ('{"a": [{"b": {"code": 401009, "message": "x"}}]}', [(401009, "x")]),
        ('{"code": 401009, "message": "Order not f', [(401009, "Order not f")]),
        ('{"code": 401009, "data": {"a": [1, 2', [(401009, None)]),
        ("{'code': 401009, 'at': datetime.datetime(2026, 1, 2)}", [(401009, None)]),
        ('{"code": 401009} and {"code": 401018, "msg": "y"}', [(401009, None), (401018, "y")]),
        ('[{"code": 401009}, 7, {"code": true}]', [(401009, None)]),
        ('{"id": 7, "data": {"code": 12}}', []),
        ('{"message": "a [b] {c", "code": 401009}', [(401009, "a [b] {c")]),
        ("{code: 401009, message: 'x'}", [(401009, "x")]),
        ("<Response [200]> {}", []),
        ("{'code': b'401009'}", [(401009, None)]),
    ],
)
def test_where_envelopes_stand(ltp: Catalog, text: str, found: list[object]) -> None:
    """Behind any bracket, in any nesting, as JSON or as Python prints it, whole or cut off."""
    assert [(one.code, one.message) for one in find_envelopes(ltp, text)] == found


@pytest.mark.parametrize("times", [1, 2, 20, 5000])
@pytest.mark.parametrize(
    "unit", ["[", "{", '{"a":', '\\"{\\"', "{'", "[it's {", "{(", '{"a":"\\\\{"a":"\\\\']
)
def test_brackets_hide_no_envelope(ltp: Catalog, unit: str, times: int) -> None:
    """Behind brackets that never close, with pairs of quotes, an envelope is found."""
    text = unit * times + '\n{"code": 401009, "message": "y"}'
    assert (401009, "y") in [(one.code, one.message) for one in find_envelopes(ltp, text)]


def test_one_that_the_catalog_lacks_hides_no_other(ltp: Catalog) -> None:
    """What is documented is explained, and the other is named."""
    text = '{"code": 401999, "message": "x"} {"code": 401009, "message": "y"}'
    assert [one.code.code for one in explain(ltp, text)] == [401009]
    assert find_undocumented(ltp, text) == (401999,)


@pytest.mark.parametrize(
    ("came", "difference"),
    [
        ("Login faild", 'at character 11: "d" came, "ed" is documented'),
        ("Login failed!", 'at character 13: "!" came, where the documented one ends'),
        ("Login", 'at character 6: it ends, " failed" is documented'),
    ],
)
def test_the_difference_is_told(ltp: Catalog, came: str, difference: str) -> None:
    """Of the message that came and the one that is documented."""
    (found,) = explain(ltp, f'{{"code": 601009, "message": "{came}"}}')
    assert (found.difference, found.as_dict()["difference"]) == (difference, difference)
