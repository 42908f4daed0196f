"""IsCode: a matcher inside any structure, and what it says."""

from __future__ import annotations

import types

import pytest

from pytest_errcodes import ErrcodesUsageError, IsCode
from pytest_errcodes.assertions.matcher import explain_comparison
from pytest_errcodes.catalog import load_catalog

EXISTS = {"code": 401009, "message": "clientOrderId already exists", "data": {"id": 7}}
NOT_FOUND = {"code": 401018, "message": "Order not found"}
COMPARED = [
    "expected 401009, came 401018",
    "  expected  401009  clientOrderId already exists",
    "  came      401018  Order not found",
    "                ^",
]


pytestmark = pytest.mark.usefixtures("context")


@pytest.mark.parametrize(
    "value",
    [
        EXISTS,
        '{"code": 401009, "message": "clientOrderId already exists"}',
        types.SimpleNamespace(code=401009, message="clientOrderId already exists"),
    ],
)
def test_matches_whatever_carries_the_code(value):
    """A mapping, JSON and an object are equal to the matcher, from both sides."""
    assert value == IsCode(401009)
    assert IsCode(401009) == value


def test_matches_inside_a_structure():
    """The matcher stands anywhere in a structure."""
    answer = {"id": 1, "results": [EXISTS, NOT_FOUND]}

    assert answer == {"id": 1, "results": [IsCode(401009), IsCode(load_catalog("ltp")[401018])]}
    assert answer != {"id": 1, "results": [IsCode(401018), IsCode(401009)]}


@pytest.mark.parametrize(
    "matcher",
    [
        IsCode(401009, data={"id": 7}),
        IsCode(401009, message="clientOrderId already exists"),
        IsCode(401009, http_status=None),
        IsCode(401009, event="place_order", id=3),
    ],
    ids=repr,
)
def test_fields(matcher):
    """Further fields are compared by name, also those that are no part of an envelope."""
    assert matcher == {**EXISTS, "event": "place_order", "id": 3}


def test_fields_of_an_object():
    """Further fields of an object are its attributes."""
    answer = types.SimpleNamespace(**EXISTS, event="place_order")

    assert answer == IsCode(401009, event="place_order")
    assert answer != IsCode(401009, id=3)


@pytest.mark.parametrize(
    ("matcher", "lines"),
    [
        (
            IsCode(401009, data={"id": 8}),
            [
                "expected 401009 with the data given, came other data",
                "  expected  data.id  8",
                "  came      data.id  7",
                "                     ^",
            ],
        ),
        (
            IsCode(401009, event={"a": ["x"]}),
            [
                "expected 401009 with the event given, came another",
                "  expected  event.a[0]  'x'",
                "  came      event.a[0]  'y'",
                "                         ^",
            ],
        ),
        (
            IsCode(401009, id=3),
            [
                "expected 401009 with the id given, came another",
                "  expected  id  3",
                "  came      id  (missing)",
                "                ^",
            ],
        ),
        (
            IsCode(401009, http_status=400),
            [
                "expected 401009 with the http_status given, came another",
                "  expected  http_status  400",
                "  came      http_status  None",
                "                         ^",
            ],
        ),
        (IsCode(401018), ["expected 401018, came 401009"]),
    ],
    ids=repr,
)
def test_mismatch(matcher, lines):
    """The text of the last comparison that failed is kept."""
    assert matcher != {**EXISTS, "event": {"a": ["y"]}}
    assert matcher.mismatch is not None
    assert matcher.mismatch.splitlines()[: len(lines)] == lines


def test_mismatch_of_no_envelope():
    """What is no envelope does not match, and the text says why."""
    matcher = IsCode(401009)

    assert matcher != 7
    assert matcher.mismatch == (
        "expected 401009, came no envelope: int has no attribute 'code'\n"
        "  expected      401009  clientOrderId already exists\n"
        "  value         7\n"
        "hint: where it is what the client returned, name its parts: SimpleNamespace(code=result)"
    )


def test_repr():
    """The repr is the expectation until it matched, and again after it did not."""
    matcher = IsCode(401112, 20, data={"token": "abc"}, event="x")
    described = "IsCode(401112, 20, data={'token': '<secret>'}, event='x')"
    assert repr(matcher) == described

    matcher = IsCode(401009)
    assert matcher == EXISTS
    assert (repr(matcher), matcher.mismatch) == (repr(EXISTS), None)

    assert matcher != NOT_FOUND
    assert (repr(matcher), matcher.mismatch) == ("IsCode(401009)", "\n".join(COMPARED))


def test_repr_of_an_object_without_one():
    """The expectation stands where the object that matched has no repr."""

    class Answer(dict):
        def __repr__(self):
            raise RuntimeError("no repr")

    matcher = IsCode(401009)
    assert matcher == Answer(EXISTS)
    assert repr(matcher) == "IsCode(401009)"


def test_no_key():
    """What changes with a comparison is no key of a dict."""
    with pytest.raises(TypeError, match="unhashable"):
        hash(IsCode(401009))


def test_a_match_is_observed(context):
    """A match is noted with its place, a mismatch is not."""
    line = test_a_match_is_observed.__code__.co_firstlineno
    assert [IsCode(401009)] != [NOT_FOUND]
    assert [IsCode(401009)] == [EXISTS]

    seen = [(one.code, one.source, one.place) for one in context.observations]
    assert seen == [(401009, "assertion", f"IsCode at test_matcher.py:{line + 4}")]


@pytest.mark.parametrize(
    ("args", "slug"),
    [
        ((1,), "unknown-code"),
        ((None,), "unknown-code"),
        ((401009.0,), "unknown-code"),
        ((401009, 1), "parameter-count"),
    ],
)
def test_mistakes(args, slug):
    """A code that is not documented, or parameters it does not take, are refused at once."""
    with pytest.raises(ErrcodesUsageError) as caught:
        IsCode(*args)

    assert caught.value.slug == slug


def test_explain_at_the_top():
    """A comparison with the matcher itself is explained by its mismatch."""
    assert explain_comparison("==", {"token": "abc", **NOT_FOUND}, IsCode(401009)) == [
        "{'token': '<secret>', 'code': 401018, 'message': 'Order not … == IsCode(401009)",
        *COMPARED,
    ]
    assert explain_comparison("==", IsCode(401009), NOT_FOUND) == [
        "IsCode(401009) == {'code': 401018, 'message': 'Order not found'}",
        *COMPARED,
    ]


def test_explain_inside_a_structure():
    """Matchers inside a structure are explained by their places."""
    left = {"id": 1, "results": [EXISTS, NOT_FOUND], "last": (NOT_FOUND,)}
    right = {"id": 1, "results": [IsCode(401009), IsCode(401009)], "last": (IsCode(401009),)}

    lines = explain_comparison("==", left, right)

    assert lines is not None
    assert lines[1:] == ["at ['results'][1]:", *COMPARED, "at ['last'][0]:", *COMPARED]


@pytest.mark.parametrize(
    ("operator", "left", "right"),
    [
        ("!=", EXISTS, IsCode(401009)),
        ("==", EXISTS, IsCode(401009)),
        ("==", {"id": 1, "r": NOT_FOUND}, {"id": 2, "r": IsCode(401009)}),
        ("==", {"r": NOT_FOUND}, {"r": IsCode(401009), "id": 2}),
        ("==", [NOT_FOUND], [IsCode(401009), 1]),
        ("==", [NOT_FOUND], (IsCode(401009),)),
        ("==", 1, 2),
    ],
)
def test_explain_leaves_the_rest_to_pytest(operator, left, right):
    """Where anything else differs, or nothing does, pytest's own explanation stands."""
    assert explain_comparison(operator, left, right) is None
