"""Answers of a catalog: which code is meant, and the answer that carries it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from pytest_errcodes.catalog.answer_making import find_shape, make_answer
from pytest_errcodes.catalog.answer_options import (
    AnswerOptions,
    BodyOptions,
    Call,
    check_option_names,
)
from pytest_errcodes.catalog.envelope_shape import find_success
from pytest_errcodes.catalog.unknown import UnknownCodeError, advise_on_success
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.true_kinds import is_a
from pytest_errcodes.text.wording import show_code, show_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.catalog.answer_making import MadeAnswer
    from pytest_errcodes.catalog.documented_codes import DocumentedCodes
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.model import Code, ErrorCode

    #: An item of a batch: its code, None for a success, or an object that is sent as it is.
    Item = Code | ErrorCode | Mapping[str, Any] | None

#: An iterator of others may have no end.
_MOST_ITEMS = 100_000


class AnswerOfCatalog(NamedTuple):
    """An answer, with what it says.

    Attributes:
        code: What it carries.
        shape: Its shape.
        made: What is sent.
    """

    code: ErrorCode
    shape: EnvelopeShape
    made: MadeAnswer


class CatalogOptions(TypedDict, total=False):
    """What an answer of a catalog may say beyond that of a code.

    Keys:
        undocumented: Send a code that the catalog lacks; needs ``message``.
        items: The items of a batch, in order: each a code, None for a success, or an object that
            is sent as it is.
    """

    undocumented: bool
    items: Sequence[Item] | None


class CatalogBodyOptions(BodyOptions, CatalogOptions, total=False):
    """What a body of a catalog may say beyond its code and parameters."""


class CatalogAnswerOptions(AnswerOptions, CatalogOptions, total=False):
    """What an answer of a catalog may say beyond its code and parameters."""


def answer_by_catalog(
    catalog: DocumentedCodes,
    code: Code | ErrorCode | None,
    params: tuple[object, ...],
    options: CatalogAnswerOptions,
    verb: str,
    *,
    known: type,
) -> AnswerOfCatalog:
    """Make an answer of a catalog.

    Args:
        catalog: The catalog.
        code: A documented code, a success code, or None for a success; with ``undocumented`` any
            other.
        params: One value for each placeholder of the code's message.
        options: What else the answer says.
        verb: What was called, for the texts.
        known: What describes the options that there are.

    Raises:
        UnknownCodeError: The catalog lacks a code.
        ErrcodesUsageError: As in ``make_answer``; or the shape says of no success what it is.
    """
    __tracebackhide__ = True
    check_option_names(options, known.__annotations__, verb)
    owner, name, given = f"catalog {catalog.name!r}", options.get("shape"), options.get("items")
    shape = find_shape(catalog.shapes, name, owner)
    if options.get("undocumented"):
        from pytest_errcodes.catalog.undocumented import check_wording, make_undocumented

        found = make_undocumented(catalog, code, verb)
        if shape.message or params:  # else nothing of the message is sent
            check_wording(found, params, options.get("message"), verb)
    else:
        found = _find_answered(catalog, code, shape)
        if not name:
            shape = find_shape(catalog.shapes, found.shape_name, owner)
    call = Call(verb, "" if code is None else show_code(found.code), owner)
    items = None if given is None else _find_items(catalog, shape, given, owner)
    made = make_answer(found, catalog.shapes, params, options, call, items=items)
    return AnswerOfCatalog(found, shape, made)


def _find_items(
    catalog: DocumentedCodes,
    shape: EnvelopeShape,
    given: Sequence[Item],
    owner: str,
) -> list[ErrorCode | Mapping[str, Any]]:
    """Return the items of a batch: a code each, or an object that is sent as it is."""
    __tracebackhide__ = True
    item_shape = find_shape(catalog.shapes, shape.item_shape or shape.name, owner)
    if not is_a(given, Iterable) or issubclass(type(given), str | Mapping):
        raise _refuse_items(given, "no items")
    items = list(islice(given, _MOST_ITEMS + 1))
    if len(items) > _MOST_ITEMS:
        raise _refuse_items(given, f"more than {_MOST_ITEMS:,} items")
    return [
        item if isinstance(item, Mapping) else _find_answered(catalog, item, item_shape)
        for item in items
    ]


def _refuse_items(given: object, what: str) -> ErrcodesUsageError:
    return ErrcodesUsageError(
        "reply-option",
        f"items={show_value(given)} are {what}",
        "give a list of codes, of None for a success, or of objects: items=[401009, None]",
    )


def _find_answered(
    catalog: DocumentedCodes, code: Code | ErrorCode | None, shape: EnvelopeShape
) -> ErrorCode:
    """Return what is meant; a code that the catalog lacks can be sent all the same."""
    __tracebackhide__ = True
    if code is None:
        return find_success(shape)
    number: Any = code.value if isinstance(code, Enum) else code
    if shape is not catalog.shape and isinstance(number, int | str) and number not in catalog:
        success = shape.success_code(shape.spell(number))
        if success is not None:
            return success
    try:
        return catalog.find(code)
    except UnknownCodeError as error:
        if not catalog.shape.allows(code) or advise_on_success(catalog, error.code):
            raise
        raise error.with_hint(
            "check the number against the document, or send it with undocumented=True, "
            "message='...'"
        ) from None
