"""Fields of an envelope that stand deeper down in its JSON."""

import pytest

from pytest_errcodes.catalog.field_paths import ABSENT, find_field, put_field


@pytest.mark.parametrize(
    ("mapping", "found"),
    [
        ({"error": {"code": 7}}, 7),
        ({"error.code": 8, "error": {"code": 7}}, 8),
        ({"error": {"code": None}}, None),
        ({"error": {}}, ABSENT),
        ({"error": 7}, ABSENT),
        ({}, ABSENT),
        ({"error": [{"code": 7}]}, ABSENT),
    ],
)
def test_find(mapping, found):
    """A field of that very name comes first; what is on the path and no object holds nothing."""
    assert find_field(mapping, "error.code") is found


@pytest.mark.parametrize(
    ("mapping", "found"),
    [
        ({"errors": [{"code": 7}, {"code": 8}]}, 7),
        ({"errors": {"0": {"code": 7}}}, 7),
        ({"errors": []}, ABSENT),
        ({"errors": "7"}, ABSENT),
        ({"errors": ["7"]}, ABSENT),
    ],
)
def test_find_in_a_list(mapping, found):
    """A number on the path is a place in a list, or the name of a field."""
    assert find_field(mapping, "errors.0.code") is found


@pytest.mark.parametrize(
    "path", ["errors.-1", "errors.\u00b2", "errors.1", "errors.9" + "9" * 5000]
)
def test_no_place_in_a_list(path):
    """What is no place in a list holds nothing."""
    assert find_field({"errors": [7]}, path) is ABSENT


@pytest.mark.parametrize(
    ("paths", "made"),
    [
        (("code", "data"), {"code": 0, "data": 1}),
        (("error.code", "error.message"), {"error": {"code": 0, "message": 1}}),
        (("error", "error.message"), {"error": 0, "error.message": 1}),
        ((".code", "a..b"), {".code": 0, "a..b": 1}),
        (("errors.0", "result"), {"errors": [0], "result": 1}),
        (("errors.0.code", "errors.0.message"), {"errors": [{"code": 0, "message": 1}]}),
        (("errors.0", "errors.0"), {"errors": [1]}),
        (("errors.0", "errors.1"), {"errors": [0, 1]}),
        (("errors.1.code", "errors.0.at"), {"errors": [{"at": 1}, {"code": 0}]}),
        (("0.code",), {"0": {"code": 0}}),
    ],
)
def test_put(paths, made):
    """What cannot be a path is the name of a field."""
    mapping = {}
    for number, path in enumerate(paths):
        put_field(mapping, path, number)

    assert mapping == made
