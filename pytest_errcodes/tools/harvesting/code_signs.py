"""What tells of a field, beyond its name, that it has a code, or that it has none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.envelope_fields import ERROR_STATUSES
from pytest_errcodes.tools.harvesting.field_names import (
    is_code_name,
    is_message_name,
    may_be_code_name,
    parent_of,
)
from pytest_errcodes.tools.harvesting.found_shape import (
    SOME_ERROR,
    code_of,
    is_error_status,
    is_usual_success,
    says_failure,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.catalog.model import Code
    from pytest_errcodes.tools.harvesting.harvest_facts import AnswerFacts

#: ``api.err.LoginRequired``, ``USER_NOT_FOUND``: no word that a person would say.
_WORDED = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[._][A-Za-z0-9]+)+")
#: What only an error is called.
_ERROR_WORD = re.compile(
    r"(?:.*[.#])?[A-Z]\w*(?:Exception|Error|Fault)|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+"
)


def find_worded_codes(answers: Sequence[AnswerFacts]) -> frozenset[str]:
    """Return the fields of messages in which each error has a word made of words, and no text.

    An answer with a field for a code has its code there.
    """
    found: set[str] = set()
    prose: set[str] = set()
    for answer in answers:
        for path, value in answer.fields.items():
            if not isinstance(value, str) or not value or not is_message_name(path):
                continue
            if not _WORDED.fullmatch(value):
                prose.add(path)
            elif (is_error_status(answer) or says_failure(answer)) and not _has_code(answer, path):
                found.add(path)
    return frozenset(found - prose)


def _has_code(answer: AnswerFacts, path: str) -> bool:
    """Return whether a field beside a message has a code of an error, by its name."""
    return any(
        parent_of(other) == parent_of(path)
        and is_code_name(other)
        and (code := code_of(answer, other)) is not None
        and not is_usual_success(code)
        for other in answer.fields
    )


def repeats_status(answer: AnswerFacts, path: str, code: Code) -> bool:
    """Return whether a code only says the HTTP status once more.

    Where that status is not known, a number that may be one does, if a word says more beside it.
    """
    if answer.http_status not in (0, SOME_ERROR):
        return str(code) == str(answer.http_status)
    if not isinstance(code, int) or code not in ERROR_STATUSES:
        return False
    return any(
        parent_of(other) == parent_of(path)
        and may_be_code_name(other)
        and isinstance(code_of(answer, other), str)
        for other in answer.fields
    )


def is_error_by_word(answer: AnswerFacts) -> bool:
    """Return whether an answer has a word at top level that only an error is called, and a text."""
    has_message = any(
        not parent_of(path) and is_message_name(path) and text_of(answer, path)
        for path in answer.fields
    )
    return has_message and any(
        not parent_of(path) and may_be_code_name(path) and _ERROR_WORD.fullmatch(value)
        for path, value in answer.fields.items()
        if isinstance(value, str)
    )
