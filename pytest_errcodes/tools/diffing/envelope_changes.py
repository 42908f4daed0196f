"""How the envelope changed: its fields, the type of its codes, and which of them mean success."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.tools.diffing.change import Change
from pytest_errcodes.tools.diffing.message_changes import text_difference

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.model import Code

_TYPES = {"integer": "integers", "string": "texts", "either": "integers or texts"}


def envelope_changes(old: Catalog, new: Catalog, retyped: tuple[Code, ...]) -> list[Change]:
    """Return what changed of the envelope shapes, the default one first.

    Args:
        old: The old catalog.
        new: The new catalog.
        retyped: The codes that both have, of another type.
    """
    changes = _changes_of(old.shape, new.shape, "envelope", retyped)
    # A named shape inherits what it does not say, so a change of the default is not told again.
    told = {(change.slug, change.old, change.new) for change in changes}
    after = {shape.name: shape for shape in new.shapes[1:]}
    for shape in old.shapes[1:]:
        subject = f"envelope.{shape.name}"
        if shape.name not in after:
            changes.append(Change("breaking", "envelope-removed", subject, "removed"))
            continue
        changes += [
            change
            for change in _changes_of(shape, after[shape.name], subject, ())
            if (change.slug, change.old, change.new) not in told
        ]
    before = {shape.name for shape in old.shapes[1:]}
    changes += [
        Change("addition", "envelope-added", f"envelope.{name}", "added")
        for name in after
        if name not in before
    ]
    return changes


def _changes_of(
    old: EnvelopeShape, new: EnvelopeShape, subject: str, retyped: tuple[Code, ...]
) -> list[Change]:
    """Return what changed of one shape."""
    changes = [
        Change(
            "breaking", "envelope-field", subject, _say_renamed(field, before, after), before, after
        )
        for field, before, after in (
            ("code", old.code, new.code),
            ("message", " or ".join(old.message_fields), " or ".join(new.message_fields)),
            ("data", old.data, new.data),
        )
        if before != after
    ]
    if old.code_type != new.code_type:
        summary = f"has codes that are {_TYPES[new.code_type]}, formerly {_TYPES[old.code_type]}"
        types = (old.code_type, new.code_type)
        changes.append(Change("breaking", "code-type", subject, summary, *types, retyped))
    changes += _success_changes(old, new, subject)
    texts = (old.success_message, new.success_message)
    if found := text_difference(*texts, "success-message", "success message"):
        changes.append(Change(found.kind, found.slug, subject, found.summary, *texts))
    changes += _setting_changes(old, new, subject)
    if old.placeholders != new.placeholders:
        styles = (old.placeholders, new.placeholders)
        summary = f"writes placeholders as {new.placeholders}, formerly {old.placeholders}"
        changes.append(Change("wording", "placeholders", subject, summary, *styles))
    return changes


def _say_renamed(field: str, before: str, after: str) -> str:
    """Return the summary of a field that goes by another name, or by none."""
    names = [f"in field {name}" if name else "nowhere" for name in (after, before)]
    return f"has its {field} {names[0]}, formerly {names[1]}"


def _setting_changes(old: EnvelopeShape, new: EnvelopeShape, subject: str) -> list[Change]:
    """Return what changed of how a success is told, and of constant fields, echoes and items."""
    changes = []
    for what, before, after in (
        ("success", _say_success(old), _say_success(new)),
        ("constant fields", _say_pairs(old.fields), _say_pairs(new.fields)),
        ("echoed fields", _say_pairs(old.echo), _say_pairs(new.echo)),
        ("items", old.items or "nowhere", new.items or "nowhere"),
    ):
        if before != after:
            summary = f"has its {what} told by {after}, formerly by {before}"
            if what != "success":
                summary = f"has its {what} as {after}, formerly {before}"
            changes.append(Change("breaking", "envelope-field", subject, summary, before, after))
    return changes


def _say_success(shape: EnvelopeShape) -> str:
    """Return what tells a success, but for the codes that are told one by one."""
    words = {"codes": "its codes", "absent": "the lack of a code", "http_status": "HTTP status"}
    if not shape.success_field:
        return words[shape.success_rule]
    return f"{shape.success_field} = {shape.success_value!r}"


def _say_pairs(pairs: tuple[tuple[str, object], ...]) -> str:
    return ", ".join(f"{name} = {value!r}" for name, value in pairs) or "none"


def _success_changes(old: EnvelopeShape, new: EnvelopeShape, subject: str) -> list[Change]:
    """Return which codes mean success no longer, and which do now."""
    # By how they are written: 0 and "0" are one, and a change of the type is told by itself.
    before, after = ({str(code): code for code in shape.success} for shape in (old, new))
    changes = []
    for text, code in before.items():
        if text not in after:
            told = f"no longer has {text} among its success codes"
            changes.append(
                Change("breaking", "success-removed", subject, told, code, None, (code,))
            )
    for text, code in after.items():
        if text not in before:
            told = f"has {text} among its success codes now"
            changes.append(Change("addition", "success-added", subject, told, None, code, (code,)))
    return changes
