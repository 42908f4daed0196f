"""Comments in the text of a catalog: beside fields of the envelope, and beside codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_KEY = re.compile(r'(?:"((?:[^"\\]|\\.)*)"|([\w-]+)) = ')
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def put_comments(
    text: str,
    introduction: Sequence[str],
    of_envelope: Mapping[tuple[str, str], str],
    of_codes: Mapping[str, str],
) -> str:
    """Return the text of a catalog with comments.

    Args:
        text: The text, one line a field and a code.
        introduction: The lines to stand on top.
        of_envelope: What to say of a field, by the table and the field.
        of_codes: What to say of a code.
    """
    lines = [f"# {line}" for line in introduction]
    table = ""
    for line in text.splitlines():
        if line.startswith("["):
            table = line[1:-1]
        said = ""
        found = _KEY.match(line)
        if found is not None:
            key = found[2] or found[1].replace('\\"', '"').replace("\\\\", "\\")
            said = of_codes.get(key, "") if table.endswith(".codes") else ""
            said = said or of_envelope.get((table, key), "")
        lines.append(f"{line}  # {_CONTROL.sub(' ', said)}" if said else line)
    return "\n".join(lines) + "\n"
