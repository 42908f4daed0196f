"""``EnvelopeShape``: what a code may be on the wire, and which codes mean success."""

from __future__ import annotations

import enum

import pytest

from pytest_errcodes.catalog import EnvelopeShape, parse_catalog, write_catalog

INTEGERS = EnvelopeShape(success=(0, 200))
TEXTS = EnvelopeShape(code_type="string", success=("00000", "200"))
EITHER = EnvelopeShape(code_type="either", success=(0, 200, "OK"))
CODE = '[sections.a.codes]\n1 = "one"\n'


class Status(enum.IntEnum):
    FINE = 200


class Word(enum.StrEnum):
    FINE = "OK"


@pytest.mark.parametrize("code", [0, 200, Status.FINE])
def test_integers_that_mean_success(code: object) -> None:
    """A success code is one, as an enum member too."""
    assert INTEGERS.is_success(code)


@pytest.mark.parametrize("code", [1, "200", "0", False, 200.0, None, [200], 10**5000], ids=type)
def test_what_is_no_success_of_integers(code: object) -> None:
    """Another code is none, nor is the right one in a wrong type."""
    assert not INTEGERS.is_success(code)


@pytest.mark.parametrize(
    ("code", "success"), [("00000", True), ("200", True), ("0", False), (200, False), (0, False)]
)
def test_success_of_texts(code: object, success: bool) -> None:
    """Texts are compared as texts."""
    assert TEXTS.is_success(code) is success


@pytest.mark.parametrize("code", [0, "0", 200, "200", "OK", Word.FINE, Status.FINE])
def test_either_spelling_means_success(code: object) -> None:
    """Where both types come, 200 and "200" are one code."""
    assert EITHER.is_success(code)


@pytest.mark.parametrize("code", ["00", "0200", "+200", " 200", "ok", True, 200.0, "２００"])
def test_other_spellings_mean_no_success(code: object) -> None:
    """Leading zeros, signs, spaces, other scripts and other types make another code."""
    assert not EITHER.is_success(code)


@pytest.mark.parametrize(
    ("shape", "allowed"), [(INTEGERS, [1]), (TEXTS, ["1"]), (EITHER, [1, "1"])], ids=["i", "s", "e"]
)
def test_allows(shape: EnvelopeShape, allowed: list[object]) -> None:
    """A shape allows codes of its type; never a bool, a float or None."""
    assert [code for code in (1, "1", True, 1.0, None) if shape.allows(code)] == allowed


def test_a_named_shape_inherits() -> None:
    """What a named shape leaves out is as in the default one."""
    catalog = parse_catalog(
        '[envelope]\ncode = "status"\ndata = ""\nsuccess = [0]\n'
        f'[envelope.stream]\nmessage = "msg"\n{CODE}'
    )
    assert catalog.shapes[1] == EnvelopeShape("stream", "status", "msg", "", success=(0,))


@pytest.mark.parametrize(
    ("default", "named", "success"),
    [
        ("success = [0, 200]", 'code_type = "string"', ("0", "200")),
        ('code_type = "string"\nsuccess = ["200"]', 'code_type = "integer"', (200,)),
        ("success = [0, 200]", 'code_type = "either"', (0, 200)),
    ],
)
def test_inherited_success_codes_take_the_type(
    default: str, named: str, success: tuple[object, ...]
) -> None:
    """Success codes that a shape inherits are of the type that its codes have."""
    code = '[sections.a.codes]\n7 = "seven"\n'
    catalog = parse_catalog(f"[envelope]\n{default}\n[envelope.stream]\n{named}\n{code}")
    assert catalog.shapes[1].success == success


def test_success_code() -> None:
    """A code that means success stands for the shape's message of success; another for nothing."""
    shape = EnvelopeShape(success=(0,), success_message="Fine")
    found = shape.success_code(0)
    assert found is not None
    assert (found.code, found.message, found.section.id) == (0, "Fine", "success")
    assert shape.success_code(7) is None


def test_attributes() -> None:
    """A catalog names the attributes that have the code; a further shape may name its own."""
    text = '[envelope]\nattributes = ["status_code", "error.code"]\n[envelope.s]\n[envelope.t]\n'
    catalog = parse_catalog(f"{text}attributes = []\n{CODE}")

    assert [shape.attributes for shape in catalog.shapes] == [
        ("status_code", "error.code"),
        ("status_code", "error.code"),
        (),
    ]


STATUSES = '[envelope]\ncode = "http_status"\n[sections.a.codes]\n404 = "a"\n503 = "b"\n'


def test_statuses_as_codes() -> None:
    """Where the HTTP status is the code, each comes with itself, and tells success."""
    catalog = parse_catalog(STATUSES)
    shape = catalog.shape

    assert [code.http_status for code in catalog.values()] == [404, 503]
    assert (shape.success_rule, shape.data) == ("http_status", "*")
    assert "response.status_code" in shape.attributes


def test_statuses_as_codes_beside_other_settings() -> None:
    """What the catalog says of success, of attributes and of a code's status goes before."""
    own = 'attributes = ["kind"]\nsuccess = "absent"\n'
    text = STATUSES.replace("[sections", f"{own}[sections", 1)
    catalog = parse_catalog(f'{text}404001 = {{ message = "c", http_status = 404 }}\n')

    assert (catalog.shape.attributes, catalog.shape.success_rule) == (("kind",), "absent")
    assert [code.http_status for code in catalog.values()] == [404, 503, 404]


def test_statuses_as_codes_beside_others() -> None:
    """A code that is none has the status that the catalog says, whatever stands before it."""
    text = f'http_status = 400\n{STATUSES}404001 = "c"\n404002 = {{ message = "d" }}\n'
    catalog = parse_catalog(text)
    assert [code.http_status for code in catalog.values()] == [404, 503, 400, 400]


def test_statuses_as_codes_are_written() -> None:
    """The file that a catalog is written to says the same."""
    catalog = parse_catalog(STATUSES)
    assert parse_catalog(write_catalog(catalog)) == catalog
