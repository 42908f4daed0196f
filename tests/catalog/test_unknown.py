"""``UnknownCodeError``: what is said of a code that a catalog does not document."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.catalog import Catalog, UnknownCodeError, load_catalog, parse_catalog
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from pathlib import Path

CHECK = "hint: check the number against the document, or add it to a catalog of your own"


def refusal(catalog: Catalog, code: object) -> str:
    """Return what the catalog says of a code that it does not document."""
    with pytest.raises(UnknownCodeError) as caught:
        catalog[code]  # type: ignore[index]  # wrong types on purpose
    return str(caught.value)


class Broken:
    def __repr__(self) -> str:
        raise RuntimeError("no repr")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            401065,
            (
                "catalog 'ltp' documents no code 401065\n"
                "  nearest: 401064 No account found matching the specified criteria\n"
                "           401066 Can not find exchange account group\n"
                "  it would stand in section trading (Trading, 4010xx)\n"
                f"{CHECK}"
            ),
        ),
        (
            999999,
            (
                "catalog 'ltp' documents no code 999999\n"
                "  nearest: 601017 Login failed — nonce is empty\n"
                "           601018 Login failed — signature is empty\n"
                f"{CHECK}"
            ),
        ),
        (
            2003,
            (
                "catalog 'ltp' documents no code 2003\n"
                "  nearest: 2001 Your IP address is not on this API key's whitelist\n"
                "           2002 API authorization invalid\n"
                "  it would stand in section authentication "
                "(Authentication & API Key, 2xxx / 4xxx / 7xxx / 1000xx)\n"
                f"{CHECK}"
            ),
        ),
        pytest.param(
            10**5000,
            "catalog 'ltp' documents no code an integer of 5,001 digits\n"
            "  nearest: 601017 Login failed — nonce is empty\n"
            "           601018 Login failed — signature is empty\n"
            f"{CHECK}",
            id="huge",
        ),
        (
            200,
            (
                "catalog 'ltp' documents no code 200: it means success\n"
                "hint: it is no error: a success is asserted with assert_success"
            ),
        ),
    ],
)
def test_a_number_that_is_not_documented(ltp: Catalog, code: int, text: str) -> None:
    """The text names the catalog, the nearest codes, and the section the number falls in."""
    assert refusal(ltp, code) == text


@pytest.mark.parametrize(
    ("code", "shown", "kind", "hint"),
    [
        (
            "401009",
            "'401009'",
            "str",
            "write 401009, which is documented: clientOrderId already exists",
        ),
        (
            401009.0,
            "401009.0",
            "float",
            "write 401009, which is documented: clientOrderId already exists",
        ),
        ("401065", "'401065'", "str", "write a code such as 400000"),
        (True, "True", "bool", "write a code such as 400000"),
        (None, "None", "NoneType", "write a code such as 400000"),
        (float("nan"), "nan", "float", "write a code such as 400000"),
        ([401009], "[401009]", "list", "write each code by itself, without the list"),
        ("x" * 999, f"'{'x' * 59}…", "str", "write a code such as 400000"),
        (Broken(), "an object of type Broken", "Broken", "write a code such as 400000"),
    ],
    ids=range(9),
)
def test_a_code_of_the_wrong_type(
    ltp: Catalog, code: object, shown: str, kind: str, hint: str
) -> None:
    """The text says which type came, which the codes have, and which code was meant."""
    assert refusal(ltp, code) == (
        f"catalog 'ltp' documents no code {shown}: its codes are integers, "
        f"and this is of type {kind}\nhint: {hint}"
    )


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "card_declned",
            (
                "catalog 'cards' documents no code 'card_declned'\n"
                "  nearest: card_declined The card was declined\n"
                "hint: check the code against the document, or add it to catalog.toml"
            ),
        ),
        (
            "51999",
            (
                "catalog 'cards' documents no code '51999'\n"
                "  nearest: 51008 Insufficient balance\n"
                "           51009 Order {0} is blocked\n"
                "  it would stand in section orders (Orders, 51xxx)\n"
                "hint: check the code against the document, or add it to catalog.toml"
            ),
        ),
        (
            "zzz",
            (
                "catalog 'cards' documents no code 'zzz'\n"
                "hint: check the code against the document, or add it to catalog.toml"
            ),
        ),
        (
            "z" * 999,
            (
                f"catalog 'cards' documents no code '{'z' * 59}…\n"
                "hint: check the code against the document, or add it to catalog.toml"
            ),
        ),
        (
            51008,
            (
                "catalog 'cards' documents no code 51008: its codes are texts, "
                "and this is of type int\n"
                "hint: write '51008', which is documented: Insufficient balance"
            ),
        ),
        (
            "00000",
            (
                "catalog 'cards' documents no code '00000': it means success\n"
                "hint: it is no error: a success is asserted with assert_success"
            ),
        ),
    ],
)
def test_text_codes(cards: Catalog, code: object, text: str) -> None:
    """Text codes are near by their spelling, and by their distance where they are numbers."""
    assert refusal(cards, code) == text


def test_codes_of_either_type() -> None:
    """Where both types come, the text says so."""
    catalog = parse_catalog('[envelope]\ncode_type = "either"\n[sections.a.codes]\n1 = "one"\n')
    assert refusal(catalog, None) == (
        "catalog 'catalog' documents no code None: its codes are integers or texts, "
        "and this is of type NoneType\nhint: write a code such as 1"
    )


def test_among_many_text_codes() -> None:
    """In a large catalog the nearest code is found all the same."""
    lines = "".join(f'code_{number:05} = "Message {number}"\n' for number in range(5000))
    catalog = parse_catalog(f'[envelope]\ncode_type = "string"\n[sections.a.codes]\n{lines}')
    first, *near, _ = refusal(catalog, "cod_04321").split("\n")
    assert first == "catalog 'catalog' documents no code 'cod_04321'"
    assert near[0] == "  nearest: code_04321 Message 4321"


def test_it_is_a_key_error_and_a_usage_error(ltp: Catalog) -> None:
    """Both families catch it; it tells what was asked of which catalog, and survives pickling."""
    with pytest.raises(KeyError) as caught:
        ltp[401065]
    error = caught.value
    assert isinstance(error, UnknownCodeError)
    assert isinstance(error, ErrcodesUsageError)
    assert (error.slug, error.code, error.catalog) == ("unknown-code", 401065, "ltp")
    back = pickle.loads(pickle.dumps(error))
    assert (str(back), back.code, back.catalog) == (str(error), 401065, "ltp")


OWN = """
[envelope]
{settings}
[sections.orders.codes]
{code} = "Order failed"
"""


@pytest.mark.parametrize(
    ("settings", "documented", "code", "success"),
    [
        ("", 51008, 0, "if 0 means success, own.toml must say so: success = [0]"),
        (
            "success = [200]",
            51008,
            0,
            "if 0 means success, own.toml must say so: success = [200, 0]",
        ),
        ("", 51008, 20000, "if 20000 means success, own.toml must say so: success = [20000]"),
        (
            'code_type = "string"',
            "B1",
            "00000",
            'if "00000" means success, own.toml must say so: success = ["00000"]',
        ),
        (
            'code_type = "string"',
            "B1",
            "OK",
            'if "OK" means success, own.toml must say so: success = ["OK"]',
        ),
    ],
)
def test_code_that_looks_like_success(
    tmp_path: Path, settings: str, documented: object, code: object, success: str
) -> None:
    """A code that APIs answer where nothing is wrong is to be declared in one's own catalog."""
    path = tmp_path / "own.toml"
    path.write_text(OWN.format(settings=settings, code=documented), "utf-8")
    hint = refusal(load_catalog(path), code).partition("hint: ")[2]
    assert hint == f"{success} under [envelope]"


@pytest.mark.parametrize("code", [10, 2000001, -200, 100])
def test_code_that_does_not(tmp_path: Path, code: int) -> None:
    """Any other number is to be checked, as ever."""
    path = tmp_path / "own.toml"
    path.write_text(OWN.format(settings="", code=51008), "utf-8")
    assert refusal(load_catalog(path), code).endswith(
        "hint: check the number against the document, or add it to own.toml"
    )


def test_code_that_looks_like_success_in_the_embedded_catalog(ltp: Catalog) -> None:
    """The catalog of the plugin is nobody's to change."""
    assert refusal(ltp, 0).endswith(CHECK)
