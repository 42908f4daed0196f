"""What is kept of the body of an answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pytest_errcodes.tools.harvesting.fact_reduction import reduce_answer

if TYPE_CHECKING:
    from pytest_errcodes.tools.harvesting.harvest_facts import AnswerFacts, BodyKind

#: An answer with an error is far shorter.
_LONGEST = 200_000


def reduce_body(
    sent: tuple[str, str], http_status: int, library: str, body: bytes | None
) -> AnswerFacts:
    """Return what is kept of an answer.

    Args:
        sent: Method and URL of the request.
        http_status: The HTTP status.
        library: Whose response it was.
        body: The body, decoded; None if nobody read it.
    """
    value, kind = _read(body)
    return reduce_answer(sent, http_status, library, value, kind)


def _read(body: bytes | None) -> tuple[object, BodyKind]:
    if not body or body.isspace():
        return None, "nothing"
    if len(body) > _LONGEST:
        return None, "long"
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None, "no JSON"
    if isinstance(value, dict):
        return value, "object"
    return value, "list" if isinstance(value, list) else "other JSON"
