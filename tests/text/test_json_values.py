"""Any value as JSON can hold it."""

from __future__ import annotations

import enum
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes.text.json_values import json_text, json_value


class Duplicate(enum.IntEnum):
    ORDER = 401009


class Broken(dict):
    """A container that raises when it is walked."""

    def items(self):
        """Raise."""
        raise RuntimeError("not loaded")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        (True, True),
        (401009, 401009),
        (Duplicate.ORDER, 401009),
        (-(10**30), -(10**30)),
        pytest.param(10**5000, "an integer of 5,001 digits", id="huge"),
        (1.5, 1.5),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        ("a\nb", "a\nb"),
        ("a\ud800b", "a\\ud800b"),
        ("apiKey=abc", "apiKey=<secret>"),
        (b"token=abc", "b'token=<secret>'"),
        ([1, ("a",)], [1, ["a"]]),
        ({"token": "abc", "b": {7: 1}}, {"token": "<secret>", "b": {"7": 1}}),
        ({"token": None, "password": True}, {"token": None, "password": True}),
        ({"a": {1}}, {"a": "{1}"}),
        (Broken(a=1), "<Broken without a repr>"),
    ],
)
def test_value(value, written):
    """A value that JSON knows stays as it is, and any other one becomes a text."""
    assert json_value(value) == written
    assert type(json_value(value)) is type(written)


def test_long_text():
    """Of a long text the beginning is kept, and a secret in it is found whole."""
    assert json_text("x" * 50_000_000) == "x" * 200 + "…"
    assert json_text(f"{'x' * 190} token={'s' * 5_000}") == f"{'x' * 190} token=<se…"


def test_large_containers():
    """Of large containers, and of those inside them, the first two hundred members are kept."""
    assert json_value(list(range(1_000))) == [*range(200), "…"]
    assert json_value({str(number): number for number in range(1_000)}) == {
        **{str(number): number for number in range(200)},
        "…": "…",
    }
    assert len(json.dumps(json_value([[list(range(100))] * 100] * 100))) < 10_000


def test_value_that_holds_itself():
    """A container that holds itself is cut."""
    tree: dict[str, object] = {}
    tree["root"] = [tree]

    assert json.dumps(json_value(tree)).count("root") == 10


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary()),
        lambda inner: st.one_of(
            st.lists(inner),
            st.dictionaries(st.one_of(st.text(), st.integers()), inner),
            st.tuples(inner, inner),
        ),
    )
)
def test_whatever_it_is(value):
    """What is written is JSON, and UTF-8 can hold it."""
    written = json_value(value)

    assert json.loads(json.dumps(written, allow_nan=False)) == written
    json.dumps(written, ensure_ascii=False).encode()
