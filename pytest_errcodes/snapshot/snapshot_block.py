"""The readable block that a snapshot holds of an envelope."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.context import current
from pytest_errcodes.envelope.code_values import fits_type
from pytest_errcodes.judging.comparison import find_in_catalog, name_code_type
from pytest_errcodes.text.secrets import MASK, mask_text
from pytest_errcodes.text.wording import escape, show_code

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytest_errcodes.catalog import ErrorCode
    from pytest_errcodes.envelope.envelope import Envelope
    from pytest_errcodes.snapshot.masking import Masks

FORMAT = 1
"""Version of what a block looks like; snapshots of another one ask to be regenerated."""

_HEADLINE = "envelope (format {})"
_ANY_HEADLINE = re.compile(r"envelope \(format (\d+)\)\n")


def has_other_format(stored: str) -> bool:
    """Return whether a snapshot begins with a block of another format."""
    found = _ANY_HEADLINE.match(stored)
    return found is not None and found[1] != str(FORMAT)


def write_blocks(envelopes: Sequence[Envelope], masks: Masks, write: Callable[[Any], str]) -> str:
    """Return the blocks of a snapshot, written again while its masks learn what is the same.

    Args:
        envelopes: One for each block.
        masks: The masks of the snapshot, without a memory yet.
        write: Writes the data of an envelope.
    """
    while True:
        lines = [line for one in envelopes for line in _write_block(one, masks, write)]
        if not masks.advance():
            return "\n".join(lines)


def _write_block(envelope: Envelope, masks: Masks, write: Callable[[Any], str]) -> list[str]:
    documented = find_in_catalog(envelope, current().catalog)
    facts = [("code", f"{show_code(envelope.code)}{_comment_on_code(envelope, documented)}")]
    if envelope.shape.name != "default":
        facts.append(("shape", escape(envelope.shape.name)))
    facts.append(("section", _write_section(envelope, documented)))
    facts += _write_message(envelope, documented, masks)
    if envelope.http_status is not None:
        facts.append(("HTTP status", show_code(envelope.http_status)))
    if envelope.shape.data:
        facts.append(("data", write(envelope.data)))
    lines = [line for name, text in facts for line in f"{name}: {text}".split("\n")]
    return [_HEADLINE.format(FORMAT), *(f"  {line}" for line in lines)]


def _comment_on_code(envelope: Envelope, documented: ErrorCode | None) -> str:
    """Return what is odd about a code, in brackets; empty when nothing is."""
    if not fits_type(envelope.code, envelope.shape, current().catalog):
        came = name_code_type(envelope.code)
        return f" ({came}, where the catalog says {envelope.shape.code_type})"
    return "" if documented else " (not documented)"


def _write_section(envelope: Envelope, documented: ErrorCode | None) -> str:
    section = documented.section if documented else current().catalog.section_for(envelope.code)
    if section is None:
        return "none"
    names = ", ".join(name for name in (section.id, section.label) if name)
    return f"{'' if documented else 'none; it would stand in '}{escape(section.title)} ({names})"


def _write_message(
    envelope: Envelope, documented: ErrorCode | None, masks: Masks
) -> list[tuple[str, str]]:
    """Return the template and what stands in its place, or the message where there is none."""
    message = envelope.message
    if documented is None:
        return [("message", repr(masks.mask(message)))]
    found = documented.match(message) if message is not None else None
    template = documented.templates[found[0] if found else 0]
    facts = [("template", escape(repr(template.text)))]
    if message is None and envelope.evidence.is_own:
        return [*facts, ("message", "none")]
    params = None if message is None else template.match(message)
    if message is None or params is None:
        facts.append(("message", f"{masks.mask(message)!r} (does not fit the template)"))
    elif params:
        # A parameter alone does not show that it is a secret: the words around it do.
        hidden = template.match(mask_text(message)) or (MASK,) * len(params)
        shown = (MASK if param == MASK else repr(masks.mask(param)) for param in hidden)
        facts.append(("parameters", ", ".join(shown)))
    return facts
