"""The kinds of findings in source."""

from __future__ import annotations

from pytest_errcodes.tools.findings import Rule

UNKNOWN_CODE = Rule(
    "unknown-code", "error", "A code that the catalog lacks, where source means a code."
)
CODE_TYPE = Rule(
    "code-type", "error", "A code compared with a value of another type, which is never equal."
)
MESSAGE_TEXT = Rule(
    "message-text", "warning", "A decision by the text of a documented message, not by its code."
)
FOREIGN_SECTION = Rule(
    "foreign-section", "warning", "A code of another section than the call that is handled."
)
UNHANDLED_CODE = Rule(
    "unhandled-code", "warning", "Codes that were selected, and that no line handles."
)
UNREAD_SOURCE = Rule(
    "unread-source", "note", "A file that could not be read, or not by its syntax."
)

#: What a scan looks for.
SCAN_RULES = (
    UNKNOWN_CODE,
    CODE_TYPE,
    MESSAGE_TEXT,
    FOREIGN_SECTION,
    UNHANDLED_CODE,
    UNREAD_SOURCE,
)
