"""What is kept of an answer or an exception: its scalar fields, short, and without secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from pytest_errcodes.text.secrets import MASK, looks_secret, mask_text
from pytest_errcodes.tools.harvesting.field_names import is_code_name
from pytest_errcodes.tools.harvesting.harvest_facts import AnswerFacts

if TYPE_CHECKING:
    from pytest_errcodes.tools.harvesting.harvest_facts import Batches, BodyKind, Fields

_MOST_FIELDS = 40
_DEEPEST = 4
_MOST_ITEMS = 20
_LONGEST_TEXT = 1_000
_SHORTEST_ECHO = 3
_WORD = re.compile(r"\w+(?:[-.]\w+)*")
#: An answer with an error is far shorter.
_LONGEST = 200_000


def reduce_answer(
    sent: tuple[str, str], http_status: int, library: str, value: object, kind: BodyKind
) -> AnswerFacts:
    """Return what is kept of an answer.

    Args:
        sent: Method and URL of the request.
        http_status: The HTTP status.
        library: Whose response it was.
        value: The JSON value of its body; None if that holds none.
        kind: What the body holds.
    """
    method, url = sent
    fields = reduce_fields(value) if kind in ("object", "list") else {}
    batches = reduce_batches(value) if kind == "object" else {}
    try:
        parts = urlsplit(url)
        place = f"{parts.hostname or ''}{parts.path}"
    except ValueError:  # a scheme of the client's own may have URLs of any form
        return AnswerFacts(method, "", http_status, library, kind, fields, batches=batches)
    echoed = _find_echoed(parts, fields)
    place = mask_text(place)
    return AnswerFacts(method, place, http_status, library, kind, fields, echoed, batches)


def _find_echoed(parts: Any, fields: Fields) -> tuple[str, ...]:
    """Return the words of texts that stand in the URL as values too."""
    texts = [value for value in fields.values() if isinstance(value, str) and " " in value]
    if not texts:
        return ()
    sent = {value for _, value in parse_qsl(parts.query)}
    # A part of the path without a digit is as likely a plain word: /order.
    sent.update(step for step in parts.path.split("/") if any(map(str.isdigit, step)))
    words = {word for text in texts for word in _WORD.findall(text)}
    return tuple(sorted(word for word in words & sent if len(word) >= _SHORTEST_ECHO))


def reduce_fields(value: object) -> Fields:
    """Return the scalar values of a JSON value by their paths, and where objects and lists stand.

    Of a list, only the first object is looked into.
    """
    fields: Fields = {}
    _reduce(value, "", fields, 0)
    return fields


def _reduce(value: object, path: str, fields: Fields, depth: int) -> None:
    pairs: list[tuple[Any, Any]]
    if isinstance(value, Mapping):
        pairs = list(value.items())[:_MOST_FIELDS]
    else:
        pairs = [("0", one) for one in value[:1]] if isinstance(value, list) else []
    for key, inner in pairs:
        if not isinstance(key, str) or (path and "." in key) or not key.strip():
            continue
        where = f"{path}.{key}" if path else key
        if isinstance(inner, Mapping | list):
            fields[where] = {} if isinstance(inner, Mapping) else []
            if depth < _DEEPEST:
                _reduce(inner, where, fields, depth + 1)
        elif (kept := keep_scalar(key, inner)) is not ...:
            fields[where] = kept


def reduce_batches(value: object) -> Batches:
    """Return the items of the lists in a JSON object whose items may have codes, by their paths."""
    batches: Batches = {}
    rest: list[tuple[str, Any]] = [("", value)]
    for path, one in rest:
        if isinstance(one, Mapping):
            if path.count(".") < _DEEPEST - 1:
                rest += [
                    (f"{path}.{key}" if path else key, inner)
                    for key, inner in list(one.items())[:_MOST_FIELDS]
                    if isinstance(key, str) and "." not in key and isinstance(inner, Mapping | list)
                ]
        elif items := [item for item in one[:_MOST_ITEMS] if isinstance(item, Mapping)]:
            fields = [reduce_fields(item) for item in items]
            if any(is_code_name(field) for item in fields for field in item):
                batches[path] = fields
    return batches


def keep_scalar(name: str, value: object) -> Any:
    """Return a value of a field as it is kept; ``...`` for what is none."""
    if value is None or isinstance(value, bool):
        return value
    if looks_secret(name) and not is_code_name(name):
        return MASK
    if isinstance(value, str):
        return mask_text(str(value[:_LONGEST_TEXT]))
    if isinstance(value, int):
        number = int(value)
        return number if abs(number) < 10**40 else ...
    return float(value) if isinstance(value, float) else ...


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
