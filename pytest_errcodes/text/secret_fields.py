"""Secrets that their names tell of, in whatever a text is: JSON, headers, queries, HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pytest_errcodes.text.secret_names import is_secret, is_vague, looks_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

    Span = tuple[int, int]

MASK = "<secret>"

_FIELD = re.compile(
    r"""(?<![A-Za-z0-9_.])(?<![A-Za-z0-9_]-)(?:[bu]?(?P<quote>\\{0,8}["']))?+(?P<key>\.?\w[\w.\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff-]{0,63}+)"""
    r"""(?(quote)(?P=quote))\]{0,3}[ \t]*+(?P<sign>[=-]>|[:=：]{1,3})[ \t\r\n]*+""",
)
_STRING = re.compile(r"""[bu]?(?P<quote>\\*+["'])""")
_CALLED = re.compile(r"""\([bu]?(?P<quote>\\*+["'])""")
#: What is no secret, but says whether one is there, or what is wrong with it.
_HARMLESS = re.compile(
    r"(?:null|nil|None|true|True|false|False|undefined|(?i:missing|expired|invalid|required|empty"
    r"|wrong|revoked|absent|unset|mismatch|unknown|malformed|rejected))(?![\w.-])"
)
#: A value that needs no name to be measured.
_OPENING = re.compile(rf"""[{{\[]|[bu]?\\*["']|{MASK}|(?:{_HARMLESS.pattern})""")
_BARE = re.compile(
    r"(?:(?i:Bearer|Basic|Digest|Token|ApiKey|JWT|Negotiate|NTLM|SharedKey|SSWS|OAuth)[ ]+)?"
    r"""[^\s&;,"'<>()\[\]{}]+"""
)
_SCALAR = re.compile(r"""[^\s,"'<>\[\]{}]+""")
#: A block of YAML: its lines are deeper than their name.
_BLOCK = re.compile(r"[|>][+-]?[ ]*\r?\n[ \t]+([^\n]+(?:\n[ \t]+[^\n]*)*)")
_LINE_END = re.compile(r"[\r\n]|\\[rn]|</|<br")
_TOKEN_IN_JSON = re.compile(r"""["\[\]{}]""")
_COOKIES = re.compile(r"cookies?\d*\Z", re.IGNORECASE)
#: Their values are words, and go on to the end of the line.
_PHRASES = re.compile(r"(?:mnemonic|phrase|seed|words|authorization|cookies?)\Z", re.IGNORECASE)
#: A sentence about a secret: ``password: must be 8 characters``.
_PROSE = re.compile(
    r"(?:must|is|are|was|has|not|no|should|may|can|cannot|does|will"
    r"|be|been|of|the|a|an|to|in|for|at|too|least|only|needs?|contains?)(?=[ ][A-Za-z0-9])",
    re.IGNORECASE,
)
#: Behind another word they may be a secret's name: ``API key: …``, ``seed phrase: …``.
_SECOND_WORDS = frozenset(
    {"answer", "code", "id", "key", "keys", "no", "number", "phrase", "words"}
)
_WORD_BEFORE = re.compile(r"(?<![\w.-])([A-Za-z]{2,20})[ ]\Z")

_ELEMENT = re.compile(
    r"<(?P<tag>[^\W\d][\w:.-]{0,63}+)(?:\s[^<>]*+)?>(?:<!\[CDATA\[)?(?P<value>[^<]++)"
)
_NAMED_ELEMENT = re.compile(
    r"<(?:key|name)>\s*+(?P<name>[\w.-]{1,64}+)\s*+</(?:key|name)>\s*+<[\w:.-]{1,64}+>(?P<value>[^<]++)"
)
_TAG = re.compile(r"<[A-Za-z][\w:.-]{0,63}\s[^<>]*+")
_TAG_NAME = re.compile(r"""\b(?:name|id|key|type)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_TAG_VALUE = re.compile(
    r"""\b(?:value|content)\s*=\s*["']?((?<=")[^"]+|(?<=')[^']+|[^\s"'>]+)""", re.IGNORECASE
)

_PAIR = re.compile(
    r"""[\[(]\s{0,20}[bu]?(?P<quote>\\{0,8}["'])(?P<key>[\w.\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff-]{1,64}+)(?P=quote)\s{0,20},\s{0,20}"""
)
_NAMES = "name|key|header|field|param|parameter|k|label|variable"
_VALUES = "value|val|v|values|content|default|text|data"
_NAMED = re.compile(
    rf"""(?P<quote>\\{{0,8}}["'])(?:{_NAMES})(?P=quote)\s{{0,20}}:\s{{0,20}}[bu]?(?P<open>\\{{0,8}}["'])"""
    r"""(?P<key>[\w.\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff-]{1,64}+)(?P=open)""",
    re.IGNORECASE,
)
_VALUE_OF_NAMED = re.compile(
    rf"""(?P<quote>\\{{0,8}}["'])(?:{_VALUES})(?P=quote)\s{{0,20}}:\s{{0,20}}""", re.IGNORECASE
)
_REACH = 300

_PART = re.compile(
    r"""name=\\{0,8}["']?(?P<key>[\w.\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff-]{1,64}+)\\{0,8}["']?(?:(?!(?:\r?\n|(?:\\r)?\\n){2})[^<>]){0,200}?"""
    r"""(?:\r?\n|(?:\\r)?\\n){2}(?P<value>(?:(?!(?:\r?\n|(?:\\r)?\\n)--)[\s\S])++)"""
)
_OPTION = re.compile(r"(?<![^\s\"'])--?(?P<key>[^\W\d][\w.-]{1,63}+)[ ]++(?!-)(?P<value>[^\s\"']+)")
_CURL_USER = re.compile(r"(?<!\S)(?:-u[ ]?|--user[ =])['\"]?(?P<value>[^\s:'\"]{1,100}:[^\s'\"]+)")


def find_fields(text: str) -> Iterator[Span]:
    """Yield where the values stand whose names say that they are secret."""
    if "<" in text:
        yield from _find_in_markup(text)
    if ":" in text or "=" in text or "：" in text:
        yield from _find_signed(text)
    if "," in text:
        yield from _find_in_structures(text)
    if "-" in text:
        yield from _find_options(text)
    if 'name="' in text or "name=" in text:
        for found in _PART.finditer(text):
            if looks_secret(found["key"]):
                yield found.span("value")


def find_open_fields(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield where the values stand of the secret fields whose names begin in a part of a text."""
    for found in _FIELD.finditer(text, start, end):
        if looks_secret(found["key"]):
            yield _measure(text, found)


def _find_in_markup(text: str) -> Iterator[Span]:
    for found in _ELEMENT.finditer(text):
        is_our_own = found["tag"] == "secret" and not text.startswith("</secret", found.end())
        if not is_our_own and looks_secret(found["tag"]):
            is_closed = text.startswith("</", found.end()) or found.end() == len(text)
            if is_closed or text.startswith("<![CDATA[", found.start("value") - 9):
                yield found.span("value")
    for found in _NAMED_ELEMENT.finditer(text):
        if looks_secret(found["name"]):
            yield found.span("value")
    for found in _TAG.finditer(text):
        if any(looks_secret(name) for name in _TAG_NAME.findall(found[0])):
            for value in _TAG_VALUE.finditer(found[0]):
                yield found.start() + value.start(1), found.start() + value.end(1)


def _find_signed(text: str) -> Iterator[Span]:
    position = 0
    while found := _FIELD.search(text, position):
        position = found.end()
        span = _find_value(text, found)
        if span is not None:
            position = max(position, span[1])
            yield span


def _find_value(text: str, field: re.Match[str]) -> Span | None:
    """Return where the value of a field stands, if it has one to hide."""
    key = field["key"]
    if looks_secret(key):
        start, end = _measure(text, field)
        value: object = text[start : min(end, start + 40)]
        if text[start - 1] not in ("'", '"'):
            value = _read_number(value)
        hides = end > start and is_secret(key, value)
        return (start, end) if hides else None
    if is_vague(key):
        start, end = _measure(text, field)
        if is_secret(key, text[start : min(end, start + 200)]):
            return start, end
    if field["quote"] or key.lower() not in _SECOND_WORDS:
        return None
    before = _WORD_BEFORE.search(text, max(0, field.start() - 24), field.start())
    if before is None or not looks_secret(f"{before[1]}_{key}"):
        return None
    start, end = _measure(text, field)
    is_word = text[start : min(end, start + 200)].replace(" ", "").isalpha()
    return (start, end) if end > start and (_PHRASES.search(key) or not is_word) else None


def _read_number(text: Any) -> object:
    """Return a number that stands bare; whatever else a text is, it is one that may be secret."""
    return int(text) if text.isdecimal() and text.isascii() else text


def _measure(text: str, field: re.Match[str]) -> Span:
    """Return where the value of a field starts and ends; equal when there is none to hide."""
    start = field.end()
    if block := _BLOCK.match(text, start):
        return block.span(1)
    if _OPENING.match(text, start):
        return _measure_plain(text, start)
    if _is_header(field):
        if not _PHRASES.search(field["key"]) and _PROSE.match(text, start):
            return start, start
        return start, _find_header_end(text, start, before=text[field.start() - 1 : field.start()])
    bare = (_SCALAR if ":" in field["sign"] else _BARE).match(text, start)
    end = bare.end() if bare else start
    if opening := _CALLED.match(text, end):  # SecretStr('…')
        return opening.end(), find_string_end(text, opening.end(), opening["quote"])
    return start, end


def _is_header(field: re.Match[str]) -> bool:
    """Return whether a field's value goes on to the end of its line."""
    is_bare = not field["quote"]
    return is_bare and (field["sign"] in (":", "：") or bool(_COOKIES.search(field["key"])))


def _find_header_end(text: str, start: int, before: str) -> int:
    end = find_string_end(text, start, before) if before in ("'", '"') else len(text)
    line_end = _LINE_END.search(text, start, end)
    return line_end.start() if line_end else end


def find_string_end(text: str, start: int, quote: str) -> int:
    """Return where the string that ``quote`` opened before ``start`` ends: at worst, the text."""
    end = text.find(quote, start)
    while end >= 0:
        backslashes = 0
        while end - backslashes > start and text[end - backslashes - 1] == "\\":
            backslashes += 1
        if backslashes % 2 == 0:
            return end
        end = text.find(quote, end + 1)
    return len(text)


def _find_bracket_end(text: str, start: int) -> int:
    """Return where the bracket at ``start`` is closed, strings in it skipped."""
    depth, position = 0, start
    while token := _TOKEN_IN_JSON.search(text, position):
        position = token.end()
        if token[0] == '"':
            position = find_string_end(text, position, '"') + 1
            continue
        depth += 1 if token[0] in "[{" else -1
        if depth == 0:
            return position
    return len(text)


def _find_in_structures(text: str) -> Iterator[Span]:
    """Find ``["X-API-Key", "…"]`` and ``{"name": "X-API-Key", "value": "…"}``."""
    for found in _PAIR.finditer(text):
        if looks_secret(found["key"]) and text[found.end() : found.end() + 1] not in ("[", "{"):
            start, end = _measure_plain(text, found.end())
            value = text[start : min(end, start + 200)]
            is_tuple = found[0][0] == "(" and not text[: found.start()][-1:].isalnum()
            hides = value and not looks_secret(value) if is_tuple else could_be_secret(value)
            if hides and re.compile(r"""\\*["']?\s{0,20}(?:[\])]|\Z)""").match(text, end):
                yield start, end
    reached = 0  # what is measured once is not measured again
    for found in _NAMED.finditer(text):
        if found.start() < reached or not looks_secret(found["key"]):
            continue
        said = _VALUE_OF_NAMED.search(text, found.end(), found.end() + _REACH)
        if said is None or re.search(r"[{}]", text[found.end() : said.start()]):
            opening = max(text.rfind("{", max(0, found.start() - 5_000), found.start()), 0)
            said = _VALUE_OF_NAMED.search(text, opening, found.start())
        if said is not None:
            span = _measure_plain(text, said.end())
            reached = span[1]
            yield span


def _measure_plain(text: str, start: int) -> Span:
    """Return where a value starts and ends that stands without a name of its own."""
    if text.startswith(MASK, start) or _HARMLESS.match(text, start):
        return start, start
    if opening := _STRING.match(text, start):
        return opening.end(), find_string_end(text, opening.end(), opening["quote"])
    if text[start : start + 1] in ("{", "["):
        return start, _find_bracket_end(text, start)
    bare = _SCALAR.match(text, start)
    return start, bare.end() if bare else start


def could_be_secret(value: object) -> bool:
    """Tell whether a value behind a name may be what it names, and is not the next name."""
    if not issubclass(type(value), str):  # its __class__ may say anything
        return value is not None and type(value) is not bool
    value = str.__str__(value)
    return len(value) >= 16 or not value.replace("_", "").isalpha() or not _is_word(value)


def _is_word(value: str) -> bool:
    """Return whether a text is written as a name is: ``token``, ``apiKey``, ``Cookie``."""
    return looks_secret(value) or value.islower() or value.istitle()


def _find_options(text: str) -> Iterator[Span]:
    for found in _OPTION.finditer(text):
        if looks_secret(found["key"]):
            yield found.span("value")
    for found in _CURL_USER.finditer(text):
        yield found.span("value")
