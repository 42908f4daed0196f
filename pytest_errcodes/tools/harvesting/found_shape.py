"""Where the answers of a run have code, message and payload, and which of them are successes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.tools.harvesting.field_names import (
    holds_error,
    is_code_name,
    is_flag_name,
    is_message_name,
    is_sure_flag,
    parent_of,
    rank_payload,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.model import Code
    from pytest_errcodes.tools.harvesting.harvest_facts import AnswerFacts

#: An answer, and what the exceptions of its test said.
Witness = tuple["AnswerFacts", frozenset[str]]

#: What stands for the HTTP status of an answer whose own is not known: none of an API has them.
SOME_ERROR, SOME_SUCCESS = 599, 299
_ERROR_STATUS = 400
_TEXT_CODE = re.compile(r"-?[A-Za-z0-9][\w.:/#-]{0,63}")
#: ``EOrder:Insufficient funds``, in a list of errors.
_WORDED_CODE = re.compile(r"[A-Z][A-Za-z]*:[A-Za-z][\w -]{0,63}")
#: Words that say how it went, and no more: a flag has them, not a code.
_FLAG_WORDS = frozenset([
    "ok", "success", "succeeded", "successful", "true", "error", "err", "fail", "failed", "failure",
    "false", "ng", "done", "completed", "complete", "created", "active", "pending", "none", "null",
    "about:blank",  # the type of a problem (RFC 9457) of which only its HTTP status tells
])  # fmt: skip
GOOD_WORDS = frozenset(["ok", "success", "succeeded", "successful", "true", "done", "completed"])
BAD_WORDS = frozenset(["error", "err", "fail", "failed", "failure", "false", "ng"])
_SUCCESS_CODES = frozenset(
    ["0", "00", "000", "0000", "00000", "000000", "200", "200000", "ok", "success"]
)


class FoundShape(NamedTuple):
    """One envelope shape, as far as answers tell.

    Attributes:
        code: Path of the code.
        message: Path of the message; empty if none was seen.
        data: Path of the payload; empty if none was seen.
        success: The codes that mean success.
        success_message: The message that comes with them.
        flag: Path of the field that tells success beside or instead of a code; empty for none.
        flag_value: The value that stands there in a success.
        flag_error: The value that stands there in an error.
        fails_by_status: Whether each answer with a code has an HTTP status of an error.
        absent: How many answers without the code seem to be successes.
        seen: How many answers have the code.
        doubts: What is doubtful, by the field of ``[envelope]``.
        items: Path of the list whose items have codes of their own; empty for none.
        item: The shape of those items; None for this one.
    """

    code: str
    message: str = ""
    data: str = ""
    success: tuple[Code, ...] = ()
    success_message: str = ""
    flag: str = ""
    flag_value: bool | str = True
    flag_error: bool | str = False
    fails_by_status: bool = False
    absent: int = 0
    seen: int = 0
    doubts: Mapping[str, str] = {}
    items: str = ""
    item: FoundShape | None = None


def read_shape(shape: EnvelopeShape, shapes: Iterable[EnvelopeShape]) -> FoundShape:
    """Return a shape of a catalog, which has the shapes, as one that was found."""
    item = next((one for one in shapes if one.name == shape.item_shape), None)
    return FoundShape(
        shape.code,
        shape.message,
        shape.data,
        shape.success,
        shape.success_message,
        flag=shape.success_field,
        absent=int(shape.may_lack_code),
        items=shape.items,
        item=None if item is None else read_shape(item.replaced(item_shape=""), ()),
    )


def is_error_status(answer: AnswerFacts) -> bool:
    """Return whether the HTTP status tells of an error; it tells nothing of one item of many."""
    return answer.kind != "item" and answer.http_status >= _ERROR_STATUS


def code_of(answer: AnswerFacts, path: str) -> Code | None:
    """Return the code that stands in a field; None where there is none."""
    value = answer.fields.get(path)
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if not isinstance(value, str):
        return None
    if not _TEXT_CODE.fullmatch(value):
        is_listed = path.rpartition(".")[2].isdecimal() and holds_error(parent_of(path))
        return value if is_listed and _WORDED_CODE.fullmatch(value) else None
    if not is_code_name(path) and value.lower() in _FLAG_WORDS:
        return None
    return value


def text_of(answer: AnswerFacts, path: str) -> str:
    """Return the text that stands in a field; empty where there is none."""
    value = answer.fields.get(path) if path else None
    return value.strip() if isinstance(value, str) else ""


def read_flag(value: object) -> bool | None:
    """Return whether the value of a flag says success; None if it says neither."""
    if isinstance(value, bool):
        return value
    word = value.lower() if isinstance(value, str) else ""
    if word in GOOD_WORDS:
        return True
    return False if word in BAD_WORDS else None


def says_failure(answer: AnswerFacts) -> bool:
    """Return whether a flag of the answer itself says that it is no success."""
    return any(read_flag(value) is False for _, value in list_flags(answer))


def list_flags(answer: AnswerFacts) -> Iterator[tuple[str, object]]:
    """Yield the flags of an answer, at top level or in an object beside the payload."""
    for path, value in answer.fields.items():
        if not is_flag_name(path) or read_flag(value) is None:
            continue
        parent = parent_of(path)
        is_of_answer = "." not in parent and not parent.isdigit() and rank_payload(parent) < 0
        if is_of_answer and (isinstance(value, bool) or _is_flag(answer, path, parent)):
            yield path, value


def _is_flag(answer: AnswerFacts, path: str, parent: str) -> bool:
    """Return whether a word tells how an answer went, and not how a job of the payload did."""
    if is_sure_flag(path):
        return True
    beside = [one for one in answer.fields if parent_of(one) == parent and one != path]
    if any(map(is_code_name, beside)):
        return True
    has_id = any(one.rpartition(".")[2].lower() == "id" for one in beside)
    return not has_id and (not parent or any(map(is_message_name, beside)))


def is_usual_success(code: Code) -> bool:
    """Return whether most APIs mean success by a code."""
    return str(code).lower() in _SUCCESS_CODES


def is_http_status(code: Code, statuses: Iterable[int]) -> bool:
    """Return whether a code is the very HTTP status that all its answers have."""
    found = set(statuses)
    return bool(found) and all(str(code) == str(status) for status in found)
