"""``Catalog``: an immutable mapping from codes to what the document says of them."""

from __future__ import annotations

import copy
import enum
import pickle
from collections.abc import Mapping
from decimal import Decimal

import pytest

from pytest_errcodes.catalog import Catalog, ErrorCode, Section, UnknownCodeError, parse_catalog

ONE = '[sections.a.codes]\n1 = "one"\n'


class Number(enum.IntEnum):
    DUPLICATE = 401009


class Word(enum.StrEnum):
    DECLINED = "card_declined"


def test_it_is_a_mapping(ltp: Catalog) -> None:
    """Iteration, length, look-up and views are those of a dictionary in document order."""
    assert isinstance(ltp, Mapping)
    assert len(ltp) == len(list(ltp)) == len(ltp.values()) == 252
    assert list(ltp)[:2] == [400000, 400001]
    assert ltp[401009].message == "clientOrderId already exists"


def test_contains(ltp: Catalog) -> None:
    """A documented code is in it, another is not."""
    assert 401009 in ltp
    assert 401065 not in ltp


def test_get(ltp: Catalog) -> None:
    """``get`` gives the code, or the default."""
    assert ltp.get(401009) is ltp[401009]
    assert ltp.get(401065) is None
    assert ltp.get(401065, "none") == "none"


def test_an_enum_member_is_a_code(ltp: Catalog, cards: Catalog) -> None:
    """Members of IntEnum and StrEnum find their code."""
    assert ltp[Number.DUPLICATE] is ltp[401009]
    assert cards[Word.DECLINED] is cards["card_declined"]


@pytest.mark.parametrize(
    "code", [True, 1.0, Decimal(1), 1 + 0j, "1", None, [1], {"a": 1}], ids=repr
)
def test_what_only_equals_a_code_is_none(code: object) -> None:
    """Equality is not enough: a bool, a float or another number never matches."""
    catalog = parse_catalog(ONE)
    assert code not in catalog
    assert catalog.get(code) is None  # type: ignore[call-overload]  # wrong types on purpose
    with pytest.raises(UnknownCodeError):
        catalog[code]  # type: ignore[index]  # wrong types on purpose


def test_find_gives_documented_codes(ltp: Catalog) -> None:
    """``find`` gives what a look-up gives, and passes an ErrorCode through."""
    assert ltp.find(401009) is ltp[401009]
    assert ltp.find(ltp[401009]) is ltp[401009]


@pytest.mark.parametrize("code", [200, 200000])
def test_find_gives_success_codes(ltp: Catalog, code: int) -> None:
    """Success is no documented error, and is found all the same."""
    assert ltp.find(code) == ErrorCode(code, "Success", Section("success", "Success", ""))


def test_find_answers_success_with_http_status_200(cards: Catalog) -> None:
    """The HTTP status of errors does not make success one."""
    success = cards.find("00000")
    assert (success.message, success.http_status) == ("OK", 200)


def test_find_refuses_the_rest(ltp: Catalog) -> None:
    """A code of the WebSocket's success is none of the default shape."""
    with pytest.raises(UnknownCodeError):
        ltp.find(0)


@pytest.mark.parametrize(
    ("code", "success"),
    [(200, True), (200000, True), (401009, False), ("200", False), (200.0, False), (True, False)],
)
def test_is_success(ltp: Catalog, code: object, success: bool) -> None:
    """Only the success codes of the default shape, and of their type, mean success."""
    assert ltp.is_success(code) is success


def test_http_statuses_are_inherited(cards: Catalog) -> None:
    """A code's own HTTP status goes before its section's, and that before the catalog's."""
    statuses = {code: found.http_status for code, found in cards.items()}
    assert statuses["51008"] == 402
    assert statuses["51009"] == 409
    assert statuses["card_declined"] == 400


def test_negative_codes(negative: Catalog) -> None:
    """Negative integers are codes as others are."""
    assert negative[-1121].message == "Invalid symbol."
    assert negative.find(0).message == "Success"


def test_text_codes_keep_their_zeros(cards: Catalog) -> None:
    """A text code is that text, not a number."""
    assert cards["00099"].message == "Unknown order"
    assert "99" not in cards


def test_codes_of_either_type() -> None:
    """Where both types come, integers are integers and the rest is text."""
    text = '[envelope]\ncode_type = "either"\nsuccess = [0]\n'
    catalog = parse_catalog(f'{text}[sections.a.codes]\n1 = "one"\n01 = "text"\nabc = "word"\n')
    assert list(catalog) == [1, "01", "abc"]


def test_defaults() -> None:
    """A file may hold codes alone."""
    catalog = parse_catalog(ONE, "folder/my.toml")
    assert (catalog.name, catalog.title, catalog.source) == ("my", "my", "folder/my.toml")
    assert catalog.sections == (Section("a", "a", ""),)
    assert catalog.shape.success == ()


def test_repr(ltp: Catalog) -> None:
    """The repr fits a line, whatever the size."""
    assert repr(ltp) == "<Catalog ltp: 252 codes in 8 sections>"
    assert repr(parse_catalog(ONE)) == "<Catalog catalog: 1 code in 1 section>"


def test_equality_is_by_content(ltp: Catalog) -> None:
    """Two readings of one text are equal and hash the same; the source does not matter."""
    one, same = parse_catalog(ONE, "a/x.toml"), parse_catalog(ONE, "b/x.toml")
    assert one == same
    assert hash(one) == hash(same)
    assert one != ltp
    assert one != {1: one[1]}


@pytest.mark.parametrize(
    "other",
    [
        '[sections.a.codes]\n1 = "two"\n',
        '[sections.b.codes]\n1 = "one"\n',
        f'name = "other"\n{ONE}',
        f"http_status = 400\n{ONE}",
        f"[envelope]\nsuccess = [0]\n{ONE}",
        '[sections.a.codes]\n1 = { message = "one", tags = ["x"] }\n',
        '[sections.a.codes]\n1 = { message = "one", open_ended = true }\n',
    ],
)
def test_content_makes_a_difference(other: str) -> None:
    """Every field of the file counts."""
    assert parse_catalog(ONE) != parse_catalog(other)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickle(ltp: Catalog, protocol: int) -> None:
    """A pickled catalog comes back equal, with its source."""
    back = pickle.loads(pickle.dumps(ltp, protocol))
    assert back == ltp
    assert back.source == "embedded"
    assert back[401068].template.match("x") is None


def test_what_lint_ignores_is_a_setting(ltp: Catalog) -> None:
    """It survives pickling, and is no part of the content."""
    plain, ignoring = (
        parse_catalog(f'{text}[sections.a.codes]\n1 = "one"\n')
        for text in ("", '[lint]\nignore = ["gap", "duplicate-message:401024"]\n')
    )
    assert pickle.loads(pickle.dumps(ignoring)).lint_ignore == ("gap", "duplicate-message:401024")
    assert plain.lint_ignore == ltp.lint_ignore == ()
    assert (plain, hash(plain)) == (ignoring, hash(ignoring))


def test_copies_are_itself(ltp: Catalog) -> None:
    """What cannot change need not be copied."""
    assert copy.copy(ltp) is ltp
    assert copy.deepcopy({"catalog": ltp})["catalog"] is ltp


def test_it_cannot_be_changed(ltp: Catalog) -> None:
    """Attributes and items are refused; nothing new can be added."""
    with pytest.raises(AttributeError, match=r"^a Catalog is immutable: name cannot be set$"):
        ltp.name = "other"
    with pytest.raises(AttributeError, match=r"^a Catalog is immutable: extra cannot be set$"):
        ltp.extra = 1
    with pytest.raises(AttributeError, match=r"^a Catalog is immutable: name cannot be deleted$"):
        del ltp.name
    with pytest.raises(TypeError):
        ltp[1] = ltp[401009]  # type: ignore[index]  # refused on purpose


def test_find_keeps_a_plain_code(ltp: Catalog) -> None:
    """A success code of a derived class is kept as Python's own, which compares as it should."""

    class Own(int):
        """A number of the user's."""

    assert type(ltp.find(Own(200)).code) is int


def test_find_a_member_of_an_enum(ltp: Catalog) -> None:
    """A member of a plain enum stands for its value, documented or not."""
    kinds = enum.Enum("kinds", {"DUPLICATE": 401009, "OTHER": 401065})
    assert ltp.find(kinds.DUPLICATE) is ltp[401009]
    with pytest.raises(UnknownCodeError, match="documents no code 401065"):
        ltp.find(kinds.OTHER)
