"""What words and signs mean in source of many languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.tools.scanning.source_facts import ValueType

#: Languages in which a text simply never equals an integer; in the others a compiler refuses to
#: compare them, or a conversion makes them alike.
STRICT = frozenset({"javascript", "typescript", "tsx", "ruby", "php", "python"})
LOOSE = frozenset({"javascript", "typescript", "tsx", "php"})  # there 1 == "1", 1 !== "1"
EQUAL = frozenset({"==", "!=", "===", "!=="})
ORDER = frozenset({"<", ">", "<=", ">="})
EQUALS = frozenset({"equals", "Equals", "equalsIgnoreCase", "eq", "eql?", "equal?"})
SEARCHES = frozenset(
    (
        "contains", "endsWith", "hasPrefix", "hasSuffix", "include?", "includes", "indexOf",
        "match", "match?", "search", "startsWith", "start_with?", "starts_with", "test",
        "Contains", "EndsWith", "IndexOf", "StartsWith",
    )
)  # fmt: skip  # one word a line would hide the list
SEARCH_FUNCTIONS = frozenset(
    (
        "Contains", "HasPrefix", "HasSuffix", "str_contains", "str_starts_with", "str_ends_with",
        "stripos", "strpos", "strstr",
    )
)  # fmt: skip  # as above
SWITCHES = frozenset({"case", "match", "select", "switch", "when"})
CASES = frozenset({"case", "when"})
CONVERSIONS: dict[str, ValueType] = {
    "String": "text", "toString": "text", "to_s": "text", "strval": "text", "str": "text",
    "Number": "integer", "parseInt": "integer", "intval": "integer", "to_i": "integer",
    "int": "integer",
}  # fmt: skip  # as above
TYPES: dict[str, ValueType] = {
    "String": "text", "str": "text", "string": "text", "int": "integer", "number": "integer",
}  # fmt: skip  # as above
ASSERTIONS = ("assert", "expect", "require", "should", "verify")
BETWEEN = frozenset({",", "|", "||"})
JOINTS = frozenset({".", "?.", "->", "::"})
GIVES = frozenset({":", "=", "=>"})
HOLDERS = frozenset({"enum", "class", "object", "module"})
COLLECTIONS = frozenset(
    ("Set", "List", "Array", "array", "asList", "listOf", "setOf", "mapOf", "of", "hashSetOf")
)
