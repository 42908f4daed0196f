"""What looks like a secret, and how it is kept out of every text this package prints."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_errcodes.text.encoded_views import read_escapes
from pytest_errcodes.text.secret_fields import (
    MASK,
    could_be_secret,
    find_fields,
    find_open_fields,
)
from pytest_errcodes.text.secret_names import is_secret, looks_secret
from pytest_errcodes.text.secret_shapes import find_shapes
from pytest_errcodes.text.true_kinds import is_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "MASK",
    "could_be_secret",
    "find_secrets",
    "find_secrets_inside",
    "find_told",
    "is_secret",
    "looks_secret",
    "mask_part",
    "mask_text",
]

#: Words, marks and short numbers, among which no secret is told from a word; most messages.
_PLAIN = re.compile(
    r"(?:(?:[A-Z]?[a-z']{1,20}+(?:[A-Z][a-z']{2,12}+){0,3}|[A-Z]{1,8}|\d{1,9}+(?! \d))"
    r"[,.;!?]?(?: |\Z))*+\Z",
    re.ASCII,
)
#: A run of characters with a ``+`` in it; it starts where the run does, so that all of them take
#: linear time.
_FORM = re.compile(r"""(?<![^\s"'<>])[^\s"'<>+]*+\+[^\s"'<>]*+""")
#: Words behind which a word may be a secret.
_TELLING = ("earer", "asic", "hrase", "nemonic")
#: So much more is looked at than is shown, for what tells behind a value that it is secret.
_BEYOND = 300
#: How much of the text before a part is read with it, and how far before its value a name stands.
_CONTEXT = 500
_NAME = 100
#: A mapping of others may have no end.
_MOST_MEMBERS = 100_000
_NAMES = ("name", "key", "header", "field", "param", "parameter", "k", "label", "variable")
_VALUES = ("value", "val", "v", "values", "content", "default", "text", "data")
#: What a field of another name says of those beside it: of a JSON Web Key, and of a card.
_BESIDE = {
    "kty": frozenset({"k", "d", "p", "q", "dp", "dq", "qi"}),
    **dict.fromkeys(("cvc", "cvv", "cvv2", "csc"), frozenset({"number", "pan", "card"})),
}


def mask_text(text: str) -> str:
    """Return ``text`` with each secret replaced by ``<secret>``, whatever is left of its format.

    Reads JSON (cut off or escaped too), headers, query strings, forms, command lines, HTML and
    XML, percent-encoded or not, and finds what gives itself away anywhere: bearer tokens, keys of
    well-known issuers, credentials in URLs, private keys. Takes time linear in the text.
    """
    spans = find_secrets(text)
    if not spans:
        return text
    kept, position = [], 0
    for start, end in spans:
        kept += [text[position:start], MASK]
        position = end
    return "".join([*kept, text[position:]])


def mask_part(text: str, start: int, end: int) -> str:
    """Return a part of a text, masked by what stands before it too: its end may be in a secret.

    What begins before the part and hides some of it is found where it is one value, of any length:
    a string, a token, a line, a key in lines. A bracket that opened far before is not.
    """
    before = max(0, start - _CONTEXT)
    piece = text[before : end + _BEYOND]
    start, end = max(start, 0) - before, min(end, len(text)) - before
    spans = find_secrets(piece)
    if before and (opened := _find_end_of_open(text, start + before) - before) > start:
        spans = _join([*spans, (start, min(opened, len(piece)))])
    kept, position = [], start
    for left, right in spans:
        if right > start and left < end:
            kept += [piece[position:left], MASK]
            position = right
    return "".join([*kept, piece[position:end]])


def _find_end_of_open(text: str, start: int) -> int:
    """Return where a secret ends in which ``start`` stands, and that began far before; else 0."""
    ends = [0]
    for mark in ('"', "'", "=", ":", "\n", ">"):
        at = text.rfind(mark, 0, start)
        if at >= 0:
            low = max(0, at - _NAME)
            snippet = text[low : min(start, at + _NAME)]
            fields = find_open_fields(text, low, low + len(snippet))
            ends += [end for begin, end in fields if begin <= start < end]
    at = text.rfind("PRIVATE", 0, start)
    if at >= 0 and text.find("-----END", at, start) < 0 and "KEY" in text[at : at + 20]:
        end = text.find("-----END", start)
        ends.append(end if end >= 0 else len(text))
    run = max(text.rfind(mark, 0, start) for mark in " \n\"'=&,;:/") + 1
    if start - run > _CONTEXT and _fills_run(text[run : run + _CONTEXT]):
        ends.append(
            min(
                (at for at in (text.find(mark, start) for mark in " \n\"'&,;") if at >= 0),
                default=len(text),
            )
        )
    return max(ends)


def _fills_run(run: str) -> bool:
    """Return whether a long run of characters is a secret by what it looks like."""
    return any(end == len(run) for _, end in find_shapes(run))


def find_secrets(text: str) -> list[tuple[int, int]]:
    """Return where secrets stand in a text, in order, those that touch as one."""
    if _PLAIN.match(text) and not any(word in text for word in _TELLING):
        return []
    found = [*find_fields(text), *find_shapes(text)]
    found += _find_in_views(text)
    if "+" in text and "=" in text:
        found += _find_in_forms(text)
    return _join([(start, end) for start, end in found if end > start and text[start:end] != MASK])


def _find_in_forms(text: str) -> Iterator[tuple[int, int]]:
    """Yield where secrets stand in the forms of a text, which write each space as ``+``."""
    for form in _FORM.finditer(text):
        if "=" in form[0]:
            spaced = form[0].replace("+", " ")
            for start, end in (
                *find_fields(spaced),
                *find_shapes(spaced),
                *_find_in_views(spaced),
            ):
                yield form.start() + start, form.start() + end


def _find_in_views(text: str) -> Iterator[tuple[int, int]]:
    """Yield where secrets stand in a text once its escapes are read."""
    for view in read_escapes(text):
        for start, end in (*find_fields(view.text), *find_shapes(view.text)):
            if end > start:
                yield view.find_original(start, end)


def _join(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def find_secrets_inside(data: Any, most: int = _MOST_MEMBERS) -> frozenset[object]:
    """Return the keys and indexes of a container under which secrets stand.

    Of a mapping, those whose key says so, and the value of ``{"name": "X-API-Key", "value": …}``;
    of a list or tuple, the second of ``("X-API-Key", …)``. No more members than ``most`` are asked.
    """
    if is_mapping(data):
        hidden = {key for key, value in islice(data.items(), most) if is_secret(key, value)}
        return frozenset(hidden | find_told(data))
    if issubclass(type(data), list | tuple) and len(data) == 2:
        name, value = data
        if issubclass(type(name), str | bytes) and looks_secret(name):
            is_pair = type(data) is tuple and issubclass(type(value), str)  # and no list of names
            hides = not looks_secret(value) if is_pair else could_be_secret(value)
            return frozenset({1}) if hides else frozenset()
    return frozenset()


def find_told(data: Mapping[Any, Any]) -> set[str]:
    """Return the keys of a mapping under which secrets stand, as what is beside them tells."""
    told: set[str] = set()
    if any(looks_secret(data.get(name)) for name in _NAMES):
        told.update(name for name in _VALUES if could_be_secret(data.get(name)))
    for name, keys in _BESIDE.items():
        if name in data:
            told.update(key for key in keys if could_be_secret(data.get(key)))
    return told
