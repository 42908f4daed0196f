"""TypeScript: the codes as a constant object and a union, and their messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_argument
from pytest_errcodes.tools.exporting.identifiers import constant_names
from pytest_errcodes.tools.exporting.json_writer import json_text, show_messages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import Code

_MOST = 2**53 - 1  # Number.MAX_SAFE_INTEGER

_MESSAGES = """
  | (typeof errorMessages)[ErrorCode]
  | (typeof furtherMessages)[keyof typeof furtherMessages][number]"""
_REST = """\

/** Any documented code. */
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

/** Any documented message. */
export type ErrorMessage ={message};

const documented: ReadonlySet<unknown> = new Set<unknown>(Object.values(ErrorCode));

/** Whether a value is a documented code. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return documented.has(value);
}
"""


def write(catalog: Catalog) -> str:
    """Return a module that a TypeScript compiler takes in its strict mode.

    Raises:
        ErrcodesUsageError: A number is too large for JavaScript (``export-code``).
    """
    __tracebackhide__ = True
    names = constant_names(catalog)
    lines = [
        "// Made by `errcodes export --format typescript`; do not edit it, but make it anew.",
        "",
        f"/** Every documented code of {_comment(catalog.title)}, by its name. */",
        "export const ErrorCode = {",
    ]
    for code, name in names.items():
        lines += [
            f"  /** {_comment(show_messages(catalog[code]))} */",
            f"  {name}: {_value(code)},",
        ]
    lines += [
        "} as const;",
        "",
        "/** The documented message of each code, placeholders included. */",
        "export const errorMessages = {",
    ]
    for code, name in names.items():
        lines.append(f"  [ErrorCode.{name}]: {json_text(catalog[code].message)},")
    lines += ["} as const;", ""]
    several = {name: catalog[code].messages[1:] for code, name in names.items()}
    lines += _write_further({name: texts for name, texts in several.items() if texts})
    message = _MESSAGES if any(several.values()) else " (typeof errorMessages)[ErrorCode]"
    return "\n".join(lines) + _REST.replace("{message}", message)


def _write_further(messages: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the lines with the messages of codes beside their first one."""
    if not messages:
        return []
    lines = ["/** What else codes are documented with, where that is more than one message. */"]
    lines.append("export const furtherMessages = {")
    for name, texts in messages.items():
        lines.append(f"  [ErrorCode.{name}]: [{', '.join(map(json_text, texts))}],")
    return [*lines, "} as const;", ""]


def _value(code: Code) -> str:
    """Return a code as a literal; one that JavaScript would round is refused."""
    __tracebackhide__ = True
    if isinstance(code, int) and abs(code) > _MOST:
        raise ErrcodesUsageError(
            "export-code",
            f"code {show_argument(code)} is larger than a number of JavaScript holds: "
            "it would be rounded",
            'declare code_type = "string" under [envelope], if the API sends it as a text',
        )
    return json_text(code)


def _comment(text: str) -> str:
    """Return a text on one line, which does not end the comment it stands in."""
    return json_text(text)[1:-1].replace('\\"', '"').replace("*/", "*\\/")
