"""Writing an envelope by its shape."""

import itertools

import pytest

from pytest_errcodes.catalog import EnvelopeShape
from pytest_errcodes.catalog.envelope_writing import encode_envelope, write_envelope
from pytest_errcodes.errors import ErrcodesUsageError


def test_fields_in_their_order():
    """Code, message and data stand in this order, and further fields behind them."""
    written = write_envelope(EnvelopeShape(), 7, "No order", [1], {"requestId": "r1"})
    assert list(written.items()) == [
        ("code", 7),
        ("message", "No order"),
        ("data", [1]),
        ("requestId", "r1"),
    ]


def test_paths():
    """Each field stands where its path leads."""
    shape = EnvelopeShape(code="error.code", message="error.reason", data="")
    written = write_envelope(shape, 7, "No order", fields={"error.at": 1})
    assert written == {"error": {"code": 7, "reason": "No order", "at": 1}}


def test_bytes():
    """An envelope is compact JSON in UTF-8."""
    assert encode_envelope({"data": "币"}, "reply(7)") == '{"data":"币"}'.encode()


def test_what_json_cannot_hold():
    """The text names the call and what JSON says of the value."""
    with pytest.raises(ErrcodesUsageError) as caught:
        encode_envelope({"data": {1}}, "reply(7, data=...)")
    assert (caught.value.slug, str(caught.value)) == (
        "data-not-json",
        (
            "reply(7, data=...): JSON cannot hold this data: Object of type set is not JSON "
            "serializable\nhint: give strings, numbers, booleans, None, lists and dicts"
        ),
    )


class EndlessList(list):
    def __iter__(self):
        return itertools.count()


class EndlessDict(dict):
    def items(self):
        """Return items without an end."""
        return zip(itertools.count(), itertools.count(), strict=False)


@pytest.mark.parametrize("endless", [EndlessList([1]), EndlessDict(a=1)], ids=["list", "dict"])
def test_what_has_no_end(endless):
    """A list or an object of a derived class that goes on and on is refused, wherever it is."""
    with pytest.raises(ErrcodesUsageError) as caught:
        encode_envelope({"data": [{"orders": endless}]}, "reply(7, data=...)")
    assert (caught.value.slug, str(caught.value)) == (
        "data-not-json",
        (
            f"reply(7, data=...): JSON cannot hold this data: {type(endless).__name__} has more "
            "than 1,000,000 members\nhint: give strings, numbers, booleans, None, lists and dicts"
        ),
    )


def test_derived_classes_that_end():
    """What a derived class says that it holds is written."""

    class Doubled(list):
        def __iter__(self):
            return iter([*super().__iter__()] * 2)

    same = Doubled([1])
    assert encode_envelope({"data": [same, same]}, "reply(7)") == b'{"data":[[1,1],[1,1]]}'
