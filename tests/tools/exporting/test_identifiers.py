"""Names of codes and sections in other languages."""

from __future__ import annotations

import builtins
import keyword

import pytest
from drawn_catalogs import catalogs
from hypothesis import given

from pytest_errcodes.catalog import Catalog, EnvelopeShape, ErrorCode, Section
from pytest_errcodes.tools.exporting.identifiers import class_names, constant_names

SECTION = Section("orders", "Orders", "")


def catalog_of(*codes: tuple[int | str, str], section: Section = SECTION) -> Catalog:
    """Return a catalog of codes with their messages."""
    made = [ErrorCode(code, message, section) for code, message in codes]
    return Catalog("x", made, sections=[section], shapes=[EnvelopeShape()])


@pytest.mark.parametrize(
    ("code", "message", "constant", "exception"),
    [
        (1, "clientOrderId already exists", "CLIENT_ORDER_ID_ALREADY_EXISTS", None),
        (1, "Order %s not found", "ORDER_NOT_FOUND", "OrderNotFoundError"),
        (1, "Ordre déjà annulé", "ORDRE_DEJA_ANNULE", "OrdreDejaAnnuleError"),
        (1, "Server error", "SERVER_ERROR", "ServerError"),
        (1, "5 orders at most", "CODE_5_ORDERS_AT_MOST", "Code5OrdersAtMostError"),
        (1, "class", "CLASS", "ClassError"),
        (1, "Timeout", "TIMEOUT", "Timeout1Error"),
        (1, "Orders", "ORDERS", "Orders1Error"),
        (51008, "订单不存在", "CODE_51008", "Code51008Error"),
        (-7, "%s", "CODE_7", "Code7Error"),
        ("card-expired", "卡", "CARD_EXPIRED", "CardExpiredError"),
        ("!", "?", "CODE", "CodeError"),
        (1, "error", "ERROR", "CodeError"),
        (1, "a" * 99, "A" * 50, f"A{'a' * 49}Error"),
        (1, f"one {'two ' * 20}", "_".join(["ONE", *["TWO"] * 11]), None),
    ],
)
def test_names(code: int | str, message: str, constant: str, exception: str | None) -> None:
    """Names are made of the first words of a message; of the code where it has none."""
    catalog = catalog_of((code, message))
    assert constant_names(catalog) == {code: constant}
    exception = exception or f"{constant.title().replace('_', '')}Error"
    assert class_names(catalog, dir(builtins))[1] == {code: exception}


def test_codes_with_one_message_have_their_codes_behind_their_names() -> None:
    """Each of them has, so that a name does not depend on which code comes first."""
    names = constant_names(catalog_of((1, "Too late"), (-2, "Too late!"), (3, "Too early")))
    assert names == {1: "TOO_LATE_1", -2: "TOO_LATE_MINUS_2", 3: "TOO_EARLY"}


def test_a_name_that_is_still_taken_has_a_number() -> None:
    """Codes in which no word is ASCII are counted."""
    names = constant_names(catalog_of(("甲", "甲"), ("乙", "乙"), ("丙", "code 2")))
    assert names == {"甲": "CODE", "乙": "CODE_2", "丙": "CODE_2_2"}


@pytest.mark.parametrize(
    ("id_", "name"),
    [("orders", "OrdersError"), ("api", "ApiSectionError"), ("os", "OsSectionError"), ("节", "X")],
)
def test_sections(id_: str, name: str) -> None:
    """An exception of a section is named by its id, and hides no other name."""
    section = Section(id_, "Any title", "")
    taken = ["ApiError", "OsError"]
    names = class_names(catalog_of((1, "x"), section=section), taken)[0]
    assert names == {section: name if name != "X" else "CodeError"}


@given(catalogs())
def test_whatever_the_messages(catalog: Catalog) -> None:
    """Each name is an identifier, no keyword, and used once."""
    sections, codes = class_names(catalog, dir(builtins))
    constants = constant_names(catalog)
    assert [len(names) for names in (codes, constants)] == [len(catalog)] * 2
    classes = [*sections.values(), *codes.values()]
    for names in (classes, list(constants.values())):
        assert len(set(names)) == len(names)
        assert all(name.isidentifier() and name.isascii() for name in names)
        assert not any(keyword.iskeyword(name) or hasattr(builtins, name) for name in names)
