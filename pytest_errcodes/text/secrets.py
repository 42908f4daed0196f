"""What looks like a secret, and how it is kept out of every text this package prints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MASK = "<secret>"

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")

# A name that ends so is a secret, however its words are joined: apiKey, X-MBX-APIKEY, api_key.
_ENDINGS = (
    "apikey", "accesskey", "appkey", "authkey", "encryptionkey", "listenkey", "privatekey",
    "secretkey", "sessionkey", "signingkey", "authorization", "cookie", "cookies", "credential",
    "credentials", "mnemonic", "passcode", "passphrase", "passwd", "password", "passwords",
    "secret", "secrets", "sessionid", "signature", "token",
)  # fmt: skip
# Too short to be trusted as an ending ("design" ends with "sign"): they must be the last word.
_LAST_WORDS = frozenset({"auth", "bearer", "csrf", "jwt", "otp", "pwd", "sig", "sign", "xsrf"})
# A name stays a secret with one of these behind it, or a number: passwordHash, apiKey2.
_FORMS = frozenset({"base64", "b64", "digest", "hash", "hex", "raw", "value"})

_FIELD = re.compile(
    r"""(?<![\w.-])(?P<quote>\\{0,8}["'])?(?P<key>[A-Za-z_][\w.-]{0,63})(?(quote)(?P=quote))"""
    r"""[ \t]*(?P<sign>[:=])[ \t\r\n]*""",
    re.ASCII,
)
_STRING = re.compile(r"""[bu]?(?P<quote>\\*["'])""")
_HARMLESS = re.compile(r"(?:null|None|true|True|false|False)(?![\w.-])")
_BARE = re.compile(r"""(?:(?:Bearer|Basic|Digest|Token)[ ]+)?[^\s&;,"'<>()\[\]{}]+""")
_SCALAR = re.compile(r"""[^\s,"'<>\[\]{}]+""")
_LINE_END = re.compile(r"[\r\n]|\\[rn]|</|<br")
_TOKEN_IN_JSON = re.compile(r"""["\[\]{}]""")

_ELEMENT = re.compile(
    r"<(?P<tag>[A-Za-z_][\w:.-]{0,63})(?P<rest>\s[^<>]*+)?>[^<]++(?=(?P<close></(?P=tag))|\Z)",
    re.ASCII,
)
_INPUT = re.compile(r"<(?:input|meta)\b[^<>]*", re.IGNORECASE)
_INPUT_NAME = re.compile(r"""\b(?:name|id|type)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_INPUT_VALUE = re.compile(
    r"""(\b(?:value|content)\s*=\s*["']?)((?<=")[^"]+|(?<=')[^']+|[^\s"'>]+)""", re.IGNORECASE
)
# Secrets that give themselves away, wherever they stand.
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(Bearer[ ]+)(?=[A-Za-z_.~+/-]*[0-9])[\w.~+/-]{8,}=*", re.ASCII), r"\1" + MASK),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?", re.ASCII), MASK),
    (re.compile(r"(?<=://)[^\s/@:<>]{1,200}:[^\s/@<>]{1,200}(?=@)"), MASK),
    (re.compile(r"(?<=PRIVATE KEY-----)[^-]+"), MASK),
)
_DEEPEST = 100
_TOO_DEEP = "<nested too deep to show>"


def looks_secret(key: str) -> bool:
    """Tell whether the value of a field, header or parameter named ``key`` must not be printed.

    Case, ``_``, ``-`` and camel case make no difference: ``apiKey``, ``api_key`` and
    ``X-MBX-APIKEY`` are one name. What merely describes a secret is none: ``tokenCount``,
    ``token_type``, ``passwordRequired``.
    """
    words = [word.lower() for word in _WORD.findall(key)]
    while words and (words[-1] in _FORMS or words[-1].isdigit()):
        words.pop()
    if not words:
        return False
    return words[-1] in _LAST_WORDS or "".join(words).endswith(_ENDINGS)


def mask_data(data: Any) -> Any:
    """Return a deep copy of ``data`` with each secret replaced by ``<secret>``.

    Mappings become dicts; lists and tuples stay what they are; strings pass through
    ``mask_text``. None and booleans are kept: they say whether a secret was there. What is too
    deep, or holds itself, is only named.
    """
    return _mask_data(data, ())


def _mask_data(data: Any, outer: tuple[int, ...]) -> Any:
    """Mask a value; ``outer`` names the containers around it, by their ids."""
    if isinstance(data, str):
        return mask_text(data)
    if len(outer) > _DEEPEST or id(data) in outer:
        return _TOO_DEEP
    if isinstance(data, Mapping):
        inside = (*outer, id(data))
        return {
            key: MASK
            if isinstance(key, str) and looks_secret(key) and not _tells_nothing(value)
            else _mask_data(value, inside)
            for key, value in data.items()
        }
    if type(data) is list or type(data) is tuple:
        inside = (*outer, id(data))
        return type(data)(_mask_data(value, inside) for value in data)
    return data


def _tells_nothing(value: object) -> bool:
    return value is None or isinstance(value, bool)


def mask_text(text: str) -> str:
    """Return ``text`` with each secret replaced by ``<secret>``, whatever is left of its format.

    Reads JSON (cut off or escaped too), headers, query strings, HTML and XML, and finds bearer
    tokens, JSON web tokens, passwords in URLs and private keys anywhere. Takes time linear in
    the text.
    """
    if "<" in text:
        text = _INPUT.sub(_mask_input, _ELEMENT.sub(_mask_element, text))
    if ":" in text or "=" in text:
        text = _mask_fields(text)
    for shape, replacement in _SHAPES:
        text = shape.sub(replacement, text)
    return text


def _mask_element(found: re.Match[str]) -> str:
    is_our_own_mask = found["tag"] == "secret" and not found["close"]
    if is_our_own_mask or not looks_secret(found["tag"]):
        return found[0]
    return f"<{found['tag']}{found['rest'] or ''}>{MASK}"


def _mask_input(found: re.Match[str]) -> str:
    if any(looks_secret(name) for name in _INPUT_NAME.findall(found[0])):
        return _INPUT_VALUE.sub(rf"\1{MASK}", found[0])
    return found[0]


def _mask_fields(text: str) -> str:
    kept: list[str] = []
    position = 0
    while found := _FIELD.search(text, position):
        start = end = found.end()
        kept.append(text[position:start])
        if looks_secret(found["key"]):
            start, end = _value(text, found)
            kept.append(text[found.end() : start])
            kept.append(MASK if end > start else "")
        position = end
    kept.append(text[position:])
    return "".join(kept)


def _value(text: str, field: re.Match[str]) -> tuple[int, int]:
    """Return where the value of ``field`` starts and ends; equal when there is none to hide."""
    start = field.end()
    if text.startswith(MASK, start) or _HARMLESS.match(text, start):
        return start, start
    if opening := _STRING.match(text, start):
        return opening.end(), _string_end(text, opening.end(), opening["quote"])
    if text[start : start + 1] in ("{", "["):
        return start, _bracket_end(text, start)
    if field["sign"] == ":" and not field["quote"]:
        return start, _header_end(text, start, before=text[field.start() - 1 : field.start()])
    bare = (_BARE if field["sign"] == "=" else _SCALAR).match(text, start)
    return start, bare.end() if bare else start


def _header_end(text: str, start: int, before: str) -> int:
    closing = text.find(before, start) if before in ("'", '"') else -1
    end = closing if closing >= 0 else len(text)
    line_end = _LINE_END.search(text, start, end)
    return line_end.start() if line_end else end


def _string_end(text: str, start: int, quote: str) -> int:
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


def _bracket_end(text: str, start: int) -> int:
    """Return where the bracket at ``start`` is closed, strings in it skipped."""
    depth, position = 0, start
    while token := _TOKEN_IN_JSON.search(text, position):
        position = token.end()
        if token[0] == '"':
            position = _string_end(text, position, '"') + 1
            continue
        depth += 1 if token[0] in "[{" else -1
        if depth == 0:
            return position
    return len(text)
