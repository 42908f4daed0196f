"""JSON, and the texts of TOML: each character as it is, but those that nobody sees."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

#: Characters that steer a terminal, turn the direction of a line, end it, or are not there at all:
#: all of Unicode's categories Cc, Cf, Zl, Zp and Cs but the line feed, and what is no character.
_UNSEEN = (
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f]"
)


def write_json(value: Any, indent: int | None = None, *, is_yaml: bool = False) -> str:
    """Return a value as JSON, which reads the same as JavaScript.

    Args:
        value: What JSON can hold.
        indent: The columns that each level is indented by; None for all on one line.
        is_yaml: Whether YAML reads it too, which knows no pair of escapes for one character: those
            beyond U+FFFF stay as they are.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _unseen().sub(
        lambda found: found[0] if is_yaml and found[0] > "\uffff" else json.dumps(found[0])[1:-1],
        text,
    )


def write_toml_text(text: str) -> str:
    """Return a text as TOML quotes it: as JSON does, but for characters beyond U+FFFF."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _unseen().sub(lambda found: _escape_in_toml(ord(found[0])), quoted)


def _escape_in_toml(number: int) -> str:
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


@cache
def _unseen() -> re.Pattern[str]:
    return re.compile(_UNSEEN)
